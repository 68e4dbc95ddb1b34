"""Gives a clause the subject that the parser hung elsewhere: on the verb of speech, on a preposition, on an amount."""

from extraction.repairs.relatives import find_bare_relative
from extraction.text.word_classes import RELATIVES
from extraction.text.words import word_set
from extraction.trees.labels import FINITE, NAMING, SUBJECTS
from extraction.trees.tree import Tree

_REPORTS = word_set("attribution", "say", "mind", "either")
_LIKE_PREPOSITIONS = word_set("syntax", "conjunctions_like_prepositions")


def find_subjects(tree: Tree) -> None:
    """Repairs ``tree`` in place."""
    reports = not _REPORTS.isdisjoint(tree.vocabulary)
    relative = reports and not RELATIVES.isdisjoint(tree.vocabulary)
    for verb, relation in enumerate(tree.relations):
        if relation == "nsubj":
            if relative:
                _put_in_relative(tree, verb)
            _compound_before(tree, verb)
            find_bare_relative(tree, verb)
        elif relation in _SAID_OR_JOINED:
            _behind_relative(tree, verb)
            if reports:
                _taken_by_say(tree, verb)
                _said_behind(tree, verb)
            if relation == "conj" and not _follows_conjunction(tree, verb):
                _behind_conjunction(tree, verb)  # "came as ministers, meeting in Rome, agreed"
        elif relation == "acl:relcl":
            if relative:
                _told_that(tree, verb)
        elif relation == "advcl":
            _behind_conjunction(tree, verb)
            _behind_noun(tree, verb)
        elif relation == "obl:unmarked":
            _behind_later(tree, verb)
    _join_subjects(tree)


def _follows_conjunction(tree: Tree, verb: int) -> bool:
    return any(at < verb and tree.relations[at] == "cc" for at in tree.own(verb, "cc"))


_SAID_OR_JOINED = frozenset(("ccomp", "conj", "parataxis"))


def _taken_by_say(tree: Tree, verb: int) -> None:
    """Gives a clause that is said the subject that the report took: "said the planet, 124 light-years away, is"."""
    say = tree.heads[verb]
    if say < verb and tree.lower[say] not in _REPORTS:
        joined = [at for at in tree.own(say, "conj") if say < at < verb]
        say = joined[-1] if joined else say  # "cut its forecast and said the planet, 124 light-years away, is"
    if say > verb or tree.lower[say] not in _REPORTS or not _is_finite(tree, verb):
        return
    if tree.own(verb, *SUBJECTS):
        return
    taken = [at for at in tree.own(say, "obj", "iobj") if say < at < verb]
    relative = [at for at in tree.own(say, "obj", "nsubj") if at < say and tree.lower[at] in RELATIVES]
    reporter = any(relative[0] < at < say for at in tree.own(say, "nsubj")) if relative else False
    if tree.base(verb) == "ccomp" and reporter:
        tree.heads[relative[0]], tree.relations[relative[0]] = verb, "nsubj"  # "which engineers say will carry"
        return
    if tree.base(verb) != "ccomp" and (not taken or not _closes_insertion(tree, taken[0], verb)):
        return
    if len(taken) == 1 and tree.tags[taken[0]] in NAMING and tree.amount_at[taken[0]] < 0:
        tree.heads[taken[0]], tree.relations[taken[0]] = verb, "nsubj"


def _said_behind(tree: Tree, verb: int) -> None:
    """Gives what is said in front its subject: "Snow and wind have hampered the search, said Jane Doe".

    Who says so may stand in front of "said" as well: "Every rand it loses adds R300m, she said".
    """
    say = tree.heads[verb]
    if say < verb or tree.relations[verb] != "ccomp" or tree.lower[say] not in _REPORTS or not _is_finite(tree, verb):
        return
    subjects = tree.own(say, "nsubj")
    if len(subjects) == 2 and subjects[0] < verb < subjects[1] and not tree.own(verb, *SUBJECTS):
        tree.heads[subjects[0]] = verb


