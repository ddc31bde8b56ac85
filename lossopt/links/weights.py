"""How much samples count, as a link says."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from lossopt.datasets import Dataset, DatasetSpec
from lossopt.links.settings import Settings, one_of
from lossopt.links.starts import numbers_text, parse_numbers
from lossopt.objectives import WEIGHTED_MEANS, EmpiricalRisk, WeightedRisk, weights_of_samples
from lossopt.params import Array

CLASS_WEIGHTS, NUMBERS, WEIGHTING = SETTINGS = ("class_weights", "weights", "weighting")
KINDS = ("none", "balanced", "own")


@dataclasses.dataclass(frozen=True, eq=False)
class SampleWeights:
    """What `WeightedRisk` is given besides a risk."""

    classes: tuple[float, ...] | str | None = None
    samples: Array | None = None
    weighting: str = "mean"

    def __bool__(self) -> bool:
        return self.classes is not None or self.samples is not None

    def on(self, risk: EmpiricalRisk) -> EmpiricalRisk:
        """The risk in which samples count so."""
        if not self:
            return risk
        return WeightedRisk(risk, self.classes, self.samples, self.weighting)


NO_WEIGHTS = SampleWeights()


def read_weights(link: Settings, data: DatasetSpec | Dataset) -> SampleWeights:
    """Read the weights of the classes of a dataset, and what weighted losses are divided by.

    >>> import lossopt as lo
    >>> read_weights(Settings({"class_weights": "balanced"}), lo.DATASETS["moons"]()).classes
    'balanced'
    """
    if data.task == "regression":
        return NO_WEIGHTS
    kind = link.read(CLASS_WEIGHTS, KINDS[0], one_of(KINDS))
    link.write(CLASS_WEIGHTS, kind, KINDS[0])
    if kind == "none":
        return NO_WEIGHTS
    made = data.make() if isinstance(data, DatasetSpec) else data
    given: tuple[float, ...] | str = kind
    if kind == "own":
        usual = tuple(1.0 for _ in made.class_names)
        given = link.read(NUMBERS, usual, parse_weights(len(usual)))
        link.write(NUMBERS, numbers_text(given, "_"), numbers_text(usual, "_"))
    try:
        weights_of_samples(made, given, None)
    except ValueError:
        return NO_WEIGHTS
    means = tuple(WEIGHTED_MEANS)
    weighting = link.read(WEIGHTING, means[0], one_of(means))
    link.write(WEIGHTING, weighting, means[0])
    return SampleWeights(given, None, weighting)


def parse_weights(count: int) -> Callable[[str], tuple[float, ...]]:
    """Parser of so many weights, which are not negative and not all zero.

    >>> parse_weights(2)("1_0.5")
    (1.0, 0.5)
    """

    def parse(text: str) -> tuple[float, ...]:
        found = parse_numbers(text, count)
        if min(found) < 0.0 or not any(found):
            raise ValueError(text)
        return found

    return parse
