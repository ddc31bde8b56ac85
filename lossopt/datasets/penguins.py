"""Three species of penguins."""

from __future__ import annotations

import dataclasses
from typing import final

from lossopt.datasets._base import Dataset
from lossopt.datasets._shipped import ShippedDataset
from lossopt.params import param

BILL = ("bill length (mm)", "bill depth (mm)")
BODY = ("flipper length (mm)", "body mass (g)")
FEATURES = {"bill": BILL, "body": BODY, "all": BILL + BODY}


@final
@dataclasses.dataclass(frozen=True)
class Penguins(ShippedDataset):
    """Adelie, Chinstrap or Gentoo: the species of 342 penguins from their bills.

    Adelie and Gentoo lie apart, Chinstrap overlaps both. 2 of the 344 rows hold no measurement and
    are left out.

    References
    ----------
    K. B. Gorman, T. D. Williams, W. R. Fraser, "Ecological Sexual Dimorphism and Environmental
    Variability within a Community of Antarctic Penguins (Genus Pygoscelis)", 2014.

    Examples
    --------
    >>> data = Penguins().make()
    >>> data.X.shape, data.class_names
    ((342, 2), ('Adelie', 'Chinstrap', 'Gentoo'))
    """

    name = "Penguins: three species"
    year = 2014
    task = "multiclass"
    source = (
        "Gorman, Williams, Fraser, PLoS ONE 9(3), e90081, 2014; "
        "palmerpenguins by Horst, Hill, Gorman"
    )
    license = "CC0 1.0"

    features: str = param("bill", "features", choices=tuple(FEATURES))

    def make(self) -> Dataset:
        columns = FEATURES[self.features]
        return self.classes("penguins.csv", columns, "species", "Adelie", "Chinstrap", "Gentoo")
