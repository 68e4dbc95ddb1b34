"""Tells which numbers are there whatever is foreseen: "close the 64-kilometre road", "plug a $40m gap"."""

import re

from extraction.modality.hedges import class_of
from extraction.text.nouns import is_person
from extraction.text.numeral import vocabulary
from extraction.text.words import word_set

_BEFORE = 60
_MORE = r"(?:(?:more|fewer|less|greater) than|over|under|at least|above|below|up to|about|around|nearly|some|almost)"
_LONGEST_SHADE = 8
_SHADES = word_set("modality", "ends_of_shades")
_OWN = "its|their|his|her|our"
# "the 300-home scheme" is planned with it, and so are the days of a strike
_SIZED = re.compile(
    r"[\w.,]{1,12}-(?!(?:year|quarter|month|week|day|night|hour|minute|cent|per|point|dollar|euro|odd|plus|a|in|to)s?\b)"
    rf"(?!(?:{'|'.join(vocabulary()['cardinals'])}|thirds?)\b)[a-z]{{2,20}}\b(?:-[a-z]{{2,20}}\b){{0,2}}"
    r"(?! (?:[a-z-]{2,20} )?(?:scheme|plan|project|proposal|development|programme|program|target|package|offer)s?\b)"
)
_STAKE = re.compile(r"[\w.]{1,12}(?:%| per ?cent) (?:[a-z]{2,20} )?(?:stake|holding|shareholding)\b")
_DEFINITE = re.compile(
    rf"(?P<own>\b(?:{_OWN})|\w['’]s|s['’]|\b(?:the|this|that)) (?:(?P<word>(?!new |next )[a-z]{{3,20}}) )?\Z",
    re.IGNORECASE,
)
# "plans to give each of his four kids $1 million", "It would take 20 of its 54 members"
_OWNED = re.compile(
    r"\b(?:its|their|his|our)(?: (?:roughly|about|some|nearly|almost|more than|over))? \Z", re.IGNORECASE
)
_OWNED_ENDS = tuple(f"{word} " for word in "its their his our roughly about some nearly almost than over".split())
_COUNTED = re.compile(
    r"[\w,]{1,12} (?!(?:new|extra|further|additional|planned|proposed) )(?:[a-z-]{2,20} ){0,2}?"
    r"(?!(?:second|minute|hour|day|night|week|month|quarter|year|season|time)s\b)"
    r"(?:[a-z]{2,20}s|children|people|men|women|staff)\b"
)
_LONGEST_OWNER = 18
_MENDING, _HOLES, _MEANT_BY = ("|".join(sorted(word_set("modality", key))) for key in ("mending", "holes", "meant_by"))
_MENDED = re.compile(
    rf"\b(?:{_MENDING})(?: (?:an?|the|{_OWN}))?(?: [\w’'-]{{1,24}}['’]s)?"
    rf"(?: (?P<word>[a-z]{{3,20}}))??(?P<hole> (?:{_HOLES}) of)?(?: {_MORE})? \Z"
)
_HOLE = re.compile(rf"(?: [a-z-]{{3,20}}){{0,2}}? (?:{_HOLES})\b")
_PERSONS = "those|people|persons|anyone|everyone|men|women|children|adults|drivers|workers"
_MEANT = re.compile(
    rf"(?:(?:[\w’'-]{{2,24}}s|{_PERSONS}) (?:[a-z]{{2,20}} )?(?:aged|(?:{_MEANT_BY}) {_MORE}"
    rf"|(?:old|young|tall|long|heavi|larg|bigg|small|short|wid|high)er than)|(?:{_PERSONS}) (?:over|under)) \Z",
    re.IGNORECASE,
)

# "Boats more than 25 years old will lose their permits"
_YEARS_OLD = re.compile(r"[\w.]{1,12} (?:years?|months?) (?:old|of age)\b")
_PLURAL = re.compile(rf"(?:[\w’'-]{{2,24}}s|{_PERSONS}) {_MORE} \Z", re.IGNORECASE)


def is_there(text: str, start: int, end: int) -> bool:
    """Whether the number at ``start`` to ``end`` is there: "close the 900-bed jail", "plug a $40m gap".

    It is not in "a 900-bed jail", "the proposed 900-bed jail".
    """
    owned = text[max(0, start - _LONGEST_SHADE) : start].lower().endswith(_OWNED_ENDS)
    if (
        owned
        and _OWNED.search(text, max(0, start - _LONGEST_OWNER), start) is not None
        and _COUNTED.match(text, start) is not None
    ):
        return True
    sized, stake = _SIZED.match(text, start), _STAKE.match(text, start)
    front = _DEFINITE if sized is not None or stake is not None else _MENDED
    first = max(0, start - _BEFORE)
    if front is _MENDED and " of " not in text[first:start] and _HOLE.match(text, end) is None:
        return False
    match = front.search(text, first, start)
    if match is None or (match["word"] is not None and class_of(match["word"]) is not None):
        return False
    if front is _DEFINITE:
        return sized is not None or match["own"] not in {"the", "this", "that"}
    return match["hole"] is not None or _HOLE.match(text, end) is not None


_PAID = frozenset(("on", "earning", "making", "paid"))


def tells_who(text: str, start: int) -> bool:
    """Whether the number only says who is meant: "Firms with more than 50 staff will pay", "Those over 65 could"."""
    near = text[max(0, start - _LONGEST_SHADE) : start].split()
    if near and near[-1] in _PAID and not text[start].isdecimal():
        words = text[max(0, start - _BEFORE) : start].lower().split()
        who = words[-2] if len(words) > 1 else ""  # "A teacher on £30,000 will gain £200"
        return is_person(who) or who in word_set("modality", "paid")
    if not near or not (near[-1] in _SHADES or near[-1] == "aged"):
        return False
    first = max(0, start - _BEFORE)
    old = _YEARS_OLD.match(text, start) is not None and _PLURAL.search(text, first, start) is not None
    return old or _MEANT.search(text, first, start) is not None
