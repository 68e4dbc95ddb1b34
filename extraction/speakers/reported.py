"""Finds what a report clause reports: the part of the sentence before it, behind it or around it."""

from functools import cache

from extraction.text.lexemes import Lexeme, LexemeType
from extraction.text.money_signs import MONEY_SIGNS
from extraction.text.numeral import is_numeral
from extraction.text.word_classes import in_class, is_auxiliary, is_verb
from extraction.text.words import word_set

OPENING_WHAT_IS_TOLD = frozenset(("that", ":", '"'))
_OPENS_REST = word_set("cues", "report_rest_openers")
_CONJOINING = word_set("cues", "clause_conjunctions")
_SUBJECT = 7  # lexemes of a conjunction, a short subject and its verb
_REACH = 40  # lexemes in which the next report may begin
_SHORT_REST = 8  # lexemes
_SHARE = 4  # lexemes of "35 per cent"
_NEXT, _TO_TOLD = 5, 10  # lexemes from a verb to what it tells
_LEAST_SAID = 4  # lexemes in front of "the office said" without a comma


def clause_kind(words: list[Lexeme], place: int, verb: int, cue_end: int) -> str:
    """The ``Report.kind`` of the clause from ``place`` to ``cue_end``, by what stands on either side of it."""
    if words[verb].lower in word_set("attribution", "quote"):
        return "quote"
    before = words[place - 1].text if place else ""
    rest = _behind_listener(words, verb, cue_end + 1)
    behind = words[cue_end + 1] if cue_end + 1 < len(words) else None
    if before == '"' or (before == "," and place > 1 and words[place - 2].text == '"'):
        return "tag"
    described = place > 0 and words[place - 1].lower in {"that", "which", "as", "than"}
    if described and place > 1 and words[place - 2].lower in _telling():
        described = False  # "reported that 300 families had asked for food", "noting that it had warned"
    if described and (_ends_clause(behind) or _describes_amount(words, place - 2)):
        return "relative"
    if before in {",", "–", "—", "-"} and place >= 2:
        mark = _mark_behind(words, rest)
        if mark is not None and words[mark].text == before:
            # "The rate rose to 8 percent, X said, up from 7 percent": what follows is said too
            counted = any(word.is_number for word in words[mark + 1 :])
            return "inserted" if counted or not only_rest(words, mark + 1) else "trailing"
        if only_rest(words, rest) or _goes_on_with_clause(words, place, rest):
            return "trailing"
    elif place >= _LEAST_SAID and _closes_bare(words, place, verb):
        return "trailing"
    return "leading"


@cache
def _telling() -> frozenset[str]:
    return word_set("attribution", "say", "mind", "show", "participles", "participles_of_clauses")


def _goes_on_with_clause(words: list[Lexeme], place: int, rest: int) -> bool:
    """Whether a clause of time opens at ``rest``, and a number and a verb stand in front of the speaker:
    "The storm destroyed 900 homes, the governor said as he toured the coast"."""
    clause = [word.lower for word in words[rest : rest + 2]]
    opens = len(clause) > 1 and clause[0] in _CLAUSES and clause[1] not in _NO_CLAUSES
    return opens and any(word.is_number for word in words[:place]) and any(is_verb(words, at) for at in range(1, place))


_CLAUSES = frozenset(("as", "while", "when", "after", "before"))
_NO_CLAUSES = word_set("attribution", "no_clauses")


def _describes_amount(words: list[Lexeme], at: int) -> bool:
    """Whether an amount with its article stands in front: "below the 38p that the union says it costs"."""
    for number in (at, at - 1):
        if number > 0 and words[number].is_number:
            article = number - 2 if words[number - 1].text in MONEY_SIGNS else number - 1
            return article >= 0 and words[article].lower == "the"
    return False


