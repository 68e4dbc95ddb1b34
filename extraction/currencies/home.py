"""Tells what an article's own country lets stand for money: "pounds", and letters such as the "K" of Lilongwe."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from babel.numbers import get_territory_currencies

from extraction.claims import SourceArticle
from extraction.currencies.places import PlaceMention, dateline, home_country, place_mentions
from extraction.currencies.table import Meaning, home_marks, home_thousandths

_POUND_COUNTRIES = frozenset({"GB", "GG", "JE", "IM", "GI", "FK", "SH", "EG", "LB", "SY", "SD", "SS"})
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
    codes = _tender(country)
    return HomeMoney(pounds, home_marks(codes), home_thousandths(codes))


def home_letters(article: SourceArticle) -> Mapping[str, str]:
    """The marks of the country that the article says it is from, by their small letters."""
    return {surface.lower(): surface for surface in home_marks(_tender(home_country(article)))}


def _tender(country: str | None) -> tuple[str, ...]:
    return () if country is None else tuple(get_territory_currencies(country))


def _dateline(text: str) -> PlaceMention | None:
    top = text[:_TOP]
    return dateline(text, place_mentions(top)) if any(dash in top for dash in _DASHES) else None
