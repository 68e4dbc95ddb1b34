"""Tells "one" as a pronoun or determiner: "one of the best", "the first one", "one poster wrote"."""

import itertools
import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache

from extraction.amounts.share_steps import is_step_in_brackets
from extraction.changes.signs import is_plus_sign
from extraction.counts.counted_nouns import counted_noun
from extraction.counts.listings import past_size
from extraction.exclusions.reasons import Reason
from extraction.text.lexemes import Lexeme, LexemeType, lexeme_at
from extraction.text.nouns import is_plural, looks_past, noun_follows, nouns
from extraction.text.numeral import Numeral, vocabulary
from extraction.text.word_classes import ARTICLES, in_class, is_verb
from extraction.text.words import word_set
from extraction.times.weekdays import weekdays
from extraction.units.match import match_unit

_FOLLOWERS = word_set("exclusions", "one_pronoun_followers")
_LEADERS = word_set("exclusions", "one_pronoun_leaders")
_LEADER_ENDINGS = ("er", "est", *sorted(word_set("exclusions", "one_pronoun_leader_endings")))
_REPORT_WORDS = word_set("exclusions", "one_report_words")
_PICKED = word_set("exclusions", "one_picked_words")
# Behind a verb, but not behind a noun: "one lens in the camera", "one shed and one barn" count.
_OPENS_OBJECT = word_set("grammar", "articles", "object_pronouns") | {"to", "what", "how", "whether", "why"}
# Behind these "that" opens a clause: "Police said that one person died".
_OPENS_CLAUSE = word_set("attribution", "say", "mind", "show") | word_set("exclusions", "that_openers")
_LONGEST_TURN = 5
_TURNS = word_set("exclusions", "turns")
_APOSTROPHE = re.compile(r"['’]")


def pronoun_one(lexemes: Sequence[Lexeme], numeral: Numeral) -> Reason | None:
    """Why the numeral is no count, or None: "pronoun" or "determiner"."""
    if numeral.value != Decimal(1) or lexemes[numeral.start].lower != "one":
        return None
    after, following = lexeme_at(lexemes, numeral.end), lexeme_at(lexemes, numeral.end + 1)
    if _counts_by_front(lexemes, numeral):
        return None
    if after is None or after.type is not LexemeType.WORD:
        return "pronoun"
    if after.lower in ("a", "an") and match_unit(lexemes, numeral.end + 1) is None:
        return "pronoun"  # "two judges, one a widow"
    if after.lower == "of" and _of_charges(lexemes, numeral):
        return None
    if _one_of_two(lexemes, numeral.end):
        return "pronoun"
    if _counts_by_words_behind(lexemes, numeral, after, following):
        return None
    if _names_day(lexemes, numeral.end):
        return "determiner"
    if _stands_for_noun(lexemes, numeral, after, following):
        return "pronoun"
    return "determiner" if _is_determiner(lexemes, numeral, after, following) else None


def _counts_by_front(lexemes: Sequence[Lexeme], numeral: Numeral) -> bool:
    """Whether what stands in front, or a size behind, makes "one" count:
    "24 per cent (up one)", "Of the 28 operators, only one,", "one 400g tin"."""
    if is_step_in_brackets(lexemes, numeral.start, numeral.end) or _of_all(lexemes, numeral.start):
        return True
    return is_plus_sign(lexemes, numeral.start) or past_size(lexemes, numeral.end) > numeral.end


def _counts_by_words_behind(
    lexemes: Sequence[Lexeme], numeral: Numeral, after: Lexeme, following: Lexeme | None
) -> bool:
    """Whether the words behind make "one" count:
    "one or two missiles", "were up one at 9", "one or more donations", "one more person has died"."""
    before = lexeme_at(lexemes, numeral.start - 1)
    if after.lower in ("or", "to") and following is not None and _is_cardinal(following):
        return True
    moved = before is not None and before.lower in ("up", "down") and after.lower in ("at", "on")
    if moved and following is not None and following.is_number:
        return True
    if after.lower == "or" and _more_of_things(lexemes, numeral.end):
        return True
    further = following is not None and following.lower not in _FOLLOWERS | {"time"}
    return after.lower == "more" and further and counted_noun(lexemes, numeral.end, numeral.value) is not None


def _stands_for_noun(lexemes: Sequence[Lexeme], numeral: Numeral, after: Lexeme, following: Lexeme | None) -> bool:
    """Whether "one" stands for a noun or anybody:
    "one of the best", "the first one", "it is a cold one", "one after another"."""
    before = lexeme_at(lexemes, numeral.start - 1)
    if after.lower in _FOLLOWERS or _APOSTROPHE.split(after.lower)[0] in _FOLLOWERS:
        return True
    if before is not None and before.type is LexemeType.WORD and _leads_pronoun(lexemes, numeral.start - 1):
        return True
    if _is_of_kind(lexemes, numeral) or _stands_alone(after, following):
        return True
    return _is_anybody(before, after) or _one_after_another(lexemes, numeral.end)


