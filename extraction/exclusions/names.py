"""Tells numbers that are part of a name: "S&P 500", "Boeing 737", "a 737", "Five Eyes", "7-Eleven", "a high-five"."""

import unicodedata
from collections.abc import Sequence

from extraction.amounts.age_appositions import behind_full_name
from extraction.amounts.bracketed_ages import ages_listed
from extraction.amounts.gapped_clauses import in_gapped_clause
from extraction.amounts.life_events import bounded_behind
from extraction.counts.listings import counts_behind
from extraction.currencies.pairs import ends_pair
from extraction.exclusions.after_times import behind_holiday, behind_place
from extraction.exclusions.labels import LISTING, continues_label, plain_number
from extraction.exclusions.listed import measures_behind_capitals
from extraction.exclusions.reasons import Reason
from extraction.text.index_names import gives_level
from extraction.text.lexemes import Lexeme, LexemeType, lexeme_at, words_between
from extraction.text.nouns import counts_following, is_plural, nouns
from extraction.text.numeral import Numeral, is_numeral, vocabulary
from extraction.text.surfaces import HYPHENS
from extraction.text.words import phrases_by_word, word_data, word_set
from extraction.units.match import match_unit

_CONTRACTED = word_set("cues", "contracted_ages")
_BEHIND_SCORES = word_set("exclusions", "behind_scores")
_RATINGS = word_set("exclusions", "ratings")
_ROUTE_NOUNS = word_set("exclusions", "route_nouns")
_SENTENCE_OPENERS = word_set("exclusions", "sentence_openers") | word_set("listings", "instructions")
_ZONES = word_set("cues", "speed_zones")
_MONTHS = frozenset(name for names in word_data("times")["months"] for name in names)
_LONGEST_MODEL = 4  # lexemes
_LAST_DAY = 31
_OPENING = ".!?:;“\"‘'–—-•*(["


def name_number(lexemes: Sequence[Lexeme], numeral: Numeral) -> Reason | None:
    """Whether digits right behind a word are the number of a name: "S&P 500", "Big 12", "Boeing 737", "a 737"."""
    before = lexeme_at(lexemes, numeral.start - 1)
    if before is None or not plain_number(lexemes, numeral) or before.type is not LexemeType.WORD:
        return None
    owner = before.lower.endswith(("'s", "’s"))
    if _counts_anyway(lexemes, numeral, before, owner=owner):
        return None
    if before.lower in ("a", "an"):
        return "name" if _is_article_of_name(lexemes, numeral) else None
    if _is_thing_of_number(lexemes, numeral, before):
        return "name"
    group = lexeme_at(lexemes, numeral.start - 2)
    if before.lower == "of" and group is not None and group.text == "Group":  # "the Group of 20"
        return None if is_plural(_at_lower(lexemes, numeral.end)) else "name"
    if not before.capitalised or before.lower in nouns()["stops"] or _part_of_number(lexemes, numeral.end):
        return None
    if "." in lexemes[numeral.start].text and is_quoted(lexemes, numeral):
        return None
    if behind_holiday(lexemes, numeral.start) or behind_place(lexemes, numeral.start, numeral.end):
        return None
    if measures_behind_capitals(lexemes, numeral):
        return None
    if _is_model(lexemes, numeral):
        return "name"
    if _belongs_to_name(lexemes, numeral, before, owner=owner) or _opens_or_dates(lexemes, numeral, before):
        return None
    counts = counts_following(lexemes, numeral.end) and not _capitalised_at(lexemes, numeral.end)
    if counts and (before.lower in _SENTENCE_OPENERS or len(lexemes[numeral.start].text) < _FEWEST_OF_NAME):
        return None
    return "name"


_FEWEST_OF_NAME = 3  # digits, where a plural follows: "Boeing 737 jets", but "Acme 40 jets"


