"""Scripts put together: samples, loss, optimizer and the loop, in the words of each library."""

from __future__ import annotations

from lossopt.arguments import kind_of, one_of
from lossopt.formulas import Formula
from lossopt.libraries import LIBRARIES
from lossopt.registry import id_of, is_shipped, plain
from lossopt.scripts._checked import claim
from lossopt.scripts._javascript import javascript_script
from lossopt.scripts._libraries import TURN, find_library, library_body, library_problem
from lossopt.scripts._lossopt import lossopt_script
from lossopt.scripts._problems import Problem, problem_code
from lossopt.scripts._rates import rates_code
from lossopt.scripts._rules import CALLS, find_call, written_call
from lossopt.scripts._run import Run
from lossopt.scripts._runs import told
from lossopt.scripts._told import MEASURED, TARGETS, Script, ScriptNote, commented

IMPORTS = {
    "pytorch": "import numpy as np\nimport torch\n\ntorch.set_default_dtype(torch.float64)",
    "keras": 'import os\n\nos.environ["KERAS_BACKEND"] = "jax"\n\nimport jax\n'
    "import jax.numpy as jnp\nimport keras\nimport numpy as np\n\n"
    'jax.config.update("jax_enable_x64", True)\nkeras.config.set_floatx("float64")',
    "optax": "import jax\nimport jax.numpy as jnp\nimport numpy as np\nimport optax\n\n"
    'jax.config.update("jax_enable_x64", True)',
}

OWN = {"lossopt": lossopt_script, "javascript": javascript_script}
"""What runs the rules of lossopt itself."""
WRITTEN = {"batch_size", "schedule", "clip_norm", "average"}
"""What acts on a rule from outside and is written for every library."""


def write_script(library: str, run: Run) -> Script:
    """A script of its own that repeats a run in another library.

    It ends with ``path``, an array ``(n_steps + 1, n_params)`` like `Trajectory.iterates`.

    Parameters
    ----------
    library : str
        ``"lossopt"``, ``"pytorch"``, ``"keras"``, ``"optax"``, another one of `TARGETS`, or
        ``"javascript"``, a module that a browser or Node runs, and that leaves the path flat.
    run : Run

    Returns
    -------
    Script

    Examples
    --------
    >>> import lossopt as lo
    >>> adam = lo.Entry(lo.OPTIMIZERS["adam"]())
    >>> run = Run(adam, lo.OBJECTIVES["rosenbrock"](), (-1.5, 2.0), 300)
    >>> script = write_script("pytorch", run)
    >>> script.exact, "torch.optim.Adam(params, lr=0.001" in script.text
    (True, True)
    """
    one_of("library", library, tuple(TARGETS))
    kind_of("run", run, Run)
    refusal = _refusal(library, run)
    if refusal:
        return Script(commented([refusal]), (refusal,), False)
    if library in OWN:
        return OWN[library](run)
    if library in MEASURED:
        return _measured(library, run)
    library, _, way = library.partition(" ")
    call, notes = find_call(library, run)
    problem = problem_code(run.objective, "torch" if library == "pytorch" else "jax")
    if call is None or problem is None:
        return _without(library, notes if problem else [])
    notes = notes or _claims(library, way, run)
    rate = repr(plain(run.entry.optimizer.learning_rate))
    if library == "optax" and run.factors is not None:
        rate = "lambda step: rates[step]"
    made = written_call(library, call, run.entry.optimizer, rate)
    if way:
        made = f"{made.removesuffix(')')}, {way})"
    imports = "\n".join(filter(None, [IMPORTS[library], call.setup]))
    body = {"pytorch": _torch, "keras": _keras, "optax": _optax}[library](run, problem, made)
    turn = "torch.tensor" if library == "pytorch" else "jnp.array"
    given = _given(problem, run, turn, "jnp.array(factors)" if library == "optax" else "factors")
    return _joined(library, run, notes, problem, [imports, given, body])


