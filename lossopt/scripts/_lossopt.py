"""Scripts for lossopt itself."""

from __future__ import annotations

from lossopt.datasets import DatasetSpec
from lossopt.formulas import Formula
from lossopt.objectives import EmpiricalRisk, Objective, WeightedRisk
from lossopt.params import Spec
from lossopt.registry import code_of, is_shipped
from lossopt.scripts._problems import MOST_LITERAL, READ
from lossopt.scripts._run import Run
from lossopt.scripts._told import Script, ScriptNote, commented
from lossopt.tables import dataset_csv


def lossopt_script(run: Run) -> Script:
    """A script that calls `lossopt.descend` as the run does; see `write_script`."""
    goal, needed, csv = _goal(run.objective)
    refusal = _refusal(run, goal)
    if refusal:
        return Script(commented([refusal]), (refusal,), False)
    notes = [ScriptNote("same"), *([ScriptNote("data")] if csv else [])]
    keywords = "".join(f",\n    {name}={value}" for name, value in _given(run).items())
    text = (
        f"{commented(notes)}\n\n{needed}import lossopt as lo\n\n{goal}\n"
        f"rule = {code_of(run.entry.optimizer)}\n"
        f"run = lo.descend(\n    rule,\n    goal{keywords},\n)\n"
        "path = run.iterates\nprint(path[-1])\n"
    )
    return Script(text, tuple(notes), True, csv)


def _refusal(run: Run, goal: str | None) -> ScriptNote | None:
    """Why a run with parts of one's own has no script."""
    if goal is None:
        return ScriptNote("problem", library="lossopt")
    rule, schedule = run.entry.optimizer, run.entry.schedule
    if not is_shipped(rule):
        return ScriptNote("rule", library="lossopt", rule=rule.name)
    if schedule is not None and not is_shipped(schedule):
        return ScriptNote("field", library="lossopt", field="schedule", value=schedule.name)
    return None


def _given(run: Run) -> dict[str, str]:
    """Keywords of `lossopt.descend`."""
    given: dict[str, str] = {"start": repr(list(run.start)), "n_steps": repr(run.n_steps)}
    for name, value in run.acting.items():
        given[name] = code_of(value) if isinstance(value, Spec) else repr(value)
        if name == "batch_size":
            given["seed"] = repr(run.seed)
    return given


def _goal(objective: Objective) -> tuple[str | None, str, str]:
    """Lines that make the objective, imports they need, and a file they read."""
    if isinstance(objective, Formula):
        region = tuple((float(low), float(high)) for low, high in objective.region)
        return f"goal = lo.formula({objective.text!r}, bounds={region!r})", "", ""
    if isinstance(objective, Spec) and is_shipped(objective):
        return f"goal = {code_of(objective)}", "", ""
    if not isinstance(objective, EmpiricalRisk):
        return None, "", ""
    if not (is_shipped(objective.model) and is_shipped(objective.loss)):
        return None, "", ""
    parts = f"{code_of(objective.model)}, {code_of(objective.loss)}"
    lines, needed, csv = _samples(objective)
    lines = f"{lines}\ngoal = lo.EmpiricalRisk(data, {parts})"
    if isinstance(objective, WeightedRisk):
        lines += f"\ngoal = lo.WeightedRisk(goal, {_weights(objective, csv)})"
    return lines, needed, csv


def _samples(risk: EmpiricalRisk) -> tuple[str, str, str]:
    """Lines that make the dataset, imports they need, and a file they read."""
    own = risk.sample_weights if isinstance(risk, WeightedRisk) else None
    few, data = risk.n_samples <= MOST_LITERAL, risk.dataset
    if isinstance(risk.data, DatasetSpec) and is_shipped(risk.data) and (few or own is None):
        return f"data = {code_of(risk.data)}", "", ""
    classes = f", class_names={data.class_names!r}" if data.class_names else ""
    if few:
        samples = f"{data.X.tolist()}, {data.y.tolist()}"
        return f'data = lo.Dataset({samples}, "{data.task}"{classes})', "", ""
    end = -1 if own is None else -2
    made = f'data = lo.Dataset(table[:, :{end}], table[:, {end}], "{data.task}"{classes})'
    return f"{READ}\n{made}", "import numpy as np\n\n", dataset_csv(data, own)


def _weights(risk: WeightedRisk, csv: str) -> str:
    given = {"weighting": repr(risk.weighting)}
    if risk.sample_weights is not None:
        own = "table[:, -1]" if csv else repr(risk.sample_weights.tolist())
        given = {"sample_weights": own, **given}
    if risk.class_weights is not None:
        given = {"class_weights": repr(risk.class_weights), **given}
    return ", ".join(f"{name}={text}" for name, text in given.items())
