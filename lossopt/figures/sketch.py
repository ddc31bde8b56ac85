"""Curves as a small SVG that needs no script: for worksheets, which print, and for still pages."""

from __future__ import annotations

import html
from collections.abc import Sequence

import numpy as np

from lossopt.figures.palette import Look
from lossopt.numbers import short
from lossopt.params import Array
from lossopt.trajectories import Trajectory

WIDTH, HEIGHT = 640, 250
LEFT, RIGHT, TOP, BOTTOM = 62, 12, 10, 40
POINTS = 300
FEW = 12
"""Steps up to which each has a number at the axis."""


def loss_sketch(
    runs: Sequence[Trajectory],
    names: Sequence[str],
    looks: Sequence[Look],
    *,
    linear: bool,
    drawn: bool,
    labels: tuple[str, str],
) -> str:
    """Loss over steps as an SVG; the axes fit the runs whether these are drawn or not.

    Parameters
    ----------
    runs : list of Trajectory
        All with the same number of steps.
    names, looks : list
        One per run.
    linear : bool
        Linear instead of logarithmic loss.
    drawn : bool
        Whether the curves and their legend are drawn; without them the axes are to draw on.
    labels : pair of str
        Words at the two axes.

    Returns
    -------
    str
        One ``<svg>`` element.

    Examples
    --------
    >>> import lossopt as lo
    >>> from lossopt.figures.palette import look_of
    >>> run = lo.descend(lo.OPTIMIZERS["adam"](), lo.OBJECTIVES["booth"](), n_steps=3)
    >>> svg = loss_sketch([run], ["Adam"], [look_of("adam")], linear=False, drawn=True,
    ...                   labels=("steps", "loss"))
    >>> svg.startswith("<svg"), svg.count("<polyline")
    (True, 2)
    """
    curves = [_heights(run.losses, linear) for run in runs]
    known = np.concatenate([curve[np.isfinite(curve)] for curve in curves])
    low, high = _padded(known, linear)
    last = max(runs[0].n_steps, 1)
    parts = [*_axes(low, high, last, linear), *_axis_labels(labels)]
    if drawn:
        parts += _named(curves, names, looks, last, (low, high))
    return _svg(parts, len(runs) if drawn else 0, labels[1])


def rate_sketch(
    rates: Sequence[Sequence[float]],
    names: Sequence[str],
    looks: Sequence[Look],
    labels: tuple[str, str],
) -> str:
    """Learning rates of several schedules over the updates, from 1, as an SVG.

    Parameters
    ----------
    rates : list of list of float
        As long as each other, in full rates.
    names, looks : list
        One per schedule.
    labels : pair of str
        Words at the two axes.

    Returns
    -------
    str
        One ``<svg>`` element.

    Examples
    --------
    >>> from lossopt.figures.palette import numbered_look
    >>> svg = rate_sketch([[1.0, 0.5, 0.0]], ["linear"], [numbered_look(0)], ("update", "rate"))
    >>> svg.startswith("<svg"), svg.count("<polyline"), ">3</text>" in svg
    (True, 2, True)
    """
    curves = [np.asarray(found, dtype=np.float64) for found in rates]
    low, high = _padded(np.concatenate([[0.0], *curves]), linear=True)
    last = len(curves[0]) - 1
    parts = [*_axes(low, high, last, linear=True, first=1), *_axis_labels(labels)]
    parts += _named(curves, names, looks, last, (low, high))
    return _svg(parts, len(rates), labels[1])


def _named(
    curves: Sequence[Array],
    names: Sequence[str],
    looks: Sequence[Look],
    last: int,
    sides: tuple[float, float],
) -> list[str]:
    """Every curve and its line of the legend."""
    parts = []
    for k, (curve, name, look) in enumerate(zip(curves, names, looks, strict=True)):
        parts += _curve(curve, last, *sides, look)
        parts += _legend(k, name, look)
    return parts


def _svg(parts: Sequence[str], n_named: int, name: str) -> str:
    return (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT + 18 * n_named}" xmlns="http://www.w3.org/2000/svg" '
        f'role="img" aria-label="{html.escape(name)}">{"".join(parts)}</svg>'
    )


def _heights(losses: Array, linear: bool) -> Array:
    if linear:
        return losses
    with np.errstate(all="ignore"):
        return np.where(losses > 0.0, np.log10(losses), np.nan)


