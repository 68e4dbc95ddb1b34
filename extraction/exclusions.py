"""Decides which numbers are no claims: names, labels, scores, identifiers, idioms, pronouns.

Dates and clock times are found elsewhere (``dates.match_dates``) and are masked before a number is read. The word
lists stand in ``en/exclusions.toml``. Each check names its reason, so that a rejected number can be explained.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from typing import Any

from extraction.counts import counts_following, is_plural, looks_past, nouns
from extraction.lexemes import Lexeme, LexemeType, lex
from extraction.numerals import Numeral, slash_fraction, vocabulary
from extraction.qualifiers import qualifier_before
from extraction.scores import match_score, written_score
from extraction.units import match_unit
from extraction.words import word_data, word_set

# Addresses of the web and of mail, hashtags and handles. Bounded repetition keeps the scan linear.
_PROTECTED = re.compile(
    r"(?:https?://|www\.)[^\s<>\"]{1,2000}|(?<![\w.])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}"
    r"|(?<!\w)[#@][^\W\d]\w{0,100}|(?<![\w.])[\w-]{1,63}\.(?:com|org|net|gov|edu|co\.\w\w)\b"
)
_DOT_INSIDE = re.compile(r"\.\w")


@cache
def _words() -> dict[str, Any]:
    table: dict[str, list[str]] = word_data("exclusions")
    sets: dict[str, Any] = {name: frozenset(words) for name, words in table.items() if name != "idioms"}
    idioms: dict[str, list[tuple[list[str], int]]] = {}  # by their number, with its place among their words
    for idiom in table["idioms"]:
        words = [lexeme.lower for lexeme in lex(idiom)]
        for position, word in enumerate(words):
            if word in vocabulary()["cardinals"] or word[0].isdigit() or word in ("million", "thousand", "half"):
                idioms.setdefault(word, []).append((words, position))
                break
    return {**sets, "idioms": idioms}


def protected_spans(text: str) -> list[tuple[int, int]]:
    """Character spans of web and mail addresses, hashtags and handles: nothing inside them is a claim."""
    if "@" in text or "#" in text or "www" in text or "://" in text or _DOT_INSIDE.search(text) is not None:
        return [match.span() for match in _PROTECTED.finditer(text)]
    return []


def exclusion(lexemes: Sequence[Lexeme], numeral: Numeral, *, has_unit: bool, has_currency: bool) -> str | None:
    """Why the numeral is no claim, or None. A unit or currency on the number overrules most reasons."""
    start, end = numeral.start, numeral.end
    if not has_currency and (reason := _identifier(lexemes, start, end, has_unit=has_unit)):
        return reason
    if _reference_mark(lexemes, start, end):
        return "reference mark"
    if _idiom(lexemes, start):
        return "idiom"
    if _clock(lexemes, start, end):
        return "clock time"
    if not has_unit and _one_or_two(lexemes, start):
        return "idiom"
    if has_unit or has_currency:
        return None
    if not numeral.in_digits and (_glued_to_digits(lexemes, start) or _ends_compound(lexemes, start)):
        return "name"
    if numeral.in_digits:
        return (
            _year(lexemes, numeral)
            or _list_marker(lexemes, start, end)
            or _label(lexemes, numeral)
            or _name_number(lexemes, numeral)
            or match_score(lexemes, numeral)
            or written_score(lexemes, numeral)
        )
    return (
        written_score(lexemes, numeral)
        or _label(lexemes, numeral)
        or _name_word(lexemes, start, end)
        or _one(lexemes, numeral)
    )


_LONGEST_MARK = 12


def _reference_mark(lexemes: Sequence[Lexeme], start: int, end: int) -> bool:
    """As in "shown before [4, 7-9]": nothing but small whole numbers between square brackets."""
    first, last = start - 1, end
    while first >= 0 and start - first < _LONGEST_MARK and _stands_in_mark(lexemes[first]):
        first -= 1
    while last < len(lexemes) and last - end < _LONGEST_MARK and _stands_in_mark(lexemes[last]):
        last += 1
    closed = first >= 0 and last < len(lexemes) and lexemes[first].text == "[" and lexemes[last].text == "]"
    return closed and all(_stands_in_mark(lexeme) for lexeme in lexemes[start:end])


def _stands_in_mark(lexeme: Lexeme) -> bool:
    small = _is_number(lexeme) and lexeme.text.isdecimal() and len(lexeme.text) <= 3
    return small or lexeme.text in (",", ";", "-", "–")


def _at(lexemes: Sequence[Lexeme], i: int) -> Lexeme | None:
    return lexemes[i] if 0 <= i < len(lexemes) else None


def _identifier(lexemes: Sequence[Lexeme], start: int, end: int, *, has_unit: bool) -> str | None:
    """Digits glued to letters or to further digits: "G7", "70th", "3.8.1", "555-1234", "MH370", "V-12"."""
    before, after = _at(lexemes, start - 1), _at(lexemes, end)
    first = lexemes[start]
    if first.type is not LexemeType.NUMBER:
        return None
    if _in_chain(lexemes, start):
        return "identifier"
    if not has_unit and (reason := _address_or_code(lexemes, start, end)):
        return reason
    if first.glued and before is not None:
        if before.type is LexemeType.WORD or (before.text in "#_.:@/\\&" and before.text != ""):
            return "identifier"
        if before.text in "-‐‑–" and before.glued and start >= 2:
            word = lexemes[start - 2]
            if word.type is LexemeType.WORD and word.lower not in _NUMBERED_BEHIND:
                return "name"
    if has_unit and _runs_into_digits(lexemes, end):
        return "identifier"
    if after is not None and after.glued and not has_unit:
        following = _at(lexemes, end + 1)
        if after.type is LexemeType.WORD:
            return "ordinal" if after.lower in ("st", "nd", "rd", "th") else "identifier"
        if after.text in ".:/_" and following is not None and following.glued and _is_number(following):
            return None if after.text == "/" and slash_fraction(lexemes, start) else "identifier"
    elif after is not None and after.glued and after.type is LexemeType.NUMBER:
        return "identifier"
    return None


# Words on whose hyphen a number stands without becoming part of a name: "sub-500", "6-foot-2".
_NUMBERED_BEHIND = frozenset(("sub", "minus", "plus", "to", "foot", "ft"))
_STREETS = word_set("cues", "streets")


def _address_or_code(lexemes: Sequence[Lexeme], start: int, end: int) -> str | None:
    """As in "0207 946 0321", "10 Downing Street", "51.5074 N", "401(k)", "7-Eleven", "21-cv-4417"."""
    text = lexemes[start].text
    if len(text) > 1 and text[0] == "0" and text[1] != ".":
        return "identifier"
    if not lexemes[start].glued and any(_is_dialled(_at(lexemes, k)) for k in (start - 1, start - 2)):
        return "identifier"
    after, second = _at(lexemes, end), _at(lexemes, end + 1)
    if after is None or after.type is LexemeType.BREAK:
        return None
    if after.text in ("N", "S", "E", "W") and not (second is not None and second.glued and second.text not in ".,;)"):
        return "coordinate"
    if after.text == "(" and after.glued and second is not None and second.glued and len(second.text) == 1:
        return "identifier"
    if after.text == "-" and after.glued and second is not None and second.glued and second.type is LexemeType.WORD:
        third = _at(lexemes, end + 2)
        if (second.capitalised and not second.text.isupper()) or (
            third is not None and third.text == "-" and _glued_number(lexemes, end + 3)
        ):
            return "name"
    if after.capitalised and not after.glued:
        for lexeme in lexemes[end : end + 4]:
            if lexeme.type is not LexemeType.WORD or not lexeme.capitalised:
                return None
            if lexeme.lower in _STREETS:
                return "address"
    return None


def _runs_into_digits(lexemes: Sequence[Lexeme], end: int) -> bool:
    """As in "24703m212", "24703 L-202": what looks like a unit is a letter inside a code."""
    unit, following = _at(lexemes, end), _at(lexemes, end + 1)
    if unit is None or following is None or unit.type is not LexemeType.WORD or not following.glued:
        return False
    again = _at(lexemes, end + 3)
    if following.text in "-–" and again is not None and again.glued and again.text == unit.text:
        return False  # "22C-24C"
    return _is_number(following) or (following.text == "-" and _glued_number(lexemes, end + 2) and len(unit.text) == 1)


def _in_chain(lexemes: Sequence[Lexeme], start: int) -> bool:
    """Whether the number stands in a chain of hyphens, as serial and telephone numbers do: "88-20417-C"."""
    first = last = start
    while first > 0 and lexemes[first].glued and _links(lexemes[first - 1]) and start - first < 12:
        first -= 1
    while last + 1 < len(lexemes) and lexemes[last + 1].glued and _links(lexemes[last + 1]) and last - start < 12:
        last += 1
    chain = lexemes[first : last + 1]
    hyphens = sum(lexeme.text in "-‐‑" for lexeme in chain)
    if hyphens == 2 and any(lexeme.lower == "in" for lexeme in chain):
        return False  # "1-in-10 workers", not "a 1-in-100-year flood"
    return hyphens >= 2 and sum(map(_is_number, chain)) >= 2


def _links(lexeme: Lexeme) -> bool:
    return _is_number(lexeme) or lexeme.text in "-‐‑" or (lexeme.type is LexemeType.WORD and len(lexeme.text) <= 2)


def _is_dialled(lexeme: Lexeme | None) -> bool:
    """Digits with a leading zero, as telephone numbers start."""
    return (
        lexeme is not None
        and _is_number(lexeme)
        and len(lexeme.text) > 1
        and lexeme.text.isdecimal()
        and lexeme.text[0] == "0"
    )


def _glued_number(lexemes: Sequence[Lexeme], i: int) -> bool:
    lexeme = _at(lexemes, i)
    return lexeme is not None and lexeme.glued and _is_number(lexeme)


def _is_number(lexeme: Lexeme) -> bool:
    return lexeme.type is LexemeType.NUMBER


def _glued_to_digits(lexemes: Sequence[Lexeme], start: int) -> bool:
    """As in "7-Eleven": a number word on the hyphen of a digit."""
    hyphen, digits = _at(lexemes, start - 1), _at(lexemes, start - 2)
    return (
        lexemes[start].glued
        and hyphen is not None
        and hyphen.text in "-‐‑"
        and hyphen.glued
        and digits is not None
        and _is_number(digits)
        and lexemes[start].capitalised
    )


def _one_or_two(lexemes: Sequence[Lexeme], start: int) -> bool:
    """As in "a bruise or two": some and not how many; "a day or two" measures."""
    if start < 3 or lexemes[start].lower not in ("two", "three") or lexemes[start - 1].lower != "or":
        return False
    noun = lexemes[start - 2]
    measures = noun.lower in vocabulary()["magnitudes"] or match_unit(lexemes, start - 2) is not None
    return lexemes[start - 3].lower in ("a", "an") and not measures


def _clock(lexemes: Sequence[Lexeme], start: int, end: int) -> bool:
    """As in "a quarter past nine", "ten to eight" with "past" alone certain: both of its numbers are a time of day."""
    before, after, second = _at(lexemes, start - 1), _at(lexemes, end), _at(lexemes, end + 1)
    if before is not None and before.lower == "past" and start >= 2:
        lead = lexemes[start - 2].lower
        return lead in ("quarter", "half", "minutes") or lead in vocabulary()["cardinals"]
    cardinals = vocabulary()["cardinals"]
    return after is not None and after.lower == "past" and second is not None and second.lower in cardinals


def _ends_compound(lexemes: Sequence[Lexeme], start: int) -> bool:
    """As in "a high-five": a number word behind the hyphen of another word."""
    hyphen, word = _at(lexemes, start - 1), _at(lexemes, start - 2)
    if not lexemes[start].glued or hyphen is None or hyphen.text != "-" or not hyphen.glued or word is None:
        return False
    return word.type is LexemeType.WORD and word.lower not in vocabulary()["cardinals"] and word.lower != "sub"


_LONGEST_IDIOM = 10


def _idiom(lexemes: Sequence[Lexeme], start: int) -> bool:
    idioms = _words()["idioms"].get(lexemes[start].lower)
    if idioms is None:
        return False
    first = max(0, start - _LONGEST_IDIOM)
    around, place = [lexeme.lower for lexeme in lexemes[first : start + _LONGEST_IDIOM]], start - first
    return any(
        place >= number and around[place - number : place - number + len(words)] == words for words, number in idioms
    )


_YEAR_LEADERS = word_set("cues", "year_leaders")
_YEAR_NOUNS = word_set("cues", "year_nouns")


_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")


def _year(lexemes: Sequence[Lexeme], numeral: Numeral) -> str | None:
    """A bare four-digit number of the years 1000-2100 is a year unless it counts what follows."""
    text = lexemes[numeral.start].text
    if _follows_apostrophe(lexemes, numeral.start):
        return "year"
    if numeral.end - numeral.start > 1 or not (len(text) == 4 and text.isdecimal() and 1000 <= int(text) <= 2100):
        return None
    before, after = _at(lexemes, numeral.start - 1), _at(lexemes, numeral.end)
    until = _at(lexemes, numeral.end + 1)
    if after is not None and after.text in "-–—" and until is not None and _YEAR.fullmatch(until.text):
        return "year"  # "over 2000 - 2050"
    if after is not None and after.lower in _YEAR_NOUNS:
        return "year"  # "below 1990 levels"
    counts_next = after is not None and after.type is LexemeType.WORD and is_plural(after.text)
    if before is not None and before.lower in _YEAR_LEADERS and not (counts_next and text.endswith("00")):
        return "year"
    if counts_next and (text.endswith("0") or not 1900 <= int(text) <= 2040):
        return None
    if not 1500 <= int(text) <= 2050 and text.endswith("0"):
        return None
    qualifier = qualifier_before(lexemes, numeral.start, numeral.value)
    return None if qualifier is not None and text.endswith("0") else "year"


def _follows_apostrophe(lexemes: Sequence[Lexeme], start: int) -> bool:
    """As in "the class of '98"."""
    before = _at(lexemes, start - 1)
    text = lexemes[start].text
    short = len(text) == 2 and text.isdecimal() and lexemes[start].glued
    return short and before is not None and before.text in "'’‘" and not before.glued


def _list_marker(lexemes: Sequence[Lexeme], start: int, end: int) -> str | None:
    """As in "1) ...", "(2)", "3. Next" at the start of a line."""
    before, after = _at(lexemes, start - 1), _at(lexemes, end)
    text = lexemes[start].text
    opens = before is None or before.type is LexemeType.BREAK or before.text in _BULLETS
    if after is None or not _MARKER.fullmatch(text):
        return None
    if opens and after.text == "." and after.glued:
        return "list marker"
    if not text.isdecimal():
        return None
    if after.text == ")" and not any(lexeme.text == "(" for lexeme in lexemes[max(0, start - 12) : start]):
        return "list marker"
    if after.text == ")" and before is not None and before.text in ("(", "["):
        return "list marker"
    return "list marker" if opens and after.text in (")", ":") and after.glued else None


_BULLETS = ("*", "•", "·", "◦", "‣")
_MARKER = re.compile(r"\d{1,2}(?:\.\d{1,2})?")


def _plain_number(lexemes: Sequence[Lexeme], numeral: Numeral) -> bool:
    """Digits without thousands separators, magnitude or fraction: what labels and names hold."""
    return numeral.rule in ("numeral.digits", "numeral.words") and "," not in lexemes[numeral.start].text


_AUXILIARIES = word_set("grammar", "modals")
_AGE_GROUPS = word_set("cues", "age_groups")


# Behind these a number word is a label as well: "chapter two", "season four".
_COUNTED_LABELS = word_set("cues", "counted_labels")


def continues_label(lexemes: Sequence[Lexeme], labelled: int, numeral: Numeral) -> bool:
    """As in "junctions 10 and 11", "lap 23 of 57": the numeral goes on where a label ended at lexeme ``labelled``."""
    gap = " ".join(lexeme.lower for lexeme in lexemes[labelled : numeral.start])
    joined = gap in (*_LISTING, "to", "-", "–", "through", "of")
    return joined and _plain_number(lexemes, numeral) and not counts_following(lexemes, numeral.end)


def continues_name(lexemes: Sequence[Lexeme], named: int, numeral: Numeral) -> bool:
    """As in "Executive Orders 11030, 13279 and 13339", "Windows 10 and 11": as many digits, listed behind a name."""
    gap = " ".join(lexeme.lower for lexeme in lexemes[named : numeral.start])
    alike = len(lexemes[named - 1].text) == len(lexemes[numeral.start].text)
    return gap in _LISTING and alike and continues_label(lexemes, named, numeral)


_LISTING = ("and", "or", ",", ", and", ", or", "&")


_FEWEST_OF_CODE = 5  # digits, behind a word that is a label now and then: "Account no: 44120987"


def _label(lexemes: Sequence[Lexeme], numeral: Numeral) -> str | None:
    """As in "Section 427", "number 3", "Category 3", "#2"."""
    before = _at(lexemes, numeral.start - 1)
    if before is None or numeral.value is None:
        return None
    lettered = numeral.rule == "numeral.digits_magnitude" and len(lexemes[numeral.end - 1].text) == 1
    if not (_plain_number(lexemes, numeral) or (lettered and before.capitalised)):
        return None
    if before.text == "#" or before.text == "№":
        return "label"
    word = before.lower
    if word == "." and numeral.start >= 2 and before.glued and lexemes[numeral.start - 2].lower in ("no", "nos", "vol"):
        return "label"
    if word == ":" and before.glued and numeral.start >= 2:  # "Question ID: 420072"
        named = lexemes[numeral.start - 2].lower
        long = len(lexemes[numeral.start].text) >= _FEWEST_OF_CODE
        return "label" if named in _words()["labels"] and (long or named not in _words()["weak_labels"]) else None
    if word not in _words()["labels"] or (numeral.start >= 2 and lexemes[numeral.start - 2].lower in _AUXILIARIES):
        return None  # "the hall can seat 450"
    if not numeral.in_digits and not (lexemes[numeral.start].capitalised or before.capitalised):
        return "label" if word in _COUNTED_LABELS else None
    if word == "under" and numeral.start >= 2 and lexemes[numeral.start - 2].lower in (*_AGE_GROUPS, "aged", "ages"):
        return None  # "children under 5"
    if word in _words()["weak_labels"] and not before.capitalised and counts_following(lexemes, numeral.end):
        return None
    return "label"


def _name_number(lexemes: Sequence[Lexeme], numeral: Numeral) -> str | None:
    """As in "S&P 500", "Big 12", "Boeing 737": digits right after a capitalised word that starts no sentence."""
    before = _at(lexemes, numeral.start - 1)
    if before is None or not _plain_number(lexemes, numeral) or before.type is not LexemeType.WORD:
        return None
    owner = before.lower.endswith(("'s", "’s"))
    if _hyphened_noun(lexemes, numeral.end) and (owner or before.lower in ("a", "an")):
        return None  # "a 12-member panel"
    if owner and counts_following(lexemes, numeral.end):
        return None  # "Ford's 150 dealers"
    if before.lower in ("a", "an"):  # "a 737": an article before a bare number makes it the name of a thing
        after, second = _at(lexemes, numeral.end), _at(lexemes, numeral.end + 1)
        if after is not None and after.lower in _RATINGS:
            return None  # "a 4.7 rating"
        if after is not None and after.lower in ("x", "×", "by") and second is not None and _is_number(second):
            return None  # "a 10 by 12 foot cell"
        return None if counts_following(lexemes, numeral.end) else "name"
    if not before.capitalised or before.lower in nouns()["stops"] or _part_of_number(lexemes, numeral.end):
        return None
    opener = _at(lexemes, numeral.start - 2)
    opens = opener is None or opener.type is LexemeType.BREAK or opener.text in "“\"‘'.!?:"
    # The first word of a sentence is a name only when it is none of the words that open sentences before numbers.
    if opens and (before.lower in _SENTENCE_OPENERS or before.lower.endswith(("ly", "ing"))):
        return None
    if opens and _starts_range(lexemes, numeral.end):
        return None  # "Allow 4 - 7 days"
    if counts_following(lexemes, numeral.end) and not _capitalised_at(lexemes, numeral.end):
        return None if before.lower in _SENTENCE_OPENERS or len(lexemes[numeral.start].text) < 3 else "name"
    return "name"


def _hyphened_noun(lexemes: Sequence[Lexeme], end: int) -> bool:
    hyphen, noun = _at(lexemes, end), _at(lexemes, end + 1)
    if hyphen is None or noun is None or hyphen.text not in "-‐‑" or not (hyphen.glued and noun.glued):
        return False
    return noun.type is LexemeType.WORD and noun.text.islower() and noun.lower not in nouns()["no_compound"]


_RATINGS = word_set("cues", "ratings")


def _part_of_number(lexemes: Sequence[Lexeme], end: int) -> bool:
    """As in "the BJP 303 of the 543 seats"."""
    words = lexemes[end : end + 3]
    if not words or words[0].lower != "of":
        return False
    return any(_is_number(word) for word in words[1:])


def _starts_range(lexemes: Sequence[Lexeme], end: int) -> bool:
    joint, number = _at(lexemes, end), _at(lexemes, end + 1)
    if joint is None or number is None or joint.lower not in ("-", "–", "to", "or") or not _is_number(number):
        return False
    return match_unit(lexemes, end + 2) is not None if end + 2 < len(lexemes) else False


def _capitalised_at(lexemes: Sequence[Lexeme], i: int) -> bool:
    lexeme = _at(lexemes, i)
    return lexeme is not None and lexeme.capitalised


_SENTENCE_OPENERS = word_set("cues", "sentence_openers")


def _name_word(lexemes: Sequence[Lexeme], start: int, end: int) -> str | None:
    """As in "Five Eyes", "the Secret Seven": a capitalised number word inside a sentence (headlines are lowered)."""
    if not lexemes[start].capitalised or (lexemes[start].text.isupper() and len(lexemes[start].text) > 3):
        return None
    before, after = _at(lexemes, start - 1), _at(lexemes, end)
    if before is None or before.type is LexemeType.BREAK or before.text in _OPENING:
        if after is None or not after.capitalised or (after.glued and after.text != "-"):
            return None
        return None if after.lower in nouns()["stops"] or end - start > 1 else _known_name(lexemes, end)
    counts = after is not None and not after.capitalised and counts_following(lexemes, end)
    return "name" if before.capitalised or not counts else None


_OPENING = ".!?:;“\"‘'–—-•*(["


def _known_name(lexemes: Sequence[Lexeme], end: int) -> str | None:
    """At the start of a sentence the noun decides: "Five Eyes partners" is a name, "Five Australians" a count."""
    return "name" if lexemes[end].lower in _words()["number_names"] else None


_APOSTROPHE = re.compile(r"['’]")


def _one(lexemes: Sequence[Lexeme], numeral: Numeral) -> str | None:
    """Whether "one" is a pronoun or determiner: "one of the best", "the first one", "one poster wrote"."""
    if numeral.value != Decimal(1) or lexemes[numeral.start].lower != "one":
        return None
    before, after = _at(lexemes, numeral.start - 1), _at(lexemes, numeral.end)
    words = _words()
    if after is None or after.type is not LexemeType.WORD:
        return "pronoun"
    if after.lower in ("a", "an") and match_unit(lexemes, numeral.end + 1) is None:
        return "pronoun"  # "two judges, one a widow"
    following = _at(lexemes, numeral.end + 1)
    if after.lower in ("or", "to") and following is not None and _is_cardinal(following):
        return None  # "one or two missiles"
    if _APOSTROPHE.split(after.lower)[0] in words["one_pronoun_followers"]:
        return "pronoun"
    if before is not None and before.type is LexemeType.WORD and before.lower in words["one_pronoun_leaders"]:
        return "pronoun"
    if _stands_alone(after, following) or _one_after_another(lexemes, numeral.end):
        return "pronoun"
    if after.lower in words["one_speech_verbs"] or (
        following is not None and following.lower in words["one_speech_verbs"]
    ):
        return "determiner"
    return None


def _stands_alone(after: Lexeme, following: Lexeme | None) -> bool:
    """As in "because one pretended to be ill", "whether one cares what happens": a verb follows and no noun."""
    lower = after.lower
    present = is_plural(lower) and lower not in nouns()["attributive_plurals"] | nouns()["invariant"]
    verb = (looks_past(lower) and lower not in nouns()["person_words"]) or present
    return verb and following is not None and following.lower in _OPENS_OBJECT


# Behind a verb, but not behind a noun: "one lens in the camera", "one shed and one barn" count.
_OPENS_OBJECT = word_set("grammar", "articles", "object_pronouns") | {"to", "what", "how", "whether", "why"}


def _is_cardinal(lexeme: Lexeme) -> bool:
    return lexeme.lower in vocabulary()["cardinals"] or _is_number(lexeme)


_LONGEST_TURN = 5
_TURNS = ("after", "or", "to", "over", "and", "from", "by", "against", "for")


def _one_after_another(lexemes: Sequence[Lexeme], end: int) -> bool:
    """As in "from one place to another", "one scandal after another": any and not how many."""
    for k in range(end + 1, min(end + _LONGEST_TURN, len(lexemes) - 1)):
        if lexemes[k].type is not LexemeType.WORD:
            return False
        turn = [lexeme.lower for lexeme in lexemes[k : k + 3]]
        other = k + 2 if turn[1] == "another" else k + 3 if turn[1:] == ["the", "next"] else 0
        if turn[0] in _TURNS and other:
            noun = _at(lexemes, other)
            return noun is None or noun.type is not LexemeType.WORD or noun.lower in nouns()["stops"]
    return False