def _behind_listener(words: list[Lexeme], verb: int, at: int) -> int:
    """Where it goes on behind the listener of "he told the meeting", "she told Reuters"; ``at`` behind other verbs."""
    if words[verb].lower not in {"told", "tells"}:
        return at
    end = at
    while end < min(len(words), at + _SUBJECT) and words[end].type is LexemeType.WORD:
        stops = in_class(words[end], "prepositions", "subordinators", "subject_pronouns", "coordinators")
        if stops or is_verb(words, end):
            break
        end += 1
    return end


def _mark_behind(words: list[Lexeme], at: int) -> int | None:
    """The comma or dash at ``at`` or behind a time or a place there: "..., X said on Monday, citing costs"."""
    for end in range(at, min(len(words), at + _SHORT_REST)):
        if words[end].text in {",", "–", "—", "-"}:
            return end if end == at or only_rest(words[at:end], 0) else None
    return None


def _closes_bare(words: list[Lexeme], place: int, verb: int) -> bool:
    """Whether the sentence ends with the verb and its subject, with no comma in front:
    "output grew 1.6 percent the statistics office said"."""
    closes = words[verb].lower in word_set("attribution", "bare_closers") and _ends_sentence(words, verb + 1)
    joined = in_class(words[place - 1], "prepositions", "subordinators", "coordinators", "have", "be", "modals")
    return closes and not joined and any(word.is_number for word in words[:place])


def _ends_sentence(words: list[Lexeme], at: int) -> bool:
    return all(word.type is LexemeType.BREAK or word.text in {".", "!"} for word in words[at : at + 3])


def introduces(words: list[Lexeme], at: int) -> bool:
    """Whether a verb with another common meaning is followed by what is said."""
    if words[at].lower in word_set("attribution", "of"):
        of = [word.lower for word in words[at + 1 : at + _SHORT_REST]]
        accuses = words[at].lower.startswith("accus")  # "Police accused of theft", but "spoke of 40 dead"
        return "of" in of[1:] and of[0] != "of" if accuses else of[:1] == ["of"]
    if words[at].lower not in word_set("attribution", "that") or points_out(words, at):
        return True
    clause = words[at + 1 : at + 3]
    if len(clause) > 1 and in_class(clause[0], "subject_pronouns") and is_auxiliary(clause[1]):
        return True  # "boasted it would reach a billion people"
    otherwise = words[at].lower == "ruled" and at + 1 < len(words)
    if otherwise and words[at + 1].lower in word_set("attribution", "rules_otherwise"):
        return False
    told = next((k for k in range(at + 1, min(len(words), at + _TO_TOLD)) if words[k].text in OPENING_WHAT_IS_TOLD), 0)
    # "promised in parliament last week that": behind "that" stands a clause, and nothing but words in front of it
    apart = told >= at + _NEXT and (words[told].text != "that" or not only_rest(words[:told], at + 1))
    return told > 0 and not apart


def points_out(words: list[Lexeme], at: int) -> bool:
    """Whether "out" stands behind a verb that has no other meaning with it: "The mayor pointed out the loss"."""
    behind = words[at + 1].lower if at + 1 < len(words) else ""
    return behind == "out" and words[at].lower in {"point", "points", "pointed"}


def _ends_clause(lexeme: Lexeme | None) -> bool:
    return (
        lexeme is None or lexeme.text in {",", ".", ";", ")", "—", "–", "for", "in"} or lexeme.type is LexemeType.BREAK
    )


def only_rest(words: list[Lexeme], at: int) -> bool:
    """Whether nothing but a time, a place or a listener follows: "in a statement on Monday."."""
    last = next((place for place in range(at, min(len(words), at + _SHORT_REST + 1)) if words[place].text == ";"), None)
    rest = [word for word in words[at:last] if word.type is not LexemeType.BREAK and word.text not in {".", "!", "?"}]
    if len(rest) > _SHORT_REST:
        return False
    if not rest:
        return True
    opens = in_class(rest[0], "prepositions") or rest[0].lower in _OPENS_REST
    plain = not any(word.text == '"' or word.lower == "that" or is_auxiliary(word) for word in rest)
    published = word_set("attribution", "published")  # "in a report published on Monday"
    verbs = (words[place].lower for place in range(at + 1, len(words)) if is_verb(words, place))
    return opens and plain and all(verb in published for verb in verbs)


