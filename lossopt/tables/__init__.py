"""Own data: a CSV file or pasted cells become a dataset, or are refused with a sentence."""

from lossopt.tables._csv import read_csv
from lossopt.tables._reading import MAX_BYTES, MAX_ROWS, read_table
from lossopt.tables._table import Split, Table
from lossopt.tables._told import DataError, DataNote

__all__ = [
    "MAX_BYTES",
    "MAX_ROWS",
    "DataError",
    "DataNote",
    "Split",
    "Table",
    "read_csv",
    "read_table",
]
