"""How often one address may do something."""

from __future__ import annotations

import time
from collections import OrderedDict

from classroom import bounds
from classroom.refusals import RefusedError


class Addresses:
    """Counts what addresses do, of as many as are remembered.

    Parameters
    ----------
    most : int
        How often an address may do it within `bounds.WINDOW`.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._done: OrderedDict[str, tuple[float, int]] = OrderedDict()

    def count(self, address: str) -> None:
        """Count one more.

        Raises
        ------
        RefusedError
            If it was too often.

        Examples
        --------
        >>> Addresses(most=1).count("10.0.0.1")
        """
        now = time.monotonic()
        began, n = self._done.pop(address, (now, 0))
        if now - began > bounds.WINDOW:
            began, n = now, 0
        self._done[address] = began, n + 1
        while len(self._done) > bounds.ADDRESSES:
            self._done.popitem(last=False)
        if n >= self._most:
            raise RefusedError("too_often", 429)
