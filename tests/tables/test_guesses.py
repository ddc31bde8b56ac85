"""What is guessed about a table: names, marks, missing values, row names. Right values, told."""

import numpy as np
import pytest

import lossopt as lo
from lossopt.tables import read_table


def codes(*notes):
    return [note.code for note in notes]


def numbers(text, k=0):
    return read_table(text.encode()).columns[k].numbers.tolist()


IRIS = (
    "5.1,3.5,1.4,0.2,Iris-setosa\n4.9,3.0,1.4,0.2,Iris-setosa\n"
    "6.2,2.9,4.3,1.3,Iris-versicolor\n5.9,3.0,4.2,1.5,Iris-versicolor\n"
)
SAMPLES = {
    "iris": IRIS,
    "credit": "b,30.83,0,u,+\na,58.67,4.46,u,+\na,24.5,?,u,-\nb,27.83,1.54,y,-\n",
    "letters": "p,x,s\ne,x,y\np,b,s\ne,b,y\ne,x,y\n",
    "dates": "2020-01-01,5.1\n2020-01-02,5.3\n2020-01-03,5.9\n",
    "money": "$15,1\n$20,2\n$35,5\n",
    "one cell missing": "5.1,?,1.4\n4.9,3.0,1.5\n6.2,2.9,4.3\n",
    "one cell wrong": "5.1,abc,1.4,2\n4.9,3.0,1.5,3\n6.2,2.9,4.3,3\n",
    "one row": "5.1,3.5,setosa\n",
    "counting": "1,2,3\n4,5,6\n7,8,9\n",
    "numbered, and words at the top": "1,398,A,u\n2,399,1.1,2.5\n3,400,1.2,3.1\n4,401,2.1,3\n",
    "semicolons": "5,1;a\n6,2;b\n7,3;a\n",
    "codes of colors": "blue,#569BBD\ngreen,#114B5F\nred,#F05133\nnone,#FFFFFF\n",
    "codes of hosts": "kim,10.0.0.1\nlee,10.0.0.12\nchoi,192.168.0.7\npark,10.1.0.3\n",
}


@pytest.mark.parametrize("text", SAMPLES.values(), ids=SAMPLES)
def test_a_first_sample_is_no_line_of_names(text):
    table = read_table(text.encode())
    assert table.n_rows == text.count("\n") and table.names[:2] == ("x1", "x2")
    assert "no_header" in codes(*table.notes)


NAMED = {
    "plain": "a,b\n1,2\n3,4\n",
    "quoted years": '"land","1990","1991"\n"Korea",5,6\n"Peru",7,8\n',
    "years": "land,1990,1991\nKorea,5.5,6.1\nPeru,7,8\n",
    "years and a gap": "land,1990,1995,2000\nKorea,5.5,6.1,7\nPeru,7,8,9\n",
    "counted": "subject,1,2,3\nA,0.5,0.7,0.9\nB,0.4,0.75,0.95\n",
    "a year among names": "a,2020\n1,2\n3,4\n",
    "days": "state,2020-01-22,2020-01-23\nA,5,6\nB,7,8\n",
    "without the first": ",a,b\nx,1,2\ny,3,4\n",
    "classes": "kind,size\n" + "cat,small\ndog,large\n" * 4,
    "codes": "part-no,kind\nA-1,bolt\nB-2,nut\nC-3,pin\nD-4,cap\n",
    "numbers like codes": "t.0,t.5\n3.3,2.6\n2.6,1.9\n4.1,2.3\n",
    "texts": "name,city\nKim,Seoul\nLee,Busan\n",
    "money": "price,count\n$15,1\n$20,2\n",
}


@pytest.mark.parametrize("text", NAMED.values(), ids=NAMED)
def test_names_are_names(text):
    table = read_table(text.encode())
    head = text.split("\n")[0].replace('"', "").split(",")
    assert list(table.names) == [name or "x1" for name in head] and table.header
    told = [note for note in table.notes if note.code == "number_names"]
    assert bool(told) == any(name.isdigit() for name in head)


