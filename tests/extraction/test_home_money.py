"""Letters are money in the countries that pay with them, and nowhere else."""

from decimal import Decimal
from functools import cache

import pytest
from babel.core import get_global

from extraction import Claim, Extractor, SourceArticle, load
from extraction.text.words import word_data

_HOME: dict[str, list[str]] = word_data("currencies")["home"]
_LETTERS = [(code, letters) for code, surfaces in _HOME.items() for letters in surfaces]


@cache
def _extractor() -> Extractor:
    return load()


def _claims(text: str, country: str | None) -> list[Claim]:
    return _extractor().extract(SourceArticle(text, country=country))


@cache
def _country_of(code: str) -> str:
    """A country whose only legal tender the currency is now, or else one where it is legal tender."""
    tender = {
        country: [code for code, _, until, legal in rows if legal and until is None]
        for country, rows in get_global("territory_currencies").items()
    }
    countries = sorted((country for country, codes in tender.items() if code in codes), key=lambda c: len(tender[c]))
    return str(countries[0])


@pytest.mark.parametrize(("code", "letters"), _LETTERS, ids=["-".join(pair) for pair in _LETTERS])
def test_letters_are_money_at_home(code: str, letters: str) -> None:
    for number, value in (("50", Decimal(50)), ("1,250", Decimal(1250)), ("2.5 million", Decimal(2_500_000))):
        claims = _claims(f"The fine is now {letters}{number} there.", _country_of(code))
        assert [(claim.unit, claim.value) for claim in claims] == [(code, value)], number


@pytest.mark.parametrize(
    "letters", sorted({letters for _, letters in _LETTERS if len(letters) == 1 and letters != "¢"})
)
def test_single_letters_are_no_money_elsewhere(letters: str) -> None:
    assert _claims(f"He drives a {letters}50 there.", "FR") == []
