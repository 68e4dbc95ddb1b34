"""Tells times that say nothing of a claim: in brackets, beside a relative clause or a side step, of a record date."""

import re

from extraction.text.money_signs import SIGNS
from extraction.text.words import word_data, word_set

_FARTHEST = 300
RELATIVE = re.compile(r", (?:which|who|with|whose|where) [^,;:()]*$")
# "..., sending its shares down 13 percent in late trade": only the shares move in those hours.
_SIDE_STEP = re.compile(
    rf", (?:{'|'.join(sorted(word_set('times', 'sending')))}) (?:[\w'’]+ ){{0,4}}?(?:shares?|stocks?)\b[^,;]*\d"
)


def stands_off(between: str, *, before: bool) -> bool:
    """Whether hours of trade are those of another amount or of the main clause.

    As in "In early trade the stock, which had gained 5%, fell", "missed $2.3bn, sending it down 13% in late trade".
    """
    if before:
        return RELATIVE.search(between) is not None
    return _SIDE_STEP.search(between) is not None


def in_closed_bracket(article: str, start: int, behind: str) -> bool:
    """Whether the time at ``start`` stands in brackets that close in front of the number.

    As in "The council (Labour-run since 2010) has cut 300 posts".
    Not in "Sales (2019) were $4m", "At this moment (evening of 27 January) he has 51 votes".
    """
    closing = behind.find(")")
    if closing < 0 or 0 <= behind.find("(") < closing:
        return False
    opening = article.rfind("(", max(0, start - _FARTHEST), start)
    inside = article[opening + 1 : start].split()
    timed = len(inside) == 1 or word_set("times", "date_openers").issuperset(word.lower() for word in inside)
    return opening >= 0 and (closing > 0 or not timed)


_LONGEST_LEVEL = 64
_LEVEL = re.compile(r"(?:than|above|below|over|under|of|from|with|to|against)(?: (?:the|its|their|his|her))? $")
_BENCHMARK = re.compile(r"(?:['’]s)? ([a-z]+)\b")
# "above the record set in 1983", "below the level of 1990".
_LEVEL_OF = re.compile(
    r"(?:than|above|below|over|under|against) (?:the|its|their|his|her) (?:previous |old |last |earlier )?"
    rf"(?:{'|'.join(sorted(word_set('times', 'benchmarks')))}) (?:[a-z]{{3,14}} )?(?:in|on|of|for|from) $"
)

# "twice the rate they were before the war", "five times what it was in 2010".
_AS_IT_WAS = re.compile(
    r" (?:the [a-z]{3,12}|what)(?: that)? (?:it|they|he|she|we|you|I) (?:was|were|did)(?: (?:in|on|at|during|for))? $"
)


def is_benchmark(text: str, end: int, between: str) -> bool:
    """Whether the time is that of a level that something is compared with.

    As in "0.7 degrees higher than the 2019 record", "a foot above the record set in 1983".
    """
    if not between.endswith(" "):
        return False
    words = between[-_LONGEST_LEVEL:]
    match = _BENCHMARK.match(text, end, end + 24)
    if match is not None and match[1] in word_set("times", "benchmarks") and _LEVEL.search(words) is not None:
        return True
    return _LEVEL_OF.search(words) is not None or _AS_IT_WAS.search(words) is not None


def is_level_of_other(text: str, start: int, end: int, claim_start: int) -> bool:
    """Whether the time is that of a level which another amount is compared with.

    As in "14 per cent below their 2022 peak and 3 per cent above"; not in "below the 2019 peak of 2.2 million".
    """
    of_claim = _OF_LEVEL.match(text, end, claim_start) is not None
    return not of_claim and is_benchmark(text, end, text[max(0, start - _LONGEST_LEVEL) : start])


_OF_LEVEL = re.compile(r"(?:['’]s)? [a-z]+ of (?:[a-z]+ ){0,2}\Z")


_OTHER_AMOUNT = re.compile(
    rf"\((?:(?:compared (?:with|to)|against|versus|vs\.?|from|was) )?(?:[A-Z]{{0,3}}[{SIGNS}])?\d[\w.,%]* "
    r"(?:[^()]{0,40} )?(?:in|at|for|on|during) (?:the )?\Z"
)


def in_bracket_of_other(between: str) -> bool:
    """Whether an amount in brackets stands ``between`` another and a time, and has the time: "4.2% (4.3% in Q2)"."""
    return "(" in between and _OTHER_AMOUNT.search(between) is not None


def heads_parenthesis(text: str, start: int, end: int) -> bool:
    """Whether the year is that of what stands behind it in the brackets: "$47 million (2022: $39 million)"."""
    before = text[max(0, start - 2) : start].rstrip()
    return before.endswith("(") and text[end : end + 2].lstrip()[:1] == ":"


_IN_FRONT = 64
_REPORTS = re.compile(r"(?:,? (?:also|again|later))? ([a-z]{3,14})( that)?\b(?! (?:off|down|up)\b)")


