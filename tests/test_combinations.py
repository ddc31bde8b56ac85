"""Every problem, model, loss and optimizer that the menus offer can be raced and drawn.

``python -m tests.test_combinations`` prints how many combinations that is.
"""

import json

import numpy as np
import pytest

from lossopt import DATASETS, LOSSES, MODELS, OBJECTIVES, EmpiricalRisk, Objective, descend
from lossopt.figures.messages import as_json
from lossopt.figures.palette import look_of
from lossopt.figures.scene import Contestant, stage_scene, surface_message
from lossopt.landscapes.surfaces import axis_plane, drawn_box, evaluate_surface, pca_plane
from lossopt.links.contestants import Slot, choices_for, losses_for, models_for

RISKS = [
    (data, model, loss)
    for data, kind in DATASETS.items()
    for model in models_for(kind.task)
    for loss in losses_for(kind.task)
]


def draw(goal: Objective) -> None:
    """Race all ready choices on `goal` and pack the picture as the Lab does."""
    slots = [Slot(choice) for choice in choices_for(goal)]
    rules = [slot.rule() for slot in slots]
    sizes = [slot.batch_size for slot in slots]
    runs = descend(rules, goal, n_steps=3, batch_size=sizes)
    plane = axis_plane(goal) if goal.n_params == 2 else pca_plane(goal, runs)
    box = drawn_box(goal, plane, runs, axes=(0, 1) if goal.n_params == 2 else None)
    surface = evaluate_surface(goal, plane=plane, bounds=box, resolution=8)
    assert np.isfinite(surface.z).all()
    looks = [
        Contestant(slot.id, slot.id, "", look_of(slot.rule_id, slot.variant)) for slot in slots
    ]
    scene = as_json(stage_scene(goal, plane, runs, looks, surface_message(surface, goal.minimum)))
    assert len(json.loads(json.dumps(scene, allow_nan=False))["runs"]) == len(slots)
    assert all(np.isfinite(run.iterates).all() for run in runs)


@pytest.mark.parametrize("data, model, loss", RISKS)
def test_every_choice_on_data_draws(data: str, model: str, loss: str) -> None:
    draw(EmpiricalRisk(DATASETS[data](), MODELS[model](), LOSSES[loss]()))


@pytest.mark.parametrize("function", OBJECTIVES)
def test_every_choice_on_a_test_function_draws(function: str) -> None:
    draw(OBJECTIVES[function]())


if __name__ == "__main__":
    goals = [kind() for kind in OBJECTIVES.values()]
    plain = len(choices_for(OBJECTIVES["rosenbrock"]()))
    pairs = len(RISKS) * plain + sum(len(choices_for(goal)) for goal in goals)
    print(
        f"{len(RISKS)} problems of data and {len(goals)} functions, each with the optimizers "
        f"that fit it: {pairs} combinations"
    )
