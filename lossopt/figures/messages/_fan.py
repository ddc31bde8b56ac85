"""A race at every value of a dial, where the browser cannot run it."""

from __future__ import annotations

import dataclasses

from lossopt.figures.messages._scene import Frames
from lossopt.figures.packing import Bytes, Floats


@dataclasses.dataclass(frozen=True, kw_only=True)
class FanRun:
    """A run at every value.

    Attributes
    ----------
    loss, gradient_norm, distance, test_loss
        As of a run of the scene, one number per frame, all values one after the other (values ×
        frames).
    evaluations
        The same, or one number per frame where it is equal at all values.
    params
        Iterates (values × frames × n_params), of models with few params.
    xy
        Their places on the plane (values × frames × 2), of all others.
    outputs
        For each value, predictions at the key frames.
    diverged_at
        For each value, the step at which it is lost.
    """

    loss: Floats
    gradient_norm: Floats
    evaluations: Floats
    diverged_at: tuple[int | None, ...]
    distance: Floats | None = None
    test_loss: Floats | None = None
    params: Floats | None = None
    xy: Floats | None = None
    outputs: tuple[Floats | Bytes, ...] | None = None


@dataclasses.dataclass(frozen=True, kw_only=True)
class FanRuns:
    """A race at every value, without words.

    Attributes
    ----------
    frames
        Steps that were sent.
    key_frames
        Frames with predictions, as in `Fit`.
    runs
        In the order of the scene's.
    """

    frames: Frames
    key_frames: tuple[int, ...] | None = None
    runs: tuple[FanRun, ...]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Fan(FanRuns):
    """What a dial plays where the browser cannot run the race, in words, too.

    Attributes
    ----------
    id
        Of the dial's values.
    texts
        What each value means.
    details
        What the contestants say of themselves at each value.
    """

    id: str
    texts: tuple[str, ...]
    details: tuple[tuple[str, ...], ...]
