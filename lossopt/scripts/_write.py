"""Scripts put together: samples, loss, optimizer and the loop, in the words of each library."""

from __future__ import annotations

import dataclasses
from typing import Any

from lossopt.arguments import kind_of, number, numbers, switch, whole
from lossopt.datasets import DatasetSpec
from lossopt.formulas import Formula
from lossopt.objectives import EmpiricalRisk, Objective
from lossopt.optimizers import Optimizer
from lossopt.params import Array, Spec, params_of
from lossopt.registry import code_of, id_of
from lossopt.schedules import Schedule
from lossopt.scripts._problems import MOST_LITERAL, Problem, problem_code
from lossopt.scripts._rules import find_call, written_call
from lossopt.scripts._told import LIBRARIES, Library, Script, ScriptNote
from lossopt.tables import dataset_csv

IMPORTS = {
    "pytorch": "import numpy as np\nimport torch\n\ntorch.set_default_dtype(torch.float64)",
    "keras": 'import os\n\nos.environ["KERAS_BACKEND"] = "jax"\n\nimport jax\n'
    "import jax.numpy as jnp\nimport keras\nimport numpy as np\n\n"
    'jax.config.update("jax_enable_x64", True)\nkeras.config.set_floatx("float64")',
    "optax": "import jax\nimport jax.numpy as jnp\nimport numpy as np\nimport optax\n\n"
    'jax.config.update("jax_enable_x64", True)',
}
SCHEDULES = {
    "cosine": "{final} + {rest} * 0.5 * (1 + np.cos(np.pi * t / n))",
    "exponential": "{gamma} ** t",
    "inverse_sqrt": "1 / np.sqrt(1 + t / {timescale})",
    "linear": "1 - {rest} * t / n",
    "step": "{gamma} ** (t // {every})",
}
"""Factor on the learning rate at steps t of n; others are written out."""


@dataclasses.dataclass(frozen=True)
class Run:
    """What `lossopt.descend` is given for one run; see there."""

    optimizer: Optimizer
    objective: Objective
    start: tuple[float, ...]
    n_steps: int
    batch_size: int | None = None
    seed: int = 0
    schedule: Schedule | None = None
    clip_norm: float | None = None
    average: bool = False

    def __post_init__(self) -> None:
        kind_of("optimizer", self.optimizer, Optimizer)
        kind_of("objective", self.objective, Objective)
        size, limit = self.batch_size, self.clip_norm
        plain = {
            "start": tuple(numbers("start", self.start, (self.objective.n_params,)).tolist()),
            "n_steps": whole("n_steps", self.n_steps, 0),
            "batch_size": None if size is None else whole("batch_size", size, 1),
            "seed": whole("seed", self.seed, 0),
            "clip_norm": None if limit is None else number("clip_norm", limit, 0.0),
            "average": switch("average", self.average),
        }
        if self.schedule is not None:
            kind_of("schedule", self.schedule, Schedule)
        for name, value in plain.items():
            object.__setattr__(self, name, value)

    @property
    def factors(self) -> Array | None:
        """Factors on the learning rate; None where it does not change."""
        found = None if self.schedule is None else self.schedule.factors(self.n_steps)
        return None if found is None or (found == 1.0).all() else found

    @property
    def size(self) -> int | None:
        """Samples per step; None where they are all used at once."""
        whole = self.optimizer.full_batch or self.batch_size is None
        if whole or self.batch_size >= self.objective.n_samples:  # type: ignore[operator]
            return None
        return self.batch_size


