"""The expressions of time that no calendar names alone: "last year", "two weeks ago", "in the quarter", "by Easter".

Every expression is linear: bounded counts and no nested repetition.
"""

import re
from functools import cache

from extraction.text.money_signs import SIGNS
from extraction.text.words import word_data
from extraction.times.beside_times import beside_patterns
from extraction.times.dates import month_pattern
from extraction.times.named_patterns import NamedPattern, Patterns, telling_words
from extraction.times.open_periods import IN_WINDOW, open_period_patterns
from extraction.times.pointing import pointing_patterns
from extraction.times.weekdays import weekdays
from extraction.times.years import YEAR

DURATION_LIKE = frozenset(("window", "ago", "year_to", "ahead", IN_WINDOW))


@cache
def relative_patterns() -> Patterns:
    """Each kind of relative time."""
    return Patterns(_all_patterns())


def _all_patterns() -> tuple[NamedPattern, ...]:
    data = word_data("times")
    month = month_pattern()
    weekday = "|".join(form for group in data["weekdays"] for form in (group[0].title(), group[0]))
    season = "|".join(data["seasons"])
    periods = "|".join(sorted(data["periods"], key=len, reverse=True))
    units = "|".join(data["units"])
    number = r"(?:(?<!\d)(?<!\d[.,])\d{1,4}(?:(?:,\d{3}){1,3}|\.\d)?|" + "|".join(data["numbers"]) + r")"
    adverbs = "|".join(sorted(data["adverbs"], key=len, reverse=True))
    phrases = "|".join(sorted(data["phrases"], key=len, reverse=True))
    pointing = "past|last|next|previous|following|current|present|same|coming|prior|preceding|latest|most recent"
    which = rf"(?:last|next|this|the (?:{pointing}))"
    counting = "past|last|next|previous|first|coming|following|final|preceding"
    way = "ago|earlier|later|before|previously|from now"
    charges = "|".join(word_data("units")["denominators"]["charges"])  # "$28 an hour before tax"
    part = r"(?:(?:early|late|earlier|later|mid) )?"
    end = rf"(?:(?:the end of |end-)?{month}(?: \d{{1,2}}(?:, {YEAR})?| {YEAR})?"
    end += rf"|\d{{1,2}} {month}(?: {YEAR})?|{YEAR}|{weekday}(?: (?:morning|night))?)"
    behind = rf"(?![\w-]|[’'](?!s [{SIGNS}]?\d))"  # "March's 2.4%", but not "April's"
    names_of_months = frozenset(name for group in data["months"] for name in group)
    return (
        NamedPattern("adverb", telling_words(data["adverbs"]), re.compile(rf"(?i)\b(?:{adverbs})\b")),
        NamedPattern(
            "phrase",
            telling_words(data["phrases"]),
            re.compile(rf"(?i)(?<![\w-])(?:{phrases})(?![\w-]| (?:as|of|last|next)\b)"),
        ),
        NamedPattern(
            "shifted",
            frozenset({"this", "recent", *pointing.split("|")}),
            re.compile(
                rf"\b(?=[eElLmMnNtT])(?i:{part}(?P<which>{which})) (?P<period>(?i:{periods})|{weekday}|{month})"
                rf"(?!\w)(?: of (?:{YEAR}|(?:last|this) year)(?!\w))?"
            ),
            telling_words(data["periods"]) | names_of_months | weekdays(),
        ),
        NamedPattern(
            "shifted",
            frozenset({"next", "this", "last"}),
            re.compile(  # "1.1% this year and 1.8% next"
                r"(?i)\b(?:last|this|next) (?P<period>year|month|week|quarter|season)\b(?:[^.;:()]|\.(?=\d)){1,60}?"
                r"(?:\d(?:%|bn|m)?|per ?cent|[mbt]illion) (?P<span>(?P<which>last|this|next))(?=\s*(?:[.,;:)]|$))"
            ),
            frozenset(("year", "month", "week", "quarter", "season")),
        ),
        NamedPattern(
            "window",
            frozenset(counting.split("|")),
            re.compile(
                rf"(?i)\bthe (?P<which>{counting}) "
                rf"(?:(?P<number>{number}|few|several|couple of) )(?P<unit>{units})s?\b"
            ),
        ),
        NamedPattern(
            "ago",
            frozenset(("ago", "earlier", "later", "before", "previously", "now", "on")),
            re.compile(
                rf"(?i)\b(?P<number>{number}|(?:half )?an?|several|a few|many|some|a couple of) (?P<unit>{units})s? "
                rf"(?P<way>{way}|on(?=,))\b(?! (?:than|{charges})\b)"
            ),
            frozenset(f"{unit}{end}" for unit in data["units"] for end in ("", "s")),
        ),
        NamedPattern(
            "year_to",
            frozenset(
                f"{unit}{end}"
                for unit in ("year", "month", "week", "quarter", "half", "decade", "hour", "day")
                for end in ("", "s")
            ),
            re.compile(
                rf"\b(?i:the (?:(?P<number>{number})[ -])?"
                rf"(?P<unit>(?:financial |fiscal |crop |tax )?years?|months?|weeks?|quarter"
                r"|half|decade|hours|days)(?: period)?"
                rf"(?: that)? (?:to|ended|ending|through|until)(?: on| in)?) (?P<until>{end})(?!\w)"
            ),
        ),
        NamedPattern(
            "season",
            frozenset(data["seasons"]),
            re.compile(rf"(?i)\b(?:the )?(?:{season})(?: of)? (?P<year>{YEAR})(?![\w%])"),
        ),
        NamedPattern(
            "weekday",
            weekdays(),
            re.compile(rf"(?<!\w)(?P<weekday>{weekday})(?: (?:morning|afternoon|evening|night))?(?!\w)"),
        ),
        NamedPattern(
            "month",
            frozenset(group[0] for group in data["months"]),
            re.compile(rf"(?<!\w)(?<![Tt]he )(?P<month>{_plain_months()}){behind}"),
        ),
        NamedPattern(
            "part_of",
            frozenset(("end", "start", "beginning", "middle", "close", "early", "late", "mid")),
            re.compile(
                r"(?<![\w-])(?P<span>"
                r"(?:[Tt]he (?:end|start|beginning|middle|close) of|(?:[Ee]arly|[Ll]ate|[Mm]id|[Ee]nd)[ -])"
                rf" ?(?:(?P<month>{month})(?:,? (?P<year>{YEAR}))?|(?P<only>{YEAR})|(?P<which>last|this|next) year))"
                r"(?![\w-])(?!,\d)"
            ),
        ),
        NamedPattern(
            "month_of",
            names_of_months,
            re.compile(
                rf"(?<!\w)(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? )?(?P<month>{month})"
                r"(?: (?P<day2>\d{1,2})(?:st|nd|rd|th)?)?(?:,| of)? (?P<which>last|this|next) year(?!\w)"
            ),
            frozenset(("last", "this", "next")),
        ),
        NamedPattern(
            "cued_month",
            frozenset(data["ambiguous_months"]),
            re.compile(
                rf"(?i:(?<=\bin )|(?<=\bsince )|(?<=\buntil )|(?<=\bby )|(?<=\bfrom )|(?<=\blast )"
                rf"|(?<=\bbefore )|(?<=tly as )|(?<=early as )|(?<=late as )|(?<=\bto )|(?<=\bof )"
                rf"|(?<=\bfor )(?=March)|(?<=\()(?=\w+: ?\W?\d))(?P<month>{_cued_months()}){behind}"
            ),
        ),
        NamedPattern(
            "cued_month",
            frozenset(group[0] for group in data["months"]),
            re.compile(
                rf"(?:(?<=\bin )|(?<=\bsince )|(?<=\buntil )|(?<=\bduring ))"
                rf"(?P<month>{'|'.join(group[0] for group in data['months'])}){behind}"
            ),
        ),
        NamedPattern(  # "50.8 in Nov", "since Sept."
            "cued_month",
            frozenset(name for group in data["months"] for name in group[1:]),
            re.compile(
                rf"(?:(?<=\bin )|(?<=\bsince )|(?<=\buntil )|(?<=\bduring ))"
                rf"(?P<month>{_short_months()})(?![\w-]){behind}"
            ),
        ),
        *_period_patterns(month, units, number),
        *pointing_patterns(),
        *open_period_patterns(month, weekday, number),
        *beside_patterns(),
    )


