"""Tells by what stands behind a verb of several meanings that it reports: "pointed out that", "reported sales were"."""

from extraction.speakers.noun_phrases import Range
from extraction.text.lexemes import Lexeme, LexemeType
from extraction.text.nouns import is_plural
from extraction.text.word_classes import in_class, is_adverb, is_relative
from extraction.text.words import word_set

_LONGEST_STATE = 6  # lexemes of "the number of pupils was"


def is_noun_described(words: list[Lexeme], at: int) -> bool:
    """As in "the yield on Treasury notes, which had topped 5%": a relative clause describes a noun, and no verb."""
    plural = words[at].lower.endswith("s") and words[at].lower in word_set("attribution", "either")
    described = at + 2 < len(words) and words[at + 1].text == "," and is_relative(words[at + 2])
    return plural and described


def opens_that(words: list[Lexeme], at: int) -> bool:
    """As in "Two doctors pointed out that 94 per cent were white": whoever does so says it."""
    behind = [word.lower for word in words[at + 1 : at + 4]]
    out = behind[:1] == ["out"]
    if out:
        del behind[0]
    told = behind[:1] == ["that"] and not (behind[1:] and behind[1] in word_set("syntax", "times"))  # "that night"
    verb = words[at].lower
    says = verb.endswith("ed") and verb in word_set("attribution", "say")
    # "points out that", "The town, which has grown, projects that"
    if told and (out or words[at - 1].text == ",") and verb.endswith("s"):
        return True
    return told and says and verb not in {"agreed", "announced"}


def reports_state(words: list[Lexeme], at: int, subject: Range) -> bool:
    """As in "Schools reported attendance was down"; not in "cases reported in May were mild"."""
    if words[at].lower not in {"report", "reported"} or not is_plural(words[subject[1] - 1].lower):
        return False
    for k in range(at + 1, min(len(words), at + _LONGEST_STATE)):
        word = words[k]
        if in_class(word, "be", "have"):
            return k > at + 1
        closed = in_class(word, "prepositions", "coordinators", "subordinators") and k == at + 1
        if closed or word.type is not LexemeType.WORD or word.lower in word_set("syntax", "times") or is_adverb(word):
            return False
    return False
