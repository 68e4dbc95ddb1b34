"""The attributes that Tally adds to a spaCy ``Doc``; nothing else sets extensions.

``doc._.claims``          the claims, as a tuple of ``Claim``
``doc._.rejected``        the numbers that are no claims, with the reason, as a tuple of ``Rejected``
``doc._.on_progress``     called with (sentences read, sentences in all) while the claims of a long text are found
``doc._.source_article``  what is known of the article beside its text (``SourceArticle``); set it before the pipeline
                          runs to have currencies and relative times resolved by it
"""

from spacy.tokens import Doc


def register() -> None:
    """Sets the extensions, once for the process."""
    for name, default in (("claims", ()), ("rejected", ()), ("source_article", None), ("on_progress", None)):
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=default)
