"""The floors of the house: who may import whom, and where words and colours live."""

import ast
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LIBRARY = sorted((ROOT / "lossopt").rglob("*.py"))
PAGES = [ROOT / "app.py", ROOT / "home.py", *sorted((ROOT / "pages").rglob("*.py"))]
CLASSROOM = sorted((ROOT / "classroom").rglob("*.py"))
FLOORS = (
    {"arguments", "borders", "curvatures", "files", "keys", "numbers", "params", "registry"}
    | {"refusals"},
    {"losses"},
    {"optimizers", "datasets", "models", "schedules"},
    {"libraries"},
    {"objectives", "tables"},
    {"entries", "programs", "formulas", "scripts"},
    {"lanes", "trajectories"},
    {"landscapes", "testing"},
    {"theory"},
    {"sweeps"},
    {"comparisons"},
    {"lessons"},
    {"claims"},
    {"figures"},
    {"words"},
    {"links"},
    {"__main__"},
)
"""Parts of the library from the ground up; a part imports its own and lower floors only."""


def imported(path: Path) -> set[str]:
    modules = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            modules |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            modules.add(node.module or "")
    return modules


def part_of(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def floor_of(part: str) -> int:
    return next(k for k, parts in enumerate(FLOORS) if part in parts)


@pytest.mark.parametrize("path", LIBRARY, ids=lambda path: str(path.relative_to(ROOT)))
def test_library_stands_on_its_floors(path: Path) -> None:
    modules = imported(path)
    roots = {module.partition(".")[0] for module in modules}
    assert "streamlit" not in roots and "pages" not in roots
    if "plotly" in roots:
        assert path.parent.name == "figures"
    part = path.relative_to(ROOT / "lossopt").parts[0].removesuffix(".py")
    if part == "__init__":
        return
    for module in modules:
        if module.startswith("lossopt."):
            assert floor_of(part_of(module)) <= floor_of(part), f"{path} imports {module}"


@pytest.mark.parametrize("path", CLASSROOM, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_class_service_stands_on_its_own(path: Path) -> None:
    known = sys.stdlib_module_names | {"classroom", "starlette"}
    redis = {"redis"} if path.name == "redis.py" else set()
    assert {module.partition(".")[0] for module in imported(path)} <= known | redis


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_pages_only_show(path: Path) -> None:
    assert not {module.partition(".")[0] for module in imported(path)} & {"numpy", "plotly"}
    arithmetic = (ast.Mult, ast.Pow, ast.MatMult, ast.FloorDiv)
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.BinOp):
            assert not isinstance(node.op, arithmetic), f"{path}:{node.lineno} computes"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_session_is_remembered_in_one_place(path: Path) -> None:
    if path.name != "memory.py":
        assert "session_state" not in path.read_text("utf-8")


def test_colours_live_in_the_palette() -> None:
    for path in LIBRARY + PAGES:
        if path.name != "palette.py":
            assert not re.search(r"[\"']#[0-9a-fA-F]{6}[\"']", path.read_text("utf-8")), path


SHARED = {"stage", "tuner", "transport", "programs", "vendor"}
"""What belongs to no single page: the stage and what it stands on."""


def names_of_pages() -> set[str]:
    """Pages, their rooms and the modules in them."""
    inner = [path for path in (ROOT / "pages" / "ui").rglob("*") if "__pycache__" not in path.parts]
    return {path.stem for path in [*inner, *(ROOT / "pages").glob("*.py")]}


@pytest.mark.parametrize("folder", ["static", "assets/en", "assets/ko"])
def test_what_a_page_owns_bears_its_name_in_three_places(folder: str) -> None:
    owned = {path.stem for path in (ROOT / folder).iterdir()} - {"ui", "fields", "names"}
    assert len(owned) > 5 and owned - SHARED <= names_of_pages()


def test_every_page_has_its_words_and_every_component_its_folder() -> None:
    scripts = {path.stem for path in (ROOT / "pages").glob("*.py")} | {"lab"}
    assert scripts <= {path.stem for path in (ROOT / "pages" / "ui").iterdir()}
    assert scripts <= {path.stem for path in (ROOT / "assets" / "en").glob("*.toml")}
    mounted = set()
    for path in (ROOT / "pages" / "ui").rglob("*.py"):
        mounted |= set(re.findall(r'\bcomponent\(\s*"(\w+)"', path.read_text("utf-8")))
    drawn = {path.parent.name for path in (ROOT / "static").glob("*/streamlit.js")}
    assert mounted == drawn
