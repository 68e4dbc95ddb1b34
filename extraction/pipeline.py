"""Builds the pipeline and runs articles through it."""

from collections.abc import Iterable, Iterator
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from extraction.amounts.locate import Rejected
from extraction.casing import lowered
from extraction.claims import Claim, SourceArticle
from extraction.readings import Progress
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
        if self._bounded and len(self.nlp.vocab.strings) > _MOST_WORDS:
            self._forget_words()
        doc = self.nlp.make_doc(lowered(article.text))
        noted = doc._
        noted.source_article, noted.on_progress = article, on_progress
        return doc

    def _forget_words(self) -> None:
        # Components that somebody added may hold on to the vocabulary that they were made with.
        if self.nlp.pipe_names == ["tally"]:
            fresh = _blank()
            self.nlp.vocab, self.nlp.tokenizer = fresh.vocab, fresh.tokenizer


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
