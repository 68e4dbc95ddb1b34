"""What the numbers of games count: "finished with 18 as the Lakers won", "Tate 8-15 7-8 27", "Rebounds—Duke 29"."""

from collections.abc import Mapping, Sequence

from extraction.amounts.closing import closes
from extraction.amounts.listed_units import ITEM
from extraction.claims import COUNTS, Kind
from extraction.quantity.amount import Amount
from extraction.quantity.group import Group
from extraction.text.lexemes import Lexeme, LexemeType, at
from extraction.text.nouns import singular
from extraction.text.words import word_set

_FEWEST = 4  # "had two" may tell of anything
_FEWEST_OF_TEAM = 60  # what both sides of a basketball game score
_LONGEST_TEAM = 4  # lexemes
_SCORING = word_set("amounts", "scoring_verbs")
_ENDING = word_set("amounts", "ending_verbs")
_LEADING = word_set("amounts", "leading_verbs")
_GAME_WORDS = word_set("amounts", "basketball_words")
_AT_MOST = word_set("amounts", "at_most_points")


def settle_game_points(lexemes: Sequence[Lexeme], groups: Sequence[Group]) -> None:
    """Makes points of bare numbers that a player scores or a side leads by, in a sentence that tells of basketball."""
    plain = [group for group in groups if _is_plain(group)]
    if not plain or not _of_basketball(lexemes):
        return
    for group in plain:
        value = group.last.value
        whole = value is not None and value >= _FEWEST and group.last.whole
        if whole and closes(lexemes, group.last.end) and _is_scored(lexemes, group):
            group.last.settle(Kind.INDEX, "point", "index.points")


def _is_plain(group: Group) -> bool:
    counted = group.last.kind in COUNTS and (group.last.unit is None or group.last.kind is Kind.NUMBER)
    return counted and not group.is_range


def _of_basketball(lexemes: Sequence[Lexeme]) -> bool:
    if any(lexeme.lower in _GAME_WORDS for lexeme in lexemes):
        return True
    return any(
        lexemes[k].text in "-–" and lexemes[k].glued and _is_score(lexemes[k - 1]) and _is_score(lexemes[k + 1])
        for k in range(1, len(lexemes) - 1)
    )


def _is_score(lexeme: Lexeme) -> bool:
    return len(lexeme.text) in (2, 3) and lexeme.text.isdecimal() and int(lexeme.text) >= _FEWEST_OF_TEAM


def _is_scored(lexemes: Sequence[Lexeme], group: Group) -> bool:
    """Whether a player scores the number, or a side leads by it: "scored 24", "finished with a season-high 18", "led by
    as many as 19", "from 19 down"."""
    k = group.first.start - 1
    while k > 0 and lexemes[k].lower in _AT_MOST:
        k -= 1
    if k < 0:
        return False
    word, before = lexemes[k].lower, [lexeme.lower for lexeme in lexemes[max(0, k - _LONGEST_TEAM) : k]]
    if word == "from":
        return at(lexemes, group.last.end) == "down"
    ended = word == "with" and not _ENDING.isdisjoint(before)  # "led the Mavericks with 31"
    return word in _SCORING or ended or (word == "by" and not _LEADING.isdisjoint(before))


_COUNTED = frozenset((Kind.COUNT, Kind.NUMBER, Kind.INDEX))


def settle_box(lexemes: Sequence[Lexeme], groups: Sequence[Group]) -> None:
    """Makes points or tallies of the numbers of players in reports of games: "Tate 8-15 7-8 27", "Rebounds—Norwood
    State 29 (Bascombe 7)", "Curry's 41 lead Warriors past Suns"."""
    points: frozenset[int] | None = None
    tallies: Mapping[int, str] | None = None
    for group in groups:
        amount, at = group.last, group.last.numeral.start
        if group.is_range or amount.kind not in _COUNTED or at == 0:
            continue
        before = lexemes[at - 1]
        if before.is_number:
            points = points_in_box(lexemes) if points is None else points
            if at in points:
                _settle(amount, Kind.INDEX, "point", "index.points")
        elif carries(lexemes, at):
            _settle(amount, Kind.INDEX, "point", "index.points")
        elif before.capitalised:
            tallies = tallied(lexemes) if tallies is None else tallies
            if at in tallies:
                kind = Kind.INDEX if tallies[at] == "point" else Kind.COUNT
                _settle(amount, kind, tallies[at], f"{kind.value}.tallied")


