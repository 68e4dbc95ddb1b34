"""Finds the hedge right behind a number: "the 1.9% estimate", "the $40m that analysts had forecast", "its plan"."""

import re

from extraction.modality.hedges import Cue
from extraction.text.nouns import is_person
from extraction.text.words import word_set

_FORESEEN = "forecast|expected|predicted|projected|planned|anticipated|assumed|pencill?ed in|hoped for"
FORECASTERS = "|".join(sorted(word_set("cues", "forecasters", "market_views")))
# "the $1.3bn that analysts had forecast", "the 200 jobs economists had pencilled in"
_RELATIVE = re.compile(
    rf"(?:\s\w+){{0,3}} (?:that|which) (?:\w+ ){{1,4}}?(?P<cue>{_FORESEEN})\b"
    rf"|(?: (?!than|what)\w+){{0,2}} (?i:{FORECASTERS}) (?:had |have )?"
    rf"(?P<bare>{_FORESEEN})(?=[.,;]| for |$)"
)
# "the 300 cars it had hoped to sell"
_OWN_PLAN = re.compile(
    r"(?: [\w’'-]{1,24}){0,3}? (?:it|they|he|she|we) (?:had |has |have )?"
    r"(?P<cue>hope[ds]?|plan(?:s|ned)?|intend(?:s|ed)?|aim(?:s|ed)?|pledged|vowed|promised|expect(?:s|ed)?) to\b"
)
# "the €1.15 billion forecast by analysts", "below the 3 billion francs expected", "the 13 hours estimated from afar"
_FORECAST = re.compile(
    rf"(?:\s(?P<noun>\w+))? (?P<cue>(?:{_FORESEEN}|proposed)(?= (?:by|in|at|for|last)\b|[.,;]|$)"
    rf"|estimated(?= (?:by|from|in|on|at|for)\b|[.,;]|$)|seen(?= by (?:[\w’'-]+ ){{0,2}}(?:{FORECASTERS})))"
)
# "the 1.9% estimate of the bank", "its $3bn sales forecast"; not "the 14 analysts forecast", "a 12-month forecast"
_NO_PART = "of|to|in|on|and|or|than|against|above|below|under|over|that|this|a|an|the|its|their|his|her"
_NOUN = re.compile(
    rf"(?P<words>(?: (?!(?:{_NO_PART}) )[a-z-]{{1,20}}){{0,2}}) "
    r"(?P<cue>estimate|forecast|projection|target|consensus(?! (?:among|on|in)\b))"
    r"(?=[.,;)]| (?:of|by|in|from|for|made|set|and|or|at|among|on|last|this|but|after)\b|$)"
)
# "3,000 people marched, by one estimate", "runs to $3m, according to government estimates"
_BY_ESTIMATE = re.compile(
    r"[^,;:.()\d]{0,60}(?<! and)(?<! or)(?<! but), "
    r"(?P<cue>(?:by|on|according to) (?:[\w’'-]{1,20} ){1,3}?estimates?)(?=[.;]|$)"
)
FORESEEN_BEHIND = word_set("modality", "foreseeing_words")
_COUNTED = re.compile(r"[\w.,]+$")  # no sign of a currency or per cent
_TERM = re.compile(r"(?:year|quarter|month|week|day|hour)s?$")


def foreseen_behind(text: str, start: int, end: int) -> Cue | None:
    """A hedge right behind the number: "the 1.9% estimate", "the $4m expected by", "the $4m that analysts expected"."""
    relative = _RELATIVE.match(text, end)
    if relative is not None:
        return "projected", *relative.span("cue" if relative["cue"] else "bare")
    the = text.endswith("the ", 0, start)
    forecast = (_FORECAST.match(text, end) or _OWN_PLAN.match(text, end)) if the else None
    if forecast is not None and forecast["cue"] != "estimated":
        return "projected", *forecast.span("cue")
    if forecast is not None and not is_person(forecast["noun"] or ""):
        return "estimated", *forecast.span("cue")
    by = _BY_ESTIMATE.match(text, end)
    if by is not None:
        return "estimated", *by.span("cue")
    noun = _NOUN.match(text, end) if _TERM.search(text, start, end) is None else None
    if noun is not None and not (noun["words"].endswith("s") and _COUNTED.match(text[start:end])):
        return ("estimated" if noun["cue"].startswith("e") else "projected"), *noun.span("cue")
    return None
