"""What Python tells the stage and what it hears back; `as_json` and `read` are the only edge.

The types of JavaScript (``static/stage/messages.d.ts``) and the tables of ``docs/stage.md`` are
written from these classes: ``python -m benchmarks.messages``.
"""

from lossopt.figures.messages._charts import (
    EdgeRun,
    Edges,
    Fact,
    Fate,
    HeatMap,
    Layer,
    MapAxis,
    MapLine,
    Mark,
    Pace,
    Shape,
    Shapes,
)
from lossopt.figures.messages._edge import as_json, read
from lossopt.figures.messages._events import (
    Cell,
    Lineup,
    Point,
    Start,
    Tuned,
)
from lossopt.figures.messages._fits import (
    AnyFit,
    CurveFit,
    Fit,
    Marks,
    ParamsFit,
    RegionsFit,
    ScatterFit,
)
from lossopt.figures.messages._live import Goals, Live, LiveRun, Moving, Samples
from lossopt.figures.messages._overlays import Arrow, Band, Dots, Line, Measured, Sentence
from lossopt.figures.messages._scene import (
    Axes,
    Descents,
    Extras,
    Frames,
    Grid,
    Limit,
    Options,
    Run,
    Scene,
)
from lossopt.figures.messages._tuner import Choice, Preset, Setting, Sign, Tunable, Tuner
from lossopt.figures.messages._welcome import Ground, Handle, Welcome

__all__ = [
    "AnyFit",
    "Arrow",
    "Axes",
    "Band",
    "Cell",
    "Choice",
    "CurveFit",
    "Descents",
    "Dots",
    "EdgeRun",
    "Edges",
    "Extras",
    "Fact",
    "Fate",
    "Fit",
    "Frames",
    "Goals",
    "Grid",
    "Ground",
    "Handle",
    "HeatMap",
    "Layer",
    "Limit",
    "Line",
    "Lineup",
    "Live",
    "LiveRun",
    "MapAxis",
    "MapLine",
    "Mark",
    "Marks",
    "Measured",
    "Moving",
    "Options",
    "Pace",
    "ParamsFit",
    "Point",
    "Preset",
    "RegionsFit",
    "Run",
    "Samples",
    "ScatterFit",
    "Scene",
    "Sentence",
    "Setting",
    "Shape",
    "Shapes",
    "Sign",
    "Start",
    "Tunable",
    "Tuned",
    "Tuner",
    "Welcome",
    "as_json",
    "read",
]
