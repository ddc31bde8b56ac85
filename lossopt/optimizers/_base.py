"""What an optimizer is."""

from __future__ import annotations

import dataclasses
from abc import abstractmethod
from typing import Any, ClassVar

from lossopt.params import Array, Number, Spec

State = dict[str, Any]
"""What an optimizer remembers: arrays shaped like params, and the step count."""


@dataclasses.dataclass(frozen=True)
class Optimizer(Spec):
    """An update rule with its hyperparameters; the rule itself is pure.

    Arrays are ``(n_runs, n_params)``: all runs of a batch move at once. A hyperparameter is a
    number, or a column ``(n_runs, 1)`` with one number per run. Inputs are never written to.

    Attributes
    ----------
    formula : str
        LaTeX of the update.
    learning_rate : float
        Step size η; every optimizer has one.
    """

    formula: ClassVar[str]
    learning_rate: Number

    @abstractmethod
    def init(self, params: Array) -> State:
        """State before the first step.

        Parameters
        ----------
        params : array (n_runs, n_params)
        """

    @abstractmethod
    def update(self, gradient: Array, state: State, params: Array) -> tuple[Array, State]:
        """One step.

        Parameters
        ----------
        gradient : array (n_runs, n_params)
            Gradient at `params`.
        state : dict
            What `init` or the last `update` returned.
        params : array (n_runs, n_params)

        Returns
        -------
        params : array (n_runs, n_params)
        state : dict
        """

    def stability_limit(self) -> Number | None:
        """Largest stable product ηλ on a quadratic of curvature λ; None if none is known.

        A descent on a quadratic converges if and only if η times its largest curvature (plus the
        weight decay, which adds to every curvature) is below this limit.
        """
        return None
