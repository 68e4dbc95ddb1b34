"""What a multiple is measured against: "three times as big as X", "twice the X", "double that of X"."""

from extraction.context.parts import Amount, Found, noun_behind
from extraction.repairs.numbers import owner_alone
from extraction.trees.noun_phrases import is_time, noun_phrase
from extraction.trees.tree import Range, Tree

_FARTHEST = 20
_REACH = 8  # tokens from "as" or "more" to what stands behind "as" or "than"
_COMPARATIVES = frozenset({"JJR", "RBR"})
_THOSE = frozenset({"that", "those"})
_BEHIND_THAT: tuple[list[str], ...] = (["PUNCT"], ["AUX"], ["ADP"], ["PART"], [])


def measured_against(tree: Tree, last: int, found: Found) -> bool:
    """Fills ``of`` with the standard behind a multiple that ends at ``last``; False where none is compared with.

    As in "65 times as massive as the sun", "80 times more heat than its rival", "double that of older cells".
    """
    if (owner := owner_alone(tree, last)) is not None:
        standard: Range | None = owner  # "five times Wednesday's"
    elif tree.lower[last : last + 1] == ["as"]:
        standard = _behind(tree, last + 1, "as")
    elif tree.fine[last : last + 1] and tree.fine[last] in _COMPARATIVES:
        standard = _behind(tree, last + 1, "than")
        noun = last + 1
        while noun < len(tree.words) and tree.tags[noun] in {"ADJ", "NOUN"} and tree.tags[noun - 1] != "NOUN":
            noun += 1
        named = tree.fine[noun : noun + 1] in (["VBN"], ["VBG"])  # "three times more boys named Theo than Leo"
        if tree.tags[noun - 1] == "NOUN" and (named or tree.lower[noun : noun + 1] == ["than"]):  # "more heat than"
            found.measure = found.measure or (last + 1, noun)
    elif tree.lower[last : last + 2] in [[word, "of"] for word in _THOSE]:
        part = noun_behind(tree, last + 2)
        phrase = None if part is None else noun_phrase(tree, part)
        standard = None if phrase is None else (last, phrase[1])
    elif tree.lower[last : last + 1] == ["that"] and tree.tags[last + 1 : last + 2] in _BEHIND_THAT:
        standard = (last, last + 1)  # "It cost twice that."
    else:
        return False
    if standard is not None:
        found.of = standard
        found.add("part_of")
    return True


def _behind(tree: Tree, first: int, link: str) -> Range | None:
    """The noun phrase behind the next ``link``, unless it opens a clause of its own."""
    at = next((at for at in range(first, min(first + _REACH, len(tree.words))) if tree.lower[at] == link), None)
    if at is None or at + 1 >= len(tree.words) or "PUNCT" in tree.tags[first:at]:
        return None
    noun = noun_behind(tree, at + 1)
    if noun is None or tree.base(noun) == "nsubj" or tree.tags[noun] == "PRON" or is_time(tree, noun):
        return None
    phrase = noun_phrase(tree, noun, parts=False)
    clause = phrase is not None and tree.tags[phrase[1] : phrase[1] + 1] == ["VERB"]  # "than analysts expected"
    return None if clause else phrase


def free_relative(tree: Tree, phrase: Range) -> Range:
    """The phrase of the standard, which goes on up to the verbs of its clause.

    As in "twice what analysts had expected", "ten times what the median worker takes home".
    """
    at = phrase[1]
    while at < len(tree.words) and tree.tags[at] not in {"VERB", "AUX"}:
        at += 1
    if at == len(tree.words):
        return phrase
    while at + 1 < len(tree.words) and (tree.tags[at + 1] in {"VERB", "AUX"} or _is_particle(tree, at + 1)):
        at += 1
    return (phrase[0], at + 1)


def _is_particle(tree: Tree, at: int) -> bool:
    return tree.relations[at] == "compound:prt" or tree.lower[at] == "home"


def standard_behind_for(tree: Tree, amount: Amount) -> Range | None:
    """What "for ... to" names behind "than", or None.

    As in "it ran an hour longer than planned for the talks to last".
    """
    than = amount.span[1] + 1
    after = tree.lower[than : than + _FARTHEST]
    if after[:1] != ["than"] or "for" not in after or "to" not in after[after.index("for") :]:
        return None
    start = than + after.index("for") + 1
    end = than + after.index("to", after.index("for"))
    plain = all(tree.tags[token] in {"DET", "ADJ", "NOUN", "PROPN", "CCONJ", "PRON"} for token in range(start, end))
    return (start, end) if plain and start < end else None