def test_a_person_can_say_whether_there_are_names():
    table = read_table(IRIS.encode(), header=True)
    assert table.names[0] == "5.1" and table.n_rows == 3 and not table.notes
    table = read_table(b"a,b\n1,2\n3,4\n", header=False)
    assert table.names == ("x1", "x2") and table.n_rows == 3
    data = lo.read_csv(b"1,2\n3,4\n5,7\n", header=True)
    assert data.feature_names == ("1",) and data.X.tolist() == [[3.0], [5.0]]


COLUMNS = {
    "leading zero": ('a,b\n"0,125",1\n', [0.125]),
    "leading zeros": ('a,b\n"0,125",1\n"1,250",2\n"12,500",3\n', [0.125, 1.25, 12.5]),
    "leading point": ("a;b\n0.125;1\n1.250;2\n", [0.125, 1.25]),
    "thousands": ('a,b\n"1,250",1.5\n"12,000",2.5\n"999",2\n', [1250.0, 12000.0, 999.0]),
    "of another column": ("a;b\n1.250;1,5\n2.500;2,25\n", [1250.0, 2500.0]),
    "and the other": ('a,b\n"1,250","1.5"\n"2,500",2.25\n', [1250.0, 2500.0]),
    "ungrouped beside": ('a,b\n"1,234",1\n"5678",2\n', [1.234, 5678.0]),
    "semicolon": ("a;b\n1,250;1\n2,500;2\n", [1.25, 2.5]),
    "million": ("a;b\n1.234.567;1\n2.500;2\n", [1234567.0, 2500.0]),
    "blanks": ("a;b\n1 234,5;1\n2 250,1;2\n3 500;4\n", [1234.5, 2250.1, 3500.0]),
    "narrow blanks": ("a;b\n1\u202f234,5;1\n2\u00a0250;2\n", [1234.5, 2250.0]),
    "apostrophes": ("a,b\n1'234.5,1\n2’250,2\n", [1234.5, 2250.0]),
    "lakh": ('a,b\n"1,00,000",1\n"12,34,567",2\n"5,000",4\n', [1e5, 1234567.0, 5000.0]),
    "minus": ("a,b\n−1.5,1\n2.5,2\n", [-1.5, 2.5]),
    "percent": ("a,b\n12%,1\n9.5 %,2\n", [12.0, 9.5]),
    "money": ('a,b\n$15,1\n"-$1,200.50",2\n($3),4\n', [15.0, -1200.5, -3.0]),
    "euros": ("a;b\n15,5 €;1\n1.200,00 €;2\n", [15.5, 1200.0]),
    "won": ('a,b\n"₩1,200,000",1\n"₩50,000",2\n', [1200000.0, 50000.0]),
    "units": ("a,b\n12 kg,1\n13.5 kg,2\n", [12.0, 13.5]),
    "powers": ("a;b\n1,5e3;1\n2E-2;2\n", [1500.0, 0.02]),
}


@pytest.mark.parametrize("text, values", COLUMNS.values(), ids=COLUMNS)
def test_marks_are_decided_for_a_whole_column(text, values):
    assert numbers(text) == values


@pytest.mark.parametrize(
    "text, code, example, value",
    [
        ('a,b\n"1,250",1\n"2,500",2\n', "ambiguous", "1,250", "1250"),
        ("a;b\n1.250;1\n2.500;2\n", "ambiguous", "1.250", "1.25"),
        ('a,b\n"1,250.5",1\n"2,500",2\n', "marks", "1,250.5", "1250.5"),
        ("a,b\n12%,1\n9%,2\n", "unit", "12%", "12"),
    ],
)
def test_what_marks_mean_is_told(text, code, example, value):
    (note,) = read_table(text.encode()).notes
    assert note.code == code and note.values["example"] == example
    assert note.values["value"] == value


def test_plain_numbers_need_no_note():
    assert read_table(b"a,b\n2.620,1\n2.875,2\n").notes == ()


