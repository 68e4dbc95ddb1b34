"""Numbers of those that stand elsewhere or are told by what they do alone: "Of these, 412 passed", "11 of whom"."""

from collections.abc import Sequence

from extraction.counts.people import lead
from extraction.counts.verbs_behind import part_acts
from extraction.quantity.group import Group
from extraction.text.lexemes import Lexeme, LexemeType, at
from extraction.text.nouns import is_person, is_plural, looks_past, noun_follows, peoples, singular
from extraction.text.numeral import is_numeral
from extraction.text.word_classes import in_class, is_auxiliary
from extraction.text.words import word_set

_THOSE = ("these", "those", "them")
_REST = ("rest", "remainder", "others")
_LONGEST = 10  # lexemes of "Of those who sat the exam,"


def of_those(lexemes: Sequence[Lexeme], group: Group) -> bool:
    """Whether the number counts "those": "Of these, 5,127, or 27 per cent, passed", "Of those on it, 112 fell ill".

    Also in "Of the 200 screened", "Of the rest, 12 concerned rent" and "Of the team, two scored goals".
    """
    amount, k = group.last, lead(lexemes, group)
    if not amount.whole or lexemes[0].lower != "of":
        return False
    rest = at(lexemes, 1) == "the" and at(lexemes, 2) in _REST
    if lexemes[1].lower == "the" and not rest:
        acts = _opens_with_whole(lexemes, k) and part_acts(lexemes, amount.end)
        return acts or (k == 1 and looks_past(at(lexemes, amount.end)))
    told = (rest or lexemes[1].lower in _THOSE) and 2 <= k <= _LONGEST and lexemes[k].text == ","
    return told and (part_acts(lexemes, amount.end) or not noun_follows(lexemes, amount.end))


def _opens_with_whole(lexemes: Sequence[Lexeme], comma: int) -> bool:
    """Whether "Of the" and a noun without a number stand in front of the comma: "Of the team,"."""
    opens = 3 <= comma <= _LONGEST and lexemes[comma].text == ","
    return opens and all(lexeme.type is LexemeType.WORD and not is_numeral(lexeme) for lexeme in lexemes[:comma])


def for_every(lexemes: Sequence[Lexeme], group: Group) -> bool:
    """Whether the number behind "every" counts others: "one death is prevented for every 200 treated"."""
    before = (at(lexemes, lead(lexemes, group)), at(lexemes, group.first.start - 1))
    return "every" in before and group.last.whole and looks_past(at(lexemes, group.last.end))


_LONGEST_PHRASE = 8  # lexemes of "small makers of car tyres in northern Malaysia"
_AGENTS = ("ers", "ors", "ists", "ians", "eers")


def whom_in_front(lexemes: Sequence[Lexeme], comma: int) -> str | None:
    """The singular of the plural in front of the comma, or of what it is a part of: "makers of tyres, 11 of whom"."""
    if comma < 1 or lexemes[comma].text != ",":
        return None
    near: str | None = None
    led = False
    for k in range(comma - 1, max(-1, comma - 1 - _LONGEST_PHRASE), -1):
        word = lexemes[k]
        if word.type is not LexemeType.WORD or _is_verb(word):
            break
        if in_class(word, "prepositions"):
            led = True
        elif _is_plural_noun(word) and (k == comma - 1 or led):
            if _may_act(word.lower):
                return singular(word.text)
            near = singular(word.text) if k == comma - 1 else near
    return None if led else near


def _is_verb(word: Lexeme) -> bool:
    return looks_past(word.lower) or is_auxiliary(word) or in_class(word, "past", "present", "subject_pronouns")


def _is_plural_noun(word: Lexeme) -> bool:
    plain = word.text.islower() or word.lower in peoples()
    return plain and is_plural(word.text) and not in_class(word, "determiners")


def _may_act(noun: str) -> bool:
    """Whether "whom" stands for such a plural wherever it stands: "nurses", "makers", "firms"."""
    return is_person(noun) or noun.endswith(_AGENTS) or noun in peoples() or noun in word_set("counts", "acting_groups")
