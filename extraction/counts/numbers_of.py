"""What a bare number counts in "The number of traders on board rose to 65" and "Visitor numbers fell to 31m"."""

from collections.abc import Sequence
from functools import cache

from extraction.changes.adverbs import steps_count
from extraction.counts.counted_nouns import counted_noun
from extraction.quantity.amount import Amount
from extraction.quantity.counted_noun import CountedNoun
from extraction.text.change_words import change_words
from extraction.text.lexemes import Lexeme, LexemeType
from extraction.text.nouns import is_plural, noun_follows, nouns, singular
from extraction.text.words import word_set

_REACH = 16  # lexemes from "the number of" to the number
_LINKS = word_set("counts", "number_links")
_SHADES = word_set("counts", "number_shades")
_CLAUSE_BREAKS = frozenset((";", "while", "whereas", "but", "because", "although", ".", ":"))
_LONGEST_SUBJECT = 8  # lexemes
_BEHIND = ["the", "number", "of"]
_ARTICLES = word_set("grammar", "articles")
_SEVERAL = word_set("counts", "vague_number_leaders")
_QUALITIES, _PLACES = word_set("counts", "number_qualities"), word_set("cues", "places_of_people")


_BOUNDS = word_set("cues", "level_bounds")
_LEVELS = _BOUNDS | {"to", "at"}


def tally_moved(lexemes: Sequence[Lexeme], amount: Amount, lead: int) -> str | None:
    """The singular of what a whole number counts by its verb: "Jobless claims fell 6,000 to 219,000"; else None.

    ``lead`` is the lexeme in front of the amount, past words that bound it.
    """
    lead = _past_level(lexemes, lead)
    if [word.lower for word in lexemes[max(0, lead - 1) : lead + 1]] == ["seasonally", "adjusted"]:
        lead -= 2 if lexemes[lead - 2].lower not in _ARTICLES else 3
    if lead > 0 and lexemes[lead].lower in _LEVELS:
        lead -= 1
    if lead < 1 or not amount.whole:
        return None
    if steps_count(lexemes, amount):
        lead = amount.start - 1  # "Road deaths are up 14 on last year"
    level = lexemes[lead + 1].lower in _LEVELS  # "fell by 6,000 to 219,000", "fell below 23 million"
    if not (level or lexemes[lead].lower in _LINKS or lexemes[lead].lower in _moving()):
        return None
    for verb in range(lead, max(0, lead - _REACH), -1):
        word = lexemes[verb]
        if word.lower in _CLAUSE_BREAKS or (word.type is LexemeType.SYMBOL and word.text not in "-,"):
            return None
        if word.lower in _moving():
            return _tally_in_front(lexemes, verb)
    return None


def _past_level(lexemes: Sequence[Lexeme], lead: int) -> int:
    """Where "a high of" begins, less one: "fell to 1,100 from a high of 48,000"; else ``lead`` itself."""
    if lead < 2 or lexemes[lead].lower != "of" or lexemes[lead - 1].lower not in word_set("cues", "levels_of_counts"):
        return lead
    k, shades = lead - 2, word_set("cues", "level_fillers") | word_set("grammar", "definites")
    while k > max(0, lead - _LONGEST_LEVEL) and lexemes[k].lower in shades:
        k -= 1
    return k


_LONGEST_LEVEL = 7  # lexemes: "an all-time high of"


def _tally_in_front(lexemes: Sequence[Lexeme], verb: int) -> str | None:
    """The singular of the tally in front of a verb, or None: "New applications for mortgages jumped"."""
    for at in range(verb - 1, max(-1, verb - _LONGEST_SUBJECT), -1):
        word = lexemes[at]
        if word.type is not LexemeType.WORD or word.lower in _CLAUSE_BREAKS or word.lower == "and":
            return None
        if word.lower in word_set("cues", "tallied"):
            led = at + 1 < verb and lexemes[at + 1].lower in word_set("grammar", "prepositions")
            plain = all(_shades(lexeme) for lexeme in lexemes[at + 1 : verb])
            return singular(word.lower) if led or plain else None
    return None


def _shades(word: Lexeme) -> bool:
    """Whether a word may stand between a subject and its verb: "have sharply"."""
    shades = word.lower in word_set("counts", "tally_shades") or word.lower.endswith("ly")
    return shades or word.lower in word_set("grammar", "have", "modals", "adverbs", "be")


@cache
def _moving() -> frozenset[str]:
    """Verbs in front of a tally's level or step: "rose", "hit", "totalled"."""
    return (
        frozenset(change_words().verbs)
        | _LINKS - {"to", "at", "from", "by", "is", "was", "be"}
        | {"totalled", "totaled"}
    )


