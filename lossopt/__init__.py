"""lossopt: loss functions and optimizers, exact, vectorised and made visible."""

from lossopt.datasets import DATASETS, Dataset, DatasetSpec
from lossopt.formulas import Formula, FormulaError, formula
from lossopt.losses import LOSSES, Loss
from lossopt.models import MODELS, Model
from lossopt.objectives import OBJECTIVES, EmpiricalRisk, Objective
from lossopt.optimizers import OPTIMIZERS, Optimizer
from lossopt.surfaces import Plane, Surface, evaluate_surface
from lossopt.trajectories import Trajectory, descend

__all__ = [
    "DATASETS",
    "LOSSES",
    "MODELS",
    "OBJECTIVES",
    "OPTIMIZERS",
    "Dataset",
    "DatasetSpec",
    "EmpiricalRisk",
    "Formula",
    "FormulaError",
    "Loss",
    "Model",
    "Objective",
    "Optimizer",
    "Plane",
    "Surface",
    "Trajectory",
    "descend",
    "evaluate_surface",
    "formula",
]
