"""Sorts out who reports and what is reported where the report stands between: "The bridge, said the mayor, will"."""

from extraction.text.words import word_set
from extraction.times.weekdays import weekdays
from extraction.trees.labels import NAMING
from extraction.trees.tree import Tree

_LONGEST_SPEAKER = 10  # tokens
_LONGEST_CASE = 5  # tokens: "compared with just over"
_COMPARING = frozenset(("compared", "against", "versus", "vs"))
_REPORTING = word_set("attribution", "say", "show")
_BEFORE_VERB = frozenset(("AUX", "ADV", "PART"))


def place_reports(tree: Tree) -> None:
    """Repairs ``tree`` in place."""
    if "," in tree.vocabulary:
        place_behind_comments(tree)
        if not _REPORTING.isdisjoint(tree.vocabulary):
            _place_inserted(tree)
    if not weekdays().isdisjoint(tree.vocabulary):
        for day in range(1, len(tree.words) - 1):
            if tree.lower[day] in weekdays() and tree.relations[day] == "compound":
                _day_of_report(tree, day)
    if "ccomp" in tree.relations:
        for span in tree.amounts:
            _inside_reported(tree, tree.top(span))
            _far_away(tree, tree.top(span), span[1])
    if "VBG" in tree.fine:
        for token, relation in enumerate(tree.relations):
            if relation == "conj" and token > 1:
                _and_doing(tree, token)


def _place_inserted(tree: Tree) -> None:
    """Sorts out the reports between commas, in a sentence that has a comma and a verb that reports."""
    _inverted_report(tree)
    for verb in range(2, len(tree.words)):
        if tree.lower[verb] in {"said", "says"} and tree.words[verb - 1] == ",":
            _speaker_behind(tree, verb)
    _goes_on_behind_report(tree)


def _day_of_report(tree: Tree, day: int) -> None:
    """Hangs a weekday on the report and not on the name: "Ford said Monday Toyota would cut 300 jobs"."""
    says, name = day - 1, tree.heads[day]
    named = name == day + 1 and tree.words[name][0].isupper() and tree.relations[name].startswith("nsubj")
    if named and tree.lower[says] in _REPORTING and tree.tags[says] == "VERB":
        tree.hang(day, says, "obl:unmarked")


def _far_away(tree: Tree, top: int, last: int) -> None:
    """Hangs a distance on the direction behind it: "The mine is about 10km north of Lima, police said"."""
    if last >= len(tree.words) or tree.lower[last] not in word_set("cues", "far_off"):
        return
    beside = tree.heads[top] == tree.heads[last] and tree.relations[top] == tree.relations[last] == "ccomp"
    if beside and tree.heads[top] not in {top, last}:
        tree.heads[top], tree.relations[top] = last, "obl:unmarked"


def _and_doing(tree: Tree, verb: int) -> None:
    """Joins a gerund to the predicate, not to its place: "The ferry was 5km off Bali and carrying 65 people"."""
    place = tree.heads[verb]
    where = tree.heads[place]
    joined = tree.fine[verb] == "VBG" and tree.tags[place] in NAMING
    if not joined or tree.base(place) not in {"nmod", "obl"} or not where < place < verb:
        return
    placed = any(where <= at < place for at in tree.own(place, "case"))
    if placed and any(at < where for at in tree.own(where, "cop")):
        tree.heads[verb] = where


def _inside_reported(tree: Tree, top: int) -> None:
    """Hangs an amount on what is reported: "Babies were three times as likely to fall ill, the study found"."""
    say = tree.heads[top]
    if say <= top or tree.tags[say] != "VERB":
        return
    said = [at for at, head in enumerate(tree.heads) if head == say and tree.relations[at] == "ccomp" and at < say]
    if not said or tree.base(top) != "obl" or not top < said[-1] or "," in tree.words[top : said[-1]]:
        return
    if any(head == said[-1] and at < top for at, head in enumerate(tree.heads)):
        tree.heads[top] = said[-1]


