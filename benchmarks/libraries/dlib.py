"""dlib's solvers, compiled once from its source: set DLIB_PROBE to the program.

    pip download --no-binary :all: dlib==20.0.0, unpacked; there:
    g++ -std=c++17 -O1 -DDLIB_NO_GUI_SUPPORT -I. …/benchmarks/libraries/dlib.cpp \
        dlib/all/source.cpp -lpthread -o dlib_probe
"""

from __future__ import annotations

import os
import subprocess

from benchmarks.libraries._probe import Asked, probe


def begin(name, settings, start):
    """Step of a solver, which is run anew for all gradients so far."""
    usual = 0.0005 if name == "plain" else -1  # -1: the solver's own
    head, lines = [name, len(start), settings.get("weight_decay", usual), *start], []

    def step(gradient, rate):
        lines.append([rate, *gradient])
        told = " ".join(map(str, [*head, *[x for line in lines for x in line]]))
        program = os.environ["DLIB_PROBE"]
        done = subprocess.run([program], input=told, capture_output=True, text=True, check=True)
        return [float(word) for word in done.stdout.splitlines()[-1].split()]

    return step


OPTIMIZERS = {
    "gradient_descent": Asked("plain", asks_rate=True),
    "momentum": Asked("sgd", asks_rate=True),
    "adam": Asked("adam", asks_rate=True, precision="float32 powers"),
}

if __name__ == "__main__":
    probe("dlib", {"dlib": "20.0.0"}, begin, OPTIMIZERS, "float32")
