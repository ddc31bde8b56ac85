"""The message of a dial: a race at every value, at as many frames as may be sent."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lossopt.fans import affordable_values
from lossopt.figures.fits import COARSE_POINTS, fit_view
from lossopt.figures.messages import FanRun, FanRuns, Frames
from lossopt.figures.packing import Bytes, Floats, pack
from lossopt.figures.scene import MAX_FRAMES, MAX_PARAMS, stride_of
from lossopt.landscapes.surfaces import Plane
from lossopt.models import LinearInParams
from lossopt.objectives import EmpiricalRisk, Objective
from lossopt.params import IntArray
from lossopt.trajectories import Trajectory

BUDGET = 560_000
"""Bytes of a fan; written as text it is a third longer."""
KEY_FRAMES = 3
"""Frames with predictions, of models whose predictions the stage cannot compute."""


def values_for(objective: Objective, n_runs: int, n_steps: int) -> int | None:
    """How many values the dial of a race may have; None if the race is too long for a dial."""
    sizes = {"frame_bytes": _frame_bytes(objective), "run_bytes": _run_bytes(objective)}
    return affordable_values(n_runs, n_steps, **sizes, budget=BUDGET)


def _frame_bytes(objective: Objective) -> int:
    place = 2 if objective.n_params > MAX_PARAMS else objective.n_params
    return 4 * (place + 4)


def _run_bytes(objective: Objective) -> int:
    if not isinstance(objective, EmpiricalRisk) or isinstance(objective.model, LinearInParams):
        return 0
    return KEY_FRAMES * COARSE_POINTS * COARSE_POINTS * objective.n_outputs


def fan_message(
    objective: Objective,
    plane: Plane,
    rows: Sequence[Sequence[Trajectory]],
) -> FanRuns:
    """Pack a race at every value of a dial.

    Parameters
    ----------
    objective : Objective
    plane : Plane
    rows : list of list of Trajectory
        For every value the runs of the race.

    Returns
    -------
    FanRuns
    """
    n_runs = len(rows) * len(rows[0])
    room = BUDGET // n_runs - _run_bytes(objective)
    count = int(np.clip(room // _frame_bytes(objective), 2, MAX_FRAMES))
    last_step = rows[0][0].n_steps
    usual = stride_of(last_step, MAX_FRAMES)
    stride = usual * -(-stride_of(last_step, count) // usual)
    steps = np.minimum(np.arange(0, last_step + stride, stride), last_step)
    by_run = list(zip(*rows, strict=True))
    paths = [run.iterates[steps] for runs in by_run for run in runs]
    fit, outputs = fit_view(objective, paths, predictions=n_runs * max(_run_bytes(objective), 1))
    packed = tuple(each for each in outputs if each is not None)
    return FanRuns(
        frames=Frames(len(steps), stride),
        key_frames=fit.key_frames,
        runs=tuple(
            _packed_run(
                objective, plane, runs, steps, packed[k * len(rows) : (k + 1) * len(rows)] or None
            )
            for k, runs in enumerate(by_run)
        ),
    )


def _packed_run(
    objective: Objective,
    plane: Plane,
    runs: Sequence[Trajectory],
    steps: IntArray,
    outputs: tuple[Floats | Bytes, ...] | None,
) -> FanRun:
    paths = np.stack([run.iterates[steps] for run in runs])
    with np.errstate(all="ignore"):
        norms = [np.linalg.norm(objective.gradient(path), axis=-1) for path in paths]
        distance = objective.distance(paths)
        tested = objective.test_loss(paths) if isinstance(objective, EmpiricalRisk) else None
    spent = np.stack([run.gradient_evaluations[steps] for run in runs])
    alike = bool((spent == spent[0]).all())
    many = objective.n_params > MAX_PARAMS
    return FanRun(
        diverged_at=tuple(run.lost_at for run in runs),
        params=None if many else pack(paths),
        xy=pack(plane.project(paths)) if many else None,
        loss=pack([run.losses[steps] for run in runs]),
        gradient_norm=pack(norms),
        distance=None if distance is None else pack(distance),
        test_loss=None if tested is None else pack(tested),
        evaluations=pack(spent[0] if alike else spent),
        outputs=outputs,
    )
