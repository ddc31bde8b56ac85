"""Programs in JavaScript: the text of a module that descends by itself."""

from __future__ import annotations

import dataclasses
import json
import math
from collections.abc import Iterable, Sequence
from types import MappingProxyType

from lossopt.objectives import EmpiricalRisk, Objective, WeightedRisk
from lossopt.optimizers import Optimizer
from lossopt.programs._kept import program_of
from lossopt.programs._tape import Program, Untraceable
from lossopt.programs._trace import RuleProgram, SampleProgram, trace_objective, trace_sample
from lossopt.programs._write import Language, Written, name_of, names_of, written

INFIX = {
    "add": "+",
    "subtract": "-",
    "multiply": "*",
    "divide": "/",
    "greater": ">",
    "less": "<",
    "greater_equal": ">=",
    "less_equal": "<=",
    "equal": "==",
    "not_equal": "!=",
    "logical_and": "&&",
    "logical_or": "||",
}
OWN = (
    *("exp", "expm1", "log", "log1p", "log2", "log10", "sinh", "cosh", "tanh"),
    *("sin", "cos", "tan"),
)
OWN_NAMES = {"arcsin": "asin", "arccos": "acos", "arctan": "atan"}
"""Functions that browsers round each in its own way: static/programs/math.js has ours."""


def _number(value: float) -> str:
    if not math.isfinite(value):
        text = "NaN" if math.isnan(value) else "Infinity"
        return text if math.isnan(value) or value > 0.0 else f"(-{text})"
    return f"({value!r})" if math.copysign(1.0, value) < 0.0 else repr(value)


JAVASCRIPT = Language(
    words=MappingProxyType(
        {name: f"({{0}} {sign} {{1}})" for name, sign in INFIX.items()}
        | {name: f"{name}({{0}})" for name in OWN}
        | {name: f"{own}({{0}})" for name, own in OWN_NAMES.items()}
        | {
            "power": "pow({0}, {1})",
            "hypot": "hypot({0}, {1})",
            "negative": "(-{0})",
            "absolute": "Math.abs({0})",
            "sqrt": "Math.sqrt({0})",
            "isnan": "({0} != {0})",
            "isinf": "(Math.abs({0}) == Infinity)",
            "isfinite": "({0} - {0} == 0)",
            "logical_not": "(!{0})",
            "select": "({0} ? {1} : {2})",
            "maximum": "({0} >= {1} || {0} != {0} ? {0} : {1})",
            "minimum": "({0} <= {1} || {0} != {0} ? {0} : {1})",
            "sign": "({0} > 0 ? 1 : {0} < 0 ? -1 : {0} == 0 ? 0 : {0})",
        }
    ),
    line="const {0} = {1};",
    number=_number,
)

HEAD = """import {{ {names} }} from {math};

let inputs, labels, rows = null;

/* Data of a mean loss: rows of inputs one after the other, and a label for each. */
export function learnFrom(table, targets) {{
  inputs = table;
  labels = targets;
}}

function clipped(gradient, limit) {{
  if (limit == null) return gradient;
  let squares = 0;
  for (const slope of gradient) squares += slope * slope;
  const factor = Math.min(1, limit / (Math.sqrt(squares) + 1e-6));
  return gradient.map((slope) => slope * factor);
}}
"""


@dataclasses.dataclass(frozen=True)
class ScriptRun:
    """How one rule is run by a script.

    Attributes
    ----------
    function : int
        Which of the script's ``runs`` it is.
    learning_rate : float
    names : tuple of str
        Hyperparameters that may be changed without another script, in order.
    settings : tuple of float
        Their values.
    cost : float
        Passes over the batch of each step.
    """

    function: int
    learning_rate: float
    names: tuple[str, ...]
    settings: tuple[float, ...]
    cost: float


@dataclasses.dataclass(frozen=True)
class Script:
    """A module in JavaScript, and how each rule is run by it.

    The module exports ``learnFrom(inputs, labels)``, ``gradient(p0, …)``, ``value(p0, …)`` and
    ``runs``, a list of ``(start, nSteps, how) => Float64Array`` of all iterates, with
    ``how = { learningRate, settings, rates, batches, clipNorm }``; the last three may be null.

    Attributes
    ----------
    text : str
    runs : tuple of ScriptRun
    """

    text: str
    runs: tuple[ScriptRun, ...]


def script_of(
    objective: Objective, rules: Sequence[Optimizer], math_address: str = "./math.js"
) -> Script:
    """Write a module that descends an objective with some rules.

    Sums over samples go from the first to the last, and functions are those of
    ``static/programs/math.js``, so that every browser draws the same path to the bit.

    Parameters
    ----------
    objective : Objective
        A test function, a formula, or a mean loss.
    rules : sequence of Optimizer
    math_address : str
        Where the module finds its functions.

    Raises
    ------
    Untraceable
        If there is no program.

    Examples
    --------
    >>> import lossopt as lo
    >>> rules = [lo.OPTIMIZERS["adam"](learning_rate=rate) for rate in (0.1, 0.2)]
    >>> script = script_of(lo.OBJECTIVES["saddle"](), rules)
    >>> [run.function for run in script.runs], script.runs[1].names
    ([0, 0], ('beta1', 'beta2', 'eps'))
    >>> "[(2.0 * p0), ((-2.0) * p1)]" in script.text
    True
    """
    if isinstance(objective, WeightedRisk):
        raise Untraceable("counts some samples more than others")
    n_params = objective.n_params
    texts: list[str] = []
    runs = []
    for rule in rules:
        program = program_of(rule, n_params, tuple(objective.matrices))
        text = run_text(program, n_params)
        if text not in texts:
            texts.append(text)
        settings = tuple(float(getattr(rule, name)) for name in program.settings)
        place, rate = texts.index(text), float(rule.learning_rate)
        runs.append(ScriptRun(place, rate, program.settings, settings, program.cost))
    functions = [f"const run_{k} = {text}" for k, text in enumerate(texts)]
    names = ", ".join((*OWN, *OWN_NAMES.values(), "pow", "hypot"))
    parts = [
        HEAD.format(names=names, math=json.dumps(math_address)),
        *_objective_texts(objective),
        *functions,
        f"export const runs = [{', '.join(f'run_{k}' for k in range(len(texts)))}];",
    ]
    return Script("\n".join(parts) + "\n", tuple(runs))