def _padded(values: Array, linear: bool) -> tuple[float, float]:
    """Range of the axis: whole decades, or a little more than the values."""
    low, high = (float(values.min()), float(values.max())) if values.size else (0.0, 1.0)
    if not linear:
        return float(np.floor(low)), float(np.ceil(max(high, np.floor(low) + 1e-9)))
    margin = 0.05 * (high - low) or 1.0
    return low - margin, high + margin


def _across(steps: Array, last: int) -> Array:
    return np.asarray(LEFT + (WIDTH - LEFT - RIGHT) * steps / last)


def _up(values: Array, low: float, high: float) -> Array:
    return np.asarray(HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * (values - low) / (high - low))


def _axes(low: float, high: float, last: int, linear: bool, first: int = 0) -> list[str]:
    frame = (
        f'<rect x="{LEFT}" y="{TOP}" width="{WIDTH - LEFT - RIGHT}" '
        f'height="{HEIGHT - TOP - BOTTOM}" fill="none" stroke="currentColor"/>'
    )
    parts = [frame]
    marks = np.linspace(0, last, last + 1 if last < FEW else 6)
    for step in np.unique(np.round(marks)):
        x = float(_across(step, last))
        parts.append(_line(x, TOP, x, HEIGHT - BOTTOM))
        parts.append(_text(x, HEIGHT - BOTTOM + 15, f"{step + first:g}", "middle"))
    for value in _ticks(low, high, linear):
        y = float(_up(value, low, high))
        parts.append(_line(LEFT, y, WIDTH - RIGHT, y))
        parts.append(_text(LEFT - 6, y + 4, _tick_text(value, linear), "end"))
    return parts


def _ticks(low: float, high: float, linear: bool) -> Array:
    if linear:
        rough = (high - low) / 4
        power = 10.0 ** np.floor(np.log10(rough))
        step = power * next(k for k in (1, 2, 5, 10) if k * power >= rough)
        return np.asarray(np.arange(np.ceil(low / step), np.floor(high / step) + 1) * step)
    stride = max(1, int(np.ceil((high - low) / 6)))
    return np.arange(low, high + 0.5, stride)


def _tick_text(value: float, linear: bool) -> str:
    if linear:
        return short(value)
    return f'10<tspan dy="-5" font-size="9">{value:.0f}</tspan>'


def _line(x1: float, y1: float, x2: float, y2: float) -> str:
    place = f'x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
    return f'<line {place} stroke="currentColor" opacity="0.18"/>'


def _text(x: float, y: float, words: str, anchor: str) -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"'
    return f'<text {place} font-size="12" fill="currentColor">{words}</text>'


def _axis_labels(labels: tuple[str, str]) -> list[str]:
    across, up = (html.escape(label) for label in labels)
    middle = TOP + (HEIGHT - TOP - BOTTOM) / 2
    turned = f'transform="rotate(-90 14 {middle:.0f})"'
    return [
        _text(LEFT + (WIDTH - LEFT - RIGHT) / 2, HEIGHT - 6, across, "middle"),
        f"<g {turned}>{_text(14, middle, up, 'middle')}</g>",
    ]


def _curve(curve: Array, last: int, low: float, high: float, look: Look) -> list[str]:
    steps = np.unique(np.round(np.linspace(0, len(curve) - 1, POINTS)).astype(int))
    steps = steps[np.isfinite(curve[steps])]
    places = zip(_across(steps, last), _up(curve[steps], low, high), strict=True)
    return [_polyline(" ".join(f"{x:.1f},{y:.1f}" for x, y in places), look)]


def _legend(k: int, name: str, look: Look) -> list[str]:
    y = HEIGHT + 10 + 18 * k
    sample = _polyline(f"{LEFT},{y} {LEFT + 44},{y}", look)
    return [sample, _text(LEFT + 52, y + 4, html.escape(name), "start")]


def _polyline(points: str, look: Look) -> str:
    dash = f' stroke-dasharray="{" ".join(map(str, look.dash))}"' if look.dash else ""
    color = f'stroke="{look.light}" style="stroke: light-dark({look.light}, {look.dark})"'
    return f'<polyline points="{points}" fill="none" {color} stroke-width="2"{dash}/>'
