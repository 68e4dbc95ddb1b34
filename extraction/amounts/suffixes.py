"""Reads what follows a number: percent, unit, currency, rate, "times", a hyphenated noun."""

from collections.abc import Sequence
from dataclasses import replace

from extraction.amounts.of_anothers import of_anothers, over_limit
from extraction.amounts.said_sums import add_cents
from extraction.claims import Kind
from extraction.counts.listings import opens_compound
from extraction.counts.named_groups import opens_named_group
from extraction.counts.strong import described_noun
from extraction.currencies.home import NO_HOME, HomeMoney
from extraction.currencies.marks import combine, dollar_code, mark_after
from extraction.currencies.table import CurrencyMark
from extraction.quantity.amount import Amount
from extraction.quantity.counted_noun import CountedNoun
from extraction.quantity.rates import rate_at, settle_rate
from extraction.text.lexemes import Lexeme, LexemeType, at
from extraction.text.nouns import noun_follows, nouns, singular
from extraction.text.numeral import EXACT, is_numeral, vocabulary
from extraction.text.surfaces import HYPHENS
from extraction.text.words import word_set
from extraction.units.match import UnitMatch, match_unit

_TIME_UNITS = word_set("cues", "time_units")
_MOST_OF_COMPOUND = 1_000_000  # "a 45,000-seat arena"
_PERSON_AGES = ("old", "olds", "old's", "old’s")


def read_suffix(lexemes: Sequence[Lexeme], amount: Amount, home: HomeMoney = NO_HOME) -> None:
    """Reads what follows the number: percent, unit, currency, "times", hyphenated noun, rate."""
    j = amount.end
    behind, hyphen, bracket, scaled = at(lexemes, j), False, False, False
    if behind in HYPHENS:
        hyphen = lexemes[j].glued and j + 1 < len(lexemes) and lexemes[j + 1].glued
        # "28 - year - old", as some texts are set
        hyphen = hyphen or (behind == "-" == at(lexemes, j + 2) and at(lexemes, j + 3) in _PERSON_AGES)
    elif behind == "–":
        hyphen = _dashed_unit(lexemes, j)  # "a three–day march", set with a dash
    elif behind == "[":
        bracket = at(lexemes, j + 2) == "]"
    elif behind == "of":
        scaled = amount.numeral.value is None or amount.numeral.magnitude is not None  # "tens of millions of dollars"
    k = j + 1 if hyphen or bracket or scaled else j
    if k >= len(lexemes) or lexemes[k].type is LexemeType.BREAK:
        _settle_currency(lexemes, amount, None)
        return
    after = mark_after(lexemes, k, home)
    if after is not None and not after.symbol.isalpha() and _starts_amount(lexemes, after.end):
        after = None  # "$5m-$7m": the sign of the next amount
    if after is not None and after.minor and amount.mark is None and lexemes[amount.start].glued:
        after = _of_country(lexemes, amount, after)
    if amount.mark is not None:
        _settle_currency(lexemes, amount, after)
        return
    if _times(lexemes, amount, k):
        return
    if lexemes[k].lower == "yo" and not hyphen:  # "a 87 yo man"
        amount.kind, amount.unit, amount.unit_start, amount.unit_end, amount.end = Kind.AGE, "year", k, k + 1, k + 1
        amount.rules.append("age.yo")
        return
    match = unit_at(lexemes, k)
    paid = after is not None and after.symbol == "pound"  # also before a rate: "will pay 96 pounds a year more"
    if after is not None and (match is None or paid or after.end >= match.end):
        _settle_currency(lexemes, amount, after)
        return
    if match is not None and not (hyphen and _is_range_word(lexemes, k)):
        _settle_unit(lexemes, amount, match, k)
        if bracket and at(lexemes, amount.end) == "]":
            amount.end += 1
        return
    tied = hyphen or opens_compound(lexemes, k)
    if tied and amount.numeral.value is not None and lexemes[k].type is LexemeType.WORD:
        _compound(lexemes, amount, k)


def _of_country(lexemes: Sequence[Lexeme], amount: Amount, cents: CurrencyMark) -> CurrencyMark:
    """The cents of "US65c" and "A50¢", with the country whose they are; the amount takes in its letters."""
    code = dollar_code(lexemes[amount.start - 1].text) if amount.start else None
    if code is None:
        return cents
    amount.start -= 1
    return replace(cents, code=code, candidates=(code,))


def _dashed_unit(lexemes: Sequence[Lexeme], j: int) -> bool:
    glued = j + 1 < len(lexemes) and lexemes[j].glued and lexemes[j + 1].glued
    return glued and lexemes[j + 1].text.islower() and match_unit(lexemes, j + 1) is not None


