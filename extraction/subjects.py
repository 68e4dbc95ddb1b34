"""Finds what a number measures and whose it is, by rules over the dependency tree of its sentence.

From the amount the rules climb: through the nouns that it describes ("a $300 million plant", "a fine of $3m", "80 per
cent of the value") to the verb that governs it, and from there to that verb's subject. Each rule that applied leaves
its name.
"""

from dataclasses import dataclass

from extraction.changes import change_words
from extraction.claims import Kind, TextSpan
from extraction.trees import Range, Tree, bare, is_time, noun_phrase
from extraction.words import word_set

_MOST_STEPS = 12
_REACH = 20
_PART_KINDS = frozenset({Kind.PERCENT, Kind.FRACTION, Kind.COUNT, Kind.DURATION, Kind.NUMBER, Kind.MULTIPLE})
_UNMEASURED = frozenset({Kind.COUNT, Kind.NUMBER, Kind.AGE})
_ATTRIBUTES = frozenset({"nummod", "compound", "amod", "det", "flat", "nmod", "obl", "dep", "acl", "advmod", "orphan"})
_BESIDE = frozenset({"appos", "parataxis", "list"})
_CLAUSES = frozenset({"xcomp", "conj", "advcl", "aux", "dep", "parataxis", "ccomp"})
_INNER = frozenset({"$", "£", "€", "¥", "'", "’", "'s", "’s", '"', "“", "-"})
_SUBJECTS = frozenset({"nsubj", "csubj"})


@dataclass(frozen=True, slots=True)
class Context:
    """What a claim is about: whose number, what it measures, the whole it is a part of, and the governing verb."""

    subject: TextSpan | None = None
    measure: TextSpan | None = None
    of: TextSpan | None = None
    predicate: TextSpan | None = None
    rules: tuple[str, ...] = ()


@dataclass(slots=True)
class _Found:
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


@dataclass(frozen=True, slots=True)
class _Amount:
    """The amount: its tokens with those of the noun counted, the token that the rest hangs on, its kind."""

    span: Range
    top: int
    kind: Kind
    counted: bool
    counts_behind_of: bool


def describe(text: str, tree: Tree, start: int, end: int, unit_span: tuple[int, int] | None, kind: Kind) -> Context:
    """The context of the claim at the characters ``start`` to ``end``; ``unit_span`` is the noun counted, if any."""
    last, behind_of = end, False
    if unit_span is not None and unit_span[0] >= end and kind is Kind.COUNT:
        between = text[end : unit_span[0]].strip()
        behind_of = between == "of"  # "dozens of boats"; in "40 of the 90 boats" the boats are the whole
        last = end if between.startswith("of ") else unit_span[1]
    span = tree.tokens(start, last)
    if span[0] >= span[1]:
        return Context()
    found = _describe(tree, _Amount(span, tree.top(span), kind, last > end, behind_of))

    def quote(part: Range | None) -> TextSpan | None:
        if part is None or part[0] >= part[1]:
            return None
        first, behind = tree.starts[part[0]], tree.ends[part[1] - 1]
        return TextSpan(text[first:behind], first, behind)

    return Context(quote(found.subject), quote(found.measure), quote(found.of), quote(found.predicate), found.rules)


def _describe(tree: Tree, amount: _Amount) -> _Found:
    found = _Found()
    if amount.kind is Kind.AGE:
        _aged(tree, amount, found)
    _whole(tree, amount, found)
    _put_in(tree, amount, found)
    _worth(tree, amount, found)
    _sized(tree, amount, found)
    _moved(tree, amount, found)
    _gapped(tree, amount, found)
    if not {"VERB", "AUX"} & set(tree.tags):  # a table or a list
        _neighbour(tree, amount, found)
    node = _climb(tree, amount, found)
    _clause(tree, amount, found, node)
    if amount.kind is not Kind.COUNT:
        _neighbour(tree, amount, found)
    return found


# The whole ----------------------------------------------------------------------------------------------------------


