"""Reads the report clause of a verb: "analysts expect S", "S, said Jane Doe", "the cut that X forecast"."""

from extraction.speakers.amounts_put import amount_in_front, foreseen_by, names_amount, put_by
from extraction.speakers.ends_told import (
    about_speaker,
    aside_start,
    behind_forecast,
    behind_votes,
    deed_start,
    hearsay_start,
    relative_end,
)
from extraction.speakers.noun_phrases import Range
from extraction.speakers.phrases_behind import shortened
from extraction.speakers.report import Report, offsets
from extraction.speakers.reported import clause_kind, introduces, is_share, points_out, reported_stretch, share_end
from extraction.speakers.reporting_verbs import can_report
from extraction.speakers.sources import inverted_speaker, shared_subject, source_before
from extraction.text.lexemes import Lexeme
from extraction.text.words import word_set


def verb_report(words: list[Lexeme], at: int, start: int, end: int) -> Report | None:
    """The report of the verb at ``at`` in the sentence from ``start`` to ``end``; None where it reports nothing."""
    by = _report_by(words, at)
    if by is not None:
        return by
    inverted = inverted_speaker(words, at)
    subject = inverted or source_before(words, at) or shared_subject(words, at)
    if subject is None:
        return None
    counted = amount_in_front(words, subject, at)
    if counted is not None:
        subject = counted[1], subject[1]
    elif inverted is None:
        if not can_report(words, at, subject):
            return None
        as_told = _as_told(words, at, subject, start, end)
        if as_told is not None:
            return as_told
    place = min(at, subject[0])
    cue_end = at + points_out(words, at) if inverted is None else max(at, subject[1] - 1)
    kind = _kind(words, place, at, cue_end, inverted=inverted is not None, counted=counted is not None)
    if kind is None or (kind == "leading" and (not introduces(words, at) or names_amount(words, subject))):
        return None
    stretch = reported_stretch(words, kind, place, cue_end, start, end)
    if kind == "leading":
        stretch = _leading_stretch(words, at, subject, cue_end, stretch)
    if counted is not None:
        stretch = words[counted[0]].start, stretch[1]
    speaker = shortened(words, subject)
    about = about_speaker(words, subject[1]) if inverted is not None else 0
    return Report(*stretch, offsets(words, speaker), (words[at].start, words[at].end), place, at, kind, about)


def _report_by(words: list[Lexeme], at: int) -> Report | None:
    """The report of a verb whose speaker stands behind "by": "a cut forecast by X", "put at $3m by X"; else None."""
    cue = words[at].start, words[at].end
    foreseen = foreseen_by(words, at)
    if foreseen is not None:
        first, by = foreseen
        return Report(words[first].start, cue[1], offsets(words, by), cue, first, at, "relative")
    put = put_by(words, at)
    if put is not None:
        return Report(cue[1], words[put[0]].start, offsets(words, put[1]), cue, at, at, "relative")
    return None


def _kind(words: list[Lexeme], place: int, at: int, cue_end: int, *, inverted: bool, counted: bool) -> str | None:
    """The ``Report.kind`` of the clause from ``place`` to ``cue_end``; None where the article itself says it.

    ``inverted``: the speaker stands behind the verb; ``counted``: the amount that is told stands in front of it.
    """
    if counted:
        return "closing" if inverted else "relative"
    kind = clause_kind(words, place, at, cue_end)
    if kind == "relative" and words[place - 1].lower == "than":
        return None  # "4,000 fewer than analysts had forecast": the gap is the article's own
    if inverted:
        return kind if kind in {"tag", "inserted"} else "closing"
    if kind in {"trailing", "inserted"} and words[at - 1].text == "who":
        return "leading"  # "His clerk, Jo Li, 44, who testified for the bank, left"
    return kind


def _leading_stretch(
    words: list[Lexeme], at: int, subject: Range, cue_end: int, stretch: tuple[int, int]
) -> tuple[int, int]:
    """The part of ``stretch`` that the clause in front of it tells: up to a deed, a hearsay or what stands apart."""
    first, last = behind_votes(words, at, stretch[0]), relative_end(words, at, subject[0], stretch[1])
    if words[at].lower in word_set("attribution", "mind"):
        # "Analysts had expected 72 cents; the company delivered 58"
        last = next((word.start for word in words[at:] if word.text == ";"), last)
        last = min(last, behind_forecast(words, at, last))
    last = deed_start(words, cue_end, hearsay_start(words, cue_end, last))
    if is_share(words, subject):
        last = share_end(words, cue_end, last)
    return first, last


def _as_told(words: list[Lexeme], at: int, subject: Range, start: int, end: int) -> Report | None:
    """The report of an aside with "as" that a comma or the sentence closes; else None:
    "Pay, as Mr Li says, has fallen 12%", "As they say, pay fell"; not in "as analysts had expected"."""
    last = at + points_out(words, at)
    told = words[at].lower in word_set("attribution", "say", "show") and (last > at or subject[1] == at)
    place = subject[0] - 1
    closed = last + 1 >= len(words) or words[last + 1].text in {",", ".", "—", "–"}
    if not told or not closed or place < 0 or words[place].lower != "as":
        return None
    denied = place > 1 and words[place - 2].lower in {"not", "n't"}  # "The price was not, as he said, $40"
    if denied or (place > 0 and words[place - 1].text not in {",", "—", "–"}):
        return None
    cue = words[at].start, words[at].end
    speaker = offsets(words, shortened(words, subject))
    return Report(aside_start(words, place, last, start), end, speaker, cue, place, at, "according")
