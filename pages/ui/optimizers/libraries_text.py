"""What there is to say about an optimizer in its libraries, whoever draws it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from lossopt.figures.palette import shade
from lossopt.libraries import LIBRARIES, Convention, Library, apart, first_step, moving
from lossopt.numbers import short
from lossopt.optimizers import Optimizer
from lossopt.params import params_of
from pages.ui.frame.table import Cell
from pages.ui.frame.words import BETWEEN, Words
from pages.ui.optimizers.card_text import setting

NAMED = 2
"""Libraries of one path that its label names."""
Known = Mapping[str, type[Library]]


def known_libraries(name: str) -> dict[str, type[Library]]:
    """Libraries that have an optimizer, by their ids."""
    return {key: each for key, each in LIBRARIES.items() if name in each.conventions}


def lead(words: Words, title: str, known: Known, groups: Mapping[Optimizer, list[str]]) -> str:
    others = len(known) - sum(map(len, groups.values()))
    lead = words("optimizers.libraries.lead", name=title, n=len(known), paths=len(groups))
    return f"{lead} {words('optimizers.libraries.others', n=others)}" if others else lead


def names_of(words: Words, known: Known, ids: Sequence[str]) -> str:
    names = ", ".join(known[each].name for each in ids[:NAMED])
    more = len(ids[NAMED:])
    return words("optimizers.libraries.more", names=names, n=more) if more else names


def differs_in(words: Words, rule: Optimizer) -> str:
    """What of a rule differs from its usual form, but for the learning rate."""
    usual = type(rule)()
    return BETWEEN.join(
        setting(words, field, getattr(rule, field.name))
        for field in params_of(rule)
        if field.name != "learning_rate" and getattr(rule, field.name) != getattr(usual, field.name)
    )


def table(
    words: Words, name: str, known: Known, mode: str
) -> tuple[list[str], list[list[Cell | str]], str]:
    """Head, rows and caption: one library a row, with the length of its first step as a bar.

    Parameters
    ----------
    mode : str
        ``"light"`` or ``"dark"``; both at once if empty.
    """
    steps = {key: first_step(library, name) for key, library in known.items()}
    longest = max((abs(step) for step in steps.values() if step), default=1.0)
    heads = ("library", "first", "rate", "apart", "called")
    return (
        [words(f"optimizers.libraries.head.{head}") for head in heads],
        [
            _row(words, name, known[key], step, _bar(abs(step or 0.0) / longest, mode))
            for key, step in steps.items()
        ],
        words("optimizers.libraries.caption", date=max(each.measured for each in known.values())),
    )


def _row(
    words: Words, name: str, library: type[Library], step: float | None, bar: str
) -> list[Cell | str]:
    convention, rule = library.conventions[name], library.rule(name)
    if rule is None:
        apart = words("optimizers.libraries.other_rule")
    else:
        apart = differs_in(words, rule) or words("optimizers.libraries.as_ours")
    return [
        f"{library.name} {library.version}",
        Cell("–") if step is None else Cell(short(step), bar),
        _usual_rate(words, convention, rule),
        apart,
        library.called(name),
    ]


def _usual_rate(words: Words, convention: Convention, rule: Optimizer | None) -> str:
    if convention.asks_rate:
        return words("optimizers.libraries.asked")
    return "–" if rule is None or convention.rate == "none" else short(rule.learning_rate)


def _bar(share: float, mode: str) -> str:
    color = shade(0.6, mode) if mode else f"light-dark({shade(0.6, 'light')}, {shade(0.6, 'dark')})"
    return f"linear-gradient(to right, {color} {share:.0%}, transparent {share:.0%})"


def ends(name: str, known: Known) -> tuple[str, str]:
    """Two libraries to begin with: the first one, and the first that differs from it."""
    ids = tuple(known)
    return ids[0], next((key for key in ids[1:] if _differ(known, name, ids[0], key)), ids[-1])


def _differ(known: Known, name: str, here: str, there: str) -> bool:
    found = moving(known[here], known[there], name)
    return found is None or bool(found.kinds)


def what_to_set(words: Words, name: str, here: type[Library], there: type[Library]) -> list[str]:
    """Sentences: how the path of one library is had in another."""
    names = {"here": here.name, "there": there.name}
    found = moving(here, there, name)
    others = _other_ways(words, here.conventions[name], there.conventions[name])
    if found is None:
        return [words("optimizers.libraries.cannot", **names), *others]
    rules = [each.rule(name) for each in (here, there)]
    fields = {field.name: field for rule in rules if rule for field in params_of(rule)}
    said = []
    if found.numbers:
        told = [setting(words, fields[key], value) for key, value in found.numbers.items()]
        said.append(words("optimizers.libraries.set", settings=BETWEEN.join(told), **names))
    if found.kinds:
        pairs = [
            BETWEEN.join(setting(words, fields[key], getattr(rule, key)) for key in found.kinds)
            for rule in rules
        ]
        said.append(words("optimizers.libraries.kinds", one=pairs[0], other=pairs[1], **names))
    parted = apart(here.conventions[name], there.conventions[name])
    if parted:
        told = ", ".join(words(f"libraries.apart.{each}") for each in parted)
        others = [words("optimizers.libraries.parted", cases=told), *others]
    return [*(said or [words("optimizers.libraries.nothing", **names)]), *others]


def _other_ways(words: Words, here: Convention, there: Convention) -> list[str]:
    """How the second differs in what is no field: weight decay, a changed rate."""
    kinds = ("decay", "rate")
    apart = [kind for kind in kinds if getattr(here, kind) != getattr(there, kind)]
    return [words(f"libraries.{kind}.{getattr(there, kind)}") for kind in apart]


def ways(words: Words, name: str, known: Known) -> list[str]:
    """Weight decay, a changed rate, and what else was noted: who does it how."""
    lines = [
        *_shared(words, known, "decay", lambda each: each.conventions[name].decay),
        *_shared(words, known, "rate", lambda each: each.conventions[name].rate),
    ]
    for key, library in known.items():
        if note := words.section(f"libraries.note.{key}").get(name):
            lines.append(f"**{library.name} {library.version}.** {note}")
    return lines


def _shared(
    words: Words, known: Known, kind: str, way: Callable[[type[Library]], str]
) -> list[str]:
    found: dict[str, list[str]] = {}
    for library in known.values():
        found.setdefault(way(library), []).append(library.name)
    return [
        f"{words(f'libraries.{kind}.{each}')} *{', '.join(names)}.*"
        for each, names in found.items()
    ]
