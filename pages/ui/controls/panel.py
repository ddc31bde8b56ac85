"""The controls of the Descent Lab: problem, optimizers, run."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from functools import partial
from itertools import combinations

import streamlit as st

from lossopt.datasets import DATASETS, DatasetSpec
from lossopt.entries import Entry
from lossopt.losses import Loss
from lossopt.models import Model
from lossopt.objectives import OBJECTIVES, EmpiricalRisk, Objective
from lossopt.params import Spec, decimal, param, params_of, read_whole
from lossopt.schedules import SCHEDULES
from pages.ui.controls.contestants import (
    CHOICES,
    MAX_RUNS,
    OWN,
    PROBLEMS,
    Slot,
    choices_for,
    parse_slots,
    slots_text,
)
from pages.ui.controls.examples import examples
from pages.ui.controls.fields import (
    choice,
    field_controls,
    options_parser,
    spec_controls,
    spec_without_controls,
)
from pages.ui.controls.folded import more_settings
from pages.ui.controls.learner import learner_panel
from pages.ui.controls.own.data import OWN_DATA, own_data_problem
from pages.ui.controls.own.function import FORMULA, formula_problem
from pages.ui.controls.problem import Problem
from pages.ui.controls.starts import parse_start, start_text
from pages.ui.frame.link import Link
from pages.ui.frame.words import Words
from pages.ui.runs.cache import objective, rate_for

ALL = "all"
FARTHEST = 1e12
MAX_AXES = 40
"""Params that are offered as axes; of more, a menu of all pairs would be endless."""
BATCH_SIZES = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512)


@dataclasses.dataclass(frozen=True)
class RunSettings(Spec):
    """What all contestants share."""

    name = "Run"

    n_steps: int = param(300, "steps", 1, 10_000, log=True)


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


def problem_panel(
    link: Link, words: Words, *, usual: str = "", with_examples: bool = True
) -> Problem:
    """Dataset or test function, with its fields; for data also model and loss.

    Parameters
    ----------
    usual : str
        Problem of a link that names none; without it every link names its problem.
    """
    if with_examples:
        _example_menu(link, words)
    problem_id = choice(
        link,
        words,
        "problem",
        words("lab.problem"),
        PROBLEMS,
        "problem",
        text=lambda item: problem_name(words, item),
        default=usual or next(iter(DATASETS)),
    )
    link.write("problem", problem_id, usual)
    if problem_id == FORMULA:
        drop_ready(link)
        return formula_problem(link, words)
    if problem_id in OBJECTIVES:
        function = OBJECTIVES[problem_id]
        with more_settings(words("lab.problem")):
            chosen = spec_controls(link, words, problem_id, function)
            st.latex(chosen.formula)
        drop_ready(link)
        return Problem(
            repr(chosen), lambda: chosen, f"{problem_id}.start", repr(function()), function
        )
    if problem_id == OWN_DATA:
        problem = own_data_problem(link, words)
        drop_ready(link)
        return problem
    kind = DATASETS[problem_id]
    learner, data = learner_panel(
        link, words, problem_id, kind.task, lambda: _data_controls(link, words, problem_id)
    )
    drop_ready(link)
    return data_problem(data, learner.model, learner.loss, learner.start)


def data_problem(data: DatasetSpec, model: Model, loss: Loss, start: str) -> Problem:
    """Problem of a shipped or made dataset."""
    usual = type(data)(), type(model)(), type(loss)()
    return Problem(
        repr((data, model, loss)),
        partial(EmpiricalRisk, data, model, loss),
        start,
        repr(usual),
        partial(EmpiricalRisk, *usual),
    )


def drop_ready(link: Link) -> None:
    """Let go of the rates, steps and start of an example that was made for another problem."""
    link.drop_ready("problem", "model", "loss")


def _data_controls(link: Link, words: Words, problem_id: str) -> DatasetSpec:
    data = spec_controls(link, words, problem_id, DATASETS[problem_id])
    if data.source:
        st.caption(words("lab.source", source=data.source, license=data.license))
    return data


def problem_name(words: Words, item: str) -> str:
    """What a menu of problems calls one of them."""
    if item in OWN:
        return words(f"own.{item}_item")
    if item in DATASETS:
        name = words.name("dataset", item, DATASETS[item].name)
        return words("lab.data_item", name=name)
    name = words.name("objective", item, OBJECTIVES[item].name)
    return words("lab.function_item", name=name)


def optimizer_panel(
    link: Link,
    words: Words,
    problem: Problem,
    goal: Objective,
    *,
    usual: str = "batch",
    most: int = MAX_RUNS,
    with_extras: bool = True,
) -> list[Slot]:
    """Contestants: choose one to tune it, add, copy or remove one.

    Those that mean nothing on this problem stay in the link, and stand aside.

    Parameters
    ----------
    usual : str
        Contestants of a link that names none.
    most : int
        How many may take part; further ones of the link do not.
    with_extras : bool
        Whether schedule, clipping and averaging are offered.
    """
    chosen = link.read_list("runs", parse_slots(usual), parse_slots)
    link.write("runs", slots_text(chosen))
    fitting = [slot for slot in chosen if slot.fits(goal)][:most] or [Slot("batch")]
    slots = [slot.on(goal) for slot in fitting]
    _say_who_stands_aside(link, words, goal, [slot for slot in chosen if not slot.fits(goal)])
    suggest_rates(link, problem, goal, slots)
    by_id = {slot.id: slot for slot in slots}
    key = link.key("tuned")
    if st.session_state.get(key) not in by_id:
        st.session_state[key] = slots[0].id
    tuned = st.pills(
        words("lab.optimizers"),
        list(by_id),
        format_func=lambda item: by_id[item].label(words),
        key=key,
        required=True,
    )
    slot = by_id.get(tuned, slots[0])
    rule_controls(link, words, slot, goal)
    with st.container(horizontal=True, gap="small", key=f"{link.prefix}run buttons"):
        _change_slots(link, words, goal, slots, slot, most)
    more_rule_controls(link, words, slot, with_extras=with_extras)
    return slots


def suggest_rates(link: Link, problem: Problem, goal: Objective, slots: Iterable[Slot]) -> None:
    """Let every contestant begin with a learning rate that was found on the problem."""
    key, usual = problem.key, goal
    if problem.make_usual:
        key, usual = problem.usual_key, objective(problem.usual_key, problem.make_usual)
    for slot in slots:
        entry = Entry(slot.rule(), slot.batch_size)
        rate = rate_for(repr((key, entry)), entry, usual)
        link.suggest(f"{slot.id}.learning_rate", decimal(rate))


def rule_controls(link: Link, words: Words, slot: Slot, goal: Objective) -> None:
    """The hyperparameters that matter most, and the batch size."""
    major = [field for field in params_of(slot.rule) if not field.minor]
    field_controls(link, words, slot.id, major, help_key="lab.default_is")
    _batch_size_control(link, words, slot, goal)


def more_rule_controls(link: Link, words: Words, slot: Slot, *, with_extras: bool = False) -> None:
    """Folded away: conventions to take over, minor hyperparameters, and what acts from outside."""
    minor = [field for field in params_of(slot.rule) if field.minor]
    if not (minor or slot.rule.presets or with_extras):
        return
    with more_settings(slot.label(words)):
        _preset_buttons(link, words, slot)
        field_controls(link, words, slot.id, minor, help_key="lab.default_is")
        if with_extras:
            _extras_controls(link, words, slot)


def _say_who_stands_aside(link: Link, words: Words, goal: Objective, slots: list[Slot]) -> None:
    for slot in slots:
        entry_of(link, slot, goal)
    for key, fits in (("stands_aside", False), ("no_samples", True)):
        names = [slot.label(words) for slot in slots if slot.rule.fits(goal) == fits]
        if names:
            st.caption(words(f"lab.{key}", names=", ".join(names)))


@dataclasses.dataclass(frozen=True)
class Extras(Spec):
    """What acts on a rule from outside; all of it off by default."""

    name = "Extras"

    clip_norm: float = param(0.0, "clip gradients to norm (0: off)", 0.0, 10.0, limits=(0.0, 1e12))
    average: bool = param(False, "average the iterates (Polyak)")


def _preset_buttons(link: Link, words: Words, slot: Slot) -> None:
    """One button per library whose conventions and defaults the rule can take over."""
    if not slot.rule.presets:
        return
    st.caption(words("lab.presets"))
    with st.container(horizontal=True):
        for convention in slot.rule.presets:
            st.button(
                words(f"convention.{convention}"),
                key=link.key(f"preset {convention}"),
                on_click=_apply_preset,
                args=(link, slot, convention),
            )


def _apply_preset(link: Link, slot: Slot, convention: str) -> None:
    rule = slot.rule.preset(convention)
    for field in params_of(slot.rule):
        link.put(f"{slot.id}.{field.name}", field.text(getattr(rule, field.name)))


def _schedule_id(link: Link, slot: Slot) -> str:
    names = tuple(SCHEDULES)
    return link.read(f"{slot.id}.schedule", names[0], options_parser(names))


def _extras_controls(link: Link, words: Words, slot: Slot) -> None:
    chosen = choice(
        link,
        words,
        f"{slot.id}.schedule",
        words("lab.schedule"),
        tuple(SCHEDULES),
        "schedule",
        text=lambda item: words.name("schedule", item, SCHEDULES[item].name),
    )
    schedule = spec_controls(link, words, f"{slot.id}.{chosen}", SCHEDULES[chosen])
    st.latex(rf"\eta_t / \eta = {schedule.formula}")
    spec_controls(link, words, slot.id, Extras)


def entry_of(link: Link, slot: Slot, goal: Objective, *, with_extras: bool = True) -> Entry:
    """Who descends in a slot, without drawing controls."""
    rule = spec_without_controls(link, slot.id, slot.rule)
    entry = Entry(rule, batch_size_of(link, slot, goal))
    if not with_extras:
        return entry
    chosen = _schedule_id(link, slot)
    link.write(f"{slot.id}.schedule", chosen, next(iter(SCHEDULES)))
    schedule = spec_without_controls(link, f"{slot.id}.{chosen}", SCHEDULES[chosen])
    extras = spec_without_controls(link, slot.id, Extras)
    acting = {field.name: getattr(extras, field.name) for field in params_of(extras)}
    on = {name: value for name, value in acting.items() if value}
    return dataclasses.replace(entry, schedule=schedule, **on)


def _change_slots(
    link: Link, words: Words, goal: Objective, slots: list[Slot], slot: Slot, most: int
) -> None:
    choices = choices_for(goal)
    full = len(slots) >= most
    with st.popover(words("lab.add"), disabled=full):
        taken = {each.id for each in slots}
        for name in choices:
            if name not in taken:
                new = Slot(name).on(goal)
                st.button(
                    new.label(words),
                    key=link.key(f"add {name}"),
                    on_click=_set_slots,
                    args=(link, [*slots, new], new),
                    width="stretch",
                )
        away = [Slot(name) for name in CHOICES if name not in choices]
        if others := [slot.label(words) for slot in away if slot.rule.needs_matrices]:
            st.caption(words("lab.need_matrices", names=", ".join(others)))
    copy = next(s for k in range(2, 10) if (s := Slot(slot.choice, k)) not in slots)
    st.button(
        words("lab.copy"),
        key=link.key("copy run"),
        disabled=full,
        on_click=_copy_slot,
        args=(link, slots, slot, copy),
    )
    st.button(
        words("lab.remove"),
        key=link.key("remove run"),
        disabled=len(slots) == 1,
        on_click=_set_slots,
        args=(link, [each for each in slots if each != slot], None),
    )


def _set_slots(link: Link, slots: list[Slot], tuned: Slot | None) -> None:
    link.put("runs", slots_text(slots))
    if tuned:
        st.session_state[link.key("tuned")] = tuned.id


def _copy_slot(link: Link, slots: list[Slot], slot: Slot, copy: Slot) -> None:
    link.copy(f"{slot.id}.", f"{copy.id}.")
    _set_slots(link, [*slots, copy], copy)


def batch_size_of(link: Link, slot: Slot, goal: Objective) -> int | None:
    """Samples per step of a contestant; None for all."""
    if goal.n_samples == 1 or slot.rule.full_batch:
        return None
    size = _size_asked(link, slot)
    return None if size is not None and size >= goal.n_samples else size


def _size_asked(link: Link, slot: Slot) -> int | None:
    """Batch size of the link; it outlives a problem that has fewer samples."""
    name, default = f"{slot.id}.batch_size", slot.batch_size
    size = link.read(name, default, _parse_batch_size)
    link.write(name, _batch_text(size), _batch_text(default))
    return size


def draws_samples(link: Link, slots: Iterable[Slot], goal: Objective) -> bool:
    """Whether the order of the samples matters to any contestant."""
    return any(batch_size_of(link, slot, goal) is not None for slot in slots)


def sample_order(link: Link, words: Words, *, sampled: bool) -> SampleOrder:
    """Batch seed, at rest where every step looks at all samples."""
    if not sampled:
        link.ignore("run.batch_seed", words("lab.all_samples"))
    return spec_controls(link, words, "run", SampleOrder)


def _parse_batch_size(text: str) -> int | None:
    if text == ALL:
        return None
    size = read_whole(text)
    if size < 1:
        raise ValueError(text)
    return size


def _batch_text(size: int | None) -> str:
    return ALL if size is None else str(size)


def _batch_size_control(link: Link, words: Words, slot: Slot, goal: Objective) -> None:
    if goal.n_samples == 1 or slot.rule.full_batch:
        return
    size = batch_size_of(link, slot, goal)
    smaller = {each for each in (*BATCH_SIZES, size or 1) if each < goal.n_samples}
    options = [*(str(each) for each in sorted(smaller)), ALL]
    every = words("lab.batch_all", n=goal.n_samples)
    key = link.key(f"{slot.id}.batch_size")
    # The browser tells the text it shows, and the text for all samples changes with their number.
    same = st.session_state.get(f"{key} every") == every
    if not same or st.session_state.get(key) not in options:
        st.session_state[key] = _batch_text(size)
    st.session_state[f"{key} every"] = every
    chosen = st.select_slider(
        words("lab.batch_size"),
        options,
        format_func=lambda item: every if item == ALL else item,
        key=key,
    )
    asked = _size_asked(link, slot)
    if chosen != _batch_text(size):
        link.write(f"{slot.id}.batch_size", chosen, _batch_text(slot.batch_size))
    elif asked is not None and asked > goal.n_samples:
        st.caption(words("lab.batch_too_large", size=asked, n=goal.n_samples))


def run_panel(
    link: Link,
    words: Words,
    problem: Problem,
    goal: Objective,
    *,
    sampled: bool,
    with_steps: bool = True,
) -> RunChoice:
    """Steps, order of samples (which matters where any are drawn), start and the plane to draw."""
    settings = spec_controls(link, words, "run", RunSettings) if with_steps else RunSettings()
    order = SampleOrder()
    with more_settings(words("lab.run")):
        start = start_control(link, words, problem, goal)
        axes = _plane_control(link, words, goal)
        if goal.n_samples > 1:
            order = sample_order(link, words, sampled=sampled)
    return RunChoice(settings.n_steps, order.batch_seed, start, axes)


def start_control(link: Link, words: Words, problem: Problem, goal: Objective) -> tuple[float, ...]:
    def parse(text: str) -> tuple[float, ...]:
        return parse_start(text, goal.n_params, FARTHEST)

    usual = tuple(float(number) for number in goal.start)
    start = link.read(problem.start, usual, parse)
    key = link.key(problem.start)
    _forget_if_new(key, start_text(usual))
    st.session_state.setdefault(key, start_text(start))
    text = st.text_input(words("lab.start", name=_listed(goal.param_names)), key=key)
    if text != start_text(start):
        try:
            start = parse(text)
        except ValueError:
            st.error(words("lab.start_wrong", n=goal.n_params))
    link.write(problem.start, start_text(start, "_"), start_text(usual, "_"))
    st.button(
        words("lab.start_reset"),
        key=link.key("start reset"),
        on_click=link.put,
        args=(problem.start, None),
    )
    return start


def _listed(names: tuple[str, ...]) -> str:
    some = names if len(names) <= 8 else (*names[:3], "…", names[-1])
    return ", ".join(some)


def _forget_if_new(key: str, usual: str) -> None:
    """Let a control begin anew when its default has changed: other model, size or seed."""
    if st.session_state.setdefault(f"{key} usual", usual) != usual:
        st.session_state[f"{key} usual"] = usual
        st.session_state.pop(key, None)


def _plane_control(link: Link, words: Words, goal: Objective) -> tuple[int, int] | None:
    names = goal.param_names
    shown = range(min(len(names), MAX_AXES))
    pairs = {f"{i}-{j}": (i, j) for i, j in combinations(shown, 2)}
    if len(names) == 2:
        return (0, 1)
    chosen = choice(
        link,
        words,
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


def _example_menu(link: Link, words: Words) -> None:
    """Ready races, one click each."""
    with st.popover(words("lab.examples"), width="stretch", key=link.key("examples")):
        for name, values in examples().items():
            st.button(
                words(f"example.{name}"),
                key=link.key(f"example {name}"),
                on_click=link.prepare,
                args=(values,),
                width="stretch",
            )