def _whole(tree: Tree, amount: _Amount, found: _Found) -> None:
    """As in "80 per cent of X", "four times the X": the whole is X; of "54GB of data" the measure is data."""
    last = amount.span[1]
    part = None
    links = tree.lower[last : last + 2]
    if last + 1 < len(tree.words) and links[0] == "of" and not amount.counts_behind_of:
        part = _noun_behind(tree, last + 1)
    elif links == ["worth", "of"]:
        part = _noun_behind(tree, last + 2)
    elif links[:1] == ["in"] and amount.kind is Kind.MONEY:
        # "$1 billion in damages", but neither "in the third quarter" nor "in collaboration with"
        part = _noun_behind(tree, last + 1)
        if part is not None and not _is_matter(tree, part):
            part = None
    elif amount.kind in {Kind.FRACTION, Kind.MULTIPLE}:
        part = _standard(tree, amount)
    if part is None:
        return
    phrase = noun_phrase(tree, part, parts=links[:1] == ["of"] and not amount.counted)
    if phrase is None:
        return
    if amount.kind in _PART_KINDS:
        found.of = (max(phrase[0], last), phrase[1])
        found.add("part_of")
    else:
        found.measure = bare(tree, phrase)
        found.add("amount_of")


def _is_matter(tree: Tree, noun: int) -> bool:
    matter = tree.fine[noun] == "NNS" or tree.lower[noun] in word_set("syntax", "money_matter")
    return matter and not is_time(tree, noun) and not tree.below(noun, "det")


def _noun_behind(tree: Tree, at: int) -> int | None:
    """The head of the noun phrase that starts at ``at``."""
    for head in range(at, min(at + 8, len(tree.words))):
        if tree.base(head) in {"punct", "case"} and tree.lower[head] not in _INNER:
            return None
        modifies = tree.relations[head] in {"compound", "nummod", "amount", "nmod:poss", "nmod:desc"}
        if tree.is_nominal(head) and not (modifies and head < tree.heads[head] <= head + 8):
            return head
    return None


def _standard(tree: Tree, amount: _Amount) -> int | None:
    """The noun behind "half" and "three times": "half the budget", "twice the number of voters"."""
    last = amount.span[1]
    if last >= len(tree.words):
        return None
    opens = tree.tags[last] == "DET" or tree.lower[last] in word_set("grammar", "articles")
    plain = tree.tags[last] in {"NOUN", "PROPN", "ADJ"} and tree.base(last) not in {"advmod", "xcomp"}
    return _noun_behind(tree, last) if opens or plain else None


# Ages ---------------------------------------------------------------------------------------------------------------


def _aged(tree: Tree, amount: _Amount, found: _Found) -> None:
    """As in "Jane Doe, 34,", "a man aged 34": the nearest person in front of the age."""
    start = amount.span[0]
    at = start - 1
    while at >= 0 and (tree.lower[at] in word_set("syntax", "age_links") or tree.base(at) == "punct"):
        at -= 1
    if at == start - 1 or at < 0:
        return
    words = tree.lower[at + 1 : start]
    aged = next((at + 1 + place for place, word in enumerate(words) if word == "aged"), None)
    if aged is not None and tree.base(aged) in {"xcomp", "advcl"}:  # "She joined the army aged 14"
        subject = subject_of(tree, tree.heads[aged])
        if subject is not None:
            _set_subject(tree, amount, found, subject, "subject")
        return
    opens = words[0] in {",", "(", "–", "—"} and "at" not in words
    if (aged is not None or opens) and tree.is_nominal(at) and tree.amount_at[at] < 0 and not is_time(tree, at):
        head = at
        while tree.base(head) in {"flat", "compound"} and tree.heads[head] < head:
            head = tree.heads[head]
        found.subject = noun_phrase(tree, head, parts=False)
        found.add("apposition")


def _put_in(tree: Tree, amount: _Amount, found: _Found) -> None:
    """As in "net debt, now 2.9 times earnings, was": an amount between commas describes the noun in front."""
    if amount.kind in _UNMEASURED:
        return
    at = amount.span[0] - 1
    while at > 0 and tree.tags[at] == "ADV":
        at -= 1
    end = found.of[1] if found.of is not None else amount.span[1]
    closed = end + 1 < len(tree.words) and tree.words[end] in {",", ")", "—", "–"}
    if at < 1 or not closed or tree.words[at] not in {",", "(", "—", "–"} or not _is_plain_noun(tree, at - 1):
        return
    if tree.tags[end + 1] not in {"VERB", "AUX"}:
        return
    noun = at - 1
    while (
        tree.base(noun) in {"compound", "flat", "nmod"} and tree.heads[noun] < at and tree.is_nominal(tree.heads[noun])
    ):
        noun = tree.heads[noun]
    _set_subject(tree, amount, found, noun, "apposition")
    if found.measure is None and found.subject is not None:
        found.measure = bare(tree, noun_phrase(tree, noun, parts=False))


