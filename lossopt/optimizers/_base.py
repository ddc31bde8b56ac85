"""What an optimizer is."""

from __future__ import annotations

import dataclasses
from abc import abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar, Protocol, Self

from lossopt.arguments import kind_of, shown
from lossopt.borders import array, checked_rows
from lossopt.optimizers._anatomy import Steps, Term
from lossopt.params import Array, IntArray, Number, Spec

State = dict[str, Any]
"""What an optimizer remembers: arrays shaped like params, and the step count."""


class Landscape(Protocol):
    """What a rule may ask of an objective; see ``lossopt.Objective``."""

    @property
    def matrices(self) -> tuple[tuple[int, int], ...]: ...
    @property
    def n_samples(self) -> int: ...
    def value(self, params: Array) -> Array: ...
    def gradient(self, params: Array, rows: IntArray | None = None) -> Array: ...
    def hessian(self, params: Array) -> Array: ...
    def curvature_root(self, params: Array) -> Array | None: ...


def _checked_state(state: Any) -> State:
    return kind_of("state", state, dict)


def _checked_gradient(rule: Optimizer, gradient: Any, state: Any, params: Any) -> tuple[Any, ...]:
    gradient, params = array("gradient", gradient), array("params", params)
    if gradient.shape != params.shape:
        raise ValueError(
            f"gradient and params must have one shape, but they are {gradient.shape} and "
            f"{params.shape}."
        )
    return gradient, _checked_state(state), params


def _checked_step(
    rule: Optimizer, gradient: Any, objective: Any, rows: Any, state: Any, params: Any
) -> tuple[Any, ...]:
    gradient, state, params = _checked_gradient(rule, gradient, state, params)
    objective = _checked_objective(objective)
    if rows is not None:
        rows = checked_rows(rows, objective.n_samples)
    return gradient, objective, rows, state, params


def _checked_objective(objective: Any) -> Any:
    if isinstance(objective, type) or not hasattr(objective, "matrices"):
        raise ValueError(f"objective must be an Objective, but is {shown(objective)}.")
    return objective


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
    paper : Mapping or None
        Field values of its paper that are not the defaults; None where the paper leaves some open.
    parents : tuple of str
        Ids of the rules that its idea grew from.
    full_batch : bool
        Whether the rule is defined on all samples only, so that a batch size means nothing to it.
    needs_matrices : bool
        Whether the rule acts on matrices, so that it means nothing where params are plain numbers.
    """

    checks = {
        "init": lambda self, params: (array("params", params),),
        "update": _checked_gradient,
        "step": _checked_step,
        "cost": lambda self, state: (_checked_state(state),),
        "evaluated": lambda self, params, state: (array("params", params), _checked_state(state)),
        "anatomy": lambda self, steps: (kind_of("steps", steps, Steps),),
    }
    takes_columns = True
    formula: ClassVar[str]
    paper: ClassVar[Mapping[str, Any] | None] = None
    parents: ClassVar[tuple[str, ...]] = ()
    full_batch: ClassVar[bool] = False
    needs_matrices: ClassVar[bool] = False
    learning_rate: Number

    @classmethod
    def published(cls) -> Self | None:
        """Make the rule with the numbers of its paper; None where these are not known.

        Libraries have other numbers: see ``Library.rule``.

        Examples
        --------
        >>> import lossopt as lo
        >>> lo.OPTIMIZERS["rmsprop"].published().decay
        0.9
        """
        return None if cls.paper is None else cls(**cls.paper)

    @classmethod
    def fits(cls, objective: Landscape) -> bool:
        """Whether the rule means something on this objective.

        Examples
        --------
        >>> import lossopt as lo
        >>> [lo.OPTIMIZERS["muon"].fits(lo.OBJECTIVES[name]())
        ...  for name in ("rosenbrock", "matrix_factorization")]
        [False, True]
        """
        return bool(_checked_objective(objective).matrices) or not cls.needs_matrices

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

    def step(
        self,
        gradient: Array,
        objective: Landscape,
        rows: IntArray | None,
        state: State,
        params: Array,
    ) -> tuple[Array, State]:
        """One step on an objective; a rule that needs more than one gradient asks for it here.

        Parameters
        ----------
        gradient : array (n_runs, n_params)
            Gradient of `objective` at `params` over `rows`.
        objective : Objective
        rows : array of int or None
            Samples of this step; None for all.
        state : dict
        params : array (n_runs, n_params)

        Returns
        -------
        params : array (n_runs, n_params)
        state : dict
        """
        return self.update(gradient, state, params)

    def cost(self, state: State) -> Number:
        """Gradient evaluations, as passes over the batch, of the step that led to `state`."""
        return 1.0

    def evaluated(self, params: Array, state: State) -> Array:
        """Params that a user would evaluate, where they are not those of the next gradient."""
        return params

    def stability_limit(self) -> Number | None:
        """Largest stable product ηλ on a quadratic of curvature λ; None if none is known.

        A descent on a quadratic converges if and only if η times its largest curvature (plus the
        weight decay, which adds to every curvature) is below this limit.
        """
        return None

    def anatomy(self, steps: Steps) -> list[Term]:
        """Lines of the update with the numbers of some steps, in order; none if not written down.

        Parameters
        ----------
        steps : Steps

        Returns
        -------
        list of Term
            The last line gives the params after the step.
        """
        return []