def _goes_on_behind_report(tree: Tree) -> None:
    """Hangs what follows a report on what is reported: "fetched $108, the figures show, down from $151"."""
    moved, amount_at = word_set("syntax", "moved"), tree.amount_at
    for token in range(2, len(tree.words)):
        if amount_at[token] < 0 and amount_at[token - 1] < 0 and tree.lower[token] not in moved:
            continue
        report = tree.heads[token]
        goes_on = tree.lower[token] in moved and tree.words[token - 1] == ","
        goes_on = goes_on or (tree.amount_at[token] >= 0 and _is_compared(tree, token, report))
        goes_on = goes_on or _is_more(tree, token)
        if not goes_on or report >= token or tree.words[report + 1 : token].count(",") > 1:
            continue
        reported = [at for at in tree.own(report, "ccomp") if at < report]
        if tree.relations[report] == "parataxis" and tree.heads[report] < report:
            reported = [tree.heads[report]]
        if reported and tree.lower[report] in _REPORTING:
            tree.heads[token] = reported[0]
            tree.relations[token] = "obl" if tree.amount_at[token] >= 0 else "advcl"


def _is_more(tree: Tree, token: int) -> bool:
    """Whether a token says how much more: "Fees average $9,400, the union said, 6 per cent more than in May"."""
    number = tree.amount_at[token] if tree.amount_at[token] >= 0 else tree.amount_at[token - 1]
    if number < 0:
        return False
    first, more = tree.amounts[number]
    if tree.lower[more + 1 : more + 2] != ["than"] or tree.fine[more] != "JJR" or first == 0:
        return False
    return tree.words[first - 1] == "," and token in {more, tree.top(tree.amounts[number])}


def _is_compared(tree: Tree, top: int, report: int) -> bool:
    """Whether a comparison opens behind a comma: "Profit was $4m, the bank said, against $3m a year before"."""
    first = tree.amounts[tree.amount_at[top]][0]
    cases = (at for at in range(max(report + 1, first - _LONGEST_CASE), first) if tree.lower[at] in _COMPARING)
    return any(tree.words[at - 1] == "," and tree.heads[at] == top for at in cases)


def _inverted_report(tree: Tree) -> None:
    """Makes who stands behind "said" its subject: "The bridge, said the mayor, will cost $8 million"."""
    for verb in range(2, len(tree.lower)):
        if tree.lower[verb] not in {"said", "says"} or tree.words[verb - 1] != ",":
            continue
        subject = [token for token in tree.own(verb, "nsubj") if token < verb]
        reported = _reported(tree, verb) or [tree.heads[verb]] * (tree.heads[verb] > verb)
        if not subject and reported:
            subject = [token for token in tree.own(reported[0], "nsubj") if token < verb]
        if len(subject) != 1 or not reported:
            continue
        speaker = [token for token in tree.own(reported[0], "nsubj") if verb < token < reported[0]]
        if speaker and "," in tree.words[speaker[-1] + 1 : reported[0]]:
            tree.hang(verb, reported[0], "parataxis")
            tree.heads[subject[0]] = reported[0]
            tree.heads[speaker[-1]] = verb


def _reported(tree: Tree, verb: int) -> list[int]:
    """The heads of what a verb of speech in between reports."""
    return [token for token in tree.own(verb, "ccomp", "conj", "parataxis") if token > verb + 1]


def _speaker_behind(tree: Tree, say: int) -> None:
    """Makes who stands between "says" and a comma its subject: "The plant, says owner Jane Doe, will employ 90"."""
    comma = next(
        (at for at in range(say + 2, min(say + _LONGEST_SPEAKER, len(tree.words))) if tree.words[at] == ","), 0
    )
    verb = next((at for at in range(comma + 1, len(tree.words)) if tree.tags[at] not in _BEFORE_VERB), 0)
    if not comma or tree.tags[verb] != "VERB":
        return
    subject = [at for at in range(say - 1) if tree.heads[at] in {say, verb} and tree.base(at) == "nsubj"]
    speaker = [at for at in range(say + 1, comma) if not say < tree.heads[at] < comma and tree.base(at) != "punct"]
    if len(subject) != 1 or len(speaker) != 1 or tree.heads[verb] not in {verb, say, subject[0]}:
        return
    if tree.heads[speaker[0]] == say and tree.heads[subject[0]] == verb and tree.base(speaker[0]) == "nsubj":
        return
    tree.heads[speaker[0]], tree.relations[speaker[0]] = say, "nsubj"
    tree.hang(say, verb, "parataxis")
    tree.heads[subject[0]], tree.relations[subject[0]] = verb, "nsubj"


