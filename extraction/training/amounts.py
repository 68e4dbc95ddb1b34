"""Writes amounts, names and dates as small trees, in the scheme of the treebanks, for the sentences of training."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

Rng = np.random.Generator


@dataclass(slots=True, eq=False)
class Node:
    """A word of a tree that is being built; the root of a sentence has no head."""

    token: str
    tag: str
    pos: str
    head: "Node | None" = None
    relation: str = ""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in their order, and the one that stands for all."""

    nodes: list[Node]
    head: Node


_MARKS = "$ $ $ $ £ £ € ¥ NZ$ US$ A$ C$ HK$ $US $NZ S$ EUR USD GBP Rs RM R$ ₹".split()
_MAGNITUDES = "million million million billion billion m m bn bn mn tn trillion k thousand b crore lakh".split()
_CURRENCY_NOUNS = "dollars euros pounds yen rupees francs kronor pesos rand yuan".split()
_UNITS = (
    "kilometres kilometers km miles metres m cm tonnes tons kg kilograms litres barrels hectares acres hours minutes "
    "days weeks months years km/h mph kph GW MW kWh degrees feet inches ft points °C GB mg ml"
).split()
_ADVERBS = "about nearly almost roughly over around approximately just only some exactly".split()
_SMALL = "one two three four five six seven eight nine ten eleven twelve twenty fifty a".split()
_GIVEN = "Mary John Ana Wei Aroha Priya Omar Lena Tom Grace Hiroshi Fatima Luis Kate Moana Sven David Emma".split()
_FAMILY = "Smith Tane Okafor Brown Lopez Chen Patel Nakamura Robertson Haddad Novak Berg Walker Kelly Singh".split()
_COMPANY = "Kauri Harbour Northern Meridian Orchard Alpine Delta Summit Pacific Bluestone Tasman Lakeland".split()
_KIND = "Bank Dairy Group Holdings Airlines Energy Council Foundation University Steel Motors Foods Institute".split()
_TITLES = ("Minister", "President", "Professor", "Mayor", "Senator", "Dr.", "Mr", "Ms", "chairman", "analyst")
_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


def _pick(rng: Rng, words: Sequence[str]) -> str:
    return words[int(rng.integers(len(words)))]


def number_word(rng: Rng) -> str:
    """A number in digits as newspapers write them."""
    kind = rng.random()
    if kind < 0.4:
        return str(int(rng.integers(1, 1000)))
    if kind < 0.7:
        return f"{rng.integers(1, 100)}.{rng.integers(0, 100)}"
    if kind < 0.9:
        return f"{int(rng.integers(1000, 1_000_000)):,}"
    return str(int(rng.integers(1000, 100_000)))


def _numeral(rng: Rng, *, small: bool = False) -> Node:
    if rng.random() < 0.15 or (small and rng.random() < 0.3):
        return Node(_pick(rng, _SMALL[:-1]), "CD", "NUM")
    return Node(number_word(rng), "CD", "NUM")


def _bound(rng: Rng, target: Node, chance: float = 0.3) -> list[Node]:
    """Sometimes "about", "more than" or "up to" in front of an amount, on its head."""
    if rng.random() >= chance:
        return []
    kind = rng.random()
    if kind < 0.5:
        return [Node(_pick(rng, _ADVERBS), "RB", "ADV", target, "advmod")]
    if kind < 0.75:
        first = Node(_pick(rng, ["more", "less", "fewer"]), "JJR", "ADJ", target, "advmod")
        return [first, Node("than", "IN", "ADP", first, "fixed")]
    if kind < 0.85:
        least = Node(_pick(rng, ["least", "most"]), "JJS", "ADJ", target, "nmod")
        return [Node("at", "IN", "ADP", least, "case"), least]
    up = Node("up", "IN", "ADP", target, "advmod")
    return [up, Node("to", "IN", "ADP", up, "fixed")]


def money(rng: Rng) -> Phrase:
    """ "NZ$5.4bn", "about $3 million", "20 million euros"."""
    if rng.random() < 0.2:
        noun = Node(_pick(rng, _CURRENCY_NOUNS), "NNS", "NOUN")
        numbers = _scaled(rng, noun)
        top = next(node for node in numbers if node.head is noun)
        return Phrase([*_bound(rng, top), *numbers, noun], noun)
    mark = Node(_pick(rng, _MARKS), "$", "SYM")
    nodes = [*_bound(rng, mark), mark, *_scaled(rng, mark)]
    if rng.random() < 0.08:  # "$5-$7", "$5m to $7m"
        other = Node(mark.token, "$", "SYM", mark, "nmod")
        joint = ("to", "IN", "ADP") if rng.random() < 0.4 else (_pick(rng, "-–"), "SYM", "SYM")
        nodes += [Node(*joint, other, "case"), other, *_scaled(rng, other)]
    return Phrase(nodes, mark)


def _scaled(rng: Rng, head: Node) -> list[Node]:
    number = _numeral(rng)
    if rng.random() < 0.35:
        number.head, number.relation = head, "nummod"
        return [number]
    magnitude = Node(_pick(rng, _MAGNITUDES), "CD", "NUM", head, "nummod")
    number.head, number.relation = magnitude, "compound"
    return [number, magnitude]


