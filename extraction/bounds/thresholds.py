"""Bounds in front of a level with a name of its own: "below the 24,700 mark", "above the key $3,300 level"."""

from collections.abc import Sequence

from extraction.bounds.other_senses import qualifier_words
from extraction.bounds.qualifiers import Qualifier, ending_at
from extraction.text.lexemes import Lexeme, LexemeType, at
from extraction.text.nouns import looks_past, nouns
from extraction.text.words import word_set


def before_threshold(lexemes: Sequence[Lexeme], start: int, end: int) -> Qualifier | None:
    """The bound in front of "the" of a threshold: "below the 24,700 mark", "above the key $3,300 level".

    The amount stands at lexemes ``start:end``. What was "seen in September" is a level that is known: no bound.
    """
    if end >= len(lexemes) or lexemes[end].lower not in word_set("cues", "thresholds"):
        return None
    behind = at(lexemes, end + 1)
    if looks_past(behind) or behind in word_set("grammar", "past"):
        return None
    the = start - 1
    while the > max(0, start - _LONGEST_THRESHOLD) and _describes_threshold(lexemes[the]):
        the -= 1
    if the < 1 or lexemes[the].lower != "the" or lexemes[the - 1].lower not in qualifier_words("threshold"):
        return None
    return ending_at(lexemes, the, None)


_LONGEST_THRESHOLD = 4  # lexemes of "the psychologically important"


def _describes_threshold(word: Lexeme) -> bool:
    return word.type is LexemeType.WORD and word.text.islower() and word.lower not in nouns()["stops"]
