"""What a number stands for whose noun or unit the text leaves out: "hatched 14 chicks, and 11 survived".

The tree says where the number stands: as a subject, an object, a part of "them", behind "including". The nouns counted
in its sentence and those right before are weighed by how near they are, by their own places and by their verbs.
"""

from collections.abc import Iterator, Sequence
from functools import cache

from spacy.tokens import Span

from extraction.claims import Kind
from extraction.context.carried import carried, in_row
from extraction.context.left_out import are_people, counts_things, includes_person, is_sold
from extraction.context.number_roles import MOST_CONJUNCTS, first_conjunct, moved_things, role_of, spends, stem
from extraction.context.parts import DESCRIBING
from extraction.context.same_measures import AGAIN, MEASURES, comparable, nearest_measure, same_currency, same_measure
from extraction.context.told import Told, told_of
from extraction.quantity.amount import without_bare
from extraction.quantity.quantity import Quantity
from extraction.text.nouns import is_plural, singular
from extraction.text.words import word_set
from extraction.trees.tree import Range, Sentence, Tree

_REACH = 60  # tokens from the sentence of a noun to that of the number
_MOST_NOUNS = 8  # that are weighed
# No part of what is counted.
_BETWEEN = frozenset(
    {":", ",", "''", "``", "HYPH", "CC", "DT", "IN", "TO", "PRP", "SYM", "VB", "VBD", "VBP", "VBZ", "POS"}
)
_LONGEST_PHRASE = 6  # tokens in front of the noun counted
_IN_PHRASE = frozenset({"JJ", "NN", "NNS", "NNP"})
# What the best noun must weigh.
_LEAST = {"part": 2, "last": 3, "subject": 4, "there": 3, "figure": 3, "compared": 3, "object": 5, "with": 6}
_MARGIN = 2  # between the best noun of another sentence and the next
_CORE = frozenset({"nsubj", "obj"})
_PLACING = word_set("syntax", "placing_prepositions")
_SIZES = MEASURES - {Kind.DURATION, Kind.MONEY} | {Kind.POWER, Kind.ENERGY, Kind.AREA, Kind.VOLUME}
_DEFINITE = frozenset({"the", "all", "these", "those"})
_PAIR, _PAIR_FOLD = 2, 10
_MOST_FOLD = 100  # that a number is larger than the one whose noun it takes


def settle_understood(
    text: str, found: Sequence[tuple[Span, Quantity]], trees: dict[Sentence, Tree]
) -> Iterator[tuple[int, int]]:
    """Gives each number that leaves out its noun or its unit that of another; yields whose currency it takes, too."""
    last = max((position for position, (_, quantity) in enumerate(found) if _is_open(quantity)), default=-1)
    told: list[Told] = []
    for position, (sent, quantity) in enumerate(found[: last + 1]):
        sentence = (sent.start, sent.end)
        tree = trees.get(sentence)
        span = (0, 0) if tree is None else tree.tokens(quantity.start, quantity.end)
        if tree is None or span[0] >= span[1]:
            continue
        told = [other for other in told if sent.start - other.sentence[1] <= _REACH][-_MOST_NOUNS:]
        top = tree.top(span)
        top = tree.heads[top] if tree.relations[top] == "amount" else top  # of "closer to 5,000" the bound
        if _is_open(quantity) and not is_sold(tree, span) and not _take_noun(text, tree, span, top, quantity):
            source = _settle(tree, span, top, quantity, sentence, told)
            if source is not None and quantity.kind is Kind.MONEY:
                yield position, source.position
        if _is_open(quantity) and quantity.kind is Kind.NUMBER and counts_things(tree, span, quantity, sentence, told):
            quantity.kind = Kind.COUNT
            quantity.rules = (*without_bare(quantity.rules), "count.left_out")
        tied = "count.compound" in quantity.rules  # "four-room flats"
        tied = tied or (quantity.kind is Kind.DURATION and _is_dated(tree, span[1]))
        if (quantity.unit is not None or quantity.mark is not None) and not tied:
            told.append(told_of(tree, top, quantity, position, sentence))


