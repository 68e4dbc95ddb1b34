"""Finds the verb where the parser took it for a noun: "The bridge cost $4 million", "The council plans 400 homes"."""

from extraction.repairs.headlines import find_headline_verbs
from extraction.repairs.prices import PRICING, find_price
from extraction.repairs.tags import mend_tags
from extraction.text.change_words import change_words
from extraction.text.words import word_set
from extraction.trees.labels import FINITE, NAMING
from extraction.trees.tree import Tree

_DESCRIBING = frozenset(("det", "amod", "compound", "nummod", "nmod"))
_FORMS = frozenset(("VBZ", "VBD", "VBP", "NNS"))
_NOUNS = frozenset(("NN", "NNS", "NNP", "NNPS"))
_STEPS = frozenset(("by", "to"))
_NEVER_PREPOSITIONS = word_set("syntax", "never_prepositions")
_BEFORE_TO = word_set("syntax", "verbs_before_to")
_GERUNDS = word_set("syntax", "gerunds")


def find_verbs(tree: Tree, tops: list[int]) -> None:
    """Repairs ``tree`` in place; ``tops`` are the tokens that stand for its amounts, in text order."""
    find_headline_verbs(tree, tops)
    _between_subject_and_object(tree)
    _adjective_for_noun(tree)
    mend_tags(tree, tops)
    _with_subject(tree)
    if not _GERUNDS.isdisjoint(tree.vocabulary):
        _gerunds(tree)
    if not (_NEVER_PREPOSITIONS.isdisjoint(tree.vocabulary) and _BEFORE_TO.isdisjoint(tree.vocabulary)):
        for token in range(1, len(tree.words) - 1):
            if tree.lower[token] in _NEVER_PREPOSITIONS and tree.base(token) in {"case", "acl"}:
                _no_preposition(tree, token, tops)
            elif tree.tags[token] == "NOUN" and tree.lower[token] in _BEFORE_TO:
                _plans_to(tree, token)
    if "plan" in tree.vocabulary:
        for token in range(1, len(tree.words) - 1):
            if tree.lower[token] == "plan":
                _share_plans(tree, token)
    prices = not PRICING.isdisjoint(tree.vocabulary)
    for (first, _), top in zip(tree.amounts, tops, strict=True):
        if tree.lower[first - 1] in _STEPS:
            _name_moves(tree, first)
        if prices:
            find_price(tree, top, first)


def _between_subject_and_object(tree: Tree) -> None:
    """Makes a verb of what has a subject and an object: "Mayor unveils $12m flood plan"."""
    for token, relation in enumerate(tree.relations):
        if relation != "obj":
            continue
        verb = tree.heads[token]
        if tree.tags[verb] not in NAMING or tree.fine[verb] not in _FORMS or verb > token:
            continue
        subject = verb - 1
        if any(tree.heads[at] == verb and tree.relations[at] == "nsubj" for at in range(verb)):
            tree.tags[verb], tree.fine[verb] = "VERB", "VBZ"
        elif tree.heads[subject] == verb and tree.relations[subject] == "compound" and tree.amount_at[token] < 0:
            tree.tags[verb], tree.fine[verb] = "VERB", "VBZ"  # "A high-salt diet raises risks by 23%"
            for at in range(subject):
                if tree.heads[at] == verb and tree.base(at) in _DESCRIBING:
                    tree.heads[at] = subject
            tree.relations[subject] = "nsubj"


def _adjective_for_noun(tree: Tree) -> None:
    """Makes a noun and the subject of an adjective in front of its verb: "A one-bedroom flat costs £900"."""
    for token, relation in enumerate(tree.relations):
        if token == 0 or relation != "amod" or tree.tags[token] != "ADJ":
            continue
        head = tree.heads[token]
        if head == token + 1 and tree.fine[head] in {"VBZ", "VBD", "VBP"}:
            for child in tree.own(head, "nsubj", *_DESCRIBING):
                if child < token:
                    tree.heads[child] = token
                    if tree.base(child) == "nsubj":
                        tree.relations[child] = "compound"
            tree.tags[token], tree.fine[token], tree.relations[token] = "NOUN", "NN", "nsubj"


