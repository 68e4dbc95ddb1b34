"""Finds the noun phrases beside a verb by closed word classes and capitals, without a tagger.

All functions work on a list of lexemes and give half-open ranges of positions in it. They look a bounded number of
lexemes around, so the time does not depend on the length of the sentence.
"""

from functools import cache

from extraction.lexemes import Lexeme, LexemeType
from extraction.speakers.insertions import before_insertions, parenthesis_start
from extraction.speakers.name_kinds import given_names
from extraction.word_classes import in_class, is_adverb, is_auxiliary, is_initial, is_relative, is_verb
from extraction.words import word_data, word_set

Range = tuple[int, int]
_REACH = 24
_TO_BY = 5  # lexemes from "published" to who did it
_YEAR_DIGITS = 4
# Symbols that stand inside a noun phrase.
_INNER = frozenset("-‐‑&/'’.%$£€¥#+")


def phrase_before(words: list[Lexeme], verb: int) -> Range | None:
    """The noun phrase that is the subject of the verb at ``verb``, by what stands before it."""
    at = verb
    lowest = max(0, verb - 3 * _REACH)
    while at > lowest and (is_adverb(words[at - 1]) or is_auxiliary(words[at - 1])):
        at -= 1
    if at <= lowest:
        return None
    before = words[at - 1]
    if is_relative(before) and at - 1 > lowest:
        at -= 2 if words[at - 2].text == "," else 1
        described = _gather(words, at, lowest)
        return _person_behind(words, described) if described and before.lower == "who" else described
    if at < verb and before.lower in word_set("attribution", "say"):
        # "job cuts that it says will save": the subject of "save" stands in front of "that".
        speaker = _gather(words, at - 1, lowest)
        if speaker is None or words[speaker[0] - 1].lower not in {"that", "which"}:
            return None
        at = speaker[0] - 1
    elif before.text in {",", ")", "–", "—"}:
        return _in_front_of_parenthesis(words, at, lowest)
    return _gather(words, at, lowest)


def _person_behind(words: list[Lexeme], span: Range) -> Range:
    """As in "a talk with a clerk who claimed": "who" is the clerk, not the talk."""
    for at in range(span[1] - 2, span[0], -1):
        if words[at].lower in {"with", "to", "from", "by"} and in_class(words[at + 1], "determiners"):
            return at + 1, span[1]
    return span


def _in_front_of_parenthesis(words: list[Lexeme], at: int, lowest: int) -> Range | None:
    opening = parenthesis_start(words, at - 1, lowest)
    if opening is None:
        return _gather(words, at - 1, lowest) if words[at - 1].text == "," else None
    outer = before_insertions(words, opening, lowest)
    if outer != opening:
        return _gather(words, outer, lowest)
    apposed = (opening + 1, at - 1)
    subject = _gather(words, opening, lowest)
    if subject is not None and not words[subject[1] - 1].capitalised and is_name(words, apposed):
        return apposed
    return subject


def _gather(words: list[Lexeme], end: int, lowest: int) -> Range | None:
    """The noun phrase that ends at ``end``."""
    if end <= lowest or end <= 0:
        return None
    last = words[end - 1]
    if last.text == ")":
        opening = parenthesis_start(words, end - 1, lowest)
        return _gather(words, opening, lowest) if opening is not None else None
    if in_class(last, "subject_pronouns") and last.lower != "one":
        return end - 1, end
    start = end
    while start > max(lowest, end - _REACH) and not _bounds_phrase(words, start - 1, end):
        start -= 1
    antecedent = _antecedent(words, start - 1, lowest)
    if antecedent is not None:
        return antecedent
    if end - start > 1 and start == 0 and words[0].lower.endswith("ly") and in_class(words[1], "articles"):
        start = 1
    start = _skip_opening(words, start, end)
    named = any(word.type is LexemeType.WORD for word in words[start:end])
    closed = words[end - 1].type is not LexemeType.SYMBOL or (
        words[end - 1].text == "." and _is_inside_word(words, end - 1)
    )
    return (start, end) if named and closed else None


