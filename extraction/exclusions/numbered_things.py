"""Things that bear a number: highways, posts of roads, counts of a charge, releases of software, forces of wind."""

from collections.abc import Sequence

from extraction.text.lexemes import Lexeme, LexemeType, lexeme_at
from extraction.text.nouns import counts_following
from extraction.text.numeral import Numeral
from extraction.text.words import word_set

_LONGEST_LIST = 12  # lexemes behind the number, so that the time stays linear


def is_charge(lexemes: Sequence[Lexeme], numeral: Numeral) -> bool:
    """Whether the number behind "counts" is that of a charge:
    "guilty to counts 1, 3 and 5", "Count one: theft"; not in "on all counts 30 jurors agreed"."""
    led = lexeme_at(lexemes, numeral.start - 2)
    opens = led is None or led.type is not LexemeType.WORD or led.lower in word_set("exclusions", "before_charges")
    return opens and not counts_following(lexemes, numeral.end)


def is_post(lexemes: Sequence[Lexeme], numeral: Numeral) -> bool:
    """Whether the number behind "km" says where on a road:
    "cut at km 47", "between kilometre 12 and kilometre 15"; not in "limits in km 47 drivers"."""
    led = lexeme_at(lexemes, numeral.start - 2)
    placed = led is not None and led.lower in word_set("exclusions", "before_posts")
    return placed and not counts_following(lexemes, numeral.end)


def is_highway(lexemes: Sequence[Lexeme], numeral: Numeral) -> bool:
    """Whether the number names a highway, with no more than three digits that count nothing:
    "stopped on U.S. 62", "Interstate 95 and US 1"."""
    k = numeral.start - 1
    if lexemes[k].text not in _OF_STATES:
        return False
    named = "".join(lexeme.text for lexeme in lexemes[max(0, k - 3) : k + 1])
    first = k - 3 if named.endswith("U.S.") else k
    led = lexeme_at(lexemes, first - 1) if named.endswith(("U.S.", "US")) else None
    if led is None or len(lexemes[numeral.start].text) > _LONGEST_HIGHWAY or numeral.value is None or numeral.value < 1:
        return False
    after = lexeme_at(lexemes, numeral.end)
    if after is not None and (after.text in _NO_ROUTE or counts_following(lexemes, numeral.end)):
        return False
    return led.lower in word_set("exclusions", "before_highways")


_OF_STATES = frozenset((".", "US"))  # the last lexeme of "U.S." and "US"
_LONGEST_HIGHWAY = 3  # digits
_NO_ROUTE = ("-", "–", "‑", "%")


def names_release(lexemes: Sequence[Lexeme], numeral: Numeral) -> bool:
    """Whether the number is that of a release of software:
    "the 2.0 release", "the 1.1, 1.5 and 2.0 versions"; not in "2.5 releases a month"."""
    if "." not in lexemes[numeral.start].text:
        return False
    for k in range(numeral.end, min(len(lexemes), numeral.end + _LONGEST_LIST)):
        if lexemes[k].lower in _RELEASES:
            return k + 1 >= len(lexemes) or lexemes[k + 1].lower not in ("a", "per", "each", "every")
        if not (lexemes[k].is_number or lexemes[k].lower in ("and", "or", ",")):
            return False
    return False


_RELEASES = word_set("exclusions", "releases")


def on_beaufort_scale(lexemes: Sequence[Lexeme], numeral: Numeral) -> bool:
    """Whether it is a force of the wind: "gale force nine", "force 8 to 10 winds"; not in "a work force 200 strong"."""
    k, last = numeral.start - 1, numeral.end
    if lexemes[k].lower in ("to", "or", "-") and k > 1 and lexemes[k - 2].lower == "force":
        k -= 2
    elif lexemes[k].lower == "force" and last + 1 < len(lexemes) and lexemes[last].lower in ("to", "or", "-"):
        last += 2
    if lexemes[k].lower != "force" or k < 1 or numeral.value is None or numeral.value > _STRONGEST:
        return False
    beside = {lexemes[k - 1].lower, *(lexeme.lower for lexeme in lexemes[last : last + 1])}
    return not word_set("exclusions", "words_of_wind").isdisjoint(beside)


_STRONGEST = 12  # of the Beaufort scale