def _with_subject(tree: Tree) -> None:
    """Makes a verb of what describes a noun but has a subject: "after the company beat estimates"."""
    for noun, relation in enumerate(tree.relations):
        verb = tree.heads[noun]
        if relation != "nsubj" or not noun < verb or tree.base(verb) not in {"compound", "amod"}:
            continue
        if tree.amount_at[verb] >= 0:  # "The average 30-year mortgage"
            continue
        object_ = tree.heads[verb]
        if object_ == verb + 1 and (tree.tags[object_] in NAMING or tree.fine[object_] in {"VBZ", "NNS"}):
            above = tree.heads[object_]
            tree.heads[verb] = verb if above == object_ else above
            tree.relations[verb] = tree.relations[object_]
            for token, head in enumerate(tree.heads):
                if head == object_ and token != object_ and not object_ - 1 <= token <= object_:
                    tree.heads[token] = verb
            tree.heads[object_], tree.relations[object_] = verb, "obj"
            tree.tags[verb], tree.fine[verb] = "VERB", "VBD"


def _name_moves(tree: Tree, first: int) -> None:
    """Makes a verb of what stands behind a name: "The Fed cut interest rates by 25 basis points"."""
    noun = first - 2
    verb = next((at for at in range(noun - 1, max(0, noun - 4), -1) if tree.lower[at] in word_set("syntax", "cut")), 0)
    # "China hikes bonus to $9m": the noun is taken for its verb
    headline = noun > 1 and tree.lower[noun - 1] in word_set("syntax", "cuts") and tree.heads[noun - 1] == noun
    headline = headline and tree.lower[noun] not in change_words().verbs and not tree.lower[noun].endswith("ed")
    verb = noun - 1 if headline else verb
    if verb < 1 or not (headline or tree.fine[noun] in _NOUNS):
        return
    name = verb - 1
    named = tree.words[name][0].isupper() and (name > 0 or tree.tags[name] == "PROPN" or tree.tags[noun] == "VERB")
    if not named or tree.heads[name] not in {verb, noun}:
        return
    if tree.base(name) == "nsubj":
        if name and tree.base(name - 1) == "det" and tree.heads[name - 1] > name:
            tree.heads[name - 1] = name
        return
    if tree.heads[verb] not in {verb, noun} and tree.heads[noun] != verb:
        return
    if tree.heads[verb] == noun:
        above = tree.heads[noun]
        tree.heads[verb], tree.relations[verb] = (verb if above == noun else above), tree.relations[noun]
    for token, head in enumerate(tree.heads):
        if head in {verb, noun} and token != verb and (token < name or token > noun):
            describes = tree.base(token) in _DESCRIBING
            own = describes and name - 3 <= token < name and "," not in tree.words[token:name]
            tree.heads[token] = name if own else verb
            if describes and not own:
                tree.relations[token] = "obl"
    tree.heads[name], tree.relations[name] = verb, "nsubj"
    tree.heads[noun], tree.relations[noun], tree.tags[noun] = verb, "obj", "NOUN"
    tree.tags[name], tree.fine[name] = "PROPN", "NNP"
    tree.tags[verb], tree.fine[verb] = "VERB", "VBD"


def _gerunds(tree: Tree) -> None:
    """Makes the noun behind a gerund its object: ", topping estimates of $28 billion", "for hiking fees by $5"."""
    for verb in range(1, len(tree.words) - 1):
        if tree.lower[verb] not in _GERUNDS or tree.base(verb) not in {"amod", "compound"}:
            continue
        noun, before = tree.heads[verb], verb - 1
        case = tree.tags[before] == "ADP" and tree.heads[before] == noun
        if noun < verb or tree.base(noun) == "nsubj" or not (tree.words[before] == "," or case):
            continue
        above, relation = tree.heads[noun], "advcl"
        tree.tags[verb], tree.fine[verb] = "VERB", "VBG"
        tree.heads[verb], tree.relations[verb] = (verb, "ROOT") if above == noun else (above, relation)
        tree.heads[noun], tree.relations[noun] = verb, "obj"
        if case:
            tree.heads[before], tree.relations[before] = verb, "mark"


