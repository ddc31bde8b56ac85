"""The test helper passes an optimizer of one's own and catches the usual mistakes."""

import dataclasses

import numpy as np
import pytest

import lossopt as lo
from lossopt.figures.palette import look_of
from lossopt.figures.scene import Contestant, stage_scene, surface_message
from lossopt.landscapes.surfaces import axis_plane
from lossopt.optimizers import Optimizer
from lossopt.params import learning_rate, param
from lossopt.testing import check_optimizer


@dataclasses.dataclass(frozen=True)
class Mine(Optimizer):
    """Sign descent with a memory."""

    name = "Mine"
    year = 2026
    formula = r"\theta \leftarrow \theta - \eta\,\mathrm{sign}(v)"

    learning_rate: float = learning_rate(0.01)
    decay: float = param(0.9, "decay", 0.0, 0.99)

    def init(self, params):
        return {"v": np.zeros_like(params)}

    def update(self, gradient, state, params):
        v = self.decay * state["v"] + (1.0 - self.decay) * gradient
        return params - self.learning_rate * np.sign(v), {"v": v}


class WritesToParams(Mine):
    def update(self, gradient, state, params):
        params -= self.learning_rate * gradient
        return params, state


class Remembers(Mine):
    seen = []

    def update(self, gradient, state, params):
        self.seen.append(gradient)
        return params - self.learning_rate * len(self.seen) * gradient, state


class MixesRuns(Mine):
    def update(self, gradient, state, params):
        return params - self.learning_rate * gradient / np.linalg.norm(gradient), state


class Drops(Mine):
    def update(self, gradient, state, params):
        return (params - self.learning_rate * gradient)[0], state


class StandsStill(Mine):
    def update(self, gradient, state, params):
        return params.copy(), state


class Jumps(Mine):
    def update(self, gradient, state, params):
        return params - 0.1 * np.sign(gradient), state


class Shortens(Mine):
    def update(self, gradient, state, params):
        return (params - self.learning_rate * gradient).astype(np.float32), state


class Explodes(Mine):
    def update(self, gradient, state, params):
        with np.errstate(all="ignore"):
            return params - self.learning_rate * gradient / np.zeros(1), state


def test_an_own_optimizer_passes_and_is_raced_at_once():
    check_optimizer(Mine)
    check_optimizer(Mine, decay=0.5)
    goal = lo.OBJECTIVES["himmelblau"]()
    rules = [Mine(learning_rate=0.02), lo.OPTIMIZERS["adam"](learning_rate=0.02)]
    runs = lo.descend(rules, goal, n_steps=100)
    assert runs[0].losses[-1] < runs[0].losses[0]
    plane = axis_plane(goal)
    looks = [Contestant(f"{k}", rule.name, "", look_of("adam", k)) for k, rule in enumerate(rules)]
    ground = surface_message(lo.evaluate_surface(goal, resolution=3), None)
    assert len(stage_scene(goal, plane, runs, looks, ground).runs) == 2


@pytest.mark.parametrize(
    "mistaken",
    [WritesToParams, Remembers, MixesRuns, Drops, StandsStill, Jumps, Shortens, Explodes],
)
def test_a_mistake_is_caught(mistaken):
    with pytest.raises((AssertionError, ValueError)):
        check_optimizer(mistaken)