def _is_dated(tree: Tree, behind: int) -> bool:
    """Whether the number says when, and nothing that a number goes on from: "five years ago"."""
    return behind < len(tree.words) and tree.lower[behind] in word_set("syntax", "later")


def _is_open(quantity: Quantity) -> bool:
    """Whether a number has no unit yet, or one that only its verb says: "11 survived"."""
    value = quantity.least
    if value is None or value <= 0 or quantity.per is not None or quantity.unit_text is not None:
        return False
    if quantity.kind is Kind.NUMBER:
        return "number.bare" in quantity.rules
    elided = quantity.unit is None and "count.elided" in quantity.rules
    return quantity.kind is Kind.COUNT and (elided or "count.person" in quantity.rules)


def _take_noun(text: str, tree: Tree, span: Range, top: int, quantity: Quantity) -> bool:
    """Counts the noun that the tree finds behind the number: "84 North Island brown kiwi"."""
    noun = tree.heads[top]
    while tree.fine[noun].startswith("NNP") and noun - top < _LONGEST_PHRASE and noun + 1 < len(tree.words):
        if tree.fine[noun + 1] not in _IN_PHRASE:
            break
        noun += 1
        while tree.fine[noun] == "JJ" and noun + 1 < len(tree.words) and tree.fine[noun + 1] in _IN_PHRASE:
            noun += 1
    if quantity.unit is not None or tree.base(top) != "nummod" or not span[1] <= noun <= span[1] + _LONGEST_PHRASE:
        return False
    plain = all(tree.words[at][0].isalpha() and tree.fine[at] not in _BETWEEN for at in (*range(span[1], noun), noun))
    plural = tree.fine[noun] == "NNS" or tree.lower[noun] in word_set("context", "animals")
    described = any(child < span[0] and tree.tags[child] != "ADV" for child in tree.children[noun])
    other = any(tree.amount_at[at] >= 0 for at in range(span[1], noun + 1))  # "sold 400 two years ago"
    if not (plain and plural) or described or other or quantity.value == 1:
        return False
    first, last = tree.starts[span[1]], tree.ends[noun]
    quantity.kind, quantity.unit = Kind.COUNT, _thing(tree.words[noun])
    quantity.unit_text, quantity.unit_span = text[first:last], (first, last)
    quantity.rules = (*without_bare(quantity.rules), "count.noun")
    return True


def _settle(
    tree: Tree, span: Range, top: int, quantity: Quantity, sentence: Sentence, told: Sequence[Told]
) -> Told | None:
    """Settles an open number; returns what it goes on from, if that was told."""
    unit, kind = in_row(tree, span), Kind.DURATION
    source = carried(tree, span, quantity, sentence, told) if unit is None and quantity.unit is None else None
    if source is not None:
        kind = source.quantity.kind
    elif unit is None:
        source, unit = _counted(tree, top, quantity, sentence, told)
        if source is None and unit is None:
            source = nearest_measure(tree, span, quantity, sentence, told)
        timed = quantity.kind is Kind.COUNT and source is not None and source.quantity.kind is Kind.DURATION
        kind = Kind.COUNT if source is None or timed else source.quantity.kind  # "three of them" of four minutes
    if source is None and unit is None:
        return None
    quantity.kind, quantity.unit = kind, unit if source is None else source.quantity.unit
    quantity.unit_text = source.quantity.unit_text if source is not None and source.sentence == sentence else None
    quantity.rules = (*without_bare(quantity.rules), "understood")
    return source


