"""The climb from an amount through the nouns that it describes."""

from extraction.claims import Kind
from extraction.context.age_owners import noun_of_age
from extraction.context.changed import change_in, thing_moved
from extraction.context.parts import (
    UNMEASURED,
    Amount,
    Found,
    is_counted,
    is_extreme,
    is_far_from_name,
    is_one_of,
    is_placed,
    is_plain_noun,
    is_purpose,
    is_rate,
    measure_by_subject,
    set_subject,
    spans_levels,
    stands_for_amount,
)
from extraction.context.with_amounts import takes_part, wins_with
from extraction.text.money_signs import MONEY_SIGNS
from extraction.text.words import word_data, word_set
from extraction.trees.noun_phrases import HAVING, bare, is_time, noun_phrase
from extraction.trees.tree import MOST_STEPS, Tree

_ATTRIBUTES = frozenset({"nummod", "compound", "amod", "det", "flat", "nmod", "obl", "dep", "acl", "advmod", "orphan"})
_APART, _MORE = word_set("cues", "apart_in_number"), frozenset({Kind.COUNT, Kind.PERCENT})
_SHARED = frozenset({Kind.FRACTION, Kind.PERCENT, Kind.NUMBER})
_THRESHOLDS = word_set("cues", "thresholds") - {"threshold"}  # which is a name of its own: "the 5 per cent threshold"
_WORKED = frozenset({"days", "week", "weeks", "months", "years"})  # "a four-day week"
_RATES, _BESIDE = frozenset({Kind.PERCENT, Kind.INDEX}), frozenset({"appos", "parataxis", "list"})


def climb(tree: Tree, amount: Amount, found: Found) -> int:
    """Climbs from the amount through the nouns that it belongs to; the last of them stands in the clause itself."""
    node, direct = amount.top, True
    for _ in range(MOST_STEPS):
        relation, head = tree.base(node), tree.heads[node]
        if head == node:
            break
        in_amount = tree.amount_at[head] >= 0 or amount.span[0] <= head < amount.span[1]
        if relation == "conj" and amount.counted and tree.tags[head] == "VERB":
            break
        if relation == "conj" and not tree.below(node, "nsubj", "cop"):
            node = head  # what is joined to another stands where that one stands
            if amount.counted and _has_sign(tree, head):  # "with revenues of $52bn and 260,000 employees"
                node = tree.heads[head] if tree.case_of(head) == "of" else head
        elif in_amount and not tree.below(node, "nsubj") and not (tree.tags[head] == "VERB" and tree.case_of(node)):
            # Said again in another unit, or measured against another amount.
            node = head
        elif head < node and stands_for_amount(tree, node, head):
            node = head  # "a record 745,000"
        elif _compares(tree, head) and not tree.below(head, "nsubj", "cop"):
            # "9 cents lower", "two years later": the amount says by how much.
            node = head
        elif relation == "obl" and tree.base(head) == "amod" and _is_glued(tree, amount, head):
            node = head  # "a two-year suspended sentence"
        elif relation in _BESIDE and _of_which(tree, amount):
            break
        elif relation in _BESIDE and tree.is_nominal(head) and not tree.below(node, "nsubj", "cop"):
            more = tree.lower[node] in _APART and amount.kind in _MORE  # ", 73 more than in 2011"
            if not more and not is_rate(tree, node):
                _apposed(tree, amount, found, head)
            node = head
        elif _describes(tree, node, head) and not _apart(tree, amount, node, head):
            _step_to_noun(tree, amount, found, node, head, direct=direct)
            inside = found.of is not None and found.of[0] <= head < found.of[1] and tree.case_of(head) == "of"
            node, direct = head, direct and (inside or spans_levels(tree, head))  # "net debt of 1.8 times earnings"
        else:
            break
    return node


def _is_glued(tree: Tree, amount: Amount, adjective: int) -> bool:
    """Whether a hyphen joins the amount, which thus describes the noun behind, and not the ``adjective`` between."""
    return adjective == amount.span[1] and "-" in tree.words[slice(*amount.span)] and amount.kind is not Kind.AGE


def _of_which(tree: Tree, amount: Amount) -> bool:
    """Whether "of which" stands behind and opens a clause: "1,870 submissions, 1,520 of which opposed it"."""
    return tree.lower[amount.span[1] : amount.span[1] + 2] in (["of", "which"], ["of", "whom"])


