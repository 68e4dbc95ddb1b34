"""Rules that read the words right beside an amount: insertions, sizes, verbs left out, tables."""

from extraction.claims import Kind
from extraction.context.labelled import is_clause
from extraction.context.parts import (
    UNMEASURED,
    Amount,
    Found,
    is_extreme,
    is_plain_noun,
    measure_by_subject,
    set_subject,
)
from extraction.repairs.prepositions import result_of
from extraction.text.shades import SHADES
from extraction.text.words import word_set
from extraction.trees.labels import NAMING
from extraction.trees.noun_phrases import bare, before_hyphen, is_time, noun_phrase
from extraction.trees.tree import Range, Tree


def made(tree: Tree, amount: Amount, found: Found) -> None:
    """Sets who stands behind "make" as the subject: "That would make her 70", "The deal makes him 40% richer".

    But not in "a scheme that made him £85 a week": there the number is that of what made it.
    """
    at, behind = amount.span[0] - 1, amount.span[1]
    if amount.kind in _EARNED and tree.tags[behind : behind + 1] != ["ADJ"]:
        return
    while at > 1 and tree.tags[at] == "ADV":
        at -= 1
    if at > 0 and tree.lower[at] in _MADE and tree.lower[at - 1] in word_set("syntax", "makes"):
        found.subject = (at, at + 1)
        found.add("made")


_EARNED = frozenset({Kind.MONEY, Kind.PERCENT, Kind.COUNT})
_MADE = frozenset({"him", "her", "me", "you", "us", "them"})


def parented(tree: Tree, amount: Amount, found: Found) -> bool:
    """Whether someone has so many children, and is the subject: "Mum-of-three Kelly Draycott" and "The dad-of-two"."""
    noun, behind = amount.span[0] - 4, amount.span[1]
    if noun < 0 or tree.words[noun + 1] != "-" or tree.lower[noun + 2 : amount.span[0]] != ["of", "-"]:
        return False
    name = behind
    while name < len(tree.words) and tree.tags[name] == "PROPN":
        name += 1
    found.subject = (behind, name) if name > behind else (noun, noun + 1)
    found.add("parent")
    return True


def dated(tree: Tree, amount: Amount, found: Found) -> None:
    """Sets what is the last as the subject of the time since: "since the last flood, six years ago"."""
    start, end = amount.span
    if amount.kind is not Kind.DURATION or start < 4 or tree.words[start - 1] != "," or end == len(tree.words):
        return
    if tree.lower[end] not in word_set("syntax", "later") or tree.tags[end + 1 : end + 2] not in (["PUNCT"], []):
        return
    noun = start - 2
    while tree.base(noun) in {"flat", "compound", "nmod"} and tree.heads[noun] < noun and tree.is_nominal(noun):
        noun = tree.heads[noun]
    phrase = noun_phrase(tree, noun, parts=False) if is_plain_noun(tree, noun) else None
    if phrase is not None and not _LASTING.isdisjoint(tree.lower[phrase[0] : noun]):
        found.subject = phrase
        found.add("apposition")


_LASTING = word_set("syntax", "ordering")


def put_in(tree: Tree, amount: Amount, found: Found) -> None:
    """Sets the noun in front of an amount in commas as subject and measure: "net debt, now 2.9 times earnings, was"."""
    if amount.kind in UNMEASURED or "context.distant" in found.rules:
        return
    at = amount.span[0] - 1
    if at > 1 and tree.lower[at] == "at" and tree.tags[at - 1] == "ADV":  # "The dam, now at 19 per cent of capacity,"
        at -= 1
    while at > 0 and tree.tags[at] == "ADV":
        at -= 1
    end = found.of[1] if found.of is not None else amount.span[1]
    if end < len(tree.words) and tree.tags[end] in {"ADV", "ADJ"}:  # "the planet, 124 light-years away, is"
        end += 1
    closed = end + 1 < len(tree.words) and tree.words[end] in {",", ")", "—", "–"}
    if at < 1 or not closed or tree.words[at] not in {",", "(", "—", "–"} or not is_plain_noun(tree, at - 1):
        return
    if tree.tags[end + 1] not in {"VERB", "AUX"}:
        return
    noun = at - 1
    while (
        tree.base(noun) in {"compound", "flat", "nmod"} and tree.heads[noun] < at and tree.is_nominal(tree.heads[noun])
    ):
        noun = tree.heads[noun]
    set_subject(tree, amount, found, noun, "apposition")
    if found.measure is None and found.subject is not None:
        found.measure = bare(tree, noun_phrase(tree, noun, parts=False))


