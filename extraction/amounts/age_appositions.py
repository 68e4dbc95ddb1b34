"""Tells ages set behind a person: "Lang, 20, on loan", "Moe (34)", "Byrne, then 19,", "his sons, 9 and 13,"."""

from collections.abc import Sequence

from extraction.quantity.group import Group
from extraction.text.change_words import change_words
from extraction.text.lexemes import Lexeme, LexemeType, at
from extraction.text.nouns import given_names, is_person, is_plural, last_words_of_places, looks_past, singular
from extraction.text.numeral import is_numeral
from extraction.text.word_classes import in_class
from extraction.text.words import word_data, word_set

# How many lexemes a list of ages may take, so that the time stays linear.
_LONGEST_LIST = 40
_IN_LISTS = frozenset(("and", ",", "or", "(", "to", "-", "–", "—", "‑", "+"))
_AGE_WORDS = word_set("amounts", "age_words")
_YOUNGEST, _OLDEST = 10, 110  # ages of those who do something
ENDINGS_OF_THINGS = tuple(word_set("amounts", "endings_of_things"))
_NO_DEEDS = word_set(
    "grammar", "prepositions", "coordinators", "articles", "subordinators", "be", "adverbs", "determiners",
    "object_pronouns", "subject_pronouns",
)  # fmt: skip
_ADVERBS = word_set("cues", "age_adverbs")
_BEFORE_SURNAMES = given_names() | word_set("names", "courtesies")
_NO_PERSONS = word_set("cues", "parties", "parties_that_act", "index_names")


def in_apposition(lexemes: Sequence[Lexeme], group: Group, k: int) -> bool:
    """Whether the number is an age in an apposition behind lexeme ``k``, the comma or bracket: "Lang, 20, on loan",
    "Moe (34)", "her grandfather, 71, who", "her son, then 12," and "Byrne, also 19,"."""
    start, end = group.first.start, group.last.end
    if k == start - 1 and k > 1 and lexemes[k].lower in _ADVERBS:
        k -= 1  # an adverb that shades no number: "also"
    if k < 1 or lexemes[k].text not in (",", "("):
        return False
    in_words = not group.last.numeral.in_digits
    shaded = k != start - 1
    if (shaded and lexemes[start - 1].lower not in _ADVERBS) or lexemes[k - 1].type is not LexemeType.WORD:
        return False
    after = lexemes[end].lower if end < len(lexemes) else "."
    if after == "and":
        pair = end + 1 < len(lexemes) and is_numeral(lexemes[end + 1]) and _closes_list(lexemes, end + 2)
        # "his sons, 9 and 13,"; "The striker, 31 and in his last season,"
        return (pair and is_person(lexemes[k - 1].lower)) or (
            not shaded and _tells_more(lexemes, group, k - 1, end + 1)
        )
    if after not in (",", ".", ";", ")"):
        return False
    named = lexemes[k - 1].capitalised and k > 1  # "and Jones, four,"
    counted = (is_plural(lexemes[k - 1].text) and not named) or lexemes[k - 1].lower in last_words_of_places()
    if in_words and (after != "," or counted):
        return False  # "the victims, nine,", "Norway, nine, and Sweden, eight,"
    if after == "," and not in_words and from_place(lexemes, k - 1, end + 1):
        return True
    if lexemes[k - 1].capitalised:
        return may_end_name(lexemes, k - 1) and not (shaded and (counted or lexemes[k - 1].lower in _NO_PERSONS))
    if is_person(lexemes[k - 1].lower) and (after in (",", ")") or lexemes[k].text == ","):
        return True  # "the suspect, 27, fled", "a son, 7, and twin daughters, 4."
    if after != "," or end + 1 >= len(lexemes):
        return False
    return lexemes[end + 1].lower in ("who", "whose") or _acts_at_age(lexemes, group, k - 1, end + 1)


def both_of_persons(lexemes: Sequence[Lexeme], k: int) -> bool:
    """Whether lexeme ``k`` is the "both" or "all" of two persons or more: "two boys, both 16," and "the men (all 34)",
    "They were both 18"."""
    if k < 2 or lexemes[k].lower not in ("both", "all"):
        return False
    if lexemes[k - 1].lower in ("are", "were"):
        return lexemes[k - 2].lower in ("they", "we", "who") or _is_people(lexemes[k - 2].lower)
    return lexemes[k - 1].text in (",", "(") and (_is_people(lexemes[k - 2].lower) or _two_names(lexemes, k - 2))


