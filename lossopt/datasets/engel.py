"""Engel's household budgets."""

from __future__ import annotations

import dataclasses
from typing import final

from lossopt.datasets._base import Dataset
from lossopt.datasets._shipped import ShippedDataset
from lossopt.params import param

UNITS = {"1000 francs": 1000.0, "francs": 1.0}


@final
@dataclasses.dataclass(frozen=True)
class Engel(ShippedDataset):
    """Food expenditure of 235 Belgian households from their income.

    The spread grows with income and a few rich households lie far off, so that squared and
    absolute error give different lines.

    References
    ----------
    E. Engel, "Die Productions- und Consumtionsverhältnisse des Königreichs Sachsen", 1857.
    R. Koenker, G. Bassett, "Robust Tests for Heteroscedasticity Based on Regression Quantiles",
    1982.

    Examples
    --------
    >>> data = Engel().make()
    >>> data.X.shape, data.feature_names, data.target_name
    ((235, 1), ('income (standardized)',), 'food expenditure (1000 francs)')
    """

    name = "Engel's household budgets"
    year = 1857
    task = "regression"
    source = "Engel, 1857; Koenker, Bassett, Econometrica 50, 1982; the copy in statsmodels"
    license = "public domain"

    unit: str = param("1000 francs", "unit of expenditure", choices=tuple(UNITS))

    def make(self) -> Dataset:
        income, food = "income (francs)", "food expenditure (francs)"
        return self.regression("engel.csv", [income], food, self.unit, UNITS[self.unit])
