"""The spaCy component ``tally``: finds the numeric claims of a document and keeps them in ``doc._.claims``.

Any English pipeline can add it by name: ``nlp.add_pipe("tally")``. It sets sentence starts where the pipeline has
not set them, and tags and trees on the sentences with a claim where the pipeline has not parsed them.
"""

import hashlib
import uuid
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Span

from extraction import extensions
from extraction.claims import Attribution, Claim, Currency, SourceArticle, TextSpan, TimeReference
from extraction.context.describe import describe
from extraction.context.parts import Context
from extraction.context.trees import Sentence, Tree, trees_of
from extraction.currencies.context import PlacedMark
from extraction.currencies.resolve import pounds_mean_money, resolve
from extraction.exclusions.web_addresses import protected_spans
from extraction.locate import Rejected
from extraction.modality import modality_of
from extraction.movements import Quantity
from extraction.parsing import Parser, shipped_parser
from extraction.quantities import has_candidate, read_quantities, settle_degrees, with_counterparts
from extraction.sentences import mark_sentences
from extraction.speakers.attribution import attribution_of, find_attributions
from extraction.times.dates import DateMatch, match_dates
from extraction.times.mentions import find_times, time_of
from extraction.version import PIPELINE

# Claims of the same article, pipeline and place keep their id over every run.
_NAMESPACE = uuid.UUID("6d1f5a52-70f5-5c6b-9d0c-3f8f1d7c2b1e")

# Longer "sentences" are tables, lists or hostile; each claim keeps only the part around it.
_LONGEST_SENTENCE = 2000

# More tokens or amounts than this are no sentence whose parts stand in relations, but a table or hostile: no context.
_MOST_TOKENS_WITH_CONTEXT = 1000
_MOST_AMOUNTS_WITH_CONTEXT = 100

# Documents read together; more of them make nothing faster, only the memory larger.
_BATCH_TOKENS = 20_000

extensions.register()


@Language.factory("tally", assigns=["doc._.claims", "doc._.rejected"], default_config={"parse": True})
def create_tally(nlp: Language, name: str, parse: bool) -> "Tally":
    return Tally(shipped_parser() if parse else None)


@Language.component("tally_sentences", assigns=["token.is_sent_start"])
def set_sentences(doc: Doc) -> Doc:
    """Sets Tally's sentence starts; before a parser, which then keeps to them."""
    mark_sentences(doc, doc.text)
    return doc


@Language.factory("tally_parser", assigns=["token.tag", "token.pos", "token.head", "token.dep"])
class WholeParser:
    """Tags and parses every sentence, for pipelines that want trees beyond those that Tally needs for its claims."""

    def __init__(self, nlp: Language, name: str) -> None:
        self._parser = shipped_parser()

    def __call__(self, doc: Doc) -> Doc:
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 64) -> Iterator[Doc]:
        """The documents in their order; sentences of up to ``batch_size`` of them are parsed together."""
        for docs in _batches(stream, batch_size):
            for doc in docs:
                if len(doc) and not doc.has_annotation("SENT_START"):
                    mark_sentences(doc, doc.text)
            self._parser.annotate((doc, list(doc.sents) if len(doc) else []) for doc in docs)
            yield from docs


Progress = Callable[[int, int], None]
_Found = list[tuple[Span, Quantity]]


@dataclass(frozen=True, slots=True)
class _Statement:
    """A quantity with all that its text says of it without a tree; ``modality`` comes with hedges and negation."""

    sent: Span
    quantity: Quantity
    currency: Currency | None
    attribution: Attribution | None
    modality: tuple[str, tuple[TextSpan, ...], bool]
    time: TimeReference | None


@dataclass(frozen=True, slots=True)
class _Reading:
    """A document whose quantities are found, on the way to its claims."""

    doc: Doc
    text: str
    article: SourceArticle
    found: _Found
    statements: list[_Statement]
    sentences: list[Span]  # whose quantities get a context


