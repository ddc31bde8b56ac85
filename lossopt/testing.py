"""Checks for an optimizer of your own: the properties that every rule of lossopt has."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from lossopt.arguments import shown
from lossopt.borders import trusted
from lossopt.objectives import Objective
from lossopt.optimizers import Optimizer
from lossopt.params import Array, IntArray, Param, params_of

START = (1.5, -0.5)
N_STEPS = 12
EXTREMES = (0.0, 1e-320, 1e200, 1e308, np.inf, -np.inf, np.nan)


class Slopes(Objective):
    """An objective of which only the gradient is known, and a rough value for line searches."""

    checks = {}  # a rule is tried on any number of params
    n_params = 2
    matrices = ((1, 2),)

    def __init__(self, gradient: Callable[[Array], Array]) -> None:
        self.slopes = gradient

    def value(self, params: Array) -> Array:
        """Rough value, the params times their slopes."""
        return np.asarray((params * self.slopes(params)).sum(axis=-1))

    def gradient(self, params: Array, rows: IntArray | None = None) -> Array:
        """Slopes, which cannot be written to."""
        found: Array = frozen(self.slopes(params))
        return found


def slope(params: Array) -> Array:
    """Gradient without extremes: additions, products and a quotient, all exactly rounded."""
    return np.asarray(params / (1.0 + params * params) + 0.25 * params[..., ::-1])


def frozen(value: Any) -> Any:
    """The same, but any attempt to write into an array raises."""
    if isinstance(value, dict):
        return {name: frozen(entry) for name, entry in value.items()}
    if isinstance(value, np.ndarray):
        value = value.copy()
        value.setflags(write=False)
    return value


def path(
    rule: Optimizer,
    start: Sequence[float] | Array,
    gradient: Callable[[Array], Array] = slope,
    n_steps: int = N_STEPS,
) -> Array:
    """Iterates ``(n_steps + 1, n_runs, n_params)`` from inputs that cannot be written to.

    Parameters
    ----------
    rule : Optimizer
    start : array (n_params,) or (n_runs, n_params)
    gradient : callable
        Params ``(n_runs, n_params)`` to slopes of the same shape.
    n_steps : int
    """
    params, objective = frozen(np.atleast_2d(start)), Slopes(gradient)
    rule = trusted(rule)
    state = frozen(rule.init(params))
    iterates = [rule.evaluated(params, state)]
    for _ in range(n_steps):
        slopes = objective.gradient(params)
        moved, after = rule.step(slopes, objective, None, state, params)
        assert np.shape(moved) == params.shape, "an update must return params in their shape"
        params, state = frozen(moved), frozen(after)
        iterates.append(rule.evaluated(params, state))
    return np.array(iterates)


def numbers_of(kind: type[Optimizer] | Optimizer) -> list[Param]:
    """Hyperparameters that are real numbers."""
    return [field for field in params_of(kind) if isinstance(field.default, float)]


def drawn_columns(kind: type[Optimizer], n_runs: int, seed: int) -> dict[str, Array]:
    """A column ``(n_runs, 1)`` for every real hyperparameter, over the range of its control."""
    rng = np.random.default_rng(seed)
    columns = {}
    for field in numbers_of(kind):
        low, high = (np.log(end) if field.log else end for end in (field.low, field.high))
        column = rng.uniform(low, high, size=(n_runs, 1))
        columns[field.name] = frozen(np.exp(column) if field.log else column)
    return columns


def check_optimizer(kind: type[Optimizer], **settings: Any) -> None:
    """Check that a rule keeps what `lossopt.descend`, sweeps and pages rely on.

    Shapes and float64; no input is written to; nothing is kept between runs; runs in a batch, each
    with hyperparameters of its own, equal the same runs one by one, to the bit; a run that
    overflows leaves its neighbors alone; extremes give no error and no warning; the first step
    is finite and moves; with a learning rate of 0 the rule stands still.

    Parameters
    ----------
    kind : type of Optimizer
        The class; its defaults are checked, and values drawn from the ranges of its fields.
    **settings : object
        Fields that differ from their defaults in all checks.

    Raises
    ------
    AssertionError
        With the property that does not hold.

    Examples
    --------
    >>> import lossopt as lo
    >>> check_optimizer(lo.OPTIMIZERS["adam"])
    """
    if not (isinstance(kind, type) and issubclass(kind, Optimizer)):
        raise ValueError(f"kind must be a class of optimizers, but is {shown(kind)}.")
    for check in (
        check_shapes_and_first_step,
        check_repeats,
        check_batch_equals_one_by_one,
        check_runs_do_not_touch_each_other,
        check_extremes,
        check_zero_learning_rate_stays,
    ):
        check(kind, **settings)


def check_shapes_and_first_step(kind: type[Optimizer], **settings: Any) -> None:
    """Iterates are float64 in the shape of params; the first step is finite and moves."""
    with np.errstate(all="ignore"):
        taken = path(kind(**settings), START)
    assert taken.shape == (N_STEPS + 1, 1, 2), (
        f"{kind.__name__}: iterates must be (n_runs, n_params)"
    )
    assert taken.dtype == np.float64, f"{kind.__name__}: iterates must be float64"
    assert np.isfinite(taken[1]).all(), f"{kind.__name__}: the first step must be finite"
    assert (taken[-1] != taken[0]).any(), f"{kind.__name__}: the rule must move"


def check_repeats(kind: type[Optimizer], **settings: Any) -> None:
    """A rule keeps nothing between runs: what it remembers is in its state."""
    rule = kind(**settings)
    first = path(rule, START)
    path(rule, (1.0, -1.0))
    _same(path(rule, START), first, kind, "a second run must equal the first")


def check_batch_equals_one_by_one(
    kind: type[Optimizer], *, n_runs: int = 5, seed: int = 0, **settings: Any
) -> None:
    """Runs in a batch, each with numbers of its own, equal the runs one by one."""
    starts = np.random.default_rng(seed).uniform(-2.0, 2.0, size=(n_runs, 2))
    columns = {
        name: column
        for name, column in drawn_columns(kind, n_runs, seed).items()
        if name not in settings
    }
    together = path(kind(**columns, **settings), starts)
    assert np.isfinite(together).all(), f"{kind.__name__}: usual settings must give finite numbers"
    for run, start in enumerate(starts):
        alone = {name: float(column[run, 0]) for name, column in columns.items()}
        single = path(kind(**alone, **settings), start)
        _same(together[:, run], single[:, 0], kind, "a batch must equal its runs one by one")


def check_runs_do_not_touch_each_other(kind: type[Optimizer], **settings: Any) -> None:
    """A run that overflows leaves its neighbor alone."""
    rule = kind(**settings)
    with np.errstate(all="ignore"):
        beside = path(rule, np.array([START, (1e200, np.nan)]))
    _same(beside[:, 0], path(rule, START)[:, 0], kind, "runs must not touch each other")


def check_extremes(
    kind: type[Optimizer], *, gradients: Sequence[float] = EXTREMES, **settings: Any
) -> None:
    """Extreme gradients and limits of fields give numbers or NaN, but no error."""
    for gradient in gradients:
        for field in numbers_of(kind):
            for value in field.limits:
                rule = kind(**{**settings, field.name: value})
                with np.errstate(all="ignore"):
                    taken = path(rule, (1.0, 2.0), _constant(gradient))
                assert taken.shape == (N_STEPS + 1, 1, 2), f"{kind.__name__}: wrong shape"
                assert taken.dtype == np.float64, f"{kind.__name__}: iterates must be float64"


def _constant(gradient: float) -> Callable[[Array], Array]:
    return lambda params: np.full(np.shape(params), gradient)


def check_zero_learning_rate_stays(kind: type[Optimizer], **settings: Any) -> None:
    """With a learning rate of 0 nothing moves."""
    still = {"smallest_step": 0.0} if hasattr(kind, "smallest_step") else {}
    taken = path(kind(**{**settings, **still, "learning_rate": 0.0}), START)
    wanted = np.broadcast_to(START, taken.shape)
    _same(taken, wanted, kind, "a learning rate of 0 must not move")


def _same(found: Array, wanted: Array, kind: type[Optimizer], what: str) -> None:
    np.testing.assert_array_equal(found, wanted, err_msg=f"{kind.__name__}: {what}")
