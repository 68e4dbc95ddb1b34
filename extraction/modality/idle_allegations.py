"""Tells which words of alleging allege nothing about a number behind them: "claimed 12 lives"."""

import re

from extraction.modality.accusations import DENYING, denies_deed
from extraction.modality.denials import is_undenied
from extraction.text.change_words import change_words
from extraction.text.lexemes import lex
from extraction.text.nouns import is_person
from extraction.text.numeral import vocabulary
from extraction.text.word_classes import claims_a_clause, in_class, is_auxiliary
from extraction.text.words import word_set

_PERSONS = re.compile(r"(?i:\b(?:the|all|both)|\d) $")
_NOUNS_TOO = frozenset(("claim", "claims"))
_NEXT_WORD = 60
_CLAIMED = 200


def alleges_nothing(text: str, first: int, last: int) -> bool:
    """Whether the words of alleging from ``first`` to ``last`` are a noun, tell a fact or deny no deed."""
    words = text[first:last].lower()
    counted = text[:first].rstrip()[-1:].isdigit()  # "9,300 claims worth $184 million"
    if words in _NOUNS_TOO and (counted or _is_noun(text, last)):
        return True
    if words.startswith("den") and is_undenied(text, first):
        return True
    if words in DENYING:
        return not denies_deed(text, last)  # "denied three counts of fraud"
    if words in word_set("attribution", "clause") and not claims_a_clause(
        lex(text, last, min(len(text), last + _CLAIMED))
    ):
        return True  # "claimed 12 lives"
    if words == "claimed" and _is_taken(text, first, last):
        return True
    # "the accused were remanded on bail of R20,000"
    return words == "accused" and _PERSONS.search(text, max(0, first - _NEXT_WORD), first) is not None


_TAKEN = re.compile(r" (?:by (?!(?:19|20)\d\d\b)|(?:in|at|on|from|since|for|during) )")


def _is_taken(text: str, first: int, last: int) -> bool:
    """Whether "claimed" is what a flood or a winner does: "the 14 lives claimed by the flood".

    So too "the biggest prize claimed in Yorkshire"; but not in "It was claimed by the union that".
    """
    behind = _TAKEN.match(text, last)
    *_, ranked, noun = ("", "", *text[max(0, first - _NEXT_WORD) : first].lower().split())
    if behind is None or behind.group() == " by ":
        return behind is not None and noun != "as" and noun not in word_set("grammar", "be")
    ranks = word_set("times", "superlatives")
    taken = noun.isalpha() and not is_person(noun) and noun not in word_set("attribution", "speakers")
    return taken and (ranked in ranks or ranked in vocabulary()["cardinals"] or ranked[-1:].isdigit())


def _is_noun(text: str, behind: int) -> bool:
    """Whether "claims" is the noun and no hedge: "3,500 claims had been lodged", "claims from the storm"."""
    following = lex(text, behind, min(len(text), behind + _NEXT_WORD))[:1]
    if not following or following[0].text in {",", ".", ")", "worth"}:
        return bool(following)
    moved = following[0].lower in change_words().verbs and not following[0].lower.endswith(("s", "ing", "cut"))
    return (
        moved or is_auxiliary(following[0]) or (in_class(following[0], "prepositions") and following[0].lower != "to")
    )
