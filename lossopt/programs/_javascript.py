"""Programs in JavaScript: the text of a module that descends by itself."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from functools import lru_cache

from lossopt.models import LinearInParams
from lossopt.objectives import EmpiricalRisk, Objective, WeightedRisk
from lossopt.objectives.matrix_factorization import MatrixFactorization
from lossopt.optimizers import Optimizer
from lossopt.params import Array
from lossopt.programs._kept import KEPT, kept, program_of
from lossopt.programs._loops import TOTAL
from lossopt.programs._runs import block, run_text
from lossopt.programs._tape import Program, Untraceable
from lossopt.programs._trace import RuleProgram, SampleProgram, trace_objective, trace_sample
from lossopt.programs._words import JAVASCRIPT, OWN, OWN_NAMES
from lossopt.programs._write import name_of, names_of, written

HEAD = """export default ({{ {names} }}{given}) => {{

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

/* Note the length of the gradient at iterate number k, and the loss that was left. */
function noted(how, k, gradient) {{
  how.norms[k] = norm(gradient);
  how.losses[k] = loss;
  return gradient;
}}
"""
TAIL = """const leavesLoss = both === gradient;
return {{
  learnFrom, gradient, value, valueAt, sampledAt, noteAt, outputsAt, leavesLoss, runs: [{runs}],
}};
}};
"""
GIVEN = ", { gradient, value }"
"""What is handed over besides where it is not known what will be descended."""
MANY = dataclasses.replace(JAVASCRIPT, arrays=frozenset({"params"}))
MOST_NUMBERS = 6000
"""Numbers of the data that a script brings along."""
FEW = 32
"""Params up to which each has a line of its own; more are an array that loops go over."""


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
    value at a place of a path ``valueAt(path, at)`` and, also where there is a triangle, by samples
    ``sampledAt(path, at)``, loss and gradient norm ``noteAt(path, at, { losses, norms }, k)``, what
    a model says of points that is not linear in its params ``outputsAt(path, at, points)``, and
    ``runs``. These are generators ``(start, nSteps, path, how)`` that write all iterates into
    `path` and pause after every 16 steps, of many params after every step, with
    ``how = { learningRate, settings, factors, batches, clipNorm, norms, losses }``. All but the
    first two may be null: factors on the learning rate, a function from the step to its rows, a
    limit to the length of gradients, and where the gradient norm of every iterate but the last is
    noted, and the loss, too, if the module says that it ``leavesLoss``.

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
    parts = [*_objective_texts(objective), _outputs_text(objective)]
    return _script(objective.n_params, tuple(objective.matrices), rules, parts)


def script_for_any(rules: Sequence[Optimizer], n_params: int = 2) -> Script:
    """Write a module that descends whatever it is handed, with some rules.

    Its function takes, besides those of ``static/programs/math.js``, an object with
    ``gradient(p0, …)`` and ``value(p0, …)``, as ``static/programs/formula.js`` makes it.

    Parameters
    ----------
    rules : sequence of Optimizer
    n_params : int, optional

    Examples
    --------
    >>> import lossopt as lo
    >>> script = script_for_any([lo.OPTIMIZERS["adam"]()])
    >>> script.text[:15], "{ gradient, value }" in script.text, script.runs[0].function
    ('export default ', True, 0)
    """
    parts = [_both_text(n_params), "const sampledAt = null;\n", "const outputsAt = null;\n"]
    return _script(n_params, (), rules, parts, GIVEN)


def _script(
    n_params: int,
    matrices: tuple[tuple[int, int], ...],
    rules: Sequence[Optimizer],
    objective: list[str],
    given: str = "",
) -> Script:
    """A module of what an objective says and of all runs."""
    texts: list[str] = []
    runs = [_script_run(rule, n_params, matrices, texts) for rule in rules]
    functions = [f"const run_{k} = {text}" for k, text in enumerate(texts)]
    names = ", ".join((*OWN, *OWN_NAMES.values(), "pow", "hypot"))
    totals = any("total(" in text for text in texts)
    parts = [
        HEAD.format(names=names, given=given),
        *([TOTAL] if totals else []),
        *objective,
        *_at_places(n_params),
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


def _script_run(
    rule: Optimizer, n_params: int, matrices: tuple[tuple[int, int], ...], texts: list[str]
) -> ScriptRun | None:
    """How a rule is run, by a function that is added to the others if there is none like it."""
    try:
        program = _program(rule, n_params, matrices)
        text = run_text(program, n_params)
    except Untraceable:
        return None
    if text not in texts:
        texts.append(text)
    settings = tuple(float(getattr(rule, name)) for name in program.settings)
    direct = all(step.outputs["shown"] == step.outputs["params"] for step in program.steps)
    place, rate = texts.index(text), float(rule.learning_rate)
    return ScriptRun(place, rate, program.settings, settings, program.cost, direct)


def _program(rule: Optimizer, n_params: int, matrices: tuple[tuple[int, int], ...]) -> RuleProgram:
    """As loops over many params, where the rule treats all alike."""
    if n_params > FEW:
        try:
            return program_of(rule, n_params, matrices, loops=True)
        except Untraceable:
            pass
    return program_of(rule, n_params, matrices)


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


def _outputs_text(objective: Objective) -> str:
    """What the data view shows that is not linear in the params: all points for each output."""
    head = "function outputsAt(path, at, points)"
    if isinstance(objective, MatrixFactorization):
        done = written(trace_objective(objective, "product").program, MANY)
        told = f"return [{', '.join(done.outputs['product'])}];"
        return block(head, [_params_here(objective.n_params), *done.lines, told])
    if not isinstance(objective, EmpiricalRisk) or isinstance(objective.model, LinearInParams):
        return "const outputsAt = null;\n"
    sample = _sample(objective)
    done = written(sample.prediction, MANY)
    texts = done.outputs["prediction"]
    row = enumerate(names_of("row", sample.n_inputs))
    lines = [
        _params_here(sample.n_params),
        f"const n = points.length / {sample.n_inputs}, found = new Float64Array({len(texts)} * n);",
        "for (let k = 0; k < n; k++) {",
        f"  const {', '.join(f'{name} = points[{sample.n_inputs} * k + {i}]' for i, name in row)};",
        *(f"  {line}" for line in done.lines),
        *(f"  found[{output} * n + k] = {text};" for output, text in enumerate(texts)),
        "}",
        "return found;",
    ]
    return block(head, lines)


def _params_here(n_params: int) -> str:
    return f"const p = path.subarray(at, at + {n_params});"


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
    return block(f"function both({params})", lines)


def _sample(risk: EmpiricalRisk) -> SampleProgram:
    given = (risk.model, risk.loss, risk.n_params, risk.inputs.shape[1])
    return kept(("sample", *given), lambda: trace_sample(*given))


def _at_place(name: str, function: str, n_params: int) -> str:
    """The same at an iterate of a path."""
    return block(f"function {name}(path, at)", [f"return {function}({_read(n_params)});"])


def _read(n_params: int) -> str:
    """Params at a place of a path."""
    if n_params > FEW:
        return f"...path.slice(at, at + {n_params})"
    return ", ".join(f"path[at + {k}]" for k in range(n_params))


def _at_places(n_params: int) -> list[str]:
    noted = ["rows = null;", f"noted(how, k, both({_read(n_params)}));"]
    return [
        _at_place("valueAt", "value", n_params),
        block("function noteAt(path, at, how, k)", noted),
    ]


def _given_back(outputs: Mapping[str, Sequence[str]]) -> list[str]:
    slopes = [f"return [{', '.join(texts)}];" for name, texts in outputs.items() if name != "value"]
    (value,) = outputs.get("value", [""])
    if not slopes:
        return [f"return {value};"]
    return [*([f"loss = {value};"] if value else []), *slopes]


def _function_text(program: Program, n_params: int, first: Sequence[str] = ()) -> str:
    done = written(program, JAVASCRIPT)
    (name,), params = program.outputs, ", ".join(names_of("params", n_params))
    return block(f"function {name}({params})", [*first, *done.lines, *_given_back(done.outputs)])


@lru_cache(maxsize=KEPT)
def _mean_texts(sample: SampleProgram, weighting: str | None) -> list[str]:
    """Samples that are never learned from all count the same."""
    programs = {"gradient": sample.both, "value": sample.value}
    return [
        *(_mean_text(name, sample, program, weighting) for name, program in programs.items()),
        "const both = gradient;\n",
        _mean_text("sampled", sample, sample.value) if weighting else "const sampled = value;\n",
        _at_place("sampledAt", "sampled", sample.n_params),
    ]


def _mean_text(
    name: str, sample: SampleProgram, program: Program, weighting: str | None = None
) -> str:
    """A loop over the samples, or those of the step: sums from the first to the last."""
    many = sample.n_params > FEW
    program = program if weighting else _parted(program)
    done = written(program, MANY if many else JAVASCRIPT, fixed=("params",))
    grown = done.outputs.pop("grown", [])
    texts = [text for output in done.outputs.values() for text in output]
    totals = {
        output: [_total_name(output, k, many) for k in range(len(texts))]
        for output, texts in done.outputs.items()
    }
    flat = [total for output in totals.values() for total in output]
    total = _total_name("value", 0, many)
    kept_totals = [each for each in flat if "[" not in each]
    kept_totals += ["weight"] * bool(weighting) + ["grown"] * bool(grown)
    row = [
        f"{name} = inputs[{sample.n_inputs} * k + {i}]"
        for i, name in enumerate(names_of("row", sample.n_inputs))
    ]
    read = ", ".join([*row, f"{name_of('label')} = labels[k]"])
    weigh = ["  if (weights[k] == 0) continue;", "  weight += weights[k];"] if weighting else []
    share = "weights[k] * " if weighting else ""
    divisor = "(weight || 1)" if weighting == "mean" else "n"
    drawn = name in ("gradient", "drawn")
    lines = [
        *(["const p = new Float64Array(given), t = new Float64Array(p.length);"] if many else []),
        *done.before,
        f"const n = {'rows ? rows.length : labels.length' if drawn else 'labels.length'};",
        f"let {', '.join(f'{each} = 0' for each in kept_totals)};",
        "for (let i = 0; i < n; i++) {",
        f"  const k = {'rows ? rows[i] : i' if drawn else 'i'};",
        f"  const {read};",
        *weigh,
        *(f"  {line}" for line in done.lines),
        *(f"  {total} += {share}{text};" for total, text in zip(flat, texts, strict=True)),
        *(line for text in grown for line in _growing(total, text)),
        "}",
        *(f"{total} += log1p(grown);" for _ in grown),
        *_given_back(
            {name: [f"{total} / {divisor}" for total in some] for name, some in totals.items()}
        ),
    ]
    if many and "gradient" in totals:
        lines[-1] = f"return t.map((total) => total / {divisor});"
    params = "...given" if many else ", ".join(names_of("params", sample.n_params))
    return block(f"function {name}({params})", lines)


def _parted(program: Program) -> Program:
    """A loss that ends with + log(1 + e^−|z|) in two outputs, for Σ log(1 + a) = log Π (1 + a)."""
    steps, (place, *_) = program.instructions, program.outputs.get("value", (0,))
    if steps[place][0] != "add":
        return program
    rest, tail = steps[place][1:]
    at = tail
    for operation in ("log1p", "exp", "negative", "absolute"):
        if steps[at][0] != operation:
            return program
        at = steps[at][1]
    return Program(steps, {**program.outputs, "value": (rest,), "grown": (steps[tail][1],)})


def _growing(total: str, text: str) -> list[str]:
    """One factor more of Π (1 + a) − 1, in which no small one gets lost."""
    return [
        f"  grown += {text} * (1 + grown);",
        f"  if (grown > 1e15) {{ {total} += log1p(grown); grown = 0; }}",
    ]


def _total_name(output: str, k: int, many: bool) -> str:
    return f"t[{k}]" if many and output == "gradient" else f"{output[0]}t{k}"