def _counts_anyway(lexemes: Sequence[Lexeme], numeral: Numeral, before: Lexeme, *, owner: bool) -> bool:
    """Whether the words around the number show that it counts or measures, whatever word stands in front."""
    end = numeral.end
    if bounded_behind(lexemes, numeral.start - 1, end) or ages_listed(lexemes, numeral.start, end):
        return True  # "Kids 12 and under", "Ages 5-11"
    if counts_behind(lexemes, end):
        return True  # "a 3 storey building"
    if _hyphened_noun(lexemes, end) and (owner or before.lower in ("a", "an")):
        return True  # "a 12-member panel"
    if owner and (counts_following(lexemes, end) or _starts_range(lexemes, end)):
        return True  # "Ford's 150 dealers", "the bank's 2-3% target"
    # "He's 38 and still plays", but not "He's 6 under par"
    return before.lower in _CONTRACTED and _at_lower(lexemes, end) not in _BEHIND_SCORES


def _is_article_of_name(lexemes: Sequence[Lexeme], numeral: Numeral) -> bool:
    """Whether an article before a bare number makes it the name of a thing: "a 737"."""
    after, second = lexeme_at(lexemes, numeral.end), lexeme_at(lexemes, numeral.end + 1)
    if after is not None and (after.lower in _RATINGS or after.lower == "strong"):
        return False  # "a 4.7 rating", "a 300 strong crowd"
    if after is not None and after.lower in ("x", "×", "by") and second is not None and second.is_number:
        return False  # "a 10 by 12 foot cell"
    if _starts_range(lexemes, numeral.end):
        return False  # "a 10-15% increase"
    if _at_lower(lexemes, numeral.start - 2) == "in" and _at_lower(lexemes, numeral.end) in _ZONES:
        return False  # "147km/h in an 80 zone"
    return not counts_following(lexemes, numeral.end)


def _is_thing_of_number(lexemes: Sequence[Lexeme], numeral: Numeral, before: Lexeme) -> bool:
    """Whether a thing is called by its number: "The XPS 13 starts at $999", "the 118 bus", "the 787 is strong"."""
    if (before.lower == "the" or before.capitalised) and _acts_behind(lexemes, numeral.end):
        return True
    route = _at_lower(lexemes, numeral.end) in _ROUTE_NOUNS
    return before.lower == "the" and (route or _is_airliner(lexemes, numeral))


def _belongs_to_name(lexemes: Sequence[Lexeme], numeral: Numeral, before: Lexeme, *, owner: bool) -> bool:
    """Whether what the name in front has or is follows it and is no part of it: "cost Malvania 111 runs"."""
    if _costs_whom(lexemes, numeral) or behind_full_name(lexemes, numeral.start, numeral.end):
        return True
    if before.lower in ("least", "most") and _at_lower(lexemes, numeral.start - 2) == "at":
        return True  # "Fire Kills at Least 11 as Homes Burn"
    return _second_of_two(lexemes, numeral, owner=owner)


def _opens_or_dates(lexemes: Sequence[Lexeme], numeral: Numeral, before: Lexeme) -> bool:
    """Whether the capital in front is that of the first word of a sentence or of a month, and so of no name."""
    opener = lexeme_at(lexemes, numeral.start - 2)
    opens = opener is None or opener.type is LexemeType.BREAK or opener.text in "“\"‘'.!?:"
    # The first word of a sentence is a name only when it is none of the words that open sentences before numbers.
    if opens and (before.lower in _SENTENCE_OPENERS or before.lower.endswith(("ly", "ing"))):
        return True
    if opener is not None and opener.lower == "in" and before.lower in _MONTHS:
        return True  # "and in January 22 were killed"
    if before.lower in _MONTHS and numeral.value is not None and numeral.value > _LAST_DAY:
        return True  # "since the start of June 48 have been cancelled"
    if opens and _starts_range(lexemes, numeral.end):
        return True  # "Allow 4 - 7 days"
    # "95% CI 1.10–1.83"
    return "." in lexemes[numeral.start].text and _dashed_decimal(lexemes, numeral.end)


def _costs_whom(lexemes: Sequence[Lexeme], numeral: Numeral) -> bool:
    """Whether somebody gets or loses what is counted: "The miss cost Malvania 111 runs", "gave Toyota 400 orders"."""
    verb = numeral.start - 2
    while verb > 0 and numeral.start - verb <= _LONGEST_MODEL and lexemes[verb].capitalised:
        verb -= 1
    return verb >= 0 and lexemes[verb].lower in _GIVING and is_plural(_at_lower(lexemes, numeral.end))


_GIVING = word_set("exclusions", "giving_verbs")


