"""A comparison to take along: a table with every setting, and the lines that make it again."""

from __future__ import annotations

import csv
import dataclasses
import io
from collections.abc import Iterable, Sequence

from lossopt.comparisons.scoreboards import WAYS, Scoreboard
from lossopt.entries import Entry
from lossopt.formulas import Formula
from lossopt.objectives import EmpiricalRisk, Objective, WeightedRisk
from lossopt.params import Spec
from lossopt.registry import code_of
from lossopt.tables import harmless

COLUMNS = (
    "objective",
    "optimizer",
    "settings",
    "learning_rate",
    "batch_size",
    "seed",
    "budget",
    "unit",
    "n_steps",
    "target_share",
    "n_trials",
    "spent_at_target",
    "final_loss",
    "optimizer_code",
    "objective_code",
)


def scoreboard_csv(board: Scoreboard) -> str:
    """One line per run, with every setting and seed.

    Examples
    --------
    >>> import lossopt as lo
    >>> from lossopt.comparisons import Budget, scoreboard
    >>> board = scoreboard({"adam": lo.OPTIMIZERS["adam"]()},
    ...                    {"booth": lo.OBJECTIVES["booth"]()}, budget=Budget(10, "steps"))
    >>> scoreboard_csv(board).splitlines()[1][:22]
    'booth,adam,default,0.0'
    """
    rows = []
    for j, goal in enumerate(board.objectives):
        for i, name in enumerate(board.optimizers):
            for w, way in enumerate(WAYS):
                if (way, name, goal) in board.entries:
                    rows += _rows(board, (w, i, j), (way, name, goal))
    return to_csv(COLUMNS, rows)


def _rows(
    board: Scoreboard, place: tuple[int, int, int], names: tuple[str, str, str]
) -> list[tuple[object, ...]]:
    way, name, goal = names
    entry, objective = board.entries[names], board.objectives[goal]
    return [
        (
            goal,
            name,
            way,
            entry.optimizer.learning_rate,
            entry.size(objective),
            seed,
            board.budget.amount,
            board.budget.unit,
            board.n_steps[name, goal],
            board.merit.share,
            board.n_trials if way == "tuned" else 0,
            float(board.spent[place][k]),
            float(board.final_loss[place][k]),
            code_of(entry.optimizer),
            objective_code(objective),
        )
        for k, seed in enumerate(board.seeds)
    ]


def to_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    r"""Write a table; a text that a spreadsheet would take for a formula gets a quote in front.

    Examples
    --------
    >>> to_csv(["a", "b"], [("=1+1", -2.5)])
    "a,b\n'=1+1,-2.5\n"
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([_safe(name) for name in columns])
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    return out.getvalue()


def _safe(cell: object) -> object:
    return harmless(cell) if isinstance(cell, str) else cell


def scoreboard_code(board: Scoreboard) -> str:
    """Write Python that computes the scoreboard again."""
    optimizers = [f"    {name!r}: {_entry_code(it)}," for name, it in board.optimizers.items()]
    objectives = [f"    {name!r}: {objective_code(it)}," for name, it in board.objectives.items()]
    lines = [
        "import lossopt as lo",
        "from lossopt.comparisons import Budget, Entry, Merit, scoreboard",
        "from lossopt.comparisons.records import scoreboard_csv",
        "",
        "optimizers = {",
        *optimizers,
        "}",
        "objectives = {",
        *objectives,
        "}",
        "board = scoreboard(",
        "    optimizers,",
        "    objectives,",
        f"    budget=Budget({board.budget.amount!r}, {board.budget.unit!r}),",
        f"    merit=Merit('target', share={board.merit.share!r}),",
        f"    seeds={list(board.seeds)!r},",
        f"    n_trials={board.n_trials},",
        ")",
        "print(scoreboard_csv(board))",
    ]
    return "\n".join(lines)


def race_code(
    entries: dict[str, Entry],
    objective: Objective,
    *,
    start: tuple[float, ...],
    n_steps: Sequence[int],
    seeds: Sequence[int],
) -> str:
    """Write Python that runs a race again and prints the last losses.

    Empty if the objective holds data of one's own.
    """
    if not objective_code(objective):
        return ""
    runs = [
        f"    {name!r}: ({_entry_code(entry)}, {steps}),"
        for (name, entry), steps in zip(entries.items(), n_steps, strict=True)
    ]
    lines = [
        "import lossopt as lo",
        "from lossopt.comparisons import Entry, curves",
        "",
        f"objective = {objective_code(objective)}",
        "runs = {  # who, and for how many steps",
        *runs,
        "}",
        "for name, (entry, n_steps) in runs.items():",
        f"    losses = curves(entry, objective, start={list(start)!r}, n_steps=n_steps,",
        f"                    seeds=range({seeds[0]}, {seeds[-1] + 1}))",
        "    print(name, sorted(losses[:, -1]))",
    ]
    return "\n".join(lines)


def _entry_code(entry: Entry) -> str:
    parts = [code_of(entry.optimizer)]
    for field in dataclasses.fields(Entry)[1:]:
        value = getattr(entry, field.name)
        if value != field.default:
            shown = code_of(value) if isinstance(value, Spec) else repr(value)
            parts.append(f"{field.name}={shown}")
    return f"Entry({', '.join(parts)})"


def objective_code(objective: Objective) -> str:
    """Write the expression that makes an objective again; empty for data of one's own."""
    if isinstance(objective, WeightedRisk):
        risk = objective_code(objective.risk)
        if not risk or objective.sample_weights is not None:
            return ""
        settings = f"{objective.class_weights!r}, weighting={objective.weighting!r}"
        return f"lo.WeightedRisk({risk}, {settings})"
    if isinstance(objective, EmpiricalRisk) and isinstance(objective.data, Spec):
        parts = (objective.data, objective.model, objective.loss)
        return f"lo.EmpiricalRisk({', '.join(code_of(part) for part in parts)})"
    if isinstance(objective, Formula):
        return f"lo.formula({objective.text!r}, bounds={objective.region!r})"
    return code_of(objective) if isinstance(objective, Spec) else ""
