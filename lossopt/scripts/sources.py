"""The code that really runs, as text."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterator
from types import FunctionType
from typing import Any

from lossopt.optimizers import Optimizer
from lossopt.params import Spec


def running_code(rule: type[Optimizer]) -> str:
    """Source of a rule's update and of the project's functions that it calls, without docstrings.

    A rule that needs more than one gradient has a ``step`` of its own, which then comes first.

    Parameters
    ----------
    rule : type of Optimizer

    Examples
    --------
    >>> import lossopt as lo
    >>> print(running_code(lo.OPTIMIZERS["gradient_descent"]))
    def update(self, gradient: Array, state: State, params: Array) -> tuple[Array, State]:
        gradient = penalized(gradient, params, self.weight_decay)
        return params - self.learning_rate * gradient, state
    <BLANKLINE>
    def penalized(gradient: Array, params: Array, weight_decay: Number) -> Array:
        if isinstance(weight_decay, float) and weight_decay == 0.0:
            return gradient
        return gradient + weight_decay * params
    """
    found: dict[Any, str] = {}
    called: list[Any] = [rule.update] if rule.step is Optimizer.step else [rule.step, rule.update]
    queue: list[Any] = [inspect.unwrap(function) for function in called]
    while queue:
        function = queue.pop(0)
        if function not in found:
            found[function] = _without_docstring(textwrap.dedent(inspect.getsource(function)))
            queue += _called(function, rule, found[function])
    return "\n\n".join(found.values())


def _called(function: FunctionType, rule: type, source: str) -> Iterator[FunctionType]:
    """Functions that a function calls and methods that it mentions, of this project only."""
    for node in ast.walk(ast.parse(source)):
        known: Any = None
        if isinstance(node, ast.Attribute) and getattr(node.value, "id", "") == "self":
            known = getattr(rule, node.attr, None)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            known = function.__globals__.get(node.func.id)
        if inspect.isfunction(known) and known.__module__.startswith("lossopt."):
            yield inspect.unwrap(known)


def _without_docstring(source: str) -> str:
    definition = ast.parse(source).body[0]
    assert isinstance(definition, ast.FunctionDef)
    first, lines = definition.body[0], source.rstrip().splitlines()
    if ast.get_docstring(definition) is not None:
        del lines[first.lineno - 1 : first.end_lineno]
    return "\n".join(lines)


def references(rule: type[Spec]) -> str:
    """Where a rule or a claim was published, from its docstring.

    Examples
    --------
    >>> import lossopt as lo
    >>> references(lo.OPTIMIZERS["momentum"])[:13]
    'B. T. Polyak,'
    """
    after = str(inspect.getdoc(rule)).partition("References\n----------\n")[2]
    return " ".join(after.partition("\n\n")[0].split())
