"""Tells from the words around a number whether it is a year: "in 2019", "a 2019 report", "By 1340, the", "AD 79"."""

import re

from extraction.text.money_signs import SIGNS
from extraction.text.words import word_set

YEAR = r"(?:1[5-9]|20|21)\d\d"


# "ad" and "ce" only in capitals, which the pattern asks for; "B.C." and "A.D." are two runs of letters.
ERA_WORDS = frozenset(("bc", "bce", "ad", "ce", "b", "d"))
_YEAR_OF_ERA = r"(?:\d{1,3}(?:,\d{3})+|\d{1,6})"
ERA = (
    rf"(?<![\w.,{SIGNS}-])(?:(?P<first>{_YEAR_OF_ERA})(?: ?[-–—] ?| to | and | or ))?(?P<last>{_YEAR_OF_ERA}) ?"
    r"(?P<era>BCE?\b|B\.C\.(?:E\.)?|AD\b|A\.D\.|CE\b)(?=(?P<next>(?: [^\W_][\w'’-]{0,24})?))"
    rf"|(?<![\w.])(?P<before>AD|A\.D\.) ?(?P<after>\d{{1,4}})(?![\w%]|[.,]\d)"
)
_BEHIND_ERA = word_set("grammar", "prepositions", "determiners", "subject_pronouns", "subordinators", "be", "have")
_JOINING = word_set("grammar", "coordinators")
_IN_FRONT_OF_ERA = word_set("times", "before_eras")
_WORD_IN_FRONT = re.compile(r"([A-Za-z]+)\.? $")


def is_era(match: re.Match[str]) -> bool:
    """Keeps "40 BC residents" out, who live in British Columbia, and "300 AD campaigns"."""
    following = (match["next"] or "").strip().lower()
    if match["before"] or not following or following in _BEHIND_ERA:
        return True
    front = _WORD_IN_FRONT.search(match.string, max(0, match.start() - 12), match.start())
    return following in _JOINING and front is not None and front[1].lower() in _IN_FRONT_OF_ERA


_A_DIGIT = re.compile(r"\d")


def is_year_range(match: re.Match[str]) -> bool:
    first, until = int(match["year"]), match["until"]
    if len(until) == 4:
        return first < int(until)
    return first >= 1900 and (int(until) == (first + 1) % 100 or first % 100 < int(until))


def is_year(match: re.Match[str]) -> bool:
    """Whether the words around a number between 1500 and 2199 say that it is a year."""
    year = int(match["year"])
    cue = (match["cue"] or "").lower().rstrip(".")
    last = cue.rsplit(" ", 1)[-1]
    following = match["next"]
    word = following.strip(" -") if following[:1] not in {"'", "’", ")", "]"} else ""
    plural = word.islower() and (
        (word.endswith("s") and not word.endswith(("ss", "us", "is")) and word not in word_set("times", "not_plurals"))
        or word in word_set("times", "counted")
    )
    if cue in word_set("times", "strong_year_cues") or last in word_set("times", "strong_year_cues"):
        return not (plural and year % 100 == 0) and word not in word_set("times", "counted")
    if plural and _is_span(match, last):
        return True
    if plural or year < 1800:
        return False
    if last in word_set("times", "weak_year_cues"):
        return year % 100 != 0 or year == 2000 or (year == 2100 and last == "by" and not word)
    return 1900 <= year < 2060 and _stands_like_a_year(match, last, word)


def _is_span(match: re.Match[str], cue: str) -> bool:
    """Whether two years span a time, of which not both are round, though a noun follows.

    As in "Between 2010 and 2018 forces lost".
    """
    years = _A_YEAR.findall(match["span"])
    joined = " and " if cue == "between" else " to " if match["cue"] == "From" else None
    if joined is None or joined not in match["span"] or len(years) != _BOTH:
        return False
    return "1800" <= years[0] < years[1] and any(year[-1] != "0" for year in years)


_A_YEAR = re.compile(r"\d{4}")
_BOTH = 2


def is_old_year(match: re.Match[str]) -> bool:
    """Whether a number of three or four digits is a year: "By 1340, the town had", "was killed in battle in 363."

    With three digits no other number may stand in the sentence. Not in "in 1340 homes".
    """
    word, old = match["next"].strip(", "), len(match["year"]) == 4
    in_front = match.string[max(match.pos, match.start() - _LONGEST_VERB) : match.start()].lower().split()[-1:]
    if match["cue"] == "in" and not word_set("times", "taking_in").isdisjoint(in_front):
        return False  # "The stall brought in 340.", "runs batted in 171"
    if match["next"][:1] == ",":
        if not (old or match["cue"] != "in" or word[:1].isupper()):
            return False
    elif word.isalpha() and word not in _AFTER_OLD_YEAR:
        return False
    start, end = match.span("span")
    around = ((max(match.pos, start - _CLAUSE_REACH), start), (end, min(match.endpos, end + _CLAUSE_REACH)))
    return old or not any(_A_DIGIT.search(match.string, first, last) for first, last in around)


_CLAUSE_REACH = 300
_LONGEST_VERB = 12


# Not "in 363 of them", "in 300 to 400 homes".
_AFTER_OLD_YEAR = word_set(
    "grammar", "prepositions", "coordinators", "determiners", "subject_pronouns", "be", "have", "modals"
) - {"of", "to", "or"}


def _stands_like_a_year(match: re.Match[str], cue: str, word: str) -> bool:
    """Whether the words around the number are those of a year.

    As in "a 2019 report", "Expo 2016", "(1998)", "2019's", "2019 Results".
    """
    owned = cue == "s" and match.string[max(0, match.start() - 1) : match.start()] in {"'", "’"}
    if match["next"][:2] in {"'s", "’s"}:
        return True
    year = int(match["year"])
    if year % 100 == 0 and year != 2000:
        return False
    if cue in word_set("times", "year_determiners") or owned or cue in {"'s", "’s"} or cue.endswith(("'s", "’s")):
        return bool(word)
    original = (match["cue"] or "").rsplit(" ", 1)[-1]
    if original[:1].isupper() or not original:
        return not word or word[0].isupper() or word in word_set("times", "after_year")
    return False
