"""What every page shows for recorded links, before and after a change that shall not be seen.

    python -m benchmarks.scenes record before.json
    python -m benchmarks.scenes compare before.json

A link's messages to the browser and its words are kept whole; `compare` prints the first difference
of every link that differs and ends with 1 if there is one.
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

from streamlit.testing.v1 import AppTest

from lossopt import DATASETS, OBJECTIVES, OPTIMIZERS
from lossopt.lessons import LESSONS

ROOT = Path(__file__).parents[1]
MODES = ("race", "map", "basins", "seeds", "side_by_side", "scoreboard")
VOLATILE = {"assets", "version"}
"""Where the player's files lie and which they are: both may change."""


def links() -> Iterator[tuple[str, str]]:
    """Page and settings, over all pages, modes, examples and lessons, in turn of language."""
    found = [("", values) for values in _toml("examples")]
    found += [("losses", values) for values in _toml("losses")]
    found += [("", {"problem": each}) for each in (*DATASETS, *OBJECTIVES)]
    found += [("compare", {"mode": each}) for each in MODES]
    found += [("lessons", {"lesson": each}) for each in LESSONS]
    found += [("optimizers", {"optimizer": each}) for each in list(OPTIMIZERS)[::3]]
    found += [("", {"problem": "formula", "formula": "x^4 + y^2 - sin(3*x)"})]
    found += [
        (page, {})
        for page in ("batches", "network", "article", "glossary", "losses", "compare", "")
    ]
    for k, (page, values) in enumerate(found):
        yield page, urlencode({**values, "lang": ("en", "ko")[k % 2]})


def _toml(name: str) -> list[dict[str, str]]:
    return list(tomllib.loads((ROOT / "assets" / f"{name}.toml").read_text("utf-8")).values())


def shown(page: str, query: str) -> dict[str, Any]:
    """Messages, words and errors of a page that was opened by a link."""
    at = AppTest.from_file(str(ROOT / "home.py"), default_timeout=120)
    if page:
        at = at.switch_page(f"pages/{page}.py")
    for name, text in parse_qsl(query):
        at.query_params[name] = text
    at.run()
    messages, words = [], []
    for element in at.main:
        proto = getattr(element, "proto", None)
        if type(proto).__name__ == "BidiComponent":
            sent = json.loads(proto.json)
            messages.append({key: sent[key] for key in sent if key not in VOLATILE})
        elif isinstance(getattr(element, "value", None), str):
            words.append(element.value)
    failed = [each.value for each in (*at.exception, *at.error)]
    return {"messages": messages, "words": words, "failed": failed}


def difference(one: Any, other: Any, where: str = "") -> str:
    """Where two values first differ, as a path with both values; empty if they are equal."""
    if type(one) is type(other) and isinstance(one, dict):
        for key in sorted({*one, *other}):
            if found := difference(one.get(key), other.get(key), f"{where}.{key}"):
                return found
        return ""
    if type(one) is type(other) and isinstance(one, list) and len(one) == len(other):
        for k, pair in enumerate(zip(one, other, strict=True)):
            if found := difference(*pair, f"{where}[{k}]"):
                return found
        return ""
    return "" if one == other else f"{where}: {str(one)[:80]!r} -> {str(other)[:80]!r}"


def main(command: str, file: str) -> int:
    """Record, or compare with what was recorded."""
    if command == "record":
        seen = {f"{page}?{query}": shown(page, query) for page, query in links()}
        Path(file).write_text(json.dumps(seen), "utf-8")
        failed = [link for link, each in seen.items() if each["failed"]]
        print(f"{len(seen)} links recorded, {len(failed)} with an error", *failed, sep="\n")
        return int(bool(failed))
    before = json.loads(Path(file).read_text("utf-8"))
    changed = 0
    for link, old in before.items():
        page, _, query = link.partition("?")
        new = json.loads(json.dumps(shown(page, query)))
        if found := difference(old, new):
            changed += 1
            print(f"{link}\n    {found}")
    print(f"{len(before)} links compared, {changed} differ")
    return int(bool(changed))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
