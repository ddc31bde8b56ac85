"""Fans: the same race at many values of one hyperparameter, for a dial that answers at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lossopt.arguments import kinds_of, one_of, whole
from lossopt.entries import Entry
from lossopt.optimizers import Optimizer
from lossopt.params import Array, params_of

DIALS = ("learning_rate", "momentum")
N_VALUES = (41, 21, 11)
"""How many values a dial may have: as many as can be computed and sent."""
MAX_RUN_STEPS = 400_000
MIN_FRAMES = 25
DECADES = 4.0
"""Decades of learning rates that a dial spans."""
MOMENTUM_DECADES = 3.0
"""Decades of 1 − momentum that a dial spans, from 1 down."""

Row = tuple[Entry, ...]


def can_turn(optimizer: Optimizer, field: str) -> bool:
    """Whether a dial can turn this hyperparameter.

    Examples
    --------
    >>> import lossopt as lo
    >>> can_turn(lo.OPTIMIZERS["momentum"](), "momentum")
    True
    >>> can_turn(lo.OPTIMIZERS["adam"](), "momentum")
    False
    """
    value = getattr(optimizer, field, None)
    return isinstance(value, float) and (field != "learning_rate" or 1e-12 < value < 1e12)


def fan_rows(
    entries: Sequence[Entry], field: str, *, only: int | None = None, n_values: int = 41
) -> list[Row]:
    """Make a race at every value of a dial, from low to high; one row is the race as it is.

    Learning rates keep their proportions, for one rate for all would favor whoever it suits.
    Momentum takes the same value everywhere, but in the race as it is.

    Parameters
    ----------
    entries : list of Entry
    field : str
        One of `DIALS`.
    only : int, optional
        Place of the one that is turned; all that can be, by default.
    n_values : int

    Returns
    -------
    list of tuple of Entry

    Raises
    ------
    ValueError
        If none of the optimizers can be turned.

    Examples
    --------
    >>> import lossopt as lo
    >>> entries = [lo.Entry(lo.OPTIMIZERS[name]()) for name in ("adam", "momentum")]
    >>> rows = fan_rows(entries, "learning_rate", n_values=3)
    >>> [[entry.optimizer.learning_rate for entry in row] for row in rows]
    [[1e-05, 0.0001], [0.001, 0.01], [0.1, 1.0]]
    """
    entries = kinds_of("entries", entries, Entry)
    one_of("field", field, DIALS)
    whole("n_values", n_values, 2)
    if only is not None:
        whole("only", only, 0, len(entries) - 1)
    places = [k for k, each in enumerate(entries) if can_turn(each.optimizer, field)]
    turned = [k for k in places if only is None or k == only]
    if not turned:
        raise ValueError(f"None of these entries has a {field} that can be turned.")
    lead = entries[turned[0]].optimizer
    now = float(getattr(lead, field))
    values = _momenta(n_values) if field == "momentum" else _rates(lead, n_values)
    here = int(np.abs(np.log(values + 1e-300) - np.log(now + 1e-300)).argmin())
    rows = [list(entries) for _ in values]
    for k in set(range(n_values)) - {here}:
        for place in turned:
            own = float(getattr(entries[place].optimizer, field))
            value = values[k] if field == "momentum" else float(f"{values[k] * own / now:.3g}")
            rows[k][place] = entries[place].with_fields(**{field: float(value)})
    return [tuple(row) for row in rows]


def _momenta(n_values: int) -> Array:
    return np.round(1.0 - 10.0 ** np.linspace(0.0, -MOMENTUM_DECADES, n_values), 4)


def _rates(lead: Optimizer, n_values: int) -> Array:
    """Rates around the rule's default, moved by decades where its rate lies outside."""
    default = next(each.default for each in params_of(lead) if each.name == "learning_rate")
    middle = float(np.log10(default))
    away = float(np.log10(lead.learning_rate)) - middle
    if abs(away) > DECADES / 2:
        middle += float(np.sign(away) * np.ceil(abs(away) - DECADES / 2))
    return np.asarray(10.0 ** np.linspace(middle - DECADES / 2, middle + DECADES / 2, n_values))


def affordable_values(
    n_runs: int, n_steps: int, *, frame_bytes: int, run_bytes: int, budget: int
) -> int | None:
    """How many values a dial may have, so that its fan is quickly made and sent; None if too few.

    Parameters
    ----------
    n_runs, n_steps : int
        Of the race.
    frame_bytes, run_bytes : int
        What a run takes for each frame, and besides.
    budget : int
        Bytes that may be sent.

    Examples
    --------
    >>> sizes = {"frame_bytes": 20, "run_bytes": 0, "budget": 560_000}
    >>> [affordable_values(6, n_steps, **sizes) for n_steps in (300, 3000, 10_000)]
    [41, 21, None]
    """
    frames = min(MIN_FRAMES, n_steps + 1)
    for n_values in N_VALUES:
        runs = n_runs * n_values
        if runs * n_steps <= MAX_RUN_STEPS and runs * (frames * frame_bytes + run_bytes) <= budget:
            return n_values
    return None
