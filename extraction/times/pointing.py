"""The expressions of time that only the text around them settles: "that year", "by dawn", "to date".

Every expression is linear: bounded counts and no nested repetition.
"""

import re
from collections.abc import Iterable, Iterator

from extraction.text.words import word_data, word_set
from extraction.times.named_patterns import NamedPattern


def pointing_patterns() -> tuple[NamedPattern, ...]:
    """Each kind; what counts stands in the group "span"."""
    data = word_data("times")
    periods, hours, decades = ("|".join(data[key]) for key in ("pointed", "hours_of_day", "decades"))
    days = "|".join(group[0] for group in [*data["weekdays"], *data["months"]])
    closed = word_set("grammar", "prepositions", "be", "have", "modals", "coordinators", "subordinators")
    behind = rf"(?=\s*(?:[.,;:)!?”\"]|$)| (?:{'|'.join(sorted(closed))}|{days})(?![\w-]))"
    opens = word_set("grammar", "determiners", "subject_pronouns")
    cues = "in|by|during|of|on|since|until|over|at|late|later|earlier|early|from|for|throughout|before|after"
    eras, events = "|".join(data["eras"]), "|".join(data["events"])
    ends = rf"(?:{behind}|(?= (?:{'|'.join(sorted(opens))}|there|\d[\d,]*)(?!\w)))"
    days_of_events = "|".join(data["dated_by_events"])
    occasions = "|".join(data["occasions"])
    seasons = "|".join(data["bare_seasons"])
    own, wars = "|".join(data["own_periods"]), "|".join(data["wars"])
    return (
        NamedPattern(
            "period",
            frozenset(("that",)),
            re.compile(
                rf"(?i)\b(?:(?:(?:{cues}) |(?=(?-i:That)))(?P<span>that (?:same )?(?:{periods}))(?![\w-])"
                rf"|(?<!\bsay )(?<!\bsays )(?<!\bsaid )(?P<span2>that (?:same )?(?:{periods}))(?:(?=['’]s )|{behind}))"
            ),
            frozenset(data["pointed"]),
        ),
        NamedPattern(
            "period",
            frozenset(("period",)),
            re.compile(
                r"(?i)\b(?P<span>the (?:same|previous|prior|preceding|corresponding) period)"
                r"(?![\w-]| (?:last|this|a|an|of|in|one|earlier|before)\b"
                r"| the (?:year|month|quarter|week|season|day|previous|last|prior|preceding)\b)"
            ),
        ),
        NamedPattern(
            "period",
            frozenset(("followed",)),
            re.compile(r"(?i)\b(?P<span>the (?:hours|days|weeks|months|years|decades) that followed)\b"),
        ),
        NamedPattern(
            "period",
            frozenset(("war", "wwi", "wwii")),
            re.compile(
                r"\b(?:[Ii]n|[Dd]uring|[Bb]efore|[Aa]fter|[Ss]ince|[Uu]ntil|[Oo]f|[Ff]rom) "
                rf"(?P<span>(?:the )?(?:{wars}))(?![\w-]|['’]s| [a-z]+s\b(?<! was))"
            ),
        ),
        NamedPattern(
            "period",
            _words_of(data["eras"]),
            re.compile(
                rf"\b(?:(?P<span>(?:[Bb]efore|[Aa]fter) the (?:{eras}))"
                rf"|(?:[Ii]n|[Dd]uring|[Ss]ince|[Uu]ntil) (?P<span2>the (?:{eras}))(?! of \d)){behind}"
            ),
        ),
        NamedPattern(
            "period",
            frozenset(("shortly", "soon", "immediately", "just")),
            re.compile(
                rf"\b(?P<span>(?i:shortly|soon|immediately|just) (?:before|after) "
                rf"(?:the|its|his|her|their) (?:[a-z-]{{2,20}} )?(?:{events})){behind}"
            ),
        ),
        NamedPattern(
            "period",
            frozenset(("time", *data["dated_by_events"])),
            re.compile(
                rf"(?i)\b(?:at|on|in|during) (?P<span>the (?:time of|(?:{days_of_events}) (?:of|before|after))"
                r" (?:the|its|his|her|their|an?) (?!(?:day|week|month|year|night)\b)"
                rf"(?:[\w'’-]{{1,24}} ){{0,2}}?[\w'’-]{{1,24}}){ends}"
            ),
            frozenset(("of", "before", "after")),
        ),
        NamedPattern(
            "period",
            frozenset(("then",)),
            re.compile(rf"\b(?:[Bb]y|[Uu]ntil|[Tt]ill|[Ss]ince) (?P<span>then)(?:,|{ends})"),
        ),
        NamedPattern(
            "period",
            frozenset(data["bare_seasons"]),
            re.compile(
                rf"\b(?:[Bb]y|[Bb]efore|[Uu]ntil|[Ss]ince) (?P<span>(?:the )?(?:{seasons}))"
                rf"(?:{behind}|(?= \d{{1,3}}(?:,\d{{3}})* [a-z]))"
            ),
        ),
        NamedPattern(
            "period",
            frozenset(("last", "previous")),
            re.compile(
                r"\b(?:[Ii]n|[Aa]t|[Dd]uring) "
                rf"(?P<span>the (?:last|previous) (?:[\w-]{{2,20}} )?(?:{occasions})){ends}"
            ),
        ),
        NamedPattern("period", frozenset(("date",)), re.compile(rf"(?i)(?<![\w-])(?P<span>to date){_after_date()}")),
        NamedPattern(
            "period",
            frozenset(data["decades"]),
            re.compile(
                rf"(?i)\b(?P<span>the (?:early|late|mid|nineteen|eighteen)[- ](?:{decades}))\b"
                rf"|\b(?:in|since|until|by|during|throughout|of|from) (?P<span2>the (?:{decades})){behind}"
            ),
        ),
        NamedPattern(
            "period",
            _words_of(data["hours_of_day"]),
            re.compile(
                rf"(?i)\b(?:by|at|before|until|till|since|from|around|after) (?P<span>{hours})(?![\w-])"
                rf"(?! (?:to|till|until) |,? (?:on |of |last |this |that |the )?"
                rf"(?:{days}|day|same|yesterday|today|tomorrow)\b)"
            ),
        ),
        NamedPattern(
            "period",
            frozenset(("earlier", "later", "early", "late")),
            re.compile(rf"(?i)\b(?P<span>(?:earlier|later|early|late) in the (?:{own}))(?![\w-])"),
            frozenset(data["own_periods"]),
        ),
        *_months_of_events(ends),
    )


