"""Gives clauses that leave out their verb the subject that the parser took for something else.

As in "pay 3% of earnings and staff another 5%", "Tuition is up 5 per cent and housing up 9 per cent".
"""

from extraction.text.change_words import change_words
from extraction.text.shades import FILLERS
from extraction.text.words import word_set
from extraction.trees.labels import NAMING, SUBJECTS
from extraction.trees.tree import Tree

_OF_NOUN = frozenset(("det", "amod", "compound", "nmod:poss", "flat"))
_UP_WITH_VERBS = word_set("cues", "before_up", "before_down")
_MOVED = word_set("syntax", "moved")
_TIMES = word_set("syntax", "times")
_MOST_WORDS = 4  # of a subject
_FURTHEST = 4  # tokens from an amount to the conjunction behind it: "5 per cent this year and"
_JOINTS = frozenset(("and", "but", "while", ","))
_SHADES = FILLERS | word_set("syntax", "shades_in_gaps")


def find_gaps(tree: Tree, tops: list[int]) -> None:
    """Repairs ``tree`` in place; ``tops`` are the tokens that stand for its amounts, in text order."""
    for number in range(1, len(tops)):
        top, (first, last), before = tops[number], tree.amounts[number], tree.amounts[number - 1]
        alike = tree.lower[last - 1] == tree.lower[before[1] - 1]
        _behind_whole(tree, top, first, alike=alike)
        _moved_too(tree, top, first, before, alike=alike)
        if first > 2 and tree.words[first - 1] == ",":
            _item_with_price(tree, top, first, last)
        rest = first > 3 and tree.lower[first - 1] in _REST and tree.lower[first - 2] == "the"
        if rest and (alike or all(tree.tags[at] == "NUM" for at in range(first, last))):
            again = tree.tags[first - 3] == "ADP" and tree.lower[first - 3] == tree.lower[before[0] - 1]
            _takes_the_rest(tree, top, first - 3 - again, before)  # "and lamb for the other 40 per cent"


def _item_with_price(tree: Tree, top: int, first: int, last: int) -> None:
    """Hangs a price on the item between ";" and ",": "Beef made £7; mutton, £9; store lambs, £95 to £110"."""
    noun, start = first - 2, first - 3
    while first - start <= _MOST_WORDS + 2 and start > 0 and tree.tags[start] in _DESCRIBING:
        start -= 1
    if tree.words[start] != ";":
        return
    closed = last >= len(tree.words) or tree.words[last] in ";.,("
    if not closed or tree.tags[noun] not in NAMING | {"ADJ"} or tree.amount_at[noun] >= 0 or tree.lower[noun] in _TIMES:
        return
    if tree.tags[noun] == "ADJ":
        tree.tags[noun], tree.fine[noun] = "NOUN", "NN"  # "sole, £11"
    for at in range(start + 1, noun):
        tree.hang(at, noun, "amod" if tree.tags[at] == "ADJ" else "compound")
    tree.hang(top, noun, "appos")


_DESCRIBING = NAMING | {"ADJ", "VERB"}


def _behind_whole(tree: Tree, top: int, first: int, *, alike: bool) -> None:
    """Hangs who pays on a verb and not on the whole in front, and the amount on who pays where no verb follows.

    As in "pay 3% of earnings and staff another 5%", "and staff will pay 5%".
    """
    verb = tree.heads[top]
    noun = first - 1
    while noun > 0 and tree.lower[noun] in _SHADES:
        noun -= 1
    joint = _joint_behind_whole(tree, noun) if alike else -1
    if joint < 0:
        if tree.relations[verb] != "conj" or tree.tags[verb] != "VERB":
            return
        own = [at for at in range(first) if tree.heads[at] == verb]
        helpers = [at for at in own if tree.base(at) in {"aux", "cop"}]
        noun = min([verb, *helpers]) - 1
        if any(tree.base(at) in _OPENING for at in own) or noun < 1:
            return
        joint = _joint_behind_whole(tree, noun)
        if joint >= 0:
            tree.hang(noun, verb, "nsubj")
            tree.heads[joint] = verb
        return
    above = tree.heads[tree.heads[tree.heads[noun]]]
    if tree.tags[above] == "VERB":
        tree.hang(noun, above, "conj")
        tree.hang(top, noun, "orphan")


_OPENING = SUBJECTS | {"cc", "mark"}


