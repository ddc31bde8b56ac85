"""Own functions: a formula in x and y, read safely and differentiated exactly."""

from lossopt.formulas._formula import Formula, formula
from lossopt.formulas._read import FormulaError

__all__ = ["Formula", "FormulaError", "formula"]