class Tally:
    """Reads quantities sentence by sentence, then gives each its currency, context, speaker and time.

    The sentences that hold a quantity are parsed, those of all documents of a batch together, unless the document has
    a parse already.
    """

    def __init__(self, parser: Parser | None) -> None:
        self._parser = parser

    def __call__(self, doc: Doc) -> Doc:
        self._run([doc])
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 64) -> Iterator[Doc]:
        """The documents in their order, read in batches of at most ``batch_size``; a long one is a batch by itself."""
        for docs in _batches(stream, batch_size):
            yield from self._run(docs)

    def _run(self, docs: Sequence[Doc]) -> Sequence[Doc]:
        readings = [_reading(doc) for doc in docs]
        if self._parser is not None:
            self._parser.annotate(
                (reading.doc, reading.sentences)
                for reading in readings
                if reading.found and not reading.doc.has_annotation("DEP")
            )
        for reading in readings:
            if reading.found:
                reading.doc._.claims = tuple(_claims(reading))
        return docs


def _batches(stream: Iterable[Doc], size: int) -> Iterator[list[Doc]]:
    """Groups of at most ``size`` documents; a long one is a group by itself."""
    batch: list[Doc] = []
    tokens = 0
    for doc in stream:
        if batch and (len(batch) == size or tokens + len(doc) > _BATCH_TOKENS):
            yield batch
            batch, tokens = [], 0
        batch.append(doc)
        tokens += len(doc)
    if batch:
        yield batch


def _reading(doc: Doc) -> _Reading:
    noted = doc._
    # A Doc puts its text together from its tokens at every call.
    article = noted.source_article or SourceArticle(doc.text)
    text = article.text
    if len(doc) and not doc.has_annotation("SENT_START"):
        mark_sentences(doc, text)
    found, rejected, dates = _read(doc, text, noted.on_progress, pounds_are_money=pounds_mean_money(text, article))
    if rejected:
        noted.rejected = tuple(rejected)
    if not found:
        return _Reading(doc, text, article, found, [], [])
    settle_degrees(quantity for _, quantity in found)
    # Before the next document is read: what was cut and looked up in this text is still at hand.
    statements = _statements(text, article, found, dates)
    return _Reading(doc, text, article, found, statements, _sentences_with_context(found))


def _statements(text: str, article: SourceArticle, found: _Found, dates: list[DateMatch]) -> list[_Statement]:
    """Each quantity with its currency, speaker, modality and time."""
    marks = [PlacedMark(q.mark, q.start, q.end, q.value) for _, q in found if q.mark is not None]
    resolved = iter(resolve(marks, text, article))
    stretches = find_attributions(text)
    sentences = {sent.start: (sent.start_char, sent.end_char) for sent, _ in found}
    times = find_times(text, sentences.values(), article.published_at, dates)
    return [
        _Statement(
            sent,
            quantity,
            next(resolved) if quantity.mark is not None else None,
            attribution_of(stretches, quantity.start, quantity.end),
            modality_of(text, sent, quantity.start, quantity.end),
            time_of(times, *sentences[sent.start], quantity.start, quantity.end),
        )
        for sent, quantity in found
    ]


def _sentences_with_context(found: _Found) -> list[Span]:
    """The sentences whose quantities get a context, each once."""
    amounts: dict[Span, int] = {}
    for sent, _ in found:
        amounts[sent] = amounts.get(sent, 0) + 1
    return [
        sent
        for sent, count in amounts.items()
        if count <= _MOST_AMOUNTS_WITH_CONTEXT and sent.end - sent.start <= _MOST_TOKENS_WITH_CONTEXT
    ]


