"""The whole that an amount is a part of, or the matter that it is an amount of: what stands behind "of"."""

from bisect import bisect_left

from extraction.claims import SHARES, Kind
from extraction.context.antecedents import antecedent, has_part_behind, in_front, of_that, same_unit
from extraction.context.behind_amounts import behind
from extraction.context.lists import list_around
from extraction.context.parts import Amount, Found, in_compound, noun_behind
from extraction.context.standards import free_relative, measured_against
from extraction.text.change_words import change_words
from extraction.text.nouns import is_person
from extraction.text.words import word_set
from extraction.trees.noun_phrases import bare, is_time, noun_phrase
from extraction.trees.tree import Range, Tree

_SPENT = 6  # tokens between a verb of spending and its amount: "spend an average of about"
_PART_KINDS = frozenset({Kind.PERCENT, Kind.FRACTION, Kind.COUNT, Kind.DURATION, Kind.NUMBER, Kind.MULTIPLE})
_APART = word_set("cues", "apart_in_number")
_EACH_OTHER = (["of", "each", "other"], ["of", "one", "another"])


def whole(tree: Tree, amount: Amount, found: Found) -> None:
    """Sets X as the whole of "80 per cent of X", "four times the X"; of "54GB of data" data is the measure."""
    named = tree.lower[amount.span[1] : amount.span[1] + 1] == ["of"]  # "Of those, 31 were hurt, six of them badly"
    fronted = None if named else in_front(tree, amount)
    if fronted is not None:
        found.of = fronted
        found.add("part_of")
        return
    last = behind(tree, amount)
    if tree.lower[last : last + 3] in _EACH_OTHER:
        return
    that = of_that(tree, amount, last)
    if that is not None:
        found.of = that
        found.add("part_of")
        return
    part = _part_behind(tree, amount, found, last)
    if part is None:
        _of_list(tree, amount, found)
        _the_rest(tree, amount, found)
        return
    if in_compound(tree, amount, part, last):
        found.measure = (part, part + 1)
        found.add("amount_noun")
        return
    if amount.kind is Kind.FRACTION and tree.lower[last] in _APART:  # "burns a fifth less fuel"
        found.measure = bare(tree, (last + 1, part + 1)) if part > last else None
        found.add("amount_of")
        return
    phrase = _phrase_of_part(tree, amount, part, last)
    if phrase is None:
        return
    counted = tree.amount_at[part] >= 0 and tree.lower[last] == "of"  # "$60m of the $85m raised"
    # "borrowed €6bn in two years, €4bn of which"
    counted = counted or (phrase[1] <= amount.span[0] and tree.amount_at[phrase[0]] >= 0)
    if _multiplies(tree, amount, part):
        found.measure = (max(phrase[0], amount.span[1]), phrase[1])
        found.add("multiplied")
    elif amount.kind in _PART_KINDS or counted or _is_named_sum(tree, amount, last):
        found.of = _with_number(tree, amount, part, last, phrase)
        found.add("part_of")
    else:
        found.measure = bare(tree, _of_matter(tree, amount, phrase))
        found.add("amount_of")


def _multiplies(tree: Tree, amount: Amount, part: int) -> bool:
    """Whether what stands behind is multiplied, and no whole: "to double capacity", "a threefold increase"."""
    if amount.kind is not Kind.MULTIPLE:
        return False
    word, first = tree.lower[amount.span[0]], amount.span[0] - 1
    while first > 0 and tree.tags[first] == "ADV":
        first -= 1
    does = word.endswith(("d", "s", "ing")) and tree.base(part) == "obj" and tree.heads[part] == amount.top
    asked = first >= 0 and (tree.lower[first] == "to" or tree.fine[first] == "MD")  # "to nearly double output"
    does = does or (asked and word in word_set("cues", "base_multiples"))
    folds = tree.lower[amount.span[1] - 1].endswith("fold") and tree.heads[amount.top] == part
    return does or folds


