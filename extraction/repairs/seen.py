"""Gives what somebody sees happen, or is told of, its own subject: "saw its profit drop to $4m", "told staff pay fell".

Between the verb and what follows stands a noun that the parser makes a part of a compound or of the wrong clause.
"""

from extraction.text.change_words import change_words
from extraction.text.nouns import is_plural
from extraction.text.word_classes import ARTICLES, can_speak
from extraction.text.words import word_set
from extraction.trees.labels import FINITE, NAMING
from extraction.trees.tree import Tree

_SEES = word_set("syntax", "perceives")
_TELLS = word_set("syntax", "tells_somebody", "warns_somebody")
_STEPS = frozenset(("by", "to", "from"))
_LONGEST = 12  # tokens of "the value of their homes in the city"
_IN_PHRASE = frozenset(("DET", "PRON", "ADJ", "NOUN", "PROPN", "ADP", "PART", "NUM", "SYM", "CCONJ"))
_BEFORE_NOUN = frozenset(("DET", "ADJ", "NOUN", "PROPN", "PART"))
_NO_BASE = frozenset(("up", "down"))
_BASE_TAGS = frozenset(("VB", "VBP", "NN", "RB", "JJ"))
_ADJUNCTS = frozenset(("obl", "advmod", "xcomp", "obj", "nmod", "compound"))


def place_seen(tree: Tree) -> None:
    """Repairs ``tree`` in place, before words are taken for nouns by what stands beside them."""
    if not _SEES.isdisjoint(tree.vocabulary):
        for token, word in enumerate(tree.lower):
            if word in _SEES and tree.tags[token] == "VERB":
                _see_happen(tree, token)
    if not _TELLS.isdisjoint(tree.vocabulary):
        for token, word in enumerate(tree.lower):
            if word in _TELLS and tree.tags[token] == "VERB":
                _told_clause(tree, token)


def _see_happen(tree: Tree, see: int) -> None:
    """Makes a noun do what it is seen to do: "saw its profit drop to $4m", "will see its bill go up by £9"."""
    for verb in range(see + 2, min(see + _LONGEST, len(tree.words) - 1)):
        if _happens(tree, see, verb):
            _set_apart(tree, see, verb)
            return
        if tree.tags[verb] not in _IN_PHRASE:
            return


def _happens(tree: Tree, see: int, verb: int) -> bool:
    noun = verb - 1
    if tree.tags[noun] not in NAMING and tree.amount_at[noun] < 0 and tree.lower[noun] not in _PRONOUNS:
        return False
    if tree.fine[verb] in {"VB", "VBP"} and tree.relations[verb] in {"ccomp", "xcomp"} and tree.heads[verb] == see:
        return True
    moves = tree.lower[verb] in change_words().verbs and tree.lower[verb] not in _NO_BASE
    if not moves or tree.fine[verb] not in _BASE_TAGS or tree.lower[verb].endswith(("ed", "ing")):
        return False
    if tree.amount_at[verb + 1] >= 0:
        return tree.amount_at[noun] < 0
    stepped = tree.lower[verb + 1] in _STEPS and any(at >= 0 for at in tree.amount_at[verb + 2 : verb + 5])
    return stepped and tree.lower[see + 1] not in {"a", "an"}  # "saw a price rise to $4"


_PRONOUNS = frozenset(("it", "them", "this", "that"))


def _set_apart(tree: Tree, see: int, verb: int) -> None:
    """Makes the noun between ``see`` and ``verb`` the subject of ``verb``, which gets what follows."""
    between = range(see + 1, verb)
    if any(tree.base(at) in {"nsubj", "csubj"} and tree.heads[at] == verb for at in between):
        return
    nouns = [at for at in between if tree.heads[at] in {see, verb} and tree.tags[at] in _NOMINAL]
    noun = next((at for at in nouns if tree.base(at) == "obj"), nouns[-1] if nouns else verb - 1)
    for token, head in enumerate(tree.heads):
        if token in between and token != noun and head in {see, verb}:
            tree.heads[token] = noun
        elif token > verb and head == see and tree.base(token) in _ADJUNCTS:
            if tree.amount_at[token] < 0 and "," in tree.words[verb:token]:
                continue
            tree.heads[token] = verb
            tree.relations[token] = "obl" if tree.base(token) == "nmod" else tree.relations[token]
    if tree.amount_at[verb] < 0:
        tree.tags[verb], tree.fine[verb] = "VERB", "VB"
    tree.heads[verb], tree.relations[verb] = see, "ccomp"
    tree.heads[noun], tree.relations[noun] = verb, "nsubj"


_NOMINAL = frozenset(("NOUN", "PROPN", "PRON", "SYM", "NUM"))


def _told_clause(tree: Tree, tell: int) -> None:
    """Takes who is told out of what is told: "told investors margins would narrow", "told MPs the rate rose"."""
    clause = next((at for at in tree.own(tell, "ccomp") if at > tell), 0)
    subjects = [at for at in tree.own(clause, "nsubj") if tell < at < clause]
    passive = any(tree.relations[at] in {"aux:pass", "nsubj:pass"} for at in tree.own(tell, "aux", "nsubj"))
    if not clause or not subjects or passive:
        return
    if tree.fine[min(tree.own(clause, "aux", "cop"), default=clause)] not in FINITE:
        return
    end = subjects[-1]
    if any(tree.tags[at] not in _BEFORE_NOUN for at in range(tell + 1, end)):
        return
    hearer = _hearer(tree, tell, end)
    if hearer is None:
        return
    for token in range(tell + 1, end + 1):
        if token < hearer and tree.heads[token] > hearer:
            tree.heads[token] = hearer
        elif token > hearer and (token == end or tree.heads[token] <= hearer):
            tree.heads[token], tree.relations[token] = (clause, "nsubj") if token == end else (end, "compound")
    tree.heads[hearer], tree.relations[hearer] = tell, "iobj"


def _hearer(tree: Tree, tell: int, end: int) -> int | None:
    """Who is told, in front of the subject that ends at ``end``; None where nobody is."""
    article = next((at for at in range(tell + 2, end) if tree.lower[at] in ARTICLES), None)
    if article is not None:
        return article - 1 if tree.tags[article - 1] in NAMING else None
    nouns = [at for at in range(tell + 1, end) if tree.tags[at] in NAMING and tree.lower[at + 1] not in _OWNING]
    told = tree.lower[tell] in word_set("syntax", "tells_somebody")
    persons = (at for at in nouns if _are_persons(tree.words[at]) or (told and can_speak(tree.lower[at])))
    person = next(persons, None)
    if person is not None or not told:
        return person  # nobody in "warned UK house prices would fall", "warned pupil numbers would"
    capitals = [at for at in nouns if tree.words[at][0].isupper()]
    if capitals:
        return capitals[-1] if not tree.words[end][0].isupper() else None
    return nouns[0] if nouns else None


def _are_persons(word: str) -> bool:
    """Whether a word is a plural of those who can speak, or of capitals: "investors", "MPs"."""
    return (is_plural(word) and can_speak(word.lower())) or (
        word[:-1].isupper() and word.endswith("s") and len(word) > 2
    )


_OWNING = frozenset(("'", "'s", "’", "’s"))
