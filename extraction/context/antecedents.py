"""The whole that stands in front of its part: what "of which" and "of that" stand for, "Of the 300 jobs, half"."""

from bisect import bisect_left
from dataclasses import replace

from extraction.claims import SHARES, Kind
from extraction.context.openings import LONGEST_OPENING, comma_of_opening, ends_whole, opening_of
from extraction.context.parts import Amount, is_counted, is_plain_noun, noun_behind
from extraction.text.nouns import is_person
from extraction.text.shades import SHADES
from extraction.text.words import word_set
from extraction.trees.noun_phrases import is_time, noun_phrase
from extraction.trees.tree import Range, Tree

_PARTS = frozenset({Kind.PERCENT, Kind.FRACTION, Kind.COUNT, Kind.NUMBER})
_JOINTS = frozenset({"and", "while", "but", "against"})
_FURTHEST_POLL = 26  # tokens from "of" to the verb: "of 1,200 adults, with a margin of error of 3 points, found"
_BEFORE_TIMES = word_set("syntax", "before_rated_times")
_GOES_ON = frozenset({"and", "while", "but", "with", ";"})
_LONGEST_TIME = 5  # tokens: "over the next five years"
_LONGEST_NUMBER = 16  # digits
_MOST_AMOUNTS = 6  # looked at in front of a pronoun
_NO_UNITS = frozenset({"NUM", "PUNCT", "DET", "ADP", "CCONJ"})
_SHADES = SHADES | {"an", "a", "estimated", "as", "many", "most", "roughly"}


def in_front(tree: Tree, amount: Amount) -> Range | None:
    """The whole that the text names before the amount, in any of the four ways; None where it names none."""
    at = _before_comma(tree, amount.span)  # from where all four ways look
    return (
        _of_which(tree, amount, at)
        or _fronted(tree, amount, at)
        or _polled(tree, amount, at)
        or (_found_by(tree, amount.span) or _told_before(tree, amount, at) if amount.kind in SHARES else None)
    )


def same_unit(tree: Tree, one: Range, other: Range) -> bool:
    """Whether two amounts are written in the same currency or unit: "$3.4 billion" and "$210 million"."""
    return not _unit_words(tree, one).isdisjoint(_unit_words(tree, other))


def _unit_words(tree: Tree, span: Range) -> set[str]:
    return {tree.lower[at] for at in range(*span) if tree.tags[at] not in _NO_UNITS}


def _before_comma(tree: Tree, span: Range) -> int:
    """The token in front of the amount and its bounds: the comma of "Of the 300 jobs, more than half"."""
    at = span[0] - 1
    while at > 0 and (tree.tags[at] == "ADV" or tree.lower[at] in _SHADES):
        at -= 1
    return at


def _of_which(tree: Tree, amount: Amount, before: int) -> Range | None:
    """The whole that "which" stands for: "a fund of $2 billion, of which half"; "which" itself where none is in front.

    So in "$4m was moved, of which the court has recovered a third"; None where "of which" stands nowhere.
    """
    at = before if tree.lower[before] in _PRONOUNS else _pronoun_of_clause(tree, amount)
    if at < 2 or tree.lower[at] not in _PRONOUNS or tree.lower[at - 1] != "of":
        return None
    comma = at - 2 if tree.words[at - 2] == "," else at - 1
    if comma == at - 1 and at != before:
        return None  # "nine operas, the last of which ran for 300 nights"
    whole = antecedent(tree, amount, comma, at)
    return (at, at + 1) if whole is None and amount.kind in _PARTS else whole


def has_part_behind(tree: Tree, which: int) -> bool:
    """Whether the clause behind the amount opens with a part of it: "16 stations of which at least five"."""
    if tree.lower[which] not in _PRONOUNS:
        return False
    behind = next((at for at in range(which + 1, len(tree.words)) if tree.tags[at] != "ADV"), which)
    return tree.amount_at[behind] >= 0


_PRONOUNS = frozenset({"which", "whom"})
_LONGEST_CLAUSE = 12


