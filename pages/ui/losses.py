"""Losses: two of them on the same data, over what they judge, in step."""

from __future__ import annotations

import dataclasses
import tomllib
from functools import cache, partial

import streamlit as st

from lossopt.datasets import DATASETS, Dataset, move_points
from lossopt.entries import Entry
from lossopt.figures.messages import Extras, Marks, Sentence, Shapes
from lossopt.figures.packing import Floats, pack
from lossopt.figures.palette import Look, numbered_look
from lossopt.figures.scene import Contestant
from lossopt.figures.shapes import Drawn, penalty_numbers, penalty_view, shapes_message
from lossopt.libraries import LibraryLoss
from lossopt.links.contestants import RULE, losses_for, models_for
from lossopt.links.race import Race, runs_of
from lossopt.links.settings import Opening
from lossopt.links.starts import read_start
from lossopt.links.views import view_options
from lossopt.losses import LOSSES, Loss
from lossopt.numbers import short
from lossopt.objectives import EmpiricalRisk
from lossopt.optimizers import OPTIMIZERS
from lossopt.params import Spec, param, params_of
from lossopt.theory.loss_facts import best_constant, ignorance, plateau_ratio
from lossopt.theory.loss_shapes import OVERS, Over
from pages.ui.controls.controls import Controls
from pages.ui.controls.examples import example_menu
from pages.ui.controls.folded import more_settings, settings_panel
from pages.ui.controls.moved_points import moves_of, point_controls, take_dragged
from pages.ui.frame.component import component
from pages.ui.frame.link import Link
from pages.ui.frame.prose import lines_of
from pages.ui.frame.result_cache import kept
from pages.ui.frame.terms import linked
from pages.ui.frame.words import ASSETS, Words
from pages.ui.losses_of_libraries import form_choice, form_of, library_table
from pages.ui.runs.cache import objective
from pages.ui.stage.race_stage import show_race, show_transport
from pages.ui.stage.stage_to_link import move_start, remember_view

DATA = ("line", "one_feature", "overlapping", "three_blobs")
SIDES = ("a", "b")
ALWAYS = tuple(f"{side}.loss" for side in SIDES)
"""Settings in every link to this page."""
USUAL = {
    "line": ("mse", "mae"),
    "one_feature": ("binary_cross_entropy", "sigmoid_mse"),
    "overlapping": ("binary_cross_entropy", "hinge"),
    "three_blobs": ("categorical_cross_entropy", "categorical_cross_entropy"),
}
APART = {"label_smoothing": 0.2}
"""Fields in which the second loss differs where the data know only one loss."""
STARTS = {"line": (-1.0, 6.0), "one_feature": (-6.0, 3.0)}
AXES = ("x", "value", "slope")
MOST_AXES = 3
"""Params above which the plane goes through the paths instead of two of them."""
STAGES = {side: f"losses stage {side}" for side in SIDES}


@dataclasses.dataclass(frozen=True)
class Sample(Spec):
    """How many samples are drawn, and which."""

    name = "Sample"

    n_samples: int = param(24, "samples", 4, 60)
    seed: int = param(0, "data seed", 0, 9999)


@dataclasses.dataclass(frozen=True)
class Steps(Spec):
    """How long both runs are."""

    name = "Steps"

    n_steps: int = param(120, "steps", 10, 400, log=True)


@dataclasses.dataclass(frozen=True)
class Rate(Spec):
    """Of gradient descent, for each loss its own."""

    name = "Rate"

    learning_rate: float = param(0.1, "learning rate", 1e-3, 10.0, log=True, limits=(0.0, 1e308))


@dataclasses.dataclass(frozen=True)
class Side:
    """One of the two losses that are compared."""

    id: str
    loss_id: str
    loss: Loss
    learning_rate: float
    label: str
    look: Look


@cache
def examples() -> dict[str, dict[str, str]]:
    """Ready comparisons; the first one opens the page."""
    return tomllib.loads((ASSETS / "losses.toml").read_text("utf-8"))


@st.fragment
def losses(words: Words) -> None:
    """Draw controls, both stages and the shapes; only this part of the page runs again."""
    first = next(iter(examples().values()))
    link = Link("losses", Opening(first, ALWAYS, "data", DATA))
    controls = Controls(link, words)
    notices = st.container()
    left, right = st.columns([4, 1.2], gap="medium")
    with right, settings_panel(words):
        setting = _panel(controls)
    with left:
        _show(controls, setting)
        st.markdown(linked(words, words.prose("losses", setting.data.task, **facts())))
        library_table(words, [side.loss_id for side in setting.sides])
    controls.finish(notices)


@dataclasses.dataclass(frozen=True)
class Setting:
    """All that was chosen."""

    data_id: str
    data: Dataset
    sides: tuple[Side, ...]
    races: tuple[Race, ...]
    goals: tuple[EmpiricalRisk, ...]
    over: Over
    watched: int


def _panel(controls: Controls) -> Setting:
    example_menu(controls, "losses.example", examples())
    data_id = controls.choice(
        "data",
        controls.words("losses.data"),
        DATA,
        "dataset",
    )
    controls.link.write("data", data_id)
    with more_settings(controls.words("losses.data")):
        data, watched = _data_controls(controls, data_id)
    sides = tuple(_side_controls(controls, data_id, side) for side in SIDES)
    over = _over_control(controls, sides[0].loss)
    n_steps = controls.spec("run", Steps).n_steps
    model = next(iter(models_for(data.task).values()))()
    goals = tuple(objective(EmpiricalRisk(data, model, side.loss)) for side in sides)
    usual = STARTS.get(data_id, tuple(float(number) for number in goals[0].start))
    start = read_start(controls.link, f"{data_id}.start", usual)
    races = tuple(
        Race(
            (Entry(OPTIMIZERS[RULE](learning_rate=side.learning_rate)),),
            n_steps,
            start,
            follow=view_options(controls.link).follow,
            axes=None if goals[0].n_params > MOST_AXES else (0, 1),
        )
        for side in sides
    )
    return Setting(data_id, data, sides, races, goals, over, watched)


