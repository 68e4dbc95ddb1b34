"""Tells what a headline says will be: "Boeing to raise $19bn"."""

import re
from functools import lru_cache

from extraction.modality.hedges import Cue
from extraction.text.lexemes import lex
from extraction.text.word_classes import in_class, is_verb
from extraction.text.words import word_set

_REASON = re.compile(
    r"(?<!many )(?<!much )(?<!few )(?<!little )(?<!high )(?<!low )\bas\b(?! (?:many|much|few|little|part|high|low)\b)"
    r"|\b(?:after|while|amid|following|despite)\b"
)
_PLAN = re.compile(r"(?:[^.!?;:,\n]{2,30}: )?[^.!?;:,\n]{2,80}?\s(?P<to>to) (?P<verb>[a-z]{2,12})\b")


@lru_cache(maxsize=16)
def headline_plan(text: str) -> Cue | None:
    """As in "Boeing to raise $19bn", "400 jobs to go at Ford": the infinitive of a headline says what will be."""
    plan = _PLAN.match(text)
    if plan is None or text.rstrip()[-1:] in '.!?"”':
        return None
    before = lex(text, 0, plan.start("to"))
    verbs = any(is_verb(before, at) or in_class(word, "prepositions") for at, word in enumerate(before))
    return None if verbs or plan["verb"] not in word_set("modality", "plans") else ("projected", *plan.span("to"))


def is_planned(text: str, plan: Cue, start: int) -> bool:
    """Whether the number belongs to the plan of a headline and not to its reason: "to cut jobs as sales slump 9%"."""
    if start <= plan[1]:
        return not text[:start].strip()
    return _REASON.search(text, plan[2], start) is None
