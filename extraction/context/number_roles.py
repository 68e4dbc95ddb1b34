"""Where a number stands that leaves out its noun: as a subject, an object, a part of "them", behind "with"."""

from extraction.text.change_words import change_words
from extraction.text.nouns import is_person, is_plural, singular
from extraction.text.word_classes import ARTICLES
from extraction.text.words import word_set
from extraction.trees.tree import Tree

MOST_CONJUNCTS = 4


def role_of(tree: Tree, top: int, lead: int) -> str | None:
    """The place that says that a number counts what was told before."""
    for child in tree.children[top]:
        if child > top and tree.case_of(child) == "to" and tree.amount_at[child] >= 0:
            return None  # "split 7 to 5"
        if child > top and tree.case_of(child) == "of":
            group = tree.amount_at[child] >= 0 and any(tree.lower[part] == "the" for part in tree.children[child])
            return "part" if group or tree.lower[child] in word_set("context", "those_counted") else None
    if tree.base(top) == "appos":
        return None
    if _is_figure(tree, top):
        return "figure"
    words = {tree.lower[child] for child in tree.children[top] if child < top}
    ordered = any(
        tree.fine[c] == "JJS" or tree.lower[c] in word_set("context", "places_in_row") for c in tree.children[top]
    )
    if ordered and not words.isdisjoint({"the", "his", "her", "its", "their"}):
        return "last"
    base, verb = tree.base(lead), tree.heads[lead]
    if tree.case_of(lead) == "with":
        return "with" if base in {"nmod", "obl"} else None
    named = not words.isdisjoint(ARTICLES) and words.isdisjoint({"further", "other"})  # "a further three"
    behind = tree.fine[top + 1] if top + 1 < len(tree.fine) else ""
    if "the" in words and (tree.case_of(top) in {"than", "as"} or (tree.case_of(top) and behind in {"VBN", "VBD"})):
        return "compared"  # "fewer than the 7.7 million recorded in 2019"
    if named or not (tree.tags[verb] == "VERB" or tree.below(verb, "cop", "expl")):
        return None
    if base == "nsubj":
        if tree.below(verb, "expl"):
            return "there"
        finite = (verb, *tree.below(verb, "aux", "cop"))
        single = any(tree.fine[token] == "VBZ" or tree.lower[token] == "was" for token in finite)
        priced = (
            tree.below(verb, "cop") and not tree.case_of(verb) and (tree.below(verb, "det") or tree.tags[verb] == "NUM")
        )
        return None if single or priced else "subject"
    word = tree.lower[verb]
    leveled = word in change_words().verbs or word in word_set("context", "verbs_of_levels")
    leveled = leveled and word not in word_set("context", "verbs_of_having") and not tree.below(verb, "compound")
    return "object" if base == "obj" and not leveled else None


def _is_figure(tree: Tree, top: int) -> bool:
    """Whether the number is that of a figure, total or number of which is not said what it counts.

    As in "the figure was closer to 5,000", "their number rose to 300", "put the total at 40".
    """
    near = tree.lower[tree.heads[top]] in {"closer", "nearer"} and tree.case_of(top) == "to"
    node = tree.heads[top] if near else top
    verb = tree.heads[node]
    put = tree.base(node) in {"obl", "obj"} and tree.lower[verb] == "put"
    moved = tree.base(node) == "obl" and tree.case_of(node) in _STEPS and tree.lower[verb] in change_words().verbs
    moved = moved or (tree.base(node) == "obj" and tree.lower[verb] in word_set("context", "verbs_of_levels"))
    for noun in tree.below(verb, "obj") if put else tree.below(verb if moved else node, "nsubj"):
        if noun != top and tree.lower[noun] in word_set("context", "figures"):
            return all(tree.fine[part] == "PRP$" for part in tree.below(noun, "nmod", "compound", "amod"))
    return False


_STEPS = frozenset({"to", "from", "by"})


def spends(tree: Tree, lead: int) -> bool:
    """Whether the number is so much of a time that was told: "has been here for 47 of them".

    So too behind a verb of spending: "spent two of them in Lima".
    """
    return tree.case_of(lead) == "for" or tree.lower[tree.heads[lead]] in word_set("context", "spending_time")


def moved_things(tree: Tree, lead: int) -> int:
    """The plural subject that a level is that of, here or in the clause before; -1 where there is none.

    As in "thefts tell another story: those rose to 709,000", "Visitors are back, and their number has risen to 300".
    """
    verb = tree.heads[lead]
    if tree.base(lead) != "obl" or tree.case_of(lead) not in _STEPS or tree.lower[verb] not in change_words().verbs:
        return -1
    words = [(noun, tree.lower[noun]) for noun in tree.below(verb, "nsubj")]
    counted = any(
        word in {"they", "those"}
        or (word == "number" and any(tree.lower[child] == "their" for child in tree.children[noun]))
        for noun, word in words
    )
    those = any(word == "those" for _, word in words)
    joined = tree.base(verb) in {"conj", "parataxis"} or (tree.base(verb) == "ccomp" and those)
    subjects = tree.below(tree.heads[verb], "nsubj") if counted and joined else []
    subjects += [noun for noun in tree.below(verb, "nsubj") if _counted_by_number(tree, noun)]
    return next((noun for noun in subjects if tree.fine[noun] == "NNS" and tree.amount_at[noun] < 0), -1)


def _counted_by_number(tree: Tree, noun: int) -> bool:
    """Whether the noun is a plural that moves as its number does: "Permit holders at the college fell to 1,860".

    So too "Arrivals by sea, however, climbed to 147,300".
    """
    word = tree.lower[noun]
    return is_plural(word) and (is_person(singular(word)) or word in word_set("cues", "tallied"))


def stem(verb: str) -> str:
    """The same for most forms of a verb: "keep" of "keeps" and "keeping"."""
    if verb in word_set("grammar", "have"):
        return "have"
    if verb in word_set("cues", "takers"):
        return "take"
    for ending in ("ing", "ed", "s"):
        if len(verb) > len(ending) + 2 and verb.endswith(ending):
            verb = verb.removesuffix(ending)
            break
    return verb.removesuffix("e")


def first_conjunct(tree: Tree, node: int) -> int:
    for _ in range(MOST_CONJUNCTS):
        head = tree.heads[node]
        if tree.relations[node] != "conj" or not tree.is_nominal(head):
            break
        placed = tree.amount_at[head] < 0 <= tree.amount_at[tree.heads[head]] and tree.amount_at[node] >= 0
        node = tree.heads[head] if placed else head  # "46,000 in Spain and some 12,500 in Portugal"
    return node
