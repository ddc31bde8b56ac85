"""The panel of the run: how long, in which order of samples, from where, and what is drawn."""

from __future__ import annotations

from lossopt.figures.tuner import RunSettings
from lossopt.links.problem import Problem
from lossopt.links.race import RunChoice, SampleOrder, pairs_of
from lossopt.objectives import Objective
from pages.ui.controls.controls import Controls
from pages.ui.controls.folded import more_settings
from pages.ui.controls.starts import start_control


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
    pairs = pairs_of(goal)
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