def _pronoun_of_clause(tree: Tree, amount: Amount) -> int:
    """The "which" that depends on the verb of the amount; -1 when there is none."""
    own = tree.amount_at[amount.top]
    start = amount.span[0] if own < 0 else tree.amounts[own][0]
    first = max(1, start - _LONGEST_CLAUSE)
    if _PRONOUNS.isdisjoint(tree.lower[first:start]):
        return -1
    verb, above = tree.heads[amount.top], tree.heads[tree.heads[amount.top]]
    if any(tree.relations[child] == "expl" for child in tree.children[verb]):
        return -1  # "attacks, of which there were 72": as many as there are
    for at in range(start - 1, first, -1):
        if tree.amount_at[at] >= 0:
            break
        if tree.lower[at] in _PRONOUNS and tree.heads[at] in {verb, above}:
            return at
    return -1


def _fronted(tree: Tree, amount: Amount, at: int) -> Range | None:
    """The whole in front: "Of the 300 jobs, half would go", "Of those asked, half", "Of the 90 who came, half".

    What has a unit is a part of what has the same: "Of the $200m budget, $60m goes to roads".
    """
    if tree.lower[at] == "or" and at > 1 and tree.amount_at[at - 2] >= 0:  # "Of it, $31m has come, or a third"
        if amount.kind not in SHARES:
            return None
        before = tree.amounts[tree.amount_at[at - 2]]
        amount = replace(amount, span=before, top=tree.top(before))
        at = _before_comma(tree, before)
    if tree.words[at] != ",":
        at = comma_of_opening(tree, amount, at)
    first = opening_of(tree, at)
    if first is None:
        return None
    if tree.tags[first] not in {"DET", "PRON"}:
        first = next((at for at in range(first, first + 3) if tree.amount_at[at] >= 0), first)
        if tree.amount_at[first] < 0:
            return None  # "Of course, 12 people"
    if amount.kind not in _PARTS and not any(
        first < span[1] <= at and same_unit(tree, span, amount.span) for span in _amounts_before(tree, at)
    ):
        return None
    if tree.lower[first] == "those" and tree.fine[first + 1] == "VBN" and at == first + 2:
        return (first, at)
    end = next((token for token in range(first, at) if ends_whole(tree, token, first)), at)
    known = end == first + 1 and tree.lower[first] in {"those", "these", "them"}  # "Of those, 31 were unhurt"
    whole = (end > first + 1 or known) and tree.tags[end] != "CCONJ" and "PUNCT" not in tree.tags[first:end]
    return (first, end) if whole else None


def _polled(tree: Tree, amount: Amount, at: int) -> Range | None:
    """Those asked in a survey, whose share it is: "In a survey of 2,000 adults, 61 per cent said"; else None."""
    if tree.lower[0] != "in" or amount.kind not in _PARTS or not 4 < at <= LONGEST_OPENING or tree.words[at] != ",":
        return None
    for of in range(2, at - 1):
        if tree.lower[of] == "of" and tree.lower[of - 1] in word_set("syntax", "samples"):
            counted = tree.amount_at[of + 1] >= 0 and tree.tags[at - 1] == "NOUN"
            return (of + 1, at) if counted and "PUNCT" not in tree.tags[of:at] else None
    return None


def _found_by(tree: Tree, span: Range, steps: int = _MOST_AMOUNTS) -> Range | None:
    """Those asked, of whom a poll finds the share: "A poll of 1,200 adults found 44 per cent named housing".

    The shares behind it are of the same: "and 12 per cent had left", "against 21 per cent for jobs"; else None.
    """
    at, end = _before_comma(tree, span), span[1]
    if at < 1 or end >= len(tree.words) or not steps or tree.lower[end] in word_set("syntax", "moved"):
        return None
    does = tree.tags[end] in {"VERB", "AUX", "ADV"}
    if tree.lower[at] in _JOINTS:
        before = bisect_left(tree.amounts, (span[0], 0)) - 1
        alike = before >= 0 and same_unit(tree, tree.amounts[before], span)
        contrasted = tree.lower[at] == "against" and tree.lower[end] in {"for", "who"}
        return _found_by(tree, tree.amounts[before], steps - 1) if alike and (does or contrasted) else None
    found = at - 1 if tree.lower[at] == "that" else at
    if not does or tree.lower[found] not in word_set("syntax", "poll_verbs"):
        return None
    for of in range(found - 2, max(0, found - _FURTHEST_POLL), -1):
        asked = tree.lower[of] == "of" and tree.lower[of - 1] in word_set("syntax", "samples")
        if asked and tree.amount_at[of + 1] >= 0:
            return _those_asked(tree, tree.amounts[tree.amount_at[of + 1]][1], found)
    return None