_REPORTED = re.compile(rf"\b(?:{'|'.join(sorted(word_set('times', 'tells', 'told')))})\b[^.,;:\d]*$")


def dates_report_behind(text: str, end: int, opens: bool) -> bool:
    """Whether the time is that of the report behind it: "The firm on Thursday said it had cut 300 jobs".

    Not where the time ``opens`` its sentence. So it is in "told the hearing on Tuesday that complaints had doubled".
    """
    if text.startswith(" that ", end) and _REPORTED.search(text, max(0, end - _IN_FRONT), end) is not None:
        return True
    match = _REPORTS.match(text, end, end + 40)
    if opens or match is None:
        return False
    says = word_set("attribution", "say") - word_set("attribution", "that")
    return match[1] in word_set("times", "tells") or (match[2] is not None and match[1] in says)


_RATE = re.compile(rf"(?<![\w{SIGNS}.,])\d[\d,.]{{0,12}} $")
_BEFORE = re.compile(r"an? \w{3,7} before(?= (?:the|his|her|its|their)\b)", re.IGNORECASE)


def is_a_rate(text: str, start: int, end: int) -> bool:
    """Whether the time tells a rate: "500 a day before the war", but not in "sold it for $5 a day before the war"."""
    stands = _BEFORE.match(text, start)
    return stands is not None and stands.end() == end and _RATE.search(text[max(0, start - 16) : start]) is not None


_LONGEST_WORD = 24
_ATTRIBUTIVE = frozenset(("currently", "recently", "previously", "presently"))
_BEFORE_NOUNS = word_set("times", "before_attributive_adverbs")
_SMALL_WORD = re.compile(r" [a-z]")


def is_attributive(text: str, start: int, end: int) -> bool:
    """Whether the adverb says only what sort of thing something is.

    As in "half of previously unused land", "the recently closed mill".
    """
    if text[start:end] not in _ATTRIBUTIVE or _SMALL_WORD.match(text, end) is None:
        return False
    words = text[max(0, start - _LONGEST_WORD) : start].lower().split()
    return bool(words) and words[-1] in _BEFORE_NOUNS | word_set("grammar", "articles")


_CLOCK = re.compile(r"\d[.:]\d\d|\d ?[ap]\.?m\b|\b(?:noon|midnight|midday)\b")
_STRETCH = re.compile(r"[\w.]+-(?:hour|minute|day|week)")


def is_clock(time: str) -> bool:
    """Whether the time is one of the clock: "9.30am", "14:40", "midnight"."""
    return _CLOCK.search(time) is not None


def sets_out(time: str, between: str, claim: str) -> bool:
    """Whether the claim is how long something takes that sets out at a time of the clock.

    As in "left at 8am for a two-hour crossing".
    """
    attributive = _STRETCH.fullmatch(claim) is not None
    return attributive and is_clock(time) and " for " in between


_LAP = re.compile(r"\d+:\d\d(?::\d\d|\.\d)")
_RUN = re.compile(rf"\b(?:{'|'.join(word_data('times')['laps'])}) $", re.IGNORECASE)


def is_lap(text: str, start: int, end: int) -> bool:
    """Whether the time is how long a run took: "won the race in 2:21:08", "to break 14:32"."""
    if _LAP.match(text, start) is not None:
        return True
    bare = ":" in text[start:end] and not text[end - 1].isalpha()
    return bare and _RUN.search(text, max(0, start - _LONGEST_VERB), start) is not None


_LONGEST_VERB = 10


_IN_OR = re.compile(r", or [^,;:()]{0,24}\Z")
_OR = re.compile(r"^([^,;:()]{0,40}), or [^,;:()]{1,60},(?= )")


def without_or(text: str, start: int, between: str) -> str:
    """The words ``between`` a claim and a time behind it without the other name of the amount.

    As in "8% of its staff, or about 100 people, last October": for either claim.
    """
    if _IN_OR.search(text, max(0, start - _OR_REACH), start) is not None:
        return between.replace(", ", " ", 1)
    return _OR.sub(r"\1", between)


_OR_REACH = 32


_LONGEST = 9  # words from the holders to the day


def dates_holders(words: list[str], text: str, end: int) -> bool:
    """Whether the time that ends at ``end`` says who is paid; ``words`` are those of the clause in front of it.

    As in "payable 3 May to holders on 5 April", "record date Sept 12".
    """
    if words[-2:] in (["record", "date"], ["record", "date:"]) or text.startswith(_AS_RECORD, end):
        return True
    near = words[-_LONGEST:]
    held = [at for at, word in enumerate(near) if word in word_set("times", "holders")]
    if held and not word_set("times", "of_payouts").isdisjoint(words):
        return held[-1] + 1 < len(near) and set(near[held[-1] + 1 :]) <= word_set("times", "of_record")
    recorded = "record" in words and words[words.index("record") + 1 :][:1] == ["date"]
    return recorded and words[-1] in word_set("times", "before_record_dates") and words[-2] not in ("payable", "paid")


_AS_RECORD = (" as record date", " as the record date", " is the record date")
