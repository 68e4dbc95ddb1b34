"""Levels of an index and ratings: "the FTSE 100 closed at 7,512.4", "seven out of ten"."""

import itertools
from collections.abc import Sequence

from extraction.bounds.thresholds import before_threshold
from extraction.changes.adjuncts import past_time
from extraction.claims import COUNTS, Kind
from extraction.currencies.marks import mark_after
from extraction.currencies.pairs import ends_pair
from extraction.quantity.amount import Amount
from extraction.quantity.group import Group
from extraction.text.index_names import gives_level, names_index, names_politics
from extraction.text.lexemes import Lexeme, at
from extraction.text.nouns import noun_follows
from extraction.text.numeral import is_numeral
from extraction.text.shades import FILLERS
from extraction.text.words import word_set

_RATING_CUES = word_set("amounts", "rating_cues")
_LEAST_LEVEL = 100
_THRESHOLDS = word_set("cues", "thresholds")
_BEFORE_LEVELS = word_set("amounts", "before_levels")
_RATE_MOVES = word_set("amounts", "rate_moves")
_OF_INTEREST = word_set("cues", "interest_words")


def is_index_level(lexemes: Sequence[Lexeme], group: Group) -> bool:
    """Whether a bare number is the level of a share index: "the FTSE 100 closed at 7,512.4", "to 12,487"."""
    k = group.first.start - 1
    if k >= 0 and gives_level(lexemes, k + 1):
        return True
    if k < 0 or group.last.per is not None or not names_index(lexemes, k):
        return False  # "Kospi up 1%; won at 1,290 per dollar"
    paid = mark_after(lexemes, k - 1)
    if (paid is not None and not paid.minor) or (k > 1 and ends_pair(lexemes, k - 1)):
        return False  # "RTS index -1.1%; rouble at 90.12"
    mark = lexemes[k].lower == "the" and at(lexemes, group.last.end) in _THRESHOLDS  # "below the 50 mark"
    mark = mark or before_threshold(lexemes, group.first.start, group.last.end) is not None
    return mark or lexemes[k].lower in _BEFORE_LEVELS


def labelled_level(lexemes: Sequence[Lexeme], group: Group) -> bool:
    """Whether the name of an index and a colon stand in front of its level: "FTSE 100: 8,214", "Dow: 38,214.50"."""
    k, value = group.first.start - 1, group.last.value
    if k < 1 or lexemes[k].text != ":" or value is None or value < _LEAST_LEVEL:
        return False
    return names_index(lexemes[max(0, k - _LONGEST_NAME) : k], min(k, _LONGEST_NAME))


_LONGEST_NAME = 4  # lexemes of "S&P 500"


def settle_points(lexemes: Sequence[Lexeme], groups: Sequence[Group]) -> None:
    """Settles levels of an index and points of percentages, in a sentence with points or numbers that may be some."""
    if any(_points(group.last) or _plain(group.last) for group in groups):
        settle_index_levels(lexemes, groups)
        settle_margins(lexemes, groups)


def settle_index_levels(lexemes: Sequence[Lexeme], groups: Sequence[Group]) -> None:
    """Settles levels beside points of the same sentence: "the other lost 1.1% to 1,334.20", "(16,369.03, up 58.06
    points)"."""
    interest = any(lexeme.lower in _OF_INTEREST for lexeme in lexemes)
    of_rates = interest and not _of_market(lexemes)
    for group in groups:
        behind = {lexeme.lower for lexeme in lexemes[group.last.end : group.last.end + 2]}
        if (interest or not behind.isdisjoint(_RATE_MOVES)) and not names_index(lexemes, group.first.start):
            _settle_part_of_point(group.last, of_rates=of_rates)
    met = False  # whether points stand earlier in the sentence
    for position, group in enumerate(groups):
        amount = group.last
        met = met or _points(amount)
        plain = _plain(amount)
        if plain and position and _points(groups[position - 1].last) and not group.is_range:
            gap = [lexeme.lower for lexeme in lexemes[groups[position - 1].last.end : amount.start]]
            if past_time(gap[1:] if gap[:1] == [","] else gap) == ["to"]:  # "slumped 11 points to minus 17"
                amount.settle(Kind.INDEX, "point", "index.level")
                continue
        plain = plain and amount.per is None and amount.numeral.magnitude is None
        if not plain or amount.value is None or amount.value < _LEAST_LEVEL:
            continue
        following = groups[position + 1].last if position + 1 < len(groups) else None
        moved = following is not None and _points(following) and _moves(lexemes[amount.end : following.start])
        before = lexemes[group.first.start - 1].lower if group.first.start else ""
        level = met and before in ("to", "at")
        written = lexemes[amount.numeral.start].text
        if moved or (level and (written.count(".") == 1 or "," in written)):
            amount.settle(Kind.INDEX, "point", "index.level")
    _settle_beside_levels(lexemes, groups)


