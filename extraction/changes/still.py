"""Tells amounts beside a verb of change that change nothing: "sank 12 miles off", "can lift 40 tonnes"."""

from collections.abc import Sequence

from extraction.claims import Kind
from extraction.text.change_words import change_words
from extraction.text.lexemes import Lexeme, LexemeType, at
from extraction.text.nouns import counts_following, is_person, is_plural, noun_follows, nouns
from extraction.text.numeral import is_numeral
from extraction.text.words import word_set

_REACH = 14  # lexemes from "and" back to who moves
_STEP_FILLERS = word_set("cues", "step_fillers")
_ARTICLES = word_set("grammar", "articles")
_FAR_OFF = word_set("cues", "far_off")
_DROPS = word_set("changes", "drops")
_MEASURES_OF_THINGS = frozenset((Kind.LENGTH, Kind.AREA, Kind.VOLUME, Kind.MASS, Kind.OTHER))  # "a 45-degree slope"


def is_still(lexemes: Sequence[Lexeme], start: int, end: int, kind: Kind) -> bool:
    """Whether the amount at lexemes ``start:end`` says when or where something is or goes, and not how it changes."""
    if kind is Kind.DURATION:  # "from a year earlier", "sank within 20 minutes"
        return at(lexemes, end) in ("earlier", "ago", "before", "later") or lexemes[start].lower == "within"
    if kind is Kind.PERCENT and lexemes[start].lower == "within":
        return True  # "recovered to within 5 per cent of its peak"
    if kind is Kind.LENGTH and _stands_above(lexemes, start, end):
        return True
    if kind is Kind.LENGTH and (at(lexemes, end) in _FAR_OFF or _rains(lexemes, start) or _placed(lexemes, start, end)):
        return True  # "sank 12 miles off the coast"
    if kind is Kind.LENGTH and at(lexemes, end) in _DIMENSIONS:
        return True  # "a storm surge 1.5 metres high"
    if kind in _CHANCES and _is_likelihood(lexemes, start):
        return True
    if kind is Kind.COUNT and (at(lexemes, start - 1), at(lexemes, end)) == ("at", "of"):
        return True  # "had risen at seven of the past 10 auctions"
    if kind is Kind.COUNT and (_is_tally(lexemes, start, end) or of_results(lexemes, start, end)):
        return True
    times = kind is Kind.COUNT and at(lexemes, end - 1) == "times"
    if times and at(lexemes, start - 2) in _ONE:  # "one drop five times a day"
        return True
    often = kind is Kind.COUNT and (at(lexemes, end - 1) in _OFTEN or at(lexemes, end) == "times")
    if often and at(lexemes, start - 1) in change_words().verbs:  # "Shares fell twice last week"
        return True
    steps = kind is Kind.COUNT and at(lexemes, end) in word_set("changes", "steps_of_heights")
    return (kind is Kind.LENGTH or steps) and _moves_along(lexemes, start)


_CHANCES = frozenset((Kind.PERCENT, Kind.FRACTION))
_LIKELIHOODS = word_set("changes", "likelihoods")
_LONGEST_EVENT = 6  # lexemes of "of an early rate cut"


def _is_likelihood(lexemes: Sequence[Lexeme], start: int) -> bool:
    """Whether the amount says how likely a movement is: "put the odds of a rate cut at about 60 per cent"."""
    k = start - 1
    while k > 0 and lexemes[k].lower in _STEP_FILLERS and lexemes[k].lower != "at":
        k -= 1
    if k < 1 or lexemes[k].lower != "at" or lexemes[k - 1].lower not in change_words().nouns:
        return False
    return any(
        lexemes[of].lower == "of" and lexemes[of - 1].lower in _LIKELIHOODS
        for of in range(k - 1, max(0, k - 1 - _LONGEST_EVENT), -1)
    )


