"""What somebody moves: "cut its growth outlook", "trimmed its forecast for growth"; and what moves nothing at all."""

import itertools
from collections.abc import Sequence

from extraction.changes.adjuncts import is_year
from extraction.claims import Kind
from extraction.text.change_words import change_words
from extraction.text.index_names import names_index
from extraction.text.lexemes import Lexeme, LexemeType, at
from extraction.text.nouns import counts_following, is_person, is_plural, nouns
from extraction.text.surfaces import HYPHENS
from extraction.text.word_classes import in_class, is_auxiliary
from extraction.text.words import word_set

_LONGEST_OBJECT, _LONGEST_FORECAST = 9, 4
_LEVEL_AHEAD = 8  # lexemes from "from" to the "to" of the other end
_FORECASTS = word_set("syntax", "forecasts") | word_set("attribution", "sources")


def verb_of_object(lexemes: Sequence[Lexeme], k: int) -> str | None:
    """The verb of change whose object holds the noun at lexeme ``k``: "cut" of "cut its growth outlook"."""
    for position in range(k - 1, max(-1, k - _LONGEST_OBJECT), -1):
        word = lexemes[position]
        if _of_chances(lexemes, position):
            continue
        if word.lower in change_words().verbs and word.lower not in ("up", "down"):
            described = position > 0 and in_class(lexemes[position - 1], "articles")  # "the reduced growth"
            return None if described else word.lower
        if in_class(word, "determiners"):
            verb = at(lexemes, position - 1)
            return verb if verb in change_words().verbs and verb not in ("up", "down") else None
        plain = word.type is LexemeType.WORD and word.lower not in nouns()["stops"] and not is_auxiliary(word)
        plain = plain or is_year(word.text)  # "trimmed its 2026 growth forecast to 4.6%"
        planned = position > 0 and in_class(lexemes[position - 1], "determiners")  # "lowered the planned increase"
        if not (plain or word.text in HYPHENS) or (in_class(word, "past") and not planned):
            return None
    return None


def _of_chances(lexemes: Sequence[Lexeme], k: int) -> bool:
    """Whether lexeme ``k`` is of "chances of a" in "raised the chances of a cut to 65 per cent": they are raised."""
    of = next((of for of in (k - 1, k, k + 1) if at(lexemes, of) == "of"), -1)
    return of > 0 and at(lexemes, of - 1) in word_set("changes", "chances")


def moves_forecast(lexemes: Sequence[Lexeme], k: int) -> bool:
    """Whether the word at ``k``, in front of "by", is a forecast that a verb moves.

    As in "lowered its growth forecast by half a point".
    """
    return lexemes[k].lower.removesuffix("s") in _FORECASTS and verb_of_object(lexemes, k) is not None


def is_forecast(lexemes: Sequence[Lexeme], k: int) -> bool:
    """Whether the noun of change says of what somebody moves a forecast: "its forecast for global growth"."""
    first = max(0, k - _LONGEST_FORECAST)
    return any(
        lexemes[place].lower == "for" and lexemes[place - 1].lower in word_set("syntax", "forecasts")
        for place in range(max(1, first), k)
    )


def cuts_off(lexemes: Sequence[Lexeme], k: int) -> bool:
    """Whether what homes get is cut off, so that nothing is fewer: "Power was cut to 12,000 homes"."""
    if lexemes[k].lower not in ("cut", "cuts", "cutting", "lost", "losing"):
        return False
    supplies = word_set("changes", "supplies")
    if at(lexemes, k + 1) in supplies and at(lexemes, k + 2) in ("to", "from"):
        return True  # "cut power to 12,000 homes", but "cut power prices to 12 cents"
    k -= 1
    while k > 0 and lexemes[k].lower in word_set("grammar", "be", "have", "modals"):
        k -= 1
    return k >= 0 and lexemes[k].lower in supplies


def gets_from(lexemes: Sequence[Lexeme], position: int, end: int, kind: Kind) -> bool:
    """Whether the "from" at ``position`` says who gives, or where somebody is from, and no earlier level.

    As in "raised $20m from two investors", "cut off supplies from nine villages".
    "cut its stores from 40 shops to 12" says to what, and "cut from 40 shops" has nothing in between.
    """
    if kind is not Kind.COUNT or not counts_following(lexemes, end):
        return False
    ahead = lexemes[end : end + _LEVEL_AHEAD]
    levelled = any(a.lower == "to" and b.is_number for a, b in itertools.pairwise(ahead))
    before = at(lexemes, position - 1)
    if levelled or before in change_words().verbs or before in change_words().nouns:
        return False
    if is_plural(before) and (is_person(before) or before.endswith(_PERSONS)):
        return True  # "boosted by buyers from 12 states"
    near = lexemes[max(0, position - _LEVEL_AHEAD) : position]
    return any(word.lower in change_words().objects - {"up", "down", "loss"} for word in near)


