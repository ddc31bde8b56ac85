"""Three species of iris."""

from __future__ import annotations

import dataclasses
from typing import final

from lossopt.datasets._base import Dataset
from lossopt.datasets._shipped import ShippedDataset
from lossopt.params import param

SEPAL = ("sepal length (cm)", "sepal width (cm)")
PETAL = ("petal length (cm)", "petal width (cm)")
FEATURES = {"petal": PETAL, "sepal": SEPAL, "all": SEPAL + PETAL}


@final
@dataclasses.dataclass(frozen=True)
class Iris(ShippedDataset):
    """Setosa, versicolor or virginica: the species of 150 irises from their petals.

    Setosa lies apart from the other two, which overlap.

    References
    ----------
    R. A. Fisher, "The Use of Multiple Measurements in Taxonomic Problems", 1936.

    Examples
    --------
    >>> data = Iris().make()
    >>> data.X.shape, data.class_names
    ((150, 2), ('setosa', 'versicolor', 'virginica'))
    """

    name = "Iris: three species"
    year = 1936
    task = "multiclass"
    source = "Fisher, Annals of Eugenics 7, 1936; the copy in scikit-learn"
    license = "BSD 3-Clause"

    features: str = param("petal", "features", choices=tuple(FEATURES))

    def make(self) -> Dataset:
        columns = FEATURES[self.features]
        return self.classes("iris.csv", columns, "species", "setosa", "versicolor", "virginica")
