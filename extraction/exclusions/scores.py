"""Tells scores and odds from quantities: "2-0", "212 for 7", "100 to 1"."""

import unicodedata
from collections.abc import Sequence

from extraction.amounts.age_appositions import lists_ages
from extraction.amounts.bracketed_ages import behind_persons
from extraction.currencies.marks import mark_after, mark_before
from extraction.exclusions.reasons import Reason
from extraction.text.lexemes import VULGAR_FRACTIONS, Lexeme, LexemeType, lexeme_at
from extraction.text.nouns import counts_following, nouns
from extraction.text.number_pairs import in_vote_pair
from extraction.text.numeral import Numeral, is_numeral, vocabulary
from extraction.text.statistics import behind_statistic
from extraction.text.surfaces import is_near
from extraction.text.word_classes import in_class
from extraction.text.words import word_set
from extraction.units.match import match_unit

_DECIDED = word_set("exclusions", "decided")
_OUTSCORED = word_set("exclusions", "outscored")
_LONGEST_TEAM = 5  # lexemes
# How far from its two numbers a word of the game may stand.
_SCORE_REACH = 16


def match_score(lexemes: Sequence[Lexeme], numeral: Numeral) -> Reason | None:
    """The reason why two small numbers on one hyphen, with nothing that they measure, are no amounts; else None:
    "2-0", "a 3-2 win", "odds of 5-1"."""
    start, end = numeral.start, numeral.end
    for first, last in ((start, end), (start - 2, start - 1)):
        dash, second = lexeme_at(lexemes, last), lexeme_at(lexemes, last + 1)
        head = lexeme_at(lexemes, first)
        if head is None or dash is None or second is None or first < 0:
            continue
        if not (head.is_number and dash.text in "-–—‑" and second.is_number):
            continue
        if not (dash.glued and second.glued) or not (head.text.isdecimal() and second.text.isdecimal()):
            continue
        if len(head.text) == 4 and len(second.text) in (2, 4) and 1500 <= int(head.text) <= 2100:
            return "year"
        sign = lexeme_at(lexemes, first - 1)
        if sign is not None and (unicodedata.category(sign.text[0]) == "Sc" or mark_before(lexemes, first) is not None):
            return None
        after = lexeme_at(lexemes, last + 2)
        if lists_ages(lexemes, first - 1) or (after is not None and after.lower == "age"):
            return None  # "aged 18-34 and 35-44", "the 18-34 age group"
        if sign is not None and sign.lower in word_set("cues", "verbs_as_labels"):
            return None  # "Serves 4-6"
        if behind_persons(lexemes, first, last + 2):
            return None  # "children (3-15)"
        if behind_statistic(lexemes, first):
            return None  # "IQR 45-62", "95% CI, 11-38"
        if (after is not None and after.glued and after.text in "-–") or (
            len(second.text) == 4 and len(head.text) == 3
        ):
            return "identifier"
        behind = last + 2
        behind += after is not None and after.glued and after.text in VULGAR_FRACTIONS  # "1-1½ hours"
        if len(head.text) <= 3 and len(second.text) <= 3 and not measures(lexemes, behind):
            return None if in_vote_pair(lexemes, start) else "score"
    return None


def written_score(lexemes: Sequence[Lexeme], numeral: Numeral) -> Reason | None:
    """Why the numeral is in a score ("slumped to 212 for 7", "five for 27") or odds ("100 to 1"); else None."""
    if _level_score(lexemes, numeral.end) or _behind_half_time(lexemes, numeral):
        return "score"
    for link in (numeral.end, numeral.start - 1):
        if not 0 < link < len(lexemes) - 1:
            continue
        cues = {"for": ("cricket", "batting"), "to": ("odds",)}.get(lexemes[link].lower)
        if cues is None:
            continue
        pair = (lexemes[link - 1], lexemes[link + 1])
        if "odds" in cues and (in_vote_pair(lexemes, link - 1) or behind_statistic(lexemes, link - 1)):
            return None  # "odds ratio, 0.45; 95% CI, 0.31 to 0.66"
        numbers = [is_numeral(x) for x in pair]
        if all(numbers) and is_near(word_set("exclusions", *cues), lexemes, link, link + 1, _SCORE_REACH):
            return "score"
        if all(numbers) and "cricket" in cues and _loses_wickets(lexemes, link):
            return "score"
        decided = link >= 2 and lexemes[link - 2].lower in _DECIDED
        decided = decided or (link >= 3 and _beats(lexemes, link - 1))
        if all(numbers) and "batting" in cues and link >= 2 and lexemes[link - 2].lower in ("went", "going"):
            return "score"  # "Judge went 3 for 4"
        if all(numbers) and "odds" in cues and decided and not measures(lexemes, link + 2):
            return "score"  # "won 24 to 17"
    return None


def _loses_wickets(lexemes: Sequence[Lexeme], link: int) -> bool:
    """Whether runs in digits and wickets in words stand on either side of ``link``:
    "had come in at 18 for two, with", "slumped to 45 for five"."""
    runs, wickets = lexemes[link - 1], vocabulary()["cardinals"].get(lexemes[link + 1].lower)
    if link < 2 or not (runs.text.isdecimal() and 1 < len(runs.text) <= _LONGEST_RUNS) or wickets is None:
        return False
    behind = lexemes[link + 2].lower if link + 2 < len(lexemes) else ""
    led = lexemes[link - 2].lower in word_set("exclusions", "before_wickets")
    near = lexemes[max(0, link - _GAME_REACH) : link + _GAME_REACH]
    led = led and any(lexeme.lower in word_set("exclusions", "words_of_innings") for lexeme in near)
    return led and 0 < wickets < _MOST_WICKETS and behind in word_set("exclusions", "behind_wickets")


