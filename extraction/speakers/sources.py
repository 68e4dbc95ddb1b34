"""Finds whose words a report verb gives: the subject in front of it, or the speaker behind it ("said Jane Doe")."""

from extraction.speakers.described import quotes_inside
from extraction.speakers.noun_phrases import Range, phrase_before
from extraction.speakers.phrases_behind import phrase_after
from extraction.speakers.reported import only_rest
from extraction.speakers.times_behind import without_time
from extraction.speakers.who_speaks import head_in, is_name_or_pronoun, speaks
from extraction.text.lexemes import Lexeme, LexemeType
from extraction.text.nouns import given_names
from extraction.text.word_classes import in_class, is_adverb, is_auxiliary, is_relative, is_verb
from extraction.text.words import word_set

_FEWEST_WORDS_TO_COMMA = 2
_FEWEST_WORDS = 4  # in front of "said Jane Doe" at the end of a sentence
_FIRST_VERB = 24  # lexemes in which the first verb of a sentence is looked for
_EMPLOYER = 8  # words of "of the Bank of England"
_SPEAKER = 5  # words of a title and a name


def source_before(words: list[Lexeme], at: int) -> Range | None:
    """The subject of the verb at ``at``; of "a poll published on Tuesday suggested" the poll alone."""
    subject = phrase_before(words, at)
    if subject is not None and subject[0] > _FEWEST_LISTED and words[subject[0] - 1].text == ",":
        subject = _who_was_there(words, subject) or subject
    if subject is None or not _is_day(words, subject):
        return _published_source(words, at, subject) or subject
    source = _published_source(words, at, subject)
    if source is not None:
        return source  # "Documents filed in court on Friday show"
    timeless = without_time(words, subject)
    if timeless != subject:
        return timeless  # "A survey last year found"
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


_FEWEST_LISTED = 4  # lexemes of "Reporters who visited Lagos,"


def _who_was_there(words: list[Lexeme], subject: Range) -> Range | None:
    """Those who speak in front of a list of places, or None: "Reporters who visited Lagos, Kano and Jos said"."""
    if not words[subject[0] - 2].capitalised or all(words[k].lower != "and" for k in range(*subject)):
        return None
    for k in range(subject[0] - 2, max(0, subject[0] - _TO_WHO), -1):
        if words[k].lower == "who":
            return phrase_before(words, k) if words[k - 1].type is LexemeType.WORD else None
        if words[k].type is not LexemeType.WORD and words[k].text != ",":
            return None
    return None


_TO_WHO = 14  # lexemes


def _published_source(words: list[Lexeme], at: int, subject: Range | None) -> Range | None:
    """The words in front of a participle whose figures the verb shows, or None:
    "Figures seen under two laws show", "Documents filed in court show".

    Not in "Figures published by the bank show", whose maker belongs to the source.
    """
    if subject is None or words[at].lower not in word_set("attribution", "show"):
        return None
    sources, published = word_set("attribution", "sources"), word_set("attribution", "published")
    if any(words[k].lower in sources for k in range(*subject)):
        return None
    for k in range(subject[0] - 1, max(0, subject[0] - _TO_PARTICIPLE), -1):
        if words[k].lower in published and words[k - 1].lower in sources:
            return phrase_before(words, k)
        if words[k].type is not LexemeType.WORD or in_class(words[k], "coordinators", "be", "have", "modals"):
            return None
    return None


_TO_PARTICIPLE = 10  # lexemes of "filed on Monday in a court in Leeds"


def _is_published(words: list[Lexeme], at: int) -> bool:
    """Whether the word at ``at`` says that something is out: "a poll published", "figures out"."""
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
    """The subject of the first verb that stands before ``end``, and behind the last semicolon there."""
    start = next((at + 1 for at in range(end - 1, max(0, end - _FIRST_VERB), -1) if words[at].text == ";"), 0)
    for at in range(start + 1, min(end, start + _FIRST_VERB)):
        if is_verb(words, at) and not in_class(words[at - 1], "prepositions"):
            return phrase_before(words, at)
    return None


