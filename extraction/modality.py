"""Tells a stated fact from an estimate, a forecast, a possibility or an allegation, and whether it is denied."""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from spacy.tokens import Span

from extraction.change_words import change_words
from extraction.claims import TextSpan
from extraction.lexemes import Lexeme, lex
from extraction.window import window
from extraction.word_classes import claims_a_clause, in_class, is_auxiliary, is_relative, is_verb
from extraction.words import leading_words, word_data, word_set, words_in

_CLASSES = ("plain", "estimated", "alleged", "hypothetical", "projected")
# What ends the reach of a hedge or a negation on its way to the number. Linear: bounded repetition only.
_BORDER = re.compile(
    r"[;:—–\n]|\s-\s"
    r"|\b(?:but|while|whereas|although|though|because|after|when|which|who|whose|where|since|before|despite)\b"
    r"|, (?:against|compared|versus|up|down|helped|driven|just|which)\b|\b(?:against|compared with|compared to)\b"
    r"|,? and (?:\w+ )?(?:has|had|have|was|were|is|are|said|says|did)\b",
    re.IGNORECASE,
)
# What is alleged goes on through subordinate clauses.
_HARD_BORDER = re.compile(r"[;:\n]")
# "the $1.3bn that analysts had forecast"
_RELATIVE = re.compile(
    r"(?:\s\w+){0,3} (?:that|which) (?:\w+ ){1,4}?(?P<cue>forecast|expected|predicted|projected|planned)\b"
    r"|(?: (?!than|what)\w+){0,2} (?:analysts|economists) (?:had )?(?P<bare>forecast|expected|predicted|projected)"
    r"(?:[.,;]| for )"
)
_TO_VERB = 60
_CLAIMED = 200
_NOUNS_TOO = frozenset(("claim", "claims"))
_DESCRIBED = 5  # words between "an estimated" and its number


def modality_of(
    article: str, sent: Span, start: int, end: int, reported: TextSpan | None = None
) -> tuple[str, tuple[TextSpan, ...], bool]:
    """The modality of the claim at ``start`` to ``end`` of the article, its hedges and whether it is negated.

    ``reported`` is the verb of the report that the claim stands in: it hedges when it closes the report, as in
    "It lost $5m, she claims".
    """
    text, offset = window(article, sent, start, end)
    first, last = start - offset, end - offset
    words = words_in(article, offset, offset + len(text))
    leading = words & _cue_words()
    cue = _cue_reaching(text, first, last, _cues_in(text, leading)) if leading else None
    if cue is None and "to" in words:
        plan = _headline_plan(text)
        cue = plan if plan is not None and (first > plan[1] or not text[:first].strip()) else None
    negated = not words.isdisjoint(_negating_words()) and _is_negated(text, first)
    if cue is None:
        closing = _closing_verb(reported, sent, end)
        return (closing or "asserted"), (() if reported is None or closing is None else (reported,)), negated
    name, match_start, match_end = cue
    if name == "projected" and text[match_start:match_end].lower() == "would" and _has_condition(text):
        name = "hypothetical"
    hedge = TextSpan(text[match_start:match_end], offset + match_start, offset + match_end)
    return name, (hedge,), negated


_Cue = tuple[str, int, int]


def _closing_verb(verb: TextSpan | None, sent: Span, end: int) -> str | None:
    """The modality that a report verb behind the claim in its own sentence gives, if any."""
    if verb is None or not end <= verb.start < sent.end_char:
        return None
    classes = ("estimated", "alleged", "projected")
    return next((name for name in classes if verb.text.lower() in word_set("modality", name)), None)


@cache
def _cues() -> re.Pattern[str]:
    data = word_data("modality")
    groups = []
    for name in _CLASSES:
        phrases = sorted(data[name], key=len, reverse=True)
        groups.append(rf"(?P<{name}>{'|'.join(re.escape(phrase) for phrase in phrases)})")
    return re.compile(rf"(?<![\w-])(?:{'|'.join(groups)})(?![\w-])|(?<=\w)(?P<short>['’]ll)\b", re.IGNORECASE)


