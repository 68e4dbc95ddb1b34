"""Finds who says what: quotations and their speakers, report verbs, "according to" and sources that show figures."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from extraction.claims import Attribution, Speaker, TextSpan
from extraction.speakers.conversations import turns_told
from extraction.speakers.names import ArticleNames
from extraction.speakers.quotations import Quotation, find_quotations
from extraction.speakers.report import Report
from extraction.speakers.reported import ends_with
from extraction.speakers.spoken_units import Unit, spoken_units


@dataclass(frozen=True, slots=True)
class AttributedStretch:
    """Characters of the article that somebody else than the article states."""

    start: int
    end: int
    attribution: Attribution


def attribution_of(stretches: list[AttributedStretch], start: int) -> Attribution | None:
    """The attribution of the claim at ``start``; ``stretches`` are those of ``find_attributions``.

    Those who speak do not say how many they are: "more than two of 31 economists had forecast".
    """
    at = bisect_right(stretches, start, key=lambda stretch: stretch.start) - 1
    if at < 0 or start >= stretches[at].end:
        return None
    found = stretches[at].attribution
    own = found.speaker is not None and found.speaker.span.start <= start < found.speaker.span.end
    return None if own else found


def speakers_of(stretches: list[AttributedStretch]) -> list[tuple[int, int]]:
    """Where those who state the stretches are named: first and last offsets, ascending."""
    speakers = (stretch.attribution.speaker for stretch in stretches)
    return sorted({(speaker.span.start, speaker.span.end) for speaker in speakers if speaker is not None})


def speaker_at(speakers: list[tuple[int, int]], start: int) -> tuple[int, int] | None:
    """The one of ``speakers_of`` that holds the character ``start``: of "three people told the paper" the three."""
    at = bisect_right(speakers, start, key=lambda span: span[0]) - 1
    return speakers[at] if at >= 0 and start < speakers[at][1] else None


def find_attributions(text: str, names: ArticleNames) -> list[AttributedStretch]:
    """The attributed stretches of a text, ascending and apart: where they nest, the innermost stands.

    ``names`` are those of the text, which are looked at as soon as there is a speaker.
    """
    quotations = find_quotations(text)
    cut = spoken_units(text, quotations, names)
    nested = [AttributedStretch(*told) for told in turns_told(text, names)]
    speakers = _Speakers(text, names, list(nested))
    waiting: list[Quotation] = []
    for position, unit in enumerate(cut):
        speakers.enter(unit)
        told: Attribution | None = None
        for report in unit.reports:
            if speakers.speaks_of_self(report):
                continue
            attribution = speakers.attribution(report, "indirect")
            told = attribution if report.kind != "noun" else told
            nested += [
                AttributedStretch(*part, attribution) for part in [*_said_in(report), *_in_front(text, unit, report)]
            ]
        following = cut[position + 1] if position + 1 < len(cut) else None
        for index, quotation in enumerate(unit.quotations):
            waiting.append(quotation)
            if quotation.continues:
                continue
            spoken = _quotation_attribution(unit, index, following, speakers, text)
            if spoken is not None and not (spoken is _UNSPOKEN and speakers.in_turn):
                nested += [AttributedStretch(one.start, one.end, spoken) for one in waiting]
            waiting = []
        speakers.leave(unit, told)
    return _flattened(nested) if nested else []


def _said_in(report: Report) -> list[tuple[int, int]]:
    """What a report says, without its own clause: the size of "a poll of 300 firms" is the article's to tell."""
    start, end = report.speaker
    if not report.start <= start < report.end:
        return [(report.start, report.end)]
    return [(report.start, start), (min(max(end, report.about), report.end), report.end)]


def _in_front(text: str, unit: Unit, report: Report) -> list[tuple[int, int]]:
    """The stretch in front of a quotation in small letters, which goes on with it; else none:
    'About 60 left, "mostly the boys", Jo Li said'."""
    index = bisect_left(unit.places, report.place) - 1
    if report.kind != "tag" or report.cue is None or index < 0:
        return []
    behind = bisect_left(unit.words, max(report.speaker[1], report.cue[1]), key=lambda word: word.start)
    if not ends_with(unit.words, behind):
        return []
    first = unit.quotations[index].start
    goes_on = unit.places[index] > 0 and unit.words[unit.places[index] - 1].text not in {":", ";", "(", "—", "–"}
    return [(unit.start, first)] if goes_on and text[first + 1].islower() else []


# Speakers -----------------------------------------------------------------------------------------------------------


