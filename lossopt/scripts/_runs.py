"""What was seen when scripts for measured libraries were run by hand, from ``by_library.json``.

For every library it holds the version, the day, how many scripts were run, their fingerprint, and
by rule the worst error of their paths with how many there were.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from functools import cache
from importlib import resources

from lossopt.optimizers import Optimizer
from lossopt.registry import id_of
from lossopt.scripts._told import TARGETS, ScriptNote

FILE = "by_library.json"


@dataclasses.dataclass(frozen=True)
class Ran:
    """What was run in one library.

    Attributes
    ----------
    version, date : str
    digest : str
        Fingerprint of the scripts.
    rules : Mapping of str to tuple of float and int
        By the id of a rule its worst error, and how many scripts were run.
    """

    version: str
    date: str
    digest: str
    rules: Mapping[str, tuple[float, int]]


def told(library: str, rule: Optimizer, version: str) -> ScriptNote:
    """What may be said of the path of a rule's script, and no more."""
    found, name = ran().get(library), TARGETS[library]
    if found is None or id_of(rule) not in found.rules:
        return ScriptNote("not_run", library=name, version=version, rule=rule.name)
    error, n = found.rules[id_of(rule)]
    about = {"version": found.version, "date": found.date, "rule": rule.name}
    return ScriptNote("run", library=name, error=f"{error:.0e}", n=n, **about)


@cache
def ran() -> Mapping[str, Ran]:
    """What was run, by library."""
    text = resources.files("lossopt.scripts").joinpath(FILE).read_text("utf-8")
    return {library: Ran(**found) for library, found in json.loads(text).items()}
