"""Programs in JavaScript: the text of a module that descends by itself."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

from lossopt.objectives import EmpiricalRisk, Objective, WeightedRisk
from lossopt.optimizers import Optimizer
from lossopt.params import Array
from lossopt.programs._kept import KEPT, kept, program_of
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

HEAD = """export default ({{ {names} }}) => {{

let inputs = null, labels = null, triangle = null, weights = null, rows = null, loss = 0;

/* Data of a mean loss: rows of inputs one after the other, a label for each, the triangle that a
   squared error comes down to, and how much each sample counts. */
function learnFrom(table, targets, reduced, shares) {{
  inputs = table;
  labels = targets;
  triangle = reduced;
  weights = shares;
}}

function clipped(gradient, limit) {{
  if (limit == null) return gradient;
  const factor = Math.min(1, limit / (norm(gradient) + 1e-6));
  return gradient.map((slope) => slope * factor);
}}

function norm(gradient) {{
  let squares = 0;
  for (const slope of gradient) squares += slope * slope;
  return Math.sqrt(squares);
}}

/* Note the length of the gradient at iterate number k. */
function noted(how, k, gradient) {{
  how.norms[k] = norm(gradient);
  return gradient;
}}
"""
TAIL = """return {{ learnFrom, gradient, value, valueAt, sampledAt, noteAt, runs: [{runs}] }};
}};
"""
MOST_NUMBERS = 6000
"""Numbers of the data that a script brings along."""
PAUSE = 16
"""Steps between two moments at which a run may be left for a while; a power of two."""


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
    direct : bool
        Whether gradients are taken at the iterates themselves, so that a run can note their norms.
    """

    function: int
    learning_rate: float
    names: tuple[str, ...]
    settings: tuple[float, ...]
    cost: float
    direct: bool


@dataclasses.dataclass(frozen=True)
class Script:
    """A module in JavaScript, and how each rule is run by it.

    The module exports a function that takes those of ``static/programs/math.js`` and gives
    ``learnFrom(inputs, labels, triangle, weights)``, ``gradient(p0, …)``, ``value(p0, …)``, the
    value at a
    place of a path ``valueAt(path, at)`` and, also where there is a triangle, by samples
    ``sampledAt(path, at)``, loss and gradient norm ``noteAt(path, at, { losses, norms }, k)`` and
    ``runs``. These are generators ``(start, nSteps, path, how)`` that write all iterates into
    `path` and pause after every 16 steps, with
    ``how = { learningRate, settings, factors, batches, clipNorm, norms }``. All but the first two
    may be null: factors on the learning rate, a function from the step to its rows, a limit to the
    length of gradients, and where the gradient norm of every iterate but the last is noted.

    Attributes
    ----------
    text : str
    runs : tuple of ScriptRun or None
        None for a rule that has no program.
    """

    text: str
    runs: tuple[ScriptRun | None, ...]


def script_of(objective: Objective, rules: Sequence[Optimizer]) -> Script:
    """Write a module that descends an objective with some rules.

    Sums over samples go from the first to the last, and functions are those of
    ``static/programs/math.js``, so that every browser draws the same path to the bit.

    Parameters
    ----------
    objective : Objective
        A test function, a formula, or a mean loss.
    rules : sequence of Optimizer

    Raises
    ------
    Untraceable
        If the objective has no program.

    Examples
    --------
    >>> import lossopt as lo
    >>> rules = [lo.OPTIMIZERS["adam"](learning_rate=rate) for rate in (0.1, 0.2)]
    >>> script = script_of(lo.OBJECTIVES["saddle"](), rules)
    >>> [run.function for run in script.runs], script.runs[1].names
    ([0, 0], ('beta1', 'beta2', 'eps', 'weight_decay'))
    >>> "[(2.0 * p0), ((-2.0) * p1)]" in script.text
    True
    """
    texts: list[str] = []
    runs = [_script_run(rule, objective, texts) for rule in rules]
    functions = [f"const run_{k} = {text}" for k, text in enumerate(texts)]
    names = ", ".join((*OWN, *OWN_NAMES.values(), "pow", "hypot"))
    parts = [
        HEAD.format(names=names),
        *_objective_texts(objective),
        *_at_places(objective.n_params),
        *functions,
        TAIL.format(runs=", ".join(f"run_{k}" for k in range(len(texts)))),
    ]
    return Script("\n".join(parts), tuple(runs))


