"""Own data: a CSV file or pasted cells become a dataset, or are refused with a sentence."""

from lossopt.tables._csv import read_csv
from lossopt.tables._export import dataset_csv, harmless
from lossopt.tables._fitting import fitting_model
from lossopt.tables._points import (
    MAX_POINTS,
    REACH,
    Clicked,
    parse_points,
    points_dataset,
    points_text,
)
from lossopt.tables._reading import MAX_BYTES, MAX_MEGABYTES, MAX_ROWS, read_table
from lossopt.tables._split import Split
from lossopt.tables._table import Table
from lossopt.tables._told import DataError, DataNote

__all__ = [
    "MAX_BYTES",
    "MAX_MEGABYTES",
    "MAX_POINTS",
    "MAX_ROWS",
    "REACH",
    "Clicked",
    "DataError",
    "DataNote",
    "Split",
    "Table",
    "dataset_csv",
    "fitting_model",
    "harmless",
    "parse_points",
    "points_dataset",
    "points_text",
    "read_csv",
    "read_table",
]
