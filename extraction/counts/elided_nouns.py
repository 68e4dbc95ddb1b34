"""Counts whose noun the text leaves out: "Of the 54 passengers, 49 survived", "12 were hurt", "up from 40"."""

from collections.abc import Sequence

from extraction.changes.still import of_results
from extraction.claims import Kind
from extraction.counts.groups import (
    of_container,
    of_gathering,
    of_group,
    of_majority,
    of_settlement,
    of_votes,
    runs_scored,
    tallied,
    votes_of,
)
from extraction.counts.numbers_of import number_in_front, number_of, tally_moved
from extraction.counts.people import lead, leader, of_people, people_do, people_driven, people_get, words_at
from extraction.counts.referring_back import ends_clause, refers_back
from extraction.counts.shared_nouns import gapped
from extraction.counts.those_of import for_every, of_those, whom_in_front
from extraction.counts.verbs_behind import expect_it
from extraction.quantity.amount import Amount
from extraction.quantity.counted_noun import CountedNoun
from extraction.quantity.group import Group
from extraction.quantity.rates import rate_at, settle_rate
from extraction.text.change_words import change_words
from extraction.text.lexemes import Lexeme, LexemeType, at
from extraction.text.nouns import is_person, is_plural, looks_past, noun_follows, nouns, singular, stops_phrase
from extraction.text.numeral import is_numeral
from extraction.text.shades import SHADES
from extraction.text.word_classes import in_class
from extraction.text.words import word_set

_LEAVING = word_set("syntax", "leaves")
_ENDINGS_OF_PERSONS = tuple(word_set("cues", "endings_of_persons"))
_DOZEN = 12
_LONGEST_NUMBERED = 5  # lexemes from "of" to the noun: "Of the 54 passengers"
_LONGEST_OPENING = 8  # tokens
_LONGEST_SPAN = 2  # lexemes: "their last"
_LISTED_BY = word_set("counts", "listed_by")
_CLAUSE_JOINERS = ("and", "but", "while", "or", ",", ";")


def settle_person_or_named(lexemes: Sequence[Lexeme], group: Group, previous: CountedNoun | None) -> bool:
    """Makes a bare number a count of runs, of people or of what the sentence began with; says whether it did."""
    amount = group.last
    if runs_scored(lexemes, group):
        amount.settle(Kind.COUNT, "run", "count.runs")
    elif previous is not None and _out_of_named(lexemes, group, previous):
        amount.settle(Kind.COUNT, previous.unit, "count.antecedent")
        amount.noun_elsewhere = previous
    elif (noun_of := _opening_noun(lexemes, group)) is not None:
        amount.settle(Kind.COUNT, noun_of, "count.antecedent")
    elif of_people(lexemes, group):
        amount.settle(Kind.COUNT, _same_people(lexemes, group, previous), "count.person")
    elif (
        people_do(lexemes, group) or people_driven(lexemes, group) or (previous is None and people_get(lexemes, group))
    ):
        amount.settle(Kind.COUNT, _person(previous), "count.person")
    elif (noun := number_of(lexemes, group.last, lead(lexemes, group))) is not None:
        amount.settle(Kind.COUNT, noun.unit, "count.number_of")
        settle_rate(lexemes, amount)
    elif previous is None and (tally := tally_moved(lexemes, group.last, lead(lexemes, group))) is not None:
        amount.settle(Kind.COUNT, tally, "count.tally")
        settle_rate(lexemes, amount)  # "deaths fell to 197 per 100,000 births"
    else:
        return False
    return True


def _sums(lexemes: Sequence[Lexeme], group: Group, previous: CountedNoun) -> bool:
    """Whether a number sums up what is listed: "40 golds, 27 silvers and 24 bronzes, a total of 91"."""
    led = [at(lexemes, group.first.start - 2), at(lexemes, group.first.start - 1)]
    listed = previous.start > 2 and at(lexemes, previous.start - 2) == "and"
    return led == ["total", "of"] and listed and is_plural(lexemes[previous.start - 3].text)


