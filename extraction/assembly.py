"""Puts the claims of a document together from what was read of it and from the trees of its sentences."""

import hashlib
import uuid
from dataclasses import replace

from spacy.tokens import Span

from extraction.amounts.lowest_prices import LOWEST
from extraction.claims import Claim, Kind, Subject, TextSpan, shortest
from extraction.context.bulletins import with_forecasts
from extraction.context.describe import describe
from extraction.context.measured_again import with_measures
from extraction.context.parts import Context
from extraction.context.tellers import told_subject
from extraction.context.understood import settle_understood
from extraction.modality.clauses import is_apart
from extraction.modality.modals import modal_behind
from extraction.modality.moods import Mood, mood_of
from extraction.modality.outcomes import is_fact_of_change
from extraction.modality.there import is_there
from extraction.modality.willed import awaited, willed
from extraction.plain.casing import as_written
from extraction.quantity.quantity import Quantity
from extraction.read_document import Reading, Statement
from extraction.repairs.repair import repair
from extraction.speakers.names import ArticleNames
from extraction.speakers.referents import resolved_subject
from extraction.times.in_trees import time_in_tree
from extraction.times.told_again import with_times
from extraction.trees.tree import Sentence, Tree, trees_of
from extraction.version import PIPELINE

# Claims of the same article, pipeline and place keep their id over every run.
_NAMESPACE = uuid.UUID("6d1f5a52-70f5-5c6b-9d0c-3f8f1d7c2b1e")
# Longer "sentences" are tables, lists or hostile; each claim keeps only the part around it. Parts begin at steps, so
# that claims beside each other keep the same one and not a copy each.
_LONGEST_SENTENCE = 2000
_STEP = 500
_MOST_PASSED = 4  # hedges that may stand in clauses apart from an amount, on the way to one that reaches it


def claims_of(reading: Reading) -> list[Claim]:
    """The claims of a document, in text order; its sentences are parsed by now, if anything parses them."""
    article, found = reading.article, reading.found
    key = article.id if article.id is not None else hashlib.sha256(article.text.encode("utf-8", "replace")).hexdigest()
    ids = [str(uuid.uuid5(_NAMESPACE, f"{key}/{PIPELINE}/{ordinal}")) for ordinal in range(len(found))]
    trees = _trees(reading)
    statements = reading.statements
    for position, source in settle_understood(reading.text, found, trees):
        statements[position] = replace(statements[position], currency=statements[source].currency)
    shown: dict[tuple[int, int], TextSpan] = {}
    claims = [
        _claim(
            reading.text,
            article.id,
            statement,
            trees.get((statement.sent.start, statement.sent.end)),
            ids[ordinal],
            None if statement.quantity.counterpart is None else ids[statement.quantity.counterpart],
            _sentence(reading.text, statement.sent, statement.quantity, shown),
            reading.names,
        )
        for ordinal, statement in enumerate(statements)
    ]
    claims = list(with_times(with_measures(claims)))
    claims = list(with_forecasts(reading.text, article.published_at, claims))
    return claims if reading.text is article.text else as_written(claims, article.text)


def _trees(reading: Reading) -> dict[Sentence, Tree]:
    """The tree of each parsed sentence with a quantity; an amount takes in the bounds right in front of it.

    The "from" of a lowest price stays a preposition, which ties the price to what is sold.
    """
    amounts: dict[Sentence, list[tuple[int, int]]]
    amounts = {(sent.start, sent.end): [] for sent in reading.sentences}
    for sent, quantity in reading.found:
        spans = amounts.get((sent.start, sent.end))
        if spans is None:
            continue
        start, end = quantity.start, quantity.end
        before = (span for span in quantity.qualifiers if span.text.lower() != LOWEST)
        bounds = [(start, end), *((span.start, span.end) for span in before)]
        for first, last in sorted(bounds, reverse=True) if quantity.qualifiers else ():
            if last <= start <= last + 1:
                start = first
        spans.append((start, end))
    return trees_of(reading.doc, reading.text, amounts, repair)


