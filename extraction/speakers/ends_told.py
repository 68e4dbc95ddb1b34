"""Finds where what a report clause reports begins behind its verb, and where it ends before the sentence does."""

from extraction.text.lexemes import Lexeme, LexemeType
from extraction.text.money_signs import MONEY_SIGNS
from extraction.text.numeral import is_numeral
from extraction.text.word_classes import can_speak, has_verb, in_class, is_adverb, is_auxiliary, is_relative, is_verb
from extraction.text.words import word_set

_LONGEST_CLAUSE = 40  # lexemes


def behind_votes(words: list[Lexeme], at: int, start: int) -> int:
    """Where begins what is said in "The tribunal ruled six to three that the ban was unlawful": at "that".

    How often it was said is not said: "had warned twice of the danger"; nor how many heard it: "told 300 staff that".
    """
    if at + 1 < len(words) and words[at + 1].lower == "twice":
        return words[at + 1].end
    if words[at].lower in word_set("attribution", "listened"):
        return _behind_listeners(words, at) or start
    if words[at].lower not in word_set("attribution", "that"):
        return start
    return next((word.start for word in words[at + 1 : at + 5] if word.lower == "that"), start)


def _behind_listeners(words: list[Lexeme], at: int) -> int:
    """Where "that" or a pronoun opens what is said to listeners who are counted; 0 without them."""
    counted = False
    for word in words[at + 1 : at + _LISTENERS]:
        if counted and (word.lower == "that" or (in_class(word, "subject_pronouns") and word.lower != "one")):
            return word.start
        counted = counted or is_numeral(word)
        opens = in_class(word, "articles", "object_pronouns") or word.lower in {"more", "than", "about", "all", "some"}
        if (word.type is LexemeType.SYMBOL and word.text != "-") or (not counted and not opens):
            return 0
    return 0


_LISTENERS = 10  # lexemes of "its 1,140 members at a meeting in Leeds"


def relative_end(words: list[Lexeme], at: int, first: int, end: int) -> int:
    """Where the clause of "The union, which argues the mine is unsafe, has 900 members" ends; else ``end``.

    In "Among them was Jo Li, who says he fell, broke two ribs and" no other verb has to come.
    """
    if first > 0 and in_class(words[first - 1], "be"):
        return end
    if first > 1 and is_relative(words[first - 1]) and words[first - 2].text == ",":
        return _behind_relative(words, at, first - 2, end)
    who = at - 1
    while who > 0 and is_adverb(words[who]):
        who -= 1  # "which once boasted"
    if who < 1 or not is_relative(words[who]) or not (words[who - 1].text == "," or words[who].lower == "that"):
        return end
    opens_aside = False  # in "who says the loss of a grant, worth $7,500, could hurt" no verb stands in front of it
    told = at + 1 < len(words) and words[at + 1].lower.endswith("ing")  # "who denies taking $40,000"
    for comma in range(at + 1, min(len(words) - 1, at + _LONGEST_CLAUSE)):
        verb = is_auxiliary(words[comma + 1]) or is_verb(words, comma + 1)
        if words[comma].text != ",":
            told = told or (verb and not words[comma + 1].lower.endswith("ing"))
        elif verb and words[comma + 1].lower != "worth" and not opens_aside:
            return min(end, words[comma].start)
        else:
            opens_aside = not told and not opens_aside
    return end


def _behind_relative(words: list[Lexeme], at: int, comma: int, end: int) -> int:
    """Where the clause of "The dam, which engineers say could fail, holds 40 million litres" ends; else ``end``.

    Where a verb stands in front of its first ``comma``, as in "It hit the dam, which they say could fail, ...", nothing
    has to come behind it.
    """
    if has_verb(words[:comma]):
        return end
    commas = [k for k in range(at + 1, min(len(words) - 1, at + _LONGEST_CLAUSE)) if words[k].text == ","]
    verbs = [k for k in commas if is_auxiliary(words[k + 1]) or is_verb(words, k + 1)]
    unknown = [k for k in commas if words[k + 1].lower.endswith("s") and not in_class(words[k + 1], "determiners")]
    closing = [*verbs, *unknown, *commas[-1:]][:1]  # "compares with 8%" may be a verb that nobody knows
    return min(end, words[closing[0]].start) if closing else end


