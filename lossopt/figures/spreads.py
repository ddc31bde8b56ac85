"""What the stage shows of many seeds: a band around the loss curve, a cloud of end points."""

from __future__ import annotations

from lossopt.figures.messages import Band, Dots, Line
from lossopt.figures.packing import pack
from lossopt.figures.palette import FATES, Look
from lossopt.figures.scene import frame_steps
from lossopt.landscapes.surfaces import Plane
from lossopt.params import Array
from lossopt.sweeps import SeedBands
from lossopt.theory.noise_balls import ellipse


def bands_message(found: SeedBands, look: Look) -> Band:
    """Pack the outermost quantiles and the middle one, one number per frame each."""
    steps, _ = frame_steps(found.bands.shape[1] - 1)
    low, middle, high = (found.bands[k, steps] for k in (0, len(found.bands) // 2, -1))
    return Band(color=look.color, low=pack(low), middle=pack(middle), high=pack(high))


def cloud_message(found: SeedBands, plane: Plane, look: Look) -> Dots:
    """Pack the end points of the runs that did not diverge."""
    ends = plane.project(found.ends[found.diverged_at < 0])
    return Dots(color=look.color, marker="circle", n=len(ends), xy=pack(ends))


def ball_message(minimizer: Array, covariance: Array, plane: Plane) -> Line:
    """Pack the ellipse of a noise ball as it appears on the plane."""
    seen = plane.directions @ covariance @ plane.directions.T
    xy = ellipse(plane.project(minimizer), seen)
    return Line(color=FATES["line"], dash=(), closed=True, xy=pack(xy))
