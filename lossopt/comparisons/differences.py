"""Where a difference between two optimizers shows most."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

import numpy as np

from lossopt.arguments import kind_of, whole
from lossopt.objectives import Objective
from lossopt.optimizers import Optimizer
from lossopt.params import Array
from lossopt.trajectories import descend

RATES = (0.001, 0.01, 0.1, 1.0)
SEEN = 0.01
"""Share of the paths' extent that a person can see."""


@dataclasses.dataclass(frozen=True)
class Shown:
    """Where two optimizers part most.

    Attributes
    ----------
    surface : str
        Name of the objective.
    learning_rate : float
    apart : float
        Largest distance between both at the same step, as a share of the extent of their paths.
    """

    surface: str
    learning_rate: float
    apart: float

    @property
    def is_seen(self) -> bool:
        """Whether a person can see it."""
        return self.apart >= SEEN


def most_apart(
    first: Optimizer,
    second: Optimizer,
    surfaces: Mapping[str, Objective],
    n_steps: int,
    rates: Sequence[float] = RATES,
) -> Shown | None:
    """Find the surface and the learning rate at which two optimizers part most.

    Only paths count that stay on the surface, so that a path that diverges explains nothing.

    Parameters
    ----------
    first, second : Optimizer
        Their own learning rates do not count.
    surfaces : Mapping of str to Objective
    n_steps : int
    rates : list of float

    Returns
    -------
    Shown or None
        None where every path leaves its surface.

    Examples
    --------
    >>> import lossopt as lo
    >>> adam = lo.OPTIMIZERS["adam"]()
    >>> raw = lo.OPTIMIZERS["adam"](bias_correction=False)
    >>> most_apart(adam, raw, {"booth": lo.OBJECTIVES["booth"]()}, 30).is_seen
    True
    """
    kind_of("first", first, Optimizer)
    kind_of("second", second, Optimizer)
    whole("n_steps", n_steps, 1)
    found = []
    for name, surface in surfaces.items():
        rules = [
            dataclasses.replace(rule, learning_rate=rate)
            for rate in rates
            for rule in (first, second)
        ]
        paths = [run.iterates for run in descend(rules, surface, n_steps=n_steps)]
        for k, rate in enumerate(rates):
            apart = _apart(paths[2 * k], paths[2 * k + 1], surface)
            if apart is not None:
                found.append(Shown(name, rate, apart))
    return max(found, key=lambda each: each.apart, default=None)


def _apart(one: Array, other: Array, surface: Objective) -> float | None:
    """Distance as a share of the extent; None where a path leaves the surface."""
    both = np.concatenate([one, other])
    low, high = np.array(surface.bounds, dtype=float).T
    if not (np.isfinite(both).all() and (both >= low).all() and (both <= high).all()):
        return None
    extent = float(np.linalg.norm(np.ptp(both, axis=0)))
    return float(np.linalg.norm(one - other, axis=1).max()) / extent if extent else 0.0
