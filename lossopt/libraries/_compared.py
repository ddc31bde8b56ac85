"""Libraries side by side: who takes the same path, how far a first step goes, what to set."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

import numpy as np

from lossopt.libraries._base import Convention, Library
from lossopt.libraries._schedules import PLANNED, WARMS, asked_with
from lossopt.optimizers import OPTIMIZERS, Optimizer
from lossopt.params import params_of


@dataclasses.dataclass(frozen=True)
class Moving:
    """What to do when an optimizer moves from one library to another.

    Attributes
    ----------
    numbers : Mapping of str to object
        Fields whose numbers differ by default, with those that the first library has: set so in
        the second one, they are no difference any more.
    kinds : tuple of str
        Fields that differ and hold no number: forms of the rule.
    """

    numbers: Mapping[str, Any]
    kinds: tuple[str, ...]


def moving(source: type[Library], target: type[Library], optimizer: str) -> Moving | None:
    """Compare an optimizer in two libraries, default by default.

    Parameters
    ----------
    source, target : type of Library
    optimizer : str
        Id of an optimizer that both have.

    Returns
    -------
    Moving or None
        None where one of them takes the path of no rule, or of another one.

    Examples
    --------
    >>> import lossopt as lo
    >>> moving(lo.LIBRARIES["pytorch"], lo.LIBRARIES["mlx"], "adam")
    Moving(numbers={}, kinds=('bias_correction',))
    """
    here, there = source.rule(optimizer), target.rule(optimizer)
    if here is None or type(here) is not type(there):
        return None
    apart = {
        field.name: getattr(here, field.name)
        for field in params_of(here)
        if getattr(here, field.name) != getattr(there, field.name)
    }
    kinds = tuple(name for name, value in apart.items() if isinstance(value, bool | str))
    return Moving({k: value for k, value in apart.items() if k not in kinds}, kinds)


def apart(here: Convention, there: Convention) -> tuple[str, ...]:
    """Measured sequences on which one of two conventions leaves its rule and the other does not.

    There their paths part, although all settings are the same.

    Examples
    --------
    >>> import lossopt as lo
    >>> optax, pytorch = (lo.LIBRARIES[name].conventions["radam"] for name in ("optax", "pytorch"))
    >>> apart(optax, pytorch)
    ('small', 'tiny')
    """
    return tuple(sorted(set(here.apart) ^ set(there.apart)))


def first_step(library: type[Library], optimizer: str) -> float | None:
    """Length of the first step on a gradient of 1, in learning rates and without weight decay.

    Parameters
    ----------
    library : type of Library
    optimizer : str
        Id of an optimizer that it has.

    Returns
    -------
    float or None
        None where it was not measured, and for rules of matrices.

    Examples
    --------
    >>> import lossopt as lo
    >>> round(first_step(lo.LIBRARIES["mlx"], "adam"), 2)
    3.16
    """
    convention = library.conventions[optimizer]
    rule = library.rule(optimizer)
    if rule is None:
        return convention.steps[0] if convention.steps else None
    if rule.needs_matrices:
        return None
    plain = {"weight_decay": 0.0} if hasattr(rule, "weight_decay") else {}
    rule = dataclasses.replace(rule, **plain)
    params = np.zeros((1, 1))
    moved, _ = rule.update(np.ones((1, 1)), rule.init(params), params)
    return float(-moved[0, 0] / rule.learning_rate)


def same_paths(
    libraries: Mapping[str, type[Library]], optimizer: str, learning_rate: float
) -> dict[Optimizer, list[str]]:
    """Ids of libraries that take the same path at a learning rate, by the rule that takes it.

    The largest groups come first; those that take the path of no rule are missing.

    Parameters
    ----------
    libraries : Mapping of str to type of Library
    optimizer : str
        Id of an optimizer.
    learning_rate : float

    Examples
    --------
    >>> import lossopt as lo
    >>> some = {name: lo.LIBRARIES[name] for name in ("pytorch", "torchopt", "mlx")}
    >>> list(same_paths(some, "adam", 0.1).values())
    [['pytorch', 'torchopt'], ['mlx']]
    """
    found: dict[Optimizer, list[str]] = {}
    for name, library in libraries.items():
        if optimizer in library.conventions:
            rule = library.rule(optimizer, learning_rate=learning_rate)
            if rule is not None:
                found.setdefault(rule, []).append(name)
    return dict(sorted(found.items(), key=lambda group: -len(group[1])))


def forms_of(
    libraries: Mapping[str, type[Library]], loss: str
) -> dict[str, tuple[type[Library], str]]:
    """Losses of libraries that are forms of one of ours: library and name, by ids of their own.

    Examples
    --------
    >>> import lossopt as lo
    >>> {each: name for each, (_, name) in forms_of(lo.LIBRARIES, "log_cosh").items()}
    {'keras': 'log_cosh', 'optax': 'log_cosh', 'mlx': 'log_cosh'}
    >>> [each for each in forms_of(lo.LIBRARIES, "mse") if each.startswith("optax")]
    ['optax', 'optax-mse-l2_loss']
    """
    found = {}
    for key, library in libraries.items():
        for name, convention in library.losses.items():
            if convention.loss == loss:
                words = [] if name == loss else name.split()
                found["-".join([key, *words])] = (library, name)
    return found


def rules_of(
    libraries: Mapping[str, type[Library]], optimizer: str, *, changing_rate: bool = False
) -> dict[str, Optimizer]:
    """Rules by the ids of the libraries whose optimizer is one of ours of the same name.

    They follow a changed learning rate as the library does, so that nothing has to be set anew once
    there is a schedule.

    Parameters
    ----------
    libraries : Mapping of str to type of Library
    optimizer : str
        Id of an optimizer.
    changing_rate : bool
        Whether the learning rate will change; who then goes another way is missing.

    Examples
    --------
    >>> import lossopt as lo
    >>> rules_of(lo.LIBRARIES, "momentum")["keras"].displacement
    True
    >>> ["pytorch" in rules_of(lo.LIBRARIES, "asgd", changing_rate=x) for x in (False, True)]
    [True, False]
    """
    kind, found = OPTIMIZERS[optimizer], {}
    for name, library in libraries.items():
        if optimizer in library.conventions:
            rule = library.rule(optimizer, changing_rate=True)
            if rule is None and not changing_rate:
                rule = library.rule(optimizer)
            if type(rule) is kind:
                found[name] = rule
    return found


def schedule_groups(libraries: Mapping[str, type[Library]]) -> dict[str, list[tuple[str, str]]]:
    """Schedules of libraries, as pairs of ids, by what they are: one of ours, warmed up or not.

    Groups of a single library are missing.

    Examples
    --------
    >>> import lossopt as lo
    >>> groups = schedule_groups(lo.LIBRARIES)
    >>> [pair for pair in groups["one_cycle"] if pair[0] == "optax"]
    [('optax', 'one_cycle'), ('optax', 'one_cycle linear')]
    >>> "cosine warmup" in groups
    True
    """
    found: dict[str, list[tuple[str, str]]] = {}
    for key, library in libraries.items():
        for name in library.schedules:
            words = name.split()
            group = " ".join(words[:2] if words[1:2] == [WARMS] else words[:1])
            found.setdefault(group, []).append((key, name))
    return {group: pairs for group, pairs in found.items() if len({key for key, _ in pairs}) > 1}


def rates_of(library: type[Library], schedule: str) -> tuple[float, ...]:
    """Rates of the updates of a run planned for `PLANNED` of them, in full rates.

    Parameters
    ----------
    library : type of Library
    schedule : str
        Name among its schedules; its settings are those that every library was asked with.

    Examples
    --------
    >>> import lossopt as lo
    >>> [round(rate, 2) for rate in rates_of(lo.LIBRARIES["keras"], "boundaries")]
    [1.0, 1.0, 1.0, 1.0, 1.0, 0.5, 0.5, 0.5, 0.5, 0.25]
    """
    made = library.schedule(schedule, **asked_with(schedule))
    if made is None:
        return library.schedules[schedule].rates[:PLANNED]
    return tuple(float(factor) for factor in made.factors(PLANNED))
