"""How a library answers the sequences of gradients, and where its answers are kept.

A probe needs its library and nothing of this project but the sequences. In an environment of its
own, from the top of the project:

    pip install keras==3.15.1 jax==0.10.2
    python -m benchmarks.libraries.keras            # compares with what is kept
    python -m benchmarks.libraries.keras --write    # keeps
"""

from __future__ import annotations

import dataclasses
import inspect
import json
import math
import sys
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

FIXTURES = Path(__file__).parents[2] / "tests" / "fixtures"
MATRICES = {"muon", "adafactor"}
TOLD = json.loads((FIXTURES / "sequences.json").read_text())
Step = Callable[[Any, float], Any]
"""From a gradient and the learning rate of the step to the params after it."""


@dataclasses.dataclass(frozen=True)
class Asked:
    """An optimizer of a library: what makes it, and its names for rate and weight decay."""

    make: Callable[..., Any]
    rate: str | None = "learning_rate"
    decay: str | None = "weight_decay"
    precision: str = ""
    asks_rate: bool = False
    fixed_rate: bool = False


def begun_by(asked: Asked, sequence: Mapping[str, Any], rate: float) -> dict[str, Any]:
    """Arguments for a sequence: none at all for the library's defaults."""
    settings = {} if sequence.get("defaults") or asked.rate is None else {asked.rate: rate}
    if "weight_decay" in sequence:
        settings[str(asked.decay)] = sequence["weight_decay"]
    return settings


def steps_of(begin: Callable[..., Step], asked: Asked, sequence: Mapping[str, Any], rate: float):
    """Steps downhill, one list for each gradient."""
    start, gradients = sequence["start"], sequence["gradients"]
    step = begin(asked.make, begun_by(asked, sequence, rate), start)
    before, found = flat(start), []
    factors = sequence.get("factors", [1] * len(gradients))
    for gradient, factor in zip(gradients, factors, strict=True):
        after = flat(step(gradient, None if sequence.get("defaults") else rate * factor))
        found.append([finite(a - b) for a, b in zip(before, after, strict=True)])
        before = after
    return found


def finite(value: float) -> float | None:
    """The number, or None where there is none: JSON knows no NaN."""
    return value if math.isfinite(value) else None


def flat(values: Any) -> list[float]:
    values = values.tolist() if hasattr(values, "tolist") else values
    if isinstance(values, list):
        return [x for v in values for x in flat(v)]
    return [math.nan if values is None else float(values)]


def answers_of(begin: Callable[..., Step], name: str, asked: Asked) -> dict[str, Any]:
    steps = {
        key: steps_of(begin, asked, sequence, TOLD["learning_rate"])
        for key, sequence in TOLD["sequences"].items()
        if isinstance(sequence["start"][0], list) == (name.partition(" ")[0] in MATRICES)
        and not ("weight_decay" in sequence and asked.decay is None)
        and not ("defaults" in sequence and asked.asks_rate)
        and not ("factors" in sequence and asked.fixed_rate)
    }
    return {"defaults": defaults_of(asked.make), **precise(asked), "steps": steps}


def precise(asked: Asked) -> dict[str, str]:
    return {"precision": asked.precision} if asked.precision else {}


def defaults_of(make: Callable[..., Any]) -> dict[str, Any]:
    """Numbers, words and switches among the defaults, by the library's own names."""
    if not callable(make):
        return {}
    begun = make.__init__ if inspect.isclass(make) else make
    found = {each.name: each.default for each in inspect.signature(begun).parameters.values()}
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in found.items()
        if value is None or isinstance(value, bool | int | float | str | tuple)
    }


def probe(
    library: str,
    versions: Mapping[str, str],
    begin: Callable[..., Step],
    optimizers: Mapping[str, Asked],
    precision: str = "float64",
) -> None:
    """Run every optimizer; compare with what is kept, or keep it with ``--write``.

    Parameters
    ----------
    library : str
        Id of the library, the name of its file.
    versions : Mapping of str to str
        The library's first, then those of what it stands on.
    begin : callable
        From the maker of an optimizer, its arguments and the starting params to a `Step`.
    optimizers : Mapping of str to Asked
        By our ids; another way to call one has words behind the id, as in ``"adam fused=True"``.
    precision : {"float64", "float32"}
    """
    answers: dict[str, Any] = {}
    for name, asked in optimizers.items():
        answers[name] = shortened(name, answers_of(begin, name, asked), answers, precision)
    version = next(iter(versions.values()))
    about = {"library": library, "version": version, "versions": dict(versions)}
    about |= {"measured": date.today().isoformat(), "precision": precision}
    settle(about, answers, "--write" in sys.argv)


def shortened(
    name: str, answer: dict[str, Any], known: Mapping[str, Any], precision: str
) -> dict[str, Any]:
    """Another way to call what is known already needs no steps where it takes the same."""
    usual = known.get(name.partition(" ")[0])
    if usual and all(close(answer["steps"][k], v, precision) for k, v in usual["steps"].items()):
        return {"as": name.partition(" ")[0]}
    return answer


def settle(about: Mapping[str, Any], answers: Mapping[str, Any], keep: bool) -> None:
    path = FIXTURES / "libraries" / f"{about['library']}.json"
    if path.exists():
        compare(json.loads(path.read_text()), about, answers)
    if keep:
        path.write_text(written(about, answers), newline="\n")
        print(f"{len(answers)} optimizers kept in {path.name}")


def _json(defaults: object) -> str:
    """JSON has no word for an infinite number."""
    return json.dumps(defaults).replace("Infinity", '"inf"')


def written(about: Mapping[str, Any], answers: Mapping[str, Any]) -> str:
    """As JSON, one line for each sequence."""
    lines = [f"{json.dumps(key)}: {json.dumps(value)}" for key, value in about.items()]
    told = []
    for name, answer in answers.items():
        if "as" in answer:
            told.append(f' "{name}": {json.dumps(answer)}')
            continue
        heads = [f'  "{k}": {_json(v)}' for k, v in answer.items() if k != "steps"]
        steps = [f'   "{key}": {json.dumps(value)}' for key, value in answer["steps"].items()]
        heads.append('  "steps": {\n' + ",\n".join(steps) + "\n  }")
        told.append(f' "{name}": {{\n' + ",\n".join(heads) + "\n }")
    return "{\n" + ",\n".join(lines) + ',\n"answers": {\n' + ",\n".join(told) + "\n}\n}\n"


def compare(kept: Mapping[str, Any], about: Mapping[str, Any], answers: Mapping[str, Any]) -> None:
    """Print what another version does otherwise."""
    changed = [
        f"{name}, {key}: {steps.get(key)} and not {known}"
        for name, answer in kept["answers"].items()
        for key, known in answer.get("steps", {"as": answer.get("as")}).items()
        for steps in [answers.get(name, {}).get("steps", answers.get(name, {}))]
        if not close(steps.get(key), known, answer.get("precision", kept["precision"]))
    ]
    was, now = kept["version"], about["version"]
    print(f"{about['library']} {now}, kept {was}: {len(changed)} sequences DIFFER")
    print("\n".join(changed))


def close(steps: Any, known: Any, precision: str) -> bool:
    if isinstance(known, str):
        return steps == known
    if not isinstance(steps, list) or len(flat(steps)) != len(flat(known)):
        return False
    size = max((abs(x) for x in flat(known) if x == x), default=0.0) or 1.0
    limit = TOLD["precision"][precision] * size
    pairs = zip(flat(steps), flat(known), strict=True)
    return all(abs(a - b) <= limit or (a != a and b != b) for a, b in pairs)
