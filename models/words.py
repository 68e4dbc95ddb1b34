"""The words of a text for full text search, the same on every database.

PostgreSQL and SQLite each have a parser of their own and disagree about numbers, hyphens, accents and plurals. So Tally
splits the text itself and stores words between spaces; the databases only index what stands between the spaces.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

# PostgreSQL takes words of at most 2,046 bytes, and a text may hold one of a million characters.
_LONGEST_WORD = 200
# The words of one claim, in characters: its index entry has an upper limit, and a text may be one long sentence.
_MOST_CHARACTERS = 20_000
# Parts of a claim are kept apart, so that no phrase reaches from one into the next. No word looks like this.
_BOUNDARY = "|"
_MOST_TERMS = 20
# A text repeats its words, but one may have a million characters; longer ones are not remembered.
_REMEMBERED_LENGTH = 30

# A number with what adjoins it ("1,200", "4.2", "8m"); letters with points ("U.S."); a word, also with apostrophes.
_WORD = re.compile(
    r"\d+(?:,\d{3})*(?:\.\d+)*[^\W_]*"
    r"|(?<![^\W_])[^\W\d_](?:\.[^\W\d_])+(?![^\W_])(?:['’]s)?"
    r"|[^\W_]+(?:['’][^\W_]+)*"
)
_POSSESSIVE = re.compile(r"['’]s$")
_TERM = re.compile(r'"([^"]*)"?|([^\s"]+)')
# Words that only look like a plural.
_NO_PLURALS = frozenset({"news", "series", "species", "always", "perhaps"})


@dataclass(frozen=True, slots=True)
class Term:
    """What a search asks for: words in this order; `prefix` when the last may go on."""

    words: tuple[str, ...]
    prefix: bool


def fold(text: str) -> str:
    """Text for comparison: compatible forms made one, case folded, runs of white space made one space."""
    return " ".join(_folded_pieces(text))


def words(text: str) -> list[str]:
    """The words of a text: case folded, without punctuation, in the singular.

    A thousands separator and an apostrophe are left out (`1,200` is `1200`), so are a possessive `'s` and points
    between single letters (`U.S.` is `us`). Hyphens separate words.
    """
    return _spaced_words(text).split()


def part_words(part: str) -> str:
    """The words of one part of a claim between spaces; what comes after 20,000 characters is left out."""
    return _spaced_words(part[:_MOST_CHARACTERS])


def searchable(parts: Iterable[str | None], known_words: Callable[[str], str] = part_words) -> str:
    """What is stored for a claim: the words of each part, the parts kept apart; cut off after 20,000 characters.

    There is one space between two words and none at the ends: PostgreSQL takes no empty word. ``known_words`` is
    `part_words`, or the same with a memory for parts that come again.
    """
    found = [known_words(part) for part in parts if part]
    text = f" {_BOUNDARY} ".join(filter(None, found))
    return text if len(text) <= _MOST_CHARACTERS else text[:_MOST_CHARACTERS].rpartition(" ")[0]


def parse_search(text: str) -> list[Term]:
    """The terms of a search, at most 20: words, phrases in quotation marks, and beginnings of words as in `invest*`.

    A word that holds punctuation (`co-operate`) is a phrase of its parts. Terms without a letter or digit are left out.
    """
    found: list[Term] = []
    for phrase, word in _TERM.findall(unicodedata.normalize("NFKC", text).replace("“", '"').replace("”", '"')):
        given = phrase or word
        if given.endswith("*") and (parts := [_plain(part) for part in _WORD.findall(fold(given))]):
            found.append(Term((*map(_singular, parts[:-1]), parts[-1]), prefix=True))
        elif parts := words(given):
            found.append(Term(tuple(parts), prefix=False))
    return found[:_MOST_TERMS]


def _folded_pieces(text: str) -> list[str]:
    return unicodedata.normalize("NFKC", text).casefold().split()


def _spaced_words(text: str) -> str:
    found = [
        _known_piece(piece) if len(piece) <= _REMEMBERED_LENGTH else _piece_words(piece)
        for piece in _folded_pieces(text)
    ]
    return " ".join(filter(None, found))


def _piece_words(piece: str) -> str:
    """The words between two spaces of a folded text; none reaches beyond."""
    return " ".join(_singular(_plain(found)) for found in _WORD.findall(piece))


_known_piece = lru_cache(maxsize=20_000)(_piece_words)


def _plain(word: str) -> str:
    bare = _POSSESSIVE.sub("", word)
    if bare[0].isdigit():
        return bare.replace(",", "")[:_LONGEST_WORD]
    return bare.replace("'", "").replace("’", "").replace(".", "")[:_LONGEST_WORD]


def _singular(word: str) -> str:
    """A word without the ending of an English plural (the S-stemmer of Harman, 1991)."""
    if len(word) < 4 or word in _NO_PLURALS or not word.endswith("s"):
        return word
    if word.endswith("ies"):
        return word if word.endswith(("eies", "aies")) else f"{word[:-3]}y"
    if word.endswith("es"):
        return word if word.endswith(("aes", "ees", "oes")) else word[:-1]
    return word if word.endswith(("us", "ss")) else word[:-1]
