"""What was checked of the scripts: read from ``checked.json``, which the check writes.

The check runs scripts in the libraries and compares their paths with lossopt's. For every library
``checked.json`` holds its version, the names of all settings that met, and a triangle of signs: the
sign in row i and column j stands for the settings i and j, which were together in at least one
script. It is the hexadecimal digit k if no such path was off by more than 10⁻ᵏ, and a dot where
there was no such script.
"""

from __future__ import annotations

import dataclasses
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import resources
from itertools import combinations_with_replacement
from typing import Any

from lossopt.scripts._run import Run
from lossopt.scripts._settings import settings
from lossopt.scripts._told import TARGETS, ScriptNote

FILE = "checked.json"
FINEST = 15


@dataclasses.dataclass(frozen=True)
class Checked:
    """What was checked with one library.

    Attributes
    ----------
    version : str
        Version of the library.
    scripts : int
        How many scripts were run.
    digest : str
        Fingerprint of these scripts.
    names : tuple of str
        Settings that met, sorted.
    signs : tuple of str
        Row i has the signs of setting i with the settings 0 … i.
    """

    version: str
    scripts: int
    digest: str
    names: Sequence[str]
    signs: Sequence[str]

    def digits(self, first: str, second: str) -> int | None:
        """Largest k with every path that had both settings right to 10⁻ᵏ; None if there is none."""
        if first not in self.names or second not in self.names:
            return None
        j, i = sorted((self.names.index(first), self.names.index(second)))
        sign = self.signs[i][j]
        return None if sign == "." else int(sign, 16)


def claim(library: str, run: Run) -> list[ScriptNote]:
    """What may be said about the path of a script, and no more."""
    name, found = TARGETS[library], checked()[library]
    worst = FINEST
    for pair in combinations_with_replacement(settings(run), 2):
        digits = found.digits(*pair)
        if digits is None:
            what = " + ".join(dict.fromkeys(pair))
            return [ScriptNote("unchecked", library=name, version=found.version, what=what)]
        worst = min(worst, digits)
    return [ScriptNote("exact", library=name, version=found.version, error=f"1e-{worst:02d}")]


@cache
def checked() -> Mapping[str, Checked]:
    """What was checked, by library."""
    text = resources.files("lossopt.scripts").joinpath(FILE).read_text("utf-8")
    return {library: Checked(**found) for library, found in json.loads(text).items()}


def tallied(runs: Iterable[tuple[Sequence[str], float]]) -> dict[str, Any]:
    """Names and signs of scripts that were run, each given by its settings and its error."""
    worst: dict[tuple[str, str], float] = {}
    for found, error in runs:
        for first, second in combinations_with_replacement(sorted(found), 2):
            worst[first, second] = max(worst.get((first, second), 0.0), error)
    names = sorted({name for pair in worst for name in pair})
    signs = [
        "".join(_sign(worst.get((names[j], names[i]))) for j in range(i + 1))
        for i in range(len(names))
    ]
    return {"names": names, "signs": signs}


def _sign(error: float | None) -> str:
    if error is None:
        return "."
    digits = FINEST if error == 0.0 else math.floor(-math.log10(error))
    return f"{max(0, min(FINEST, digits)):x}"
