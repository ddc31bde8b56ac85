"""Chainer: ``pip install chainer==7.8.1 numpy==1.23.5``."""

from __future__ import annotations

from functools import partial

import chainer
import numpy as np
from chainer import optimizers
from chainer.optimizer_hooks import WeightDecay

from benchmarks.libraries._probe import Asked, probe


def begin(make, settings, start):
    """Step of a Chainer optimizer on a link with one parameter; weight decay is a hook."""
    link = chainer.Link()
    with link.init_scope():
        link.w = chainer.Parameter(np.array(start, dtype="float64"))
    settings = dict(settings)
    decay = settings.pop("hook", None)
    optimizer = make(**settings).setup(link)
    if decay is not None:
        optimizer.add_hook(WeightDecay(decay))

    def step(gradient, rate):
        if rate is not None:
            setattr(optimizer, "lr" if hasattr(optimizer.hyperparam, "lr") else "alpha", rate)
        link.w.grad = np.array(gradient, dtype="float64")
        optimizer.update()
        return link.w.array

    return step


asked = partial(Asked, rate="lr", decay="hook")
OPTIMIZERS = {
    "gradient_descent": asked(optimizers.SGD),
    "momentum": asked(optimizers.MomentumSGD),
    "nesterov": asked(optimizers.NesterovAG),
    "adagrad": asked(optimizers.AdaGrad),
    "adadelta": asked(optimizers.AdaDelta, rate=None),
    "rmsprop": asked(optimizers.RMSprop),
    "adam": asked(optimizers.Adam, rate="alpha"),
    "adamw": asked(optimizers.AdamW, rate="alpha", decay="weight_decay_rate"),
    "amsgrad": asked(optimizers.AMSGrad, rate="alpha"),
}

if __name__ == "__main__":
    chainer.config.dtype = np.float64
    versions = {"chainer": chainer.__version__, "numpy": np.__version__}
    probe("chainer", versions, begin, OPTIMIZERS)
