"""Finds the noun phrase behind a word, as in "said chief executive Jane Doe", and shortens a description to a name.

As in ``noun_phrases.py`` the functions work on lexemes, give half-open ranges and look a bounded number around.
"""

from extraction.speakers.described import is_employer
from extraction.speakers.noun_phrases import INNER, REACH, Range
from extraction.speakers.times_behind import without_time
from extraction.text.lexemes import Lexeme, LexemeType
from extraction.text.nouns import is_person
from extraction.text.word_classes import in_class, is_adverb, is_initial, is_inside_word, is_relative, is_verb
from extraction.text.words import phrases_by_word, word_set


def phrase_after(words: list[Lexeme], start: int) -> Range | None:
    """The noun phrase that starts at ``start``; of "chief executive Jane Doe, who" the name alone."""
    end = start
    named = owned = False
    while end < min(len(words), start + REACH):
        word = words[end]
        if word.type is LexemeType.BREAK or (
            word.type is LexemeType.SYMBOL
            and (word.text not in INNER or (word.text in "-.'’" and not is_inside_word(words, end)))
        ):
            break
        ends = in_class(word, "coordinators", "subordinators", "modals", "be", "have") and word.lower != "and"
        if ends and not is_initial(word):
            break
        if word.lower == "and" and not (
            end > start and end + 1 < len(words) and words[end - 1].capitalised and words[end + 1].capitalised
        ):
            break
        verb = is_verb(words, end) and not _precedes_name(words, end) and not _is_forecast(words, start, end)
        if end > start and (verb or (is_adverb(word) and not in_class(word, "determiners"))):
            break
        if end > start and _starts_another(words[end - 1], word):
            break  # "According to the manifest the ferry carried 178", without a comma
        if in_class(word, "prepositions") and _joins_capitals(words, start, end):
            end += 1  # "Doctors Without Borders"
            continue
        if in_class(word, "prepositions") and (named or word.lower not in {"of", "for", "at", "in", "by", "from"}):
            break
        owned |= end > start and words[end - 1].lower.endswith(("'s", "’s"))  # "according to Mr Li's union"
        if named and word.type is LexemeType.WORD and not (word.capitalised or owned or _is_title(words, end)):
            break
        if in_class(word, "subject_pronouns") and end == start and not _counts_one(words, end):
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
    end = without_time(words, (start, end))[1]
    return _apposed_name(words, start, end) or _informed(words, start, end) or shortened(words, (start, end))


def _starts_another(before: Lexeme, word: Lexeme) -> bool:
    """Whether an article or "Ms" that stands behind a noun or a pronoun starts a phrase of its own."""
    if before.type is not LexemeType.WORD or not (in_class(word, "articles") or word.lower in _COURTESIES):
        return False
    return not in_class(before, "prepositions", "determiners", "coordinators") and before.lower not in _BEFORE_ARTICLES


_COURTESIES = word_set("names", "courtesies")
_BEFORE_ARTICLES = word_set("attribution", "before_articles")


def _informed(words: list[Lexeme], start: int, end: int) -> Range | None:
    """The noun from ``start`` to ``end`` with what its people are said to know; None where nothing says so:
    "two people familiar with the plan", "a person briefed on the talks"."""
    phrase = _phrase_of_knowledge(words, end if end - start < _FEWEST or not _knows(words, end - 1) else end - 1)
    if phrase is None:
        return None
    last = phrase
    while last < min(len(words), phrase + _OF_WHAT) and _goes_on(words, last, phrase):
        last += 1
    return None if last == phrase else (start, last)


def _knows(words: list[Lexeme], at: int) -> bool:
    return words[at].lower in _knowledge()


def _phrase_of_knowledge(words: list[Lexeme], at: int) -> int | None:
    """Where a phrase of ``informed`` that stands at ``at`` ends."""
    for parts in _knowledge().get(words[at].lower if at < len(words) else "", ()):
        if [word.lower for word in words[at : at + len(parts)]] == parts:
            return at + len(parts)
    return None


