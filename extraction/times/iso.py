"""Resolves a time expression to ISO 8601: a date, month, year, week or interval.

Everything relative is resolved against the day of publication; what neither settles is None.
"""

import re
from calendar import monthrange
from datetime import date, timedelta

from extraction.text.words import word_data
from extraction.times.calendar_times import CALENDAR, Resolver, index_of, month_year_iso, nearest_year, ordinal_part
from extraction.times.years import YEAR

_SHIFTS = {"last": -1, "this": 0, "next": 1, "the current": 0, "the present": 0, "the coming": 1}


def to_iso(kind: str, match: re.Match[str], today: date | None) -> str | None:
    """The ISO 8601 form of an expression; ``kind`` names the pattern that matched, ``today`` the day of publication."""
    resolve = _RELATIVE.get(kind) or CALENDAR.get(kind)
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
    if today is not None and match["which"].lower() in {"the past", "the last"}:
        other = _moved(today, match["period"].lower(), -1)  # "over the past decade"
        return None if other is None else f"{other.isoformat()}/{today.isoformat()}"
    if today is None or shift is None:
        return None
    period = match["period"].lower().rstrip(".")
    if period == "night" and shift == -1:
        return (today - timedelta(days=1)).isoformat()
    weekday, month = index_of("weekdays", period), index_of("months", period)
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
    if last is None or count is None or unit in {"decade", "hours", "days"}:
        return None
    if unit.startswith("week"):
        first: date | None = last - timedelta(weeks=count)
    else:
        months = 3 if unit == "quarter" else 6 if unit == "half" else 12 if "year" in unit else 1
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
    month = index_of("months", month_match.group().lower()) if month_match else 11
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
    index = index_of("weekdays", match["weekday"].lower())
    if today is None or index is None:
        return None
    return (today - timedelta(days=(today.weekday() - index) % 7)).isoformat()


def _month(match: re.Match[str], today: date | None) -> str | None:
    index = index_of("months", match["month"].lower().rstrip("."))
    if today is None or index is None:
        return None
    year = nearest_year(today, index + 1, 15)
    return f"{year:04}-{index + 1:02}" if year else None


def _month_of(match: re.Match[str], today: date | None) -> str | None:
    """The month or day of which the year is told by this one: "March last year", "24 October next year"."""
    month = index_of("months", match["month"].lower().rstrip("."))
    if today is None or month is None:
        return None
    year, day = today.year + _SHIFTS[match["which"]], match["day"] or match["day2"]
    return date(year, month + 1, int(day)).isoformat() if day else f"{year:04}-{month + 1:02}"


def _part_of(match: re.Match[str], today: date | None) -> str | None:
    """The month or year of which a part is named: "the end of March", "early 2024"."""
    if match["only"]:
        return match["only"]
    if match["which"]:
        return _shifted_period(today, "year", _SHIFTS[match["which"]]) if today else None
    return month_year_iso(match, today) if match["year"] else _month(match, today)


_RELATIVE: dict[str, Resolver] = {
    "part_of": _part_of,
    "month_of": _month_of,
    "adverb": _adverb,
    "phrase": _phrase,
    "shifted": _shifted,
    "window": _window,
    "ago": _ago,
    "year_to": _year_to,
    "half_of": lambda match, today: (
        ordinal_part(match, today.year + _SHIFTS[match["which"].lower()]) if today else None
    ),
    "weekday": _weekday,
    "month": _month,
    "cued_month": _month,
}


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
