"""Steps of a movement, in front of what moves or behind it: "rose 5%", "an increase of 60 jobs", "9 cents lower"."""

from collections.abc import Sequence

from extraction.changes.adjuncts import compares, opens_sum, past_range_opening, shades
from extraction.changes.adverbs import is_moved, is_off
from extraction.changes.objects import drops_things, loses_of_own, loses_to, scores
from extraction.changes.still import happens, is_doubled
from extraction.changes.trades import in_cents, is_traded
from extraction.changes.verbs_before import is_bound_up, moves_higher, verb_before
from extraction.changes.year_on_year import beside_earlier, past_year_on_year, than_before
from extraction.claims import Change, Kind
from extraction.text.change_words import change_words
from extraction.text.lexemes import Lexeme, LexemeType, at
from extraction.text.nouns import nouns, singular
from extraction.text.surfaces import HYPHENS
from extraction.text.word_classes import in_class
from extraction.text.words import word_data, word_set

_BASE_MULTIPLES = word_set("cues", "base_multiples")
_STEP_FILLERS = word_set("cues", "step_fillers")
_OF_WATER = word_set("changes", "before_surges")
_ARTICLES = word_set("grammar", "articles")
_STEP_ENDS = word_set("changes", "step_ends")
_AUXILIARIES = word_set("grammar", "modals", "have", "be", "do")
_LONGEST_OBJECT = 8
_RESULTS = word_set("changes", "money_results")
_LEVEL_BOUNDS = word_set("cues", "level_bounds")
_LEVEL_SHADES = word_set("cues", "level_shades")
_RATED_STEPS = word_set("changes", "rated_steps")
# Kinds that move with any verb of change; money and things can also be what is gained, lost or cut.
_MEASURES_OF_LEVEL = frozenset((Kind.PERCENT, Kind.INDEX, Kind.MULTIPLE))
_QUOTED = frozenset((Kind.PERCENT, Kind.INDEX, Kind.NUMBER, Kind.MONEY))
_COMPARED = _QUOTED | {Kind.FRACTION}


def step_before(lexemes: Sequence[Lexeme], start: int, end: int, kind: Kind) -> Change | None:
    """The step that the words in front of the amount state, or None.

    As in "rose 5%", "down 2.3%", "an increase of 60,600 jobs", "cut its forecast by 0.2 points".
    """
    words = change_words()
    if lexemes[start].lower in word_set("changes", "passers"):
        return None  # "people on temporary contracts topped 900,000"
    k = _lead(lexemes, start, end)
    if k < 0:
        return None
    word = _leading_word(lexemes, k, kind)
    if kind is Kind.DURATION and "over" in (lexeme.lower for lexeme in lexemes[k + 1 : start + 1]):
        return None  # "spreading the increase over six years"
    by = any(lexeme.lower == "by" for lexeme in lexemes[k + 1 : start])
    if kind is not Kind.COUNT and (moved := moves_higher(lexemes, k)) is not None:
        return Change(moved, "by")  # "edged higher 4%"
    if word == "loss" and kind is Kind.MONEY:
        return None  # "a loss of £12m" is a result
    if word in words.nouns and lexemes[k + 1].lower in ("of", "by") and k + 1 < start:
        stands = happens(word, kind) or at(lexemes, k - 1) in _OF_WATER  # "a storm surge of 8 to 12 feet"
        return None if stands else Change(words.nouns[word], "by")
    if kind in _MEASURES_OF_LEVEL and (moved := _movements_of(lexemes, k)) is not None:
        return Change(moved, "by")  # "won pay rises of 5 per cent"
    if word in _BASE_MULTIPLES and not is_doubled(lexemes, k):
        return None  # "Inflation is double the 2% target"
    if by and k and word in words.verbs and lexemes[k - 1].lower in _ARTICLES:
        return None  # "both houses, the lower by 301 to 194"
    if word in words.verbs and not is_bound_up(lexemes, k):
        if _moves_nothing(lexemes, k, start, end, kind, by=by):
            return None
        return Change(words.verbs[word], "to" if _reaches_level(lexemes, start, word) else "by")
    return _step_without_verb(lexemes, k, start, end, kind, by=by)


def _leading_word(lexemes: Sequence[Lexeme], k: int, kind: Kind) -> str:
    """The word at ``k``, or the noun of change in front of a comma there: "The increase, of 4.5%, was"."""
    comma = lexemes[k].lower == "," and at(lexemes, k + 1) == "of"
    if comma and at(lexemes, k - 1) in change_words().nouns and kind is not Kind.LENGTH:
        return lexemes[k - 1].lower
    return lexemes[k].lower