def worth(tree: Tree, amount: Amount, found: Found) -> None:
    """Sets the noun in front of "worth" as the measure: "cocaine worth an estimated $1.5 million"."""
    if found.measure is not None:
        return
    at = amount.span[0] - 1
    while at > 0 and (
        tree.tags[at] in {"DET", "ADV"} or (tree.tags[at] in {"VERB", "ADJ"} and tree.lower[at] != "worth")
    ):
        at -= 1
    if at > 1 and tree.lower[at] == "worth" and tree.words[at - 1] == ",":
        owner = tree.heads[at]
        at -= 1  # "8,400 tonnes of squid, worth $31 million"
        if is_time(tree, at - 1) and is_plain_noun(tree, owner) and owner < at:  # "9,000 tonnes of squid in May, worth"
            at = tree.rights[owner] + 1
    if at > 0 and "worth" in tree.lower[at : at + 2] and is_plain_noun(tree, at - 1):
        noun = at - 1
        if tree.tags[noun] == "PROPN" and tree.base(noun) == "nmod" and is_plain_noun(tree, tree.heads[noun]):
            noun = tree.heads[noun]  # "Exports to Japan, worth £2.6bn"
        found.measure = bare(tree, noun_phrase(tree, noun, parts=False))
        found.add("worth")


def sized(tree: Tree, amount: Amount, found: Found) -> None:
    """Sets what stands in front of its size as subject and measure: "blades 118 metres long"."""
    at, behind = amount.span[0] - 1, amount.span[1]
    if behind == len(tree.words) or tree.lower[behind] not in word_set("syntax", "sizes"):
        return
    while at > 0 and tree.lower[at] in SHADES:  # "potholes up to nine inches deep"
        at -= 1
    open_ = tree.tags[behind + 1 : behind + 2] not in (["NOUN"], ["PROPN"], ["ADJ"])
    if at > 0 and tree.words[at] == "," and open_:  # "The vessel, 68 metres long,"
        at -= 1
    now = at >= 0 and tree.lower[at + 1] in _SINCE
    while now and tree.base(at) == "nmod" and tree.heads[at] < at:
        at = tree.heads[at]  # "The queue for the book of condolence now 3km long"
    if at >= 0 and is_plain_noun(tree, at) and tree.tags[at] != "PRON":
        set_subject(tree, amount, found, at, "sized")
        measure_by_subject(tree, amount, found)


_SINCE = frozenset({"now", "already", "still"})


def in_size(tree: Tree, amount: Amount, found: Found) -> None:
    """Sets what is so large as subject: "a plant four times the size of the old one", "a firm 50 times our size"."""
    noun, end = amount.span[0] - 1, amount.span[1]
    size = end + 1
    if amount.kind not in _COMPARED or noun < 0 or size >= len(tree.words):
        return
    owned = tree.lower[end] == "the" or tree.fine[end] == "PRP$"
    sized = owned and tree.lower[size] in word_set("syntax", "dimensions")
    if sized and tree.tags[noun] == "NOUN" and is_plain_noun(tree, noun):
        set_subject(tree, amount, found, noun, "sized", parts=False)


_COMPARED = frozenset({Kind.MULTIPLE, Kind.FRACTION})


def possessed(tree: Tree, amount: Amount, found: Found) -> None:
    """Sets the owner in front of an amount without a noun of its own as the subject: "topping Wexley's 295p"."""
    possessive = amount.span[0] - 1
    owner = possessive - 1
    if amount.counted or possessive < 1 or tree.fine[possessive] != "POS":
        return
    describes = tree.base(amount.top) in {"compound", "nummod", "amod"} and tree.heads[amount.top] > amount.top
    if describes or not is_plain_noun(tree, owner):
        return
    set_subject(tree, amount, found, owner, "possessed", parts=False)