def _is_model(lexemes: Sequence[Lexeme], numeral: Numeral) -> bool:
    """Whether an article and one name open the sentence in front of it: "The Mate 9 phones lack a camera"."""
    opener = lexeme_at(lexemes, numeral.start - 3)
    opens = numeral.start == 2 or (numeral.start > 2 and opener is not None and opener.type is LexemeType.BREAK)
    several = is_plural(lexemes[numeral.start - 1].text)  # "The Otters 13 wins"
    return opens and not several and lexemes[numeral.start - 2].text == "The" and len(lexemes[numeral.start].text) <= 2


def _is_airliner(lexemes: Sequence[Lexeme], numeral: Numeral) -> bool:
    """Whether the number names an airliner: "Demand for the 787 is strong", not in "the 737 were freed"."""
    model = lexemes[numeral.start].text in word_set("exclusions", "airliners")
    plural = _at_lower(lexemes, numeral.end) in word_set("cues", "plural_followers")
    return model and not plural and not counts_following(lexemes, numeral.end)


def _second_of_two(lexemes: Sequence[Lexeme], numeral: Numeral, *, owner: bool) -> bool:
    """Whether the second is the name's: "Poland built 900 ships, Korea 700", "took 50.5 per cent to Odinga's 48.8"."""
    if not owner:
        return in_gapped_clause(lexemes, numeral.start, numeral.end, named=True)
    window = [lexeme.lower for lexeme in lexemes[max(0, numeral.start - _LONGEST_SHARE) : numeral.start]]
    compared = not {"to", "against", "versus"}.isdisjoint(window[-3:-1])
    return compared and not {"cent", "percent", "%"}.isdisjoint(window[:-1])


_LONGEST_SHARE = 8  # lexemes


def _at_lower(lexemes: Sequence[Lexeme], i: int) -> str:
    return lexemes[i].lower if i < len(lexemes) else ""


def known_name(lexemes: Sequence[Lexeme], start: int) -> bool:
    """Whether one of the names of ``en/exclusions.toml`` starts at the number, written as they are: "One Direction"."""
    for words in phrases_by_word("exclusions", "names").get(lexemes[start].text, ()):
        if [lexeme.text for lexeme in lexemes[start : start + len(words)]] == words:
            return True
    return False


def continues_name(lexemes: Sequence[Lexeme], named: int, numeral: Numeral) -> bool:
    """Whether as many digits go on behind a name: "Executive Orders 11030, 13279 and 13339", "Windows 10 and 11"."""
    gap = " ".join(words_between(lexemes, named, numeral.start))
    alike = len(lexemes[named - 1].text) == len(lexemes[numeral.start].text)
    return gap in LISTING and alike and continues_label(lexemes, named, numeral)


def _hyphened_noun(lexemes: Sequence[Lexeme], end: int) -> bool:
    hyphen, noun = lexeme_at(lexemes, end), lexeme_at(lexemes, end + 1)
    if hyphen is None or noun is None or hyphen.text not in HYPHENS or not (hyphen.glued and noun.glued):
        return False
    return noun.type is LexemeType.WORD and noun.text.islower() and noun.lower not in nouns()["no_compound"]


def _part_of_number(lexemes: Sequence[Lexeme], end: int) -> bool:
    """Whether "of" and another number stand at ``end``: "the BJP 303 of the 543 seats"."""
    words = lexemes[end : end + 3]
    if not words or words[0].lower != "of":
        return False
    return any(word.is_number for word in words[1:])


def _starts_range(lexemes: Sequence[Lexeme], end: int) -> bool:
    joint, number = lexeme_at(lexemes, end), lexeme_at(lexemes, end + 1)
    if joint is None or number is None or joint.lower not in ("-", "–", "to", "or") or not number.is_number:
        return False
    return match_unit(lexemes, end + 2) is not None if end + 2 < len(lexemes) else False


def _acts_behind(lexemes: Sequence[Lexeme], end: int) -> bool:
    """Whether a product's verb and an amount follow: "13 starts at $999", "911 GT3 RS develops 518 bhp"."""
    k = end
    while k < min(end + _LONGEST_MODEL, len(lexemes)) and (lexemes[k].capitalised or lexemes[k].glued):
        k += 1
    if k + 1 >= len(lexemes) or lexemes[k].text not in word_set("exclusions", "product_verbs"):
        return False
    k += 2 if lexemes[k + 1].lower in ("at", "for", "from", "in") else 1
    if k >= len(lexemes):
        return False
    amount = is_numeral(lexemes[k])
    return amount or unicodedata.category(lexemes[k].text[0]) == "Sc"