def _antecedent(words: list[Lexeme], verb: int, lowest: int) -> Range | None:
    """As in "a customer that accounted for ...": in front of a relative clause stands the noun that it describes."""
    if verb <= lowest or not is_verb(words, verb):
        return None
    at = verb
    while at > lowest and (is_adverb(words[at - 1]) or is_auxiliary(words[at - 1])):
        at -= 1
    if at - 2 <= lowest or not is_relative(words[at - 1]):
        return None
    at -= 2 if words[at - 2].text == "," else 1
    return _gather(words, at, lowest)


def _bounds_phrase(words: list[Lexeme], at: int, end: int) -> bool:
    """Whether the lexeme at ``at`` ends, towards the left, the noun phrase that ends at ``end``."""
    word = words[at]
    if word.type is LexemeType.BREAK:
        return True
    if word.type is LexemeType.SYMBOL:
        return word.text not in _INNER or (word.text in "-.'’" and not _is_inside_word(words, at))
    if word.type is LexemeType.NUMBER:
        return False
    if word.lower == "and":
        return not _joins_nouns(words, at, end)
    if word.lower == "before" and at > 0 and words[at - 1].lower in word_set("grammar", "before_nouns"):
        return False
    if in_class(word, "coordinators", "subordinators"):
        return True
    if in_class(word, "subject_pronouns") and not in_class(word, "determiners") and word.lower != "one":
        return True
    if at == end - 1 and not is_auxiliary(word):  # the last word is the noun itself: "job cuts"
        return False
    by = _TO_BY if word.lower in word_set("attribution", "published") else 2
    return is_verb(words, at) and all(each.lower != "by" for each in words[at + 1 : min(end, at + by)])


def _joins_nouns(words: list[Lexeme], at: int, end: int) -> bool:
    """Whether "and" stands between two nouns: names, or words with no verb in front of them in their clause."""
    if not 0 < at < end - 1:
        return False
    if words[at - 1].capitalised and words[at + 1].capitalised:
        return True
    for before in range(at - 1, max(-1, at - 7), -1):
        word = words[before]
        if word.lower in {"between", "both"}:
            return True
        if word.type is LexemeType.SYMBOL and word.text not in _INNER:
            return word.text != '"'
        if is_verb(words, before) or word.type is LexemeType.NUMBER:
            return False
        if word.lower in {"while", "whereas", "although", "that", "but"}:
            return True
    return at < 7


def _is_inside_word(words: list[Lexeme], at: int) -> bool:
    """A hyphen between two word parts, or the full stop of a title or initial."""
    if at + 1 >= len(words) or at == 0:
        return False
    if words[at + 1].type is LexemeType.BREAK:
        return False
    if words[at].text == ".":
        return words[at].glued and (words[at + 1].glued or (len(words[at - 1].text) <= 4 and words[at - 1].capitalised))
    return words[at].glued and (words[at + 1].glued or words[at].text in "'’")


def _skip_opening(words: list[Lexeme], start: int, end: int) -> int:
    """Leaves adverbs, conjunctions, days and an opening prepositional phrase out."""
    while (
        start < end
        and (
            in_class(words[start], "coordinators") or is_adverb(words[start]) or words[start].type is LexemeType.SYMBOL
        )
        and not in_class(words[start], "determiners")
        and words[start].text not in "$£€¥#"
    ):
        start += 1
    if start < end and in_class(words[start], "prepositions"):
        for at in range(end - 1, start + 1, -1):
            opens = in_class(words[at], "determiners", "subject_pronouns") and words[at].lower not in {"that", "one"}
            if opens and not in_class(words[at - 1], "prepositions"):
                return at
        last = max(at for at in range(start, end) if in_class(words[at], "prepositions"))
        start = last + 1
    if start < end - 2 and words[start].lower == "according":
        start += 2  # "according to the agency, which says"
    led = start > 0 and in_class(words[start - 1], "prepositions")
    while start < end - 1 and (words[start].lower in _times("weekdays") or (led and _sets_scene(words, start, end))):
        start += 1
    return start


