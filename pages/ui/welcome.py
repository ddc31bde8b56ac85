"""The welcome: a page of its own, without Streamlit, that plays at once and leads to the Lab."""

from __future__ import annotations

import dataclasses
import html
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlencode

from lossopt.figures.messages import Extras, Ground, Options, Scene, Welcome
from lossopt.figures.scene import surface_message
from lossopt.figures.welcome import handle_of, named_goal
from lossopt.landscapes.surfaces import evaluate_surface
from lossopt.links.examples import examples
from lossopt.links.race import ground_of
from lossopt.links.scenes import contestants_of, translated
from lossopt.links.settings import Settings
from lossopt.numbers import short
from pages.ui.frame.files import root
from pages.ui.frame.frame import GLOSSARY, PAGES
from pages.ui.frame.own_page import own_page
from pages.ui.frame.words import LANGUAGES, Words
from pages.ui.runs.cache import curvature, picture
from pages.ui.stage.first_frame import first_frame
from pages.ui.stage.ready_race import ready_race

PAGE = Path(__file__).with_name("welcome.html")
GROUNDS = {"bowl": "fit", "ravine": "ravine", "banana": "banana"}
"""What is descended, and the example of the Lab that it is."""
RUN = "batch"
"""Gradient descent: its step size is told, and has a limit."""
RESOLUTION = 60
"""Points a side of a surface: it is drawn as it comes, and has to come soon."""
OPTIONS = Options(
    view="2d",
    scale="log",
    axis="steps",
    follow=False,
    speed=1.0,
    loop=False,
    autoplay=True,
    heights="auto",
)


@lru_cache(len(LANGUAGES))
def welcome(language: str) -> str:
    """Write the page in a language."""
    words = Words(language)
    grounds = tuple(_ground(words, name) for name in GROUNDS)
    told = Welcome(grounds, words.section("welcome"), language)
    values = {
        "PAGES": words("welcome.pages"),
        "MENU": _menu(words, grounds[0]),
        "SAYS": grounds[0].sentence,
        "GROUNDS": words("welcome.grounds"),
        "CHIPS": "".join(map(_chip, grounds)),
        "PICTURE": first_frame(examples()[GROUNDS["bowl"]]),
        "LOADING": words("app.loading"),
        "STEP_SIZE": words("welcome.step_size"),
        "PLAY": words("stage.play"),
        "CALM": words("welcome.calm"),
        "LAB": words("welcome.lab"),
        "RUNS": words("welcome.runs"),
        "FOOTER": words("app.footer"),
        "GLOSSARY": _page(GLOSSARY, language),
        "GLOSSARY_NAME": words("menu.glossary"),
        "LINK": html.escape(_lab(grounds[0].link, language)),
    }
    return own_page(
        PAGE,
        words,
        title="welcome.title",
        folder="welcome",
        name="welcome",
        told=told,
        sheets=("stage/stage.css",),
        **values,
    )


def _ground(words: Words, name: str) -> Ground:
    link = examples()[GROUNDS[name]]
    ready = ready_race(Settings(link))
    goal, race = ready.goal, ready.race
    drawn = picture(race, goal, contestants_of(words, ready.slots, race)).scene
    plane, bounds = ground_of(race, goal)
    coarse = evaluate_surface(goal, plane=plane, bounds=bounds, resolution=RESOLUTION)
    drawn = dataclasses.replace(drawn, surface=surface_message(coarse, goal.minimum))
    star = named_goal(drawn, words("welcome.best" if goal.n_samples > 1 else "welcome.lowest"))
    scene = Scene(
        **vars(translated(words, drawn)) | vars(Extras(lines=(star,), unnamed=True)),
        options=OPTIONS,
        lang=words.language,
        texts=words.section("stage"),
        messages=(),
    )
    entries = {slot.id: entry for slot, entry in zip(ready.slots, race.entries, strict=True)}
    handle = handle_of(entries, RUN, goal)
    facts = {"limit": short(handle.limit), "curvature": short(curvature(goal))}
    return Ground(
        id=name,
        label=words(f"welcome.{name}.name"),
        sentence=words(f"welcome.{name}.sentence"),
        burst=words(f"welcome.{name}.burst", **facts),
        scene=scene,
        handle=handle,
        link=link,
        start=f"{link['problem']}.start",
    )


def _lab(link: Mapping[str, str], language: str) -> str:
    return f"{root()}/?{urlencode({**link, 'lang': language})}"


def _page(script: str, language: str) -> str:
    return f"{root()}/{Path(script).stem}?lang={language}"


def _menu(words: Words, ground: Ground) -> str:
    """Links to all pages; the first one leads to the Lab with what is shown here."""
    links = [
        f'<a href="{_page(script, words.language)}">{words(f"menu.{name}")}</a>'
        for name, script in PAGES.items()
        if name != "lab"
    ]
    lab = html.escape(_lab(ground.link, words.language))
    return f'<a href="{lab}" data-lab>{words("menu.lab")}</a>{"".join(links)}'


def _chip(ground: Ground) -> str:
    return f'<button type="button" data-ground="{ground.id}">{ground.label}</button>'