def write_script(library: Library, run: Run) -> Script:
    """A script of its own that repeats a run in another library.

    It ends with ``path``, an array ``(n_steps + 1, n_params)`` like `Trajectory.iterates`.

    Parameters
    ----------
    library : str
        ``"lossopt"``, ``"pytorch"``, ``"keras"`` or ``"optax"``.
    run : Run

    Returns
    -------
    Script

    Examples
    --------
    >>> import lossopt as lo
    >>> run = Run(lo.OPTIMIZERS["adam"](), lo.OBJECTIVES["rosenbrock"](), (-1.5, 2.0), 300)
    >>> script = write_script("pytorch", run)
    >>> script.exact, "torch.optim.Adam(params, lr=0.001" in script.text
    (True, True)
    """
    if library == "lossopt":
        return _in_lossopt(run)
    call, notes = find_call(library, run.optimizer)
    problem = problem_code(run.objective, "torch" if library == "pytorch" else "jax")
    if problem is None:
        notes = [ScriptNote("problem", library=LIBRARIES[library])]
    if call is None or problem is None:
        return Script(_commented(notes), tuple(notes), False)
    heavy = getattr(run.optimizer, "momentum", 0.0) != 0.0
    if heavy and not call.velocity and run.factors is not None:
        notes.append(ScriptNote("rate", library=LIBRARIES[library]))
    exact = not notes
    if exact:
        notes.append(ScriptNote("exact"))
    if problem.csv:
        notes.append(ScriptNote("data"))
    rate = repr(run.optimizer.learning_rate)
    if library == "optax" and run.factors is not None:
        rate = "lambda step: rates[step]"
    made = written_call(library, call, run.optimizer, rate)
    given = _given(problem, run, library)
    imports = "\n".join(filter(None, [IMPORTS[library], call.setup]))
    parts = [imports, *([given] if given else []), problem.loss]
    body = {"pytorch": _torch, "keras": _keras, "optax": _optax}[library](run, problem, made)
    text = "\n\n".join([_commented(notes), *parts]) + "\n\n\n" + body + _ending(run)
    return Script(text, tuple(notes), exact, problem.csv)


def _commented(notes: list[ScriptNote]) -> str:
    return "\n".join(f"# {note}" for note in notes)


def _given(problem: Problem, run: Run, library: Library) -> str:
    """Samples, batches, learning rates."""
    lines = [problem.data] if problem.data else []
    turn = "torch.tensor" if library == "pytorch" else "jnp.array"
    if problem.arrays:
        names = ", ".join(problem.arrays)
        made = ", ".join(f"{turn}({name})" for name in problem.arrays.values())
        lines.append(f"{names} = {made}")
    if run.size is not None:
        lines.append(_batches(run.objective.n_samples, run.size, run.seed))
    if run.factors is not None:
        lines.append(_rates(run, library))
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


def _rates(run: Run, library: Library) -> str:
    schedule, factors = run.schedule, run.factors
    assert schedule is not None and factors is not None
    rising = min(schedule.warmup, run.n_steps)
    written = SCHEDULES.get(id_of(schedule))
    if written is None:
        lines = [f"factors = np.array({factors.tolist()})"]
    else:
        values: dict[str, Any] = {
            field.name: getattr(schedule, field.name) for field in params_of(schedule)
        }
        values["rest"] = repr(1.0 - values.get("final", 0.0))
        n = run.n_steps - rising
        lines = [f"t, n = np.arange({float(n)!r}), {max(n, 1)}"]
        lines.append(f"factors = {written.format(**values)}")
        if rising:
            lines.append(
                f"factors = np.concatenate([factors[0] * np.arange(1, {rising + 1}) / {rising}, "
                "factors])  # warm-up"
            )
    made = "jnp.array(factors)" if library == "optax" else "factors"
    return "\n".join([*lines, f"rates = {run.optimizer.learning_rate!r} * {made}"])


def _rows(run: Run) -> str:
    return "next(draw)" if run.size is not None else "slice(None)"