def _told_that(tree: Tree, verb: int) -> None:
    """Hangs a clause with "that" on the verb, not on who is told: "told the station that the boat was hit"."""
    own = [token for token, head in enumerate(tree.heads) if head == verb and token < verb]
    that = next((at for at in own if tree.lower[at] == "that"), -1)
    if that < 0 or not any(tree.base(at) == "nsubj" and at > that for at in own):
        return
    told = tree.heads[verb]
    while tree.base(told) == "nmod" and tree.heads[told] < told:
        told = tree.heads[told]
    if tree.base(told) == "iobj" and tree.lower[tree.heads[told]] in _REPORTS:
        tree.relations[that] = "mark"
        tree.hang(verb, tree.heads[told], "ccomp")


def _behind_relative(tree: Tree, verb: int) -> None:
    """Makes the noun in front of a relative clause the subject: "and Korea, which began later, sold 900"."""
    if "acl:relcl" not in tree.relations or "," not in tree.vocabulary:
        return
    first = min([verb, *tree.own(verb, "aux")])
    if first < 2 or tree.words[first - 1] != "," or not _is_finite(tree, verb):
        return
    if tree.own(verb, "cc", *SUBJECTS):
        return
    clause = next((at for at in range(first - 2, 0, -1) if tree.relations[at] == "acl:relcl"), 0)
    which = next((at for at in range(clause - 1, 1, -1) if tree.lower[at] in {"which", "who", "whose"}), 0)
    noun = which - 2
    joined = any(at < noun for at in tree.own(noun, "cc"))
    if joined and tree.words[which - 1] == "," and tree.tags[noun] in NAMING and tree.base(noun) == "conj":
        tree.heads[noun], tree.relations[noun] = verb, "nsubj"
        tree.heads[clause] = noun


def _closes_insertion(tree: Tree, noun: int, verb: int) -> bool:
    """Whether commas part noun and verb, and no conjunction stands there: "allege Doe, a clerk, took"."""
    first = min([at for at, head in enumerate(tree.heads) if head == verb and at < verb and at > noun] or [verb])
    joined = any(noun <= at < verb for at in tree.own(verb, "cc"))
    return not joined and tree.words[first - 1] == "," in tree.words[noun + 1 : first - 1]


def _put_in_relative(tree: Tree, said: int) -> None:
    """Makes a report no part of the relative clause: "a plan, which Treasury estimates would cost $9m"."""
    verb = tree.heads[said]
    if verb < said or tree.lower[said] not in _REPORTS:
        return
    who = [at for at in tree.own(said, "nsubj", "compound") if at < said]
    which = [at for at in range(said) if tree.heads[at] == verb and tree.lower[at] in RELATIVES]
    if not who or len(which) != 1 or which[0] > who[0]:
        return
    tree.tags[said], tree.fine[said], tree.relations[said] = "VERB", "VBZ", "parataxis"
    tree.relations[who[-1]], tree.relations[which[0]] = "nsubj", "nsubj"


def _compound_before(tree: Tree, noun: int) -> None:
    """Makes the subject of a subject describe it: "Public sector pay has risen", "sector pay growth has slowed"."""
    inner = noun if tree.relations[noun - 1] == "nsubj" and tree.heads[noun - 1] == noun else noun - 1
    if inner < 1 or tree.relations[inner - 1] != "nsubj" or tree.heads[inner - 1] != inner:
        return
    if tree.heads[noun] < noun or tree.tags[inner - 1] not in NAMING:
        return
    if inner < noun:
        if tree.heads[inner] != tree.heads[noun] or tree.base(inner) == "nsubj":
            return
        tree.heads[inner], tree.relations[inner] = noun, "compound"
    tree.relations[inner - 1] = "compound"
    tree.tags[inner], tree.fine[inner] = "NOUN", "NN"


def _behind_noun(tree: Tree, verb: int) -> None:
    """Hangs a gerund on the noun in front: "adding to pressure on motorists already paying $2 a litre"."""
    noun = verb - 2
    still = noun > 0 and tree.lower[verb - 1] in word_set("syntax", "adverbs_before_participles")
    if still and tree.fine[verb] == "VBG" and tree.tags[noun] in NAMING and noun > tree.heads[verb]:
        tree.hang(verb, noun, "acl")


def _behind_later(tree: Tree, noun: int) -> None:
    """Makes the name behind a comma the subject: "Two years later, Doe, now 31, is on trial"."""
    later = tree.heads[noun]
    verb = tree.heads[later]
    if not later < noun < verb or tree.lower[later] not in word_set("syntax", "later"):
        return
    if "," not in tree.words[later:noun]:
        return
    plain = tree.tags[noun] in NAMING and tree.amount_at[noun] < 0
    if plain and _is_finite(tree, verb) and not tree.own(verb, "nsubj"):
        tree.heads[noun], tree.relations[noun] = verb, "nsubj"