def _told_before(tree: Tree, amount: Amount, at: int) -> Range | None:
    """What the clause in front counts, as the whole of a share: "has 800 pupils, and 60 per cent are girls".

    So in "Orders hit $4bn, with a third coming from abroad"; None where the share is no subject of its clause.
    """
    end = amount.span[1]
    if tree.lower[at] not in _GOES_ON or end >= len(tree.words) or tree.tags[end] not in {"VERB", "AUX"}:
        return None
    verb = tree.heads[amount.top]
    verb = tree.heads[verb] if verb > at else verb
    within = tree.lower[at] == "with"
    if verb >= at or (within and (tree.words[at - 1] != "," or tree.fine[end] not in {"VBG", "VBN"})):
        return None
    nouns = [*tree.below(verb, "obj"), *tree.below(verb, "nsubj")]
    nouns = [noun for noun in nouns if noun < at and is_plain_noun(tree, noun)]
    whole = next((noun for noun in nouns if is_counted(tree, noun)), None)
    if whole is None and within and nouns and tree.fine[nouns[-1]] == "NNS":
        told = _amounts_before(tree, at)[:1]
        whole = nouns[-1] if told and verb < told[0][1] and not same_unit(tree, told[0], amount.span) else None
    one = tree.fine[end] == "VBZ" or tree.lower[end] == "was"  # "has 900 workers, and 12 per cent was cut from pay"
    if whole is None or (one and tree.fine[whole] == "NNS" and not within):
        return None
    return noun_phrase(tree, whole, parts=False)


def _those_asked(tree: Tree, noun: int, end: int) -> Range | None:
    while noun + 1 < end and tree.tags[noun] != "NOUN" and tree.tags[noun + 1] in {"NOUN", "ADJ", "PROPN"}:
        noun += 1  # "1,200 likely voters"
    return noun_phrase(tree, noun, parts=False) if noun < end and tree.tags[noun] == "NOUN" else None


def antecedent(tree: Tree, amount: Amount, comma: int, pronoun: int) -> Range | None:
    """The phrase in front of the comma that "which" stands for: "1,870 submissions, 1,520 of which"; or None.

    Without a comma ``comma`` is where "of which" stands.
    """
    bare = comma == pronoun - 1 and tree.lower[comma] == "of"
    if tree.lower[pronoun] not in _PRONOUNS or comma < 1 or (tree.words[comma] != "," and not bare):
        return None
    comma = _before_parentheses(tree, comma)
    alike = _counted_alike(tree, amount, comma) or _measured_alike(tree, amount, comma)
    if alike is not None:
        return alike
    comma = _before_time(tree, comma)
    number = tree.amount_at[comma - 1]
    if number >= 0:
        return tree.amounts[number]
    noun = comma - 1
    if tree.lower[pronoun] == "whom" and is_counted(tree, noun) and not is_person(tree.lower[noun]):
        persons = _persons(tree, comma)
        noun = noun if persons is None else persons  # "32 people in three villages, a third of whom"
    if tree.lower[pronoun] == "whom" and not is_counted(tree, noun):
        while tree.base(noun) == "nmod" and tree.heads[noun] < noun:
            noun = tree.heads[noun]
        if not is_person(tree.lower[noun]):
            return None
    plain = tree.tags[noun] in {"NOUN", "PROPN"}
    return noun_phrase(tree, noun, parts=False) if plain else None


def _amounts_before(tree: Tree, before: int) -> list[Range]:
    """The last few amounts that end before the token ``before``, the nearest first."""
    last = bisect_left(tree.amounts, (before, 0))
    return tree.amounts[max(0, last - _MOST_AMOUNTS) : last][::-1]