def _part_behind(tree: Tree, amount: Amount, found: Found, last: int) -> int | None:
    """The noun that the amount, which ends at ``last``, is a part or an amount of; None also where ``of`` is filled."""
    links = tree.lower[last : last + 2]
    if amount.kind in _REACHES and tree.lower[amount.span[0] - 1 : amount.span[0]] == ["within"]:
        return None  # "within nine minutes of the call"
    if last + 1 < len(tree.words) and links[0] == "of" and not amount.counts_behind_of:
        own = tree.heads[last + 1] == amount.top and tree.base(last + 1) == "nmod"  # "Half of under-30s thought"
        part = last + 1 if own else noun_behind(tree, last + 1)
        if part is not None and tree.lower[tree.heads[part]] in word_set("syntax", "deprives"):
            return None  # "defrauded 28 clients of $4.6 million"
        if part is not None and amount.counted and _belongs_to_verb(tree, amount, part):
            return None
        if part is not None and amount.kind is Kind.COUNT and is_time(tree, part) and tree.amount_at[part] >= 0:
            return None  # "four spacewalks of about six hours each"
        if part is not None and (_is_then(tree, amount, part) or has_part_behind(tree, last + 1)):
            return None
        return part
    if amount.kind is Kind.MULTIPLE and links[:1] in (["over"], ["above"]):
        limit = noun_behind(tree, last + 1)  # "three times over the limit"
        return limit if limit is not None and tree.lower[limit] in word_set("cues", "limits_passed") else None
    if links == ["worth", "of"]:
        return noun_behind(tree, last + 2)
    if links[:1] == ["in"] and amount.kind is Kind.MONEY:
        # "$1 billion in damages", but neither "in the third quarter" nor "in collaboration with"
        part = noun_behind(tree, last + 1)
        return part if part is not None and _is_matter(tree, part, tree.case_of(amount.top)) else None
    if amount.kind is Kind.FRACTION and _is_one_in(tree, amount):
        link = tree.lower.index("in", amount.span[0])
        if link > amount.span[0] + 1 and tree.words[link - 1].isalpha():
            found.of = (amount.span[0] + 1, link)  # "one woman in eight", "one small business in five"
            found.add("part_of")
            return None
    halved = tree.lower[last - 1] == "half" and links[:1] == ["that"]  # "It was half that."
    if (amount.kind is Kind.MULTIPLE or halved) and measured_against(tree, last, found):
        return None
    if amount.kind in _COMPARED and not _is_rest(tree, amount):
        return last if links[:1] == ["what"] else _standard(tree, amount)
    return None


def _of_list(tree: Tree, amount: Amount, found: Found) -> None:
    """Sets the whole behind the last share of a list: "Two customers accounted for 14% and 11% of sales"."""
    joint = tree.tags[amount.span[1]] if amount.span[1] < len(tree.words) else ""
    if found.of is not None or amount.kind is not Kind.PERCENT or joint not in {"CCONJ", "PUNCT"}:
        return
    amounts, _ = list_around(tree, amount.span)
    last = amounts[-1]
    if last == amount.span or tree.lower[last[1] : last[1] + 1] != ["of"] or not same_unit(tree, amount.span, last):
        return
    if tree.base(tree.top(last)) == "nsubj" or (joint == "PUNCT" and len(amounts) == _PAIR):
        return  # "rose 4%, and 5% of stores closed"
    if tree.lower[tree.heads[amount.top]] in change_words().verbs:
        return  # "fell 3% and 5% of staff left"
    part = noun_behind(tree, last[1] + 1)
    if part is not None and tree.amount_at[part] < 0:
        found.of = noun_phrase(tree, part, parts=False)
        found.add("part_of")


_PAIR = 2


def _the_rest(tree: Tree, amount: Amount, found: Found) -> None:
    """Sets the whole of both: "60 per cent of the wool goes to China and the other 40 per cent to India"."""
    if amount.kind not in SHARES or not _is_rest(tree, amount):
        return
    at = bisect_left(tree.amounts, (amount.span[0], 0)) - 1
    if at < 0:
        return
    first, last = tree.amounts[at]
    if amount.kind is Kind.FRACTION:
        alike = tree.lower[last - 1].removesuffix("s") == tree.lower[amount.span[1] - 1]
    else:
        bare = all(tree.tags[token] == "NUM" for token in range(*amount.span))
        alike = bare or same_unit(tree, (first, last), amount.span)
    if tree.lower[last : last + 1] != ["of"] or not alike:
        return
    part = noun_behind(tree, last + 1)
    if part is not None and part < amount.span[0] and tree.amount_at[part] < 0:
        found.of = noun_phrase(tree, part, parts=False)
        found.add("the_rest")


