"""Tells numbers that say which one: "Section 427", "number 3", "lap 23 of 57", "[4, 7-9]", "1) ..."."""

import re
from collections.abc import Sequence

from extraction.amounts.bracketed_ages import behind_persons, bracketed_age
from extraction.amounts.ratings import behind_grade
from extraction.counts.item_labels import BULLETS, item_label
from extraction.counts.listings import past_no
from extraction.exclusions.after_times import behind_holiday, behind_period
from extraction.exclusions.numbered_things import is_charge, is_highway, is_post, names_release, on_beaufort_scale
from extraction.exclusions.reasons import Reason
from extraction.numerals.pairs import PAIR_RULE
from extraction.text.lexemes import Lexeme, LexemeType, lexeme_at, words_between
from extraction.text.nouns import counts_following, nouns
from extraction.text.numeral import Numeral
from extraction.text.statistics import behind_statistic
from extraction.text.word_classes import in_class
from extraction.text.words import word_set

_LABELS = word_set("exclusions", "labels")
_WEAK_LABELS = word_set("exclusions", "weak_labels")
# Behind these a number word is a label as well: "chapter two", "season four".
_COUNTED_LABELS = word_set("exclusions", "counted_labels")
_AUXILIARIES = word_set("grammar", "modals")
# Behind "can" and "will" the others are verbs: "the hall can seat 450".
_DIALLED = word_set("exclusions", "dialled")
_CODE_WORDS = word_set("exclusions", "code_words")
_AGE_GROUPS = word_set("cues", "age_groups")
_BEFORE_UNDER = word_set("exclusions", "before_under")
_FEWEST_OF_CODE = 5  # digits, behind a word that is a label now and then: "Account no: 44120987"
_FEWEST_OF_PAPER = 4  # digits
_OLDEST_JUNIOR = 23
_HIGHEST_MARK = 10  # of a gas oven
_LAST_YEAR = 13  # of school
_PUPILS = word_set("cues", "pupils")
_SCHOOL_YEAR_LEADERS = word_set("exclusions", "school_year_leaders")
_MARKER = re.compile(r"\d{1,2}(?:\.\d{1,2})?")
_LONGEST_MARK = 12  # lexemes on either side of the number, so that the time stays linear
LISTING = ("and", "or", ",", ", and", ", or", "&")


def label(lexemes: Sequence[Lexeme], numeral: Numeral) -> Reason | None:
    """Whether a word right in front makes the number a label: "Section 427", "number 3", "Category 3", "#2"."""
    before = lexeme_at(lexemes, numeral.start - 1)
    if before is None or numeral.value is None:
        return None
    if names_release(lexemes, numeral) or on_beaufort_scale(lexemes, numeral):
        return "label"
    if not (plain_number(lexemes, numeral) or _is_lettered_label(lexemes, numeral, before)):
        return None
    labelled = _by_sign(lexemes, numeral, before)
    if labelled is None:
        labelled = _by_listed_word(lexemes, numeral, before)
    return "label" if labelled else None


def _is_lettered_label(lexemes: Sequence[Lexeme], numeral: Numeral, before: Lexeme) -> bool:
    strong = before.lower in _LABELS and before.lower not in _WEAK_LABELS and lexemes[numeral.end - 1].text.isupper()
    return _lettered(lexemes, numeral) and (before.capitalised or strong)


def _by_sign(lexemes: Sequence[Lexeme], numeral: Numeral, before: Lexeme) -> bool | None:
    """Whether a sign or a word with a rule of its own makes the number a label; None where neither stands there."""
    start, word = numeral.start, before.lower
    in_front = lexemes[start - 2].lower if start >= 2 else ""
    if before.text in ("#", "№") or is_highway(lexemes, numeral):
        return True
    if word in ("count", "counts") and is_charge(lexemes, numeral):
        return True
    if word in word_set("exclusions", "posts") and is_post(lexemes, numeral):
        return True
    if past_no(lexemes, start - (2 if word == "." else 1)) == start:
        return False  # "34 no. 2-bed units"
    if word in word_set("listings", "dials") and numeral.value is not None and numeral.value <= _HIGHEST_MARK:
        return not counts_following(lexemes, numeral.end)
    if word == "." and before.glued and in_front in ("no", "nos", "vol"):
        return True
    if word == ":" and before.glued and start >= 2:  # "Question ID: 420072"
        long = len(lexemes[start].text) >= _FEWEST_OF_CODE
        sorted_out = in_front in word_set("exclusions", "classes") and _is_in_box(lexemes, numeral)
        return sorted_out or (in_front in _LABELS and (long or in_front not in _WEAK_LABELS))
    if word in ("is", "was") and _is_code_word(lexemes, start - 2):
        return True  # "the lot number is 2281", "her PIN was 4471"
    if word in word_set("exclusions", "documents") and lexemes[start].text.isdecimal():
        long = len(lexemes[start].text) >= _FEWEST_OF_PAPER
        short = len(lexemes[start].text) <= _FEWEST_OF_PAPER and not before.capitalised
        if short and counts_following(lexemes, numeral.end):
            return False  # "Without notice 1500 workers were sacked"
        return before.capitalised or long
    return None