def _counted(
    tree: Tree, top: int, quantity: Quantity, sentence: Sentence, told: Sequence[Told]
) -> tuple[Told | None, str | None]:
    """What was counted before and an open number goes on from, or the noun that the tree says it counts."""
    lead = first_conjunct(tree, top)
    if tree.heads[lead] == lead + 1 and tree.lower[lead + 1] in AGAIN:
        lead += 1  # "may close four more"
    straight = top + 1 < len(tree.lower) and tree.lower[top + 1] == "straight"
    described = tree.base(top) in DESCRIBING and tree.heads[top] != lead
    if straight or tree.fine[top] not in {"CD", "NNS"} or described or not quantity.whole:
        return None, None
    source: Told | None = None
    unit: str | None = None
    role = role_of(tree, top, lead)
    joined = [other for other in told if other.sentence == sentence and other.node == lead != top]
    joined = [other for other in joined if other.quantity.kind is Kind.COUNT and not other.case]
    if (sum_told := same_currency(tree, lead, quantity, sentence, told)) is not None:
        source = sum_told
    elif (group := _same_group(tree, top, quantity, told)) is not None:
        source = group
    elif joined and quantity.unit is None and not tree.below(top, "nsubj"):
        source = joined[0]  # "killed 38 in 1987 and 12 in 2001"
    elif quantity.unit is None and (moved := moved_things(tree, lead)) >= 0:
        unit = _thing(tree.words[moved])
    elif quantity.unit is None and tree.case_of(lead) in {"including", "out of", "out"}:
        unit = _included_in(tree, lead, sentence, told)
    elif role is not None and quantity.unit is None and includes_person(tree, top):
        unit = "person"
    elif role is not None and (whole := _relative_whole(tree, tree.heads[lead])) is not None:
        unit = whole if quantity.unit is None else None
    elif role is not None:
        source = _heaviest(
            role, sentence, [_weight(tree, top, lead, role, quantity, sentence, other) for other in told], told
        )
        if source is not None and quantity.unit is not None and not _is_animal(source):
            source = None
        if source is None and quantity.unit is None and are_people(tree, lead):
            unit = "person"
    elif quantity.kind is Kind.NUMBER:
        source = same_measure(tree, lead, quantity, sentence, told)
    return source, unit


def _same_group(tree: Tree, top: int, quantity: Quantity, told: Sequence[Told]) -> Told | None:
    """What was counted as many: "Six climbers set out. Of the six, one came back"; "the two" are often named."""
    definite = any(tree.lower[child] in _DEFINITE for child in tree.children[top] if child < top)
    if quantity.unit is not None or quantity.value is None or quantity.value <= _PAIR or not definite:
        return None
    counted = (other for other in reversed(told) if other.quantity.kind is Kind.COUNT)
    return next((other for other in counted if other.quantity.value == quantity.value), None)


def _heaviest(role: str, sentence: Sentence, weights: Sequence[int], told: Sequence[Told]) -> Told | None:
    """What weighs most, and enough, if nothing else in its sentence weighs nearly as much."""
    best, k = max(zip(weights, range(len(told)), strict=True), default=(0, 0))
    if best < _LEAST[role]:
        return None
    source = told[k]
    rivals = (
        other.sentence == source.sentence and other.quantity.unit != source.quantity.unit and best - weight <= _MARGIN
        for weight, other in zip(weights, told, strict=True)
        if weight > 0
    )
    measured = any(
        other.sentence == sentence and other.quantity.kind in _SIZES and other.role != "nsubj" for other in told
    )  # but "About 65 per cent are new, and 40 are waiting"
    if role == "figure" and any(other.quantity.kind is not Kind.DURATION for other in told[k + 1 :]):
        return None
    apart = source.sentence != sentence and role != "part"
    return None if apart and (measured or any(rivals)) else source


