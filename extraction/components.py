"""The spaCy component ``tally``: finds the numeric claims of a document and keeps them in ``doc._.claims``.

Any English pipeline can add it by name: ``nlp.add_pipe("tally")``. It sets sentence starts where the pipeline has
not set them, and tags and trees on the sentences with a claim where the pipeline has not parsed them.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc, Span

from extraction import extensions
from extraction.assembly import claims_of
from extraction.parser.parsing import Parser, shipped_parser
from extraction.plain.casing import uncased_stretches
from extraction.read_document import MOST_TOKENS_WITH_CONTEXT, article_of, read_document
from extraction.text.sentences import mark_sentences

# Documents read together; more of them make nothing faster, only the memory larger.
_BATCH_TOKENS = 20_000

# Longer texts in letters of one case are no articles; all sentences of an article are tagged to tell its names.
_MOST_TOKENS_CASED = 20_000

extensions.register()


@Language.factory("tally", assigns=["doc._.claims", "doc._.rejected"], default_config={"parse": True})
def create_tally(nlp: Language, name: str, parse: bool) -> "Tally":
    """The component; ``parse`` false leaves sentences without a tree where the pipeline has not parsed them."""
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
            self._parser.annotate((doc, _sentences(doc, doc.text)) for doc in docs)
            yield from docs


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
        if self._parser is not None:
            self._parser.annotate(_without_capitals(docs))
        readings = [read_document(doc) for doc in docs]
        if self._parser is not None:
            self._parser.annotate(
                (reading.doc, reading.sentences)
                for reading in readings
                if reading.found and not reading.doc.has_annotation("DEP", require_complete=True)
            )
        for reading in readings:
            if reading.found:
                reading.doc._.claims = tuple(claims_of(reading))
        return docs


def _without_capitals(docs: Iterable[Doc]) -> Iterator[tuple[Doc, list[Span]]]:
    """The documents with names that only tags can tell, with all sentences there but those that are no sentences."""
    for doc in docs:
        if len(doc) > _MOST_TOKENS_CASED or doc.has_annotation("TAG"):
            continue
        text = article_of(doc).text
        if stretches := uncased_stretches(text):
            sentences = _within(_sentences(doc, text), stretches)
            yield doc, [sent for sent in sentences if sent.end - sent.start <= MOST_TOKENS_WITH_CONTEXT]


def _within(sentences: Iterable[Span], stretches: Sequence[tuple[int, int]]) -> Iterator[Span]:
    """The sentences that start in one of the sorted ``stretches``."""
    starts = [start for start, _ in stretches]
    for sent in sentences:
        at = bisect_right(starts, sent.start_char) - 1
        if at >= 0 and sent.start_char < stretches[at][1]:
            yield sent


def _sentences(doc: Doc, text: str) -> list[Span]:
    """All sentences of a document, which are marked where they are not yet."""
    if len(doc) and not doc.has_annotation("SENT_START"):
        mark_sentences(doc, text)
    return list(doc.sents) if len(doc) else []


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
