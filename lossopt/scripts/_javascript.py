"""Scripts in JavaScript: what a browser runs, in one file that needs nothing else."""

from __future__ import annotations

import json
import re

import numpy as np

from lossopt.files import folder_of
from lossopt.objectives import EmpiricalRisk
from lossopt.params import Array
from lossopt.programs import MOST_NUMBERS, ScriptRun, Untraceable, data_of, script_of
from lossopt.registry import is_shipped
from lossopt.scripts._run import Run
from lossopt.scripts._told import TARGETS, Script, ScriptNote, commented

NAME = TARGETS["javascript"]
MODULES = ("order", "average", "math")
"""Of the programs in the app, what a script brings along; it stands below what is of interest."""
FUNCTIONS = "exp expm1 log log1p log2 log10 sinh cosh tanh sin cos tan asin acos atan pow hypot"
MAIN = """\
const run = {run};
const data = {data};

/** All iterates, one after the other. */
function descend() {{
  const program = make({{ {functions} }});
  program.learnFrom(...["inputs", "labels", "triangle", "weights"].map((name) => data[name]));
  const path = new Float64Array(run.start.length * (run.nSteps + 1));
  const batches = run.batchSize && batchesOf(run.nSamples, run.batchSize, run.seed);
  for (const _ of program.runs[0](run.start, run.nSteps, path, {{ ...run, batches }}));
  if (run.average) average(path, run.start.length);
  return path;
}}
"""
ENDING = """\
const path = descend();
console.log(...path.slice(-run.start.length));
"""


def javascript_script(run: Run) -> Script:
    """A module that takes the path a browser draws; see `write_script`."""
    refusal = _refusal(run)
    how = None
    if refusal is None:
        try:
            written = script_of(run.objective, [run.entry.optimizer])
            how = written.runs[0]
        except Untraceable:
            pass
    if refusal or how is None:
        note = refusal or ScriptNote("no_program", library=NAME)
        return Script(commented([note], "//"), (note,), False, name="run.mjs")
    note = ScriptNote("browser")
    main = MAIN.format(
        run=_object(_given(run, how)),
        data=_object({name: _array(values) for name, values in data_of(run.objective).items()}),
        functions=", ".join(FUNCTIONS.split()),
    )
    program = re.sub(r"^export default ", "const make = ", written.text)
    parts = [commented([note], "//"), main, program, *map(_module, MODULES), ENDING]
    return Script("\n".join(parts), (note,), True, name="run.mjs")


def _refusal(run: Run) -> ScriptNote | None:
    """Why a run has no script before anything is tried."""
    goal, rule = run.objective, run.entry.optimizer
    if not is_shipped(rule):
        return ScriptNote("rule", library=NAME, rule=rule.name)
    own = isinstance(goal, EmpiricalRisk) and not (is_shipped(goal.model) and is_shipped(goal.loss))
    if own or sum(np.size(values) for values in data_of(goal).values()) > MOST_NUMBERS:
        return ScriptNote("problem", library=NAME)
    return None


def _given(run: Run, how: ScriptRun) -> dict[str, str]:
    """What a run of the program is given; see `lossopt.programs.Script`."""
    entry, factors = run.entry, run.factors
    settings = dict(zip(how.names, how.settings, strict=True))
    return {
        "start": _array(np.array(run.start)),
        "nSteps": str(run.n_steps),
        "learningRate": json.dumps(how.learning_rate),
        "settings": f"Object.values({json.dumps(settings)})",
        "factors": "null" if factors is None else _array(factors),
        "clipNorm": json.dumps(entry.clip_norm),
        "average": json.dumps(bool(entry.average)),
        "nSamples": str(run.objective.n_samples),
        "batchSize": json.dumps(run.size),
        "seed": json.dumps(str(run.seed)),
    }


def _array(values: Array) -> str:
    return f"Float64Array.of({', '.join(map(repr, np.ravel(values).astype(float).tolist()))})"


def _object(fields: dict[str, str]) -> str:
    return "{\n" + "".join(f"  {name}: {text},\n" for name, text in fields.items()) + "}"


def _module(name: str) -> str:
    text = (folder_of("static") / "programs" / f"{name}.js").read_text("utf-8")
    return re.sub(r"^export ", "", text, flags=re.MULTILINE)
