"""Settles what a number without a unit is: an age, a count with or without its noun, an index level, a number."""

import itertools
from collections.abc import Sequence

from extraction.ages import is_age
from extraction.amount_suffixes import rate_at
from extraction.amounts import Amount
from extraction.changes import direction_before
from extraction.claims import Kind
from extraction.counts import CountedNoun, counted_noun, nouns, stops_phrase
from extraction.lexemes import Lexeme, LexemeType
from extraction.ranges import Group
from extraction.units import unit_named
from extraction.words import word_set


def settle_bare(lexemes: Sequence[Lexeme], group: Group, previous: CountedNoun | None) -> CountedNoun | None:
    """Gives a number without a unit its kind: age, count, index level or plain number. Returns the noun it counts."""
    amount = group.last
    if is_age(lexemes, group):
        amount.kind, amount.unit = Kind.AGE, "year"
        amount.rules.append("age.bare")
        return None
    if _strength(lexemes, amount.end):
        amount.kind = Kind.COUNT
        amount.rules.append("count.strength")
        return None
    noun = counted_noun(lexemes, amount.end, amount.value)
    if noun is not None:
        unit = unit_named(noun.unit)
        if unit is not None and unit.kind is Kind.DURATION:  # "three full days", "the 50 previous years"
            amount.kind, amount.unit = Kind.DURATION, unit.name
            amount.unit_start, amount.unit_end = noun.start, noun.end
            amount.rules.append("duration.noun")
            return None
        amount.kind, amount.unit, amount.noun = Kind.COUNT, noun.unit, noun
        amount.unit_start, amount.unit_end = noun.start, noun.end
        amount.rules.append("count.noun")
        rate = rate_at(lexemes, noun.end)
        if rate is not None:
            amount.per = rate[0]
            amount.rules.append(rate[1])
        return noun
    following = lexemes[amount.end].lower if amount.end < len(lexemes) else ""
    if following == "others":
        amount.unit_start, amount.unit_end = amount.end, amount.end + 1
    if _runs_scored(lexemes, group):
        amount.kind, amount.unit = Kind.COUNT, "run"
        amount.rules.append("count.runs")
        return None
    if previous is not None and _out_of_named(lexemes, group, previous):  # "Of the 54 passengers, 49 survived"
        amount.kind, amount.unit = Kind.COUNT, previous.unit
        amount.rules.append("count.antecedent")
        return None
    if (
        _person_word(lexemes, amount.end)
        or _leader(lexemes, group) in nouns()["person_verbs"]
        or _of_us(lexemes, amount)
    ):
        amount.kind, amount.unit = Kind.COUNT, "person"
        amount.rules.append("count.person")
        return None
    elided = following in ("more", "others", "fewer", "each") or _of_pronoun(lexemes, amount.end)
    refers = (
        rate_at(lexemes, amount.end) is not None  # "an average of 20 per week"
        or _of_group(lexemes, group)
        or _of_things_understood(lexemes, group)
        or _of_votes(lexemes, group)
        or _refers_back(lexemes, group, previous)
    )
    if _is_factor(lexemes, group):
        amount.kind = Kind.MULTIPLE
        amount.rules.append("multiple.factor")
        return None
    if amount.value is None or elided or refers:
        whole = amount.value is None or amount.value == int(amount.value)
        amount.kind = Kind.COUNT if whole or previous is not None else Kind.NUMBER  # "152.25 per dollar" is a rate
        amount.rules.append("count.elided")
        rate = rate_at(lexemes, amount.end)
        if rate is not None:
            amount.per = rate[0]
            amount.rules.append(rate[1])
        other = _of_group(lexemes, group) or _leader(lexemes, group) in nouns()["hold_verbs"]
        if previous is not None and not other:
            amount.unit = previous.unit
            amount.rules.append("count.antecedent")
        elif following == "others":  # "she and 40 others"
            amount.unit = "person"
            amount.rules.append("count.person")
        return None
    if _product_name(lexemes, amount) or _dialled(lexemes, amount):
        return None
    if _index_level(lexemes, group):
        amount.kind, amount.unit = Kind.INDEX, "point"
        amount.rules.append("index.level")
        return None
    amount.kind = Kind.NUMBER
    amount.rules.append("number.bare")
    return None


