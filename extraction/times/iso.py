"""Resolves a time expression to ISO 8601: a date, month, year, week or interval.

Everything relative is resolved against the day of publication; what neither settles is None.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from extraction.text.words import word_data
from extraction.times.dates import YEAR

_Resolver = Callable[[re.Match[str], date | None], str | None]
_SHIFTS = {"last": -1, "this": 0, "next": 1, "the current": 0, "the present": 0, "the coming": 1}
# A day or month without a year is the nearest one, if that is sure: within about four months.
_SURE_DAYS = 125


def to_iso(kind: str, match: re.Match[str], today: date | None) -> str | None:
    """The ISO 8601 form of an expression; ``kind`` names the pattern that matched, ``today`` the day of publication."""
    resolve = _RELATIVE.get(kind) or _CALENDAR.get(kind)
    try:
        return resolve(match, today) if resolve else None
    except (ValueError, OverflowError):  # outside the calendar: "the year 0", "99999 weeks ago"
        return None


def _adverb(match: re.Match[str], today: date | None) -> str | None:
    shift = word_data("times")["adverbs"][match.group().lower()]
    return (today + timedelta(days=shift)).isoformat() if today else None


def _phrase(match: re.Match[str], today: date | None) -> str | None:
    unit = word_data("times")["phrases"][match.group().lower()]
    return _shifted_period(today, unit, 0) if today and unit else None


def _shifted(match: re.Match[str], today: date | None) -> str | None:
    shift = _SHIFTS.get(match["which"].lower())
    if today is None or shift is None:
        return None
    period = match["period"].lower().rstrip(".")
    if period == "night" and shift == -1:
        return (today - timedelta(days=1)).isoformat()
    weekday, month = _index_of("weekdays", period), _index_of("months", period)
    if weekday is not None:
        return _weekday_iso(today, weekday, shift)
    if month is not None:
        year = today.year + (shift or 0)
        if (shift == -1 and month + 1 < today.month) or (shift == 1 and month + 1 > today.month):
            year = today.year
        return f"{year:04}-{month + 1:02}"
    return _shifted_period(today, period, shift)


def _weekday_iso(today: date, weekday: int, shift: int) -> str | None:
    if shift == 1:
        return (today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)).isoformat()
    if shift == -1:
        return (today - timedelta(days=(today.weekday() - weekday - 1) % 7 + 1)).isoformat()
    return (today + timedelta(days=weekday - today.weekday())).isoformat()


def _shifted_period(today: date, period: str, shift: int) -> str | None:
    if period in {"year", "calendar year"}:
        return f"{today.year + shift:04}"
    if period == "month":
        months = today.year * 12 + today.month - 1 + shift
        return f"{months // 12:04}-{months % 12 + 1:02}"
    if period == "week":
        year, week, _ = (today + timedelta(weeks=shift)).isocalendar()
        return f"{year:04}-W{week:02}"
    return None


def _window(match: re.Match[str], today: date | None) -> str | None:
    count, which = _number(match["number"]), match["which"].lower()
    if today is None or count is None or which not in {"past", "last", "next", "coming"}:
        return None
    sign = 1 if which in {"next", "coming"} else -1
    other = _moved(today, match["unit"].lower(), sign * count)
    if other is None:
        return None
    return "/".join(day.isoformat() for day in sorted((today, other)))


def _ago(match: re.Match[str], today: date | None) -> str | None:
    count, unit = _number(match["number"]), match["unit"].lower()
    if today is None or count is None or match["way"].lower() not in {"ago", "from now"}:
        return None
    then = _moved(today, unit, count if match["way"].lower() == "from now" else -count)
    if then is None:
        return None
    precision = {"year": 4, "decade": 4, "century": 4, "month": 7, "quarter": 7}
    return then.isoformat()[: precision.get(unit, 10)] if unit not in {"decade", "century"} else None


def _year_to(match: re.Match[str], today: date | None) -> str | None:
    last = _end_day(match["until"], today)
    unit = match["unit"].lower()
    count = _number(match["number"]) if match["number"] else 1
    if last is None or count is None:
        return None
    if unit.startswith("week"):
        first: date | None = last - timedelta(weeks=count)
    else:
        months = 3 if unit == "quarter" else 6 if unit == "half" else 12 if unit.endswith("year") else 1
        first = _moved(last, "month", -months * count)
    if first is None:
        return None
    if last.day == monthrange(last.year, last.month)[1]:
        first = first.replace(day=monthrange(first.year, first.month)[1])
    return f"{(first + timedelta(days=1)).isoformat()}/{last.isoformat()}"


def _end_day(words: str, today: date | None) -> date | None:
    """The last day of a date, a month or a year that ends a period."""
    year_match = re.search(rf"{YEAR}$", words)
    month_match = re.search(r"[A-Za-z]+", words)
    day_match = re.search(r"\b\d{1,2}\b", words)
    month = _index_of("months", month_match.group().lower()) if month_match else 11
    if month is None:
        return None
    if year_match:
        year = int(year_match.group())
    elif today:
        ended = (month + 1, int(day_match.group()) if day_match else 1) <= (today.month, today.day)
        year = today.year if ended else today.year - 1
    else:
        return None
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(int(day_match.group()), last) if day_match else last)


def _weekday(match: re.Match[str], today: date | None) -> str | None:
    """News names the days around its own: the last such day up to the day of publication."""
    index = _index_of("weekdays", match["weekday"].lower())
    if today is None or index is None:
        return None
    return (today - timedelta(days=(today.weekday() - index) % 7)).isoformat()


def _month(match: re.Match[str], today: date | None) -> str | None:
    index = _index_of("months", match["month"].lower().rstrip("."))
    if today is None or index is None:
        return None
    year = _nearest_year(today, index + 1, 15)
    return f"{year:04}-{index + 1:02}" if year else None


def _part_of(match: re.Match[str], today: date | None) -> str | None:
    """The month or year of which a part is named: "the end of March", "early 2024"."""
    if match["only"]:
        return match["only"]
    if match["which"]:
        return _shifted_period(today, "year", _SHIFTS[match["which"]]) if today else None
    return _month_year_iso(match, today) if match["year"] else _month(match, today)


_RELATIVE: dict[str, _Resolver] = {
    "part_of": _part_of,
    "adverb": _adverb,
    "phrase": _phrase,
    "shifted": _shifted,
    "window": _window,
    "ago": _ago,
    "year_to": _year_to,
    "half_of": lambda match, today: (
        _ordinal_part(match, today.year + _SHIFTS[match["which"].lower()]) if today else None
    ),
    "weekday": _weekday,
    "month": _month,
    "cued_month": _month,
}


def _index_of(names: str, name: str) -> int | None:
    for index, group in enumerate(word_data("times")[names]):
        if name in group:
            return index
    return None


def _number(words: str) -> int | None:
    words = words.lower()
    if words in {"a", "an"}:
        return 1
    if words.isdecimal():
        return int(words)
    numbers: list[str] = word_data("times")["numbers"]
    return numbers.index(words) + 1 if words in numbers else None


def _moved(day: date, unit: str, count: int) -> date | None:
    """``day`` moved by a number of units; None outside the calendar or for units below a day."""
    days = {"day": 1, "week": 7, "fortnight": 14}.get(unit)
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}.get(unit)
    try:
        if days:
            return day + timedelta(days=days * count)
        if not months:
            return None
        total = day.year * 12 + day.month - 1 + months * count
        year, month = total // 12, total % 12 + 1
        return date(year, month, min(day.day, monthrange(year, month)[1]))
    except (ValueError, OverflowError):
        return None


# Calendar times -----------------------------------------------------------------------------------------------------


def _numeric_iso(match: re.Match[str], today: date | None) -> str | None:
    """None when day and month could be exchanged: 5/6/2018 is read differently on two sides of the Atlantic."""
    first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
    year += 2000 if year < 70 else 1900 if year < 100 else 0
    if match["mark"] == "." or first == second or first > 12:
        return _valid_iso(year, second, first)
    return _valid_iso(year, first, second) if second > 12 else None


def _named_day_iso(match: re.Match[str], today: date | None) -> str | None:
    month = _index_of("months", match["month"].lower().rstrip("."))
    day_match = re.match(r"\d+", match["day"])
    if month is None or day_match is None:
        return None
    day = int(day_match.group())
    year = int(match["year"]) if match["year"] else (_nearest_year(today, month + 1, day) if today else None)
    return _valid_iso(year, month + 1, day) if year else None


def _nearest_year(today: date, month: int, day: int) -> int | None:
    """The year that puts a day nearest to ``today``; None when that is over four months away and so unsure."""
    candidates = [
        (abs((today - date(year, month, min(day, 28))).days), year)
        for year in (today.year - 1, today.year, today.year + 1)
        if 1 <= year <= 9999
    ]
    distance, year = min(candidates)
    return year if distance <= _SURE_DAYS else None


def _month_year_iso(match: re.Match[str], today: date | None) -> str | None:
    month = _index_of("months", match["month"].lower().rstrip("."))
    return f"{match['year']}-{month + 1:02}" if month is not None else None


def _decade_iso(match: re.Match[str], today: date | None) -> str | None:
    return f"{match['decade']}/{int(match['decade']) + 9}" if match["decade"] else None


def _years_iso(match: re.Match[str], today: date | None) -> str | None:
    until = match["until"]
    last = int(until) if len(until) == 4 else int(match["year"]) // 100 * 100 + int(until)
    return f"{match['year']}/{last if last > int(match['year']) else last + 100}"


def _quarter_iso(match: re.Match[str], today: date | None) -> str | None:
    return _part_of_year(match["year"], int(match["q"]), 3) if match["q"] and match["year"] else None


def _named_quarter_iso(match: re.Match[str], today: date | None) -> str | None:
    dated = match["year"] and "fiscal" not in match.group().lower()
    return _ordinal_part(match, int(match["year"])) if dated else None


def _ordinal_part(match: re.Match[str], year: int) -> str | None:
    """The months of "second quarter", "first half" of a year."""
    number = {"first": 1, "second": 2, "third": 3, "fourth": 4}.get(match["ordinal"].lower(), 5)
    months = 3 if match["part"].lower() == "quarter" else 6
    return _part_of_year(f"{year:04}", number, months) if number * months <= 12 else None


def _part_of_year(year: str, number: int, months: int) -> str:
    last = number * months
    return f"{year}-{last - months + 1:02}-01/{year}-{last:02}-{monthrange(int(year), last)[1]}"


def _year_iso(match: re.Match[str], today: date | None) -> str | None:
    years: list[str] = re.findall(r"\d{4}", match["span"])
    if len(years) == 1:
        return years[0]
    return f"{years[0]}/{years[1]}" if len(years) == 2 and " to " in match["span"] and years[0] < years[1] else None


def _iso_date(match: re.Match[str], today: date | None) -> str | None:
    return _valid_iso(int(match["year"]), int(match["month"]), int(match["day"]))


def _valid_iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


_CALENDAR: dict[str, _Resolver] = {
    "iso": _iso_date,
    "numeric": _numeric_iso,
    "day_month": _named_day_iso,
    "month_day": _named_day_iso,
    "month_year": _month_year_iso,
    "decade": _decade_iso,
    "years": _years_iso,
    "quarter": _quarter_iso,
    "named_quarter": _named_quarter_iso,
    "year": _year_iso,
}