@pytest.mark.parametrize(
    "text", ["1_000", "1.2.3", "12:5", "1,2,3", "5-3", "$", "1 2 3", "$1%", "--5"]
)
def test_these_are_no_numbers(text):
    table = read_table(f'a;b\n"{text}";1\n"{text}";2\n'.encode(), header=True)
    assert table.columns[0].kind == "text"


def test_the_euro_sign_of_windows():
    assert read_table("a;b\n15,5 €;1\n7,5 €;2\n".encode("cp1252")).columns[0].numbers[0] == 15.5


def test_mixed_marks_are_told_with_a_number_of_the_other_kind():
    with pytest.raises(lo.DataError, match=r"only 3 of 4 cells of p are numbers \(not 2\.5\)"):
        lo.read_csv(b"p;y\n1,5;1\n2.5;2\n3,5;3\n4,5;7\n")


def test_mixed_units_are_text_and_told():
    table = read_table(b"a,b\n5 kg,1\n3 lb,2\n5 kg,3\n3 lb,5\n")
    assert table.columns[0].kind == "text"
    table = read_table(b"a,b\n5,1\n7,2\n3,2\nlow,3\n9,4\nhigh,5\n")
    assert codes(*table.notes) == ["mixed"] and table.notes[0].values["count"] == 4


def test_signs_are_labels_in_columns_of_text():
    data = lo.read_csv(SAMPLES["credit"].encode())
    assert data.class_names == ("+", "-") and data.target_name == "x5"
    text = "dose,pain\n1,none\n2,mild\n3,severe\n4,none\n5,mild\n6,severe\n"
    assert lo.read_csv(text.encode()).class_names == ("mild", "none", "severe")
    text = "dose,pain\n1,?\n2,mild\n3,?\n4,mild\n"
    table = read_table(text.encode())
    assert table.columns[1].values == ("?", "mild") and codes(*table.notes) == ["sign_labels"]


@pytest.mark.parametrize("sign", ["-", "none", "?", ".", "NA", "n/a", "#N/A", "null", "", "없음"])
def test_signs_are_missing_values_in_columns_of_numbers(sign):
    column = read_table(f"a,b\n1,5\n{sign},6\n3,7\n".encode()).columns[0]
    np.testing.assert_array_equal(column.numbers, [1.0, np.nan, 3.0])


def test_words_for_missing_values():
    table = read_table(b"sex,v\nmale,1\nNA,2\nfemale,3\nmale,4\n")
    assert table.columns[0].values == ("female", "male") and table.columns[0].missing[1]
    assert codes(*table.notes) == ["words_missing"] and table.notes[0].values["count"] == 1
    table = read_table(b"land,v\nEU,1\nNA,2\nAS,3\nNA,4\n")
    assert table.columns[0].values == ("AS", "EU", "NA") and codes(*table.notes) == ["sign_labels"]


COUNT = range(1, 13)
GAPS = (1, 3, 7, 8, 9, 15, 16, 17, 20, 21, 30, 31)
MIXED = (5, 3, 1, 2, 4, 12, 11, 10, 9, 8, 7, 6)


@pytest.mark.parametrize("values", [COUNT, GAPS, MIXED], ids=["counted", "gaps", "permuted"])
@pytest.mark.parametrize(
    "name",
    [
        *("", "X", "id", "ID", "PassengerId", "case", "Obs", "obs.", "seqno", "row names", "번호"),
        *("№", "Sample No.", "patientNr", "order_num", "회원번호", "학번", "key", "line", "user"),
    ],
)
def test_row_names_are_left_out_told_and_can_be_taken_back(name, values):
    rows = "".join(f"{k},{k % 5 + 0.5},{k % 7 + 0.25}\n" for k in values)
    data = lo.read_csv(f"{name},a,y\n{rows}".encode())
    assert data.feature_names == ("a",) and data.n_samples == 12
    assert any("names or numbers of the rows" in note for note in data.notes)
    again = lo.read_csv(f"{name},a,y\n{rows}".encode(), features=[name or "x1", "a"])
    assert again.X[:, 0].tolist() == list(values)