_FILLERS = word_set("cues", "number_fillers", "bound_words")
_PERSON_FILLERS = word_set("cues", "person_fillers")


def _leader(lexemes: Sequence[Lexeme], group: Group) -> str:
    """The word in front of the number, past words that bound it: "injured" of "injured more than 9,000"."""
    k = group.first.start - 1
    while k > 0 and lexemes[k].lower in _FILLERS:
        k -= 1
    return lexemes[k].lower if k >= 0 else ""


def _strength(lexemes: Sequence[Lexeme], end: int) -> bool:
    """As in "a 15,000-strong crowd": how many it has; of what is said by the noun alone."""
    return [lexeme.lower for lexeme in lexemes[end : end + 2]] == ["-", "strong"] and lexemes[end].glued


_FEWEST_DIALLED = 9


def _dialled(lexemes: Sequence[Lexeme], amount: Amount) -> bool:
    """As in "call 4550981306": so many digits without a mark between them are of a telephone or an account."""
    text = lexemes[amount.numeral.start].text
    return amount.numeral.rule == "numeral.digits" and text.isdecimal() and len(text) >= _FEWEST_DIALLED


def _product_name(lexemes: Sequence[Lexeme], amount: Amount) -> bool:
    """As in "the 787 Dreamliner", "a six-speed gearbox": a number that names what follows and counts nothing."""
    if amount.end >= len(lexemes):
        return False
    following = lexemes[amount.end]
    if following.text == "-" and following.glued:
        return amount.end + 1 < len(lexemes) and lexemes[amount.end + 1].glued
    plain = amount.numeral.rule == "numeral.digits" and lexemes[amount.numeral.start].text.isdecimal()
    return plain and following.type is LexemeType.WORD and following.capitalised and not following.glued


def _of_group(lexemes: Sequence[Lexeme], group: Group) -> bool:
    """As in "a panel of twelve", "put the crowd at 30,000"."""
    k = group.first.start - 1
    while k > 1 and lexemes[k].lower in _FILLERS and lexemes[k - 1].lower not in nouns()["groups"]:
        k -= 1
    return k >= 1 and lexemes[k].lower in ("of", "at") and lexemes[k - 1].lower in nouns()["groups"]


def _of_pronoun(lexemes: Sequence[Lexeme], end: int) -> bool:
    """As in "six of them"."""
    return [lexeme.lower for lexeme in lexemes[end : end + 2]] in (
        ["of", "them"],
        ["of", "those"],
        ["of", "which"],
        ["of", "whom"],
    )


def _is_factor(lexemes: Sequence[Lexeme], group: Group) -> bool:
    """As in "rose by a factor of three"."""
    k = group.first.start - 1
    while k > 1 and lexemes[k].lower in _FILLERS:
        k -= 1
    return k >= 1 and lexemes[k].lower == "of" and lexemes[k - 1].lower == "factor"


def _runs_scored(lexemes: Sequence[Lexeme], group: Group) -> bool:
    """As in "87 off 134 balls" and "122 not out"."""
    end = group.last.end
    if [lexeme.lower for lexeme in lexemes[end : end + 2]] == ["not", "out"]:
        return True
    window = [lexeme.lower for lexeme in lexemes[end : end + 5]]
    return window[:1] == ["off"] and any(word in ("balls", "deliveries", "overs") for word in window[1:])


def _of_us(lexemes: Sequence[Lexeme], amount: Amount) -> bool:
    """As in "all 5 of us"."""
    pair = [lexeme.lower for lexeme in lexemes[amount.end : amount.end + 2]]
    return pair in (["of", "us"], ["of", "you"])


def _out_of_named(lexemes: Sequence[Lexeme], group: Group, previous: CountedNoun) -> bool:
    """Whether the sentence opened with "Of the 54 passengers" and the number stands right behind a comma."""
    opener = next((k for k in range(previous.start - 1, -1, -1) if lexemes[k].lower == "of"), -1)
    opens = opener == 0 or (opener > 0 and lexemes[opener - 1].text in '.!?“"')
    k = group.first.start - 1
    while k > 0 and lexemes[k].lower in _FILLERS:
        k -= 1
    return opens and previous.start - opener < 5 and lexemes[k].text == ","


_LONGEST_ASIDE = 12


