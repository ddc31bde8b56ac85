"""Where ε stands: the libraries differ."""

from __future__ import annotations

from typing import Any

import numpy as np

from lossopt.params import Array, Number, param


def eps_place(*more: str) -> Any:
    """Declare where ε is added; outside the root, as in PyTorch, by default."""
    return param("outside", "place of ε", choices=("outside", "inside", *more), minor=True)


def rooted(squares: Array, eps: Number, place: str) -> Array:
    """√s + ε, or √(s + ε) with ε inside the root.

    Examples
    --------
    >>> rooted(np.array([9.0]), 7.0, "outside"), rooted(np.array([9.0]), 7.0, "inside")
    (array([10.]), array([4.]))
    """
    return np.sqrt(squares + eps) if place == "inside" else np.sqrt(squares) + eps


def rooted_text(squares: str, place: str) -> str:
    """How `rooted` reads for squares of this name.

    Examples
    --------
    >>> rooted_text("s", "outside"), rooted_text("s", "inside")
    ('(√s + ε)', '√(s + ε)')
    """
    return f"√({squares} + ε)" if place == "inside" else f"(√{squares} + ε)"
