"""The switch between a velocity and a displacement."""

from lossopt.params import param

ONLY_WHERE_THE_RATE_CHANGES = ("displacement",)
"""Fields that change nothing as long as the learning rate stays the same."""


def displacement() -> bool:
    """Field of a momentum: whether its rate stands inside, as in Keras."""
    field: bool = param(False, "rate inside the velocity", minor=True)
    return field
