"""Movements said once for several amounts: "fell 12%, robberies 9%", "to 16% in 2026 and 17% in 2027"."""

from collections.abc import Sequence
from itertools import pairwise

from extraction.changes.adjuncts import is_time, opens_time
from extraction.changes.signs import sign_before
from extraction.claims import Change, Kind
from extraction.quantity.group import Group
from extraction.quantity.quantity import Quantity
from extraction.text.change_words import change_words
from extraction.text.lexemes import Lexeme, LexemeType
from extraction.text.nouns import looks_past, noun_follows, nouns
from extraction.text.shades import SHADES
from extraction.text.word_classes import in_class, is_adverb, is_auxiliary
from extraction.text.words import word_set

Placed = tuple[Group, Quantity]

_LONGEST_LINK = 10
_LINKS = word_set("grammar", "prepositions", "articles", "coordinators") | word_set("changes", "period_words")
_ARTICLES = word_set("grammar", "articles")
_PREPOSITIONS = word_set("grammar", "prepositions")
_INSIDE_NAMES = ("of", "in", "for", "the", "a", "an")  # "a pint of milk", "trade in the south"


def repeat_movements(lexemes: Sequence[Lexeme], placed: Sequence[Placed]) -> None:
    """Gives the amounts behind a moved one its movement where the text does not repeat the verb."""
    for position in range(1, len(placed)):
        if placed[position][1].change is not None:
            continue
        gap = lexemes[_end(placed[position - 1][0]) : placed[position][0].first.start]
        if position > 1 and _has_level(placed, position) and not _is_second(lexemes, gap, placed[position][0]):
            _repeat(lexemes, placed, position, placed[position - 2][1])
        if placed[position][1].change is None:
            _repeat(lexemes, placed, position, placed[position - 1][1])


def _repeat(lexemes: Sequence[Lexeme], placed: Sequence[Placed], position: int, source: Quantity) -> None:
    """Copies the movement of ``source`` to the amount at ``position``, if that is said of it too."""
    (first_group, _), (group, quantity) = placed[position - 1], placed[position]
    change = source.change
    if change is None or (source.kind, source.unit) != (quantity.kind, quantity.unit):
        return
    sign = sign_before(lexemes, group.first.start)
    if sign >= 0 and (lexemes[sign].text == "+") != (change.direction == "up"):
        return  # "banks +1.1%, margin -2.3%"
    gap = lexemes[_end(first_group) : group.first.start]
    if not gap or len(gap) > _LONGEST_GAP or (source.mark is None) != (quantity.mark is None):
        return
    if change.role == "from" and not _is_second(lexemes, gap, group):
        return
    by = change.role == "by"
    if (
        (by and quantity.kind is Kind.PERCENT and _linked(lexemes, gap, group))
        or _is_second(lexemes, gap, group)
        or (by and _has_no_more(lexemes, _end(group)) and _names_other(gap, "by"))
        or (not by and _has_no_more(lexemes, _end(group)) and _names_other(gap, "to", stated=True))
        or _same_phrases(lexemes, gap, group)
        or (by and gap[0].text == "," and _in_list(lexemes, placed, position))
    ):
        quantity.change = Change(change.direction, change.role)


_LONGEST_GAP = 16


def _is_second(lexemes: Sequence[Lexeme], gap: Sequence[Lexeme], group: Group) -> bool:
    """Whether nothing but "and" stands in front of the amount, and no verb behind it.

    As in "fell by $3 and $4, from $20 and $30".
    """
    return [word.lower for word in gap] in (["and"], ["and", "by"]) and _ends_or_places(lexemes, _end(group))


def _ends_or_places(lexemes: Sequence[Lexeme], end: int) -> bool:
    """Whether the amount ends its clause, or what stands behind it can only place it or lead to its levels."""
    if end >= len(lexemes) or lexemes[end].type is not LexemeType.WORD:
        return True
    placed = lexemes[end].lower == "in" and end + 1 < len(lexemes)  # "in May", but not "and $4m in debt was repaid"
    if placed and not (lexemes[end + 1].capitalised or in_class(lexemes[end + 1], "determiners")):
        return False
    return lexemes[end].lower in _BEHIND_SECONDS


_BEHIND_SECONDS = word_set("changes", "behind_second_amounts")


def _in_list(lexemes: Sequence[Lexeme], placed: Sequence[Placed], position: int) -> bool:
    """Whether a comma alone stands in front of the amount, and "and" before a later one.

    As in "fell 4%, 5% and 6% in the three months".
    """
    for (before, _), (group, _) in pairwise(placed[position - 1 :]):
        between = [lexeme.lower for lexeme in lexemes[_end(before) : group.first.start]]
        if between != [","]:
            return between in (["and"], [",", "and"]) and before is not placed[position - 1][0]
    return False


def repeat_earlier(lexemes: Sequence[Lexeme], placed: Sequence[Placed]) -> None:
    """Moves from the second level of "down from 400 a year earlier and 520 in 2020" too."""
    for position, (group, was) in enumerate(placed):
        if was.change is None or was.change.role != "from":
            continue
        for other_group, other in placed[position + 1 : position + 3]:
            words = [lexeme.lower for lexeme in lexemes[_end(group) : other_group.first.start]]
            while words and words[-1] in SHADES:
                words.pop()
            joined = words[-1:] == ["and"] or words[-2:] == ["and", "from"]
            timed = joined and is_time(words[: words.index("and")]) and opens_time(lexemes, _end(other_group))
            if timed and other.change is None and (was.kind, was.unit) == (other.kind, other.unit):
                other.change = Change(was.change.direction, "from")
                break