def _has_sign(tree: Tree, token: int) -> bool:
    """Whether a token stands for an amount of money or a percentage written with its sign."""
    if tree.amount_at[token] < 0:
        return False
    return any(
        word[0] in MONEY_SIGNS or word == "%" for word in tree.words[slice(*tree.amounts[tree.amount_at[token]])]
    )


def _apart(tree: Tree, amount: Amount, node: int, head: int) -> bool:
    """Whether a comma parts the amount from the noun that it hangs on, so that it is another's.

    In front, where there is no preposition: "by one estimate, 80 per cent"; behind, where the noun is a predicate: "At
    1.9 metres tall, Doe is the biggest winger".
    """
    apart = head > amount.span[1] and "," in tree.words[amount.span[1] : head]
    if apart and tree.case_of(amount.top) and tree.below(head, "cop"):
        return True
    if node != amount.top and _compares(tree, node):  # "sold 900 cars, 40 more than its rival"
        return False
    return head < amount.span[0] and tree.words[amount.span[0] - 1] == "," and not tree.case_of(node)


def _compares(tree: Tree, token: int) -> bool:
    return tree.tags[token] in {"ADJ", "ADV"} and tree.lower[token] != "worth"


def _describes(tree: Tree, node: int, head: int) -> bool:
    """Whether ``node`` belongs to the noun ``head``; not to its clause, nor to "a zone where the limit is 40"."""
    relation = tree.base(node)
    if relation not in _ATTRIBUTES or not tree.is_nominal(head):
        return False
    if relation == "acl":
        clause = tree.below(node, "cop") and tree.lower[tree.lefts[node]] in {"where", "when"}
        return not clause and not is_placed(tree, node)
    return relation not in {"obl", "dep", "advmod"} or not tree.below(head, "cop", "nsubj")


def _step_to_noun(tree: Tree, amount: Amount, found: Found, node: int, noun: int, *, direct: bool) -> None:
    """One step of the climb: ``node`` describes ``noun``."""
    noun = _described(tree, amount, node, noun)
    _measured_by_whose(tree, amount, found, node)
    case = tree.case_of(node)
    if case in {"like", "unlike"} and noun < node and "," in tree.words[tree.lefts[node] - 1 : tree.lefts[node] + 1]:
        set_subject(tree, amount, found, noun, "likened")  # "The firm's plant, like 30 others, is closed"
        return
    if case in HAVING and noun < node:
        _having(tree, amount, found, node, noun)
        return
    if tree.base(node) == "orphan" or (not case and noun < node and tree.base(noun) == "conj"):
        set_subject(tree, amount, found, noun, "gapped")
        measure_by_subject(tree, amount, found)
        return
    if amount.kind is Kind.AGE:
        noun_of_age(tree, amount, found, noun, direct=direct)
        return
    if is_time(tree, noun) and not _lasts(tree, amount, noun):
        return
    if found.of is not None and tree.relations[node] == "acl:relcl" and tree.below(node, "cop"):
        set_subject(tree, amount, found, noun, "noun_of_amount", parts=False)  # "a lake, which is half the size of"
        return
    if (found.of is not None and direct and tree.base(node) != "nmod") or _is_no_measure(tree, amount, node, noun):
        return
    if noun == amount.span[1] and _is_mark(tree, amount.span[0], noun):
        found.add("mark")  # "passed the 5,000 mark" measures what passed it
        return
    if found.measure is None and direct and not _passes(tree, amount, found, node, noun):
        _measure(tree, amount, found, node, noun)
    if tree.lower[noun] in word_set("grammar", "change_nouns"):
        change_in(tree, amount, found, noun)
    owners = (child for child in tree.children[noun] if tree.relations[child] == "nmod:poss")
    owner = next((child for child in owners if not is_time(tree, child)), None)  # not of "this year's estimate"
    if owner is not None and tree.tags[owner] != "PRON" and not amount.span[1] <= owner < noun:
        set_subject(tree, amount, found, owner, "owner", parts=False)