def takes_path(library: str, run: Run) -> bool:
    """Whether a library has a script for the path of a run, as far as is known.

    Nothing is written for it: the rule, its settings and the kind of problem decide.

    Examples
    --------
    >>> import lossopt as lo
    >>> booth = lo.OBJECTIVES["booth"]()
    >>> raw = lo.OPTIMIZERS["adam"](bias_correction=False)
    >>> run = Run(lo.Entry(raw), booth, (0.0, 0.0), 9)
    >>> takes_path("mlx", run), takes_path("pytorch", run)
    (True, False)
    """
    if _refusal(library, run):
        return False
    if library in OWN:
        return write_script(library, run).exact
    if library in MEASURED:
        found, notes = find_library(library, run)
        return found is not None and not notes
    call, notes = find_call(library.partition(" ")[0], run)
    return call is not None and not notes


def _refusal(library: str, run: Run) -> ScriptNote | None:
    """Why a run has no script before anything is tried."""
    for name, value in run.acting.items():
        if name not in WRITTEN:
            return ScriptNote("field", library=TARGETS[library], field=name, value=value)
    base, _, way = library.partition(" ")
    rule = run.entry.optimizer
    if way and is_shipped(rule) and id_of(rule) in CALLS[base]:
        convention = LIBRARIES[base].conventions.get(id_of(rule))
        if convention is None or way not in convention.also:
            return ScriptNote("way", library=TARGETS[base], rule=rule.name, way=way)
    return None


def _without(library: str, notes: list[ScriptNote]) -> Script:
    """Only a sentence, where there is no script."""
    notes = notes or [ScriptNote("problem", library=TARGETS[library])]
    return Script(commented(notes), tuple(notes), False)


def _claims(library: str, way: str, run: Run) -> list[ScriptNote]:
    if not way:
        return claim(library, run)
    version = LIBRARIES[library].version
    return [told(f"{library} {way}", run.entry.optimizer, version)]


def _measured(library: str, run: Run) -> Script:
    """A script for a library that was measured."""
    found, notes = find_library(library, run)
    problem = None if found is None else library_problem(found.calling, run)
    if found is None or problem is None:
        return _without(library, [] if found else notes)
    calling, version = found.calling, found.kind.version
    notes = notes or [told(library, run.entry.optimizer, version)]
    imports = f"# pip install {calling.requires.replace('{version}', version)}\n\n"
    imports += f"import numpy as np\n{calling.imports}"
    given = _given(problem, run, TURN[calling.gradient], "factors")
    body = library_body(found, run, problem)
    return _joined(library, run, notes, problem, [imports, given, body])


def _joined(
    library: str, run: Run, notes: list[ScriptNote], problem: Problem, parts: list[str]
) -> Script:
    """Imports, samples and steps around the loss, with what is to be said."""
    exact = notes[0].code in ("exact", "run")
    imports, given, body = parts
    if isinstance(run.objective, Formula):
        notes = [*notes, ScriptNote("nowhere", library=TARGETS[library])]
    if problem.csv:
        notes = [*notes, ScriptNote("data")]
    head = "\n\n".join(filter(None, [commented(notes), imports, given]))
    text = "\n\n\n".join([head, problem.loss, body + _ending(run)])
    return Script(text, tuple(notes), exact, problem.csv)


def _given(problem: Problem, run: Run, turn: str, turned: str) -> str:
    """Samples, batches, learning rates; `turn` makes arrays, `turned` is how rates are written."""
    lines = [problem.data] if problem.data else []
    if problem.arrays:
        names = ", ".join(problem.arrays)
        made = ", ".join(f"{turn}({name})" for name in problem.arrays.values())
        lines.append(f"{names} = {made}")
    if run.size is not None:
        lines.append(_batches(run.objective.n_samples, run.size, run.seed))
    if run.entry.schedule is not None and run.factors is not None:
        rate = plain(run.entry.optimizer.learning_rate)
        lines.append(rates_code(run.entry.schedule, run.factors, rate, turned))
    return "\n".join(lines)


def _batches(n_samples: int, size: int, seed: int) -> str:
    return (
        "\n\ndef batches():\n"
        f"    rng = np.random.default_rng({seed})\n"
        "    while True:\n"
        f"        order = rng.permutation({n_samples})\n"
        f"        yield from (order[k:k + {size}] for k in range(0, {n_samples}, {size}))\n\n\n"
        "draw = batches()"
    )


