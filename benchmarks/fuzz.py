"""Formulas, tables and links that nobody means well with.

    python -m benchmarks.fuzz            # 12 000 formulas, 9 000 tables, 300 links, 300 uploads
    python -m benchmarks.fuzz 100        # that many of each

Every case must end with a result or with a sentence: no traceback, at most 2 s of work, and no
growing memory. Cases come from a fixed seed.
"""

from __future__ import annotations

import dataclasses
import logging
import random
import sys
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from unittest import mock

import numpy as np

import lossopt as lo
from lossopt.params import params_of
from lossopt.refusals import RefusalError
from lossopt.tables import read_table

COUNTS = {"formulas": 12_000, "tables": 9_000, "links": 300, "uploads": 300}
LIMIT = 2.0
APP = str(Path(__file__).parents[1] / "home.py")
HOSTILE = (
    "__import__('os')",
    "9**9**9**9",
    "(" * 10_000,
    "x" * 3000,
    "х",
    "ｘ",
    "\0",
    "lambda x: x",
    "[x for x in y]",
    "x.__class__",
    "{x}",
    "%s%n",
    "{0.__class__}",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "**x** :red[y] $z$ ![i](http://e.x/i)",
    "=cmd|' /C calc'!A0",
    "'; drop table x",
    "1e400",
    "-1e400",
    "9" * 400,
    "nan",
    "inf",
    "-0",
    "1_000",
    "0x10",
    "١٢",
    "true",
    "null",
    "[]",
    "{}",
    "\u202e",
    "\ud7ff",
    "🎈",
    " ",
    "",
    "../../etc/passwd",
    "a,b\n1,2",
    "~" * 50,
    "-".join(["adam"] * 99),
)
FORMULAS = (
    "(1-x)^2 + 100*(y-x^2)^2",
    "sin(x)*cos(y) + exp(-x^2)",
    "min(x, y, 2) + max(abs(x), tanh(y))",
    "log(x) / sqrt(y) - pi*e",
    "x^y^2 - 1e3*.5",
)
SIGNS = "xy0123456789.+-*/^() ,esincoxplgtahbrmq_[]{}'\"\\;:=<>!@#$%&|~`?\n\té가"


def mutated(rng: random.Random, text: str, signs: str) -> str:
    """Text after a few insertions, deletions, repetitions and splices."""
    for _ in range(rng.randint(0, 6)):
        place, width = rng.randint(0, len(text)), rng.randint(0, 8)
        part = text[place : place + width]
        text = rng.choice(
            (
                text[:place] + rng.choice(signs) + text[place:],
                text[:place] + text[place + width :],
                text[:place] + part * rng.randint(2, 40) + text[place:],
                text[:place] + rng.choice(HOSTILE) + text[place:],
                text[:place] + text[place:].swapcase(),
            )
        )
    return text


def formulas(rng: random.Random) -> Iterator[str]:
    """Valid formulas, mutated ones, hostile texts, and random signs."""
    yield from HOSTILE
    while True:
        kind = rng.random()
        if kind < 0.7:
            yield mutated(rng, rng.choice(FORMULAS), SIGNS)
        elif kind < 0.85:
            yield "".join(rng.choices(SIGNS, k=rng.randint(0, 60)))
        else:
            yield rng.choice("(-+") * rng.randint(1, 1200) + "x" + ")" * rng.randint(0, 1200)


def try_formula(text: str) -> str:
    made = lo.formula(text)
    places = np.linspace(-3.0, 3.0, 50).reshape(25, 2)
    assert made.value(places).shape == (25,) and made.gradient(places).shape == (25, 2)
    assert made.formula
    return "formula"


