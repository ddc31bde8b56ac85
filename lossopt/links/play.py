"""The page that plays a link by itself, without the app."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from urllib.parse import parse_qsl

from lossopt.comparisons import usual_rate
from lossopt.figures.bench import bench_of
from lossopt.figures.messages import Scene
from lossopt.landscapes.surfaces import Plane
from lossopt.links.examples import opening
from lossopt.links.explanations import about_problem, hint_of, limit_of, plane_note
from lossopt.links.lab import Lab, read_lab
from lossopt.links.own import FORMULA, OWN_DATA, refused_formula
from lossopt.links.picture import Picture, picture_of
from lossopt.links.race import runs_of
from lossopt.links.refusals import sentence
from lossopt.links.scenes import contestants_of, scene_of
from lossopt.links.settings import KEPT, Settings
from lossopt.trajectories import Trajectory
from lossopt.words import LANGUAGES, Words, language_of

MOST_SETTINGS, LONGEST, SHOWN = 1000, 100_000, 80
"""Settings and characters of a link that are read, and characters that are shown of it."""
OTHERS = (
    *("losses", "batches", "optimizers", "network", "compare", "lessons", "article"),
    *("glossary", "class"),
)
"""Pages beside the Descent Lab, as addresses name them."""


class LinkError(ValueError):
    """Why a link cannot be played.

    Parameters
    ----------
    code : str
        A key of the words under ``play``.
    **values : str
        What stands in their sentence.
    """

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(code, values)
        self.code, self.values = code, values

    def told(self, words: Words) -> str:
        """The sentence in a language."""
        shown = {name: words.name("menu", text, text) for name, text in self.values.items()}
        return words(f"play.{self.code}", **shown)

    def __str__(self) -> str:
        return self.told(Words("en"))


@dataclasses.dataclass(frozen=True)
class Played:
    """What a link shows, and what of it was not understood.

    Attributes
    ----------
    words : Words
        Of the language of the link.
    lab : Lab
    scene : Scene
        All that the stage plays.
    notices : tuple of str
        Sentences.
    """

    words: Words
    lab: Lab
    scene: Scene
    notices: tuple[str, ...]
    _plane: Plane
    _runs: tuple[Trajectory, ...]

    def page(self) -> str:
        """HTML that plays it in any browser, without a server or a network."""
        goal, race = self.lab.problem.goal, self.lab.race
        bench = bench_of(
            self.scene,
            self._plane,
            self._runs,
            contestants_of(self.words, self.lab.slots, race),
            self.words.language,
            rate=lambda entry: usual_rate(entry, goal),
        )
        title = f"lossopt-{self.lab.problem.start.partition('.')[0]}"
        return bench.page(self.scene, title=title, plotly="inside")


def query_of(link: str) -> dict[str, str]:
    """Settings of a link to the Descent Lab.

    Parameters
    ----------
    link : str
        An address, or what stands behind its question mark.

    Raises
    ------
    LinkError
        If it leads to another page, or is no link at all.

    Examples
    --------
    >>> query_of("https://lab.example/?problem=line&lang=ko#top")
    {'problem': 'line', 'lang': 'ko'}
    >>> query_of("problem=booth")
    {'problem': 'booth'}
    >>> query_of("/lessons?lesson=ravine")
    Traceback (most recent call last):
        ...
    lossopt.links.play.LinkError: This link leads to the page “Lessons”. ...
    """
    link = link.strip()
    if len(link) > LONGEST:
        raise LinkError("too_long")
    path, query = _parted(link)
    name = path.rstrip("/").rpartition("/")[2].removesuffix(".html")
    if name in OTHERS:
        raise LinkError("other_page", name=name)
    if link and path == link and not re.search("[/.]", path):
        raise LinkError("no_link", link=link[:SHOWN])
    try:
        return dict(parse_qsl(query, keep_blank_values=True, max_num_fields=MOST_SETTINGS))
    except ValueError:
        raise LinkError("too_long") from None


def _parted(link: str) -> tuple[str, str]:
    """What stands before the question mark, and the settings behind it."""
    address = link.partition("#")[0]
    before, mark, query = address.partition("?")
    if "=" in before:  # settings alone, in which a question mark means nothing
        return "", link
    return before, query if mark else ""


def play(query: Mapping[str, str]) -> Played:
    """Run what a link shows; its page is that of “Take it home”.

    Parameters
    ----------
    query : Mapping of str to str
        Settings of a link to the Descent Lab; see `query_of`.

    Returns
    -------
    Played

    Examples
    --------
    >>> played = play({"problem": "booth", "runs": "adam", "run.n_steps": "5", "lang": "ko"})
    >>> played.scene.last_step, played.scene.lang, played.notices
    (5, 'ko', ())
    """
    words = Words(language_of(query.get("lang"), ""))
    link = Settings({name: text for name, text in query.items() if name not in KEPT}, opening())
    lab = read_lab(link)
    goal, race = lab.problem.goal, lab.race
    contestants = contestants_of(words, lab.slots, race)
    runs = runs_of(race, goal)
    drawn = picture_of(race, goal, contestants, runs)
    scene = _scene(words, lab, drawn)
    notices = tuple(_notices(words, lab, link, query))
    return Played(words, lab, scene, notices, drawn.plane, tuple(runs))


def _scene(words: Words, lab: Lab, drawn: Picture) -> Scene:
    goal = lab.problem.goal
    return scene_of(
        words,
        drawn.scene,
        lab.options,
        note=plane_note(words, goal, lab.race, drawn.share),
        messages=(*about_problem(words, goal), hint_of(words, goal)),
        limits=tuple(limit_of(words, goal, entry) for entry in lab.race.entries),
        marks=lab.problem.marks,
    )


def _notices(words: Words, lab: Lab, link: Settings, query: Mapping[str, str]) -> list[str]:
    """Sentences about what a link holds and this page does not."""
    found = dict.fromkeys(link.notices)
    if query.get("lang", words.language) not in LANGUAGES:
        found["bad_value", "lang"] = None
    if link.unread:
        found["unknown", ""] = None
    refused = refused_formula(link)
    if refused:
        found.pop(("bad_value", f"{FORMULA}.text"), None)
    said = [words(f"notice.{kind}", name=name) for kind, name in found]
    if refused:
        said.append(sentence(words, refused))
    if lab.problem.start.startswith(f"{OWN_DATA}.example"):
        said.append(words("play.table"))
    return said
