"""Small objectives that exist for one lesson each."""

from __future__ import annotations

import dataclasses
from functools import cached_property

import numpy as np

from lossopt.objectives import Objective
from lossopt.objectives._base import Bounds
from lossopt.params import Array, IntArray


@dataclasses.dataclass(frozen=True)
class Ramp(Objective):
    """A slope that never changes: θ₁ + ½ θ₂, without a lowest value."""

    n_params = 2
    convex = True
    formula = r"\theta_1 + \tfrac12 \theta_2"

    def value(self, params: Array) -> Array:
        return np.asarray(params[..., 0] + 0.5 * params[..., 1])

    def gradient(self, params: Array, rows: IntArray | None = None) -> Array:
        return np.broadcast_to(np.array([1.0, 0.5]), np.shape(params)).copy()

    @property
    def start(self) -> Array:
        return np.zeros(2)


@dataclasses.dataclass(frozen=True)
class Targets(Objective):
    """Mean of ½‖θ − pᵢ‖² over many points with variance 1 in both directions and mean 0.

    Every curvature is 1, and the gradient of one sample is off by −pᵢ wherever θ is: the noise of
    the batches is purely additive.
    """

    n_params = 2
    n_samples: int = 4096
    convex = True
    quadratic = True
    formula = r"\tfrac1n \sum_i \tfrac12 \lVert \theta - p_i \rVert^2"

    @cached_property
    def points(self) -> Array:
        """The points, ``(n_samples, 2)``."""
        points = np.random.default_rng(5).normal(size=(self.n_samples, 2))
        points -= points.mean(axis=0)
        return np.asarray(points / points.std(axis=0))

    def value(self, params: Array) -> Array:
        return np.asarray(0.5 * np.square(params).sum(axis=-1) + 1.0)

    def gradient(self, params: Array, rows: IntArray | None = None) -> Array:
        return params - (0.0 if rows is None else self.points[rows].mean(axis=-2))

    @property
    def bounds(self) -> Bounds:
        return ((-3.0, 3.0), (-3.0, 3.0))

    @property
    def start(self) -> Array:
        return np.array([-2.5, 1.5])

    @property
    def minimizers(self) -> Array:
        return np.zeros((1, 2))


@dataclasses.dataclass(frozen=True)
class RareSpike(Objective):
    """Three samples: one says C·x, two say −x, so that the mean falls toward negative x.

    The paper confines x to [−1, 1]. Nothing is clamped here: outside, every sample adds the wall
    ½·10·(|x| − 1)², and ½y² everywhere. The minimizer is x = −1 − (C − 2)/30, y = 0.

    References
    ----------
    S. J. Reddi, S. Kale, S. Kumar, "On the Convergence of Adam and Beyond", 2018.
    """

    n_params = 2
    n_samples = 3
    convex = True
    formula = r"f_1 = Cx + w(x),\quad f_2 = f_3 = -x + w(x)"

    spike: float = 4.0
    wall: float = 10.0

    @property
    def slopes(self) -> Array:
        """What each sample says about x."""
        return np.array([self.spike, -1.0, -1.0])

    def value(self, params: Array) -> Array:
        x, y = params[..., 0], params[..., 1]
        outside = np.maximum(np.abs(x) - 1.0, 0.0)
        wall = 0.5 * self.wall * outside * outside
        return np.asarray(self.slopes.mean() * x + wall + 0.5 * y * y)

    def gradient(self, params: Array, rows: IntArray | None = None) -> Array:
        x, y = params[..., 0], params[..., 1]
        wall = self.wall * (x - np.clip(x, -1.0, 1.0))
        said = self.slopes if rows is None else self.slopes[rows]
        return np.stack([said.mean(axis=-1) + wall, y], axis=-1)

    @property
    def param_names(self) -> tuple[str, ...]:
        return ("x", "y")

    @property
    def bounds(self) -> Bounds:
        return ((-1.6, 1.6), (-1.2, 1.2))

    @property
    def start(self) -> Array:
        return np.array([0.0, 1.0])

    @property
    def minimizers(self) -> Array:
        return np.array([[-1.0 - (self.spike - 2.0) / (3.0 * self.wall), 0.0]])


@dataclasses.dataclass(frozen=True)
class Ignored(Objective):
    """½(θ₁ − 1)²: the data says nothing about θ₂, so that only weight decay moves it."""

    n_params = 2
    convex = True
    formula = r"\tfrac12 (\theta_1 - 1)^2"

    def value(self, params: Array) -> Array:
        return np.asarray(0.5 * np.square(params[..., 0] - 1.0))

    def gradient(self, params: Array, rows: IntArray | None = None) -> Array:
        first = params[..., 0] - 1.0
        return np.stack([first, np.zeros_like(first)], axis=-1)

    @property
    def bounds(self) -> Bounds:
        return ((-1.5, 2.5), (-0.5, 2.5))

    @property
    def start(self) -> Array:
        return np.array([-1.0, 2.0])
