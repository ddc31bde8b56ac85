"""Both languages say everything, with the same placeholders."""

import itertools
import re
import string
from pathlib import Path

import pytest

from lossopt import DATASETS, LOSSES, MODELS, OBJECTIVES, OPTIMIZERS
from lossopt.figures.tuner import Outside, RunSettings
from lossopt.formulas import FormulaError
from lossopt.landscapes.planes import BETWEEN, RANDOM
from lossopt.lessons import LESSONS
from lossopt.links.contestants import BATCHES
from lossopt.links.examples import examples
from lossopt.links.own import OwnSettings
from lossopt.links.race import SampleOrder
from lossopt.params import params_of
from lossopt.schedules import SCHEDULES
from lossopt.scripts import ScriptNote
from lossopt.tables import DataError, DataNote
from pages.ui import batches, losses
from pages.ui.frame.prose import as_math
from pages.ui.frame.words import JOINER, LANGUAGES, Words, catalog
from pages.ui.network import Directions, Training

ROOT = Path(__file__).parents[1]
KINDS = {
    "optimizer": OPTIMIZERS,
    "loss": LOSSES,
    "model": MODELS,
    "dataset": DATASETS,
    "objective": OBJECTIVES,
    "schedule": SCHEDULES,
    "lesson": LESSONS,
}
ON_PAGE = (
    RunSettings,
    SampleOrder,
    Outside,
    OwnSettings,
    batches.Settings,
    losses.Sample,
    Training,
    Directions,
)
NAMES = {f"{kind}.{item}" for kind, registry in KINDS.items() for item in registry}
FIELDS = {
    f"field.{field.name}"
    for registry in KINDS.values()
    for spec in registry.values()
    for field in params_of(spec)
} | {f"field.{field.name}" for spec in ON_PAGE for field in params_of(spec)}
CHOICES = {
    f"field_choice.{option}"
    for registry in KINDS.values()
    for spec in registry.values()
    for field in params_of(spec)
    for option in field.choices
}


def terms() -> set[str]:
    """Names of features, targets and classes that any setting of a real dataset shows."""
    found: set[str] = set()
    for spec in DATASETS.values():
        if spec.source:
            fields = [field for field in params_of(spec) if field.choices or field.default is True]
            for values in itertools.product(*[field.choices or (True, False) for field in fields]):
                names = [field.name for field in fields]
                data = spec(**dict(zip(names, values, strict=True))).make()
                found |= {*data.feature_names, data.target_name, *data.class_names}
    return {f"term.{name}" for name in found}


READINGS = {f"reading.{name}" for name in OPTIMIZERS} & catalog("ko").keys()
"""How Latin names are read in Korean; English needs none."""
REFUSALS = {
    f"own.{kind.kind}.{code}": sentence
    for kind in (FormulaError, DataError, DataNote, ScriptNote)
    for code, sentence in kind.sentences.items()
}
AXES = {f"term.{label}" for label in (*RANDOM, *BETWEEN)}
IN_CODE = NAMES | FIELDS | CHOICES | REFUSALS.keys() | terms() | AXES | READINGS
"""Texts whose English lives beside the code: labels of registered items, sentences of errors."""


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("language", sorted(set(LANGUAGES) - {"en"}))
def test_every_text_is_translated(language: str) -> None:
    english, other = catalog("en"), catalog(language)
    assert set(english) - set(other) == set()
    assert IN_CODE - set(other) == set()
    assert set(other) - set(english) - IN_CODE == set(), "texts that nothing shows"
    for key in english:
        assert placeholders(english[key]) == placeholders(other[key]), key
        assert other[key].strip(), key
    for key, sentence in REFUSALS.items():
        assert placeholders(sentence) == placeholders(other[key]), key