_LONGEST_COMMENT = 9  # tokens of what stands between the commas
_REPORTS = word_set("attribution", "say", "either", "mind", "show")
_COMMENTING = _REPORTS | {"according"}
_HEARERS = word_set("grammar", "object_pronouns")
_LEFT = frozenset(("nsubj", "expl"))
_ALIEN = frozenset(("obj", "obl", "ccomp", "conj", "xcomp", "nmod", "dep", "appos", "parataxis", "nsubj"))
_NAMED_VERBS = word_set("syntax", "verbs_in_front_of_comments")


def place_behind_comments(tree: Tree) -> None:
    """Hangs what stands behind a comment on the verb in front: "She owns, friends say, 300 pairs of shoes".

    The comment may name a source: "The stand holds, according to the club, 8,000 fans".
    """
    if _COMMENTING.isdisjoint(tree.vocabulary):
        return
    for span in tree.amounts:
        close = _comma_before(tree, span[0])
        if close < 3:
            continue
        opening = next(
            (at for at in range(close - 2, max(0, close - 1 - _LONGEST_COMMENT), -1) if tree.words[at] == ","), 0
        )
        report = _report(tree, opening, close) if opening else 0
        if report and _acts(tree, opening - 1):
            _give_back(tree, opening - 1, report, close)


def _comma_before(tree: Tree, first: int) -> int:
    """The comma that an amount opens behind, past "about", "more than" and the like; 0 when there is none."""
    for at in range(first - 1, max(0, first - 1 - _SHADES), -1):
        if tree.words[at] == ",":
            return at
        if tree.tags[at] not in _SHADING:
            return 0
    return 0


_SHADES = 4
_SHADING = frozenset(("ADV", "ADJ", "ADP", "DET"))


def _report(tree: Tree, opening: int, close: int) -> int:
    """The verb that reports between two commas, or what "according to" names there; 0 when nobody reports."""
    if tree.lower[opening + 1 : opening + 3] == ["according", "to"]:
        return next((at for at in range(close - 1, opening + 2, -1) if tree.is_nominal(at)), 0)
    verb = close - 2 if tree.lower[close - 1] in _HEARERS else close - 1
    told = verb > opening + 1 and tree.lower[verb] in _REPORTS
    return verb if told and any(_is_subject(tree, at, verb) for at in range(opening + 1, verb)) else 0


def _is_subject(tree: Tree, token: int, verb: int) -> bool:
    return tree.heads[token] == verb and tree.base(token) == "nsubj"


def _acts(tree: Tree, verb: int) -> bool:
    """Whether a verb with its subject stands in front of the first comma."""
    known = tree.tags[verb] in {"VERB", "AUX"} or tree.lower[verb] in _NAMED_VERBS
    before = range(max(0, verb - _SUBJECT_REACH), verb)
    return known and any(tree.base(at) in _LEFT and tree.heads[at] >= verb for at in before)


_SUBJECT_REACH = 12


def _give_back(tree: Tree, verb: int, report: int, close: int) -> None:
    """Hangs what opens behind the comment on the verb in front of it."""
    inside = range(verb + 2, close)
    for token in range(close + 1, min(close + 1 + _LONGEST_COMMENT, len(tree.words))):
        if tree.heads[token] not in inside or tree.base(token) not in _ALIEN or not tree.is_nominal(token):
            continue
        tree.tags[verb] = "VERB"
        if tree.heads[report] != verb and tree.base(report) != "nmod":
            tree.hang(report, verb, "parataxis" if tree.tags[report] in {"VERB", "AUX"} else "obl")
        tree.hang(token, verb, "obj")
        return
