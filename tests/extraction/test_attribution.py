import time

import pytest

from extraction.speakers.attribution import attribution_of, find_attributions
from extraction.speakers.names import ArticleNames

INTRO = "Ada Moss runs Larkfield Group.\n"


def speaker(text: str, claim: str) -> tuple[str | None, str | None, str | None]:
    """Speaker words, resolved name and type for the claim."""
    text = INTRO + text
    start = text.index(claim)
    found = attribution_of(find_attributions(text, ArticleNames(text)), start)
    if found is None:
        return None, None, None
    if found.speaker is None:
        return None, None, found.type
    span = found.speaker.span
    assert text[span.start : span.end] == span.text
    return span.text, found.speaker.resolved, found.type


ADA = "Ada Moss"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"We lost $5m," Moss said.', ("Moss", ADA, "direct")),
        ("“We lost $5m,” said Moss, who left.", ("Moss", ADA, "direct")),
        ('"We lost $5m," said chief engineer Tom Birch.', ("Tom Birch", "Tom Birch", "direct")),
        ("'We lost $5m,' Moss said.", ("Moss", ADA, "direct")),
        ("«We lost $5m», Moss added.", ("Moss", ADA, "direct")),
        ('Moss said: "We lost $5m."', ("Moss", ADA, "direct")),
        ('"It is bad," Moss said. "We lost $5m."', ("Moss", ADA, "direct")),
        ('"It is bad. We lost $5m," Moss said.', ("Moss", ADA, "direct")),
        ('"It is bad. We lost $5m. It hurts."\nNobody spoke.', (None, None, "direct")),
        ('"It is bad.\n"We lost $5m," Moss said.', ("Moss", ADA, "direct")),
        ('She said it was bad.\n"We lost $5m."', ("She", ADA, "direct")),
        ("Moss said that it lost $5m.", ("Moss", ADA, "indirect")),
        ("Moss also said it lost $5m last year.", ("Moss", ADA, "indirect")),
        ("Larkfield, which builds boats, said it lost $5m.", ("Larkfield", "Larkfield Group", "indirect")),
        ("It lost $5m, Moss said.", ("Moss", ADA, "indirect")),
        ("It lost $5m, Moss told reporters on Monday.", ("Moss", ADA, "indirect")),
        ("It lost $5m, said Moss.", ("Moss", ADA, "indirect")),
        ("It had, Moss conceded, lost $5m.", ("Moss", ADA, "indirect")),
        ("According to Moss, it lost $5m.", ("Moss", ADA, "indirect")),
        ("It lost $5m, according to the Lima Herald.", ("the Lima Herald", "Lima Herald", "indirect")),
        ("Data from the port showed it lost $5m.", ("Data from the port", None, "indirect")),
        ("A 2019 port report said that it lost $5m.", ("A 2019 port report", None, "indirect")),
        ("Analysts expect a loss of $5m.", ("Analysts", None, "indirect")),
        ("The loss beat the $5m that analysts had forecast.", ("analysts", None, "indirect")),
        ("The group cut its forecast, saying it lost $5m.", ("The group", "Larkfield Group", "indirect")),
        ('Moss told the court that it lost "about $5m".', ("Moss", ADA, "direct")),
        ("Its head, Tom Birch, told reporters it lost $5m.", ("Tom Birch", "Tom Birch", "indirect")),
        ("The group announced a loss of $5m.", ("The group", "Larkfield Group", "indirect")),
    ],
)
def test_who_said_it(text: str, expected: tuple[str | None, ...]) -> None:
    assert speaker(text, "$5m") == expected


@pytest.mark.parametrize(
    "text",
    [
        "It lost $5m.",
        "The group posted a profit of $5m.",
        "Insurance claims rose to $5m.",
        "It is expected to lose $5m.",
        "Moss said it was bad. It lost $5m.",
        "The index added 3 points and the fund $5m.",
        "It agreed to pay $5m.",
        'The "old" boat cost $5m.',
        "It lost $5m in the United States.",
        "The 40 basis points cost it $5m.",
        "The authors of the Harbour Board report lost $5m.",
    ],
)
def test_what_the_article_states_itself(text: str) -> None:
    assert speaker(text, "$5m") == (None, None, None)


@pytest.mark.parametrize(
    "piece",
    [
        '"',
        '" ',
        ". ",
        "said ",
        ",",
        "He said. ",
        '"a," he said ',
        "“",
        '"a\n',
        "the report ",
        "says will ",
        "that he says ",
    ],
)
def test_endless_input_is_quick(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    names = ArticleNames(text)
    begun = time.process_time()
    find_attributions(text, names)
    assert time.process_time() - begun < 5
