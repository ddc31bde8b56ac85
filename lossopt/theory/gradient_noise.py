"""What a batch does to the gradient: which samples, how far off, at what cost."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import numpy as np

from lossopt.arguments import kind_of, whole
from lossopt.lanes import batches
from lossopt.objectives import EmpiricalRisk, Objective, WeightedRisk
from lossopt.params import Array, IntArray
from lossopt.trajectories import checked_seed, checked_steps

NUMBER = 8
"""Bytes of a float64."""


def batch_rows(n_samples: int, batch_size: int, seed: int, n_steps: int) -> IntArray:
    """Samples of each step of `descend`, ``(n_steps, batch_size)``; −1 fills a short last batch.

    Examples
    --------
    >>> batch_rows(3, 2, seed=0, n_steps=2)
    array([[ 2,  0],
           [ 1, -1]])
    """
    size = min(whole("batch_size", batch_size, 1), whole("n_samples", n_samples, 1))
    checked_seed("seed", seed)
    checked_steps(n_steps)
    rows = np.full((n_steps, size), -1)
    for step, drawn in enumerate(islice(_drawn(n_samples, size, seed), n_steps)):
        rows[step, : len(drawn)] = drawn
    return rows


def _drawn(n_samples: int, size: int, seed: int) -> Iterator[IntArray]:
    every = np.arange(n_samples)
    return (every if rows is None else rows for rows in batches(n_samples, size, seed))


def sample_gradients(objective: Objective, params: Array) -> Array:
    """Gradient of every single sample, ``(..., n_params)`` to ``(..., n_samples, n_params)``.

    Their mean is the full gradient, and the mean over a batch is that batch's.

    Raises
    ------
    ValueError
        If the objective divides each batch by the weights in it: a single sample's weight then
        cancels, and no mean of single gradients is a batch's.

    Examples
    --------
    >>> import lossopt as lo
    >>> data = lo.Dataset([[0.0], [1.0]], [1.0, 3.0])
    >>> risk = lo.EmpiricalRisk(data, lo.MODELS["linear"](), lo.LOSSES["mse"]())
    >>> sample_gradients(risk, np.zeros(2))
    array([[ 0., -2.],
           [-6., -6.]])
    """
    kind_of("objective", objective, Objective)
    if not averages_samples(objective):
        raise ValueError(
            "A batch that is divided by its own weights is no mean of single gradients; "
            'use weighting="sum_over_n".'
        )
    with np.errstate(all="ignore"):
        rows = [objective.gradient(params, np.array([k])) for k in range(objective.n_samples)]
    return np.stack(rows, axis=-2)


def averages_samples(objective: Objective) -> bool:
    """Whether the gradient of every batch is the mean of the gradients of its samples.

    It is not where each batch is divided by its own sum of weights, and these differ.
    """
    if not isinstance(objective, WeightedRisk) or objective.weighting != "mean":
        return True
    return bool(np.ptp(objective.weights) == 0.0)


def batch_gradients(gradients: Array, rows: IntArray) -> Array:
    """Mean gradient of each step's batch, ``(n_steps, n_params)``.

    Parameters
    ----------
    gradients : array (n_steps, n_samples, n_params)
    rows : array of int (n_steps, batch_size)
        −1 where a batch is short.
    """
    chosen = np.take_along_axis(gradients, np.maximum(rows, 0)[..., None], axis=-2)
    drawn = (rows >= 0)[..., None]
    return np.asarray(np.where(drawn, chosen, 0.0).sum(axis=-2) / drawn.sum(axis=-2))


def gradient_variance(gradients: Array, batch_size: int) -> Array:
    """Expected squared distance of a batch gradient from the full one, S²/B · (1 − B/N).

    The batch is drawn without replacement; S² is the sample variance of the single gradients,
    summed over the params.

    Parameters
    ----------
    gradients : array (..., n_samples, n_params)
    batch_size : int

    Returns
    -------
    array (...)

    References
    ----------
    W. G. Cochran, "Sampling Techniques", 1977, theorem 2.2.

    Examples
    --------
    >>> single = np.array([[1.0], [3.0]])
    >>> gradient_variance(single, 1), gradient_variance(single, 2)
    (array(1.), array(0.))
    """
    n = gradients.shape[-2]
    whole("batch_size", batch_size, 1)
    if n == 1 or batch_size >= n:
        return np.zeros(gradients.shape[:-2])
    spread = gradients.var(axis=-2, ddof=1).sum(axis=-1)
    return np.asarray(spread / batch_size * (1.0 - batch_size / n))


def possible_gradients(gradients: Array, batch_size: int, n_draws: int, seed: int = 0) -> Array:
    """Gradients that a step could have had: one per sample, or of random batches.

    Parameters
    ----------
    gradients : array (..., n_samples, n_params)
    batch_size : int
    n_draws : int
        Batches that are drawn, each without replacement; with a batch size of 1 there are exactly
        `n_samples`, and with all samples there is one.
    seed : int

    Returns
    -------
    array (..., n_possible, n_params)
    """
    n = gradients.shape[-2]
    whole("batch_size", batch_size, 1)
    whole("n_draws", n_draws, 1)
    checked_seed("seed", seed)
    if batch_size >= n:
        return np.asarray(gradients.mean(axis=-2, keepdims=True))
    if batch_size == 1:
        return gradients
    keys = np.random.default_rng(seed).random((n_draws, n))
    weights = np.zeros((n_draws, n))
    np.put_along_axis(weights, keys.argsort(axis=1)[:, :batch_size], 1.0 / batch_size, axis=1)
    return np.asarray(weights @ gradients)


def steps_per_epoch(n_samples: int, batch_size: int) -> int:
    """Steps of one pass over the samples, ⌈N/B⌉.

    >>> steps_per_epoch(40, 16)
    3
    """
    return -(-whole("n_samples", n_samples, 1) // whole("batch_size", batch_size, 1))


def multiply_adds(risk: EmpiricalRisk, batch_size: int) -> int:
    """Multiply-adds of one step of gradient descent on a model that is linear in its params.

    Prediction and pull-back take n_params per sample each, the update n_params once. Evaluating
    the loss itself is not counted.
    """
    return int((2 * batch_size + 1) * risk.n_params)


def bytes_held(risk: EmpiricalRisk, batch_size: int) -> int:
    """Bytes of the arrays that one such step holds, in float64.

    Inputs and targets of the batch, its predictions and the slopes of its losses; params and their
    gradient.
    """
    per_sample = risk.inputs.shape[1] + 1 + 2 * risk.n_outputs
    return int(NUMBER * (batch_size * per_sample + 2 * risk.n_params))
