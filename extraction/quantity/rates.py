"""Reads what an amount is reckoned by: "$15 an hour", "500 tonnes of water a second", "$20 each"."""

import itertools
from collections.abc import Sequence

from extraction.quantity.amount import Amount
from extraction.text.lexemes import Lexeme, LexemeType, at
from extraction.text.nouns import noun_follows, nouns
from extraction.text.numeral import vocabulary
from extraction.text.word_classes import is_adverb
from extraction.text.words import word_set
from extraction.units.denominators import DenominatorMatch, denominator, is_time_unit


def settle_rate(lexemes: Sequence[Lexeme], amount: Amount, *, start: int | None = None) -> None:
    """Gives an amount the rate behind it, if there is one: "$15 an hour", "5 per cent a year", "£24 a-year", "$1,100
    per square foot", "annually", "$20 each".

    The rate stands at lexeme ``start``, or right behind the amount.
    """
    start = amount.end if start is None else start
    found = rate_at(lexemes, start) or rate_behind_phrase(lexemes, start) or _rate_behind_bound(lexemes, start)
    if found is None and amount.mark is not None and _of_each(lexemes, start):
        found = ("item", start, start + 1), "rate.each"
    if found is not None:
        amount.per, rule = found
        amount.rules.append(rule)


BEHIND_BOUND = "rate.behind_bound"


def _rate_behind_bound(lexemes: Sequence[Lexeme], j: int) -> tuple[tuple[str, int, int], str] | None:
    """The rate behind "or less" or "or more" at lexeme ``j``, with its rule, or None: "3g or less per 100g"."""
    bounded = at(lexemes, j) == "or" and at(lexemes, j + 1) in ("less", "more") and at(lexemes, j + 2) == "per"
    match = denominator(lexemes, j + 2) if bounded else None
    return None if match is None else ((match.unit, j + 2, match.end), BEHIND_BOUND)


def _of_each(lexemes: Sequence[Lexeme], j: int) -> bool:
    """Whether the "each" at lexeme ``j`` closes a price, with no noun behind it: "The drones cost $20,000 each"."""
    return at(lexemes, j) == "each" and at(lexemes, j + 1) != "of" and not noun_follows(lexemes, j + 1)


def rate_at(lexemes: Sequence[Lexeme], j: int) -> tuple[tuple[str, int, int], str] | None:
    """The denominator at lexeme ``j``, also behind what is measured ("500 tonnes of water a second"), and its rule."""
    word = at(lexemes, j)
    if word == "of":
        k = j + 1
        while k < min(j + 6, len(lexemes)) and (_is_plain_word(lexemes[k]) or _in_formula(lexemes[k])):
            k += 1
        if j + 1 < k and at(lexemes, k) == "for" and at(lexemes, k + 1) in ("every", "each"):
            return rate_at(lexemes, k)  # "1.25 shares of Acme for each Beta share"
        match = denominator(lexemes, k) if j + 1 < k < len(lexemes) else None
        return None if match is None else ((match.unit, k, match.end), "rate.per")
    if word == "for" and at(lexemes, j + 1) in ("every", "each"):
        match = denominator(lexemes, j + 1) or _named_share(lexemes, j + 2)  # "14 doctors for every 10,000 people"
        return None if match is None else ((match.unit, j, match.end), "rate.per")
    if word in ("more", "less", "extra") and at(lexemes, j + 1) in ("a", "per", "each", "every"):
        j += 1  # "will pay $140 more a year"
        word = lexemes[j].lower
    if j < len(lexemes) and (match := denominator(lexemes, j)) is not None:
        return (match.unit, j, match.end), "rate.per"
    adverb = _ADVERBS.get(word)
    if adverb is not None and j + 1 < len(lexemes) and _is_plain_word(lexemes[j + 1]):
        return None  # "monthly active users"
    return None if adverb is None else ((adverb, j, j + 1), "rate.adverb")


def _named_share(lexemes: Sequence[Lexeme], j: int) -> DenominatorMatch | None:
    """The share behind the name of its company, or None: "0.75 shares for each Acme Foods share"."""
    k = j
    while k < min(j + _LONGEST_COMPANY, len(lexemes)) and lexemes[k].capitalised:
        k += 1
    return DenominatorMatch("share", k + 1) if k > j and at(lexemes, k) == "share" else None


_LONGEST_COMPANY = 4  # lexemes
_ADVERBS = {
    "annually": "year",
    "yearly": "year",
    "monthly": "month",
    "weekly": "week",
    "daily": "day",
    "hourly": "hour",
}