def _person(previous: CountedNoun | None) -> str:
    """Who does what only people do: those counted before, if they are people."""
    same = previous is not None and (is_person(previous.unit) or previous.unit.endswith(_ENDINGS_OF_PERSONS))
    return previous.unit if previous is not None and same else "person"


def _same_people(lexemes: Sequence[Lexeme], group: Group, previous: CountedNoun | None) -> str:
    """Of "The chief of 7,200 officers backs the 13 who had been charged" officers; else people."""
    defined = at(lexemes, group.first.start - 1) in ("the", "those") and at(lexemes, group.last.end) == "who"
    return _person(previous) if defined else "person"


def settle_elided(lexemes: Sequence[Lexeme], group: Group, previous: CountedNoun | None) -> bool:
    """Makes a bare number a count whose noun is left out, that of ``previous`` if it may be; says whether it did."""
    amount = group.last
    if for_every(lexemes, group):
        amount.settle(Kind.COUNT, None, "count.for_every")
        return True
    following = at(lexemes, amount.end)
    elided = amount.value is None or following in ("more", "others", "fewer", "each") or _is_whole(lexemes, group)
    elided = elided or of_those(lexemes, group)
    if not (elided or _noun_is_understood(lexemes, group, previous)):
        return False
    whole = amount.value is None or (amount.whole and amount.value >= 0)
    kind = Kind.COUNT if whole or previous is not None else Kind.NUMBER  # "152.25 per dollar" is a rate
    amount.settle(kind, None, "count.elided")
    settle_rate(lexemes, amount)
    other = of_group(lexemes, group) or of_majority(lexemes, group) or of_votes(lexemes, group)
    settled = of_settlement(lexemes, group)
    seats = previous is not None and lead(lexemes, group) < previous.end  # "fell from 61 seats to 48"
    other = other or settled or (leader(lexemes, group) in nouns()["hold_verbs"] and not seats)
    if previous is not None:
        other = (other or of_container(lexemes, group, previous.end)) and not votes_of(lexemes, group, previous.end)
        other = other or _sums(lexemes, group, previous)
        other = other and not (settled and previous.unit == "person")  # "killed 400 people in a city of 300,000"
    in_front = _noun_in_front(lexemes, group)
    if in_front is not None:
        amount.settle(kind, in_front, "count.antecedent")
    elif previous is not None and not other:
        amount.settle(kind, previous.unit, "count.antecedent")
        amount.noun_elsewhere = previous
    elif (whom := _whom(lexemes, group)) is not None:
        amount.settle(kind, whom, "count.antecedent")
    elif following == "others":  # "she and 40 others"
        amount.settle(kind, "person", "count.person")
    return True


def _is_whole(lexemes: Sequence[Lexeme], group: Group) -> bool:
    """Whether another number is a part of this one, with no noun behind: "118 of the 305 put to them"."""
    of = group.first.start - 2
    definite = of > 0 and lexemes[of].lower == "of" and lexemes[of + 1].lower in word_set("grammar", "definites")
    return definite and is_numeral(lexemes[of - 1]) and not noun_follows(lexemes, group.last.end)


def _out_of_named(lexemes: Sequence[Lexeme], group: Group, previous: CountedNoun) -> bool:
    """Whether the sentence opened with "Of the 54 passengers" and the number stands right behind a comma."""
    near = range(previous.start - 1, max(-1, previous.start - _LONGEST_NUMBERED), -1)  # so that the time stays linear
    opener = next((k for k in near if lexemes[k].lower == "of"), -1)
    opens = opener == 0 or (opener > 0 and lexemes[opener - 1].text in '.!?“"')
    k = lead(lexemes, group)
    return opens and lexemes[k].text == ","