@pytest.mark.parametrize("values", [COUNT, MIXED], ids=["counted", "permuted"])
def test_numbers_that_only_count_the_rows_are_left_out(values):
    rows = "".join(f"{k},{k % 5 + 0.5},{k % 7 + 0.25}\n" for k in values)
    assert lo.read_csv(f"tree,a,y\n{rows}".encode()).feature_names == ("a",)
    assert lo.read_csv(f"hour,a,y\n{rows}".encode()).feature_names == ("hour", "a")
    assert lo.read_csv(f"x1,a,y\n{rows}".encode()).feature_names == ("x1", "a")


@pytest.mark.parametrize("name", ["n", "i", "time", "year", "#"])
def test_a_last_column_that_only_counts_the_rows_is_not_proposed_to_be_predicted(name):
    rows = "".join(f"{k % 5 + 0.5},{k % 7 + 0.25},{k}\n" for k in COUNT)
    assert lo.read_csv(f"a,y,{name}\n{rows}".encode()).target_name == "y"
    alone = lo.read_csv(f"a,y,{name}\n{rows}".encode(), target=name)
    assert f"{name} may only number the rows: leave it out if it does." in alone.notes


def test_row_names_alone_are_refused_and_perhaps_row_names_are_told():
    with pytest.raises(lo.DataError, match=r"Besides dat there are only .* \(rownames\)"):
        lo.read_csv(b"rownames,dat\n1,22.5\n3,38\n7,26\n")
    data = lo.read_csv(b"X,Y\n1,22.5\n3,38\n7,26\n")
    assert data.feature_names == ("X",) and "may only number the rows" in data.notes[0]
    assert lo.read_csv(b"1,2.5\n2,3.5\n3,5\n").feature_names == ("x1",)


DATES = {
    "iso": ("2020-01-01", "2020-01-03", "2020-02-01"),
    "slashes": ("2020/01/01", "2020/01/03", "2020/02/01"),
    "clock": ("2020-01-01 06:00", "2020-01-03T06:00:00Z", "2020-02-01 06:00"),
    "day first": ("1.1.2020", "3.1.2020", "1.2.2020"),
    "month first": ("01/01/2020", "01/03/2020", "02/01/2020"),
    "words": ("1 Jan 2020", "3-Jan-2020", "1 February 2020"),
    "month word first": ("Jan 1, 2020", "January 3, 2020", "Feb 1 2020"),
    "korean": ("2020년 1월 1일", "2020년 1월 3일", "2020년 2월 1일"),
    "korean points": ("2020. 1. 1.", "2020. 1. 3.", "2020. 2. 1."),
}


@pytest.mark.parametrize("days", DATES.values(), ids=DATES)
def test_dates_are_days_on_request_and_never_classes(days):
    rows = "".join(f"{day};{k};{k * k}\n" for k, day in enumerate(days, start=1))
    text = f"a;b;c\n{rows}".encode()
    data = lo.read_csv(text)
    assert data.feature_names == ("b",) and any("a: dates, left out" in n for n in data.notes)
    data = lo.read_csv(text, features=["a", "b"])
    assert data.X[:, 0].tolist() == [0.0, 2.0, 31.0]
    assert any(f"a is counted in days from {days[0]}" in note for note in data.notes)
    last = f"b;c;a\n{''.join(f'{k};{k * k};{day}' + chr(10) for k, day in enumerate(days, 1))}"
    assert lo.read_csv(last.encode()).target_name == "c"


def test_a_day_that_could_be_a_month_is_told():
    table = read_table(b"a,b\n02/01/2020,1\n03/01/2020,2\n")
    assert [note.values["value"] for note in table.notes] == ["2020-02-01"]
    assert codes(*read_table(b"a,b\n02/01/2020,1\n31/01/2020,2\n").notes) == []