def _objective_texts(objective: Objective) -> list[str]:
    n_params = objective.n_params
    try:
        found = [trace_objective(objective, what).program for what in ("gradient", "value")]
        return [_function_text(program, n_params) for program in found]
    except Untraceable:
        if not isinstance(objective, EmpiricalRisk):
            raise
    width = objective.inputs.shape[1]
    sample = trace_sample(objective.model, objective.loss, n_params, width)
    return [_mean_text(sample, sample.gradient), _mean_text(sample, sample.value)]


def _block(head: str, lines: Iterable[str]) -> str:
    return f"{head} {{\n" + "".join(f"  {line}\n" for line in lines) + "}\n"


def _head(program: Program, n_params: int) -> str:
    (name,) = program.outputs
    return f"export function {name}({', '.join(names_of('params', n_params))})"


def _given_back(program: Program, texts: Sequence[str]) -> str:
    together = ", ".join(texts)
    return f"return {together};" if "value" in program.outputs else f"return [{together}];"


def _function_text(program: Program, n_params: int) -> str:
    done = written(program, JAVASCRIPT)
    (texts,) = done.outputs.values()
    return _block(_head(program, n_params), [*done.lines, _given_back(program, texts)])


def _mean_text(sample: SampleProgram, program: Program) -> str:
    """A loop over the samples, or those of the step: sums from the first to the last."""
    done = written(program, JAVASCRIPT, fixed=("params",))
    (texts,) = done.outputs.values()
    totals = [f"t{k}" for k in range(len(texts))]
    all_rows = "value" in program.outputs
    row = [
        f"{name} = inputs[{sample.n_inputs} * k + {i}]"
        for i, name in enumerate(names_of("row", sample.n_inputs))
    ]
    read = ", ".join([*row, f"{name_of('label')} = labels[k]"])
    lines = [
        *done.before,
        f"const n = {'labels.length' if all_rows else 'rows ? rows.length : labels.length'};",
        f"let {', '.join(f'{total} = 0' for total in totals)};",
        "for (let i = 0; i < n; i++) {",
        f"  const k = {'i' if all_rows else 'rows ? rows[i] : i'};",
        f"  const {read};",
        *(f"  {line}" for line in done.lines),
        *(f"  {total} += {text};" for total, text in zip(totals, texts, strict=True)),
        "}",
        _given_back(program, [f"{total} / n" for total in totals]),
    ]
    return _block(_head(program, sample.n_params), lines)


def run_text(rule: RuleProgram, n_params: int) -> str:
    """Write ``(start, nSteps, how) => path`` of an update rule."""
    init = written(rule.init, JAVASCRIPT)
    sizes = [len(rule.init.outputs["state"]), *(len(s.outputs["state"]) for s in rule.steps)]
    params, states = names_of("params", n_params), names_of("state", max(sizes))
    rate = name_of("rate")
    lines = [
        f"let [{', '.join(params)}] = start, {rate} = how.learningRate;",
        *(
            [f"const [{', '.join(names_of('setting', len(rule.settings)))}] = how.settings;"]
            if rule.settings
            else []
        ),
        f"const path = new Float64Array({n_params} * (nSteps + 1));",
        "path.set(start);",
        f"let k = 0, at = {n_params};",
        *init.lines,
        *([f"let {', '.join(states)};"] if states else []),
        *_assigned(names_of("state", sizes[0]), init.outputs["state"]),
    ]
    for number, program in enumerate(rule.steps):
        done = written(program, JAVASCRIPT, fixed=("setting",))
        last = "nSteps" if number == len(rule.steps) - 1 else f"Math.min(nSteps, {number + 1})"
        lines += ["{", *(f"  {line}" for line in done.before)]
        lines += [f"  for (; k < {last}; k++) {{"]
        lines += [f"    {line}" for line in _step_lines(done, params)]
        lines += ["  }", "}"]
    lines += ["rows = null;", "return path;"]
    return _block("(start, nSteps, how) =>", lines)[:-1] + ";\n"


def _step_lines(done: Written, params: list[str]) -> list[str]:
    moved = [*params, *names_of("state", len(done.outputs["state"]))]
    texts = [*done.outputs["params"], *done.outputs["state"]]
    changed = [(name, text) for name, text in zip(moved, texts, strict=True) if name != text]
    slopes = names_of("gradient", len(params))
    same = done.outputs["shown"] == done.outputs["params"]
    shown = [f"path[at++] = {text};" for text in done.outputs["shown"]]
    return [
        f"if (how.rates) {name_of('rate')} = how.rates[k];",
        "if (how.batches) rows = how.batches[k];",
        f"const [{', '.join(slopes)}] = clipped(gradient({', '.join(params)}), how.clipNorm);",
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
