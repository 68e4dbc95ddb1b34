"""Tells which hedges of a sentence say nothing about a number behind them: "beat forecasts, rising 12%"."""

import re

from extraction.modality.accusations import ACCUSING, DENYING, tells_deed
from extraction.modality.described import describes_other
from extraction.modality.hedges import Cue
from extraction.modality.idle_allegations import alleges_nothing
from extraction.modality.passed_hedges import is_passed
from extraction.text.change_words import change_words
from extraction.text.lexemes import LexemeType, lex
from extraction.text.money_signs import SIGNS
from extraction.text.numeral import is_numeral, vocabulary
from extraction.text.word_classes import in_class, is_auxiliary, is_relative, is_verb
from extraction.text.words import word_set

_BESIDE = frozenset(("an estimated", "a reported"))
_BESIDE_BARE = word_set("modality", "beside_numbers")
_DESCRIBED = 5  # words between "an estimated" and its number
_NEXT_WORD = 60
_SEES = frozenset(("sees", "see", "now sees", "now see", "is seen", "are seen"))
_LOOSE = frozenset(("between", "about", "around", "nearly", "roughly"))
_TIMED = re.compile(r"\b(?:20\d\d|full-year|fiscal|quarter|annual|[Ff][Yy]\d{0,4}|[QHqh][1-4]|[1-4][Qq])\b")


_FORESEERS = re.compile(
    rf" of [\w,.-]{{1,12}} (?:[a-z-]{{3,20}} )?(?:{'|'.join(sorted(word_set('cues', 'forecasters')))})\b"
)


_COMPARED = re.compile(r"(?:%|\bper ?cent|\btwice|\btimes|\bhalf|fold) (?:as|more|less) $")


def hedges_nothing(text: str, cue: Cue, start: int) -> bool:
    """Whether the words of a cue say nothing about the number that starts at ``start`` behind them."""
    name, first, last = cue
    words = text[first:last].lower()
    if words.startswith("likely") and _COMPARED.search(text, max(0, first - _NEXT_WORD), first) is not None:
        return True  # "were 18% less likely to die (HR 0.82)"
    if name == "alleged":
        if alleges_nothing(text, first, last):
            return True
        if words in DENYING:
            return False
    if _foresees_another(text, cue, words, start) or _foresees_none(text, cue, words, start):
        return True
    if _tells_elsewhere(text, cue, words, start) or _does_now(text, cue, words, start):
        return True
    if words.startswith("consensus") and not _foresees_a_sum(text, cue, start):
        return True  # "a consensus of 12 experts"
    return describes_other(text, cue, start) or _stands_aside(text, first, last, start)


def _foresees_another(text: str, cue: Cue, words: str, start: int) -> bool:
    """Whether the cue has its own number elsewhere, or names its own forecasters: "the median forecast of 14"."""
    name, first, last = cue
    if is_passed(text, cue, start) or (words in word_set("modality", "beaten") and _FORESEERS.match(text, last)):
        return True  # "the median forecast of 14 economists"
    if words == "targets" and _whose(text, cue):
        return True  # "having missed its targets for three years"
    if name == "projected" and _MULTIPLIED.search(text, max(0, first - _NEXT_WORD), first) is not None:
        return True  # "raised £412,000, nearly double its target and six times the £68,000 of 2016"
    # "an estimated 250 grams from a body half a kilometre wide"
    return _stands_beside(text, cue) and _is_spent(text[last:start])


def _foresees_none(text: str, cue: Cue, words: str, start: int) -> bool:
    """Whether the plans, projects or forecasts are things that are counted, sold or beaten: "beat forecasts"."""
    if words in _PLURALS and _names_things(text, cue, start):
        return True  # "sold solar projects for $2bn"
    if words in _FORESEEN and _COUNTED.search(text, max(0, cue[1] - _NEXT_WORD), cue[1]) is not None:
        return True  # "of the six predictions, five have gone"
    return words in word_set("modality", "beaten") and _is_beaten(text, cue, start)  # "beat forecasts, rising 12%"


def _tells_elsewhere(text: str, cue: Cue, words: str, start: int) -> bool:
    """Whether what the cue accuses of or reports does not hold the number, or somebody known reports it."""
    if words.endswith(ACCUSING) and not tells_deed(text, cue, start):
        return True  # "charged with two counts of theft"
    return words.endswith(" that") and not _tells_content(text, cue, start)  # "the paper reports that 40 died"


def _does_now(text: str, cue: Cue, words: str, start: int) -> bool:
    """Whether the verb that could look ahead tells what is done: "sees 40 patients", "police are looking for two"."""
    _, first, last = cue
    if words in {"looking to", "offered to"} and _NO_VERB.match(text, last) is not None:
        return True  # "looking to the 12 members for help", "offered to her"
    if words.endswith("considering") and _OFFERED.match(text, start) is not None:
        return True  # "is considering three offers"
    if words in _SEES and not _foresees(text[first:start]) and not _sees_ahead(text[last:start], text, start):
        return True  # "sees 40 patients a day"
    # "police are looking for two men"
    return words == "looking for" and word_set("cues", "forecasters").isdisjoint(text[:first].lower().split()[-8:])


