"""A small network learns two features: its regions, its path, its edge of stability."""

from __future__ import annotations

import dataclasses

import streamlit as st

from lossopt.datasets import DATASETS
from lossopt.figures.messages import Extras, Options, Sentence
from lossopt.figures.scene import Contestant
from lossopt.figures.slices import Edge
from lossopt.landscapes.slices import SLICES, Slice
from lossopt.links.batch_size import draws_samples
from lossopt.links.contestants import losses_for
from lossopt.links.problem import Problem, data_problem, drop_ready
from lossopt.links.race import Race, RunChoice, race_of
from lossopt.links.scenes import contestants_of
from lossopt.links.settings import Opening
from lossopt.links.views import view_options
from lossopt.losses import LOSSES
from lossopt.models import MODELS
from lossopt.numbers import short
from lossopt.objectives import EmpiricalRisk, Objective
from lossopt.params import Spec, param
from pages.ui.controls.controls import Controls
from pages.ui.controls.folded import more_settings, settings_panel
from pages.ui.controls.optimizers import optimizer_panel
from pages.ui.controls.run import sample_order
from pages.ui.controls.starts import start_control
from pages.ui.frame.link import Link
from pages.ui.frame.words import Words
from pages.ui.runs.cache import edge_picture, edges_of, lowest_of, objective, slice_facts
from pages.ui.stage.race_stage import show_race
from pages.ui.stage.stage_to_link import move_start, remember_view

STAGE, SECOND = "network stage", "network second stage"
DATA = ("spiral", "circles", "moons", "xor", "blobs")
NETWORK = "mlp"
OPENING = Opening(
    {
        "runs": "batch-momentum-adam",
        "batch.learning_rate": "0.5",
        "momentum.learning_rate": "0.1",
        "adam.learning_rate": "0.02",
        "mlp.hidden_layers": "2",
    },
    always=("runs",),
)


@dataclasses.dataclass(frozen=True)
class Training(Spec):
    """How long the networks learn."""

    name = "Training"

    n_steps: int = param(400, "steps", 1, 1000, log=True)


@dataclasses.dataclass(frozen=True)
class Directions(Spec):
    """Which random directions are drawn."""

    name = "Directions"

    plane_seed: int = param(0, "seed of the plane", 0, 9999)


@st.fragment
def network(words: Words) -> None:
    """Draw controls and stage, and below them words about its edge and a second slice."""
    link = Link("network", OPENING)
    controls = Controls(link, words)
    notices = st.container()
    left, right = st.columns([3, 1], gap="medium")
    with right, settings_panel(words):
        problem = _problem(controls)
        goal = objective(problem.goal)
        slots = optimizer_panel(
            controls,
            problem,
            goal,
            usual=OPENING.settings["runs"],
            shared=Training,
            stage=STAGE,
        )
        n_steps = link.spec("run", Training).n_steps
        shown, seed = _slice(controls)
        with more_settings(words("lab.run")):
            start = start_control(controls, problem, goal)
            order = sample_order(controls, sampled=draws_samples(link, slots, goal))
    view = view_options(link)
    run = RunChoice(n_steps, order.batch_seed, start, None)
    race = race_of(link, slots, goal, run)
    race = dataclasses.replace(race, slice=shown, slice_seed=seed)
    contestants = contestants_of(words, slots, race)
    edges = edges_of(race.paths, goal)
    with left:
        show_race(
            words,
            race,
            goal,
            contestants,
            key=STAGE,
            options=view,
            extras=Extras(
                sentences=_sentences(words, race, goal, contestants, edges),
                layout="network",
                edge=edge_picture(edges, contestants, race.n_steps) if any(edges) else None,
            ),
            on_start=lambda: move_start(link, problem.start, STAGE),
            on_options=lambda: remember_view(link, STAGE),
            group=STAGE,
        )
    below, beside = st.columns(2, gap="medium")
    with below:
        st.markdown(words.prose("network", "edge"))
        if not any(edges):
            st.info(words("network.edge.none"), icon=":material/info:")
    with beside:
        _second(controls, race, goal, contestants, view)
    controls.finish(notices)


def _problem(controls: Controls) -> Problem:
    """Data, loss and network; the sizes are folded away."""
    words = controls.words
    name = controls.choice(
        "problem",
        words("network.data"),
        DATA,
        "dataset",
    )
    losses = losses_for(DATASETS[name].task)
    loss_id = controls.choice(
        "loss",
        words("lab.loss"),
        losses,
        "loss",
        default=MODELS[NETWORK].usual_losses[DATASETS[name].task],
    )
    drop_ready(controls.link)
    with more_settings(words("lab.problem")):
        model = controls.spec(NETWORK, MODELS[NETWORK])
        data = controls.spec(name, DATASETS[name])
        loss = controls.spec(loss_id, LOSSES[loss_id])
    problem = data_problem(data, model, loss, "start")
    goal = EmpiricalRisk(data, model, loss, test=data.unseen())
    return dataclasses.replace(problem, goal=goal)


def _slice(controls: Controls) -> tuple[Slice, int]:
    """Which slice is drawn, and the seed of a random one."""
    chosen = controls.tabs(
        "slice",
        controls.words("network.slice"),
        SLICES,
        lambda kind: controls.words(f"network.slices.{kind}"),
    )
    kind = next(each for each in SLICES if each == chosen)
    seed = controls.spec("slice", Directions).plane_seed if kind == "random" else 0
    return kind, seed


def _sentences(
    words: Words,
    race: Race,
    goal: Objective,
    contestants: tuple[Contestant, ...],
    edges: tuple[Edge | None, ...],
) -> tuple[Sentence, ...]:
    """Per optimizer the loss, what the picture shows below the path, and the edge of stability."""
    texts = tuple(
        (
            contestant.label,
            "{1}",
            words("network.product", product="{2}", limit=short(edge.limit)) if edge else "–",
        )
        for contestant, edge in zip(contestants, edges, strict=True)
    )
    head = "\t".join(words(f"network.head_{column}") for column in ("name", "heights", "product"))
    return slice_facts(race, goal, edges, texts, head)


def _second(
    controls: Controls,
    race: Race,
    goal: Objective,
    contestants: tuple[Contestant, ...],
    view: Options,
) -> None:
    """The same paths on another plane, if asked for, and the lowest point of the first one."""
    loss, norm = lowest_of(race, goal)
    facts = {"loss": short(loss), "norm": short(norm), "n": goal.n_params}
    st.markdown(controls.words.prose("network", "slice", **facts))
    if controls.switch("second", controls.words("network.second")):
        other: Slice = "pca" if race.slice == "random" else "random"
        with st.container(key="second slice"):
            show_race(
                controls.words,
                dataclasses.replace(race, slice=other),
                goal,
                contestants,
                key=SECOND,
                options=view,
                group=STAGE,
                transport=False,
            )
