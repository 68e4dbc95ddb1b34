"""Finds what a report clause reports: the part of the sentence before it, behind it or around it."""

from extraction.lexemes import Lexeme, LexemeType
from extraction.word_classes import in_class, is_auxiliary, is_verb
from extraction.words import word_set

_OPENS_REST = word_set("cues", "report_rest_openers")
_CONJOINING = word_set("cues", "clause_conjunctions")
_SUBJECT = 7  # lexemes of a conjunction, a short subject and its verb
_REACH = 40  # lexemes in which the next report may begin
_SHORT_REST = 8  # lexemes


def clause_kind(words: list[Lexeme], place: int, verb: int, cue_end: int) -> str:
    """The ``Report.kind`` of the clause from ``place`` to ``cue_end``, by what stands on either side of it."""
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
            # "averaged 6.8 percent, the bank said, up from 6.6 percent"
            moved = any(
                word.lower in {"up", "down", "compared", "against"} for word in words[cue_end + 2 : cue_end + 3]
            )
            return "inserted" if moved or not only_rest(words, cue_end + 2) else "trailing"
        if only_rest(words, cue_end + 1) or (_tells(words, verb) and _has_verb_before(words, place - 1)):
            return "trailing"
    return "leading"


def introduces(words: list[Lexeme], at: int) -> bool:
    """Whether a verb with another common meaning is followed by what is said."""
    if words[at].lower not in word_set("attribution", "that"):
        return True
    return any(word.text in {"that", ":", '"'} for word in words[at + 1 : at + 5])


def _tells(words: list[Lexeme], verb: int) -> bool:
    """As in "..., he told the meeting": nothing but who was told stands behind the verb."""
    return words[verb].lower in {"told", "tells"} and only_rest(words, verb + 1, listener=True)


def _has_verb_before(words: list[Lexeme], end: int) -> bool:
    return any(is_verb(words, at) for at in range(max(0, end - _REACH), end))


def _ends_clause(lexeme: Lexeme | None) -> bool:
    return (
        lexeme is None or lexeme.text in {",", ".", ";", ")", "—", "–", "for", "in"} or lexeme.type is LexemeType.BREAK
    )


def only_rest(words: list[Lexeme], at: int, *, listener: bool = False) -> bool:
    """Whether nothing but a time, a place or a listener follows: "in a statement on Monday."; any listener if told."""
    rest = [word for word in words[at:] if word.type is not LexemeType.BREAK and word.text not in {".", "!", "?"}]
    if len(rest) > _SHORT_REST:
        return False
    if not rest:
        return True
    opens = listener or in_class(rest[0], "prepositions") or rest[0].lower in _OPENS_REST
    plain = not any(word.text == '"' or word.lower == "that" or is_auxiliary(word) for word in rest)
    published = word_set("attribution", "published")  # "in a report published on Monday"
    verbs = (place for place in range(at + 1, len(words)) if words[place].lower not in published)
    return opens and plain and not any(is_verb(words, place) for place in verbs)


def reported_stretch(words: list[Lexeme], kind: str, place: int, cue_end: int, start: int, end: int) -> tuple[int, int]:
    """The characters that a clause of that kind reports, in the sentence from ``start`` to ``end``."""
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
    return words[cue_end].end, _next_report(words, cue_end, end)


def _next_report(words: list[Lexeme], cue_end: int, end: int) -> int:
    """As in "Half said yes, while a third said no": where the next one begins to say something, else ``end``."""
    say = word_set("attribution", "say")
    for at in range(cue_end + 1, min(len(words) - 1, cue_end + _REACH)):
        if words[at].start >= end:
            break
        between = words[at + 1 : at + _SUBJECT]
        said = next((place for place, word in enumerate(between) if word.lower in say), 0)
        if words[at].lower not in _CONJOINING or not said:
            continue
        if not any(between[place].text == "," or is_verb(between, place) for place in range(said)):
            return words[at].start
    return end