def _counted_alike(tree: Tree, amount: Amount, before: int) -> Range | None:
    """The whole with the noun its part leaves out: "made 86 arrests across the city, of which 31 were"; or None."""
    unit = amount.unit
    for first, last in _amounts_before(tree, before) if unit else ():
        end = last + len(unit)
        if end <= before and tuple(tree.lower[last:end]) == unit:
            return noun_phrase(tree, end - 1, parts=False)
        alone = last == before or tree.tags[last : last + 1] == ["ADP"]
        if alone and not _unit_words(tree, (first, last)):
            break  # "900 workers, including 200 in Spain, of whom 50"; "had 19 votes, now has 260, of which 40"
    return None


def _measured_alike(tree: Tree, amount: Amount, before: int) -> Range | None:
    """The whole that has the unit of its part: "will spend £64m to fix its roads, of which £12m"; None without one."""
    if amount.kind in _PARTS:
        return None
    span = next((span for span in _amounts_before(tree, before) if same_unit(tree, span, amount.span)), None)
    if span is None or tree.lower[span[1] : span[1] + 1] != ["of"]:
        return span
    matter = noun_behind(tree, span[1] + 1)  # "300 tonnes of grain"
    phrase = None if matter is None or matter >= before else noun_phrase(tree, matter, parts=False)
    return span if phrase is None else (span[0], phrase[1])


def _before_time(tree: Tree, comma: int) -> int:
    """Where the time in front of a comma begins: "$1.2bn a year, half", "$40bn over five years, a third"."""
    if not is_time(tree, comma - 1):
        return comma
    if comma > 2 and tree.lower[comma - 2] in _BEFORE_TIMES:
        return comma - 2  # "9 tonnes in May, of which"
    opens = range(comma - 2, max(1, comma - 1 - _LONGEST_TIME), -1)
    case = next((at for at in opens if tree.lower[at] in word_set("syntax", "time_prepositions")), None)
    return comma if case is None or "PUNCT" in tree.tags[case:comma] else case


def _before_parentheses(tree: Tree, comma: int) -> int:
    """Where the parentheses in front of a comma open: "62 jets (worth $7bn), of which"; the comma without them."""
    opens = range(comma - 2, max(1, comma - LONGEST_OPENING), -1) if tree.words[comma - 1] == ")" else ()
    return next((at for at in opens if tree.words[at] == "("), comma)


def _persons(tree: Tree, before: int) -> int | None:
    """The nearest noun that is counted and names persons."""
    counted = (last for _, last in _amounts_before(tree, before) if last < before and is_person(tree.lower[last]))
    return next(counted, None)


def of_that(tree: Tree, amount: Amount, last: int) -> Range | None:
    """The sum in front of "of that": "costs $18m a year, with $7m of that"; ``last`` is where the text goes on."""
    if tree.lower[last : last + 2] != ["of", "that"] or amount.kind is Kind.MULTIPLE:
        return None
    if tree.tags[last + 2 : last + 3] in (["NOUN"], ["PROPN"], ["ADJ"]):  # "$7m of that money"
        return None
    before = [span for span in _amounts_before(tree, amount.span[0]) if span[1] <= amount.span[0]]
    if amount.kind is Kind.PERCENT and tree.words[amount.span[1] - 1].isdecimal():  # "to 36.2%, and 70 of that"
        own = _leading_number(tree, amount.span)
        before = [span for span in before if _leading_number(tree, span) > own]
    if amount.kind in SHARES:
        return next((span for span in before[:1] if not is_time(tree, span[1] - 1)), None)
    return next((span for span in before if same_unit(tree, span, amount.span)), None)


def _leading_number(tree: Tree, span: Range) -> int:
    """The whole number that an amount in digits begins with: 36 of "36.2%"; 0 of one in words."""
    numbers = (tree.words[at].replace(",", "").partition(".")[0] for at in range(*span))
    return next((int(number) for number in numbers if number.isdecimal() and len(number) < _LONGEST_NUMBER), 0)