def _step_without_verb(
    lexemes: Sequence[Lexeme], k: int, start: int, end: int, kind: Kind, *, by: bool
) -> Change | None:
    """The step behind a word at ``k`` that is no verb of change: "on", "off", an object, a way to "by"; else None."""
    word = lexemes[k].lower
    if word == "on" and k and lexemes[k - 1].lower in word_data("changes")["up"]["with_on"]:
        return Change("up", "by") if kind in _MEASURES_OF_LEVEL or in_cents(lexemes, end) else None
    quoted = k > 0 and lexemes[k - 1].lower in word_set("grammar", "be") and kind in _QUOTED
    if word == "off" and (quoted or is_off(lexemes, k, end, kind)):
        return Change("down", "by")  # "The bond was off 9/32"
    if by and (direction := verb_before(lexemes, k + 1, stepwise=True)) is not None:
        return Change(direction, "by")
    return _step_behind_object(lexemes, k) if kind in _MEASURES_OF_LEVEL and k == start - 1 else None


def _lead(lexemes: Sequence[Lexeme], start: int, end: int) -> int:
    """The word in front of the number, past what shades it."""
    k, verbs = start - 1, change_words().verbs
    while k >= 0 and (lexemes[k].lower in _STEP_FILLERS or shades(lexemes[k])):
        if verbs.get(lexemes[k].lower) and not is_bound_up(lexemes, k):
            break
        k -= 1
    return past_range_opening(lexemes, k, end) if k == start - 1 >= 0 else k


def _moves_nothing(lexemes: Sequence[Lexeme], k: int, start: int, end: int, kind: Kind, *, by: bool) -> bool:
    """Whether the amount is what the verb at ``k`` has for its object, or how far something is from another level.

    As in "grows 40 per cent of the world's coffee", "fell just short of 300", "lower than the 4% forecast".
    """
    word, behind = lexemes[k].lower, at(lexemes, end)
    whole = behind == "of" and at(lexemes, end + 1) in word_set("grammar", "definites")
    if whole and word in word_set("changes", "yields"):
        return True
    if behind == "of" and word in word_set("changes", "wearing"):
        return True  # "has degraded 40 per cent of farm land"
    if behind == "of" and word in ("lose", "loses") and loses_to(lexemes, k, end):
        return True
    if word in word_set("changes", "retrieved") and not by and (kind is Kind.FRACTION or behind == "of"):
        return True  # "recovered 30% of the loot"
    if word in change_words().objects and _is_taken(lexemes, k, start, end, kind, by=by):
        return True
    if (not by and _falls_short(lexemes, start, end)) or (k + 1 < start and lexemes[k + 1].lower in ("of", "than")):
        return True
    return drops_things(lexemes, k, end, kind) or scores(lexemes, k, kind) or _lies_under(lexemes, start, kind)


def _is_taken(lexemes: Sequence[Lexeme], k: int, start: int, end: int, kind: Kind, *, by: bool) -> bool:
    """Whether the amount is all that the verb has for its object: "cut 300 jobs", "lost three times as much weight"."""
    if kind is Kind.MULTIPLE and at(lexemes, end) == "as":
        return True
    if by or kind in _MEASURES_OF_LEVEL or is_moved(lexemes, k, end, kind):
        return False
    if kind is Kind.FRACTION:
        whole = any(lexeme.lower == "of" for lexeme in lexemes[start : start + 5])
        return whole and not loses_of_own(lexemes, k, end)
    return not (kind is Kind.MONEY and (is_traded(lexemes, k) or in_cents(lexemes, end)))


def _falls_short(lexemes: Sequence[Lexeme], start: int, end: int) -> bool:
    """Whether "short" stands at the amount, which is then no step: "fell just short of 300", "fell two votes short"."""
    near = any(lexeme.lower == "short" for lexeme in lexemes[start : start + 2])
    return near or "short" in (at(lexemes, end), at(lexemes, end + 1))


def _movements_of(lexemes: Sequence[Lexeme], k: int) -> str | None:
    """The direction of plural movements: "pay rises of 5 per cent", "job cuts of up to 20 per cent"."""
    noun = lexemes[k].lower
    if noun == "losses" and at(lexemes, k - 1) in word_set("changes", "lossy"):
        return None  # "line losses of 11 per cent" go on all the time
    plural = noun.endswith("s") and at(lexemes, k + 1) == "of"
    does = k > 0 and in_class(lexemes[k - 1], "subject_pronouns")
    return change_words().nouns.get(singular(noun)) if plural and not does else None


def _reaches_level(lexemes: Sequence[Lexeme], start: int, verb: str) -> bool:
    """Whether the words at ``start`` make the amount a level that the verb reaches.

    As in "fell below 60", "fell just below 60", "falling as low as $77", "dropped under $60".
    """
    word = lexemes[start].lower
    if word == "as":
        return at(lexemes, start + 1) in ("low", "high")
    if word in _LEVEL_SHADES:
        word = at(lexemes, start + 1)
        return word in _LEVEL_BOUNDS
    falls = change_words().verbs[verb] == "down" and verb not in change_words().objects
    return word in _LEVEL_BOUNDS or (falls and word in word_set("changes", "level_bounds_of_falls"))


def _lies_under(lexemes: Sequence[Lexeme], start: int, kind: Kind) -> bool:
    """Whether "under" tells where something lies and no level that is reached.

    As in "collapsed under 90 centimetres of snow", "fall under two broad categories".
    """
    few = kind is Kind.COUNT and at(lexemes, start + 1).isalpha()
    return lexemes[start].lower in word_set("changes", "level_bounds_of_falls") and (kind is Kind.LENGTH or few)


