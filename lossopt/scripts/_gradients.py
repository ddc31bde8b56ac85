"""Problems as NumPy: a function ``gradient(params, rows)`` with its slopes written out."""

from __future__ import annotations

from lossopt.formulas import Formula
from lossopt.formulas._read import Node
from lossopt.losses import Loss
from lossopt.models import LinearInParams
from lossopt.objectives import EmpiricalRisk, Objective, WeightedRisk
from lossopt.objectives.matrix_factorization import MatrixFactorization
from lossopt.registry import fields_of, id_of, is_shipped
from lossopt.scripts._derivatives import MOST_PARTS, count, derivative
from lossopt.scripts._formulas import gradient_code
from lossopt.scripts._problems import Problem, function_of, inputs_of, samples_of, weight_of

SIGNED = "s = 2 * y - 1"
SLOPES = {
    "mse": ("", "2 * (z - y)"),
    "mae": ("", "np.sign(z - y)"),
    "huber": ("", "np.clip(z - y, -{delta}, {delta})"),
    "log_cosh": ("", "np.tanh(z - y)"),
    "pinball": ("", "(1 - {tau}) * (z > y) - {tau} * (z < y)"),
    "binary_cross_entropy": (SIGNED, "-s * sigmoid(-s * z)"),
    "sigmoid_mse": ("", "2 * (sigmoid(z) - y) * sigmoid(z) * sigmoid(-z)"),
    "hinge": (SIGNED, "-s * (s * z < 1)"),
    "squared_hinge": (SIGNED, "-2 * s * np.maximum(0, 1 - s * z)"),
    "focal": (
        f"{SIGNED}\n    wrong, cost = sigmoid(-s * z), np.logaddexp(0, -s * z)",
        "-s * wrong**{focusing} * ({focusing} * sigmoid(s * z) * cost + wrong)",
    ),
    "categorical_cross_entropy": (
        "p = np.exp(z - z.max(axis=1, keepdims=True))",
        "p / p.sum(axis=1, keepdims=True) - y",
    ),
}
"""Slope of every sample's loss along z: lines before, and the expression."""
SIGMOID = "def sigmoid(z):\n    return np.exp(-np.logaddexp(0, -z))"
ACTIVATIONS = {
    "tanh": ("np.tanh(z)", "1 - a**2"),
    "relu": ("np.maximum(z, 0)", "a > 0"),
    "sigmoid": ("sigmoid(z)", "a * (1 - a)"),
}
"""An activation, and its slope where it is a."""
NETWORK = """\
def gradient(params, rows):
    layers, signals, first = [], [A[rows]], 0
    for n_in, n_out in {shapes}:
        layers.append(params[first:first + n_in * n_out].reshape(n_in, n_out))
        first += n_in * n_out
        z = signals[-1] @ layers[-1][:-1] + layers[-1][-1]
        signals.append({activation})
    change, parts = slopes({output}, rows){column}, []
    for W, a in zip(layers[::-1], signals[-2::-1]):
        parts += [change.sum(axis=0), (a.T @ change).ravel()]
        change = (change @ W[:-1].T) * ({bend})
    return np.concatenate(parts[::-1])"""
FACTORS = """\
def gradient(params, rows):
    U, V = params[:{cut}].reshape{first}, params[{cut}:].reshape{second}
    gap = 2 * (U @ V.T - M) / M.size
    return np.concatenate([(gap @ V).ravel(), (gap.T @ U).ravel()])"""


def gradient_problem(objective: Objective) -> Problem | None:
    """Code of a problem, whose `loss` is the gradient; None where there is none."""
    if isinstance(objective, EmpiricalRisk):
        parts = (objective.model, objective.loss)
        return _risk(objective) if all(map(is_shipped, parts)) else None
    if isinstance(objective, MatrixFactorization):
        (first, second), M = objective.matrices, objective.target.tolist()
        text = FACTORS.format(cut=first[0] * first[1], first=first, second=second)
        return Problem(f"M = np.array({M})", text)
    tree = objective.tree if isinstance(objective, Formula) else function_of(objective)
    return None if tree is None else _function(tree)


def _function(tree: Node) -> Problem | None:
    slopes = [derivative(tree, variable) for variable in ("x", "y")]
    if max(map(count, slopes)) > MOST_PARTS:
        return None
    return Problem("", gradient_code(slopes))


def _risk(risk: EmpiricalRisk) -> Problem:
    lines, csv = samples_of(risk)
    helpers = [_slopes(risk), _pulled_back(risk)]
    if any("sigmoid(" in helper for helper in helpers):
        helpers.insert(0, SIGMOID)
    named = "Y, W = y, w" if isinstance(risk, WeightedRisk) else "Y = y"
    return Problem(f"{lines}\n{inputs_of(risk)}\n{named}", "\n\n\n".join(helpers), csv=csv)


def _slopes(risk: EmpiricalRisk) -> str:
    """A function that differentiates the mean along the predictions of its samples."""
    before, each = _slope(risk.loss)
    taken, mean = "    y = Y[rows]", f"({each}) / len(y)"
    if isinstance(risk, WeightedRisk):
        taken = "    y, w = Y[rows], W[rows]"
        column = "[:, None]" if risk.n_outputs > 1 else ""
        mean = f"w{column} * ({each}) / {weight_of(risk)}"
    return "\n".join(["def slopes(z, rows):", taken, *before, f"    return {mean}"])


def _slope(loss: Loss) -> tuple[list[str], str]:
    before, each = SLOPES[id_of(loss)]
    values = fields_of(loss)
    return [f"    {before}"] if before else [], each.format(**values)


def _pulled_back(risk: EmpiricalRisk) -> str:
    """A function that carries those slopes back to the params."""
    n_outputs, model = risk.n_outputs, risk.model
    if isinstance(model, LinearInParams):
        shaped = f".reshape(-1, {n_outputs})" if n_outputs > 1 else ""
        flat = "({}).ravel()" if n_outputs > 1 else "{}"
        return (
            "def gradient(params, rows):\n"
            f"    z = A[rows] @ params{shaped}\n"
            f"    return {flat.format('A[rows].T @ slopes(z, rows)')}"
        )
    sizes = model.sizes(risk.dataset.X.shape[1], n_outputs)  # type: ignore[attr-defined]
    activation, bend = ACTIVATIONS[str(fields_of(model)["activation"])]
    return NETWORK.format(
        shapes=[(n_in + 1, n_out) for n_in, n_out in sizes],
        activation=activation,
        bend=bend,
        output="z" if n_outputs > 1 else "z[:, 0]",
        column="" if n_outputs > 1 else "[:, None]",
    )
