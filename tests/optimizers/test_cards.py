"""What the cards say of rules in words, tried on a few gradients."""

import numpy as np
import pytest

import lossopt as lo


def steps(name, gradients, **fields):
    """Steps of a rule in learning rates, along one param."""
    rule = lo.OPTIMIZERS[name](learning_rate=1.0, **fields)
    params = np.zeros((1, 1))
    state, taken = rule.init(params), []
    for gradient in gradients:
        moved, state = rule.update(np.array([[float(gradient)]]), state, params)
        taken.append(float((moved - params)[0, 0]))
        params = moved
    return np.array(taken)


@pytest.mark.parametrize("size", [1e-3, 1.0, 1e3])
def test_adam_moves_by_the_learning_rate_as_long_as_gradients_agree(size):
    assert np.abs(steps("adam", [size] * 50)) == pytest.approx(1.0, rel=1e-4)
    assert np.abs(steps("adam", [size, -size] * 25))[-1] < 0.1


def test_nadam_turns_sooner_than_adam():
    turned = [np.argmax(steps(name, [1] * 300 + [-1] * 20)[300:] > 0) for name in ("adam", "nadam")]
    assert turned == [6, 0]


def test_amsgrad_is_held_back_for_good_although_its_steps_grow_again_at_first():
    """PyTorch takes the maximum before the bias correction, which is large in the first steps."""
    taken = np.abs(steps("amsgrad", [100] + [1] * 9999, beta1=0.0))
    assert taken[1000] > 15.0 * taken[1]
    assert taken[-1] == pytest.approx(taken[8000], rel=1e-3) and taken[-1] < 0.4


def test_v_of_adam_falls_by_a_share_of_itself_and_that_of_yogi_by_the_newest_square():
    adam, yogi = (np.abs(steps(name, [10] + [0.1] * 3000, beta1=0.0)) for name in ("adam", "yogi"))
    assert adam[-1] > 0.4 and yogi[-1] < 0.5 * adam[-1]


def test_newton_goes_to_a_place_without_slope_and_not_to_the_nearest():
    wave, newton = lo.formula("cos(x) + y^2"), lo.OPTIMIZERS["newton"](learning_rate=1.0)
    nearest, run = np.pi, lo.descend(newton, wave, start=[1.7, 0.0], n_steps=30)
    assert abs(wave.gradient(run.iterates[-1])[0]) < 1e-9
    assert run.iterates[-1][0] == pytest.approx(3.0 * nearest)
    top = lo.descend(newton, wave, start=[1.0, 0.0], n_steps=30)
    assert top.losses[-1] == pytest.approx(1.0), "of any kind: here a saddle"
