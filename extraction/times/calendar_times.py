"""Resolves a time that stands in the calendar to ISO 8601: a date, a month of a year, a quarter, a decade."""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date

from extraction.text.words import word_data
from extraction.times.said_years import year_said

Resolver = Callable[[re.Match[str], date | None], str | None]
# A day or month without a year is the nearest one, if that is sure: within about four months.
_SURE_DAYS = 125


def index_of(names: str, name: str) -> int | None:
    for index, group in enumerate(word_data("times")[names]):
        if name in group:
            return index
    return None


def _numeric_iso(match: re.Match[str], _: date | None) -> str | None:
    """None when day and month could be exchanged: 5/6/2018 is read differently on two sides of the Atlantic."""
    first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
    year += 2000 if year < 70 else 1900 if year < 100 else 0
    if match["mark"] == "." or first == second or first > 12:
        return _valid_iso(year, second, first)
    return _valid_iso(year, first, second) if second > 12 else None


def _named_day_iso(match: re.Match[str], today: date | None) -> str | None:
    month = index_of("months", match["month"].lower().rstrip("."))
    day_match = re.match(r"\d+", match["day"])
    if month is None or day_match is None:
        return None
    day = int(day_match.group())
    year = int(match["year"]) if match["year"] else (nearest_year(today, month + 1, day) if today else None)
    return _valid_iso(year, month + 1, day) if year else None


def nearest_year(today: date, month: int, day: int) -> int | None:
    """The year that puts a day nearest to ``today``; None when that is over four months away and so unsure."""
    candidates = [
        (abs((today - date(year, month, min(day, 28))).days), year)
        for year in (today.year - 1, today.year, today.year + 1)
        if 1 <= year <= 9999
    ]
    distance, year = min(candidates)
    return year if distance <= _SURE_DAYS else None


def month_year_iso(match: re.Match[str], _: date | None) -> str | None:
    month = index_of("months", match["month"].lower().rstrip("."))
    return f"{match['year']}-{month + 1:02}" if month is not None else None


def _decade_iso(match: re.Match[str], _: date | None) -> str | None:
    return f"{match['decade']}/{int(match['decade']) + 9}" if match["decade"] else None


def _years_iso(match: re.Match[str], _: date | None) -> str | None:
    until = match["until"]
    last = int(until) if len(until) == 4 else int(match["year"]) // 100 * 100 + int(until)
    return f"{match['year']}/{last if last > int(match['year']) else last + 100}"


def _quarter_iso(match: re.Match[str], _: date | None) -> str | None:
    return _part_of_year(match["year"], int(match["q"]), 3) if match["q"] and match["year"] else None


def _named_quarter_iso(match: re.Match[str], _: date | None) -> str | None:
    dated = match["year"] and "fiscal" not in match.group().lower()
    return ordinal_part(match, int(match["year"])) if dated else None


def ordinal_part(match: re.Match[str], year: int) -> str | None:
    """The months of "second quarter", "first half" of a year."""
    number = {"first": 1, "second": 2, "third": 3, "fourth": 4}.get(match["ordinal"].lower(), 5)
    months = 3 if match["part"].lower() == "quarter" else 6
    return _part_of_year(f"{year:04}", number, months) if number * months <= 12 else None


def _part_of_year(year: str, number: int, months: int) -> str:
    last = number * months
    return f"{year}-{last - months + 1:02}-01/{year}-{last:02}-{monthrange(int(year), last)[1]}"


def _year_iso(match: re.Match[str], _: date | None) -> str | None:
    years: list[str] = re.findall(r"\d{4}", match["span"])
    if len(years) == 1:
        return years[0]
    return f"{years[0]}/{years[1]}" if len(years) == 2 and " to " in match["span"] and years[0] < years[1] else None


def _iso_date(match: re.Match[str], _: date | None) -> str | None:
    return _valid_iso(int(match["year"]), int(match["month"]), int(match["day"]))


def _valid_iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


CALENDAR: dict[str, Resolver] = {
    "iso": _iso_date,
    "numeric": _numeric_iso,
    "day_month": _named_day_iso,
    "month_day": _named_day_iso,
    "month_year": month_year_iso,
    "decade": _decade_iso,
    "years": _years_iso,
    "quarter": _quarter_iso,
    "named_quarter": _named_quarter_iso,
    "year": _year_iso,
    "said_year": lambda match, _: str(year_said(match)),
}