def data_of(objective: Objective) -> dict[str, Array]:
    """What ``learnFrom`` is given, by its names; nothing where there are no samples.

    Examples
    --------
    >>> import lossopt as lo
    >>> data = lo.DATASETS["line"]()
    >>> list(data_of(lo.EmpiricalRisk(data, lo.MODELS["linear"](), lo.LOSSES["mse"]())))
    ['inputs', 'labels', 'triangle']
    """
    if not isinstance(objective, EmpiricalRisk):
        return {}
    found = {"inputs": objective.inputs, "labels": objective.y}
    if objective.quadratic:
        found["triangle"] = objective.triangle
    if isinstance(objective, WeightedRisk):
        found["weights"] = objective.weights
    return found


def _script_run(rule: Optimizer, objective: Objective, texts: list[str]) -> ScriptRun | None:
    """How a rule is run, by a function that is added to the others if there is none like it."""
    n_params, matrices = objective.n_params, tuple(objective.matrices)
    try:
        program = program_of(rule, n_params, matrices)
        text = run_text(program, n_params)
    except Untraceable:
        return None
    if text not in texts:
        texts.append(text)
    settings = tuple(float(getattr(rule, name)) for name in program.settings)
    direct = all(step.outputs["shown"] == step.outputs["params"] for step in program.steps)
    place, rate = texts.index(text), float(rule.learning_rate)
    return ScriptRun(place, rate, program.settings, settings, program.cost, direct)


def _objective_texts(objective: Objective) -> list[str]:
    """``gradient``, ``value``, and ``both``, which gives the gradient and leaves the loss.

    Numbers of data are no part of a text, so that one serves all data of a kind.
    """
    if isinstance(objective, EmpiricalRisk):
        sample = _sample(objective)
        weighting = objective.weighting if isinstance(objective, WeightedRisk) else None
        return _reduced_texts(objective, sample, weighting) or _mean_texts(sample, weighting)
    if objective.n_samples > 1:
        raise Untraceable("is a mean over samples that are not known")
    programs = [trace_objective(objective, what).program for what in ("gradient", "value")]
    n_params = objective.n_params
    return [
        *(_function_text(program, n_params) for program in programs),
        _both_text(n_params),
        "const sampledAt = null;\n",
    ]


def _reduced_texts(risk: EmpiricalRisk, sample: SampleProgram, weighting: str | None) -> list[str]:
    """A squared error from its triangle, where it has one; batches and held-out data by samples."""
    if not risk.quadratic:
        return []
    key = ("reduced", risk.n_params, risk.n_samples, risk.triangle.shape)
    gradient = kept((*key, "g"), lambda: trace_objective(risk, "gradient", any_data=True)).program
    value = kept((*key, "v"), lambda: trace_objective(risk, "value", any_data=True)).program
    read = [f"const x{k} = triangle[{k}];" for k in range(risk.triangle.size)]
    drawn = f"if (rows) return drawn({', '.join(names_of('params', risk.n_params))});"
    return [
        _mean_text("drawn", sample, sample.gradient, weighting),
        _mean_text("sampled", sample, sample.value),
        _function_text(gradient, risk.n_params, [drawn, *read]),
        _function_text(value, risk.n_params, read),
        _both_text(risk.n_params),
        _at_place("sampledAt", "sampled", risk.n_params),
    ]


def _both_text(n_params: int) -> str:
    params = ", ".join(names_of("params", n_params))
    lines = [f"loss = value({params});", f"return gradient({params});"]
    return _block(f"function both({params})", lines)


def _sample(risk: EmpiricalRisk) -> SampleProgram:
    given = (risk.model, risk.loss, risk.n_params, risk.inputs.shape[1])
    return kept(("sample", *given), lambda: trace_sample(*given))


def _at_place(name: str, function: str, n_params: int) -> str:
    """The same at an iterate of a path."""
    params = ", ".join(f"path[at + {k}]" for k in range(n_params))
    return _block(f"function {name}(path, at)", [f"return {function}({params});"])


def _at_places(n_params: int) -> list[str]:
    params = ", ".join(f"path[at + {k}]" for k in range(n_params))
    noted = ["rows = null;", f"noted(how, k, both({params}));", "how.losses[k] = loss;"]
    return [
        _at_place("valueAt", "value", n_params),
        _block("function noteAt(path, at, how, k)", noted),
    ]


def _block(head: str, lines: Iterable[str]) -> str:
    return f"{head} {{\n" + "".join(f"  {line}\n" for line in lines) + "}\n"