def _opening_noun(lexemes: Sequence[Lexeme], group: Group) -> str | None:
    """The singular of what "Of the cases, 70 were in children, 46 in adults" opens with."""
    amount, place = group.last, lead(lexemes, group)
    if not amount.whole or lexemes[0].lower != "of" or lexemes[1].lower not in word_set("grammar", "definites"):
        return None
    comma = next((k for k, lexeme in enumerate(lexemes[:_LONGEST_OPENING]) if lexeme.text == ","), 0)
    listed = place > comma and lexemes[place].lower in _CLAUSE_JOINERS and at(lexemes, amount.end) in _LISTED_BY
    if comma < 3 or not (place == comma or listed):
        return None
    noun = lexemes[comma - 1]
    plain = all(lexeme.type is LexemeType.WORD for lexeme in lexemes[:comma])
    return singular(noun.text) if plain and is_plural(noun.text) and noun.text.islower() else None


def _noun_is_understood(lexemes: Sequence[Lexeme], group: Group, previous: CountedNoun | None) -> bool:
    return (
        _of_pronoun(lexemes, group.last.end)
        or _of_the_whole(lexemes, group)
        or rate_at(lexemes, group.last.end) is not None  # "an average of 20 per week"
        or of_group(lexemes, group)
        or _of_things_understood(lexemes, group)
        or (previous is not None and _out_of(lexemes, group, previous))
        or of_votes(lexemes, group)
        or (previous is not None and tallied(lexemes, group, previous))
        or of_settlement(lexemes, group)
        or of_gathering(lexemes, group)
        or of_majority(lexemes, group)
        or refers_back(lexemes, group, previous)
        or (previous is not None and (_does_otherwise(lexemes, group) or gapped(lexemes, group, previous)))
    )


def _of_pronoun(lexemes: Sequence[Lexeme], end: int) -> bool:
    """Whether "of" and a pronoun stand at ``end``: "six of them"."""
    first, second = words_at(lexemes, end)
    return first == "of" and second in ("them", "those", "which", "whom")


def _noun_in_front(lexemes: Sequence[Lexeme], group: Group) -> str | None:
    """The singular of what stands in front of the comma: "praised the nurses, about 400 of whom worked unpaid"."""
    first, second = words_at(lexemes, group.last.end)
    comma = lead(lexemes, group)
    if first != "of" or second not in ("which", "whom") or comma < 1 or lexemes[comma].text != ",":
        return None
    noun = lexemes[comma - 1]
    plural = noun.type is LexemeType.WORD and is_plural(noun.text) and not stops_phrase(lexemes, comma - 1)
    plural = plural and (second == "which" or is_person(noun.lower))
    return singular(noun.text) if plural else None


def _whom(lexemes: Sequence[Lexeme], group: Group) -> str | None:
    """Who "of whom" means, or None: "The toll stood at 214, 60 of whom were foreigners", "of whom 14".

    They are people, if no number of others stands in front.
    """
    comma = lead(lexemes, group)
    if words_at(lexemes, group.last.end) != ("of", "whom"):
        if comma < 2 or [word.lower for word in lexemes[comma - 1 : comma + 1]] != ["of", "whom"]:
            return None
        comma -= 2
    noun = number_in_front(lexemes, comma)
    return noun.unit if noun is not None else whom_in_front(lexemes, comma) or "person"


def _of_the_whole(lexemes: Sequence[Lexeme], group: Group) -> bool:
    """Whether "of the", "of its" or the like follows: "70 of the 500-strong workforce will go"."""
    first, second = words_at(lexemes, group.last.end)
    return group.last.whole and first == "of" and second in ("the", "its", "their", "his", "her", "our")