def _end(group: Group) -> int:
    return group.last.end if group.last.noun is None else group.last.noun.end


def _has_level(placed: Sequence[Placed], position: int) -> bool:
    """Whether the amount in front is a level, so that the step before is two back.

    As in "fell 2% to £24.10 and BP 3%", "was up 8% at $420m and profit 12%".
    """
    before = placed[position - 1][1].change
    return before is not None and before.role == "to"


def _linked(lexemes: Sequence[Lexeme], gap: Sequence[Lexeme], group: Group) -> bool:
    """Whether few words, with "and" or with a name behind a comma, link the amount to the step in front of it.

    As in "up 12 per cent in May and 8 per cent in June", "the Dow lost 1%, the Nasdaq 2%".
    """
    named = any(word.capitalised for word in gap)
    joined = any(word.lower == "and" for word in gap) or (named and gap[0].text == ",")
    plain = len(gap) <= _LONGEST_LINK and all(_links(word) or word.lower in SHADES for word in gap)
    behind = lexemes[group.last.end].lower if group.last.end < len(lexemes) else ""
    described = gap[-1].lower in _ARTICLES and noun_follows(lexemes, group.last.end)  # "and a 12 per cent dividend"
    return plain and joined and behind != "of" and not described


def _links(word: Lexeme) -> bool:
    return word.capitalised or word.type is LexemeType.NUMBER or word.lower in _LINKS or word.text in ",-&"


def _same_phrases(lexemes: Sequence[Lexeme], gap: Sequence[Lexeme], group: Group) -> bool:
    """Whether the same preposition stands behind both amounts: "to £3.50 in April and £4 in 2028"."""
    k = len(gap) - 1
    while k > 0 and gap[k].lower in SHADES | {"by"}:
        k -= 1
    end = _end(group)
    behind = lexemes[end].lower if end < len(lexemes) else ""
    same = behind == gap[0].lower and behind in word_set("cues", "placing_prepositions")
    return same and gap[k].lower in ("and", ",") and _is_aside(gap[:k])


def _names_other(gap: Sequence[Lexeme], preposition: str, *, stated: bool = False) -> bool:
    """Whether who else moves stands between the amounts: "and diesel", ", chocolate by", "on the month and tea".

    ``stated``: the preposition may not be left out.
    """
    end = len(gap)
    if [word.lower for word in gap[-2:]] == ["a", "mere"]:
        end -= 2
    while end > 0 and gap[end - 1].lower in SHADES and gap[end - 1].lower != "to":
        end -= 1
    said = end > 0 and gap[end - 1].lower == preposition
    if stated and not said:
        return False
    end -= said
    if said and end > 2 and gap[end - 1].text == ",":
        end -= 1  # "; the smaller, by"
    joint = end - 1
    while joint >= 0 and gap[joint].lower not in ("and", ",", ";"):
        joint -= 1
    if joint < 0 or not _is_name(gap[joint + 1 : end], listed=gap[joint].text == "," and not said):
        return False
    between = gap[: joint - 1 if joint and gap[joint - 1].text == "," else joint]
    return _is_aside(between, whole=stated)


def _is_aside(words: Sequence[Lexeme], *, whole: bool = False) -> bool:
    """Nothing, or when and where the first amount moved: "on the month", "in Leeds", "last year".

    ``whole``: or what it is a share of, as in "to 2 per cent of GDP and the debt to 60 per cent".
    """
    if not words:
        return True
    opens = words[0].lower in _ASIDES or (whole and words[0].lower == "of")
    return opens and not any(_acts(word) or word.lower in _BREAKS for word in words[1:])


_TIMES = word_set("changes", "period_words") | {"this", "year", "a", "-"}
_ASIDES = _PREPOSITIONS - {"to", "from", "of", "than"} | _TIMES
_BREAKS = word_set("grammar", "subordinators") | {";", ":", "but", "to", "from"}


def _is_name(words: Sequence[Lexeme], *, listed: bool) -> bool:
    """Whether the words are a noun phrase. ``listed``: behind a comma, where "leaving 5%" is none."""
    if not words or (words[-1].lower in _INSIDE_NAMES):
        return False
    if words[0].lower in _PREPOSITIONS or words[0].lower in _TIMES - {"a", "second"}:
        return False
    participle = words[0].text.islower() and words[0].lower.endswith("ing") and not in_class(words[0], "not_verbs")
    if participle and (listed or len(words) > 1):
        return False
    return all(_names(word) for word in words) and words[-1].lower not in nouns()["stops"]


def _names(word: Lexeme) -> bool:
    plain = word.type is LexemeType.WORD and not _acts(word)
    inside = word.lower in _INSIDE_NAMES or word.lower in _ARTICLES
    return plain and (inside or word.capitalised or word.lower not in nouns()["stops"])


_PRONOUNS = word_set("grammar", "subject_pronouns") - {"this"}


def _acts(word: Lexeme) -> bool:
    """Whether a word may be a verb, or an adverb beside one."""
    if word.capitalised:
        return False
    verb = word.lower in change_words().verbs or in_class(word, "past") or looks_past(word.lower)
    return verb or is_auxiliary(word) or is_adverb(word) or word.lower in _PRONOUNS


def _has_no_more(lexemes: Sequence[Lexeme], end: int) -> bool:
    """Whether nothing that belongs to the amount follows: no noun, no verb and no whole."""
    if end >= len(lexemes) or lexemes[end].type is not LexemeType.WORD:
        return True
    word = lexemes[end]
    if word.lower == "of" or is_auxiliary(word):
        return False
    return word.lower in _LINKS | {"while", "respectively", "this"} or not noun_follows(lexemes, end)
