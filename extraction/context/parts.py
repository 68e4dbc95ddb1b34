"""The parts that the rules of context fill in, and what all of them ask about a noun."""

from dataclasses import dataclass

from extraction.claims import SHARES, Kind, TextSpan
from extraction.text.change_words import change_words
from extraction.text.money_signs import MONEY_SIGNS
from extraction.text.nouns import is_person
from extraction.text.words import word_set
from extraction.trees.noun_phrases import bare, is_time, noun_phrase
from extraction.trees.tree import MOST_STEPS, Range, Tree

_GROUPS = frozenset({"context.contrasted", "context.compared", "context.possessed"})
_POSSESSIVES = frozenset({"its", "their", "my", "our", "your"})
_LEVELS = word_set("syntax", "before_levels")
_INNER = MONEY_SIGNS.union({"'", "’", "'s", "’s", '"', "“", "-"})

DESCRIBING = frozenset({"compound", "amod", "nummod"})  # relations of what stands in front of its noun
UNMEASURED = frozenset({Kind.COUNT, Kind.NUMBER, Kind.AGE})  # kinds that measure nothing beside what they count

_THAT = frozenset({"that", "those"})
_DONE = frozenset({Kind.LENGTH, Kind.SPEED, Kind.DURATION, Kind.MASS})  # kinds of what somebody does
_DONE_OR_PAID = _DONE | {Kind.MONEY}
_OWNED = word_set("attribution", "owned")
_OF_AMOUNTS = word_set("syntax", "of_amounts")


# These are not frozen: one of each is made for every claim, and to make a frozen one takes several times as long.
@dataclass(slots=True)
class Context:
    """What a claim is about: whose number, what it measures, the whole it is a part of, and the governing verb."""

    subject: TextSpan | None = None
    measure: TextSpan | None = None
    of: TextSpan | None = None
    predicate: TextSpan | None = None
    rules: tuple[str, ...] = ()


@dataclass(slots=True)
class Found:
    """What the rules found, as token positions in the tree."""

    subject: Range | None = None
    measure: Range | None = None
    of: Range | None = None
    predicate: Range | None = None
    rules: tuple[str, ...] = ()

    def add(self, rule: str) -> None:
        """Notes that a rule applied."""
        name = f"context.{rule}"
        if name not in self.rules:
            self.rules = (*self.rules, name)


@dataclass(slots=True)
class Amount:
    """The amount: its tokens with those of the noun counted, the token that the rest hangs on, its kind.

    ``moves``: whether it is a step or an end of a change, and not what somebody "lost" or "added" of money.
    ``unit`` holds the words of the noun counted where another amount has it: of "86 arrests, of which 31" the arrests.
    """

    span: Range
    top: int
    kind: Kind
    counted: bool
    counts_behind_of: bool
    unit: tuple[str, ...] = ()
    moves: bool = False