def number_of(lexemes: Sequence[Lexeme], amount: Amount, lead: int) -> CountedNoun | None:
    """The noun that a whole number counts by "number of" or "numbers" in front of it in its clause, or None.

    ``lead`` is the lexeme in front of the amount, past words that bound it.
    """
    lead = _past_level(lexemes, lead)
    while lead > 0 and (lexemes[lead].lower in _SHADES or lexemes[lead].lower in _BOUNDS):
        lead -= 1
    if lead < 0 or not amount.whole:
        return None
    before = lexemes[lead - 1] if lead > 0 else None
    ahead = [word.lower for word in lexemes[amount.end : amount.end + 4]]
    if lexemes[amount.start - 1].lower == "at" and ahead == [",", *_BEHIND]:
        return counted_noun(lexemes, amount.end + 3, None)  # "At 1.8 million, the number of children in need"
    if (
        lexemes[amount.start - 1].lower in _LINKS
        and [word.lower for word in lexemes[amount.end : amount.end + 3]] == _BEHIND
    ):
        return counted_noun(lexemes, amount.end + 2, None)  # "bringing to 11 the number of victims"
    if lexemes[lead].lower == "number" and before is not None and is_plural(before.text):
        return CountedNoun(lead - 1, lead, singular(before.lower))  # "Black rhinos number about 200"
    if lexemes[lead].lower in ("of", ",") and lead and lexemes[lead - 1].lower == "population":
        return _noun_at(lexemes, lead - 1)
    if lexemes[lead].lower not in _LINKS and lexemes[lead + 1].lower not in _LINKS | _LEVELS:
        return None
    for number in range(lead, max(-1, lead - _REACH), -1):
        noun = _noun_at(lexemes, number)
        if noun is not None:
            return noun if _same_clause(lexemes[max(noun.end, number) + 1 : lead]) else None
    return None


def number_in_front(lexemes: Sequence[Lexeme], end: int) -> CountedNoun | None:
    """The noun of "The number of detainees reached 560, of whom 90": counted in the clause that ends before ``end``."""
    for k in range(end - 1, max(-1, end - _REACH), -1):
        if lexemes[k].lower in _CLAUSE_BREAKS:
            return None
        if (noun := _noun_at(lexemes, k)) is not None:
            return noun
    return None


def _noun_at(lexemes: Sequence[Lexeme], number: int) -> CountedNoun | None:
    before = lexemes[number - 1] if number else None
    if lexemes[number].lower == "population":
        return CountedNoun(number, number + 1, _inhabitant(before))
    if lexemes[number].lower == "number" and lexemes[number + 1].lower == "of":
        several = before is not None and before.lower in _SEVERAL
        return None if several else counted_noun(lexemes, number + 1, None) or _people_at(lexemes, number + 2)
    if lexemes[number].lower != "numbers" or before is None or before.type is not LexemeType.WORD:
        return None
    named = before.capitalised and number > 1  # "Covid numbers", but "Visitor numbers fell"
    if named or before.lower in nouns()["stops"] or before.lower in _QUALITIES | _PLACES:
        return None
    return CountedNoun(number - 1, number, singular(before.lower))


def _people_at(lexemes: Sequence[Lexeme], k: int) -> CountedNoun | None:
    """People for a word of what befell them, or None: "The number of injured was 340", "the number of the dead"."""
    k += k < len(lexemes) and lexemes[k].lower == "the"
    people = k < len(lexemes) and lexemes[k].lower in nouns()["person_words"] and not noun_follows(lexemes, k + 1)
    return CountedNoun(k, k + 1, "person") if people else None


def _inhabitant(before: Lexeme | None) -> str:
    """What a population is made of: of "the deer population" deer, else people."""
    if before is None or before.type is not LexemeType.WORD or before.capitalised:
        return "person"
    known = before.lower in nouns()["stops"] or before.lower.endswith(("'s", "’s")) or before.lower in _QUALITIES
    return "person" if known or before.lower in word_set("counts", "of_population") else singular(before.lower)


def _same_clause(between: Sequence[Lexeme]) -> bool:
    """Whether no other clause opens in ``between``, nor a second one by "and" behind a number."""
    counted = False
    for lexeme in between:
        counted = counted or lexeme.type is LexemeType.NUMBER
        if lexeme.lower in _CLAUSE_BREAKS or (counted and lexeme.lower == "and"):
            return False
    return True
