"""Batches: the same rule on all samples, on one, on some, and what happens inside a step."""

from __future__ import annotations

import dataclasses
from functools import partial

import streamlit as st

from lossopt.datasets import DATASETS
from lossopt.entries import Entry
from lossopt.figures.batch_view import MEASURED, BatchView, batch_view
from lossopt.figures.messages import Extras, Sentence
from lossopt.figures.packing import pack
from lossopt.figures.palette import look_of
from lossopt.figures.scene import Contestant
from lossopt.landscapes.surfaces import axis_plane
from lossopt.links.contestants import BATCHES, RULE, models_for
from lossopt.links.race import Race, runs_of
from lossopt.links.settings import Opening
from lossopt.links.starts import read_start
from lossopt.links.views import view_options
from lossopt.losses import LOSSES
from lossopt.numbers import short
from lossopt.objectives import EmpiricalRisk
from lossopt.optimizers import OPTIMIZERS
from lossopt.params import Spec, param
from lossopt.theory.gradient_noise import steps_per_epoch
from pages.ui.controls.controls import Controls
from pages.ui.controls.folded import settings_panel
from pages.ui.frame.link import Link
from pages.ui.frame.result_cache import kept
from pages.ui.frame.terms import linked
from pages.ui.frame.words import Words
from pages.ui.runs.cache import objective
from pages.ui.stage.race_stage import show_race
from pages.ui.stage.stage_to_link import move_start, remember_view

STAGE = "batches stage"
DATA = ("line", "one_feature")
STARTS = {"line": (4.6, 2.4), "one_feature": (-1.0, 2.0)}
PLACES = {name: k for k, name in enumerate(BATCHES)}


@dataclasses.dataclass(frozen=True)
class Settings(Spec):
    """What the three share, and the size of a mini-batch."""

    name = "Batches"

    batch_size: int = param(8, "mini-batch size B", 2, 59)
    learning_rate: float = param(0.05, "learning rate", 1e-3, 10.0, log=True, limits=(0.0, 1e308))
    n_steps: int = param(120, "steps", 10, 300, log=True)
    batch_seed: int = param(0, "batch seed", 0, 9999)


@dataclasses.dataclass(frozen=True)
class Sample(Spec):
    """How many samples are drawn, and which."""

    name = "Sample"

    n_samples: int = param(40, "samples", 4, 60)
    seed: int = param(0, "data seed", 0, 9999)


@st.fragment
def batches(words: Words) -> None:
    """Draw controls and stage; only this part of the page runs again after a change."""
    link = Link("batches", Opening())
    controls = Controls(link, words)
    notices = st.container()
    left, right = st.columns([3, 1], gap="medium")
    with right, settings_panel(words):
        watched = _watch_control(controls)
        race, goal, data_id = _panel(controls)
    size = race.entries[PLACES["mini_batch"]].size(goal)
    with left:
        _show(controls, race, goal, data_id, watched)
        steps = steps_per_epoch(goal.n_samples, size)
        about = words.prose("batches", "about", n=goal.n_samples, size=size, mini_steps=steps)
        st.markdown(linked(words, about))
    controls.finish(notices)


def _watch_control(controls: Controls) -> str:
    """Which of the three is shown from inside."""
    return controls.tabs(
        "watch",
        controls.words("batches.watch"),
        tuple(BATCHES),
        lambda name: controls.words(f"choice.{name}"),
        default="mini_batch",
        draw=st.pills,
    )


def _panel(controls: Controls) -> tuple[Race, EmpiricalRisk, str]:
    data_id = controls.choice(
        "data",
        controls.words("losses.data"),
        DATA,
        "dataset",
    )
    settings = controls.spec("run", Settings)
    sample = controls.spec("sample", Sample)
    data = DATASETS[data_id](n_samples=sample.n_samples, seed=sample.seed)
    model = next(iter(models_for(data.task).values()))()
    loss = LOSSES[model.usual_losses[data.task]]()
    goal = objective(EmpiricalRisk(data, model, loss))
    asked, n = settings.batch_size, sample.n_samples
    if asked > n:
        st.caption(controls.words("lab.batch_too_large", size=asked, n=n))
    sizes = {**BATCHES, "mini_batch": min(asked, n)}
    rule = OPTIMIZERS[RULE](learning_rate=settings.learning_rate)
    race = Race(
        tuple(Entry(rule, size) for size in sizes.values()),
        settings.n_steps,
        read_start(controls.link, f"{data_id}.start", STARTS[data_id]),
        settings.batch_seed,
        follow=view_options(controls.link).follow,
    )
    return race, goal, data_id


@kept(64)
def inside(race: Race, goal: EmpiricalRisk, place: int) -> BatchView:
    """What goes on inside the steps of one run of a race."""
    return batch_view(
        goal,
        runs_of(race, goal)[place],
        axis_plane(goal),
        learning_rate=race.entries[place].optimizer.learning_rate,
        seed=race.seed,
        look=look_of(RULE, place),
    )


def _show(controls: Controls, race: Race, goal: EmpiricalRisk, data_id: str, watched: str) -> None:
    place = PLACES[watched]
    view = inside(race, goal, place)
    contestants = tuple(
        Contestant(
            name,
            controls.words(f"choice.{name}"),
            f"B {short(entry.size(goal))}",
            look_of(RULE, k),
        )
        for k, (name, entry) in enumerate(zip(BATCHES, race.entries, strict=True))
    )
    noise = {"batch": "exact", "sgd": "single"}.get(watched, "noise")
    count = goal.n_samples if watched == "sgd" else MEASURED
    sentences = {"step": view.step, "turn": view.turn, noise: view.noise, "cost": view.cost}
    show_race(
        controls.words,
        race,
        goal,
        contestants,
        key=STAGE,
        options=view_options(controls.link),
        extras=Extras(
            unnamed=True,
            arrows=view.arrows,
            dots=view.dots,
            sentences=tuple(
                Sentence(controls.words(f"batches.{name}", n=count), pack(values))
                for name, values in sentences.items()
            ),
        ),
        marks=view.marks,
        on_start=partial(move_start, controls.link, f"{data_id}.start", STAGE),
        on_options=partial(remember_view, controls.link, STAGE),
    )
