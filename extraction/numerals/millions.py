"""Tells millions from metres behind digits: "35m devices", "35m tall", "rose to 3.1m"."""

from collections.abc import Sequence

from extraction.claims import Kind
from extraction.currencies.marks import mark_after, mark_before
from extraction.text.change_words import change_words
from extraction.text.lexemes import Lexeme, LexemeType
from extraction.text.nouns import is_person
from extraction.text.surfaces import HYPHENS, word_at
from extraction.text.word_classes import in_class
from extraction.text.words import word_set
from extraction.units.match import match_unit

_LENGTH_CUES = word_set("cues", "length_cues")
_MILLION_CUES = word_set("cues", "million_cues")
_WHOLES = word_set("grammar", "articles", "object_pronouns") | {"those"}
_MEASURED_NOUNS = word_set("cues", "measured_nouns")
_CUE_REACH = 10
_SUBJECT_REACH = 6
_TALLIED = word_set("cues", "tallied", "counted_visits")
_NEW_CLAUSES = word_set("grammar", "subordinators", "subject_pronouns") | {"who", "which", ",", "and", "after", "as"}
_OF_MANY = word_set("cues", "plural_followers")
_MILLIONS_PAID = word_set("cues", "millions_paid")
_BEHIND_LENGTHS = _LENGTH_CUES - {"in", "at", "by", "from", "under", "over"} | {"of"}
TO_OTHER_END = frozenset((*HYPHENS, "–", "—", "to"))
_COMPARED = word_set("cues", "before_compared_millions")


def is_millions(lexemes: Sequence[Lexeme], j: int, following: Lexeme | None) -> bool:
    """Whether "m" behind digits is millions: metres unless something countable follows, which is what those are of."""
    if _converted(lexemes, j + 1) or _ends_sides(lexemes, j - 1):
        return False
    if _has_million_at_other_end(lexemes, j):
        return True
    if not lexemes[j].glued and not stands_apart(lexemes, j):
        return False
    if lexemes[j].text == "M" and "." in lexemes[j - 1].text and _closes_figure(following):
        return True  # "gasoline stocks +1.1M; distillates -0.4M": metres have a small letter
    if following is not None and (following.lower in _MEASURED_NOUNS or following.lower in _OF_MANY):
        return following.lower not in _MEASURED_NOUNS
    if "," in lexemes[j - 1].text and _ends_phrase(following):
        return False  # "found alive at 5,900m after four nights": millions are written as 5.9bn
    if following is not None and following.lower == "of" and _is_reach(lexemes, j - 1):
        return False  # "within 50m of the gate"
    if following is not None and (countable_follows(lexemes, j + 1) or _measured_follows(lexemes, j + 1)):
        return True
    return _told_as_millions(lexemes, j, following)


def _ends_phrase(following: Lexeme | None) -> bool:
    no_word = following is None or following.type is not LexemeType.WORD
    return no_word or (following is not None and in_class(following, "prepositions", "coordinators"))


def _told_as_millions(lexemes: Sequence[Lexeme], j: int, following: Lexeme | None) -> bool:
    """Whether the words in front tell that people, sums or votes are counted: "the deal is worth 40m a year"."""
    if any(lexeme.lower in _MILLIONS_PAID for lexeme in lexemes[max(0, j - 3) : j - 1]) and _ends_amount(following):
        return True
    before = lexemes[max(0, j - _CUE_REACH) : j - 1]
    if _of_which_millions(before) or _far_above_step(lexemes, j) or _beside_millions(lexemes, j - 1):
        return True
    if following is not None and following.lower in _BEHIND_LENGTHS:
        return False
    return _tally_moves(before) or any(lexeme.lower in _MILLION_CUES for lexeme in before)


def _has_million_at_other_end(lexemes: Sequence[Lexeme], j: int) -> bool:
    """Whether the other end of a range is in millions: "5.2m to 6m people", "between 5m and 6m people"."""
    if j + 4 >= len(lexemes) or not lexemes[j + 2].is_number or lexemes[j + 3].text != lexemes[j].text:
        return False
    joined = lexemes[j + 1].lower
    between = joined == "and" and word_at(lexemes, j - 2) == "between"
    counted = countable_follows(lexemes, j + 4) or _measured_follows(lexemes, j + 4)
    return (between or joined in TO_OTHER_END) and counted


def _ends_sides(lexemes: Sequence[Lexeme], i: int) -> bool:
    """Whether the number at lexeme ``i`` is the last of two or three sides: "3x3m posters", "the 4x100m relay"."""
    return i > 1 and lexemes[i - 1].lower in ("x", "×") and lexemes[i].glued and lexemes[i - 2].is_number


def stands_apart(lexemes: Sequence[Lexeme], j: int) -> bool:
    """Whether a letter behind a space is a magnitude: "8 B people", "1.2 M people", "3 m tonnes"."""
    text = lexemes[j].text
    if j + 1 >= len(lexemes):
        return text == "B"
    if text == "B":
        initial = lexemes[j + 1].capitalised or lexemes[j + 1].text == "."  # "2 B Abdi (Bel)"
        return not initial and lexemes[j + 1].lower not in ("share", "shares")  # "12,400,000 B shares"
    measured = text in ("m", "M") and _measured_follows(lexemes, j + 1)
    return measured or (text == "M" and countable_follows(lexemes, j + 1))