@cache
def _cue_words() -> frozenset[str]:
    """Words of which a text with a cue, also one that stands behind "that", holds one."""
    data = word_data("modality")
    return leading_words(phrase for name in _CLASSES for phrase in data[name])


@cache
def _negating_words() -> frozenset[str]:
    return leading_words(word_data("modality")["negators"])


@lru_cache(maxsize=16)  # the claims of a sentence ask for the same
def _cues_in(text: str, leading: frozenset[str]) -> tuple[_Cue, ...]:
    """The hedges of a text, where one starts with one of the words ``leading``; looked for at these words alone."""
    lower = text.replace("İ", "I").lower()  # the one letter that takes more room in lower case
    starts = {at for word in (*leading, "'ll", "’ll") for at in _places(word, lower)}
    found: list[_Cue] = []
    behind = 0
    for start in sorted(starts):
        match = _cues().match(text, start) if start >= behind else None
        if match is None:
            continue
        behind, word = match.end(), match.group()
        # "May" in front of a number or with a capital is the month.
        if word[:1].isupper() and word.lower() in {"may", "will"} and match.start() > 0:
            continue
        if match.lastgroup == "plain":
            continue
        name = "projected" if match.lastgroup == "short" else str(match.lastgroup)
        found.append((name, *match.span()))
    return tuple(found)


def _places(word: str, text: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)


