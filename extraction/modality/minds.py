"""Tells what is only feared or believed: "Officials fear 40 people are trapped", "Police believe the gang made $2m"."""

from collections.abc import Sequence

from spacy.tokens import Span

from extraction.claims import TextSpan
from extraction.modality.borders import borders_in
from extraction.modality.denials import is_known_number
from extraction.text.lexemes import Lexeme, lex
from extraction.text.numeral import is_numeral
from extraction.text.word_classes import claims_a_clause, in_class
from extraction.text.words import word_set

_TO_VERB = 60  # characters behind the number in which its clause shows


def feared_or_believed(
    article: str, verb: TextSpan | None, sent: Span, start: int, passed: Sequence[TextSpan]
) -> str | None:
    """The modality that a verb of fear or belief gives to what it reports: "Officials fear 40 people are trapped".

    Not to what is there whatever is feared: "Police believe the 12 men have fled".
    """
    if verb is None or verb in passed or not sent.start_char <= verb.start < verb.end <= start:
        return None
    word, told = verb.text.lower(), article[verb.end : start]
    name = next((name for name, key in _MINDS.items() if word in word_set("modality", key)), None)
    known = name is None or is_known_number(article, verb.end, start) or article.endswith(_DENYING, 0, verb.start)
    if known or len(told) > _TOLD or borders_in(told) or told.count(",") % 2:  # "fear the toll, now 300, will rise"
        return None
    words = lex(article, verb.end, start + _TO_VERB)
    if name == "hypothetical" and _counts_victims(words):
        return name
    of_a_thing = in_class(words[0], "prepositions") and words[0].lower != "as"  # "fears for 300 sheep"
    return name if claims_a_clause(words) and not of_a_thing else None


def _counts_victims(words: list[Lexeme]) -> bool:
    """Whether people who came to harm are counted: the headline "Officials fear 200 trapped under rubble"."""
    at = next((at for at, word in enumerate(words[:_SHADED]) if is_numeral(word)), None)
    return at is not None and any(word.lower in word_set("modality", "victims") for word in words[at + 1 : at + 3])


_SHADED = 4  # words of "fear more than 40"
_MINDS = {"hypothetical": "fearing", "estimated": "believing"}
_DENYING = ("n't ", "n’t ", "not ")  # "I can't believe it took 12 years"
_TOLD = 200  # characters of what is feared in front of the number