def _of_things_understood(lexemes: Sequence[Lexeme], group: Group) -> bool:
    """Whether the words beside a whole number say that it counts: "the arena holds just 3,200".

    Or the auxiliary behind it: "fewer than 2,000 were ruled informal".
    """
    amount = group.last
    if not amount.whole:
        return False
    if amount.end < len(lexemes) and lexemes[amount.end].lower in nouns()["auxiliaries"]:
        return True
    if at(lexemes, amount.start - 1) == "the" and _is_expected(lexemes, amount.end):
        return True  # "fewer than the 240,000 economists had expected"
    ends = not noun_follows(lexemes, amount.end) or looks_past(lexemes[amount.end].lower)
    if ends and words_at(lexemes, lead(lexemes, group) - 1) in _CAPACITIES:
        return True  # "a prison built for 500", "a total of 312 passed"
    if amount.numeral.magnitude == _DOZEN:
        return True  # "Two dozen or so were waiting"
    if at(lexemes, amount.end) == "in" and words_at(lexemes, amount.end + 1) in (("a", "row"), ("a", "line")):
        return True  # "have lost four in a row"
    if at(lexemes, amount.end) == "straight" and not noun_follows(lexemes, amount.end + 1):
        return True  # "have won three straight"
    if _of_games(lexemes, amount):
        return True
    k = lead(lexemes, group)
    if _opens_with_verb(lexemes, amount, k):
        return True
    if k >= 0 and lexemes[k].lower in _LEAVING and at(lexemes, amount.end) in ("without", "in", "with"):
        return True  # "leaves 200,000 without power"
    if k >= 1 and lexemes[k].lower in ("were", "are") and lexemes[k - 1].lower == "there":
        return True  # "there were eight or nine in the room"
    return k >= 0 and lexemes[k].lower in nouns()["count_verbs"] | nouns()["hold_verbs"]


def _opens_with_verb(lexemes: Sequence[Lexeme], amount: Amount, k: int) -> bool:
    """Whether a number and a verb open a sentence: "Some 900 cross the border", "Only 40 finished the course".

    ``k`` is in front of the shaded number.
    """
    opens = k < 0 or lexemes[k].type is LexemeType.BREAK or (k == 0 and lexemes[0].lower in SHADES)
    if not opens or amount.end + 1 >= len(lexemes) or lexemes[amount.end].type is not LexemeType.WORD:
        return False
    verb, behind = lexemes[amount.end], lexemes[amount.end + 1]
    led = in_class(behind, "determiners", "reflexives") and behind.lower != "half"
    return led and verb.text.islower() and not is_plural(verb.text) and verb.lower not in nouns()["stops"]


def _out_of(lexemes: Sequence[Lexeme], group: Group, previous: CountedNoun) -> bool:
    """Whether the number is the whole of what was just counted: "367 votes out of 550", "40 seats (of 120)"."""
    if group.first.start - previous.end > _LONGEST_LINK:
        return False
    between = [lexeme.lower for lexeme in lexemes[previous.end : group.first.start]]
    return between in (["out", "of"], ["(", "out", "of"], ["(", "of"]) and not noun_follows(lexemes, group.last.end)


_LONGEST_LINK = 3  # lexemes of "(out of"


def _is_expected(lexemes: Sequence[Lexeme], end: int) -> bool:
    return at(lexemes, end) in word_set("cues", "forecasters") or expect_it(lexemes, end, end)


_CAPACITIES = (("total", "of"), *((word, "for") for word in word_set("cues", "capacities")))


def _of_games(lexemes: Sequence[Lexeme], amount: Amount) -> bool:
    """Whether it counts games or their results: "have dropped six of eight" and "lost five of their last six"."""
    if of_results(lexemes, amount.start, amount.end):
        return True
    k = amount.start - 1
    while k > 0 and amount.start - k <= _LONGEST_SPAN and lexemes[k].lower in word_set("cues", "spans_of_games"):
        k -= 1
    won = k > 1 and lexemes[k].lower == "of" and of_results(lexemes, k - 1, k)
    return won and not noun_follows(lexemes, amount.end)


def _does_otherwise(lexemes: Sequence[Lexeme], group: Group) -> bool:
    """Whether some of those counted before do otherwise: "3,300 shares declined while 650 rose"."""
    amount, k = group.last, lead(lexemes, group)
    verb = at(lexemes, amount.end)
    moves = verb in change_words().verbs and ends_clause(lexemes, amount.end + 1)
    did = looks_past(verb) and verb not in nouns()["auxiliaries"]  # "31,000 started, about 29,400 finished"
    return amount.whole and (moves or did) and k > 0 and lexemes[k].lower in ("while", "whereas", "but", "and", ",")
