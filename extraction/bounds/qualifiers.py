"""Bounds and approximations beside a number: "up to", "no fewer than", "or more", "-odd".

The word lists and their readings stand in ``en/qualifiers.toml``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from extraction.bounds.moved_up import moves_up
from extraction.bounds.other_senses import is_closing, is_lacking, of_par, of_race, qualifier_words, tells_cause
from extraction.claims import Kind, Shape
from extraction.text.change_words import change_words
from extraction.text.lexemes import Lexeme, LexemeType, lex
from extraction.text.money_signs import MONEY_SIGNS
from extraction.text.nouns import noun_follows
from extraction.text.words import word_data, word_set


@dataclass(frozen=True, slots=True)
class Qualifier:
    """A qualifier at lexemes ``start:end`` and the shape it gives its number."""

    shape: Shape
    start: int
    end: int
    phrase: str


@dataclass(frozen=True, slots=True)
class _Phrases:
    """Phrases by their outermost word (the one next to the number), longest first."""

    before: dict[str, list[tuple[tuple[str, ...], Shape]]]
    after: dict[str, list[tuple[tuple[str, ...], Shape]]]
    negated: dict[Shape, Shape]
    negations: frozenset[str]
    between: frozenset[str]
    smallest: dict[str, int]
    phrasal: frozenset[str]
    climbs: frozenset[str]
    multiples: frozenset[str]


@cache
def _phrases() -> _Phrases:
    table: dict[str, Any] = word_data("qualifiers")
    sides: dict[str, dict[str, list[tuple[tuple[str, ...], Shape]]]] = {"before": {}, "after": {}}
    for side, rows in sides.items():
        for group in table[side]:
            for phrase in group["phrases"]:
                words = tuple(lexeme.lower for lexeme in lex(phrase))
                rows.setdefault(words[-1 if side == "before" else 0], []).append((words, Shape(group["shape"])))
        for candidates in rows.values():
            candidates.sort(key=lambda row: -len(row[0]))
    negation = table["negation"]
    return _Phrases(
        before=sides["before"],
        after=sides["after"],
        negations=frozenset(negation["words"]),
        negated={Shape(shape): Shape(reading) for shape, reading in negation.items() if shape != "words"},
        between=frozenset(table["between"]["words"]),
        smallest=table["smallest"],
        phrasal=frozenset(table["phrasal"]["words"]) | frozenset(table["disputes"]["words"]),
        climbs=frozenset(table["motion_up"]["climbs"]),
        multiples=frozenset(table["multiples"]["words"]),
    )


_ADDERS = word_set("cues", "adders")  # "adds up to $5"


def qualifier_before(lexemes: Sequence[Lexeme], i: int, value: Decimal | None) -> Qualifier | None:
    """The qualifier that ends before lexeme ``i``, where the number (or its sign or currency) starts."""
    found = ending_at(lexemes, i, value)
    if found is not None:
        return found
    end, between = i, _phrases().between
    while end > 0 and lexemes[end - 1].lower in between:
        end -= 1
    if end < i and (found := ending_at(lexemes, end, value)) is not None:
        return found
    return _of_lasting(lexemes, i, value)


def _of_lasting(lexemes: Sequence[Lexeme], i: int, value: Decimal | None) -> Qualifier | None:
    """The approximation in front of "the last", "the next" and a span, or None: "for approximately the last 32 years",
    "for about the past 20 years"; not "worried about the next 20"."""
    if i < 3 or lexemes[i - 1].lower not in ("last", "past", "next", "first") or lexemes[i - 2].lower != "the":
        return None
    found = ending_at(lexemes, i - 2, value)
    if found is None or found.shape is not Shape.APPROXIMATE or found.start < 1:
        return None
    return found if lexemes[found.start - 1].lower in ("for", "in", "over", "of", "during") else None


def ending_at(lexemes: Sequence[Lexeme], end: int, value: Decimal | None) -> Qualifier | None:
    """The longest qualifier that ends in front of lexeme ``end``; ``value`` is that of the number, if known."""
    table = _phrases()
    # "sub-500": the hyphen belongs to the qualifier
    last = end - 1
    if last > 0 and lexemes[last].text == "-" and lexemes[last].glued and lexemes[last - 1].lower == "sub":
        last -= 1
    if last < 0:
        return None
    for words, shape in table.before.get(lexemes[last].lower, ()):
        start = last + 1 - len(words)
        if start < 0 or not _stand_at(lexemes, start, words):
            continue
        phrase = " ".join(words)
        if _has_other_sense(lexemes, start, end, words) or _bounds_nothing(lexemes, start, end, phrase, value):
            continue
        if start > 0 and lexemes[start - 1].lower in table.negations and shape in table.negated:
            return Qualifier(table.negated[shape], start - 1, last + 1, f"not {phrase}")
        return _widened(lexemes, Qualifier(shape, start, last + 1, phrase))
    return None


def _has_other_sense(lexemes: Sequence[Lexeme], start: int, end: int, words: tuple[str, ...]) -> bool:
    """Whether ``words`` at ``start:end`` say no bound but belong to what stands in front: "buried under a metre"."""
    before = lexemes[start - 1].lower if start > 0 else None
    if words[0] == "as" and before in _phrases().multiples:
        return True  # "four times as many as a year ago"
    if words[0] == "over" and before in _phrases().phrasal:
        return True
    if words[0] in ("under", "over") and of_par(lexemes, start):
        return True
    if words in (("under",), ("beneath",), ("below",)) and before in qualifier_words("covering"):
        return True  # "buried under nearly a metre of snow"
    if words == ("over",) and (tells_cause(lexemes, start) or of_race(lexemes, end)):
        return True
    if words in (("short", "of"), ("shy", "of")) and is_lacking(lexemes, start):
        return True
    if words == ("close", "on") and is_closing(lexemes, start):
        return True
    if words == ("up", "to") and start > 0 and (before in _ADDERS or moves_up(lexemes, start)):
        return True
    return words[0] == "min" and start > 0 and lexemes[start - 1].is_number  # "15 min 30 seconds"


def _bounds_nothing(lexemes: Sequence[Lexeme], start: int, end: int, phrase: str, value: Decimal | None) -> bool:
    """Whether the number is passed in space, or is too small for the ``phrase`` at ``start:end`` to bound it."""
    if phrase == "past" and not _climbs_past(lexemes, start, end):
        return True
    if phrase in word_set("bounds", "crossing") and not _crosses(lexemes, end, value):
        return True
    if phrase == "beyond" and prices_dollar(lexemes, end + 1) and _moves(lexemes, start) == "up":
        return True  # "The peso firmed beyond 17 per dollar", to fewer of them
    smallest = _phrases().smallest
    return phrase in smallest and (value is None or value < smallest[phrase])


def _crosses(lexemes: Sequence[Lexeme], end: int, value: Decimal | None) -> bool:
    """Whether the number is a large one that is passed, and no distance or law: "the list passes 52,000", "debt has
    crossed Rs2tr"; not "crossed 1,200 km", "passes $2bn tax cut"."""
    passed = value is not None and value >= 1000 and not noun_follows(lexemes, end + 1)
    return passed and (lexemes[end].is_number or lexemes[end - 1].lower != "passes")