def _described(tree: Tree, amount: Amount, node: int, noun: int) -> int:
    """The noun that ``node`` describes, which hangs on ``noun``: the last of a compound, the one in front of "per"."""
    if tree.lower[node] in word_set("syntax", "moved") and tree.words[node - 1] == ",":
        while tree.base(noun) == "nmod" and tree.heads[noun] < noun and tree.is_nominal(tree.heads[noun]):
            noun = tree.heads[noun]  # "Shares of the lender, up 18 per cent this year, fell"
    while tree.base(noun) == "compound" and noun < tree.heads[noun] and tree.is_nominal(tree.heads[noun]):
        noun = tree.heads[noun]
    if tree.heads[noun] < noun and tree.case_of(noun) == "per" and tree.is_nominal(tree.heads[noun]):
        noun = tree.heads[noun]  # "earnings per share of $1.89"
    if amount.kind in _RATES and tree.base(node) == "acl" and tree.base(noun) == "nmod" and tree.words[noun + 1] == ",":
        which = any(tree.lower[child] == "which" for child in tree.below(node, "nsubj"))
        # "The yield on its notes, which had topped 5 per cent,"
        noun = tree.heads[noun] if which and is_plain_noun(tree, tree.heads[noun]) else noun
    return noun


def _measured_by_whose(tree: Tree, amount: Amount, found: Found, node: int) -> None:
    """Sets what stands behind "whose" as the measure: "the firm, whose revenue was $5m,"."""
    own = next((child for child in tree.below(node, "nsubj") if tree.lower[tree.lefts[child]] == "whose"), None)
    if own is not None and found.measure is None and amount.kind is not Kind.AGE:
        within = amount.counted and amount.span[0] < tree.rights[own]  # "whose top score in 22 innings"
        if not within:
            found.measure = bare(tree, noun_phrase(tree, own, parts=False))


def _having(tree: Tree, amount: Amount, found: Found, node: int, noun: int) -> None:
    """Sets the noun in front of "with" as the subject: "Halo was the most popular game, with 2m players"."""
    case = tree.case_of(node)
    if case == "with":
        struck = tree.base(noun) == "obj" and tree.lower[tree.heads[noun]] in word_set("syntax", "hits_with")
        shared = takes_part(tree, amount, noun, node) or wins_with(tree, amount, node, noun)
        if is_far_from_name(tree, noun, node) or struck or shared:
            return
    if case == "including" and tree.base(noun) in {"obj", "obl", "nmod"} and is_counted(tree, noun):
        return  # "The firm has 900 staff, including 40 engineers"
    own = next(iter(tree.below(noun, "nsubj")), noun) if tree.below(noun, "cop") else noun
    apart = tree.words[tree.lefts[node]] == "," or tree.words[tree.lefts[node] - 1] == ","
    set_subject(tree, amount, found, own if apart else noun, "with_amount")


def _is_no_measure(tree: Tree, amount: Amount, node: int, noun: int) -> bool:
    """Whether the noun says no measure: "to the tune of $4m", "the first of her three goals".

    Nor does what the time is told from: "Eighteen months after the hurricane".
    """
    part = amount.kind is not Kind.COUNT and tree.case_of(node) == "of"
    if part and (is_extreme(tree, noun) or spans_levels(tree, noun)):
        return True
    if tree.lower[noun] in word_set("syntax", "no_measures") and (
        tree.lower[noun - 1] in {"in", "on"} or tree.lower[max(0, noun - 2) : noun] == ["to", "the"]
    ):
        return True
    counterpart = tree.tags[noun] == "ADJ" and tree.lower[noun] in word_set("syntax", "counterparts")
    if counterpart or is_one_of(tree, amount, noun):
        return True
    later = amount.kind is Kind.DURATION and noun > amount.span[1]  # not "after the 2 month breeding period"
    return (
        later and tree.lower[amount.span[1]] in {"after", "before"} and tree.lower[amount.span[1]] == tree.case_of(noun)
    )


def _passes(tree: Tree, amount: Amount, found: Found, node: int, noun: int) -> bool:
    """Whether the amount says when, how far away or how many, and not how much there is of the noun."""
    case = tree.case_of(node)
    if amount.kind is Kind.COUNT and case not in {"", "of"}:
        return True
    if amount.kind is Kind.DURATION and case in word_set("syntax", "time_prepositions"):
        return True
    away = amount.kind is Kind.LENGTH and not case and noun < node and tree.tags[noun] == "PROPN"
    return away or "context.distant" in found.rules  # "found Jane Doe about 60km from the town"


