"""What the amount measures by the verb of its clause: the object that is moved to it, its purpose, or the subject.

Where the subject is a quantity itself, a price, a rate or debt, it needs no other: "Vacancy, after sitting at one per
cent", "overtime could top $1 million". And a multiple of such a noun is one of what it names: "four times the size".
"""

from extraction.claims import SHARES, Kind
from extraction.context.controllers import opens_with_to
from extraction.context.levels import is_change, share_moved, steps_from_counted
from extraction.context.parts import (
    UNMEASURED,
    Amount,
    Found,
    has_whole,
    is_count_of,
    is_extreme,
    is_plain_noun,
    measure_by_subject,
)
from extraction.context.purposes import purpose_of
from extraction.text.change_words import change_words
from extraction.text.nouns import is_quantity, singular
from extraction.text.word_classes import RELATIVES
from extraction.text.words import word_set
from extraction.trees.noun_phrases import bare, is_time, noun_phrase
from extraction.trees.tree import Tree

_TAKES = word_set("cues", "takers")
_LASTS = frozenset({"last", "run", "runs", "ran", "dragged"})
_EVERY = frozenset({"every", "each"})
_ON = frozenset({"on"})
_INTO = frozenset({"into", "on"})
_OFF = frozenset({"off"})
_SAVES = frozenset({"save", "saves", "saved", "saving"})
_STEPS = frozenset({"to", "from", "by"})
_LEVELS = frozenset({Kind.MONEY, Kind.PERCENT, Kind.INDEX, Kind.TEMPERATURE})  # "settled at $5.83", "held at 6.5%"


def measure_of_verb(tree: Tree, amount: Amount, found: Found, node: int, verb: int) -> None:
    """The object that is moved to the amount, what the money is for, or the subject that amounts to it."""
    of_whole = has_whole(tree, found)
    if found.measure is not None or "context.compared" in found.rules:
        return
    # "spends 6 per cent of its payroll on overtime"
    share = amount.kind in {Kind.PERCENT, Kind.FRACTION, Kind.MULTIPLE} and not tree.case_of(node)
    if share and tree.lower[verb] in word_set("syntax", "spends") and purpose_of(tree, amount, found, node, verb, _ON):
        return
    if of_whole and not _moves_to_share(tree, amount, tree.case_of(node), verb):
        share_moved(tree, amount, found, node, verb)
        return
    if tree.lower[verb] in word_set("syntax", "deprives"):
        return  # "defrauded 28 clients of $4.6 million"
    if steps_from_counted(tree, amount, found):
        return
    object_ = _object_moved(tree, amount, node, verb)
    if object_ is not None:
        found.measure = bare(tree, noun_phrase(tree, object_, without=amount.span))
        found.add("object_to_amount")
        return
    if of_whole:
        share_moved(tree, amount, found, node, verb)
        return
    if _is_spent(tree, amount, found, node, verb):
        return
    reaches = "context.mark" in found.rules
    changes = is_change(tree, verb)
    if amount.kind in UNMEASURED and not (reaches or changes or tree.lower[verb] in word_set("syntax", "tallied")):
        return
    if (reaches or _amounts_to(tree, amount, found, node, verb)) and measure_by_subject(tree, amount, found):
        found.add("subject_verb_amount")
        return
    if amount.kind in UNMEASURED:
        return
    had = _is_had(tree, amount, node, verb)
    if not had and _relative(tree, found, node, verb):
        return
    if tree.base(node) == "obj" and amount.kind is Kind.MONEY:
        cases = word_set("syntax", "purpose_prepositions")
        # "won $17 million in the lottery" is not for it, "invested $17 million in the lottery" is
        cases = cases if tree.lower[verb] in word_set("syntax", "spends") else cases - {"in"}
        # "gave $5 to charity" and "lost $5 to thieves" say who has it
        cases = cases - {"to"} if had or tree.lower[verb] in word_set("syntax", "gives") else cases
        purpose_of(tree, amount, found, node, verb, cases)


