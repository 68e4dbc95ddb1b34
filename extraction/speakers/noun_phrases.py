"""Finds the noun phrase in front of a verb by closed word classes and capitals, without a tagger.

All functions work on a list of lexemes, give half-open ranges of positions and look a bounded number around.
"""

from extraction.speakers.described import (
    describes_name,
    has_maker,
    is_apart_in_number,
    is_description,
    is_employer,
    is_name,
    named_behind,
    opens_title,
    person_behind,
    quotes_inside,
)
from extraction.speakers.times_behind import behind_time, sets_scene, times
from extraction.text.lexemes import Lexeme, LexemeType
from extraction.text.money_signs import MONEY_SIGNS
from extraction.text.nouns import given_names, is_person
from extraction.text.word_classes import (
    ARTICLES,
    contracted_pronoun,
    in_class,
    is_adverb,
    is_auxiliary,
    is_initial,
    is_inside_word,
    is_relative,
    is_verb,
)
from extraction.text.words import word_data, word_set

Range = tuple[int, int]
REACH = 24
# Symbols that stand inside a noun phrase.
INNER = MONEY_SIGNS.union("-‐‑&/'’.%#+")


def phrase_before(words: list[Lexeme], verb: int) -> Range | None:
    """The noun phrase that is the subject of the verb at ``verb``, by what stands before it."""
    at = verb
    lowest = max(0, verb - 3 * REACH)
    while at > lowest:
        if at > 1 and words[at - 1].lower == "average" and words[at - 2].lower == "on":
            at -= 2  # "analysts had on average expected"
        elif is_adverb(words[at - 1]) or is_auxiliary(words[at - 1]):
            at -= 1
        else:
            break
    if at <= lowest:
        return None
    before = words[at - 1]
    if before.lower in word_set("attribution", "ends_of_unnamed"):
        who = next((k for k in range(at - 2, max(lowest, at - _UNNAMED), -1) if words[k].lower == "who"), lowest)
        if who > lowest:  # "A farmer who asked not to be named said"
            return _gather(words, who - (words[who - 1].text == ","), lowest)
    if is_relative(before) and at - 1 > lowest:
        at -= 2 if words[at - 2].text == "," else 1
        if before.lower == "who" and words[at].text == ",":
            at = _behind_name(words, at, lowest)  # "Jane Doe, 52, of Leeds, who says"
        described = _gather(words, at, lowest)
        if described is None:
            return None
        says = word_set("attribution", "say") - word_set("attribution", "show")
        if before.lower == "which" and words[at].text == "," and words[verb].lower in says:
            return named_behind(words, described)
        if before.lower == "who":
            return _named_in_front(words, described, lowest) or person_behind(words, described)
        return described
    if at < verb and before.lower in word_set("attribution", "say"):
        # "job cuts that it says will save": the subject of "save" stands in front of "that".
        speaker = _gather(words, at - 1, lowest)
        if speaker is None or words[speaker[0] - 1].lower not in {"that", "which"}:
            return None
        at = speaker[0] - 1
    elif before.text in {",", ")", "–", "—"} or (before.text == "-" and not before.glued):
        return _in_front_of_parenthesis(words, at, lowest)
    found = _gather(words, at, lowest)
    return None if found is None else _acting(words, found, lowest) or found


def _acting(words: list[Lexeme], span: Range, lowest: int) -> Range | None:
    """Who is described by doing something to ``span``; else None: "A lawyer representing the families said"."""
    doing = span[0] - 1
    if doing - 1 < lowest or not words[doing].lower.endswith("ing"):
        return None
    who = words[doing - 1].lower
    if not (is_person(who) or who in word_set("attribution", "speakers")):
        return None
    return _gather(words, doing, lowest)


_UNNAMED = 9  # lexemes from "who" to the verb of "who did not want to be named said"


def _named_in_front(words: list[Lexeme], span: Range, lowest: int) -> Range | None:
    """The name of who is described between commas, or None: "Omar Haddad, the project manager, who expects 40 jobs"."""
    comma = span[0] - 1
    if comma <= lowest or words[comma].text != "," or words[span[1] - 1].capitalised:
        return None
    named = _gather(words, comma, lowest)
    return named if named is not None and is_name(words, named) and named[1] - named[0] > 1 else None


