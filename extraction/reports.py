"""Finds the report clauses of a sentence: who, by which verb, and the stretch of the sentence that is reported."""

from dataclasses import dataclass
from functools import cache

from extraction.lexemes import Lexeme, LexemeType
from extraction.phrases import (
    Range,
    in_class,
    is_adverb,
    is_auxiliary,
    is_verb,
    phrase_after,
    phrase_before,
    shortened,
)
from extraction.words import leading_words, word_data, word_set


@dataclass(frozen=True, slots=True)
class Report:
    """A report clause.

    ``start`` and ``end`` bound what is reported, ``speaker`` and ``cue`` are offsets of the words; ``place`` is the
    position of the first lexeme of the clause and ``verb`` that of its verb. ``kind``: "leading" (X said S),
    "trailing" (S, X said), "closing" (S, said X), "inserted" (S, X said, S), "tag" (a quotation, X said), "relative"
    (S that X forecast), "according" or "quote" (a verb that only introduces quotations).
    """

    start: int
    end: int
    speaker: tuple[int, int]
    cue: tuple[int, int]
    place: int
    verb: int
    kind: str


# More reports than this in one sentence are an attack or a table.
_MOST_REPORTS = 64


def find_reports(words: list[Lexeme], start: int, end: int) -> list[Report]:
    """The report clauses of the sentence ``words``, which stands at ``start`` to ``end``; quotations are one lexeme."""
    reports: list[Report] = []
    for at, word in enumerate(words):
        if word.type is not LexemeType.WORD or len(reports) >= _MOST_REPORTS:
            continue
        report = None
        if word.lower in _report_words() and not word.capitalised:
            report = _verb_report(words, at, start, end)
        elif word.lower in _participles():
            report = _participle_report(words, at, end, reports)
        elif word.lower in _according_heads():
            report = _according(words, at, start, end)
        if report is not None:
            reports.append(report)
    return _bounded(reports)


@cache
def report_words() -> frozenset[str]:
    """The words one of which every report clause holds."""
    return _report_words() | _participles() | leading_words(_according_heads())


@cache
def _participles() -> frozenset[str]:
    return word_set("attribution", "participles")


@cache
def _report_words() -> frozenset[str]:
    return word_set("attribution", "say", "either", "mind", "show", "quote")


@cache
def _according_heads() -> dict[str, list[list[str]]]:
    heads: dict[str, list[list[str]]] = {}
    for phrase in word_data("attribution")["according"]:
        parts = phrase.split()
        heads.setdefault(parts[0], []).append(parts)
    return heads


def _bounded(reports: list[Report]) -> list[Report]:
    """A clause at the end closes the leading ones before it: in "analysts expect S, X said" S ends at the comma."""
    closing = [report for report in reports if report.kind in {"trailing", "closing"}]
    if not closing:
        return reports
    border = closing[-1].end
    return [
        report
        if report in closing or report.kind != "leading" or report.start >= border
        else Report(report.start, border, report.speaker, report.cue, report.place, report.verb, report.kind)
        for report in reports
    ]


def _verb_report(words: list[Lexeme], at: int, start: int, end: int) -> Report | None:
    inverted = _inverted(words, at)
    subject = inverted or _source_before(words, at) or _shared_subject(words, at)
    if subject is None or (inverted is None and not _can_report(words, at, subject)):
        return None
    place = min(at, subject[0])
    cue_end = at if inverted is None else max(at, subject[1] - 1)
    kind = _kind(words, place, at, cue_end)
    if inverted is not None and kind not in {"tag", "inserted"}:
        kind = "closing"
    if kind == "leading" and not _introduces(words, at):
        return None
    stretch = _stretch(words, kind, place, cue_end, start, end)
    speaker = shortened(words, subject)
    return Report(*stretch, _offsets(words, speaker), (words[at].start, words[at].end), place, at, kind)


def _source_before(words: list[Lexeme], at: int) -> Range | None:
    """The subject of the verb at ``at``; of "a poll published on Tuesday suggested" the poll, not the day."""
    subject = phrase_before(words, at)
    if subject is None or not _is_day(words, subject):
        return subject
    noun = subject[1] - 3
    if noun >= subject[0] and words[noun + 1].lower == "on":
        # "The court on Monday said", but "Figures out on Monday showed"
        published = any(_is_published(words, at) for at in range(subject[0], noun + 1))
        return subject if published else (subject[0], noun + 1)
    if subject[0] < 2:
        return subject
    before = subject[0]
    if in_class(words[before - 1], "prepositions"):
        before -= 1
    described = _is_published(words, before - 1)
    return phrase_before(words, before - 1 if described else before) or subject


def _is_published(words: list[Lexeme], at: int) -> bool:
    """As in "a poll published", "figures out"."""
    return words[at].lower in word_set("attribution", "published") or is_verb(words, at) or words[at].lower == "out"


def _is_day(words: list[Lexeme], span: Range) -> bool:
    return words[span[1] - 1].lower in word_set("syntax", "times")


