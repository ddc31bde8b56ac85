"""Scripts put together: samples, loss, optimizer and the loop, in the words of each library."""

from __future__ import annotations

from lossopt.arguments import kind_of, one_of
from lossopt.formulas import Formula
from lossopt.registry import id_of, plain
from lossopt.scripts._checked import claim
from lossopt.scripts._javascript import javascript_script
from lossopt.scripts._lossopt import lossopt_script
from lossopt.scripts._problems import Problem, problem_code
from lossopt.scripts._rates import rates_code
from lossopt.scripts._rules import find_call, written_call
from lossopt.scripts._run import Run
from lossopt.scripts._told import TARGETS, Script, ScriptNote, Target, commented

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


def write_script(library: Target, run: Run) -> Script:
    """A script of its own that repeats a run in another library.

    It ends with ``path``, an array ``(n_steps + 1, n_params)`` like `Trajectory.iterates`.

    Parameters
    ----------
    library : str
        ``"lossopt"``, ``"pytorch"``, ``"keras"``, ``"optax"`` or ``"javascript"``, a module that a
        browser or Node runs, and that leaves the path flat.
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
    for name, value in run.acting.items():
        if name not in WRITTEN:
            note = ScriptNote("field", library=TARGETS[library], field=name, value=value)
            return Script(commented([note]), (note,), False)
    if library in OWN:
        return OWN[library](run)
    call, notes = find_call(library, run)
    problem = problem_code(run.objective, "torch" if library == "pytorch" else "jax")
    if problem is None:
        notes = [ScriptNote("problem", library=TARGETS[library])]
    if call is None or problem is None:
        return Script(commented(notes), tuple(notes), False)
    notes = notes or claim(library, run)
    exact = notes[0].code == "exact"
    if isinstance(run.objective, Formula):
        notes.append(ScriptNote("nowhere", library=TARGETS[library]))
    if problem.csv:
        notes.append(ScriptNote("data"))
    rate = repr(plain(run.entry.optimizer.learning_rate))
    if library == "optax" and run.factors is not None:
        rate = "lambda step: rates[step]"
    made = written_call(library, call, run.entry.optimizer, rate)
    given = _given(problem, run, library)
    imports = "\n".join(filter(None, [IMPORTS[library], call.setup]))
    parts = [imports, *([given] if given else [])]
    body = {"pytorch": _torch, "keras": _keras, "optax": _optax}[library](run, problem, made)
    head = "\n\n".join([commented(notes), *parts])
    text = "\n\n\n".join([head, problem.loss, body + _ending(run)])
    return Script(text, tuple(notes), exact, problem.csv)


def _given(problem: Problem, run: Run, library: Target) -> str:
    """Samples, batches, learning rates."""
    lines = [problem.data] if problem.data else []
    turn = "torch.tensor" if library == "pytorch" else "jnp.array"
    if problem.arrays:
        names = ", ".join(problem.arrays)
        made = ", ".join(f"{turn}({name})" for name in problem.arrays.values())
        lines.append(f"{names} = {made}")
    if run.size is not None:
        lines.append(_batches(run.objective.n_samples, run.size, run.seed))
    if run.entry.schedule is not None and run.factors is not None:
        turned = "jnp.array(factors)" if library == "optax" else "factors"
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