def moved(tree: Tree, amount: Amount, found: Found) -> None:
    """Sets the noun right in front of "up", "down" or "off" as subject and measure: "with its shares down 11.9%"."""
    start = amount.span[0]
    if start > 2 and tree.lower[start - 1] in {"to", "from"} and tree.amount_at[start - 2] >= 0:
        start = tree.amounts[tree.amount_at[start - 2]][0]  # "Net profit up 8% to €2.2bn"
    at = start - 1
    while at > 0 and (tree.tags[at] == "ADV" or tree.lower[at] in SHADES) and tree.lower[at] not in _UP_OR_DOWN:
        at -= 1
    if at < 1 or tree.lower[at] not in _MOVES:
        return
    led = at > 1 and tree.lower[at] in _UP_OR_DOWN
    if led and tree.words[at - 2] == ";" and tree.fine[at - 1] in _PLAIN_VERBS:
        set_subject(tree, amount, found, at - 1, "moved")  # "400 jobs to go; rents up 5%": no verb, but a noun
        measure_by_subject(tree, amount, found)
    if led and tree.words[at - 1] == "," and tree.amount_at[at - 2] >= 0:
        _moved_sum(tree, amount, found, tree.amounts[tree.amount_at[at - 2]][0] - 2)
        return
    if led and tree.words[at - 1] == ",":
        best = _singled_out(tree, at - 1)
        if best is not None:
            found.subject = best
            found.add("moved")
            measure_by_subject(tree, amount, found)
        return
    if not is_plain_noun(tree, at - 1):
        return
    noun = at - 1
    while tree.base(noun) in {"compound", "flat", "nmod"} and tree.heads[noun] < noun and tree.is_nominal(noun):
        noun = tree.heads[noun]  # "Sales at stores down 4%"
    # "food up 6.1 per cent and fuel down 3.8 per cent"
    listed = noun > 1 and tree.tags[noun - 1] == "CCONJ" and tree.amount_at[noun - 2] >= 0
    if tree.tags[noun] in {"NOUN", "PROPN"} and (tree.base(noun) not in {"obj", "conj"} or listed):
        set_subject(tree, amount, found, noun, "moved")
        measure_by_subject(tree, amount, found)


_UP_OR_DOWN = frozenset({"up", "down"})
_MOVES = _UP_OR_DOWN | {"off"}
_PLAIN_VERBS = frozenset({"VB", "VBZ", "VBP"})


def _singled_out(tree: Tree, comma: int) -> Range | None:
    """Who is the first or the last of them, or None: "Banks were mixed, with Santander the strongest, up 1.7%"."""
    near = range(comma - 2, max(1, comma - _LONGEST), -1)
    start = next((at + 1 for at in near if tree.lower[at] == "with" and tree.words[at - 1] == ","), comma)
    end = next((at for at in range(start + 1, comma) if _is_superlative(tree, at)), start)
    end -= tree.lower[end - 1] == "the"
    named = all(tree.tags[at] in NAMING for at in range(max(start, end - 1), end))
    return (start, end) if start < end and named else None


def _is_superlative(tree: Tree, at: int) -> bool:
    return tree.fine[at] in _SUPERLATIVES or (tree.tags[at] == "ADJ" and tree.lower[at].endswith("est"))


_LONGEST = 9  # tokens of "with the Bank of Ireland the strongest"
_SUPERLATIVES = frozenset({"JJS", "RBS"})


def _moved_sum(tree: Tree, amount: Amount, found: Found, noun: int) -> None:
    """Sets the noun that has the sum in front as the measure of its change: "earned $2m on revenue of $9m, up 12%"."""
    named = noun > 0 and tree.lower[noun + 1] == "of" and is_plain_noun(tree, noun) and not is_extreme(tree, noun)
    if named and found.measure is None and amount.kind not in UNMEASURED:
        found.measure = bare(tree, noun_phrase(tree, noun, parts=False))
        found.add("moved")