def _shared_subject(words: list[Lexeme], at: int) -> Range | None:
    """The subject of the first verb of the sentence, for "X cut its price and said that"."""
    before = at - 1
    while before > 0 and is_adverb(words[before]):
        before -= 1
    if before < 1 or words[before].lower not in {"and", "but"}:
        return None
    return _first_subject(words, before)


def _first_subject(words: list[Lexeme], end: int) -> Range | None:
    for at in range(1, min(end, _FIRST_VERB)):
        if is_verb(words, at) and not in_class(words[at - 1], "prepositions"):
            return phrase_before(words, at)
    return None


def _participle_report(words: list[Lexeme], at: int, end: int, reports: list[Report]) -> Report | None:
    """As in "..., saying that S": the speaker is that of the report before, else the subject of the sentence."""
    if at == 0 or is_auxiliary(words[at - 1]) or in_class(words[at - 1], "determiners", "prepositions"):
        return None
    cue = (words[at].start, words[at].end)
    behind = words[at + 1] if at + 1 < len(words) else words[at]
    if not reports and words[at].lower == "adding" and not _opens_clause(behind):
        return None  # "jumped 17 per cent, adding $3bn to its value"
    if reports:
        return Report(words[at].end, end, reports[-1].speaker, cue, at, at, "leading")
    subject = _first_subject(words, at) or phrase_before(words, at)
    if subject is None:
        return None
    return Report(words[at].end, end, _offsets(words, shortened(words, subject)), cue, at, at, "leading")


def _opens_clause(word: Lexeme) -> bool:
    return word.text in {"that", ":", '"'} or in_class(word, "subject_pronouns", "determiners")


def _inverted(words: list[Lexeme], at: int) -> Range | None:
    """As in "said chief executive Jane Doe": behind a quotation, or closing a sentence."""
    if words[at].lower not in word_set("attribution", "say") or at + 1 >= len(words):
        return None
    before = at - 1
    while before >= 0 and (words[before].text == "," or is_adverb(words[before])):
        before -= 1
    if before >= 0 and words[before].text == '"':
        return phrase_after(words, at + 1)
    inserted = _inserted_speaker(words, at)
    if inserted is not None:
        return inserted
    closes = words[at].lower in {"said", "says"} and before >= _FEWEST_WORDS
    if in_class(words[at + 1], "prepositions"):  # "Doe, writing for the paper, said in July"
        return None
    if not closes or (words[at - 1].text != "," and not words[at + 1].capitalised):
        return None
    speaker = phrase_after(words, at + 1)
    if speaker is None or any(is_verb(words, place) for place in range(at + 1, _clause_end(words, speaker[1]))):
        return None
    own = phrase_before(words, at) if words[at - 1].text != "," else None
    if own is not None and (_head_in(words, own, "speakers") or _is_name_or_pronoun(words, at, own)):
        return None
    return speaker


def _inserted_speaker(words: list[Lexeme], at: int) -> Range | None:
    """As in "The bridge, said the mayor, will cost $8 million": between commas, and the sentence goes on."""
    if words[at].lower not in {"said", "says"} or at < 2 or words[at - 1].text != ",":
        return None
    if words[at + 1].lower in {"to", "that", "in", "on", "by"}:
        return None
    speaker = phrase_after(words, at + 1)
    if speaker is None or speaker[1] >= len(words) or words[speaker[1]].text != ",":
        return None
    return None if _only_rest(words, speaker[1] + 1) else speaker


def _clause_end(words: list[Lexeme], at: int) -> int:
    """Where the clause that goes on at ``at`` ends: at the next comma, mark or line."""
    while (
        at < len(words) and words[at].type is not LexemeType.BREAK and words[at].text not in {",", ".", ";", '"', "("}
    ):
        at += 1
    return at


def _can_report(words: list[Lexeme], at: int, subject: Range) -> bool:
    verb = words[at].lower
    if _is_passive(words, at) or _is_infinitive(words, at) or (at and in_class(words[at - 1], "articles")):
        return False
    if verb in word_set("attribution", "quote"):
        return any(word.text == '"' for word in words[at + 1 : at + _TO_QUOTATION])
    if verb in {"put", "puts"} and not any(word.lower == "at" for word in words[at + 1 : at + _TO_AT]):
        return False
    if verb in word_set("attribution", "show", "mind") and _head_in(words, subject, "sources"):
        return True
    if verb in word_set("attribution", "either") and not is_verb(words, at):
        return False
    if verb in word_set("attribution", "either", "mind"):
        named = _is_name_or_pronoun(words, at, subject) or _head_in(words, subject, "speakers")
        return named or _closes_sentence(words, at, subject)
    return verb in word_set("attribution", "say")


def _closes_sentence(words: list[Lexeme], at: int, subject: Range) -> bool:
    """As in "..., the miner reported on Tuesday.": behind a comma anybody definite may report."""
    behind = words[at + 1].lower if at + 1 < len(words) else "."
    definite = words[subject[0]].lower == "the" and subject[0] > 0 and words[subject[0] - 1].text == ","
    return definite and subject[1] == at and behind in word_set("attribution", "closers")


