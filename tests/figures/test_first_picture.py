"""The first picture: its bands are where the surface is as high as they say."""

import numpy as np
import pytest

from lossopt.figures.first_picture import rings_above


def inside(ring: list[tuple[float, float]], x: float, y: float) -> bool:
    """Whether an odd number of the ring's sides lies to the right of a point."""
    crossed = False
    for (x0, y0), (x1, y1) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (y0 > y) != (y1 > y) and x < x0 + (y - y0) / (y1 - y0) * (x1 - x0):
            crossed = not crossed
    return crossed


@pytest.mark.parametrize("seed", range(4))
def test_rings_part_high_points_from_low_ones(seed: int) -> None:
    heights = np.random.default_rng(seed).normal(size=(9, 7))
    heights[4, 3] = np.nan if seed % 2 else heights[4, 3]
    rings = rings_above(heights, 0.2)
    for row in range(1, 8):
        for column in range(1, 6):
            if np.isnan(heights[row - 1 : row + 2, column - 1 : column + 2]).any():
                continue  # a ring goes through what lies beside no value
            found = sum(inside(ring, column, row + 1e-9) for ring in rings) % 2 == 1
            assert found == (heights[row, column] > 0.2)


def test_a_ring_around_everything_keeps_to_the_edge() -> None:
    (ring,) = rings_above(np.ones((3, 4)), 0.5)
    assert np.min(ring, axis=0).tolist() == [0, 0] and np.max(ring, axis=0).tolist() == [3, 2]
    assert rings_above(np.ones((3, 4)), 2.0) == []