def _worth(tree: Tree, amount: _Amount, found: _Found) -> None:
    """As in "cocaine worth an estimated $1.5 million"."""
    at = amount.span[0] - 1
    while at > 0 and tree.tags[at] in {"DET", "ADV"} | ({"VERB", "ADJ"} if tree.lower[at] != "worth" else set()):
        at -= 1
    if at > 0 and tree.lower[at] == "worth" and _is_plain_noun(tree, at - 1) and found.measure is None:
        found.measure = bare(tree, noun_phrase(tree, at - 1, parts=False))
        found.add("worth")


def _sized(tree: Tree, amount: _Amount, found: _Found) -> None:
    """As in "blades 118 metres long": what has the size stands in front of it."""
    at, behind = amount.span[0] - 1, amount.span[1]
    sized = behind < len(tree.words) and tree.lower[behind] in word_set("syntax", "sizes")
    if sized and at >= 0 and _is_plain_noun(tree, at) and tree.tags[at] != "PRON":
        _set_subject(tree, amount, found, at, "sized")
        _measure_by_subject(tree, amount, found)


def _moved(tree: Tree, amount: _Amount, found: _Found) -> None:
    """As in "with its shares down 11.9%": a noun in front of "up" or "down" and no verb between."""
    at = amount.span[0] - 1
    while at > 0 and tree.tags[at] == "ADV" and tree.lower[at] not in {"up", "down"}:
        at -= 1
    if at < 1 or tree.lower[at] not in {"up", "down", "off"} or not _is_plain_noun(tree, at - 1):
        return
    noun = at - 1
    while tree.base(noun) in {"compound", "flat"} and tree.heads[noun] < noun:
        noun = tree.heads[noun]
    if tree.tags[noun] in {"NOUN", "PROPN"} and tree.base(noun) not in {"obj", "conj"}:
        _set_subject(tree, amount, found, noun, "moved")
        _measure_by_subject(tree, amount, found)


def _gapped(tree: Tree, amount: _Amount, found: _Found) -> None:
    """As in "rose 5%, Acme by 3%": the verb is left out, and the noun in front is its subject."""
    by = amount.span[0] - 1
    if by < 2 or tree.lower[by] not in {"by", "to", "at"} or not _is_plain_noun(tree, by - 1):
        return
    noun = by - 1
    while tree.base(noun) in {"compound", "flat"} and tree.heads[noun] < noun:
        noun = tree.heads[noun]
    relation, head = tree.base(noun), tree.heads[noun]
    joined = relation in {"conj", "appos", "parataxis"} and not tree.is_nominal(head)
    if relation in {"conj", "appos"} and tree.amount_at[head] >= 0:
        joined = True
    if joined and not tree.below(noun, "cop", "nsubj"):
        _set_subject(tree, amount, found, noun, "gapped")
        _measure_by_subject(tree, amount, found)


# Nouns --------------------------------------------------------------------------------------------------------------


def _climb(tree: Tree, amount: _Amount, found: _Found) -> int:
    """Climbs from the amount through the nouns that it belongs to; the last of them stands in the clause itself."""
    node, direct = amount.top, True
    for _ in range(_MOST_STEPS):
        relation, head = tree.base(node), tree.heads[node]
        if head == node:
            break
        in_amount = tree.amount_at[head] >= 0 or amount.span[0] <= head < amount.span[1]
        if relation == "conj" and not tree.below(node, "nsubj", "cop"):
            # What is joined to another stands where that one stands.
            node = head
        elif in_amount:
            # Said again in another unit, or measured against another amount.
            node = head
        elif tree.lower[head] in word_set("syntax", "of_amounts") and head < node:
            node = head  # "a record 745,000"
        elif _compares(tree, head) and not tree.below(head, "nsubj", "cop"):
            # "9 cents lower", "two years later": the amount says by how much.
            node = head
        elif relation in _BESIDE and tree.is_nominal(head) and not tree.below(node, "nsubj", "cop"):
            _apposed(tree, amount, found, head)
            node = head
        elif _describes(tree, node, head) and not _behind_comma(tree, amount, node, head):
            _noun(tree, amount, found, node, head, direct=direct)
            node, direct = head, False
        else:
            break
    return node


