"""Tells by its neighbours that "a third" or "half" is a share: ranges of fractions, changes by a fraction, half alone.

The half of a century may be fifty runs.
"""

import itertools
from collections.abc import Sequence

from extraction.text.change_words import change_words
from extraction.text.lexemes import Lexeme, LexemeType, at
from extraction.text.nouns import is_plural, nouns
from extraction.text.numeral import vocabulary
from extraction.text.shades import FILLERS
from extraction.text.surfaces import HYPHENS
from extraction.text.words import word_set


def opens_range_of_shares(lexemes: Sequence[Lexeme], i: int, end: int) -> bool:
    """Whether the fraction at ``i:end`` opens a range: "between a quarter and a third of", "half to two-thirds of"."""
    joint = at(lexemes, end)
    if joint == "and":
        k = i - 1
        while k > 0 and i - k < 3 and lexemes[k].lower in FILLERS:
            k -= 1
        if at(lexemes, k) != "between":
            return False
    elif joint not in ("to", "or"):
        return False
    k = end + 1
    if at(lexemes, k) in ("a", "an") or at(lexemes, k) in vocabulary()["cardinals"]:
        k += 1
    if at(lexemes, k) == "-":
        k += 1
    of_unit = at(lexemes, k + 1) == "of" and at(lexemes, k + 2) in (
        "a",
        "an",
    )  # "half to three-quarters of an inch"
    return at(lexemes, k) in vocabulary()["fractions"] and _ends_share(lexemes, k + 1) and not of_unit


def closes_range_of_shares(lexemes: Sequence[Lexeme], i: int) -> bool:
    """Whether the fraction at lexeme ``i`` stands behind another: "a half" of "a third to a half of the crew"."""
    return at(lexemes, i - 1) in ("to", "and", "or") and at(lexemes, i - 2) in vocabulary()["fractions"]


def is_step_of_share(lexemes: Sequence[Lexeme], i: int, end: int) -> bool:
    """Whether the fraction ``i:end`` is behind a noun of change: "a rise of a third in profits", "a cut of a fifth"."""
    moved = at(lexemes, i - 1) in ("of", "by") and at(lexemes, i - 2) in change_words().nouns
    return moved and _ends_share(lexemes, end)


def is_earlier_share(lexemes: Sequence[Lexeme], i: int, end: int) -> bool:
    """Whether the fraction at ``i:end`` is one that the share before is held against: "voted, up from a fifth",
    "compared with a quarter last year".

    "up from a third division" names a thing.
    """
    before = (at(lexemes, i - 2), at(lexemes, i - 1))
    compared = before[1] == "from" and before[0] in ("up", "down")
    compared = compared or (before[1] in ("with", "to") and before[0] in ("compared", "comparison"))
    timed = at(lexemes, end) in ("last", "this") and at(lexemes, end + 1) in word_set("times", "periods")
    dated = at(lexemes, end) == "a" and at(lexemes, end + 2) in ("earlier", "ago", "before")
    return compared and (timed or dated or (_ends_share(lexemes, end) and at(lexemes, end) != "a"))


def is_rest_of_whole(lexemes: Sequence[Lexeme], i: int) -> bool:
    """Whether the fraction is what the share before it leaves: "Two-thirds comes from Ottawa and the other third from
    the province".

    Not in "lost the first half and won the other half", "beat the other third-placed team".
    """
    led = at(lexemes, i - 1) in ("other", "remaining") and at(lexemes, i - 2) == "the"
    if not led or not (at(lexemes, i + 1).isalpha() or at(lexemes, i + 1) in ("", ",", ".", ";")):
        return False
    share = _COMPLEMENTS.get(lexemes[i].lower)
    for k in range(i - 3, max(-1, i - _REST_REACH), -1):
        if lexemes[k].type is LexemeType.BREAK or lexemes[k].text in ".?!":
            return False
        if lexemes[k].lower == share:
            whole = at(lexemes, k + 1) == "of" or (share == "half" and at(lexemes, k + 1) in _WHOLES)
            return (whole or at(lexemes, k - 1) == "-") and at(lexemes, k - 1) not in _PERIODS_OF_PLAY
    return False


