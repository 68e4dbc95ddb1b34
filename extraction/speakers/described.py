"""Tells who is meant where a description and a name stand in front of "who", "which" or a verb."""

from extraction.speakers.name_kinds import listed, names_organisation
from extraction.text.lexemes import Lexeme, LexemeType
from extraction.text.nouns import given_names, is_person
from extraction.text.numeral import is_numeral
from extraction.text.word_classes import can_speak, in_class, is_verb
from extraction.text.words import word_set

Range = tuple[int, int]


def person_behind(words: list[Lexeme], span: Range) -> Range:
    """The part of ``span`` behind "with", "to", "from" or "by", whom "who" means; else ``span``:
    the clerk, not the talk, of "a talk with a clerk who claimed"."""
    for at in range(span[1] - 2, span[0], -1):
        opens = in_class(words[at + 1], "determiners") or (words[at].lower == "by" and words[at + 1].capitalised)
        if words[at].lower in {"with", "to", "from", "by"} and opens:
            return at + 1, span[1]
    return span


def named_behind(words: list[Lexeme], span: Range) -> Range:
    """The part of ``span`` that "which" means: Israel, not the rockets, in "fired 60 rockets at Israel, which said".

    A survey itself stays. So is the union "opposed by a local union, which says".
    """
    for at in range(span[1] - 2, span[0], -1):
        inside = words[at].lower in {"of", "for"} and words[at - 1].capitalised and words[at + 1].capitalised
        if inside or not in_class(words[at], "prepositions"):
            continue  # "the Bank of England"
        name = at + 2 if words[at + 1].lower == "the" and at + 2 < span[1] else at + 1
        body = words[at].lower == "by" and can_speak(words[span[1] - 1].lower)
        named = body or is_name(words, (name, span[1]))
        counted = any(word.is_number for word in words[span[0] : at])
        speaks = word_set("attribution", "sources") if counted else word_set("attribution", "sources", "speakers")
        plain = (at == 1 or words[at - 1].text.islower()) and speaks.isdisjoint(w.lower for w in words[span[0] : at])
        leads = words[at].lower in {"at", "to", "with", "by", "against", "from"}
        return (at + 1, span[1]) if named and leads and plain else span
    return span


def is_name(words: list[Lexeme], span: Range) -> bool:
    """Whether all words of a range are capitalised."""
    parts = [word for word in words[span[0] : span[1]] if word.type is LexemeType.WORD]
    return bool(parts) and all(
        word.capitalised or word.lower in {"of", "de", "van", "von", "the", "al"} for word in parts
    )


def is_description(words: list[Lexeme], span: Range) -> bool:
    """Whether an article and a small letter open the words, so that they describe who is named:
    "the chief executive of Acme" in front of ", Jane Roe, said"; not "the Bank of England"."""
    start, end = span
    return end - start > 1 and in_class(words[start], "articles") and words[start + 1].text.islower()


def describes_name(words: list[Lexeme], span: Range) -> bool:
    """Whether the words are bare ones and a name, and open no clause: "its owner, Canadian company Acme, said"."""
    parts = range(*span)
    closed = any(in_class(words[at], "determiners", "prepositions", "coordinators", "subordinators") for at in parts)
    plain = all(words[at].type is LexemeType.WORD and not is_verb(words, at) for at in parts)
    day = words[span[1] - 1].lower in word_set("syntax", "times")
    return words[span[1] - 1].capitalised and plain and not closed and not day


def is_employer(words: list[Lexeme], span: Range, apposed: Range) -> bool:
    """Whether the name behind the comma is the maker's, and no person's:
    "a spokesman for the maker, Norvale Coach, said".

    In "the chief executive of the bank, Jane Doe, said", "the owner of the club, Acme Ltd, said" it is who speaks.
    """
    body = words[span[1] - 1].lower
    if body not in listed("organisations", "descriptions") and body not in listed("organisations", "trades"):
        return False
    link = next((at for at in range(span[0] + 1, span[1]) if in_class(words[at], "prepositions")), span[1])
    name = [word.text for word in words[apposed[0] : apposed[1]] if word.type is LexemeType.WORD]
    if link == span[1] or not name or not is_name(words, apposed) or name[0].lower() in given_names():
        return False
    one, inside = words[span[0]].lower in {"a", "an", "one"}, words[link].lower != "of"
    return (one and inside) or (names_organisation(name) and (one or inside))


def quotes_inside(words: list[Lexeme], at: int) -> bool:
    """Whether the quotation is part of the noun phrase: 'A "polite young man" said', 'One "worried" neighbour said'."""
    opened = at > 0 and (in_class(words[at - 1], "articles") or words[at - 1].lower == "one")
    return opened and words[at].text == '"'


def is_apart_in_number(words: list[Lexeme], at: int) -> bool:
    """Whether the lexeme at ``at`` is the "than" of "a survey of more than 20,000 pupils"."""
    if words[at].lower != "than" or not 0 < at < len(words) - 1:
        return False
    return words[at - 1].lower in word_set("cues", "apart_in_number") and is_numeral(words[at + 1])


def opens_title(words: list[Lexeme], at: int) -> bool:
    """Whether the word could be a verb but stands in front of a person:
    "lead" in '"There were 30 nests," lead author Ana Rios told the paper'."""
    if not in_class(words[at], "present") or at + 1 == len(words) or (at and words[at - 1].text not in {'"', ","}):
        return False
    return is_person(words[at + 1].lower) or words[at + 1].lower in word_set("attribution", "speakers")


def has_maker(words: list[Lexeme], at: int, end: int) -> bool:
    """Whether who did it stands behind the participle: "data compiled by X", "figures published last month by X"."""
    published = words[at].lower in word_set("attribution", "published")
    behind = [word.lower for word in words[at + 1 : min(end, at + (6 if published else 2))]]
    if "by" not in behind:
        return published and behind[:1] in (["under"], ["through"])  # "figures seen under the law show"
    between = behind[: behind.index("by")]
    times = word_set("syntax", "times") | {"on", "in", "last", "this", "late", "earlier", "the"}
    return all(word in times or word.isdigit() for word in between)