def _past_aside(lexemes: Sequence[Lexeme], end: int) -> int:
    """Past "including three children" of "12, including three children, were hurt"."""
    if end + 1 >= len(lexemes) or lexemes[end].text != "," or lexemes[end + 1].lower not in ("including", "among"):
        return end
    for k in range(end + 2, min(end + _LONGEST_ASIDE, len(lexemes))):
        if lexemes[k].text == ",":
            return k + 1
    return end


def _person_word(lexemes: Sequence[Lexeme], end: int) -> bool:
    end = _past_aside(lexemes, end)
    for lexeme in lexemes[end : end + 3]:
        if lexeme.lower in nouns()["person_words"]:
            return True
        if lexeme.lower not in _PERSON_FILLERS:
            return False
    return False


def _of_things_understood(lexemes: Sequence[Lexeme], group: Group) -> bool:
    """As in "the arena holds just 3,200" and "fewer than 2,000 were ruled informal": whole numbers by their verb."""
    amount = group.last
    if amount.value is None or amount.value != int(amount.value):
        return False
    if amount.end < len(lexemes) and lexemes[amount.end].lower in nouns()["auxiliaries"]:
        return True
    k = group.first.start - 1
    while k > 0 and lexemes[k].lower in _FILLERS:
        k -= 1
    return k >= 0 and lexemes[k].lower in nouns()["count_verbs"] | nouns()["hold_verbs"]


def _of_votes(lexemes: Sequence[Lexeme], group: Group) -> bool:
    """As in "voted 32 to 21"."""
    k = group.first.start - 1
    if k >= 2 and lexemes[k].lower in ("to", "against") and lexemes[k - 1].type is LexemeType.NUMBER:
        k -= 2
    if k >= 1 and lexemes[k].lower == "of":  # "by a vote of 219 to 210"
        k -= 1
    return k >= 0 and lexemes[k].lower in ("voted", "votes", "vote")


def _ends_clause(lexemes: Sequence[Lexeme], end: int) -> bool:
    return end >= len(lexemes) or lexemes[end].type is not LexemeType.WORD


def _noun_follows(lexemes: Sequence[Lexeme], end: int) -> bool:
    return end < len(lexemes) and lexemes[end].type is LexemeType.WORD and not stops_phrase(lexemes, end)


def _refers_back(lexemes: Sequence[Lexeme], group: Group, previous: CountedNoun | None) -> bool:
    """As in "compared with 63", "from 9 to 10", "up from 40", "against 12": the noun stands earlier in the sentence."""
    k = group.first.start - 1
    while k > 0 and lexemes[k].lower in ("about", "only", "just", "around", "nearly", "some", "the", "a", "an"):
        k -= 1
    if k < 0 or (lexemes[group.first.start - 1].lower in ("a", "an") and _noun_follows(lexemes, group.last.end)):
        return False  # "175B parameters and a 32k context"
    word, before = lexemes[k].lower, lexemes[k - 1].lower if k else ""
    if word in ("with", "to") and before in ("compared", "comparison"):
        return True
    whole = group.last.value is not None and group.last.value == int(group.last.value)
    if previous is not None and whole and word in ("against", "versus", "vs"):
        return True  # "11 cases in one group against 185 in the other"
    if previous is not None and whole and word.endswith(("'s", "’s")) and _ends_clause(lexemes, group.last.end):
        return True  # "1.5 million workers, second only to the rival's 2.1 million"
    if previous is not None and whole and word == "to" and previous.end == k:  # "61,408 votes to 55,972"
        return True
    if previous is not None and whole and word in _GOES_ON:
        return True
    return (
        whole
        and word in ("from", "to", "against", "by")
        and direction_before(lexemes, k) is not None
        and not _names_index(lexemes, k)
    )


_GOES_ON = word_set("cues", "count_goes_on")
_INDEX_NAMES = word_set("cues", "index_names")