def percent(rng: Rng) -> Phrase:
    """ "38 per cent", "5pc", "about 4.5%", "three percentage points", "5-10%"."""
    number = _numeral(rng)
    kind = rng.random()
    if kind < 0.35:
        head = Node("%", "NN", "SYM")
        unit = [head]
    elif kind < 0.55:
        head = Node("percent", "NN", "NOUN")
        unit = [head]
    elif kind < 0.8:
        head = Node("cent", "NN", "NOUN")
        unit = [Node("per", "NN", "NOUN", head, "compound"), head]
    elif kind < 0.9:
        head = Node(_pick(rng, ["pc", "pct"]), "NN", "NOUN")
        unit = [head]
    else:
        head = Node("points", "NNS", "NOUN")
        unit = [Node(_pick(rng, ["percentage", "basis"]), "NN", "NOUN", head, "compound"), head]
    number.head, number.relation = head, "nummod"
    nodes = [*_bound(rng, number), number]
    if rng.random() < 0.08:
        upper = Node(number_word(rng), "CD", "NUM", number, "nmod")
        joint = ("to", "IN", "ADP") if rng.random() < 0.5 else (_pick(rng, "-–"), "SYM", "SYM")
        nodes += [Node(*joint, upper, "case"), upper]
    return Phrase([*nodes, *unit], head)


def measure(rng: Rng) -> Phrase:
    """ "5 kilometres", "3,000 tonnes", "60km/h"."""
    unit = Node(_pick(rng, _UNITS), "NNS", "NOUN")
    number = _numeral(rng, small=True)
    number.head, number.relation = unit, "nummod"
    return Phrase([*_bound(rng, number), number, unit], unit)


def amount(rng: Rng) -> Phrase:
    """Money, a percentage or a measure."""
    kind = rng.random()
    return money(rng) if kind < 0.55 else percent(rng) if kind < 0.85 else measure(rng)


def number(rng: Rng) -> Phrase:
    """A number alone, for a noun to follow."""
    if rng.random() < 0.15:
        magnitude = Node(_pick(rng, ["million", "billion", "m", "thousand"]), "CD", "NUM")
        return Phrase([Node(number_word(rng), "CD", "NUM", magnitude, "compound"), magnitude], magnitude)
    head = _numeral(rng, small=True)
    return Phrase([*_bound(rng, head), head], head)


def person(rng: Rng) -> Phrase:
    """ "Mary Smith", "Minister Smith", "Smith"."""
    family, given = Node(_pick(rng, _FAMILY), "NNP", "PROPN"), Node(_pick(rng, _GIVEN), "NNP", "PROPN")
    kind = rng.random()
    if kind < 0.35:
        return Phrase([family], family)
    head = given if kind < 0.8 else family
    nodes = [family]
    if head is given:
        family.head, family.relation = given, "flat"
        nodes = [given, family]
    if kind > 0.65:
        title = _pick(rng, _TITLES)
        tag, pos = ("NN", "NOUN") if title[0].islower() else ("NNP", "PROPN")
        nodes = [Node(title, tag, pos, head, "nmod:desc"), *nodes]
    return Phrase(nodes, head)


def company(rng: Rng) -> Phrase:
    """ "Harbour Bank", "Tasman", "the bank"."""
    kind = rng.random()
    if kind < 0.3:
        head = Node(_pick(rng, _COMPANY), "NNP", "PROPN")
        return Phrase([head], head)
    if kind < 0.75:
        head = Node(_pick(rng, _KIND), "NNP", "PROPN")
        return Phrase([Node(_pick(rng, _COMPANY), "NNP", "PROPN", head, "compound"), head], head)
    head = Node(_pick(rng, ["company", "bank", "council", "firm", "retailer", "ministry", "government"]), "NN", "NOUN")
    return Phrase([Node("the", "DT", "DET", head, "det"), head], head)


def when(rng: Rng) -> Phrase:
    """ "last year", "this week", "in 2019", "on Tuesday"."""
    kind = rng.random()
    if kind < 0.4:
        head = Node(_pick(rng, ["year", "week", "month", "quarter"]), "NN", "NOUN")
        word = _pick(rng, ["last", "this", "next"])
        first = Node(word, "DT" if word == "this" else "JJ", "DET" if word == "this" else "ADJ", head)
        first.relation = "det" if word == "this" else "amod"
        return Phrase([first, head], head)
    if kind < 0.7:
        head = Node(str(int(rng.integers(1990, 2031))), "CD", "NUM")
        return Phrase([Node("in", "IN", "ADP", head, "case"), head], head)
    head = Node(_pick(rng, _WEEKDAYS), "NNP", "PROPN")
    return Phrase([Node("on", "IN", "ADP", head, "case"), head], head)


PHRASES: dict[str, Callable[[Rng], Phrase]] = {
    "money": money,
    "percent": percent,
    "measure": measure,
    "amount": amount,
    "number": number,
    "person": person,
    "company": company,
    "when": when,
}


def vocabulary() -> set[str]:
    """The words that stand in phrases; a model should know them however rare they are in the treebanks."""
    lists = (_MARKS, _MAGNITUDES, _CURRENCY_NOUNS, _UNITS, _ADVERBS, _SMALL, ["per", "cent", "percent", "pc", "pct"])
    return {word for words in lists for word in words}
