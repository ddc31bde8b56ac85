"""The data view: what the stage makes by itself is what the model would be asked."""

import json

import numpy as np
import pytest

import lossopt as lo
from lossopt.figures.messages import as_json
from lossopt.figures.packing import unpack
from lossopt.figures.palette import look_of
from lossopt.figures.scene import Contestant, stage_scene, surface_message
from lossopt.landscapes.surfaces import axis_plane


def scene_of(goal):
    plane, rule = axis_plane(goal), lo.OPTIMIZERS["adam"]()
    surface = surface_message(lo.evaluate_surface(goal, plane=plane, resolution=5), None)
    runs = lo.descend([rule], goal, n_steps=3)
    who = Contestant("adam", "Adam", "", look_of("adam"))
    return json.loads(json.dumps(as_json(stage_scene(goal, plane, runs, [who], surface))))


@pytest.mark.parametrize(
    ("data", "model"),
    [
        ("one_feature", lo.MODELS["logistic"](degree=3)),
        ("overlapping", lo.MODELS["logistic"]()),
        ("overlapping", lo.MODELS["logistic"](degree=2)),
        ("penguins", lo.MODELS["softmax"]()),
        ("line", lo.MODELS["linear"](degree=2)),
        ("spiral", lo.MODELS["mlp"]()),
        ("engel", lo.MODELS["linear"]()),
    ],
)
def test_the_stage_makes_of_a_grid_what_the_model_predicts_from(node, data, model):
    samples = lo.DATASETS[data]().make()
    loss = lo.LOSSES[model.usual_losses[samples.task]]()
    scene = scene_of(lo.EmpiricalRisk(samples, model, loss))
    fit = scene["fit"]
    if fit["kind"] == "curve":
        points = unpack(fit["grid"])[:, None]
    else:
        across, up = (unpack(fit[name]) for name in ("grid_x", "grid_y"))
        points = np.tile(samples.X.mean(axis=0), (len(across) * len(up), 1))
        points[:, 0], points[:, 1] = np.tile(across, len(up)), np.repeat(up, len(across))
    assert "basis" not in fit
    found = node.basis(scene).reshape(len(points), fit["d1"])
    np.testing.assert_allclose(found, model.prepare(points), rtol=1e-6)
