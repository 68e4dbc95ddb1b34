"""Temperatures without the words that tell them: "Phoenix hit 118 degrees", "Highs 75 to 80, lows around 50"."""

from collections.abc import Sequence

from extraction.amounts.closing import closes
from extraction.claims import COUNTS, Kind
from extraction.counts.people import lead
from extraction.quantity.amount import Amount
from extraction.quantity.group import Group
from extraction.text.lexemes import Lexeme, at
from extraction.text.nouns import noun_follows
from extraction.text.numeral import EXACT
from extraction.text.word_classes import in_class
from extraction.text.words import word_set, words_in


def settle_heat(lexemes: Sequence[Lexeme], groups: Sequence[Group]) -> None:
    """Makes degrees a temperature where the words tell of heat, and marks turns: "It was 95 degrees in Boston",
    "overnight lows of 85 degrees"; "rotated 90 degrees" is a turn."""
    for group in groups:
        amount = group.last
        if amount.unit == "degree" and amount.kind is Kind.OTHER and _is_heat(lexemes, group):
            group.first.kind = amount.kind = Kind.TEMPERATURE
            amount.rules.append("temperature.degrees")
        elif amount.unit == "degree" and _is_turn(lexemes, group):
            amount.rules.append("angle.turn")


def settle_below_zero(lexemes: Sequence[Lexeme], amount: Amount) -> None:
    """Makes the words "below zero" or "below" the sign of a temperature: "fell to 25 below zero", "18 degrees below
    zero", "The wind chill was 18 below"."""
    if at(lexemes, amount.end) != "below":
        return
    warm = amount.kind is None or (amount.unit or "").startswith("degree")
    listed = at(lexemes, amount.start - 1) in _LISTING and at(lexemes, amount.start - 2).isdecimal()  # "20 to 25 below"
    if not warm or listed or amount.value is None or amount.value <= 0:
        return
    zero = at(lexemes, amount.end + 1) == "zero"
    felt = amount.kind is None and _is_felt(lexemes, amount.start)
    if not zero and (not felt or at(lexemes, amount.end + 1) in _GOES_ON or noun_follows(lexemes, amount.end + 1)):
        return
    amount.value, amount.kind, amount.unit = EXACT.minus(amount.value), Kind.TEMPERATURE, amount.unit or "degree"
    amount.end += 1 + zero
    amount.unit_end = None if amount.unit_start is None else amount.end
    amount.rules.append("temperature.below_zero")


def _is_felt(lexemes: Sequence[Lexeme], start: int) -> bool:
    """Whether a form of be, or what leads to a level of heat, stands in front of ``start``: "It was about 18", "the
    temperature had dropped to 40".

    Where nothing follows a level alone does: "Low 4 below", "wind chills near 25 below".
    """
    k = start - 1
    near = k - 1 if k > 0 and lexemes[k].lower in _AROUND else k
    if lexemes[near].lower in word_set("cues", "levels_in_forecasts") | SECOND_WORDS:
        return closes(lexemes, start + 2)
    led = in_class(lexemes[k], "be") or lexemes[k].lower in {"to", "at"} | word_set("amounts", "reaching_heat")
    return led and any(word.lower in word_set("amounts", "told_of_heat") for word in lexemes[max(0, k - _TO_TURN) : k])


_AROUND = ("near", "around", "of", "to", "about")
_LISTING = ("to", "or", "and", "-", "–")
_GOES_ON = word_set("grammar", "articles", "definites") | {"that", "what"}


def _is_heat(lexemes: Sequence[Lexeme], group: Group) -> bool:
    k, end = lead(lexemes, group), group.last.end
    if at(lexemes, end - 1) == "degree" and at(lexemes, end) in word_set("amounts", "goals_of_heat"):
        return True  # "the 1.5-degree target"
    if k >= 0 and lexemes[k].lower in ("it's", "it’s"):
        return at(lexemes, end - 1) == "degrees" and at(lexemes, end) not in word_set("amounts", "behind_angles")
    if k < 1 or at(lexemes, end - 1) != "degrees" or at(lexemes, end) in word_set("amounts", "behind_angles"):
        return False
    word, before = lexemes[k].lower, lexemes[k - 1]
    if word == "of":
        return before.lower in word_set("amounts", "extremes_of_heat")
    if word in word_set("amounts", "reaching_heat"):
        if k > 1 and in_class(before, "modals", "have"):
            before = lexemes[k - 2]  # "Sydney will reach 34 degrees"
        return before.lower == "it" or (before.capitalised and before.lower not in word_set("grammar", "articles"))
    if word not in ("was", "is"):
        return False
    placed = before.capitalised and (k == 1 or lexemes[k - 2].text in (",", ";", "and"))
    return before.lower == "it" or (placed and before.lower not in _DEMONSTRATIVES and closes(lexemes, end))


_DEMONSTRATIVES = word_set("grammar", "determiners", "subject_pronouns")


def _is_turn(lexemes: Sequence[Lexeme], group: Group) -> bool:
    """Whether a turn is told in front of degrees: "the ferry listed to 35 degrees", "turned the wheel 90 degrees"."""
    before = lexemes[max(0, group.first.start - _TO_TURN) : group.first.start]
    return any(lexeme.lower in word_set("amounts", "turns_by_angle") for lexeme in before)


_TO_TURN = 6  # lexemes