def _object_moved(tree: Tree, amount: Amount, node: int, verb: int) -> int | None:
    """The object that is moved to the amount, or None: "cut its rate to 5%", "sending its shares down 9 percent"."""
    step, above = tree.case_of(node), tree.heads[verb]
    object_ = _object_in_front(tree, amount, node, verb)
    if object_ is None and tree.base(verb) == "xcomp" and tree.lower[above] in word_set("syntax", "moves_things"):
        # "left its policy rate unchanged at 27%"
        object_ = next(
            (child for child in tree.below(above, "obj") if child < verb and tree.amount_at[child] < 0), None
        )
        if object_ is not None and tree.lower[object_] in word_set("syntax", "gains"):
            return None  # "before trimming losses to close at $112"
    if object_ is None or tree.lower[object_] in word_set("syntax", "no_measures") or is_extreme(tree, object_):
        return None
    if amount.kind in UNMEASURED and step != "by" and not is_count_of(tree, amount, object_):
        return None
    if amount.counted and amount.kind is Kind.COUNT and step == "from":
        return None  # "raised the death toll from two landslides to 30"
    moved = tree.base(node) != "obj" or amount.kind is Kind.PERCENT
    moved = moved and not (step == "by" and tree.lower[verb] in word_set("syntax", "comparing"))
    moved = moved and not (step == "at" and _is_beaten(tree, verb))
    lasting = amount.kind is Kind.DURATION and step not in _STEPS | {"at"}
    lasting = lasting or (amount.kind is Kind.LENGTH and step == "for")  # "ran the ball for 9 yards"
    return object_ if moved and not lasting and amount.kind is not Kind.SPEED else None


def _is_spent(tree: Tree, amount: Amount, found: Found, node: int, verb: int) -> bool:
    """Sets what the money goes to as the measure, and tells whether it is named.

    As in "spent $3m on roads", "Get £30 off the speaker", "added $3m to the bill".
    """
    if tree.base(node) != "obj" or tree.lower[verb] == "worth":  # "tablets worth $3m on the street"
        return False
    spent = amount.kind is Kind.MONEY or (amount.kind is Kind.PERCENT and tree.lower[verb] in _SAVES)
    if spent and purpose_of(tree, amount, found, node, verb, _INTO):
        return True
    off = amount.kind in _LEVELS | {Kind.DURATION} and tree.lower[amount.span[1] : amount.span[1] + 1] == ["off"]
    if off and purpose_of(tree, amount, found, node, verb, _OFF):
        return True
    cases = word_set("syntax", "transfer_prepositions")
    return tree.lower[verb] in word_set("syntax", "transfers") and purpose_of(tree, amount, found, node, verb, cases)


def _amounts_to(tree: Tree, amount: Amount, found: Found, node: int, verb: int) -> bool:
    """Whether the subject is what the amount measures: "Sales came to $5m", "doubled to £48m"."""
    step, above = tree.case_of(node), tree.heads[verb]
    moves = tree.base(node) == "obj" or step.startswith("compared")
    amounts_to = tree.lower[verb] in word_set("grammar", "amounts") or tree.tags[verb] in {"ADJ", "ADV"}
    if moves and tree.lower[verb] in word_set("syntax", "minds"):  # "Analysts had expected $5 million"
        amounts_to = False
    changes = is_change(tree, verb)
    if _is_had(tree, amount, node, verb):
        amounts_to = changes = False
    amounts_to = amounts_to or changes or tree.amount_at[verb] >= 0
    if amount.kind is Kind.DURATION and step not in _STEPS:
        passive = "aux:pass" in [tree.relations[at] for at in tree.below(verb, "aux")]
        amounts_to = amounts_to and not (changes and step) and not passive
    amounts_to = amounts_to or _takes(tree, amount, node, verb)
    amounts_to = amounts_to or (tree.lower[node] in {"up", "down"} and _is_told(tree, verb))
    amounts_to = amounts_to or _is_level(tree, amount, found, node, verb)
    amounts_to = amounts_to or (amount.kind is not Kind.DURATION and _is_passive(tree, verb, node))
    moved_itself = tree.lower[above] in change_words().verbs or tree.lower[above] in word_set("grammar", "amounts")
    if tree.lower[verb] in {"up", "down"} and not moved_itself:
        # "set aside $2bn, up from $1bn": what goes up is the object
        amounts_to = amounts_to and not any(tree.amount_at[other] >= 0 for other in tree.below(above, "obj"))
    owns = moves and amount.kind not in {Kind.PERCENT, Kind.INDEX}
    return amounts_to and not (owns and tree.lower[verb] in word_set("syntax", "moves_things"))


