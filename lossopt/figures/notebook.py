"""Runs in a notebook: the player, and a still Plotly figure."""

from __future__ import annotations

import dataclasses
import html
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

from lossopt.arguments import kind_of, kinds_of, one_of, texts, whole
from lossopt.figures.bench import bench_of
from lossopt.figures.messages import Options, RegionsFit, Scene
from lossopt.figures.palette import look_of
from lossopt.figures.player import Bundles, stage_texts
from lossopt.figures.scene import Contestant, stage_scene, surface_message
from lossopt.figures.tuner import Catalog
from lossopt.landscapes.surfaces import (
    Plane,
    Surface,
    axis_plane,
    drawn_box,
    evaluate_surface,
    pca_plane,
)
from lossopt.numbers import short
from lossopt.objectives import Objective
from lossopt.registry import id_of
from lossopt.trajectories import Trajectory

if TYPE_CHECKING:
    import plotly.graph_objects as go

LANGUAGES = ("en", "ko")
View = Literal["2d", "3d"]


@dataclasses.dataclass(frozen=True)
class Player:
    """A page that plays runs; a notebook shows it by itself.

    Attributes
    ----------
    page : str
        HTML.
    height : int
        Pixels that a notebook gives it.
    """

    page: str
    height: int

    def _repr_html_(self) -> str:
        frame = 'width="100%" style="border: 0" title="lossopt" '
        return f'<iframe {frame}height="{self.height}" srcdoc="{html.escape(self.page)}"></iframe>'

    def save(self, path: str | Path) -> None:
        """Write the page to a file, which any browser opens without a network."""
        Path(kind_of("path", path, str, Path)).write_text(self.page, "utf-8")


def stage(
    runs: Trajectory | Sequence[Trajectory],
    *,
    labels: Sequence[str] | None = None,
    language: str = "en",
    view: View = "2d",
    height: int = 680,
    plotly: Bundles = "inside",
) -> Player:
    """Show runs on the animated stage, in a notebook or as a page of their own.

    Of a network that tells classes apart by features, its neurons and weights are shown, too.

    Parameters
    ----------
    runs : Trajectory or list of Trajectory
        From one objective, with the same number of steps.
    labels : list of str, optional
        Names of the runs; those of their optimizers by default.
    language : {"en", "ko"}
    view : {"2d", "3d"}
    height : int
        Pixels in a notebook.
    plotly : {"inside", "beside"}
        See ``lossopt.figures.player.player_page``.

    Returns
    -------
    Player

    Examples
    --------
    >>> import lossopt as lo
    >>> run = lo.descend(lo.OPTIMIZERS["adam"](), lo.OBJECTIVES["booth"]())
    >>> shown = lo.stage(run)
    >>> len(shown.page) < 1_500_000
    True
    """
    several, objective = _checked(runs)
    one_of("language", language, LANGUAGES)
    one_of("view", view, get_args(View))
    whole("height", height, 1, 100_000)
    one_of("plotly", plotly, get_args(Bundles))
    contestants = _contestants(several, labels, language)
    plane, surface = _ground(several, objective)
    words = stage_texts(language)
    grid = surface_message(surface, objective.minimum)
    drawn = stage_scene(objective, plane, several, contestants, grid)
    network = isinstance(drawn.fit, RegionsFit) and drawn.fit.network
    scene = Scene(
        **vars(drawn),
        layout="network" if network else None,
        lang=language,
        texts=words,
        options=Options(
            view=view,
            scale="log",
            axis="steps",
            follow=False,
            speed=1.0,
            loop=False,
            autoplay=True,
            heights="auto",
        ),
        messages=(),
    )
    title = ", ".join(each.label for each in contestants)
    bench = bench_of(scene, plane, several, contestants, language)
    return Player(bench.page(scene, title=title, plotly=plotly), height)


def figure(
    runs: Trajectory | Sequence[Trajectory], *, labels: Sequence[str] | None = None
) -> go.Figure:
    """Draw paths on the loss surface and their loss curves as a still Plotly figure.

    Parameters
    ----------
    runs, labels
        As in `stage`.

    Returns
    -------
    plotly.graph_objects.Figure

    Examples
    --------
    >>> import lossopt as lo
    >>> run = lo.descend(lo.OPTIMIZERS["adam"](), lo.OBJECTIVES["booth"]())
    >>> len(lo.figure(run).data)
    3
    """
    from plotly.subplots import make_subplots  # three times as slow to import as NumPy

    several, objective = _checked(runs)
    contestants = _contestants(several, labels, "en")
    plane, surface = _ground(several, objective)
    floor = surface_message(surface, objective.minimum).floor
    picture = make_subplots(1, 2, subplot_titles=("Loss surface", "Loss"))
    with np.errstate(all="ignore"):
        heights = np.log10(surface.z - floor)
    picture.add_contour(
        x=surface.x, y=surface.y, z=heights, colorscale="Teal_r", showscale=False, row=1, col=1
    )
    for run, each in zip(several, contestants, strict=True):
        line = {"color": each.look.light, "dash": _dash(each)}
        places = plane.project(run.iterates)
        named = {"name": each.label, "mode": "lines", "line": line, "legendgroup": each.id}
        picture.add_scatter(x=places[:, 0], y=places[:, 1], **named, row=1, col=1)
        picture.add_scatter(y=run.losses, **named, showlegend=False, row=1, col=2)
    for axis, (low, high), label in zip(
        "xy",
        ((surface.x[0], surface.x[-1]), (surface.y[0], surface.y[-1])),
        plane.labels,
        strict=True,
    ):
        picture.update_layout({f"{axis}axis": {"range": [low, high], "title": label}})
    positive = all(np.fmin.reduce(run.losses) > 0 for run in several)
    picture.update_layout(
        xaxis2={"title": "step"}, yaxis2={"type": "log" if positive else "linear"}
    )
    return picture


def _checked(runs: Trajectory | Sequence[Trajectory]) -> tuple[list[Trajectory], Objective]:
    alone = isinstance(runs, Trajectory)
    several = kinds_of("runs", [runs] if alone else runs, Trajectory)
    objectives = {id(run.objective): run.objective for run in several}
    objective = next(iter(objectives.values()), None)
    if objective is None or len(objectives) > 1 or len({run.n_steps for run in several}) > 1:
        raise ValueError("Runs are shown together if they have one objective and equal steps.")
    return several, objective


def _contestants(
    runs: Sequence[Trajectory], labels: Sequence[str] | None, language: str
) -> list[Contestant]:
    seen: Counter[str] = Counter()
    found = []
    names = None if labels is None else texts("labels", labels, len(runs))
    for k, run in enumerate(runs):
        rule = run.optimizer
        assert rule is not None  # a run with an objective has both
        name = id_of(rule)
        label = names[k] if names else Catalog(language).name("optimizer", name, rule.name)
        detail = f"η {short(rule.learning_rate)}"
        found.append(Contestant(f"{name}~{k}", label, detail, look_of(name, seen[name])))
        seen[name] += 1
    return found


def _ground(runs: Sequence[Trajectory], objective: Objective) -> tuple[Plane, Surface]:
    """Plane and surface on which runs are drawn."""
    axes = (0, 1) if objective.n_params <= 2 else None
    plane = axis_plane(objective) if axes else pca_plane(objective, runs)
    bounds = drawn_box(objective, plane, runs, axes=axes)
    return plane, evaluate_surface(objective, plane=plane, bounds=bounds)


def _dash(contestant: Contestant) -> str:
    return ",".join(f"{length}px" for length in contestant.look.dash) or "solid"
