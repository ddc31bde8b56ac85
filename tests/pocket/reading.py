"""What Python tells the pocket edition, and what that makes of links."""

import json
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

from lossopt.figures.messages import as_json
from lossopt.objectives import Objective
from pages.ui.pocket.catalog import catalog_message
from pages.ui.pocket.problems import (
    formula_message,
    other_problems,
    problem_message,
    usual_problems,
)
from tests.programs.node import node_program

ROOT = Path(__file__).parents[2]


@cache
def goals() -> dict[str, Objective]:
    """Problems by the files that hold them, with settings of their own too."""
    return dict(usual_problems()) | {f"{key}~": goal for key, goal in other_problems()}


@cache
def problem(file: str) -> Any:
    message = formula_message() if file == "formula" else problem_message(goals()[file])
    return json.loads(json.dumps(as_json(message)))


@cache
def catalog(language: str = "en") -> Any:
    rules = {*problem("rosenbrock")["rules"], *problem("matrix_factorization")["rules"]}
    variants = {key: f"{key}~" for key, _ in other_problems()}
    return json.loads(json.dumps(as_json(catalog_message(language, rules, variants))))


def read(links: list[dict[str, str]], files: set[str], **more: Any) -> list[Any]:
    """What the pocket edition makes of links to some problems."""
    told = {
        "catalog": catalog(),
        "problems": {file: problem(file) for file in files},
        "links": links,
        **more,
    }
    reader = Path(__file__).with_name("reader.mjs")
    command = [node_program(), str(reader), (ROOT / "static").as_uri()]
    done = subprocess.run(
        command, input=json.dumps(told), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return list(json.loads(done.stdout))