def _torch(run: Run, problem: Problem, made: str) -> str:
    names = "U, V" if problem.shapes else "theta"
    lines = [f"start = np.array({list(run.start)})"]
    if problem.shapes:
        first = problem.shapes[0][0] * problem.shapes[0][1]
        first_shape, second_shape = problem.shapes
        lines.append(
            f"parts = start[:{first}].reshape{first_shape}, start[{first}:].reshape{second_shape}"
        )
        lines.append("params = [torch.tensor(part, requires_grad=True) for part in parts]")
    else:
        lines.append("params = [torch.tensor(start, requires_grad=True)]")
    shown = 'optimizer.state[part].get("ax", part)' if id_of(run.optimizer) == "asgd" else "part"
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
    if run.clip_norm is not None:
        lines.append(f"        torch.nn.utils.clip_grad_norm_(params, {run.clip_norm!r})")
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
    if run.clip_norm is not None:
        lines += [
            f"    shrink = {run.clip_norm!r} / (jnp.linalg.norm(gradient) + 1e-6)",
            "    gradient = gradient * jnp.minimum(1.0, shrink)",
        ]
    return lines


def _slope(run: Run, problem: Problem) -> list[str]:
    whole = run.size is None and "A" in problem.arrays
    return [*(["every = np.arange(len(A))"] if whole else []), "slope = jax.jit(jax.grad(loss))"]


def _optax(run: Run, problem: Problem, made: str) -> str:
    lines = [
        *_slope(run, problem),
        f"params = jnp.array({list(run.start)})",
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
        f"params = keras.Variable({list(run.start)})",
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
    if run.average:
        lines.append(
            "path[1:] = path[1:].cumsum(axis=0) / np.arange(1, len(path))[:, None]  # averages"
        )
    return "\n".join([*lines, "print(path[-1])", ""])


def _in_lossopt(run: Run) -> Script:
    goal, needed, csv = _goal(run.objective)
    given: dict[str, str] = {"start": repr(list(run.start)), "n_steps": repr(run.n_steps)}
    if run.size is not None:
        given |= {"batch_size": repr(run.size), "seed": repr(run.seed)}
    if run.factors is not None and run.schedule is not None:
        given["schedule"] = code_of(run.schedule)
    if run.clip_norm is not None:
        given["clip_norm"] = repr(run.clip_norm)
    if run.average:
        given["average"] = "True"
    keywords = "".join(f",\n    {name}={value}" for name, value in given.items())
    notes = [ScriptNote("exact"), *([ScriptNote("data")] if csv else [])]
    if goal is None:
        notes = [ScriptNote("problem", library="lossopt")]
        return Script(_commented(notes), tuple(notes), False)
    text = (
        f"{_commented(notes)}\n\n{needed}import lossopt as lo\n\n{goal}\n"
        f"rule = {code_of(run.optimizer)}\n"
        f"run = lo.descend(\n    rule,\n    goal{keywords},\n)\n"
        "path = run.iterates\nprint(path[-1])\n"
    )
    return Script(text, tuple(notes), True, csv)


def _goal(objective: Objective) -> tuple[str | None, str, str]:
    """Lines that make the objective, imports they need, and a file they read."""
    if isinstance(objective, Formula):
        return f"goal = lo.formula({objective.text!r}, bounds={objective.region!r})", "", ""
    if isinstance(objective, Spec):
        return f"goal = {code_of(objective)}", "", ""
    if not isinstance(objective, EmpiricalRisk):
        return None, "", ""
    model = code_of(objective.model)
    loss = code_of(objective.loss)
    if isinstance(objective.data, DatasetSpec):
        made = code_of(objective.data)
        return f"data = {made}\ngoal = lo.EmpiricalRisk(data, {model}, {loss})", "", ""
    data = objective.dataset
    classes = f", class_names={data.class_names!r}" if data.class_names else ""
    if data.n_samples <= MOST_LITERAL:
        table, csv, samples = "", "", f"{data.X.tolist()}, {data.y.tolist()}"
    else:
        table = 'table = np.loadtxt("data.csv", delimiter=",", skiprows=1, ndmin=2)\n'
        csv, samples = dataset_csv(data), "table[:, :-1], table[:, -1]"
    made = f'data = lo.Dataset({samples}, "{data.task}"{classes})\n'
    needed = "import numpy as np\n\n" if csv else ""
    return f"{table}{made}goal = lo.EmpiricalRisk(data, {model}, {loss})", needed, csv
