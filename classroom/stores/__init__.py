"""Where classes are kept: one interface, in a file for one machine, in Redis for several.

A class is a number of named fields, whose values are texts. Each write makes its next version, and
whoever knows a version reads only what has changed since.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

Fields = Mapping[str, str | None]
"""Texts by name; None where nothing is kept (any more)."""


class GoneError(Exception):
    """The store does not answer, or cannot keep what it is given: a full disk, no connection."""


class ChangedError(Exception):
    """What a write was based on holds no longer; nothing was written."""


class UnknownError(Exception):
    """No class has this code, or it has expired."""


class Store(Protocol):
    """Keeps classes; several processes may use the same one. Every method may raise `GoneError`."""

    def open(self, code: str, fields: Fields, expires: float, most: int) -> bool:
        """Keep a new class.

        Parameters
        ----------
        code : str
            Its name.
        fields : mapping of str to str
            What it begins with, as version 1.
        expires : float
            When it is forgotten, in seconds since 1970.
        most : int
            Number of classes that may be kept.

        Returns
        -------
        bool
            Whether there was room for it.

        Raises
        ------
        ChangedError
            If another class has this code.
        """

    def write(self, code: str, fields: Fields, given: Fields) -> int:
        """Keep fields all at once, if others still are what they were.

        Parameters
        ----------
        code : str
            Of the class.
        fields : mapping of str to str or None
            What to keep; None drops a field.
        given : mapping of str to str or None
            What other fields have to be.

        Returns
        -------
        int
            Version that holds the fields. They are kept when this returns.

        Raises
        ------
        ChangedError
            If ``given`` holds no longer.
        UnknownError
            If there is no such class.
        """

    def read(self, code: str, since: int = 0) -> tuple[int, dict[str, str | None]]:
        """Give the version of a class, and the fields that changed after the version ``since``.

        Raises
        ------
        UnknownError
            If there is no such class.
        """

    def versions(self) -> dict[str, int]:
        """Version of every class, by its code."""

    def drop(self, code: str) -> None:
        """Forget a class; one that is unknown is forgotten already."""

    def tidy(self) -> None:
        """Forget what has expired."""

    def close(self) -> None:
        """Let go of files and connections."""
