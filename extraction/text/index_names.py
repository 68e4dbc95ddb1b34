"""Names of share indices, moods and parties, which tell of what the points near them are."""

from collections.abc import Sequence
from functools import cache

from extraction.text.change_words import change_words
from extraction.text.lexemes import Lexeme
from extraction.text.words import word_set

_INDEX_NAMES = word_set("cues", "index_names")
_MOODS = word_set("cues", "moods")
_OF_MOODS = word_set("text", "of_moods")
_OF_INTEREST = word_set("cues", "interest_words")


def names_index(lexemes: Sequence[Lexeme], start: int) -> bool:
    """Whether a share index is named not far in front of lexeme ``start``."""
    window = lexemes[max(0, start - 16) : start]
    rates = [lexeme.lower in _OF_INTEREST for lexeme in window[1:]] + [False]  # "lifted its benchmark rate by"
    return any(
        (lexeme.lower in _INDEX_NAMES and not rates[k])
        or (lexeme.lower in _MOODS and k > 0 and window[k - 1].lower in _OF_MOODS)  # "consumer confidence"
        or (lexeme.lower == "share" and k > 0 and _all_shares(window[max(0, k - 2) : k]))
        or (lexeme.text == "S" and k + 2 < len(window) and window[k + 1].text == "&" and window[k + 2].text == "P")
        for k, lexeme in enumerate(window)
    )


def _all_shares(before: Sequence[Lexeme]) -> bool:
    """Whether the words in front of "share" make it the name of an index: "the All Share", "All-Share"."""
    words = [lexeme.lower for lexeme in before]
    return words[-1:] == ["all"] or words == ["all", "-"]


def gives_level(lexemes: Sequence[Lexeme], start: int) -> bool:
    """Whether a decimal or a comma stands right behind an index: "PMI 50.8", "HSCEI 5,945", "SET Index 1,402.3"."""
    written = lexemes[start].text
    named = start > 0 and lexemes[start - 1].lower in _INDEX_NAMES
    return named and written.count(".") + ("," in written) > 0


def names_politics(lexemes: Sequence[Lexeme]) -> bool:
    """Whether a poll, a party or an election is spoken of; "National fell" names one, "the National League" none."""
    words = word_set("text", "politics")
    named = word_set("cues", "parties")
    acting = word_set("cues", "parties_that_act")
    for k, lexeme in enumerate(lexemes):
        word = lexeme.lower.removesuffix("'s").removesuffix("’s")
        if word in words or (lexeme.capitalised and word in named):
            return True
        following = lexemes[k + 1].lower if k + 1 < len(lexemes) else ""
        if lexeme.capitalised and lexeme.lower in acting and following in _acts():
            return True
    return False


@cache
def _acts() -> frozenset[str]:
    return frozenset(change_words().verbs) | word_set("grammar", "be", "have")
