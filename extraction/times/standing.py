"""Tells amounts that stand still while a clause says what happens: sizes, wholes, and what a change starts from.

Every search looks at a bounded stretch of text.
"""

import re
from functools import cache

from extraction.text.money_signs import MONEY_SIGNS, SIGNS
from extraction.text.numeral import vocabulary
from extraction.text.words import word_set
from extraction.times.clauses import changes

_REACH = 64
_FARTHEST = 300
_LONGEST_WORD = 40
_POSSESSED = ("'s ", "’s ")


def stands_still(text: str, start: int, end: int, between: str, *, before: bool) -> bool:
    """Whether a time is that of what happens, and the claim only the size of a thing or the whole that has a part."""
    if before and between.startswith(_POSSESSED):
        return False  # "one of Friday's 12 raids"
    if _is_size(text, start, end) or _PLACED.match(text, end, end + 3 * _LONGEST_WORD) is not None:
        return True
    if _prices_a_thing(text, start, end):
        return not before and _happens().match(between[:_FARTHEST]) is not None
    in_front = text[max(0, start - _REACH) : start]
    if _LADEN.search(in_front) is not None:
        return True
    match = _WHOLE.search(in_front)
    if match is None or (before and (between == " " or len(match[0]) > len(between))) or _is_rise(text, end):
        return False  # "Sales in the quarter were $40m", "Since the start of the year 16 died", "most of the 2% rise"
    closed = not word_set("times", "finite").isdisjoint(match[0].split())  # "Sales in the shops were $40m"
    if closed:
        return False
    return (before and match[1] in _PARTED) or _happens().match(between[:_FARTHEST]) is not None


# "a crash 4km south of the town": where something is.
_PLACED = re.compile(r"(?<=[a-z]) (?:due )?(?:north|south|east|west)[a-z-]{0,8} of\b")
# "a lorry laden with 24 tonnes jackknifed".
_LADEN = re.compile(
    r"(?<!was )(?<!were )(?<!been )\b(?:laden|loaded|fitted|equipped|furnished) with "
    r"(?:(?:about|some|around|over|nearly) )?$"
)


def _is_rise(text: str, end: int) -> bool:
    """Whether a word of change follows, which is no whole that stands still.

    As in "fuel made up most of the 2% rise in prices".
    """
    behind = _NEXT_WORDS.match(text, end, end + 2 * _LONGEST_WORD)
    return behind is not None and behind[1] in changes()


@cache
def _happens() -> re.Pattern[str]:
    """The pattern of words up to a finite verb, without a clause of its own in between.

    As in "fields is to double", "countries fell"; not in "people who have been tested", "planes it had ordered".
    """
    verbs = "|".join(sorted(word_set("times", "finite")))
    return re.compile(
        r"(?: (?!(?:who|that|which|whom|where|it|they|he|she|we|I|you)\b)[\w'’-]{1,24}){0,6}?"
        rf" (?:{verbs})(?:n['’]t)?(?![\w-])"
    )


# "19" + "-member panel", "6-kilometre" + " stretch", "17-million-year-old" + " skull".
_HYPHENED = re.compile(rf"(?:[\w.,{SIGNS}]{{1,24}}-){{1,4}}([a-z]{{2,20}})\b")
_NEXT_WORDS = re.compile(r" ([\w-]{1,24})(?: ([\w-]{1,24}))?")


def _is_size(text: str, start: int, end: int) -> bool:
    """Whether what the number measures is there all the time: "a 19-member panel", "the 6-kilometre stretch".

    Not in "a two-goal lead", "a half-point rise", "a five-day strike", "the then 17-year-old": these come and go.
    """
    if text[max(0, start - len(_THEN)) : start - 1] == _THEN[:-1]:
        return False
    match = _HYPHENED.match(text, start, end + _LONGEST_WORD)
    if match is None or match.end() < end or match[1] in _no_sizes():
        return False
    behind = _NEXT_WORDS.match(text, match.end(), match.end() + 2 * _LONGEST_WORD)
    small = word_set("grammar", "prepositions", "coordinators")
    passing = changes() | word_set("times", "passing_things")
    return behind is not None and behind[1] not in small and passing.isdisjoint(behind.groups())


_THEN = " then "


@cache
def _no_sizes() -> frozenset[str]:
    """What ends "Seventy-eight", "two-thirds", "half-point", "five-day"."""
    words = vocabulary()
    return frozenset(words["cardinals"]).union(
        words["magnitudes"], words["fractions"], word_set("times", "passing", "units")
    )


@cache
def _things() -> re.Pattern[str]:
    things = "|".join(sorted(word_set("times", "priced_things")))
    return re.compile(rf" (?:[\w-]{{1,24}} ){{0,3}}?(?:{things})(?![\w-])")


def _prices_a_thing(text: str, start: int, end: int) -> bool:
    """Whether the amount is the price of a thing that is there: "the $18 billion fund", "a $185m cream plant"."""
    return text[start] in MONEY_SIGNS and _things().match(text, end, end + 3 * _LONGEST_WORD) is not None


# "640 of the country's 2,200 post offices", "trade between the two countries", "exports to the 27 states".
_WHOLE = re.compile(
    r"\b(of|between|among|to|with|at|in) (?:(?:the|its|their|his|her|our|these|those)|(?:the )?[\w-]{1,24}['’]s?)"
    r"(?: [a-z]{2,14}){0,2} $"
)
_PARTED = frozenset(("of", "between", "among"))