@lru_cache(maxsize=16)
def _borders_in(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(match.span() for match in _BORDER.finditer(text))


def _has_border(text: str, start: int, end: int) -> bool:
    return any(start <= first and last <= end for first, last in _borders_in(text))


def _cue_reaching(text: str, start: int, end: int, cues: Sequence[_Cue]) -> _Cue | None:
    return _cue_before(text, start, cues) or _cue_behind(text, start, end, cues)


@lru_cache(maxsize=16)
def _headline_plan(text: str) -> _Cue | None:
    """As in "Boeing to raise $19bn", "400 jobs to go at Ford": the infinitive of a headline says what will be."""
    plan = _PLAN.match(text)
    if plan is None or text.rstrip()[-1:] in '.!?"”':
        return None
    before = lex(text, 0, plan.start("to"))
    verbs = any(is_verb(before, at) or in_class(word, "prepositions") for at, word in enumerate(before))
    return None if verbs or plan["verb"] not in word_set("modality", "plans") else ("projected", *plan.span("to"))


_PLAN = re.compile(r"[^.!?;:,\n]{2,80}?\s(?P<to>to) (?P<verb>[a-z]{2,12})\b")


def _cue_before(text: str, start: int, cues: Sequence[_Cue]) -> _Cue | None:
    """The nearest hedge in front of the number that reaches it."""
    for cue in reversed([cue for cue in cues if cue[2] <= start]):
        if cue[0] == "alleged":
            counted = text[: cue[1]].rstrip()[-1:].isdigit()  # "9,300 claims worth $184 million"
            if text[cue[1] : cue[2]].lower() in _NOUNS_TOO and (counted or _is_noun(text, cue[2])):
                continue
            if text[cue[1] : cue[2]].lower() in word_set("attribution", "clause") and not claims_a_clause(
                lex(text, cue[2], min(len(text), cue[2] + _CLAIMED))
            ):
                continue  # "claimed 12 lives"
            return cue if _HARD_BORDER.search(text, cue[2], start) is None else None
        if _has_border(text, cue[2], start):
            return None
        if text[cue[1] : cue[2]].lower() == "targets" and _whose(text, cue):
            continue  # "having missed its targets for three years"
        if text[cue[1] : cue[2]].lower() == "an estimated" and text.count(" ", cue[2], start) > _DESCRIBED:
            continue  # "an estimated 250 grams from a body half a kilometre wide"
        if not (cue[1] == 0 and cue[0] == "hypothetical" and "," in text[cue[2] : start]):
            return cue
    return None


def _whose(text: str, cue: _Cue) -> bool:
    """Whether the noun says whose it is and not how much: "missed its targets", but "its targets of 5 per cent"."""
    before = text[: cue[1]].split()[-1:]
    owned = bool(before) and (before[0].lower() in word_set("grammar", "definites") or before[0][-2:] in ("'s", "’s"))
    return owned and not text.startswith(" of ", cue[2])


def _is_noun(text: str, behind: int) -> bool:
    """As in "3,500 claims had been lodged", "claims from the storm": what is claimed is no hedge."""
    following = lex(text, behind, min(len(text), behind + _TO_VERB))[:1]
    if not following or following[0].text in {",", ".", ")", "worth"}:
        return bool(following)
    moved = following[0].lower in change_words().verbs and not following[0].lower.endswith(("s", "ing", "cut"))
    return (
        moved or is_auxiliary(following[0]) or (in_class(following[0], "prepositions") and following[0].lower != "to")
    )


def _cue_behind(text: str, start: int, end: int, cues: Sequence[_Cue]) -> _Cue | None:
    """A modal verb behind the number when the number belongs to its subject: "eight people could lose"."""
    relative = _RELATIVE.match(text, end)
    if relative is not None:
        return "projected", *relative.span("cue" if relative["cue"] else "bare")
    behind_number = {cue[1]: cue for cue in cues if cue[1] >= end}
    if not behind_number:
        return None
    behind = lex(text, end, min(len(text), end + _TO_VERB))
    whole = [word.lower for word in behind[:2]] in (["of", "which"], ["of", "whom"])  # "half of which will be sold"
    before = lex(text, max((last for _, last in _borders_in(text) if last <= start), default=0), start)
    if not whole and any(is_verb(before, at) for at in range(_clause_opening(before), len(before))):
        return None
    described = False
    for at, word in enumerate(behind):
        if word.text in {",", ".", ";", ":", "—", "–"} or (described and _opens_clause(word)):
            return None
        if _describes(behind, at):
            described = True
        elif is_verb(behind, at) or is_auxiliary(word):
            cue = behind_number.get(word.start)
            # Who claims something is not alleged to be so many: "Two claimed they had lost $5m".
            claims = cue is not None and cue[0] == "alleged" and not is_auxiliary(word)
            return None if claims else cue
    return None


def _clause_opening(before: Sequence[Lexeme]) -> int:
    """Where a clause that is reported begins: "said 300 jobs will go", "angry that 40 jobs may go"."""
    opens = word_set("attribution", "say", "mind", "show") | {"that"}
    return next((at + 1 for at in range(len(before) - 1, -1, -1) if before[at].lower in opens), 0)


def _describes(behind: list[Lexeme], at: int) -> bool:
    """A participle between the noun and its verb: "half of those affected could wait", "cars sold in May may break"."""
    if is_auxiliary(behind[at]) or not is_verb(behind, at) or at + 1 == len(behind):
        return False
    following = behind[at + 1]
    return in_class(following, "modals", "prepositions") or following.lower in word_set("syntax", "times")


def _opens_clause(word: Lexeme) -> bool:
    return is_relative(word) or in_class(word, "coordinators", "subordinators", "subject_pronouns")


def _has_condition(text: str) -> bool:
    return re.search(r"\b(?:[Ii]f|[Uu]nless)\b", text) is not None


_NEGATION_REACH = 90
_NEXT_CLAUSE = re.compile(r",|\b(?:and|that)\b|\w (?:has|have|had) been\b")  # "trips that never took place has been"


def _is_negated(text: str, start: int) -> bool:
    words = lex(text, max(0, start - _NEGATION_REACH), start)
    for at in range(len(words) - 1, -1, -1):
        word = words[at]
        if word.lower in word_set("modality", "negators"):
            behind = words[at + 1].lower if at + 1 < len(words) else ""
            border = _BORDER.search(text, word.end, start) or _NEXT_CLAUSE.search(text, word.end, start)
            if word.lower == "without" and any(in_class(each, "prepositions") for each in words[at + 1 :]):
                return False  # "without power in six states"
            return behind not in word_set("modality", "not_negated") and border is None
    return False
