"""Tells whether a noun phrase names somebody who can say something: a name, a pronoun, people or a body."""

from extraction.speakers.noun_phrases import REACH, Range
from extraction.text.lexemes import Lexeme, LexemeType
from extraction.text.nouns import is_plural
from extraction.text.word_classes import before_adverbs, can_speak, in_class, is_auxiliary, is_relative, is_verb
from extraction.text.words import phrases_by_word, word_set


def speaks(words: list[Lexeme], verb: int, span: Range) -> bool:
    """Whether the words in front of ``verb`` can speak: "she", "Acme", "aid agencies", "the head of the union"."""
    return is_name_or_pronoun(words, verb, span) or can_speak(_head(words, span)) or head_in(words, span, "papers")


def head_in(words: list[Lexeme], span: Range, *names: str) -> bool:
    """Whether the head of a noun phrase, the last word before its first preposition, is in one of the word lists."""
    return _head(words, span) in word_set("attribution", *names)


def agrees(words: list[Lexeme], verb: int, span: Range) -> bool:
    """Whether a verb in its base form has a plural subject, "officials at the bank warn", or an auxiliary in front."""
    before = before_adverbs(words, verb)
    if is_auxiliary(before):
        return True
    if is_relative(before) and words[span[1]].text != ",":  # "The men who admit theft will pay"
        return words[verb + 1 : verb + 2] != [] and words[verb + 1].lower == "that"
    between = words[max(span[1], verb - REACH) : verb]
    if before.lower in {"and", "or"} and any(word.lower == "to" for word in between):
        return False  # "Two men shouted to frighten the bear and warn their friends"
    head = words[_head_at(words, span)]
    plural = is_plural(head.text) or head.lower in word_set("attribution", "plurals")
    named = head.capitalised and span != (0, 1) and not in_class(words[span[0]], "articles")
    return plural or named or any(words[at].lower == "and" for at in range(*span))


def _head(words: list[Lexeme], span: Range) -> str:
    return words[_head_at(words, span)].lower


def _head_at(words: list[Lexeme], span: Range) -> int:
    last = span[0]
    for at in range(*span):
        if at > 1 and words[at].lower == "of" and _is_owner(words, at, span[1]):
            continue
        if in_class(words[at], "prepositions") or (span[0] < at < span[1] - 1 and is_verb(words, at)):
            break
        if span[0] < at < span[1] - 1 and can_speak(words[at - 1].lower) and _tells_of(words[at].lower):
            break  # "Scientists working for the agency", "a person close to the talks"
        if words[at].type is LexemeType.WORD:
            last = at
    return last


def _tells_of(word: str) -> bool:
    """Whether behind a noun for people a word begins what they do or know."""
    return word.endswith("ing") or word in phrases_by_word("attribution", "informed")


def _is_owner(words: list[Lexeme], of: int, end: int) -> bool:
    """Whether the name with "of" owns what stands behind it: "the Bank of England's figures"."""
    named = words[of - 1].capitalised and of + 1 < end and words[of + 1].capitalised
    return named and any(words[at].text.endswith(("'s", "’s")) for at in range(of + 1, end - 1))


def is_name_or_pronoun(words: list[Lexeme], verb: int, span: Range) -> bool:
    if span[1] - span[0] == 1 and in_class(words[span[0]], "subject_pronouns"):
        return words[span[0]].lower not in {"one", "nobody"}
    parts = [word for word in words[span[0] : span[1]] if word.type is LexemeType.WORD]
    if parts and in_class(parts[0], "determiners") and len(parts) > 1:
        parts = parts[1:]
    if not parts or not parts[-1].capitalised:
        return False
    # The capital of a sentence start names nobody by itself: "Insurance claims rose".
    if span == (0, 1):
        following = words[verb + 1] if verb + 1 < len(words) else None
        quotes = words[verb].lower in word_set("attribution", "that") and opens_quotation(words, verb)
        return following is not None and (
            quotes or following.lower == "that" or in_class(following, "subject_pronouns", "determiners")
        )
    return True


def opens_quotation(words: list[Lexeme], at: int) -> bool:
    """Whether a colon or comma and a quotation stand behind the verb at ``at``: 'Dean added: "It cost £400."'."""
    behind = [word.text for word in words[at + 1 : at + 3]]
    return behind in ([":", '"'], [",", '"'])
