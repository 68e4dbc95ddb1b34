"""What has an amount inside a phrase: the town so far away, the hall with so many seats, the time full of work."""

from extraction.claims import COUNTS, Kind
from extraction.context.parts import (
    DESCRIBING,
    Amount,
    Found,
    is_counted,
    is_plain_noun,
    measure_by_subject,
    set_subject,
)
from extraction.context.subjects import opens_clause
from extraction.text.nouns import is_quantity
from extraction.text.shades import SHADES
from extraction.text.words import word_set
from extraction.trees.noun_phrases import HAVING, bare, noun_phrase
from extraction.trees.tree import MOST_STEPS, Tree

_SHADES_OF_LEVELS = SHADES - {"at"}
_FROM_SOMEBODY = frozenset({"from", "away", "off"})  # "arrested Jane Doe, 30 miles from her home"
_FAR_FROM = word_set("cues", "far_off") | _FROM_SOMEBODY | {"outside"}
_SIZED = frozenset({Kind.COUNT, Kind.LENGTH, Kind.AREA, Kind.MASS, Kind.VOLUME, Kind.POWER})
_INSIDE = frozenset({"nmod", "flat", "compound"})


def distant(tree: Tree, amount: Amount, found: Found) -> None:
    """Sets the place in front of the comma as what is so far away.

    As in "The board in Dalton, 90 miles north of Atlanta, met".
    """
    comma, end = amount.span[0] - 1, amount.span[1]
    if amount.kind is not Kind.LENGTH or end == len(tree.words) or tree.lower[end] not in _FAR_FROM:
        return
    while comma > 0 and (tree.tags[comma] == "ADV" or tree.lower[comma] in SHADES):
        comma -= 1
    if comma < 1 or tree.words[comma] not in {",", "("}:
        return
    place = _town_in_front(tree, comma - 1)
    placed = bool(tree.case_of(place)) or tree.lower[end] not in _FROM_SOMEBODY
    if tree.tags[place] != "PROPN" or not is_plain_noun(tree, place) or not placed:
        return
    if tree.case_of(place) == "of" and tree.lower[tree.heads[place]] in word_set("cues", "settlements"):
        place = tree.heads[place]  # "the village of Pell, 12 miles from"
    set_subject(tree, amount, found, place, "distant", parts=False)


def _town_in_front(tree: Tree, place: int) -> int:
    """The town in front of its country, which is what is so far away; else ``place`` itself.

    As in "in Port Ellen in Scotland, 12 miles from the mill".
    """
    town = tree.lefts[place] - 1
    if town < 1 or tree.lower[town + 1] != "in":
        return place
    while tree.base(town) in {"flat", "compound"} and tree.heads[town] < town:
        town = tree.heads[town]
    placed = tree.tags[town] == "PROPN" and is_plain_noun(tree, town) and tree.case_of(town) in _IN_TOWN
    return town if placed else place


_IN_TOWN = frozenset({"in", "at", "near", "outside", "from"})  # but not "spoke to Jane in Dalton"


def sited(tree: Tree, amount: Amount, found: Found) -> None:
    """Sets the thing that a compound says the size of as its subject, where it is a site or is known.

    As in "The fire began in a 12-storey block", "short of a majority in the 169-seat Landsting". So is what is known
    behind any preposition: "£165 for their 14-course menu", and whatever has a size in metres or kilograms: "wants a
    240-metre safety area". What else somebody has, makes or does is theirs: "bought a 300-room hotel", "won with a
    12-seat majority".
    """
    if amount.kind not in _SIZED:
        return
    noun = tree.heads[amount.top]
    if tree.lower[noun] == "strong":
        noun = _owned_by_many(tree, tree.heads[noun])
    while tree.base(noun) == "compound" and noun < tree.heads[noun] and tree.is_nominal(tree.heads[noun]):
        noun = tree.heads[noun]
    inside = amount.span[1] <= noun and tree.base(amount.top) in DESCRIBING
    if not inside or "-" not in tree.words[amount.span[0] : noun] or not is_plain_noun(tree, noun):
        return
    case = tree.case_of(noun)
    placed = case in word_set("syntax", "site_prepositions") or (case not in HAVING | {""} and _is_known(tree, noun))
    placed = placed or amount.kind in _PHYSICAL
    changes = tree.lower[noun] in word_set("grammar", "change_nouns")
    if placed and not changes and tree.lower[noun] not in word_set("syntax", "tallies", "no_sites"):
        set_subject(tree, amount, found, noun, "sized", parts=False)


