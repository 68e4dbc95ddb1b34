"""Texts split into words, and searches into terms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.words import Term, fold, parse_search, searchable, words


def test_folding() -> None:
    assert fold("  Ｎew\u00a0ZEALAND\n Straße E\u0301") == "new zealand strasse é"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Prices rose 5 per cent.", "price rose 5 per cent"),
        ("$1,200.50 or 1.2bn, 8m (80%)", "1200.50 or 1.2bn 8m 80"),
        ("1,20,000 and 12,000,000", "1 20000 and 12000000"),
        ("U.S. firms, e.g. the U.K’s", "us firm eg the uk"),
        ("Zealand's, don’t, O'Brien, the firms' cars", "zealand dont obrien the firm car"),
        ("two-thirds/60km/h snake_case", "two third 60km h snake case"),
        ("companies, gases, buses, news, glass, virus, gas, as", "company gase buse news glass virus gas as"),
        ("Ｎew ZEALAND Straße ½ 東京", "new zealand strasse 1 2 東京"),
        ("%_\\ '\"", ""),
    ],
)
def test_words(text: str, expected: str) -> None:
    assert " ".join(words(text)) == expected


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        ("Cars  NEW", [(("car",), False), (("new",), False)]),
        ('"New cars" invest*', [(("new", "car"), False), (("invest",), True)]),
        ("“New cars”", [(("new", "car"), False)]),
        ('"not closed', [(("not", "closed"), False)]),
        ('"new car*"', [(("new", "car"), True)]),
        ("co-operate", [(("co", "operate"), False)]),
        ("companies*", [(("companies",), True)]),
        ('* % "" -', []),
    ],
)
def test_terms(search: str, expected: list[tuple[tuple[str, ...], bool]]) -> None:
    assert parse_search(search) == [Term(*term) for term in expected]


def test_limits() -> None:
    assert len(parse_search("a " * 50)) == 20
    assert words("x" * 1000) == ["x" * 200]
    assert len(searchable(["word " * 100_000])) <= 20_000
    assert searchable(["word " * 100_000]).endswith(" word")
    assert searchable([None, "New cars", "", "?!", "Title", "..."]) == "new car | title"
    assert searchable(["?!", "..."]) == ""


@given(st.text())
def test_only_letters_digits_and_points_in_numbers(text: str) -> None:
    for word in words(text):
        assert word
        assert len(word) <= 200
        assert word.replace(".", "x").isalnum()
