"""Counts of people that name none: "12 were hurt", "killed 30", "About 300 gathered outside", "toll passes 40"."""

from collections.abc import Sequence

from extraction.counts.verbs_behind import people_meet
from extraction.quantity.group import Group
from extraction.text.lexemes import Lexeme, LexemeType, at
from extraction.text.nouns import noun_follows, nouns
from extraction.text.shades import SHADES
from extraction.text.word_classes import in_class, is_adverb
from extraction.text.words import word_set

_HELD_FOR = ("in", "over", "after", "for")
_LONGEST_ASIDE = 12
_TOLL_REACH = 10
_TO_PERSON_WORD = 4  # lexemes: "may also have died"
_LONGEST_PASSIVE = 4  # lexemes: "more have been" of "more have been driven"
_TO_STATE = 6  # lexemes: "out of their own homes"
_DRIVEN = ("forced", "driven", "thrown", "put")
_TOLL_FILLERS = SHADES - {"to", "at"}
_TOLL_LINKS = word_set("counts", "toll_links")
_BADLY = word_set("counts", "injury_adverbs")
_OPENS_CLAUSE = word_set("counts", "people_clause_openers")
_BOUNDS = word_set("counts", "people_bounds")
_PERSON_FILLERS = word_set("counts", "person_fillers")


def lead(lexemes: Sequence[Lexeme], group: Group) -> int:
    """The lexeme in front of a number, past words that bound it: "injured" of "injured more than 9,000"; or -1."""
    k = group.first.start - 1
    while k > 0 and lexemes[k].lower in SHADES:
        k -= 1
    return k


def leader(lexemes: Sequence[Lexeme], group: Group) -> str:
    """The word that ``lead`` finds, in lower case; empty where there is none."""
    k = lead(lexemes, group)
    return lexemes[k].lower if k >= 0 else ""


def words_at(lexemes: Sequence[Lexeme], i: int) -> tuple[str, str]:
    """The words at lexeme ``i`` and behind it, in lower case; empty beyond the end."""
    return at(lexemes, i), at(lexemes, i + 1)


def of_people(lexemes: Sequence[Lexeme], group: Group) -> bool:
    """Whether the words beside say that a number counts people: "12 were hurt", "killed 12", "all 5 of us"."""
    end = group.last.end
    if _person_word(lexemes, end) or leader(lexemes, group) in nouns()["person_verbs"] or _toll(lexemes, group):
        return True
    first, second = words_at(lexemes, end)
    if first in _BADLY:
        return True  # "wounding at least 50, six seriously"
    if first == "sharing" and not noun_follows(lexemes, end + 1):
        return True  # "£945pp (two sharing)"
    if first == "aboard" or (first == "on" and second == "board"):
        return True  # "a flight with 484 on board"
    if first == "of" and second in ("the", "those") and at(lexemes, end + 2) in nouns()["person_words"]:
        return True  # "15 of the dead", "31 of those infected"
    k = lead(lexemes, group)
    if k and lexemes[k].lower == "of" and lexemes[k - 1].lower in word_set("counts", "met_by_victims"):
        return not noun_follows(lexemes, end)  # "the deaths of 15"
    return first == "of" and second in ("us", "you")


