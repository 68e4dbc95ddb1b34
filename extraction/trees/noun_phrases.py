"""Cuts the noun phrases of a tree: from the determiner to the end of the phrases with "of" and the like.

Relative clauses, appositions, times and other amounts are left out.
"""

from extraction.text.money_signs import MONEY_SIGNS
from extraction.text.numeral import of_four_digits
from extraction.text.words import word_set
from extraction.trees.tree import Range, Tree

_INSIDE = frozenset(
    ("det", "amod", "compound", "nummod", "flat", "fixed", "goeswith", "advmod", "nmod", "det:predet", "cc:preconj")
)
_CONTINUES = frozenset(("flat", "fixed", "compound", "goeswith", "nummod"))
_OWNERS = frozenset(("PRON", "DET"))
HAVING = frozenset(("with", "including", "without"))  # behind them stands what a thing has, with its amount
_ASKING = frozenset(("WP", "WDT"))  # they open a clause: "an increase over what it got"
_EDGES = frozenset(("punct", "case", "cc", "mark"))  # relations of what no phrase begins or ends with
_DASHES = frozenset(("-", "–", "—"))
_TIMES = word_set("syntax", "times")


def noun_phrase(tree: Tree, head: int, *, parts: bool = True, without: Range | None = None) -> Range | None:
    """The noun phrase of ``head`` without relative clauses, appositions, times and the amount ``without``.

    ``parts`` takes every prepositional phrase of the noun along, else "of" alone. None where nothing is left.
    """
    start, end = _left(tree, head), _right(tree, head, parts=parts, without=without)
    if without is not None and start < without[1] and without[0] < end:
        start, end = (without[1], end) if without[0] <= head else (start, without[0])
    if without is not None and start == without[1]:
        start = _past_size(tree, start, head)
    return trimmed(tree, (start, end))


def _past_size(tree: Tree, start: int, head: int) -> int:
    """Where the phrase goes on behind the size that an amount gives it.

    What a hyphen joins to the amount belongs to it: "an 8km-long glacier", "a £2-an-hour rise". So does what a multiple
    compares: "three times as many clinics".
    """
    if start + 2 <= head and tree.lower[start] == "as":
        return start + 2
    while start < head and (
        "-" in tree.words[start - 1 : start + 1] or tree.lower[start] in word_set("syntax", "sizes")
    ):
        start += 1
    return start


def trimmed(tree: Tree, span: Range) -> Range | None:
    """A range without a dateline and without punctuation, prepositions and conjunctions at its ends, or None."""
    start, end = span
    for at in range(end - 2, start, -1):
        if tree.words[at] in _DASHES and _is_dash(tree, at):
            start = at + 1
            break
    while start < end and _opens_nothing(tree, start, end):
        start += 1
    if start + 1 < end and tree.lower[start] == "that" and tree.fine[tree.top((start, end))] == "NNS":
        start += 1  # "said that repairs would take a day"
    while end > start and tree.base(end - 1) in _EDGES:
        end -= 1
    words = tree.words[start:end]
    if ")" in words and "(" not in words:  # "a $3,500 (U.S.) grant"
        start += words.index(")") + 1
    elif "(" in words[1:] and ")" not in words:  # "Hotel Alto (hotelalto.es"
        end = start + words.index("(")
    return (start, end) if start < end else None


def _opens_nothing(tree: Tree, start: int, end: int) -> bool:
    relation = tree.base(start)
    adverb = relation == "advmod" and tree.tags[start] == "ADV"
    if not (adverb or relation in _EDGES):
        return False
    if tree.words[start + 1 : start + 2] == ["-"] and tree.ends[start] == tree.starts[start + 1]:
        return False  # "in-store sales"
    if tree.lower[start : start + 2] == ["per", "capita"]:
        return False
    return start + 1 < end if adverb else tree.words[start] not in MONEY_SIGNS


def bare(tree: Tree, span: Range | None) -> Range | None:
    """A noun phrase without its determiner, its owner and a place behind it; None for a pronoun."""
    if span is None or (span[1] - span[0] == 1 and (tree.tags[span[0]] in _OWNERS or tree.lower[span[0]] == "one")):
        return None
    start, end = span
    head = tree.top(span)
    for child in tree.children[head]:
        if start <= tree.lefts[child] < head and (
            tree.base(child) == "nummod" or (tree.relations[child] == "nmod:poss" or tree.lower[child] == "whose")
        ):
            start = tree.rights[child] + 1
            if tree.base(child) == "nummod":
                start = _past_size(tree, start, head)  # "a seven-seat SUV"
        elif start <= child < head and tree.amount_at[child] >= 0:  # "a seven-year contract"
            start = tree.amounts[tree.amount_at[child]][1]
    while start < end - 1 and (
        tree.words[start].isspace() or (tree.base(start) == "det" and tree.ends[start] < tree.starts[start + 1])
    ):
        start += 1
    for at in range(head + 1, end):
        if tree.lower[at] == "of" and at + 1 < end and tree.base(at + 1) == "acl":
            end = at  # "cut the chance of catching flu": the chance
            break
        if tree.lower[at] in {"in", "at", "near", "to"} and "PROPN" in tree.tags[at + 1 : end]:
            end = at
            break
    return trimmed(tree, (start, end))