def _period_patterns(month: str, units: str, number: str) -> tuple[NamedPattern, ...]:
    """Periods without a name of the calendar, holidays and spans of months; what counts stands in the group "span"."""
    data = word_data("times")
    lasting, own = ("|".join(data[key]) for key in ("lasting", "own_periods"))
    holidays = "|".join(sorted(data["holidays"], key=len, reverse=True))
    closing, seasons, years = ("|".join(data[key]) for key in ("closing_periods", "seasons", "sorts_of_years"))
    sessions, of_day = "|".join(data["sessions"]), "|".join(data["trading_hours"])
    day = r"(?: \d{1,2}(?!\d))?"
    ended = rf"(?:,? {YEAR}| (?:last|this) year)?(?!\w)"
    names_of_months = frozenset(name for group in data["months"] for name in group)
    return (
        NamedPattern(
            "period",
            frozenset(("half", *data["lasting"], *data["own_periods"], *data["closing_periods"])),
            re.compile(
                rf"(?i)\b(?=[abdfiost])(?<!adjusted )(?:(?:in|during|for|over|throughout) "
                rf"(?P<span>the (?:[a-z]+-(?:{units}) )?(?:{lasting}|half(?! of\b)))"
                rf"|(?:at|by|before|since) (?P<span2>the weekend)"
                rf"|(?:in|during|for|over|on) (?P<span3>(?:the(?: [\w-]{{2,20}}['’]s)?|its|his|her|their) "
                rf"(?:first|second|third|fourth|fifth|sixth|opening|closing|final) (?:{own}))"
                rf"|(?:in|during|for|over) (?P<span4>the (?!early hours\b)"
                rf"(?:first|opening|final|closing|last|early) (?:{closing}))"
                r")(?![\w-])"
            ),
            frozenset(("the", "its", "his", "her", "their")),
        ),
        NamedPattern(
            "period",
            frozenset("start end beginning turn middle height peak depths before recent full coming ahead".split()),
            re.compile(
                rf"(?i)\b(?:(?P<span>the (?:start|end|beginning|turn|middle|height|peak|depths) of "
                rf"(?:the (?:(?:{years}) )?(?:{lasting}|century|day)|(?:{seasons})))"
                rf"|(?P<span2>the (?:quarter|{own}) before(?! (?:the|its|his|her|their|a)\b))"
                r"|(?:in|over|during) (?P<span3>recent (?:years|months|weeks|days|decades)"
                r"|the coming (?:years|months|weeks|days|decades)"
                r"|the (?:years|months|weeks|days|decades) ahead)"
                rf"|for (?P<span4>the full year))(?![\w-])"
            ),
        ),
        NamedPattern(
            "period",
            frozenset("session end mid yearend midyear midquarter midmonth midseason middecade midcentury".split()),
            re.compile(
                rf"(?i)\b(?:(?:in|during|at|over) (?P<span>the (?:{sessions}) (?:trading )?session)"
                r"|(?:by|at|before|until|since|from|around|in) "
                r"(?P<span3>mid-?(?:year|quarter|month|season|decade|century))"
                r"|(?:by|at|before|until|since|from) "
                rf"(?P<span2>(?:(?:the )?(?:year|month|quarter)(?:[- ]|['’]s )end|yearend"
                rf"|{month}-end)(?:(?: of| in)? {YEAR})?))(?![\w-])"
            ),
        ),
        NamedPattern(
            "period",
            frozenset(word_data("times")["bounding"]),
            re.compile(  # "ended the year at 8.5%", "closed the week 3% lower"
                rf"\b(?:{'|'.join(data['bounding'])}) (?P<span>the (?:{lasting}|day|session|half|term|trading day))"
                r"(?= (?:at|with|on|up|down|in|above|below|nearly|almost|about|around|just|some|roughly"
                rf"|[{SIGNS}]?\d)\b)"
            ),
        ),
        NamedPattern(
            "period",
            frozenset(("trade", "trading", "deals", "dealings")),
            re.compile(
                rf"\b(?:[Ii]n|[Dd]uring|[Bb]y|[Aa]t) (?P<span>(?:{of_day}) (?:[A-Z][\w.]{{1,15}} )?"
                r"(?:trade|trading|deals|dealings))(?![\w-]| (?:talks|negotiations|data|figures|hours|volumes?)\b)"
            ),
        ),
        NamedPattern("ahead", frozenset(("time",)), re.compile(rf"(?i)\b(?:{number}|an?) (?:{units})s?['’]s? time\b")),
        NamedPattern(
            "period",
            telling_words(data["holidays"]),
            re.compile(
                rf"\b(?:[Bb]y|[Ss]ince|[Bb]efore|[Uu]ntil|[Aa]t|[Oo]ver|[Aa]fter|[Dd]uring|[Oo]n|[Ff]rom|[Ii]n) "
                rf"(?P<span>(?:last |this |next |the (?:(?:following|previous|next) )?)?(?:{holidays})"
                r"(?: (?:trading )?(?:period|weekend|season|holidays?|break|week|rush))?)(?![\w-])"
            ),
        ),
        NamedPattern(
            "period",
            names_of_months,
            re.compile(
                rf"\b(?:[Bb]etween|[Ff]rom) (?P<span>{month}{day}(?: {YEAR})? (?:and|to|until) {month}{day}{ended})"
            ),
            frozenset(("between", "from")),
        ),
        NamedPattern(
            "period",
            names_of_months,
            re.compile(rf"(?<!\w)(?P<span>{month}[-–—/]{month}{ended})(?![-\d])"),
        ),
        NamedPattern(
            "half_of",
            frozenset(("quarter", "half")),
            re.compile(
                r"(?i)\b(?P<ordinal>first|second|third|fourth|final) (?P<part>quarter|half)"
                r" of (?P<which>last|this|next) year\b"
            ),
        ),
    )


def span_of(match: re.Match[str]) -> tuple[int, int]:
    """Where the time itself stands in a match, without the preposition in front of it."""
    spans = (match.span(name) for name in match.re.groupindex if name.startswith("span"))
    return next((span for span in spans if span[0] >= 0), match.span())


def _plain_months() -> str:
    data = word_data("times")
    return "|".join(group[0].title() for group in data["months"] if group[0] not in data["ambiguous_months"])


def _short_months() -> str:
    return "|".join(f"{name.title()}\\b\\.?" for group in word_data("times")["months"] for name in group[1:])


def _cued_months() -> str:
    return "|".join(name.title() for name in word_data("times")["ambiguous_months"])