def _two_names(lexemes: Sequence[Lexeme], k: int) -> bool:
    """Whether two capitalised names, and no places, end at lexeme ``k``: "Sam Ode and Erin Coy, both 29"."""
    joint = next((at for at in range(k - 1, max(0, k - _LONGEST_NAME), -1) if lexemes[at].lower == "and"), 0)
    placed = lexemes[k].lower in last_words_of_places() or lexemes[joint - 1].lower in last_words_of_places()
    return (
        joint > 0
        and not placed
        and all(word.capitalised for word in (*lexemes[joint - 1 : joint], *lexemes[joint + 1 : k + 1]))
    )


def _is_people(noun: str) -> bool:
    """Whether a noun names two persons or more: "twins", "brothers", "women"."""
    person = noun in ("pair", "couple", "trio", "twins") or (is_plural(noun) and is_person(singular(noun)))
    return person or noun in word_set("cues", "age_groups") or is_person(noun)


def _tells_more(lexemes: Sequence[Lexeme], group: Group, noun: int, behind: int) -> bool:
    """Whether more of the person at ``noun`` is told behind the number and "and": "The left-hander, 23 and playing",
    "Mr Green, 45 and unemployed"."""
    value = group.first.numeral.value
    if group.first is not group.last or value is None or not _YOUNGEST <= value <= _OLDEST or behind >= len(lexemes):
        return False
    word = lexemes[behind].lower
    if not (word.endswith("ing") or word in word_set("amounts", "further_of_persons")) or word in change_words().verbs:
        return False
    # "Pupils per teacher, 24 and just below the norm", "The odds on Mr Green, 45 and now 30"
    if _per_person(lexemes, noun) or (behind + 1 < len(lexemes) and is_numeral(lexemes[behind + 1])):
        return False
    who = lexemes[noun].lower
    surname = lexemes[noun].capitalised and lexemes[noun - 1].lower in _BEFORE_SURNAMES
    return surname or (lexemes[noun].text.islower() and is_person(who))


def _per_person(lexemes: Sequence[Lexeme], noun: int) -> bool:
    """Whether the noun stands behind "per", so that numbers are of each: "patients per doctor, 30 and now 40"."""
    return at(lexemes, noun - 1) == "per"


def from_place(lexemes: Sequence[Lexeme], last: int, behind: int) -> bool:
    """Whether a person and the place that ends at ``last`` are named: "Ada Moss of Clarens, 71, has run", "John Poole,
    of East Leeds, 34, was".

    ``behind`` is the lexeme behind the comma that closes the age; who acts there need have no known given name.
    """
    of = last
    while of > 0 and last - of < _LONGEST_PLACE and lexemes[of].capitalised:
        of -= 1
    if of == last or of < 2 or lexemes[of].lower not in ("of", "from"):
        return False
    family = of - 2 if lexemes[of - 1].text == "," else of - 1
    if family < 1 or not lexemes[family].capitalised or not lexemes[family - 1].capitalised:
        return False
    known = lexemes[family - 1].lower in _BEFORE_SURNAMES
    named = not in_class(lexemes[family - 1], "determiners") and lexemes[family].lower not in _BODIES
    return known or (named and _acts(lexemes, behind))


def _acts(lexemes: Sequence[Lexeme], k: int) -> bool:
    """Whether who stands in front of lexeme ``k`` does something there."""
    if k >= len(lexemes) or not lexemes[k].text.islower():
        return False
    return looks_past(lexemes[k].lower) or in_class(lexemes[k], "be", "have", "present", "past")


_BODIES = frozenset(word_data("names")["organisations"]["endings"])
_LONGEST_PLACE = 3  # words
_LONGEST_NAME = 5  # lexemes from "and" to the end of a name


def lists_ages(lexemes: Sequence[Lexeme], k: int) -> bool:
    """Whether lexeme ``k`` is a word for ages, or what it lists: "aged", "aged 18-24, 25 to 34 and"."""
    lowest = max(0, k - _LONGEST_LIST)
    while k > lowest and (lexemes[k].is_number or lexemes[k].lower in _IN_LISTS or is_numeral(lexemes[k])):
        k -= 1
    return k >= 0 and lexemes[k].lower in _AGE_WORDS


def behind_full_name(lexemes: Sequence[Lexeme], start: int, end: int) -> bool:
    """Whether the number is an age right behind a given name and a surname: "Keith Brand 71 refused", "Sandra Oakes 61
    of Leeds", where the commas are left out."""
    if start < 2 or end >= len(lexemes) or not lexemes[start].text.isdecimal():
        return False
    given, family, after = lexemes[start - 2], lexemes[start - 1], lexemes[end]
    named = given.text.istitle() and family.type is LexemeType.WORD and family.text.istitle()
    if not named or not _YOUNGEST <= int(lexemes[start].text) <= _OLDEST or given.lower not in _BEFORE_SURNAMES:
        return False
    lives = after.lower in ("of", "from") and end + 1 < len(lexemes) and lexemes[end + 1].capitalised
    acts = after.type is LexemeType.WORD and (
        looks_past(after.lower) or in_class(after, "be", "have", "present", "past")
    )
    return after.lower in ("who", "whose") or lives or (acts and not after.capitalised)