def _is_determiner(lexemes: Sequence[Lexeme], numeral: Numeral, after: Lexeme, following: Lexeme | None) -> bool:
    """Whether "one" picks out a thing or who says something, and counts nothing:
    "One answer is that it failed", "One study put it at $3 million", "one report said"."""
    if _names_any(lexemes, numeral, after, following):
        return True
    if lexemes[numeral.start].capitalised and after.lower in _PICKED:
        return True
    if after.lower in _REPORT_WORDS or (following is not None and following.lower in _REPORT_WORDS):
        return True
    return _says(lexemes[numeral.end : numeral.end + _LONGEST_SOURCE])


def _is_of_kind(lexemes: Sequence[Lexeme], numeral: Numeral) -> bool:
    """Whether "one" has an article and a word for its kind in front, and no noun behind:
    "it is a cold one tonight"; not in "a further one person"."""
    k = numeral.start - 2
    kind = k >= 0 and in_class(lexemes[k], "articles") and lexemes[k + 1].text.islower()
    kind = kind and lexemes[k + 1].lower not in word_set("exclusions", "one_further_words")  # "an additional one died"
    return kind and counted_noun(lexemes, numeral.end, numeral.value) is None


def _names_day(lexemes: Sequence[Lexeme], k: int) -> bool:
    """Whether a day or a part of one stands at ``k``, also behind one more word, and describes no noun:
    "on one Thursday afternoon", "one wet Monday", "one summer evening"; not in "one Monday shift"."""
    k += lexemes[k].lower not in _days()
    if k >= len(lexemes) or lexemes[k].lower not in _days():
        return False
    part = lexeme_at(lexemes, k + 1)
    timed = part is not None and part.lower in word_set("times", "parts_of_days")
    return (timed or lexemes[k].capitalised) and not noun_follows(lexemes, k + 1 + timed)


@cache
def _days() -> frozenset[str]:
    return word_set("times", "seasons") | weekdays()


def _of_all(lexemes: Sequence[Lexeme], start: int) -> bool:
    """Whether it is one of those that the sentence opens with: "Of the 28 operators, only one, Northern, did worse"."""
    if (
        lexemes[0].lower != "of"
        or not 3 < start < _LONGEST_OPENING
        or lexemes[start - 1].lower not in ("only", "just", ",")
    ):
        return False
    return any(_is_cardinal(lexeme) for lexeme in lexemes[1:_LONGEST_WHOLE])


_LONGEST_OPENING, _LONGEST_WHOLE = 16, 5  # lexemes


def _names_any(lexemes: Sequence[Lexeme], numeral: Numeral, after: Lexeme, following: Lexeme | None) -> bool:
    """Whether "One" is one of several, and not how many: "One problem is cost", "One option would be to sell"."""
    opens = lexemes[numeral.start].capitalised and after.lower in word_set("exclusions", "one_of_several")
    return opens and following is not None and in_class(following, "be", "modals", "have")


def _says(words: Sequence[Lexeme]) -> bool:
    """Whether a verb of saying follows "one" and its noun in ``words``, also behind an aside:
    "One Labour strategist said", "One deckhand, who asked not to be named, said"."""
    window, aside = list(words), False
    for k, word in enumerate(window[:-1]):
        if word.text == ",":
            if not aside and window[k + 1].lower not in _OPENS_ASIDE:
                return False  # "One man died, police said", "One person in the car, police said, was hurt"
            aside = not aside
        elif word.type is LexemeType.BREAK or (not aside and word.type is not LexemeType.WORD and word.text != "-"):
            return False
        elif not aside and word.lower in _SAYING:
            return window[k + 1].lower != "to"  # "one ship said to be on fire"
        elif not aside and (is_verb(window, k) or in_class(word, "subordinators", "coordinators")):
            return False
    return False


_LONGEST_SOURCE = 16  # lexemes
_SAYING = word_set("exclusions", "one_speaks")
_OPENS_ASIDE = word_set("exclusions", "openers_of_speakers")


def _more_of_things(lexemes: Sequence[Lexeme], end: int) -> bool:
    """Whether "or more" bounds "one" in front of what it counts:
    "one or more donations", "one or more of the doors"."""
    more, following = lexeme_at(lexemes, end + 1), lexeme_at(lexemes, end + 2)
    if more is None or following is None or more.lower != "more":
        return False
    return following.lower == "of" or counted_noun(lexemes, end + 2, None) is not None