_MULTIPLIED = re.compile(r"\b(?:double|triple|quadruple|twice|half|times) (?:its|their|his|her|our|the) \Z")
_FORESEEN = frozenset(("predictions", "forecasts", "projections", "proposals", "targets"))
_COUNTED = re.compile(
    rf"\bof (?:(?:the|these|those|its|his|her|their|our|my) )?(?:\d[\d,]*|{'|'.join(vocabulary()['cardinals'])}) $",
    re.IGNORECASE,
)


def _stands_beside(text: str, cue: Cue) -> bool:
    """Whether the cue describes the number right behind it: "an estimated 60 people", "the expected 40"."""
    words = text[cue[1] : cue[2]].lower()
    if words in _BESIDE:
        return True
    before = text[max(0, cue[1] - _NEXT_WORD) : cue[1]].split()[-1:]
    described = bool(before) and before[0].lower() in word_set("grammar", "articles")
    return described and words in _BESIDE_BARE and _NUMBER_NEXT.match(text, cue[2]) is not None


_NUMBER_NEXT = re.compile(r"\s[^\w\s]{0,2}\d")


def _foresees_a_sum(text: str, cue: Cue, start: int) -> bool:
    """Whether a sum is foreseen: "against a consensus of 2.4 billion", "the consensus for earnings of 40 cents"."""
    near = text.count(" ", cue[2], start) <= _DESCRIBED
    return near and _SUM.match(text, start) is not None


_SUM = re.compile(
    r"[^\w\s]?(?:[A-Z]{2,3})?[^\w\s]?\d[\d,]*(?:\.\d|%|[.,;)]|$"
    r"|[ -]?(?:m|bn|tn|p|per ?cent|million|billion|trillion|cents?)\b)(?!\S* of )"
    rf"|[{SIGNS}]"
)


def _is_spent(between: str) -> bool:
    """Whether "an estimated" has its number in what follows: another one is plain, unless "and" or "to" joins them."""
    if between.count(" ") > _DESCRIBED * 3:
        return True
    words = lex(between)
    first = next((at for at, word in enumerate(words) if is_numeral(word)), None)
    if first is None:
        return between.count(" ") > _DESCRIBED
    if any(word.lower in word_set("modality", "single") for word in words[:first]):
        return not any(word.lower in {"or", "to"} for word in words)  # "an estimated value of $4m and $3,000 in cash"
    joined = [word for word in words if word.lower in {"and", "or", "to"}]
    if not joined or (words[-1].type is LexemeType.WORD and words[-1].lower not in _JOINING):
        return True
    return any(is_verb(words, at) or in_class(words[at], "prepositions") for at in range(first, len(words) - 1))


_JOINING = word_set("modality", "joining")


_PLURALS = frozenset(("plans", "projects"))


def _names_things(text: str, cue: Cue, start: int) -> bool:
    """Whether "plans" or "projects" is a noun that foresees nothing: "sold solar projects for", "the plans of 60 men".

    "Plans for 300 homes" and "plans on Tuesday to cut 300 jobs" foresee.
    """
    _, first, last = cue
    behind = lex(text, last, min(len(text), last + _NEXT_WORD))[:2]
    if not behind:
        return True
    named = (
        in_class(behind[0], "prepositions")
        or (is_auxiliary(behind[0]) and behind[0].lower not in _INTENDING)
        or behind[0].text in {",", ".", ")"}
        or (is_verb(behind, 0) and behind[0].lower in word_set("grammar", "past"))
    )
    if text[first:last].lower() == "plans":
        return named and _INTENDED.search(text, last, start) is None
    before = lex(text, max(0, first - _NEXT_WORD), first)[-4:]
    counted = any(is_numeral(word) for word in before[-3:])
    return named or counted or behind[0].lower == "worth" or (bool(before) and in_class(before[-1], "articles"))


_INTENDED = re.compile(r"\b(?:for|to|on|include|includes|including)\b")
_INTENDING = frozenset(("will", "would", "could", "may", "might"))


def _is_beaten(text: str, cue: Cue, start: int) -> bool:
    """Whether the number is what came out: "beat analysts' forecasts by 6 cents", "missed expectations, falling 8%".

    "Beat forecasts of 40 cents" tells the forecast.
    """
    if _MISSED_BY.search(text, cue[2], start) is not None:
        return True  # "the target of 300,000 homes was missed by 60,000"
    if _BEATING.search(text, max(0, cue[1] - _BEATEN), cue[1]) is None:
        return False
    head, comma, _ = text[cue[2] : start].partition(",")
    return bool(comma) or _CONTENT.match(head) is None


