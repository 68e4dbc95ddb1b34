"""Tells what an article's own country lets stand for money: "pounds", and letters such as the "K" of Lilongwe."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from babel.numbers import get_territory_currencies

from extraction.claims import SourceArticle
from extraction.currencies.places import PlaceMention, dateline, home_country, place_mentions
from extraction.currencies.table import Meaning, currency_table, home_marks, home_thousandths
from extraction.text.numeral import vocabulary
from extraction.text.words import word_data

_POUND_COUNTRIES = frozenset({"GB", "GG", "JE", "IM", "GI", "FK", "SH", "EG", "LB", "SY", "SD", "SS"})
_OTHER_SHILLINGS = frozenset({"KE", "UG", "TZ", "SO", "AT"})
# "12s." or "6d." stand anywhere in the text; only then is it asked whether one stands where nothing but money does.
_DIGITS_AND_MARK = re.compile(r"\d[½¼¾]?[sd]\b")
_OLD_SUM = re.compile(
    r"£ ?\d[\d,]*\.? \d{1,2}s\b"  # £1 12s
    r"|\b\d{1,3}s\.? ?\d{1,2}[½¼¾]?d\b"  # 19s. 6d.
    r"|\b\d{1,3}[sd]\. (?:(?:per|an?|each|apiece|the) |in the (?:£|pound\b))"  # 8d. per lb.
    r"|\b\d{0,2}[½¼¾]d\b"  # 5½d.
)
# Shillings are those of the old pound beside another part of it, or when they are few.
_OF_OLD_POUND = re.compile(
    r"£|\b(?:[Pp]ounds?|[Gg]uineas?|[Pp]enny|[Ss]terling)\b|(?<![\d,.])\d{1,2} shillings?\b"
    rf"|\b(?:{'|'.join(sorted(vocabulary()['cardinals'].keys() - {'hundred', 'thousand'}))}) shillings?\b"
)
# "R4,120" and "N5 billion" can be nothing else, and then "up R85" beside them is money too.
_LARGE_SUM = re.compile(
    rf"(?<![\w$£€.,'’-])([{''.join(word_data('currencies')['shown_letters'])}])"
    r"(?=\d{1,3}(?:,\d{3})+\b|\d[\d.]*(?: (?:m|b|tr)illion|bn)\b)"
)
_TOP = 400  # characters in which a dateline may stand
_DASHES = ("—", "–", "--", "- ")


@dataclass(frozen=True, slots=True)
class HomeMoney:
    """What is money in an article because of the country that it is from.

    ``pounds`` says that these are money unless a word beside them speaks of weight; ``marks`` are the letters, also
    those that large sums of the text show, and ``thousandths`` the words for a thousandth. ``shillings`` says that
    these, and "sixpence", are parts of the old pound, as they are without a place in East Africa; ``old_marks`` that
    "12s." and "6d." are.
    """

    pounds: bool = False
    marks: Mapping[str, Meaning] = field(default_factory=dict)
    thousandths: Mapping[str, Meaning] = field(default_factory=dict)
    shillings: bool = False
    old_marks: bool = False


NO_HOME = HomeMoney()


def home_money(text: str, article: SourceArticle) -> HomeMoney:
    """What stands for money in this article because of where it is from: its country, publisher, address, dateline."""
    country = home_country(article)
    pounds = "£" in text or "sterling" in text or country in _POUND_COUNTRIES
    if country is None and (place := _dateline(text)) is not None:
        country = place.country
    codes = _tender(country)
    marks = _DIGITS_AND_MARK.search(text) is not None and _OLD_SUM.search(text) is not None
    shillings = marks or "pence" in text or ("shilling" in text and _OF_OLD_POUND.search(text) is not None)
    shillings = shillings and country not in _OTHER_SHILLINGS and not _names_other_shillings(text)
    letters = home_marks(codes)
    if (shown := set(_LARGE_SUM.findall(text)) - letters.keys()) and not codes:
        letters = {**letters, **{letter: currency_table().before[letter].meaning for letter in shown}}
    return HomeMoney(pounds, letters, home_thousandths(codes), shillings, marks)


def _names_other_shillings(text: str) -> bool:
    return any(mention.country in _OTHER_SHILLINGS for mention in place_mentions(text))


def home_letters(article: SourceArticle) -> Mapping[str, str]:
    """The marks of the country that the article says it is from, by their small letters."""
    return {surface.lower(): surface for surface in home_marks(_tender(home_country(article)))}


def _tender(country: str | None) -> tuple[str, ...]:
    return () if country is None else tuple(get_territory_currencies(country))


def _dateline(text: str) -> PlaceMention | None:
    top = text[:_TOP]
    return dateline(text, place_mentions(top)) if any(dash in top for dash in _DASHES) else None
