"""What is said about a table."""

from __future__ import annotations

from lossopt.refusals import RefusalError, Told


class DataError(RefusalError):
    """Data that cannot be used, and why."""

    kind = "data_error"
    sentences = {
        "empty": "There is nothing in this file.",
        "binary": "This is not a text file. Save the table as CSV in your spreadsheet and choose "
        "that file.",
        "encoding": "The letters of this file cannot be read. Save it as CSV in UTF-8.",
        "too_large": "The file has {size} MB; at most {limit} MB are allowed.",
        "header_only": "There is only one line of names and no row below it.",
        "too_many_columns": "The table has {count} columns; at most {limit} are allowed.",
        "ragged": "Most rows have another number of cells than the first. Check the sign between "
        "the cells.",
        "quotes": "A cell is far too long: perhaps a quotation mark is opened and never closed.",
        "no_numbers": "No column holds numbers to learn from.",
        "no_target": "No column is left to predict: there must be at least two that can be used.",
        "no_rows": "No row is left in which all chosen columns hold a value.",
        "one_class": "The column {name} holds only one class, so there is nothing to tell apart.",
        "many_classes": "The column {name} holds {count} different values, too many for classes: "
        "at most {limit}.",
        "not_numbers": "The column {name} holds text, which can only be predicted as classes.",
        "no_column": "There is no column {name}.",
        "target_is_feature": "The column {name} cannot be predicted from itself.",
        "feature_twice": "The column {name} is named twice.",
        "many_features": "At most {limit} columns can be learned from at once.",
    }


class DataNote(Told):
    """What was changed or left out on the way from a file to a dataset."""

    kind = "data_note"
    sentences = {
        "sampled": "{total} rows are more than {limit}: {limit} of them, drawn with a fixed seed, "
        "are used.",
        "no_header": "The first line holds numbers, so the columns are named x1, x2, …",
        "ragged": "{count} rows with another number of cells were left out.",
        "renamed": "Columns with the same name got a number.",
        "unreadable": "{count} cells of {name} are no numbers (for example {example}) and count "
        "as missing.",
        "infinite": "{count} cells of {name} are infinite or far too large and count as missing.",
        "dropped": "{count} rows with a missing value were left out.",
        "filled": "{count} missing values were replaced by the mean of their column.",
        "constant": "The column {name} is constant and tells nothing.",
    }