def set_subject(tree: Tree, amount: Amount, found: Found, noun: int, rule: str, *, parts: bool = True) -> None:
    """Makes the phrase of ``noun`` the subject by ``rule``, unless there is one; ``parts`` as in ``noun_phrase``."""
    if found.subject is not None or amount.span[0] <= noun < amount.span[1]:
        return
    if tree.tags[noun] == "NUM" and is_time(tree, noun):
        return  # "lost control in 2019 and is run by three parties"
    if tree.lower[noun] in _OWNED and tree.case_of(noun) == "by":
        return  # "which clothed, by its own reckoning, one boy in four"
    if amount.kind is Kind.COUNT and not amount.counted and is_counted(tree, noun):
        return  # "Some 234 members voted for it and 147 against"
    if tree.amount_at[noun] >= 0 and _is_person(tree, noun):  # "The 27-year-old"
        start, end = tree.amounts[tree.amount_at[noun]]
        found.subject = (start - 1 if start and tree.base(start - 1) == "det" else start, end)
        found.add(rule)
        return
    if tree.amount_at[noun] >= 0:  # "A third of those asked were over 35"
        whole = next((child for child in tree.below(noun, "nmod") if _is_whole(tree, noun, child)), None)
        if whole is not None and tree.lower[whole] in {"whom", "which"} and tree.base(tree.heads[noun]) == "acl":
            whole = tree.heads[tree.heads[noun]]  # "the nurses, 400 of whom worked for two months"
        if whole is None or not is_plain_noun(tree, whole) or amount.kind in SHARES:
            return
        noun = whole
    some = tree.lower[noun] in _OF_AMOUNTS and tree.lower[noun - 1] in {"a", "an"}
    if some and tree.lower[noun] != "record":  # "An average of 3 million trips were made, 9% more than"
        of = (child for child in tree.below(noun, "nmod") if tree.case_of(child) == "of" and is_counted(tree, child))
        noun = next((child for child in of if tree.amount_at[child] < 0), noun)
    if tree.lower[noun] in _POSSESSIVES:
        return  # "its lowest in two weeks"
    found.subject = noun_phrase(tree, noun, parts=parts, without=amount.span)
    if tree.fine[noun] == "VBG" and (done := tree.below(noun, "obj")) and noun < done[-1] < amount.span[0]:
        found.subject = (noun, done[-1] + 1)  # "scrapping the line would cost"
    if found.subject is not None:
        found.add(rule)


def _is_whole(tree: Tree, noun: int, child: int) -> bool:
    """Whether the child is the whole of a share: "a third of those asked", or bare "four in ten migrants"."""
    case = tree.case_of(child)
    return case == "of" or (not case and tree.lefts[child] == tree.amounts[tree.amount_at[noun]][1])


def _is_person(tree: Tree, noun: int) -> bool:
    """Whether an amount names somebody by their age: "the 27-year-old"."""
    span = tree.amounts[tree.amount_at[noun]]
    return tree.lower[span[1] - 1] in {"old", "olds"} and tree.base(noun) not in {"amod", "compound"}


def measure_by_subject(tree: Tree, amount: Amount, found: Found) -> bool:
    """The subject without what only places it: of "shares in the company" the measure is "shares"."""
    if found.measure is not None or found.subject is None:
        return False
    if has_whole(tree, found):
        return False
    noun = tree.top(found.subject)
    if amount.kind in UNMEASURED and not is_count_of(tree, amount, noun):
        return False
    if not _GROUPS.isdisjoint(found.rules):  # "29 percent in Sweden" measures nothing of Sweden
        return False
    if tree.amount_at[noun] >= 0:  # "12 lost at least $4,000 each"
        return False
    if tree.fine[found.subject[1] - 1] == "JJS":  # "The lowest bid was $2m; the highest $9m"
        return False
    first, last = found.subject
    if _is_who(tree, amount, noun, first) or tree.lower[last - 1] in word_set("syntax", "counterparts"):
        return False
    found.measure = bare(tree, noun_phrase(tree, noun, parts=False))
    return True


def _is_who(tree: Tree, amount: Amount, noun: int, first: int) -> bool:
    """Whether the subject is who does it, not what is measured: "Pensioners lost $4m", "Reid jumped 8.2 metres".

    But not in "The River Dee rose 2 metres". ``first`` is the first token of the subject, ``noun`` its head.
    """
    if tree.tags[noun] == "PROPN":
        if amount.kind is Kind.PERCENT and tree.lower[amount.span[0] - 1] == "on":
            return True  # "The Greens are on 12 per cent"
        # "Okafor finished with 28 points"
        scored = amount.kind is Kind.INDEX and tree.lower[amount.span[0] - 1] == "with"
        return (scored or amount.kind in _DONE) and tree.lower[first] not in word_set("grammar", "articles")
    return amount.kind in _DONE_OR_PAID and is_person(tree.lower[noun])