class _Speakers:
    """Remembers who spoke last, so that a quotation without a report of its own finds its speaker."""

    def __init__(self, text: str, names: ArticleNames, turns: list[AttributedStretch]) -> None:
        self._text = text
        self._names = names
        self._turns = turns
        self._turn: Attribution | None = None
        self._last: Attribution | None = None
        self._before: Attribution | None = None
        self._spoke_at_end = False

    def enter(self, unit: Unit) -> None:
        if unit.opens_paragraph:
            self._before = self._last if self._spoke_at_end else None
            self._last = None
        if self._turns:
            before, self._turn = self._turn, attribution_of(self._turns, unit.start)
            if self._turn is not None and (unit.opens_paragraph or before is not self._turn):
                self._last = self._turn

    def speaks_of_self(self, report: Report) -> bool:
        """Whether who speaks in turn reports what they say themselves: "LI: I think we lost 40"."""
        who = self._text[slice(*report.speaker)].replace("’", "'").partition("'")[0].lower()
        return self._turn is not None and who in {"i", "we"}

    @property
    def in_turn(self) -> bool:
        """Whether somebody speaks in turn, with or without quotation marks."""
        return self._turn is not None

    def leave(self, unit: Unit, told: Attribution | None) -> None:
        """Goes on to the next unit; ``told`` is what the last report of this one told."""
        self._spoke_at_end = bool(unit.reports or unit.quotations)
        self._last = told or self._last

    def attribution(self, report: Report, kind: str) -> Attribution:
        first, last = report.speaker
        words = self._text[first:last]
        speaker = Speaker(TextSpan(words, first, last), self._resolve(words, first))
        cue = None if report.cue is None else TextSpan(self._text[report.cue[0] : report.cue[1]], *report.cue)
        return Attribution(speaker, cue, kind)

    def quoted(self, report: Report) -> Attribution:
        self._last = self.attribution(report, "direct")
        return self._last

    def carried(self) -> Attribution | None:
        """Who spoke last in this paragraph, else at the end of the one before."""
        found = self._last or self._before
        if found is None:
            return None
        self._last = Attribution(found.speaker, found.cue, "direct")
        return self._last

    def named(self, start: int, end: int) -> Attribution:
        """A speaker who is only named behind the quotation."""
        words = self._text[start:end]
        self._last = Attribution(Speaker(TextSpan(words, start, end), self._resolve(words, start)), None, "direct")
        return self._last

    def _resolve(self, words: str, position: int) -> str | None:
        return self._names.found.resolve(words, position)


_UNSPOKEN = Attribution(None, None, "direct")
# A quotation of fewer words than this, without a report, is a name or an irony and nobody's statement.
_STATEMENT_WORDS = 6
_SIGNATURE = re.compile(r"\s*[-–—]{1,2}\s*([A-Z][\w'’.-]*(?: [A-Za-z][\w'’.-]*){0,4})\s*$")


def _quotation_attribution(
    unit: Unit, index: int, following: Unit | None, speakers: _Speakers, text: str
) -> Attribution | None:
    quotation, place = unit.quotations[index], unit.places[index]
    report = _tag_behind(unit, place) or _report_before(unit, place) or _report_around(unit)
    if report is not None:
        return speakers.quoted(report)
    bare = place == 0 or (index > 0 and unit.places[index - 1] == place - 1)
    if bare and following is not None and not following.opens_paragraph:
        signature = _SIGNATURE.match(text, following.start, min(following.end, following.start + 80))
        if signature is not None and not following.quotations:
            return speakers.named(*signature.span(1))
        if following.places[:1] == [0]:
            tag = _tag_behind(following, 0)
            if tag is not None and speakers.carried() is None:
                return speakers.quoted(tag)
    carried = speakers.carried() if bare else None
    if carried is not None:
        return carried
    statement = len(text[quotation.start : quotation.end].split(None, _STATEMENT_WORDS)) >= _STATEMENT_WORDS
    return _UNSPOKEN if statement or bare else None


def _tag_behind(unit: Unit, place: int) -> Report | None:
    """The report right behind a quotation: '..., she said'."""
    for report in unit.reports:
        if place < report.place <= place + 3 and report.kind in _AROUND_QUOTATIONS:
            return report
    return None


def _report_before(unit: Unit, place: int) -> Report | None:
    before = [report for report in unit.reports if report.verb < place and report.kind not in {"relative", "noun"}]
    return before[-1] if before else None


def _report_around(unit: Unit) -> Report | None:
    return next(
        (report for report in unit.reports if report.kind in _AROUND_QUOTATIONS),
        None,
    )


_AROUND_QUOTATIONS = frozenset(("tag", "trailing", "inserted", "according", "closing"))  # kinds of reports


def _flattened(nested: list[AttributedStretch]) -> list[AttributedStretch]:
    """Stretches that do not overlap; the shorter of two that do covers the longer."""
    flat: list[AttributedStretch] = []
    open_stretches: list[AttributedStretch] = []

    def emit(start: int, end: int) -> None:
        if start < end and open_stretches:
            flat.append(AttributedStretch(start, end, open_stretches[-1].attribution))

    at = 0
    for stretch in sorted((one for one in nested if one.start < one.end), key=lambda one: (one.start, -one.end)):
        while open_stretches and open_stretches[-1].end <= stretch.start:
            emit(at, open_stretches[-1].end)
            at = max(at, open_stretches.pop().end)
        emit(at, stretch.start)
        at = stretch.start
        # A stretch that reaches out of the one around it is cut there, so that the stack stays nested.
        end = min(stretch.end, open_stretches[-1].end) if open_stretches else stretch.end
        open_stretches.append(AttributedStretch(stretch.start, end, stretch.attribution))
    while open_stretches:
        emit(at, open_stretches[-1].end)
        at = max(at, open_stretches.pop().end)
    return flat
