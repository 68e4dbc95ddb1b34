"""Finds where what is put in behind a name begins: "Jane Doe, 78, of Leeds, said", "Acme (the builder) said"."""

from extraction.lexemes import Lexeme, LexemeType

_REACH = 48
_MOST_INSERTIONS = 3


def before_insertions(words: list[Lexeme], opening: int, lowest: int) -> int:
    """As in "Jane Doe, 78, of Leeds, who was there, said": the comma in front of an age and of a place."""
    for _ in range(_MOST_INSERTIONS):
        before = parenthesis_start(words, opening, lowest) if words[opening].text == "," else None
        if before is None:
            break
        aged = opening - before == 2 and words[before + 1].type is LexemeType.NUMBER
        if not aged and words[before + 1].lower not in {"of", "from"}:
            break
        opening = before
    return opening


def parenthesis_start(words: list[Lexeme], closing: int, lowest: int) -> int | None:
    """The mark that opens the parenthesis whose closing mark stands at ``closing``."""
    mark = {")": "("}.get(words[closing].text, words[closing].text)
    for at in range(closing - 1, max(lowest, closing - _REACH) - 1, -1):
        if words[at].text == mark:
            return at
        if words[at].type is LexemeType.BREAK or words[at].text in {";", ":", '"'}:
            return None
    return None
