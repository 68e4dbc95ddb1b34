"""Finds the noun phrase that a number counts, and its singular head: "eight New Zealand companies" -> company.

Without a tagger the phrase ends at a function word, a verb of the list or punctuation, and its head is the first
plural in it.
"""

import unicodedata
from collections.abc import Sequence
from decimal import Decimal

from extraction.bounds.qualifiers import qualifier_after
from extraction.counts.heads import head_of, numbered_thing
from extraction.counts.listings import opens_compound, past_no, past_size
from extraction.counts.verbs_behind import acts, expect_it, follows_steps, is_verb_of_group, part_acts, people_meet
from extraction.currencies.table import active_codes
from extraction.numerals.read import read_numeral
from extraction.quantity.counted_noun import CountedNoun
from extraction.text.lexemes import Lexeme, LexemeType
from extraction.text.nouns import (
    is_plural,
    names_people,
    noun_follows,
    nouns,
    singular_at,
    stops_phrase,
)
from extraction.text.numeral import vocabulary
from extraction.text.surfaces import HYPHENS
from extraction.text.word_classes import in_class
from extraction.text.words import word_set

_MOST_WORDS = 8
_PERSONS = word_set("attribution", "speakers") | word_set("cues", "age_persons") | {"persons", "families"}


def counted_noun(lexemes: Sequence[Lexeme], i: int, value: Decimal | None) -> CountedNoun | None:
    """The noun phrase counted by a number that ends before lexeme ``i``; None when none follows."""
    i = past_no(lexemes, i)
    start = _past_size(lexemes, _after_of(lexemes, i, vague=value is None))
    if (thing := numbered_thing(lexemes, start)) is not None:
        return CountedNoun(start, start + 3, thing)
    plural = value is None and start == i < len(lexemes) and lexemes[i - 1].lower in _PLURAL_NUMERALS
    if plural and lexemes[i].lower not in nouns()["light"]:
        return None  # "Hundreds flee homes"
    if start < len(lexemes) and lexemes[start].text == "-" and lexemes[start].glued:
        return None  # "five-star hotels", "six-speed gearboxes": the number belongs to the compound
    while start < len(lexemes) and lexemes[start].lower in nouns()["light"]:
        start += 1
    if i < start < len(lexemes) and lexemes[start].lower in word_set("listings", "portions"):
        return CountedNoun(start, start + 1, lexemes[start].lower)  # "1 x 400g can chickpeas"
    owners = 2 <= i < len(lexemes) and in_class(lexemes[i - 2], "determiners")
    verb = people_meet(lexemes, start) or part_acts(lexemes, start) or _prices(lexemes, start)
    words = [] if verb else _phrase(lexemes, start, owners=owners)
    if acts(lexemes, words, one=value == 1):
        words.pop()
    if not words:
        return None
    part = value is not None and 0 < value < 1 and any(lexemes[k].lower == "share" for k in words)  # "0.75 Acme share"
    head = head_of(lexemes, words, singular_number=value == 1 or part)
    if head is None or any(acting(lexemes, i, words[head]) for acting in (is_verb_of_group, follows_steps, expect_it)):
        return None
    unit = singular_at(lexemes, words[head])
    if head and lexemes[words[head]].capitalised and names_people(f"{lexemes[words[head] - 1].text} {unit}"):
        unit = f"{lexemes[words[head] - 1].text} {unit}"  # "40 New Zealanders"
    return CountedNoun(words[0], words[head] + 1, unit)


_PLURAL_NUMERALS = word_set("counts", "plural_numerals")
_PERIODIC = word_set("counts", "periodic")
_ORDER = word_set("counts", "order")
_OF_FOLLOWERS = word_set("counts", "of_followers")
_CLOSING_BOUNDS = word_set("counts", "closing_bounds")
_LONGEST_OWNER = 4


def _after_of(lexemes: Sequence[Lexeme], i: int, *, vague: bool) -> int:
    """Where the counted noun starts: past a qualifier ("1,000+ visitors") and past "of": "35m of its devices",
    "dozens of cars", "210 of its 3,400 jobs"."""
    qualifier = qualifier_after(lexemes, i)
    j = i if qualifier is None else qualifier.end
    if qualifier is not None and lexemes[j - 1].lower in _CLOSING_BOUNDS:
        return len(lexemes)
    if j + 2 < len(lexemes) and lexemes[j].lower == "out" and lexemes[j + 1].lower == "of":
        j += 1  # "seven out of the 12 jurors"
    if j + 1 >= len(lexemes) or lexemes[j].lower != "of":
        return _past_amount(lexemes, j)
    k = j + 1
    while k < len(lexemes) and lexemes[k].lower in _OF_FOLLOWERS:
        k += 1
    k = _past_owner(lexemes, k)
    while k > j + 1 and k < len(lexemes) and lexemes[k].lower in _ORDER:
        k += 1
    k = _past_shades(lexemes, k)
    whole = read_numeral(lexemes, k) if k < len(lexemes) else None
    if whole is not None and not _hyphen_at(
        lexemes, whole.end
    ):  # "210 of its 3,400 jobs", "three of the last five finals", "34 of 46 passes"
        return whole.end
    return k if vague or k > j + 1 else j