def _goes_on(words: list[Lexeme], at: int, first: int) -> bool:
    word = words[at]
    if word.type is not LexemeType.WORD or in_class(word, "prepositions", "coordinators", "subordinators"):
        return False
    behind = words[at + 1] if at + 1 < len(words) else None
    closes = behind is None or behind.type is not LexemeType.WORD or is_relative(behind)
    return at == first or closes or not (is_verb(words, at) or is_adverb(word))


_FEWEST = 2  # words of "people familiar"
_OF_WHAT = 7  # words of "the company's internal plans"


def _knowledge() -> dict[str, list[list[str]]]:
    return phrases_by_word("attribution", "informed")


def _counts_one(words: list[Lexeme], at: int) -> bool:
    """Whether "one" counts what follows it: "said one former manager", "said one of the traders"."""
    behind = words[at + 1] if at + 1 < len(words) else None
    return words[at].lower == "one" and behind is not None and behind.type is LexemeType.WORD


def _is_forecast(words: list[Lexeme], start: int, at: int) -> bool:
    """Whether the word is the source itself behind an article, and no verb: "the median forecast of 13 economists"."""
    behind = words[at + 1].lower if at + 1 < len(words) else ""
    return (
        in_class(words[start], "articles")
        and words[at].lower in word_set("attribution", "sources")
        and behind in {"of", "by", "from"}
    )


def _joins_capitals(words: list[Lexeme], start: int, at: int) -> bool:
    """Whether a preposition with a capital stands between capitals: "Without" in "Doctors Without Borders"."""
    beside = [words[at - 1], *words[at + 1 : at + 2]] if at > start else []
    return words[at].capitalised and len(beside) == _BESIDE and all(word.capitalised for word in beside)


_BESIDE = 2
_TITLE = 4  # words of "country director" and what follows


def _is_title(words: list[Lexeme], at: int) -> bool:
    """Whether a word for a person leads to a name: "spokeswoman" in "Interior Ministry spokeswoman Olga Petrova"."""
    for end in range(at, min(len(words) - 2, at + _TITLE)):
        if words[end].type is not LexemeType.WORD or words[end].capitalised or in_class(words[end], "prepositions"):
            return False
        if _precedes_name(words, end):
            title = words[end].lower
            titled = title in word_set("names", "titles") or title in word_set("attribution", "speakers")
            return titled or is_person(title)
    return False


def _precedes_name(words: list[Lexeme], at: int) -> bool:
    """Whether it is right in front of a name, and so describes and is no verb: "housing lead Cllr Jane Doe"."""
    name = words[at + 1 : at + 3]
    return len(name) == 2 and all(word.may_be_name for word in name)


def _apposed_name(words: list[Lexeme], start: int, comma: int) -> Range | None:
    """The name of "the prosecutor, Jane Doe, ..."."""
    if comma >= len(words) or words[comma].text != "," or words[comma - 1].capitalised:
        return None
    end = comma + 1
    while end < min(len(words), comma + 6) and (words[end].capitalised or words[end].text in {"-", "’", "'"}):
        end += 1
    closed = end >= len(words) or words[end].text in {",", ".", '"'} or words[end].type is LexemeType.BREAK
    apposed = comma + 1, end
    return apposed if closed and end - comma > 2 and not is_employer(words, (start, comma), apposed) else None


def shortened(words: list[Lexeme], span: Range) -> Range:
    """A name at the end of a description stands for the whole: "the broker's Jane Doe" is "Jane Doe".

    Where they are is left out: "officials there say".
    """
    start, end = span
    if end - start > 1 and words[end - 1].lower in {"here", "there"}:
        end -= 1
    span = start, end
    first = end
    while first > start and (words[first - 1].capitalised or words[first - 1].text in {"-", ".", "&", "+"}):
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
