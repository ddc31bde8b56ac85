"""Discovery: every public module of a package holds one item; the module name is its id."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from types import MappingProxyType, ModuleType
from typing import Any, TypeVar

import numpy as np

from lossopt.arguments import shown
from lossopt.params import Spec, params_of

S = TypeVar("S", bound=Spec)
T = TypeVar("T")


def discover(package: ModuleType, base: type[S]) -> Mapping[str, type[S]]:
    """Collect the one `base` subclass of every public module of `package`, in teaching order.

    Parameters
    ----------
    package : module
        Package whose modules without a leading underscore are items.
    base : type
        Class that every item derives from.

    Returns
    -------
    Mapping of str to type
        Read-only; the id is the module name.

    Raises
    ------
    TypeError
        If a module does not define exactly one item.
    """
    found: dict[str, type[S]] = {}
    for info in pkgutil.iter_modules(package.__path__):
        if not info.name.startswith("_"):
            module = importlib.import_module(f"{package.__name__}.{info.name}")
            found[info.name] = _only_item(module, base)
    ordered = sorted(found.items(), key=lambda item: item[1].sort_key())
    return MappingProxyType(Items(package.__name__.rpartition(".")[2], ordered))


class UnknownNameError(KeyError, ValueError):
    """An id that no item has; it says which there are."""

    def __str__(self) -> str:
        return str(self.args[0])


class Items(dict[str, T]):
    """Items by id; asked for another one it says which it has.

    >>> Items("fruits", [("apple", 1)])["pear"]
    Traceback (most recent call last):
    lossopt.registry.UnknownNameError: There is no 'pear' among the fruits. There are apple.
    """

    def __init__(self, kind: str, items: Iterable[tuple[str, T]]) -> None:
        super().__init__(items)
        self.kind = kind

    def __getitem__(self, name: str) -> T:
        return super().__getitem__(name) if isinstance(name, str) else self.__missing__(name)

    def __missing__(self, name: object) -> T:
        near = get_close_matches(name, self, 1) if isinstance(name, str) else []
        hint = f" Did you mean {near[0]}?" if near else f" There are {', '.join(self)}."
        raise UnknownNameError(f"There is no {shown(name)} among the {self.kind}.{hint}")


def _only_item(module: ModuleType, base: type[S]) -> type[S]:
    items = [
        value
        for _, value in inspect.getmembers(module, inspect.isclass)
        if issubclass(value, base) and value.__module__ == module.__name__
    ]
    if len(items) != 1:
        raise TypeError(f"{module.__name__} must define one {base.__name__}, not {len(items)}.")
    return items[0]


def id_of(spec: Spec | type[Spec]) -> str:
    """Id of a registered spec: the name of its module.

    >>> from lossopt.losses.mse import MSE
    >>> id_of(MSE)
    'mse'
    """
    return (spec if isinstance(spec, type) else type(spec)).__module__.rpartition(".")[2]


def is_shipped(spec: Spec) -> bool:
    """Whether a spec is one of the library's own; others have no name that a script knows.

    >>> from lossopt.losses.mse import MSE
    >>> is_shipped(MSE()), is_shipped(type("Own", (MSE,), {"__module__": "own"})())
    (True, False)
    """
    return type(spec).__module__.startswith("lossopt.") and not id_of(spec).startswith("_")


def fields_of(spec: Spec) -> dict[str, Any]:
    """Declared fields of a spec as plain Python numbers, which ``repr`` writes exactly.

    >>> import numpy as np
    >>> from lossopt.losses.huber import Huber
    >>> fields_of(Huber(delta=np.float64(0.1)))
    {'delta': 0.1}
    """
    return {field.name: plain(getattr(spec, field.name)) for field in params_of(spec)}


def plain(value: Any) -> Any:
    """Value without NumPy's type.

    >>> import numpy as np
    >>> plain(np.float64(0.1)), plain(np.int64(3)), plain("inside")
    (0.1, 3, 'inside')
    """
    return value.item() if isinstance(value, np.generic | np.ndarray) else value


def code_of(spec: Spec) -> str:
    """Write the expression that makes a registered spec again.

    >>> from lossopt.losses.huber import Huber
    >>> code_of(Huber(delta=0.5))
    'lo.LOSSES["huber"](delta=0.5)'
    """
    values = fields_of(spec)
    chosen = [
        f"{field.name}={values[field.name]!r}"
        for field in params_of(spec)
        if values[field.name] != field.default
    ]
    package = type(spec).__module__.split(".")[1]
    return f'lo.{package.upper()}["{id_of(spec)}"]({", ".join(chosen)})'