def unit_at(lexemes: Sequence[Lexeme], k: int) -> UnitMatch | None:
    """The unit at lexeme ``k``, also behind its system or fill: "16 US fluid ounces", "1 heaped tbsp"."""
    match = None if opens_named_group(lexemes, k) else match_unit(lexemes, k)
    if match is None and at(lexemes, k) in word_set("listings", "before_units") and k + 1 < len(lexemes):
        return match_unit(lexemes, k + 1)
    return match


def _starts_amount(lexemes: Sequence[Lexeme], i: int) -> bool:
    return i < len(lexemes) and lexemes[i].type is LexemeType.NUMBER


def _is_range_word(lexemes: Sequence[Lexeme], k: int) -> bool:
    return lexemes[k].lower in ("to", "and", "or")


def _settle_currency(lexemes: Sequence[Lexeme], amount: Amount, after: CurrencyMark | None) -> None:
    before, mark = amount.mark, combine(amount.mark, after)
    if mark is None:
        return
    if after is not None and mark.end >= after.end:
        amount.end = after.end
        _late_magnitude(lexemes, amount)
    amount.kind, amount.mark = Kind.MONEY, mark
    if amount.unit_start is None:
        told = mark if before is None else before  # of "$70 billion dollars" the sign
        amount.unit_start, amount.unit_end = told.start, told.end
    amount.rules.append("money.symbol" if not mark.symbol.isalpha() else "money.word")
    if amount.value is not None:
        amount.value = mark.in_major(amount.value)
    add_cents(lexemes, amount)
    settle_rate(lexemes, amount)


def _late_magnitude(lexemes: Sequence[Lexeme], amount: Amount) -> None:
    """Multiplies an amount by the magnitude that stands behind its code: "75 USD million"."""
    magnitude = vocabulary()["magnitudes"].get(at(lexemes, amount.end))
    if magnitude is not None and amount.value is not None and amount.numeral.magnitude is None and magnitude >= 1000:
        amount.value, amount.end = EXACT.multiply(amount.value, magnitude), amount.end + 1


def _settle_unit(lexemes: Sequence[Lexeme], amount: Amount, match: UnitMatch, k: int) -> None:
    amount.kind, amount.unit = match.unit.kind, match.unit.name
    amount.unit_start, amount.unit_end, amount.end = k, match.end, match.end
    if at(lexemes, match.end) == "." and lexemes[match.end].glued and at(lexemes, match.end + 1) == "of":
        amount.end += 1  # "2 cwt. of bread"
    amount.rules.append(f"unit.{match.unit.name}")
    if match.per is not None:
        first = match.per_start if match.per_start is not None else k
        amount.per = (match.per, first, match.end)
        if match.per_start is not None and not lexemes[match.per_start].glued:
            amount.text_end = match.per_start
        if match.per_start is not None:
            amount.unit_end = match.per_start
        if match.unit.dimension == "[length]" and match.per in _TIME_UNITS:
            amount.kind = Kind.SPEED
    elif match.unit.kind is Kind.DURATION and age_suffix(lexemes, amount):
        return
    else:
        settle_rate(lexemes, amount)


def age_suffix(lexemes: Sequence[Lexeme], amount: Amount) -> bool:
    """Makes the amount an age where the words beside it say so, and returns whether: "8-year-old", "50 year-old",
    "three years of age", "aged 13 months", "mean age 61 years"."""
    j = amount.end
    if at(lexemes, j) == "-" and (lexemes[j].glued or at(lexemes, j + 1) in _PERSON_AGES):
        j += 1
    if at(lexemes, j) in _PERSON_AGES:
        amount.end = j + 1
        amount.unit_end = amount.end
    elif not (at(lexemes, j) == "of" and at(lexemes, j + 1) == "age") and not _aged(lexemes, amount.start):
        return False
    amount.kind = Kind.AGE
    amount.rules.append("age.old")
    return True


def _aged(lexemes: Sequence[Lexeme], start: int) -> bool:
    """Whether a word for ages stands in front of lexeme ``start``: "aged 13 months", "mean age 61 years" and "a baby of
    eight months"."""
    if at(lexemes, start - 1) in _RANGE_SIGNS and start > 2 and lexemes[start - 2].is_number:
        start -= 2  # "aged 18-35 years"
    word, before = at(lexemes, start - 1), at(lexemes, start - 2)
    labelled = word == ":"
    if labelled:
        word, before = before, at(lexemes, start - 3)
    if (before, word) == ("age", "limit") or (labelled and word in ("age", "ages")):
        return True  # "Age limit: 35 years", "Age: 21-30 yrs"
    mean = (word == "age" and before in word_set("amounts", "certain_ages")) or is_mean_age(lexemes, start)
    return mean or word == "aged" or (word == "of" and before in word_set("amounts", "aged_nouns"))


_RANGE_SIGNS = frozenset((*HYPHENS, "–", "to"))


