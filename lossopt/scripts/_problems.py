"""Problems as code: a function ``loss(params, rows)`` in PyTorch or JAX."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping

from lossopt.formulas import Formula
from lossopt.formulas._read import Node, read_formula
from lossopt.losses import Loss
from lossopt.models import LinearInParams, Model
from lossopt.objectives import EmpiricalRisk, Objective, WeightedRisk, weights_of_classes
from lossopt.objectives.matrix_factorization import MatrixFactorization
from lossopt.params import Spec
from lossopt.registry import fields_of, id_of, is_shipped
from lossopt.scripts._formulas import FUNCTIONS, function_code
from lossopt.tables import dataset_csv

MOST_LITERAL = 60
"""Samples that are written into the script; more are read from a file."""
READ = """with open("data.csv", encoding="utf-8") as file:
    table = np.loadtxt(file, delimiter=",", skiprows=1, ndmin=2)"""
SIZE = "size = {m}.abs(z - y)"
SIGNED = "z = (2 * y - 1) * z"
COST, ODDS = (f"{{m}}.logaddexp({sign}z, {{m}}.zeros_like(z))" for sign in ("-", ""))
LOSSES = {
    "mse": ("", "((z - y) ** 2).mean()"),
    "mae": ("", "{gap}.mean()"),
    "huber": (
        SIZE,
        "{m}.where(size <= {delta}, 0.5 * size**2, {delta} * (size - 0.5 * {delta})).mean()",
    ),
    "log_cosh": (SIZE, "(size + {m}.log1p(0.5 * {m}.expm1(-2 * size))).mean()"),
    "pinball": ("", "((1 - {tau}) * {relu}(z - y) + {tau} * {relu}(y - z)).mean()"),
    "binary_cross_entropy": (SIGNED, f"{COST}.mean()"),
    "sigmoid_mse": ("", "(({sigmoid}(z) - y) ** 2).mean()"),
    "hinge": (SIGNED, "{relu}(1 - z).mean()"),
    "squared_hinge": (SIGNED, "({relu}(1 - z) ** 2).mean()"),
    "focal": (SIGNED, f"({{m}}.exp(-{{focusing}} * {ODDS}) * {COST}).mean()"),
    "categorical_cross_entropy": ("", "({logsumexp}(z, -1) - (y * z).sum(-1)).mean()"),
}
"""How z and y become a loss: a line before, and the mean."""
NAMES = {
    "torch": {
        "m": "torch",
        "gap": "torch.abs(z - y)",
        "relu": "torch.relu",
        "sigmoid": "torch.sigmoid",
        "logsumexp": "torch.logsumexp",
    },
    "jax": {
        "m": "jnp",
        "gap": "(jax.nn.relu(z - y) + jax.nn.relu(y - z))",
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
        parts = (objective.model, objective.loss)
        return _risk(objective, dialect) if all(map(is_shipped, parts)) else None
    if isinstance(objective, Formula):
        return _function(objective.tree, dialect)
    if isinstance(objective, MatrixFactorization):
        return _factorization(objective, dialect)
    tree = function_of(objective)
    return None if tree is None else _function(tree, dialect)


def function_of(objective: Objective) -> Node | None:
    """A test function as a formula; None where it is none."""
    if not isinstance(objective, Spec) or not is_shipped(objective):
        return None
    name, values = id_of(objective), fields_of(objective)
    if name not in FUNCTIONS:
        return None
    if name == "quadratic":
        angle = math.radians(values["rotation"])
        values |= {"c": math.cos(angle), "s": math.sin(angle)}
    return read_formula(FUNCTIONS[name].format(**values))


def _function(tree: Node, dialect: str) -> Problem:
    return Problem("", function_code(tree, NAMES[dialect]["m"]))


def _risk(risk: EmpiricalRisk, dialect: str) -> Problem:
    names = NAMES[dialect]
    lines, csv = samples_of(risk)
    arrays = {"A": "A", "Y": "y"}
    if isinstance(risk, WeightedRisk):
        arrays["W"] = "w"
    predicted = _prediction(risk.model, risk.dataset.X.shape[1], risk.n_outputs, names)
    before, mean = _loss(risk.loss, names)
    if isinstance(risk, WeightedRisk):
        before, mean = [*before, "    w = W[rows]"], _weighted(risk, mean)
    body = ["    z, y = predict(params, A[rows]), Y[rows]", *before, f"    return {mean}"]
    loss = f"{predicted}\n\n\ndef loss(params, rows):\n" + "\n".join(body)
    return Problem(f"{lines}\n{inputs_of(risk)}", loss, arrays, csv)


def samples_of(risk: EmpiricalRisk) -> tuple[str, str]:
    """Lines that make the samples X and y with their weights w, and a file they read."""
    lines, csv = _samples(risk)
    if isinstance(risk, WeightedRisk):
        lines += f"\n{_weights(risk)}"
    smoothing = getattr(risk.loss, "label_smoothing", 0.0)
    classes = risk.n_outputs
    if risk.loss.task == "multiclass":
        lines += f"\ny = {1.0 - smoothing!r} * np.eye({classes})[y.astype(int)]"
        lines += f" + {smoothing / classes!r}"
    return lines, csv


def _samples(risk: EmpiricalRisk) -> tuple[str, str]:
    data, own = risk.dataset, risk.sample_weights if isinstance(risk, WeightedRisk) else None
    if data.n_samples <= MOST_LITERAL:
        return f"X = np.array({data.X.tolist()})\ny = np.array({data.y.tolist()})", ""
    taken = "X, y = table[:, :-1], table[:, -1]"
    if own is not None:
        taken = "X, y, w = table[:, :-2], table[:, -2], table[:, -1]"
    return f"{READ}\n{taken}", dataset_csv(data, own)


def _weights(risk: WeightedRisk) -> str:
    """Lines that make an array of the samples' weights."""
    own, of_classes = risk.sample_weights, ""
    if risk.class_weights is not None:
        each = weights_of_classes(risk.dataset, risk.class_weights)
        of_classes = f"np.array({list(each)})[y.astype(int)]"
    if own is None:
        return f"w = {of_classes or 'np.ones(len(y))'}"
    written = "w" if risk.n_samples > MOST_LITERAL else f"np.array({own.tolist()})"
    return f"w = {of_classes} * {written}" if of_classes else f"w = {written}"