_ONE = ("one", "a", "an")
_OFTEN = ("times", "twice", "thrice")
_DIMENSIONS = word_set("changes", "dimensions")


def _stands_above(lexemes: Sequence[Lexeme], start: int, end: int) -> bool:
    """Whether the amount says how high something stands.

    As in "rises 1,800m above sea level", "rises 90 metres above the square".
    """
    if at(lexemes, end) != "above":
        return False
    return at(lexemes, end + 1) == "sea" or at(lexemes, start - 1) in ("rises", "climbs", "soars")


def _placed(lexemes: Sequence[Lexeme], start: int, end: int) -> bool:
    """Whether the amount tells how far from somewhere it was: "after a crash 15km from the finish"."""
    far = at(lexemes, end) == "from" and at(lexemes, end - 1) in word_set("changes", "long_units")
    k = start - 1
    while k > 0 and lexemes[k].lower in _STEP_FILLERS:
        k -= 1
    return far and k > 0 and lexemes[k].lower in change_words().verbs


def _is_tally(lexemes: Sequence[Lexeme], start: int, end: int) -> bool:
    """Whether votes are counted, of both sides: "approved the increase by 31 votes to 24"."""
    if at(lexemes, start - 1) == "to" and at(lexemes, start - 2) in _VOTES:
        return at(lexemes, start - 4) == "by" and at(lexemes, start - 5) not in change_words().verbs
    tallied = at(lexemes, end) in _VOTES and at(lexemes, end + 1) == "to"
    return tallied and at(lexemes, start - 1) == "by" and at(lexemes, start - 2) not in change_words().verbs


def of_results(lexemes: Sequence[Lexeme], start: int, end: int) -> bool:
    """Whether the number at lexemes ``start:end`` tells games: "dropped six of eight", "won three straight"."""
    if at(lexemes, start - 1) not in word_set("changes", "team_results"):
        return False
    if at(lexemes, end) == "straight":
        return True
    if at(lexemes, end) != "of":
        return False
    k = end + 1
    while k < min(end + 3, len(lexemes)) and lexemes[k].lower in word_set("cues", "spans_of_games"):
        k += 1
    number = k < len(lexemes) and is_numeral(lexemes[k])
    return number and not noun_follows(lexemes, k + 1)


_VOTES = ("vote", "votes")


def happens(noun: str, kind: Kind) -> bool:
    """Whether the number of "a rally of 53 strokes", "an advance of 12 days" says what went on, and how long."""
    return (
        (kind is Kind.COUNT and noun in _MEETINGS)
        or (kind is Kind.LENGTH and noun == "climb")
        or (kind is Kind.DURATION and noun in word_set("changes", "spells"))
    )


_MEETINGS = ("rally", "rallies")


def describes_thing(lexemes: Sequence[Lexeme], start: int, end: int, kind: Kind) -> bool:
    """Whether the amount is the size of what is dropped, lifted or sunk."""
    sized = kind in _MEASURES_OF_THINGS
    return sized and (_sizes_a_thing(lexemes, start, end) or _can_carry(lexemes, start, kind))


def _sizes_a_thing(lexemes: Sequence[Lexeme], start: int, end: int) -> bool:
    """Whether the amount describes or counts what is dropped or sunk.

    As in "drop 1,350kg sandbags", "sink a 20,000 ton ship".
    """
    if counts_following(lexemes, end):
        return True
    if end < len(lexemes) and lexemes[end].lower == "of" and start and lexemes[start - 1].lower in _DROPS:
        return True  # "dropped 20 inches of rain"
    if start == 0 or lexemes[start - 1].lower not in _ARTICLES or end >= len(lexemes):
        return False
    noun = lexemes[end].lower
    plain = lexemes[end].type is LexemeType.WORD and noun not in nouns()["stops"]
    return plain and noun not in change_words().nouns and noun not in change_words().after


