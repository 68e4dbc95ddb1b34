"""Corrects a parsed sentence where the words around an amount leave no other reading.

A parser trained on general text is least sure around numbers. Each repair looks at neighbouring words, changes one
attachment and never leaves a circle.
"""

from extraction.repairs.amounts import place_amounts
from extraction.repairs.attachments import attach
from extraction.repairs.clauses import set_clock_apart, sort_clauses
from extraction.repairs.fronts import set_front_apart
from extraction.repairs.gapping import find_gaps
from extraction.repairs.objects import place_nouns
from extraction.repairs.participles import place_participles
from extraction.repairs.prepositions import borne_by, join_prepositions, keep_result
from extraction.repairs.reports import place_reports
from extraction.repairs.second_subjects import place_second_subjects
from extraction.repairs.seen import place_seen
from extraction.repairs.subjects import find_subjects
from extraction.repairs.verbs import find_verbs
from extraction.text.change_words import change_words
from extraction.text.money_signs import MONEY_SIGNS
from extraction.text.words import word_set
from extraction.trees.labels import NAMING
from extraction.trees.tree import DEEPEST, Tree

_TAKEN = {case: word_set("syntax", f"takes_{case}") for case in ("on", "in", "for")}
_TAKING = frozenset().union(*_TAKEN.values())
_MOVED = word_set("syntax", "moved")
_LATER = word_set("syntax", "later")
_HELPING = frozenset(("aux", "aux:pass", "cop", "mark"))
_PLUS_OR_MINUS = frozenset(("plus", "or", "minus", "+/-", "±"))  # "a margin of error of plus or minus 3 points"
_WITH_UNIT = MONEY_SIGNS | {"%"}
_EACH = frozenset(("a", "an", "per", "each"))
_AGE_BOUNDS = word_set("syntax", "age_bounds")
_AGED = 4  # tokens of "men aged 60 and"


def repair(tree: Tree, tops: list[int]) -> None:
    """Repairs ``tree`` in place; ``tops`` are the tokens that stand for its amounts, in text order."""
    join_prepositions(tree)
    set_clock_apart(tree)
    set_front_apart(tree)
    _behind_dateline(tree)
    place_seen(tree)
    attach(tree)
    find_verbs(tree, tops)
    place_participles(tree, tops)
    place_nouns(tree, tops)
    place_amounts(tree, tops)
    sort_clauses(tree, tops)
    find_gaps(tree, tops)
    for (first, last), top in zip(tree.amounts, tops, strict=True):
        before = tree.lower[first - 1] if first else ""
        _behind_of(tree, top, first)
        if before in _MOVED:
            _moved_by(tree, top, first - 1)
        elif before == "by":
            _raised_by(tree, top, first)
        if last < len(tree.words):
            _before_noun(tree, top, last)
            _price_of_noun(tree, top, first, last)
            if tree.lower[last] in _LATER:
                _later(tree, last)
            _spent_doing(tree, top)
            if tree.heads[top] == last:
                _before_preposition(tree, top, last)
            if tree.lower[last] in {"a", "an"}:
                _of_rate(tree, top, last + 1)
    _named_auxiliary(tree)
    place_reports(tree)
    find_subjects(tree)
    place_second_subjects(tree, tops)
    _result_of_clause(tree)
    _taken_along(tree)


def _behind_dateline(tree: Tree) -> None:
    """Hangs what follows the place on the verb: "NAIROBI: Three weeks before the vote, traders pay"."""
    if tree.words[1:2] != [":"] or not tree.words[0].isupper() or tree.heads[0] != 0:
        return
    verb = next((at for at in range(2, len(tree.words)) if tree.heads[at] == 0 and tree.tags[at] == "VERB"), None)
    for at in range(2, verb or 0):
        if tree.heads[at] == 0:
            oblique = "obl" + tree.relations[at].removeprefix("nmod")
            tree.hang(at, verb or 0, oblique if tree.base(at) == "nmod" else "dep")


def _behind_of(tree: Tree, top: int, first: int) -> None:
    """An amount behind "of" hangs on the noun in front of it."""
    if tree.heads[top] > top and tree.relations[top] in {"amod", "compound", "nummod", "nmod:unmarked"}:
        return  # "of a 5 per cent penalty"
    of = first - 1
    while of > 0 and (tree.tags[of] in {"DET", "ADV"} or tree.lower[of] in _PLUS_OR_MINUS):
        of -= 1
    if of >= 1 and tree.lower[of] == "of" and tree.tags[of - 1] in NAMING and tree.amount_at[of - 1] < 0:
        tree.heads[of], tree.relations[of] = top, "case"
        person = tree.heads[of - 1] if tree.base(of - 1) in {"flat", "compound"} else of - 1
        deprived = tree.base(person) == "obj" and tree.lower[tree.heads[person]] in word_set("syntax", "deprives")
        # "defrauded 28 clients of $4.6 million" says nothing of the clients' size
        noun = keep_result(tree, borne_by(tree, of - 1))
        tree.hang(top, tree.heads[person] if deprived else noun, "obl" if deprived else "nmod")


