"""What a relative pronoun stands for: "a partner at Volta, which owns", "Exports to China, which buys a third"."""

from extraction.context.parts import is_counted, is_plain_noun
from extraction.text.nouns import is_person
from extraction.text.words import word_set
from extraction.trees.tree import MOST_STEPS, Tree

_EACH = frozenset(("a", "an", "per", "each", "every"))
_RELATIVE = frozenset(("which", "who", "whom", "whose", "where"))
_REACH = 20  # tokens between the pronouns of two clauses that are joined


def antecedent(tree: Tree, pronoun: int, verb: int) -> int | None:
    """The noun that a relative pronoun stands for."""
    above = tree.heads[verb]
    joined = tree.base(verb) == "conj" and tree.base(above) == "acl" and tree.tags[pronoun - 1] == "CCONJ"
    if joined and is_plain_noun(tree, tree.heads[above]) and tree.heads[above] < pronoun:
        return tree.heads[above]  # "a club where Doe played in 2015 and which is owned by"
    if _is_rate(tree, pronoun - 2) and tree.words[pronoun - 1] == ",":
        return _reckoned(tree, pronoun - 2, verb)
    if (tree.words[pronoun - 1] != "," and pronoun > 0 and tree.is_nominal(pronoun - 1)) or tree.base(verb) == "acl":
        head = tree.heads[verb] if tree.base(verb) == "acl" else pronoun - 1
        if tree.tags[head] == "ADJ" and tree.base(head) == "amod" and tree.heads[head] < head:
            head = tree.heads[head]  # "a shield 11cm thick that can withstand"
        if _describes_name(tree, head, pronoun):
            head = tree.heads[head]
        head = _what_came(tree, head, pronoun, verb)
        if tree.lower[pronoun] == "which" and (thing := _thing(tree, head, pronoun, verb)) != head:
            return thing
        near = pronoun - 2 if tree.words[pronoun - 1] == "," else pronoun - 1
        if near != pronoun - 1 and _is_meant(tree, near, head, verb):
            return near
        if not _agrees(tree, head, verb) and head < near and tree.tags[near] in {"NOUN", "PROPN"}:
            return near if _agrees(tree, near, verb) else head
        return head if tree.is_nominal(head) or tree.amount_at[head] >= 0 else None  # "The 27-year-old, who"
    first = _joined_to(tree, pronoun)
    if first is not None:
        return antecedent(tree, first, verb)
    at = pronoun - 1
    while at >= 0 and (not tree.is_nominal(at) or (at > 0 and tree.words[at - 1] == "(")):
        at -= 1
    while at >= 0 and tree.base(at) in {"flat", "compound", "nmod"} and tree.is_nominal(tree.heads[at]):
        if tree.heads[at] >= pronoun or (tree.base(at) == "nmod" and not _agrees(tree, tree.heads[at], verb)):
            break
        at = tree.heads[at]
    return _what_came(tree, at, pronoun, verb) if at >= 0 and not _is_rate(tree, at) else None


def _is_rate(tree: Tree, at: int) -> bool:
    """Whether the noun is only what an amount is reckoned by: "to $9 per kilo, which would add".

    Such a noun does nothing further.
    """
    return at > 1 and tree.lower[at - 1] in _EACH and tree.amount_at[at - 2] >= 0


def _reckoned(tree: Tree, rate: int, verb: int) -> int | None:
    """What does the verb behind a rate, for the rate does not: the subject in front, or what the amount hangs on.

    As in "The car averaged 3.9 miles per kWh, which works out at 200 miles". None where there is neither.
    """
    above = tree.heads[tree.top(tree.amounts[tree.amount_at[rate - 2]])]
    if tree.lower[verb] not in word_set("syntax", "amounting_verbs"):
        return above if tree.is_nominal(above) and above < rate - 2 else None  # "a grant of $2,000 a child, which"
    for _ in range(MOST_STEPS):
        if subjects := tree.below(above, "nsubj"):
            return subjects[0] if subjects[0] < rate and is_plain_noun(tree, subjects[0]) else None
        above = tree.heads[above]
    return None