def _prices(lexemes: Sequence[Lexeme], k: int) -> bool:
    """Whether the verb of a price or a lone "free" stands at ``k``: "a two-night stay for two costs £398"."""
    if k < len(lexemes) and lexemes[k].lower == "free":
        return not noun_follows(lexemes, k + 1)  # "Buy two, get one free"
    priced = k + 1 < len(lexemes) and lexemes[k].lower in ("cost", "costs")
    return priced and (lexemes[k + 1].lower == "from" or unicodedata.category(lexemes[k + 1].text[0]) == "Sc")


def _past_shades(lexemes: Sequence[Lexeme], k: int) -> int:
    """Past what shades the number of the whole: "12 of an expected 40 ships", "300 of some 2,000 protesters"."""
    shades = word_set("cues", "sum_shades", "expected_words", "whole_shades")
    for end in range(k, min(k + _MOST_SHADES, len(lexemes) - 1)):
        if lexemes[end].lower not in shades:
            return k
        if lexemes[end + 1].type is LexemeType.NUMBER:
            return end + 1
    return k


_MOST_SHADES = 3


def _past_owner(lexemes: Sequence[Lexeme], k: int) -> int:
    """Past the owner of the whole: "two of Britain's biggest banks", "three of the company's 12 plants"."""
    for owner in range(k, min(k + _LONGEST_OWNER, len(lexemes))):
        if lexemes[owner].lower.endswith(("'s", "’s")):
            return owner + 1
        if lexemes[owner].text in "'’" and owner > k and owner + 1 < len(lexemes) and lexemes[owner + 1].text == "s":
            return owner + 2  # "of the plant 's 1,900 workers"
        if lexemes[owner].type is not LexemeType.WORD or lexemes[owner].lower in nouns()["stops"]:
            break
    return k


def _hyphen_at(lexemes: Sequence[Lexeme], j: int) -> bool:
    """Whether a hyphen ties the number in front of ``j`` to a name: "five of the three-ton trucks"."""
    return j < len(lexemes) and lexemes[j].text == "-" and lexemes[j].glued


def _past_amount(lexemes: Sequence[Lexeme], j: int) -> int:
    """Past an amount that describes what is counted: "two $500 notes"."""
    packed = past_size(lexemes, j)
    if packed > j:
        return packed
    sign = j + 2 < len(lexemes) and unicodedata.category(lexemes[j].text[0]) == "Sc"
    return j + 2 if sign and lexemes[j + 1].type is LexemeType.NUMBER and lexemes[j + 1].glued else j


def _past_size(lexemes: Sequence[Lexeme], j: int) -> int:
    """Past the size in front of what is counted: "34 2-bed units"."""
    if j < len(lexemes) and lexemes[j].is_number and opens_compound(lexemes, j + 1):
        return j + 2  # "3 no. 2 bedroom apartments"
    size = lexemes[j : j + 4]
    tied = len(size) == _SIZED and size[0].is_number and size[1].text in HYPHENS and size[1].glued and size[2].glued
    sized = tied and size[2].text.islower() and not is_plural(size[2].text)  # not "two 18-wheelers"
    return j + 3 if sized and noun_follows(lexemes, j + 3) and not size[3].glued else j


_SIZED = 4  # lexemes of "2-bed units"


def _phrase(lexemes: Sequence[Lexeme], start: int, *, owners: bool) -> list[int]:
    """Indices of the words that can belong to the phrase; hyphens inside compounds are passed over.

    ``owners``: whether it ends with what owns the rest, as in "the two companies' combined profits".
    """
    table = nouns()
    words: list[int] = []
    j = start
    while j < len(lexemes) and len(words) < _MOST_WORDS:
        lexeme = lexemes[j]
        if lexeme.type is LexemeType.WORD:
            compound = lexeme.glued and j > start
            model = j + 1 < len(lexemes) and lexemes[j + 1].glued and lexemes[j + 1].type is LexemeType.NUMBER
            noun = lexeme.lower in table["nouns_behind_number"] and (j == start or _describes(lexemes[j - 1]))
            noun = noun or (j == start and (_opens_phrase(lexemes, j) or _hyphened(lexemes, j)))
            if not compound and not model and not noun and (_ends_phrase(lexemes, j, words) or _is_code(lexemes, j)):
                break
            if lexeme.lower == "and" and not compound:
                j += 1
                continue
            words.append(j)
        elif words and lexeme.text == "(" and _is_short_name(lexemes, j, words):
            j += 2
        elif (
            (lexeme.text in "-‐‑/" and lexeme.glued and j + 1 < len(lexemes) and lexemes[j + 1].glued)
            or (lexeme.text in "'’" and lexeme.glued and lexemes[j - 1].lower.endswith("s") and words and not owners)
            or (lexeme.text in '“”"‘' and not words)
            or (lexeme.text in '"”’' and _closes_adjective(lexemes, start, j))
            or (lexeme.type is LexemeType.NUMBER and lexeme.glued)
            or _is_name_number(lexemes, j)
        ):
            pass
        else:
            break
        j += 1
    return words