def _step_behind_object(lexemes: Sequence[Lexeme], k: int) -> Change | None:
    """The step behind a verb of change and its object, or None: "raising rates 3.5 per cent"."""
    if lexemes[k].type is not LexemeType.WORD or lexemes[k].lower in nouns()["stops"]:
        return None
    verbs = change_words().verbs
    for position in range(k - 1, max(-1, k - _LONGEST_OBJECT), -1):
        word = lexemes[position]
        if word.lower in verbs and not is_bound_up(lexemes, position):
            return Change(verbs[word.lower], "by")
        if word.text in HYPHENS or (word.lower in _ARTICLES and lexemes[position - 1].lower in verbs):
            continue
        if word.type is not LexemeType.WORD or word.lower in nouns()["stops"]:
            return None
    return None


def step_after(lexemes: Sequence[Lexeme], end: int, kind: Kind) -> Change | None:
    """The step that the words behind the amount state: "a 4.2 per cent drop", "9 cents lower", "an hour longer"."""
    words = change_words()
    k = _behind_amount(lexemes, end, kind)
    for position, lexeme in enumerate(lexemes[k : k + 3]):
        if lexeme.type is not LexemeType.WORD:
            break
        if position == 0 and kind in _COMPARED and (compared := beside_earlier(lexemes, k)) is not None:
            return compared
        if position == 0 and lexeme.lower in words.after:
            return _step_by_adverb(lexemes, k, kind)
        if position and lexeme.lower in words.nouns and lexemes[k + position - 1].lower in _ARTICLES:
            break  # "at $31m a drop of 52%": the movement has a size of its own
        if lexeme.lower in words.nouns and kind is not Kind.COUNT:
            return _step_by_noun(lexemes, k + position, kind, first=position == 0)
        if lexeme.lower in _STEP_ENDS or lexeme.lower in _AUXILIARIES:
            break
    return None


def _behind_amount(lexemes: Sequence[Lexeme], end: int, kind: Kind) -> int:
    """Where the words that can tell of a step begin, past "year on year", a hyphen and "a week"."""
    k = past_year_on_year(lexemes, end)
    if k < len(lexemes) and lexemes[k].text == "-" and lexemes[k].glued:
        rated = at(lexemes, k + 1) in _ARTICLES and at(lexemes, k + 2) == "-"  # "a £5-a-week rise"
        k += 4 if rated else 1
    if kind is Kind.MONEY and at(lexemes, k) in _ARTICLES and at(lexemes, k + 2) in _RATED_STEPS:
        k += 2  # "will pay $88 a year more", "closed $30 a tonne lower"
    return k


def _step_by_adverb(lexemes: Sequence[Lexeme], k: int, kind: Kind) -> Change | None:
    """The step that the adverb at ``k`` states of the amount in front of it, or None: "9 cents lower"."""
    word = lexemes[k].lower
    if at(lexemes, k + 1) == "than" and compares(lexemes, k + 2):
        return None  # "spent $41,000, less than half of what they raised", the comma left out
    if at(lexemes, k + 1) in ("payment", "payments", "front"):
        return None  # "a 20% down payment", "half up front"
    placed = kind is Kind.LENGTH and at(lexemes, k + 1) not in ("on", "from")  # "lies 4,000 metres down"
    if kind is Kind.COUNT:
        return Change(change_words().after[word], "by") if than_before(lexemes, k) else None
    if word == "up" and at(lexemes, k + 1) == "to" and opens_sum(lexemes, k + 2):
        return None  # "cashback of 2% up to £15 a month"
    if word in ("up", "down") and (kind is Kind.DURATION or placed):
        return None
    if word in ("better", "worse") and kind not in (Kind.PERCENT, Kind.INDEX, Kind.MONEY):
        return None  # "ten times worse"
    if word == "more" and kind is Kind.DURATION and at(lexemes, k + 1) != "than":
        return None  # "in 10 more years"
    return Change(change_words().after[word], "by")


def _step_by_noun(lexemes: Sequence[Lexeme], k: int, kind: Kind, *, first: bool) -> Change | None:
    """The step that the noun of change at ``k`` states of the amount in front of it, or None: "a 4.2 per cent drop"."""
    noun = lexemes[k].lower
    in_what = at(lexemes, k + 1) == "in"
    cut_in = first and in_what and noun in ("cut", "raise")  # "a 10p cut in fuel duty"
    if kind in (Kind.MONEY, Kind.DURATION) and not cut_in and noun in _RESULTS:
        return None
    if kind is Kind.DURATION and noun not in word_set("changes", "changes_of_time"):
        return None  # "a two-year slide"
    if kind is Kind.LENGTH and not in_what and noun in word_set("changes", "ways_taken"):
        return None  # "a 5,000-kilometre rally"
    return Change(change_words().nouns[noun], "by")