def has_whole(tree: Tree, found: Found) -> bool:
    """Whether a whole was found that is named; in "double that of older cells" the measure stands elsewhere.

    As it does in "Output rose to twice that", but not in "48% of those who passed".
    """
    if found.of is None:
        return False
    first, last = found.of
    if tree.lower[first] not in _THAT:
        return True
    if last - first == 1:
        return first > 0 and tree.lower[first - 1 : last] == ["of", "those"]
    return tree.lower[first + 1 : first + 2] != ["of"]


def is_plain_noun(tree: Tree, token: int) -> bool:
    """Whether a token is a noun that is neither an amount nor a time."""
    return tree.is_nominal(token) and tree.amount_at[token] < 0 and not is_time(tree, token)


def is_counted(tree: Tree, noun: int) -> bool:
    """Whether a noun is itself an amount or counted by one."""
    return tree.amount_at[noun] >= 0 or any(tree.amount_at[child] >= 0 for child in tree.below(noun, "nummod"))


def is_one_of(tree: Tree, amount: Amount, noun: int) -> bool:
    """Whether the noun is only one of those counted: "the first of the 119 voters", "every one of the 140 copies"."""
    if not amount.counted or noun >= amount.span[0] or tree.lower[noun + 1] != "of":
        return False
    known = tree.tags[noun + 2 : noun + 3] in (["DET"], ["PRON"])
    return known and (tree.lower[noun] in word_set("syntax", "ordinals", "counterparts") or tree.lower[noun] == "one")


def is_rate(tree: Tree, node: int) -> bool:
    """Whether the noun is what an amount in front is reckoned by: "earnings of $2 a share on revenue of"."""
    return node > 1 and tree.lower[node - 1] in {"a", "an", "per"} and tree.amount_at[node - 2] >= 0


def is_tally(tree: Tree, noun: int) -> bool:
    """Whether a noun says what was counted, not who has it: "The number of farms fell to 40", "Arrests rose to 40"."""
    plural = tree.fine[noun] == "NNS" and not is_counted(tree, noun)
    return plural or tree.lower[noun] in word_set("syntax", "tallies")


def is_count_of(tree: Tree, amount: Amount, noun: int) -> bool:
    """Whether ``noun`` says how many there are; with a noun of its own, as in "The population fell to 900 people".

    But not in "The rate was 58 per cent from 1,904 auctions", "The lead was down to 640 with three boxes left".
    """
    if not amount.counted:
        return is_tally(tree, noun)
    case = tree.case_of(amount.top)
    events = tree.lower[noun] in word_set("cues", "tallied") or tree.lower[noun] in word_set("syntax", "events")
    moves = tree.lower[tree.heads[amount.top]] in change_words().verbs
    if events and moves and case in {"to", "from"} and not is_counted(tree, noun):  # "Deliveries fell to 900 cars"
        return True
    return case in _LEVELS and tree.lower[noun] in word_set("syntax", "tallies")


def is_extreme(tree: Tree, noun: int) -> bool:
    """Whether the noun is a high or low come to: "Exports reached an all-time high of $82bn", "to a low of 19.85"."""
    verb = tree.heads[noun]
    if tree.lower[noun] not in word_set("syntax", "extremes") or tree.base(noun) not in {"obj", "obl"}:
        return False
    comes = tree.lower[verb] in word_set("grammar", "amounts") or tree.lower[verb] in change_words().verbs
    known = any(tree.lower[child] == "the" for child in tree.below(noun, "det"))
    return comes and not known and tree.case_of(noun) in {"", "to", "from"}


def stands_for_amount(tree: Tree, node: int, head: int) -> bool:
    """Whether the noun stands for its amount: "a record 745,000", "a total of 40"; no "old record of 3.1 metres"."""
    if tree.lower[head] != "record" or tree.case_of(node) != "of":
        return tree.lower[head] in _OF_AMOUNTS and tree.tags[head] != "VERB"
    owned = any(tree.lower[child] == "the" for child in tree.below(head, "det")) or tree.lower[head - 1] in _POSSESSIVES
    return not owned and tree.tags[head] != "VERB"


