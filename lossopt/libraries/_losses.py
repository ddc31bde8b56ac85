"""What a library computes under the name of a loss, in terms of ours."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Mapping
from typing import Any, Literal, final, get_args

import numpy as np

from lossopt.arguments import kind_of, number, one_of, texts
from lossopt.losses import Loss
from lossopt.losses.binary_cross_entropy import sigmoid
from lossopt.params import Array

Tie = Literal["", "left", "half", "steep"]
"""Slope at a kink: ours, that of the left side, the mean of both sides, or the steeper one."""
Mean = Literal["none", "n", "sum", "own"]
"""What a sum of weighed losses is divided by: it takes no weights, n, their sum, or otherwise."""
SAME = "same"
TIES: dict[str, Callable[[Array, Array], Array]] = {
    "left": lambda left, right: left,
    "half": lambda left, right: 0.5 * (left + right),
    "steep": lambda left, right: np.where(np.abs(left) > np.abs(right), left, right),
}


@dataclasses.dataclass(frozen=True)
class LossConvention:
    """What a library computes under the name of a loss.

    Attributes
    ----------
    call : str
        How it is called in the library.
    fields : Mapping of str to object
        Fields of ours that differ from its defaults: those of the library.
    loss : str or None
        Id of the loss that it is a form of, the same id unless stated; None if it is of none.
    factor : float
        How many times ours it is.
    divided_by : str
        Field by which it is divided besides.
    tie : str
        Slope at a kink: "left", "half" or "steep"; empty where it is ours.
    reach : float
        Logits beyond ± it count as it, so that the slope there is 0.
    ceiling : float
        Largest value that it reports.
    floor : float
        Smallest product p(1 − p) by which its slope is divided, for losses of probabilities.
    mean : {"none", "n", "sum", "own"}
        What a sum of weighed losses is divided by.
    nearly : float
        Where it is ours but for a trifle, the most that was measured between them, as a share of
        the larger of 1 and the number.
    apart : tuple of str
        What else is not ours: "values", "slopes", "zero" (logits of exactly 0) or "ends"
        (probabilities of exactly 0 and 1).

    Raises
    ------
    ValueError
        If `tie` or `mean` is no such way.

    Examples
    --------
    >>> LossConvention("l2_loss", factor=0.5).mean
    'none'
    """

    call: str
    fields: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    loss: str | None = SAME
    _: dataclasses.KW_ONLY
    factor: float = 1.0
    divided_by: str = ""
    tie: Tie = ""
    reach: float = math.inf
    ceiling: float = math.inf
    floor: float = 0.0
    mean: Mean = "none"
    nearly: float = 0.0
    apart: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        one_of("tie", self.tie, get_args(Tie))
        one_of("mean", self.mean, get_args(Mean))
        texts("apart", self.apart)

    @property
    def largest(self) -> float:
        """Largest loss of one sample that it reports; infinite where there is no bound.

        Examples
        --------
        >>> round(LossConvention("BinaryCrossentropy", reach=16.118).largest, 3)
        16.118
        """
        return min(self.ceiling, self.factor * float(np.logaddexp(0.0, self.reach)))

    def made(self, base: Loss) -> Loss:
        """A loss of ours as the library has it.

        Examples
        --------
        >>> import lossopt as lo
        >>> LossConvention("l2_loss", factor=0.5).made(lo.LOSSES["mse"]()).gradient(3.0, 1.0)
        np.float64(2.0)
        """
        kind_of("base", base, Loss)
        factor = self.factor / (getattr(base, self.divided_by) if self.divided_by else 1.0)
        form = LibraryLoss(base, factor, self.tie, self.reach, self.ceiling, self.floor)
        return base if form == LibraryLoss(base) else form


@final
@dataclasses.dataclass(frozen=True)
class LibraryLoss(Loss):
    """A loss times a factor, with another slope at its kinks, and limits to what it reports.

    Attributes
    ----------
    base : Loss
    factor, tie, reach, ceiling, floor
        As in `LossConvention`.

    Examples
    --------
    >>> import lossopt as lo
    >>> keras = LibraryLoss(lo.LOSSES["mae"](), tie="left")
    >>> keras.gradient(np.array([0.0, 1.0]), np.array([0.0, 0.0]))
    array([-1.,  1.])
    """

    base: Loss
    factor: float = 1.0
    tie: Tie = ""
    reach: float = math.inf
    ceiling: float = math.inf
    floor: float = 0.0

    name = "Loss of a library"
    year = 2026
    formula = r"c\,\ell"

    def __post_init__(self) -> None:
        kind_of("base", self.base, Loss)
        number("factor", self.factor, 0.0)
        one_of("tie", self.tie, get_args(Tie))

    @property
    def task(self) -> Any:  # type: ignore[override]
        return self.base.task

    @property
    def convex(self) -> bool:  # type: ignore[override]
        limited = min(self.reach, self.ceiling) < math.inf
        return self.base.convex and not limited

    @property
    def reaches_zero(self) -> bool:  # type: ignore[override]
        return self.base.reaches_zero

    def value(self, y_pred: Array, y: Array) -> Array:
        found = self.factor * self.base.value(self._reached(y_pred), y)
        return np.minimum(found, self.ceiling) if self.ceiling < math.inf else found

    def gradient(self, y_pred: Array, y: Array) -> Array:
        slopes = self.base.gradient(y_pred, y)
        if self.tie:
            left, right = (
                self.base.gradient(np.nextafter(y_pred, s), y) for s in (-np.inf, np.inf)
            )
            slopes = np.where(left != right, TIES[self.tie](left, right), slopes)
        return self.factor * slopes * self._felt(y_pred)

    def curvature(self, y_pred: Array, y: Array) -> Array:
        return self.factor * self.base.curvature(y_pred, y) * self._felt(y_pred)

    def _reached(self, y_pred: Array) -> Array:
        return np.clip(y_pred, -self.reach, self.reach) if self.reach < math.inf else y_pred

    def _felt(self, y_pred: Array) -> Array | float:
        """Share of the slope that is left where predictions are cut off or divided by `floor`."""
        if self.reach < math.inf:
            return np.asarray(np.abs(y_pred) < self.reach, dtype=np.float64)
        if self.floor > 0.0:
            both = sigmoid(y_pred) * sigmoid(-y_pred)
            return both / np.maximum(both, self.floor)
        return 1.0