_PHYSICAL = frozenset({Kind.LENGTH, Kind.AREA, Kind.VOLUME, Kind.MASS})


def _owned_by_many(tree: Tree, owner: int) -> int:
    """The thing of a plural owner, which is so large: "the 900-strong teachers' union"; else the owner."""
    many = tree.relations[owner] == "nmod:poss" and tree.fine[owner] in {"NNS", "NNPS"}
    return tree.heads[owner] if many else owner


def settled(tree: Tree, amount: Amount, found: Found) -> None:
    """Sets the place behind which "of" stands as the subject of how many live there.

    As in "The fire destroyed 40 homes in a town of 900", "runs a city of 2 million".
    """
    if amount.kind not in COUNTS:
        return
    of = amount.span[0] - 1
    while of > 1 and (tree.tags[of] == "ADV" or tree.lower[of] in SHADES):
        of -= 1
    place = of - 1
    if of < 1 or tree.lower[of] != "of" or tree.lower[place] not in _PLACES:
        return
    if tree.case_of(place) or tree.base(place) == "obj":
        set_subject(tree, amount, found, place, "sized", parts=False)


_PLACES = word_set("cues", "settlements") - {"poll", "survey", "sample"}


def apiece(tree: Tree, amount: Amount, found: Found) -> None:
    """Sets the things in front of "each" as the subject: "two towers, each 90 metres tall,".

    So too "three trams, each costing $5m".
    """
    start = amount.span[0]
    if "each" not in tree.lower[max(0, start - _TO_EACH) : start]:
        return
    each = next((at for at in range(start - 1, max(1, start - _TO_EACH), -1) if tree.lower[at] == "each"), 0)
    if not each or tree.words[each - 1] not in _OPENING or tree.lower[each + 1] in {"by", "time"}:
        return
    having = tree.lower[each + 1] == "with" or tree.fine[each + 1] == "VBG"
    for at in range(each + 1, start):
        verb = tree.tags[at] == "VERB" and tree.fine[at] != "VBG"
        if verb or tree.tags[at] not in (_LEADING | {"NOUN"} if having else _LEADING):
            return
    noun = each - 2
    for _ in range(MOST_STEPS):
        if tree.fine[noun] in {"NNS", "NNPS"} and is_plain_noun(tree, noun):
            set_subject(tree, amount, found, noun, "apiece", parts=False)
            measure_by_subject(tree, amount, found)
            return
        if tree.heads[noun] >= noun:
            return
        noun = tree.heads[noun]


_TO_EACH = 8  # tokens
_OPENING = frozenset({",", "(", "–", "—", "-"})
_LEADING = frozenset({"ADP", "VERB", "ADV", "ADJ", "DET"})


def listed_with(tree: Tree, amount: Amount, found: Found) -> None:
    """Sets the name of a list in front of ", with" as the subject of what it has.

    As in "Rovers, which has 300 members, and Hull United, with 250, will merge".
    """
    comma, end = amount.span[0] - 2, amount.span[1]
    if comma < 2 or tree.lower[comma + 1] != "with" or tree.words[comma] != "," or tree.tags[comma - 1] != "PROPN":
        return
    first = name = comma - 1
    while first > 0 and tree.tags[first - 1] == "PROPN":
        first -= 1
    while tree.base(name) in {"flat", "compound"} and first <= tree.heads[name] < comma:
        name = tree.heads[name]
    first -= first > 0 and tree.lower[first - 1] == "the"
    before = tree.heads[name]
    listed = tree.base(name) == "conj" and tree.tags[before] == "PROPN" and tree.base(before) in {"obj", "obl", "nmod"}
    joined = first > 0 and tree.lower[first - 1] in {",", "and"} and not listed  # "reached Hull and York, with"
    if joined and tree.words[end : end + 1] in ([","], ["."], [";"]) and not tree.case_of(name):
        set_subject(tree, amount, found, name, "with_amount", parts=False)


