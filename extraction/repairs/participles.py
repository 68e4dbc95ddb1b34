"""Sorts out participles and adjectives beside a noun: "the three months ended", "a record $3bn profit"."""

from extraction.text.numeral import of_four_digits
from extraction.text.words import word_set
from extraction.trees.labels import CLAUSES, NAMING
from extraction.trees.tree import Tree


def place_participles(tree: Tree, tops: list[int]) -> None:
    """Repairs ``tree`` in place; ``tops`` are the tokens that stand for its amounts, in text order."""
    for (first, last), top in zip(tree.amounts, tops, strict=True):
        if last < len(tree.words):
            if first > 1 and tree.lower[first - 1] in _OF_AMOUNTS:
                _record(tree, top, first - 1, last)
            if tree.heads[top] == last:
                _who_else(tree, top, last)
                _of_which_given(tree, top, first, last)
        if tree.heads[top] == first - 1:
            _has_doubled(tree, top)
    worth = "worth" in tree.vocabulary
    for token, form in enumerate(tree.fine[1:-1], 1):
        if form == "VBN" or form == "VBG":
            _doing(tree, token)
        elif form == "VBD" and tree.base(token) == "advcl":
            _founded_to(tree, token)
        elif form == "NN" and tree.lower[token].endswith("ing"):
            _many_doing(tree, token)
        if tree.lower[token] in _ENDED and form in _VERBS:
            _period_ended(tree, token)
        if worth and tree.lower[token] == "worth" and tree.words[token - 1] == ",":
            _worth_behind_time(tree, token)


_ENDED = word_set("syntax", "ended")
_VERBS = frozenset(("VBN", "VBD", "VBG"))
_LONGEST_DATE = 5  # tokens of "on June 30 , 2026"


def _period_ended(tree: Tree, participle: int) -> None:
    """Leaves on "ended" the date alone: "was $4m for the year ended March 31, compared with $3m"."""
    noun, top = participle - 1, tree.heads[participle]
    if tree.lower[noun] not in word_set("syntax", "times") or top == participle:
        return
    date = participle + 1
    last = min(date + _LONGEST_DATE, len(tree.words))
    while date < last and (tree.tags[date] in _IN_DATES or tree.words[date].isdecimal()):
        date += 1
    clause = noun
    for _ in range(_DEEPEST):
        if tree.heads[clause] in {clause, participle} or tree.tags[clause] == "VERB":
            break
        clause = tree.heads[clause]
    if tree.heads[clause] == participle:
        return
    tree.heads[participle], tree.relations[participle] = noun, "acl"
    for other in range(date, len(tree.words)):
        if tree.heads[other] == participle:
            tree.heads[other] = clause
            if tree.base(other) == "nsubj":
                tree.relations[other] = "appos"


_IN_DATES = frozenset(("PROPN", "NUM", "ADP", "PUNCT"))
_DEEPEST = 12


def _founded_to(tree: Tree, participle: int) -> None:
    """Gives the noun of a participle the verb behind: "The fund set up to help the victims has raised £2m"."""
    noun, verb = participle - 1, tree.heads[participle]
    to = participle + 1 + (tree.relations[participle + 1] == "compound:prt")
    if verb < participle or tree.heads[noun] != participle or tree.base(noun) != "nsubj":
        return
    if tree.lower[to : to + 1] != ["to"] or tree.tags[to + 1] != "VERB" or tree.tags[verb - 1] not in {"AUX", "ADV"}:
        return
    if "," in tree.words[participle:verb]:
        return
    own = [at for at in range(to, verb) if tree.heads[at] == verb and tree.base(at) in {"nsubj", "mark"}]
    if own and any(tree.tags[at] not in _IN_PHRASE for at in range(to + 2, own[-1] + 1)):
        return
    for other in own:
        tree.heads[other], tree.relations[other] = to + 1, "obj"
    tree.heads[noun], tree.relations[noun] = verb, "nsubj"
    tree.heads[participle], tree.relations[participle] = noun, "acl"
    tree.fine[participle] = "VBN"