def is_placed(tree: Tree, verb: int) -> bool:
    """Whether "where" or "when" opens a clause with a subject of its own: "a road where the limit is 90"."""
    where = any(tree.lower[child] in {"where", "when"} for child in tree.below(verb, "advmod"))
    return where and bool(tree.below(verb, "nsubj"))


def is_purpose(tree: Tree, amount: Amount, noun: int) -> bool:
    """Whether the noun is that of an aim behind an amount: "waited an hour to see a doctor, twice the limit"."""
    verb = tree.heads[noun]
    aim = tree.base(noun) in {"obj", "obl"} and tree.base(verb) in {"advcl", "acl", "xcomp"} and tree.fine[verb] == "VB"
    aim = aim and amount.kind in {Kind.MULTIPLE, Kind.FRACTION}
    return aim and any(tree.amount_at[at] >= 0 for at in range(max(tree.heads[verb], verb - MOST_STEPS), verb))


def spans_levels(tree: Tree, noun: int) -> bool:
    """Whether the noun is a range that something comes to lie in: "cut its forecast to a range of 4% to 5%"."""
    range_ = tree.lower[noun] == "range" and tree.lower[noun + 1 : noun + 2] == ["of"]
    return range_ and tree.case_of(noun) in {"to", "from"}


_NEAR = 3  # tokens from a name to the phrase that describes it


def is_far_from_name(tree: Tree, noun: int, node: int) -> bool:
    """Whether the name stands too far in front to have it: "The ship left Oban at noon with 40 passengers"."""
    return tree.tags[noun] == "PROPN" and tree.lefts[node] > noun + _NEAR


def _above(tree: Tree, token: int) -> tuple[int, int]:
    return tree.heads[token], tree.heads[tree.heads[token]]


def noun_behind(tree: Tree, at: int) -> int | None:
    """The head of the noun phrase that starts at ``at``."""
    for head in range(at, min(at + 8, len(tree.words))):
        if tree.relations[head] == "amount":  # "a third of their $2bn costs"
            continue
        if any(tree.relations[owner] == "nmod:poss" and at <= owner < head for owner in _above(tree, head)):
            continue  # "twice the Bank of England's target"
        if tree.base(head) in {"punct", "case"} and tree.lower[head] not in _INNER:
            if tree.words[head + 1 : head + 2] == ["-"]:
                continue  # "in-person voting"
            return None
        if (
            tree.relations[head] == "nmod:poss"
            and tree.lower[head + 1 : head + 2] == ["of"]
            and tree.heads[head] > head
        ):
            return tree.heads[head]  # "the Bank of England's target"
        if tree.tags[head] == "ADJ" and tree.base(head) != "amod" and tree.below(head, "det"):
            return head  # "15 of the dead"
        if tree.fine[head] == "VBG" and tree.below(head, "mark"):  # "accused three traders of pocketing $4m"
            return None
        first = head
        while tree.base(first) in {"conj", "flat"} and tree.heads[first] < first:  # "sheep and beef farms"
            first = tree.heads[first]
        modifies = tree.relations[first] in {"amod", "compound", "nummod", "amount", "nmod:poss", "nmod:desc"}
        if tree.is_nominal(head) and not (modifies and head < tree.heads[first] <= head + 8):
            return head
    return None


def in_compound(tree: Tree, amount: Amount, part: int, last: int) -> bool:
    """Whether the noun behind a fraction is so large, and no whole: "a two-thirds majority", "at half price"."""
    joined = part == last and tree.heads[amount.top] == part and tree.base(amount.top) in DESCRIBING
    return joined and amount.kind is Kind.FRACTION and tree.fine[part] == "NN"