def _introduces(words: list[Lexeme], at: int) -> bool:
    """Whether a verb with another common meaning is followed by what is said."""
    if words[at].lower not in word_set("attribution", "that"):
        return True
    return any(word.text in {"that", ":", '"'} for word in words[at + 1 : at + 5])


def _is_passive(words: list[Lexeme], at: int) -> bool:
    before = at - 1
    while before >= 0 and is_adverb(words[before]):
        before -= 1
    return before >= 0 and in_class(words[before], "be")


def _is_infinitive(words: list[Lexeme], at: int) -> bool:
    return at > 0 and words[at - 1].lower == "to"


def _head_in(words: list[Lexeme], span: Range, name: str) -> bool:
    """Whether the head of a noun phrase, the last word before its first preposition, is in a word list."""
    last = span[0]
    for at in range(*span):
        if in_class(words[at], "prepositions") or (span[0] < at < span[1] - 1 and is_verb(words, at)):
            break
        if words[at].type is LexemeType.WORD:
            last = at
    return words[last].lower in word_set("attribution", name)


def _is_name_or_pronoun(words: list[Lexeme], verb: int, span: Range) -> bool:
    if span[1] - span[0] == 1 and in_class(words[span[0]], "subject_pronouns"):
        return words[span[0]].lower != "one"
    parts = [word for word in words[span[0] : span[1]] if word.type is LexemeType.WORD]
    if parts and in_class(parts[0], "determiners") and len(parts) > 1:
        parts = parts[1:]
    if not parts or not parts[-1].capitalised:
        return False
    # The capital of a sentence start names nobody by itself: "Insurance claims rose".
    if span[0] == 0 and len(parts) == 1:
        following = words[verb + 1] if verb + 1 < len(words) else None
        return following is not None and (
            following.lower == "that" or in_class(following, "subject_pronouns", "determiners")
        )
    return True


# What is reported ---------------------------------------------------------------------------------------------------

_SHORT_REST = 8
_FEWEST_WORDS = 4
_FIRST_VERB = 24
_TO_QUOTATION = 40
_TO_AT = 16


def _kind(words: list[Lexeme], place: int, verb: int, cue_end: int) -> str:
    if words[verb].lower in word_set("attribution", "quote"):
        return "quote"
    before = words[place - 1].text if place else ""
    behind = words[cue_end + 1] if cue_end + 1 < len(words) else None
    if before == '"' or (before == "," and place > 1 and words[place - 2].text == '"'):
        return "tag"
    if words[place - 1].lower in {"that", "which", "as", "than"} and place and _ends_clause(behind):
        return "relative"
    if before in {",", "–", "—", "-"} and place >= 2:
        if behind is not None and behind.text in {",", "–", "—", "-"} and before == behind.text:
            return "inserted" if not _only_rest(words, cue_end + 2) else "trailing"
        if _only_rest(words, cue_end + 1):
            return "trailing"
    return "leading"


def _ends_clause(lexeme: Lexeme | None) -> bool:
    return (
        lexeme is None or lexeme.text in {",", ".", ";", ")", "—", "–", "for", "in"} or lexeme.type is LexemeType.BREAK
    )


def _only_rest(words: list[Lexeme], at: int) -> bool:
    """Whether nothing but a time, a place or a listener follows: "in a statement on Monday."."""
    rest = [word for word in words[at:] if word.type is not LexemeType.BREAK and word.text not in {".", "!", "?"}]
    if len(rest) > _SHORT_REST:
        return False
    if not rest:
        return True
    opens = in_class(rest[0], "prepositions") or rest[0].lower in {
        "yesterday",
        "today",
        "late",
        "earlier",
        "last",
        "reporters",
    }
    plain = not any(word.text == '"' or word.lower == "that" or is_auxiliary(word) for word in rest)
    return opens and plain and not any(is_verb(words, place) for place in range(at + 1, len(words)))


def _stretch(words: list[Lexeme], kind: str, place: int, cue_end: int, start: int, end: int) -> tuple[int, int]:
    if kind in {"quote", "tag"}:
        return words[cue_end].end, words[cue_end].end
    if kind == "closing":
        return start, words[place].start
    if kind == "trailing":
        return start, words[place - 1].start
    if kind == "inserted":
        conjunction = words[place - 2].lower in {"and", "but"}
        return (words[place - 2].start if conjunction else start), end
    if kind == "relative":
        first = place - 1
        while first > max(0, place - 12) and words[first - 1].text not in {",", ";", ":", '"', "(", "—", "–"}:
            first -= 1
        return words[first].start, words[cue_end].end
    return words[cue_end].end, end


def _according(words: list[Lexeme], at: int, start: int, end: int) -> Report | None:
    for parts in _according_heads()[words[at].lower]:
        last = at + len(parts)
        if [word.lower for word in words[at:last]] == parts:
            speaker = phrase_after(words, last)
            if speaker is None:
                return None
            cue = (words[at].start, words[last - 1].end)
            return Report(start, end, _offsets(words, speaker), cue, at, at, "according")
    return None


def _offsets(words: list[Lexeme], span: Range) -> tuple[int, int]:
    last = words[span[1] - 1]
    return words[span[0]].start, last.end