def _can_carry(lexemes: Sequence[Lexeme], start: int, kind: Kind) -> bool:
    """Whether somebody is able to move things of that weight or volume.

    As in "can drop 6,000 litres", "able to lift 40 tonnes".
    """
    if kind not in (Kind.VOLUME, Kind.MASS):
        return False
    k = start - 1
    while k > 0 and lexemes[k].lower in _STEP_FILLERS and lexemes[k].lower != "to":
        k -= 1
    lifts = k > 0 and lexemes[k].lower in word_set("changes", "carrying")
    return lifts and (
        lexemes[k - 1].lower == "can" or (lexemes[k - 1].lower == "to" and lexemes[k - 2].lower == "able")
    )


def _rains(lexemes: Sequence[Lexeme], start: int) -> bool:
    """Whether what falls is rain or snow: "isolated falls to 250mm"."""
    k = start - 1
    while k > 0 and (lexemes[k].lower in _STEP_FILLERS or lexemes[k].lower in ("between", "exceeding")):
        k -= 1
    return k > 0 and lexemes[k].lower == "falls" and lexemes[k - 1].lower in word_set("changes", "falls_described")


def _moves_along(lexemes: Sequence[Lexeme], start: int) -> bool:
    """Whether somebody or a vehicle moves so far, and nothing changes its size.

    As in "We slid about 200 metres", "the climber fell 30 metres".
    """
    k = start - 1
    while k > 0 and (lexemes[k].lower in _STEP_FILLERS or lexemes[k].lower == "to"):
        k -= 1
    if k < 1 or lexemes[k].lower not in word_set("changes", "motions"):
        return False
    if lexemes[k].lower in ("dive", "dives", "dived", "dove"):
        return True
    while k > 1 and (lexemes[k - 1].lower in word_set("grammar", "modals", "have") or lexemes[k - 1].lower == "then"):
        k -= 1
    mover = lexemes[k - 1]
    if mover.capitalised and lexemes[k].lower in ("jumped", "jumps", "leapt", "leaped", "leaps"):
        return True  # "Haug jumped 131.5 metres"
    if mover.lower == "and":  # "it veered off the road and fell 60 metres"
        before = lexemes[max(0, k - _REACH) : k - 1]
        return any(lexeme.lower in word_set("changes", "movers") for lexeme in before)
    movers = word_set("changes", "movers")
    return mover.lower in movers or mover.lower.removesuffix("s") in movers or is_person(mover.lower)


def is_doubled(lexemes: Sequence[Lexeme], start: int) -> bool:
    """Whether a verb stands at ``start``: "to double", "could nearly double"; "nearly double the number" compares."""
    k = start - 1
    while k > 0 and lexemes[k].lower in _SHADES_OF_DOUBLE:
        k -= 1
    before = lexemes[k].lower if k >= 0 else ""
    return before in _INFINITIVE_LEADERS or is_plural(before)


def is_infinitive(lexemes: Sequence[Lexeme], i: int) -> bool:
    """Whether the verb of multiplying at ``i`` stands behind "will" or behind the "to" of an intention.

    As in "will double", "plans to more than triple", but not "rose to double".
    """
    k = i - 1
    while k > 0 and (lexemes[k].lower in _SHADES_OF_DOUBLE or lexemes[k].lower.endswith("ly")):
        k -= 1
    if k < 0 or lexemes[k].lower in _WILL:
        return k >= 0
    return lexemes[k].lower == "to" and k > 0 and lexemes[k - 1].lower in _BEFORE_INFINITIVES | _JOINERS


_WILL = word_set("grammar", "modals") | {"not"}
_JOINERS = frozenset(("and", "or"))  # "plans to open 30 shops and to double output"
_BEFORE_INFINITIVES = word_set("syntax", "intentions", "verbs_before_to") | word_set("changes", "before_doubling")
_SHADES_OF_DOUBLE = word_set("changes", "double_shades")
_INFINITIVE_LEADERS = word_set("changes", "infinitive_leaders")
