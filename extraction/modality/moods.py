"""Tells a stated fact from an estimate, a forecast, a possibility or an allegation, and whether it is denied."""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from spacy.tokens import Span

from extraction.claims import TextSpan
from extraction.modality.borders import borders_in, has_border, is_cut_off
from extraction.modality.denials import denial_of, denial_words
from extraction.modality.described import HEARSAY, is_age
from extraction.modality.foreseen_behind import FORESEEN_BEHIND, foreseen_behind
from extraction.modality.headlines import WIRED, headline_plan, is_planned, wired_estimate
from extraction.modality.hedges import Cue, cue_words, cues_in
from extraction.modality.idle_hedges import hedges_nothing
from extraction.modality.minds import feared_or_believed
from extraction.modality.modals import CONDITION, tells_what_was
from extraction.modality.negation import negating_words, negator_of
from extraction.modality.openings import clause_opening, implied_condition, joins_clause, reckoned_at
from extraction.modality.there import is_there, tells_who
from extraction.modality.window import window
from extraction.text.lexemes import Lexeme, lex
from extraction.text.numeral import is_numeral, vocabulary
from extraction.text.word_classes import in_class, is_auxiliary, is_relative, is_verb
from extraction.text.words import word_set, words_in

# What is alleged goes on through subordinate clauses.
_HARD_BORDER = re.compile(r"[;:\n]|, (?:saying|adding|insisting|arguing|explaining|now)\b")  # "rejected claims, saying"
# "Reportedly offered $40m for the striker, who scored 20 goals"
_HARD_BORDER_OF_ADVERB = re.compile(r"[;:\n]|, (?:who|whose|which)\b")
_OTHERS = re.compile(r"\b(?:but|while|whereas|although|though)\b|, and\b|\n")
_FORESEEING = frozenset(("to", "assumed", "hoped"))  # where no cue of the table stands
_MORE = frozenset(("another", "more"))
_PART_OF = re.compile(
    r"(?<!\w)(?!out )(?P<part>\w+)(?: (?:year|month|week|day)s)? (?P<of>of) (?:its|their|his|her|our|my|the|an?"
    r"|[\w.]{1,24}['’]s?) $|\bout (?P<out>of) an? $"
)
_ENDS_OF_PART = tuple(f"{end} " for end in "its their his her our my the 's ’s ' ’ a an".split())
_TO_BE = re.compile(
    r"(?: (?!(?:is|are|was|were|said|known|thought|believed|feared|reported|understood|alleged|found|appears?"
    r"|went|go|goes|gone|came|proved|turned|lived|grew|seems?|seemed|tend|tends|tended|continued|used|ought|have|has)\b)"
    r"[\w’'-]{1,24}){1,3}?(?<! had)(?<! still)(?<! yet) (?P<cue>to be) (?!exact|precise|sure|desired)[a-z]{3,}"
)
_TO_VERB = 60
_SAID_OFTEN = re.compile(r"(?:twice|\w{1,12} times) that\b")  # "had warned three times that the dam could fail"


class Mood(NamedTuple):
    """A modality, the hedges that give it, and the word that denies the claim, if any."""

    modality: str
    hedges: tuple[TextSpan, ...]
    negator: TextSpan | None


ASSERTED = Mood("asserted", (), None)


def mood_of(
    article: str,
    sent: Span,
    start: int,
    end: int,
    reported: TextSpan | None = None,
    passed: Sequence[TextSpan] = (),
) -> Mood:
    """The mood of the claim at ``start`` to ``end`` of the article.

    ``reported`` is the verb of the report that the claim stands in: it hedges when it closes the report, as in
    "It lost $5m, she claims". Hedges that are ``passed`` over say nothing about the claim.
    """
    text, offset = window(article, sent, start, end)
    first, last = start - offset, end - offset
    words = words_in(article, offset, offset + len(text))
    hedged = not words.isdisjoint(cue_words()) or not words.isdisjoint(_FORESEEING)
    told = reported.start - offset if reported is not None and reported.start >= offset else 0
    cues = cues_in(text, words) if hedged else ()
    if passed:
        starts = {span.start - offset for span in passed}
        cues = tuple(cue for cue in cues if cue[1] not in starts)
    cue = _cue_reaching(text, words, first, last, cues, told) if hedged else None
    implied = None if words.isdisjoint(_MORE) else implied_condition(text, first)
    cue = implied or cue or reckoned_at(text, first)
    if cue is None and not words.isdisjoint(WIRED):
        cue = wired_estimate(text, first, last)
    if cue is None and "to" in words:
        plan = headline_plan(text)
        cue = plan if plan is not None and is_planned(text, plan, first) else None
    denied = None if words.isdisjoint(negating_words()) else negator_of(text, first, last, has_border=has_border)
    negator = None if denied is None else TextSpan(denied.text, offset + denied.start, offset + denied.end)
    if negator is None and not words.isdisjoint(denial_words()):
        denial = denial_of(text, first, last, has_border=has_border)
        if denial is not None:
            negator = TextSpan(text[slice(*denial)], offset + denial[0], offset + denial[1])
            if cue is None and negator not in passed and " " not in negator.text:
                return Mood("alleged", (negator,), negator)
    if cue is None:
        closing = _closing_verb(reported, sent, end) or feared_or_believed(article, reported, sent, start, passed)
        return Mood(closing or "asserted", (() if reported is None or closing is None else (reported,)), negator)
    name, match_start, match_end = cue
    if name == "projected" and _is_conditional(text, text[match_start:match_end].lower(), match_start):
        name = "hypothetical"
    hedge = TextSpan(text[match_start:match_end], offset + match_start, offset + match_end)
    return Mood(name, (hedge,), negator)