def _by_listed_word(lexemes: Sequence[Lexeme], numeral: Numeral, before: Lexeme) -> bool:
    """Whether the word in front is one of the labels of ``en/exclusions.toml`` and stands as one."""
    start, word = numeral.start, before.lower
    if word not in _LABELS or _holds(lexemes, start - 1):
        return False
    if behind_holiday(lexemes, start) or behind_period(lexemes, numeral):
        return False
    if word == "stage" and lexemes[max(0, start - 2)].lower in word_set("exclusions", "stages_of_rivers"):
        return False  # "flood stage 18"
    if word == "under" and start >= 2 and lexemes[start - 2].lower in ("are", "is", "were", "was"):
        return False  # "half are under 10"
    if not numeral.in_digits and not (lexemes[start].capitalised or before.capitalised):
        return word in _COUNTED_LABELS
    if word == "under" and _is_bound(lexemes, numeral, before):
        return False
    if word == "year" and _is_school_year(lexemes, numeral):
        return True
    return not (word in _WEAK_LABELS and not before.capitalised and counts_following(lexemes, numeral.end))


def _is_bound(lexemes: Sequence[Lexeme], numeral: Numeral, under: Lexeme) -> bool:
    """Whether "under" bounds the number and does not label it:
    "children under 5", "it dipped under 20", "fell to well under 400"; not in "the under 21 side"."""
    in_front = lexemes[numeral.start - 2].lower if numeral.start >= 2 else ""
    if in_front in _BEFORE_UNDER or in_front in (*_AGE_GROUPS, "aged", "ages"):
        return True
    return under.text == "under" and numeral.value is not None and numeral.value > _OLDEST_JUNIOR


def _is_in_box(lexemes: Sequence[Lexeme], numeral: Numeral) -> bool:
    """Whether a short label with a colon and the number fill a line:
    the "Insurance group: 11" of a box; not in "By group: 11 nurses", "Deaths in the age group: 12"."""
    end, colon = numeral.end, numeral.start - 1
    ends = end >= len(lexemes) or lexemes[end].type is LexemeType.BREAK or lexemes[end].text in ";|"
    words = []
    for lexeme in reversed(lexemes[max(0, colon - _LONGEST_LABEL - 1) : colon]):
        if lexeme.type is not LexemeType.WORD:
            break
        words.append(lexeme)
    return ends and len(words) <= _LONGEST_LABEL and not any(in_class(word, "prepositions") for word in words)


_LONGEST_LABEL = 2  # words


def _is_school_year(lexemes: Sequence[Lexeme], numeral: Numeral) -> bool:
    """Whether the number behind "year" is that of a school, with pupils behind it:
    "41% of its year 11 pupils", not in "last year 11 pupils left"."""
    led = numeral.start >= 2 and lexemes[numeral.start - 2].lower in _SCHOOL_YEAR_LEADERS
    pupils = led and numeral.end < len(lexemes) and lexemes[numeral.end].lower in _PUPILS
    return pupils and numeral.in_digits and numeral.value is not None and numeral.value <= _LAST_YEAR


def continues_label(lexemes: Sequence[Lexeme], labelled: int, numeral: Numeral) -> bool:
    """Whether the numeral goes on where a label ended at lexeme ``labelled``: "junctions 10 and 11", "lap 23 of 57"."""
    letter = lexemes[labelled]  # "seats 12A and 12B"
    labelled += letter.type is LexemeType.WORD and letter.glued and len(letter.text) == 1
    gap = " ".join(words_between(lexemes, labelled, numeral.start))
    joined = gap in (*LISTING, "to", "-", "–", "through", "of") and not _is_minus(lexemes, numeral.start)
    lettered = _lettered(lexemes, numeral) and lexemes[numeral.end - 1].text.isupper()
    shared = _shares_label(lexemes, labelled, numeral) or not counts_following(lexemes, numeral.end)
    return joined and (plain_number(lexemes, numeral) or lettered) and shared


def _is_minus(lexemes: Sequence[Lexeme], start: int) -> bool:
    """Whether the sign is a minus: "Nikkei 225 -312.45"; what joins would have a space on both sides or on none."""
    return lexemes[start].glued and not lexemes[start - 1].glued