_BEATEN = 60
_MISSED_BY = re.compile(r"\b(?:was|were|been|being) (?:missed|beaten|exceeded|surpassed|undershot|overshot) by $")
_BEATING = re.compile(
    r"\b(?:beat(?:s|ing|en)?|miss(?:ed|es|ing)?|topp?(?:ed|s|ing)|exceed(?:ed|s|ing)?|surpass(?:ed|es|ing)?|met|meets?"
    r"|meeting|match(?:ed|es|ing)?|undershot|undershoots|overshot|outpac(?:ed|es|ing)|defied|defies|defying"
    r"|short of|ahead of|in line with|above|below|better than|worse than|lower than|higher than)"
    r"(?: (?!(?:and|or|but) )[\w’'&.-]{1,24}){0,5} $",
    re.IGNORECASE,
)
_CONTENT = re.compile(
    r"(?: (?:by|from|among|in|on) (?:[\w’'&.-]{1,24} ){1,4}?| )(?:of|for|that|calling|it|they)\b| ?\(|:? ?[^\w\s]{0,2}$"
)


_NO_VERB = re.compile(r" (?:the|a|an|its|his|her|their|[^a-z])\b")
_OFFERED = re.compile(
    r"[\w.,]{1,12} (?:[a-z]{2,20} ){0,2}"
    r"(?:offers|bids|options|proposals|applications|requests|candidates|sites|routes|cases)\b"
)


def _tells_content(text: str, cue: Cue, start: int) -> bool:
    """Whether the number stands in the clause that "reports that", "rumours that" opens.

    "Rumours that it had lost $2bn wiped 9% off its shares" goes on with a verb of its own. Where "reports" is a verb,
    somebody known reports.
    """
    before = lex(text, max(0, cue[1] - _NEXT_WORD), cue[2])
    at = next((at for at in range(len(before) - 1, -1, -1) if before[at].start <= cue[1]), 0)
    if before[at].lower == "reports" and is_verb(before, at):
        return False
    clause = lex(text, cue[2], start)
    groups = [at for at in range(len(clause)) if is_verb(clause, at) and not (at and is_verb(clause, at - 1))]
    return len(groups) < _VERBS_OF_SUBJECT or any(in_class(word, "coordinators") for word in clause)


_VERBS_OF_SUBJECT = 2


def _sees_ahead(between: str, text: str, start: int) -> bool:
    """Whether a result is foreseen: "sees revenue of $2 billion this year", no habit as in "a profit of $2 a head"."""
    words = between.lower().split()
    while words and words[-1] in _LOOSE:
        words.pop()
    foreseen = len(words) > 1 and words[-1] == "of" and words[-2] in word_set("modality", "results")
    return foreseen and _HABIT.match(text, start) is None


_HABIT = re.compile(r"[^\w\s]?[\w.,%]{1,20}(?: (?:million|billion|trillion|per ?cent))? (?:a|an|per|every|each) ")


def _foresees(between: str) -> bool:
    """Whether words behind "sees" foresee: "sees the deficit at 4 per cent", "is seen cutting its rate to",
    "sees 2030 sales of", "sees FY EPS"."""
    words = [word for word in between.lower().split() if word not in _LOOSE]
    timed = words[0] == "now" or _TIMED.search(between) is not None
    if words[-1] == "at" or (timed and (words[-1] == "of" or words[-1].rstrip(".") in word_set("modality", "wired"))):
        return True
    if words[-1] in ("up", "down") and words[-2:-1] and words[-2] in word_set("modality", "results", "wired"):
        return True  # "sees 2H gross margin down 120 bps"
    verbs, foreseen = change_words().verbs, word_set("modality", "foreseen")
    return any(word.endswith("ing") and (word in verbs or word in foreseen) for word in words)


def _stands_aside(text: str, first: int, last: int, start: int) -> bool:
    """Whether commas enclose the cue and the verb goes on: "The fight, scheduled for May, lasted 93 seconds"."""
    opening, closing = text.rfind(",", max(0, first - _NEXT_WORD), first), text.find(", ", last, start)
    if opening < 0 or closing < 0:
        return False
    aside = lex(text, opening + 1, first)
    if any(is_verb(aside, at) or is_relative(word) for at, word in enumerate(aside)):
        return False
    if aside and closing == last and text[first:last].lower() in word_set("attribution", "say", "either", "mind"):
        return False  # "The cartel, prosecutors allege, met 31 times"
    behind = lex(text, closing + 2, min(len(text), closing + 2 + _NEXT_WORD))
    return bool(behind) and behind[0].text.islower() and is_verb(behind, 0) and not behind[0].lower.endswith("ing")


def _whose(text: str, cue: Cue) -> bool:
    """Whether the noun says whose it is and not how much: "missed its targets", but "its targets of 5 per cent"."""
    before = text[: cue[1]].split()[-1:]
    owned = bool(before) and (before[0].lower() in word_set("grammar", "definites") or before[0][-2:] in ("'s", "’s"))
    return owned and not text.startswith(" of ", cue[2])