ABOVE = {
    "told separator": ("sep=;\n", "a;b\n1,5;2\n2,5;3\n"),
    "told tab": ("sep=\t\n", "a\tb\n1.5\t2\n2.5\t3\n"),
    "comment": ("# made by hand\n", "a,b\n1.5,2\n2.5,3\n"),
    "comments": ("# made, by, hand\n#\n# twice\n", "a,b\n1.5,2\n2.5,3\n"),
    "title": ("Sales by region\n\n", "a,b\n1.5,2\n2.5,3\n"),
    "titles": ("Sales, by region, 2020\nin dollars\n", "a,b\n1.5,2\n2.5,3\n"),
    "many titles": ("A\nB\nC\nD\nE\nF\n", "a,b\n1.5,2\n2.5,3\n"),
    "padded titles": ("Sales,\nin dollars,\n,\n", "a,b\n1.5,2\n2.5,3\n"),
    "padded title": ("Sales,\n,\n", "a,b\n1.5,2\n2.5,3\n"),
    "pairs": ('"Source","WDI",\n\n"Updated","2020",\n\n', "a,b\n1.5,2\n2.5,3\n"),
}


@pytest.mark.parametrize("above, table", ABOVE.values(), ids=ABOVE)
def test_lines_above_a_table_are_skipped_and_told(above, table):
    found = read_table((above + table).encode())
    assert found.names == ("a", "b") and found.columns[0].numbers.tolist() == [1.5, 2.5]
    assert "skipped" in codes(*found.notes)


def test_names_in_a_comment_and_a_line_of_units():
    table = read_table(b"# a b\n1.5 2\n2.5 3\n3.5 4\n")
    assert table.names == ("a", "b") and codes(*table.notes) == ["skipped", "commented_names"]
    table = read_table(b"a,b\ncm,kg\n1.5,2\n2.5,3\n")
    assert table.columns[0].numbers.tolist() == [1.5, 2.5] and codes(*table.notes) == ["skipped"]
    assert read_table(b"#a,b\n1,2\n3,5\n").names == ("a", "b")
    tags = read_table(b"tag,n\n#one,2\n#two,3\n#one,5\n")
    assert tags.columns[0].values == ("#one", "#two") and tags.n_rows == 3


@pytest.mark.parametrize("stray", ["\x1a", "\x00", "\x01", "\x7f"])
def test_a_stray_control_character_is_removed_and_told(stray):
    rows = "".join(f"{k},{k * k}\n" for k in range(5000))
    table = read_table(f"a,b\n{rows[:9000]}{stray}{rows[9000:]}".encode())
    assert table.n_rows == 5000 and table.columns[1].numbers[-1] == 4999.0**2
    assert codes(*table.notes) == ["control"]


def test_mostly_empty_columns_are_left_out_and_told():
    rows = "".join(f"{k % 7 + 0.5},{k if k == 3 else ''},,{k % 5 + 0.25}\n" for k in range(40))
    data = lo.read_csv(f"a,rare,never,y\n{rows}".encode())
    assert data.n_samples == 40 and data.feature_names == ("a",)
    assert "rare: too many missing values, left out." in data.notes
    assert "never: no value at all, left out." in data.notes


def test_columns_that_would_cost_most_rows_are_left_out():
    rows = "".join(
        f"{k % 7 + 0.5},{'' if k % 3 == 0 else k % 4},{'' if k % 3 == 1 else k % 6},{k / 8}\n"
        for k in range(42)
    )
    text = f"a,b,c,y\n{rows}".encode()
    data = lo.read_csv(text)
    assert data.n_samples == 28 and data.feature_names == ("a", "b")
    assert "c: too many missing values, left out." in data.notes
    assert "14 of 42 rows were left out, because a value is missing in them." in data.notes
    assert lo.read_csv(text, features=["a", "b", "c"]).n_samples == 14
    filled = lo.read_csv(text, fill=True)
    assert filled.n_samples == 42 and filled.feature_names == ("a", "b", "c")