def neighbour(tree: Tree, amount: Amount, found: Found) -> None:
    """Where the tree says nothing, as in tables and lists: the noun right in front of the amount."""
    if found.subject is not None or found.measure is not None or found.of is not None:
        return
    at = amount.span[0] - 1
    shaded = at > 0 and tree.tags[at] == "ADV" and tree.relations[at] == "amount" and not _sizes_noun(tree, amount)
    shaded = shaded and not tree.case_of(at - 1) and {"VERB", "AUX"}.isdisjoint(tree.tags)
    at -= shaded  # "Offers over £285,000"
    if at >= 0 and tree.tags[at] == "ADP" and amount.kind not in UNMEASURED and _sizes_noun(tree, amount):
        return  # "Nine dead as ferry sinks off Brest in 70mph gale"
    if at >= 0 and tree.words[at] == "," and not {"VERB", "AUX"}.isdisjoint(tree.tags):
        return  # "By one account, $7bn had been spent"
    if at > 0 and tree.words[at] == ":" and (is_clause(tree, amount.span[1]) or _label(tree, found, at - 1)):
        return  # "Police: 40% were drunk"
    if at >= 0 and (tree.base(at) == "case" or tree.words[at] in "(:,-–"):
        if tree.words[at] == "," and amount.counted and any(0 < at - last <= 2 for _, last in tree.amounts):
            return  # "412 games, 98 goals"
        at -= 1
    named = at > 0 and tree.tags[at] == "NUM" and tree.tags[at - 1] == "PROPN"  # "FTSE 100"
    if at < 0 or not (named or tree.tags[at] in NAMING) or tree.amount_at[at] >= 0 or is_time(tree, at):
        return
    if tree.lower[at] in word_set("grammar", "amounts"):  # "Prices range from $3m"
        return
    start = result_of(tree, at)
    while start > 0 and tree.tags[start - 1] in {"NOUN", "PROPN", "ADJ"} and tree.amount_at[start - 1] < 0:
        start -= 1
    first = before_hyphen(tree, start)
    found.measure = (start if tree.words[first].isupper() else first, at + 1)  # "BRIEF-Acme net profit $4m"
    found.add("noun_before")


def paid_by_age(tree: Tree, amount: Amount, found: Found) -> bool:
    """Whether a payer with ages stands in front, as the measure: "children (3-15) £6", "Seniors (65+): $12"."""
    at = amount.span[0] - 1
    at -= at > 0 and tree.words[at] == ":"
    if amount.kind is not Kind.MONEY or at < 2 or tree.words[at] != ")":
        return False
    opened = next((k for k in range(at - 1, max(0, at - _LONGEST), -1) if tree.words[k] == "("), 0)
    if opened < 1 or tree.lower[opened - 1] not in word_set("listings", "payers"):
        return False
    found.measure = (opened - 1, opened)
    found.add("noun_before")
    return True


def _sizes_noun(tree: Tree, amount: Amount) -> bool:
    """Whether the noun right behind the amount has it."""
    noun, last = tree.heads[amount.top], amount.span[1]
    beside = noun >= last and all(tree.tags[at] in NAMING for at in range(last, noun))
    return beside and tree.base(amount.top) in {"compound", "nummod", "amod"} and is_plain_noun(tree, noun)


def _label(tree: Tree, found: Found, noun: int) -> bool:
    """Whether a noun in front of the colon becomes the measure: "Snow depth at Oslo: 21 cm", "Cook time: 15 mins"."""
    while tree.base(noun) == "nmod" and tree.heads[noun] < noun and tree.is_nominal(tree.heads[noun]):
        noun = tree.heads[noun]
    if tree.tags[noun] not in NAMING or tree.amount_at[noun] >= 0:
        return False
    if is_time(tree, noun) and tree.lower[noun] != "time":
        return False
    found.measure = bare(tree, noun_phrase(tree, noun))
    found.add("noun_before")
    return found.measure is not None