def _climbs_past(lexemes: Sequence[Lexeme], start: int, end: int) -> bool:
    """Whether "past" is the level that something climbs over: "climbed past 400", and of a currency "weakened past 86
    per dollar"; not "drove past 400 houses"."""
    weaker = _moves(lexemes, start) == "down" and prices_dollar(lexemes, end + 1)
    return weaker or (start > 0 and lexemes[start - 1].lower in _phrases().climbs)


def _moves(lexemes: Sequence[Lexeme], start: int) -> str | None:
    return change_words().verbs.get(lexemes[start - 1].lower) if start > 0 else None


def prices_dollar(lexemes: Sequence[Lexeme], end: int) -> bool:
    """Whether the number in front of ``end`` says what money buys: "86 per dollar", "18.9 against the euro"."""
    behind = [lexeme.lower for lexeme in lexemes[end : end + 3]]
    per = 1 if behind[:1] == ["per"] else 2 if behind[:2] in (["to", "the"], ["against", "the"]) else 3
    return per < len(behind) and behind[per] in word_set("bounds", "priced_currencies")


def _stand_at(lexemes: Sequence[Lexeme], start: int, words: tuple[str, ...]) -> bool:
    """Whether the lexemes from ``start`` on are these words."""
    if lexemes[start].lower != words[0]:
        return False
    return len(words) == 1 or tuple(lexeme.lower for lexeme in lexemes[start : start + len(words)]) == words