def _is_reach(lexemes: Sequence[Lexeme], i: int) -> bool:
    """Whether the number tells how near, and so is a distance: "within 50m", "within about 200m"."""
    return any(lexeme.lower in ("within", "inside") for lexeme in lexemes[max(0, i - 2) : i])


def _of_which_millions(before: Sequence[Lexeme]) -> bool:
    """Whether the number is a part of millions: "raised £12m, of which 3m"."""
    which = [lexeme.lower for lexeme in before[-2:]] == ["of", "which"]
    return which and any(word.lower in ("m", "million", "bn", "billion", "mn") for word in before)


def _beside_millions(lexemes: Sequence[Lexeme], i: int) -> bool:
    """Whether it is compared with millions: "19.6 million trays, against 13.1m", "312m dirhams vs 287m"."""
    k = i - 1
    if k < 1 or lexemes[k].lower not in _COMPARED:
        return False
    for million in range(k - 2, max(0, k - _CUE_REACH), -1):
        if lexemes[million].lower in ("m", "mln") and lexemes[million - 1].is_number:
            return mark_after(lexemes, million + 1) is not None or mark_before(lexemes, million - 1) is not None
        if lexemes[million].lower == "million":
            counted = lexemes[million + 1]
            return counted.type is LexemeType.WORD and match_unit(lexemes, million + 1) is None
    return False


def _far_above_step(lexemes: Sequence[Lexeme], j: int) -> bool:
    """Whether it stands behind a step of thousands, where no level is three metres: "rose by 200,000 to 3.1m"."""
    to, step = lexemes[max(0, j - 2)], lexemes[max(0, j - 3)]
    return to.lower == "to" and step.is_number and step.text.endswith(",000") and "." in lexemes[j - 1].text


def _tally_moves(before: Sequence[Lexeme]) -> bool:
    """Whether what moves to the number is counted: "Visits to museums dropped from 6.4m to 6.2m"."""
    verb = next((k for k in range(len(before) - 1, -1, -1) if before[k].lower in change_words().verbs), None)
    if verb is None or not any(word.lower in ("to", "from", "by", "at") for word in before[verb + 1 :]):
        return False
    subject = before[max(0, verb - _SUBJECT_REACH) : verb]
    if any(word.lower in _NEW_CLAUSES for word in subject):
        return False  # "suffered injuries when he fell from 12m"
    return any(word.lower in _TALLIED and not is_person(word.lower) for word in subject)  # "Workers climbed to 30m"


def _ends_amount(following: Lexeme | None) -> bool:
    """Whether nothing that is so many metres long stands behind "40m"."""
    return following is None or following.type is not LexemeType.WORD or in_class(following, "articles", "prepositions")


def _closes_figure(following: Lexeme | None) -> bool:
    """Whether nothing that the letter could belong to stands behind it: "12.4M vs avg 3.2M", "-1.0M est"."""
    return _ends_amount(following) or (following is not None and following.lower in word_set("cues", "behind_figures"))


def _converted(lexemes: Sequence[Lexeme], j: int) -> bool:
    """Whether the same length stands behind in feet or yards: "6m (20ft)"."""
    aside = [lexeme.lower for lexeme in lexemes[j : j + 3]]
    if len(aside) < 3 or aside[0] != "(":
        return False
    k = j + 2 if lexemes[j + 1].type is LexemeType.NUMBER else j + 3  # past "about"
    return k < len(lexemes) and lexemes[k].lower in word_set("cues", "converted_lengths")


def _measured_follows(lexemes: Sequence[Lexeme], j: int) -> bool:
    """Whether a unit stands behind the letter: "15.65m sq km"."""
    match = None if lexemes[j].glued or lexemes[j].lower == "in" else match_unit(lexemes, j)
    return match is not None and match.unit.kind not in (Kind.DURATION, Kind.INDEX)


def countable_follows(lexemes: Sequence[Lexeme], j: int) -> bool:
    """Whether the words from lexeme ``j`` on hold a plural noun (or "of its ...") before the phrase ends."""
    if lexemes[j].lower in _LENGTH_CUES or lexemes[j].lower in ("and", "but", "while", "which", "who"):
        return False  # "climbs 350m and takes two hours"
    for lexeme in lexemes[j : j + 5]:
        if lexeme.type is not LexemeType.WORD:
            return False
        if lexeme.lower == "of":
            return j + 1 < len(lexemes) and lexemes[j + 1].lower in _WHOLES
        if lexeme.lower in word_set("cues", "always_counted"):
            return True
        if len(lexeme.lower) > 3 and lexeme.lower.endswith("s") and not lexeme.lower.endswith(("ss", "us", "is")):
            return lexeme.lower not in ("races", "was", "has", "finals")
    return False
