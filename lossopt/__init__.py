"""lossopt: loss functions and optimizers, exact, vectorized and made visible."""

from lossopt.datasets import DATASETS, Dataset, DatasetSpec
from lossopt.entries import Entry
from lossopt.figures.notebook import Player, figure, stage
from lossopt.formulas import Formula, FormulaError, formula
from lossopt.landscapes.planes import plane_between, random_bounds, random_plane
from lossopt.landscapes.surfaces import Plane, Surface, axis_plane, evaluate_surface, pca_plane
from lossopt.libraries import LIBRARIES, Library
from lossopt.losses import LOSSES, Loss
from lossopt.models import MODELS, Model
from lossopt.objectives import OBJECTIVES, EmpiricalRisk, Objective, WeightedRisk
from lossopt.optimizers import OPTIMIZERS, Optimizer
from lossopt.schedules import SCHEDULES, Schedule
from lossopt.sweeps import Basins, SeedBands, Sweep, basins, seed_bands, sweep
from lossopt.tables import DataError, read_csv
from lossopt.theory.diagnostics import (
    condition_number,
    effective_learning_rates,
    gradient_norms,
    hessian_product,
    largest_curvature,
    largest_stable_learning_rate,
    sharpness,
    stability_products,
    step_angles,
)
from lossopt.trajectories import Trajectory, descend

__all__ = [
    "DATASETS",
    "LIBRARIES",
    "LOSSES",
    "MODELS",
    "OBJECTIVES",
    "OPTIMIZERS",
    "SCHEDULES",
    "Basins",
    "DataError",
    "Dataset",
    "DatasetSpec",
    "EmpiricalRisk",
    "Entry",
    "Formula",
    "FormulaError",
    "Library",
    "Loss",
    "Model",
    "Objective",
    "Optimizer",
    "Plane",
    "Player",
    "Schedule",
    "SeedBands",
    "Surface",
    "Sweep",
    "Trajectory",
    "WeightedRisk",
    "axis_plane",
    "basins",
    "condition_number",
    "descend",
    "effective_learning_rates",
    "evaluate_surface",
    "figure",
    "formula",
    "gradient_norms",
    "hessian_product",
    "largest_curvature",
    "largest_stable_learning_rate",
    "pca_plane",
    "plane_between",
    "random_bounds",
    "random_plane",
    "read_csv",
    "seed_bands",
    "sharpness",
    "stability_products",
    "stage",
    "step_angles",
    "sweep",
]