def people_do(lexemes: Sequence[Lexeme], group: Group) -> bool:
    """Whether so many open a clause of what people do: "About 300 gathered outside", "and 40 slept in the hall"."""
    value, end = group.last.value, group.last.end
    if at(lexemes, end) in ("more", "others"):
        end += 1  # "Three more die in crash"
    verb = end + 1 if end < len(lexemes) and is_adverb(lexemes[end]) else end
    whole = value is None or group.last.whole  # "Hundreds fled"
    behind = lexemes[verb + 1] if verb + 1 < len(lexemes) else None
    placed = behind is not None and (in_class(behind, "prepositions") or behind.lower in ("there", "here"))
    placed = placed and at(lexemes, verb) in word_set("counts", "people_are")
    if whole and people_meet(lexemes, verb):
        return True
    if at(lexemes, verb) == "held" and at(lexemes, verb + 1) in _HELD_FOR and leader(lexemes, group) in ("", ";"):
        return True  # "12 more held in visa fraud"
    if not whole or not (placed or at(lexemes, verb) in word_set("cues", "people_do")):
        return False
    k, start = lead(lexemes, group), group.first.start
    if k >= 0 and lexemes[k].lower in ("another", "further"):  # "and another 300 watched", "a further 40 fled"
        k -= 2 if k and lexemes[k - 1].lower == "a" else 1
        if k < 0:
            return True
    if start and in_class(lexemes[start - 1], "prepositions") and lexemes[start - 1].lower not in _BOUNDS:
        return False  # "at 12 came the train"
    if k < 0 or lexemes[k].type is not LexemeType.WORD or (k == 0 and lexemes[0].lower in SHADES):
        return True
    return lexemes[k].lower in _OPENS_CLAUSE or lexemes[k].lower in word_set("attribution", "say")


def people_driven(lexemes: Sequence[Lexeme], group: Group) -> bool:
    """Whether what is done to so many is done to people: "drove 14 million from their homes", "took 12 hostage".

    Also in the passive: "4,000 were put out of work".
    """
    end = group.last.end
    if group.last.value is not None and not group.last.whole:
        return False
    verbs, last = word_set("counts", "driving_verbs"), min(end + _LONGEST_PASSIVE, len(lexemes))
    state = end + (at(lexemes, end) in ("more", "others"))  # "dozens more were taken to hospital"
    while state < last and in_class(lexemes[state], "be", "have"):
        state += 1
    if at(lexemes, state) in verbs and (state > end or at(lexemes, end) in _DRIVEN):
        state += 1
    elif state > end or leader(lexemes, group) not in verbs:
        return False
    between, words = (
        word_set("counts", "before_states"),
        [lexeme.lower for lexeme in lexemes[state : state + _TO_STATE]],
    )
    words = [word for word in words if word not in between]
    return any(" ".join(words[:length]) in word_set("cues", "states_of_persons") for length in (1, 2, 3))


def people_get(lexemes: Sequence[Lexeme], group: Group) -> bool:
    """Whether only people get what stands behind "the" and the number: "Of the 7,460 given the drug"."""
    amount = group.last
    return (
        amount.whole
        and at(lexemes, group.first.start - 1) == "the"
        and at(lexemes, amount.end) in word_set("counts", "people_get")
    )


def _toll(lexemes: Sequence[Lexeme], group: Group) -> bool:
    """Whether the number is that of a toll.

    As in "the death toll rose to 52", "an official toll of 1,200 dead", "Flood toll passes 40".
    """
    if group.last.value is None:
        return False
    k = group.first.start - 1
    while k > 0 and lexemes[k].lower in _TOLL_FILLERS:
        k -= 1
    if k < 1 or lexemes[k].lower not in _TOLL_LINKS or noun_follows(lexemes, group.last.end):
        return False
    return any(lexeme.lower == "toll" for lexeme in lexemes[max(0, k - _TOLL_REACH) : k])


def _past_aside(lexemes: Sequence[Lexeme], end: int) -> int:
    """Past "including three children" of "12, including three children, were hurt"."""
    if end + 1 >= len(lexemes) or lexemes[end].text != "," or lexemes[end + 1].lower not in ("including", "among"):
        return end
    for k in range(end + 2, min(end + _LONGEST_ASIDE, len(lexemes))):
        if lexemes[k].text == ",":
            return k + 1
    return end


def _person_word(lexemes: Sequence[Lexeme], end: int) -> bool:
    end = _past_aside(lexemes, end)
    for lexeme in lexemes[end : end + _TO_PERSON_WORD]:
        if lexeme.lower in nouns()["person_words"]:
            return True
        if lexeme.lower not in _PERSON_FILLERS:
            return False
    return False