def tables(rng: random.Random) -> Iterator[bytes]:
    """Tables in many notations, mutated, truncated, in any encoding, and random bytes."""
    encodings = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp949", "latin-1", "utf-32")
    while True:
        columns, rows = rng.randint(1, 8), rng.choice((0, 1, 2, 5, 30, 200))
        sign, mark = rng.choice(",;\t| "), rng.choice(("\n", "\r\n", "\r"))
        lines = [sign.join(_cell(rng, 0.9) for _ in range(columns))]
        hostile = rng.choice((0.0, 0.02, 0.3))
        lines += [
            sign.join(_cell(rng, hostile) for _ in range(columns + (rng.random() < 0.02)))
            for _ in range(rows)
        ]
        text = mark.join(lines)
        if rng.random() < 0.4:
            text = mutated(rng, text, SIGNS)
        data = text.encode(rng.choice(encodings), "replace")
        if rng.random() < 0.1:
            data = data[: rng.randint(0, len(data))]
        if rng.random() < 0.1:
            data = bytes(rng.randrange(256) if rng.random() < 0.1 else byte for byte in data)
        yield rng.randbytes(rng.randint(0, 400)) if rng.random() < 0.05 else data


def _cell(rng: random.Random, hostile: float) -> str:
    if rng.random() < hostile:
        return rng.choice((*HOSTILE, "a", "b", "키", '"', "name"))[:500]
    number = f"{rng.gauss(0, 10 ** rng.randint(-3, 6)):.{rng.randint(0, 6)}f}"
    return rng.choice((number, number, number.replace(".", ","), str(rng.randint(0, 3)), ""))


def try_table(data: bytes) -> str:
    rng = random.Random(len(data))
    table = read_table(data, header=rng.choice((None, None, True, False)))
    target = table.proposed_target()
    usual = table.proposed_features(target)
    assert target not in usual and table.left_out(target, usual) is not None
    others = [k for k in table.learnable if k != target]
    split = table.split(
        rng.choice((target, target, rng.randrange(len(table.columns)))),
        rng.choice((usual, usual, rng.sample(others, min(3, len(others))))),
        fill=rng.random() < 0.5,
        standardize=rng.random() < 0.5,
        standardize_target=rng.random() < 0.5,
        test_share=rng.choice((0.0, 0.3)),
    )
    assert np.isfinite(split.train.X).all() and np.isfinite(split.train.y).all()
    return "dataset"


def parameters() -> list[str]:
    """Names of all settings that a link of the Lab can hold."""
    registries = (lo.OPTIMIZERS, lo.DATASETS, lo.OBJECTIVES, lo.LOSSES, lo.MODELS)
    fields = [
        f"{name}.{field.name}"
        for registry in registries
        for name, spec in registry.items()
        for field in params_of(spec)
    ]
    own = ("source", "points", "predict", "digest", "target", "features", "task", "kind", "start")
    return [
        *("problem", "model", "loss", "runs", "plane", "view", "scale", "axis", "follow", "speed"),
        *("loop", "lang", "run.n_steps", "run.batch_seed", "adam.schedule"),
        *("adam.clip_norm", "adam.average", "adam.batch_size", "line.start", "rosenbrock.start"),
        *("formula.text", "formula.region", "formula.start"),
        *(f"own.{name}" for name in own),
        *("own.standardize", "own.test_share", "own.split_seed", "own.fill", "surprise"),
        *fields,
    ]


def links(rng: random.Random) -> Iterator[dict[str, str | list[str]]]:
    """Links with a few settings, most of them hostile, some named twice."""
    names = parameters()
    problems = ("line", "moons", "iris", "rosenbrock", "formula", "own", "own")
    while True:
        link: dict[str, str | list[str]] = {"problem": rng.choice(problems), "runs": "batch-adam"}
        if rng.random() < 0.5:
            link |= {"own.source": "points", "own.points": "1_1_0~-1_2_1~0_0_2"}
        for name in rng.sample(names, rng.randint(1, 6)):
            value = mutated(rng, rng.choice((*HOSTILE, "0.5", "12", "1_2", "a")), SIGNS)[:3000]
            link[name] = [value, rng.choice(HOSTILE)] if rng.random() < 0.1 else value
        yield link


def try_link(link: Mapping[str, str | list[str]]) -> str:
    from streamlit.testing.v1 import AppTest

    at = AppTest.from_file(APP, default_timeout=60)
    for name, value in link.items():
        at.query_params[name] = value
    at.run()
    assert not at.exception, at.exception
    told = [element.value for element in (*at.error, *at.warning)]
    assert not any("<script" in text.replace("`", "") and "`" not in text for text in told)
    return "picture with a sentence" if told else "picture"


