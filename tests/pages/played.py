"""What a stage plays: a scene, and the runs that the browser makes of it."""

import hashlib
from functools import cache
from typing import Any

from lossopt.figures.packing import pack
from lossopt.figures.scene import frame_steps
from tests.programs.node import Node, unpacked


@cache
def node() -> Node:
    return Node()


def played(scene: dict[str, Any]) -> dict[str, Any]:
    """The scene with the losses, endings and surface that it leaves to the browser."""
    if all("loss" in run for run in scene["runs"]):
        return scene
    live, (steps, _) = scene["live"], frame_steps(scene["last_step"])
    if "surface" in scene:
        own = node().race(live, steps)
    else:
        own, ground = node().ground(live, steps, None)
        scene = scene | _found(scene, ground)
    runs = [
        run if made is None or "loss" in run else run | _told(made)
        for run, made in zip(scene["runs"], own, strict=True)
    ]
    return {**scene, "runs": runs}


def _found(scene: dict[str, Any], ground: dict[str, Any]) -> dict[str, Any]:
    """Surface and minimizers on the plane that the runs decide."""
    packed = {name: pack(ground[name]) for name in "xyz"}
    name = hashlib.sha1(packed["z"].encode(), usedforsecurity=False).hexdigest()
    surface = {"id": name, **packed, "log": True, "floor": ground["lowest"] or 0.0}
    places = unpacked(scene["live"]["principal"]["minimizers"]).reshape(-1, scene["n_params"])
    spots = (places - ground["origin"]) @ ground["directions"].reshape(2, -1).T
    return {"surface": surface, "minimizers": spots.tolist()}


def _told(made: dict[str, Any]) -> dict[str, Any]:
    told = {"loss": pack(made["loss"]), "diverged_at": made["diverged_at"]}
    return told | ({"ending": made["ending"]} if made.get("ending") else {})