def is_mean_age(lexemes: Sequence[Lexeme], start: int) -> bool:
    """Whether a mean or median age leads to lexeme ``start``: "a mean age of 54.3 years", "The median age of patients
    was 63 years"."""
    if at(lexemes, start - 1) not in _TO_AGE:
        return False
    k = start - 1
    while k > 0 and start - k < _FAR_FROM_AGE and lexemes[k].lower in _TO_AGE:
        k -= 1
    return at(lexemes, k) == "age" and at(lexemes, k - 1) in _MEANS


_TO_AGE = word_set("amounts", "behind_mean_age")
_MEANS = ("mean", "median", "average")
_FAR_FROM_AGE = 7  # lexemes


def _times(lexemes: Sequence[Lexeme], amount: Amount, k: int) -> bool:
    """Multiples ("three times as many", "2.9 times earnings", "18-fold", "3x") and counts ("three times a day")."""
    word = at(lexemes, k)
    if word in ("fold", "folds"):
        amount.kind, amount.unit_start, amount.unit_end, amount.end = Kind.MULTIPLE, k, k + 1, k + 1
        amount.rules.append("multiple.fold")
        return True
    often = word == "x" and lexemes[k].glued and rate_at(lexemes, k + 1) is not None  # "3x a week"
    if word == "x" and lexemes[k].glued and not often and not _glued_after(lexemes, k):
        amount.kind, amount.unit_start, amount.unit_end, amount.end = Kind.MULTIPLE, k, k + 1, k + 1
        amount.rules.append("multiple.x")
        return True
    if word != "times" and not often:
        return False
    amount.unit_start, amount.unit_end, amount.end = k, k + 1, k + 1
    if _is_factor(lexemes, k + 1) or (amount.value is not None and not amount.whole):
        amount.kind = Kind.MULTIPLE
        amount.rules.append("multiple.times")
    else:
        amount.kind, amount.unit, amount.text_end = Kind.COUNT, "time", amount.numeral.end
        amount.rules.append("count.times")
        settle_rate(lexemes, amount)
    return True


def _glued_after(lexemes: Sequence[Lexeme], k: int) -> bool:
    return k + 1 < len(lexemes) and lexemes[k + 1].glued and lexemes[k + 1].text not in ".,;:)!?”\"’'"


_TIMES_STOPS = word_set("amounts", "times_stops")


def _is_factor(lexemes: Sequence[Lexeme], k: int) -> bool:
    """Whether "N times" goes on as a comparison ("as many", "the number", "higher", "earnings") and is no frequency."""
    if of_anothers(lexemes, k) or over_limit(lexemes, k):
        return True  # "at two times last year's pace"
    if k >= len(lexemes) or lexemes[k].type is not LexemeType.WORD:
        return False
    word = lexemes[k].lower
    if word == "those":
        return at(lexemes, k + 1) == "of"  # "six times those of 2019"
    if word == "too":  # "10 times too high"
        return k + 1 < len(lexemes) and lexemes[k + 1].type is LexemeType.WORD
    if word in word_set("amounts", "compared_multiples"):
        return True
    if word in ("expected", "forecast") and k + 1 < len(lexemes):  # "31 times expected earnings"
        return lexemes[k + 1].type is LexemeType.WORD and lexemes[k + 1].lower not in nouns()["stops"]
    if word in _TIMES_STOPS or (word.endswith("ly") and word != "likely"):
        return False
    return word.endswith("er") or word not in nouns()["stops"]


def _compound(lexemes: Sequence[Lexeme], amount: Amount, k: int) -> None:
    """Makes the amount a count of the hyphened singular noun at ``k``, if it may be counted: "a three-course meal", "a
    two-bedroom flat"."""
    word = lexemes[k]
    if word.lower == "star" and amount.value is not None and not amount.whole:
        amount.kind, amount.end = Kind.INDEX, k + 1  # "a 4.5-star rating", not "a five-star hotel"
        amount.rules.append("index.rating")
        return
    if word.lower in nouns()["stops"] or word.lower in nouns()["no_compound"] or word.capitalised:
        return
    if is_numeral(word):
        return  # "two-three weeks", "a four-two win"
    if amount.value is None or not amount.whole:
        return
    if amount.value > _MOST_OF_COMPOUND and amount.numeral.magnitude is None:
        return  # "the 4550981306-digit code", but "the 1.3 million-member union"
    if word.lower == "strong":  # "a 2,500-strong workforce" says of how many, not of what
        amount.noun_elsewhere = None if noun_follows(lexemes, k + 1) else described_noun(lexemes, amount.start)
        amount.end = amount.numeral.end
        amount.settle(Kind.COUNT, None if amount.noun_elsewhere is None else amount.noun_elsewhere.unit, "count.strong")
        return
    amount.kind, amount.unit, amount.end = Kind.COUNT, singular(word.text), amount.numeral.end
    amount.unit_start, amount.unit_end = k, k + 1
    amount.noun = CountedNoun(k, k + 1, singular(word.text))
    amount.rules.append("count.compound")
