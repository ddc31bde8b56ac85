"""Libraries side by side: first steps as they were measured, and moves that are proven."""

from itertools import permutations

import numpy as np
import pytest

import lossopt as lo
from lossopt.libraries import apart, first_step, moving, same_paths
from lossopt.libraries._base import WITH_DECAY
from tests.libraries.paths import PAIRS, RATE, answer_of, tolerance

EXPLAINED = {*WITH_DECAY, "tall_decay", "halved", "defaults"}
"""Sequences on which paths part for reasons that are told besides: decay, a changed rate."""
KNOWN = {
    ("pytorch", "rmsprop"): 10.0,
    ("keras", "rmsprop"): 10.0**0.5,
    ("mlx", "adam"): 10.0**0.5,
    ("pytorch", "adam"): 1.0,
    ("pytorch", "nesterov"): 1.9,
    ("autograd", "momentum"): 0.1,
    ("thinc", "radam"): 0.526316,
}
"""First steps on a gradient of 1, in learning rates."""


@pytest.mark.parametrize(("library", "optimizer"), PAIRS)
def test_first_steps_are_those_that_were_measured(library, optimizer):
    kind = lo.LIBRARIES[library]
    found = first_step(kind, optimizer)
    convention = kind.conventions[optimizer]
    if found is None:
        rule = kind.rule(optimizer)
        assert rule is None or rule.needs_matrices
        return
    if convention.rate == "none":
        return  # lengths are not in learning rates that were set
    (measured,) = answer_of(library, optimizer)["steps"]["constant"][0]
    divided = RATE * getattr(kind.rule(optimizer), "weight_decay", 0.0)  # after the step, by Adan
    near = max(1e-5, tolerance(library, optimizer)) + (divided if optimizer == "adan" else 0.0)
    assert found == pytest.approx(measured / RATE, rel=near)


@pytest.mark.parametrize(("pair", "length"), KNOWN.items())
def test_first_steps_that_are_known(pair, length):
    library, optimizer = pair
    assert first_step(lo.LIBRARIES[library], optimizer) == pytest.approx(length, rel=1e-5)


@pytest.mark.parametrize("optimizer", lo.OPTIMIZERS)
def test_what_is_set_takes_the_path_along(optimizer):
    having = [kind for kind in lo.LIBRARIES.values() if optimizer in kind.conventions]
    for source, target in permutations(having, 2):
        found = moving(source, target, optimizer)
        if found is None:
            rules = source.rule(optimizer), target.rule(optimizer)
            assert None in rules or type(rules[0]) is not type(rules[1])
            continue
        forms = {name: getattr(source.rule(optimizer), name) for name in found.kinds}
        assert target.rule(optimizer, **found.numbers, **forms) == source.rule(optimizer)
        if found.kinds:
            assert target.rule(optimizer, **found.numbers) != source.rule(optimizer)


@pytest.mark.parametrize("optimizer", lo.OPTIMIZERS)
def test_every_library_is_on_the_path_of_its_rule(optimizer):
    groups = same_paths(lo.LIBRARIES, optimizer, 0.25)
    for rule, names in groups.items():
        assert rule.learning_rate == 0.25
        assert {lo.LIBRARIES[name].rule(optimizer, learning_rate=0.25) for name in names} == {rule}
    named = [name for names in groups.values() for name in names]
    with_rule = [
        name
        for name, kind in lo.LIBRARIES.items()
        if optimizer in kind.conventions and kind.conventions[optimizer].rule
    ]
    assert sorted(named) == sorted(with_rule)
    assert [len(names) for names in groups.values()] == sorted(map(len, groups.values()))[::-1]


@pytest.mark.parametrize("optimizer", lo.OPTIMIZERS)
def test_paths_part_where_it_is_said(optimizer):
    """Sequences on which one of two leaves the rule that both share, and nowhere else."""
    having = [name for name, kind in lo.LIBRARIES.items() if optimizer in kind.conventions]
    for one, other in permutations(having, 2):
        conventions = [lo.LIBRARIES[name].conventions[optimizer] for name in (one, other)]
        found = moving(lo.LIBRARIES[one], lo.LIBRARIES[other], optimizer)
        rateless = "none" in [convention.rate for convention in conventions]
        if found is None or found.numbers or found.kinds or rateless:
            continue
        answers = [answer_of(name, optimizer)["steps"] for name in (one, other)]
        near = max(1e-3, *(tolerance(name, optimizer) for name in (one, other)))
        near = max(near, *(10.0 * convention.nearly for convention in conventions))
        for key in answers[0].keys() & answers[1].keys():
            steps = [np.array(each[key], dtype=float) for each in answers]
            passed = np.nanmax(np.abs(steps))
            parted = bool(np.nanmax(np.abs(steps[0] - steps[1])) > near * passed)
            if parted and key not in EXPLAINED:
                assert key in apart(*conventions), (one, other, key)