def _what_came(tree: Tree, noun: int, pronoun: int, verb: int) -> int:
    """The subject of what came to an amount, where "which is" compares it; else ``noun`` itself.

    As in "Costs reached $9m, which is 4 per cent more than planned": the costs are, and not the amount.
    """
    if tree.amount_at[noun] < 0 or tree.lower[pronoun] != "which" or tree.fine[verb] != "JJR":
        return noun
    return next(iter(tree.below(noun if tree.below(noun, "cop") else tree.heads[noun], "nsubj")), noun)


def _joined_to(tree: Tree, pronoun: int) -> int | None:
    """The pronoun of the clause in front that this one is joined to, or None.

    As in "the club, which lost in 2019 and which has 40 members".
    """
    if pronoun < 1 or tree.tags[pronoun - 1] != "CCONJ":
        return None
    before = range(pronoun - 2, max(1, pronoun - _REACH), -1)
    return next((at for at in before if tree.lower[at] in _RELATIVE and tree.words[at - 1] == ","), None)


def _thing(tree: Tree, noun: int, pronoun: int, verb: int) -> int:
    """The thing that "which" stands for, where the noun is a person or of another number; else the noun.

    As in "Ana Vega, an analyst at Volta, which manages $3bn". No plural stands in front of a singular verb: "income
    such as fees and fines, which brings in $3m".
    """
    roles = [noun, *tree.below(noun, "appos")]
    person = any(is_person(tree.lower[at]) or tree.lower[at] in word_set("names", "titles") for at in roles)
    if person:
        places = [at for at in range(noun + 1, pronoun) if tree.base(at) == "nmod" and tree.tags[at] == "PROPN"]
        return next((at for at in reversed(places) if tree.case_of(at) in {"at", "of", "for", "with"}), noun)
    at = noun
    for _ in range(MOST_STEPS):
        if tree.fine[at] != "NNS" or _agrees(tree, at, verb) or not tree.heads[at] < at:
            break
        at = tree.heads[at]
    return at if is_plain_noun(tree, at) and tree.tags[at] == "NOUN" else noun


def _is_meant(tree: Tree, near: int, head: int, verb: int) -> bool:
    """Whether the noun right in front of the pronoun is meant, and not the head that it hangs on.

    As in "There were 12 arrests at the match, which drew 40,000": what is counted does nothing further. Nor does the
    first name of a list: "Britain closed three sites, France, which has 12, two".
    """
    finite = min([verb, *tree.below(verb, "aux", "cop")])
    if tree.heads[near] == head < near and tree.base(near) == "nmod":
        placed = tree.case_of(near) == "at" and tree.tags[near] == "NOUN" and is_counted(tree, head)
        return placed and tree.fine[finite] == "VBD" and "who" not in tree.lower[near + 1 : near + 3]
    listed = (
        tree.tags[near] == "PROPN" and tree.base(near) in {"conj", "appos"} and tree.words[near - 1] in {",", "and"}
    )
    return listed and near > head and tree.fine[finite] == "VBZ"


def _describes_name(tree: Tree, noun: int, pronoun: int) -> bool:
    """Whether the noun, in apposition, only describes a name.

    So "manager" in "Omar Haddad, the manager, who expects". Without a comma behind it as well: "Omar Haddad, a manager
    who", "Acme, a firm that"; but not in "flew to Oslo, a trip that took two hours", which sums up the clause.
    """
    if tree.lower[noun] in word_set("syntax", "summing_up"):
        return False
    name = tree.heads[noun]
    near = tree.words[pronoun - 1] == "," if tree.lower[pronoun] == "who" else False
    near = near or noun == pronoun - 1
    named = tree.tags[noun] == "NOUN" and tree.tags[name] == "PROPN" and name < noun
    return near and named and tree.base(noun) == "appos" and "," in tree.words[name:noun]


def _agrees(tree: Tree, noun: int, verb: int) -> bool:
    """Whether the noun can be the subject of the verb: a plural has none in the third person singular.

    So not "Exports" in "Exports to China, which buys a third".
    """
    finite = min([verb, *tree.below(verb, "aux", "cop")])
    singular = tree.fine[finite] == "VBZ" or tree.lower[finite] in {"was", "is", "has", "does"}
    return not (singular and tree.fine[noun] in {"NNS", "NNPS"})
