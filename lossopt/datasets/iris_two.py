"""Two species of iris."""

from __future__ import annotations

import dataclasses
from typing import final

from lossopt.datasets._base import Dataset
from lossopt.datasets._shipped import ShippedDataset
from lossopt.params import param

SEPAL = ("sepal length (cm)", "sepal width (cm)")
PETAL = ("petal length (cm)", "petal width (cm)")
FEATURES = {
    "petal": PETAL,
    "petal_length": PETAL[:1],
    "sepal": SEPAL,
    "all": SEPAL + PETAL,
}


@final
@dataclasses.dataclass(frozen=True)
class IrisTwo(ShippedDataset):
    """Versicolor or virginica: the species of 100 irises from their petals, which overlap.

    With petal length alone the model has two params, and the surface shows all of it.

    References
    ----------
    R. A. Fisher, "The Use of Multiple Measurements in Taxonomic Problems", 1936.

    Examples
    --------
    >>> data = IrisTwo().make()
    >>> data.X.shape, data.class_names
    ((100, 2), ('versicolor', 'virginica'))
    """

    name = "Iris: two species"
    year = 1936
    task = "binary"
    source = "Fisher, Annals of Eugenics 7, 1936; the copy in scikit-learn"
    license = "BSD 3-Clause"

    features: str = param("petal", "features", choices=tuple(FEATURES))

    def make(self) -> Dataset:
        columns = FEATURES[self.features]
        return self.classes("iris.csv", columns, "species", "versicolor", "virginica")
