"""The noise ball: how far mini-batches keep gradient descent from the minimizer."""

from __future__ import annotations

import numpy as np

from lossopt.arguments import kind_of, whole
from lossopt.curvatures import EPS
from lossopt.models import LinearInParams
from lossopt.objectives import EmpiricalRisk, Objective
from lossopt.objectives._reduced import weighted
from lossopt.optimizers import Optimizer
from lossopt.params import Array
from lossopt.registry import id_of
from lossopt.theory.gradient_noise import averages_samples, sample_gradients, steps_per_epoch
from lossopt.trajectories import checked_steps

INSIDE = 0.9
"""Share of a normal distribution that an ellipse holds."""
SMALL = 0.3
"""Up to here the radius is right within about a tenth."""


def noise_ball(
    optimizer: Optimizer, objective: Objective, batch_size: int | None, n_steps: int
) -> Array | None:
    """Covariance of the end points over all orders of the samples, ``(n_params, n_params)``.

    For gradient descent with a small learning rate that has long arrived at a minimizer θ*, where
    every step is θ − θ* ← (1 − ηH)(θ − θ*) − ηξ. Epochs are shuffled passes: the noises ξ of one
    epoch share no sample, so they partly cancel each other, and the spread depends on how many
    steps of the last epoch are taken. With p steps since the last shuffling, a = 1 − ηH and the
    sample covariance S of the single gradients, an epoch adds

        η² [Σ aᵖ⁻ˢ S aᵖ⁻ˢ / Bₛ − (Σ aᵖ⁻ˢ) S (Σ aᵖ⁻ˢ) / N].

    The curvature of a batch is taken to be that of all samples. What that leaves out makes the
    spread larger; it is small while η E[h²] / (B E[h]) is, with h the curvature of one sample.

    None where this theory does not hold: other rules, weight decay, full batches, no minimizer of
    its own, a kink, batches that are divided by different sums of weights, or a learning rate for
    which that number is above 0.3.

    Parameters
    ----------
    optimizer : Optimizer
    objective : Objective
    batch_size : int or None
    n_steps : int
        Says how many steps of the last epoch are taken.

    References
    ----------
    S. Mandt, M. D. Hoffman, D. M. Blei, "Stochastic Gradient Descent as Approximate Bayesian
    Inference", 2017. K. Mishchenko, A. Khaled, P. Richtárik, "Random Reshuffling: Simple Analysis
    with Vast Improvements", 2020.

    Examples
    --------
    >>> import lossopt as lo
    >>> risk = lo.EmpiricalRisk(lo.DATASETS["line"](), lo.MODELS["linear"](), lo.LOSSES["mse"]())
    >>> rule = lo.OPTIMIZERS["gradient_descent"](learning_rate=0.05)
    >>> np.sqrt(np.diag(noise_ball(rule, risk, batch_size=16, n_steps=1003))).round(4)
    array([0.0264, 0.0218])
    """
    n = kind_of("objective", objective, Objective).n_samples
    kind_of("optimizer", optimizer, Optimizer)
    checked_steps(n_steps)
    if batch_size is not None:
        whole("batch_size", batch_size, 1)
    if (
        batch_size is None
        or batch_size >= n
        or id_of(optimizer) != "gradient_descent"
        or getattr(optimizer, "weight_decay", 0.0) != 0.0
        or not isinstance(objective, EmpiricalRisk)
        or not averages_samples(objective)
        or not (objective.smooth and objective.convex and len(objective.minimizers))
    ):
        return None
    minimizer, rate = objective.minimizers[0], float(np.max(optimizer.learning_rate))
    if not rate * _roughness(objective, minimizer) / batch_size <= SMALL:
        return None
    curvatures, axes = np.linalg.eigh(objective.hessian(minimizer))
    shrink = 1.0 - rate * curvatures
    if not (curvatures[0] > 1e-10 * curvatures[-1] and np.abs(shrink).max() < 1.0):
        return None
    gradients = sample_gradients(objective, minimizer) @ axes
    noise = np.atleast_2d(np.cov(gradients, rowvar=False))
    length = steps_per_epoch(n, batch_size)
    settled = _added(noise, shrink, batch_size, n, length)
    settled /= 1.0 - np.outer(shrink, shrink) ** length
    taken = n_steps % length
    spread = np.outer(shrink, shrink) ** taken * settled
    spread += _added(noise, shrink, batch_size, n, taken)
    return np.asarray(rate**2 * (axes @ spread @ axes.T))


def _roughness(objective: EmpiricalRisk, params: Array) -> float:
    """Mean square over mean of the curvatures of single samples; infinite where unknown."""
    if objective.loss.task == "multiclass" or not isinstance(objective.model, LinearInParams):
        return np.inf
    inputs, y, weights = objective.samples
    predictions = objective.model.predict(params, inputs)
    lengths = np.square(inputs).sum(axis=1)
    sizes = weighted(weights, objective.loss.curvature(predictions, y)) * lengths
    mean, counted = float(np.mean(sizes)), len(y) / objective.n_samples
    return float(np.mean(np.square(sizes))) / mean / counted if mean > 0.0 else np.inf


def _added(noise: Array, shrink: Array, batch_size: int, n: int, steps: int) -> Array:
    """What the first steps of an epoch add, over η², in the axes of the Hessian."""
    sizes = np.minimum(batch_size, n - batch_size * np.arange(steps))
    powers = shrink[:, None] ** (steps - 1 - np.arange(steps))
    alone = (powers / sizes) @ powers.T
    together = powers.sum(axis=1)
    return np.asarray(noise * (alone - np.outer(together, together) / n))


def ellipse(center: Array, covariance: Array, n_points: int = 73) -> Array:
    """Points of the ellipse that holds 90 % of a normal distribution, ``(n_points, 2)``.

    Examples
    --------
    >>> ellipse(np.zeros(2), np.eye(2), 5).round(3)
    array([[ 2.146,  0.   ],
           [ 0.   ,  2.146],
           [-2.146,  0.   ],
           [-0.   , -2.146],
           [ 2.146, -0.   ]])
    """
    spreads, sizes, axes = _correlated(covariance)
    angles = np.linspace(0.0, 2.0 * np.pi, n_points)
    circle = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    radius = np.sqrt(-2.0 * np.log(1.0 - INSIDE))
    return np.asarray(center + radius * circle * np.sqrt(sizes) @ axes.T * spreads)


def share_inside(points: Array, center: Array, covariance: Array) -> float:
    """Share of the points that lie in the ellipse that would hold 90 % of them."""
    spreads, sizes, axes = _correlated(covariance)
    with np.errstate(all="ignore"):
        along = (points - center) / spreads @ axes
        known = sizes > len(sizes) * EPS * sizes.max()
        inside = (np.square(along[:, known]) / sizes[known]).sum(axis=1)
    return float(np.mean(inside <= -2.0 * np.log(1.0 - INSIDE)))


def _correlated(covariance: Array) -> tuple[Array, Array, Array]:
    """Standard deviations, and the axes of the correlations, whatever the units of the params."""
    spreads = np.sqrt(np.diag(covariance))
    spreads = np.where(spreads > 0.0, spreads, 1.0)
    sizes, axes = np.linalg.eigh(covariance / np.multiply.outer(spreads, spreads))
    return spreads, np.maximum(sizes, 0.0), axes
