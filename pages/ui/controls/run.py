"""The panel of the run: how long, in which order of samples, from where, and what is drawn."""

from __future__ import annotations

import dataclasses
from itertools import combinations

from lossopt.figures.tuner import RunSettings
from lossopt.objectives import Objective
from lossopt.params import Spec, param
from pages.ui.controls.controls import Controls
from pages.ui.controls.folded import more_settings
from pages.ui.controls.problem import Problem
from pages.ui.controls.starts import start_control

MAX_AXES = 40
"""Params that are offered as axes; of more, a menu of all pairs would be endless."""


@dataclasses.dataclass(frozen=True)
class SampleOrder(Spec):
    """The order in which samples are drawn, the same for all contestants."""

    name = "Sample order"

    batch_seed: int = param(0, "batch seed", 0, 9999)


@dataclasses.dataclass(frozen=True)
class RunChoice:
    """How long, in which order of samples, from where, and what is drawn."""

    n_steps: int
    seed: int
    start: tuple[float, ...]
    axes: tuple[int, int] | None


def run_panel(
    controls: Controls,
    problem: Problem,
    goal: Objective,
    *,
    sampled: bool,
    n_steps: int | None = None,
) -> RunChoice:
    """Steps, order of samples (which matters where any are drawn), start and the plane to draw.

    Parameters
    ----------
    n_steps : int, optional
        Steps that are chosen elsewhere, and offered nowhere here.
    """
    if n_steps is None:
        n_steps = controls.spec("run", RunSettings).n_steps
    order = SampleOrder()
    with more_settings(controls.words("lab.run")):
        start = start_control(controls, problem, goal)
        axes = _plane_control(controls, goal)
        if goal.n_samples > 1:
            order = sample_order(controls, sampled=sampled)
    return RunChoice(n_steps, order.batch_seed, start, axes)


def sample_order(controls: Controls, *, sampled: bool) -> SampleOrder:
    """Batch seed, at rest where every step looks at all samples."""
    if not sampled:
        controls.link.ignore("run.batch_seed", controls.words("lab.all_samples"))
    return controls.spec("run", SampleOrder)


def _plane_control(controls: Controls, goal: Objective) -> tuple[int, int] | None:
    words = controls.words
    names = goal.param_names
    shown = range(min(len(names), MAX_AXES))
    pairs = {f"{i}-{j}": (i, j) for i, j in combinations(shown, 2)}
    if len(names) == 2:
        return (0, 1)
    chosen = controls.choice(
        "plane",
        words("lab.plane"),
        ("pca", *pairs),
        "plane",
        text=lambda item: (
            words("lab.plane_pca")
            if item == "pca"
            else words("lab.plane_axes", x=names[pairs[item][0]], y=names[pairs[item][1]])
        ),
    )
    return pairs.get(chosen)
