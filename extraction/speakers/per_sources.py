"""Finds sources behind "per": "Rents fell 3%, per a survey of landlords", "Per the report, 40 homes were lost"."""

import re

from extraction.speakers.noun_phrases import Range
from extraction.speakers.phrases_behind import phrase_after
from extraction.speakers.who_speaks import head_in
from extraction.text.lexemes import Lexeme, LexemeType
from extraction.text.nouns import is_plural, singular
from extraction.text.word_classes import in_class, is_verb
from extraction.text.words import word_set
from extraction.units.table import unit_named

_OPENERS = frozenset((",", "(", '"', "–", "—", ";"))
_PLACED = re.compile(
    r"(?:\A|[\n,(\"”“–—;:.]|\b[Aa]s) ?[Pp]er (?!cent\b|capita\b)|\bper (?:the|an?|its|their|his|her|this) "
)
_KNOWING = ("familiar", "briefed", "close")  # "per a source familiar with the matter"
_LONGEST_SENTENCE = 2000  # characters


def may_name_source(text: str, start: int, end: int) -> bool:
    """Whether "per" stands in ``text[start:end]`` where a source can follow: not in "40 per cent", "$5 per hour"."""
    opens = text.startswith("Per ", start)  # "\A" is the start of the text alone
    return opens or _PLACED.search(text, start, min(end, start + _LONGEST_SENTENCE)) is not None


def per_source(words: list[Lexeme], at: int) -> Range | None:
    """The source behind "per" at ``at``, or None where that is a rate or a rule: "per person", "per the contract".

    Behind a comma or at the start it is a name, people who speak or what is found out; elsewhere the last, with its
    article: "It sold 40 units per its filing".
    """
    before = words[at - 1] if at else None
    if before is not None and before.lower == "as":
        before = words[at - 2] if at > 1 else None
    opens = before is None or before.type is LexemeType.BREAK or before.text in _OPENERS
    span = phrase_after(words, at + 1)
    if span is None:
        return None
    if words[at + 1].lower == "head":
        return None  # "Per head of population the increase is smaller"
    determined = in_class(words[at + 1], "determiners")
    if head_in(words, span, "sources", "studies"):
        return span if determined or (opens and _is_many(words, span)) else None
    if not opens and not (determined and _is_name(words, span)):
        return None
    who = next((k for k in range(span[0] + 1, span[1]) if words[k].lower in _KNOWING), span[1])
    people = head_in(words, (span[0], who), "speakers") and (determined or _is_many(words, span))
    acts = words[at].capitalised and span[1] < len(words) and is_verb(words, span[1])  # "Per Mertesacker scored"
    return span if people or (_is_name(words, span) and not acts) else None


def _is_many(words: list[Lexeme], span: Range) -> bool:
    """Whether the noun is a plural or needs no article:
    "per court documents", "per police", "per data from the bank"."""
    inside = [word for word in words[span[0] : span[1]] if word.type is LexemeType.WORD]
    head = next((at for at, word in enumerate(inside) if in_class(word, "prepositions")), len(inside)) - 1
    noun = inside[max(head, 0)]
    return is_plural(noun.text) or noun.lower in word_set("attribution", "without_article")


def _is_name(words: list[Lexeme], span: Range) -> bool:
    """Whether the words are a name with its capitals, and no unit:
    "Reuters", "the Bureau of Labor Statistics"; not "Briton" of "$40 per Briton"."""
    first = span[0] + in_class(words[span[0]], "determiners")
    inside = [word for word in words[first : span[1]] if word.type is LexemeType.WORD]
    if not inside or not inside[0].capitalised or not inside[-1].capitalised:
        return False
    return unit_named(singular(inside[-1].lower)) is None