def test_rows_that_are_left_out_or_drawn_reach_the_caller():
    text = "a,b\n" + "".join(f"{k / 8},{k}\n" for k in range(50)) + "1\n2,3,4\n,5\n"
    data = lo.read_csv(text.encode())
    assert data.notes == (
        "2 rows with another number of cells were left out.",
        "1 of 51 rows were left out, because a value is missing in them.",
    )
    assert "40 of them, drawn" in lo.read_csv(text.encode(), max_rows=40).notes[0]
    assert lo.read_csv(b"a,b\n1,2\n2,4\n").notes == ()


TEXTS = (
    "smoker,sex,age,y\nTRUE,male,20,1.5\nFALSE,female,30,2.5\nTRUE,other,40,2\n"
    "FALSE,male,50,5\nTRUE,male,55,4\nTRUE,,52,2\n"
)


def test_text_becomes_features_of_0_and_1():
    data = lo.read_csv(TEXTS.encode(), features=["smoker", "sex", "age"])
    assert data.feature_names == (
        "smoker = TRUE",
        "sex = female",
        "sex = male",
        "sex = other",
        "age",
    )
    assert data.X[:, 0].tolist() == [1.0, 0.0, 1.0, 0.0, 1.0]
    assert data.X[:3, 1:4].tolist() == [[0.0, 1.0, 0.0], [1.0, 0.0, 0.0], [0.0, 0.0, 1.0]]
    assert data.n_samples == 5
    assert "smoker becomes one feature: 1 for TRUE, 0 for FALSE." in data.notes
    assert any("sex becomes 3 features" in note for note in data.notes)
    usual = lo.read_csv(TEXTS.encode())
    assert usual.feature_names == ("age",)
    assert any("smoker, sex: text with few values" in note for note in usual.notes)


def test_text_is_proposed_where_there_is_no_number():
    data = lo.read_csv(SAMPLES["letters"].encode())
    assert data.feature_names == ("x1 = p", "x2 = x") and data.n_samples == 5


def test_text_with_many_values_stays_out():
    rows = "".join(f"name {k},{k % 5 + 0.5},{k / 8}\n" for k in range(30))
    data = lo.read_csv(f"who,a,y\n{rows}".encode())
    assert data.feature_names == ("a",)
    assert "who: text with too many different values, left out." in data.notes
    with pytest.raises(lo.DataError, match="30 different texts"):
        lo.read_csv(f"who,a,y\n{rows}".encode(), features=["who"])


def test_too_many_features_are_refused():
    rows = "".join(f"p{k % 20},q{k % 20},r{k % 20},s{k % 20},{k / 8}\n" for k in range(60))
    with pytest.raises(lo.DataError, match="80 features"):
        lo.read_csv(f"p,q,r,s,y\n{rows}".encode(), features=["p", "q", "r", "s"])


def test_classes_keep_their_numbers_and_empty_ones_are_no_classes():
    text = b"a,y\n1,1000001\n2,1000002\n3,1000001\n4,1000002\n"
    data = lo.read_csv(text, task="classification")
    assert data.class_names == ("1000001", "1000002")
    data = lo.read_csv(b"a,y\n1,p\n2,q\n3,p\n4,q\n,r\n,r\n", target="y")
    assert data.class_names == ("p", "q") and data.task == "binary"


def test_a_label_of_its_own_in_every_row_is_not_proposed():
    with pytest.raises(lo.DataError) as caught:
        lo.read_csv(b"who,a\nKim,1.5\nLee,2.5\nPark,3\n")
    assert caught.value.code == "no_target"


@pytest.mark.parametrize("word", ["N.A.", "--", "..", "missing", "#DIV/0!", "-nan", r"\N", "모름"])
def test_more_words_for_a_missing_value(word):
    text = f"a,b,y\n1,5,2\n{word},6,3\n3,7,9\n4,8,1\n"
    np.testing.assert_array_equal(numbers(text), [1.0, np.nan, 3.0, 4.0])


