"""Finds whose words a report verb gives: the subject in front of it, or the speaker behind it ("said Jane Doe")."""

from extraction.lexemes import Lexeme, LexemeType
from extraction.speakers.name_kinds import given_names
from extraction.speakers.noun_phrases import Range, phrase_before
from extraction.speakers.phrases_behind import phrase_after
from extraction.speakers.reported import only_rest
from extraction.word_classes import claims_a_clause, in_class, is_adverb, is_verb
from extraction.words import word_set

_FEWEST_WORDS = 4  # in front of "said Jane Doe" at the end of a sentence
# How far a verb may stand from what decides about it, so that the time stays linear.
_FIRST_VERB = 24
_TO_QUOTATION = 40
_TO_AT = 16
_SPEAKER = 5  # words of a title and a name
_SIGNS = frozenset("$£€¥")
_AMOUNT = 8  # lexemes of "the 200,000 gain" in front of "economists had forecast"


def source_before(words: list[Lexeme], at: int) -> Range | None:
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


def amount_in_front(words: list[Lexeme], subject: Range, verb: int) -> Range | None:
    """As in "below the 3.1% drop economists had forecast": where the amount starts and where who reckons does.

    None in other phrases.
    """
    forecast = words[subject[1] - 1].lower in word_set("cues", "forecasters")
    if not forecast or words[verb].lower not in word_set("cues", "expected_by_others"):
        return None
    behind = verb + (2 if words[verb].lower in {"pencilled", "penciled"} else 1)
    if behind < len(words) and words[behind].type in (LexemeType.WORD, LexemeType.NUMBER):
        return None
    who = subject[1] - 1
    while who > subject[0] and words[who - 1].type is LexemeType.WORD and words[who - 1].capitalised:
        who -= 1
    start, number = who, False
    while start > max(0, who - _AMOUNT) and not _ends_amount(words[start - 1]):
        start -= 1
        number = number or words[start].is_number
        if number and words[start].lower == "the":
            break
    counted = any(words[at].is_number for at in range(*subject))
    opened = number and words[start].lower == "the"
    return (start if opened else subject[0], who) if opened or counted else None


def _ends_amount(word: Lexeme) -> bool:
    """Whether a word stands outside of "the 200,000 gain", towards the left."""
    between = word.type is LexemeType.SYMBOL and word.text not in _SIGNS and word.text not in {"%", "-", "."}
    return between or word.type is LexemeType.BREAK or in_class(word, "prepositions", "coordinators", "subordinators")


def _is_published(words: list[Lexeme], at: int) -> bool:
    """As in "a poll published", "figures out"."""
    return words[at].lower in word_set("attribution", "published") or is_verb(words, at) or words[at].lower == "out"


def _is_day(words: list[Lexeme], span: Range) -> bool:
    named = span[1] > 1 and words[span[1] - 2].lower in given_names()  # "Theresa May said"
    return words[span[1] - 1].lower in word_set("syntax", "times") and not named


def shared_subject(words: list[Lexeme], at: int) -> Range | None:
    """The subject of the first verb of the sentence, for "X cut its price and said that"."""
    before = at - 1
    while before > 0 and is_adverb(words[before]):
        before -= 1
    if before < 1 or words[before].lower not in {"and", "but"}:
        return None
    return first_subject(words, before)


def first_subject(words: list[Lexeme], end: int) -> Range | None:
    """The subject of the first verb that stands before ``end``."""
    for at in range(1, min(end, _FIRST_VERB)):
        if is_verb(words, at) and not in_class(words[at - 1], "prepositions"):
            return phrase_before(words, at)
    return None


def inverted_speaker(words: list[Lexeme], at: int) -> Range | None:
    """As in "said chief executive Jane Doe": behind a quotation, or closing a sentence."""
    if words[at].lower not in word_set("attribution", "say") or at + 1 >= len(words):
        return None
    if words[at + 1].lower == "the" and at + 2 < len(words) and words[at + 2].lower in {"same", "opposite"}:
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
    timed = words[at + 1].lower in word_set("attribution", "closers")  # "Cal Fire said Sunday"
    if timed or in_class(words[at + 1], "prepositions"):  # "Doe, writing for the paper, said in July"
        return None
    named = words[at + 1].capitalised or _names_speaker(words, at + 1)
    if not closes or (words[at - 1].text != "," and not named):
        return None
    speaker = phrase_after(words, at + 1)
    if speaker is not None and words[at - 1].text == "," and _asks_to_be_unnamed(words, speaker[1]):
        return speaker
    if speaker is None or any(is_verb(words, place) for place in range(speaker[1], _clause_end(words, speaker[1]))):
        return None
    own = phrase_before(words, at) if words[at - 1].text != "," else None
    if own is not None and (_head_in(words, own, "speakers") or _is_name_or_pronoun(words, at, own)):
        return None
    return speaker


def _asks_to_be_unnamed(words: list[Lexeme], at: int) -> bool:
    """As in "..., said an official who declined to be named"."""
    behind = [word.lower for word in words[at : at + 2]]
    return len(behind) == _CLAUSE and behind[0] == "who" and behind[1] in word_set("attribution", "unnamed")


_CLAUSE = 2  # "who" and its verb