def _is_rest(tree: Tree, amount: Amount) -> bool:
    return tree.lower[max(0, amount.span[0] - 2) : amount.span[0]] in (["the", "other"], ["the", "remaining"])


_COMPARED = frozenset({Kind.FRACTION, Kind.MULTIPLE})
_REACHES = frozenset({Kind.DURATION, Kind.LENGTH})


def _is_then(tree: Tree, amount: Amount, part: int) -> bool:
    """Whether "of" stands in front of a time: "the €180 of two years ago", "the $140 of the previous winter"."""
    first = amount.span[0]
    described = first > 1 and tree.tags[first - 1] in {"ADJ", "NOUN"}  # "the record 40 points of last season"
    the = first - 1 - described
    if amount.kind in _OF_TIMES or tree.lower[max(0, the) : the + 1] != ["the"]:
        return False
    if tree.amount_at[part] >= 0:
        return is_time(tree, part) and not word_set("syntax", "later").isdisjoint(tree.lower[part + 1 : part + 2])
    return is_time(tree, part) and (
        tree.lower[part - 1] == "of" or tree.lower[part - 1] in word_set("times", "sessions")
    )


_OF_TIMES = frozenset({Kind.DURATION, Kind.FRACTION, Kind.MULTIPLE})


def _belongs_to_verb(tree: Tree, amount: Amount, part: int) -> bool:
    """Whether "of" belongs to the verb: "acquitted three men of murder", "warned 400 residents of flooding"."""
    persons, verb = amount.top, tree.lower[tree.heads[amount.top]]
    if tree.base(persons) not in {"obj", "iobj"} or tree.lower[persons] in word_set("syntax", "people_of"):
        return False
    if verb in word_set("syntax", "clears_of"):
        takes = is_person(tree.lower[persons])
    else:
        takes = verb in word_set("syntax", "tells_of", "deprives")
    placed = tree.tags[part] == "PROPN" or tree.lower[part] in word_set("cues", "settlements")
    further = tree.lower[tree.rights[part] + 1 : tree.rights[part] + 2]  # "warned 40 residents of the valley about it"
    return takes and not placed and further not in (["of"], ["about"])


def _phrase_of_part(tree: Tree, amount: Amount, part: int, last: int) -> Range | None:
    of = tree.lower[last] == "of"
    if of and tree.lower[last + 1] in word_set("syntax", "whole_pronouns") and tree.tags[last + 1] != "PROPN":
        comma = amount.span[0] - 1
        while comma > 0 and tree.tags[comma] in {"ADV", "ADP"}:
            comma -= 1
        return antecedent(tree, amount, comma, last + 1) or (last + 1, last + 2)  # "11 of them children"
    before = tree.lower[max(0, amount.span[0] - _SPENT) : amount.span[0]]
    spent = not word_set("syntax", "spends").isdisjoint(before)
    phrase = noun_phrase(tree, part, parts=of and not amount.counted and not spent)
    free = phrase is not None and tree.lower[phrase[0]] == "what"
    return free_relative(tree, phrase) if phrase is not None and free else phrase


def _with_number(tree: Tree, amount: Amount, part: int, last: int, phrase: Range) -> Range:
    """The phrase with its own number and what stands in front: "a tenth of the $1.1 million", "24 of his 31 points"."""
    number = tree.amount_at[part]
    end = tree.amounts[number][1] if number >= 0 else phrase[1]
    start = phrase[0]
    if number >= 0 and tree.lower[last] == "of":
        between = {*tree.tags[last + 1 : tree.amounts[number][0]]}
        owned = tree.lower[tree.amounts[number][0] - 1] in ("'s", "’s", "'", "’")  # "of the park's 2,400 hectares"
        start = last + 1 if owned or between <= {"DET", "PRON", "ADJ"} else start
    if amount.kind is Kind.MULTIPLE and tree.tags[last] in {"DET", "PRON"} and last < start:
        start = last  # "three times the bank's 2% target"
    antecedent = phrase[1] <= amount.span[0]
    return phrase if antecedent else (max(start, last), max(end, phrase[1]))


