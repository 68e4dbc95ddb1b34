"""Things whose name begins with a number: "four 3-pointers", "two 18-wheelers"."""

from collections.abc import Sequence

from extraction.text.lexemes import Lexeme
from extraction.text.nouns import is_plural, singular
from extraction.text.surfaces import HYPHENS

_LONGEST_NUMBER = 2  # digits: "three 45,000-seaters" tell of seats


def numbered_thing(lexemes: Sequence[Lexeme], k: int) -> str | None:
    """The singular of the plural at lexemes ``k:k + 3`` whose name begins with a number, or None."""
    if k + 2 >= len(lexemes) or not lexemes[k].text.isdecimal() or len(lexemes[k].text) > _LONGEST_NUMBER:
        return None
    hyphen, noun = lexemes[k + 1], lexemes[k + 2]
    tied = hyphen.text in HYPHENS and hyphen.glued and noun.glued and noun.text.isalpha() and noun.text.islower()
    longer = k + 3 < len(lexemes) and lexemes[k + 3].glued and lexemes[k + 3].text in HYPHENS
    return f"{lexemes[k].text}-{singular(noun.text)}" if tied and is_plural(noun.text) and not longer else None