def _weight(tree: Tree, top: int, lead: int, role: str, quantity: Quantity, sentence: Sentence, other: Told) -> int:
    """How well a number in a role goes on with what was told; 0 where it cannot."""
    source, verb = other.quantity, tree.heads[lead]
    countable = source.kind is Kind.COUNT and source.unit is not None
    same = other.sentence == sentence
    repeats = stem(tree.lower[verb]) == other.verb
    again = repeats and same and (other.role == "obj" or verb != tree.heads[first_conjunct(tree, other.node)])
    if role == "object" and again and source.kind in MEASURES and comparable(quantity, source):
        return _LEAST[role] + 1  # "takes 90 minutes to cover what once took 50"
    lasted = role == "part" and source.kind is Kind.DURATION and (same or spends(tree, lead))
    if not (countable or lasted):
        return 0
    if role == "compared" and not (same and comparable(quantity, source)):
        return 0
    weight = 3 if same else 2 if sentence[0] == other.sentence[1] else 1
    weight += other.role in _CORE
    fits = other.case == "for" and other.verb in _capacities()  # "built for 580 inmates, held 702"
    weight += (
        2 * fits
        if fits
        else -(source.unit_text is not None and other.role in {"obl", "nmod"} and other.case in _PLACING)
    )
    weight += {"nsubj": "subject", "obj": "object"}.get(other.role) == role
    keeps = tree.lower[verb] in word_set("context", "verbs_of_having")
    weight += 2 * repeats
    if role == "object":
        actor = verb
        for _ in range(MOST_CONJUNCTS):  # "I may have to close four more", "It upheld 14 and rejected 90"
            led = tree.relations[actor] in {"xcomp", "conj"} and not tree.below(actor, "nsubj")
            actor = tree.heads[actor] if led else actor
        actors = tree.below(actor, "nsubj")
        pronoun = any(tree.tags[child] == "PRON" for child in actors)
        weight += 2 * (
            same and tree.heads[first_conjunct(tree, other.node)] in actors
        )  # "The firm, with 90 shops, shut 40"
        weight += keeps or pronoun or (same and not tree.below(verb, "nsubj"))
    if role == "with" and same:
        weight += 2 * (other.verb == "have" or other.case == "with")
    if role in {"subject", "there"}:
        weight += 1
    more = any(tree.lower[part] in AGAIN for part in (lead, *tree.children[top]))
    planned = tree.relations[verb] == "xcomp"  # "has sold 12,000 and hopes to sell 20,000"
    larger = quantity.value is not None and source.value is not None and quantity.value > source.value
    if quantity.value is not None and source.value is not None:
        pair = (
            source.value <= _PAIR and not repeats and role == "object"
        )  # "the two parties had 83 per cent, and will be lucky to get 60"
        if quantity.value > (_PAIR_FOLD if pair else _MOST_FOLD) * source.value:
            return 0
    if (
        larger
        and not more
        and not (
            role in {"object", "there", "with", "figure", "compared"}
            and (keeps or repeats or fits or planned or role != "object")
        )
    ):
        return 0 if role in {"part", "last"} else weight - 2
    return weight


@cache
def _capacities() -> frozenset[str]:
    return frozenset(stem(word) for word in word_set("cues", "capacities"))


def _included_in(tree: Tree, lead: int, sentence: Sentence, told: Sequence[Told]) -> str | None:
    """The unit of the plural it hangs on, or None: "a recall of vans built since 2019, including 46,000 in Spain"."""
    noun = tree.heads[lead]
    for other in told:
        if other.sentence == sentence and other.node == noun and other.quantity.kind is Kind.COUNT:
            return other.quantity.unit
    return _thing(tree.words[noun]) if tree.fine[noun] == "NNS" and is_plural(tree.words[noun]) else None


def _thing(noun: str) -> str:
    """The singular of a noun that may open its sentence."""
    return singular(noun.lower() if noun[1:].islower() else noun)


def _relative_whole(tree: Tree, verb: int) -> str | None:
    """The plural that the clause of the number describes, or None: "harvesters, of whom there are perhaps 200"."""
    if tree.relations[verb] != "acl:relcl":
        return None
    pronouns = (tree.lower[part] for part in tree.children[verb] if tree.case_of(part) == "of")
    pronoun = next((word for word in pronouns if word in {"whom", "which"}), None)
    noun = tree.heads[verb]
    counted = tree.fine[noun] == "NNS" and tree.amount_at[noun] < 0
    return _thing(tree.words[noun]) if pronoun and counted else None


def _is_animal(other: Told) -> bool:
    noun = (other.quantity.unit or "").rpartition("-")[2]
    return noun in word_set("context", "animals") or other.verb in {"hatch", "breed", "bred"}