def _moved_by(tree: Tree, top: int, moved: int) -> None:
    """Hangs an amount on the word for a direction in front of it: "while the index was down 0.3 per cent"."""
    if tree.heads[top] == moved or tree.heads[top] == top != tree.heads[moved]:
        return
    if any(token < moved for token in tree.own(moved, "nsubj")):
        tree.hang(top, moved, "obl:unmarked")


def _raised_by(tree: Tree, top: int, first: int) -> None:
    """Hangs an extent on the verb and not on its object: "would increase water demand by 50 percent".

    In front of ``first`` stands "by".
    """
    _past_age(tree, top, first)
    noun = tree.heads[top]
    gerund = noun == first - 2 and tree.heads[noun] == noun - 1
    if gerund and tree.fine[noun] == "VBG" and tree.base(noun) == "acl" and tree.base(noun - 1) == "obj":
        _gerund_changed(tree, noun)
    if tree.base(noun) not in {"obj", "obl"} or noun >= first:
        return
    if tree.base(noun) == "obl" and any(at < noun for at in tree.own(noun, "case")):
        return
    verb = tree.heads[noun]
    compares = tree.lower[verb] in word_set("syntax", "comparing")  # "missed forecasts by $200 million"
    if verb < noun and (compares or tree.lower[verb] in change_words().verbs):
        tree.hang(top, verb, "obl")
        if tree.tags[noun] == "VERB":  # "demand" of "water demand"
            tree.tags[noun], tree.fine[noun] = "NOUN", "NN"


def _gerund_changed(tree: Tree, gerund: int) -> None:
    """Makes a gerund the object, and its noun a part of it: "cut illegal charcoal burning by more than half"."""
    first = gerund - 1
    tree.heads[gerund], tree.relations[gerund] = tree.heads[first], "obj"
    tree.tags[gerund], tree.fine[gerund] = "NOUN", "NN"
    for token in range(tree.heads[first] + 1, first):
        if tree.heads[token] == first:
            tree.heads[token] = gerund
    tree.heads[first], tree.relations[first] = gerund, "compound"


def _past_age(tree: Tree, top: int, first: int) -> None:
    """Hangs an extent on the verb and not on the age: "cut deaths in men aged 60 and over by 15%"."""
    bound = first - 2
    if bound < _AGED or tree.lower[bound] not in _AGE_BOUNDS:
        return
    if tree.lower[bound - 1] not in {"and", "or"} or tree.lower[bound - 3] != "aged" or tree.amount_at[bound - 2] < 0:
        return
    verb = bound - 3
    for _ in range(_AGED * 2):
        verb = tree.heads[verb]
        if tree.tags[verb] == "VERB" and tree.lower[verb] in change_words().verbs:
            tree.heads[bound], tree.relations[bound] = bound - 2, "conj"
            tree.hang(top, verb, "obl")
            return


def _before_noun(tree: Tree, top: int, last: int) -> None:
    """Hangs the first of two objects side by side on the noun behind it: "posted $500 bail"."""
    if tree.relations[top] != "obj" or tree.heads[top] >= top:
        return
    noun = tree.compound_end(last)
    plain = tree.tags[noun] == "NOUN" and tree.amount_at[noun] < 0 and tree.fine[noun] == "NN"
    if plain and tree.base(noun) == "obj" and tree.heads[noun] == tree.heads[top]:
        tree.hang(top, noun, "compound")


def _spent_doing(tree: Tree, top: int) -> None:
    """Makes an amount the object of what spends it: "spent another $9,000 restoring it"."""
    doing = tree.heads[top]
    verb = tree.heads[doing]
    does = verb < top < doing and tree.base(top) in {"nsubj", "obj"} and tree.fine[doing] == "VBG"
    if does and tree.lower[verb] in word_set("syntax", "spends"):
        tree.hang(top, verb, "obj")


def _price_of_noun(tree: Tree, top: int, first: int, last: int) -> None:
    """Hangs an amount behind its preposition on the noun that follows: "orders 300 jets in $40bn deal"."""
    if first == 0 or tree.relations[first - 1] != "case" or tree.tags[last] not in NAMING:
        return
    if not any(word[0] in _WITH_UNIT or word[-1] in _WITH_UNIT for word in tree.words[first:last]):
        return
    noun = tree.compound_end(last)
    case = first - 1
    if tree.heads[case] != top:
        if tree.heads[case] == noun and tree.heads[top] == tree.heads[noun]:  # "jailed for $2m benefit fraud"
            tree.hang(top, noun, "compound")
        return
    loose = tree.heads[noun] < first and tree.base(noun) in {"nmod", "obl", "obj", "dep", "appos"}
    if loose and tree.fine[noun] == "NN" and tree.lower[noun] not in word_set("syntax", "times"):
        tree.heads[case] = noun
        tree.hang(noun, tree.heads[top], tree.relations[top])
        tree.hang(top, noun, "compound")