def _is_known(tree: Tree, noun: int) -> bool:
    determiners = (child for child in tree.children[noun] if tree.relations[child] in {"det", "nmod:poss"})
    return any(tree.lower[at] in _KNOWN or tree.relations[at] == "nmod:poss" for at in determiners)


_KNOWN = frozenset({"the", "this", "that", "these", "those"})


def standing_at(tree: Tree, amount: Amount, found: Found) -> None:
    """Sets the noun behind a "with" that opens a clause as what is at the level.

    As in "With output at 5m barrels a day, prices fell".
    """
    at = amount.span[0] - 1
    while at > 1 and (tree.tags[at] == "ADV" or tree.lower[at] in _SHADES_OF_LEVELS):
        at -= 1
    noun = at - 1
    if at < 2 or amount.kind is Kind.AGE or tree.lower[at] not in word_set("syntax", "levels"):
        return
    while noun > 0 and tree.tags[noun] == "ADV":  # "with inflation still above 6 per cent"
        noun -= 1
    while tree.case_of(noun) != "with" and tree.base(noun) in _INSIDE and tree.heads[noun] < noun:
        noun = tree.heads[noun]
    # "The bank held rates with inflation at 6 per cent"
    level = tree.fine[noun] == "NN" and is_quantity(tree.lower[noun]) and tree.lower[noun - 1] == "with"
    opens = level or opens_clause(tree, tree.lefts[noun])
    if not opens or tree.case_of(noun) != "with" or not is_plain_noun(tree, noun):
        return
    set_subject(tree, amount, found, noun, "standing_at")
    if tree.heads[amount.top] == noun or level:
        measure_by_subject(tree, amount, found)


def on_scale(tree: Tree, amount: Amount, found: Found) -> None:
    """Sets the scale beside the number as the measure: "a magnitude 6.4 quake", "a 6.4-magnitude quake"."""
    if amount.kind is not Kind.NUMBER:
        return
    start, end = amount.span
    for at in (start - 1, end + (tree.words[end : end + 1] == ["-"])):
        if 0 <= at < len(tree.words) and tree.lower[at] in word_set("syntax", "scales"):
            found.measure = (at, at + 1)
            found.add("scale")
            return


def filled(tree: Tree, amount: Amount, found: Found) -> None:
    """Sets what a time is full of as the measure: "three days of mourning", "four months of imports".

    But not in "11 of the 14 years", "three years out of 10": there it is a part of others.
    """
    if found.measure is not None or found.of is None:
        return
    first, matter = found.of[0], tree.top(found.of)
    full = first > amount.span[0] and tree.lower[first - 2 : first] != ["out", "of"] and tree.lower[first - 1] == "of"
    if (
        full
        and tree.lower[matter] not in word_set("syntax", "ordinals")
        and is_plain_noun(tree, matter)
        and not is_counted(tree, matter)
    ):
        found.measure = bare(tree, noun_phrase(tree, matter, parts=False))
        found.add("filled")


def sampled(tree: Tree, amount: Amount, found: Found) -> bool:
    """Whether the number says how many were asked, whatever fell; the survey is then the subject.

    As in "Rents fell, according to a survey of 2,640 landlords".
    """
    if amount.kind is not Kind.COUNT:
        return False
    noun = tree.heads[amount.top] if tree.base(amount.top) == "nummod" else amount.top
    survey = tree.heads[noun]
    if tree.base(noun) != "nmod" or not survey < amount.span[0] or tree.case_of(noun) != "of":
        return False
    case = tree.case_of(survey)
    if case not in _SOURCED or tree.lower[survey] not in word_set("syntax", "samples"):
        return False
    if case != "in":
        set_subject(tree, amount, found, survey, "sample", parts=False)
    return True


_SOURCED = frozenset({"according to", "per", "as per", "in"})
