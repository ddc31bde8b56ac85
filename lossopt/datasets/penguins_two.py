"""Two species of penguins."""

from __future__ import annotations

import dataclasses
from typing import final

from lossopt.datasets._base import Dataset
from lossopt.datasets._shipped import ShippedDataset
from lossopt.params import param

BILL = ("bill length (mm)", "bill depth (mm)")
BODY = ("flipper length (mm)", "body mass (g)")
FEATURES = {
    "bill": BILL,
    "flipper": BODY[:1],
    "body": BODY,
    "all": BILL + BODY,
}


@final
@dataclasses.dataclass(frozen=True)
class PenguinsTwo(ShippedDataset):
    """Adelie or Gentoo: the species of 274 penguins from their bills.

    A line separates the bills without a mistake, so cross-entropy has no minimizer. Flipper length
    alone leaves a few mistakes, and then there is one. 2 rows hold no measurement and are left out.

    References
    ----------
    K. B. Gorman, T. D. Williams, W. R. Fraser, "Ecological Sexual Dimorphism and Environmental
    Variability within a Community of Antarctic Penguins (Genus Pygoscelis)", 2014.

    Examples
    --------
    >>> data = PenguinsTwo(features="flipper").make()
    >>> data.X.shape, data.class_names
    ((274, 1), ('Adelie', 'Gentoo'))
    """

    name = "Penguins: two species"
    year = 2014
    task = "binary"
    source = (
        "Gorman, Williams, Fraser, PLoS ONE 9(3), e90081, 2014; "
        "palmerpenguins by Horst, Hill, Gorman"
    )
    license = "CC0 1.0"

    features: str = param("bill", "features", choices=tuple(FEATURES))

    def make(self) -> Dataset:
        columns = FEATURES[self.features]
        return self.classes("penguins.csv", columns, "species", "Adelie", "Gentoo")
