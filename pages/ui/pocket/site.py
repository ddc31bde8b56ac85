"""The files of the pocket edition: any host of static files can serve them."""

from __future__ import annotations

import dataclasses
import hashlib
import html
import json
import shutil
from collections.abc import Container, Iterable, Iterator
from pathlib import Path

from lossopt.figures.messages import as_json
from lossopt.figures.player import PLOTLY, player_parts
from lossopt.lessons import LESSONS
from lossopt.links.examples import opening
from lossopt.links.own import FORMULA
from lossopt.optimizers import OPTIMIZERS
from pages.ui.frame.bundle import COMMENT, joined
from pages.ui.frame.document import filled
from pages.ui.frame.files import STATIC, terms_text
from pages.ui.frame.words import ASSETS, LANGUAGES, Words
from pages.ui.pocket.cards import card_message, cards_message
from pages.ui.pocket.catalog import catalog_message
from pages.ui.pocket.glossary import glossary_message
from pages.ui.pocket.lessons import (
    answer_message,
    gallery_in,
    lesson_message,
    lessons_message,
    worksheets,
)
from pages.ui.pocket.libraries import libraries_message
from pages.ui.pocket.problems import (
    file_of,
    formula_message,
    other_problems,
    parts_of,
    problem_message,
    usual_problems,
)
from pages.ui.stage.first_frame import first_frame

HERE = STATIC / "pocket"
SHEETS = ("stage/stage.css", "tuner/tuner.css", "glossary/glossary.css", "pocket/pocket.css")
"""Of all pages."""


@dataclasses.dataclass(frozen=True)
class Page:
    """A page of the edition: its folder, what begins it, and its own style sheets."""

    folder: str
    script: str
    sheets: tuple[str, ...] = ()

    @property
    def root(self) -> str:
        """Address of the edition, from the page."""
        return ".." if self.folder else "."

    @property
    def address(self) -> str:
        """Address of the page, from that of the edition."""
        return f"{self.folder}/" if self.folder else ""


PAGES = {
    "lab": Page("", "pocket.js"),
    "lessons": Page(
        "lessons", "lessons.js", ("lessons/lessons.css", "pocket/prose.css", "pocket/lessons.css")
    ),
    "optimizers": Page(
        "optimizers",
        "cards.js",
        ("optimizers/family.css", "pocket/prose.css", "pocket/cards.css"),
    ),
    "glossary": Page("glossary", "glossary.js", ("pocket/prose.css", "pocket/glossary.css")),
}
"""In the order of the menu, by their names in the app."""
CURRENT = ' aria-current="page"'
MARK = ".lossopt"
"""A file that says of a folder that it was written here, and may be written again."""


def write_site(folder: Path, only: Container[str] | None = None) -> None:
    """Write all files into a folder, which is emptied first if they were there before.

    Parameters
    ----------
    folder : Path
    only : container of str, optional
        Files of problems and optimizers that are wanted; all by default.

    Raises
    ------
    FileExistsError
        If the folder holds something else.
    """
    if folder.exists() and any(folder.iterdir()):
        if not (folder / MARK).is_file():
            raise FileExistsError(f"{folder} holds other files: name a folder for this edition.")
        shutil.rmtree(folder)
    files = dict(_versioned(only))
    digest = hashlib.sha256()
    for name, content in sorted(files.items()):
        digest.update(name.encode() + content)
    version = digest.hexdigest()[:12]
    for name, content in files.items():
        _write(folder / version / name, content)
    for name, text in _top(version, files).items():
        _write(folder / name, text.encode())


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _versioned(only: Container[str] | None) -> Iterator[tuple[str, bytes]]:
    """What a browser may keep for good: its address changes with it."""
    here: set[str] = set()
    for name, goal in usual_problems():
        if only is not None and name not in only:
            continue
        message = problem_message(goal)
        here |= {*message.rules}
        yield _problem(name), _packed(message)
    yield _problem(FORMULA), _packed(formula_message())
    variants = {}
    for k, (key, goal) in enumerate(other_problems() if only is None else ()):
        variants[key] = f"{key.partition('?')[0]}~{k + 1}"
        yield _problem(variants[key]), _packed(problem_message(goal))
    for language in LANGUAGES:
        yield f"{language}.json", _packed(catalog_message(language, here, variants))
    yield from _cards(only)
    yield from _lessons(only)
    for page in PAGES.values():
        yield page.script, joined(STATIC, f"pocket/{page.script}").encode()
        if page.sheets:
            yield _sheet(page), _styled(page.sheets)
    yield "take.js", joined(STATIC, "pocket/take.js", "Take").encode()
    yield "take.css", _styled(("take_home/take_home.css",))
    yield "player.json", json.dumps(player_parts("inside")).encode()
    yield "early.js", (HERE / "early.js").read_bytes()
    yield "pocket.css", _styled(SHEETS)
    yield PLOTLY, (STATIC / "vendor" / PLOTLY).read_bytes()