def _settle(amount: Amount, kind: Kind, unit: str, rule: str) -> None:
    amount.noun = amount.noun_elsewhere = amount.unit_start = amount.unit_end = None
    amount.settle(kind, unit, rule)
    amount.rules.append(ITEM)


_HEADING = word_set("amounts", "tallies")
_LABELS = word_set("exclusions", "labels")
_CARRYING = word_set("amounts", "carrying_verbs")
_MARKS = frozenset((":", "—", "–", "-"))
_LONGEST_SHOTS = 16  # lexemes of "8-15 7-8", and of minutes in front
_PAIR = 3  # lexemes of "8-15"
_PAIRS = 2  # on one line, or in front of one number


def tallied(lexemes: Sequence[Lexeme]) -> dict[int, str]:
    """The numbers behind the names under a heading like "Rebounds—" or "Total fouls:", with what they count."""
    found: dict[int, str] = {}
    if not any(lexeme.lower in _HEADING for lexeme in lexemes):
        return found
    unit = ""
    for k in range(1, len(lexemes)):
        word, before = lexemes[k], lexemes[k - 1]
        if word.text in _MARKS and before.lower in _HEADING:
            unit = singular(before.lower)
        elif word.text == "." or word.type is LexemeType.BREAK:
            unit = ""
        elif unit and word.is_number and _names_player(before) and _ends_score(lexemes, k + 1):
            found[k] = unit
    return found


def points_in_box(lexemes: Sequence[Lexeme]) -> frozenset[int]:
    """The points of a player behind the pairs of shots made and tried: "Tate 8-15 7-8 27, Mullins 6-10 2-3 14"."""
    found: list[int] = []
    most = 0
    for k in range(_PAIR + 1, len(lexemes)):
        if lexemes[k].type is not LexemeType.NUMBER or lexemes[k].glued or not _ends_score(lexemes, k + 1):
            continue
        pairs = _pairs_before(lexemes, k)
        if pairs:
            found.append(k)
            most = max(most, pairs)
    return frozenset(found) if len(found) >= _PAIRS or most >= _PAIRS else frozenset()


def carries(lexemes: Sequence[Lexeme], k: int) -> bool:
    """Whether number ``k`` is that of "Tate's 27 carry Birchfield past Norwood", "Jokic's 35 lift Nuggets"."""
    if not 0 < k < len(lexemes) - 2 or not lexemes[k].text.isdecimal():
        return False
    owner = lexemes[k - 2] if k > 1 and lexemes[k - 1].text in ("'", "’") else lexemes[k - 1]
    owned = owner.capitalised and (owner is not lexemes[k - 1] or owner.lower.endswith(("'s", "’s")))
    return owned and lexemes[k + 1].lower in _CARRYING and lexemes[k + 2].capitalised


def _pairs_before(lexemes: Sequence[Lexeme], k: int) -> int:
    """How many pairs stand between a name and the number at ``k``; 0 without a name."""
    pairs, at = 0, k - 1
    while at > 0 and k - at <= _LONGEST_SHOTS and lexemes[at].type is LexemeType.NUMBER:
        if at > 1 and lexemes[at].glued and lexemes[at - 1].text in _DASHES and lexemes[at - 2].is_number:
            pairs, at = pairs + 1, at - _PAIR
        else:
            at -= 1
    return pairs if at >= 0 and lexemes[at].may_be_name else 0


_DASHES = "-–"


def _names_player(word: Lexeme) -> bool:
    return word.may_be_name and word.lower not in _LABELS  # not "Errors: Page 12"


def _ends_score(lexemes: Sequence[Lexeme], k: int) -> bool:
    """Whether a sign, "and" or nothing follows a number at lexeme ``k``."""
    return k >= len(lexemes) or lexemes[k].text in _CLOSING or lexemes[k].type is LexemeType.BREAK


_CLOSING = frozenset((",", ";", ".", "(", ")", "|", "and"))
