"""Whose age it is: "Jane Doe, 34,", "a man aged 34", "men ages 40 to 65", "among voters younger than 25"."""

from extraction.context.parts import Amount, Found, is_plain_noun, set_subject
from extraction.context.subjects import subject_of
from extraction.text.nouns import is_person, peoples
from extraction.text.words import word_set
from extraction.trees.noun_phrases import bare, is_time, noun_phrase
from extraction.trees.tree import Range, Tree

_AGED = frozenset({"aged", "ages"})
_BOUNDS = frozenset({"over", "under", "above", "below", "than"})
_OLDER = frozenset({"older", "younger"})
_GROUPS = word_set("cues", "age_groups")


def aged(tree: Tree, amount: Amount, found: Found) -> None:
    """Sets the nearest person in front of an age as its subject: "Jane Doe, 34,", "a man aged 34"."""
    start = _first_age(tree, amount.span[0])
    at = start - 1
    while at >= 0 and (tree.lower[at] in word_set("syntax", "age_links") or tree.base(at) == "punct"):
        at -= 1
    if at > 0 and tree.lower[at] in _BOUNDS:
        _bounded(tree, amount, found, at)
        return
    if at == start - 1 or at < 0:
        return
    if _is_person_of_clause(tree, amount):
        return
    words = tree.lower[at + 1 : start]
    aged = next((at + 1 + place for place, word in enumerate(words) if word in _AGED), None)
    if aged is not None and tree.base(aged) in {"xcomp", "advcl"}:  # "She joined the army aged 14"
        subject = subject_of(tree, tree.heads[aged])
        if subject is not None:
            set_subject(tree, amount, found, subject, "subject")
        return
    opens = words[0] in {",", "(", "–", "—"} and "at" not in words
    opens = opens or (words == ["age"] and _are_persons(tree.lower[at]))  # "people age 12 and up"
    if (aged is not None or opens) and tree.is_nominal(at) and tree.amount_at[at] < 0 and not is_time(tree, at):
        head = at
        while tree.base(head) in {"flat", "compound"} and tree.heads[head] < head:
            head = tree.heads[head]
        from_there = opens and tree.case_of(head) in _FROM and tree.tags[tree.heads[head]] == "PROPN"
        if from_there and tree.heads[head] < head:
            found.subject = noun_phrase(tree, tree.heads[head], parts=False)  # "Ada Moss, of Leeds, 34, was"
            found.add("apposition")
            return
        phrase = noun_phrase(tree, head, parts=False)
        if phrase is None or not phrase[0] <= at < phrase[1]:
            phrase = _name_up_to(tree, at)  # "Former manager Luvuyo Moyo (46) and brothers Sipho Zulu (39) and"
        found.subject = phrase
        found.add("apposition")


_FROM = frozenset(("of", "from"))


def _name_up_to(tree: Tree, last: int) -> Range:
    """The names that end with the token ``last``."""
    first = last
    while first > 0 and tree.tags[first - 1] == "PROPN":
        first -= 1
    return first, last + 1


def _is_person_of_clause(tree: Tree, amount: Amount) -> bool:
    """Whether "the" and the age are the only subject of the verb: "After the final in Rome, the 28-year-old lost".

    So is the noun behind it in "At home in Rome, the 28-year-old singer lost".
    """
    person, verb = amount.top, tree.heads[amount.top]
    if tree.base(person) in {"amod", "compound", "nummod"} and verb >= amount.span[1] and is_plain_noun(tree, verb):
        person, verb = verb, tree.heads[verb]
    if tree.base(person) != "nsubj" or tree.lower[amount.span[0] - 1] != "the" or verb <= person:
        return False
    return len(tree.below(verb, "nsubj")) == 1 and tree.words[max(person + 1, amount.span[1])] != ","


def _first_age(tree: Tree, start: int) -> int:
    """Where the first of several ages begins: "Two sisters, 9 and 12, were found"."""
    for first, last in reversed(tree.amounts):
        if last < start and set(tree.lower[last:start]) <= {",", "and"}:
            start = first
    return start


def _bounded(tree: Tree, amount: Amount, found: Found, bound: int) -> None:
    """Sets the persons in front of a bound of ages as the subject.

    As in "fell to 31% among voters younger than 25", "four of them over the age of 70": so old they are.
    """
    compared = tree.lower[bound] == "than" and tree.lower[bound - 1] in _OLDER
    noun = bound - (2 if compared else 1)
    noun -= tree.lower[noun] in _AGED
    persons = _are_persons(tree.lower[noun]) and (tree.lower[noun] != "them" or tree.lower[noun - 1] == "of")
    persons = persons or (compared and tree.tags[noun] == "NOUN" and is_plain_noun(tree, noun))
    if persons and not tree.below(noun, "cop"):
        set_subject(tree, amount, found, noun, "age_noun", parts=False)


def _are_persons(word: str) -> bool:
    return word in _GROUPS or is_person(word) or word in peoples()


def noun_of_age(tree: Tree, amount: Amount, found: Found, noun: int, *, direct: bool) -> None:
    """Sets the age itself as the measure, or who is so old as the subject: "at the age of 40", "a 52-year-old man"."""
    if tree.lower[noun] == "age" and not tree.case_of(noun) and found.measure is None:
        found.measure = bare(tree, noun_phrase(tree, noun, parts=False, without=amount.span))
        found.add("noun_of_amount")
    if not direct or tree.lower[noun] in word_set("syntax", "age_links"):
        return
    name = next((child for child in tree.below(noun, "appos") if tree.tags[child] == "PROPN"), noun)
    noun = name if name > amount.span[1] else noun
    front = tree.heads[noun]
    apposed = tree.base(noun) == "appos" and front < amount.span[0] and is_plain_noun(tree, front)
    if apposed and tree.lower[front] != tree.lower[noun]:
        noun = front  # "The captain, a 52-year-old man,"
    set_subject(tree, amount, found, noun, "age_noun", parts=False)
