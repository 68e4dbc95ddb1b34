"""Tells numbers that say which one: "Section 427", "number 3", "lap 23 of 57", "[4, 7-9]", "1) ..."."""

import re
from collections.abc import Sequence

from extraction.amounts.bracketed_ages import behind_persons, bracketed_age
from extraction.amounts.ratings import behind_grade
from extraction.counts.item_labels import BULLETS, item_label
from extraction.counts.listings import past_no
from extraction.exclusions.after_times import behind_holiday, behind_period
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
_COUNTED_LABELS = word_set("cues", "counted_labels")
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
_SCHOOL_YEAR_LEADERS = word_set("cues", "school_year_leaders")
_MARKER = re.compile(r"\d{1,2}(?:\.\d{1,2})?")
_LONGEST_MARK = 12  # lexemes on either side of the number, so that the time stays linear
LISTING = ("and", "or", ",", ", and", ", or", "&")


def label(lexemes: Sequence[Lexeme], numeral: Numeral) -> Reason | None:
    """As in "Section 427", "number 3", "Category 3", "#2"."""
    before = lexeme_at(lexemes, numeral.start - 1)
    if before is None or numeral.value is None:
        return None
    if _names_release(lexemes, numeral) or _on_beaufort_scale(lexemes, numeral):
        return "label"
    lettered = _lettered(lexemes, numeral)
    strong = before.lower in _LABELS and before.lower not in _WEAK_LABELS and lexemes[numeral.end - 1].text.isupper()
    if not (plain_number(lexemes, numeral) or (lettered and (before.capitalised or strong))):
        return None
    if before.text == "#" or before.text == "№" or _is_highway(lexemes, numeral):
        return "label"
    word = before.lower
    if word in ("count", "counts") and _is_charge(lexemes, numeral):
        return "label"
    if word in word_set("exclusions", "posts") and _is_post(lexemes, numeral):
        return "label"
    sign = numeral.start - (2 if word == "." else 1)
    if past_no(lexemes, sign) == numeral.start:
        return None  # "34 no. 2-bed units"
    if word in word_set("listings", "dials") and numeral.value <= _HIGHEST_MARK:
        return None if counts_following(lexemes, numeral.end) else "label"
    if word == "." and numeral.start >= 2 and before.glued and lexemes[numeral.start - 2].lower in ("no", "nos", "vol"):
        return "label"
    if word == ":" and before.glued and numeral.start >= 2:  # "Question ID: 420072"
        named = lexemes[numeral.start - 2].lower
        long = len(lexemes[numeral.start].text) >= _FEWEST_OF_CODE
        sorted_out = named in word_set("exclusions", "classes") and _is_in_box(lexemes, numeral)
        return "label" if sorted_out or (named in _LABELS and (long or named not in _WEAK_LABELS)) else None
    if word == "under" and numeral.start >= 2 and lexemes[numeral.start - 2].lower in ("are", "is", "were", "was"):
        return None  # "half are under 10"
    if word in ("is", "was") and _is_code_word(lexemes, numeral.start - 2):
        return "label"  # "the lot number is 2281", "her PIN was 4471"
    if word == "stage" and lexemes[max(0, numeral.start - 2)].lower in word_set("cues", "stages_of_rivers"):
        return None  # "flood stage 18"
    paper = word in word_set("exclusions", "documents") and lexemes[numeral.start].text.isdecimal()
    short = len(lexemes[numeral.start].text) <= _FEWEST_OF_PAPER and not before.capitalised
    if paper and short and counts_following(lexemes, numeral.end):
        return None  # "Without notice 1500 workers were sacked"
    if paper:
        return "label" if before.capitalised or len(lexemes[numeral.start].text) >= _FEWEST_OF_PAPER else None
    if word not in _LABELS or _holds(lexemes, numeral.start - 1):
        return None
    if behind_holiday(lexemes, numeral.start) or behind_period(lexemes, numeral):
        return None
    if not numeral.in_digits and not (lexemes[numeral.start].capitalised or before.capitalised):
        return "label" if word in _COUNTED_LABELS else None
    if word == "under" and numeral.start >= 2 and lexemes[numeral.start - 2].lower in (*_AGE_GROUPS, "aged", "ages"):
        return None  # "children under 5"
    if word == "under" and numeral.start >= 2 and lexemes[numeral.start - 2].lower in _BEFORE_UNDER:
        return None  # "from 75 minutes to under 20", "it dipped under 20", "back under 20"
    if before.text == "under" and numeral.value > _OLDEST_JUNIOR:
        return None  # "fell to well under 400", not "the under 21 side"
    if word == "year" and _is_school_year(lexemes, numeral):
        return "label"
    if word in _WEAK_LABELS and not before.capitalised and counts_following(lexemes, numeral.end):
        return None
    return "label"


