"""Scripts for lossopt itself."""

from __future__ import annotations

from lossopt.datasets import DatasetSpec
from lossopt.formulas import Formula
from lossopt.objectives import EmpiricalRisk, Objective
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
    model, loss = code_of(objective.model), code_of(objective.loss)
    if isinstance(objective.data, DatasetSpec) and is_shipped(objective.data):
        made = code_of(objective.data)
        return f"data = {made}\ngoal = lo.EmpiricalRisk(data, {model}, {loss})", "", ""
    data = objective.dataset
    classes = f", class_names={data.class_names!r}" if data.class_names else ""
    if data.n_samples <= MOST_LITERAL:
        table, csv, samples = "", "", f"{data.X.tolist()}, {data.y.tolist()}"
    else:
        table = f"{READ}\n"
        csv, samples = dataset_csv(data), "table[:, :-1], table[:, -1]"
    made = f'data = lo.Dataset({samples}, "{data.task}"{classes})\n'
    needed = "import numpy as np\n\n" if csv else ""
    return f"{table}{made}goal = lo.EmpiricalRisk(data, {model}, {loss})", needed, csv