_REACH = 300  # characters in front of the sentence in which words of the weather stand
_LONGEST_LEAD = 6  # lexemes of "Highs will be in the"
_COLDEST, _HOTTEST = -130, 140


def settle_weather(text: str, lexemes: Sequence[Lexeme], groups: Sequence[Group]) -> None:
    """Makes degrees of bare numbers behind highs, lows and what else only temperatures have in a forecast."""
    warm: Group | None = None
    told: bool | None = None  # whether the text speaks of the weather
    for group in groups:
        amount, before, warm = group.last, warm, None
        if amount.kind not in COUNTS or amount.noun is not None or amount.unit is not None or amount.per is not None:
            continue
        ends = [end for end in (group.first.value, amount.value) if end is not None]
        if not ends or not all(_COLDEST <= end <= _HOTTEST for end in ends) or amount.numeral.magnitude is not None:
            continue
        if noun_follows(lexemes, amount.end):
            continue
        gap = [lexeme.lower for lexeme in lexemes[before.last.end : group.first.start]] if before is not None else []
        goes_on = (gap[:1] == ["to"] and len(gap) < _GOING_ON) or gap == [",", "not"]  # "The high was 44, not 54"
        level = -1 if goes_on else _level(lexemes, group.first.start)
        plain = level >= 0 and _is_plain(lexemes, level)
        if level >= 0 and not plain:
            told = _of_weather(text, lexemes) if told is None else told
            led = at(lexemes, level + 1) == "of" and at(lexemes, level - 1) in ("a", "an", "its", "the")
            if led and lexemes[level].lower in word_set("amounts", "tops_of_heat"):
                # "The stock hit a top of 45 as winds rose"
                told = told and at(lexemes, level - 2) not in word_set("amounts", "before_other_tops")
            else:
                told = told and not (led and _mostly_else(lexemes))  # "Oil hit a high of 82 as winds rose"
        if goes_on or plain or (level >= 0 and told):
            group.first.kind, group.first.unit = Kind.TEMPERATURE, "degree"
            amount.settle(Kind.TEMPERATURE, "degree", "temperature.forecast")
            warm = group


_GOING_ON = 3  # lexemes


def _is_plain(lexemes: Sequence[Lexeme], level: int) -> bool:
    """Whether the word at ``level`` is of heat alone, or opens the sentence as in "Highs 75 to 80", "Low near 28"."""
    opens = level == 0 and (lexemes[0].lower in _SEVERAL or at(lexemes, 1) in _BESIDE)
    if lexemes[level].lower == "like":  # "It will feel like 95", but "At 50 she feels like 30"
        return any(lexeme.lower in _FELT for lexeme in lexemes[max(0, level - _LONGEST_LEAD) : level])
    return opens or lexemes[level].lower in word_set("cues", "levels_of_heat")


_FELT = frozenset(("it", "temperature", "temperatures", "air"))
_SEVERAL = ("highs", "lows")
_BESIDE = ("near", "around")


def _level(lexemes: Sequence[Lexeme], start: int) -> int:
    """Where the word for a level of heat is that leads to the number at ``start``: "chill" of "wind chills near 5"."""
    for k in range(start - 1, max(-1, start - 1 - _LONGEST_LEAD), -1):
        word = lexemes[k].lower
        if word in word_set("cues", "levels_of_heat", "levels_in_forecasts"):
            pair = f"{at(lexemes, k - 1)} {word}"
            return k if word not in SECOND_WORDS or pair in _PAIRS else -1
        if word in word_set("amounts", "tops_of_heat") and at(lexemes, k + 1) == "of":
            return k
        if word not in word_set("amounts", "before_heat"):
            return _subject_of_level(lexemes, k + 1) if k + 2 == start else -1
    return -1


def _subject_of_level(lexemes: Sequence[Lexeme], verb: int) -> int:
    """Where the temperature is that a place parts from its verb: "The high temperature at the airport was 97"."""
    if lexemes[verb].lower not in _LEVEL_VERBS:
        return -1
    for k in range(verb - 1, max(-1, verb - _LONGEST_PLACE), -1):
        if lexemes[k].lower in ("temperature", "temperatures"):
            return k
        if lexemes[k].is_number or lexemes[k].text in ",;.":
            return -1
    return -1


_LEVEL_VERBS = word_set("amounts", "verbs_of_heat")
_LONGEST_PLACE = 8  # lexemes


_PAIRS = word_set("amounts", "pairs_of_heat")
SECOND_WORDS = frozenset(pair.split()[1] for pair in _PAIRS)


def _mostly_else(lexemes: Sequence[Lexeme]) -> bool:
    """Whether a sentence with "a high of 82" holds less than two words of the weather."""
    words = {lexeme.lower for lexeme in lexemes}
    return len(words & word_set("cues", "words_of_weather", "words_of_almanacs")) < 2


def _of_weather(text: str, lexemes: Sequence[Lexeme]) -> bool:
    """Whether words of the weather stand here or in front, or those of an almanac in front or behind."""
    start, end = lexemes[0].start, lexemes[-1].end
    words = word_set("cues", "words_of_weather", "words_of_almanacs")
    if any(word.lower in words for word in lexemes) or not words.isdisjoint(
        words_in(text, max(0, start - _REACH), start)
    ):
        return True
    return not word_set("cues", "words_of_almanacs").isdisjoint(words_in(text, end, end + _REACH))
