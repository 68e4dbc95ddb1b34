"""Cuts a text into what a report can reach: sentences, with the quotations that run over several."""

from bisect import bisect_left
from dataclasses import dataclass

from extraction.speakers.headline_sources import headline_report
from extraction.speakers.names import ArticleNames
from extraction.speakers.per_sources import may_name_source
from extraction.speakers.quotations import Quotation
from extraction.speakers.report import Report
from extraction.speakers.reports import find_reports, report_words
from extraction.text.lexemes import Lexeme, LexemeType, lex, lex_sentence
from extraction.text.sentences import sentence_starts
from extraction.text.words import words_in


@dataclass(slots=True)
class Unit:
    """A sentence, with the sentences inside its quotations; each quotation is one lexeme of ``words``."""

    start: int
    end: int
    opens_paragraph: bool
    quotations: list[Quotation]
    places: list[int]
    words: list[Lexeme]
    reports: list[Report]


def spoken_units(text: str, quotations: list[Quotation], names: ArticleNames) -> list[Unit]:
    """The units of a text, in its order; ``quotations`` are those of the text."""
    starts = sentence_starts(text)
    quote_starts = [quotation.start for quotation in quotations]
    borders = [start for start in starts if not _is_inside(start, quotations, quote_starts)]
    found = []
    for start, end in zip(borders, [*borders[1:], len(text)], strict=True):
        inside = quotations[bisect_left(quote_starts, start) : bisect_left(quote_starts, end)]
        found.append(_unit(text, start, end, inside, names))
    return found


def _is_inside(offset: int, quotations: list[Quotation], starts: list[int]) -> bool:
    at = bisect_left(starts, offset) - 1
    return at >= 0 and offset < quotations[at].end


def _unit(text: str, start: int, end: int, quotations: list[Quotation], names: ArticleNames) -> Unit:
    opens = start == 0 or "\n" in text[max(0, start - 2) : start]
    headline = headline_report(text, start, end, names) if opens else None
    if not quotations and headline is None and not _may_report(text, start, end):
        return Unit(start, end, opens, quotations, [], [], [])
    words: list[Lexeme] = []
    places: list[int] = []
    at = start
    for quotation in quotations:
        words += lex(text, at, quotation.start)
        places.append(len(words))
        words.append(Lexeme(LexemeType.SYMBOL, '"', '"', quotation.start, quotation.end, False))
        at = quotation.end
    words += lex_sentence(text, at, end)
    reports = find_reports(words, start, end)
    if headline is not None:
        reports.append(headline)
    return Unit(start, end, opens, quotations, places, words, reports)


def _may_report(text: str, start: int, end: int) -> bool:
    words = words_in(text, start, end)
    return not words.isdisjoint(report_words()) or ("per" in words and may_name_source(text, start, end))
