"""A process that computes for the server: ``python -m pages.ui.frame.helper HANDLE``.

It knows nothing of Streamlit. Over the connection come functions with their arguments, one after
the other, or None, which ends the one that runs; back go its progress and what it made. The server
comes first: on a busy machine a helper waits.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from time import monotonic
from typing import Any

PULSE = 0.1
"""Seconds between two words of progress."""


def serve(link: Connection[Any, Any]) -> None:
    """Compute what is asked for, until nobody asks any more."""
    while True:
        try:
            work = link.recv()
            if work is not None:
                # Whatever lies in the connection means: stop. So does its end.
                link.send(("made", work(progress=_teller(link), cancelled=link.poll)))
        except (EOFError, OSError):
            return
        except Exception:
            link.send(("lost", None))


def _teller(link: Connection[Any, Any]) -> Callable[[float], None]:
    told = monotonic()

    def tell(fraction: float) -> None:
        nonlocal told
        if monotonic() - told > PULSE:
            told = monotonic()
            link.send(("part", fraction))

    return tell


if __name__ == "__main__":
    os.nice(5)
    serve(Connection(int(sys.argv[1])))
