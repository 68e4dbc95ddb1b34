"""Tells verbs from nouns behind a number: "About 50 needed treatment", "two banks cut the rate", "of four needs"."""

from collections.abc import Sequence

from extraction.text.change_words import change_words
from extraction.text.lexemes import Lexeme, LexemeType
from extraction.text.money_signs import MONEY_SIGNS
from extraction.text.nouns import is_plural, nouns, stops_phrase
from extraction.text.numeral import vocabulary
from extraction.text.shades import SHADES
from extraction.text.word_classes import in_class
from extraction.text.words import word_set

_LONGEST_NUMERAL = 4  # lexemes
_LONGEST_BOUND = 8  # lexemes of a number with the words that bound it
_TO_OBJECT = 4  # lexemes, the verb and its object included: "received urgent hospital treatment"
_LED = word_set("grammar", "definites") | {"to", "into", "onto", "a"}  # "packed the square", not "packed halls"
_OPENS_CLAUSE = word_set("counts", "people_clause_openers") | word_set("attribution", "say")


def people_meet(lexemes: Sequence[Lexeme], i: int) -> bool:
    """Whether the number that ends before lexeme ``i`` opens a clause and meets with what only people meet with.

    Verbs and objects are pairs of lists, because each verb may stand in front of a noun as a participle too:
    "12 required surgery", but "12 required documents".
    """
    if i >= len(lexemes) or lexemes[i].lower not in word_set("cues", "people_meet", "people_fill", "people_cast"):
        return False
    return meets([lexeme.lower for lexeme in lexemes[i : i + _TO_OBJECT]]) and _opens_clause(lexemes, i)


def meets(words: Sequence[str]) -> bool:
    """Whether these lower-case words begin with a verb and its object that only people meet with."""
    if not words:
        return False
    verb, objects = words[0], words[1:_TO_OBJECT]
    for verbs, met in (("people_meet", "met_by_people"), ("people_cast", "cast_by_people")):
        if verb in word_set("cues", verbs) and not word_set("cues", met).isdisjoint(objects):
            return True
    if verb not in word_set("cues", "people_fill") or not objects or objects[0] not in _LED:
        return False
    return not word_set("counts", "filled_by_people").isdisjoint(objects[1:])


def _opens_clause(lexemes: Sequence[Lexeme], i: int) -> bool:
    first = max(-1, i - 1 - _LONGEST_BOUND)
    for at in range(i - 1, first, -1):
        lexeme = lexemes[at]
        if lexeme.lower in _OPENS_CLAUSE:
            return True
        if not (lexeme.is_number or lexeme.lower in SHADES or _is_numeral(lexeme.lower)):
            if lexeme.type is LexemeType.WORD:
                return _is_scene(lexemes, at)
            return lexeme.text != "-" and lexeme.text not in MONEY_SIGNS
    return first < 0


def _is_scene(lexemes: Sequence[Lexeme], last: int) -> bool:
    """Whether a phrase that opens the sentence ends at ``last``: "Among those on the drug 412 suffered a stroke"."""
    opens = lexemes[0].lower in _SCENES and last < _LONGEST_SCENE
    return opens and all(lexeme.type is LexemeType.WORD for lexeme in lexemes[: last + 1])


_SCENES = frozenset(("among", "of", "in"))
_LONGEST_SCENE = 12  # lexemes


def _is_numeral(word: str) -> bool:
    tables = ("cardinals", "magnitudes", "vague", "vague_multipliers")
    return word == "a" or any(word in vocabulary()[table] for table in tables)


def part_acts(lexemes: Sequence[Lexeme], i: int) -> bool:
    """Whether a part of a whole acts at ``i``: "Of the 50 firms surveyed, 31 reported higher costs".

    Not in "Of the 50 homes, 31 furnished flats were let", where what is counted has another verb.
    """
    if i + 1 >= len(lexemes) or lexemes[0].lower != "of" or lexemes[i + 1].type is not LexemeType.WORD:
        return False
    if not lexemes[i].lower.endswith("ed") or not any(lexeme.text == "," for lexeme in lexemes[max(0, i - 3) : i - 1]):
        return False
    behind = i + 1
    while behind < len(lexemes) and lexemes[behind].type is LexemeType.WORD and not stops_phrase(lexemes, behind):
        behind += 1
    other = behind < len(lexemes) and in_class(lexemes[behind], "present", "past", "modals", "be", "have")
    return not other


