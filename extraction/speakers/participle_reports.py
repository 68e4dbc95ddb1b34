"""Finds the reports that participles make: "cut its forecast, saying that S", "The bank is predicting S"."""

from extraction.speakers.ends_told import relative_end
from extraction.speakers.noun_phrases import Range, phrase_before
from extraction.speakers.phrases_behind import shortened
from extraction.speakers.quotatives import quoted_as_saying
from extraction.speakers.report import Report, offsets
from extraction.speakers.reported import OPENING_WHAT_IS_TOLD
from extraction.speakers.sources import first_subject, source_before
from extraction.speakers.who_speaks import head_in, is_name_or_pronoun
from extraction.text.lexemes import Lexeme
from extraction.text.word_classes import claims_a_clause, in_class, is_adverb, is_auxiliary
from extraction.text.words import word_set


def participle_report(words: list[Lexeme], at: int, end: int, reports: list[Report]) -> Report | None:
    """The report of "..., saying that S", by the speaker of the report before, else by the subject; or None.

    In "..., with owners saying that S" it is they.
    """
    quoted = quoted_as_saying(words, at)
    if quoted is not None:
        cue = (words[at].start, words[at].end)
        return Report(words[at].end, end, offsets(words, shortened(words, quoted)), cue, at, at, "leading")
    before = at - 1
    while before > 0 and is_adverb(words[before]):
        before -= 1
    if at and in_class(words[before], "be"):
        return _progressive(words, at, end)
    if words[at].lower in word_set("attribution", "participles_of_names"):
        return _named_so(words, at)
    if words[at].lower not in word_set("attribution", "participles", "participles_of_clauses"):
        return None
    if at == 0 or is_auxiliary(words[at - 1]) or in_class(words[at - 1], "determiners", "prepositions"):
        return None
    denied = any(report.kind == "noun" for report in reports)  # "denied a claim by the union that S, saying that"
    naming = word_set("attribution", "naming")
    reports = [one for one in reports if one.kind != "noun" and words[one.verb].lower not in naming]
    if words[at].lower == "warning" and words[at - 1].text not in {",", "—", "–"} and not _opens_clause_near(words, at):
        return None  # "issued a tsunami warning for 600 km of coast"
    cue = (words[at].start, words[at].end)
    beyond = at + 1 + (words[at + 1 : at + 2] != [] and words[at + 1].lower == "out")  # "pointing out that"
    behind = words[beyond] if beyond < len(words) else words[at]
    if words[at].lower in word_set("attribution", "participles_of_clauses") and behind.lower != "that":
        return None  # "complaining of 80 hours a week"
    if not reports and words[at].lower == "adding" and not _opens_clause(behind):
        return None  # "jumped 17 per cent, adding $3bn to its value"
    own = (first_subject(words, at) if denied else None) or phrase_before(words, at)
    if own is None or [word.lower for word in words[max(0, own[0] - 2) : own[0]]] != [",", "with"]:
        if reports:
            return Report(words[at].end, end, reports[-1].speaker, cue, at, at, "leading")
        own = first_subject(words, at) or _in_front_of_object(words, own) or own
    if own is None:
        return None
    return Report(words[at].end, end, offsets(words, shortened(words, own)), cue, at, at, "leading")


def _named_so(words: list[Lexeme], at: int) -> Report | None:
    """The report of a name in quotation marks, which is the subject's; None without one:
    'attacked the plan, calling it "a 2% insult"'."""
    behind = words[at + 1 : at + _TO_NAME]
    named = next((k for k, word in enumerate(behind) if word.text == '"'), 0)
    if named < 1 or any(word.text in {",", ";", "."} for word in behind[:named]):
        return None
    own = phrase_before(words, at)
    if own is None or [word.lower for word in words[max(0, own[0] - 2) : own[0]]] != [",", "with"]:
        own = first_subject(words, at)
    if own is None:
        return None
    cue = (words[at].start, words[at].end)
    return Report(cue[1], cue[1], offsets(words, shortened(words, own)), cue, at, at, "quote")


_TO_NAME = 14  # lexemes of 'describing the deal between the two as "'


def _in_front_of_object(words: list[Lexeme], own: Range | None) -> Range | None:
    """Who speaks in front of a verb whose object "this" is; else None: "The trust disputes this, saying that"."""
    if own is None or own[1] - own[0] != 1 or own[0] < _FEWEST_IN_FRONT or words[own[0]].lower not in _OBJECTS:
        return None
    return phrase_before(words, own[0] - 1)


_FEWEST_IN_FRONT = 2  # lexemes of "It disputes"
_OBJECTS = frozenset(("this", "that", "it", "these", "those"))


def _opens_clause_near(words: list[Lexeme], at: int) -> bool:
    return any(word.text in OPENING_WHAT_IS_TOLD for word in words[at + 1 : at + 4])


def _opens_clause(word: Lexeme) -> bool:
    return word.text in OPENING_WHAT_IS_TOLD or in_class(word, "subject_pronouns", "determiners")


def _tells(words: list[Lexeme], at: int) -> bool:
    """Whether a clause stands behind "claiming": "is claiming it lost $3m"; not in "is claiming $3m in damages"."""
    return at + 1 < len(words) and _opens_clause(words[at + 1]) and claims_a_clause(words[at + 1 :])


def _progressive(words: list[Lexeme], at: int, end: int) -> Report | None:
    """The report of a participle behind a form of "be", or None:
    "The bank is predicting a loss of $3m", "He was boasting that he would open 50 shops"."""
    subject = source_before(words, at)
    if words[at].lower not in word_set("attribution", "progressive") or subject is None:
        return None
    speaks = is_name_or_pronoun(words, at, subject) or head_in(words, subject, "speakers", "sources")
    if not speaks or any(word.lower in _BORN for word in words[at + 1 : at + _SHORT]):
        return None
    if words[at].lower == "claiming" and not _tells(words, at):
        return None
    end = relative_end(words, at, subject[0], end)
    speaker = offsets(words, shortened(words, subject))
    return Report(words[at].end, end, speaker, (words[at].start, words[at].end), subject[0], at, "leading")


_SHORT = 6  # lexemes of "their third child"
_BORN = word_set("attribution", "born")
