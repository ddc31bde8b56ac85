"""Pages as they are tested without a browser."""

from collections.abc import Iterator
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.ui.compare.side_by_side import SIDES
from pages.ui.controls.folded import KEY
from pages.ui.frame import component
from tests.pages.played import played


@pytest.fixture(autouse=True)
def open_folds(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the folds of panels stand open, so that all its controls are there."""
    from_file = AppTest.from_file

    def opened(*told: Any, **how: Any) -> AppTest:
        at = from_file(*told, **how)
        for key in (KEY, *(f"{KEY} {side}" for side in SIDES)):
            at.session_state[key] = True
        return at

    monkeypatch.setattr(AppTest, "from_file", opened)
    yield


@pytest.fixture(autouse=True)
def play_scenes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every scene hold the runs that the browser makes of it."""
    as_json = component.as_json

    def completed(message: Any) -> Any:
        data = as_json(message)
        return {**data, "scene": played(data["scene"])} if "scene" in data else data

    monkeypatch.setattr(component, "as_json", completed)
