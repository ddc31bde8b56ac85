"""What a library of optimizers is."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, ClassVar, Literal, get_args

from lossopt.arguments import one_of, switch, texts
from lossopt.libraries._calling import Calling
from lossopt.libraries._losses import LossConvention
from lossopt.libraries._schedules import WARMS, ScheduleConvention
from lossopt.losses import LOSSES, Loss
from lossopt.optimizers import OPTIMIZERS, Optimizer
from lossopt.params import Spec
from lossopt.registry import Items
from lossopt.schedules import SCHEDULES, Schedule

Decay = Literal["none", "coupled", "decoupled", "unscaled", "own"]
"""How weight decay enters: λθ in the gradient, as a step ηλθ or λθ of its own, or otherwise."""
Rate = Literal["at_once", "displacement", "next_step", "fixed", "none", "own"]
"""Whether a changed rate acts at once, on the new share of a stored move, a step late or otherwise;
none can be changed, or there is none."""
SAME = "same"
FORMS = {
    "log_loss": "binary_cross_entropy",
    "smooth_l1": "huber",
    "boundaries": "step",
}
"""Names that are no ids of ours, and what they are forms of."""


def form_of(name: str) -> str:
    """Id of ours that a name of a library's loss or schedule is a form of.

    >>> form_of("smooth_l1"), form_of("mse l2_loss")
    ('huber', 'mse')
    """
    first = name.partition(" ")[0]
    return FORMS.get(first, first)


WITH_DECAY = ("decay", "decay_moving")
"""Measured sequences with weight decay."""


@dataclasses.dataclass(frozen=True)
class Convention:
    """What a library runs under the name of an optimizer.

    Attributes
    ----------
    call : str
        How it is made in the library, with what differs from the defaults of the library.
    fields : Mapping of str to object
        Fields of the rule that differ from its defaults: those of the library.
    rule : str or None
        Id of the rule that takes the same path, the optimizer's own unless stated; None if none
        does.
    decay : {"none", "coupled", "decoupled", "unscaled", "own"}
        How weight decay enters.
    rate : {"at_once", "displacement", "next_step", "fixed", "none", "own"}
        How a learning rate that changes during the run enters.
    apart : tuple of str
        Measured sequences on which the paths part although they are the same on all others.
    nearly : float
        Where the paths are the same but for a trifle, the most that was measured between them,
        as a share of the largest number of a sequence.
    asks_rate : bool
        Whether a learning rate must be given, so that the rule's own stands where none is.
    also : tuple of str
        Other ways to call it that were measured to take the same path.
    steps : tuple of float
        First steps on a constant gradient of 1, in learning rates, where no rule takes them.

    Raises
    ------
    ValueError
        If `decay` or `rate` is no such way.

    Examples
    --------
    >>> Convention("Adam", {"bias_correction": False}, decay="coupled").rate
    'at_once'
    """

    call: str
    fields: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    rule: str | None = SAME
    _: dataclasses.KW_ONLY
    decay: Decay = "none"
    rate: Rate = "at_once"
    apart: tuple[str, ...] = ()
    nearly: float = 0.0
    asks_rate: bool = False
    also: tuple[str, ...] = ()
    steps: tuple[float, ...] = ()

    @property
    def is_exact(self) -> bool:
        """Whether its rule takes the path, but for weight decay and a changed rate."""
        return not self.nearly and set(self.apart) <= {*WITH_DECAY, "tall_decay", "halved"}

    def __post_init__(self) -> None:
        one_of("decay", self.decay, get_args(Decay))
        one_of("rate", self.rate, get_args(Rate))
        for name in ("apart", "also"):
            texts(name, getattr(self, name))


class Library(Spec):
    """A library with optimizers, as it was measured.

    Attributes
    ----------
    language, version, license : str
    measured : str
        Date of the measurement, as ``YYYY-MM-DD``.
    precision : {"float64", "float32"}
        In which it computes at best.
    rank : int
        Those that are asked for most have lower ones and stand before others.
    prefix : str
        What stands before every `call`.
    calling : Calling or None
        How scripts call it; None where there are none.
    conventions : Mapping of str to Convention
        By the id of an optimizer of ours; those that the library lacks are missing.
    losses : Mapping of str to LossConvention
        By the id of a loss of ours, which for classes judges logits; ``log_loss`` is the binary
        cross-entropy of probabilities, ``smooth_l1`` the Huber loss under its other name. Empty
        where losses were not measured.
    schedules : Mapping of str to ScheduleConvention
        By the id of a schedule of ours; ``boundaries`` is `step` with a list of updates, and with
        ``warmup`` behind it a warm-up stands before. Empty where schedules were not measured.
    """

    language: ClassVar[str] = "Python"
    version: ClassVar[str]
    measured: ClassVar[str]
    license: ClassVar[str]
    precision: ClassVar[Literal["float64", "float32"]] = "float64"
    rank: ClassVar[int] = 9
    prefix: ClassVar[str] = ""
    calling: ClassVar[Calling | None] = None
    conventions: ClassVar[Mapping[str, Convention]]
    losses: ClassVar[Mapping[str, LossConvention]] = {}
    schedules: ClassVar[Mapping[str, ScheduleConvention]] = {}

    def __init_subclass__(cls) -> None:
        found = [
            (name, dataclasses.replace(each, rule=name) if each.rule == SAME else each)
            for name, each in cls.conventions.items()
        ]
        cls.conventions = MappingProxyType(Items(f"optimizers of {cls.name}", found))
        losses = [
            (name, dataclasses.replace(each, loss=form_of(name)) if each.loss == SAME else each)
            for name, each in cls.losses.items()
        ]
        cls.losses = MappingProxyType(Items(f"losses of {cls.name}", losses))
        schedules = [
            (name, dataclasses.replace(each, schedule=form_of(name)))
            if each.schedule == SAME
            else (name, each)
            for name, each in cls.schedules.items()
        ]
        cls.schedules = MappingProxyType(Items(f"schedules of {cls.name}", schedules))

    @classmethod
    def rule(
        cls, optimizer: str, *, changing_rate: bool = False, **fields: Any
    ) -> Optimizer | None:
        """Return the rule that takes this library's path, with the library's defaults.

        Parameters
        ----------
        optimizer : str
            Id of an optimizer.
        changing_rate : bool
            Whether the learning rate will change during the run. Where the library then goes
            another way than ours, the rule is one that follows it, or None.
        **fields
            Values in place of the library's, by the names of the rule's fields.

        Returns
        -------
        Optimizer or None
            None where no rule takes the path.

        Raises
        ------
        KeyError
            If the library has no such optimizer; it lists what there is.
        ValueError
            If the rule does not accept a field.

        Examples
        --------
        >>> import lossopt as lo
        >>> lo.LIBRARIES["keras"].rule("adam", learning_rate=0.1).eps
        1e-07
        >>> lo.LIBRARIES["keras"].rule("momentum", changing_rate=True).displacement
        True
        """
        changes = switch("changing_rate", changing_rate)
        convention = cls.conventions[optimizer]
        if convention.rule is None:
            return None
        rule = OPTIMIZERS[convention.rule](**{**convention.fields, **fields})
        if not changes or convention.rate in ("at_once", "none"):
            return rule
        if convention.rate != "displacement":
            return None
        return dataclasses.replace(rule, displacement=True)  # type: ignore[call-arg]

    @classmethod
    def loss(cls, loss: str, **fields: Any) -> Loss | None:
        """Return the loss that this library computes under a name, with the library's defaults.

        Parameters
        ----------
        loss : str
            Id of a loss, ``log_loss`` or ``smooth_l1``: see `losses`.
        **fields
            Values in place of the library's, by the names of the fields of our loss.

        Returns
        -------
        Loss or None
            None where it is of no form of ours.

        Raises
        ------
        KeyError
            If the library has no such loss, or it was not measured; it lists what there is.
        ValueError
            If the loss does not accept a field.

        Examples
        --------
        >>> import lossopt as lo
        >>> lo.LIBRARIES["river"].loss("huber").delta
        0.1
        >>> lo.LIBRARIES["pytorch"].loss("smooth_l1", delta=2.0).factor
        0.5
        """
        convention = cls.losses[loss]
        if convention.loss is None:
            return None
        return convention.made(LOSSES[convention.loss](**{**convention.fields, **fields}))

    @classmethod
    def schedule(cls, schedule: str, **fields: Any) -> Schedule | None:
        """Return the schedule whose rates this library gives at the planned updates.

        Parameters
        ----------
        schedule : str
            Id of a schedule, or another name of `schedules`. With a `warmup` it is the one that
            has a warm-up before it.
        **fields
            Values of the fields of our schedule.

        Returns
        -------
        Schedule or None
            None where no schedule of ours gives them.

        Raises
        ------
        KeyError
            If the library has no such schedule, or it was not measured; it lists what there is.
        ValueError
            If the schedule does not accept a field.

        Examples
        --------
        >>> import lossopt as lo
        >>> lo.LIBRARIES["optax"].schedule("constant", warmup=2).factors(4)
        array([0. , 0.5, 1. , 1. ])
        """
        warms = bool(fields.get("warmup")) and WARMS not in schedule.split()
        convention = cls.schedules[f"{schedule} {WARMS}" if warms else schedule]
        if convention.schedule is None:
            return None
        return convention.made(SCHEDULES[convention.schedule](**fields))

    @classmethod
    def called(cls, optimizer: str) -> str:
        """How the library makes it.

        Examples
        --------
        >>> import lossopt as lo
        >>> lo.LIBRARIES["pytorch"].called("adam")
        'torch.optim.Adam'
        """
        return cls.prefix + cls.conventions[optimizer].call

    @classmethod
    def sort_key(cls) -> tuple[Any, ...]:
        return (cls.rank, cls.name.casefold())
