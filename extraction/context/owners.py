"""Whose number it is behind "its" and "whose": the owner that stands further in front."""

from extraction.context.noun_phrases import noun_phrase
from extraction.context.parts import MOST_STEPS, UNMEASURED, Amount, Found, is_plain_noun, set_subject
from extraction.context.relatives import antecedent
from extraction.context.trees import Range, Tree
from extraction.text.nouns import is_person
from extraction.text.words import word_set


def owned(tree: Tree, amount: Amount, found: Found) -> None:
    """As in "Acme fell, with its shares down 5%": behind "its" the subject of the sentence is whose number it is."""
    if found.subject is not None and tree.lower[found.subject[0]] == "whose":
        _of_antecedent(tree, found, found.subject)
        return
    if found.subject is None and amount.counted:
        _of_counted(tree, amount, found)
    if found.subject is None or found.measure is None or amount.kind in UNMEASURED:
        return
    start, end = found.subject
    if tree.lower[start] not in word_set("syntax", "owners") or not start <= found.measure[0] < end:
        return
    if tree.relations[tree.heads[start]] == "nmod:poss":
        return  # "He said his firm's profit rose 5%": the firm has it
    owner = _subject_above(tree, start)
    if owner is not None and tree.lower[start] in _PERSONS and tree.tags[owner] == "NOUN" and _is_sum(tree, owner):
        return  # "Sales rose to $90m; his own share is worth $25m"
    if owner is not None and _is_told(tree, owner, tree.lower[start]):
        return
    if owner is not None and tree.tags[owner] != "PRON" and tree.amount_at[owner] < 0:
        if tree.lower[tree.lefts[owner]] in word_set("syntax", "owners"):
            return  # "Its sales fell 5% and its share shrank to 3%": neither has the other
        found.subject = noun_phrase(tree, _who_has(tree, owner, tree.lower[start]), parts=False)
        found.add("its_owner")


def _is_sum(tree: Tree, noun: int) -> bool:
    """As "sales", "revenue": no person, but what rises or is counted in money."""
    return tree.lower[noun] in word_set("syntax", "sums", "money_matter") or tree.lower[noun] in _SUMS


_SUMS = frozenset(("sales", "revenues", "earnings"))
_PERSONS = frozenset(("his", "her"))


def _is_told(tree: Tree, noun: int, theirs: str) -> bool:
    """As in "The court heard that her debts had reached £3m", "A meeting was told that its sales fell": another's."""
    verb = tree.heads[noun]
    passive = tree.relations[noun] == "nsubj:pass" and tree.lower[verb] == "told"
    person = is_person(tree.lower[noun]) or tree.lower[noun] in word_set("names", "titles")
    hears = passive or tree.lower[verb] in {"heard", "hears"}
    return hears and theirs != "their" and tree.tags[noun] != "PROPN" and not person


def _who_has(tree: Tree, noun: int, theirs: str) -> int:
    """As in "The firm's debt tripled while its share fell to 5%": the share is the firm's, not the debt's.

    ``theirs`` is the word in front of what is had: behind "its", in "The firm's boss said its sales fell 3%", they are
    the firm's; behind "their", in "The city's schools say their costs rose 3%", the schools'.
    """
    many = tree.fine[noun] == "NNS"
    if theirs == "their" and many:
        return noun
    if theirs == "its" and many:  # "Profits at Acme rose 12 per cent and its dividend 3 per cent"
        named = next((at for at in tree.below(noun, "nmod") if tree.fine[at] == "NNP" and tree.case_of(at)), None)
        if named is not None:
            return named
    said = tree.lower[tree.heads[noun]] in word_set("attribution", "say")
    person = is_person(tree.lower[noun]) or tree.lower[noun] in word_set("names", "titles")
    if tree.tags[noun] != "NOUN" or (theirs != "its" if person else said):
        return noun  # "The bank's parent said its profit rose", "Italy's Volta"
    return next((at for at in tree.below(noun, "nmod") if tree.relations[at] == "nmod:poss"), noun)


def _of_counted(tree: Tree, amount: Amount, found: Found) -> None:
    """As in "Three of the city's 46 pools were closed": in front of what is counted stands whose it is."""
    owners = (child for child in tree.children[amount.top] if tree.relations[child] == "nmod:poss")
    owner = next((child for child in owners if tree.rights[child] == amount.span[0] - 1), None)
    if owner is not None and is_plain_noun(tree, owner) and tree.tags[owner] != "PRON":
        set_subject(tree, amount, found, owner, "owner", parts=False)


def _of_antecedent(tree: Tree, found: Found, subject: Range) -> None:
    """As in "a firm whose sales rose 5%": the noun in front of "whose" has what is measured."""
    whose, end = subject
    if end - whose == 1:
        return
    found.subject = (whose + 1, end)
    verb = tree.heads[tree.top(subject)]
    owner = antecedent(tree, whose, verb) if found.measure is not None and found.measure[0] < end else None
    if owner is not None and tree.amount_at[owner] < 0:
        found.subject = noun_phrase(tree, owner, parts=False)
        found.add("its_owner")


def _subject_above(tree: Tree, owner: int) -> int | None:
    """The subject of the nearest clause around the token ``owner`` that stands wholly in front of it."""
    token = owner
    for _ in range(MOST_STEPS):
        subject = next((child for child in tree.below(token, "nsubj") if tree.rights[child] < owner), None)
        if subject is not None or tree.heads[token] == token:
            return subject
        token = tree.heads[token]
    return None
