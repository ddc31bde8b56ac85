"""What is said about a table."""

from __future__ import annotations

from collections.abc import Sequence

from lossopt.refusals import RefusalError, Told

SHOWN = 6


def listed(names: Sequence[str]) -> str:
    """Names in a row; of many the first ones and how many follow.

    >>> listed(["a", "b"]), listed([str(k) for k in range(9)])
    ('a, b', '0, 1, 2, 3, 4, 5, … (9)')
    """
    more = [f"… ({len(names)})"] if len(names) > SHOWN else []
    return ", ".join([*(name[:30] for name in names[:SHOWN]), *more])


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
        "no_features": "Choose at least one column to learn from.",
        "only_row_names": "Besides {name} there are only names or numbers of the rows ({names}). "
        "They tell nothing, but can be chosen.",
        "no_target": "No column is left to predict: there must be at least two that can be used.",
        "mixed": "No column is left to predict, for only {count} of {total} cells of {name} are "
        "numbers (not {example}).",
        "no_rows": "No row is left in which all chosen columns hold a value.",
        "one_class": "The column {name} holds only one class, so there is nothing to tell apart.",
        "many_classes": "The column {name} holds {count} different values, too many for classes: "
        "at most {limit}.",
        "not_numbers": "The column {name} holds text, which can only be predicted as classes.",
        "many_texts": "The column {name} holds {count} different texts; to learn from text there "
        "may be at most {limit}.",
        "no_column": "There is no column {name}.",
        "target_is_feature": "The column {name} cannot be predicted from itself.",
        "feature_twice": "The column {name} is named twice.",
        "many_features": "At most {limit} columns can be learned from at once.",
        "weights_text": "The column {name} holds no numbers; weights of samples are numbers from 0 "
        "up.",
        "weights_negative": "The column {name} holds {value}, but weights of samples are numbers "
        "from 0 up.",
        "weights_zero": "The weights of {name} are 0 in all rows that are learned from, so no "
        "sample counts.",
        "weights_twice": "The column {name} holds the weights, so it can be neither learned from "
        "nor predicted.",
        "wide": "The chosen columns become {count} features, one for each text; at most {limit} "
        "are allowed.",
    }


class DataNote(Told):
    """What was changed or left out on the way from a file to a dataset."""

    kind = "data_note"
    sentences = {
        "skipped": "Lines that are no part of the table were skipped: {count} (for example "
        "{example}).",
        "control": "Control characters inside the file were removed: {count}.",
        "sampled": "{total} rows are more than {limit}: {limit} of them, drawn with a fixed seed, "
        "are used.",
        "no_header": "The first line looks like a sample, not like names, so the columns are "
        "named x1, x2, …",
        "number_names": "The numbers of the first line (for example {example}) look like names, "
        "not like a sample.",
        "commented_names": "The names are those of the comment {example}.",
        "ragged": "{count} rows with another number of cells were left out.",
        "renamed": "Columns with the same name got a number.",
        "unreadable": "{count} cells of {name} are no numbers (for example {example}) and count "
        "as missing.",
        "infinite": "{count} cells of {name} are infinite or far too large and count as missing.",
        "marks": "Numbers of {name} are written with marks: {example} is read as {value}.",
        "ambiguous": "{example} in {name} is read as {value}; with the other decimal mark it "
        "would be {other}.",
        "unit": "The sign {unit} in the cells of {name} is left out: {example} is read as {value}.",
        "capitals": "{example} and {other} in {name} differ in capital letters and count as two "
        "values.",
        "mixed": "Only {count} of {total} cells of {name} are numbers (not {example}), so it is a "
        "column of text.",
        "day_first": "Dates of {name} can be read in two ways: {example} is taken for {value}.",
        "words_missing": "{count} cells {example} in columns of text ({names}) count as missing.",
        "sign_labels": "{example} is taken for a label in columns of text ({names}), not for a "
        "missing value.",
        "row_names": "{names}: names or numbers of the rows, left out. They can be chosen.",
        "counts_rows": "{name} may only number the rows: leave it out if it does.",
        "dates": "{names}: dates, left out. Chosen, they count as days.",
        "texts": "{names}: text with too many different values, left out.",
        "choices": "{names}: text with few values, left out. Chosen, every value becomes a feature "
        "of 0 and 1 (one-hot).",
        "constants": "{names}: the same value in every row, left out.",
        "holes": "{names}: too many missing values, left out.",
        "empty_columns": "{names}: no value at all, left out.",
        "surplus": "{names}: left out, so that not too many columns are learned from. They can be "
        "chosen.",
        "days": "{name} is counted in days from {example}.",
        "one_hot": "{name} becomes {count} features of 0 and 1, one for each text (one-hot).",
        "yes_no": "{name} becomes one feature: 1 for {value}, 0 for {other}.",
        "dropped": "{count} of {total} rows were left out, because a value is missing in them.",
        "filled": "{count} missing values were replaced by the mean of their column.",
        "constant": "The column {name} is constant and tells nothing.",
    }
