import pytest

from extraction.speakers.names import find_names

ARTICLE = (
    "Prime Minister Ada Moss met the head of Larkfield Group, Tom Birch, in Lima. "
    "Moss said the talks went well. The Prime Minister left at noon.\n"
    "Larkfield makes boats. Mr. Birch said the company would hire. He is 51. "
    "It employs 300 people. The Northern Harbour Authority (NHA) agreed. The NHA is small."
)


def resolve(words: str, context: str | None = None) -> str | None:
    names = find_names(ARTICLE)
    return names.resolve(words, ARTICLE.index(context or words))


@pytest.mark.parametrize(
    ("words", "context", "full"),
    [
        ("Moss", "Moss said", "Ada Moss"),
        ("Prime Minister Ada Moss", None, "Ada Moss"),
        ("The Prime Minister", None, "Ada Moss"),
        ("the PM", "The Prime Minister", "Ada Moss"),
        ("Mr. Birch", None, "Tom Birch"),
        ("Larkfield", "Larkfield makes", "Larkfield Group"),
        ("the company", None, "Larkfield Group"),
        ("It", "It employs", "Larkfield Group"),
        ("He", "He is 51", "Tom Birch"),
        ("NHA", "NHA is", "Northern Harbour Authority"),
        ("chief engineer Tom Birch", "Mr. Birch", "Tom Birch"),
        ("a survey", "He is 51", None),
        ("the boats", "boats", None),
        ("the Chancellor", "He is 51", None),
        ("", "He is 51", None),
    ],
)
def test_a_later_mention_leads_to_the_full_name(words: str, context: str | None, full: str | None) -> None:
    assert resolve(words, context) == full


def test_two_holders_of_one_title_leave_a_doubt() -> None:
    text = "President Ada Moss met President Tom Birch. The President smiled."
    assert find_names(text).resolve("The President", text.index("The President")) is None


def test_she_is_no_man() -> None:
    text = "Ms Ada Moss spoke. Mr Tom Birch left. She stayed."
    assert find_names(text).resolve("She", text.index("She")) == "Ada Moss"


@pytest.mark.parametrize("text", ["", " ", "...", "the", "A" * 10_000, "Mr " * 5_000, "The PM " * 5_000])
def test_no_text_is_too_odd(text: str) -> None:
    assert find_names(text).resolve("she", len(text)) is None
