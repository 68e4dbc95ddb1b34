import time
from datetime import UTC, date, datetime

import pytest

from extraction.times.claim_times import time_of
from extraction.times.dates import match_dates
from extraction.times.mention import TimeMention
from extraction.times.mentions import find_times

PUBLISHED = date(2024, 8, 22)


def dates(text: str) -> list[str]:
    return [text[found.start : found.end] for found in match_dates(text, 0, len(text))]


def times(text: str, published_at: date | None = PUBLISHED) -> list[TimeMention]:
    return find_times(text, [(0, len(text))], published_at, match_dates(text, 0, len(text)))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It opened on 22 August 2024 and on Aug. 22.", ["22 August 2024", "Aug. 22"]),
        ("5/17/2018, 2018-05-17, 17.05.2018", ["5/17/2018", "2018-05-17", "17.05.2018"]),
        ("From 7.05am to 2 p.m., then 12:30 and 10 o'clock", ["7.05am", "2 p.m.", "12:30", "10 o'clock"]),
        ("in 2019, since 1990, by 2030", ["2019", "1990", "2030"]),
        ("the 2012-13 season, the 1990s and the '90s", ["2012-13", "1990s", "'90s"]),
        ("FY24 and Q3 2019, 3Q19", ["FY24", "Q3 2019", "3Q19"]),
        ("A 2016 study and the 2020 election (1998)", ["2016", "2020", "1998"]),
        ("in 2018, 2019 and 2020", ["2018, 2019 and 2020"]),
        ("3 to 5 May 2019", ["3 to 5 May 2019"]),
        ("Friday, May 8, 2009", ["Friday, May 8, 2009"]),
        ("the summer of 2018", ["2018"]),
        ("a crowd of 2000 people and 1950 workers", []),
        ("by 2000 votes, $2019, 2019km, 2,019 and 555-1234", []),
        ("it rose 10.5 points to 2.15", []),
        ("a 2-0 win, a ratio of 3:1 and version 10.0.0.1", []),
        ("they may 10 times, march 5 miles", []),
    ],
)
def test_match_dates(text: str, found: list[str]) -> None:
    assert dates(text) == found


@pytest.mark.parametrize(
    ("text", "mention", "iso"),
    [
        ("Last year it grew.", "Last year", "2023"),
        ("It grew this year.", "this year", "2024"),
        ("over the past two years", "the past two years", "2022-08-22/2024-08-22"),
        ("a year earlier", "a year earlier", None),
        ("two years ago", "two years ago", "2022"),
        ("3 weeks ago", "3 weeks ago", "2024-08-01"),
        ("in the 12 months to June 30", "the 12 months to June 30", "2023-07-01/2024-06-30"),
        ("the three months ended March 31, 2018", "the three months ended March 31, 2018", "2018-01-01/2018-03-31"),
        ("on Thursday", "Thursday", "2024-08-22"),
        ("next Thursday", "next Thursday", "2024-08-29"),
        ("last night", "last night", "2024-08-21"),
        ("Earlier yesterday", "Earlier yesterday", "2024-08-21"),
        ("in the first quarter of 2019", "first quarter of 2019", "2019-01-01/2019-03-31"),
        ("in May", "May", "2024-05"),
        ("from Oct. 1", "Oct. 1", "2024-10-01"),
        ("on 5/6/2018", "5/6/2018", None),
        ("on 17/6/2018", "17/6/2018", "2018-06-17"),
        ("last week", "last week", "2024-W33"),
        ("in the 1990s", "1990s", "1990/1999"),
        ("from 1998 to 2004", "1998 to 2004", "1998/2004"),
        ("on 31 February 2020", "31 February 2020", None),
        ("9999 years ago", "9999 years ago", None),
    ],
)
def test_resolves_against_publication(text: str, mention: str, iso: str | None) -> None:
    [found] = times(text)
    assert (found.text, found.iso) == (mention, iso)
    assert text[found.start : found.end] == mention


def test_relative_times_stay_open_without_a_day_of_publication() -> None:
    assert [found.iso for found in times("last year and yesterday, in 2019", None)] == [
        None,
        None,
        "2019",
    ]


def test_a_date_and_time_of_publication_counts_as_its_day() -> None:
    [found] = times("yesterday", datetime(2024, 3, 1, 0, 5, tzinfo=UTC))
    assert found.iso == "2024-02-29"


@pytest.mark.parametrize(
    ("text", "claim", "expected"),
    [
        ("It lost $5m in 2016 and, in 2017, made $6m.", "$6m", "2017"),
        ("Sales rose to $42m from $37m a year earlier.", "$37m", "a year earlier"),
        ("Sales rose to $42m from $37m a year earlier.", "$42m", None),
        ("It paid $9m, against $7m last year.", "$9m", None),
        ("It paid $9m, against $7m last year.", "$7m", "last year"),
        ("On Friday, crews found 12 boats, and the navy saved 40 people.", "40", "Friday"),
        ("She said on Thursday that profit fell 5%.", "5%", None),
        ("Shares, which are down 52% this year, fell 14%.", "14%", None),
        ("Shares, which are down 52% this year, fell 14%.", "52%", "this year"),
        ("It spent the past two years on it.", "two years", None),
        ("LIMA, Aug. 22 — The port handled 3 million boxes.", "3 million", None),
    ],
)
def test_the_time_of_a_claim(text: str, claim: str, expected: str | None) -> None:
    start = text.index(claim)
    found = time_of(times(text), 0, len(text), start, start + len(claim)).chosen
    assert (found.text if found else None) == expected


@pytest.mark.parametrize(
    "piece", ['"', "2019 ", "2019, ", "May ", "in ", "1:", "12-", "1", "a", " ", ",", "last year "]
)
def test_a_megabyte_of_anything_is_quick(piece: str) -> None:
    text = piece * (500_000 // len(piece))
    begun = time.process_time()
    match_dates(text, 0, len(text))
    assert time.process_time() - begun < 6
