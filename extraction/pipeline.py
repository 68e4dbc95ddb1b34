"""Builds the pipeline and runs articles through it."""

from collections.abc import Iterable, Iterator
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from extraction.claims import Claim, SourceArticle
from extraction.locate import Rejected
from extraction.readings import Progress
from extraction.tokens import BoundedTokenizer, fit_tokenizer

# spaCy's own limit guards the memory of neural components; this pipeline has none.
_MAX_CHARACTERS = 100_000_000

# Short articles fill the parser's batches only when many are read together.
_BATCH_ARTICLES = 192


class Extractor:
    """Finds the numeric claims of articles. Build one with ``load`` and use it for as many articles as there are."""

    def __init__(self, nlp: Language) -> None:
        self.nlp = nlp

    def extract(self, article: SourceArticle, *, on_progress: Progress | None = None) -> list[Claim]:
        """The article's claims in text order.

        ``on_progress`` gets (sentences read, sentences in all), and once when both are the same.
        """
        return list(self._run(article, on_progress)._.claims)

    def extract_many(
        self, articles: Iterable[SourceArticle], *, on_progress: Progress | None = None
    ) -> Iterator[list[Claim]]:
        """The claims of each article, in the order of the articles.

        Sentences of many articles are parsed together, which is faster than one article at a time. Of a long stream
        only a bounded number of articles is in memory. ``on_progress`` is told of one article after the other.
        """
        docs = (self._doc(article, on_progress) for article in articles)
        for doc in self.nlp.pipe(docs, batch_size=_BATCH_ARTICLES):
            yield list(doc._.claims)

    def explain(self, article: SourceArticle) -> list[Rejected]:
        """The numbers of the article that are no claims, each with its reason."""
        return list(self._run(article, None)._.rejected)

    def _run(self, article: SourceArticle, on_progress: Progress | None) -> Any:
        return self.nlp(self._doc(article, on_progress))

    def _doc(self, article: SourceArticle, on_progress: Progress | None) -> Doc:
        doc = self.nlp.make_doc(article.text)
        noted = doc._
        noted.source_article, noted.on_progress = article, on_progress
        return doc


def load(*, parser: str | None = None) -> Extractor:
    """An extractor with Tally's own English tokenizer and parser.

    ``parser`` names an installed spaCy pipeline (or the folder of one) to be used in their place; it must have a tagger
    and a parser, best with the relations of Universal Dependencies. Raises OSError when there is none of that name.
    """
    nlp = spacy.blank("en") if parser is None else spacy.load(parser, exclude=["ner", "entity_ruler", "entity_linker"])
    nlp.max_length = _MAX_CHARACTERS
    if parser is None:
        fit_tokenizer(nlp)
    else:
        nlp.tokenizer = BoundedTokenizer(nlp.tokenizer, nlp.vocab)
        nlp.add_pipe("tally_sentences", first=True)
    nlp.add_pipe("tally", config={"parse": parser is None})
    return Extractor(nlp)
