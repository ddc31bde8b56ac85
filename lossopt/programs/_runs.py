"""Update rules in JavaScript: ``(start, nSteps, path, how)``, see `lossopt.programs.Script`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from lossopt.programs._kept import KEPT
from lossopt.programs._loops import looped
from lossopt.programs._trace import RuleProgram
from lossopt.programs._words import JAVASCRIPT
from lossopt.programs._write import Written, name_of, names_of, written

PAUSE = 16
"""Steps between two moments at which a run may be left for a while; a power of two."""
RATE = name_of("rate")


def block(head: str, lines: Iterable[str]) -> str:
    """Lines in braces."""
    return f"{head} {{\n" + "".join(f"  {line}\n" for line in lines) + "}\n"


@lru_cache(maxsize=KEPT)
def run_text(rule: RuleProgram, n_params: int) -> str:
    """Write a rule whose params, gradient and state have a name for each number.

    With a program that loops over params, they are arrays.
    """
    lines = [
        f"let {RATE} = how.learningRate;",
        f"if (how.factors && nSteps) {RATE} = how.factors[0] * how.learningRate;",
        *_settings(rule),
        "path.set(start);",
        f"let k = 0, at = {n_params};",
        *(_looped(rule) if rule.each else _straight(rule, n_params)),
    ]
    return block("function* (start, nSteps, path, how)", lines)[:-1] + ";\n"


def _settings(rule: RuleProgram) -> list[str]:
    names = ", ".join(names_of("setting", len(rule.settings)))
    return [f"const [{names}] = how.settings;"] if names else []


def _last(rule: RuleProgram, number: int) -> str:
    """Step before which the loop of this program ends."""
    return "nSteps" if number == len(rule.steps) - 1 else f"Math.min(nSteps, {number + 1})"


def _asked(gradient: str, pause: int) -> list[str]:
    """How a step begins."""
    return [
        f"if (k % {pause} == {pause - 1}) yield k;",
        f"if (how.factors) {RATE} = how.factors[k] * how.learningRate;",
        "rows = how.batches ? how.batches(k) : null;",
        f"const slopes = {gradient};",
        "if (how.norms) noted(how, k, slopes);",
    ]


def _looped(rule: RuleProgram) -> list[str]:
    """Params and parts of the state are arrays, which are never written to."""
    states = [
        [part.shape == rule.each for part in layout for _ in range(rule.slots(part))]
        for layout in (*rule.layouts, rule.layouts[-1])
    ]
    names = names_of("state", max(map(len, states)))
    init = looped(rule.init, {"state": states[0]})
    lines = [
        f"let {', '.join(['p0 = Float64Array.from(start)', *names])};",
        *init.lines,
        *_assigned(names[: len(states[0])], init.outputs["state"]),
    ]
    for number, (program, after) in enumerate(zip(rule.steps, states[1:], strict=True)):
        done = looped(program, {"params": [True], "shown": [True], "state": after})
        (shown,), moved = done.outputs["shown"], [*done.outputs["params"], *done.outputs["state"]]
        lines += [f"for (; k < {_last(rule, number)}; k++) {{"]
        lines += [f"  {line}" for line in _asked("gradient(...p0)", 1)]
        lines += ["  const g0 = clipped(slopes, how.clipNorm);"]
        lines += [f"  {line}" for line in done.lines]
        lines += [f"  path.set({shown}, at);", "  at += p0.length;"]
        lines += [f"  [{', '.join(['p0', *names[: len(after)]])}] = [{', '.join(moved)}];", "}"]
    return lines


def _straight(rule: RuleProgram, n_params: int) -> list[str]:
    init = written(rule.init, JAVASCRIPT)
    sizes = [len(rule.init.outputs["state"]), *(len(s.outputs["state"]) for s in rule.steps)]
    params, states = names_of("params", n_params), names_of("state", max(sizes))
    lines = [
        f"let [{', '.join(params)}] = start;",
        *init.lines,
        *([f"let {', '.join(states)};"] if states else []),
        *_assigned(names_of("state", sizes[0]), init.outputs["state"]),
    ]
    for number, program in enumerate(rule.steps):
        done = written(program, JAVASCRIPT, fixed=("setting",))
        lines += ["{", *(f"  {line}" for line in done.before)]
        lines += [f"  for (; k < {_last(rule, number)}; k++) {{"]
        lines += [f"    {line}" for line in _step_lines(done, params)]
        lines += ["  }", "}"]
    return lines


def _step_lines(done: Written, params: list[str]) -> list[str]:
    moved = [*params, *names_of("state", len(done.outputs["state"]))]
    texts = [*done.outputs["params"], *done.outputs["state"]]
    changed = [(name, text) for name, text in zip(moved, texts, strict=True) if name != text]
    slopes = names_of("gradient", len(params))
    same = done.outputs["shown"] == done.outputs["params"]
    shown = [f"path[at++] = {text};" for text in done.outputs["shown"]]
    return [
        *_asked(f"gradient({', '.join(params)})", PAUSE),
        f"const [{', '.join(slopes)}] = clipped(slopes, how.clipNorm);",
        *done.lines,
        *([] if same else shown),
        *(f"const new_{name} = {text};" for name, text in changed if not _stays(text)),
        *(f"{name} = {text if _stays(text) else f'new_{name}'};" for name, text in changed),
        *([f"path[at++] = {name};" for name in params] if same else []),
    ]


def _stays(text: str) -> bool:
    """Whether a text has the same value while the state changes: a constant of this step."""
    return text[0] in "vgh" and text[1:].isdecimal()


def _assigned(names: Sequence[str], texts: Sequence[str]) -> list[str]:
    return [f"{name} = {text};" for name, text in zip(names, texts, strict=True)]