def _acts_at_age(lexemes: Sequence[Lexeme], group: Group, noun: int, verb: int) -> bool:
    """Whether the number may be the age of whoever stands at ``noun``, by a verb behind the commas: "The dinner lady,
    74, told us".

    Not in "Turnout, 62, was", "the lines, 14, carried", "in March, 31, were".
    """
    value = group.first.numeral.value
    aged = group.first is group.last and value is not None and _YOUNGEST <= value <= _OLDEST
    word = lexemes[noun].lower
    if not aged or is_plural(word) or word.endswith(ENDINGS_OF_THINGS) or word in word_set("cues", "places_of_people"):
        return False
    return lexemes[verb].text.islower() and lexemes[verb].lower not in _NO_DEEDS


def _closes_list(lexemes: Sequence[Lexeme], k: int) -> bool:
    return k >= len(lexemes) or lexemes[k].text in (",", ")", ".", ";")


def listed_behind(lexemes: Sequence[Lexeme], k: int, end: int) -> bool:
    """Whether the number that ends at ``end`` goes on in a list of ages behind persons: the 13 of "his sons, 9 and 13,"
    and the 28 of "three daughters, 31, 28 and 25."."""
    if k < 3 or lexemes[k].lower not in (",", "and") or not is_numeral(lexemes[k - 1]):
        return False
    if not (_closes_list(lexemes, end) or at(lexemes, end) == "and"):
        return False
    lowest = max(0, k - _LONGEST_LIST)
    while k > lowest and (is_numeral(lexemes[k]) or lexemes[k].lower in (",", "and", "(")):
        k -= 1
    return (
        lexemes[k + 1].text in (",", "(")
        and is_numeral(lexemes[k + 2])
        and is_person(lexemes[k].lower)
        and not _per_person(lexemes, k)
    )


def may_end_name(lexemes: Sequence[Lexeme], k: int) -> bool:
    """Whether the capitalised word at ``k`` may end a person's name and is no place or date."""
    if k == 0 or lexemes[k - 1].type is not LexemeType.WORD:
        return True
    return lexemes[k - 1].lower not in word_set("amounts", "before_places_and_dates")


def described_in_front(lexemes: Sequence[Lexeme], k: int) -> int:
    """Where who is described between commas stands, in "Ida Breen, the accordion player, is 76"; else ``k`` itself.

    Lexeme ``k`` is the one in front of the verb.
    """
    if k < _SHORTEST_ASIDE or lexemes[k].text != "," or not is_person(lexemes[k - 1].lower):
        return k
    for opening in range(k - 3, max(0, k - _LONGEST_ASIDE), -1):
        if lexemes[opening].text == ",":
            role = in_class(lexemes[opening + 1], "articles", "determiners")
            return opening - 1 if role and not _may_be_team(lexemes, opening - 1, k - 1) else k
    return k


_SHORTEST_ASIDE, _LONGEST_ASIDE = 4, 10  # lexemes


def _may_be_team(lexemes: Sequence[Lexeme], name: int, role: int) -> bool:
    """Whether the name described by a role may be that of a team: "Arsenal, the leader, is 76", "Real Madrid, the
    league leader, was 60"; "Kei Lund, the party leader, is 61" is a person, and so is who has a known given name."""
    given = {lexeme.lower for lexeme in lexemes[max(0, name - 2) : name + 1]}
    if lexemes[role].lower not in word_set("amounts", "roles_of_teams") or not given.isdisjoint(_BEFORE_SURNAMES):
        return False
    bare = in_class(lexemes[role - 1], "articles") or lexemes[role - 1].lower in word_set("amounts", "fields_of_teams")
    return bare or name == 0 or not lexemes[name - 1].capitalised


def children_are(lexemes: Sequence[Lexeme], k: int, end: int) -> bool:
    """Whether children "are" the number that ends at ``end``, with lexeme ``k`` in front of it: "My kids are ten and
    twelve", "the boys, who are five"."""
    for _ in range(_MOST_CHILDREN):
        if k > 1 and lexemes[k].lower in ("and", ",") and is_numeral(lexemes[k - 1]):
            k -= 2
    if k < 1 or lexemes[k].lower not in ("are", "were") or at(lexemes, end + 1) in ("a", "an"):
        return False  # "are one and a half metres tall"
    k -= 1
    if lexemes[k].lower == "who" and k > 1:
        k -= 2 if lexemes[k - 1].text == "," else 1
    return lexemes[k].lower in word_set("amounts", "children")


_MOST_CHILDREN = 6