_LONGEST_RUNS, _MOST_WICKETS, _GAME_REACH = 3, 10, 30


def on_card(lexemes: Sequence[Lexeme], numeral: Numeral) -> Reason | None:
    """The reason "score" where the numeral stands on the card of a cricket match; else None:
    the runs of "N. Bhargav (batting) 118, J. Fernandes b Qadri 51; Total (for six wkts.): 251"."""
    before, after = lexeme_at(lexemes, numeral.start - 1), lexeme_at(lexemes, numeral.end)
    if before is None or not (before.capitalised or before.text in (")", ":") or before.lower in ("out", "hurt")):
        return None
    if after is not None and after.type is LexemeType.WORD and after.lower not in ("in", "for"):
        return None
    near = lexemes[max(0, numeral.start - _CARD_REACH) : numeral.end + _CARD_REACH]
    marks = {lexeme.lower for lexeme in near if lexeme.lower in _CARDS and not lexeme.glued}
    return "score" if len(marks) > 1 and not marks.isdisjoint(_SURE_CARDS) else None


_CARD_REACH = 20  # lexemes
_CARDS = word_set("exclusions", "cards")
_SURE_CARDS = frozenset(("lbw", "extras", "innings", "wkts", "b"))


def stated_odds(lexemes: Sequence[Lexeme], start: int) -> bool:
    """Whether the number opens odds that are told as such:
    "at odds of 1 in 292 million"; the odds of something happening may be 40 per cent."""
    if start < 2 or lexemes[start - 2].lower != "odds" or lexemes[start - 1].lower not in ("of", "at"):
        return False
    return start + 1 < len(lexemes) and lexemes[start + 1].lower == "in"


def scale_of_points(lexemes: Sequence[Lexeme], start: int) -> bool:
    """Whether the number is the scale of points: the 100 of "41 points out of 100"."""
    if start < 3 or lexemes[start - 1].lower != "of" or lexemes[start - 2].lower != "out":
        return False
    return lexemes[start - 3].lower in ("points", "marks", "stars")


def kind_of_shot(lexemes: Sequence[Lexeme], end: int) -> bool:
    """Whether the number of points names a kind of shot:
    "3 for 14 from 3-point range", "3-Point Goals—Duke 7-18"; not in "a 3-point lead"."""
    words = [lexeme.lower for lexeme in lexemes[end : end + 3]]
    shot = words[1:2] == ["point"] and words[0] in _HYPHENS and words[-1] in word_set("exclusions", "shots")
    return shot and lexemes[end - 1].lower in _POINTS_OF_SHOTS  # not "in a 300-point range"


_POINTS_OF_SHOTS = frozenset(("2", "3", "4", "two", "three", "four"))
_HYPHENS = ("-", "‑")


def _level_score(lexemes: Sequence[Lexeme], end: int) -> bool:
    """Whether "all" behind the number gives as many to both: "level at one set all", "two games all", "one-all"."""
    words = [lexeme.lower for lexeme in lexemes[end : end + 2]]
    if "all" not in words:
        return False
    of_game = words[:1] != [] and words[0].removesuffix("s") in word_set("cues", "sport_leads")
    all_ = 1 if of_game or words[:1] == ["-"] else 0
    behind = lexeme_at(lexemes, end + all_ + 1)
    closed = behind is None or behind.type is not LexemeType.WORD or in_class(behind, "prepositions", "coordinators")
    return words[all_ : all_ + 1] == ["all"] and closed


def _behind_half_time(lexemes: Sequence[Lexeme], numeral: Numeral) -> bool:
    """Whether the goals of a side stand behind those that it had at half-time: "Man City (1) 3 Spurs (0) 0"."""
    start = numeral.start
    if start < 4 or [lexemes[start - 3].text, lexemes[start - 1].text] != ["(", ")"]:
        return False
    after = lexeme_at(lexemes, numeral.end)
    small = all(lexemes[k].text.isdecimal() and len(lexemes[k].text) <= _LONGEST_SCORE for k in (start - 2, start))
    ends = after is None or after.capitalised or after.type is not LexemeType.WORD
    return small and ends and lexemes[start - 4].capitalised


_LONGEST_SCORE = 2  # digits


def _beats(lexemes: Sequence[Lexeme], start: int) -> bool:
    """Whether who was beaten stands between the verb and the first number: "outscored Miami 34 to 19"."""
    k = start - 1
    while k > max(0, start - _LONGEST_TEAM) and (lexemes[k].capitalised or lexemes[k].lower == "the"):
        k -= 1
    return k < start - 1 and lexemes[k].lower in _OUTSCORED


def measures(lexemes: Sequence[Lexeme], i: int) -> bool:
    """Whether what follows a hyphenated pair can be counted or measured by it."""
    after = lexeme_at(lexemes, i)
    if after is None or after.type is LexemeType.BREAK or after.lower in word_set("exclusions", "scores"):
        return False
    if match_unit(lexemes, i) is not None or mark_after(lexemes, i) is not None:
        return True
    if after.lower in vocabulary()["magnitudes"] or (after.glued and after.lower in vocabulary()["abbreviations"]):
        return True
    return after.type is LexemeType.WORD and (counts_following(lexemes, i) or after.lower in nouns()["person_words"])