def _behind_comma(tree: Tree, amount: _Amount, node: int, head: int) -> bool:
    """As in "by one estimate, 80 per cent": behind a comma and without a preposition the noun in front is another's."""
    return head < amount.span[0] and tree.words[amount.span[0] - 1] == "," and not tree.case_of(node)


def _compares(tree: Tree, token: int) -> bool:
    return tree.tags[token] in {"ADJ", "ADV"}


def _describes(tree: Tree, node: int, head: int) -> bool:
    """Whether ``node`` belongs to the noun ``head`` and not to a clause whose predicate that noun is."""
    relation = tree.base(node)
    if not tree.is_nominal(head) or relation not in _ATTRIBUTES:
        return False
    return relation not in {"obl", "dep", "advmod"} or not tree.below(head, "cop", "nsubj")


def _noun(tree: Tree, amount: _Amount, found: _Found, node: int, noun: int, *, direct: bool) -> None:
    """One step of the climb: ``node`` describes ``noun``."""
    while tree.base(noun) == "compound" and noun < tree.heads[noun] and tree.is_nominal(tree.heads[noun]):
        noun = tree.heads[noun]
    case = tree.case_of(node)
    if case in {"with", "including", "without"} and noun < node:
        _set_subject(tree, amount, found, noun, "with_amount")
        return
    if tree.base(noun) == "ROOT" and case and tree.lower[noun] in word_set("grammar", "amounts"):
        # "Prices range from $3m to $5m": a verb that was taken for a noun
        subject = next((child for child in tree.below(noun, "compound", "nmod") if child < noun), None)
        if subject is not None:
            found.subject = found.measure = (tree.lefts[subject], subject + 1)
            found.add("subject_verb_amount")
            return
    if tree.base(node) == "orphan" or (not case and noun < node and tree.base(noun) == "conj"):
        _set_subject(tree, amount, found, noun, "gapped")
        _measure_by_subject(tree, amount, found)
        return
    if is_time(tree, noun) and amount.kind is not Kind.AGE:
        return
    if amount.kind is Kind.AGE:
        if direct and tree.lower[noun] not in word_set("syntax", "age_links"):
            name = next((child for child in tree.below(noun, "appos") if tree.tags[child] == "PROPN"), noun)
            noun = name if name > amount.span[1] else noun
            _set_subject(tree, amount, found, noun, "age_noun", parts=False)
        return
    if found.of is not None and direct and tree.base(node) != "nmod":
        return
    if found.measure is None and direct and not (amount.kind is Kind.COUNT and case not in {"", "of"}):
        found.measure = bare(tree, noun_phrase(tree, noun, without=amount.span))
        found.add("noun_of_amount" if case else "amount_noun")
    if tree.lower[noun] in word_set("grammar", "change_nouns") and tree.lower[noun + 1 : noun + 2] != []:
        changed = _noun_behind(tree, noun + 2) if tree.lower[noun + 1] in {"in", "of", "for", "on"} else None
        phrase = None if changed is None or not _is_plain_noun(tree, changed) else noun_phrase(tree, changed)
        if changed is not None and phrase is not None:
            _set_subject(tree, amount, found, changed, "change_in")
            if found.measure is not None and found.measure[1] == noun + 1:
                found.measure = (found.measure[0], phrase[1])
    owner = next((child for child in tree.children[noun] if tree.relations[child] == "nmod:poss"), None)
    if owner is not None and tree.tags[owner] != "PRON":
        _set_subject(tree, amount, found, owner, "owner", parts=False)


def _apposed(tree: Tree, amount: _Amount, found: _Found, noun: int) -> None:
    """As in "net debt, now 2.9 times earnings,": what stands in apposition describes the noun."""
    if found.subject is not None or amount.span[0] <= noun < amount.span[1] or _is_counted(tree, noun):
        return
    _set_subject(tree, amount, found, noun, "apposition", parts=amount.kind is not Kind.AGE)
    _measure_by_subject(tree, amount, found)


def _set_subject(tree: Tree, amount: _Amount, found: _Found, noun: int, rule: str, *, parts: bool = True) -> None:
    if found.subject is not None or tree.amount_at[noun] >= 0 or amount.span[0] <= noun < amount.span[1]:
        return
    found.subject = noun_phrase(tree, noun, parts=parts, without=amount.span)
    if found.subject is not None:
        found.add(rule)


