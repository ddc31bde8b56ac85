"""How a script calls a library: what it imports, how it makes an optimizer and takes a step."""

from __future__ import annotations

import ast
import dataclasses
from collections.abc import Mapping
from typing import Any, Literal, get_args

from lossopt.arguments import one_of

Dialect = Literal["numpy", "jax", "torch"]
"""What differentiates: NumPy with slopes written out, or the library below by itself."""


@dataclasses.dataclass(frozen=True)
class Calling:
    """The words of a library in a script.

    Lines may use ``start`` (an array), ``path`` (the params so far), ``step`` (from 0), ``slope``
    (the gradient there) and ``rates`` (one for each step).

    Attributes
    ----------
    requires : str
        What pip is asked for; ``{version}`` is the measured one.
    imports : str
        Lines before everything else, after ``import numpy as np``.
    begin : str
        Lines that make the params and the optimizer, which ``{made}`` makes.
    step : str
        Lines that take a step along ``slope``.
    shown : str
        The params as an array of their own.
    names : Mapping of str to str
        Our fields and its arguments; a key ``"rmsprop.decay"`` is that of one optimizer. Fields of
        the same argument make a tuple; those without one can only be what the library has.
    rate : str
        Lines that set the rate of a step; ``{learning_rate}`` is the argument's name.
    rate_as : str
        How a changing rate is written in the call, where it is not set step by step.
    coupled : str
        Lines that let ``{weight_decay}`` join the gradient, where no argument does.
    made : str
        The call: ``{name}`` and ``{arguments}``.
    gradient : {"numpy", "jax", "torch"}
    at : str
        What the gradient is taken at.
    evaluated : tuple of str
        Lines before and after `shown` with which an optimizer that shows an average of its params
        changes to it and back.
    whole : str
        Lines in place of the loop, where the library runs all ``{n_steps}`` itself.

    Raises
    ------
    ValueError
        If `gradient` is no dialect.

    Examples
    --------
    >>> Calling("mine", "", "optimizer = {made}", "", "", {"beta1": "betas"}).made
    '{name}({arguments})'
    """

    requires: str
    imports: str
    begin: str
    step: str
    shown: str
    names: Mapping[str, str]
    _: dataclasses.KW_ONLY
    rate: str = ""
    rate_as: str = ""
    coupled: str = ""
    made: str = "{name}({arguments})"
    gradient: Dialect = "numpy"
    at: str = "path[-1]"
    evaluated: tuple[str, str] | None = None
    whole: str = ""

    def __post_init__(self) -> None:
        one_of("gradient", self.gradient, get_args(Dialect))

    def argument(self, optimizer: str, field: str) -> str:
        """Argument for a field; empty if it has none."""
        return self.names.get(f"{optimizer}.{field}", self.names.get(field, ""))


def on_torch(requires: str, imports: str, names: Mapping[str, str], **others: Any) -> Calling:
    """How a library is called whose optimizers are PyTorch's in form."""
    usual = {
        "begin": "params = torch.tensor(start, requires_grad=True)\noptimizer = {made}",
        "step": "params.grad = slope\noptimizer.step()",
        "shown": "params.detach().numpy().copy()",
        "rate": 'optimizer.param_groups[0]["lr"] = rates[step]',
        "made": "{name}([params], {arguments})",
        "at": "params",
    }
    head = f"import torch\n{imports}\n\ntorch.set_default_dtype(torch.float64)"
    return Calling(
        requires, head, names=TORCH_NAMES | {**names}, gradient="torch", **{**usual, **others}
    )


MODES = ("optimizer.eval()", "optimizer.train()")
"""How most schedule-free optimizers for PyTorch change to their average and back."""
TORCH_NAMES = {
    "learning_rate": "lr",
    "beta1": "betas",
    "beta2": "betas",
    "beta3": "betas",
    "eps": "eps",
    "weight_decay": "weight_decay",
    "momentum": "momentum",
    "adadelta.decay": "rho",
    "rmsprop.decay": "alpha",
    "centered": "centered",
    "initial_accumulator": "initial_accumulator_value",
    "learning_rate_decay": "lr_decay",
    "momentum_decay": "momentum_decay",
    "shrink": "etas",
    "grow": "etas",
    "smallest_step": "step_sizes",
    "largest_step": "step_sizes",
    "rate_decay": "lambd",
    "rate_power": "alpha",
}
"""Arguments of PyTorch, which libraries in its manner share as far as they have the optimizers."""


def read_call(call: str) -> tuple[str, dict[str, str]]:
    """Name and arguments of a call as `Convention` writes it.

    >>> read_call("SGD(momentum=0.9)"), read_call('SGD({"momentum": 0.9})'), read_call("adam")
    (('SGD', {'momentum': '0.9'}), ('SGD', {'momentum': '0.9'}), ('adam', {}))
    """
    tree = ast.parse(call, mode="eval").body
    if not isinstance(tree, ast.Call):
        return call, {}
    given = {str(each.arg): ast.unparse(each.value) for each in tree.keywords}
    for each in tree.args:
        if isinstance(each, ast.Dict):
            keys = [key.value for key in each.keys if isinstance(key, ast.Constant)]
            given |= {
                str(k): ast.unparse(value) for k, value in zip(keys, each.values, strict=True)
            }
    return ast.unparse(tree.func), given