def _settle_beside_levels(lexemes: Sequence[Lexeme], groups: Sequence[Group]) -> None:
    """The step of "slipped 0.84 to 251.17" and the second level of "fell to 98.2 in May from 99"."""
    for first, second in itertools.pairwise(groups):
        if "index.level" not in first.last.rules and "index.level" not in second.last.rules:
            continue
        gap = [lexeme.lower for lexeme in lexemes[first.last.end : second.first.start]]
        if _plain(first.last) and _points(second.last) and gap in _TO_LEVEL:
            first.last.settle(Kind.INDEX, "point", "index.step")
        elif _points(first.last) and _plain(second.last) and (gap == ["+"] or _moved_from(gap) or _foreseen(gap)):
            second.last.settle(Kind.INDEX, "point", "index.level")

    for first, aside, level in zip(groups, groups[1:], groups[2:], strict=False):
        bracketed = [lexeme.lower for lexeme in lexemes[aside.last.end : level.first.start]] in (
            [")", "at"],
            [")", "to"],
        )
        if bracketed and aside.last.unit == "percent" and _plain(first.last) and "index.level" in level.last.rules:
            first.last.settle(Kind.INDEX, "point", "index.step")  # "+1,012.5 (+1.65%) at 62,493.1"


def _moved_from(gap: Sequence[str]) -> bool:
    return gap[-1:] == ["from"] and len(gap) <= _NEAR_LEVEL


def _foreseen(gap: Sequence[str]) -> bool:
    """Whether the words between two levels say that one was forecast: "fell to 48.3; analysts had forecast 49.1"."""
    words = [word for word in gap if word not in FILLERS]
    forecast = words[-1:] != [] and words[-1] in _FORECAST and len(words) <= _LONGEST_FORECAST
    return forecast and not word_set("cues", "forecasters").isdisjoint(words)


_FORECAST = word_set("cues", "expected_words") | word_set("syntax", "minds")
_LONGEST_FORECAST = 8  # lexemes
_NEAR_LEVEL = 4  # lexemes
_CLOSING = (["to", "close", "at"], ["to", "end", "at"], ["to", "finish", "at"])
_TO_LEVEL = (["to"], ["at"], ["@"], ["points", "to"], *_CLOSING)


def _plain(amount: Amount) -> bool:
    return amount.kind in COUNTS and (amount.unit is None or amount.kind is Kind.NUMBER)


def settle_margins(lexemes: Sequence[Lexeme], groups: Sequence[Group]) -> None:
    """Makes points percentage points: of a poll's error or lead, of a turnout, in "to 2.1 percentage points from 1.8
    points"."""
    shares = False
    percents = any(group.last.unit == "percent" for group in groups)
    of_market = _of_market(lexemes)
    words = {lexeme.lower for lexeme in lexemes}
    of_shares = percents and not word_set("cues", "of_shares").isdisjoint(words)
    political = any(_points(group.last) for group in groups) and names_politics(lexemes)
    polled = political and not word_set("amounts", "poll_leads").isdisjoint(words)
    for position, group in enumerate(groups):
        amount = group.last
        before = [lexeme.lower for lexeme in lexemes[max(0, group.first.start - 6) : group.first.start]]
        compared = shares and before[-1:] == ["from"]
        beside = position > 0 and groups[position - 1].last.unit == "percent" and before[-2:] in _BESIDE_PERCENT
        small = amount.value is not None and amount.value < _LEAST_LEVEL
        moved = small and (of_shares or ((beside or polled) and not of_market))
        moved = moved and not names_index(lexemes, group.first.start)
        swings = small and not of_market and _swings(lexemes, group, before, political=political)
        if _plain(amount) and position and before[-1:] == ["from"]:
            _settle_as_before(lexemes, groups[position - 1], group)
        erred = not word_set("amounts", "errors_of_polls").isdisjoint(before)
        erred = erred or (shares and not word_set("amounts", "errors_of_polls").isdisjoint(words))
        if _points(amount) and (erred or compared or moved or swings):
            group.first.kind, group.first.unit = Kind.PERCENT, "percentage_point"
            amount.settle(Kind.PERCENT, "percentage_point", "unit.percentage_point")
        shares = shares or amount.unit == "percentage_point"