def _measure_by_subject(tree: Tree, amount: _Amount, found: _Found) -> bool:
    """The subject without what only places it: of "shares in the company" the measure is "shares"."""
    if found.measure is not None or found.of is not None or found.subject is None or amount.kind in _UNMEASURED:
        return False
    found.measure = bare(tree, noun_phrase(tree, tree.top(found.subject), parts=False))
    return True


# The clause ---------------------------------------------------------------------------------------------------------


def _clause(tree: Tree, amount: _Amount, found: _Found, node: int) -> None:
    """Fills subject, measure and predicate from the clause in which the noun or amount ``node`` stands."""
    relation, head = tree.base(node), tree.heads[node]
    copula = tree.below(node, "cop")
    if copula:
        found.predicate = (copula[0], copula[0] + 1)
        _subject_of_verb(tree, amount, found, node)
        if found.subject is not None and tree.amount_at[node] >= 0:
            _measure_by_subject(tree, amount, found)
            found.add("copula")
        return
    if relation in _SUBJECTS:
        _as_subject(tree, amount, found, node, head)
        return
    if tree.below(node, "nsubj"):  # a headline without its verb: "Shares down 5%"
        verb = node
    elif head == node or (tree.is_nominal(head) and not tree.below(head, "cop", "nsubj")):
        return
    else:
        verb = head
    found.predicate = _predicate(tree, verb)
    if tree.lower[verb] in word_set("attribution", "say") and node != amount.top and not tree.below(verb, "xcomp"):
        # "She announced an investment of $8m": who reports is the speaker.
        _set_subject(tree, amount, found, node, "reported")
        return
    if tree.case_of(node) == "with" and node > verb:
        # "She left the club with $38m in the bank": the object has what "with" adds
        owner = next((child for child in tree.below(verb, "obj") if _is_plain_noun(tree, child)), None)
        if owner is not None and owner < node:
            _set_subject(tree, amount, found, owner, "with_amount")
            return
    _subject_of_verb(tree, amount, found, verb)
    if verb == amount.top:  # "sales doubled"
        _measure_by_subject(tree, amount, found)
    elif verb != node and _is_measured(tree, amount, node):
        _measure_of_verb(tree, amount, found, node, verb)


def _is_measured(tree: Tree, amount: _Amount, node: int) -> bool:
    """Counts measure nothing beside what they count, and a length of time behind a preposition only says when."""
    if amount.kind is Kind.DURATION:
        return tree.case_of(node) in {"", "for"} and tree.tags[node] != "ADV"
    return amount.kind not in _UNMEASURED


def _predicate(tree: Tree, verb: int) -> Range | None:
    copula = [token for child in [verb, *tree.children[verb]] for token in tree.below(child, "cop")]
    at = copula[0] if copula else verb
    return None if tree.amount_at[at] >= 0 and tree.tags[at] != "VERB" else (at, at + 1)


def _as_subject(tree: Tree, amount: _Amount, found: _Found, node: int, verb: int) -> None:
    """The noun of the amount is itself the subject: "an investment of $8m was announced"."""
    found.predicate = _predicate(tree, verb)
    if any(tree.relations[child] == "expl" for child in tree.children[verb]):
        found.add("existential")
        return
    agent = next((c for c in tree.children[verb] if tree.relations[c] == "obl:agent"), None)
    if agent is not None and amount.span[0] <= node < amount.span[1]:
        _set_subject(tree, amount, found, agent, "agent")
        return
    if amount.span[0] <= node < amount.span[1] or found.of is not None or _is_counted(tree, node):
        found.add("amount_subject")
        return
    _set_subject(tree, amount, found, node, "noun_subject")


def _is_counted(tree: Tree, noun: int) -> bool:
    """Whether a noun is itself an amount or counted by one."""
    return tree.amount_at[noun] >= 0 or any(tree.amount_at[child] >= 0 for child in tree.below(noun, "nummod"))


def _subject_of_verb(tree: Tree, amount: _Amount, found: _Found, verb: int) -> None:
    subject = subject_of(tree, verb)
    if subject is None:
        return
    standard = _standard_of_comparison(tree, amount) if tree.tags[subject] == "PRON" else None
    if standard is not None and found.subject is None:
        found.subject = standard
        found.add("standard")
        return
    _set_subject(tree, amount, found, subject, "subject")