_IN_PHRASE = frozenset(("DET", "PRON", "ADJ", "NOUN", "PROPN"))


def _many_doing(tree: Tree, participle: int) -> None:
    """Hangs a participle on the counted plural in front of it: "envoys from nine countries meeting in Rome"."""
    noun = participle - 1
    if tree.heads[noun] != participle or tree.base(noun) != "compound" or tree.fine[noun] != "NNS":
        return
    counted = noun - 1 if tree.amount_at[noun] < 0 else noun
    if tree.amount_at[counted] < 0 or tree.tags[participle + 1] != "ADP" or tree.heads[participle] == participle:
        return
    front = tree.amounts[tree.amount_at[counted]][0] - 2
    behind = front >= 0 and tree.tags[front + 1] == "ADP" and tree.tags[front] in NAMING
    tree.heads[noun], tree.relations[noun] = tree.heads[participle], tree.relations[participle]
    if behind:
        tree.heads[noun], tree.relations[noun] = front, "nmod"
    tree.heads[participle], tree.relations[participle] = noun, "acl"
    tree.tags[participle], tree.fine[participle] = "VERB", "VBG"


def _worth_behind_time(tree: Tree, worth: int) -> None:
    """Hangs "worth" behind a time on the object: "landed 9,000 tonnes of mackerel last year, worth £11 million"."""
    verb, time = tree.heads[worth], worth - 2
    if tree.base(worth) != "advcl" or not 0 < verb < time or tree.heads[time] != verb or tree.base(time) != "obl":
        return
    if tree.lower[time] not in word_set("syntax", "times") and not of_four_digits(tree.words[time]):
        return
    first = min((at for at in range(verb, time) if tree.heads[at] == time), default=time)
    noun = next((at for at in range(first - 1, verb, -1) if tree.heads[at] == verb and tree.base(at) == "obj"), verb)
    for at in range(noun + 1, first):  # of "tonnes of mackerel" the mackerel
        if tree.heads[at] == noun and tree.base(at) == "nmod" and tree.amount_at[noun] >= 0:
            noun = at
            break
    if noun != verb and tree.tags[noun] in NAMING and tree.amount_at[noun] < 0:
        tree.heads[worth], tree.relations[worth] = noun, "acl"
        tree.tags[worth], tree.fine[worth] = "ADJ", "JJ"


def _doing(tree: Tree, participle: int) -> None:
    """Makes the noun in front of a participle do it: "showed turnout climbing", ", with exports rising 8%".

    The clause may open the sentence: "With costs nearing $2m, they".
    """
    noun, above = participle - 1, tree.heads[participle - 1]
    if tree.fine[participle] != "VBG" or tree.tags[noun] not in NAMING or tree.amount_at[noun] >= 0:
        return
    if tree.base(noun) not in {"obj", "obl"}:
        return
    marked = next((at for at in range(noun) if tree.lower[at] == "with" and tree.heads[at] in {noun, participle}), -1)
    fronted = marked == 0 and tree.heads[participle] == noun and above > participle
    beside = tree.heads[participle] == above
    if tree.base(noun) == "obl" and (fronted or (beside and marked > 0 and tree.heads[marked] == participle)):
        tree.heads[participle], tree.relations[participle] = above, "advcl"
        tree.heads[noun], tree.relations[noun] = participle, "nsubj"
        tree.heads[marked], tree.relations[marked] = participle, "mark"
    sent = tree.base(participle) == "advcl" and tree.lower[above] in _SENDS
    if beside and tree.base(noun) == "obj" and (sent or tree.base(participle) == "obj"):
        tree.heads[participle], tree.relations[participle], tree.tags[participle] = noun, "acl", "VERB"


_SENDS = frozenset(("send", "sends", "sent", "sending"))