def _weighted(risk: WeightedRisk, mean: str) -> str:
    """The mean in which losses count by their weights; 0 where a batch has none."""
    summed = f"(w * {mean.removesuffix('.mean()')})"
    if risk.weighting != "mean":
        return f"{summed}.mean()"
    return f"{summed}.sum() / {weight_of(risk)}"


def weight_of(risk: WeightedRisk) -> str:
    """What a sum of weighted losses is divided by."""
    if risk.weighting != "mean":
        return "len(y)"
    return "w.sum()" if risk.weights.all() else "(w.sum() + (w.sum() == 0))"


def inputs_of(risk: EmpiricalRisk) -> str:
    """Lines that make the inputs A of a model."""
    model, n_features = risk.model, risk.dataset.X.shape[1]
    if not isinstance(model, LinearInParams):
        return "A = X"
    if model.degree == 1:
        return "A = np.column_stack([X, np.ones(len(X))])"
    return (
        "from itertools import combinations_with_replacement as powers\n\n"
        f"columns = [X[:, k].prod(axis=1) for d in range(1, {model.degree + 1})\n"
        f"           for k in map(list, powers(range({n_features}), d))]\n"
        "A = np.column_stack([*columns, np.ones(len(X))])"
    )


def _prediction(model: Model, n_features: int, n_outputs: int, names: dict[str, str]) -> str:
    """The function that predicts from the inputs."""
    if isinstance(model, LinearInParams):
        shaped = f".reshape(-1, {n_outputs})" if n_outputs > 1 else ""
        return f"def predict(params, A):\n    return A @ params{shaped}"
    shapes = [(n_in + 1, n_out) for n_in, n_out in model.sizes(n_features, n_outputs)]  # type: ignore[attr-defined]
    activation = str(fields_of(model)["activation"])
    phi = names.get(activation, f"{names['m']}.{activation}")
    last = "z" if n_outputs > 1 else "z[:, 0]"
    return (
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
    values = {**fields_of(loss), **names}
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