def test_every_text_that_the_pages_ask_for_exists() -> None:
    asked = set()
    for path in [ROOT / "home.py", *(ROOT / "pages").rglob("*.py")]:
        asked |= set(re.findall(r"words\(\s*\"([a-z_0-9.]+)\"", path.read_text("utf-8")))
    assert asked and asked <= set(catalog("en"))
    assert {f"example.{name}" for name in examples()} <= set(catalog("en"))
    assert {f"choice.{name}" for name in BATCHES} <= set(catalog("en"))


def test_settings_that_few_need_have_one_name() -> None:
    sources = {path: path.read_text("utf-8") for path in (ROOT / "pages").rglob("*.py")}
    told = [
        key for text in sources.values() for key in re.findall(r'popover\(\s*words\("(.+?)"', text)
    ]
    others = {"lab.examples", "own.paste", "take_home.name"}
    assert set(told) - others == {"lab.more"}
    folds = [path.name for path, text in sources.items() if 'words("lab.more")' in text]
    assert sorted(folds) == ["anatomy.py", "folded.py", "libraries.py"]


def test_korean_is_korean() -> None:
    prose = [text for key, text in catalog("ko").items() if len(text) > 25]
    assert all(re.search(r"[가-힣]", text) for text in prose)


KOREAN_TERMS = {
    "optimizer": {"gradient_descent", "momentum", "nesterov", "newton"},
    "objective": {
        "quadratic",
        "rosenbrock",
        "saddle",
        "plateau",
        "matrix_factorization",
    },
}
"""What Korean textbooks call by a Korean word; all other names are searched for as written."""


@pytest.mark.parametrize("kind", KOREAN_TERMS)
def test_proper_names_keep_their_latin_letters_in_korean(kind: str) -> None:
    texts = catalog("ko")
    names = {item: texts[f"{kind}.{item}"] for item in KINDS[kind]}
    korean = {item for item, name in names.items() if re.search(r"[가-힣]", name)}
    assert korean == KOREAN_TERMS[kind]
    for item in names.keys() - korean:
        assert names[item] == KINDS[kind][item].name


def test_korean_readings_stand_only_beside_the_name_on_the_card() -> None:
    texts = catalog("ko")
    readings = {key: text for key, text in texts.items() if key.startswith("reading.")}
    assert readings["reading.adam"] == "아담"
    told = "\n".join(
        [text for key, text in texts.items() if key not in readings] + list(prose("ko").values())
    )
    for spelled in [*readings.values(), "알엠에스", "AMS그라드", "힘멜블라우", "애클리"]:
        assert spelled not in told, spelled


def prose(language: str) -> dict[str, str]:
    folder = ROOT / "assets" / language
    return {str(path.relative_to(folder)): path.read_text("utf-8") for path in folder.rglob("*.md")}


@pytest.mark.parametrize("language", sorted(set(LANGUAGES) - {"en"}))
def test_prose_is_there_in_every_language_with_the_same_places_for_numbers(language: str) -> None:
    english, other = prose("en"), prose(language)
    assert english and set(english) == set(other)
    for name in english:
        written = [sorted(re.findall(r"\{[a-z_]+\}", text[name])) for text in (english, other)]
        assert written[0] == written[1], name


def test_no_line_begins_with_a_particle() -> None:
    """Browsers break Korean after a mark and beside a formula."""
    words = Words("ko")
    prose = [words.prose("losses", kind) for kind in ("regression", "binary", "multiclass")]
    shown = [text for text in catalog("ko").values() if "$" not in text]
    shown += [words("weights.note"), words("weights.balanced_note", weights="a 1"), *prose]
    outside = [re.sub(r"\\text\{[^}]*\}", "", text) for text in shown]
    assert not [text for text in outside if re.search(r"[)%’”$][가-힣]", text)]
    assert sum(JOINER in text for text in shown) > 20
    assert as_math("학습률(`η` = 1)을 씁니다") == r"학습률$\text{(}η = 1\text{)을}$ 씁니다"


def test_every_schedule_says_what_it_does_to_the_rate() -> None:
    for language in LANGUAGES:
        told = {key for key in catalog(language) if key.startswith("lab.law.")}
        assert told == {f"lab.law.{name}" for name in SCHEDULES}
