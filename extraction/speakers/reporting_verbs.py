"""Tells whether a verb reports what its subject says or shows, or has another of its meanings: "claimed 12 lives"."""

from extraction.speakers.amounts_put import puts_at_amount
from extraction.speakers.clauses_told import (
    closes_sentence,
    finds_a_fact,
    follows_quotation,
    has_opinion,
    opens_that,
    projects_amount,
    reports_state,
    shows_again,
    tells_nothing,
)
from extraction.speakers.noun_phrases import Range
from extraction.speakers.reported import OPENING_WHAT_IS_TOLD, only_rest, points_out
from extraction.speakers.who_speaks import agrees, head_in, opens_quotation, speaks
from extraction.text.lexemes import Lexeme, LexemeType
from extraction.text.money_signs import MONEY_SIGNS
from extraction.text.numeral import is_numeral
from extraction.text.word_classes import (
    before_adverbs,
    can_speak,
    claims_a_clause,
    has_verb,
    in_class,
    is_adverb,
    is_auxiliary,
    is_verb,
)
from extraction.text.words import word_set

# How far a verb may stand from what decides about it, so that the time stays linear.
_TO_QUOTATION = 40
_HEARSAY = (["said", "to", "be"], ["said", "to", "have"])  # "a tower said to be 40 metres high"
_PASSIVE = frozenset(("believed", "calculated", "estimated", "feared", "reckoned"))
_FEW = 4  # adverbs of "did not say exactly how"
_WITH = 8  # lexemes of "With about 60 of the 65"
_RATINGS = word_set("attribution", "ratings")


def can_report(words: list[Lexeme], at: int, subject: Range) -> bool:
    """Whether the verb at ``at`` reports what ``subject`` says or shows, and has no other of its meanings."""
    if _is_no_verb_of_speech(words, at, subject):
        return False
    verb, behind = words[at].lower, _word(words, at + 1)
    if verb in _PASSIVE and behind == "to":
        # "Of the 300 people estimated to have died", but "at what witnesses estimated to be 130 km an hour"
        return subject[0] > 0 and words[subject[0] - 1].lower in {"what", "which", "that"}
    if _has_other_meaning(words, at, subject):
        return False
    if verb in word_set("attribution", "quote"):
        return any(word.text == '"' for word in words[at + 1 : at + _TO_QUOTATION])
    if verb in word_set("attribution", "put") and not (puts_at_amount(words, at) or _puts_ahead(words, at, subject)):
        return False
    if tells_nothing(words, at, subject):
        return False
    if verb in word_set("attribution", "show", "mind") and head_in(words, subject, "sources", "studies"):
        return True
    if shows_again(words, at, subject):
        return True
    if verb in word_set("attribution", "find") and finds_a_fact(words, at):
        return speaks(words, at, subject)
    if points_out(words, at):
        return speaks(words, at, subject) or head_in(words, subject, "sources")
    if verb in word_set("attribution", "either", "mind"):
        return _speaks_mind(words, at, subject)
    return verb in word_set("attribution", "say")


def _word(words: list[Lexeme], at: int) -> str:
    return words[at].lower if 0 <= at < len(words) else ""


def _is_no_verb_of_speech(words: list[Lexeme], at: int, subject: Range) -> bool:
    """Whether its form or the words beside make it a noun, an adjective, or a verb that withholds or sums up."""
    verb, before, behind = words[at].lower, _word(words, at - 1), _word(words, at + 1)
    if _is_passive(words, at) or _is_infinitive(words, at) or (at and in_class(words[at - 1], "articles")):
        return True
    if before in {"of", "as"}:  # "the number of confirmed cases", "not 15km as stated"
        return True
    if verb in word_set("modality", "deniable") and before in word_set("modality", "denying", "dismissing"):
        return True  # "The firm denied reports that"
    if behind == "at" and before in _RATINGS:
        return True  # "Overweight reiterated at Garrick Stone"
    if verb == "estimate" and before in word_set("attribution", "before_estimate"):
        return True  # "from a previous estimate of 1.8%"
    if verb in {"expect", "expects"} and before_adverbs(words, at).lower in word_set("attribution", "able"):
        return True  # "Travellers between New York and London can expect to pay $712"
    if _is_aside(words, at, subject) or (verb.startswith("ask") and behind == "for"):
        return True  # "the 12% that the firms could have asked for"
    if words[subject[0]].lower in word_set("attribution", "neither"):
        return True
    return _withholds(words, at) or _is_absolute(words, at, subject) or _sums_up(words, at, subject)


