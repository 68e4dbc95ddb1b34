"""Who speaks in turn: where labels and turns start and end, and which texts have none."""

import time

import pytest

from extraction.text.sentences import sentence_starts
from extraction.text.turns import turns

TALK = """\
The mine closes
HOST: Good evening. Kit Moreno reports.
KIT MORENO, BYLINE: The plant paid its people well.
Everybody knew it.
BETH FELL: I have two kids.
(SOUNDBITE OF TRAIN)
It left at noon.
MORENO: Thank you.
The end.
"""


def said(text: str) -> list[tuple[str, str]]:
    return [(text[turn.start : turn.label_end].strip(), text[turn.label_end : turn.end]) for turn in turns(text)]


def test_a_turn_goes_on_to_the_next_label_or_line_for_sounds() -> None:
    assert said(TALK) == [
        ("HOST:", "Good evening. Kit Moreno reports."),
        ("KIT MORENO, BYLINE:", "The plant paid its people well.\nEverybody knew it."),
        ("BETH FELL:", "I have two kids."),
        ("MORENO:", "Thank you."),
    ]


def test_the_name_is_that_of_the_label() -> None:
    names = [TALK[slice(*turn.name)] if turn.name else None for turn in turns(TALK)]
    assert names == [None, "KIT MORENO", "BETH FELL", "MORENO"]


def test_the_letter_is_the_name_of_who_answers() -> None:
    text = "**Q:** How many are you?\n**A:** We are 60.\nQ: And now?\n1. Answer: We are 70.\n"
    assert [(text[slice(*turn.name or ())], turn.letter) for turn in turns(text)] == [
        ("Q", "Q"),
        ("A", "A"),
        ("Q", "Q"),
        ("Answer", "A"),
    ]


def test_a_label_on_a_line_of_its_own_opens_the_turn_behind_it() -> None:
    text = (
        "ANNA FELL, MAYOR:\nWe have two bridges.\nI would build a third one.\nBETH MOTT:\nI would not do so at all.\n"
    )
    assert said(text) == [
        ("ANNA FELL, MAYOR:", "\nWe have two bridges.\nI would build a third one."),
        ("BETH MOTT:", "\nI would not do so at all."),
    ]


def test_a_headline_is_said_and_what_introduces_the_talk_is_not() -> None:
    text = "Fell: 'I say no'\nBeth Fell runs a choir.\nHerald: How many are you?\nFell: We are 60.\nHerald: Not more?\n"
    assert said(text) == [
        ("Fell:", "'I say no'"),
        ("Herald:", "How many are you?"),
        ("Fell:", "We are 60."),
        ("Herald:", "Not more?"),
    ]


def test_a_sentence_starts_behind_the_label() -> None:
    starts = sentence_starts(TALK)
    assert {TALK.index("Good"), TALK.index("The plant"), TALK.index("I have")} <= set(starts)


@pytest.mark.parametrize(
    "text",
    [
        "Beth Fell: We pay 40 people here.\nNobody else spoke.",
        "Revenue: The company took more than we expected.\nOutlook: We see more of it in your town.",
        "READ MORE: Why your bills will rise.\nREAD MORE: What we know about your bills.",
        "Beth Fell: 40 points\nAnna Mott: 30 points",
        "Arsenal: The team won.\nArsenal: The team lost.",
        "Q: What is there to say of it all?",
        "The Minister (Ada Quill): NO\nThe Minister (Ada Quill): NO",
        "",
        ":",
        "A:",
    ],
)
def test_other_lines_with_a_colon_are_no_turns(text: str) -> None:
    assert turns(text) == ()


@pytest.mark.parametrize(
    "piece",
    [
        "Q: You have 3 of us?\nA: We do have 3.\n",
        "BETH FELL{}: We have lost 4 jobs.\n",
        "Aa B{}: it is you.\nAa B{}: I do.\n",
    ],
    ids=["letters", "many names", "labels without proof"],
)
def test_time_is_linear(piece: str) -> None:
    def seconds(lines: int) -> float:
        text = "".join(piece.replace("{}", "abcdefghij"[number % 10] * (number % 7)) for number in range(lines))
        started = time.process_time()
        turns.__wrapped__(text)
        return time.process_time() - started

    first = min(seconds(2_000) for _ in range(2))
    second = min(seconds(8_000) for _ in range(2))
    assert second < 0.1 or second / first <= 8  # 4.0 is linear, 16.0 quadratic
