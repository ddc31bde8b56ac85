"""The optimizers of PyTorch, Keras and optax, and which of our settings they have."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

import numpy as np

from lossopt.optimizers import ONLY_WHERE_THE_RATE_CHANGES, Optimizer
from lossopt.params import params_of
from lossopt.registry import fields_of, id_of, is_shipped, plain
from lossopt.scripts._run import Run
from lossopt.scripts._told import TARGETS, ScriptNote


@dataclasses.dataclass(frozen=True)
class Call:
    """How a library names a rule and its settings.

    Attributes
    ----------
    name : str
    names : Mapping of str to str
        Our fields and their keyword; fields with the same keyword make a tuple.
    fixed : str
        Arguments that are always given.
    needs : Mapping of str to Any
        Values that other fields must have.
    refuses : Mapping of str to tuple
        Values that the library takes for a mistake.
    eps_place : str
        Where this library adds ε; a different place changes the path a little.
    coupled : str
        How weight decay in the gradient is written around the call, where it has no keyword.
    velocity : bool
        Whether a changing learning rate keeps the path.
    setup : str
        A line before everything else.
    """

    name: str
    names: Mapping[str, str]
    fixed: str = ""
    needs: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    refuses: Mapping[str, tuple[float, ...]] = dataclasses.field(default_factory=dict)
    eps_place: str = ""
    coupled: str = ""
    velocity: bool = True
    setup: str = ""


DECAY = {"weight_decay": "weight_decay"}
BETAS = {"beta1": "betas", "beta2": "betas"}
TORCH_ADAM = {"learning_rate": "lr", **BETAS, "eps": "eps", **DECAY}
SWITCH = {"decoupled_weight_decay": "decoupled_weight_decay"}
CORRECTED = {"bias_correction": True}
SGD = {"learning_rate": "lr", **DECAY}
PYTORCH = {
    "gradient_descent": Call("SGD", SGD),
    "momentum": Call(
        "SGD", SGD | {"momentum": "momentum", "dampening": "dampening"}, needs={"averaged": False}
    ),
    "nesterov": Call("SGD", SGD | {"momentum": "momentum"}, fixed="nesterov=True"),
    "rprop": Call(
        "Rprop",
        {"learning_rate": "lr", "shrink": "etas", "grow": "etas"}
        | {"smallest_step": "step_sizes", "largest_step": "step_sizes"},
        refuses={"shrink": (0.0, 1.0), "grow": (1.0,)},
    ),
    "adagrad": Call(
        "Adagrad",
        SGD
        | {"eps": "eps", "initial_accumulator": "initial_accumulator_value"}
        | {"learning_rate_decay": "lr_decay"},
        eps_place="outside",
    ),
    "adadelta": Call("Adadelta", SGD | {"decay": "rho", "eps": "eps"}),
    "rmsprop": Call(
        "RMSprop",
        SGD | {"decay": "alpha", "eps": "eps", "momentum": "momentum", "centered": "centered"},
        eps_place="outside",
    ),
    "adam": Call("Adam", TORCH_ADAM | SWITCH, needs=CORRECTED, eps_place="outside"),
    "adamw": Call("AdamW", TORCH_ADAM, needs=CORRECTED, eps_place="outside"),
    "amsgrad": Call(
        "Adam",
        TORCH_ADAM | SWITCH,
        fixed="amsgrad=True",
        needs=CORRECTED,
        eps_place="outside",
    ),
    "nadam": Call(
        "NAdam", TORCH_ADAM | SWITCH | {"momentum_decay": "momentum_decay"}, needs=CORRECTED
    ),
    "adamax": Call("Adamax", TORCH_ADAM, needs=CORRECTED),
    "radam": Call("RAdam", TORCH_ADAM | SWITCH, needs=CORRECTED),
    "asgd": Call(
        "ASGD",
        SGD | {"rate_decay": "lambd", "rate_power": "alpha", "averaging_start": "t0"},
    ),
    "lbfgs": Call(
        "LBFGS",
        {"learning_rate": "lr", "history_size": "history_size", "line_search": "line_search_fn"},
        fixed="max_iter=1, max_eval=26, tolerance_grad=0.0, tolerance_change=0.0",
    ),
    "adafactor": Call(
        "Adafactor",
        SGD
        | {"decay_power": "beta2_decay", "clip_threshold": "d"}
        | {"eps": "eps", "smallest_scale": "eps"},
    ),
    "muon": Call(
        "Muon",
        SGD
        | {"momentum": "momentum", "nesterov": "nesterov", "iterations": "ns_steps"}
        | {"rate_scale": "adjust_lr_fn"},
        setup="torch.Tensor.bfloat16 = torch.Tensor.clone  # Muon iterates in bfloat16 otherwise",
    ),
}
KERAS_ADAM = {"learning_rate": "learning_rate", "beta1": "beta_1", "beta2": "beta_2"}
KERAS_ADAM |= {"eps": "epsilon"}
RATE = {"learning_rate": "learning_rate"}
NO_DECAY = {"weight_decay": 0.0}
PLAIN = {"averaged": False, "dampening": 0.0} | NO_DECAY
HEAVY = RATE | {"momentum": "momentum"}
KERAS = {
    "gradient_descent": Call("SGD", RATE, needs=NO_DECAY),
    "momentum": Call("SGD", HEAVY, needs=PLAIN, velocity=False),
    "nesterov": Call("SGD", HEAVY, fixed="nesterov=True", needs=NO_DECAY, velocity=False),
    "adagrad": Call(
        "Adagrad",
        RATE | {"eps": "epsilon", "initial_accumulator": "initial_accumulator_value"},
        needs=NO_DECAY | {"learning_rate_decay": 0.0},
        eps_place="inside",
    ),
    "adadelta": Call("Adadelta", RATE | {"decay": "rho", "eps": "epsilon"}, needs=NO_DECAY),
    "rmsprop": Call(
        "RMSprop",
        HEAVY | {"decay": "rho", "eps": "epsilon", "centered": "centered"},
        needs=NO_DECAY,
        eps_place="inside",
        velocity=False,
    ),
    "adam": Call("Adam", KERAS_ADAM, needs=CORRECTED | NO_DECAY, eps_place="uncorrected"),
    "adamw": Call("AdamW", KERAS_ADAM | DECAY, needs=CORRECTED, eps_place="uncorrected"),
    "amsgrad": Call(
        "Adam",
        KERAS_ADAM,
        fixed="amsgrad=True",
        needs=CORRECTED | NO_DECAY,
        eps_place="uncorrected",
    ),
    "adamax": Call("Adamax", KERAS_ADAM, needs=CORRECTED | NO_DECAY, eps_place="after the maximum"),
    "lion": Call(
        "Lion",
        {name: key for name, key in KERAS_ADAM.items() if name != "eps"} | DECAY,
        refuses={"beta1": (0.0,)},
    ),
}
OPTAX_ADAM = {"learning_rate": "learning_rate", "beta1": "b1", "beta2": "b2", "eps": "eps"}
CHAIN = "optax.chain(optax.add_decayed_weights({decay}), {call})"
OPTAX = {
    "gradient_descent": Call("sgd", RATE, coupled=CHAIN),
    "momentum": Call("sgd", HEAVY, needs={"averaged": False, "dampening": 0.0}, coupled=CHAIN),
    "nesterov": Call("sgd", HEAVY, fixed="nesterov=True", coupled=CHAIN),
    "adagrad": Call(
        "adagrad",
        RATE | {"eps": "eps", "initial_accumulator": "initial_accumulator_value"},
        needs={"learning_rate_decay": 0.0},
        eps_place="inside",
        coupled=CHAIN,
    ),
    "adadelta": Call("adadelta", RATE | {"decay": "rho", "eps": "eps"}, coupled=CHAIN),
    "rmsprop": Call(
        "rmsprop",
        HEAVY
        | {"decay": "decay", "eps": "eps", "centered": "centered", "eps_place": "eps_in_sqrt"},
        coupled=CHAIN,
        velocity=False,
    ),
    "adam": Call(
        "adam",
        OPTAX_ADAM,
        needs=CORRECTED | {"decoupled_weight_decay": False},
        eps_place="outside",
        coupled=CHAIN,
    ),
    "adamw": Call("adamw", OPTAX_ADAM | DECAY, needs=CORRECTED, eps_place="outside"),
    "adamax": Call("adamax", OPTAX_ADAM, needs=CORRECTED, coupled=CHAIN),
    "lion": Call("lion", {k: v for k, v in OPTAX_ADAM.items() if k != "eps"} | DECAY),
}
CALLS: dict[str, dict[str, Call]] = {"pytorch": PYTORCH, "keras": KERAS, "optax": OPTAX}
PREFIX = {"pytorch": "torch.optim.", "keras": "keras.optimizers.", "optax": "optax."}


def find_call(library: str, run: Run) -> tuple[Call | None, list[ScriptNote]]:
    """How a library writes the rule of a run, or why it cannot, and what is known to differ."""
    name, rule = TARGETS[library], run.entry.optimizer
    call = CALLS[library].get(id_of(rule)) if is_shipped(rule) else None
    if call is None:
        return None, [ScriptNote("rule", library=name, rule=rule.name)]
    values = fields_of(rule)
    for field in params_of(rule):
        value = values[field.name]
        written = field.name in call.names or (field.name == "weight_decay" and call.coupled)
        wanted = call.needs.get(field.name, field.default)
        idle = field.name == "decoupled_weight_decay" and not values["weight_decay"]
        if field.name in ONLY_WHERE_THE_RATE_CHANGES:
            idle = run.factors is None or not call.velocity
        lacks = not (written or idle) and field.name != "eps_place" and value != wanted
        if lacks or value in call.refuses.get(field.name, ()):
            return None, [ScriptNote("field", library=name, field=field.name, value=value)]
    place = values.get("eps_place", "outside")
    if call.eps_place and place != call.eps_place and values.get("eps"):
        return call, [ScriptNote("eps", library=name)]
    displaced = call.velocity or values.get("displacement", False)
    if values.get("momentum") and not displaced and run.factors is not None:
        return call, [ScriptNote("rate", library=name)]
    what = _known_to_differ(library, id_of(rule), run, values)
    return call, [ScriptNote("differs", library=name, what=what)] if what else []


def _known_to_differ(library: str, rule: str, run: Run, values: Mapping[str, Any]) -> str:
    """Settings with which a library takes another path, though it has them; empty if none."""
    if rule == "rmsprop" and values["centered"] and values["decay"] == 0.0:
        return "centered=True + decay=0.0"  # the root of a difference that is only rounding
    if library != "pytorch":
        return ""
    if rule == "asgd" and run.factors is not None:
        return "schedule"  # a new learning rate acts one step late
    if rule != "lbfgs" or values["line_search"] == "none":
        return ""
    if run.entry.clip_norm is not None:
        return "line_search + clip_norm"  # the line search sees clipped gradients, too
    rates = values["learning_rate"] * (1.0 if run.factors is None else run.factors)
    return "line_search + learning_rate=0.0" if np.any(rates == 0.0) else ""  # divides by 0


def written_call(library: str, call: Call, rule: Optimizer, rate: str) -> str:
    """The call that makes the optimizer; `rate` is how its learning rate is written."""
    keywords: dict[str, list[str]] = {}
    for field in params_of(rule):
        if field.name in call.names:
            value = rate if field.name == "learning_rate" else _value(field.name, rule)
            if value in ("False", "0.0") and call.names[field.name] in _unsaid(library, call):
                continue
            keywords.setdefault(call.names[field.name], []).append(value)
    written = [
        f"{key}={values[0] if len(values) == 1 else '(' + ', '.join(values) + ')'}"
        for key, values in keywords.items()
    ]
    fixed = call.fixed if getattr(rule, "momentum", 1.0) else ""  # torch refuses Nesterov with 0
    inside = ["params"] * (library == "pytorch") + written + [fixed] * bool(fixed)
    text = f"{PREFIX[library]}{call.name}({', '.join(inside)})"
    decay = plain(getattr(rule, "weight_decay", 0.0))
    if call.coupled and decay and "weight_decay" not in call.names:
        return call.coupled.format(decay=repr(decay), call=text)
    return text


def _unsaid(library: str, call: Call) -> set[str]:
    """Keywords whose zero or False is the library's own default."""
    decay = library == "pytorch" and call.name not in ("AdamW", "Muon")
    zero = {"decoupled_weight_decay", "centered", "dampening", "lr_decay"}
    momentum = {"momentum"} if call.name != "Muon" else set()
    return zero | momentum | ({"weight_decay"} if decay else set())


def _value(field: str, rule: Optimizer) -> str:
    value = plain(getattr(rule, field))
    if field == "eps_place":
        return repr(value == "inside")
    if field == "line_search":
        return repr(None if value == "none" else value)
    if field == "decay_power":
        return repr(-value)
    return repr(value)
