"""Problems as code: a function ``loss(params, rows)`` in PyTorch or JAX."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping

import numpy as np

from lossopt.datasets import Dataset
from lossopt.formulas import Formula
from lossopt.formulas._read import Node, read_formula
from lossopt.losses import Loss
from lossopt.models import LinearInParams, Model
from lossopt.objectives import EmpiricalRisk, Objective
from lossopt.objectives.matrix_factorization import MatrixFactorization
from lossopt.registry import id_of
from lossopt.tables import dataset_csv

MOST_LITERAL = 60
"""Samples that are written into the script; more are read from a file."""
FUNCTIONS = {
    "ackley": "-20*exp(-0.2*sqrt(0.5*(x^2 + y^2))) - exp(0.5*(cos(2*pi*x) + cos(2*pi*y))) + e + 20",
    "beale": "(1.5 - x + x*y)^2 + (2.25 - x + x*y^2)^2 + (2.625 - x + x*y^3)^2",
    "booth": "(x + 2*y - 7)^2 + (2*x + y - 5)^2",
    "himmelblau": "(x^2 + y - 11)^2 + (x + y^2 - 7)^2",
    "plateau": "1 - exp(-(0.5*x^2 + y^2))",
    "quadratic": "0.5*({c}*x + {s}*y)^2 + 0.5*{condition_number}*({c}*y - {s}*x)^2",
    "rastrigin": "20 + x^2 - 10*cos(2*pi*x) + y^2 - 10*cos(2*pi*y)",
    "rosenbrock": "(1 - x)^2 + 100*(y - x^2)^2",
    "saddle": "x^2 - y^2",
    "styblinski_tang": "0.5*(x^4 - 16*x^2 + 5*x) + 0.5*(y^4 - 16*y^2 + 5*y)",
}
CALLS = {"ln": "log", "asin": "arcsin", "acos": "arccos", "atan": "arctan"}
"""Functions of a formula that PyTorch and JAX call otherwise."""
SIZE = "size = {m}.abs(z - y)"
SIGNED = "z = (2 * y - 1) * z"
COST = "{m}.logaddexp(-z, {m}.zeros_like(z))"
LOSSES = {
    "mse": ("", "((z - y) ** 2).mean()"),
    "mae": ("", "{m}.abs(z - y).mean()"),
    "huber": (
        SIZE,
        "{m}.where(size <= {delta}, 0.5 * size**2, {delta} * (size - 0.5 * {delta})).mean()",
    ),
    "log_cosh": (SIZE, "(size + {m}.log1p(0.5 * {m}.expm1(-2 * size))).mean()"),
    "pinball": ("", "{m}.where(z > y, (1 - {tau}) * (z - y), {tau} * (y - z)).mean()"),
    "binary_cross_entropy": ("", "({m}.logaddexp(z, {m}.zeros_like(z)) - z * y).mean()"),
    "sigmoid_mse": ("", "(({sigmoid}(z) - y) ** 2).mean()"),
    "hinge": (SIGNED, "{relu}(1 - z).mean()"),
    "squared_hinge": (SIGNED, "({relu}(1 - z) ** 2).mean()"),
    "focal": (SIGNED, f"({{sigmoid}}(-z) ** {{focusing}} * {COST}).mean()"),
    "categorical_cross_entropy": ("", "({logsumexp}(z, -1) - (y * z).sum(-1)).mean()"),
}
"""How z and y become a loss: a line before, and the mean."""
NAMES = {
    "torch": {
        "m": "torch",
        "relu": "torch.relu",
        "sigmoid": "torch.sigmoid",
        "logsumexp": "torch.logsumexp",
    },
    "jax": {
        "m": "jnp",
        "relu": "jax.nn.relu",
        "sigmoid": "jax.nn.sigmoid",
        "logsumexp": "jax.nn.logsumexp",
    },
}


@dataclasses.dataclass(frozen=True)
class Problem:
    """Code of a problem.

    Attributes
    ----------
    data : str
        Lines that make arrays with NumPy.
    loss : str
        Lines that define ``loss(params, rows)``.
    arrays : dict of str to str
        Arrays that the loss uses: their names, and those of the NumPy arrays they are made of.
    csv : str
        Content of ``data.csv``; empty where the samples stand in the script.
    shapes : tuple of tuples of int
        Parts of the params that the loss takes one by one; empty for one vector.
    """

    data: str
    loss: str
    arrays: Mapping[str, str] = dataclasses.field(default_factory=dict)
    csv: str = ""
    shapes: tuple[tuple[int, int], ...] = ()


def problem_code(objective: Objective, dialect: str) -> Problem | None:
    """Code of a problem in ``"torch"`` or ``"jax"``; None where there is none."""
    if isinstance(objective, EmpiricalRisk):
        return _risk(objective, dialect)
    if isinstance(objective, Formula):
        return _function(objective.tree, dialect)
    name = id_of(objective) if type(objective).__module__.startswith("lossopt.") else ""  # type: ignore[arg-type]
    if isinstance(objective, MatrixFactorization):
        return _factorization(objective, dialect)
    if name not in FUNCTIONS:
        return None
    values = dict(getattr(objective, "__dict__", {}))
    if name == "quadratic":
        angle = math.radians(values["rotation"])
        values |= {"c": math.cos(angle), "s": math.sin(angle)}
    return _function(read_formula(FUNCTIONS[name].format(**values)), dialect)


def _function(tree: Node, dialect: str) -> Problem:
    body = f"    x, y = params\n    return {_code(tree, NAMES[dialect]['m'])}"
    return Problem("", f"def loss(params, rows):\n{body}")


def _code(node: Node, module: str, outer: int = 0) -> str:
    """Python of a formula; parts without variables become their value."""
    if node.kind in ("x", "y"):
        return node.kind
    if not _varies(node):
        with np.errstate(all="ignore"):
            value = float(Formula("", node, ((0.0, 1.0), (0.0, 1.0))).value(np.zeros(2)))
        text = repr(value) if math.isfinite(value) else f'float("{value}")'
        return f"({text})" if text.startswith("-") and outer > 1 else text
    strength = {"+": 1, "-": 1, "negative": 2, "*": 2, "/": 2, "**": 4}.get(node.kind, 5)
    parts = node.parts
    if node.kind == "negative":
        text = f"-{_code(parts[0], module, 3)}"
    elif node.kind in ("+", "-", "*", "/"):
        left, right = _code(parts[0], module, strength), _code(parts[1], module, strength + 1)
        text = f"{left} {node.kind} {right}"
    elif node.kind == "**":
        text = f"{_code(parts[0], module, 5)} ** {_code(parts[1], module, 4)}"
    elif node.kind in ("min", "max"):
        text = _chosen(node, module)
    else:
        call = CALLS.get(node.kind, node.kind)
        text = f"{module}.{call}({_code(parts[0], module)})"
    return f"({text})" if strength < outer else text


def _chosen(node: Node, module: str) -> str:
    """Smallest or largest part; of equal ones the first, as derivatives go."""
    sign = "<=" if node.kind == "min" else ">="
    first, *others = (
        _code(part, module) if _varies(part) else f"{module}.asarray({_code(part, module)})"
        for part in node.parts
    )
    for other in others:
        first = f"{module}.where({first} {sign} {other}, {first}, {other})"
    return first


def _varies(node: Node) -> bool:
    return node.kind in ("x", "y") or any(_varies(part) for part in node.parts)


def _risk(risk: EmpiricalRisk, dialect: str) -> Problem:
    data, names = risk.dataset, NAMES[dialect]
    lines, csv = _samples(data)
    smoothing = getattr(risk.loss, "label_smoothing", 0.0)
    classes = risk.n_outputs
    if risk.loss.task == "multiclass":
        lines += f"\ny = {1.0 - smoothing!r} * np.eye({classes})[y.astype(int)]"
        lines += f" + {smoothing / classes!r}"
    inputs, predicted = _prediction(risk.model, data.X.shape[1], classes, names)
    before, mean = _loss(risk.loss, names)
    body = ["    z, y = predict(params, A[rows]), Y[rows]", *before, f"    return {mean}"]
    loss = f"{predicted}\n\n\ndef loss(params, rows):\n" + "\n".join(body)
    return Problem(f"{lines}\n{inputs}", loss, {"A": "A", "Y": "y"}, csv)


def _samples(data: Dataset) -> tuple[str, str]:
    if data.n_samples <= MOST_LITERAL:
        return f"X = np.array({data.X.tolist()})\ny = np.array({data.y.tolist()})", ""
    read = 'table = np.loadtxt("data.csv", delimiter=",", skiprows=1, ndmin=2)'
    return f"{read}\nX, y = table[:, :-1], table[:, -1]", dataset_csv(data)


def _prediction(
    model: Model, n_features: int, n_outputs: int, names: dict[str, str]
) -> tuple[str, str]:
    """Lines that make the inputs A, and the function that predicts from them."""
    if isinstance(model, LinearInParams):
        inputs = "A = np.column_stack([X, np.ones(len(X))])"
        if model.degree > 1:
            inputs = (
                "from itertools import combinations_with_replacement as powers\n\n"
                f"columns = [X[:, k].prod(axis=1) for d in range(1, {model.degree + 1})\n"
                f"           for k in map(list, powers(range({n_features}), d))]\n"
                "A = np.column_stack([*columns, np.ones(len(X))])"
            )
        shaped = f".reshape(-1, {n_outputs})" if n_outputs > 1 else ""
        return inputs, f"def predict(params, A):\n    return A @ params{shaped}"
    shapes = [(n_in + 1, n_out) for n_in, n_out in model.sizes(n_features, n_outputs)]  # type: ignore[attr-defined]
    activation = str(model.activation)  # type: ignore[attr-defined]
    phi = names.get(activation, f"{names['m']}.{activation}")
    last = "z" if n_outputs > 1 else "z[:, 0]"
    return "A = X", (
        "def predict(params, A):\n"
        "    first = 0\n"
        f"    for n_in, n_out in {shapes}:\n"
        "        W = params[first:first + n_in * n_out].reshape(n_in, n_out)\n"
        "        first += n_in * n_out\n"
        "        z = A @ W[:-1] + W[-1]\n"
        f"        A = {phi}(z)\n"
        f"    return {last}"
    )


def _loss(loss: Loss, names: dict[str, str]) -> tuple[list[str], str]:
    before, mean = LOSSES[id_of(loss)]
    values = {**vars(loss), **names}
    return [f"    {before.format(**values)}"] if before else [], mean.format(**values)


def _factorization(objective: MatrixFactorization, dialect: str) -> Problem:
    target, shapes = objective.target, objective.matrices
    rows = shapes[0][0] * shapes[0][1]
    head = "def loss(U, V, rows):\n"
    if dialect == "jax":
        head = (
            "def loss(params, rows):\n"
            f"    U, V = params[:{rows}].reshape{shapes[0]}, params[{rows}:].reshape{shapes[1]}\n"
        )
    return Problem(
        f"M = np.array({target.tolist()})",
        f"{head}    return ((U @ V.T - M) ** 2).mean()",
        {"M": "M"},
        shapes=shapes,
    )
