"""Types of JavaScript and tables of the documents, from the classes of Python.

    python -m benchmarks.messages

writes ``static/stage/messages.d.ts`` and the tables of ``docs/``; a test compares them.
"""

from __future__ import annotations

import dataclasses
import inspect
import re
import textwrap
import types
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from lossopt.figures import messages
from lossopt.figures.packing import Bytes, Doubles, Floats
from lossopt.figures.palette import Color

ROOT = Path(__file__).parents[1]
TYPES = ROOT / "static" / "stage" / "messages.d.ts"
TABLES = [
    ROOT / "docs" / name
    for name in ("stage.md", "tuner.md", "heatmap.md", "lessons.md", "pocket.md")
]
HEAD = """// Written by python -m benchmarks.messages from lossopt/figures/messages.

/** Base64 of little-endian float32, row by row. */
export type Floats = string & { readonly packed: "float32" };
/** Base64 of little-endian float64, row by row. */
export type Doubles = string & { readonly packed: "float64" };
/** Base64 of signed bytes, row by row. */
export type Bytes = string & { readonly packed: "int8" };
"""
PLAIN = {str: "string", bool: "boolean", int: "number", float: "number"}
UNIONS = {messages.AnyFit: "AnyFit"}


def classes() -> list[type]:
    """Every message, part by part and in the order of the source."""
    told = [each for each in vars(messages).values() if dataclasses.is_dataclass(each)]
    return [Color, *sorted(filter(inspect.isclass, told), key=_place)]


def _place(kind: type) -> tuple[int, int]:
    parts = ("_scene", "_fits", "_overlays", "_live", "_events", "_tuner", "_charts")
    parts += ("_welcome", "_lessons", "_pocket", "_pocket_cards", "_pocket_lessons")
    return parts.index(kind.__module__.rpartition(".")[2]), inspect.getsourcelines(kind)[1]


def spelled(hint: Any) -> str:
    """A type of Python in TypeScript.

    >>> spelled(tuple[float, float]), spelled(tuple[int, ...] | None), spelled(Literal["a", "b"])
    ('[number, number]', 'number[] | null', '"a" | "b"')
    """
    arguments = get_args(hint)
    if hint in UNIONS:
        return UNIONS[hint]
    if hint in PLAIN:
        return PLAIN[hint]
    if hint is type(None):
        return "null"
    if hint in (Floats, Doubles, Bytes) or dataclasses.is_dataclass(hint):
        return str(hint.__name__)
    if get_origin(hint) is Literal:
        return " | ".join(f'"{text}"' for text in arguments)
    if get_origin(hint) in (Union, types.UnionType):
        return " | ".join(map(spelled, arguments))
    if get_origin(hint) is tuple and arguments[-1] is ...:
        each = spelled(arguments[0])
        return f"({each})[]" if " | " in each else f"{each}[]"
    if get_origin(hint) is tuple:
        return f"[{', '.join(map(spelled, arguments))}]"
    if get_origin(hint) is Mapping:
        return f"Record<{', '.join(map(spelled, arguments))}>"
    raise TypeError(f"{hint} cannot be sent")


def fields_of(kind: type) -> Iterator[tuple[str, str, bool]]:
    """Name and type of a class's own fields, and whether they may be missing."""
    hints = get_type_hints(kind)
    own = kind.__annotations__
    for field in dataclasses.fields(kind):
        if field.name in own:
            missing = field.default is not dataclasses.MISSING
            text = spelled(hints[field.name])
            yield field.name, text.removesuffix(" | null") if missing else text, missing


def described(kind: type) -> list[tuple[list[str], str]]:
    """Names and words of the Attributes of a docstring."""
    lines = textwrap.dedent(f"    {kind.__doc__}").split("----------\n")[-1].splitlines()
    found: list[tuple[list[str], str]] = []
    for line in lines:
        if line.startswith("    "):
            names, words = found[-1]
            found[-1] = (names, f"{words} {line.strip()}".strip())
        elif line.strip():
            found.append((line.strip().split(", "), ""))
    return found


def typescript() -> str:
    """The module of types."""
    parts = [HEAD]
    for kind in classes():
        bases = [base.__name__ for base in kind.__bases__ if base is not object]
        words = {name: text for names, text in described(kind) for name in names}
        body = [f"/** {str(kind.__doc__).splitlines()[0]} */"]
        body.append(f"export interface {kind.__name__}{_extending(bases)} {{")
        for name, text, missing in fields_of(kind):
            body += [f"  /** {words[name]} */"] if words[name] else []
            body.append(f"  {name}{'?' if missing else ''}: {text};")
        parts.append("\n".join([*body, "}\n"]))
    for union, name in UNIONS.items():
        parts.append(f"export type {name} = {' | '.join(map(spelled, get_args(union)))};\n")
    return "\n".join(parts)


def _extending(bases: list[str]) -> str:
    return f" extends {', '.join(bases)}" if bases else ""


def table(kind: type) -> str:
    """The fields of a class in Markdown."""
    found = {name: (text, missing) for name, text, missing in fields_of(kind)}
    lines = ["| field | type | what |", "|---|---|---|"]
    for names, words in described(kind):
        optional = ", optional" if all(found[name][1] for name in names) else ""
        kinds = dict.fromkeys(found[name][0] for name in names)
        cell = ", ".join(f"`{each}`".replace("|", "\\|") for each in kinds)
        shown = ", ".join(f"`{name}`" for name in names)
        said = re.sub(r"``?([^`]+)``?", r"`\1`", words)
        lines.append(f"| {shown} | {cell}{optional} | {said} |")
    return "\n".join(lines)


def documented(text: str) -> str:
    """A document with its tables written anew."""
    kinds = {kind.__name__: kind for kind in classes()}
    return re.sub(
        r"(<!-- (\w+) -->\n).*?(<!-- end -->)",
        lambda found: f"{found[1]}{table(kinds[found[2]])}\n{found[3]}",
        text,
        flags=re.DOTALL,
    )


if __name__ == "__main__":
    TYPES.write_text(typescript(), "utf-8")
    for path in TABLES:
        path.write_text(documented(path.read_text("utf-8")), "utf-8")
    print(f"{len(classes())} messages written to {TYPES.name} and the tables")
