"""Own data: what is read, what is proposed, and what is refused with a sentence."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import lossopt as lo
from lossopt.tables import MAX_BYTES, MAX_ROWS, DataNote, read_table
from lossopt.tables._table import MAX_CLASSES

TABLE = "height,weight,kind\n1.5,70,cat\n1.25,60,dog\n1.75,90.5,cat\n"
BRIEFLY = settings(max_examples=150, deadline=None, derandomize=True, database=None)
SEMICOLONS = TABLE.replace(",", ";").replace(".", ",")


def codes(table):
    return [note.code for note in table.notes]


@pytest.mark.parametrize(
    "data",
    [
        TABLE.encode(),
        TABLE.encode("utf-8-sig"),
        TABLE.encode("utf-16"),
        TABLE.encode("utf-16-le"),
        TABLE.encode("utf-16-be"),
        TABLE.replace("\n", "\r\n").encode(),
        TABLE.replace("\n", "\r").encode(),
        TABLE.replace("\n", "\n\n").encode(),
        TABLE.replace(",", "\t").encode(),
        TABLE.replace(",", "|").encode(),
        TABLE.replace(",", "  ").encode(),
        SEMICOLONS.encode(),
        SEMICOLONS.replace(";", "\t").encode(),
        TABLE.replace(",", ", ").encode(),
        TABLE.replace("cat", '"cat"').encode(),
        TABLE.rstrip().encode(),
        TABLE.replace("\n", ",,\n").encode(),
    ],
    ids=range(17),
)
def test_the_same_table_in_many_notations(data):
    dataset = lo.read_csv(data, features=["height", "weight"], target="kind")
    assert dataset.X.tolist() == [[1.5, 70.0], [1.25, 60.0], [1.75, 90.5]]
    assert dataset.y.tolist() == [0.0, 1.0, 0.0]
    assert dataset.class_names == ("cat", "dog") and dataset.task == "binary"


@pytest.mark.parametrize(
    "text, encoding",
    [("키,몸무게\n170,60\n180,80\n", "cp949"), ("größe,año\n1,2\n3,5\n", "latin-1")]
    + [("키,größe\n1,2\n3,5\n", name) for name in ("utf-8", "utf-8-sig", "utf-16")],
)
def test_names_in_any_encoding(text, encoding):
    table = read_table(text.encode(encoding))
    assert list(table.names) == text.split("\n")[0].split(",")


def test_from_a_path(tmp_path):
    (tmp_path / "table.csv").write_text(TABLE, "utf-8")
    assert lo.read_csv(tmp_path / "table.csv").n_samples == 3
    assert lo.read_csv(str(tmp_path / "table.csv")).n_samples == 3


def test_thousands_and_decimal_commas():
    assert read_table(b'a,b\n"1,234.5",1\n"12,000",2\n').columns[0].numbers.tolist() == [
        1234.5,
        12e3,
    ]
    assert read_table(b'a,b\n"1,25",1\n"12,5",2\n').columns[0].numbers.tolist() == [1.25, 12.5]
    assert read_table(b"a;b\n1.234,5;1\n2,5;2\n").columns[0].numbers.tolist() == [1234.5, 2.5]


def test_a_table_without_names():
    table = read_table(b"1,2\n3,4\n5,7\n")
    assert table.names == ("x1", "x2") and table.n_rows == 3 and codes(table) == ["no_header"]


def test_row_names_as_r_writes_them():
    table = read_table(b'"mpg" "cyl"\n"Mazda RX4" 21 6\n"Datsun" 22.8 4\n"Valiant" 18.1 6\n')
    assert table.names == ("x1", "mpg", "cyl")
    table = read_table(b'"","mpg","cyl"\n"1",21,6\n"2",22.8,4\n"3",18.1,6\n')
    assert table.proposed_features(2) == (1,)


REFUSED = {
    b"": "empty",
    b"  \n\n \t\n": "empty",
    b"\x00\x00": "empty",
    b"\xef\xbb\xbf": "empty",
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR": "binary",
    b"PK\x03\x04\x14\x00\x06\x00": "binary",
    b"a,b\n1,\x002\n": "binary",
    b"\xff\xfea": "encoding",
    b"a,b,c\n": "header_only",
    b"a": "header_only",
    b"0" * (MAX_BYTES + 1): "too_large",
    b",".join([b"a"] * 300) + b"\n": "too_many_columns",
    b"a,b\n1,2,3,4\n1,2,3,4,5\n1,2\n2,3,4,5,6\n1,2,3,4\n5,6,7,8\n": "ragged",
    b'a,b\n"' + b"x" * 200_000: "quotes",
    b"a,b\nx,y\nz,w\n": "no_numbers",
    b"a\n1\n2\n": "no_target",
    b"a,b\n1,\n,2\n": "no_rows",
}


@pytest.mark.parametrize("data", REFUSED, ids=REFUSED.values())
def test_is_refused_with_a_sentence(data):
    with pytest.raises(lo.DataError) as caught:
        lo.read_csv(data)
    assert caught.value.code == REFUSED[data]
    assert str(caught.value).endswith(".") and isinstance(caught.value, ValueError)


@pytest.mark.parametrize(
    "code, settings",
    [
        ("no_column", {"target": "age"}),
        ("not_numbers", {"target": "kind", "task": "regression"}),
        ("no_features", {"features": []}),
        ("target_is_feature", {"target": "height", "features": ["height"]}),
        ("feature_twice", {"target": "height", "features": ["weight", "weight"]}),
    ],
)
def test_columns_that_do_not_fit(code, settings):
    with pytest.raises(lo.DataError) as caught:
        lo.read_csv(TABLE.encode(), **settings)
    assert caught.value.code == code


def test_one_class_and_too_many_classes():
    same = b"a,b\n1,x\n2,x\n3,x\n"
    with pytest.raises(lo.DataError, match="only one class"):
        lo.read_csv(same, target="b", task="classification")
    many = "a,b\n" + "".join(f"{k},{k}\n" for k in range(MAX_CLASSES + 1))
    with pytest.raises(lo.DataError, match=r"21 different values"):
        lo.read_csv(many.encode(), target="b", task="classification")
    assert lo.read_csv(many.encode(), target="b").task == "regression"


def test_more_rows_are_sampled_with_a_fixed_seed():
    text = "a,b\n" + "".join(f"{k},{k % 7}\n" for k in range(200_000))
    table = read_table(text.encode())
    assert table.n_rows == MAX_ROWS and codes(table) == ["sampled"]
    first = table.columns[0].numbers
    assert (np.diff(first) > 0).all() and abs(first.mean() - 100_000) < 2000
    np.testing.assert_array_equal(first, read_table(text.encode()).columns[0].numbers)
    assert table.notes[0].values == {"total": 200_000, "limit": MAX_ROWS}


def test_a_sample_from_a_table_without_names_can_hold_its_first_row():
    text = "".join(f"{k},{k}\n" for k in range(10))
    table = read_table(text.encode(), max_rows=9, seed=1)
    assert table.n_rows == 9 and codes(table) == ["sampled", "no_header"]
    assert set(table.columns[0].numbers) <= set(range(10))


def test_mistakes_in_a_table_are_survived_and_said():
    rows = "".join(f"{k},{k * k},{k % 3}\n" for k in range(40))
    text = "a,a,b\n" + rows + "1,2\nabc,4,1\ninf,5,2\n1e300,5,2\n,7,0\n1,2,3,4\n"
    table = read_table(text.encode())
    assert table.names == ("a", "a (2)", "b")
    assert codes(table) == ["ragged", "renamed", "unreadable", "infinite"]
    assert table.notes[2].values == {"name": "a", "count": 1, "example": "abc"}
    assert table.notes[3].values["count"] == 2
    split = table.split(2, (0, 1))
    assert [note.code for note in split.notes] == ["dropped"]
    assert split.train.n_samples == 40 and split.train.task == "multiclass"
    filled = table.split(2, (0, 1), fill=True)
    assert filled.train.n_samples == 44 and filled.notes[0].values == {"count": 4}


def test_constant_columns():
    table = read_table(b"a,b,c\n1,5,2\n2,5,3\n3,5,5\n")
    assert table.proposed_features(2) == (0,)
    split = table.split(2, (0, 1), standardize=True)
    assert [note.code for note in split.notes] == ["constant"]
    assert split.train.X[:, 1].tolist() == [0.0, 0.0, 0.0]


def test_training_rows_set_the_scale():
    rng = np.random.default_rng(0)
    text = "a,b\n" + "".join(f"{a:.6f},{b:.6f}\n" for a, b in rng.normal(5, 2, size=(50, 2)))
    split = read_table(text.encode()).split(
        1, (0,), standardize=True, standardize_target=True, test_share=0.3, seed=2
    )
    assert (split.train.n_samples, split.test.n_samples) == (35, 15)
    for values in (split.train.X[:, 0], split.train.y):
        assert abs(values.mean()) < 1e-12 and abs(values.std() - 1.0) < 1e-12
    assert abs(split.test.X.mean()) > 1e-3


@pytest.mark.parametrize(
    "text, target, task",
    [
        ("a,b\n" + "".join(f"{k},{k % 2}\n" for k in range(30)), 1, "classification"),
        ("a,b\n" + "".join(f"{k},{k}\n" for k in range(30)), 1, "regression"),
        ("a,b\n" + "".join(f"{k},{k % 2 + 0.5}\n" for k in range(30)), 1, "regression"),
        ("a,b,c\n1,x,p\n2,y,q\n3,x,p\n", 2, "classification"),
        ("a,b,c\n1,x,p\n2,y,q\n3,x,r\n", 1, "classification"),
        ("a,b,c\n1,x,2.5\n2,y,3\n3,x,5\n", 2, "regression"),
        ("id,b,c\n1,4,2.5\n2,9,3\n3,1,5\n", 2, "regression"),
    ],
)
def test_proposals(text, target, task):
    table = read_table(text.encode())
    assert table.proposed_target() == target
    assert table.proposed_task(target) == task
    assert 0 not in table.proposed_features(target) or not text.startswith("id")


CELLS = st.text(max_size=12) | st.sampled_from(
    ["", "1", "-2.5", "1,5", "1e400", "nan", "inf", "=cmd|' /C calc'!A0", "<b>", '"', "\x00", "가"]
)


@BRIEFLY
@given(
    rows=st.lists(st.lists(CELLS, max_size=5), max_size=12),
    sign=st.sampled_from(",;\t"),
    encoding=st.sampled_from(["utf-8", "utf-16", "cp949", "latin-1"]),
)
def test_any_cells_are_a_dataset_or_a_sentence(rows, sign, encoding):
    text = "\n".join(sign.join(row) for row in rows)
    try:
        data = lo.read_csv(text.encode(encoding, "replace"))
    except lo.DataError as refusal:
        assert str(refusal)
    else:
        assert np.isfinite(data.X).all() and data.n_samples >= 1


@BRIEFLY
@given(data=st.binary(max_size=200))
def test_any_bytes_are_a_dataset_or_a_sentence(data):
    try:
        lo.read_csv(data)
    except lo.DataError as refusal:
        assert str(refusal)


def test_every_note_has_a_sentence():
    for code, sentence in DataNote.sentences.items():
        names = ("total", "limit", "count", "name", "names", "example", "value", "other", "unit")
        values = dict.fromkeys(names, 1)
        assert str(DataNote(code, **values)).endswith(".") or sentence.endswith("…")


def test_labels_are_named_exactly_as_they_are():
    rows = "".join(f"{k},{label}\n" for k, label in enumerate([1000001, 1000002] * 10))
    data = lo.read_csv(("a,y\n" + rows).encode(), task="classification")
    assert data.class_names == ("1000001", "1000002")
    years = lo.read_csv(b"a,y\n1,2019\n2,2020\n4,2019\n5,2020\n", task="classification")
    assert years.class_names == ("2019", "2020") and years.y.tolist() == [0.0, 1.0, 0.0, 1.0]
    tiny = lo.read_csv(b"a,y\n1,0.1\n2,0.10000001\n", task="classification")
    assert tiny.class_names == ("0.1", "0.10000001")


def test_long_class_names_stay_different():
    long = "a" * 50
    data = lo.read_csv(f"x,y\n1,{long}b\n2,{long}c\n3,{long}b\n".encode())
    assert len(set(data.class_names)) == 2 and max(map(len, data.class_names)) <= 40


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"target": "b", "features": ["b"]}, "from itself"),
        ({"features": ["a", "a"]}, "named twice"),
        ({"features": "a"}, "list of texts"),
        ({"features": [0]}, "list of texts"),
        ({"features": ["c"]}, "no column c"),
        ({"target": 1}, "must be a text"),
        ({"task": "bin"}, "one of regression"),
        ({"fill": 1}, "true or false"),
        ({"standardize": "yes"}, "true or false"),
        ({"max_rows": 0}, "max_rows"),
        ({"max_rows": 2.0}, "whole number"),
        ({"seed": -1}, "seed"),
        ({"seed": 1.5}, "whole number"),
    ],
)
def test_wrong_arguments_of_read_csv_get_a_sentence(settings, words):
    with pytest.raises(ValueError, match=words):
        lo.read_csv(b"a,b\n1,2\n2,5\n4,6\n", **settings)
    with pytest.raises(ValueError, match="source must be"):
        lo.read_csv(None)


WEIGHED = b"x,w,none,text,minus,y\n0,1,0,a,-1,1\n1,,0,b,1,2\n2,0,0,a,1,4\n3,2.5,0,b,1,5\n"


def test_a_column_of_weights_goes_with_its_rows():
    table = read_table(WEIGHED)
    split = table.split(5, (0,), task="regression", weights=1)
    np.testing.assert_array_equal(split.train.X[:, 0], [0.0, 2.0, 3.0])
    np.testing.assert_array_equal(split.weights, [1.0, 0.0, 2.5])
    assert [note.code for note in split.notes] == ["dropped"]
    assert table.split(5, (0,), task="regression").weights is None
    parts = table.split(5, (0,), task="regression", weights=1, test_share=0.4, seed=3)
    assert len(parts.weights) == parts.train.n_samples == 2 and parts.test.n_samples == 1
    known = dict(zip([0.0, 2.0, 3.0], [1.0, 0.0, 2.5], strict=True))
    assert parts.weights.tolist() == [known[x] for x in parts.train.X[:, 0]]
    assert 1 not in table.proposed_features(5, weights=1) and 1 in table.proposed_features(5)
    told = table.left_out(5, (0,), weights=1)
    assert all("w" not in note.values.get("names", "").split(", ") for note in told)


@pytest.mark.parametrize(
    ("column", "code"),
    [
        (2, "weights_zero"),
        (3, "weights_text"),
        (4, "weights_negative"),
        (0, "weights_twice"),
        (5, "weights_twice"),
    ],
)
def test_weights_that_cannot_be_used(column, code):
    with pytest.raises(lo.DataError) as refusal:
        read_table(WEIGHED).split(5, (0,), task="regression", weights=column)
    assert refusal.value.code == code and str(refusal.value).endswith(".")


@pytest.mark.parametrize("wrong", ["1", 1.0, True, 7, -1])
def test_weights_are_the_number_of_a_column(wrong):
    with pytest.raises(ValueError, match="weights"):
        read_table(WEIGHED).split(5, (0,), weights=wrong)