@pytest.mark.parametrize("sign", ["-", "?", "none", "unknown"])
def test_a_sign_that_is_taken_for_a_missing_number_is_told(sign):
    notes = lo.read_csv(f"a,y\n1,2\n{sign},3\n3,9\n".encode()).notes
    assert notes[0] == f"1 cells of a are no numbers (for example {sign}) and count as missing."


def test_signs_behind_numbers_and_typographic_groups():
    assert numbers("a,y\n1.5-,2\n2.5,3\n3.25-,9\n") == [-1.5, 2.5, -3.25]
    assert read_table(b"kind,y\n6-MP,1\ncontrol,2\n6-MP,3\n").columns[0].is_mixed is False
    table = read_table("a;y\n1\u2009234;2\n2\u202f345;3\n3\u00a0456;9\n".encode())
    assert table.columns[0].numbers.tolist() == [1234.0, 2345.0, 3456.0]
    assert codes(*table.notes) == ["marks"]


def test_clocks_of_time_zones_and_days_of_eight_digits():
    hours = "2020-01-01T00:00+09:00,1\n2020-01-01T00:00Z,2\n2020-01-01T00:00-05:30,3\n"
    assert np.round(np.array(numbers("when,y\n" + hours)) * 24.0, 6).tolist() == [0.0, 9.0, 14.5]
    assert read_table(b"when,y\n0001-01-01T00:00+09:00,1\n").columns[0].kind == "text"
    assert numbers("when,y\n20200131,1\n20200201,2\n20200301,3\n") == [0.0, 1.0, 30.0]
    assert numbers("id,y\n20201234,1\n20201235,2\n20201236,3\n")[0] == 20201234.0


def test_units_in_some_columns_and_totals_are_no_samples():
    table = read_table(b"city,a,b\n,(kg),\nSeoul,1,2\nBusan,2,3\nDaegu,3,5\nTotal,6,10\n")
    assert table.columns[0].texts == ("Seoul", "Busan", "Daegu")
    assert codes(*table.notes) == ["skipped", "skipped"]
    assert numbers("a,b\n1,2\n2,3\n3,5\n합계,10\n") == [1.0, 2.0, 3.0]
    rows = b"kind,a\nsum,1\nmean,2\nsum,3\nmean,4\n"
    assert read_table(rows).n_rows == 4


@pytest.mark.parametrize("sign", [":", "^", "~"])
def test_a_file_may_tell_any_separator(sign):
    text = f"sep={sign}\na,b\n1,2\n2,3\n3,5\n".replace(",", sign)
    assert numbers(text, 1) == [2.0, 3.0, 5.0]


def test_a_column_that_is_half_of_numbers_is_the_reason():
    with pytest.raises(lo.DataError, match=r"only 2 of 3 cells of a are numbers \(not 13€\)") as it:
        lo.read_csv("a,y\n$12,2\n13€,3\n$14,9\n".encode())
    assert it.value.code == "mixed"


@pytest.mark.parametrize("header", [np.True_, np.False_])
def test_a_switch_of_numpy_is_one(header):
    data = lo.read_csv(b"1,2\n2,3\n3,5\n", header=header)
    assert data.n_samples == 3 - int(header)


def test_long_numbers_of_things_stay_apart():
    rows = "".join(f"{k / 2},{12345678901234567 + k % 2}\n" for k in range(6))
    data = lo.read_csv(f"a,y\n{rows}".encode())
    assert data.class_names == ("12345678901234567", "12345678901234568")
    assert numbers("a,y\n1e20,1\n2e20,2\n") == [1e20, 2e20]


@pytest.mark.parametrize(
    "texts, told", [(("Yes", "yes", "No"), True), (("Yes", "No"), False), (("A", "b"), False)]
)
def test_labels_that_differ_in_capitals_only_are_told(texts, told):
    rows = "".join(f"{k}.5,{texts[k % len(texts)]}\n" for k in range(30))
    data = lo.read_csv(f"x,y\n{rows}".encode())
    assert len(data.class_names) == len(texts)
    assert told == any("differ in capital letters" in note for note in data.notes)