def _sentence(text: str, sent: Span, quantity: Quantity, shown: dict[tuple[int, int], TextSpan]) -> TextSpan:
    """The sentence of a claim, or what stands around the claim when the text runs on without an end of a sentence.

    ``shown`` holds what other claims of the text have, which may be the same.
    """
    first, last = sent.start_char, sent.end_char
    if last - first > _LONGEST_SENTENCE:
        step = first + (quantity.start - first) // _STEP * _STEP
        first, last = max(first, step - _STEP), min(last, max(quantity.end, step + _LONGEST_SENTENCE - _STEP))
    span = shown.get((first, last))
    if span is None:
        part = text[first:last].rstrip()
        span = shown[first, last] = TextSpan(part, first, first + len(part))
    return span


def _claim(
    text: str,
    article_id: str | None,
    statement: Statement,
    tree: Tree | None,
    own_id: str,
    counterpart: str | None,
    sentence: TextSpan,
    names: ArticleNames,
) -> Claim:
    quantity, currency = statement.quantity, statement.currency
    start, end = quantity.start, quantity.end
    # A pipeline without a parser gives no tree, and so no context; what stands in a table has one without a tree.
    context = statement.context if tree is None else describe(text, tree, quantity)
    modality, hedges, negator = statement.mood if tree is None else _mood(text, statement, tree)
    return Claim(
        id=own_id,
        article_id=article_id,
        text=text[start:end],
        start=start,
        end=end,
        kind=quantity.kind,
        shape=quantity.shape,
        value=shortest(quantity.value),
        low=shortest(quantity.low),
        high=shortest(quantity.high),
        unit=currency.code if currency is not None else quantity.unit,
        unit_text=quantity.unit_text,
        sentence=sentence,
        rules=(*quantity.rules, *context.rules),
        pipeline=PIPELINE,
        per=quantity.per,
        currency=currency,
        qualifiers=quantity.qualifiers,
        change=quantity.change,
        counterpart=counterpart,
        subject=_subject(text, tree, context, statement, names),
        measure=context.measure,
        of=context.of,
        predicate=context.predicate,
        attribution=statement.attribution,
        modality=modality,
        hedges=hedges,
        negated=negator is not None,
        time=time_in_tree(tree, quantity, statement.times),
    )


def _mood(text: str, statement: Statement, tree: Tree) -> Mood:
    """The mood of a claim when the hedges and negations of clauses that do not hold its amount are passed over."""
    mood, quantity = statement.mood, statement.quantity
    amount = TextSpan(text[quantity.start : quantity.end], quantity.start, quantity.end)
    said = statement.attribution.cue if statement.attribution is not None else None
    negator = mood.negator
    passed: list[TextSpan] = []
    while (
        len(passed) < _MOST_PASSED
        and mood.hedges
        and (
            is_apart(tree, mood.hedges[0], amount)
            or is_fact_of_change(text, mood.hedges[0], quantity.change, quantity.start)
        )
    ):
        passed.append(mood.hedges[0])
        mood = mood_of(text, statement.sent, quantity.start, quantity.end, said, passed)
    willing = quantity.kind is not Kind.AGE and not statement.counts_speakers
    if mood.modality == "asserted" and not passed and willing:
        modal = modal_behind(tree, amount) or willed(tree, amount) or awaited(tree, amount)
        was = quantity.change is not None and quantity.change.role == "from"
        if modal is not None and not was and not is_there(text, quantity.start, quantity.end):
            mood = mood._replace(modality=modal[0], hedges=(modal[1],))
    if negator is not None and is_apart(tree, negator, amount):
        negator = None
    return mood if mood.negator is negator else mood._replace(negator=negator)


def _is_no_subject(context: Context, statement: Statement) -> bool:
    """Whether those who speak are counted, or stand in front of a headline as its source: "Police: 3 arrested"."""
    if statement.counts_speakers:
        return True
    said, subject = statement.attribution, context.subject
    if said is None or said.speaker is None or said.cue is not None or said.type != "indirect" or subject is None:
        return False
    return said.speaker.span.start == subject.start


def _subject(
    text: str, tree: Tree | None, context: Context, statement: Statement, names: ArticleNames
) -> Subject | None:
    attribution = statement.attribution
    if _is_no_subject(context, statement):
        return None
    quantity, words = statement.quantity, context.subject
    if tree is not None:
        words = told_subject(text, tree, context, attribution, (quantity.start, quantity.end))
    if words is None:
        return None
    resolved = resolved_subject(names, words, attribution)
    return Subject(words.text, words.start, words.end, resolved)