def _is_had(tree: Tree, amount: Amount, node: int, verb: int) -> bool:
    """Whether the money was the subject's own: "The firm lost $5 million", but not in "Gold lost $5"."""
    had = amount.kind is Kind.MONEY and not amount.moves and tree.base(node) == "obj"
    # but not in "the rest we raised ourselves, about $5"
    return had and tree.lower[verb] in change_words().objects and "," not in tree.words[verb : amount.span[0]]


def _takes(tree: Tree, amount: Amount, node: int, verb: int) -> bool:
    """Whether the subject is as long as the duration: "The mission will last 18 months", "took eleven hours".

    But not in "The firm took two years to answer".
    """
    if amount.kind is not Kind.DURATION or tree.tags[verb] != "VERB":  # "had been on the run for 22 days"
        return False
    others = [child for child in tree.below(verb, "obj", "xcomp") if child != node]
    if tree.lower[verb] in _LASTS and not others:
        # "has enough coal to run for ten weeks", "runs every 15 minutes"
        meant = tree.base(verb) == "advcl" and opens_with_to(tree, verb)
        return not meant and tree.lower[amount.span[0] - 1] not in _EVERY
    if tree.base(node) != "obj" or tree.lower[verb] not in _TAKES or tree.below(verb, "iobj"):
        return False
    aims = [*tree.below(verb, "advcl", "xcomp"), *tree.below(node, "acl", "advcl")]
    aims = [
        at for at in aims if at >= amount.span[1] and any(tree.lower[mark] == "to" for mark in tree.below(at, "mark"))
    ]
    # "took six hours on Friday to clear the road", "To get a table takes six weeks"
    return not aims and not any(tree.fine[child] == "VB" for child in tree.below(verb, "csubj"))


def _is_told(tree: Tree, verb: int) -> bool:
    """Whether the subject of the verb is told to be or is put somewhere, so that it is what went up or down.

    As in "Turnout was put at 90 per cent, down from 93", "The biggest rise was in Leeds, up 12 per cent", but not in
    "Landowners are paid $54, down from $76".
    """
    if any(tree.amount_at[child] >= 0 for child in tree.below(verb, "obj")):
        return False
    return bool(tree.below(verb, "cop")) or any(tree.relations[child] == "nsubj:pass" for child in tree.children[verb])


def _relative(tree: Tree, found: Found, node: int, verb: int) -> bool:
    """Sets the object of a relative clause, in front of it, as the measure: "a war that it has waged for 15 years"."""
    subjects = tree.below(verb, "nsubj")
    if tree.relations[verb] != "acl:relcl" or not subjects or tree.below(node, "nsubj"):
        return False
    measured, subject = tree.heads[verb], subjects[0]
    own = tree.lower[subject] in RELATIVES or tree.lower[tree.lefts[subject]] == "whose"
    own |= tree.amount_at[subject] >= 0  # "engineers, 30 of whom quit within a year"
    if own or tree.tags[measured] not in {"NOUN", "PROPN"} or is_time(tree, measured):
        return False
    found.measure = bare(tree, noun_phrase(tree, measured, parts=False))
    found.add("relative")
    return True


def _moves_to_share(tree: Tree, amount: Amount, step: str, verb: int) -> bool:
    """Whether the object is moved to the share, or put at it, so that it is measured.

    As in "sees the deficit at 3 per cent of GDP", "cut its stake to half of the firm".
    """
    return (step == "at" and amount.kind is Kind.PERCENT) or (
        step in _STEPS and amount.kind in SHARES and tree.lower[verb] in change_words().verbs
    )


