"""What a library's losses answer, one sample at a time, and to two samples with weights.

python -m benchmarks.libraries.losses.keras            # compares with what is kept
python -m benchmarks.libraries.losses.keras --write    # keeps
"""

from __future__ import annotations

import dataclasses
import json
import math
import sys
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from benchmarks.libraries._probe import FIXTURES

TOLD = json.loads((FIXTURES / "losses.json").read_text())
Ask = Callable[..., tuple[Any, Any]]
"""From predictions, targets and, where there are any, weights to the loss and its slopes."""
TASKS = {
    "mse": "regression",
    "mae": "regression",
    "huber": "regression",
    "smooth_l1": "regression",
    "log_cosh": "regression",
    "pinball": "regression",
    "binary_cross_entropy": "binary",
    "hinge": "binary",
    "squared_hinge": "binary",
    "focal": "binary",
    "log_loss": "probability",
    "categorical_cross_entropy": "multiclass",
}


@dataclasses.dataclass(frozen=True)
class Asked:
    """A loss of a library, and whether it takes weights of samples."""

    ask: Ask
    weights: bool = False
    precision: str = ""


def cases(task: str) -> list[tuple[Any, float]]:
    """Pairs of a prediction and a target."""
    told = TOLD[task]
    if task == "regression":
        return [(each, told["y"]) for each in told["y_pred"]]
    targets = (0, 1, 2) if task == "multiclass" else (0, 1)
    return [(each, y) for each in told["y_pred"] for y in targets]


def number(value: Any) -> float | str | None:
    """A number as JSON can hold it, or the name of an error."""
    if isinstance(value, str):
        return value
    value = float(value)
    return value if math.isfinite(value) else str(value)


def flat(values: Any) -> list[Any]:
    values = values.tolist() if hasattr(values, "tolist") else values
    return [x for v in values for x in flat(v)] if isinstance(values, list) else [number(values)]


def answers_of(name: str, asked: Asked) -> dict[str, Any]:
    task = TASKS[name.partition(" ")[0]]
    found = [asked.ask([y_pred], [y]) for y_pred, y in cases(task)]
    answers = {"values": [number(value) for value, _ in found]}
    if any(slopes is not None for _, slopes in found):
        answers["slopes"] = [flat(slopes) for _, slopes in found]
    if asked.precision:
        answers["precision"] = asked.precision
    if asked.weights:
        pair = cases(task)[6:8] if task == "regression" else cases(task)[2:4]
        y_pred, y = map(list, zip(*pair, strict=True))
        alone = [number(asked.ask([a], [b])[0]) for a, b in pair]
        weighed = [number(asked.ask(y_pred, y, each)[0]) for each in TOLD["weights"]]
        answers |= {"alone": alone, "weighed": weighed}
    return answers


def probe(
    library: str, versions: Mapping[str, str], losses: Mapping[str, Asked], precision: str
) -> None:
    """Ask every loss; compare with what is kept, or keep it with ``--write``."""
    answers = {name: answers_of(name, asked) for name, asked in losses.items()}
    about = {"library": library, "version": next(iter(versions.values())).partition("+")[0]}
    about |= {"versions": dict(versions), "measured": date.today().isoformat()}
    settle("losses", about | {"precision": precision}, answers)


def settle(kind: str, about: Mapping[str, Any], answers: Mapping[str, Any]) -> None:
    path = FIXTURES / "libraries" / kind / f"{about['library']}.json"
    if path.exists():
        kept = json.loads(path.read_text())
        differ = [name for name in kept["answers"] if kept["answers"][name] != answers.get(name)]
        now = f"{about['library']} {about['version']}, kept {kept['version']}"
        print(f"{now}: {len(differ)} DIFFER {', '.join(differ)}")
    if "--write" in sys.argv:
        path.parent.mkdir(exist_ok=True)
        path.write_text(written(about, answers), newline="\n")
        print(f"{len(answers)} kept in {kind}/{path.name}")


def written(about: Mapping[str, Any], answers: Mapping[str, Any]) -> str:
    """As JSON, one line for each list."""
    lines = [f"{json.dumps(key)}: {json.dumps(value)}" for key, value in about.items()]
    told = []
    for name, answer in answers.items():
        parts = [f"  {json.dumps(key)}: {json.dumps(value)}" for key, value in answer.items()]
        told.append(f' "{name}": {{\n' + ",\n".join(parts) + "\n }")
    return "{\n" + ",\n".join(lines) + ',\n"answers": {\n' + ",\n".join(told) + "\n}\n}\n"
