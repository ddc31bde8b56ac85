"""The shape of the house in figures, of this checkout or of another one.

    python -m benchmarks.house [PATH]

A room is a folder of ``pages/ui``, or a module beside the folders; an arrow leads from one room to
another whose modules it imports; what stands on a floor imports lower floors only.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from statistics import median

HERE = Path(__file__).parents[1]
OUTSIDE = "clip_norm"
"""A field of an entry that acts on a rule from outside; where it is named, the next one will be."""


def rooms_of(ui: Path) -> dict[str, set[str]]:
    """Rooms of ``pages/ui``, each with those that it imports."""
    arrows: dict[str, set[str]] = {}
    for path in _modules(ui):
        room = _room(path.relative_to(ui).parts)
        targets = arrows.setdefault(room, set())
        for node in ast.walk(_tree(path)):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("pages.ui."):
                parts = (node.module or "").split(".")[2:]
                targets.add(_room((*parts[:-1], f"{parts[-1]}.py") if len(parts) == 1 else parts))
    return {room: targets - {room} for room, targets in arrows.items() if room != "__init__"}


def _room(parts: Iterable[str]) -> str:
    return next(iter(parts)).removesuffix(".py")


def floors_of(arrows: dict[str, set[str]]) -> int:
    """Length of the longest way down."""

    @cache
    def height(room: str) -> int:
        return 1 + max((height(below) for below in arrows[room]), default=0)

    return max(map(height, arrows))


def functions_of(ui: Path) -> list[tuple[str, ...]]:
    """Params of every function and method in ``pages/ui``, without ``self``."""
    found = []
    for path in _modules(ui):
        for node in ast.walk(_tree(path)):
            if isinstance(node, ast.FunctionDef):
                names = [param.arg for param in node.args.args]
                found.append(tuple(name for name in names if name != "self"))
    return found


def places_of(root: Path, name: str) -> list[str]:
    """Modules of Python and JavaScript in whose code a name stands."""
    paths = [*_python(root), *_scripts(root)]
    return [str(path.relative_to(root)) for path in paths if _names(path, name)]


def _names(path: Path, name: str) -> bool:
    text = path.read_text("utf-8")
    if path.suffix == ".js":
        return bool(re.search(rf"\b{name}\b", re.sub(r"/\*.*?\*/|//.*", "", text, flags=re.S)))
    names = {"id", "attr", "arg", "value"}
    return any(
        getattr(node, field, None) == name for node in ast.walk(_tree(path)) for field in names
    )


def _modules(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*.py")) if "__pycache__" not in path.parts]


def _python(root: Path) -> list[Path]:
    return [*_modules(root / "lossopt"), *_modules(root / "pages"), *root.glob("*.py")]


def _scripts(root: Path) -> list[Path]:
    paths = sorted((root / "static").rglob("*.js"))
    return [path for path in paths if "vendor" not in path.parts]


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def _sizes(root: Path, paths: list[Path]) -> str:
    lines = {path: len(path.read_text("utf-8").splitlines()) for path in paths}
    real = {path: n for path, n in lines.items() if n > 1}
    largest = max(real, key=lambda path: real[path])
    most = f"{real[largest]} ({largest.relative_to(root)})"
    return f"{len(real)} files, largest {most}, median {median(real.values()):.0f}"


def main(root: Path) -> None:
    """Print the figures."""
    ui = root / "pages" / "ui"
    arrows, functions = rooms_of(ui), functions_of(ui)
    n_arrows, n_floors = sum(map(len, arrows.values())), floors_of(arrows)
    both = sum(params[:2] == ("link", "words") for params in functions)
    state = sum(len(re.findall(r"st\.session_state", p.read_text("utf-8"))) for p in _modules(ui))
    places = places_of(root, OUTSIDE)
    print(f"pages/ui: {len(arrows)} rooms, {n_arrows} arrows, {n_floors} floors")
    print(f"functions that begin with link, words: {both} of {len(functions)}")
    print(f"uses of st.session_state: {state}")
    print(f"Python: {_sizes(root, _python(root))}")
    print(f"JavaScript: {_sizes(root, _scripts(root))}")
    print(f"places that name {OUTSIDE}: {len(places)} ({', '.join(places)})")


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else HERE)