def _months_of_events(ends: str) -> Iterator[NamedPattern]:
    """The patterns of months that events have: "at the May auction, 340 lots", "in an August raid".

    Not in "in the May report", "with the May figures".
    """
    data = word_data("times")
    months = frozenset(group[0] for group in data["months"])
    named = "|".join(sorted(month.title() for month in months))
    others = "|".join(
        sorted(word_set("attribution", "sources") | word_set("times", "announcements", "benchmarks", "read"))
    )
    noun = rf"(?P<span>{{}}(?P<month>{named}) (?!(?:{others})\b)[a-z][a-z-]{{{{2,20}}}})"
    yield NamedPattern(
        "month",
        months,
        re.compile(rf"\b(?:[Aa]t|[Ii]n|[Dd]uring|[Ss]ince|[Uu]ntil|[Bb]y) {noun.format('the ')}{ends}"),
    )
    owned = r"\b(?:[Aa]t|[Ii]n|[Dd]uring) (?:an?|its|his|her|their) "
    yield NamedPattern("month", months, re.compile(owned + noun.format("") + ends))


def _words_of(phrases: Iterable[str]) -> frozenset[str]:
    """All runs of letters in some expressions: a text that holds one of them holds one of these words."""
    return frozenset(word for phrase in phrases for word in re.findall(r"[a-z]{3,}", phrase.lower()))


def _after_date() -> str:
    """What may follow "to date" where "date" is no verb: "To date, he has", "has to date cost", "40 deaths to date"."""
    verbs = word_set("grammar", "be", "have", "modals", "personal_pronouns")
    behind = "|".join((*sorted(verbs), "in", "and", "but", "on", "under", "with", "by"))
    return rf"(?=\s*(?:[.,;:)!?”\"—–]|$)| (?:{behind})(?!\w))"