def _is_in_box(lexemes: Sequence[Lexeme], numeral: Numeral) -> bool:
    """As in the "Insurance group: 11" of a box; not in "By group: 11 nurses", "Deaths in the age group: 12"."""
    end, colon = numeral.end, numeral.start - 1
    ends = end >= len(lexemes) or lexemes[end].type is LexemeType.BREAK or lexemes[end].text in ";|"
    words = []
    for lexeme in reversed(lexemes[max(0, colon - _LONGEST_LABEL - 1) : colon]):
        if lexeme.type is not LexemeType.WORD:
            break
        words.append(lexeme)
    return ends and len(words) <= _LONGEST_LABEL and not any(in_class(word, "prepositions") for word in words)


_LONGEST_LABEL = 2  # words


def _is_charge(lexemes: Sequence[Lexeme], numeral: Numeral) -> bool:
    """As in "guilty to counts 1, 3 and 5", "Count one: theft"; not in "on all counts 30 jurors agreed"."""
    led = lexeme_at(lexemes, numeral.start - 2)
    opens = led is None or led.type is not LexemeType.WORD or led.lower in word_set("cues", "before_charges")
    return opens and not counts_following(lexemes, numeral.end)


def _is_post(lexemes: Sequence[Lexeme], numeral: Numeral) -> bool:
    """As in "cut at km 47", "between kilometre 12 and kilometre 15"; not in "limits in km 47 drivers"."""
    led = lexeme_at(lexemes, numeral.start - 2)
    placed = led is not None and led.lower in word_set("exclusions", "before_posts")
    return placed and not counts_following(lexemes, numeral.end)


def _is_highway(lexemes: Sequence[Lexeme], numeral: Numeral) -> bool:
    """As in "stopped on U.S. 62", "Interstate 95 and US 1": no more than three digits that count nothing."""
    k = numeral.start - 1
    if lexemes[k].text not in _OF_STATES:
        return False
    named = "".join(lexeme.text for lexeme in lexemes[max(0, k - 3) : k + 1])
    first = k - 3 if named.endswith("U.S.") else k
    led = lexeme_at(lexemes, first - 1) if named.endswith(("U.S.", "US")) else None
    if led is None or len(lexemes[numeral.start].text) > _LONGEST_HIGHWAY or numeral.value is None or numeral.value < 1:
        return False
    after = lexeme_at(lexemes, numeral.end)
    if after is not None and (after.text in _NO_ROUTE or counts_following(lexemes, numeral.end)):
        return False
    return led.lower in word_set("cues", "before_highways")


_OF_STATES = frozenset((".", "US"))  # the last lexeme of "U.S." and "US"
_LONGEST_HIGHWAY = 3  # digits
_NO_ROUTE = ("-", "–", "‑", "%")


def _names_release(lexemes: Sequence[Lexeme], numeral: Numeral) -> bool:
    """As in "the 2.0 release", "the 1.1, 1.5 and 2.0 versions"; not in "2.5 releases a month"."""
    if "." not in lexemes[numeral.start].text:
        return False
    for k in range(numeral.end, min(len(lexemes), numeral.end + _LONGEST_MARK)):
        if lexemes[k].lower in _RELEASES:
            return k + 1 >= len(lexemes) or lexemes[k + 1].lower not in ("a", "per", "each", "every")
        if not (lexemes[k].is_number or lexemes[k].lower in ("and", "or", ",")):
            return False
    return False


_RELEASES = word_set("cues", "releases")


def _on_beaufort_scale(lexemes: Sequence[Lexeme], numeral: Numeral) -> bool:
    """As in "gale force nine", "force 8 to 10 winds"; not in "a work force 200 strong"."""
    k, last = numeral.start - 1, numeral.end
    if lexemes[k].lower in ("to", "or", "-") and k > 1 and lexemes[k - 2].lower == "force":
        k -= 2
    elif lexemes[k].lower == "force" and last + 1 < len(lexemes) and lexemes[last].lower in ("to", "or", "-"):
        last += 2
    if lexemes[k].lower != "force" or k < 1 or numeral.value is None or numeral.value > _STRONGEST:
        return False
    beside = {lexemes[k - 1].lower, *(lexeme.lower for lexeme in lexemes[last : last + 1])}
    return not word_set("cues", "words_of_wind").isdisjoint(beside)