def _is_conditional(text: str, words: str, at: int) -> bool:
    """Whether a condition binds the modal verb: "would lose $3m if it failed", "If it fails, 300 jobs will go"."""
    if words == "would" and (CONDITION.search(text) is not None or _WITHOUT.search(text, 0, at) is not None):
        return True
    return words in _WILL and _OPENING_CONDITION.search(text, 0, at) is not None  # "Should it fail, 300 will go"


_WILL = frozenset(("will", "'ll", "’ll", "would", "won't", "won’t"))
_WITHOUT = re.compile(r"(?:^|[.\"“] ?|\bthat )[Ww]ithout [^,.;:]{2,80}, ")
_OPENING_CONDITION = re.compile(
    r"(?:^|[.;:\"“] ?|\b(?:that|and|but),? )(?:(?:[Ii]f|[Uu]nless)\b|(?:Should|Were|Had) (?!have|been)[a-z])"
    r"[^.;:]{2,120}, [^.;:]{0,160}\Z"
)


def _closing_verb(verb: TextSpan | None, sent: Span, end: int) -> str | None:
    """The modality that a report verb behind the claim in its own sentence gives, if any."""
    if verb is None or not end <= verb.start < sent.end_char:
        return None
    classes = ("estimated", "alleged", "projected")
    return next((name for name in classes if verb.text.lower() in word_set("modality", name)), None)


def _cue_reaching(text: str, words: frozenset[str], start: int, end: int, cues: Sequence[Cue], told: int) -> Cue | None:
    cue = _nearest_cue(text, words, start, end, cues, told)
    return None if cue is None or is_there(text, start, end) else cue


def _nearest_cue(text: str, words: frozenset[str], start: int, end: int, cues: Sequence[Cue], told: int) -> Cue | None:
    """The hedge in front of the number that reaches it, or the one behind it, whether the number is there or not."""
    whole_from = _whole_from(text, start)
    if whole_from is not None:
        return _cue_before(text, start, [cue for cue in cues if cue[0] == "alleged" or cue[1] >= whole_from], told)
    before = _cue_before(text, start, cues, told)
    if before is not None and not text[before[1] : before[2]].lower().startswith("reckon"):
        return before
    behind = _cue_behind(text, words, start, end, cues)
    if before is not None:  # "reckon that 300 jobs will go"
        return before if behind is None or behind[0] != "projected" else behind
    return None if behind is None or is_age(text, start) or tells_who(text, start) else behind


def _whole_from(text: str, start: int) -> int | None:
    """Where the whole of a part begins: in "will shed 340 of its 2,800 staff" it has 2,800, whatever it will do.

    So it does in "is meant to take the sting out of a 54 per cent rise".
    """
    first = max(0, start - _TO_VERB)
    if text.find(" of ", first, start) < 0 or not text.endswith(_ENDS_OF_PART, first, start):
        return None
    match = _PART_OF.search(text, first, start)
    if match is None:
        return None
    part = match["part"]
    if part is None:
        return match.start("out")
    return match.start("of") if part[-1].isdigit() or part.lower() in _numerals() else None


@cache
def _numerals() -> frozenset[str]:
    """Numbers in words, and the parts of a whole."""
    return frozenset(
        (
            *vocabulary()["cardinals"],
            "half",
            "third",
            "thirds",
            "quarter",
            "quarters",
            "fifth",
            "dozen",
            "many",
            "most",
            "some",
            "all",
        )
    )


