"""Tells the hedges of headlines and wires: "Boeing to raise $19bn", "EPS $1.23 vs $1.10 est", "consensus $1.08B"."""

import re
from functools import lru_cache

from extraction.modality.hedges import Cue
from extraction.text.change_words import change_words
from extraction.text.lexemes import Lexeme, lex
from extraction.text.money_signs import MONEY_SIGNS, SIGNS
from extraction.text.word_classes import in_class, is_adverb, is_verb
from extraction.text.words import word_set

_REASON = re.compile(
    r"(?<!many )(?<!much )(?<!few )(?<!little )(?<!high )(?<!low )\bas\b(?! (?:many|much|few|little|part|high|low)\b)"
    r"|\b(?:after|while|amid|following|despite|(?:up|down) from)\b",
    re.IGNORECASE,
)
_PLAN = re.compile(
    r"(?:[^.!?;:,\n]{2,30}: )?(?:[A-Z][\w’'-]{1,20}, )?[^.!?;:,\n]{2,80}?\s(?P<to>to) (?P<verb>[A-Za-z][a-z]{1,13})\b"
)


@lru_cache(maxsize=16)
def headline_plan(text: str) -> Cue | None:
    """The infinitive of a headline, which says what will be, or None.

    As in "Boeing to raise $19bn", "400 jobs to go at Ford".
    """
    plan = _PLAN.match(text)
    if plan is None or text.rstrip()[-1:] in '.!?"”':
        return None
    before = lex(text, 0, plan.start("to"))
    verbs = any(is_verb(before, at) or in_class(word, "prepositions") for at, word in enumerate(before))
    return None if verbs or not _is_verb_of_plan(text, plan, before) else ("projected", *plan.span("to"))


def _is_verb_of_plan(text: str, plan: re.Match[str], before: list[Lexeme]) -> bool:
    """A listed verb, or another with its amount behind it: "Farmers to pocket $3bn", not "Sales soar to record 3m".

    In "Boeing to Cut 400 Jobs" it is listed.
    """
    if plan["verb"].lower() in word_set("modality", "plans"):
        return True
    verb = lex(plan["verb"])[0]
    if (
        verb.capitalised
        or _AMOUNT_BEHIND.match(text, plan.end()) is None
        or _NO_VERB.match(plan["verb"]) is not None
        or is_adverb(verb)
    ):
        return False
    changes = change_words()
    moved = any(word.lower in changes.verbs or word.lower in changes.after or word.is_number for word in before)
    return not moved and not in_class(verb, "prepositions", "determiners")


_SHADES = "up|down|out|off|by|extra|another|about|around|some|over|nearly|almost|more than|at least|as much as|up to"
_AMOUNT_BEHIND = re.compile(rf" (?:(?:{_SHADES}) ){{0,3}}(?:[A-Z]{{0,3}}[{SIGNS}]|[A-Z][A-Za-z]{{0,2}}\d|\d)")
_NO_VERB = re.compile(r"\w+(?:ing|ery|tion|ness|ment|ity)$|record$|normal$|\w+[^s]s$")  # "Road to recovery 40 km long"


def is_planned(text: str, plan: Cue, start: int) -> bool:
    """Whether the number belongs to the plan of a headline and not to its reason: "to cut jobs as sales slump 9%"."""
    if start <= plan[1]:
        return not text[:start].strip()
    return _REASON.search(text, plan[2], start) is None


# Words of which a text with such an estimate holds one.
WIRED = frozenset(("est", "consensus", "cast", "fcast"))
_CLASSES = {"est": "estimated"}
_ESTIMATE_IN_FRONT = re.compile(
    r"(?<![\w'’-])(?P<cue>[Ee]st\.?|[Cc]onsensus|[Ff]['’]?cast)"
    r"(?: (?:at|loss|for a loss of)|(?<=est\.)(?: [a-z]{2,9})? to)? [^\w\s]?\Z"
)
_ESTIMATE_BEHIND = re.compile(r" (?P<cue>est\b\.?|consensus|f['’]?cast)(?=[.,;)]|$)")
_REACH = 30
_COMPARED = re.compile(r"\b(?:vs\.?|versus|than|against) [^\w\s]?\Z")


def wired_estimate(text: str, first: int, last: int) -> Cue | None:
    """The word that makes an estimate of the number at ``first`` to ``last`` of a line."""
    start = max(0, first - _REACH)
    found = _ESTIMATE_IN_FRONT.search(text[start:first])
    offset = start
    if found is None and _COMPARED.search(text[start:first]) is not None:
        found, offset = _ESTIMATE_BEHIND.match(text, last), 0
    if found is None or _is_no_estimate(text, first, found["cue"].lower()):
        return None
    return (
        _CLASSES.get(found["cue"].lower().rstrip("."), "projected"),
        offset + found.start("cue"),
        offset + found.end("cue"),
    )


def _is_no_estimate(text: str, first: int, cue: str) -> bool:
    """Whether the word that looks like a cue makes no estimate of the number.

    As in "the scientific consensus 40 years ago", "reached consensus 12 days later", "The castle, est. 1240,".
    """
    if cue.startswith("est"):
        return _YEAR.match(text, first) is not None
    return (
        cue == "consensus"
        and _FIGURE.match(text, first - (text[first - 1] == "-" or text[first - 1] in MONEY_SIGNS)) is None
    )


_YEAR = re.compile(r"\d{4}(?![\d.,])")
_FIGURE = re.compile(
    r"[-−]?[^\w\s]\d|-?\d[\d.,]*(?:[.,]\d|%|[bmkBMKp]n?\b)|-?\d[\d.,]*(?= ?(?:per ?cent|pct|million|billion|crore))"
)
