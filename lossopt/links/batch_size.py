"""How many samples a contestant takes per step."""

from __future__ import annotations

from collections.abc import Iterable

from lossopt.figures.tuner import ALL
from lossopt.links.contestants import Slot
from lossopt.links.settings import Settings
from lossopt.objectives import Objective
from lossopt.params import read_whole


def batch_size_of(link: Settings, slot: Slot, goal: Objective) -> int | None:
    """Samples per step of a contestant; None for all."""
    if goal.n_samples == 1 or slot.rule.full_batch:
        return None
    return _fitting(size_asked(link, slot), goal)


def _fitting(size: int | None, goal: Objective) -> int | None:
    return None if size is not None and size >= goal.n_samples else size


def size_asked(link: Settings, slot: Slot) -> int | None:
    """Batch size of the link; it outlives a problem that has fewer samples."""
    name, default = f"{slot.id}.batch_size", slot.batch_size
    size = link.read(name, default, parse_batch_size)
    link.write(name, _batch_text(size), _batch_text(default))
    return size


def draws_samples(link: Settings, slots: Iterable[Slot], goal: Objective) -> bool:
    """Whether the order of the samples matters to any contestant."""
    return any(batch_size_of(link, slot, goal) is not None for slot in slots)


def parse_batch_size(text: str) -> int | None:
    """Read a batch size of a link; None for all samples.

    Raises
    ------
    ValueError
        If it is none.
    """
    if text == ALL:
        return None
    size = read_whole(text)
    if size < 1:
        raise ValueError(text)
    return size


def _batch_text(size: int | None) -> str:
    return ALL if size is None else str(size)
