"""Finds the report clauses of a sentence: who, by which verb, and the stretch of the sentence that is reported."""

from dataclasses import replace
from functools import cache

from extraction.speakers.claims_told import claim_report, genitive_length, owner_before, rejection
from extraction.speakers.ends_told import about_speaker, aside_start, rest_told
from extraction.speakers.noun_phrases import phrase_before
from extraction.speakers.participle_reports import participle_report
from extraction.speakers.per_sources import per_source
from extraction.speakers.phrases_behind import phrase_after, shortened
from extraction.speakers.quotatives import beside_quotation, puts_it
from extraction.speakers.report import Report, offsets
from extraction.speakers.verb_reports import verb_report
from extraction.text.lexemes import Lexeme, LexemeType
from extraction.text.words import leading_words, phrases_by_word, word_set

# More reports than this in one sentence are an attack or a table.
_MOST_REPORTS = 64


def find_reports(words: list[Lexeme], start: int, end: int) -> list[Report]:
    """The report clauses of the sentence ``words``, which stands at ``start`` to ``end``; quotations are one lexeme."""
    reports: list[Report] = []
    cues = _cue_words()
    for at, word in enumerate(words):
        if word.lower not in cues or word.type is not LexemeType.WORD or len(reports) >= _MOST_REPORTS:
            continue
        report = _owned(words, at, start, end) if word.lower in _owned_nouns() else None
        if report is None and word.lower in _quotatives():
            report = _beside_quotation(words, at, start, end)
        if report is None and word.lower in _claims():
            report = claim_report(words, at, end)
        if report is not None:
            pass
        elif word.lower in _naming() and (named := _named_by(words, at)) is not None:
            report = named
        elif word.lower in _report_words() and not word.capitalised:
            report = verb_report(words, at, start, end)
        elif word.lower in _participles():
            report = participle_report(words, at, end, reports)
        elif word.lower in word_set("modality", "dismissing"):
            report = rejection(words, at, end)
        elif word.lower in _according_heads():
            report = _according(words, at, start, end)
        elif word.lower == "per":
            report = _per(words, at, start, end)
        if report is not None:
            reports.append(report)
    kept = [report for report in _bounded(reports) if not _is_plan_told(words, report, reports)]
    return [_without_rest(words, report, kept) for report in kept]


def _is_plan_told(words: list[Lexeme], report: Report, reports: list[Report]) -> bool:
    """Whether a plan of somebody is told in another report: "Jo Li told MPs the bank expects to lose $3m"."""
    behind = words[report.verb + 1].lower if report.verb + 1 < len(words) else ""
    if report.kind != "leading" or behind != "to" or words[report.verb].lower not in word_set("attribution", "mind"):
        return False
    return _is_told(report, reports)


def _is_told(report: Report, reports: list[Report]) -> bool:
    return any(one.place < report.place and one.start <= report.speaker[0] < one.end for one in reports)


def _without_rest(words: list[Lexeme], report: Report, reports: list[Report]) -> Report:
    """The report, which ends where who tells of it goes on with "and that":
    "Jo Li said the bank expected losses, and that 40 would go"."""
    end = rest_told(words, report.verb, report.end) if report.kind == "leading" else report.end
    return replace(report, end=end) if end != report.end and _is_told(report, reports) else report


@cache
def report_words() -> frozenset[str]:
    """The words one of which every report clause holds."""
    return (
        _report_words()
        | _participles()
        | _naming()
        | _owned_nouns()
        | _quotatives()
        | _claims()
        | leading_words(_according_heads())
    )


@cache
def _cue_words() -> frozenset[str]:
    """The lexemes that a report is looked for at."""
    named = _report_words() | _participles() | _owned_nouns() | _quotatives() | _claims()
    return named.union(word_set("modality", "dismissing"), _according_heads(), ("per",))


@cache
def _participles() -> frozenset[str]:
    return word_set("attribution", "participles", "participles_of_clauses", "participles_of_names", "progressive")


@cache
def _naming() -> frozenset[str]:
    return word_set("attribution", "naming")


@cache
def _owned_nouns() -> frozenset[str]:
    return word_set("attribution", "owned")


@cache
def _quotatives() -> frozenset[str]:
    return word_set("attribution", "quotative") | {"put", "puts"}