def _cards(only: Container[str] | None) -> Iterator[tuple[str, bytes]]:
    """Optimizers and glossary in both languages."""
    yield (
        "optimizer_stage.js",
        joined(STATIC, "pocket/optimizer_stage.js", "OptimizerStage").encode(),
    )
    for language in LANGUAGES:
        yield f"terms/{language}.json", terms_text(language)
        yield f"glossary/{language}.json", _packed(glossary_message(language, PAGES))
        yield f"cards/{language}.json", _packed(cards_message(language))
        for name in OPTIMIZERS:
            if only is not None and name not in only:
                continue
            yield f"cards/{name}.{language}.json", _packed(card_message(language, name))
            yield f"libraries/{name}.{language}.json", _packed(libraries_message(language, name))


def _lessons(only: Container[str] | None) -> Iterator[tuple[str, bytes]]:
    """What is asked, what the runs say, and worksheets."""
    for language in LANGUAGES:
        yield f"lessons/{language}.json", _packed(lessons_message(language))
        yield f"lessons/gallery.{language}.json", _packed(gallery_in(language))
        for name in LESSONS:
            if only is not None and name not in only:
                continue
            yield f"lessons/{name}.{language}.json", _packed(lesson_message(language, name))
            yield f"lessons/{name}.answer.{language}.json", _packed(answer_message(language, name))
            for sheet, text in worksheets(language, name):
                yield f"lessons/{sheet}", text.encode()


def _sheet(page: Page) -> str:
    return page.script.replace(".js", ".css")


def _styled(sheets: Iterable[str]) -> bytes:
    texts = (COMMENT.sub("", (STATIC / sheet).read_text("utf-8")) for sheet in sheets)
    return "".join(texts).encode()


def _problem(name: str) -> str:
    return f"problems/{name}.json"


FIRST = _problem(file_of(*parts_of(opening().settings)))
"""What the Lab descends at an address without settings."""


def _packed(message: object) -> bytes:
    return json.dumps(as_json(message), ensure_ascii=False, separators=(",", ":")).encode()


def _top(version: str, files: dict[str, bytes]) -> dict[str, str]:
    """What lies at addresses that stay."""
    english = Words("en")
    told = {language: Words(language) for language in LANGUAGES}
    values = {
        "VERSION": version,
        "PLOTLY": PLOTLY,
        "NAME": english("app.name"),
        "TAGLINE": english("app.tagline"),
        "SCRIPTLESS": html.escape(" ".join(words("pocket.scriptless") for words in told.values())),
    }
    languages = [f"{language}.json" for language in LANGUAGES]
    core = [PAGES["lab"].script, "early.js", "pocket.css", *languages, *({FIRST} & files.keys())]
    lists = {"CORE": core, "LATER": [name for name in files if name not in core]}
    lists = {name: [f"{version}/{each}" for each in names] for name, names in lists.items()}
    lists["PAGES"] = [f"./{page.address}" for page in PAGES.values()]
    worker = (HERE / "worker.js").read_text("utf-8")
    for name, names in lists.items():
        worker = worker.replace(f'"{name}"', json.dumps(names))
    pages = {
        f"{page.address}index.html": _document(name, page, values) for name, page in PAGES.items()
    }
    return pages | {
        "manifest.webmanifest": filled(HERE / "manifest.webmanifest", values),
        "logo.svg": (ASSETS / "logo.svg").read_text("utf-8"),
        "worker.js": worker.replace("VERSION", version),
        MARK: version,
    }


def _document(name: str, page: Page, values: dict[str, str]) -> str:
    """What a page begins with."""
    words = Words("en")
    links = (
        f'<a href="{page.root}/{each.address}" data-page="{key}"'
        f"{CURRENT if key == name else ''}>{html.escape(words(f'menu.{key}'))}</a>"
        for key, each in PAGES.items()
    )
    picture = first_frame(opening().settings) if name == "lab" else ""
    sheet = f'\n<link rel="stylesheet" href="{page.root}/{values["VERSION"]}/{_sheet(page)}">'
    return filled(
        HERE / "index.html",
        values
        | {
            "ROOT": page.root,
            "SCRIPT": page.script,
            "FIRST": f"{page.root}/{values['VERSION']}/{FIRST}" if name == "lab" else "",
            "SHEET": sheet if page.sheets else "",
            "MENU": "".join(links),
            "MAIN": filled(HERE / f"{name}.html", {"PICTURE": picture}),
        },
    )