def _given_back(outputs: Mapping[str, Sequence[str]]) -> list[str]:
    slopes = [f"return [{', '.join(texts)}];" for name, texts in outputs.items() if name != "value"]
    (value,) = outputs.get("value", [""])
    if not slopes:
        return [f"return {value};"]
    return [*([f"loss = {value};"] if value else []), *slopes]


def _function_text(program: Program, n_params: int, first: Sequence[str] = ()) -> str:
    done = written(program, JAVASCRIPT)
    (name,), params = program.outputs, ", ".join(names_of("params", n_params))
    return _block(f"function {name}({params})", [*first, *done.lines, *_given_back(done.outputs)])


@lru_cache(maxsize=KEPT)
def _mean_texts(sample: SampleProgram, weighting: str | None) -> list[str]:
    """Samples that are never learned from all count the same."""
    programs = {"gradient": sample.gradient, "value": sample.value, "both": sample.both}
    return [
        *(_mean_text(name, sample, program, weighting) for name, program in programs.items()),
        _mean_text("sampled", sample, sample.value),
        _at_place("sampledAt", "sampled", sample.n_params),
    ]


def _mean_text(
    name: str, sample: SampleProgram, program: Program, weighting: str | None = None
) -> str:
    """A loop over the samples, or those of the step: sums from the first to the last."""
    done = written(program, JAVASCRIPT, fixed=("params",))
    all_rows = "value" in program.outputs
    texts = [text for output in done.outputs.values() for text in output]
    totals = {
        output: [f"{output[0]}t{k}" for k in range(len(texts))]
        for output, texts in done.outputs.items()
    }
    flat = [total for output in totals.values() for total in output]
    row = [
        f"{name} = inputs[{sample.n_inputs} * k + {i}]"
        for i, name in enumerate(names_of("row", sample.n_inputs))
    ]
    read = ", ".join([*row, f"{name_of('label')} = labels[k]"])
    weigh = ["  if (weights[k] == 0) continue;", "  weight += weights[k];"] if weighting else []
    share = "weights[k] * " if weighting else ""
    divisor = "(weight || 1)" if weighting == "mean" else "n"
    lines = [
        *done.before,
        f"const n = {'labels.length' if all_rows else 'rows ? rows.length : labels.length'};",
        f"let {', '.join(f'{total} = 0' for total in (*flat, 'weight'))};",
        "for (let i = 0; i < n; i++) {",
        f"  const k = {'i' if all_rows else 'rows ? rows[i] : i'};",
        f"  const {read};",
        *weigh,
        *(f"  {line}" for line in done.lines),
        *(f"  {total} += {share}{text};" for total, text in zip(flat, texts, strict=True)),
        "}",
        *_given_back(
            {name: [f"{total} / {divisor}" for total in some] for name, some in totals.items()}
        ),
    ]
    params = ", ".join(names_of("params", sample.n_params))
    return _block(f"function {name}({params})", lines)


@lru_cache(maxsize=KEPT)
def run_text(rule: RuleProgram, n_params: int) -> str:
    """Write ``(start, nSteps, path, how)`` of an update rule."""
    init = written(rule.init, JAVASCRIPT)
    sizes = [len(rule.init.outputs["state"]), *(len(s.outputs["state"]) for s in rule.steps)]
    params, states = names_of("params", n_params), names_of("state", max(sizes))
    rate = name_of("rate")
    lines = [
        f"let [{', '.join(params)}] = start, {rate} = how.learningRate;",
        f"if (how.factors && nSteps) {rate} = how.factors[0] * how.learningRate;",
        *(
            [f"const [{', '.join(names_of('setting', len(rule.settings)))}] = how.settings;"]
            if rule.settings
            else []
        ),
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
    return _block("function* (start, nSteps, path, how)", lines)[:-1] + ";\n"


def _step_lines(done: Written, params: list[str]) -> list[str]:
    moved = [*params, *names_of("state", len(done.outputs["state"]))]
    texts = [*done.outputs["params"], *done.outputs["state"]]
    changed = [(name, text) for name, text in zip(moved, texts, strict=True) if name != text]
    slopes, here = names_of("gradient", len(params)), ", ".join(params)
    same = done.outputs["shown"] == done.outputs["params"]
    shown = [f"path[at++] = {text};" for text in done.outputs["shown"]]
    return [
        f"if (k % {PAUSE} == {PAUSE - 1}) yield k;",
        f"if (how.factors) {name_of('rate')} = how.factors[k] * how.learningRate;",
        "rows = how.batches ? how.batches(k) : null;",
        f"const slopes = gradient({here});",
        "if (how.norms) noted(how, k, slopes);",
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
