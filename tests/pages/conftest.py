"""Pages as they are tested without a browser."""

from collections.abc import Iterator
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.ui.compare.side_by_side import SIDES
from pages.ui.controls.folded import KEY


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
