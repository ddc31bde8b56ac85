"""The optimizers under scikit-learn's networks: ``pip install scikit-learn==1.9.1``."""

from __future__ import annotations

from functools import partial

import numpy as np
import sklearn
from sklearn.neural_network import _stochastic_optimizers as optimizers

from benchmarks.libraries._probe import Asked, probe


def begin(make, settings, start):
    """Step of an optimizer of MLPClassifier and MLPRegressor."""
    params = [np.array(start, dtype="float64")]
    optimizer = make(params, **settings)

    def step(gradient, rate):
        if rate is not None:
            optimizer.learning_rate = optimizer.learning_rate_init = rate
        optimizer.update_params(params, [np.array(gradient, dtype="float64")])
        return params[0]

    return step


SGD, ADAM = optimizers.SGDOptimizer, optimizers.AdamOptimizer
asked = partial(Asked, rate="learning_rate_init", decay=None)
OPTIMIZERS = {
    "gradient_descent": asked(partial(SGD, momentum=0.0, nesterov=False)),
    "momentum": asked(partial(SGD, nesterov=False)),
    "nesterov": asked(SGD),
    "adam": asked(ADAM),
}

if __name__ == "__main__":
    probe("sklearn", {"scikit-learn": sklearn.__version__}, begin, OPTIMIZERS)