def _sets_scene(words: list[Lexeme], at: int, end: int) -> bool:
    """As in "In May Acme said", "In 2019 Smith said", "In Leeds Jane Smith said": a time or place before a name."""
    if words[at].type is LexemeType.NUMBER:
        return len(words[at].text) == _YEAR_DIGITS and words[at + 1].capitalised
    month = words[at].lower in _times("months") and words[at].capitalised
    named = end == at + 3 and words[at + 1].lower in given_names() and words[at + 2].capitalised
    return month or (named and words[at].capitalised)


@cache
def _times(group: str) -> frozenset[str]:
    return frozenset(name for names in word_data("times")[group] for name in names)


def is_name(words: list[Lexeme], span: Range) -> bool:
    """Whether all words of a range are capitalised."""
    parts = [word for word in words[span[0] : span[1]] if word.type is LexemeType.WORD]
    return bool(parts) and all(
        word.capitalised or word.lower in {"of", "de", "van", "von", "the", "al"} for word in parts
    )


def phrase_after(words: list[Lexeme], start: int) -> Range | None:
    """The noun phrase that starts at ``start``; of "chief executive Jane Doe, who" the name alone."""
    end = start
    named = False
    while end < min(len(words), start + _REACH):
        word = words[end]
        if word.type is LexemeType.BREAK or (
            word.type is LexemeType.SYMBOL
            and (word.text not in _INNER or (word.text in "-.'’" and not _is_inside_word(words, end)))
        ):
            break
        ends = in_class(word, "coordinators", "subordinators", "modals", "be", "have") and word.lower != "and"
        if ends and not is_initial(word):
            break
        if word.lower == "and" and not (
            end > start and end + 1 < len(words) and words[end - 1].capitalised and words[end + 1].capitalised
        ):
            break
        verb = is_verb(words, end) and not _precedes_name(words, end)
        if end > start and (verb or (is_adverb(word) and not in_class(word, "determiners"))):
            break
        if in_class(word, "prepositions") and (named or word.lower not in {"of", "for", "at", "in", "by", "from"}):
            break
        if named and word.type is LexemeType.WORD and not word.capitalised:
            break
        if in_class(word, "subject_pronouns") and end == start:
            return start, start + 1
        named = named or (
            word.capitalised
            and end + 1 < len(words)
            and words[end + 1].type is LexemeType.WORD
            and words[end + 1].capitalised
        )
        end += 1
    while end > start + 1 and in_class(words[end - 1], "prepositions"):
        end -= 1  # "a study of almost 15,000 people"
    if end == start:
        return None
    return _apposed_name(words, end) or shortened(words, (start, end))


def _precedes_name(words: list[Lexeme], at: int) -> bool:
    """As in "housing lead Cllr Jane Doe": a word of the description right in front of a name is no verb."""
    name = words[at + 1 : at + 3]
    return len(name) == 2 and all(word.type is LexemeType.WORD and word.capitalised for word in name)


def _apposed_name(words: list[Lexeme], comma: int) -> Range | None:
    """The name of "the prosecutor, Jane Doe, ..."."""
    if comma >= len(words) or words[comma].text != "," or words[comma - 1].capitalised:
        return None
    end = comma + 1
    while end < min(len(words), comma + 6) and (words[end].capitalised or words[end].text in {"-", "’", "'"}):
        end += 1
    closed = end >= len(words) or words[end].text in {",", ".", '"'} or words[end].type is LexemeType.BREAK
    return (comma + 1, end) if closed and end - comma > 2 else None


def shortened(words: list[Lexeme], span: Range) -> Range:
    """A name at the end of a description stands for the whole: "the broker's Jane Doe" is "Jane Doe"."""
    start, end = span
    first = end
    while first > start and (words[first - 1].capitalised or words[first - 1].text in {"-", "."}):
        first -= 1
        if first < end - 1 and words[first].text.endswith(("'s", "’s")):
            first += 1
            break
    while first < end and words[first].type is LexemeType.SYMBOL:
        first += 1
    size = sum(word.type is LexemeType.WORD for word in words[first:end])
    before = words[start:first]
    if size >= 2 and before and not in_class(before[-1], "determiners", "prepositions", "coordinators"):
        return first, end
    return span
