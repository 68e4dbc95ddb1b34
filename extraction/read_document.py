"""Reads the quantities of a document, and what its text says of each without a tree: currency, speaker, mood, time."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from spacy.tokens import Doc, Span

from extraction.amounts.candidates import has_candidate
from extraction.claims import Attribution, Currency, Kind, SourceArticle
from extraction.context.parts import Context
from extraction.counts.carried_nouns import CarriedNoun, carried_noun
from extraction.currencies.context import PlacedMark
from extraction.currencies.home import home_letters, home_money
from extraction.currencies.resolve import resolve
from extraction.exclusions.reasons import Rejected
from extraction.exclusions.web_addresses import protected_spans
from extraction.extensions import is_made_from
from extraction.modality.moods import ASSERTED, Mood, mood_of
from extraction.plain.casing import lowered, uncased_stretches, with_capitals
from extraction.quantity.quantity import Quantity
from extraction.read_sentence import read_quantities, settle_degrees, with_counterparts
from extraction.speakers.attribution import attribution_of, find_attributions, speaker_at, speakers_of
from extraction.speakers.names import ArticleNames
from extraction.tables.cells import Placed, read_row
from extraction.tables.layout import table_rows
from extraction.tables.left_out import left_out
from extraction.text.line_openings import line_openings
from extraction.text.sentences import mark_sentences
from extraction.times.claim_times import time_of
from extraction.times.dates import DateMatch, match_dates
from extraction.times.dealt import dealt_times
from extraction.times.listed import listed
from extraction.times.mention import Times
from extraction.times.mentions import find_times

# More tokens or amounts than this are no sentence whose parts stand in relations, but a table or hostile: no context.
MOST_TOKENS_WITH_CONTEXT = 1000
_MOST_AMOUNTS_WITH_CONTEXT = 100
Progress = Callable[[int, int], None]
Found = list[tuple[Span, Quantity]]


@dataclass(frozen=True, slots=True)
class Statement:
    """A quantity with all that its text says of it without a tree; the tree may still take hedges from its ``mood``.

    ``counts_speakers`` says that it counts those who say something: "three people told the paper". ``context`` is what
    a table says of it; there is no tree of a table.
    """

    sent: Span
    quantity: Quantity
    currency: Currency | None
    attribution: Attribution | None
    mood: Mood
    times: Times
    counts_speakers: bool = False
    context: Context = field(default_factory=Context)


class Reading(NamedTuple):
    """A document whose quantities are found, on the way to its claims.

    ``text`` is that of the article, with capitals at its names where it has none itself.
    """

    doc: Doc
    text: str
    article: SourceArticle
    found: Found
    statements: list[Statement]
    sentences: list[Span]  # whose quantities get a context
    names: ArticleNames


def article_of(doc: Doc) -> SourceArticle:
    """What is known of the article of a document; its text is that of the document, in which claims have their places.

    Only its letters may differ in size: where capitals tell no names, a document is made of small ones.
    """
    article: SourceArticle | None = doc._.source_article
    if article is not None and is_made_from(doc, article):
        return article
    text = doc.text
    if article is None:
        return SourceArticle(text)
    if article.text == text or lowered(article.text) == text:
        return article
    return replace(article, text=text)


def read_document(doc: Doc) -> Reading:
    """The quantities of a document and what its text says of them; what is no claim goes to ``doc._.rejected``."""
    noted = doc._
    article = article_of(doc)
    text = article.text
    if len(doc) and not doc.has_annotation("SENT_START"):
        mark_sentences(doc, text)
    if doc.has_annotation("TAG") and uncased_stretches(text):
        text = with_capitals(doc, text, home_letters(article))
    found, rejected, dates, tables = _read(doc, text, article, noted.on_progress)
    if rejected:
        noted.rejected = tuple(rejected)
    names = ArticleNames(text)
    if not found:
        return Reading(doc, text, article, found, [], [], names)
    settle_degrees(quantity for _, quantity in found)
    # Before the next document is read: what was cut and looked up in this text is still at hand.
    statements = _statements(text, article, found, dates, names, tables)
    in_prose = found if not tables else [(sent, quantity) for sent, quantity in found if quantity.start not in tables]
    return Reading(doc, text, article, found, statements, _sentences_with_context(in_prose), names)


def _statements(
    text: str,
    article: SourceArticle,
    found: Found,
    dates: list[DateMatch],
    names: ArticleNames,
    tables: Mapping[int, Placed],
) -> list[Statement]:
    """Each quantity with its currency, speaker, modality and time; ``tables`` has those of tables by their start."""
    marks = [PlacedMark(q.mark, q.start, q.end, q.value) for _, q in found if q.mark is not None]
    resolved = iter(resolve(marks, text, article))
    stretches = find_attributions(text, names)
    speakers = speakers_of(stretches)
    amounts: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for sent, quantity in found:
        amounts.setdefault((sent.start_char, sent.end_char), []).append((quantity.start, quantity.end))
    times = find_times(text, amounts, article.published_at, dates)
    dealt = dealt_times(text, amounts, times)
    times = listed(times)
    statements = []
    for sent, quantity in found:
        start, end = quantity.start, quantity.end
        currency = next(resolved) if quantity.mark is not None else None
        if (placed := tables.get(start)) is not None:
            statement = Statement(sent, quantity, currency, None, ASSERTED, placed.times, context=placed.context)
            statements.append(statement)
            continue
        attribution = attribution_of(stretches, start)
        reported = attribution.cue if attribution is not None else None
        speaker = speaker_at(speakers, start)
        # Who says it is there, whatever is said.
        mood = mood_of(text, sent, start, end, reported) if speaker is None else ASSERTED
        if quantity.denies_bound:
            mood = mood._replace(negator=None)
        is_base = quantity.change is not None and quantity.change.role == "from"
        own_times = time_of(times, sent.start_char, sent.end_char, start, end, is_base=is_base)
        if start in dealt:
            own_times = Times(dealt[start])
        counts_speakers = speaker is not None and speaker[0] == start and quantity.kind is Kind.COUNT
        statements.append(Statement(sent, quantity, currency, attribution, mood, own_times, counts_speakers))
    return statements


def _sentences_with_context(found: Found) -> list[Span]:
    """The sentences whose quantities get a context, each once."""
    sentences: dict[int, Span] = {}
    amounts: dict[int, int] = {}
    for sent, _ in found:
        start = sent.start
        sentences[start] = sent
        amounts[start] = amounts.get(start, 0) + 1
    return [
        sent
        for start, sent in sentences.items()
        if amounts[start] <= _MOST_AMOUNTS_WITH_CONTEXT and sent.end - start <= MOST_TOKENS_WITH_CONTEXT
    ]


def _read(
    doc: Doc, text: str, article: SourceArticle, report: Progress | None
) -> tuple[Found, list[Rejected], list[DateMatch], dict[int, Placed]]:
    """The quantities of each sentence that holds a candidate number, its other numbers and its dates.

    Last come those of tables by their start, with what the tables say of them.
    """
    home = home_money(text, article)
    rows = table_rows(text)
    row_starts = [row.start for row in rows]
    protected = _merged([*protected_spans(text), *line_openings(text).numbers])
    ends = [end for _, end in protected]
    starts = [start for start, _ in protected]
    found: Found = []
    rejected: list[Rejected] = []
    dates: list[DateMatch] = []
    tables: dict[int, Placed] = {}
    sentences = list(doc.sents) if len(doc) else []
    carried: CarriedNoun | None = None
    for position, sent in enumerate(sentences):
        first, last = sent.start_char, sent.end_char
        at = bisect_left(row_starts, first) if rows else 0
        row = rows[at] if at < len(rows) and rows[at].end <= last else None
        in_row = [] if row is None else list(read_row(text, row, home, article.published_at))
        if row is not None and (in_row or not row.pair):
            carried = None
            found += ((sent, placed.quantity) for placed in in_row)
            tables.update((placed.quantity.start, placed) for placed in in_row)
            rejected.extend(left_out(text, row, in_row))
        elif has_candidate(text, first, last):
            own = match_dates(text, first, last)
            dates += own
            spans = _merged(
                [
                    *((date.start, date.end) for date in own),
                    *protected[bisect_right(ends, first) : bisect_left(starts, last)],
                ]
            )
            reading = read_quantities(text, first, last, spans, home=home, carried=carried)
            carried = carried_noun(text, first, last, reading.quantities)
            found.extend((sent, quantity) for quantity in with_counterparts(reading.quantities, len(found)))
            rejected.extend(reading.rejected)
        else:
            carried = None
        if report is not None and position % 50 == 49 and position + 1 < len(sentences):
            report(position + 1, len(sentences))
    if report is not None:
        report(len(sentences), len(sentences))
    return found, rejected, dates, tables


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sorted spans without overlaps."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