def _standard_of_comparison(tree: Tree, amount: _Amount) -> Range | None:
    """As in "it ran an hour longer than planned for the talks to last": behind a pronoun "for ... to" names it."""
    than = amount.span[1] + 1
    after = tree.lower[than : than + _REACH]
    if after[:1] != ["than"] or "for" not in after or "to" not in after[after.index("for") :]:
        return None
    start = than + after.index("for") + 1
    end = than + after.index("to", after.index("for"))
    plain = all(tree.tags[token] in {"DET", "ADJ", "NOUN", "PROPN", "CCONJ", "PRON"} for token in range(start, end))
    return (start, end) if plain and start < end else None


def subject_of(tree: Tree, verb: int) -> int | None:
    """The noun that is the subject of ``verb``: its own, that of the verb it is joined to, or what it describes."""
    for _ in range(_MOST_STEPS):
        own = [child for child in tree.children[verb] if tree.base(child) in _SUBJECTS]
        if any(tree.relations[c] == "expl" and tree.lower[c] == "there" for c in tree.children[verb]):
            return None
        if own:
            subject = next((child for child in reversed(own) if child < verb), own[0])
            return _antecedent(tree, subject, verb) if tree.lower[subject] in {"who", "which", "that"} else subject
        relation, head = tree.base(verb), tree.heads[verb]
        nearest = _in_front(tree, verb)
        if nearest is not None:
            return nearest
        if head == verb:
            return None
        of_noun = tree.is_nominal(head) and head < verb and not tree.below(head, "cop", "nsubj")
        if relation == "acl" or (of_noun and relation != "advcl" and tree.amount_at[head] < 0):
            return head
        if relation == "xcomp":
            controller = [child for child in tree.below(head, "obj") if child < verb]
            if controller:
                return controller[0]
        if relation not in _CLAUSES and tree.tags[verb] == "VERB":
            return None
        if relation == "ccomp" and _is_finite(tree, verb) and not _is_put_in(tree, head):
            return None
        if _is_put_in(tree, head):
            head = tree.heads[head]
        verb = head
    return None


def _is_finite(tree: Tree, verb: int) -> bool:
    forms = {tree.fine[token] for token in (verb, *tree.below(verb, "aux", "cop"))}
    return bool(forms & {"VBD", "VBZ", "VBP", "MD"})


def _is_put_in(tree: Tree, verb: int) -> bool:
    """As in "and, she conceded, had sunk": who reports in between has no part in what is reported."""
    subject = next((child for child in tree.below(verb, "nsubj") if child < verb), None)
    if subject is None or tree.lower[verb] not in word_set("attribution", "say") or verb + 1 >= len(tree.words):
        return False
    first = tree.lefts[subject]
    return tree.words[verb + 1] == "," and first > 0 and tree.words[first - 1] == "," and tree.heads[verb] < first


def _in_front(tree: Tree, verb: int) -> int | None:
    """The noun right in front of a finite verb that the parser has given no subject."""
    finite = [child for child in tree.children[verb] if tree.base(child) in {"cop", "aux"} and child < verb]
    first = min(finite, default=verb)
    if not finite and not (tree.tags[verb] == "VERB" and _is_finite(tree, verb)):
        return None
    at = first - 1
    while at >= 0 and tree.tags[at] == "ADV":
        at -= 1
    if at < 0 or tree.tags[at] not in {"NOUN", "PROPN", "PRON"}:
        return None
    while tree.heads[at] < min(at, first) and tree.is_nominal(tree.heads[at]):
        between = tree.base(at) == "conj" and tree.case_of(tree.heads[at]) == "between"
        if not between and tree.base(at) not in {"nmod", "compound", "flat"}:
            break
        if any(tree.base(between) == "punct" for between in range(tree.heads[at], at)):
            break
        at = tree.heads[at]
    if tree.amount_at[at] >= 0 or is_time(tree, at) or tree.base(at) in {"obl", "obj"}:
        return None
    return at