def inverted_speaker(words: list[Lexeme], at: int) -> Range | None:
    """The speaker behind the verb, which stands behind a quotation or closes a sentence; None in other phrases:
    "said chief executive Jane Doe"."""
    if words[at].lower not in word_set("attribution", "say", "parenthetic", "show") or at + 1 >= len(words):
        return None
    if words[at + 1].lower in word_set("attribution", "said_shortly"):
        return None  # "Two in five, 41%, said no."
    if words[at + 1].lower == "the" and at + 2 < len(words) and words[at + 2].lower in {"same", "opposite"}:
        return None
    before = at - 1
    while before >= 0 and (words[before].text == "," or is_adverb(words[before])):
        before -= 1
    quoted = before >= 0 and words[before].text == '"' and not quotes_inside(words, before)
    if quoted and words[at].lower in word_set("attribution", "say", "parenthetic"):
        return phrase_after(words, at + 1)
    if words[at].lower not in {"said", "says"} and _lists_verbs(words, at):
        return None
    return _inserted_speaker(words, at) or _closing_speaker(words, at, before)


def _closing_speaker(words: list[Lexeme], at: int, before: int) -> Range | None:
    """The speaker behind the verb of "..., says a group of doctors", with whom the sentence ends; None without one.

    ``before`` is the last lexeme of what is said.
    """
    speaker = phrase_after(words, at + 1) if _can_close(words, at, before) else None
    if speaker is None:
        return None
    if words[at - 1].text == "," and _asks_to_be_unnamed(words, speaker[1]):
        return speaker
    if not words[speaker[0]].capitalised and _awaits_verb(words, at - 1):
        return None
    return None if _goes_on_behind(words, at, speaker) or _has_own_subject(words, at) else speaker


def _can_close(words: list[Lexeme], at: int, before: int) -> bool:
    """Whether the verb at ``at`` can close a sentence with its speaker: behind a comma, or in front of a name."""
    timed = words[at + 1].lower in word_set("attribution", "closers")  # "Cal Fire said Sunday"
    if timed or in_class(words[at + 1], "prepositions"):  # "Doe, writing for the paper, said in July"
        return False
    apart = words[at - 1].text == ","
    if before < (_FEWEST_WORDS_TO_COMMA if apart else _FEWEST_WORDS):
        return False
    if words[at].lower not in {"said", "says"} and not (apart and _is_parenthetic(words, at)):
        return False
    return apart or words[at + 1].capitalised or _names_speaker(words, at + 1)


def _goes_on_behind(words: list[Lexeme], at: int, speaker: Range) -> bool:
    """Whether a verb or an amount behind the words that could be its speaker shows that they are none."""
    first = speaker[1]
    if words[speaker[0]].is_number and first < len(words) and words[first].type is LexemeType.WORD:
        return True  # "The letter, signed by 300 doctors, says 12% of patients wait too long"
    shown = head_in(words, speaker, "sources")
    if shown and first < len(words) and words[first].lower in word_set("attribution", "published"):
        first += 1  # "..., show figures published on Monday"
    if first < len(words) and is_relative(words[first]) and words[at - 1].text == ",":
        return False  # "..., says a group that went out and counted"
    return any(is_verb(words, place) for place in range(first, _clause_end(words, first)))


def _has_own_subject(words: list[Lexeme], at: int) -> bool:
    """Whether somebody who speaks stands right in front of the verb: "Jo Li said Acme"."""
    own = phrase_before(words, at) if words[at - 1].text != "," else None
    return own is not None and (head_in(words, own, "speakers") or is_name_or_pronoun(words, at, own))


def _lists_verbs(words: list[Lexeme], at: int) -> bool:
    """Whether who stands behind the verb is its object, and another verb follows:
    "The firm lost $3m, warned investors, and closed two plants"."""
    object_ = phrase_after(words, at + 1) if words[at - 1].text == "," else None
    if object_ is None:
        return False
    behind = words[object_[1] : object_[1] + 3]
    joined = len(behind) > 2 and behind[0].text == "," and behind[1].lower == "and"
    return joined and is_verb(words, object_[1] + 2)