_PERSONS = tuple(f"{ending}s" for ending in word_set("cues", "endings_of_persons"))


def loses_of_own(lexemes: Sequence[Lexeme], verb: int, end: int) -> bool:
    """Whether the share that the verb takes is one of what somebody or something has itself.

    As in "lost a third of its value", "shed half their staff"; not "lost half of their games".
    """
    if lexemes[verb].lower not in word_set("changes", "lessened"):
        return False
    owner = end + (at(lexemes, end) == "of")
    owned = [lexeme.lower for lexeme in lexemes[owner + 1 : owner + 4]]
    return at(lexemes, owner) in word_set("changes", "owners_of_shares") and word_set(
        "changes", "won_or_lost"
    ).isdisjoint(owned)


def loses_to(lexemes: Sequence[Lexeme], verb: int, end: int) -> bool:
    """Whether so much goes all the time to what "to" names, so that nothing is less than before.

    As in "loses 38% of its water to leaks"; not "could lose 5% of its vote to rivals".
    """
    if in_class(lexemes[verb - 1], "modals") or lexemes[verb - 1].lower == "to":
        return False
    return any(lexeme.lower == "to" for lexeme in lexemes[end + 2 : end + _LEVEL_AHEAD])


def drops_things(lexemes: Sequence[Lexeme], verb: int, end: int, kind: Kind) -> bool:
    """Whether the verb does something to things, and nothing is fewer by what is done to them.

    As in "dropped four charges", "sunk 19 boreholes", "sank $40m into".
    Not in "sank 12 places", "sank below 40 seats". Nor is more of what somebody grows: "Farmers grew 40 tonnes of rye".
    """
    if lexemes[verb].lower in word_set("changes", "yields") and _who_does(lexemes, verb):
        return kind is Kind.COUNT or (kind in (Kind.MASS, Kind.VOLUME) and at(lexemes, end) == "of")
    if lexemes[verb].lower in word_set("changes", "sinks"):
        sunk = kind is Kind.COUNT and at(lexemes, end).removesuffix("s") not in word_set("changes", "ranks")
        sunk = sunk and at(lexemes, verb + 1) not in word_set("cues", "level_bounds", "level_shades")
        return sunk or (kind is Kind.MONEY and at(lexemes, end) == "into")
    if kind is not Kind.COUNT or lexemes[verb].lower not in word_set("changes", "drops"):
        return False
    return any(lexeme.lower in word_set("changes", "dropped") for lexeme in lexemes[end : end + 3])


def _who_does(lexemes: Sequence[Lexeme], verb: int) -> bool:
    """Whether a person or those who grow things stand in front of the verb: "She has grown", "My neighbour grew"."""
    k = verb - 1
    while k > 0 and is_auxiliary(lexemes[k]):
        k -= 1
    who = lexemes[k]
    pronoun = in_class(who, "subject_pronouns") and who.lower not in ("it", "one", "who", "they")
    return k >= 0 and (pronoun or is_person(who.lower) or who.lower in word_set("changes", "growers"))


def scores(lexemes: Sequence[Lexeme], verb: int, kind: Kind) -> bool:
    """Whether somebody adds points to a score: "Jones added 12 points"; "The Nasdaq added 45 points" moves."""
    if kind is not Kind.INDEX or lexemes[verb].lower not in word_set("cues", "adders") or verb < 1:
        return False
    player = lexemes[verb - 1]
    somebody = player.lower in ("he", "she", "who") or (player.capitalised and player.type is LexemeType.WORD)
    traded = any(
        word.lower in word_set("cues", "markets", "traded") for word in lexemes[max(0, verb - _LEVEL_AHEAD) : verb]
    )
    return somebody and not traded and not names_index(lexemes, verb)


def grows_at(lexemes: Sequence[Lexeme], position: int, start: int, end: int, kind: Kind) -> str | None:
    """The direction of "grew at an annual rate of 4%", "expanded at a 2.8% annualised pace"; ``position``: of "at"."""
    if kind is not Kind.PERCENT or position < 1:
        return None
    rates = word_set("changes", "growth_rates")
    behind = at(lexemes, end + (at(lexemes, end) in word_set("changes", "growth_periods")))
    if behind not in rates and not any(lexeme.lower in rates for lexeme in lexemes[position:start]):
        return None
    verb = lexemes[position - 1].lower
    return None if verb in ("up", "down") else change_words().verbs.get(verb)