def _names_speaker(words: list[Lexeme], at: int) -> bool:
    """As in "... says boss kenny ward": in text without capitals a title or a given name, and the sentence ends."""
    first = words[at + 1 if in_class(words[at], "articles") and at + 1 < len(words) else at].lower
    people = first in word_set("names", "titles", "unnamed_people") | word_set("attribution", "speakers")
    end = at + _clause_end(words[at : at + _SPEAKER + 1], 0)
    closed = end >= len(words) or words[end].text == "."
    plain = all(word.type is LexemeType.WORD for word in words[at:end])
    return closed and plain and end - at <= _SPEAKER and (people or first in given_names())


def _inserted_speaker(words: list[Lexeme], at: int) -> Range | None:
    """As in "The bridge, said the mayor, will cost $8 million": between commas, and the sentence goes on."""
    if words[at].lower not in {"said", "says"} or at < 2 or words[at - 1].text != ",":
        return None
    if words[at + 1].lower in {"to", "that", "in", "on", "by"}:
        return None
    speaker = phrase_after(words, at + 1)
    if speaker is None or speaker[1] >= len(words) or words[speaker[1]].text != ",":
        return None
    return None if only_rest(words, speaker[1] + 1) else speaker


def _clause_end(words: list[Lexeme], at: int) -> int:
    """Where the clause that goes on at ``at`` ends: at the next comma, mark or line."""
    while (
        at < len(words) and words[at].type is not LexemeType.BREAK and words[at].text not in {",", ".", ";", '"', "("}
    ):
        at += 1
    return at


def can_report(words: list[Lexeme], at: int, subject: Range) -> bool:
    """Whether the verb at ``at`` reports what ``subject`` says or shows, and has no other of its meanings."""
    verb = words[at].lower
    if _is_passive(words, at) or _is_infinitive(words, at) or (at and in_class(words[at - 1], "articles")):
        return False
    if at and words[at - 1].lower == "of":  # "the number of confirmed cases"
        return False
    if verb == "report" and words[at - 1].lower in {"will", "to"}:  # "will report its results on 7 May"
        return False
    if verb in word_set("attribution", "clause") and not _has_clause(words, at, subject):
        return False
    if at + 1 < len(words) and words[at + 1].lower in word_set("grammar", "reflexives"):
        return False  # "declared itself bankrupt"
    if subject[0] > 1 and [word.lower for word in words[subject[0] - 2 : subject[0]]] in (
        ["to", "have"],
        ["to", "get"],
    ):
        return False  # "to have the patents declared invalid"
    if verb in word_set("attribution", "intends") and at + 1 < len(words) and words[at + 1].lower == "to":
        return False  # "plans to sell 40 buildings" says what it will do, and reports nothing
    if verb in word_set("attribution", "quote"):
        return any(word.text == '"' for word in words[at + 1 : at + _TO_QUOTATION])
    if verb in {"put", "puts"} and not any(word.lower == "at" for word in words[at + 1 : at + _TO_AT]):
        return False
    if verb in word_set("attribution", "show", "mind") and _head_in(words, subject, "sources"):
        return True
    if verb in word_set("attribution", "find") and _finds_a_fact(words, at):
        return _is_name_or_pronoun(words, at, subject) or _head_in(words, subject, "speakers")
    if verb in word_set("attribution", "either") and not is_verb(words, at):
        return False
    if verb in word_set("attribution", "either", "mind"):
        named = _is_name_or_pronoun(words, at, subject) or _head_in(words, subject, "speakers")
        return named or _closes_sentence(words, at, subject)
    return verb in word_set("attribution", "say")


def _has_clause(words: list[Lexeme], at: int, subject: Range) -> bool:
    """As in "claims that it has", "..., he claimed"; not in "claims 40 per cent of the market", "claimed for a car"."""
    behind = words[at + 1 : at + _TO_QUOTATION]
    if not behind or (behind[0].type is LexemeType.SYMBOL and behind[0].text not in _SIGNS):
        return subject[0] > 0 or (bool(behind) and behind[0].text != ".")
    if behind[0].lower == "for":
        return False
    if behind[1:] and behind[1].lower in word_set("attribution", "admitted"):
        return False  # "admitted three counts of fraud"
    if behind[0].lower.endswith("ing"):  # "admitted stealing £3m"
        return True
    told = subject[0] > 0 and only_rest(words, at + 1)  # with nothing in front nothing is told: "has not conceded"
    return told or claims_a_clause(behind) or any(word.text == '"' for word in behind)


def _finds_a_fact(words: list[Lexeme], at: int) -> bool:
    """As in "found that 12 were dead", "..., researchers have found."; not in "found 12 bodies"."""
    if at + 1 < len(words) and words[at + 1].lower == "that":
        return True
    start = at
    while start > 0 and words[start].text != "," and at - start < _TO_AT:
        start -= 1
    return words[start].text == "," and start > 1 and only_rest(words, at + 1)


def _closes_sentence(words: list[Lexeme], at: int, subject: Range) -> bool:
    """As in "..., the miner reported on Tuesday.": behind a comma anybody definite may report."""
    behind = words[at + 1].lower if at + 1 < len(words) else "."
    definite = words[subject[0]].lower == "the" and subject[0] > 0 and words[subject[0] - 1].text == ","
    return definite and subject[1] == at and behind in word_set("attribution", "closers")


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
