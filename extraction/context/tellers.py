"""Whose a number is when the tree gives it to the one who tells it.

"Brokers expect rents to fall 3 per cent", "thefts, she said, are up 30 per cent": who speaks is known by then from the
words that report it, and the number is that of what is told. A number that somebody sets is theirs: "She put it at 40".
"""

from extraction.claims import Attribution, TextSpan
from extraction.context.parts import Context
from extraction.context.subjects import subject_of
from extraction.text.words import word_set
from extraction.trees.noun_phrases import noun_phrase
from extraction.trees.tree import Range, Tree

_MOST_WORDS = 2  # between "expects" and what is foreseen: "expects the rents"
_MOST_HEADS = 12
_LONGEST_WORD = 24
_BESIDE = ",\"”’'"
_SOURCES = frozenset({"according to", "by"})


def told_subject(
    text: str, tree: Tree, context: Context, attribution: Attribution | None, amount: tuple[int, int]
) -> TextSpan | None:
    """The subject of a claim, which is not the speaker where the number is that of what the speaker tells.

    ``amount`` are the characters of the number.
    """
    subject = context.subject
    if subject is None or attribution is None or attribution.speaker is None or attribution.cue is None:
        return subject
    speaker, cue = attribution.speaker.span, attribution.cue
    if subject.start >= speaker.end or speaker.start >= subject.end:
        return subject
    if _describes(tree, amount, speaker, cue):
        return subject
    if cue.text.lower() in word_set("syntax", "puts_at") and _is_paper(speaker):
        return _set_at(text, tree, amount) or subject
    if cue.text.lower() in _SOURCES or _is_comment(text, speaker, cue):
        return _of_clause(text, tree, subject, speaker)
    measure = context.measure
    if measure is not None and _is_foreseen(text, context, cue, measure):
        return _phrase(text, tree, measure) or subject
    return subject


def _is_paper(speaker: TextSpan) -> bool:
    """Whether a survey or a report speaks, and nobody whose number it could be: "a poll of 507 adults"."""
    words = speaker.text.lower().split()
    ends = (
        at
        for at, word in enumerate(words)
        if at and (word in {"of", "by", "from", "in", "for", "to"} or word.endswith("ed"))
    )
    head = next(ends, len(words)) - 1
    papers = word_set("attribution", "sources") - word_set("attribution", "sources_of_their_own")
    return words[head] in papers


def _set_at(text: str, tree: Tree, amount: tuple[int, int]) -> TextSpan | None:
    """What stands in front of the preposition of the amount: "A poll puts the party on 31% and Labour on 29%".

    Past an aside in "puts the cost, before tax, at $40 million", and of both in "at $40 million or 2% of sales". None
    where no noun stands there.
    """
    first, _ = tree.tokens(*amount)
    first = _told_again(tree, first)
    while first > 1 and (tree.tags[first - 1] in {"ADV", "ADJ"} or tree.amount_at[first - 1] >= 0):
        first -= 1
    if first < 2 or tree.lower[first - 1] not in {"at", "on"}:
        return None
    noun = first - 2
    if tree.words[noun] == ",":
        noun = next(
            (at - 1 for at in range(noun - 1, max(0, noun - _LONGEST_ASIDE), -1) if tree.words[at] == ","), noun
        )
    if not tree.is_nominal(noun):
        return None
    while tree.base(noun) == "nmod" and tree.heads[noun] < noun:
        noun = tree.heads[noun]  # "puts the number of pairs at"
    phrase = noun_phrase(tree, noun)
    return None if phrase is None else _span(text, tree, phrase)


def _told_again(tree: Tree, first: int) -> int:
    """Where the amount starts that the one at ``first`` tells again or is compared with; else ``first`` itself."""
    at = first - 1
    lowest = max(0, first - _LONGEST_ASIDE)
    while at > lowest and tree.lower[at] not in _AGAIN and (tree.tags[at] in _BETWEEN or tree.fine[at] == "VBN"):
        at -= 1  # "compared to the programmed"
    if tree.lower[at] not in _AGAIN:
        return first
    while at > lowest and tree.amount_at[at] < 0 and (tree.tags[at] not in _FINITE or tree.lower[at] in _AGAIN):
        at -= 1
    if tree.amount_at[at] < 0:
        return first
    return _told_again(tree, tree.amounts[tree.amount_at[at]][0])