def noun_number(lexemes: Sequence[Lexeme], numeral: Numeral) -> bool:
    """Whether the number has an article and counts nothing, so that it names a thing: "hit 11 fours and a six"."""
    before, after = lexeme_at(lexemes, numeral.start - 1), lexeme_at(lexemes, numeral.end)
    named = (
        before is not None
        and before.lower == "a"
        and lexemes[numeral.start].lower in word_set("exclusions", "numbers_as_nouns")
    )
    return named and (after is None or after.text in _CLOSING or in_class(after, "prepositions", "coordinators"))


_CLOSING = (",", ".", ";", ":", ")", "!", "?")


def _one_of_two(lexemes: Sequence[Lexeme], end: int) -> bool:
    """Whether "one" is set against "the other" by a name for each: "two climbers, one Polish and the other Chilean"."""
    words = [lexeme.lower for lexeme in lexemes[end + 1 : end + 4]]
    return lexemes[end].capitalised and words == ["and", "the", "other"]


def _of_charges(lexemes: Sequence[Lexeme], numeral: Numeral) -> bool:
    """Whether "one" counts charges: "two counts of murder and one of arson"; not "and one of the counts"."""
    before, crime = lexeme_at(lexemes, numeral.start - 1), lexeme_at(lexemes, numeral.end + 1)
    joined = before is not None and before.lower in ("and", ",", "or")
    if not joined or crime is None or crime.lower in nouns()["stops"] or crime.type is not LexemeType.WORD:
        return False
    window = lexemes[max(0, numeral.start - _LONGEST_CHARGE) : numeral.start]
    return any(lexeme.lower in _CHARGES and following.lower == "of" for lexeme, following in itertools.pairwise(window))


_LONGEST_CHARGE = 12  # lexemes
_CHARGES = word_set("exclusions", "charges")


def _leads_pronoun(lexemes: Sequence[Lexeme], at: int) -> bool:
    """Whether the word at ``at`` makes "one" behind it a pronoun:
    "the one", "that one"; but "only one bed" and "said that one man" count."""
    word = lexemes[at].lower
    further = lexeme_at(lexemes, at - 1)
    if word == "only":
        return further is not None and further.lower in ("the", "an", "his", "her", "its", "their", "my")
    if word == "by":
        return lexemes[at + 2].lower not in word_set("exclusions", "margins") if at + 2 < len(lexemes) else True
    if word == "that":
        return further is None or further.lower not in _OPENS_CLAUSE
    article = further is not None and further.lower in ARTICLES
    if word.endswith(_LEADER_ENDINGS) and article and word not in word_set("exclusions", "one_counting_leaders"):
        return True  # "the cheaper one manages 230", "an ageing one built in 1962"
    kind = lexemes[at].capitalised and article
    behind = lexemes[at + 2 : at + 4]
    if kind and any(lexeme.is_number for lexeme in behind):
        return True  # "the Kenyan one just 3 per cent"
    return word in _LEADERS


def _stands_alone(after: Lexeme, following: Lexeme | None) -> bool:
    """Whether a verb follows "one" and no noun: "because one pretended to be ill", "whether one cares what happens"."""
    lower = after.lower
    present = is_plural(lower) and lower not in nouns()["attributive_plurals"] | nouns()["invariant"]
    verb = (looks_past(lower) and lower not in nouns()["person_words"]) or present
    if present and (following is None or following.lower.endswith("ly") or following.lower in nouns()["stops"]):
        return True  # "if one looks closely"
    return verb and following is not None and following.lower in _OPENS_OBJECT


def _is_anybody(before: Lexeme | None, after: Lexeme) -> bool:
    """Whether a clause opens with "one" and a verb that ends like a plural: "if one raises doubts"."""
    opens = before is not None and in_class(before, "subordinators")
    plural = after.text.islower() and is_plural(after.lower)
    return opens and plural and after.lower not in nouns()["attributive_plurals"] | nouns()["invariant"]


def _is_cardinal(lexeme: Lexeme) -> bool:
    return lexeme.lower in vocabulary()["cardinals"] or lexeme.is_number


def _one_after_another(lexemes: Sequence[Lexeme], end: int) -> bool:
    """Whether "another" follows: any and not how many: "from one place to another", "one scandal after another"."""
    for k in range(end + 1, min(end + _LONGEST_TURN, len(lexemes) - 1)):
        if lexemes[k].type is not LexemeType.WORD:
            return False
        turn = [lexeme.lower for lexeme in lexemes[k : k + 3]]
        other = k + 2 if turn[1] == "another" else k + 3 if turn[1:] == ["the", "next"] else 0
        if turn[0] in _TURNS and other:
            noun = lexeme_at(lexemes, other)
            return noun is None or noun.type is not LexemeType.WORD or noun.lower in nouns()["stops"]
    return False
