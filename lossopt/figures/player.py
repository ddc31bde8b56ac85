"""The player on its own: one HTML page that needs neither a server nor a network."""

from __future__ import annotations

import base64
import gzip
import html
import json
import re
import tomllib
from collections.abc import Sequence
from functools import cache
from typing import Any, Literal

from lossopt.figures.messages import Scene, Tuner, as_json
from lossopt.figures.palette import DASHES
from lossopt.files import folder_of

PLOTLY = "plotly-cartesian-4.1.1.min.js"
MAX_RUNS = 8
"""Contestants that a race can have."""
IN_STREAMLIT = {"streamlit", "placing", "registry"}
"""Modules of the player that only the app needs."""
NAMES = ("names", "fields")
"""Catalogs of the names of items and of their fields."""
COMMENT = re.compile(r"^[ \t]*/\*(?:(?!\*/).)*\*/[ \t]*\n", re.MULTILINE | re.DOTALL)
"""Comments that stand alone, which no page needs."""
Bundles = Literal["inside", "beside"]

PAGE = """<!doctype html>
<html lang="LANG">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>TITLE</title>
<link rel="icon" href="data:,">
<style>
STYLES
body { margin: 0; padding: 10px 18px; background: #ffffff; }
.lo-follow { display: none !important; } /* asks for another surface: nobody here to compute one */
h1 { position: absolute; clip-path: inset(50%); } /* for who cannot see what the page shows */
#tuner { margin-top: 16px; }
#tuner:empty { display: none; }
@media (min-width: 900px) {
  #tuner { margin-top: 0; }
  #room:has(#tuner > *) { display: grid; grid-template-columns: minmax(0, 1fr) 280px; gap: 24px; }
}
@media (prefers-color-scheme: dark) { body { background: #12171c; } }
</style>
<script type="importmap">IMPORTS</script>
</head>
<body>
<main id="room"><h1>TITLE</h1><div id="stage"></div><div id="tuner"></div></main>
BUNDLE
<script type="application/json" id="scene">SCENE</script>
<script type="application/json" id="controls">CONTROLS</script>
<script type="application/json" id="others">OTHERS</script>
<script type="module">
import { mountStage } from "lossopt/stage.js";
import { Bench } from "lossopt/bench.js";
import { Tuner } from "lossopt/tuner.js";

/* A packed script becomes an address that a script element can load. */
async function unpack(id) {
  const text = document.getElementById(id).textContent;
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const script = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  const whole = await new Response(script).blob();
  return URL.createObjectURL(new Blob([whole], { type: "text/javascript" }));
}

const plotlyUrl = PLOTLY_URL;
const told = (id) => JSON.parse(document.getElementById(id).textContent);
const stage = mountStage(document.getElementById("stage"), { plotlyUrl });
const controls = told("controls");
const bench = controls && new Bench(told("scene"), controls, told("others"));
stage.update(bench ? bench.scene : told("scene"));
if (bench) {
  const tuner = new Tuner(document.getElementById("tuner"), {
    stage: () => stage,
    onLineup: (change) => {
      bench.lineUp(change);
      stage.update(bench.scene);
      tuner.update(bench.controls, change.number);
    },
  });
  tuner.update(bench.controls);
}

/* Keys that nothing else has the focus for are for the stage. */
document.addEventListener("keydown", (event) => {
  if (event.target !== document.body) return;
  const passed = new KeyboardEvent("keydown", { key: event.key, cancelable: true });
  if (!document.querySelector("[data-testid=stage]").dispatchEvent(passed)) event.preventDefault();
});
</script>
</body>
</html>
"""

OPEN = ("LANG", "TITLE", "SCENE", "CONTROLS", "OTHERS")
"""What a page is about: its language, its name, and what it plays."""