_STRONGEST = 12  # of the Beaufort scale


def _is_school_year(lexemes: Sequence[Lexeme], numeral: Numeral) -> bool:
    """As in "41% of its year 11 pupils", not in "last year 11 pupils left"."""
    led = numeral.start >= 2 and lexemes[numeral.start - 2].lower in _SCHOOL_YEAR_LEADERS
    pupils = led and numeral.end < len(lexemes) and lexemes[numeral.end].lower in _PUPILS
    return pupils and numeral.in_digits and numeral.value is not None and numeral.value <= _LAST_YEAR


def continues_label(lexemes: Sequence[Lexeme], labelled: int, numeral: Numeral) -> bool:
    """As in "junctions 10 and 11", "lap 23 of 57": the numeral goes on where a label ended at lexeme ``labelled``."""
    letter = lexemes[labelled]  # "seats 12A and 12B"
    labelled += letter.type is LexemeType.WORD and letter.glued and len(letter.text) == 1
    gap = " ".join(words_between(lexemes, labelled, numeral.start))
    joined = gap in (*LISTING, "to", "-", "–", "through", "of") and not _is_minus(lexemes, numeral.start)
    lettered = _lettered(lexemes, numeral) and lexemes[numeral.end - 1].text.isupper()
    shared = _shares_label(lexemes, labelled, numeral) or not counts_following(lexemes, numeral.end)
    return joined and (plain_number(lexemes, numeral) or lettered) and shared


def _is_minus(lexemes: Sequence[Lexeme], start: int) -> bool:
    """As in "Nikkei 225 -312.45": what joins would have a space on both sides or on none."""
    return lexemes[start].glued and not lexemes[start - 1].glued


def _shares_label(lexemes: Sequence[Lexeme], labelled: int, numeral: Numeral) -> bool:
    """As in "Scope 1 and 2 emissions", "Year 5 and 6 pupils": the next number up, behind a label with its capital."""
    last, after = lexemes[labelled - 1].text, lexeme_at(lexemes, numeral.end)
    if labelled < 2 or not last.isdecimal() or len(last) > 2 or numeral.value != int(last) + 1:
        return False
    return lexemes[labelled - 2].capitalised and after is not None and after.lower not in ("other", "others", "more")


def _lettered(lexemes: Sequence[Lexeme], numeral: Numeral) -> bool:
    """As in "66B": a letter that would be a magnitude elsewhere."""
    return numeral.rule == "numeral.digits_magnitude" and len(lexemes[numeral.end - 1].text) == 1


def _is_code_word(lexemes: Sequence[Lexeme], k: int) -> bool:
    if k < 0:
        return False
    coded = lexemes[k].lower == "number" and k > 0 and lexemes[k - 1].lower in _LABELS
    return coded or lexemes[k].lower in _CODE_WORDS


def _holds(lexemes: Sequence[Lexeme], k: int) -> bool:
    """As in "the hall can seat 450", "it could number 40", "the A350-1000 seats 410": the label is a verb."""
    if k < 1:
        return False
    before = lexemes[k - 1]
    if before.lower in _AUXILIARIES:
        return lexemes[k].lower not in _DIALLED
    if lexemes[k].lower == "numbers" and before.lower == "now":
        return True  # "The kakapo now numbers 244"
    verb = lexemes[k].lower in nouns()["hold_verbs"] and lexemes[k].text.islower()
    after_noun = before.type is LexemeType.WORD and before.lower not in nouns()["stops"]
    return verb and (before.is_number or after_noun)


def plain_number(lexemes: Sequence[Lexeme], numeral: Numeral) -> bool:
    """Digits without thousands separators, magnitude or fraction, or their words: what labels and names hold."""
    return numeral.rule in ("numeral.digits", "numeral.words", PAIR_RULE) and "," not in lexemes[numeral.start].text


def list_marker(lexemes: Sequence[Lexeme], start: int, end: int) -> Reason | None:
    """As in "1) ...", "(2)", "3. Next" at the start of a line."""
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
    """As in "shown before [4, 7-9]", "waiting lists. [908213]": nothing but numbers between square brackets.

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