def _settle_as_before(lexemes: Sequence[Lexeme], level: Group, group: Group) -> None:
    """Makes a bare number points as the level right in front of it has: "shrunk to four points from seven"."""
    near = group.first.start - level.last.end == 1 and not level.is_range
    points = _points(level.last) or level.last.unit == "percentage_point"
    if near and points and not noun_follows(lexemes, group.last.end) and level.last.kind is not None:
        group.last.settle(level.last.kind, level.last.unit, "index.level")


def _swings(lexemes: Sequence[Lexeme], group: Group, before: Sequence[str], *, political: bool) -> bool:
    """Whether points are a swing of the vote to or from a party: "a swing of 6.2 points", "a six-point swing"."""
    behind = [lexeme.lower for lexeme in lexemes[group.last.end : group.last.end + 2]]
    swing = before[-2:] == ["swing", "of"] or "swing" in behind
    written = group.last.value is not None and not group.last.whole
    return swing and (written or political)


_BESIDE_PERCENT = ([",", "up"], [",", "down"])  # "58 per cent full, down 9 points"


def _of_market(lexemes: Sequence[Lexeme]) -> bool:
    return any(lexeme.lower in word_set("cues", "index_names", "markets") for lexeme in lexemes)


def _settle_part_of_point(amount: Amount, *, of_rates: bool) -> None:
    """Makes less than a point of interest a part of a percentage point: "cut rates by a quarter of a point"."""
    part = _points(amount) and amount.value is not None and 0 < amount.value < 1
    if part and (of_rates or "fraction.of_unit" in amount.rules):
        amount.kind, amount.unit = Kind.PERCENT, "percentage_point"


def _points(amount: Amount) -> bool:
    return amount.unit == "point" and amount.kind is Kind.INDEX


def _moves(gap: Sequence[Lexeme]) -> bool:
    words = [lexeme.lower for lexeme in gap if lexeme.text not in ",("]
    return words in (["up"], ["down"], ["plus"], ["minus"])


def settle_rating(lexemes: Sequence[Lexeme], amount: Amount) -> None:
    """Makes an index of a part of a whole that rates something: "gave the play seven out of ten" rates it seven; "eight
    out of ten voters" is a share.

    "4.7 stars" rate as well, "two Michelin stars" are counted.
    """
    if amount.unit == "star" and amount.kind is Kind.COUNT and not amount.whole:
        amount.kind, amount.unit, amount.noun = Kind.INDEX, None, None
        amount.end += lexemes[amount.end].lower in word_set("amounts", "rated_in")
        return
    if amount.unit == "star" and amount.kind is Kind.COUNT and amount.noun is not None:
        k = amount.noun.end  # "Four stars out of five"
        out_of = [at(lexemes, k), at(lexemes, k + 1)] == ["out", "of"] and k + 2 < len(lexemes)
        if out_of and is_numeral(lexemes[k + 2]):
            amount.kind, amount.unit, amount.noun, amount.end = Kind.INDEX, None, None, k + 3
        return
    if "fraction.out_of" not in amount.rules or amount.numeral.value is None:
        return
    following = lexemes[amount.end : amount.end + 1]
    if following and following[0].lower in word_set("amounts", "rated_in"):
        amount.kind, amount.value = Kind.INDEX, amount.numeral.value
        amount.rules.append("index.rating")
        return
    if noun_follows(lexemes, amount.end):
        return
    labelled = at(lexemes, amount.start - 1) == ":" and amount.numeral.value != 1  # "Verdict: eight out of ten"
    if labelled or any(lexeme.lower in _RATING_CUES for lexeme in lexemes[max(0, amount.start - 10) : amount.start]):
        amount.kind, amount.value = Kind.INDEX, amount.numeral.value
        amount.rules.append("index.rating")


def spans_level(lexemes: Sequence[Lexeme], group: Group) -> bool:
    """Whether a duration says over how long a level is, so that it lends no unit: "its 20-year average of 52"."""
    end = group.last.end
    compound = at(lexemes, end - 2) == "-" and group.last.kind is Kind.DURATION
    return compound and at(lexemes, end) in word_set("cues", "levels_of_counts") and at(lexemes, end + 1) == "of"
