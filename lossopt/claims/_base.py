"""What a claim is."""

from __future__ import annotations

from abc import abstractmethod
from functools import cached_property
from typing import Any, ClassVar, Literal, get_args

from lossopt.params import Spec

Verdict = Literal["right", "right_if", "misleading", "wrong"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
Part = Literal["loss", "mse", "binary", "categorical", "optimizer", "batch", "sgd", "beyond"]
PARTS: tuple[Part, ...] = get_args(Part)


class Claim(Spec):
    """A sentence about losses and optimizers, and what runs say about it.

    Attributes
    ----------
    order : int
        Place among the claims.
    part : {"loss", "mse", "binary", "categorical", "optimizer", "batch", "sgd", "beyond"}
        Under which heading it stands.
    verdict : {"right", "right_if", "misleading", "wrong"}
        What its numbers come to.
    formula : str
        LaTeX, where the claim is one.
    shown : str
        Page and settings that show it, ``lab?problem=line&runs=batch``. The last loss of the run
        ``batch`` there is the number ``end_batch``, where it has such a number.
    """

    order: ClassVar[int]
    part: ClassVar[Part]
    verdict: ClassVar[Verdict]
    formula: ClassVar[str] = ""
    shown: ClassVar[str] = ""

    @classmethod
    def sort_key(cls) -> tuple[Any, ...]:
        """Place among the claims."""
        return (cls.order, cls.__module__)

    @cached_property
    def numbers(self) -> dict[str, float]:
        """Every number that its words state, measured."""
        return {name: float(value) for name, value in self.measured().items()}

    @abstractmethod
    def measured(self) -> dict[str, float]:
        """Run what has to be run, and count."""

    @abstractmethod
    def holds(self) -> bool:
        """Whether the numbers bear the verdict out."""