def settle_index_levels(lexemes: Sequence[Lexeme], groups: Sequence[Group]) -> None:
    """Levels beside points of the same sentence: "the other lost 1.1% to 1,334.20", "(16,369.03, up 58.06 points)"."""
    met = False  # whether points stand earlier in the sentence
    for position, group in enumerate(groups):
        amount = group.last
        met = met or _points(amount)
        plain = amount.kind is Kind.NUMBER or (amount.kind is Kind.COUNT and amount.unit is None)
        if not plain or amount.value is None or amount.value < _LEAST_LEVEL or amount.numeral.magnitude is not None:
            continue
        following = groups[position + 1].last if position + 1 < len(groups) else None
        moved = following is not None and _points(following) and _moves(lexemes[amount.end : following.start])
        before = lexemes[group.first.start - 1].lower if group.first.start else ""
        level = met and before in ("to", "at")
        if moved or (level and lexemes[amount.numeral.start].text.count(".") == 1):
            amount.kind, amount.unit = Kind.INDEX, "point"
            amount.rules.append("index.level")


_LEAST_LEVEL = 100


def settle_shared_nouns(lexemes: Sequence[Lexeme], groups: Sequence[Group]) -> None:
    """As in "25 or 30 volunteers" and "the truck made three and the van made five trips": one noun, said once."""
    for first, second in reversed(list(itertools.pairwise(groups))):
        number, counted = first.last, second.last
        whole = number.value is not None and number.value == int(number.value)
        if number.kind is not Kind.NUMBER or counted.noun is None or not whole:
            continue
        listed = _listed(lexemes, number, second)
        if listed or _same_clause(lexemes, first, second):
            number.kind, number.unit = Kind.COUNT, counted.unit
            number.noun = counted.noun if listed else None
            number.rules.append("count.shared_noun")


def _listed(lexemes: Sequence[Lexeme], number: Amount, following: Group) -> bool:
    """As in "25 or 30 volunteers" and "14, 9 and 6 pupils": nothing but the joint stands between."""
    if number.end + 1 != following.first.start or not number.numeral.in_digits:
        return False
    joint = lexemes[number.end].lower
    return joint in ("or", "and") or (joint == "," and "count.shared_noun" in following.last.rules)


def _same_clause(lexemes: Sequence[Lexeme], first: Group, second: Group) -> bool:
    """As in "the truck made three and the van made five trips": both stand behind the same word."""
    if not first.first.start or first.last.end >= len(lexemes):
        return False
    same = lexemes[first.first.start - 1].lower == lexemes[second.first.start - 1].lower
    return same and lexemes[first.last.end].lower in _CLAUSE_JOINERS


_CLAUSE_JOINERS = ("and", "but", "while", "or", ",", ";")


def _points(amount: Amount) -> bool:
    return amount.kind is Kind.INDEX and amount.unit == "point"


def _moves(gap: Sequence[Lexeme]) -> bool:
    words = [lexeme.lower for lexeme in gap if lexeme.text not in ",("]
    return words in (["up"], ["down"], ["plus"], ["minus"])


def _names_index(lexemes: Sequence[Lexeme], start: int) -> bool:
    window = lexemes[max(0, start - 16) : start]
    return any(
        lexeme.lower in _INDEX_NAMES
        or (lexeme.text == "S" and k + 2 < len(window) and window[k + 1].text == "&" and window[k + 2].text == "P")
        for k, lexeme in enumerate(window)
    )


def _index_level(lexemes: Sequence[Lexeme], group: Group) -> bool:
    """A bare level of a share index: "the FTSE 100 closed at 7,512.4", "to 12,487"."""
    k = group.first.start - 1
    return (
        k >= 0 and lexemes[k].lower in ("to", "at", "from", "of", "near", "below", "above") and _names_index(lexemes, k)
    )


_RATING_CUES = word_set("cues", "rating_cues")


def settle_rating(lexemes: Sequence[Lexeme], amount: Amount) -> None:
    """As in "gave the play seven out of ten" rates it seven; "eight out of ten voters" is a share."""
    if "fraction.out_of" not in amount.rules or amount.numeral.value is None:
        return
    following = lexemes[amount.end : amount.end + 1]
    if following and following[0].lower in ("stars", "points", "marks"):
        amount.kind, amount.value = Kind.INDEX, amount.numeral.value
        amount.rules.append("index.rating")
        return
    if _noun_follows(lexemes, amount.end):
        return
    if any(lexeme.lower in _RATING_CUES for lexeme in lexemes[max(0, amount.start - 10) : amount.start]):
        amount.kind, amount.value = Kind.INDEX, amount.numeral.value
        amount.rules.append("index.rating")
