"""Levels that leave out what was said beside them: "sales of 34,982 vans, a third below the 2022 peak of 51,015"."""

from collections.abc import Sequence

from extraction.amounts.closing import closes
from extraction.amounts.elided_units import comparable
from extraction.amounts.ranges import Group
from extraction.claims import SHARES, Kind
from extraction.counts.people import lead, leader
from extraction.text.lexemes import Lexeme, at
from extraction.text.words import word_set

_BESIDE = word_set("cues", "beside_levels")
_LONGEST_LEVEL = 8  # lexemes of "well below the 2022 peak of"
_LONGEST_ASIDE = 6  # lexemes of "in the year to May,"


def settle_level_beside(lexemes: Sequence[Lexeme], measured: Sequence[Group], group: Group) -> bool:
    """Gives the bare number of a level the unit of what it is compared with; says whether it did.

    As in "Consents rose to 34,982, well below the 2022 peak of 51,015"; by how much may stand in front of "below".
    """
    amount, of = group.last, lead(lexemes, group)
    level = of > 0 and lexemes[of].lower == "of" and lexemes[of - 1].lower in word_set("cues", "levels_of_counts")
    if not level or not closes(lexemes, amount.end):
        return False
    near = range(of - 1, max(-1, of - _LONGEST_LEVEL), -1)
    beside = next((k for k in near if lexemes[k].text == "," or lexemes[k].lower in _BESIDE), 0)
    step = measured[-1]
    stepped = step.last.kind in SHARES and step.last.end == beside and len(measured) > 1
    source = measured[-2] if stepped else step
    if at(lexemes, beside) not in _BESIDE or source.last.kind is not Kind.COUNT or source.is_range:
        return False
    opens = lead(lexemes, step) if stepped else _past_shades(lexemes, beside)
    end = source.last.end if source.last.noun is None else source.last.noun.end
    if at(lexemes, opens) != "," or not end <= opens <= end + _LONGEST_ASIDE or not comparable(source.last, amount):
        return False
    if not amount.whole:
        return False
    amount.settle(Kind.COUNT, source.last.unit, "count.antecedent")
    amount.noun_elsewhere = source.last.noun or source.last.noun_elsewhere
    return True


def settle_compared(lexemes: Sequence[Lexeme], counted: Group, group: Group) -> None:
    """As in "On the drug 412 had a stroke, against 523 in the other group": both are counts of what is left out."""
    source, amount = counted.last, group.last
    compared = leader(lexemes, group) in ("against", "versus", "vs")
    if amount.whole and compared and source.kind is Kind.COUNT and source.noun is None and closes(lexemes, amount.end):
        amount.settle(Kind.COUNT, source.unit, "count.antecedent")


def _past_shades(lexemes: Sequence[Lexeme], beside: int) -> int:
    """The lexeme in front of "below", past words that shade it: "well below", "still far below"."""
    k = beside - 1
    while k > 0 and beside - k <= _MOST_SHADES and lexemes[k].lower in word_set("cues", "shades_beside_levels"):
        k -= 1
    return k


_MOST_SHADES = 3
