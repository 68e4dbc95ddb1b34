"""Tells what an article's own country lets stand for money: "pounds", and letters such as the "K" of Lilongwe."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from babel.numbers import get_territory_currencies

from extraction.claims import SourceArticle
from extraction.currencies.places import PlaceMention, dateline, home_country, place_mentions
from extraction.currencies.table import Meaning, home_marks, home_thousandths

_POUND_COUNTRIES = frozenset({"GB", "GG", "JE", "IM", "GI", "FK", "SH", "EG", "LB", "SY", "SD", "SS"})
_LETTERS = re.compile(r"(?<!\w)(?:[A-Z]{1,2}|[A-Z]{1,2}[a-z]{1,2}|C\$|¢)\.? ?\d")
_TOP = 400  # characters in which a dateline may stand
_DASHES = ("—", "–", "--", "- ")


@dataclass(frozen=True, slots=True)
class HomeMoney:
    """What is money in an article because of the country that it is from.

    ``pounds`` says that these are money unless a word beside them speaks of weight; ``marks`` are the letters, and
    ``thousandths`` the words for a thousandth.
    """

    pounds: bool = False
    marks: Mapping[str, Meaning] = field(default_factory=dict)
    thousandths: Mapping[str, Meaning] = field(default_factory=dict)


NO_HOME = HomeMoney()


def home_money(text: str, article: SourceArticle) -> HomeMoney:
    """What stands for money in this article because of where it is from: its country, publisher, address, dateline."""
    country = home_country(article)
    pounds = "£" in text or "sterling" in text or country in _POUND_COUNTRIES
    if country is None and (place := _dateline(text)) is not None:
        country = place.country
    if country is None:
        return HomeMoney(pounds)
    codes = tuple(get_territory_currencies(country))
    marks = home_marks(codes)
    lettered = bool(marks) and _LETTERS.search(text) is not None
    return HomeMoney(pounds, marks if lettered else {}, home_thousandths(codes))


def home_letters(article: SourceArticle) -> Mapping[str, str]:
    """The marks of the country that the article says it is from, by their small letters."""
    country = home_country(article)
    marks = {} if country is None else home_marks(tuple(get_territory_currencies(country)))
    return {surface.lower(): surface for surface in marks}


def _dateline(text: str) -> PlaceMention | None:
    top = text[:_TOP]
    return dateline(text, place_mentions(top)) if any(dash in top for dash in _DASHES) else None