def _closes_adjective(lexemes: Sequence[Lexeme], start: int, j: int) -> bool:
    """Whether a quotation mark closes a word in front of its noun: '11 "serious" citations', "40 ‘excess’ deaths"."""
    quoted = j == start + 2 and lexemes[start].text in '"“‘' and not is_plural(lexemes[start + 1].text)
    return quoted and noun_follows(lexemes, j + 1)


def _is_short_name(lexemes: Sequence[Lexeme], j: int, words: Sequence[int]) -> bool:
    """Whether the bracket that opens at ``j`` holds the letters of a name: "4,000 Build-To-Rent (BTR) flats"."""
    if j + 3 >= len(lexemes) or lexemes[j + 2].text != ")" or not lexemes[j + 1].text.isupper():
        return False
    return noun_follows(lexemes, j + 3) and not any(is_plural(lexemes[k].text) for k in words)


def _opens_phrase(lexemes: Sequence[Lexeme], j: int) -> bool:
    """Whether a word that ends phrases stands in front of a plural: "300 available beds", "four missing hikers"."""
    if lexemes[j].lower not in nouns()["describing"] or j + 1 >= len(lexemes):
        return False
    noun = lexemes[j + 1]
    return noun.type is LexemeType.WORD and is_plural(noun.text) and not stops_phrase(lexemes, j + 1)


def _hyphened(lexemes: Sequence[Lexeme], j: int) -> bool:
    """Whether a word that ends phrases opens a compound: "two by-elections", "three over-rates", "20 A-10s"."""
    rest = lexemes[j + 1 : j + 3]
    tied = len(rest) == 2 and rest[0].text in HYPHENS and rest[0].glued and rest[1].glued
    return tied and (rest[1].type is LexemeType.WORD or (rest[1].is_number and lexemes[j].text.isupper()))


def _describes(lexeme: Lexeme) -> bool:
    """Whether the word in front makes a noun of what could be a verb: "30 British lives", "civilian lives"."""
    people = lexeme.capitalised and not is_plural(lexeme.text)
    return people or lexeme.lower in nouns()["before_nouns_behind_number"]


def _is_code(lexemes: Sequence[Lexeme], j: int) -> bool:
    """A currency code in front of the next number: "17 USD 25"."""
    return lexemes[j].text in active_codes() and j + 1 < len(lexemes) and lexemes[j + 1].type is LexemeType.NUMBER


def _is_name_number(lexemes: Sequence[Lexeme], j: int) -> bool:
    """The number of a name inside a phrase: "63,000 Model 3 sedans", "two new 737 Max jets"."""
    if lexemes[j].type is not LexemeType.NUMBER or j == 0 or "," in lexemes[j].text:
        return False
    named = any(letter.isupper() for letter in lexemes[j - 1].text)  # "500 iPhone 15 cases"
    return named or (j + 1 < len(lexemes) and lexemes[j + 1].capitalised)


def _ends_phrase(lexemes: Sequence[Lexeme], j: int, words: list[int]) -> bool:
    lower = lexemes[j].lower
    if lower in ("and", "or"):
        # "digital and physical sales": go on only when no head has been met and one comes soon
        met = any(is_plural(lexemes[k].text) for k in words)
        hyphened = any(lexeme.text in HYPHENS for lexeme in lexemes[j + 2 : j + 3])  # "arid and semi-arid counties"
        ahead = lexemes[j + 1 : j + (6 if hyphened else 4)]
        counts_anew = bool(ahead) and ahead[0].lower in vocabulary()["cardinals"]  # "a 5% stake and two seats"
        return (
            lower == "or"
            or counts_anew
            or met
            or not words
            or not any(
                lexeme.type is LexemeType.WORD and lexeme.lower not in nouns()["stops"] and is_plural(lexeme.text)
                for lexeme in ahead
            )
        )
    if lower in _PERIODIC and not words and j + 1 < len(lexemes):  # "monthly active users", "daily deaths"
        return lexemes[j + 1].type is not LexemeType.WORD or lexemes[j + 1].lower in nouns()["stops"]
    if lower in nouns()["person_words"]:  # "12 injured in crash", but "two injured men"
        following = lexemes[j + 1] if j + 1 < len(lexemes) else None
        if following is None or following.lower in _PERSONS:
            return following is None
        # "two homeless households", but "12 injured Sunday"
        return lower in nouns()["person_verbs_of_past"] or not (
            is_plural(following.text) and noun_follows(lexemes, j + 1)
        )
    if stops_phrase(lexemes, j):
        return True
    # "24 hours earlier", "three times as": adverbs in -ly end a phrase that has begun
    return bool(words) and lower.endswith("ly") and len(lower) > 5 and lower not in ("family", "assembly", "supply")