def _in_front_of_parenthesis(words: list[Lexeme], at: int, lowest: int) -> Range | None:
    opening = _parenthesis_start(words, at - 1, lowest)
    if opening is None:
        return _gather(words, at - 1, lowest) if words[at - 1].text == "," else None
    apposed = (opening + 1, at - 1)
    subject = _gather(words, _behind_name(words, opening, lowest), lowest)
    if subject is not None and is_employer(words, subject, apposed):
        return subject
    named = is_name(words, apposed) or describes_name(words, apposed)
    if subject is not None and named and (not words[subject[1] - 1].capitalised or is_description(words, subject)):
        return apposed
    return subject


def _behind_name(words: list[Lexeme], comma: int, lowest: int) -> int:
    """Of the commas of "Jane Doe, 52, of Leeds, who ..., said" the one behind the name; else ``comma`` itself."""
    found = comma
    for _ in range(4):
        before = _parenthesis_start(words, comma, lowest)
        if before is None or before == 0 or comma - before < 2:
            break
        aged = words[before + 1].is_number and comma - before == 2
        lives = words[before + 1].lower in {"of", "from"} and words[before + 2].capitalised
        told = in_class(words[before + 1], "articles") or words[before + 1].lower == "who"
        entitled = told and _is_person_at(words, before, lowest)
        if (aged or lives or entitled or words[before + 1].lower == "aged") and words[before - 1].capitalised:
            found = before
        elif not (lives or in_class(words[before + 1], "articles") or is_relative(words[before + 1])):
            break
        comma = before
    return found


def _is_person_at(words: list[Lexeme], end: int, lowest: int) -> bool:
    """Whether who has the title behind is named here: "Jane Doe, the MP for Leeds, whose house was flooded, said"."""
    span = _gather(words, end, lowest)
    if span is None or not is_name(words, span):
        return False
    opens = span[0] == 0 and not words[0].lower.endswith("ly")  # "Dolan, a father of two, of Leeds, said"
    return opens or (span[1] - span[0] > 1 and words[span[0]].lower in given_names())


def _parenthesis_start(words: list[Lexeme], closing: int, lowest: int) -> int | None:
    mark = {")": "("}.get(words[closing].text, words[closing].text)
    for at in range(closing - 1, max(lowest, closing - 2 * REACH) - 1, -1):
        if words[at].text == mark and not (mark == "-" and words[at].glued):
            return at
        quoted = words[at].text == '"' and (at == 0 or words[at - 1].text == ",")
        if quoted or words[at].type is LexemeType.BREAK or words[at].text in {";", ":"}:
            return None
    return None


def _gather(words: list[Lexeme], end: int, lowest: int) -> Range | None:
    """The noun phrase that ends at ``end``."""
    if end <= lowest or end <= 0:
        return None
    last = words[end - 1]
    if last.text == ")":
        opening = _parenthesis_start(words, end - 1, lowest)
        return _gather(words, opening, lowest) if opening is not None else None
    if (in_class(last, "subject_pronouns") and last.lower != "one") or contracted_pronoun(last):
        return end - 1, end
    start = end
    while start > max(lowest, end - REACH) and not _bounds_phrase(words, start - 1, end):
        if words[start].lower in ARTICLES and start < end - 1 and _is_plain_noun(words, start - 1):
            break
        start -= 1
    antecedent = _antecedent(words, start - 1, lowest)
    if antecedent is not None:
        return antecedent
    if end - start > 1 and start == 0 and words[0].lower.endswith("ly") and in_class(words[1], "articles"):
        start = 1
    start = _skip_opening(words, start, end)
    named = any(word.type is LexemeType.WORD for word in words[start:end])
    sign = words[end - 1].type is LexemeType.SYMBOL
    whole = not sign or _abbreviated(words, end - 1) or quotes_inside(words, end - 1)
    return (start, end) if named and whole else None


def _abbreviated(words: list[Lexeme], at: int) -> bool:
    """Whether the sign at ``at`` is the full stop of an abbreviation that ends a name: "Acme Inc.", "the U.N."."""
    if words[at].text != "." or at == 0 or not words[at].glued:
        return False
    return words[at - 1].lower in word_data("sentences")["either"] or is_initial(words[at - 1])


