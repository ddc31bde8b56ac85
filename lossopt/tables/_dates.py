"""Dates: which day a cell names, decided from all cells of a column."""

from __future__ import annotations

import dataclasses
import datetime
import re
from collections.abc import Collection, Mapping

LONGEST = 40
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
CLOCK = r"(?:[T ,]+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d*)?)?"
CLOCK += (
    r"(?: ?(?P<half>[AaPp])\.?[Mm]\.?)?(?: ?(?:Z|UTC|(?P<ahead>[+-]\d{2}):?(?P<past>\d{2})))?)?"
)
MONTH = r"(?P<word>[A-Za-z]{3,9})\.?"
WEEKDAY = r"(?:[A-Za-z]{3,9},? +)?"
YEAR_FIRST = re.compile(
    rf"(?P<year>\d{{4}})(?P<mark>[-/.]) ?(?P<month>\d{{1,2}})(?:(?P=mark) ?(?P<day>\d{{1,2}})\.?)?"
    rf"{CLOCK}"
)
KOREAN = re.compile(
    rf"(?P<year>\d{{4}})년 ?(?P<month>\d{{1,2}})월(?: ?(?P<day>\d{{1,2}})일)?{CLOCK}"
)
NUMBERS = re.compile(
    rf"(?P<one>\d{{1,2}})(?P<mark>[-/.])(?P<two>\d{{1,2}})(?P=mark)(?P<year>\d{{4}}|\d{{2}}){CLOCK}"
)
DAY_WORD = re.compile(
    rf"{WEEKDAY}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[- .]+{MONTH}[- ,]+"
    rf"(?P<year>\d{{4}}|\d{{2}}){CLOCK}"
)
WORD_DAY = re.compile(
    rf"{WEEKDAY}{MONTH}[- ]+(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? +)?(?P<year>\d{{4}}){CLOCK}"
)
TIME = re.compile(r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d*)?)?")
COMPACT = re.compile(r"(?P<year>(?:19|20)\d{2})(?P<month>[01]\d)(?P<day>[0-3]\d)")
PATTERNS = (COMPACT, YEAR_FIRST, KOREAN, NUMBERS, DAY_WORD, WORD_DAY, TIME)
START = datetime.datetime(1970, 1, 1)


@dataclasses.dataclass(frozen=True)
class Dates:
    """Days of the texts of a column, counted from 1970.

    Attributes
    ----------
    days : dict of str to float
    doubtful : str
        A text that could be another day if the month came first; empty where nothing is.
    """

    days: Mapping[str, float]
    doubtful: str

    def iso(self, text: str) -> str:
        """Day of a text as year, month, day."""
        return (START + datetime.timedelta(days=self.days[text])).date().isoformat()


def dates_of(texts: Collection[str]) -> Dates:
    """Days that these texts name, all in one order of day and month; others are left out.

    Examples
    --------
    >>> dates_of(["1970-01-02", "1970-01-03T12:00", "soon"]).days
    {'1970-01-02': 1.0, '1970-01-03T12:00': 2.5}
    >>> dates_of(["02/01/1970", "31/01/1970"]).days["02/01/1970"]
    1.0
    """
    found = {text: match for text in texts if (match := _match(text))}
    pairs = [match for match in found.values() if match.re is NUMBERS]
    second = sum(int(match["two"]) > 12 for match in pairs)
    first = sum(int(match["one"]) > 12 for match in pairs)
    slashed = all(match["mark"] == "/" for match in pairs)
    month_first = second > first or (second == first and slashed)
    days = {
        text: day for text, match in found.items() if (day := _day(match, month_first)) is not None
    }
    unsure = first == second and any(match["one"] != match["two"] for match in pairs)
    doubtful = next((text for text, match in found.items() if match.re is NUMBERS), "")
    return Dates(days, doubtful if unsure and doubtful in days else "")


def is_date(text: str) -> bool:
    """Whether a cell names a day.

    >>> is_date("2020-01-31"), is_date("31. 12. 2020"), is_date("5.1"), is_date("2020년 1월 3일")
    (True, False, False, True)
    """
    return bool(dates_of([text.strip()]).days)


def are_days(texts: Collection[str]) -> bool:
    """Whether numbers of eight digits all are days, as 20240131.

    >>> are_days(["20240131", "20240201"]), are_days(["20240131", "20240231"])
    (True, False)
    """
    found = set(texts)
    return len(found) > 1 and all(map(COMPACT.fullmatch, found)) and all(map(is_date, found))


def _match(text: str) -> re.Match[str] | None:
    if len(text) > LONGEST or not any(sign.isdigit() for sign in text):
        return None
    return next((match for each in PATTERNS if (match := each.fullmatch(text))), None)


def _day(match: re.Match[str], month_first: bool) -> float | None:
    parts: dict[str, str] = {"year": "1970", "month": "1", "day": "1", "half": ""}
    parts |= {"hour": "", "minute": "", "second": "", **match.groupdict()}
    if match.re is NUMBERS:
        month, day = (parts["one"], parts["two"]) if month_first else (parts["two"], parts["one"])
    elif "word" in parts:
        word = parts["word"].lower()[:3]
        month, day = str(MONTHS.index(word) + 1 if word in MONTHS else 0), parts["day"] or "1"
    else:
        month, day = parts["month"], parts["day"] or "1"
    year = int(parts["year"])
    if len(parts["year"]) == 2:
        year += 2000 if year < 69 else 1900
    hour = int(parts["hour"] or 0)
    if parts["half"]:
        hour = hour % 12 + 12 * (parts["half"] in "pP")
    try:
        when = datetime.datetime(
            year, int(month), int(day), hour, int(parts["minute"] or 0), int(parts["second"] or 0)
        ) - _ahead(parts)
    except (ValueError, OverflowError):
        return None
    return (when - START) / datetime.timedelta(days=1)


def _ahead(parts: Mapping[str, str]) -> datetime.timedelta:
    """How far the clock of a time zone is ahead of universal time."""
    hours, minutes = parts.get("ahead") or "+0", int(parts.get("past") or 0)
    sign = -1 if hours.startswith("-") else 1
    return datetime.timedelta(hours=int(hours), minutes=sign * minutes)
