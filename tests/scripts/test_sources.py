"""The code on a card is the code that runs."""

import inspect
import textwrap

import pytest

import lossopt as lo
from lossopt.optimizers import Optimizer
from lossopt.scripts.sources import running_code


@pytest.mark.parametrize("name, rule", lo.OPTIMIZERS.items())
def test_the_update_is_shown_as_it_is(name: str, rule: type[Optimizer]) -> None:
    shown = running_code(rule)
    compile(shown, name, "exec")
    for line in textwrap.dedent(inspect.getsource(rule.update)).splitlines():
        assert line in shown
    assert '"""' not in shown


def test_helpers_come_along() -> None:
    shown = running_code(lo.OPTIMIZERS["adam"])
    wanted = ("update", "shrunk", "penalized", "averaged", "adam_step", "scale", "rooted")
    assert [f"def {name}(" in shown for name in wanted] == [True] * len(wanted)
    assert "def anatomy" not in shown
    assert running_code(lo.OPTIMIZERS["sam"]).startswith("def step(")


def test_family_is_known_and_older() -> None:
    for name, rule in lo.OPTIMIZERS.items():
        for parent in rule.parents:
            assert lo.OPTIMIZERS[parent].year <= rule.year, name
        assert len(set(rule.parents)) == len(rule.parents)
    roots = {name for name, rule in lo.OPTIMIZERS.items() if not rule.parents}
    assert {"gradient_descent", "newton"} <= roots
