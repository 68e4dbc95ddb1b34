"""Tells which words stand in a relative clause that is over before the number: "who did not give his name said 40"."""

from collections.abc import Sequence

from extraction.text.lexemes import Lexeme, LexemeType, lex
from extraction.text.word_classes import in_class, is_adverb, is_auxiliary, is_relative, is_verb
from extraction.text.words import word_data, word_set

_BACK = 60  # characters from the words back to their relative pronoun and its noun
_SHORT = 3  # words of "the two campaigners"
_LONGEST = 160  # characters from the words to the number
_BEHIND = 80  # characters behind the number in which the main verb may stand


def in_passing(text: str, first: int, last: int, start: int) -> bool:
    """Whether the words at ``first`` to ``last`` stand in a relative clause that ends before the number at ``start``.

    As in "The firm, which hopes to sell 300 cars, sold 40": the main verb stands between the clause and the number.
    """
    if start - last > _LONGEST:
        return False
    before = lex(text, max(0, first - _BACK), first)
    at = len(before) - 1
    while at > 0 and (is_auxiliary(before[at]) or is_adverb(before[at])):
        at -= 1
    if at < 1 or not is_relative(before[at]):
        return False
    aside = before[at - 1].text == ","
    if before[at].lower == "that" and (aside or is_verb(before, at - 1)):
        return False  # "said that would cost 40"
    clause = lex(text, last, start)
    if aside:
        behind = lex(text, start, min(len(text), start + _BEHIND))
        lists = any(word.lower == "and" for word in (*clause, *behind))
        return any(_goes_on(clause, at, lists=lists) for at, word in enumerate(clause) if word.text == ",")
    if any(_reports(clause, at) for at in range(len(clause))):
        return True
    opens = first <= _BACK and (at == 1 or (at <= _SHORT and in_class(before[0], "articles")))
    main = any(_is_past(clause, at) or (opens and _may_be_past(clause, at)) for at in range(len(clause)))
    return main and not _has_main_verb(lex(text, start, min(len(text), start + _BEHIND)))


def charged_in_passing(text: str, first: int, last: int, start: int) -> bool:
    """As in "A man accused of robbing a bank was jailed for 12 years": the charge says of whom the sentence tells.

    "A man accused of saying the bank was worth $3m" goes on with what he said.
    """
    before = lex(text, max(0, first - _BACK), first)
    charge = text[first:last].lower()
    participle = charge == "accused" or charge.endswith("with")
    if not participle or not before or start - last > _LONGEST or any(is_verb(before, at) for at in range(len(before))):
        return False
    deed = [word for word in lex(text, last, start) if word.lower != "of"]
    if deed and deed[0].lower in word_set("modality", "saying"):
        return False
    return any(_is_finite_auxiliary(deed, at) for at in range(1, len(deed)))


def _is_finite_auxiliary(words: Sequence[Lexeme], at: int) -> bool:
    """A form of be, have or do, or a modal verb, behind a noun or a number: "accused of stealing $300 was"."""
    if not is_auxiliary(words[at]) or words[at].lower in _INFINITE:
        return False
    return words[at - 1].is_number or not _leads(words[at - 1])


_INFINITE = frozenset(("be", "been", "being", "having"))


def _goes_on(clause: list[Lexeme], comma: int, *, lists: bool) -> bool:
    """Whether the main verb stands behind a comma; where "and" follows, one like "cut" may be of a list of verbs."""
    at = comma + 1
    while at < len(clause) and is_adverb(clause[at]):
        at += 1
    if at == len(clause) - 1 and clause[at].text.islower() and clause[at].text.endswith("s"):
        return True  # ", which is due to close, flies 40"
    if at >= len(clause) or not is_verb(clause, at) or clause[at].lower.endswith("ing"):
        return False
    if at + 1 < len(clause) and in_class(clause[at + 1], "coordinators"):
        return False
    verb = clause[at].lower
    if verb in word_data("qualifiers")["denied"]["same_in_the_past"]:
        return not lists
    return is_auxiliary(clause[at]) or verb not in word_set("grammar", "present") or verb.endswith("s")


def _reports(clause: Sequence[Lexeme], at: int) -> bool:
    """As in "who did not want to be named said": a report of the clause's own noun, and not of one inside it."""
    if clause[at].lower not in word_set("modality", "reporting"):
        return False
    return at > 0 and clause[at - 1].type is LexemeType.WORD and not _leads(clause[at - 1])


def _is_past(clause: Sequence[Lexeme], at: int) -> bool:
    """A past form that is no participle: "taxes cut raised" may go on, "gave" and "was" are finite."""
    if at == 0 or _leads(clause[at - 1]):
        return False
    return clause[at].lower in word_set("modality", "finite_pasts")


def _may_be_past(clause: list[Lexeme], at: int) -> bool:
    """As in "Campaigners who want to stop it collected 40": past or participle, where the sentence needs a verb."""
    if at < _OWN or _leads(clause[at - 1]) or is_auxiliary(clause[at]) or not is_verb(clause, at):
        return False
    verb = clause[at].lower
    return verb not in word_set("grammar", "present") and not verb.endswith(("ing", "s"))


_OWN = 2  # words behind "will", "want to" that hold the verb of the relative clause itself


def _leads(word: Lexeme) -> bool:
    """Whether a verb behind the word belongs to a clause inside the relative one: "to", "and", "he", "which"."""
    return (
        word.type is not LexemeType.WORD
        or is_auxiliary(word)
        or word.lower == "to"
        or in_class(word, "coordinators", "subordinators", "subject_pronouns")
    )


def _has_main_verb(behind: list[Lexeme]) -> bool:
    """Whether a verb follows the number in its own clause: "a plan that would mean it had 40 was rejected"."""
    for at, word in enumerate(behind):
        if word.text in {",", ".", ";", ":"} or in_class(word, "coordinators", "subordinators"):
            return False
        if at and (is_verb(behind, at) or word.lower in word_set("modality", "finite_pasts", "reporting")):
            return True
    return False
