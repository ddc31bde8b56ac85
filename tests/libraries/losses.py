"""What losses of libraries answered, and what ours answer to the same."""

import json
import math
from pathlib import Path

import numpy as np

import lossopt as lo

FIXTURES = Path(__file__).parents[1] / "fixtures"
TOLD = json.loads((FIXTURES / "losses.json").read_text("utf-8"))
KEPT = {
    path.stem: json.loads(path.read_text("utf-8"))
    for path in sorted((FIXTURES / "libraries" / "losses").glob("*.json"))
}
ANSWERS = [(library, name) for library, kept in KEPT.items() for name in kept["answers"]]
FAR = 800.0
"""A logit whose probability is 0 or 1 to all digits."""


def number(value):
    """A number of a fixture; NaN for the name of an error."""
    try:
        return float(value)
    except ValueError:
        return math.nan


def split(name):
    """A name among the losses of a library, and the fields that were asked."""
    words = name.split()
    fields = dict(word.split("=") for word in words if "=" in word)
    return " ".join(w for w in words if "=" not in w), {k: float(v) for k, v in fields.items()}


def cases(library, name):
    """Predictions and targets of one sample each, and for probabilities their slope over z."""
    key = split(name)[0]
    kind = lo.LOSSES[lo.LIBRARIES[library].losses[key].loss or key]
    task = "probability" if key == "log_loss" else kind.task
    told = TOLD[task]
    if task == "regression":
        return [(z, told["y"]) for z in told["y_pred"]], None
    if task == "probability":
        p = np.array(told["y_pred"], dtype=float)
        with np.errstate(divide="ignore"):
            z = np.clip(np.log(p) - np.log1p(-p), -FAR, FAR)
        return [(a, y) for a in z for y in (0, 1)], np.repeat(p * (1 - p), 2)
    targets = range(3) if task == "multiclass" else (0, 1)
    return [(z, y) for z in told["y_pred"] for y in targets], None


def theirs(library, name):
    """Values and slopes over our predictions; no slopes where there are none."""
    answer = KEPT[library]["answers"][name]
    values = np.array([number(value) for value in answer["values"]])
    if "slopes" not in answer:
        return values, None
    slopes = np.array([[number(s) for s in row] for row in answer["slopes"]])
    inner = cases(library, name)[1]
    with np.errstate(invalid="ignore"):
        return values, slopes if inner is None else slopes * inner[:, None]


def ours(library, name):
    """The same of the loss that stands for it."""
    key, fields = split(name)
    loss = lo.LIBRARIES[library].loss(key, **fields)
    pairs = cases(library, name)[0]
    values, slopes = [], []
    for pred, target in pairs:
        z, y = np.array([pred], dtype=float), np.array([float(target)])
        with np.errstate(all="ignore"):
            values.append(loss.value(z, y)[0])
            slopes.append(loss.gradient(z, y).ravel())
    return np.array(values), np.array(slopes)


def tolerance(library, name):
    answer = KEPT[library]["answers"][name]
    convention = lo.LIBRARIES[library].losses[split(name)[0]]
    precision = TOLD["precision"][answer.get("precision", KEPT[library]["precision"])]
    return max(precision, convention.nearly)


def left_out(library, name):
    """Cases that are said to be apart, in values and in slopes."""
    key, fields = split(name)
    apart = lo.LIBRARIES[library].losses[key].apart
    pairs = cases(library, name)[0]
    out = {
        "far": [np.max(np.abs(z)) > 15.0 for z, _ in pairs],
        "zero": [np.all(np.array(z) == 0.0) for z, _ in pairs],
        "ends": [np.all(np.abs(z) == FAR) for z, _ in pairs],
        "smoothing": [bool(fields)] * len(pairs),
        "values": [True] * len(pairs),
    }
    none = np.zeros(len(pairs), dtype=bool)
    values = [none, *(np.array(out[each]) for each in apart if each != "zero")]
    slopes = [none, *(np.array(out[each]) for each in apart if each != "values")]
    return np.any(values, axis=0), np.any(slopes, axis=0)


def errors(library, name):
    """Errors of values and slopes, as shares of the larger of 1 and the number."""
    found = []
    for us, them in zip(ours(library, name), theirs(library, name), strict=True):
        if them is None:
            found.append(None)
            continue
        with np.errstate(invalid="ignore"):
            gaps = np.abs(us - them) / np.maximum(1.0, np.abs(them))
        gaps = np.where(np.isnan(gaps), np.inf, gaps)
        found.append(gaps if gaps.ndim == 1 else gaps.max(axis=1))
    return found


def worst(library, name):
    """Largest error of all that is not said to be apart."""
    parts = [
        gaps[~out].max(initial=0.0)
        for gaps, out in zip(errors(library, name), left_out(library, name), strict=True)
        if gaps is not None
    ]
    return max(parts)


def table():
    """One line for each loss that was asked."""
    forms, ratios = 0, []
    for library, name in ANSWERS:
        convention = lo.LIBRARIES[library].losses[split(name)[0]]
        if convention.loss is None:
            print(f"{library:10} {name:45} of no form of ours")
            continue
        error = worst(library, name)
        forms += 1
        ratios.append(error / tolerance(library, name))
        apart = f"apart: {', '.join(convention.apart)}" if convention.apart else ""
        print(f"{library:10} {name:45} {convention.loss:25} {error:.1e} {apart}")
    print(f"{len(ANSWERS)} losses of {len(KEPT)} libraries, {forms} of a form of ours")
