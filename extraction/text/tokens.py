"""Fits spaCy's English tokenizer to amounts, and keeps it linear on text that runs on without a space.

spaCy leaves "NZ$5", "2.5bn", "5pc", "$1.2b-$1.5b" and "5%-10%" in one piece. Here a currency mark, a number, a
magnitude and a unit are tokens of their own; the marks and the letters that count as such come from the word lists.

The tokenizer peels one affix at a time off each stretch of text between spaces and copies the rest, which takes time
quadratic in the stretch: a hundred thousand commas in a row would never end. Nobody writes words of that length, so
longer stretches are cut before they reach it.
"""

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex
from spacy.vocab import Vocab

from extraction.text.money_signs import SIGNS
from extraction.text.words import word_data

_LONGEST_STRETCH = 100
_MOST_CUTS = 20_000
# One space behind a stretch belongs to its last token; further white space is a token, as spaCy has it.
_STRETCH = re.compile(r"(\S+)( ?)|\s+")

# "1990s", "1st" and "2nd" are one word each.
_NO_UNITS = frozenset("s S H st ST nd ND rd RD th TH".split())
# "!!!", "***", "=====": the treebanks have one token for the run.
_RUN = r"([=_*!?<>~#])\1+"
_DASHES = "[-‐‑–—~]"


def fit_tokenizer(nlp: Language) -> None:
    """Gives the blank English pipeline ``nlp`` the tokenizer that Tally's parser was trained with."""
    own: Any = nlp.tokenizer  # spaCy's stub knows it as a function alone, and has none of its class
    defaults = nlp.Defaults
    marks, letters = _currency_marks(), _glued_letters()
    prefixes = compile_prefix_regex([rf"(?:{marks})(?=\d)", _RUN, *(defaults.prefixes or ())])
    suffixes = compile_suffix_regex([*(defaults.suffixes or ()), _RUN])
    infixes = compile_infix_regex(
        [
            *(defaults.infixes or ()),
            rf"(?<=\d)(?=(?:{letters})(?![^\W\d_]))",
            r"(?<=\d)(?=[%¢°])",
            rf"(?<=[\d%¢]){_DASHES}(?=\d)",
            rf"(?<=\d[bkm]){_DASHES}(?=\d)",
            rf"(?<=\d[bmt]n){_DASHES}(?=\d)",
            rf"(?<=[\w%¢]){_DASHES}(?=(?:{marks})\d)",
            rf"(?<={_DASHES})(?=(?:{marks})\d)",
            rf"(?<=[{SIGNS}])(?=\d)",
        ]
    )
    # A tokenizer that is changed reads its special cases again, a thousand of them, with each change.
    tokenizer = type(own)(
        nlp.vocab,
        rules=own.rules,
        prefix_search=prefixes.search,
        suffix_search=suffixes.search,
        infix_finditer=infixes.finditer,
        token_match=own.token_match,
        url_match=own.url_match,
    )
    nlp.tokenizer = BoundedTokenizer(tokenizer, nlp.vocab)


@cache
def _currency_marks() -> str:
    """Matches the marks that touch the number behind them: "$", "NZ$", "$US", "EUR", "Rs."."""
    table = word_data("currencies")
    return _any_of({mark for row in (*table["currency"], *table["sign"]) for mark in row.get("before", ())})


@cache
def _glued_letters() -> str:
    """Matches the magnitudes and units that touch the number before them: "bn", "m", "pc", "km/h", "kWh", "p"."""
    letters = set(word_data("numerals")["abbreviations"])
    for quantity in word_data("units")["quantity"]:
        for unit in quantity["units"]:
            letters.update(
                (*unit.get("surfaces", ()), *unit.get("exact", ()), *(g["text"] for g in unit.get("guarded", ())))
            )
    table = word_data("currencies")
    for row in (*table["currency"], *table["sign"]):
        letters.update((*row.get("after", ()), *row.get("minor_words", ())))
    forms = {form for each in letters for form in (each, each.upper())} - _NO_UNITS
    return _any_of({form for form in forms if re.fullmatch(r"[^\W\d_]{1,5}[²³23]?", form)})


def _any_of(words: set[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


# The tokens of a stretch, and whether a space follows each where one follows the stretch.
_Cut = tuple[tuple[str, ...], tuple[bool, ...]]


class BoundedTokenizer:
    """A spaCy tokenizer that remembers how it cut each stretch between spaces, and sees no long ones whole.

    The text is kept as it is.
    """

    def __init__(self, tokenizer: Callable[[str], Doc], vocab: Vocab) -> None:
        self._tokenizer = tokenizer
        self._vocab = vocab
        self._cuts: dict[str, _Cut] = {}

    def __call__(self, text: str) -> Doc:
        words: list[str] = []
        spaces: list[bool] = []
        stretches = text.split(" ")
        if stretches == text.split():  # single spaces and no other white space, as in most sentences
            for stretch in stretches:
                cut, spaced = self._cuts.get(stretch) or self._cut(stretch)
                words += cut
                spaces += spaced
            spaces[-1] = False
            return Doc(self._vocab, words=words, spaces=spaces)
        for match in _STRETCH.finditer(text):
            stretch, space = match.groups()
            if stretch is None:
                words.append(match.group())
                spaces.append(False)
                continue
            cut, spaced = self._cuts.get(stretch) or self._cut(stretch)
            words += cut
            spaces += spaced
            spaces[-1] = bool(space)
        return Doc(self._vocab, words=words, spaces=spaces)

    def _cut(self, stretch: str) -> _Cut:
        pieces = range(0, len(stretch), _LONGEST_STRETCH)
        words = tuple(token.text for at in pieces for token in self._tokenizer(stretch[at : at + _LONGEST_STRETCH]))
        cut = words, (*[False] * (len(words) - 1), True)
        if len(stretch) <= _LONGEST_STRETCH:
            if len(self._cuts) == _MOST_CUTS:
                self._cuts.clear()
            self._cuts[stretch] = cut
        return cut
