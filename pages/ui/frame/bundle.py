"""All modules that a page begins with, in one file: far from the server every request costs.

The modules stay modules: a browser gets their texts, gives each an address of its own and is told
by an import map to take it from there (``loader.html``). What is not in the bundle is imported
from the server, as ever.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

ROOT = "\x01"
"""Stands in the texts for the address below which the app lies, which only the browser knows."""
WIDGETS = (
    *("BidiComponent", "Button", "ButtonGroup", "Checkbox", "Html", "PageLink", "Selectbox"),
    *("Slider",),
)
"""Elements of Streamlit that our pages are made of, each a module by the name of its file."""
BUNDLES = {
    "streamlit": (
        *(("player", f"{name}/streamlit.js") for name in ("stage", "tuner")),
        *(("static", f"js/{name}.*.js") for name in ("index", *WIDGETS)),
    ),
    "welcome": (("player", "welcome/welcome.js"),),
    "phone": (("player", "classroom/phone.js"),),
    "desk": (("player", "classroom/desk.js"),),
}
"""What begins the pages, as patterns of files in one of the folders, by the name of the bundle."""
SPECIFIER = re.compile(
    r"""\b(?P<word>from|import)\s*(?P<lazy>\(\s*)?(?P<quote>["'`])(?P<path>\.\.?/[\w./-]+\.js)(?P=quote)"""
)
COMMENT = re.compile(r"^[ \t]*/\*(?:(?!\*/).)*\*/[ \t]*\n", re.MULTILINE | re.DOTALL)


def bundle(folders: Mapping[str, Path], entries: Iterable[tuple[str, str]]) -> str:
    """Texts of the modules by their paths below the app, as JSON.

    Parameters
    ----------
    folders : Mapping of str to Path
        Folders by the paths that they are served at.
    entries : iterable of pairs of str
        Beginning of a folder's path, and a pattern of files in it.
    """
    found: dict[str, str] = {}
    for start, pattern in entries:
        served = next(path for path in folders if path.startswith(start))
        for file in sorted(folders[served].glob(pattern)):
            name = PurePosixPath(file.relative_to(folders[served]).as_posix())
            _gather(served, folders[served], name, found)
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"))


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


IMPORTED = re.compile(
    r'^import (?P<what>\{[^}]*\}|\* as \w+) from "(?P<path>[^"]+)";$', re.MULTILINE
)
DEFAULT = re.compile(r"^export default \w+;$", re.MULTILINE)
"""What a module hands out a second time, without a name."""
EXPORTED = re.compile(
    r"^export (?P<kind>(?:async )?(?:function\*?|class|const) )(?P<name>\w+)", re.MULTILINE
)


def joined(folder: Path, entry: str, *given: str) -> str:
    """A module and all that it imports as one script, for who may not write import maps.

    Every module keeps to a function of its own, and hands out what it exports; the whole exports
    what is named.

    Raises
    ------
    ValueError
        If modules import each other in a circle, or in a way that is not known here.
    """
    found: dict[str, str] = {}
    _join(folder, PurePosixPath(entry), found, ())
    exported = f"export const {{ {', '.join(given)} }} = {_variable(PurePosixPath(entry))};\n"
    return "".join(found.values()) + (exported if given else "")


def _join(
    folder: Path, name: PurePosixPath, found: dict[str, str], above: tuple[PurePosixPath, ...]
) -> None:
    if name in above:
        raise ValueError(f"{name} imports itself by way of {' and '.join(map(str, above))}.")
    if str(name) in found:
        return
    text = COMMENT.sub("", (folder / name).read_text("utf-8"))
    for match in IMPORTED.finditer(text):
        _join(folder, _beside(name, match["path"]), found, (*above, name))

    def taken(match: re.Match[str]) -> str:
        of = _variable(_beside(name, match["path"]))
        what = match["what"]
        named = what.removeprefix("* as ") if what[0] == "*" else what.replace(" as ", ": ")
        return f"const {named} = {of};"

    text = DEFAULT.sub("", text)
    body = EXPORTED.sub(r"\g<kind>\g<name>", IMPORTED.sub(taken, text))
    if left := re.search(r"^(?:import|export)\b.*", body, re.MULTILINE):
        raise ValueError(f"{name} cannot be joined to others: {left[0]}")
    given = ", ".join(match["name"] for match in EXPORTED.finditer(text))
    found[str(name)] = (
        f"const {_variable(name)} = (() => {{\n{body}\nreturn {{ {given} }};\n}})();\n"
    )


def _variable(name: PurePosixPath) -> str:
    return "module_" + re.sub(r"\W", "_", str(name))