def _antecedent(words: list[Lexeme], verb: int, lowest: int) -> Range | None:
    """The noun that the relative clause of the verb describes, or None: "a customer that accounted for ..."."""
    if verb <= lowest or not (is_verb(words, verb) or _opens_relative(words, verb)):
        return None
    at = verb
    while at > lowest and (is_adverb(words[at - 1]) or is_auxiliary(words[at - 1])):
        at -= 1
    if at - 1 <= lowest or not is_relative(words[at - 1]):
        return None
    at -= 2 if words[at - 2].text == "," else 1
    return _gather(words, at, lowest)


def _bounds_phrase(words: list[Lexeme], at: int, end: int) -> bool:
    """Whether the lexeme at ``at`` ends, towards the left, the noun phrase that ends at ``end``."""
    word = words[at]
    if word.type is LexemeType.BREAK:
        return True
    if word.text == '"':
        return not quotes_inside(words, at)
    if word.type is LexemeType.SYMBOL:
        return word.text not in INNER or (word.text in "-.'’" and not is_inside_word(words, at))
    if word.type is LexemeType.NUMBER:
        return False
    if word.lower == "and":
        return not _joins_nouns(words, at, end)
    if in_class(word, "coordinators", "subordinators"):
        return not is_apart_in_number(words, at)
    if in_class(word, "subject_pronouns") and not in_class(word, "determiners") and word.lower != "one":
        return True
    if _opens_relative(words, at):
        return True
    if at == end - 1 and not is_auxiliary(word):  # the last word is the noun itself: "job cuts"
        return False
    if at == 0 and word.capitalised and at + 1 < end and words[at + 1].capitalised:
        return False  # "Federated Farmers said"
    return is_verb(words, at) and not has_maker(words, at, end) and not opens_title(words, at)


def _opens_relative(words: list[Lexeme], at: int) -> bool:
    """Whether a verb stands behind "who": "cover" in "Analysts who cover the stock said"; not behind "WHO".

    In "the man who the prosecution says took it", "who police said took it" somebody speaks of whom is described.
    """
    if at < 1 or words[at - 1].text != "who" or words[at].type is not LexemeType.WORD:
        return False
    if in_class(words[at], "determiners"):
        return False
    says = at + 1 < len(words) and words[at + 1].lower in word_set("attribution", "say", "mind")
    return not (says and words[at].lower in word_set("attribution", "speakers"))


def _is_plain_noun(words: list[Lexeme], at: int) -> bool:
    """Whether it can be a noun where a comma is left out: "month" in "on the month the statistics office said"."""
    word = words[at]
    closed = in_class(word, "determiners", "prepositions", "coordinators", "subordinators", "object_pronouns")
    return word.type is LexemeType.WORD and word.text.islower() and not closed and not is_adverb(word)


def _joins_nouns(words: list[Lexeme], at: int, end: int) -> bool:
    """Whether "and" joins two nouns: names, or words with no verb in front of them in their clause."""
    if not 0 < at < end - 1:
        return False
    if words[at - 1].capitalised and words[at + 1].capitalised:
        return True
    for before in range(at - 1, max(-1, at - 7), -1):
        word = words[before]
        if word.lower in {"between", "both"}:
            return True
        if word.type is LexemeType.SYMBOL and word.text not in INNER:
            return word.text != '"'
        if is_verb(words, before) or word.type is LexemeType.NUMBER:
            return False
        if word.lower in {"while", "whereas", "although", "that", "but"}:
            return True
    return at < 7


def _skip_opening(words: list[Lexeme], start: int, end: int) -> int:
    """Leaves adverbs, conjunctions, days and an opening prepositional phrase out."""
    while (
        start < end
        and (
            in_class(words[start], "coordinators") or is_adverb(words[start]) or words[start].type is LexemeType.SYMBOL
        )
        and not in_class(words[start], "determiners")
        and words[start].text not in MONEY_SIGNS
        and words[start].text != "#"
    ):
        start += 1
    if start < end and in_class(words[start], "prepositions"):
        for at in range(end - 1, start + 1, -1):
            opens = in_class(words[at], "determiners", "subject_pronouns") and words[at].lower not in {"that", "one"}
            if opens and not in_class(words[at - 1], "prepositions"):
                return at
        start = 1 + max(at for at in range(start, end) if in_class(words[at], "prepositions"))
    if start < end - 2 and words[start].lower == "according":
        start += 2  # "according to the agency, which says"
    start = behind_time(words, start, end)
    led = start > 0 and in_class(words[start - 1], "prepositions")
    while start < end - 1 and (words[start].lower in times("weekdays") or (led and sets_scene(words, start, end))):
        start += 1
    return start
