"""Body mass of penguins."""

from __future__ import annotations

import dataclasses
from typing import final

from lossopt.datasets._base import Dataset
from lossopt.datasets._shipped import ShippedDataset
from lossopt.params import param

FEATURES = {
    "flipper": ("flipper length (mm)",),
    "bill_depth": ("bill depth (mm)",),
    "all": ("flipper length (mm)", "bill length (mm)", "bill depth (mm)"),
}
UNITS = {"kg": 1000.0, "g": 1.0}


@final
@dataclasses.dataclass(frozen=True)
class PenguinsMass(ShippedDataset):
    """Body mass of 342 penguins from the length of their flippers.

    Bill depth alone says that deeper bills go with lighter penguins: three species are mixed, and
    within each it is the other way round. In grams the minimizer is a thousand times further away
    than in kilograms, and a step of Adam is as short as before. 2 of the 344 rows hold no
    measurement and are left out.

    References
    ----------
    K. B. Gorman, T. D. Williams, W. R. Fraser, "Ecological Sexual Dimorphism and Environmental
    Variability within a Community of Antarctic Penguins (Genus Pygoscelis)", 2014.

    Examples
    --------
    >>> data = PenguinsMass(standardize=False).make()
    >>> data.X.shape, data.feature_names, data.target_name
    ((342, 1), ('flipper length (mm)',), 'body mass (kg)')
    """

    name = "Penguins: body mass"
    year = 2014
    task = "regression"
    source = (
        "Gorman, Williams, Fraser, PLoS ONE 9(3), e90081, 2014; "
        "palmerpenguins by Horst, Hill, Gorman"
    )
    license = "CC0 1.0"

    features: str = param("flipper", "features", choices=tuple(FEATURES))
    unit: str = param("kg", "unit of body mass", choices=tuple(UNITS))

    def make(self) -> Dataset:
        size = UNITS[self.unit]
        columns = FEATURES[self.features]
        return self.regression("penguins.csv", columns, "body mass (g)", self.unit, size)