def _read(
    doc: Doc, text: str, report: Progress | None, *, pounds_are_money: bool
) -> tuple[_Found, list[Rejected], list[DateMatch]]:
    """The quantities of each sentence that holds a candidate number, its other numbers and its dates."""
    protected = protected_spans(text)
    ends = [end for _, end in protected]
    starts = [start for start, _ in protected]
    found: _Found = []
    rejected: list[Rejected] = []
    dates: list[DateMatch] = []
    sentences = list(doc.sents) if len(doc) else []
    for position, sent in enumerate(sentences):
        first, last = sent.start_char, sent.end_char
        if has_candidate(text, first, last):
            own = match_dates(text, first, last)
            dates += own
            spans = _merged(
                [
                    *((date.start, date.end) for date in own),
                    *protected[bisect_right(ends, first) : bisect_left(starts, last)],
                ]
            )
            reading = read_quantities(text, first, last, spans, pounds_are_money=pounds_are_money)
            found.extend((sent, quantity) for quantity in with_counterparts(reading.quantities, len(found)))
            rejected.extend(reading.rejected)
        if report is not None and position % 50 == 49 and position + 1 < len(sentences):
            report(position + 1, len(sentences))
    if report is not None:
        report(len(sentences), len(sentences))
    return found, rejected, dates


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sorted spans without overlaps."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _claims(reading: _Reading) -> list[Claim]:
    article, found = reading.article, reading.found
    key = article.id if article.id is not None else hashlib.sha256(reading.text.encode("utf-8", "replace")).hexdigest()
    ids = [str(uuid.uuid5(_NAMESPACE, f"{key}/{PIPELINE}/{ordinal}")) for ordinal in range(len(found))]
    trees = _trees(reading)
    return [
        _claim(reading.text, article.id, statement, trees.get((statement.sent.start, statement.sent.end)), ids, ordinal)
        for ordinal, statement in enumerate(reading.statements)
    ]


def _trees(reading: _Reading) -> dict[Sentence, Tree]:
    """The tree of each parsed sentence with a quantity; an amount takes in the bounds right in front of it."""
    amounts: dict[Sentence, list[tuple[int, int]]]
    amounts = {(sent.start, sent.end): [] for sent in reading.sentences}
    for sent, quantity in reading.found:
        bounds = [(quantity.start, quantity.end), *((span.start, span.end) for span in quantity.qualifiers)]
        start, end = quantity.start, quantity.end
        for first, last in sorted(bounds, reverse=True):
            if last <= start <= last + 1:
                start = first
        if (spans := amounts.get((sent.start, sent.end))) is not None:
            spans.append((start, end))
    return trees_of(reading.doc, reading.text, amounts)


def _sentence(text: str, sent: Span, start: int, end: int) -> TextSpan:
    """The sentence of a claim, or what stands around the claim when the text runs on without an end of a sentence."""
    first, last = sent.start_char, sent.end_char
    if last - first > _LONGEST_SENTENCE:
        first, last = max(first, start - _LONGEST_SENTENCE // 2), min(last, end + _LONGEST_SENTENCE // 2)
    shown = text[first:last].rstrip()
    return TextSpan(shown, first, first + len(shown))


def _claim(
    text: str, article_id: str | None, statement: _Statement, tree: Tree | None, ids: list[str], ordinal: int
) -> Claim:
    quantity, currency = statement.quantity, statement.currency
    start, end = quantity.start, quantity.end
    # A pipeline without a parser gives no tree, and so no context.
    context = Context() if tree is None else describe(text, tree, start, end, quantity.unit_span, quantity.kind)
    modality, hedges, negated = statement.modality
    return Claim(
        id=ids[ordinal],
        article_id=article_id,
        text=text[start:end],
        start=start,
        end=end,
        kind=quantity.kind,
        shape=quantity.shape,
        value=quantity.value,
        low=quantity.low,
        high=quantity.high,
        unit=currency.code if currency is not None else quantity.unit,
        unit_text=quantity.unit_text,
        sentence=_sentence(text, statement.sent, start, end),
        rules=(*quantity.rules, *context.rules),
        pipeline=PIPELINE,
        per=quantity.per,
        currency=currency,
        qualifiers=quantity.qualifiers,
        change=quantity.change,
        counterpart=None if quantity.counterpart is None else ids[quantity.counterpart],
        subject=context.subject,
        measure=context.measure,
        of=context.of,
        predicate=context.predicate,
        attribution=statement.attribution,
        modality=modality,
        hedges=hedges,
        negated=negated,
        time=statement.time,
    )