@cache
def _claims() -> frozenset[str]:
    return word_set("modality", "deniable")


@cache
def _report_words() -> frozenset[str]:
    return word_set("attribution", "say", "either", "mind", "show", "quote", "put_by")


def _according_heads() -> dict[str, list[list[str]]]:
    return phrases_by_word("attribution", "according")


def _bounded(reports: list[Report]) -> list[Report]:
    """The reports, the leading ones closed by a clause at the end:
    in "analysts expect S, X said" S ends at the comma."""
    closing = [report for report in reports if report.kind in {"trailing", "closing"}]
    if not closing:
        return reports
    border = closing[-1].end
    return [
        report
        if report in closing or report.kind not in {"leading", "noun"} or report.start >= border
        else replace(report, end=min(report.end, border))
        for report in reports
    ]


_LONGEST_CLAUSE = 40  # lexemes


def _named_by(words: list[Lexeme], at: int) -> Report | None:
    """The report of who gives something a name, behind "what"; else None:
    "in what ministers called the worst loss of life for 30 years"."""
    subject = phrase_before(words, at)
    if subject is None or subject[0] == 0 or words[subject[0] - 1].lower != "what":
        return None
    end = next((k for k in range(at, min(len(words), at + _LONGEST_CLAUSE)) if words[k].text in {",", ".", ";"}), at)
    last = words[end - 1].end if end > at else words[min(len(words), at + _LONGEST_CLAUSE) - 1].end
    cue = words[at].start, words[at].end
    return Report(cue[1], last, offsets(words, shortened(words, subject)), cue, subject[0], at, "leading")


def _according(words: list[Lexeme], at: int, start: int, end: int) -> Report | None:
    for parts in _according_heads()[words[at].lower]:
        last = at + len(parts)
        if last > len(words) or words[last - 1].lower != parts[-1]:
            continue
        if [word.lower for word in words[at:last]] == parts:
            speaker = phrase_after(words, last)
            if speaker is None:
                return None
            cue = (words[at].start, words[last - 1].end)
            about = about_speaker(words, speaker[1])
            return Report(start, end, offsets(words, speaker), cue, at, at, "according", about)
    return None


def _per(words: list[Lexeme], at: int, start: int, end: int) -> Report | None:
    """The report of a source of all of the sentence, or None: "Rents fell 3%, per a survey of landlords"."""
    speaker = per_source(words, at)
    if speaker is None:
        return None
    cue = words[at].start, words[at].end
    return Report(start, end, offsets(words, speaker), cue, at, at, "according", about_speaker(words, speaker[1]))


def _owned(words: list[Lexeme], at: int, start: int, end: int) -> Report | None:
    """The report of who owns the figures of the sentence, or None: "By Oxfam's count, 900 firms paid no tax"."""
    owner = owner_before(words, at)
    if owner is None:
        return None
    first, last = offsets(words, owner)
    speaker = first, last - genitive_length(words, owner[1] - 1)
    place = owner[0] - 1
    return Report(
        aside_start(words, place, at, start), end, speaker, (words[at].start, words[at].end), place, at, "according"
    )


def _beside_quotation(words: list[Lexeme], at: int, start: int, end: int) -> Report | None:
    """The report of a verb beside a quotation, or of "as X put it"; else None:
    '"We had 40 cows," smiles Tomas', "As Mr Li put it, S"."""
    cue = (words[at].start, words[at].end)
    subject = puts_it(words, at)
    if subject is not None and any(word.text == '"' for word in words[at + 2 : at + 4]):
        # "is, as Mr Li puts it, "a massacre by arithmetic"": only the quotation is his
        return Report(cue[1], cue[1], offsets(words, subject), cue, subject[0] - 1, at, "quote")
    if subject is not None:
        reach = aside_start(words, subject[0] - 1, at + 1, start)
        return Report(reach, end, offsets(words, subject), cue, subject[0] - 1, at, "according")
    if words[at].lower in {"put", "puts"}:
        return None
    beside = beside_quotation(words, at)
    if beside is None:
        return None
    subject, tags = beside
    last = words[max(at, subject[1] - 1)].end
    speaker = offsets(words, shortened(words, subject))
    return Report(last, last, speaker, cue, min(at, subject[0]), at, "tag" if tags else "quote")
