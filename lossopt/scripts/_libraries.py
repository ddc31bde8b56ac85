"""Scripts for measured libraries: their own optimizer takes the step, whoever differentiates."""

from __future__ import annotations

import dataclasses
import textwrap
from collections.abc import Iterator
from typing import Any

from lossopt.libraries import LIBRARIES, Library
from lossopt.libraries._base import WITH_DECAY
from lossopt.libraries._calling import Calling, read_call
from lossopt.optimizers import ONLY_WHERE_THE_RATE_CHANGES, Optimizer
from lossopt.params import params_of
from lossopt.registry import fields_of, id_of, is_shipped, plain
from lossopt.scripts._gradients import gradient_problem
from lossopt.scripts._problems import Problem, problem_code
from lossopt.scripts._run import Run
from lossopt.scripts._told import ScriptNote

WITH_DECAYS = {*WITH_DECAY, "tall_decay"}
NEARLY = {"small", "tiny", "sparse"}
"""Measured sequences of gradients that are tiny, or 0 at first."""
NEAR = 1e-7
"""Share of the largest number by which a path may depart and is still the same."""
TURN = {"numpy": "", "jax": "jnp.array", "torch": "torch.tensor"}
"""What makes an array of one of NumPy."""
CLIPPED = {
    "numpy": "np.minimum(1.0, {most} / (np.linalg.norm(slope) + 1e-6))",
    "jax": "jnp.minimum(1.0, {most} / (jnp.linalg.norm(slope) + 1e-6))",
    "torch": "torch.clamp({most} / (slope.norm() + 1e-6), max=1.0)",
}
"""What a gradient is multiplied by so that its norm is `most` at most."""
DIFFERENTIATED = {
    "jax": "gradient = jax.jit(jax.grad(loss))",
    "torch": "def gradient(params, rows):\n    params = params.detach().requires_grad_()\n"
    "    return torch.autograd.grad(loss(params, rows), params)[0]",
}


@dataclasses.dataclass(frozen=True)
class Found:
    """A library's optimizer for a rule: its name, its fixed arguments, and our id for it."""

    kind: type[Library]
    optimizer: str
    name: str
    fixed: dict[str, str]

    @property
    def calling(self) -> Calling:
        assert self.kind.calling is not None
        return self.kind.calling


def find_library(library: str, run: Run) -> tuple[Found | None, list[ScriptNote]]:
    """Which optimizer of a library takes the path of a run, or why none does."""
    kind, rule = LIBRARIES[library], run.entry.optimizer
    ids = _candidates(kind, rule) if is_shipped(rule) else []
    if not ids:
        named = is_shipped(rule) and id_of(rule) in kind.conventions
        code = "otherwise" if named else "rule"
        return None, [ScriptNote(code, library=kind.name, rule=rule.name)]
    tried = [_judged(kind, optimizer, run) for optimizer in ids]
    return next(((found, notes) for found, notes in tried if found and not notes), tried[0])


def _candidates(kind: type[Library], rule: Optimizer) -> list[str]:
    """Optimizers of a library that are the rule; that of the same name first."""
    name = id_of(rule)
    found = [key for key, each in kind.conventions.items() if each.rule == name]
    return sorted(found, key=lambda key: key != name)


def _judged(kind: type[Library], optimizer: str, run: Run) -> tuple[Found | None, list[ScriptNote]]:
    refusal = _refusal(kind, optimizer, run)
    if refusal:
        return None, [refusal]
    name, fixed = read_call(kind.conventions[optimizer].call)
    return Found(kind, optimizer, name, fixed), list(_departures(kind, optimizer, run))


def _refusal(kind: type[Library], optimizer: str, run: Run) -> ScriptNote | None:
    """Why a library's optimizer cannot take the path."""
    rule, convention, calling = run.entry.optimizer, kind.conventions[optimizer], kind.calling
    assert calling is not None
    if rule.needs_matrices:
        return ScriptNote("matrices", library=kind.name, rule=rule.name)
    if _averages(rule) and calling.evaluated is None:
        return ScriptNote("average", library=kind.name, rule=rule.name)
    if set(convention.apart) - NEARLY - WITH_DECAYS - {"halved"}:
        return ScriptNote("otherwise", library=kind.name, rule=rule.name)
    follows = convention.rate in ("at_once", "displacement") and not _averages(rule)
    if run.factors is not None and not follows:  # averages weigh by the rates, ours do not
        value = run.acting["schedule"].name
        return ScriptNote("field", library=kind.name, field="schedule", value=value)
    for field in _lacking(kind, optimizer, run):
        value = fields_of(rule)[field]
        return ScriptNote("field", library=kind.name, field=field, value=value)
    return None


def _averages(rule: Optimizer) -> bool:
    """Whether what is shown are not the params; ASGD begins with that when it is told to."""
    return type(rule).evaluated is not Optimizer.evaluated and id_of(rule) != "asgd"


def _usual(kind: type[Library], optimizer: str) -> dict[str, Any]:
    """Fields of the rule that takes the library's path by default."""
    rule = kind.rule(optimizer)
    assert rule is not None
    return fields_of(rule)


def _lacking(kind: type[Library], optimizer: str, run: Run) -> Iterator[str]:
    """Fields with values that the library's optimizer cannot have."""
    theirs, values = _usual(kind, optimizer), fields_of(run.entry.optimizer)
    for field, value in values.items():
        idle = field == "eps_place"  # told besides
        if field in ONLY_WHERE_THE_RATE_CHANGES:
            rate = kind.conventions[optimizer].rate
            idle = run.factors is None or rate == "displacement"
        if field == "decoupled_weight_decay":
            idle = not values["weight_decay"]
        if value != theirs[field] and not idle and not is_written(kind, optimizer, field, value):
            yield field