_COMPLEMENTS = {"third": "thirds", "quarter": "quarters", "half": "half"}
_WHOLES = ("the", "its", "their", "his", "her", "our")
_PERIODS_OF_PLAY = word_set("amounts", "periods_of_play")
_REST_REACH = 24  # lexemes


def _ends_share(lexemes: Sequence[Lexeme], end: int) -> bool:
    """Whether no noun follows that a third one could be: "of", "in", a verb or nothing."""
    if end >= len(lexemes) or lexemes[end].type is not LexemeType.WORD:
        return end >= len(lexemes) or lexemes[end].text != "-"
    return lexemes[end].lower in word_set("amounts", "share_followers") or lexemes[end].lower in nouns()["stops"]


_TAKING = word_set("amounts", "verbs_with_half")
_BEHIND = word_set("amounts", "behind_half")
_JOINED = word_set("amounts", "joined_to_half")
_SHADES = word_set("amounts", "shades_of_half")
_ENDS = frozenset((",", ".", ";", "!", "?", ")", "”", '"', "—", ""))


def is_half_alone(lexemes: Sequence[Lexeme], i: int) -> bool:
    """Whether the "half" at ``i`` is all that a verb has, or is shaded in front of its verb or noun."""
    before, behind = at(lexemes, i - 1), at(lexemes, i + 1)
    if before in _TAKING:
        return behind in _BEHIND or behind in _ENDS or lexemes[i + 1].type is LexemeType.BREAK
    shaded = before in _SHADES or (before == "to" and at(lexemes, i - 2) == "close")
    return shaded and behind not in _JOINED and (behind[:1].isalpha() or behind in _ENDS)


def is_of_runs(lexemes: Sequence[Lexeme], i: int) -> bool:
    """Whether a half-century is of runs, not years: "completing a half-century", "made an unbeaten half-century"."""
    century = next((k for k in range(i, min(i + 4, len(lexemes))) if lexemes[k].lower == "century"), i)
    hyphened = any(lexeme.text in HYPHENS for lexeme in lexemes[i:century])
    if at(lexemes, century + 1) in _OF_TIME or not hyphened:
        return False  # "was made half a century ago", "a half-century of profits"
    return any(lexeme.lower in _SCORING for lexeme in lexemes[max(0, i - 3) : i])


_SCORING = word_set("exclusions", "scoring_runs")
_OF_TIME = frozenset(("ago", "of", "later", "earlier", "before", "old"))


_SHARE_WORDS = word_set("cues", "share_words")
_SHARES_REACH = 40  # tokens
_SHARE_OPENERS = word_set("amounts", "share_openers")
_SHARE_VERBS = word_set("amounts", "share_verbs", "plural_share_verbs") | word_set(
    "grammar", "be", "have", "do", "modals"
)
_MOVED_WHEN = word_set("amounts", "moved_when")
_STAKES = word_set("amounts", "stakes")
_ROUGHLY = word_set("amounts", "rough_shares")


def is_share(lexemes: Sequence[Lexeme], i: int, end: int) -> bool:
    """Whether "a third" / "a quarter" is a share and no ordinal or coin: "of" or a comparison follows, or nothing."""
    following = at(lexemes, end)
    if (
        following in word_set("amounts", "share_followers")
        or paid_at_once(lexemes, end)
        or (opens_clause_as_share(lexemes, i, end) and _shares_before(lexemes, i))
    ):
        return True
    if following in word_set("amounts", "plural_share_verbs") and opens_clause_as_share(lexemes, i, end):
        return True  # "A third die within a year"; one of an order "dies"
    if opens_range_of_shares(lexemes, i, end) or is_step_of_share(lexemes, i, end) or is_earlier_share(lexemes, i, end):
        return True
    if at(lexemes, i - 1) in _ROUGHLY and following in _SHARE_VERBS:
        return True  # "barely a tenth has been spent"; "a third has been caught" is one more
    before = leader_of_share(lexemes, i)
    moved = before in change_words().verbs and at(lexemes, end + 1) != "quarter"  # "rose a quarter on quarter"
    if moved and (not following.isalpha() or following in _MOVED_WHEN):
        return True  # "Copper has gained a quarter this year"
    timed = following in ("last", "next") and at(lexemes, end + 1) in word_set("times", "periods")
    if before == "by" and timed:
        return True  # "fell by a third last month"
    cued = before == "by" or at(lexemes, i - 1) in _SHARE_CUES or is_of_which(lexemes, i)
    return cued and (not following or following in nouns()["stops"] or not following[0].isalpha())