def _has_other_meaning(words: list[Lexeme], at: int, subject: Range) -> bool:
    """Whether the verb has a meaning here with which it reports nothing:
    "claimed 12 lives", "will report its results", "demanded that the State declare a drought"."""
    verb, before, behind = words[at].lower, _word(words, at - 1), _word(words, at + 1)
    if [verb, *(word.lower for word in words[at + 1 : at + 3])] in _HEARSAY:
        return True
    if verb in word_set("attribution", "base") and not agrees(words, at, subject):
        return True
    if verb == "thought" and _word(words, subject[0] - 1) == "what":
        return True  # "triple what investors thought it was worth"
    if (verb == "report" and before in {"will", "to"}) or (verb == "claimed" and _is_taken(words, at, subject)):
        return True
    if verb in word_set("attribution", "declares"):
        opens = subject[0] == 0 or words[subject[0] - 1].type is LexemeType.BREAK
        if _declares_payment(words, at) or (opens and before in word_set("attribution", "declared")):
            return True  # "Fire ban declared Sunday"
    if verb in word_set("attribution", "clause") and not _has_clause(words, at, subject):
        return True
    if behind in word_set("grammar", "reflexives"):
        return True  # "declared itself bankrupt"
    if [word.lower for word in words[max(0, subject[0] - 2) : subject[0]]] in _HAVING_DONE:
        return True  # "to have the patents declared invalid"
    # "agreed to sell 40 buildings" says what it will do, and reports nothing
    return verb in word_set("attribution", "intends") and behind == "to"


_HAVING_DONE = (["to", "have"], ["to", "get"])


def _speaks_mind(words: list[Lexeme], at: int, subject: Range) -> bool:
    """Whether a verb that may say or think something else has somebody who speaks, or a clause that is told."""
    verb = words[at].lower
    if verb in word_set("attribution", "either") and not (
        is_verb(words, at)
        or projects_amount(words, at, subject)
        or opens_quotation(words, at)
        or opens_that(words, at, subject)
        or verb in word_set("attribution", "of")
        or follows_quotation(words, at)
        or _behind_aside(words, at, subject)
    ):
        return False
    if speaks(words, at, subject) or has_opinion(words, at, subject):
        return True
    # 'The letter added: "…"', but not 'The work continued, "despite 40 delays"'.
    quotes = verb in word_set("attribution", "that") and opens_quotation(words, at) and words[at + 1].text == ":"
    tells = quotes or opens_that(words, at, subject) or reports_state(words, at, subject)
    return tells or closes_sentence(words, at, subject)


def _puts_ahead(words: list[Lexeme], at: int, subject: Range) -> bool:
    """Whether a poll gives share or lead: "A poll puts the party on 30 per cent", "had put her ahead by six points"."""
    if not head_in(words, subject, "sources"):
        return False
    window = words[at + 1 : at + _TO_PLACE]
    ahead = any(word.lower in {"ahead", "behind"} for word in window)
    return ahead or any(
        word.lower == "on" and number.is_number and share.lower in {"per", "percent", "%", "pc"}
        for word, number, share in zip(window, window[1:], window[2:], strict=False)
    )


_TO_PLACE = 8  # lexemes


def _withholds(words: list[Lexeme], at: int) -> bool:
    """Whether the verb with "not" leaves something unsaid:
    "did not say how many of its shops would close", "What it did not say is that 300 went"."""
    behind = at + 1
    while behind < min(len(words), at + _FEW) and is_adverb(words[behind]) and words[behind].lower not in _asking():
        behind += 1
    if behind >= len(words):
        return False
    withheld = words[at].lower in word_set("attribution", "withheld") and words[behind].lower in {"that", "is", "was"}
    if not withheld and words[behind].lower not in _asking():
        return False
    before = at - 1
    while before > 0 and (is_adverb(words[before]) or is_auxiliary(words[before])):
        if words[before].lower in {"not", "never"} or words[before].lower.endswith(("n't", "n’t")):
            return True
        before -= 1
    return False


def _asking() -> frozenset[str]:
    return word_set("attribution", "asking")


def _is_absolute(words: list[Lexeme], at: int, subject: Range) -> bool:
    """Whether it is so behind "with", and nobody declares: "With 60 of 65 wards declared, ..."."""
    behind = words[at + 1] if at + 1 < len(words) else words[at]
    if words[at].lower in {"said", "says", "told"} or not (behind.text == "," or in_class(behind, "prepositions")):
        return False
    for before in range(subject[0] - 1, max(-1, subject[0] - _WITH), -1):
        if words[before].lower == "with":
            return before == 0 or words[before - 1].type is not LexemeType.WORD
        if words[before].type not in (LexemeType.WORD, LexemeType.NUMBER):
            return False
    return False


def _is_aside(words: list[Lexeme], at: int, subject: Range) -> bool:
    """Whether the participle behind its comma is passive: "The figure, disclosed in an audit, is 40"."""
    if subject[1] != at - 1 or words[at - 1].text != "," or at + 1 >= len(words):
        return False
    if subject[0] > 0:  # "cut 40 jobs, warned residents and closed"
        return is_verb(words, subject[0] - 1)
    passive = not in_class(words[at], "present") and words[at].lower not in {"said", "says", "say"}
    return passive and (in_class(words[at + 1], "prepositions") or words[at + 1].lower in {"twice", "that"})