_LONGEST_ASIDE = 10  # tokens
_AGAIN = frozenset({"or", "compared", "against", "versus"})
_BETWEEN = frozenset({"ADP", "DET", "ADJ", "ADV"})
_FINITE = frozenset({"VERB", "AUX", "CCONJ"})


def _describes(tree: Tree, amount: tuple[int, int], speaker: TextSpan, cue: TextSpan) -> bool:
    """Whether the amount only describes the speaker: "according to its 28-year-old director".

    So too "according to the union, which has 300 members".
    """
    if cue.start < amount[0] < speaker.end:
        return True
    span = tree.tokens(*amount)
    node, relative = tree.top(span) if span[0] < span[1] else 0, False
    for _ in range(_MOST_HEADS):
        relative = relative or tree.relations[node] == "acl:relcl"
        node = tree.heads[node]
        if relative and speaker.start <= tree.starts[node] < speaker.end:
            return True
    return False


def _is_foreseen(text: str, context: Context, cue: TextSpan, measure: TextSpan) -> bool:
    """Whether the object behind the cue is foreseen: "expects rents to fall 3%"; not in "put the number at 14"."""
    sets = cue.text.lower() in word_set("syntax", "puts_at")
    if sets or "context.object_to_amount" not in context.rules or measure.start < cue.end:
        return False
    return len(text[cue.end : measure.start].split()) <= _MOST_WORDS


def _is_comment(text: str, speaker: TextSpan, cue: TextSpan) -> bool:
    """Whether the cue is put in beside what it tells: "thefts, she said, are up"; not "She said thefts are up".

    Or it closes a quote: '"It would go for double," a source said'.
    """
    first, last = min(speaker.start, cue.start), max(speaker.end, cue.end)
    before, behind = text[:first].rstrip()[-1:], text[last : last + _LONGEST_WORD].lstrip()
    citing = behind[1:].split()[:1]  # "Sales fell, the firm said, citing 40 closures" is the firm's
    own = behind.startswith(",") and citing != [] and citing[0] in word_set("syntax", "citing")
    return bool(before) and before in _BESIDE and behind[:1] in {",", ".", ""} and not own


def _of_clause(text: str, tree: Tree, subject: TextSpan, speaker: TextSpan) -> TextSpan | None:
    """The subject of the clause that the source is named beside."""
    first, behind = tree.tokens(subject.start, subject.end)
    if first >= behind:
        return None
    node = tree.top((first, behind))
    for _ in range(_MOST_HEADS):
        verbs = [node, *tree.below(node, "ccomp", "parataxis")]
        for verb in verbs:
            found = subject_of(tree, verb) if tree.tags[verb] in {"VERB", "AUX"} else None
            if found is not None and not speaker.start <= tree.starts[found] < speaker.end:
                phrase = noun_phrase(tree, found)
                return None if phrase is None else _span(text, tree, phrase)
        if tree.heads[node] == node:
            return None
        node = tree.heads[node]
    return None


def _phrase(text: str, tree: Tree, measure: TextSpan) -> TextSpan | None:
    """The phrase of what is foreseen, unless it is the speaker's own: "Dealers expect their losses to rise"."""
    first, behind = tree.tokens(measure.start, measure.end)
    if first and tree.fine[first - 1] in {"DT", "PRP$"}:
        first -= 1
    return None if tree.lower[first] in word_set("syntax", "owners") else _span(text, tree, (first, behind))


def _span(text: str, tree: Tree, part: Range) -> TextSpan:
    start, end = tree.starts[part[0]], tree.ends[part[1] - 1]
    return TextSpan(text[start:end], start, end)
