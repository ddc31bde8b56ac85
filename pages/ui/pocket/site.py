"""The files of the pocket edition: any host of static files can serve them."""

from __future__ import annotations

import hashlib
import html
import json
import shutil
from collections.abc import Container, Iterator
from pathlib import Path

from lossopt.figures.messages import as_json
from lossopt.figures.player import PLOTLY
from pages.ui.controls.examples import opening
from pages.ui.controls.own.function import FORMULA
from pages.ui.frame.bundle import COMMENT, joined
from pages.ui.frame.document import filled
from pages.ui.frame.files import STATIC
from pages.ui.frame.words import ASSETS, LANGUAGES, Words
from pages.ui.pocket.catalog import catalog_message
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
SHEETS = ("stage/stage.css", "tuner/tuner.css", "pocket/pocket.css")
MARK = ".lossopt"
"""A file that says of a folder that it was written here, and may be written again."""


def write_site(folder: Path, only: Container[str] | None = None) -> None:
    """Write all files into a folder, which is emptied first if they were there before.

    Parameters
    ----------
    folder : Path
    only : container of str, optional
        Files of problems that are wanted; all by default.

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
    yield "pocket.js", joined(STATIC, "pocket/pocket.js").encode()
    yield "early.js", (HERE / "early.js").read_bytes()
    sheets = (COMMENT.sub("", (STATIC / sheet).read_text("utf-8")) for sheet in SHEETS)
    yield "pocket.css", "".join(sheets).encode()
    yield PLOTLY, (STATIC / "vendor" / PLOTLY).read_bytes()


def _problem(name: str) -> str:
    return f"problems/{name}.json"


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
        "PICTURE": first_frame(opening().settings),
        "SCRIPTLESS": html.escape(" ".join(words("pocket.scriptless") for words in told.values())),
    }
    first = _problem(file_of(*parts_of(opening().settings)))
    core = [name for name in files if ("/" not in name and name != PLOTLY) or name == first]
    later = [name for name in files if name not in core]
    worker = (HERE / "worker.js").read_text("utf-8")
    lists = {"CORE": core, "LATER": later}
    for name, names in lists.items():
        worker = worker.replace(f'"{name}"', json.dumps([f"{version}/{each}" for each in names]))
    return {
        "index.html": filled(HERE / "index.html", values),
        "manifest.webmanifest": filled(HERE / "manifest.webmanifest", values),
        "logo.svg": (ASSETS / "logo.svg").read_text("utf-8"),
        "worker.js": worker.replace("VERSION", version),
        MARK: version,
    }