def _awaits_verb(words: list[Lexeme], comma: int) -> bool:
    """Whether a name, its clause and no verb stand in front of the comma: "Jo Li, who owns the bar, said crews"."""
    if words[comma].text != ",":
        return False
    if comma > _AGED and words[comma - 1].is_number and words[comma - 2].text == "," and words[comma - 3].capitalised:
        return True  # "Its chief executive, Jo Li, 52, said the company"
    for at in range(comma - 1, max(0, comma - _LONGEST_RELATIVE), -1):
        if words[at].text in {";", ":", '"'} or words[at].type is LexemeType.BREAK:
            return False
        if words[at].text != ",":
            continue
        if words[at + 1].lower in {"who", "whose", "which"}:
            name = range(max(0, at - _LONGEST_NAME), at)
            if words[at + 1].lower == "which" and in_class(words[0], "determiners"):
                return False  # "The bridge, which is old, said the mayor, will close"
            return name.start == 0 and words[0].capitalised and not any(is_verb(words, place) for place in name)
        if is_auxiliary(words[at + 1]) or is_verb(words, at + 1):
            return False  # "Jo Li, who owns the bar, has lost £40, said staff"
    return False


_AGED = 3  # lexemes of "Li, 52"
_LONGEST_RELATIVE = 40  # lexemes
_LONGEST_NAME = 12  # lexemes of a name, its titles and an age


def _asks_to_be_unnamed(words: list[Lexeme], at: int) -> bool:
    """Whether "who" and a verb of not being named stand at ``at``: "..., said an official who declined to be named"."""
    behind = [word.lower for word in words[at : at + 2]]
    return len(behind) == _CLAUSE and behind[0] == "who" and behind[1] in word_set("attribution", "unnamed")


_CLAUSE = 2  # "who" and its verb


def _names_speaker(words: list[Lexeme], at: int) -> bool:
    """Whether a title or a given name in text without capitals ends the sentence: "... says boss kenny ward"."""
    first = words[at + 1 if in_class(words[at], "articles") and at + 1 < len(words) else at].lower
    people = first in word_set("names", "titles", "unnamed_people") or first in word_set("attribution", "speakers")
    end = at + _clause_end(words[at : at + _SPEAKER + 1], 0)
    closed = end >= len(words) or words[end].text == "."
    plain = all(word.type is LexemeType.WORD for word in words[at:end])
    return closed and plain and end - at <= _SPEAKER and (people or first in given_names())


def _inserted_speaker(words: list[Lexeme], at: int) -> Range | None:
    """The speaker between commas inside a sentence, or None: "The bridge, said the mayor, will cost $8 million"."""
    if at < 2 or words[at - 1].text != "," or not (words[at].lower in {"said", "says"} or _is_parenthetic(words, at)):
        return None
    if words[at + 1].lower in {"to", "that", "in", "on", "by"}:
        return None
    speaker = phrase_after(words, at + 1)
    end = _behind_employer(words, speaker[1]) if speaker is not None else len(words)
    if end >= len(words) or words[end].text != ",":
        return None
    if end + 1 < len(words) and is_relative(words[end + 1]) and _awaits_verb(words, at - 1):
        return None  # "Acme, which has 400 staff, said the boss, who is 40, had quit"
    return None if only_rest(words, end + 1) else speaker


def _is_parenthetic(words: list[Lexeme], at: int) -> bool:
    """Whether who says so follows: "The gap, reckons Jo Li of UBS, is 3 per cent", "..., shows data of the bureau"."""
    name = words[at + 1]
    told = words[at].lower in word_set("attribution", "parenthetic")
    if name.capitalised and told:
        return name.lower not in word_set("attribution", "closers")
    speaker = phrase_after(words, at + 1)
    if speaker is None or in_class(name, "subject_pronouns", "prepositions"):
        return False
    shows = words[at].lower in word_set("attribution", "show") and head_in(words, speaker, "sources", "studies")
    return shows or (told and speaks(words, at, speaker))


def _behind_employer(words: list[Lexeme], at: int) -> int:
    """Behind "of UBS", which stands at ``at``; else ``at`` itself."""
    if at >= len(words) or words[at].lower not in {"of", "at", "from"}:
        return at
    end = _clause_end(words[at : at + _EMPLOYER], 0)
    plain = not any(is_verb(words, place) for place in range(at, min(len(words), at + end)))
    return at + end if plain else at


def _clause_end(words: list[Lexeme], at: int) -> int:
    """Where the clause that goes on at ``at`` ends: at the next comma, mark or line."""
    while (
        at < len(words) and words[at].type is not LexemeType.BREAK and words[at].text not in {",", ".", ";", '"', "("}
    ):
        at += 1
    return at
