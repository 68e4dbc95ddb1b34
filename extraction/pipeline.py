"""Builds the pipeline and runs articles through it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from extraction import extensions
from extraction.claims import Claim, SourceArticle
from extraction.exclusions.reasons import Rejected
from extraction.plain.casing import lowered
from extraction.plain.view import View
from extraction.plain.views import views_of
from extraction.read_document import Progress
from extraction.text.tokens import BoundedTokenizer, fit_tokenizer

# spaCy's own limit guards the memory of neural components; this pipeline has none.
_MAX_CHARACTERS = 100_000_000

# Short articles fill the parser's batches only when many are read together.
_BATCH_ARTICLES = 192

# spaCy keeps every word it has ever seen, in some 700 bytes, and news never stops bringing names and numbers.
_MOST_WORDS = 12_000


class Extractor:
    """Finds the numeric claims of articles. Build one with ``load`` and use it for as many articles as there are.

    With ``bounded`` the pipeline must be that of ``load`` without another parser. It then gets an empty vocabulary
    whenever the one that it has is too large; documents made before keep theirs.
    """

    def __init__(self, nlp: Language, *, bounded: bool = False) -> None:
        self.nlp = nlp
        self._bounded = bounded

    def extract(self, article: SourceArticle, *, on_progress: Progress | None = None) -> list[Claim]:
        """The article's claims in text order.

        ``on_progress`` gets (sentences read, sentences in all), and once when both are the same.
        """
        return _led_back(*self._read(article, on_progress), "claims")

    def extract_many(
        self, articles: Iterable[SourceArticle], *, on_progress: Progress | None = None
    ) -> Iterator[list[Claim]]:
        """The claims of each article, in the order of the articles.

        Sentences of many articles are parsed together, which is faster than one article at a time. Of a long stream
        only a bounded number of articles is in memory. ``on_progress`` is told of one article after the other.
        """
        docs = (self._doc(article, on_progress) for article in articles)
        for doc, views in self.nlp.pipe(docs, as_tuples=True, batch_size=_BATCH_ARTICLES):
            yield _led_back(doc, views, "claims")

    def explain(self, article: SourceArticle) -> list[Rejected]:
        """The numbers of the article that are no claims, each with its reason."""
        return _led_back(*self._read(article, None), "rejected")

    def _read(self, article: SourceArticle, on_progress: Progress | None) -> tuple[Doc, list[View]]:
        doc, views = self._doc(article, on_progress)
        return self.nlp(doc), views

    def _doc(self, article: SourceArticle, on_progress: Progress | None) -> tuple[Doc, list[View]]:
        """The document of an article, and the views of its text, the last of which it holds."""
        if self._bounded and len(self.nlp.vocab.strings) > _MOST_WORDS:
            self._forget_words()
        views = views_of(article.text)
        if views:
            article = replace(article, text=views[-1].text)
        doc = self.nlp.make_doc(lowered(article.text))
        noted = doc._
        noted.source_article, noted.on_progress = article, on_progress
        extensions.note_made_from(doc, article)
        return doc, views

    def _forget_words(self) -> None:
        # Components that somebody added may hold on to the vocabulary that they were made with.
        if self.nlp.pipe_names == ["tally"]:
            fresh = _blank()
            self.nlp.vocab, self.nlp.tokenizer = fresh.vocab, fresh.tokenizer


def _led_back(doc: Doc, views: Sequence[View], what: str) -> list[Any]:
    """The claims of a document or what it rejected, as they stand in the text that was given."""
    found = list(getattr(doc._, what))
    for view in reversed(views):
        found = [view.as_written(each) for each in found]
    return found


def load(*, parser: str | None = None) -> Extractor:
    """An extractor with Tally's own English tokenizer and parser.

    ``parser`` names an installed spaCy pipeline (or the folder of one) to be used in their place; it must have a tagger
    and a parser, best with the relations of Universal Dependencies. Raises OSError when there is none of that name.
    """
    if parser is None:
        nlp = _blank()
    else:
        nlp = spacy.load(parser, exclude=["ner", "entity_ruler", "entity_linker"])
        nlp.tokenizer = BoundedTokenizer(nlp.tokenizer, nlp.vocab)
        nlp.add_pipe("tally_sentences", first=True)
    nlp.max_length = _MAX_CHARACTERS
    nlp.add_pipe("tally", config={"parse": parser is None})
    return Extractor(nlp, bounded=parser is None)


def _blank() -> Language:
    """spaCy's English with Tally's tokenizer and no components."""
    nlp = spacy.blank("en")
    fit_tokenizer(nlp)
    return nlp
