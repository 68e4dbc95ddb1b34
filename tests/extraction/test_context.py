import pytest

from extraction import SourceArticle, load
from extraction.claims import Claim, Kind

EXTRACTOR = load()


def context(text: str, claim: str, kind: Kind, noun: str | None = None) -> Claim:
    found = next(one for one in EXTRACTOR.extract(SourceArticle(text)) if claim in one.text)
    assert found.kind is kind
    assert noun is None or (found.unit_text or "").endswith(noun)
    for span in (found.subject, found.measure, found.of, found.predicate):
        assert span is None or text[span.start : span.end] == span.text
    return found


M, P, C, A = Kind.MONEY, Kind.PERCENT, Kind.COUNT, Kind.AGE


@pytest.mark.parametrize(
    ("text", "claim", "kind", "subject", "measure", "of"),
    [
        ("Net profit fell 38 per cent.", "38 per cent", P, "Net profit", "Net profit", None),
        ("The board announced an investment of up to $8m.", "$8m", M, "an investment", "investment", None),
        ("The board will pay a final dividend of 6 cents.", "6 cents", M, "The board", "final dividend", None),
        ("Peru is a $90 million market for timber.", "$90 million", M, "Peru", "market for timber", None),
        ("The group opened a $300 million plant.", "$300 million", M, "The group", "plant", None),
        ("It makes up 80 per cent of the value of exports.", "80 per cent", P, "It", None, "the value of exports"),
        ("Brokers cut their target price to $1.10.", "$1.10", M, "Brokers", "target price", None),
        ("Shares in the firm, which rose, fell 14%.", "14%", P, "Shares in the firm", "Shares", None),
        ("It was helped by a 1.5% lift in fares.", "1.5%", P, "fares", "lift in fares", None),
        ("Earnings before interest and tax came in at $78m.", "$78m", M, None, None, None),
        ("We've got $45m.", "$45m", M, "We", None, None),
        ("Net debt, now 3 times earnings, was high.", "3 times", Kind.MULTIPLE, "Net debt", "Net debt", "earnings"),
        ("After half an hour, the team won.", "half an hour", Kind.DURATION, "the team", None, None),
        ("A buyer that owned one boat lost $3m.", "$3m", M, "A buyer", None, None),
        ("Get the oak table for $149.", "$149", M, None, "oak table", None),
        ("Prices range from $3m to $5m.", "$3m", M, "Prices", "Prices", None),
        ("The port (LP), which is small, lost $5m.", "$5m", M, "The port", None, None),
        ("She said $5m was gone.", "$5m", M, None, None, None),
    ],
)
def test_whose_number_and_of_what(
    text: str, claim: str, kind: Kind, subject: str | None, measure: str | None, of: str | None
) -> None:
    found = context(text, claim, kind)
    if subject is None and "Earnings" in text:
        subject = measure = "Earnings before interest and tax"
    assert [span.text if span else None for span in (found.subject, found.measure, found.of)] == [subject, measure, of]


@pytest.mark.parametrize(
    ("text", "claim", "noun", "subject"),
    [
        ("The group has 59 users.", "59", "users", "The group"),
        ("Twelve people were killed.", "Twelve", "people", None),
        ("Crews rescued over 700 people.", "700", "people", "Crews"),
        ("There were 40 boats.", "40", "boats", None),
        ("The port will impose 40 fees.", "40", "fees", "The port"),
        ("A fleet is shared by eight local companies.", "eight", "local companies", "A fleet"),
    ],
)
def test_the_subject_of_a_count(text: str, claim: str, noun: str, subject: str | None) -> None:
    found = context(text, claim, C, noun)
    assert (found.subject.text if found.subject else None) == subject
    assert found.measure is None


def test_a_noun_counted_behind_of_is_no_whole() -> None:
    assert context("Dozens of boats sank.", "Dozens", C, "boats").of is None
    whole = context("It owns 40 of the 90 boats.", "40", C, "boats").of
    assert whole is not None
    assert whole.text == "the 90 boats"


@pytest.mark.parametrize(
    ("text", "claim", "subject"),
    [
        ("She was 10 when it began.", "10", "She"),
        ("Tom Birch, 42, is a sailor.", "42", "Tom Birch"),
        ("Birch joined the navy aged 14.", "14", "Birch"),
        ("They have a six-month-old son, Leo.", "six-month-old", "Leo"),
        ("At age eleven, she sailed alone and was praised.", "eleven", "she"),
    ],
)
def test_the_subject_of_an_age(text: str, claim: str, subject: str) -> None:
    found = context(text, claim, A)
    assert found.subject is not None
    assert found.subject.text == subject


@pytest.mark.parametrize("text", ["5", "$5m", "5, 5, 5", "of 5", "5 of", '"5"', "(5)", "— 5 —", "5\n"])
def test_bare_numbers_have_no_context(text: str) -> None:
    assert [claim.subject for claim in EXTRACTOR.extract(SourceArticle(text)) if claim.subject] == []


def test_a_long_sentence_is_read_in_pieces() -> None:
    claims = EXTRACTOR.extract(SourceArticle("The state paid $5m and " * 90))
    assert len(claims) == 90
    assert sum(claim.subject is not None and claim.subject.text == "The state" for claim in claims) > 80


def test_an_endless_sentence_gives_claims_without_context() -> None:
    claims = EXTRACTOR.extract(SourceArticle("The state paid $5m and " * 3000))
    assert len(claims) == 3000
    assert not any(claim.subject or claim.predicate for claim in claims)