def is_half(lexemes: Sequence[Lexeme], i: int, end: int) -> bool:
    """Whether "a half" at ``i:end`` is a share: "dropped by a half in ten years", "A$320 million for a half share"."""
    if at(lexemes, end) in _STAKES or closes_range_of_shares(lexemes, i) or opens_range_of_shares(lexemes, i, end):
        return True
    return (leader_of_share(lexemes, i) == "by" or is_step_of_share(lexemes, i, end)) and is_share(lexemes, i, end)


def leader_of_share(lexemes: Sequence[Lexeme], i: int) -> str:
    """The "by" or the verb of change in front of what shades a share, else the word in front of it.

    As in "up by just a third", "fell by not quite half", "trimmed by as much as a tenth", "sank fully a fifth".
    """
    k = i - 1
    while k > 0 and i - k <= _LONGEST_SHADE and lexemes[k].lower in _SHARE_SHADES:
        k -= 1
    leader = at(lexemes, k)
    return leader if leader == "by" or leader in change_words().verbs else at(lexemes, i - 1)


_LONGEST_SHADE = 4  # lexemes
_SHARE_CUES = word_set("amounts", "share_cues")
_SHARE_SHADES = word_set("amounts", "share_shades")


def _shares_before(lexemes: Sequence[Lexeme], i: int) -> bool:
    """Whether a share stands before "a third", without which it is a third person: "Half said yes, a third said no"."""
    of_which = at(lexemes, i - 1) in ("which", "whom") and at(lexemes, i - 2) == "of"
    return of_which or any(lexeme.lower in _SHARE_WORDS for lexeme in lexemes[max(0, i - _SHARES_REACH) : i])


def paid_at_once(lexemes: Sequence[Lexeme], k: int) -> bool:
    """Whether a share is paid "up front" at lexeme ``k``: "paid half up front", "a third upfront"."""
    return at(lexemes, k) in ("upfront", "up-front") or (at(lexemes, k) == "up" and at(lexemes, k + 1) == "front")


def is_of_which(lexemes: Sequence[Lexeme], i: int) -> bool:
    """Whether "of which" or "of whom" leads to a share: "needs $2 million, of which the council has promised half"."""
    words = [lexeme.lower for lexeme in lexemes[max(0, i - _LONGEST_PROMISE) : i]]
    return any(word == "of" and pronoun in ("which", "whom") for word, pronoun in itertools.pairwise(words))


_LONGEST_PROMISE = 12  # lexemes


def opens_headline_as_share(lexemes: Sequence[Lexeme], i: int) -> bool:
    """Whether "third" opens a headline as a share, with a plural behind "of": "Third of GPs plan to quit", but not
    "Third of three attacks"."""
    opens = i == 0 or lexemes[i - 1].type is LexemeType.BREAK
    if not opens or at(lexemes, i + 1) != "of" or i + 2 >= len(lexemes):
        return False
    noun = lexemes[i + 2]
    return noun.type is LexemeType.WORD and is_plural(noun.text) and noun.lower not in nouns()["stops"]


def opens_clause_as_share(lexemes: Sequence[Lexeme], i: int, end: int) -> bool:
    """Whether a share is the subject of the verb behind it: "of which half will be paid", "Half said no"."""
    before = at(lexemes, i - 1)
    opens = before in _SHARE_OPENERS or i == 0 or lexemes[i - 1].type is LexemeType.BREAK
    return (opens or lexemes[i - 1].text in '"“') and at(lexemes, end) in _SHARE_VERBS