def _behind_conjunction(tree: Tree, verb: int) -> None:
    """Makes what stands behind a conjunction the subject: "after winds of 130km/h brought down lines"."""
    if not _is_finite(tree, verb):
        return
    own = [token for token, head in enumerate(tree.heads) if head == verb and token < verb]
    if any(tree.base(token) in SUBJECTS for token in own):
        return
    if own and tree.base(own[0]) == "mark":
        amount = own[-1]
        placed = any(at < amount for at in tree.own(amount, "case"))
        if len(own) == 2 and tree.amount_at[amount] >= 0 and not placed:
            tree.relations[amount] = "nsubj"  # "after 260mm fell in three days"
        return
    if _LIKE_PREPOSITIONS.isdisjoint(tree.vocabulary):
        return
    above = tree.heads[verb]
    beside = [token for token in tree.own(above, "obl") if above < token < verb]
    # "came as envoys from nine states meeting in Rome agreed"
    led = [token for token in beside if _case(tree, token) in _LIKE_PREPOSITIONS]
    noun = min([token for token in own if tree.base(token) == "obl"] or led[-1:], default=-1)
    case = next((at for at in tree.own(noun, "case") if at < noun), None)
    if case is None or tree.lower[case] not in _LIKE_PREPOSITIONS:
        return
    if (
        ("," in tree.words[case:verb] and not _is_parted(tree, case, verb))
        or (tree.tags[noun] not in NAMING | {"PRON"} and tree.amount_at[noun] < 0)
        or tree.lower[noun] in word_set("syntax", "times")
    ):
        return
    for token in beside:
        if noun < token and tree.heads[noun] == above and tree.base(noun + 1) == "case":
            tree.heads[token], tree.relations[token] = noun, "nmod"  # "as envoys from nine states"
    tree.heads[case], tree.relations[case] = verb, "mark"
    tree.heads[noun], tree.relations[noun] = verb, "nsubj"


def _is_parted(tree: Tree, case: int, verb: int) -> bool:
    """Whether a participle stands between two commas: "as ministers from 12 countries, meeting in Rome, agreed"."""
    commas = [at for at in range(case, verb) if tree.words[at] == ","]
    return len(commas) == 2 and commas[1] == verb - 1 and tree.fine[commas[0] + 1] in {"VBG", "VBN"}


def _case(tree: Tree, noun: int) -> str:
    return next((tree.lower[at] for at in tree.own(noun, "case") if at < noun), "")


def _is_finite(tree: Tree, verb: int) -> bool:
    return tree.fine[min(tree.own(verb, "aux", "cop"), default=verb)] in FINITE


def _join_subjects(tree: Tree) -> None:
    """A verb in front of which two nouns claim to be its subject: they are one name, or joined by "and"."""
    subject = -1
    for token, relation in enumerate(tree.relations):
        if relation not in {"nsubj", "nsubj:pass"} or tree.tags[token] == "PRON":
            continue
        if tree.fine[token] == "VBZ":  # "Costs rose": no verb is a subject
            tree.tags[token], tree.fine[token] = "NOUN", "NNS"
        head = tree.heads[token]
        if subject >= 0 and tree.heads[subject] == head > token:
            if tree.lower[token] in word_set("syntax", "times"):
                tree.relations[token] = "obl:unmarked"  # "The total cost last year was $5 million"
                continue
            first = next((at for at in range(subject + 1, token + 1) if tree.heads[at] in {token, head}), token)
            if first == token == subject + 1 and tree.fine[subject] in {"NN", "NNP", "NNPS"}:
                tree.hang(subject, token, "compound")
            elif tree.base(first) == "cc" or (first > 0 and tree.base(first - 1) == "cc"):
                tree.heads[token], tree.relations[token] = _noun_before(tree, first, subject), "conj"
                continue
        subject = token


def _noun_before(tree: Tree, at: int, subject: int) -> int:
    """The noun in front of the conjunction before ``at`` that the next one is joined to; within the first subject."""
    while at > subject and (tree.tags[at] not in NAMING or tree.heads[at] > at):
        at -= 1
    return at
