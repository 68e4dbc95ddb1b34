"""Finds who speaks by verbs that report beside a quotation only: '"We had 40 cows," smiles Tomas', "as he put it"."""

from extraction.speakers.noun_phrases import Range, phrase_before
from extraction.speakers.phrases_behind import phrase_after
from extraction.speakers.sources import source_before
from extraction.speakers.who_speaks import is_name_or_pronoun
from extraction.text.lexemes import Lexeme, LexemeType
from extraction.text.word_classes import in_class
from extraction.text.words import word_set

_QUOTED_AS = 12  # lexemes of "quoted a spokesman for the firm as saying"


def beside_quotation(words: list[Lexeme], at: int) -> tuple[Range, bool] | None:
    """Who smiles or sighs a quotation beside the verb at ``at``, and whether it stands in front of them."""
    behind = [word.text for word in words[at + 1 : at + 3]]
    if behind[1:] == ['"'] and behind[0] in {":", ","}:
        subject = source_before(words, at)
        return None if subject is None else (subject, False)
    quotation = _quotation_before(words, at)
    if quotation:
        subject = phrase_after(words, at + 1)
    else:
        subject = phrase_before(words, at)
        quotation = subject is not None and _quotation_before(words, subject[0])
    if subject is None or not quotation:
        return None
    definite = in_class(words[subject[0]], "definites", "articles")
    return (subject, True) if definite or is_name_or_pronoun(words, at, subject) else None


def _quotation_before(words: list[Lexeme], at: int) -> bool:
    """Whether a quotation that is no part of a sentence stands in front: not in 'The "wolf" smiles'."""
    at -= 2 if at > 1 and words[at - 1].text == "," else 1
    opens = at == 0 or (at > 0 and words[at - 1].type is not LexemeType.WORD)
    return at >= 0 and words[at].text == '"' and opens


def quoted_as_saying(words: list[Lexeme], at: int) -> Range | None:
    """Who says what stands behind ``at``, in front of or behind the verb that quotes; None in other phrases:
    "quoted the mayor as saying that", "She was quoted as saying"."""
    if at < 2 or words[at - 1].lower != "as":
        return None
    for verb in range(at - 2, max(-1, at - _QUOTED_AS), -1):
        if words[verb].lower not in word_set("attribution", "quoting"):
            continue
        behind = words[verb + 1]
        if behind.lower == "as" or in_class(behind, "prepositions") or behind.lower == "yesterday":
            return phrase_before(words, verb) if verb and in_class(words[verb - 1], "be") else None
        speaker = phrase_after(words, verb + 1)
        return speaker if speaker is not None and speaker[1] <= at - 1 else None
    return None


def puts_it(words: list[Lexeme], at: int) -> Range | None:
    """Who puts it so, in "As Mr Li put it, ..."; None in other phrases."""
    if at + 1 >= len(words) or words[at].lower not in {"put", "puts"} or words[at + 1].lower != "it":
        return None
    subject = phrase_before(words, at)
    led = subject is not None and subject[0] > 0 and words[subject[0] - 1].lower == "as"
    return subject if led else None
