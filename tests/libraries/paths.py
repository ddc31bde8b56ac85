"""What a rule answers to the sequences of gradients that every library was asked."""

import dataclasses
import json
import tomllib
from pathlib import Path

import numpy as np

import lossopt as lo
from lossopt.registry import code_of

FIXTURES = Path(__file__).parents[1] / "fixtures"
WORDS = "assets/en/libraries.toml"
TOLD = json.loads((FIXTURES / "sequences.json").read_text("utf-8"))
SEQUENCES, RATE, PRECISION = (TOLD[key] for key in ("sequences", "learning_rate", "precision"))
KEPT = {
    path.stem: json.loads(path.read_text("utf-8"))
    for path in sorted((FIXTURES / "libraries").glob("*.json"))
}
PAIRS = [(library, name) for library, each in lo.LIBRARIES.items() for name in each.conventions]


def steps_of(rule, sequence):
    """Steps downhill of a rule, ``(n_steps, n_params)``."""
    start = np.array(sequence["start"], dtype=float)
    params = start.reshape(1, -1)
    state = rule.init(params)
    if rule.needs_matrices:
        state |= {"shapes": (start.shape,)}
    gradients, found = sequence["gradients"], []
    factors = sequence.get("factors", [1.0] * len(gradients))
    for gradient, factor in zip(gradients, factors, strict=True):
        now = dataclasses.replace(rule, learning_rate=factor * rule.learning_rate)
        moved, state = now.update(np.array(gradient, dtype=float).reshape(1, -1), state, params)
        found.append((params - moved)[0])
        params = moved
    return np.array(found)


def rule_for(library, optimizer, sequence, **more):
    """The rule that stands for a library's optimizer in a sequence."""
    kind = lo.LIBRARIES[library]
    asked = "defaults" not in sequence and kind.conventions[optimizer].rate != "none"
    fields = {"learning_rate": RATE} if asked else {}
    if "weight_decay" in sequence:
        fields["weight_decay"] = sequence["weight_decay"]
    return kind.rule(optimizer, **fields, **more)


def answer_of(library, optimizer):
    return KEPT[library]["answers"][optimizer]


def tolerance(library, optimizer):
    """Share of the largest number of a sequence by which ours may depart."""
    return PRECISION[answer_of(library, optimizer).get("precision", KEPT[library]["precision"])]


def error(library, optimizer, key, **more):
    """Largest departure on a sequence, as a share of the largest step or number passed.

    Where steps are found in bfloat16 and params are not, of the largest step alone.
    """
    sequence = SEQUENCES[key]
    if lo.LIBRARIES[library].conventions[optimizer].rate == "none":
        sequence = {name: value for name, value in sequence.items() if name != "factors"}
    theirs = np.array(answer_of(library, optimizer)["steps"][key], dtype=float)
    convention = lo.LIBRARIES[library].conventions[optimizer]
    if "weight_decay" in sequence and not hasattr(lo.OPTIMIZERS[convention.rule], "weight_decay"):
        return np.inf
    with np.errstate(all="ignore"):
        ours = steps_of(rule_for(library, optimizer, sequence, **more), sequence)
    start = np.array(sequence["start"], dtype=float).ravel()
    passed = np.concatenate([theirs, start - np.cumsum(theirs, axis=0), [start]])
    if tolerance(library, optimizer) == PRECISION["bfloat16"]:
        passed = theirs
    lost = np.isnan(ours) & np.isnan(theirs)
    return float(np.where(lost, 0.0, np.abs(ours - theirs)).max() / np.nanmax(np.abs(passed)))


def errors(library, optimizer):
    """Departures by sequence."""
    return {key: error(library, optimizer, key) for key in answer_of(library, optimizer)["steps"]}


def table():
    """Print every pair: the rule that takes its path and how closely, or why none does."""
    notes = tomllib.loads((FIXTURES.parents[1] / WORDS).read_text("utf-8"))["note"]
    for library, optimizer in PAIRS:
        kind = lo.LIBRARIES[library]
        convention = kind.conventions[optimizer]
        print(f"{kind.name} {kind.version}: {optimizer}, {kind.called(optimizer)}")
        if convention.rule is None:
            print(f"    no rule: {notes[library][optimizer]}")
            continue
        found = errors(library, optimizer)
        worst = max(value for key, value in found.items() if key not in convention.apart)
        apart = f"; apart on {', '.join(convention.apart)}" if convention.apart else ""
        print(f"    {code_of(kind.rule(optimizer))}, worst error {worst:.1e}{apart}")
    taken = [each for each in PAIRS if lo.LIBRARIES[each[0]].conventions[each[1]].rule]
    print(f"{len(KEPT)} libraries, {len(PAIRS)} pairs, {len(taken)} of them with a rule of ours")