def _of_which_given(tree: Tree, top: int, first: int, last: int) -> None:
    """Hangs a participle on the amount in front, which is the whole: "$12 million of the $20 million pledged"."""
    if tree.base(last) != "nmod":
        return
    if tree.fine[last] != "VBN" and not tree.lower[last].endswith("ed"):
        return
    tree.tags[last], tree.fine[last] = "VERB", "VBN"
    for token, head in enumerate(tree.heads):
        if head == last and token < first:
            tree.heads[token] = top
    tree.heads[top], tree.relations[top] = tree.heads[last], tree.relations[last]
    tree.heads[last], tree.relations[last] = top, "acl"


def _has_doubled(tree: Tree, top: int) -> None:
    """Makes "has" the auxiliary of what hangs on it: "Its value has more than tripled since May"."""
    has = tree.heads[top]
    if tree.lower[has] not in _HAVE or tree.tags[top] not in _DONE:
        return
    above = tree.heads[has]
    for token, head in enumerate(tree.heads):
        if head == has:
            tree.heads[token] = top
    tree.heads[top], tree.relations[top] = (top if above == has else above), tree.relations[has]
    tree.heads[has], tree.relations[has], tree.tags[has] = top, "aux", "AUX"
    tree.tags[top], tree.fine[top] = "VERB", "VBN"


def _who_else(tree: Tree, top: int, last: int) -> None:
    """Makes an amount the subject of a joined participle: "28 people were killed and more than 100 injured"."""
    joined = tree.relations[last] == "conj" and tree.fine[last] == "VBN"
    if joined and tree.base(top) == "nummod":
        tree.relations[top] = "nsubj:pass"


_HAVE = frozenset(("has", "have", "had"))
_DONE = frozenset(("VERB", "ADJ"))


_OF_AMOUNTS = word_set("syntax", "of_amounts")


def _record(tree: Tree, top: int, record: int, last: int) -> None:
    """Makes the noun behind the amount the object and not the record: "Airline posts record $2bn profit"."""
    if tree.relations[record] != "obj":
        return
    noun = tree.compound_end(last)
    named = tree.tags[noun] in NAMING or tree.lower[noun] == "fine"
    if named and tree.heads[noun] in {record, top, tree.heads[record]}:
        verb = tree.heads[record]
        for token, head in enumerate(tree.heads):
            if head == record:
                tree.heads[token] = noun
        tree.tags[noun] = "NOUN"
        tree.heads[noun], tree.relations[noun] = verb, "obj"
        tree.heads[record], tree.relations[record] = noun, "compound"
        tree.heads[top], tree.relations[top] = noun, "compound"


def gerund_as_subject(tree: Tree, token: int) -> None:
    """Makes a gerund the subject of the clause behind: "He said scrapping the line would cost £3bn"."""
    above = tree.heads[token]
    if tree.fine[token] != "VBG" or tree.relations[token] != "ccomp" or above != token - 1:
        return
    for verb in range(token + 2, len(tree.words)):
        if tree.heads[verb] == above and tree.relations[verb] == "ccomp":
            own = [at for at, head in enumerate(tree.heads) if head == verb]
            if token < min(own) and not any(tree.base(at) in {"nsubj", "csubj", "mark"} for at in own):
                tree.heads[token], tree.relations[token] = verb, "csubj"
            return


def participle_between_commas(tree: Tree, token: int) -> None:
    """Makes a root of the verb behind an aside: "The sale, agreed in May for £22 million, has yet to be approved"."""
    if tree.heads[token] != token or tree.fine[token] not in {"VBD", "VBN"} or tree.words[token - 1] != ",":
        return
    own = [at for at, head in enumerate(tree.heads) if head == token and at != token]
    if any(tree.base(at) in {"nsubj", "aux"} for at in own) or tree.words[token + 1] == ",":
        return
    for verb in own:
        if verb < token or tree.base(verb) not in CLAUSES:
            continue
        subject = [at for at in range(token) if tree.heads[at] == verb and tree.base(at) == "nsubj"]
        if subject:
            tree.heads[verb], tree.relations[verb] = verb, "ROOT"
            tree.heads[token], tree.relations[token], tree.fine[token] = subject[0], "acl", "VBN"
            return