# "from £50 to £70 in January": behind the other amount the time is not that of the base.
_OTHER_AMOUNT = re.compile(r"\d|,|\bto\b")
# "from 47 per 1,000 girls in 1998 to 13", "from 161.9, its best level, in May to 143.4".
_OWN_WORDS = re.compile(
    r"(?: per|,? out of|(?: in| for) every) \d[\d,.]*(?: [a-z]{2,14}){0,3}"
    r"|, (?:its|their|his|her|the|an?) [^,;:()]{1,60},"
)
_UP_FROM = re.compile(
    r"(?:^|\d[\w.,%]*(?: [a-z]{1,14}){0,3},?|\b(?:up|down)(?: [a-z]{4,14})?) from (?:[a-z]{2,14} ){0,2}$"
)


def is_of_other_end(in_front: str, time: str, between: str, *, before: bool) -> bool:
    """Whether a time is that of what an amount has changed to: "As of Monday it was £310, up from £265".

    Not in "In 2004 the number was cut from 40 to 30", "cut its forecast for 2025 to 1% from 2%".
    """
    if before:
        return _UP_FROM.search(between[-_REACH:]) is not None and not (
            in_front.lower().endswith("for ") or _is_foreseen(in_front, time, between)
        )
    return _OTHER_AMOUNT.search(_OWN_WORDS.sub("", between[:_FARTHEST])) is not None


@cache
def _forecasts() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The patterns of a forecast behind the time and in front of it.

    As behind the time in "its 2026 forecast", "growth was revised", and in front: "forecast for growth in".
    """
    nouns = "(?:forecast|estimate|projection|prediction|outlook|target|guidance|view)s?"
    return (
        re.compile(
            rf"(?: (?:for )?[\w'’-]{{1,24}}){{0,3}}? (?:{nouns}|(?:was|were|been|being|is|are) revised)(?![\w-])"
        ),
        re.compile(rf"\b{nouns} (?:for|of|on) (?:[\w'’-]{{1,24}} ){{0,6}}$"),
    )


_TERM = re.compile(r"\d{4}|(?:year|quarter|half)s?\b", re.IGNORECASE)


def _is_foreseen(in_front: str, time: str, between: str) -> bool:
    """Whether both levels of a forecast are of the time that it foresees.

    As in "lifts its forecast for growth in the last quarter to 2.7 per cent from 2.4".
    Not in "In 2024 forecasts were cut to 1% from 2%".
    """
    if _TERM.search(time) is None:
        return False
    if _is_revised(in_front, between):
        return True
    behind, front = _forecasts()
    named = behind.match(between, 0, _REACH)
    opens = in_front.lower().endswith(("in ", "on ")) and named is not None and not named.group().endswith("revised")
    return (named is not None and not opens) or front.search(in_front) is not None


def _is_revised(in_front: str, between: str) -> bool:
    """Whether what is foreseen for the time is revised.

    As in "Growth next year was cut to 1.2% from 1.6%", "GDP growth in 2027 was downgraded to 1% from 1.4%".
    Not in "Sales in May were cut to 5m from 6m".
    """
    verb = _REVISED.match(between, 0, _REACH)
    if verb is None:
        return False
    words = in_front.lower().removesuffix("in ").removesuffix("for ").split()[-1:]
    return bool(words) and words[0] in word_set("times", "foreseen_measures")


_REVISED = re.compile(
    r"(?: (?:has been|have been|was|were|is|are|being))?(?: [a-z]{3,14}ly)? "
    rf"(?:{'|'.join(sorted(word_set('times', 'revising')))})"
    r"(?: (?:up|down|further))?(?: [a-z]{3,14}ly)? (?:to|from|by)\b"
)

# "40% more than in 2010", "than it was in 2010", "compared with the same month of 2010", "as many as in all of 2010".
_THAN = re.compile(
    r"\b(?:than|compared (?:with|to)|versus|vs\.?"
    r"|as (?!recently|late|early|soon|far)[a-z]{3,9}(?: [a-z-]{2,14}){0,5} as)"
    r"(?: (?:the|in|on|at|during|for|it|they|he|she|was|were|did|had|its|their|his|same|of|period|levels?"
    r"|quarter|month|week|season|day|time|point|stage|all|whole))* $"
)
# "twice the number it sold in 2010", "three times the level recorded in 2010", "double what they paid in 2010".
_OTHER_FIGURE = re.compile(
    r" (?:the (?:[a-z]{2,14} ){1,4}|what )(?:(?:it|they|he|she|we) (?:[a-z]{2,5} )?[a-z]{3,14}|[a-z]{3,12}ed|seen|sold)"
    r"(?: (?:in|on|at|during|for))? "
)


def is_compared_with(claim: str, between: str) -> bool:
    """Whether nothing but the words of a comparison stands last in front of a time: "40% more than in 2010".

    Behind a multiple they may be another figure: "twice the number it sold in 2010".
    """
    if _THAN.search(between[-_REACH:]) is not None:
        return True
    multiple = claim.lower().endswith((" times", "twice", "double", "triple"))
    return multiple and _OTHER_FIGURE.fullmatch(between, 0, _REACH) is not None


def compares(between: str) -> bool:
    """Whether a comparison stands between a claim and a time behind it."""
    return not word_set("times", "comparisons").isdisjoint(_BOUND.sub(r"\1", between).lower().split())


# "40 were killed and more than 120 hurt on Monday": a bound and no comparison.
_BOUND = re.compile(r"\b(and|or|,) (?:more|less|fewer) than(?= \d)")


def without_start(text: str, end: int, between: str) -> str:
    """What stands in front of a time that ends at ``end``, without the "from" of ", from tomorrow.": none compares."""
    closes = between.endswith(_FROM) and text[end : end + 1] in {".", ";", "", "\n"}
    return between.removesuffix("from ") if closes else between


_FROM = (", from ", ", starting from ")