def _dashed_decimal(lexemes: Sequence[Lexeme], end: int) -> bool:
    dash, number = lexeme_at(lexemes, end), lexeme_at(lexemes, end + 1)
    return dash is not None and dash.text in "-–" and number is not None and number.is_number and "." in number.text


def _capitalised_at(lexemes: Sequence[Lexeme], i: int) -> bool:
    lexeme = lexeme_at(lexemes, i)
    return lexeme is not None and lexeme.capitalised


def name_word(lexemes: Sequence[Lexeme], start: int, end: int) -> Reason | None:
    """The reason "name", or None, of a number word with a capital in a sentence: "Five Eyes", "the Secret Seven"."""
    if not lexemes[start].capitalised or (lexemes[start].text.isupper() and len(lexemes[start].text) > 3):
        return None
    before, after = lexeme_at(lexemes, start - 1), lexeme_at(lexemes, end)
    if before is None or before.type is LexemeType.BREAK or before.text in _OPENING:
        if after is None or not after.capitalised or (after.glued and after.text != "-"):
            return None
        return None if after.lower in nouns()["stops"] or end - start > 1 else _known_name(lexemes, end)
    group = lexeme_at(lexemes, start - 2)
    if before.lower == "of" and group is not None and group.capitalised:
        return "name"  # "the Group of Seven"
    counts = after is not None and not after.capitalised and counts_following(lexemes, end)
    return "name" if before.capitalised or not counts else None


def _known_name(lexemes: Sequence[Lexeme], end: int) -> Reason | None:
    """At the start of a sentence the noun decides: "Five Eyes partners" is a name, "Five Australians" a count."""
    return "name" if lexemes[end].lower in word_set("exclusions", "number_names") else None


def runs_into_digits(lexemes: Sequence[Lexeme], end: int) -> bool:
    """Whether a number word is glued to the digits at ``end``: "Twenty20 cricket"."""
    digits = lexeme_at(lexemes, end)
    return digits is not None and digits.is_number and digits.glued


def glued_to_digits(lexemes: Sequence[Lexeme], start: int) -> bool:
    """Whether a capitalised number word stands on the hyphen of a digit: "7-Eleven"."""
    hyphen, digits = lexeme_at(lexemes, start - 1), lexeme_at(lexemes, start - 2)
    return (
        lexemes[start].glued
        and hyphen is not None
        and hyphen.text in HYPHENS
        and hyphen.glued
        and digits is not None
        and digits.is_number
        and lexemes[start].capitalised
    )


def ends_compound(lexemes: Sequence[Lexeme], start: int) -> bool:
    """Whether a number word stands behind the hyphen of another word:
    "a high-five"; but "a mum-of-three" has three, and "six-foot-two" measures."""
    hyphen, word = lexeme_at(lexemes, start - 1), lexeme_at(lexemes, start - 2)
    if not lexemes[start].glued or hyphen is None or hyphen.text != "-" or not hyphen.glued or word is None:
        return False
    if word.lower == "of" and start > 3 and lexemes[start - 4].lower in word_set("cues", "parents"):
        return False
    if word.lower in ("foot", "feet") and start > 3 and is_numeral(lexemes[start - 4]):
        return False
    twice = word.lower == lexemes[start].lower  # "a fifty-fifty call"
    other = word.lower not in vocabulary()["cardinals"] and word.lower != "sub"
    return word.type is LexemeType.WORD and (twice or other)


def is_quoted(lexemes: Sequence[Lexeme], numeral: Numeral) -> bool:
    """Whether a rate or level is quoted: "EUR/USD 1.0850", "PMI 50.8 in November", "Baht 35.12 per dollar"."""
    if ends_pair(lexemes, numeral.start - 1) or gives_level(lexemes, numeral.start):
        return True
    behind = lexeme_at(lexemes, numeral.end)
    return behind is not None and (behind.lower == "per" or (behind.text == "/" and behind.glued))
