"""Times told from others: "the week before last", "the year after that", "the summer before", "two summers ago".

Every expression is linear: bounded counts and no nested repetition.
"""

import re
from collections.abc import Iterator

from extraction.text.words import word_data, word_set
from extraction.times.named_patterns import NamedPattern, telling_words


def beside_patterns() -> Iterator[NamedPattern]:
    """Each kind; what counts stands in the group "span"."""
    data = word_data("times")
    days = [group[0] for group in data["weekdays"]]
    names = "|".join((*days, *(day.title() for day in days), *(group[0].title() for group in data["months"])))
    periods = "|".join(sorted((*data["periods"], "day", "half-term"), key=len, reverse=True))
    closed = word_set("grammar", "prepositions", "be", "have", "modals", "coordinators")
    pronouns = "|".join(sorted(word_set("grammar", "subject_pronouns") - {"this", "these", "those", "that", "one"}))
    ends = r"\s*(?:[.,;:)!?”\"–—]|$)"
    behind = rf"(?={ends}| (?:{'|'.join(sorted(closed))})(?![\w-]))"
    open_behind = rf"(?={ends}| (?:{'|'.join(sorted(closed))}|{pronouns}|the|there|\d[\d,]*)(?![\w-]))"
    yield NamedPattern(
        "period",
        frozenset(("last", "next", "that", "yesterday", "tomorrow")),
        re.compile(
            rf"\b(?P<span>[Tt]he (?:{periods}|{names}) (?:before|after) "
            rf"(?:(?:yesterday|tomorrow)(?![\w-]|['’])|(?:last|next|that){open_behind}))"
        ),
        frozenset(("before", "after")),
    )
    yield NamedPattern(
        "period",
        frozenset(("before", "after")),
        re.compile(rf"\b(?P<span>[Tt]he (?:{'|'.join((*data['seasons'], *days))}|{names}) before){behind}"),
    )
    yield NamedPattern(
        "period",
        frozenset(("after",)),
        re.compile(rf"\b(?P<span>[Tt]he (?:{periods}) after){behind}(?! (?:a|an|the|its|his|her|their|\w+ing)\b)"),
    )
    yield NamedPattern(
        "period",
        frozenset(("ago",)),
        re.compile(
            rf"(?i)\b(?P<span>(?:{'|'.join(data['numbers'])}|a few|several|a couple of|many|\d{{1,2}}) "
            rf"(?:{'|'.join(data['seasons'])}|weekends?|nights?|season)s? ago)\b"
        ),
    )
    lasting, holidays = "|".join(data["lasting"]), "|".join(sorted(data["holidays"], key=len, reverse=True))
    yield NamedPattern(
        "period",
        frozenset(("just",)),
        re.compile(rf"\b(?P<span>[Tt]he (?:{lasting}|half|day) just (?:ended|gone|past|finished|closed))\b"),
        frozenset((*data["lasting"], "half", "day")),
    )
    yield NamedPattern(
        "period",
        telling_words(data["holidays"]),
        re.compile(
            r"\b(?P<span>[Tt]he (?:(?:run-up|build-up|run up) to|(?:days?|weeks?|months|weekend) (?:before|after))"
            rf" (?:{holidays})|(?:[Tt]his|[Ll]ast|[Nn]ext) (?:{holidays}))(?![\w-])"
        ),
        frozenset(("run", "build", "before", "after", "this", "last", "next")),
    )