def _is_level(tree: Tree, amount: Amount, found: Found, node: int, verb: int) -> bool:
    """Whether the amount is where the subject stands: "settled at $5.83", "held at 6.5%", "blew out to $36m"."""
    case = tree.case_of(node)
    placed = not tree.below(verb, "obj") or (case == "at" and _is_beaten(tree, verb))
    if amount.kind not in _LEVELS | {Kind.DURATION} or not placed or found.subject is None:
        return False
    thing = tree.tags[tree.top(found.subject)] == "NOUN" and tree.lower[verb] not in word_set("attribution", "say")
    if amount.kind is Kind.DURATION:  # "The average wait stood at 26 weeks"
        return case == "at" and thing
    return case == "at" or (case in {"to", "from"} and thing)


def _is_beaten(tree: Tree, verb: int) -> bool:
    """Whether the verb beats or meets what was foreseen, and tells what came in: "Revenue beat forecasts at $8.1bn"."""
    foreseen = word_set("modality", "beaten")
    beats = tree.lower[verb] in word_set("syntax", "comparing") or tree.lower[verb] in word_set("syntax", "matching")
    return beats and any(tree.lower[child] in foreseen for child in tree.below(verb, "obj"))


def _object_in_front(tree: Tree, amount: Amount, node: int, verb: int) -> int | None:
    """The object of ``verb``; of "improved the storage, doubling it to 256GB" the storage."""
    objects = [child for child in tree.below(verb, "obj") if child != node and child < amount.span[0]]
    if objects and tree.lower[objects[-1]] in {"it", "them"} and tree.base(verb) in {"advcl", "conj"}:
        objects = [child for child in tree.below(tree.heads[verb], "obj") if child < verb]
    # "cut working hours by 5 per cent": what is changed may be a time
    times = tree.lower[verb] in change_words().verbs
    plain = [child for child in objects if is_plain_noun(tree, child) or (times and _is_changed_time(tree, child))]
    return plain[-1] if plain else None


def _is_changed_time(tree: Tree, noun: int) -> bool:
    return tree.relations[noun] == "obj" and tree.tags[noun] == "NOUN" and bool(tree.below(noun, "compound", "amod"))


def _is_passive(tree: Tree, verb: int, node: int) -> bool:
    """Whether the verb is a passive whose subject is measured: "agreed for $22m", "valued at $3bn", "cut to 5%"."""
    return (
        tree.fine[verb] == "VBN"
        and tree.case_of(node) in {"for", "at", "to", "by", "from", "between"}
        and not (
            tree.below(verb, "obj")
            or any(tree.lower[child] in {"have", "has", "had"} for child in tree.below(verb, "aux"))
        )
    )


def quantity_named(tree: Tree, amount: Amount, found: Found) -> None:
    """Takes the subject, or what is multiplied, as the measure where it is a quantity and no other was found."""
    if found.measure is not None or amount.kind in UNMEASURED or amount.kind is Kind.DURATION:
        return
    noun = None if found.subject is None else tree.top(found.subject)
    if noun is None or tree.amount_at[noun] >= 0 or not is_quantity(tree.lower[noun]):
        noun = _multiplied(tree, amount, found)
    if noun is not None:
        found.measure = bare(tree, noun_phrase(tree, noun, parts=False, without=amount.span))
        found.add("quantity_noun")


def _multiplied(tree: Tree, amount: Amount, found: Found) -> int | None:
    """The noun that a multiple is one of, such as a size or a rate: "double the proportion", "halve emissions".

    None in "$4m, twice its sales" and "19 times earnings".
    """
    if amount.kind is not Kind.MULTIPLE or found.of is None or "context.going_on" in found.rules:
        return None
    noun = tree.top(found.of)
    if tree.amount_at[noun] >= 0:
        return None
    alike = singular(tree.lower[noun]) in word_set("syntax", "dimensions") | _RATES
    return noun if alike or (tree.tags[amount.top] == "VERB" and is_quantity(tree.lower[noun])) else None


_RATES = frozenset({"rate", "proportion", "share", "price", "ratio"})