def spread_rate(lexemes: Sequence[Lexeme], amounts: Sequence[Amount]) -> None:
    """Gives the rate of the last amount to the list of averages that it closes: "averages 24 points, 11 rebounds and 4
    assists a game"."""
    for number in range(len(amounts) - 1, 0, -1):
        first, listed = number, [amounts[number]]
        if listed[0].per is None:
            continue
        while first > 0 and amounts[first - 1].per is None and _only_joins(lexemes, amounts[first - 1], amounts[first]):
            first -= 1
            listed.append(amounts[first])
        start = amounts[first].start
        if len(listed) > 1 and any(lexeme.lower in _AVERAGES for lexeme in lexemes[max(0, start - 3) : start]):
            for amount in listed[1:]:
                amount.per = listed[0].per
                amount.rules.append("rate.list")


_AVERAGES = frozenset(("average", "averages", "averaged", "averaging"))


def _only_joins(lexemes: Sequence[Lexeme], first: Amount, second: Amount) -> bool:
    """Whether nothing but a comma or "and" stands between two amounts with their nouns."""
    end = first.noun.end if first.noun is not None else first.end
    between = [lexeme.lower for lexeme in lexemes[end : min(second.start, end + 3)]]
    return end < second.start <= end + 2 and set(between) <= {",", "and"}


def share_rate(lexemes: Sequence[Lexeme], amounts: Sequence[Amount]) -> None:
    """Gives both sums the rate that stands behind the brackets: "310.2 yen ($2.14) per kg"."""
    for first, second in itertools.pairwise(amounts):
        if first.mark is None or second.mark is None or first.per is not None or second.per is not None:
            continue
        opened = first.end == second.start - 1 and at(lexemes, first.end) == "("
        if opened and at(lexemes, second.end) == ")":
            settle_rate(lexemes, second, start=second.end + 1)
            first.per = second.per


def rate_behind_phrase(lexemes: Sequence[Lexeme], j: int) -> tuple[tuple[str, int, int], str] | None:
    """The rate behind a short phrase at lexeme ``j``, with its rule, or None: "raises $300m in duties each year",
    "spends $900 on rent a month".

    "a" and "an" make a rate only where the clause ends behind: "for $3m in Devon an hour from London".
    """
    if at(lexemes, j) not in _PHRASES:
        return None
    first = k = j + 2 if at(lexemes, j + 1) in _DETERMINERS else j + 1
    while k < min(first + _LONGEST_PHRASE, len(lexemes)) and _is_plain_word(lexemes[k]) and not _reckons(lexemes, k):
        k += 1
    found = rate_at(lexemes, k) if first < k < len(lexemes) else None
    if found is None or at(lexemes, k) == "of":
        return None
    if at(lexemes, k) in ("a", "an") and (at(lexemes, k - 1) in _SHADES or is_adverb(lexemes[k - 1])):
        return None  # "fell 10 per cent in half an hour", "in barely a week"
    if at(lexemes, j) != "on" and _takes_object(lexemes, k) and not is_time_unit(found[0][0]):
        return None  # "reported two guards for beating a prisoner", but "paid $30 for parking a day"
    behind = found[0][2]
    open_ = at(lexemes, k) in ("a", "an") and behind < len(lexemes) and lexemes[behind].type is LexemeType.WORD
    return None if open_ and at(lexemes, behind) not in _GOES_ON else found


def _takes_object(lexemes: Sequence[Lexeme], k: int) -> bool:
    """Whether what stands at lexeme ``k`` with its article may be the object of a verb in -ing."""
    return at(lexemes, k) in ("a", "an") and lexemes[k - 1].lower.endswith("ing")


_SHADES = word_set("cues", "number_fillers", "bound_words", "level_fillers") | {"half", "than", "quite", "within"}
_PHRASES = frozenset(("in", "on", "to", "for", "from"))
_DETERMINERS = word_set("cues", "rate_determiners")
_GOES_ON = word_set("cues", "behind_rates")
_LONGEST_PHRASE = 4  # lexemes of "imported French red wine"


def _reckons(lexemes: Sequence[Lexeme], k: int) -> bool:
    """Whether the phrase ends in front of lexeme ``k``: at a rate, at the second number of "two to six per year"."""
    adverb = at(lexemes, k) in ("annually", "yearly", "monthly", "weekly", "daily", "hourly")
    return adverb or at(lexemes, k) in vocabulary()["cardinals"]


def _in_formula(lexeme: Lexeme) -> bool:
    """Whether a digit or a letter stands on the one before it, as those of "CO2e" do."""
    return lexeme.glued and lexeme.type in (LexemeType.NUMBER, LexemeType.WORD)


def _is_plain_word(lexeme: Lexeme) -> bool:
    return lexeme.type is LexemeType.WORD and lexeme.lower not in nouns()["stops"]