def _data_controls(controls: Controls, data_id: str) -> tuple[Dataset, int]:
    """Samples as they were moved, and the sample that is watched."""
    sample = controls.spec("sample", Sample)
    spec = DATASETS[data_id](n_samples=sample.n_samples, seed=sample.seed)
    own = controls.section(f"{data_id}.")
    moves = moves_of(own.link, sample.n_samples)
    data = move_points(spec.make(), moves)
    watched = point_controls(own, data)
    return data, watched


def _side_controls(controls: Controls, data_id: str, side: str) -> Side:
    own = controls.section(f"{side}.")
    usual = USUAL[data_id][SIDES.index(side)]
    chosen = own.choice(
        "loss",
        controls.words(f"losses.loss_{side}"),
        losses_for(DATASETS[data_id].task),
        "loss",
        default=usual,
    )
    own.link.write("loss", chosen)
    form = form_choice(own, chosen)
    loss, library = form_of(chosen, form, _loss_fields(own, data_id, side, chosen))
    st.latex(lines_of(rf"\ell = {LOSSES[chosen].formula}"))
    rate = own.spec("run", Rate).learning_rate
    name = controls.words.item("loss", chosen)
    base = loss.base if isinstance(loss, LibraryLoss) else loss
    values = "".join(f" ({short(getattr(base, field.name))})" for field in params_of(base))
    named = f"{name}{values}" + (f" · {library}" if library else "")
    return Side(side, chosen, loss, rate, named, numbered_look(SIDES.index(side)))


def _loss_fields(controls: Controls, data_id: str, side: str, chosen: str) -> dict[str, object]:
    """Draw the fields of a loss; where both sides have the same, the second begins differently."""
    fields = params_of(LOSSES[chosen])
    apart = side == SIDES[1] and len(set(USUAL[data_id])) == 1
    if apart and chosen == USUAL[data_id][1]:
        fields = tuple(
            dataclasses.replace(field, default=APART[field.name]) if field.name in APART else field
            for field in fields
        )
    return controls.fields(chosen, fields)


def _over_control(controls: Controls, loss: Loss) -> Over:
    """What the shapes are drawn over, where there is a choice."""
    options = OVERS[loss.task]
    if len(options) == 1:
        return options[0]
    chosen = controls.choice("over", controls.words("losses.over"), options, "losses.over_name")
    return next(option for option in options if option == chosen)


@kept(64)
def packed(setting: Setting) -> tuple[Shapes, list[Marks], list[Floats]]:
    """Pack the shapes, and for each loss its penalties and the numbers of its sentences."""
    runs = [runs_of(race, goal)[0] for race, goal in zip(setting.races, setting.goals, strict=True)]
    drawn = [
        Drawn(goal, run, side.look)
        for goal, run, side in zip(setting.goals, runs, setting.sides, strict=True)
    ]
    penalties = [penalty_view(each.risk, each.run.iterates, setting.over) for each in drawn]
    numbers = [penalty_numbers(each.risk, each.run.iterates, setting.watched) for each in drawn]
    return shapes_message(drawn, setting.over), penalties, [pack(each) for each in numbers]


def _show(controls: Controls, setting: Setting) -> None:
    """Both stages on one clock, and the shapes of both losses beside them."""
    link, words = controls.link, controls.words
    view = view_options(link)
    shapes, penalties, numbers = packed(setting)
    show_transport(controls, view, group="losses", key="losses transport")
    places = st.columns(3, gap="small")
    sentence = words(f"losses.live_{setting.data.task}", number=setting.watched + 1)
    for side, race, goal, place, penalty, values in zip(
        setting.sides, setting.races, setting.goals, places, penalties, numbers, strict=False
    ):
        key = STAGES[side.id]
        detail = f"η {short(side.learning_rate)}"
        with place:
            show_race(
                words,
                race,
                goal,
                (Contestant(side.id, side.label, detail, side.look),),
                key=key,
                options=view,
                extras=Extras(
                    layout="column",
                    play=link.plays,
                    sentences=(Sentence(sentence, values),),
                ),
                marks=penalty,
                texts={"surface_title": side.label},
                on_start=partial(move_start, link, f"{setting.data_id}.start", key),
                on_options=partial(remember_view, link, key),
                on_point=partial(take_dragged, link.section(f"{setting.data_id}."), key),
                group="losses",
                transport=False,
            )
    names = [side.label for side in setting.sides]
    with places[2]:
        st.html(words("losses.shapes_title"))
        component(
            "losses",
            {
                "group": "losses",
                "over": setting.over,
                "stages": list(STAGES.values()),
                "shapes": dataclasses.replace(
                    shapes,
                    labels=tuple(words(f"losses.axis_{setting.over}_{axis}") for axis in AXES),
                    description=words("losses.shapes_label", a=names[0], b=names[1]),
                ),
            },
            key="losses shapes",
        )


@cache
def facts() -> dict[str, str]:
    """Numbers that the texts state."""
    numbers = (1, 2, 3, 4, 100)
    return {
        "mean": short(best_constant(numbers, LOSSES["mse"]())),
        "median": short(best_constant(numbers, LOSSES["mae"]())),
        "huber": short(best_constant(numbers, LOSSES["huber"]())),
        "ratio": f"{round(plateau_ratio(-10.0), -2):,.0f}",
        "ignorance": short(ignorance(3)),
    }