def player_page(
    scene: Scene,
    *,
    title: str,
    plotly: Bundles = "inside",
    tuner: Tuner | None = None,
    aside: Sequence[str] = (),
) -> str:
    """Write a page that plays a scene.

    Parameters
    ----------
    scene : Scene
    title : str
    tuner : Tuner, optional
        Controls beside it: see `lossopt.figures.tuner.tuner_alone`.
    aside : sequence of str, optional
        Ids of those in it that take no part at first, and may join.
    plotly : {"inside", "beside"}
        Whether the page holds Plotly, or loads it from the files of `plotly_files` beside it.

    Returns
    -------
    str
        HTML of about 1.2 MB, or 0.6 MB without Plotly.
    """
    filled = {
        "LANG": html.escape(scene.lang),
        "TITLE": html.escape(title),
        "SCENE": _inside(scene),
        "CONTROLS": _inside(tuner),
        "OTHERS": json.dumps({"aside": aside, "most": MAX_RUNS if aside else 0, "dashes": DASHES}),
    }
    return "".join(filled.get(part, part) for part in player_parts(plotly))


def player_parts(plotly: Bundles) -> list[str]:
    """The page in parts, of which every second one names what stands there: see `OPEN`.

    Parameters
    ----------
    plotly : {"inside", "beside"}
        As in `player_page`.

    Examples
    --------
    >>> player_parts("beside")[1::2]
    ['LANG', 'TITLE', 'TITLE', 'SCENE', 'CONTROLS', 'OTHERS']
    """
    if plotly == "inside":
        bundle = f'<script type="application/gzip" id="plotly">{_packed()}</script>'
        url = 'await unpack("plotly")'
    else:
        bundle, url = "", json.dumps(PLOTLY)
    filled = {
        "STYLES": "".join(
            (folder_of("static") / name / f"{name}.css").read_text("utf-8")
            for name in ("stage", "tuner")
        ),
        "IMPORTS": json.dumps({"imports": _modules()}),
        "BUNDLE": bundle,
        "PLOTLY_URL": url,
    }
    names = "|".join(filled)
    parts = re.split(rf"\b({'|'.join(OPEN)})\b", PAGE)
    return [re.sub(names, lambda match: filled[match[0]], part) for part in parts]


def _inside(message: Scene | Tuner | None) -> str:
    """A message as JSON that ends no script element."""
    return json.dumps(as_json(message)).replace("<", "\\u003c")


def plotly_files() -> dict[str, bytes]:
    """Files that a page made with ``plotly="beside"`` loads, by name."""
    return {PLOTLY: (folder_of("static") / "vendor" / PLOTLY).read_bytes()}


@cache
def words_of(language: str, catalog: str) -> dict[str, Any]:
    """Words of one catalog in a language, ``en`` or ``ko``."""
    return tomllib.loads((folder_of("assets") / language / f"{catalog}.toml").read_text("utf-8"))


def stage_texts(language: str) -> dict[str, str]:
    """Words of the stage in a language, ``en`` or ``ko``."""
    return words_of(language, "stage")


@cache
def _modules() -> dict[str, str]:
    """The player's modules as data addresses, by the name they are imported under."""
    found = {}
    folders = [folder_of("static") / name for name in ("stage", "programs", "tuner", "network")]
    for path in (path for folder in folders for path in folder.iterdir()):
        if path.name.endswith(".js") and path.name.removesuffix(".js") not in IN_STREAMLIT:
            code = re.sub(
                r'from "\.(?:\./\w+)?/(\w+\.js)"',
                r'from "lossopt/\1"',
                COMMENT.sub("", path.read_text("utf-8")),
            )
            text = base64.b64encode(code.encode()).decode()
            found[f"lossopt/{path.name}"] = f"data:text/javascript;base64,{text}"
    return found


@cache
def _packed() -> str:
    """Plotly as text, compressed."""
    code = plotly_files()[PLOTLY]
    return base64.b64encode(gzip.compress(code, 9, mtime=0)).decode()