def behind_forecast(words: list[Lexeme], at: int, end: int) -> int:
    """Where what is foreseen ends in "had forecast a cut of 25 points, after prices rose 6%": at "after"; else ``end``.

    In "expects that prices will fall after the harvest" the clause goes on.
    """
    if at + 1 < len(words) and words[at + 1].lower == "to":
        return _behind_plan(words, at, end)
    for k in range(at + 1, min(len(words), at + _LONGEST_CLAUSE)):
        if words[k].lower in _STANDS_APART and words[k + 1 : k + 2] and not words[k + 1].is_number:
            return words[k].start
        if words[k].text in {":", '"'} or words[k].lower in {"that", "to"} or is_verb(words, k):
            return end
    return end


_STANDS_APART = frozenset(("after", "while", "although", "though", "because", "whereas"))


def rest_told(words: list[Lexeme], verb: int, end: int) -> int:
    """Where "and that" opens a clause of its own behind a verb without "that": "expected losses and that 40 would go".

    In "believed that prices had risen and that" both are believed.
    """
    that = next(
        (at for at in range(verb + 1, min(len(words) - 1, verb + _LONGEST_CLAUSE)) if words[at].lower == "that"), 0
    )
    joined = words[that - 1].lower == "and" or (words[that - 1].text == "," and words[that + 1].lower != "is")
    if that < verb + _FEWEST_TOLD or words[that].start >= end or not joined:
        return end
    return words[that - 1].start


_FEWEST_TOLD = 3  # lexemes of "losses and that"


def aside_start(words: list[Lexeme], place: int, last: int, start: int) -> int:
    """Where what an aside says begins: with the sentence where it opens or closes it, else behind the aside.

    "The novel has 1,204 pages and contains, by one scholar's count, 316 full stops."
    """
    behind = next((word for word in words[last + 1 : last + 2]), None)
    closes = behind is None or behind.type is LexemeType.BREAK or behind.text in {".", "!", "?"}
    opens = place <= 0 or all(word.type is not LexemeType.WORD for word in words[:place])
    return start if opens or closes else words[last].end


def _behind_plan(words: list[Lexeme], at: int, end: int) -> int:
    """Where a plan ends in "hopes to run two trains, and fares will fall": at "and"; else ``end``.

    Behind "to" stands no clause, so that nobody says what has a subject of its own.
    """
    for comma in range(at + 2, min(len(words) - 2, at + _LONGEST_CLAUSE)):
        if words[comma].text == "," and words[comma + 1].lower in _JOINING:
            clause = words[comma + 2 : comma + _SUBJECT]
            plain = clause[0].lower != "to" and not in_class(clause[0], "prepositions") and not is_verb(clause, 0)
            if plain and any(is_auxiliary(word) for word in clause):
                return min(end, words[comma].start)
    return end


_JOINING = frozenset(("and", "but", "while"))
_SUBJECT = 7  # lexemes of ", and fares for adults will"


def hearsay_start(words: list[Lexeme], cue: int, end: int) -> int:
    """Where in "said he would spend $4m, and it is reportedly close to a deal" the hearsay begins; else ``end``."""
    joined = 0
    for at in range(cue + 1, min(len(words) - 1, cue + _LONGEST_CLAUSE)):
        if words[at].text in {",", ";"}:
            joined = words[at].start if words[at + 1].lower in _JOINING else 0
        if joined and words[at].lower in {"reportedly", "allegedly"}:
            return min(end, joined)
    return end