def _widened(lexemes: Sequence[Lexeme], found: Qualifier) -> Qualifier:
    """The bound right in front of an approximation, which leaves it standing, else ``found``: "at least about 50".

    In "lay over about a mile", "worked over about 12 weeks" no bound stands in front: "over" says how far it reaches.
    """
    if found.shape is not Shape.APPROXIMATE or found.start == 0:
        return found
    outer = ending_at(lexemes, found.start, None)
    bounds = outer is not None and outer.shape is not Shape.APPROXIMATE and outer.phrase != "over"
    return outer if outer is not None and bounds else found


def qualifier_after(lexemes: Sequence[Lexeme], i: int) -> Qualifier | None:
    """The qualifier that starts at lexeme ``i``, right after a number, its unit or the noun it counts."""
    if i >= len(lexemes) or lexemes[i].type is LexemeType.BREAK:
        return None
    start = i
    aside = lexemes[i].text == "("  # "5,000 (or so) voters"
    if i + 1 < len(lexemes) and (aside or (lexemes[i].text == "-" and lexemes[i].glued)):
        i += 1
    for words, shape in _phrases().after.get(lexemes[i].lower, ()):
        end = i + len(words)
        if not _stand_at(lexemes, i, words):
            continue
        if words in (("plus",), ("+",), ("odd",), ("ish",), ("some",)) and not lexemes[start].glued:
            continue
        if aside:
            if end >= len(lexemes) or lexemes[end].text != ")":
                continue
            end += 1
        following = lexemes[end] if end < len(lexemes) else None
        if (
            following is not None
            and words[0] in {"at", "more"}
            and following.lower in word_data("numerals")["multiples"]
        ):
            continue  # "23 officers at least doubled their pay"
        if words[0] == "and" and following is not None and (following.lower == "to" or following.is_number):
            continue  # "three systems and up to 50 tanks"
        if len(words) > 1 and words[0] in ("and", "or") and following is not None and _is_compared(following):
            continue  # "up 6% and above the $5 billion estimate"
        if words == ("+",) and end < len(lexemes) and lexemes[end].glued and lexemes[end].text not in ",.;:)":
            continue
        return Qualifier(shape, start, end, " ".join(words))
    return None


def _is_compared(following: Lexeme) -> bool:
    """Whether a word behind "and above" says what the number is compared with: "the estimate", "$5 billion"."""
    return (
        following.text in MONEY_SIGNS
        or following.lower in word_set("bounds", "opening_comparisons")
        or following.lower in word_set("modality", "beaten")
    )


def decade_of_prices(lexemes: Sequence[Lexeme], start: int, end: int) -> Qualifier | None:
    """The part of so many thousands in which a sum lies, or None: "in the mid-$500,000s", "the low £200,000s"."""
    if end >= len(lexemes) or lexemes[end].lower != "s" or not lexemes[end].glued:
        return None
    k = start - 1
    if k > 0 and lexemes[k].text == "-" and lexemes[k].glued:
        k -= 1
    if k < 0 or lexemes[k].lower not in word_set("bounds", "parts_of_decades"):
        return None
    return Qualifier(Shape.APPROXIMATE, k, k + 1, lexemes[k].lower)


_PLACES = {f"in the {place} of" for place in ("area", "neighbourhood", "neighborhood", "vicinity")}


_EXTREMES = ("max", "max.", "min", "min.")


def applies(qualifier: Qualifier, kind: Kind) -> bool:
    """Whether a qualifier can bound a claim of this kind: "within" bounds time, distance and per cent alone."""
    if qualifier.phrase in ("within", "inside"):
        return kind in (Kind.DURATION, Kind.LENGTH) or (kind is Kind.PERCENT and qualifier.phrase == "within")
    if qualifier.phrase in _EXTREMES:  # "Max 31C, min 18C"
        return kind is not Kind.TEMPERATURE
    if qualifier.phrase == "cheaper than":
        return kind is Kind.MONEY
    if qualifier.phrase in _PLACES:
        return kind not in (Kind.COUNT, Kind.LENGTH, Kind.NUMBER)
    if qualifier.phrase in ("near", "beyond", "as long as", "as far as"):
        return kind != Kind.COUNT
    return True
