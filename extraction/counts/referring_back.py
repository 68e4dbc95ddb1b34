"""Counts that go on with a noun from earlier in the sentence: "up from 40", "compared with 63", "the other 40"."""

from collections.abc import Sequence

from extraction.changes.adverbs import steps_count
from extraction.changes.verbs_before import direction_before
from extraction.counts.people import leader, words_at
from extraction.counts.shared_nouns import of_party
from extraction.quantity.counted_noun import CountedNoun
from extraction.quantity.group import Group
from extraction.quantity.rates import rate_at
from extraction.text.index_names import names_index
from extraction.text.lexemes import Lexeme, LexemeType, at
from extraction.text.nouns import is_plural, looks_past, noun_follows
from extraction.text.numeral import is_numeral
from extraction.text.word_classes import RELATIVES
from extraction.text.words import word_set

_GOES_ON = word_set("counts", "count_goes_on")
_TOTALS, _BRINGS = word_set("counts", "totals"), word_set("cues", "brings")
_SHADES = word_set("counts", "elision_shades")
_LISTED_AT = word_set("counts", "listed_at")
_CLAUSE_OPENERS = word_set("grammar", "subject_pronouns") | {"already", "still", "previously"}
_EXPECTED = word_set("cues", "expected_words")
_SIZES = word_set("syntax", "sizes")


def refers_back(lexemes: Sequence[Lexeme], group: Group, previous: CountedNoun | None) -> bool:
    """Whether the noun stands earlier in the sentence.

    As in "compared with 63", "from 9 to 10", "up from 40", "against 12".
    """
    k = group.first.start - 1
    while k > 0 and lexemes[k].lower in _SHADES:
        k -= 1
    if k < 0 or (lexemes[group.first.start - 1].lower in ("a", "an") and noun_follows(lexemes, group.last.end)):
        return False  # "175B parameters and a 32k context"
    if lexemes[k].lower == "of" and at(lexemes, k - 1) in word_set("counts", "extremes_reached"):
        opener = _before_extreme(lexemes, k)
        if at(lexemes, opener) == "from":
            return previous is not None and _beside(lexemes, previous.end, opener)  # "300 a day from a high of 520"
        k = opener
    word, before = at(lexemes, k), at(lexemes, k - 1)
    if word == "to" and before in _TOTALS and lexemes[k - 3].lower in _BRINGS:
        return True  # "opened six stores, taking its total to 1,420"
    if word in ("up", "down") and at(lexemes, group.last.end) == "to":
        return True  # "murders were up 20 to 146"
    if word in ("with", "to") and before in ("compared", "comparison"):
        return True
    if previous is not None:
        if word == "at" and _peaks(lexemes, group, k - 1):
            return ends_clause(lexemes, group.last.end) or not noun_follows(lexemes, group.last.end)
        if _goes_on(lexemes, group, k) or (group.last.whole and _goes_on_whole(lexemes, group, previous, k)):
            return True
    moved = group.last.whole and word in ("from", "to", "against", "by")
    return moved and direction_before(lexemes, k) is not None and not names_index(lexemes, k)


def _goes_on(lexemes: Sequence[Lexeme], group: Group, k: int) -> bool:
    """Whether any number behind the lexeme ``k`` that leads to it is of what was counted before."""
    word, before, end = at(lexemes, k), at(lexemes, k - 1), group.last.end
    if word == "at" and before in ("figure", "number", "total", "tally"):
        return True  # "the government put the figure at 61,000"
    if word == "with" and before in ("left", "up") and ends_clause(lexemes, end):
        return True  # "had 40 sheep and was left with 12", "ended up with 12"
    if (before, word) in ((",", "not"), ("let", "alone")) and ends_clause(lexemes, end):
        return True  # "has 40 staff, not 60", "200 guests, let alone 400"
    return steps_count(lexemes, group.last)


def _goes_on_whole(lexemes: Sequence[Lexeme], group: Group, previous: CountedNoun, k: int) -> bool:
    """Whether a whole number behind the lexeme ``k`` that leads to it is of what ``previous`` counts."""
    word, before, end = at(lexemes, k), at(lexemes, k - 1), group.last.end
    if word == "of" and before in word_set("cues", "levels_of_counts"):
        return ends_clause(lexemes, end)  # "21,340 vehicles, short of its goal of 30,000"
    if of_party(lexemes, group):
        return True  # "60 members: 31 Labour, 20 Conservative"
    if word in ("against", "versus", "vs") or word in _GOES_ON:
        return True  # "11 cases in one group against 185 in the other"
    if word == "to" and _beside(lexemes, previous.end, k):
        return True  # "61,408 votes to 55,972", "went from 14 deliveries a day to about 60"
    owned = word.endswith(("'s", "’s")) or (word in ("'", "’") and before.endswith("s"))
    if owned and ends_clause(lexemes, end):
        return True  # "1.5 million workers, second only to the rival's 2.1 million"
    if at(lexemes, end) in word_set("cues", "levels_of_counts") and ends_clause(lexemes, end + 1):
        return True  # "12.5 million homes, half of its 25 million target"
    return (
        _of_the_same(lexemes, group)
        or _holds_or_adds(lexemes, group, previous, k)
        or _does_again(lexemes, word, before, end)
    )


