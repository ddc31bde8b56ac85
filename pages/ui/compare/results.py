"""Results of a race in words, as a table, as a picture and as Python."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from lossopt.comparisons import Contest, Entry, Ranking, default_rate, first_loss, ranking_seeds
from lossopt.comparisons.records import race_code
from lossopt.figures.palette import look_of
from lossopt.figures.rates import rates_figure
from lossopt.links.contestants import Slot
from lossopt.numbers import short
from lossopt.objectives import Objective
from pages.ui.compare.budget import Setting
from pages.ui.compare.tables import outcome, spread_text, verdict
from pages.ui.frame.table import Cell, show_table, theme
from pages.ui.frame.terms import linked
from pages.ui.frame.words import Words


def say_ranking(
    words: Words, setting: Setting, goal: Objective, names: Sequence[str], ranking: Ranking
) -> None:
    """Say who wins with the settings as they are, and why that is no fair ranking."""
    sentence = verdict(words, setting.merit.kind, ranking, names, goal.minimum)
    st.markdown(f"**{words('compare.race.as_set')}:** {sentence} {words('compare.race.not_fair')}")


def say_contest(
    words: Words, setting: Setting, goal: Objective, names: Sequence[str], found: Contest
) -> None:
    """Say who wins at one rate for all, at the defaults and tuned."""
    lines = [
        f"- **{where}:** {verdict(words, setting.merit.kind, ranking, names, goal.minimum)}"
        for where, ranking in _ways(words, setting, found)
    ]
    st.markdown("\n".join(lines))


def _ways(words: Words, setting: Setting, found: Contest) -> list[tuple[str, Ranking]]:
    return [
        (words("compare.race.at_common", rate=short(setting.search.common)), found.common),
        (words("compare.race.at_default"), found.default),
        (words("compare.race.at_tuned"), found.tuned),
    ]


def show_ranking(
    words: Words, setting: Setting, goal: Objective, names: Sequence[str], ranking: Ranking
) -> None:
    """Show the results with the settings as they are."""
    kind = setting.merit.kind
    rows = [
        [
            name,
            short(entry.optimizer.learning_rate),
            Cell(spread_text(words, kind, ranking, k), strong=k == ranking.winner),
            str(ranking.ranks[k]),
        ]
        for k, (name, entry) in enumerate(zip(names, setting.entries, strict=True))
    ]
    head = ["compare.optimizer", "field.learning_rate", f"compare.merits.{kind}", "compare.rank"]
    show_table([words(key) for key in head], rows, _seeds_note(words, setting, goal))
    st.markdown(linked(words, words("compare.race.shows_set")))


def show_contest(
    words: Words, setting: Setting, goal: Objective, slots: Sequence[Slot], found: Contest
) -> None:
    """Show the results at one rate for all, at the defaults and tuned, and the whole search."""
    kind = setting.merit.kind
    names = [slot.label(words) for slot in slots]
    ways = _ways(words, setting, found)
    rows = [
        [
            name,
            short(default_rate(entry)),
            _chosen(words, found, k),
            *(_result(words, kind, ranking, k) for _, ranking in ways),
        ]
        for k, (name, entry) in enumerate(zip(names, setting.entries, strict=True))
    ]
    head = [
        words("compare.optimizer"),
        words("compare.race.default_rate"),
        words("compare.race.chosen_rate"),
        *(where for where, _ in ways),
    ]
    note = words("compare.race.table_note", merit=words(f"compare.merits.{kind}"))
    show_table(head, rows, f"{note} {_seeds_note(words, setting, goal)}")
    st.markdown(linked(words, words("compare.race.shows_table")))
    _show_rates(words, setting, goal, slots, found)


def _result(words: Words, kind: str, ranking: Ranking, k: int) -> Cell:
    text = f"{spread_text(words, kind, ranking, k)} · #{ranking.ranks[k]}"
    return Cell(text, strong=k == ranking.winner)


def _chosen(words: Words, found: Contest, k: int) -> str:
    """The chosen rate, with what was found of a second hyperparameter and of the border."""
    tuning = found.tunings[k]
    parts = [short(tuning.entry.optimizer.learning_rate)]
    for name in tuning.trials:
        if name != "learning_rate":
            label = words.name("field", name, name)
            parts.append(f"{label} {short(getattr(tuning.entry.optimizer, name))}")
    if tuning.border:
        parts.append(words(f"compare.race.border_{tuning.border}"))
    return ", ".join(parts)


def _seeds_note(words: Words, setting: Setting, goal: Objective) -> str:
    drawn = any(entry.is_stochastic(goal) for entry in setting.entries)
    return words("compare.race.note_seeds" if drawn else "compare.race.note_single")


def _show_rates(
    words: Words, setting: Setting, goal: Objective, slots: Sequence[Slot], found: Contest
) -> None:
    kind = setting.merit.kind
    usual = [
        (default_rate(entry), float(found.default.middle[k]))
        for k, entry in enumerate(setting.entries)
    ]
    figure = rates_figure(
        found.tunings,
        [slot.label(words) for slot in slots],
        [look_of(slot.rule_id, slot.variant) for slot in slots],
        usual,
        first=first_loss(goal, setting.start),
        kind=kind,
        common=setting.search.common,
        texts={
            "rate": words("field.learning_rate"),
            "merit": words(f"compare.merits.{kind}"),
            "off": words(f"compare.{'not_reached' if kind == 'target' else 'off_scale'}"),
            "lost": outcome(words, kind, float("inf")),
            "below": words("compare.below_scale"),
            "common": words("compare.race.at_common", rate=short(setting.search.common)),
        },
        mode=theme(),
    )
    st.plotly_chart(figure, key="rates", config={"displayModeBar": False})
    st.markdown(linked(words, words("compare.race.shows_rates")))


def show_code(
    words: Words,
    setting: Setting,
    goal: Objective,
    names: Sequence[str],
    entries: Sequence[Entry],
    n_steps: Sequence[int],
) -> None:
    """Offer Python that runs this race again, where the objective can be written down."""
    code = race_code(
        dict(zip(names, entries, strict=True)),
        goal,
        start=setting.start,
        n_steps=n_steps,
        seeds=ranking_seeds(setting.seed),
    )
    if code:
        with st.expander(words("compare.code")):
            st.code(code, language="python", wrap_lines=True)