_NEGATIONS = frozenset({"not", "n't", "n’t", "nt"})


def _left(tree: Tree, head: int) -> int:
    start = head
    for child in reversed(tree.children[head]):
        relation = tree.relations[child]
        if child > head or relation == "punct" or tree.words[child] == "/":
            continue
        if tree.lower[child] in _NEGATIONS:
            break  # "they didnt Lampard who"
        base = tree.base(child)
        inside = base in _INSIDE and not (relation in {"nmod", "nummod"} and tree.case_of(child))
        if base in {"nmod", "compound"} and tree.lower[start] == "the":
            break  # "after seven o'clock the barque"
        if not inside or tree.rights[child] + 2 < start:
            break
        if child + 1 < start and any(_is_dash(tree, at) for at in range(child + 1, start)):
            break
        if base == "compound" and tree.amount_at[child] >= 0:
            glued = tree.words[tree.rights[child] + 1 : tree.rights[child] + 2] == ["-"]
            if not (glued or _is_size(tree, child)):
                break  # of "a 5 per cent penalty" the penalty
        start = min(start, tree.lefts[child])
    return before_hyphen(tree, start)


def before_hyphen(tree: Tree, start: int) -> int:
    """Where a compound with hyphens begins: "Maitland-Price"."""
    first = start
    while first > 1 and tree.words[first - 1] in {"-", "/"} and tree.amount_at[first - 2] < 0:
        if tree.starts[first] - tree.ends[first - 2] != 1:
            break
        first -= 2
    return first


def _is_dash(tree: Tree, at: int) -> bool:
    """Whether a token is a dash with room in front, as behind a dateline."""
    return tree.words[at] in _DASHES and at > 0 and tree.amount_at[at] < 0 and tree.starts[at] > tree.ends[at - 1]


def _right(tree: Tree, head: int, *, parts: bool, without: Range | None) -> int:
    end = head + 1
    if end + 3 < len(tree.words) and tree.words[end] == "-" and tree.lower[end + 1 : end + 3] == ["of", "-"]:
        end += 4  # "The dad-of-two"
    for child in tree.children[head]:
        if child < end or tree.base(child) in {"punct", "cc"}:
            continue
        if max(tree.amount_at[tree.lefts[child] : tree.rights[child] + 1]) >= 0:
            if tree.base(child) == "flat" and child == end and tree.amount_at[child] < 0:
                end = child + 1  # "keeper Ali Noor, a £4m signing,"
                break
            inner = [token for token in range(tree.lefts[child], child + 1) if tree.amount_at[token] >= 0]
            plain = not inner or (all(_is_size(tree, token) for token in inner) and not _overlap(inner, without))
            joined = plain and tree.relations[child] == "nmod" and tree.case_of(child) not in HAVING
            joined = joined and tree.lower[child] not in word_set("syntax", "no_measures")  # "to the tune of $40m"
            if joined and _is_part(tree, child, end, parts=parts):
                end = child + 1  # "employment for women aged 25 to 54"
            break
        if tree.relations[child] == "compound:prt":  # "fuel down 3.8 per cent"
            break
        if parts and _is_doing(tree, child, end):
            end = tree.rights[child] + 1
        elif tree.base(child) in _CONTINUES and tree.lefts[child] == end:
            end = max(end, tree.rights[child] + 1)
        elif (tree.relations[child] in {"nmod", "nmod:desc", "obl"} and _is_part(tree, child, end, parts=parts)) or (
            tree.base(child) == "conj"
            and _joins(tree, head, child, end)
            and not (without is not None and without[1] <= head and tree.below(child, "det"))  # "a 5% fee and the rest"
        ):
            end = _right(tree, child, parts=parts, without=without if tree.base(child) == "conj" else None)
        else:
            break
    if _named_behind(tree, end):
        end += 1
    while end < len(tree.words) and tree.tags[end] == tree.tags[end - 1] == "PROPN" and tree.amount_at[end] < 0:
        end += 1
    if tree.lower[head] == "those" and end < len(tree.words) and tree.fine[end] == "VBN" and tree.heads[end] == head:
        return end + 1  # "those asked"
    return _before_verb(tree, head, end, parts=parts) if tree.base(head) == "nsubj" else end