def _sums_up(words: list[Lexeme], at: int, subject: Range) -> bool:
    """Whether "all told" sums up: "All told, the affair has cost $3 billion"; not in "All told the police that"."""
    behind = words[at + 1] if at + 1 < len(words) else words[at]
    whole = subject == (at - 1, at) and words[at - 1].lower == "all"
    return whole and words[at].lower == "told" and behind.type is not LexemeType.WORD


def _writes_a_work(words: list[Lexeme], at: int, subject: Range) -> bool:
    """Whether what is written is no clause: "wrote 26 novels, was married", "wrote off $3bn"."""
    behind = words[at + 1 : at + _TO_QUOTATION]
    if words[at].lower not in word_set("attribution", "writes") or not behind or only_rest(words, at + 1):
        return False
    if behind[0].lower in {"off", "down"}:
        return True
    parts = [word.text for word in behind]
    if behind[0].lower in word_set("attribution", "closers") or in_class(behind[0], "prepositions"):
        inserted = subject[0] > 0 and words[subject[0] - 1].text == ","
        return not inserted and OPENING_WHAT_IS_TOLD.isdisjoint(parts)
    counted = is_numeral(behind[0]) or in_class(behind[0], "articles")
    stops = {",", ";", ".", "and", "but", "that"} if counted else {",", ";", ".", "and", "but"}
    end = next((place for place, word in enumerate(behind) if word.text in stops), len(behind))
    opened = any(text in OPENING_WHAT_IS_TOLD for text in parts[:end])
    return behind[0].type is not LexemeType.SYMBOL and not opened and not has_verb(behind[:end])


def _is_taken(words: list[Lexeme], at: int, subject: Range) -> bool:
    """Whether it is won, and nothing is told: "12 medals claimed by Britain", "the biggest prize claimed in Yorkshire".
    Whoever speaks is named or a person: ", the mayor claimed in May"."""
    behind = words[at + 1 : at + 3]
    if not behind or not in_class(behind[0], "prepositions"):
        return False
    if behind[0].lower == "by":
        return not (behind[1:] and behind[1].is_number and len(behind[1].text) == _YEAR)  # "claimed by 2030 it would"
    inside = words[subject[0] : subject[1]]
    ranked = any(word.is_number or word.lower in word_set("times", "superlatives") for word in inside)
    return ranked and not speaks(words, at, subject)


_YEAR = 4  # digits


def _has_clause(words: list[Lexeme], at: int, subject: Range) -> bool:
    """Whether the verb tells what stands behind it or closes the sentence:
    "claims that it has", "..., he claimed"; not in "claims 40 per cent of the market", "claimed for a car"."""
    behind = words[at + 1 : at + _TO_QUOTATION]
    if _writes_a_work(words, at, subject):
        return False
    if not behind or (behind[0].type is LexemeType.SYMBOL and behind[0].text not in MONEY_SIGNS):
        return subject[0] > 0 or (bool(behind) and behind[0].text != ".")
    particle = behind[0].lower in {"for", "of", "up", "through"}
    if particle and not (behind[1:] and behind[1].lower == "to"):  # "claimed up to 40 were lost", "thought up ways"
        return False
    if behind[0].lower == "that" and behind[1:] and behind[1].type is not LexemeType.SYMBOL:
        return True
    if any(word.lower in word_set("attribution", "admitted") for word in behind[1:3]):
        return False  # "admitted three counts of fraud", "conceded only five runs"
    if behind[0].lower.endswith("ing"):  # "admitted stealing £3m"
        return True
    told = subject[0] > 0 and only_rest(words, at + 1)  # with nothing in front nothing is told: "has not conceded"
    return told or claims_a_clause(behind) or any(word.text == '"' for word in behind)


def _declares_payment(words: list[Lexeme], at: int) -> bool:
    """Whether a sum is declared, not told: "declared a quarterly dividend of 45 cents", "declared a loss of $3m"."""
    for word in words[at + 1 : at + _LONGEST_DECLARED]:
        if word.lower in word_set("attribution", "declared_sums"):
            return True
        if word.text in ",;:" or in_class(word, "prepositions") or word.lower == "that":
            return False
    return False


_LONGEST_DECLARED = 7  # lexemes of "declared a final cash dividend"


def _is_passive(words: list[Lexeme], at: int) -> bool:
    before = at - 1
    while before >= 0 and is_adverb(words[before]):
        before -= 1
    return before >= 0 and in_class(words[before], "be")


def _is_infinitive(words: list[Lexeme], at: int) -> bool:
    """Whether "to" stands in front of the verb and its adverbs: "to say", "to publicly confirm"."""
    return before_adverbs(words, at).lower == "to"


def _behind_aside(words: list[Lexeme], at: int, subject: Range) -> bool:
    """Whether an aside leads it: "Jo Li, 68, now claims the tree has", "Its spokesman, Jo Li, claims the tree has"."""
    described = subject[0] > 1 and words[subject[0] - 1].text == "," and can_speak(words[subject[0] - 2].lower)
    if words[at + 1 : at + 2] and words[at + 1].lower == "to":
        return False  # "Jo Li, 68, reports to the board"
    return before_adverbs(words, at).text == "," and (subject[1] < at - 1 or described)