def _measure(tree: Tree, amount: Amount, found: Found, node: int, noun: int) -> None:
    """Takes the noun, or what moves by a noun of change, for what is measured."""
    case = tree.case_of(node)
    what, lasting = _of_what(tree, noun) if case else noun, amount.kind is Kind.DURATION and not case
    moved = thing_moved(tree, what) if case in {"to", "from"} else None
    what = what if moved is None else moved
    # "two-day strikes over pay", but "a 20-minute demonstration of the game"
    parts = not lasting and moved is None
    found.measure = bare(tree, noun_phrase(tree, what, parts=parts, without=amount.span))
    found.add("noun_of_amount" if case else "amount_noun")


def _is_mark(tree: Tree, start: int, noun: int) -> bool:
    """Whether the noun names what something passes: "passed the 5,000 mark", "below the key $60 level"."""
    the = start - 1
    while the > max(0, start - 4) and tree.tags[the] in {"ADJ", "ADV"}:
        the -= 1
    if the < 0 or tree.lower[the] != "the":
        return False
    before = tree.lower[the - 1] if the else ""
    marked = tree.lower[noun] in word_set("syntax", "marks") and before != "at"
    return marked or (tree.lower[noun] in _THRESHOLDS and before in word_data("qualifiers")["threshold"]["words"])


def _lasts(tree: Tree, amount: Amount, noun: int) -> bool:
    """Whether the noun is so long: "a minimum term of 27 years", "the 2 month breeding period", "twelve-hour days"."""
    if amount.kind is Kind.DURATION and noun >= amount.span[1]:
        if tree.lower[noun] in {"period", "periods"}:
            return any(amount.span[1] <= at for at in tree.below(noun, "compound", "amod"))
        if tree.lower[noun] == "term" or (noun == amount.span[1] and tree.lower[noun] in _WORKED):
            return True  # "a six-year term as judge"
    if tree.lower[noun] == "term":
        kinds = tree.below(noun, "amod", "compound")
        return any(tree.lower[at] in {"minimum", "fixed", "jail", "prison"} for at in kinds)
    response = any(tree.tags[at] == "NOUN" and tree.amount_at[at] < 0 for at in tree.below(noun, "compound"))
    return tree.lower[noun] in {"time", "times"} and response  # "a 1ms response time"


def _of_what(tree: Tree, noun: int) -> int:
    """The first noun of a term such as "a margin of error of three points", where both are bare; else ``noun``."""
    head = tree.heads[noun]
    term = tree.base(noun) == "nmod" and tree.case_of(noun) == "of" and tree.fine[noun] == "NN" and head == noun - 2
    return head if term and is_plain_noun(tree, head) and not tree.below(noun, "det") else noun


def _apposed(tree: Tree, amount: Amount, found: Found, noun: int) -> None:
    """Sets the noun in front as the subject of its apposition: "net debt, now 2.9 times earnings,"."""
    if found.subject is not None or amount.span[0] <= noun < amount.span[1] or is_time(tree, noun):
        return
    if tree.lower[noun].rstrip("stndrh").isdigit() and not tree.lower[noun].isdigit():
        return  # "finished 14th, four points above"
    done = tree.below(tree.heads[noun], "obj") if tree.base(noun) == "obl" else []
    counted = amount.kind in _SHARED and any(is_counted(tree, at) and at < noun for at in done)
    if counted or is_purpose(tree, amount, noun):
        return  # "signed 900,000 homes to its service, a third of its goal"
    if found.of is not None and (tree.tags[found.of[1] - 1] == "PRON" or found.of[0] < amount.span[0]):
        return  # "31 were taken to hospital, eight of them by air", "Of the cases, 70 were in children, 46 in adults"
    if is_counted(tree, noun):
        if tree.amount_at[noun] < 0 and found.measure is None and amount.kind not in UNMEASURED:
            found.measure = bare(tree, noun_phrase(tree, noun, parts=False))  # "four fillets (450g)"
        return
    set_subject(tree, amount, found, noun, "apposition", parts=amount.kind is not Kind.AGE)
    if not (amount.kind is Kind.LENGTH and tree.tags[noun] == "PROPN"):  # "found Jane Doe about 60km from"
        measure_by_subject(tree, amount, found)