def _no_preposition(tree: Tree, verb: int, tops: list[int]) -> None:
    """Makes a verb of a supposed preposition between two nouns: "Rents jump as unsold stock nears 86,000"."""
    noun, object_ = verb - 1, tree.heads[verb]
    if object_ < verb:  # "Jobless rate nears 5%"
        object_ = tops[tree.amount_at[verb + 1]] if tree.amount_at[verb + 1] >= 0 else noun
    if tree.tags[noun] not in NAMING or object_ < verb:
        return
    outer = object_ if tree.heads[noun] in {object_, verb} else noun
    above, relation = tree.heads[outer], tree.relations[outer]
    if above in {noun, verb} or (outer == noun and tree.leads_into(above, (object_, object_ + 1))):
        above, relation = outer, "ROOT"
    for token, head in enumerate(tree.heads):
        if token < noun and tree.relations[token] in {"case", "mark"} and head in {noun, verb}:
            tree.heads[token], tree.relations[token], relation = verb, "mark", "advcl"
        elif head == noun and token > verb:
            tree.heads[token] = verb
    tree.tags[verb], tree.fine[verb] = "VERB", "VBZ"
    tree.heads[verb], tree.relations[verb] = (verb, "ROOT") if above == outer else (above, relation)
    tree.heads[noun], tree.relations[noun] = verb, "nsubj"
    tree.heads[object_], tree.relations[object_] = verb, "obj"


def _plans_to(tree: Tree, verb: int) -> None:
    """Makes a verb of a noun in front of "to" that has no other: "The trust plans to buy 450 hectares"."""
    subject, infinitive = verb - 1, verb + 2
    if tree.lower[verb + 1] != "to" or tree.heads[infinitive : infinitive + 1] != [verb]:
        return
    if tree.heads[verb] == subject and tree.fine[subject] == "NNP" and tree.heads[subject] == subject == 0:
        tree.heads[verb], tree.relations[verb] = verb, "ROOT"  # "Waitrose plans", where the name was the verb
        for token, head in enumerate(tree.heads):
            if head == subject:
                tree.heads[token] = verb
        tree.heads[subject], tree.tags[subject] = verb, "PROPN"
    elif not tree.heads[subject] == verb == tree.heads[verb] or not _names_planner(tree, subject):
        return
    tree.tags[verb], tree.fine[verb], tree.relations[infinitive] = "VERB", "VBZ", "xcomp"
    for token in range(subject):
        if tree.heads[token] == verb and tree.base(token) in _DESCRIBING:
            tree.heads[token] = subject
    tree.relations[subject] = "nsubj"


def _names_planner(tree: Tree, subject: int) -> bool:
    """Whether the word in front of "plans to" is a noun, or opens the sentence and is no adjective: "Spotify plans"."""
    if tree.base(subject) in {"nsubj", "compound"}:
        return True
    name = subject == 0 and tree.words[0][0].isupper() and tree.fine[0] in _NOUNS
    return name and tree.relations[subject] in {"nmod:poss", "amod"}


def _share_plans(tree: Tree, verb: int) -> None:
    """Makes "plan" the verb of the plural in front if there is no other: "A quarter of GPs plan to retire"."""
    plural, share = verb - 1, tree.heads[verb]
    if tree.lower[verb + 1] != "to" or tree.heads[verb + 2 : verb + 3] != [verb] or tree.base(verb) != "nmod":
        return
    if tree.heads[plural] != verb or not tree.lower[plural].endswith("s") or tree.amount_at[share] < 0:
        return
    if tree.heads[share] != share or not FINITE.isdisjoint(tree.fine):
        return
    for token, head in enumerate(tree.heads):
        if head == verb and token < plural:
            tree.heads[token] = plural
    tree.heads[plural], tree.relations[plural] = share, "nmod"
    tree.heads[share], tree.relations[share] = verb, "nsubj"
    tree.heads[verb], tree.relations[verb], tree.relations[verb + 2] = verb, "ROOT", "xcomp"
    tree.tags[verb], tree.fine[verb] = "VERB", "VBP"