def is_written(kind: type[Library], optimizer: str, field: str, value: Any) -> bool:
    """Whether the library's optimizer can be given a value."""
    assert kind.calling is not None
    argument, convention = kind.calling.argument(optimizer, field), kind.conventions[optimizer]
    if field != "weight_decay":
        return bool(argument)
    if convention.decay == "none" or (value and WITH_DECAYS & set(convention.apart)):
        return False
    return bool(argument or kind.calling.coupled)


def _departures(kind: type[Library], optimizer: str, run: Run) -> Iterator[ScriptNote]:
    """What is known to differ a little."""
    theirs, values = _usual(kind, optimizer), fields_of(run.entry.optimizer)
    convention = kind.conventions[optimizer]
    if values.get("eps") and values.get("eps_place") != theirs.get("eps_place"):
        yield ScriptNote("eps", library=kind.name)
    displaced = values.get("displacement", True) or convention.rate != "displacement"
    if run.factors is not None and not displaced:
        yield ScriptNote("rate", library=kind.name)
    if NEARLY & set(convention.apart) or convention.nearly > NEAR:
        yield ScriptNote("nearly", library=kind.name)


def library_call(found: Found, run: Run) -> str:
    """The call that makes the optimizer, with the library's own names of arguments."""
    calling, keywords = found.calling, _keywords(found, run)
    if run.factors is not None and calling.rate_as:
        keywords[calling.argument(found.optimizer, "learning_rate")] = [calling.rate_as]
    written = [
        f"{key}={values[0] if len(values) == 1 else '(' + ', '.join(values) + ')'}"
        for key, values in keywords.items()
    ]
    written += [f"{key}={value}" for key, value in found.fixed.items() if key not in keywords]
    name = found.kind.prefix + found.name
    return calling.made.replace("{name}", name).replace("{arguments}", ", ".join(written))


def _keywords(found: Found, run: Run) -> dict[str, list[str]]:
    """Arguments and their values; those of a zero or False by default are left out."""
    rule, theirs = run.entry.optimizer, _usual(found.kind, found.optimizer)
    fields = params_of(rule)
    arguments = [found.calling.argument(found.optimizer, field.name) for field in fields]
    keywords: dict[str, list[str]] = {}
    for field, argument in zip(fields, arguments, strict=True):
        value = plain(getattr(rule, field.name))
        idle = value == theirs[field.name] == 0 and arguments.count(argument) == 1
        if argument and not idle and is_written(found.kind, found.optimizer, field.name, value):
            keywords.setdefault(argument, []).append(repr(value))
    return keywords


def library_problem(calling: Calling, run: Run) -> Problem | None:
    """The problem with a function ``gradient(params, rows)``; None where there is none."""
    if calling.gradient == "numpy":
        return gradient_problem(run.objective)
    problem = problem_code(run.objective, calling.gradient)
    if problem is not None and problem.shapes:
        problem = problem_code(run.objective, "jax")  # which takes all params in one vector
    if problem is None:
        return None
    text = f"{problem.loss}\n\n\n{DIFFERENTIATED[calling.gradient]}"
    return dataclasses.replace(problem, loss=text)


def library_body(found: Found, run: Run, problem: Problem) -> str:
    """Lines that run the steps."""
    calling, rows = found.calling, _rows(found.calling, run, problem)
    made = library_call(found, run)
    lines = [f"start = np.array({list(run.start)!r})"]
    if rows == "every":
        lines.append("every = np.arange(len(A))")
    if calling.whole:
        inside = textwrap.indent("\n".join(_slope(calling, run, "params", rows)), "    ")
        lines.append(f"\n\ndef slope_at(params, step):\n{inside}\n    return slope\n\n")
        whole = calling.whole.replace("{made}", made)
        return "\n".join([*lines, whole.replace("{n_steps}", repr(run.n_steps))])
    lines.append(calling.begin.replace("{made}", made))
    decay = plain(getattr(run.entry.optimizer, "weight_decay", 0.0))
    if calling.coupled and decay:
        lines.append(calling.coupled.replace("{weight_decay}", repr(decay)))
    if _averages(run.entry.optimizer) and calling.evaluated:
        lines.append(calling.evaluated[1])
    inside = textwrap.indent("\n".join(_step(found, run, rows)), "    ")
    return "\n".join([*lines, "path = [start]", f"for step in range({run.n_steps}):", inside])


def _step(found: Found, run: Run, rows: str) -> list[str]:
    calling, lines = found.calling, _slope(found.calling, run, found.calling.at, rows)
    if run.factors is not None and calling.rate:
        argument = calling.argument(found.optimizer, "learning_rate")
        lines.append(calling.rate.replace("{learning_rate}", argument))
    shown = f"path.append({calling.shown})"
    if _averages(run.entry.optimizer) and calling.evaluated:
        shown = "\n".join([calling.evaluated[0], shown, calling.evaluated[1]])
    return [*lines, calling.step, shown]


def _slope(calling: Calling, run: Run, at: str, rows: str) -> list[str]:
    """Lines that find the gradient, clipped if it is to be."""
    lines = [f"slope = gradient({at}, {rows})"]
    if run.entry.clip_norm is not None:
        shrunk = CLIPPED[calling.gradient].replace("{most}", repr(run.entry.clip_norm))
        lines.append(f"slope = slope * {shrunk}")
    return lines


def _rows(calling: Calling, run: Run, problem: Problem) -> str:
    """Which samples a gradient is taken of; JAX asks for their numbers."""
    if run.size is not None:
        return "next(draw)"
    if calling.gradient != "jax":
        return "slice(None)"
    return "every" if "A" in problem.arrays else "None"