def ends_with(words: list[Lexeme], at: int) -> bool:
    """Whether with what stands at ``at`` the sentence ends: with a time or place, or with who speaks: ", its boss."."""
    if at >= len(words) or words[at].text != ",":
        return only_rest(words, at)
    return not any(is_verb(words, k) or words[k].text == '"' for k in range(at, len(words)))


def reported_stretch(words: list[Lexeme], kind: str, place: int, cue_end: int, start: int, end: int) -> tuple[int, int]:
    """The characters that a clause of that kind reports, in the sentence from ``start`` to ``end``."""
    if kind in {"quote", "tag"}:
        return words[cue_end].end, words[cue_end].end
    if kind in {"closing", "trailing"}:
        return start, words[place].start
    if kind == "inserted":
        conjunction = words[place - 2].lower in {"and", "but"}
        return (words[place - 2].start if conjunction else start), end
    if kind == "relative":
        first = place - 1
        while first > max(0, place - 12) and words[first - 1].text not in {",", ";", ":", '"', "(", "—", "–"}:
            first -= 1
        if _describes_amount(words, place - 2):  # "84% nationally and the 95% that the agency recommends"
            first = next(at for at in range(place - 1, first - 1, -1) if at == first or words[at].lower == "the")
        return words[first].start, words[cue_end].end
    return words[cue_end].end, _next_report(words, cue_end, end)


def _next_report(words: list[Lexeme], cue_end: int, end: int) -> int:
    """Where the next one begins to say something, in "Half said yes, while a third said no"; else ``end``."""
    say = word_set("attribution", "say")
    for at in range(cue_end + 1, min(len(words) - 1, cue_end + _REACH)):
        if words[at].start >= end:
            break
        if words[at].lower not in _CONJOINING or words[at + 1].lower == "that":
            continue  # "noted that prices had risen and that a promised cut had not come"
        between = words[at + 1 : at + _SUBJECT]
        said = next((place for place, word in enumerate(between) if word.lower in say), 0)
        if said and not any(between[place].text == "," or is_verb(between, place) for place in range(said)):
            return words[at].start
    return end


def is_share(words: list[Lexeme], span: tuple[int, int]) -> bool:
    """Whether the words are a share, for those asked in a poll: "62 per cent", "two in five", "half of the firms"."""
    inside = words[span[0] : span[1]]
    if any(word.lower in word_set("cues", "share_words") and not word.may_be_name for word in inside[1:]):
        return True
    ratios = zip(inside[:2], inside[1:3], inside[2:4], strict=False)
    ratio = any(is_numeral(one) and word.lower == "in" and is_numeral(two) for one, word, two in ratios)
    return bool(inside) and (inside[0].lower == "half" or ratio)


def share_end(words: list[Lexeme], cue_end: int, end: int) -> int:
    """Where ends what a share says: in "62 per cent said it was poor, up from 51 per cent" at the comma."""
    for at in range(cue_end + 1, min(len(words) - 1, cue_end + _REACH)):
        word, behind = words[at], words[at + 1]
        if word.start >= end:
            break
        apart = word.text == "," and behind.lower in word_set("attribution", "behind_shares")
        going = apart and words[at + 2 : at + 3] and words[at + 2].lower in {"that", "they"}  # ", and that 40 were"
        share = any(each.lower in word_set("cues", "share_words") for each in words[at + 2 : at + _SHARE])
        joined = word.lower in {"and", "while"} and is_numeral(behind) and share
        if (apart and not going) or joined or word.text == ";":
            return word.start
    return end
