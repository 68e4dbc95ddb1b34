"""Builds the pipeline and runs articles through it."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import spacy
from spacy.language import Language

from extraction.claims import Claim, SourceArticle
from extraction.locate import Rejected
from extraction.tokens import BoundedTokenizer

# spaCy's own limit guards the memory of neural components; this pipeline has none.
_MAX_CHARACTERS = 100_000_000

Progress = Callable[[int, int], None]


class Extractor:
    """Finds the numeric claims of articles. Build one with ``load`` and use it for as many articles as there are."""

    def __init__(self, nlp: Language) -> None:
        self.nlp = nlp

    def extract(self, article: SourceArticle, *, on_progress: Progress | None = None) -> list[Claim]:
        """The article's claims in text order. ``on_progress`` gets (sentences read, sentences in all)."""
        return list(self._run(article, on_progress)._.claims)

    def extract_many(
        self, articles: Iterable[SourceArticle], *, on_progress: Progress | None = None
    ) -> Iterator[list[Claim]]:
        """The claims of each article, in the order of the articles, one article in memory at a time."""
        for article in articles:
            yield self.extract(article, on_progress=on_progress)

    def explain(self, article: SourceArticle) -> list[Rejected]:
        """The numbers of the article that are no claims, each with its reason."""
        return list(self._run(article, None)._.rejected)

    def _run(self, article: SourceArticle, on_progress: Progress | None) -> Any:
        doc = self.nlp.make_doc(article.text)
        doc._.source_article = article
        doc._.on_progress = on_progress
        return self.nlp(doc)


def load() -> Extractor:
    """An extractor over spaCy's English tokenizer and the ``tally`` component."""
    nlp = spacy.blank("en")
    nlp.max_length = _MAX_CHARACTERS
    nlp.tokenizer = BoundedTokenizer(nlp.tokenizer, nlp.vocab)
    nlp.add_pipe("tally")
    return Extractor(nlp)