def _holds_or_adds(lexemes: Sequence[Lexeme], group: Group, previous: CountedNoun, k: int) -> bool:
    """Whether so many are had or added: "needs 37 more seats, and polls suggest it will win at least 40"."""
    leading, end = leader(lexemes, group), group.last.end
    if leading in word_set("cues", "holds") and ends_clause(lexemes, end):
        return True
    if leading in word_set("cues", "adding") and not noun_follows(lexemes, end) and not _is_size(lexemes, previous):
        return True
    left = at(lexemes, k) == "with" and at(lexemes, k - 1) == "left" and ends_clause(lexemes, end)
    return left and is_numeral(lexemes[previous.start - 1])  # "lost nine of its 24 seats"


def _is_size(lexemes: Sequence[Lexeme], noun: CountedNoun) -> bool:
    """Whether a counted noun is the unit of a size: "a ball 78 overs old"."""
    return at(lexemes, noun.end) in _SIZES


def _does_again(lexemes: Sequence[Lexeme], word: str, before: str, end: int) -> bool:
    """Whether a second verb has so many of the same: "promised a million homes and built fewer than 9,000".

    A relative clause may follow: "screened 6,800 and found just four that worked".
    """
    if not (looks_past(word) or word in word_set("grammar", "past")):
        return False
    if at(lexemes, end) in RELATIVES:
        return True
    goes_on = before == "," and at(lexemes, end) == "and"  # "opened 63 stores, closed seven and refitted"
    return before in ("and", "but", "then", ",") and (goes_on or ends_clause(lexemes, end))


def _peaks(lexemes: Sequence[Lexeme], group: Group, k: int) -> bool:
    """Whether what was counted peaks: "drew 9 million viewers, peaking at 10 million", "sold 300 and peaked at 400".

    Not where another clause opens, as in "as cases peaked".
    """
    if group.last.value is None or group.last.value <= _PLACES_OF_CHART:
        return False  # "peaked at 12 in the chart"
    return at(lexemes, k) in word_set("counts", "peaking") and at(lexemes, k - 1) in (",", "and", "before")


def _before_extreme(lexemes: Sequence[Lexeme], k: int) -> int:
    """The "to" or "from" of "fell to a record low of 229,000", where the "of" is lexeme ``k``; else ``k``."""
    first = k - 1
    while first > 0 and k - first <= _LONGEST_EXTREME and lexemes[first - 1].lower in _SHADES_OF_EXTREMES:
        first -= 1
    return first - 1 if first and lexemes[first - 1].lower in ("to", "from") else k


def _beside(lexemes: Sequence[Lexeme], end: int, k: int) -> bool:
    """Whether nothing but the rate of a count stands between its noun and lexeme ``k``."""
    rate = rate_at(lexemes, end) if end < k else None
    return end == k or (rate is not None and rate[0][2] == k)


_PLACES_OF_CHART = 100
_LONGEST_EXTREME = 6  # lexemes
_SHADES_OF_EXTREMES = word_set("cues", "level_fillers") - {"to"}


def _of_the_same(lexemes: Sequence[Lexeme], group: Group) -> bool:
    """Whether so many are of the same: "100 planes, on top of the 470 it ordered", "the other 40 stayed".

    Or are lacking: "11,000 tickets, 2,000 short of".
    """
    before, (after, further) = at(lexemes, group.first.start - 1), words_at(lexemes, group.last.end)
    if after in ("shy", "short"):
        return further == "of"
    if before in ("whom", "which") and lexemes[group.first.start - 2].lower == "of":
        return True  # "900 patients, of whom 310 developed it"
    if before in (":", ",", "(", ";") and after in _LISTED_AT:
        return True  # "83 cases: 51 in Auckland, 20 in Waikato"
    if before == "other":
        return not noun_follows(lexemes, group.last.end) or not is_plural(after)
    return before in ("the", "those") and after in _CLAUSE_OPENERS | _EXPECTED


def ends_clause(lexemes: Sequence[Lexeme], end: int) -> bool:
    return end >= len(lexemes) or lexemes[end].type is not LexemeType.WORD