def _cue_before(text: str, start: int, cues: Sequence[Cue], told: int) -> Cue | None:
    """The nearest hedge in front of the number that reaches it; ``told`` is where the verb stands that reports it."""
    for cue in reversed([cue for cue in cues if cue[2] <= start]):
        if cue[0] != "alleged" and is_cut_off(text, cue, start):
            return None
        if hedges_nothing(text, cue, start):
            continue
        if cue[0] == "alleged" and cue[2] < told < start and _OTHERS.search(text, cue[2], told) is not None:
            continue  # "alleges 300 died, whereas police say 40 did"
        if cue[0] == "alleged":
            border = _HARD_BORDER if text[cue[1] : cue[2]].lower() not in HEARSAY else _HARD_BORDER_OF_ADVERB
            return cue if border.search(text, cue[2], start) is None else None
        if not (cue[1] == 0 and cue[0] == "hypothetical" and "," in text[cue[2] : start]):
            return cue
    return None


def _cue_behind(text: str, words: frozenset[str], start: int, end: int, cues: Sequence[Cue]) -> Cue | None:
    """A modal verb behind the number when the number belongs to its subject: "eight people could lose"."""
    if text.endswith(("which the ", "whom the "), 0, start):
        return None  # "the 21% which the two firms could have sought": there are two of them
    foreseen = None if words.isdisjoint(FORESEEN_BEHIND) else foreseen_behind(text, start, end)
    if foreseen is not None:
        return foreseen
    behind_number = {cue[1]: cue for cue in cues if cue[1] >= end}
    passive = _TO_BE.match(text, end) if "be" in words else None
    if not behind_number and passive is None:
        return None
    behind = lex(text, end, min(len(text), end + _TO_VERB))
    whole = [word.lower for word in behind[:2]] in (["of", "which"], ["of", "whom"])  # "half of which will be sold"
    before = lex(text, max((last for _, last in borders_in(text) if last <= start), default=0), start)
    opening = clause_opening(before)
    if not whole and any(is_verb(before, at) for at in range(opening, len(before))):
        return None
    joined = joins_clause(before, opening)
    if passive is not None:  # "the 1,450 jobs to be cut"
        return "projected", *passive.span("cue")
    described = False
    if _SAID_OFTEN.match(text, start) is not None:
        return None
    for at, word in enumerate(behind):
        if word.text in {",", ".", ";", ":", "—", "–"} or (described and _may_open_clause(word)):
            return None
        if is_relative(word) and (joined or (at > 1 and behind[0].lower == "of")):
            return None  # "four of those who might have turned back did so"
        if word.start not in behind_number and _describes(behind, at):
            described = True
        elif is_verb(behind, at) or is_auxiliary(word):
            if at and not is_auxiliary(word) and (is_numeral(behind[at - 1]) or in_class(behind[at - 1], "pointing")):
                continue  # "46 shops in the first of five planned closures"
            cue = behind_number.get(word.start) or _behind_be(text, behind, at, behind_number)
            # Who claims or plans something is not alleged or planned himself: "Two claimed they had lost $5m".
            if cue is not None and tells_what_was(text, start, behind, at):
                return None
            claims = cue is not None and cue[0] == "alleged" and not is_auxiliary(word)
            plans = cue is not None and text[cue[1] : cue[2]].lower() in word_set("modality", "minding")
            return None if claims or plans else cue
    return None


def _behind_be(text: str, behind: list[Lexeme], at: int, cues: dict[int, Cue]) -> Cue | None:
    """The hedge right behind a form of "be": "300 homes are set to be built", "40 people were also allegedly hurt"."""
    if not in_class(behind[at], "be"):
        return None
    near = (cues.get(word.start) for word in behind[at + 1 : at + 3])
    cue = next((cue for cue in near if cue is not None), None)
    if cue is None:
        return None
    told = text[cue[1] : cue[2]].lower()
    return cue if told in word_set("modality", "behind_be") or told.startswith("due to") else None


def _describes(behind: list[Lexeme], at: int) -> bool:
    """A participle between the noun and its verb: "half of those affected could wait", "cars sold in May may break"."""
    if is_auxiliary(behind[at]) or not is_verb(behind, at) or at + 1 == len(behind):
        return False
    following = behind[at + 1]
    return in_class(following, "modals", "prepositions") or following.lower in word_set("syntax", "times")


def _may_open_clause(word: Lexeme) -> bool:
    return is_relative(word) or in_class(word, "coordinators", "subordinators", "subject_pronouns")