def _of_matter(tree: Tree, amount: Amount, phrase: Range) -> Range:
    """The phrase up to "per" or the rest of a list: "water per nut", "a screen, 32 GB of storage and speakers"."""
    start, end = phrase
    for at in range(start + 1, end):
        listed = tree.lower[at] == "and" and tree.base(amount.top) == "conj" and tree.words[amount.span[0] - 1] == ","
        if tree.lower[at] == "per" or listed:
            return (start, at)
    return phrase


def _is_matter(tree: Tree, noun: int, case: str) -> bool:
    matter = tree.fine[noun] == "NNS" or tree.lower[noun] in word_set("syntax", "money_matter")
    if case == "for" and tree.lower[noun] in word_set("syntax", "paid_in"):  # "sold the road for $8m in cash"
        return False
    matter = matter and tree.lower[noun] not in word_set("syntax", "no_measures")  # "in real terms"
    return matter and not is_time(tree, noun) and not tree.below(noun, "det")


def _is_named_sum(tree: Tree, amount: Amount, last: int) -> bool:
    """Whether the money is a part of one sum, not of some matter: "£85,000 of the money", "$4,000 of her grant"."""
    if amount.kind is not Kind.MONEY or tree.lower[last : last + 1] != ["of"]:
        return False
    noun = noun_behind(tree, last + 1)
    sums = [tree.amounts[tree.amount_at[at]] for at in range(last + 1, noun or 0) if tree.amount_at[at] >= 0]
    if tree.tags[last + 1] in {"DET", "PRON"} and sums and same_unit(tree, sums[0], amount.span):
        return True  # "won $3m of the $4m prize pool"
    return (
        noun is not None
        and noun > last + 1
        and tree.lower[noun] in word_set("syntax", "sums")
        and (tree.lower[last + 1] in {"the", "that", "this"} or tree.relations[last + 1] == "nmod:poss")
    )


def _is_one_in(tree: Tree, amount: Amount) -> bool:
    return "in" in tree.lower[slice(*amount.span)]


def _has_verb_behind(tree: Tree, at: int) -> bool:
    """Whether another verb stands behind; else what looks like a noun is one: "one in five plans to move"."""
    return any(tree.fine[token] in {"VBZ", "VBP", "VBD", "MD"} for token in range(at, len(tree.words)))


def _is_object(tree: Tree, amount: Amount) -> bool:
    """Whether the verb stands in front of the share, so none behind it: "account for two in five visitors"."""
    at = amount.span[0] - 1
    while at > 0 and (tree.tags[at] in {"ADV", "ADJ"} or tree.lower[at] == "than"):
        at -= 1
    acts = tree.tags[at] == "VERB" and tree.lower[at] not in word_set("attribution", "say")
    return at > 0 and (tree.tags[at] == "ADP" or acts)


def _standard(tree: Tree, amount: Amount) -> int | None:
    """The noun behind "half" and "three times": "half the budget", "twice the number of voters"."""
    last = amount.span[1]
    if last >= len(tree.words):
        return None
    if _is_one_in(tree, amount) and not _has_verb_behind(tree, last + 1) and not _is_object(tree, amount):
        return None
    opens = tree.tags[last] == "DET" or tree.lower[last] in word_set("grammar", "articles")
    noun = noun_behind(tree, last) or last
    if is_time(tree, noun) or tree.lower[noun + 1 : noun + 2] in (["ago"], ["earlier"]):
        return None  # "Profits doubled last year", "up from a quarter a generation ago"
    plain = tree.tags[last] in {"NOUN", "PROPN", "ADJ"} and tree.base(last) not in {"advmod", "xcomp"}
    return noun_behind(tree, last) if opens or plain else None
