"""Pronouns that are written with their auxiliary: "she'd", "I'll", "they've"."""

from extraction.text.lexemes import Lexeme
from extraction.text.words import word_set

_AUXILIARIES = frozenset(("d", "ll", "ve", "m", "re"))


def contracted_pronoun(lexeme: Lexeme) -> str:
    """The "she" of "she'd expect", the "i" of "I'll say"; else nothing."""
    pronoun, _, auxiliary = lexeme.lower.replace("’", "'").partition("'")
    return pronoun if auxiliary in _AUXILIARIES and pronoun in word_set("grammar", "subject_pronouns") else ""
