"""Keras 2's older optimizers: ``pip install tf_keras==2.21.0 tensorflow-cpu==2.21.0``."""

from __future__ import annotations

from benchmarks.libraries.tf_keras import asked_of, run, tf_keras

if __name__ == "__main__":
    run("tf_keras_legacy", asked_of(tf_keras.optimizers.legacy, None))