def _is_size(tree: Tree, token: int) -> bool:
    """Whether the amount only says which kind of thing the noun is.

    As in "The yield on 10-year bonds", "the price of three-bedroom homes".
    """
    start, end = tree.amounts[tree.amount_at[token]]
    # "a 12.3 inch screen" is written without the hyphen; "1 year" is so many
    unit = end - start == 2 and tree.fine[start + 1] == "NN" and tree.lower[start] not in {"1", "one"}
    unit = unit and tree.lower[start + 1].isalpha() and "cent" not in tree.lower[start + 1]
    if tree.tags[start] != "NUM" or not (unit or "-" in tree.words[start + 1 : end + 1]):
        return False
    top = tree.top((start, end))
    counted = tree.heads[top] if tree.base(top) == "nummod" else top
    return tree.base(counted) == "compound" or (counted == top and tree.base(top) == "amod")


def _overlap(tokens: list[int], span: Range | None) -> bool:
    return span is not None and any(span[0] <= token < span[1] for token in tokens)


def _is_doing(tree: Tree, child: int, end: int) -> bool:
    """Whether what is done stands between the noun and "of", and belongs to the noun.

    As in "The cost of building a home rose".
    """
    done = tree.lower[end : end + 1] == ["of"] and tree.lefts[child] == end == child - 1
    return done and tree.base(child) == "acl" and tree.words[child].endswith("ing")


def _named_behind(tree: Tree, end: int) -> bool:
    """Whether the name of who is meant stands right behind the noun: "Tech giant Orbix", "builder Gamura"."""
    if end >= len(tree.words) or tree.tags[end - 1] != "NOUN" or tree.tags[end] != "PROPN" or tree.amount_at[end] >= 0:
        return False
    return tree.base(end) in {"appos", "nmod", "flat"} and tree.heads[end] < end and not tree.case_of(end)


def _before_verb(tree: Tree, head: int, end: int, *, parts: bool) -> int:
    """Where the subject ends with what stands between it and its verb: "A flat in the centre costs".

    ``end`` where nothing of it stands there.
    """
    verb = tree.heads[head]
    for child in tree.children[verb]:
        if tree.relations[child] == "obl" and head < child < verb and _is_part(tree, child, end, parts=parts):
            return tree.rights[child] + 1
    return end


def _is_part(tree: Tree, child: int, end: int, *, parts: bool) -> bool:
    """Whether a noun with its preposition belongs to the phrase that has reached ``end``."""
    case = tree.case_of(child)
    noun = tree.is_nominal(child) or (tree.tags[child] == "ADJ" and bool(tree.below(child, "det")))  # "of a flat"
    if not case or tree.lefts[child] != end or not noun or tree.fine[child] in _ASKING:
        return False
    if tree.words[tree.lefts[child]] == ",":
        return False  # "the quake, of magnitude 6.8,"
    if tree.lower[child] in word_set("syntax", "scales") and tree.amount_at[child + 1 : child + 2] not in ([], [-1]):
        return False
    if case in {"of", "before"} or (case == "after" and tree.lower[child] in {"tax", "taxes"}):
        return True  # "profit after tax"
    timed = is_time(tree, child) and case != "per"  # "output per hour"
    return parts and case in word_set("syntax", "part_prepositions") and not timed


def _joins(tree: Tree, head: int, child: int, end: int) -> bool:
    """Whether the noun is the second of a pair and stands right behind the conjunction: "fats and oils"."""
    joined = tree.tags[child] in {"NOUN", "PROPN"} and tree.tags[head] in {"NOUN", "PROPN"}
    conjunction = tree.below(child, "cc")
    listed = any(tree.words[at] == "," for at in tree.below(child, "punct"))
    named = tree.words[child].isupper() or (head > 0 and tree.words[head][0].isupper())  # "The Food and Drug Board"
    if tree.tags[head] == "NOUN" and tree.tags[child] == "PROPN" and not named:
        return False  # "saw 9 cm of snow and Oslo none"
    if not joined or not (conjunction or listed) or tree.below(child, "nsubj", "cop", "case"):
        return False
    return _left(tree, child) <= end + 2 and tree.lower[conjunction[0] if conjunction else child] != "but"


def is_time(tree: Tree, token: int) -> bool:
    """Whether a noun names a time: "2019", "the third quarter", "Monday"."""
    if tree.lower[token].rstrip(".") in _TIMES:
        return True
    return tree.tags[token] == "NUM" and of_four_digits(tree.words[token])
