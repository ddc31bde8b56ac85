"""The anatomy of a step is the engine's own state, and its lines add up."""

import dataclasses

import numpy as np
import pytest

import lossopt as lo
from lossopt.optimizers import Optimizer
from lossopt.optimizers._anatomy import Steps, Term
from lossopt.params import params_of
from lossopt.theory.anatomy import direction_arrows, has_anatomy, replay

N_STEPS = 30
WITH = [name for name, rule in lo.OPTIMIZERS.items() if has_anatomy(rule)]
ASKED = (
    "gradient_descent momentum nesterov adagrad adadelta rmsprop adam adamw amsgrad nadam adamax"
)
STATE = {
    "m": ("first", "velocity", "mean"),
    "v": ("second", "velocity"),
    "s": ("squares", "second"),
    "u": ("moves", "largest", "second"),
    "z": ("fast",),
    "x": ("average",),
    "Δ": ("sizes",),
    "δ": ("change",),
    "n": ("second",),
    "D": ("distance",),
}
"""Which entry of the state a line may compute."""
VARIED = {
    "weight_decay": 0.1,
    "decoupled_weight_decay": True,
    "bias_correction": False,
    "centered": True,
    "averaged": True,
    "displacement": True,
    "dampening": 0.3,
    "momentum": 0.7,
    "learning_rate_decay": 0.1,
    "averaging_start": 3,
    "mix2": 0.6,
}


def variants(rule: type[Optimizer]) -> list[Optimizer]:
    """The rule as it is, with every one of its switches turned, and with all of them."""
    fields = {field.name: field for field in params_of(rule)}
    base = rule(learning_rate=min(rule().learning_rate * 5, 0.05))
    turned = [{name: value} for name, value in VARIED.items() if name in fields]
    turned += (
        [{"eps_place": place} for place in fields["eps_place"].choices]
        if ("eps_place" in fields)
        else []
    )
    pairs = [one | other for one in turned for other in turned]
    every = {name: value for changes in turned for name, value in changes.items()}
    unique = {tuple(sorted(changes.items())): changes for changes in ({}, *turned, *pairs, every)}
    return [dataclasses.replace(base, **changes) for changes in unique.values()]


def evaluated(term: Term, param: int) -> np.ndarray:
    """Read a line the way a person does."""
    code = term.template
    for sign, meaning in {"−": "-", "·": "*", "²": "**2", "√": "root*"}.items():
        code = code.replace(sign, meaning)
    names = {f"{{{k}}}": f"n[:, {k}]" for k in range(len(term.used))}
    code = code.replace("root*(", "np.sqrt(")
    for place, name in names.items():
        code = code.replace(f"root*{place}", f"np.sqrt({name})").replace(place, name)
    known = {"np": np, "n": term.numbers(param), "sign": np.sign}
    known |= {"max": np.maximum, "min": np.minimum, "clip": lambda x: np.clip(x, -1.0, 1.0)}
    return np.broadcast_to(eval(code, known), len(term.result))


def steps_of(rule: Optimizer) -> Steps:
    goal = lo.OBJECTIVES["quadratic"](condition_number=7.0, rotation=25.0)
    return replay(rule, goal, start=[-1.2, 0.9], n_steps=N_STEPS)


def test_the_usual_rules_have_an_anatomy() -> None:
    assert set(ASKED.split()) <= set(WITH)
    assert len(WITH) >= 24


@pytest.mark.parametrize("name", WITH)
def test_a_replay_is_the_run(name: str) -> None:
    goal = lo.OBJECTIVES["rosenbrock"]()
    rule = lo.OPTIMIZERS[name](learning_rate=1e-4)
    run = lo.descend(rule, goal, start=[-0.5, 0.6], n_steps=N_STEPS)
    steps = replay(rule, goal, start=[-0.5, 0.6], n_steps=N_STEPS)
    if "evaluated" not in vars(type(rule)):
        assert np.array_equal(steps.params, run.iterates[:-1])
        assert np.array_equal(steps.moved, run.iterates[1:])
    else:
        assert np.array_equal(steps.after["average"], run.iterates[1:])


@pytest.mark.parametrize("name", WITH)
def test_lines_are_the_state_and_add_up_to_the_step(name: str) -> None:
    for rule in variants(lo.OPTIMIZERS[name]):
        steps = steps_of(rule)
        terms = rule.anatomy(steps)
        assert terms[-1].result is steps.moved, rule
        shown = []
        for term in terms:
            keys = [key for key in STATE.get(term.name, ()) if key in steps.after]
            if keys:
                assert any(
                    np.array_equal(term.result, np.broadcast_to(steps.after[key], (N_STEPS, 2)))
                    for key in keys
                ), (rule, term.name)
                shown += keys
            for param in (0, 1):
                np.testing.assert_allclose(
                    evaluated(term, param),
                    term.result[:, param],
                    rtol=1e-11,
                    atol=1e-13,
                    err_msg=f"{rule} {term.name} = {term.expression}",
                )
        assert shown or name == "gradient_descent"


def test_adam_without_bias_correction_has_no_corrected_lines() -> None:
    rule = lo.OPTIMIZERS["adam"](bias_correction=False)
    with_it = lo.OPTIMIZERS["adam"]()
    assert [term.name for term in rule.anatomy(steps_of(rule))] == ["m", "v", "d", "θ"]
    names = [term.name for term in with_it.anatomy(steps_of(with_it))]
    assert names == ["m", "m̂", "v", "v̂", "d", "θ"]


def test_arrows_point_where_the_numbers_say() -> None:
    rule = lo.OPTIMIZERS["adam"](learning_rate=0.1)
    steps = steps_of(rule)
    arrows = direction_arrows(steps, rule.anatomy(steps), np.array([6.0, 3.0]))
    assert set(arrows) == {"gradient", "momentum", "scaled", "step"}
    assert np.array_equal(arrows["step"], np.hstack([steps.params, steps.moved]))
    for name in ("gradient", "momentum", "scaled"):
        along = arrows[name][:, 2:] - arrows[name][:, :2]
        np.testing.assert_allclose(np.linalg.norm(along / [6.0, 3.0], axis=1), 0.16)
    pull = arrows["gradient"][:, 2:] - arrows["gradient"][:, :2]
    crossed = pull[:, 0] * steps.gradient[:, 1] - pull[:, 1] * steps.gradient[:, 0]
    np.testing.assert_allclose(crossed, 0.0, atol=1e-12)
    assert ((pull * steps.gradient).sum(axis=1) < 0.0).all()
