"""All modules that a page begins with, in one file: far from the server every request costs.

The modules stay modules: a browser gets their texts, gives each an address of its own and is told
by an import map to take it from there (``document.html``). What is not in the bundle is imported
from the server, as ever.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

ROOT = "\x01"
"""Stands in the texts for the address below which the app lies, which only the browser knows."""
OURS = ("stage/streamlit.js", "tuner/streamlit.js")
"""Entries of the components that most pages begin with."""
WIDGETS = (
    *("BidiComponent", "Button", "ButtonGroup", "Checkbox", "DownloadButton", "Html", "PageLink"),
    *("Multiselect", "NumberInput", "Progress", "Selectbox", "Slider", "TextInput"),
)
"""Elements of Streamlit that our pages are made of, each a module by the name of its file."""
SPECIFIER = re.compile(
    r"""\b(?P<word>from|import)\s*(?P<lazy>\(\s*)?(?P<quote>["'`])(?P<path>\.\.?/[\w./-]+\.js)(?P=quote)"""
)
COMMENT = re.compile(r"^[ \t]*/\*(?:(?!\*/).)*\*/[ \t]*\n", re.MULTILINE | re.DOTALL)


def bundle(folders: Mapping[str, Path]) -> str:
    """Texts of the modules by their paths below the app, as JSON.

    Parameters
    ----------
    folders : Mapping of str to Path
        Folders by the paths that they are served at, the player's first and Streamlit's second.
    """
    (player, ours), (static, streamlit) = folders.items()
    found: dict[str, str] = {}
    for name in OURS:
        _gather(player, ours, PurePosixPath(name), found)
    for name in _begins(streamlit / "js"):
        _gather(static, streamlit, PurePosixPath("js") / name, found)
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"))


def _begins(folder: Path) -> Iterator[str]:
    """What Streamlit's page begins with, and the elements."""
    for stem in ("index", *WIDGETS):
        yield from (path.name for path in sorted(folder.glob(f"{stem}.*.js")))


def _gather(served: str, folder: Path, name: PurePosixPath, found: dict[str, str]) -> None:
    """Put a module and all that it imports at once into what was found."""
    if f"{served}/{name}" in found:
        return
    text = COMMENT.sub("", (folder / name).read_text("utf-8"))
    found[f"{served}/{name}"] = placed(text, f"{served}/{name}")
    for match in SPECIFIER.finditer(text):
        other = _beside(name, match["path"])
        if not match["lazy"] and (folder / other).is_file():
            _gather(served, folder, other, found)


def placed(text: str, path: str) -> str:
    """Text of a module that knows where it comes from, wherever it is read.

    >>> placed('import{a}from"./b.js";import(`../c.js`)', "static/js/a.js").replace(ROOT, "/")
    'import{a}from"/static/js/b.js";import(`/static/c.js`)'
    """
    here = PurePosixPath(path)

    def absolute(match: re.Match[str]) -> str:
        to = f"{ROOT}{_beside(here, match['path'])}"
        return f"{match['word']}{match['lazy'] or ''}{match['quote']}{to}{match['quote']}"

    return SPECIFIER.sub(absolute, text).replace("import.meta.url", f'"{ROOT}{here}"')


def _beside(name: PurePosixPath, relative: str) -> PurePosixPath:
    """Path of what a module names relative to itself."""
    parts = list(name.parent.parts)
    for part in PurePosixPath(relative).parts:
        if part == "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return PurePosixPath(*parts)