def _rows(run: Run) -> str:
    return "next(draw)" if run.size is not None else "slice(None)"


def _torch(run: Run, problem: Problem, made: str) -> str:
    names = "U, V" if problem.shapes else "theta"
    lines = [f"start = np.array({list(run.start)!r})"]
    if problem.shapes:
        first = problem.shapes[0][0] * problem.shapes[0][1]
        first_shape, second_shape = problem.shapes
        lines.append(
            f"parts = start[:{first}].reshape{first_shape}, start[{first}:].reshape{second_shape}"
        )
        lines.append("params = [torch.tensor(part, requires_grad=True) for part in parts]")
    else:
        lines.append("params = [torch.tensor(start, requires_grad=True)]")
    averaged = id_of(run.entry.optimizer) == "asgd"
    shown = 'optimizer.state[part].get("ax", part)' if averaged else "part"
    lines += [
        f"optimizer = {made}",
        "path = [start]",
        f"for step in range({run.n_steps}):",
        f"    rows = {_rows(run)}",
    ]
    if run.factors is not None:
        lines.append('    optimizer.param_groups[0]["lr"] = rates[step]')
    lines += [
        "",
        "    def closure():",
        "        optimizer.zero_grad()",
        f"        value = loss({'*params' if names == 'U, V' else 'params[0]'}, rows)",
        "        value.backward()",
    ]
    if run.entry.clip_norm is not None:
        lines.append(f"        torch.nn.utils.clip_grad_norm_(params, {run.entry.clip_norm!r})")
    lines += [
        "        return value",
        "",
        "    optimizer.step(closure)",
        f"    flat = [{shown}.detach().ravel() for part in params]",
        "    path.append(torch.cat(flat).numpy().copy())",
    ]
    return "\n".join(lines)


def _gradient(run: Run, problem: Problem, params: str) -> list[str]:
    every = "every" if "A" in problem.arrays else "None"
    rows = every if run.size is None else "next(draw)"
    lines = [f"    gradient = slope({params}, {rows})"]
    if run.entry.clip_norm is not None:
        lines += [
            f"    shrink = {run.entry.clip_norm!r} / (jnp.linalg.norm(gradient) + 1e-6)",
            "    gradient = gradient * jnp.minimum(1.0, shrink)",
        ]
    return lines


def _slope(run: Run, problem: Problem) -> list[str]:
    whole = run.size is None and "A" in problem.arrays
    return [*(["every = np.arange(len(A))"] if whole else []), "slope = jax.jit(jax.grad(loss))"]


def _optax(run: Run, problem: Problem, made: str) -> str:
    lines = [
        *_slope(run, problem),
        f"params = jnp.array({list(run.start)!r})",
        f"optimizer = {made}",
        "update = jax.jit(optimizer.update)",
        "state = optimizer.init(params)",
        "path = [np.array(params)]",
        f"for step in range({run.n_steps}):",
        *_gradient(run, problem, "params"),
        "    updates, state = update(gradient, state, params)",
        "    params = optax.apply_updates(params, updates)",
        "    path.append(np.array(params))",
    ]
    return "\n".join(lines)


def _keras(run: Run, problem: Problem, made: str) -> str:
    lines = [
        *_slope(run, problem),
        f"params = keras.Variable({list(run.start)!r})",
        f"optimizer = {made}",
        "path = [np.array(params.value)]",
        f"for step in range({run.n_steps}):",
        *(["    optimizer.learning_rate = rates[step]"] if run.factors is not None else []),
        *_gradient(run, problem, "params.value"),
        "    optimizer.apply([gradient], [params])",
        "    path.append(np.array(params.value))",
    ]
    return "\n".join(lines)


def _ending(run: Run) -> str:
    lines = ["", "path = np.array(path)"]
    if run.entry.average:
        lines.append(
            "path[1:] = path[1:].cumsum(axis=0) / np.arange(1, len(path))[:, None]  # averages"
        )
    return "\n".join([*lines, "print(path[-1])", ""])
