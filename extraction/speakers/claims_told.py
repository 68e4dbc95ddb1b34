"""Finds whose claim a noun tells: "a suggestion by the union that S", "dismissed claims that S", "By Oxfam's count"."""

from extraction.speakers.noun_phrases import Range
from extraction.speakers.phrases_behind import phrase_after, shortened
from extraction.speakers.report import Report, offsets
from extraction.speakers.sources import shared_subject, source_before
from extraction.text.lexemes import Lexeme, LexemeType
from extraction.text.word_classes import in_class, is_auxiliary, is_verb
from extraction.text.words import word_set

_REACH = 16  # lexemes of "dismissed as untrue the newspaper's claim last week that"
_CLAUSE = 40  # lexemes in which the verb of "rejected a claim" stands
_OWNER = 8  # lexemes of "the national farmers' union's"


def claim_report(words: list[Lexeme], at: int, end: int) -> Report | None:
    """The report of a claim that stands as a noun, by its owner and not by who rejects it; None without an owner:
    "rejected a suggestion by the union that S"."""
    claimed = _claimant(words, at)
    if claimed is None:
        return None
    first, last = offsets(words, claimed[0])
    if claimed[0][1] <= at:
        last -= genitive_length(words, claimed[0][1] - 1)
    return Report(words[claimed[1]].end, end, (first, last), (words[at].start, words[at].end), at, at, "noun")


def rejection(words: list[Lexeme], at: int, end: int) -> Report | None:
    """The report of a claim by who rejects it; None in other phrases: "dismissed as untrue the claim that S"."""
    that = _rejected_claim(words, at)
    subject = None if that is None else source_before(words, at) or shared_subject(words, at)
    if that is None or subject is None or in_class(words[at - 1], "be"):
        return None
    cue = words[at].start, words[at].end
    speaker = offsets(words, shortened(words, subject))
    return Report(words[that].end, end, speaker, cue, min(at, subject[0]), at, "leading")


def _claimant(words: list[Lexeme], at: int) -> tuple[Range, int] | None:
    """Who claims it in "a suggestion by the union that S", "the union's claim that S", and where "that" stands."""
    if at + 2 >= len(words):
        return None
    if words[at + 1].lower in {"by", "from"}:
        who = phrase_after(words, at + 2)
        that = who[1] if who is not None else 0
    else:
        who, that = _owner(words, at), at + 1
    if who is None or that + 1 >= len(words) or words[that].lower != "that":
        return None
    if is_auxiliary(words[that + 1]) or is_verb(words, that + 1) or not _has_verb_in_front(words, who[0]):
        return None  # "a report by the bank that found", "The union's claim that 40 died led to"
    return who, that


def _has_verb_in_front(words: list[Lexeme], at: int) -> bool:
    return any(is_verb(words, k) for k in range(max(0, at - _CLAUSE), at))


def _owner(words: list[Lexeme], noun: int) -> Range | None:
    own = _genitive_before(words, noun)
    if own is None:
        return None
    start = own
    while start > max(0, own - _OWNER) and not in_class(words[start], "articles") and _is_inside(words, start - 1):
        start -= 1
    return start, own + 1


def _is_inside(words: list[Lexeme], at: int) -> bool:
    word = words[at]
    if word.type is not LexemeType.WORD or is_verb(words, at):
        return False
    return not in_class(word, "prepositions", "coordinators", "subordinators") or word.lower == "of"


def _rejected_claim(words: list[Lexeme], at: int) -> int | None:
    """Where "that" stands in "dismissed as untrue the claim that S"; None where no claim is dismissed."""
    claimed = False
    for k in range(at + 1, min(len(words), at + _REACH)):
        word = words[k]
        if claimed and word.lower == "that":
            return k
        if word.type is not LexemeType.WORD and word.text not in {"'", "’", "-"}:
            return None
        claimed = claimed or word.lower in word_set("modality", "deniable")
    return None


_OPENERS = frozenset(("that", "and", "but"))


def owner_before(words: list[Lexeme], at: int) -> Range | None:
    """The owner of the figures at ``at`` with the sign of the genitive; None where they stand on nobody's."""
    behind = words[at + 1] if at + 1 < len(words) else None
    if behind is not None and behind.type is LexemeType.WORD and not in_class(behind, "prepositions"):
        return None
    own = _genitive_before(words, at)
    if own is None:
        return None
    start = own
    while start > max(0, own - _OWNER) and words[start - 1].lower not in {"by", "on"}:
        start -= 1
        inner = words[start].type is LexemeType.WORD or words[start].text in {"-", ".", "&"}
        if not inner or is_verb(words, start) or in_class(words[start], "coordinators", "subordinators"):
            return None
    place = start - 1
    if place < 0 or words[place].lower not in {"by", "on"}:
        return None
    before = words[place - 1] if place else None
    opens = before is None or before.type in (LexemeType.SYMBOL, LexemeType.BREAK) or before.lower in _OPENERS
    return (start, own + 1) if opens else None


def _genitive_before(words: list[Lexeme], noun: int) -> int | None:
    """Where the genitive in front of a noun stands, past "own" or "latest"."""
    own = noun - 1
    while own > max(0, noun - 3) and words[own].text.islower() and not is_genitive(words, own):
        own -= 1
    return own if own >= 1 and is_genitive(words, own) else None


def genitive_length(words: list[Lexeme], at: int) -> int:
    """How many characters of the word at ``at`` are the sign of its genitive."""
    return 2 if words[at].text.endswith(("'s", "’s")) else 1


def is_genitive(words: list[Lexeme], at: int) -> bool:
    """Whether somebody's genitive ends at ``at``: "Oxfam's" and the mark of "analysts'"; not in "last year's"."""
    word = words[at]
    if word.text in {"'", "’"}:
        return word.glued and words[at - 1].lower.endswith("s")
    return word.text.endswith(("'s", "’s")) and word.lower[:-2] not in word_set("syntax", "times")
