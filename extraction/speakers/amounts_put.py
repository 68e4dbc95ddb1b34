"""Tells who sets or reckons an amount: "put the loss at $5 million", "the 200,000 gain that economists forecast"."""

from extraction.speakers.noun_phrases import Range
from extraction.speakers.phrases_behind import phrase_after
from extraction.text.lexemes import Lexeme, LexemeType
from extraction.text.money_signs import MONEY_SIGNS
from extraction.text.numeral import is_numeral
from extraction.text.word_classes import in_class, is_verb
from extraction.text.words import word_set

_TO_AT = 16  # lexemes of "put the likely bill for repairs to the bridge at"
_NEAR = 4  # lexemes of "closer to $900"
_AMOUNT = 8  # lexemes of "the 200,000 gain" in front of "economists had forecast"
_TO_BY = 12  # lexemes of "put at between $4 million and $5 million by"


def puts_at_amount(words: list[Lexeme], at: int) -> bool:
    """Whether the verb at ``at`` puts something at an amount:
    "put the cost at $5 million", "puts the figure closer to 900"; not in "put 300 jobs at risk", "put the house on
    the market at $2m"."""
    elsewhere = word_set("attribution", "put_at")
    for k in range(at + 1, min(len(words) - 1, at + _TO_AT)):
        if words[k].lower == "at" and words[k + 1].lower not in elsewhere and not _is_place(words, k + 1):
            return any(_is_amount(word) for word in words[k + 1 : k + _AMOUNT])
        if words[k].lower in word_set("attribution", "put_near"):
            return any(is_numeral(word) for word in words[k + 1 : k + _NEAR])
        if words[k].lower in word_set("attribution", "put_away"):
            return False
    return False


def _is_amount(word: Lexeme) -> bool:
    """Whether the word opens an amount behind "at", or a quotation:
    "at 40 per cent", "at almost double that", 'at "maybe one in five"'; not in "at dawn"."""
    return is_numeral(word) or word.text == '"' or word.lower in word_set("attribution", "amounts_put")


def _is_place(words: list[Lexeme], at: int) -> bool:
    """Whether a place and no amount stands there: "put his flat at Moor End on the market"; not "at Rs 600 crore"."""
    return words[at].capitalised and not any(is_numeral(word) for word in words[at : at + 3])


def put_by(words: list[Lexeme], at: int) -> tuple[int, Range] | None:
    """Where the amount ends, and who sets it, in "was put at $30 million by the insurer"; None in other phrases."""
    if words[at].lower not in word_set("attribution", "put_by") or at + 2 >= len(words) or words[at + 1].lower != "at":
        return None
    for by in range(at + 3, min(len(words) - 1, at + _TO_BY)):
        if words[by].lower == "by":
            who = words[by + 1]
            plain = who.type is LexemeType.WORD and not is_numeral(who) and who.lower not in word_set("syntax", "times")
            number = any(is_numeral(word) for word in words[at + 2 : by])
            speaker = phrase_after(words, by + 1) if plain and number else None
            return None if speaker is None or who.lower.endswith("ing") else (by, speaker)
        if words[by].text in {",", ";", '"'} or is_verb(words, by) or in_class(words[by], "subordinators"):
            return None
    return None


def amount_in_front(words: list[Lexeme], subject: Range, verb: int) -> Range | None:
    """Where the amount starts and where who reckons does, or None: "below the 3.1% drop economists had forecast"."""
    forecast = words[subject[1] - 1].lower in word_set("cues", "forecasters", "market_views")
    if not forecast or words[verb].lower not in word_set("cues", "expected_by_others"):
        return None
    behind = verb + (2 if words[verb].lower in {"pencilled", "penciled"} else 1)
    goes_on = words[behind].lower if behind < len(words) and in_class(words[verb - 1], "have") else ""
    plain = goes_on not in {"by", "and", "but", "for"}  # "the $3 billion analysts had expected by a tenth"
    if plain and behind < len(words) and words[behind].type in (LexemeType.WORD, LexemeType.NUMBER):
        return None
    who = subject[1] - 1
    while who > subject[0] and words[who - 1].type is LexemeType.WORD and words[who - 1].capitalised:
        who -= 1
    if who > subject[0] and words[who - 1].lower == "the" and words[who].lower in word_set("cues", "market_views"):
        who -= 1  # "the $1.2 billion the market had expected"
    start, number = _amount_before(words, who)
    counted = any(words[at].is_number for at in range(*subject))
    opened = number and words[start].lower == "the"
    return (start if opened else subject[0], who) if opened or counted else None


def names_amount(words: list[Lexeme], subject: Range) -> bool:
    """Whether the clause of a pronoun only tells which amount it is: "up from the eight it announced in March, and"."""
    if subject[0] < 2 or not in_class(words[subject[0]], "subject_pronouns"):
        return False
    the, number = words[subject[0] - 2], words[subject[0] - 1]
    return the.lower == "the" and (is_numeral(number) or number.lower == "dozen")


def foreseen_by(words: list[Lexeme], verb: int) -> tuple[int, Range] | None:
    """Where the amount starts and who reckons it so, in "above the $24.3 billion expected by analysts".

    None in other phrases, and where "than" compares: the gap of "3% more than forecast by analysts" is nobody's.
    """
    foreseen = words[verb].lower in word_set("cues", "expected_by_others")
    if not foreseen or verb + 1 >= len(words) or words[verb + 1].lower != "by":
        return None
    end = next((at for at in range(verb + 2, min(len(words), verb + _FORESEERS)) if _foresees(words[at])), None)
    start, number = _amount_before(words, verb)
    if end is None or not number or any(is_verb(words, at) for at in range(start, verb)):
        return None
    return start, (verb + 2, end + 1)


def _amount_before(words: list[Lexeme], end: int) -> tuple[int, bool]:
    """Where the amount in front of lexeme ``end`` starts, at its "the" if it has one, and whether it has a number."""
    start, number = end, False
    while start > max(0, end - _AMOUNT) and not _ends_amount(words[start - 1]):
        start -= 1
        number = number or words[start].is_number
        if number and words[start].lower == "the":
            break
    return start, number


def _foresees(word: Lexeme) -> bool:
    return word.lower in word_set("cues", "forecasters", "market_views")


_FORESEERS = 6  # lexemes of "by most City analysts"


def _ends_amount(word: Lexeme) -> bool:
    """Whether a word stands outside of "the 200,000 gain", towards the left."""
    if word.lower == "per":
        return False  # "the 0.3 per cent expected by analysts"
    between = word.type is LexemeType.SYMBOL and word.text not in MONEY_SIGNS and word.text not in {"%", "-", "."}
    return between or word.type is LexemeType.BREAK or in_class(word, "prepositions", "coordinators", "subordinators")