def _shares_label(lexemes: Sequence[Lexeme], labelled: int, numeral: Numeral) -> bool:
    """Whether it is the next number up behind a label with its capital:
    "Scope 1 and 2 emissions", "Year 5 and 6 pupils"."""
    last, after = lexemes[labelled - 1].text, lexeme_at(lexemes, numeral.end)
    if labelled < 2 or not last.isdecimal() or len(last) > 2 or numeral.value != int(last) + 1:
        return False
    return lexemes[labelled - 2].capitalised and after is not None and after.lower not in ("other", "others", "more")


def _lettered(lexemes: Sequence[Lexeme], numeral: Numeral) -> bool:
    """Whether the numeral ends with a letter that would be a magnitude elsewhere: "66B"."""
    return numeral.rule == "numeral.digits_magnitude" and len(lexemes[numeral.end - 1].text) == 1


def _is_code_word(lexemes: Sequence[Lexeme], k: int) -> bool:
    if k < 0:
        return False
    coded = lexemes[k].lower == "number" and k > 0 and lexemes[k - 1].lower in _LABELS
    return coded or lexemes[k].lower in _CODE_WORDS


def _holds(lexemes: Sequence[Lexeme], k: int) -> bool:
    """Whether the label is a verb: "the hall can seat 450", "it could number 40", "the A350-1000 seats 410"."""
    if k < 1:
        return False
    before = lexemes[k - 1]
    if before.lower in _AUXILIARIES:
        return lexemes[k].lower not in _DIALLED
    if before.lower == "to" and k > 1 and lexemes[k].lower == "top":
        return lexemes[k - 2].lower in word_set("exclusions", "before_to_top")  # "is expected to top 300"
    if lexemes[k].lower == "numbers" and before.lower == "now":
        return True  # "The kakapo now numbers 244"
    verb = lexemes[k].lower in nouns()["hold_verbs"] and lexemes[k].text.islower()
    after_noun = before.type is LexemeType.WORD and before.lower not in nouns()["stops"]
    return verb and (before.is_number or after_noun)


def plain_number(lexemes: Sequence[Lexeme], numeral: Numeral) -> bool:
    """Whether labels and names hold such: words, or digits without thousands separators, magnitude or fraction."""
    return numeral.rule in ("numeral.digits", "numeral.words", PAIR_RULE) and "," not in lexemes[numeral.start].text


def list_marker(lexemes: Sequence[Lexeme], start: int, end: int) -> Reason | None:
    """The reason "list marker" where the number opens a line or stands in brackets as one; else None:
    "1) ...", "(2)", "3. Next" at the start of a line."""
    before, after = lexeme_at(lexemes, start - 1), lexeme_at(lexemes, end)
    text = lexemes[start].text
    opens = before is None or before.type is LexemeType.BREAK or before.text in BULLETS
    if after is None or not _MARKER.fullmatch(text) or (end > start + 1 and not lexemes[end - 1].glued):
        return None  # "(71 million)"
    if item_label(lexemes, start, end) is not None:
        return None  # "60: schools closed", "4 million: people without water"
    if opens and after.text == "." and after.glued:
        return "list marker"
    if not text.isdecimal():
        return None
    if after.text == ")" and not any(lexeme.text == "(" for lexeme in lexemes[max(0, start - 12) : start]):
        return "list marker"
    if after.text == ")" and before is not None and before.text in ("(", "["):
        told = bracketed_age(lexemes, start) or behind_persons(lexemes, start, end) or behind_grade(lexemes, start, end)
        return None if before.text == "(" and told else "list marker"
    return "list marker" if opens and after.text in (")", ":") and after.glued else None


def reference_mark(lexemes: Sequence[Lexeme], start: int, end: int) -> bool:
    """Whether nothing but numbers stands between square brackets: "shown before [4, 7-9]", "waiting lists. [908213]".

    They are small whole ones, or one number that is as long as those of questions and files.
    """
    beside = lexemes[start - 1].text + lexemes[end].text if start > 0 and end < len(lexemes) else ""
    if beside == "[]" and lexemes[start].text.isdecimal() and len(lexemes[start].text) >= _FEWEST_OF_CODE:
        return True
    first, last = start - 1, end
    while first >= 0 and start - first < _LONGEST_MARK and _stands_in_mark(lexemes[first]):
        first -= 1
    if first < 0 or lexemes[first].text != "[" or behind_statistic(lexemes, first + 1):
        return False  # "95% CI [11-38]"
    while last < len(lexemes) and last - end < _LONGEST_MARK and _stands_in_mark(lexemes[last]):
        last += 1
    closed = last < len(lexemes) and lexemes[last].text == "]"
    return closed and all(_stands_in_mark(lexeme) for lexeme in lexemes[start:end])


def _stands_in_mark(lexeme: Lexeme) -> bool:
    small = lexeme.is_number and lexeme.text.isdecimal() and len(lexeme.text) <= 3
    return small or lexeme.text in (",", ";", "-", "–")