def _antecedent(tree: Tree, pronoun: int, verb: int) -> int | None:
    """The noun that a relative pronoun stands for."""
    if (tree.words[pronoun - 1] != "," and pronoun > 0 and tree.is_nominal(pronoun - 1)) or tree.base(verb) == "acl":
        head = tree.heads[verb] if tree.base(verb) == "acl" else pronoun - 1
        return head if tree.is_nominal(head) else None
    at = pronoun - 1
    while at >= 0 and (not tree.is_nominal(at) or (at > 0 and tree.words[at - 1] == "(")):
        at -= 1
    while at >= 0 and tree.base(at) in {"flat", "compound", "nmod"} and tree.is_nominal(tree.heads[at]):
        if tree.heads[at] >= pronoun:
            break
        at = tree.heads[at]
    return at if at >= 0 else None


def _measure_of_verb(tree: Tree, amount: _Amount, found: _Found, node: int, verb: int) -> None:
    """The object that is moved to the amount, what the money is for, or the subject that amounts to it."""
    if found.measure is not None or found.of is not None:
        return
    object_ = next(
        (
            child
            for child in tree.below(verb, "obj")
            if child != node and child < amount.span[0] and _is_plain_noun(tree, child)
        ),
        None,
    )
    if object_ is not None and tree.base(node) != "obj" and amount.kind is not Kind.DURATION:
        found.measure = bare(tree, noun_phrase(tree, object_, without=amount.span))
        found.add("object_to_amount")
        return
    amounts_to = tree.lower[verb] in word_set("grammar", "amounts") or tree.tags[verb] in {"ADJ", "ADV"}
    amounts_to = amounts_to or tree.lower[verb] in change_words().verbs or _is_passive(tree, verb, node)
    if amounts_to and _measure_by_subject(tree, amount, found):
        found.add("subject_verb_amount")
        return
    if tree.relations[verb] == "acl:relcl" and tree.below(verb, "nsubj") and not tree.below(node, "nsubj"):
        # "a war that it has waged for 15 years": the noun in front is the object
        measured = tree.heads[verb]
        subject = tree.below(verb, "nsubj")[0]
        if tree.lower[subject] not in {"who", "which", "that"} and tree.tags[measured] in {"NOUN", "PROPN"}:
            found.measure = bare(tree, noun_phrase(tree, measured, parts=False))
            found.add("relative")
            return
    if tree.base(node) == "obj" and amount.kind is Kind.MONEY:
        purpose = next(
            (c for c in [*tree.below(node, "nmod"), *tree.below(verb, "obl")] if _is_purpose(tree, c, amount)), None
        )
        if purpose is not None:
            found.measure = bare(tree, noun_phrase(tree, purpose))
            found.add("purpose")


def _is_passive(tree: Tree, verb: int, node: int) -> bool:
    """As in "agreed for $22m", "valued at $3bn", "cut to 5%": the subject is what is measured."""
    return (
        tree.fine[verb] == "VBN"
        and tree.case_of(node) in {"for", "at", "to", "by", "from", "between"}
        and not (
            tree.below(verb, "obj")
            or any(tree.lower[child] in {"have", "has", "had"} for child in tree.below(verb, "aux"))
        )
    )


def _is_plain_noun(tree: Tree, token: int) -> bool:
    """Whether a token is a noun that is neither an amount nor a time."""
    return tree.is_nominal(token) and tree.amount_at[token] < 0 and not is_time(tree, token)


def _is_purpose(tree: Tree, noun: int, amount: _Amount) -> bool:
    case = tree.case_of(noun)
    purposes = word_set("syntax", "purpose_prepositions")
    place = case in {"in", "to"} and tree.tags[noun] == "PROPN"
    return noun >= amount.span[1] and case in purposes and _is_plain_noun(tree, noun) and not place


def _neighbour(tree: Tree, amount: _Amount, found: _Found) -> None:
    """Where the tree says nothing, as in tables and lists: the noun right in front of the amount."""
    if found.subject is not None or found.measure is not None or found.of is not None:
        return
    at = amount.span[0] - 1
    if at >= 0 and (tree.base(at) == "case" or tree.words[at] in "(:,-–"):
        at -= 1
    if at < 0 or tree.tags[at] not in {"NOUN", "PROPN"} or tree.amount_at[at] >= 0 or is_time(tree, at):
        return
    if tree.lower[at] in word_set("grammar", "amounts"):  # "Prices range from $3m"
        return
    start = at
    while start > 0 and tree.tags[start - 1] in {"NOUN", "PROPN", "ADJ"} and tree.amount_at[start - 1] < 0:
        start -= 1
    found.measure = (start, at + 1)
    found.add("noun_before")