def is_verb_of_group(lexemes: Sequence[Lexeme], i: int, noun: int) -> bool:
    """Whether a group has its verb behind the number: "a family of four needs £48,000", "the town of 3,200 lies"."""
    shares = noun == i < len(lexemes) and lexemes[i].lower == "shares"  # "a family of five shares two rooms"
    if noun != i or not (shares or lexemes[noun].lower in word_set("syntax", "verbs_like_nouns")):
        return False
    k = i - 1
    while k > 1 and i - k <= _LONGEST_NUMERAL and (lexemes[k].is_number or _is_numeral(lexemes[k].lower)):
        k -= 1
    if k < 1 or lexemes[k].lower != "of":
        return False
    settled = lexemes[k - 1].lower in word_set("cues", "settlements") and lexemes[noun].lower != "houses"
    grouped = lexemes[k - 1].lower in nouns()["groups"]
    return settled or (grouped and not (shares and lexemes[k - 1].lower in ("group", "groups", "batch", "board")))


def follows_steps(lexemes: Sequence[Lexeme], i: int, noun: int) -> bool:
    """Whether ``noun`` is the verb of the steps in front: "Turning it from 21 to 19 saves money".

    Also in "The switch from two to three needs time".
    Not in "The fall from 40 to 30 seats hurt the party", "the rise from 12 to 14 posts".
    """
    if noun != i or lexemes[noun].lower not in word_set("syntax", "verbs_like_nouns") or noun + 1 >= len(lexemes):
        return False
    behind = lexemes[noun + 1]
    led = in_class(behind, "articles", "determiners")
    if behind.type is not LexemeType.WORD or not (led or not stops_phrase(lexemes, noun + 1)):
        return False
    if not led and (in_class(behind, "past", "present", "modals") or behind.lower.endswith(("ed", "ing", "ly"))):
        return False
    k = i - 1
    while k > 0 and i - k <= _LONGEST_BOUND and (lexemes[k].is_number or _is_numeral(lexemes[k].lower)):
        k -= 1
    start = max(0, k - _LONGEST_BOUND)
    words = [lexeme.lower for lexeme in lexemes[start : k + 1]]
    opens = start == 0 and (words[0].endswith("ing") or words[0] in word_set("grammar", "articles"))
    return opens and words[-1] == "to" and "from" in words[-_LONGEST_NUMERAL:]


def expect_it(lexemes: Sequence[Lexeme], i: int, noun: int) -> bool:
    """Whether who expected the number stands behind it: "short of the 430,000 analysts had expected"."""
    before = i - 1
    while before > 0 and lexemes[before].lower != "the" and i - before < _LONGEST_NUMERAL:
        before -= 1
    if before < 1 or lexemes[before].lower != "the" or lexemes[before - 1].type is not LexemeType.WORD:
        return False
    verb = noun + 1
    while verb < len(lexemes) and lexemes[verb].lower in word_set("grammar", "have"):
        verb += 1
    if verb >= len(lexemes):
        return False
    forecaster = lexemes[noun].lower in word_set("cues", "forecasters")
    if not forecaster and verb == noun + 1:
        return False
    expected = lexemes[verb].lower in word_set("cues", "expected_by_others")
    if not expected or verb + 1 >= len(lexemes) or lexemes[verb + 1].type is not LexemeType.WORD:
        return expected
    return forecaster and lexemes[verb + 1].lower in word_set("grammar", "prepositions", "coordinators")


def acts(lexemes: Sequence[Lexeme], words: Sequence[int], *, one: bool) -> bool:
    """Whether the last word is the verb of what is counted: "One dose cut the risk", "two banks cut their rates"."""
    if len(words) < 2 or words[-1] + 1 >= len(lexemes):
        return False
    noun, verb, behind = lexemes[words[-2]].text, lexemes[words[-1]], lexemes[words[-1] + 1]
    agrees = not is_plural(noun) if one else is_plural(noun) and not is_plural(verb.text)
    acts = verb.lower in change_words().verbs and behind.lower in word_set("grammar", "articles")
    return acts and agrees and words[-1] == words[-2] + 1
