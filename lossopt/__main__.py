"""What lossopt does from a command line: ``python -m lossopt play LINK PAGE``."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from pathlib import Path

import lossopt
from lossopt.links.play import LinkError, play, query_of
from lossopt.words import Words, language_of

REFUSED = 2
"""Exit code where nothing was written."""


def main(given: Sequence[str] | None = None) -> int:
    """Do what a command line says.

    Parameters
    ----------
    given : sequence of str, optional
        Its words; those of this process by default.

    Returns
    -------
    int
        0, or 2 where nothing was written.

    Examples
    --------
    >>> main(["play", "problem=line", "no folder/page.html"])
    2
    """
    parser = _parser()
    told = parser.parse_args(given)
    if told.command is None:
        parser.print_help()
        return 0
    return _play(told.link, Path(told.page))


def _play(link: str, file: Path) -> int:
    """Write the page of a link; says what was not understood, and what went wrong."""
    asked = re.search("[?&]lang=([a-z]+)", f"?{link}")
    words = Words(language_of(asked[1] if asked else None, ""))
    try:
        query = query_of(link)
        with file.open("x", encoding="utf-8") as written:
            try:
                played = play(query)
                written.write(played.page())
            except BaseException:
                file.unlink()
                raise
    except LinkError as refusal:
        return _refuse(refusal.told(words))
    except FileExistsError:
        return _refuse(words("play.exists", file=file))
    except (OSError, ValueError) as error:
        return _refuse(words("play.failed", file=file, reason=error))
    for notice in played.notices:
        print(notice, file=sys.stderr)
    print(words("play.written", file=file))
    return 0


def _refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return REFUSED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m lossopt", description=lossopt.__doc__)
    commands = parser.add_subparsers(dest="command", metavar="command")
    player = commands.add_parser(
        "play",
        help="write the page that plays a link of the Descent Lab",
        description="Write one HTML file that plays a link of the Descent Lab in any browser, "
        "without a server or a network.",
        epilog="example: python -m lossopt play 'problem=rosenbrock&runs=momentum-adam' page.html",
    )
    player.add_argument("link", help="address of the Lab, or what stands behind its question mark")
    player.add_argument("page", help="file to write; none is overwritten")
    return parser


if __name__ == "__main__":
    sys.exit(main())
