"""Joins prepositions to their nouns: "on top of the £9 million spent last year", "Profit before tax was £4 million"."""

from extraction.text.words import word_set
from extraction.trees.labels import NAMING
from extraction.trees.tree import Tree


def join_prepositions(tree: Tree) -> None:
    """Repairs ``tree`` in place, before the repairs that look at the prepositions of amounts."""
    if _JOINED.isdisjoint(tree.vocabulary):
        return
    for token in range(1, len(tree.words) - 2):
        if tree.lower[token] == "top" and tree.lower[token - 1] == "on" and tree.lower[token + 1] == "of":
            _on_top_of(tree, token)
        elif tree.lower[token] in {"before", "after"} and tree.lower[token + 1] in {"tax", "taxes"}:
            _before_tax(tree, token)
        elif tree.lower[token] == "according":
            _according_to(tree, token)
        elif tree.lower[token] == "thanks" and tree.lower[token + 1] == "to":
            _thanks_to(tree, token)
        elif tree.lower[token] == "per" and tree.relations[token] == "case":
            _per_source(tree, token)


_JOINED = frozenset(("top", "before", "after", "according", "per", "thanks"))
_SOURCES = word_set("attribution", "sources", "studies")


def _per_source(tree: Tree, per: int) -> None:
    """Hangs a source behind "per" on the verb: "held a job, up from 29%, per a survey of 2,640 people"."""
    source = tree.heads[per]
    verb = tree.heads[source]
    if tree.base(source) != "nmod" or tree.lower[source] not in _SOURCES or not verb < per < source:
        return
    verb = _verb_above(tree, verb)
    if verb < per:
        tree.heads[source], tree.relations[source] = verb, "obl"


def _verb_above(tree: Tree, token: int) -> int:
    """The verb that governs the token, or where the climb ends."""
    for _ in range(_HIGHEST):
        if tree.tags[token] == "VERB" or tree.heads[token] == token:
            break
        token = tree.heads[token]
    return token


_HIGHEST = 12  # heads from an amount up to its verb


def _according_to(tree: Tree, according: int) -> None:
    """Makes a source no subject: "opened in May and according to its owner has had 900 guests"."""
    source = tree.heads[according]
    if tree.relations[according] == "mark":
        subjects = (at for at in range(according, source) if tree.heads[at] == source and tree.relations[at] == "nsubj")
        source = next(subjects, source)
    if tree.relations[source] == "nsubj" and tree.base(tree.heads[source]) == "conj":
        tree.heads[according], tree.relations[according] = source, "case"
        tree.relations[source] = "obl"


def _before_tax(tree: Tree, before: int) -> None:
    """Makes the profit the subject and the tax a part of its name: "Profit before tax was £4 million"."""
    noun, tax = before - 1, before + 1
    verb = tree.heads[tax]
    if tree.lower[noun] not in _RESULTS or tree.relations[tax] != "nsubj" or verb < tax:
        return
    above = tree.heads[noun]
    if tree.heads[verb] == noun:
        tree.heads[verb], tree.relations[verb] = (verb if above == noun else above), tree.relations[noun]
        for token, head in enumerate(tree.heads):
            if head == noun and token > verb:
                tree.heads[token] = verb
    elif above != verb:
        return
    tree.heads[noun], tree.relations[noun] = verb, "nsubj"
    tree.heads[tax], tree.relations[tax] = noun, "nmod"
    tree.heads[before], tree.relations[before] = tax, "case"


def _on_top_of(tree: Tree, top: int) -> None:
    """Makes "on top of" one preposition of the amount behind: "a levy of 3 cents on top of the 5 cents they pay"."""
    on, of = top - 1, top + 1
    noun, above = tree.heads[of], tree.heads[top]
    if noun <= of or tree.heads[noun] != top or tree.heads[on] != top or tree.amount_at[noun] < 0 or above == top:
        return
    if above > noun:  # "on top of the £25 million agreed": the participle describes the amount
        participle, above = above, tree.heads[above]
        if tree.fine[participle] != "VBN" or participle == above or above > top:
            return
        tree.heads[participle], tree.relations[participle] = noun, "acl"
    tree.heads[noun], tree.relations[noun] = above, "nmod" if tree.tags[above] in NAMING else "obl"
    tree.heads[on], tree.relations[on] = noun, "case"
    tree.heads[top], tree.relations[top] = on, "fixed"
    tree.heads[of], tree.relations[of] = on, "fixed"
    tree.tags[top], tree.fine[top] = "ADP", "IN"


def result_of(tree: Tree, noun: int) -> int:
    """The noun whose amount stands behind ``noun``: the profit of "profit before tax of £18m", most often itself."""
    first = noun
    while first > 1 and (tree.lower[first] in _DEDUCTED or tree.lower[first] in {",", "and"}):
        first -= 1
    if first == noun or tree.lower[first] not in {"before", "after"} or tree.lower[first - 1] not in _RESULTS:
        return noun
    return first - 1


def keep_result(tree: Tree, noun: int) -> int:
    """The noun that ``result_of`` finds; what is deducted describes it from then on."""
    result = result_of(tree, noun)
    if result < noun:
        tree.hang(result + 2, result, "nmod")
    return result


_DEDUCTED = word_set("syntax", "deducted")
_RESULTS = word_set("grammar", "before_nouns")


def _thanks_to(tree: Tree, thanks: int) -> None:
    """Makes "thanks to" a preposition and hangs its noun on the verb: "booked a profit of £8m thanks to a striker"."""
    noun = tree.heads[thanks + 1]
    if tree.tags[thanks - 1] in _GIVEN or noun <= thanks + 1 or tree.heads[noun] != thanks:
        return
    if tree.heads[thanks] in (thanks, noun):
        return  # "But thanks to 300 fans."
    above, relation = tree.heads[thanks], tree.relations[thanks]
    for token in range(thanks):
        if tree.heads[token] == thanks:
            tree.heads[token], tree.relations[token] = above, relation
    tree.heads[noun], tree.relations[noun] = _verb_above(tree, above), "obl"
    tree.heads[thanks], tree.relations[thanks] = noun, "case"
    tree.tags[thanks], tree.fine[thanks] = "ADP", "IN"


_GIVEN = frozenset(("VERB", "AUX", "DET", "ADJ", "PRON"))  # "gave thanks to", "her thanks to"


def borne_by(tree: Tree, bearer: int) -> int:
    """The cost of "at a cost to the economy of $3 billion", which gets its ``bearer``; else ``bearer`` itself."""
    to = next((at for at in tree.own(bearer, "case") if tree.lower[at] == "to"), 0)
    if not to or tree.lower[to - 1] not in word_set("syntax", "borne"):
        return bearer
    tree.hang(bearer, to - 1, "nmod")
    return to - 1