def _takes_the_rest(tree: Tree, top: int, noun: int, before: tuple[int, int]) -> None:
    """Joins who takes the rest, in front of it, to the verb, and hangs the rest on it.

    As in "Dairy takes 60 per cent of the water and fruit the other 40 per cent".
    Nobody does in "keep 60 per cent and sell the other 40 per cent".
    """
    verb, joint = before[0] - 1, _before_subject(tree, noun, before[1])
    while verb > 0 and tree.tags[verb] in {"ADV", "ADP"}:  # "make up", "accounts for about"
        verb -= 1
    if joint < 0 or verb < 0 or tree.tags[verb] != "VERB" or tree.amount_at[noun] >= 0:
        return
    mistaken = tree.fine[noun] == "NNS" or (tree.fine[noun] == "VB" and tree.fine[verb] in {"VBZ", "VBD"})
    if not (_names(tree, noun) or mistaken) or tree.lower[noun] in word_set("syntax", "times"):
        return
    if mistaken:
        tree.tags[noun], tree.fine[noun] = "NOUN", "NNS" if tree.fine[noun] == "NNS" else "NN"
    tree.hang(noun, verb, "conj")
    tree.hang(top, noun, "orphan")


_REST = frozenset(("remaining", "other"))


def _joint_behind_whole(tree: Tree, noun: int) -> int:
    """The "and" that joins a noun to what an amount is a part of, as in "4% of salary and companies"; or -1."""
    if noun < 3 or tree.tags[noun] not in NAMING or tree.base(noun) != "conj":
        return -1
    whole, opens = tree.heads[noun], noun
    while opens > 0 and tree.heads[opens - 1] == noun and tree.relations[opens - 1] in _OF_NOUN:
        opens -= 1
    part = tree.heads[whole]
    led = whole < noun and tree.base(whole) == "nmod" and part < whole and tree.amount_at[part] >= 0
    return opens - 1 if led and tree.base(opens - 1) == "cc" and tree.amount_at[noun] < 0 else -1


def _moved_too(tree: Tree, top: int, first: int, before: tuple[int, int], *, alike: bool) -> None:
    """Joins what moved as well to the verb or the "up" in front, with its amount.

    As in "Tuition is up 5 per cent and housing up 9 per cent", "rose 4 per cent and offers 7 per cent".
    """
    source = before[0] - 1
    if source > 0 and tree.lower[source] == "by":
        source -= 1
    moved = first - 1
    if moved > 0 and tree.lower[moved] == "by":
        moved -= 1
    if source < 1 or moved <= before[1]:
        return
    stepped = tree.lower[source] in _MOVED
    if not stepped and not (tree.tags[source] == "VERB" and tree.lower[source] in change_words().verbs):
        return
    verb = source
    if stepped and not any(at < source for at in tree.own(source, "nsubj")):
        verb = tree.heads[source]
    repeated = tree.lower[moved] in _MOVED
    noun = moved - 1 if repeated else moved
    if not repeated and not (alike and first - 1 == moved and tree.tags[noun] == "VERB" and tree.fine[noun] == "VBZ"):
        return
    joint = _before_subject(tree, noun, before[1])
    if joint < 0 or verb >= joint or not _may_be_noun(tree, noun, verb, single=joint == noun - 1):
        return
    tree.tags[noun], tree.fine[noun] = (tree.tags[noun], tree.fine[noun]) if _names(tree, noun) else ("NOUN", "NN")
    if repeated:
        tree.hang(moved, verb, "conj")
        tree.hang(noun, moved, "nsubj")
        tree.hang(top, moved, "obl:unmarked")
    else:
        tree.hang(noun, verb, "conj")
        tree.hang(top, noun, "orphan")


def _names(tree: Tree, token: int) -> bool:
    return tree.tags[token] in NAMING


def _before_subject(tree: Tree, noun: int, start: int) -> int:
    """The conjunction or comma in front of the noun phrase that ends with ``noun``, near behind ``start``; or -1."""
    joint = noun - 1
    while (
        joint >= start and noun - joint <= _MOST_WORDS and (_names(tree, joint) or tree.tags[joint] in {"ADJ", "DET"})
    ):
        joint -= 1
    if joint < start or joint == noun or tree.lower[joint] not in _JOINTS or joint - start > _FURTHEST:
        return -1
    if any(tree.tags[at] in {"VERB", "AUX"} or tree.words[at] in ";:" for at in range(start, joint)):
        return -1
    return joint


def _may_be_noun(tree: Tree, noun: int, verb: int, *, single: bool) -> bool:
    """Whether the last word of the subject can be a noun: "offers" behind a plural can be no verb of its clause."""
    if tree.amount_at[noun] >= 0 or tree.lower[noun] in word_set("syntax", "times"):
        return False
    if _names(tree, noun):
        return True
    word = tree.lower[noun]
    if tree.tags[noun] != "VERB" or word in change_words().verbs or word in _UP_WITH_VERBS:
        return False
    if tree.fine[noun] == "VBG":
        return not single or tree.lower[noun] in word_set("grammar", "not_verbs")
    subject = next((at for at in range(verb) if tree.heads[at] == verb and tree.base(at) == "nsubj"), -1)
    return tree.fine[noun] == "VBZ" and subject >= 0 and tree.fine[subject] in {"NNS", "NNPS"}
