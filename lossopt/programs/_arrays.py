"""Arrays of numbers that are not known yet: NumPy's functions take them as arrays."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin
from numpy.typing import NDArray

from lossopt.programs._tape import OPERATIONS, Cell, Tape, Undecided, Unknown, Untraceable

Cells = NDArray[np.object_]
SAME = {"bitwise_and": "logical_and", "bitwise_or": "logical_or", "invert": "logical_not"}
UNROLLED = 8
"""Running totals that NumPy keeps side by side in a long sum."""
LONGEST_BLOCK = 128
"""Numbers from which on NumPy halves a sum."""
UNLIKE = frozenset(("power", "hypot", "exp", "expm1", "log", "log1p", "log2", "log10"))
UNLIKE |= {"sin", "cos", "tan", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh"}
"""Operations whose last bit differs from machine to machine: they are left to the program even
where their arguments are known, so that it gives the same bits everywhere."""
APART = "does not treat all params alike"


class Traced(NDArrayOperatorsMixin):
    """An array whose cells are numbers or `Unknown`.

    What asks for a value (``if``, ``float``, ``np.asarray``) is refused: the answer would be frozen
    into the program.
    """

    dtype = np.dtype(np.float64)

    def __init__(self, cells: Cells, home: Tape | None = None) -> None:
        self.cells, self.home = _alike(cells), home

    @property
    def tape(self) -> Tape | None:
        """Of its unknown numbers or, where all are known, of those that it was made beside."""
        cells: Iterator[Any] = iter(self.cells.flat)
        return next((cell.tape for cell in cells if isinstance(cell, Unknown)), self.home)

    @classmethod
    def inputs(cls, tape: Tape, name: str, shape: tuple[int, ...], first: int = 0) -> Traced:
        """Unknown numbers, called by a name and their index."""
        cells = np.empty(shape, dtype=object)
        for index in range(cells.size):
            cells.flat[index] = Unknown(tape, tape.put("input", name, first + index))
        return cls(cells)

    @classmethod
    def each(cls, tape: Tape, name: str, index: int = 0) -> Traced:
        """Unknown numbers, one per param, that are all treated alike."""
        assert tape.each is not None
        return cls(np.full(tape.each, Unknown(tape, tape.put("each", name, index)), dtype=object))

    @property
    def shape(self) -> tuple[int, ...]:
        return self.cells.shape

    @property
    def ndim(self) -> int:
        return self.cells.ndim

    @property
    def size(self) -> int:
        return self.cells.size

    @property
    def T(self) -> Traced:  # noqa: N802
        return Traced(self.cells.T, self.home)

    def __len__(self) -> int:
        return len(self.cells)

    def __iter__(self) -> Iterator[Traced]:
        return (self[k] for k in range(len(self)))

    def __bool__(self) -> bool:
        raise Undecided("decides by values what happens next")

    __float__ = __int__ = __index__ = __complex__ = __bool__

    def __array__(self, *_: Any, **__: Any) -> NDArray[Any]:
        raise Untraceable("makes an array of values")

    def __getitem__(self, key: Any) -> Traced:
        if _is_of_each(self.cells):
            raise Untraceable(APART)
        return Traced(_boxed(self.cells[key]), self.tape)

    def __setitem__(self, key: Any, value: Any) -> None:
        if not isinstance(key, Traced):
            self.cells[key] = _cells(value)
            if key is not ... and _is_of_each(self.cells):
                raise Untraceable(APART)
            return
        mask = key.cells.reshape(key.shape + (1,) * (self.ndim - key.ndim))
        self.cells[...] = _everywhere("select", mask, _cells(value), self.cells)

    def reshape(self, *shape: Any) -> Traced:
        return Traced(self.cells.reshape(*shape), self.home)

    def ravel(self) -> Traced:
        return self.reshape(-1)

    def copy(self) -> Traced:
        return Traced(self.cells.copy(), self.home)

    def swapaxes(self, first: int, second: int) -> Traced:
        return Traced(self.cells.swapaxes(first, second), self.home)

    def sum(self, axis: Any = None, keepdims: bool = False) -> Traced:
        return _folded("add", self, axis, keepdims)

    def max(self, axis: Any = None, keepdims: bool = False) -> Traced:
        return _folded("maximum", self, axis, keepdims)

    def min(self, axis: Any = None, keepdims: bool = False) -> Traced:
        return _folded("minimum", self, axis, keepdims)

    def mean(self, axis: Any = None, keepdims: bool = False) -> Any:
        total = self.sum(axis, keepdims)
        return total / (self.size / total.size)

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **options: Any) -> Any:
        name = SAME.get(ufunc.__name__, ufunc.__name__)
        out, where = (options.pop("out", None) or (None,))[0], options.pop("where", True)
        if method != "__call__" or options:
            raise Untraceable(f"np.{name} in an unusual way")
        cells = [_cells(value) for value in inputs]
        tape = next((value.tape for value in inputs if isinstance(value, Traced)), None)
        if name in UNLIKE and tape:
            cells[0] = _left_open(tape, cells[0])
        if name in COMPOSED:
            found = COMPOSED[name](*cells)
        elif name in OPERATIONS:
            found = _everywhere(name, *cells)
        else:
            raise Untraceable(f"np.{name} is no operation of a program")
        if out is None:
            return Traced(found, tape)
        if not isinstance(out, Traced):
            raise Untraceable("writes into an array of values")
        out.cells[...] = (
            found if where is True else _everywhere("select", _cells(where), found, out.cells)
        )
        _alike(out.cells)
        return out

    def __array_function__(self, function: Any, types: Any, args: Any, kwargs: Any) -> Any:
        if function in FUNCTIONS:
            return _placed(FUNCTIONS[function](*args, **kwargs), args)
        if function not in REARRANGING:
            raise Untraceable(f"np.{function.__name__} is no operation of a program")
        bare = {name: _bare(value) for name, value in kwargs.items()}
        return _placed(Traced(function(*map(_bare, args), **bare)), args)


def _is_of_each(cells: Cells) -> bool:
    return any(isinstance(cell, Unknown) and cell.is_of_each for cell in cells.flat)


def _alike(cells: Cells) -> Cells:
    """The same cells, of which none may differ where they stand for one number per param."""
    first = cells.flat[0] if cells.size else None
    if isinstance(first, Unknown) and first.tape.each is None:
        return cells
    if _is_of_each(cells):
        same = isinstance(first, Unknown) and cells.shape == first.tape.each
        if not (same and all(cell == first for cell in cells.flat)):
            raise Untraceable(APART)
    return cells


def _boxed(found: Any) -> Cells:
    """Cells of what an index or a sum gave, which may be one number."""
    if isinstance(found, np.ndarray):
        return found
    box = np.empty((), dtype=object)
    box[()] = found
    return box


def _cells(value: Any) -> Cells:
    return value.cells if isinstance(value, Traced) else np.asarray(value, dtype=object)


def _placed(found: Any, given: Any) -> Any:
    """What a function made, at home where the first is that it was given."""
    if isinstance(found, Traced):
        found.home = _home_of(given)
    return found


def _home_of(given: Any) -> Tape | None:
    if isinstance(given, list | tuple):
        return next((tape for tape in map(_home_of, given) if tape), None)
    return given.tape if isinstance(given, Traced) else None


def _left_open(tape: Tape, cells: Cells) -> Cells:
    """The same numbers as instructions, so that what is done to them is one, too."""
    return _boxed(np.frompyfunc(lambda cell: Unknown(tape, tape.place_of(cell)), 1, 1)(cells))


def _bare(value: Any) -> Any:
    """The same arguments with cells in place of traced arrays."""
    if isinstance(value, list | tuple):
        return [_cells(part) if isinstance(part, Traced) else part for part in value]
    return value.cells if isinstance(value, Traced) else value


def _everywhere(name: str, *arrays: Cells) -> Cells:
    """One operation on all cells."""
    found = np.frompyfunc(lambda *cells: applied(name, *cells), len(arrays), 1)(*arrays)
    return _boxed(found)


def applied(name: str, *cells: Cell) -> Cell:
    """One operation on numbers, some of them unknown.

    Examples
    --------
    >>> applied("hypot", 3.0, 4.0)
    5.0
    """
    tape = next((cell.tape for cell in cells if isinstance(cell, Unknown)), None)
    if tape is not None:
        if name == "select" and not isinstance(cells[0], Unknown):
            return cells[1] if cells[0] else cells[2]
        return Unknown(tape, tape.put(name, *map(tape.place_of, cells)))
    if name == "select":
        return cells[1] if cells[0] else cells[2]
    with np.errstate(all="ignore"):
        return float(getattr(np, name)(*map(np.float64, cells)))  # type: ignore[arg-type]


def _folded(name: str, array: Any, axis: Any = None, keepdims: bool = False) -> Traced:
    """Sum, largest or smallest over some axes, in the order in which NumPy goes."""
    cells = _cells(array)
    given = range(cells.ndim) if axis is None else (axis if isinstance(axis, tuple) else (axis,))
    axes = tuple(sorted(a % cells.ndim for a in given))
    if _is_of_each(cells):
        return _folded_each(name, cells, axes, keepdims)
    moved = np.moveaxis(cells, axes, range(len(axes)))
    rows = list(moved.reshape(-1, *moved.shape[len(axes) :]))
    along_last = cells.ndim - 1 in axes
    total = _total(rows) if name == "add" and along_last else _one_by_one(name, rows)
    return Traced(np.expand_dims(total, axes) if keepdims else total, _home_of(array))


def _folded_each(name: str, cells: Cells, axes: tuple[int, ...], keepdims: bool) -> Traced:
    """Sum over all params."""
    cell: Any = cells.flat[0]
    if name != "add" or cells.ndim - 1 not in axes:
        raise Untraceable(APART)
    total = np.full(cells.shape, Unknown(cell.tape, cell.tape.put("total", cell.place)))[:, :1]
    return Traced(total if keepdims else total.reshape(total.shape[: 2 - len(axes)]))


def _one_by_one(name: str, rows: list[Any]) -> Cells:
    total = _boxed(rows[0])
    for row in rows[1:]:
        total = _everywhere(name, total, _boxed(row))
    return total


def _total(rows: list[Any]) -> Cells:
    """Sum as NumPy sums neighbors in memory: long ones as eight sums side by side."""
    if len(rows) > LONGEST_BLOCK:
        half = len(rows) // 2 - len(rows) // 2 % UNROLLED
        return _everywhere("add", _total(rows[:half]), _total(rows[half:]))
    whole = len(rows) - len(rows) % UNROLLED
    sums = [_one_by_one("add", rows[k:whole:UNROLLED]) for k in range(min(whole, UNROLLED))]
    while len(sums) > 1:
        sums = [_everywhere("add", *pair) for pair in zip(sums[::2], sums[1::2], strict=True)]
    return _one_by_one("add", [*sums, *rows[whole:]])


def _product(a: Cells, b: Cells) -> Cells:
    """Matrix product; libraries sum it in an order of their own."""
    for cell in (*a.flat, *b.flat):
        if isinstance(cell, Unknown):
            cell.tape.exact = False
    left = a[None, :] if a.ndim == 1 else a
    right = b[:, None] if b.ndim == 1 else b
    products = _everywhere("multiply", left[..., :, :, None], right[..., None, :, :])
    found = _folded("add", Traced(products), -2).cells
    found = found[..., 0, :] if a.ndim == 1 else found
    return _boxed(found[..., 0] if b.ndim == 1 else found)


def _power(base: Cells, exponent: Cells) -> Cells:
    """One known exponent for all squares, divides or takes roots, as NumPy does."""
    known: Any = exponent.item() if exponent.ndim == 0 else None
    if isinstance(known, Unknown) or known not in (1, 2, 0.5, -1):
        return _everywhere("power", base, exponent)
    if known == 0.5:
        return _everywhere("sqrt", base)
    if known == -1:
        return _everywhere("divide", _boxed(1.0), base)
    return _everywhere("multiply", base, base if known == 2 else _boxed(1.0))


def _clipped(value: Any, low: Any, high: Any) -> Cells:
    return _everywhere("minimum", _everywhere("maximum", _cells(value), _cells(low)), _cells(high))


def _filled(value: float) -> Callable[..., Traced]:
    return lambda like, shape=None, **_: Traced(
        np.full(np.shape(like) if shape is None else shape, value, dtype=object)
    )


def _copied(target: Traced, source: Any) -> None:
    target[...] = source


COMPOSED: Mapping[str, Callable[..., Cells]] = {
    "square": lambda a: _everywhere("multiply", a, a),
    "positive": lambda a: a,
    "power": _power,
    "matmul": _product,
    "clip": _clipped,
}
FUNCTIONS: Mapping[Any, Callable[..., Any]] = {
    np.where: lambda *given: Traced(_everywhere("select", *map(_cells, given))),
    np.clip: lambda *given: Traced(_clipped(*given)),
    np.copyto: _copied,
    np.empty_like: _filled(np.nan),
    np.zeros_like: _filled(0.0),
    np.ones_like: _filled(1.0),
    np.full_like: lambda like, value, **given: _filled(value)(like, **given),
    np.sum: lambda array, axis=None, keepdims=False: _folded("add", array, axis, keepdims),
    np.max: lambda array, axis=None, keepdims=False: _folded("maximum", array, axis, keepdims),
    np.min: lambda array, axis=None, keepdims=False: _folded("minimum", array, axis, keepdims),
    np.mean: lambda array, axis=None, keepdims=False: array.mean(axis, keepdims),
    np.shape: lambda array: array.shape,
    np.ndim: lambda array: array.ndim,
}
REARRANGING = {
    *(np.stack, np.concatenate, np.column_stack, np.broadcast_to, np.reshape, np.copy),
    *(np.swapaxes, np.moveaxis, np.expand_dims, np.squeeze, np.atleast_2d, np.transpose, np.ravel),
}
"""Functions that only move cells."""