def uploads(rng: random.Random) -> Iterator[tuple[bytes, dict[str, str]]]:
    """Files brought to the page, with holes and odd cells, and settings of all kinds for them."""
    drawn = tables(rng)
    cells = ("", "", "1", "2.5", "-3", "x", "y", "NA", "?", "1e90", "12%", "2020-01-02", "TRUE")
    while True:
        data = next(drawn)
        if rng.random() < 0.7:
            width, few = rng.randint(1, 5), rng.sample(cells, rng.randint(2, len(cells)))
            lines = [",".join("abcde"[:width])] * (rng.random() < 0.8)
            lines += [",".join(rng.choices(few, k=width)) for _ in range(rng.choice((1, 3, 9, 40)))]
            data = "\n".join(lines).encode()
        link = {
            "own.target": str(rng.randrange(6)),
            "own.features": "-".join(map(str, rng.sample(range(6), rng.randint(0, 4)))),
            "own.task": rng.choice(("regression", "classification")),
            "own.header": rng.choice("01"),
            "own.fill": rng.choice("01"),
            "own.standardize": rng.choice("01"),
            "own.standardize_target": rng.choice("01"),
            "own.test_share": rng.choice(("0", "0.2", "0.5")),
            "model": rng.choice(("linear", "logistic", "softmax", "mlp")),
            "loss": rng.choice(tuple(lo.LOSSES)),
        }
        kept = rng.sample(sorted(link), rng.randint(0, len(link)))
        yield data, {"problem": "own", "runs": "batch-adam", **{name: link[name] for name in kept}}


@dataclasses.dataclass(frozen=True)
class Upload:
    """A file as the page's file chooser gives it."""

    data: bytes
    file_id: str = "1"

    def getvalue(self) -> bytes:
        return self.data


def try_upload(case: tuple[bytes, dict[str, str]]) -> str:
    data, link = case
    with mock.patch("streamlit.file_uploader", lambda *_, **__: Upload(data)):
        return try_link(link)


Case = tuple[Callable[[random.Random], Iterator[object]], Callable[..., str]]
KINDS: dict[str, Case] = {
    "formulas": (formulas, try_formula),
    "tables": (tables, try_table),
    "links": (links, try_link),
    "uploads": (uploads, try_upload),
}


def memory() -> float:
    """Memory of this process in MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1e6


def fuzz(kind: str, count: int, seed: int = 0) -> list[str]:
    """Try cases of a kind, print what became of them, and return what must not happen."""
    cases, attempt = KINDS[kind]
    outcomes: Counter[str] = Counter()
    bad, slowest, settled = [], (0.0, ""), 0.0
    drawn = cases(random.Random(seed))
    for number in range(count):
        case = next(drawn)
        began = time.process_time()
        try:
            outcomes[attempt(case)] += 1
        except RefusalError:
            outcomes["sentence"] += 1
        except Exception as error:
            bad.append(f"{kind} {number}: {type(error).__name__}: {error}"[:300])
        slowest = max(slowest, (time.process_time() - began, f"{kind} {number}"))
        if number == count // 2:
            settled = memory()
    if slowest[0] > LIMIT:
        bad.append(f"{slowest[1]} took {slowest[0]:.1f} s")
    grown = memory() - settled
    if grown > 60.0:
        bad.append(f"{kind}: memory grew by {grown:.0f} MB in the second half")
    shown = ", ".join(f"{number} {name}" for name, number in outcomes.most_common())
    print(f"{kind}: {count} cases: {shown}; slowest {slowest[0]:.2f} s; memory {grown:+.1f} MB")
    return bad


def main() -> None:
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("error")
    counts = dict.fromkeys(COUNTS, int(sys.argv[1])) if len(sys.argv) > 1 else COUNTS
    bad = [entry for kind, count in counts.items() for entry in fuzz(kind, count)]
    print(*bad[:40], sep="\n")
    print(f"{sum(counts.values())} cases, {len(bad)} of them wrong")
    sys.exit(bool(bad))


if __name__ == "__main__":
    main()
