"""What a class refuses: the code of a sentence, which the pages hold in the reader's language."""

from __future__ import annotations


class RefusedError(Exception):
    """A request that is refused.

    Parameters
    ----------
    code : str
        Names the sentence.
    status : int
        Of the answer, as HTTP numbers them.

    Examples
    --------
    >>> RefusedError("late", 409).code
    'late'
    """

    def __init__(self, code: str, status: int = 400) -> None:
        super().__init__(code)
        self.code, self.status = code, status


def unknown_class() -> RefusedError:
    """No class has this code, or it has expired."""
    return RefusedError("unknown_class", 404)
