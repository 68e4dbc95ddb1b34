"""Tells times that stand in brackets, beside a relative clause or beside a side step from what a claim says."""

import re

from extraction.text.words import word_set

_FARTHEST = 300
_RELATIVE = re.compile(r", (?:which|who) [^,;:()]*$")
_MAIN_VERB = re.compile(r", (?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should)\b")
# "..., sending its shares down 13 percent in late trade": only the shares move in those hours.
_SIDE_STEP = re.compile(
    rf", (?:{'|'.join(sorted(word_set('times', 'sending')))}) (?:[\w'’]+ ){{0,4}}?(?:shares?|stocks?)\b[^,;]*\d"
)


def leaves_relative(in_front: str, between: str) -> bool:
    """As in "The heatwave, which has claimed 54 lives, mostly workers, is to last till 29 May": of the main clause."""
    return _RELATIVE.search(in_front) is not None and _MAIN_VERB.search(between) is not None


def stands_off(between: str, *, before: bool) -> bool:
    """Whether hours of trade are those of another amount or of the main clause.

    As in "In early trade the stock, which had gained 5%, fell", "missed $2.3bn, sending it down 13% in late trade".
    """
    if before:
        return _RELATIVE.search(between) is not None
    return _SIDE_STEP.search(between) is not None


def in_closed_bracket(article: str, start: int, behind: str) -> bool:
    """As in "The council (Labour-run since 2010) has cut 300 posts".

    Not in "Sales (2019) were $4m", "At this moment (evening of 27 January) he has 51 votes".
    """
    closing = behind.find(")")
    if closing < 0 or 0 <= behind.find("(") < closing:
        return False
    opening = article.rfind("(", max(0, start - _FARTHEST), start)
    inside = article[opening + 1 : start].split()
    timed = len(inside) == 1 or word_set("times", "date_openers").issuperset(word.lower() for word in inside)
    return opening >= 0 and (closing > 0 or not timed)