def deed_start(words: list[Lexeme], cue: int, end: int) -> int:
    """Where in "announced a curfew and sent 300 troops" begins what somebody does and does not say; else ``end``.

    What is told must be a thing: "said sales rose 3% and cut 200 jobs" goes on.
    """
    if words[cue].lower not in word_set("attribution", "tells_things"):
        return end
    for at in range(cue + 1, min(len(words) - 1, cue + _LONGEST_CLAUSE)):
        word = words[at]
        if word.start >= end or word.text in {":", ";", '"'} or in_class(word, "subject_pronouns"):
            break
        if word.lower == "and":
            deed = at + 1 + is_adverb(words[at + 1])
            if _does(words, deed) and words[deed].lower not in word_set("attribution", "say"):
                return word.start
        elif word.lower == "to" or is_relative(word) or is_auxiliary(word) or is_verb(words, at):
            break  # "a plan to close 12 shops and cut 300 jobs"
    return end


def _does(words: list[Lexeme], deed: int) -> bool:
    """Whether a verb of a deed stands at ``deed``, and no noun:
    "and sent 300 troops", "and cut its forecast"; not in "and cuts of $3m", "and planned savings of $4m"."""
    if deed < len(words) and is_auxiliary(words[deed]):
        return True  # "and was fined $3m"
    if deed + 1 >= len(words) or not is_verb(words, deed):
        return False
    behind = words[deed + 1]
    thing = behind.is_number or behind.text in MONEY_SIGNS or in_class(behind, "determiners", "object_pronouns")
    return thing or (is_adverb(behind) and not words[deed].lower.endswith("ed"))


def about_speaker(words: list[Lexeme], at: int) -> int:
    """Where in "said Jo Li, 43, the owner of 12 shops, who has 11 employees, ..." it ends to be about her; else 0.

    ``at`` is behind the name. In "which would be a record" the clause is about what is said.
    """
    behind = 0
    comma = next((k for k in range(at, min(len(words) - 2, at + _SUBJECT)) if words[k].type is not LexemeType.WORD), at)
    for _ in range(_MOST_ASIDES):
        if comma + 2 >= len(words) or words[comma].text != "," or not _describes(words, comma + 1):
            break
        last = comma + 2
        while last < len(words) - 1 and words[last].text not in {",", ";", "."}:
            last += 1
        behind = words[last].start if words[last].type is LexemeType.SYMBOL else words[last].end
        comma = last
    return behind


_MOST_ASIDES = 3  # the age, what somebody is, and a clause


def _describes(words: list[Lexeme], at: int) -> bool:
    """Whether what stands at ``at`` behind a name is about who has it:
    ", who has 11 employees", ", 43", ", the owner of 12 shops"."""
    word, behind = words[at], words[at + 1]
    if word.lower in {"who", "whose", "which"}:
        return word.lower != "which" or not is_auxiliary(behind)
    if word.is_number:
        return word.text.isdecimal() and len(word.text) == _DIGITS_OF_AGE and behind.text in {",", "."}
    head = at
    for k in range(at, min(len(words), at + _SUBJECT)):
        if words[k].type is not LexemeType.WORD or in_class(words[k], "prepositions", "relatives"):
            break
        if words[k].capitalised or is_numeral(words[k]):
            return False
        head = k
    described = in_class(word, "articles") or can_speak(word.lower)
    return described and can_speak(words[head].lower) and not _has_verb_of_its_own(words, head + 1)


_DIGITS_OF_AGE = 2


def _has_verb_of_its_own(words: list[Lexeme], at: int) -> bool:
    """Whether a verb follows, so that it is no description: ", the head of the union called 40 members"."""
    for k in range(at, min(len(words), at + _LONGEST_CLAUSE)):
        if (words[k].type is not LexemeType.WORD and words[k].text in ",;.") or is_relative(words[k]):
            return False
        if is_auxiliary(words[k]) or is_verb(words, k):
            return True
    return False
