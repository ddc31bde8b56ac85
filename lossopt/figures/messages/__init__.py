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
    DialChosen,
    DialRests,
    Lineup,
    Point,
    Start,
    Tuned,
)
from lossopt.figures.messages._fan import Fan, FanRun, FanRuns
from lossopt.figures.messages._fits import (
    AnyFit,
    CurveFit,
    Fit,
    Marks,
    ParamsFit,
    RegionsFit,
    ScatterFit,
)
from lossopt.figures.messages._live import Goals, Live, LiveRun, Samples, Turns
from lossopt.figures.messages._overlays import Arrow, Band, Dots, Line, Sentence
from lossopt.figures.messages._scene import (
    Axes,
    Choice,
    Descents,
    Dial,
    Extras,
    Frames,
    Grid,
    Options,
    Run,
    Scene,
)
from lossopt.figures.messages._tuner import Preset, Setting, Sign, Tunable, Tuner

__all__ = [
    "AnyFit",
    "Arrow",
    "Axes",
    "Band",
    "Cell",
    "Choice",
    "CurveFit",
    "Descents",
    "Dial",
    "DialChosen",
    "DialRests",
    "Dots",
    "EdgeRun",
    "Edges",
    "Extras",
    "Fact",
    "Fan",
    "FanRun",
    "FanRuns",
    "Fate",
    "Fit",
    "Frames",
    "Goals",
    "Grid",
    "HeatMap",
    "Layer",
    "Line",
    "Lineup",
    "Live",
    "LiveRun",
    "MapAxis",
    "MapLine",
    "Mark",
    "Marks",
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
    "Turns",
    "as_json",
    "read",
]