def _before_preposition(tree: Tree, top: int, last: int) -> None:
    """Hangs an amount on what the noun of a preposition hangs on: "wiped $3 billion off the value"."""
    if tree.relations[last] == "case":
        noun = tree.heads[last]
        if noun > last and tree.heads[noun] < top:
            tree.hang(top, tree.heads[noun], "obj")


def _of_rate(tree: Tree, top: int, noun: int) -> None:
    """Hangs what a rate is for on the amount, where a subject follows: "At $212 a share it is cheap"."""
    if noun >= len(tree.words) or tree.base(noun) != "nsubj":
        return
    verb = tree.heads[noun]
    if any(noun < token < verb for token in tree.own(verb, "nsubj")):
        tree.hang(noun, top, "nmod:unmarked")
        tree.relations[top] = "obl"


def _later(tree: Tree, last: int) -> None:
    """Hangs a word of time on the verb and not on the name behind it: "Two days later Doe was released"."""
    noun = tree.heads[last]
    if tree.base(last) in {"amod", "advmod"} and noun > last and tree.tags[noun] in NAMING:
        tree.hang(last, tree.heads[noun], "advmod")


def _taken_along(tree: Tree) -> None:
    """Hangs what some nouns take along on them and not on the verb: "has a 12% tax on shoes"."""
    if _TAKING.isdisjoint(tree.vocabulary):
        return
    for token, relation in enumerate(tree.relations):
        if relation != "obl" or tree.heads[token] >= token:
            continue
        case = next(iter(tree.own(token, "case")), token)
        if 0 < case < token and tree.lower[case] in _TAKEN:
            noun = case - 1
            taken = tree.lower[noun] in _TAKEN[tree.lower[case]]
            if taken and tree.heads[noun] == tree.heads[token] and tree.tags[noun] == "NOUN":
                tree.heads[token], tree.relations[token] = noun, "nmod"


def _result_of_clause(tree: Tree) -> None:
    """Behind a comma "sending shares down" belongs to the verb, "comprising 30 acres" to the noun in front."""
    if "VBG" not in tree.fine:
        return
    for token, relation in enumerate(tree.relations):
        if relation not in {"acl", "advcl"} or tree.fine[token] != "VBG" or token < 2:
            continue
        if tree.words[token - 1] != "," and tree.lower[token] not in word_set("syntax", "surpassing"):
            continue
        rated = token > 3 and tree.lower[token - 3] in _EACH and tree.amount_at[token - 4] >= 0  # "$26 an ounce"
        if tree.lower[token] in word_set("syntax", "describing") and not rated:
            if relation == "advcl" and tree.tags[token - 2] in NAMING:
                tree.hang(token, token - 2, "acl")
            continue
        verb = _while(tree, token) or tree.heads[token]
        for _ in range(DEEPEST):
            ends = tree.tags[verb] == "VERB" and not _restricts(tree, verb, token)
            if ends or tree.heads[verb] == verb or _is_said_to_be(tree, verb):
                break
            verb = tree.heads[verb]
        clause = tree.tags[verb] == "VERB" or _is_said_to_be(tree, verb)
        if (relation == "acl" or verb != tree.heads[token]) and clause and verb < token:
            tree.hang(token, verb, "advcl")


def _is_said_to_be(tree: Tree, noun: int) -> bool:
    """Whether what is said has a copula and a subject: "said the concert was a triumph, drawing 900"."""
    if tree.relations[noun] != "ccomp":
        return False
    return len({tree.base(at) for at in tree.own(noun, "cop", "nsubj") if at < noun}) == 2


def _while(tree: Tree, token: int) -> int:
    """The verb behind "when", or 0: "The crew were having lunch when a bomb exploded, killing six"."""
    going_on = tree.heads[token]
    if tree.fine[going_on] != "VBG" or tree.heads[token] > token:
        return 0
    clauses = (at for at in tree.own(going_on, "advcl") if going_on < at < token)
    when = (at for at in clauses if any(tree.heads[mark] == at and tree.lower[mark] == "when" for mark in range(at)))
    return next(when, 0)


def _restricts(tree: Tree, verb: int, comma: int) -> bool:
    """Whether a relative clause has no comma in front and ends at ``comma``: "for each share they hold, valuing it"."""
    first = min((at for at in range(verb) if tree.heads[at] == verb), default=verb)
    noun = tree.heads[verb]
    if any(at < noun for at in tree.own(noun, "cop")):
        return False  # "it was two men who fled, taking $900"
    return tree.relations[verb] == "acl:relcl" and first > 0 and verb < comma and tree.words[first - 1] != ","


def _named_auxiliary(tree: Tree) -> None:
    """Makes a name that was taken for an auxiliary the subject: "Boeing delivered 48 aircraft"."""
    for token, relation in enumerate(tree.relations):
        if relation in _HELPING and tree.tags[token] in NAMING and tree.heads[token] > token:
            subject = "nsubj:pass" if relation == "aux:pass" and tree.fine[tree.heads[token]] == "VBN" else "nsubj"
            tree.relations[token] = subject
