"""Places of a text are found, and the country that an article is from."""

import pytest

from extraction.claims import SourceArticle
from extraction.currencies.places import dateline, home_country, place_mentions


def test_place_mentions() -> None:
    text = "South America, the U.S., Papua New Guinea, NEW YORK and New Zealand's government met in Sydneysider Oslo."
    found = [(mention.country, text[mention.start : mention.owner_end]) for mention in place_mentions(text)]
    assert found == [
        ("US", "U.S."),
        ("PG", "Papua New Guinea"),
        ("US", "NEW YORK"),
        ("NZ", "New Zealand's government"),
        ("NO", "Oslo"),
    ]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("AUCKLAND, Aug. 22 — The", "NZ"),
        ("A headline\nNEW YORK (AP) — The", "US"),
        ("WELLINGTON - The", "NZ"),
        ("The firm in Sydney is well-known", None),
        ("", None),
    ],
)
def test_dateline(text: str, place: str | None) -> None:
    found = dateline(text, place_mentions(text))
    assert (found.country if found else None) == place


def test_home_country() -> None:
    assert home_country(SourceArticle("", url="https://www.bbc.co.uk/news")) == "GB"
    assert home_country(SourceArticle("", url="https://example.org/", publisher="Wikinews")) is None
    assert home_country(SourceArticle("", url="not a url")) is None
    assert home_country(SourceArticle("", publisher="Fiji Gazette")) == "FJ"
