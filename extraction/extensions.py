"""The attributes that Tally adds to a spaCy ``Doc``; nothing else sets extensions.

``doc._.claims``          the claims, as a tuple of ``Claim``
``doc._.rejected``        the numbers that are no claims, with the reason, as a tuple of ``Rejected``
``doc._.on_progress``     called with (sentences read, sentences in all) while the claims of a long text are found
``doc._.source_article``  what is known of the article beside its text (``SourceArticle``); set it before the pipeline
                          runs to have currencies and relative times resolved by it

All but ``on_progress`` are written with the document. They are kept as they are; a document that was read from bytes
holds plain data, of which the objects are made when somebody first asks for them.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from spacy.tokens import Doc

from extraction import serialize
from extraction.claims import SourceArticle

_PROGRESS = "on_progress"
_MADE_FROM = "made_from"


def register() -> None:
    """Sets the extensions, once for the process, and has spaCy write what they hold."""
    serialize.register()
    for name, default in (("claims", ()), ("rejected", ()), ("source_article", None)):
        if not Doc.has_extension(name):
            Doc.set_extension(name, getter=partial(_get, name=name, default=default), setter=partial(_set, name=name))
    if not Doc.has_extension(_PROGRESS):
        Doc.set_extension(_PROGRESS, getter=_get_progress, setter=_set_progress)


def _get(doc: Doc, *, name: str, default: Any) -> Any:
    kept = _kept(doc)
    value = kept.get(_key(name), default)
    if isinstance(value, dict) or (value and isinstance(value, tuple | list) and isinstance(value[0], dict)):
        value = kept[_key(name)] = serialize.as_objects(value)
    return value


def _set(doc: Doc, value: Any, *, name: str) -> None:
    _kept(doc)[_key(name)] = value


def _kept(doc: Doc) -> dict[Any, Any]:
    # spaCy's types say that keys are strings, and its own are tuples.
    return doc.user_data


def _key(name: str) -> tuple[str, str, None, None]:
    """spaCy's own key for an attribute of a whole document."""
    return "._.", name, None, None


def _get_progress(doc: Doc) -> Callable[[int, int], None] | None:
    kept = _kept(doc).get(_key(_PROGRESS))
    return kept.value if isinstance(kept, serialize.Unwritten) else None


def _set_progress(doc: Doc, report: Callable[[int, int], None] | None) -> None:
    _kept(doc)[_key(_PROGRESS)] = None if report is None else serialize.Unwritten(report)


def note_made_from(doc: Doc, article: SourceArticle) -> None:
    """Notes that ``doc`` was just made of the text of ``article``, so that nobody needs to compare the two."""
    _kept(doc)[_key(_MADE_FROM)] = serialize.Unwritten(article)


def is_made_from(doc: Doc, article: SourceArticle) -> bool:
    """Whether ``doc`` is known to hold the text of ``article``, and not only to be about it."""
    kept = _kept(doc).get(_key(_MADE_FROM))
    return isinstance(kept, serialize.Unwritten) and kept.value is article
