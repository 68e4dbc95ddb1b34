"""Finds the currency of an amount and settles what ambiguous signs ("$", "kr", "pesos") mean in an article.

The order of the evidence for an ambiguous sign:

1. what the amount says itself ("$45 million in the bank, Australian dollars");
2. the article's own country, its publisher's or its URL's, unless a government of another country owns the amount;
3. everything else in the text, weighed: places in the sentence and just before it, the dateline, the headline, how
   often a country is named, and how the article writes the same sign elsewhere. An article that writes "A$" beside "$"
   does not mean Australian dollars by the latter, unless it writes the first amount in full and shortens the others;
4. the sign's most usual meaning.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from extraction.claims import Currency, SourceArticle, TextSpan
from extraction.currencies.context import (
    EVIDENCE_AT_MOST,
    NEAREST_BEFORE,
    Context,
    PlacedMark,
    behind,
    mentions_between,
    read_context,
    votes_everywhere,
    votes_nearby,
)
from extraction.currencies.marks import prior_of
from extraction.currencies.places import PlaceMention
from extraction.currencies.table import CurrencyMark

# From this prior on, a sign means its first candidate as surely as a code does.
_CERTAIN = 3.0
_CONVERSION = re.compile(
    r"[ ,]*(?:[(\[]|\bor\b|\bequivalent to\b)[ ~≈=]*(?:\w+ )?"  # "(", "(about ", ", or some "
)
# What the world's markets quote in dollars of the United States, whoever writes it.
_WORLD_PRICE_VOTES = 6.0
_WORLD_PRICE = re.compile(r"[ -](?:a|an|per)[ -](?:barrel|ounce|troy ounce)\b")


def resolve(marks: Sequence[PlacedMark], text: str, article: SourceArticle) -> list[Currency]:
    """The currency of each mark, with the evidence; ``marks`` are in text order and offsets count in ``text``."""
    if all(placed.mark.code is not None for placed in marks):
        return [_explicit(placed.mark) for placed in marks]
    context = read_context(marks, text, article)
    found: dict[int, Currency] = {}
    for k, placed in enumerate(marks):
        if placed.mark.code is not None:
            found[k] = _explicit(placed.mark)
        elif not placed.mark.minor:
            found[k] = _settle(context, k, found)
    for k in range(len(marks)):
        if k not in found:
            found[k] = _of_neighbour(context, k, found) or _settle(context, k, found)
    _follow_others(marks, found)
    return [found[k] for k in range(len(marks))]


def _follow_others(marks: Sequence[PlacedMark], found: dict[int, Currency]) -> None:
    """Gives an amount of which nothing near says the currency that of all others with the same bare sign."""
    bare = {k: placed.mark.symbol for k, placed in enumerate(marks) if placed.mark.code is None}
    told: dict[str, dict[str, Currency]] = defaultdict(dict)  # by sign and code
    for k, symbol in bare.items():
        if found[k].basis == "context":
            told[symbol].setdefault(found[k].code, found[k])
    for k, symbol in bare.items():
        if found[k].basis == "default" and len(told[symbol]) == 1:
            found[k] = next(iter(told[symbol].values()))


def _explicit(mark: CurrencyMark) -> Currency:
    return Currency(mark.code or mark.candidates[0], "explicit")


# --- one amount -----------------------------------------------------------------------------------------------------


def _settle(context: Context, k: int, found: Mapping[int, Currency]) -> Currency:
    mark = context.marks[k].mark
    own = _own_words(context, k) or _restated(context, k, found)
    if own is not None:
        return own
    barred, converts = _barred(context, k, found)
    candidates = mark.candidates
    if barred:
        candidates = tuple(code for code in candidates if code not in barred) or candidates
    if context.home is not None:
        code = context.code_in(context.home, candidates)
        if code is not None:
            owner = None if converts else _foreign_owner(context, k, code, candidates)
            return owner or Currency(code, "country", (), _others(code, candidates))
    return _weigh(context, k, candidates, converts=converts)


def _own_words(context: Context, k: int) -> Currency | None:
    """The currency that words behind the amount state, or that the article states for all amounts."""
    placed = context.marks[k]
    _, _, end = context.sentence(placed.start)
    for mention in mentions_between(context, placed.end, min(end, placed.end + 80)):
        code = context.code_in(mention.country, placed.mark.candidates)
        if code is not None and behind(context.text, mention) == "dollars" and not _is_amount(context, k, mention):
            return Currency(code, "context", (context.span(mention),), _others(code, placed.mark.candidates))
    if context.stated is not None:
        code = context.code_in(context.stated.country, placed.mark.candidates)
        if code is not None:
            return Currency(code, "context", (context.span(context.stated),), _others(code, placed.mark.candidates))
    return None


def _restated(context: Context, k: int, found: Mapping[int, Currency]) -> Currency | None:
    """The currency of the same amount in front, which is written again otherwise; or None.

    As in "sixty billion U.S. dollars ($60,000,000,000)".
    """
    if k == 0 or k - 1 not in found:
        return None
    placed, before = context.marks[k], context.marks[k - 1]
    code = found[k - 1].code
    if code not in placed.mark.candidates or not _converts(context.text, before.end, placed.start):
        return None
    if before.value is None or before.value != placed.value:
        return None
    span = TextSpan(context.text[before.start : before.end], before.start, before.end)
    return Currency(code, "context", (span,), _others(code, placed.mark.candidates))


def _is_amount(context: Context, k: int, mention: PlaceMention) -> bool:
    """Whether the mention is part of one of the next amounts: "$5m, or seven million Australian dollars"."""
    return any(placed.start <= mention.start < placed.end for placed in context.marks[k + 1 : k + 4])


def _barred(context: Context, k: int, found: Mapping[int, Currency]) -> tuple[set[str], bool]:
    """Codes that the amount cannot have, and whether it converts the amount before: "A$12m ($8m)", "£5m ($6m)"."""
    placed, converts = context.marks[k], False
    barred: set[str] = set()
    if k > 0:
        before = context.marks[k - 1]
        other = before.mark.symbol != placed.mark.symbol or (before.mark.code is not None and placed.mark.code is None)
        if other and _converts(context.text, before.end, placed.start):
            converts = True
            known = before.mark.code or (found[k - 1].code if k - 1 in found else None)
            barred.update({known} if known else ())
    if k + 1 < len(context.marks):
        after = context.marks[k + 1]
        if after.mark.code is not None and _converts(context.text, placed.end, after.start):
            barred.add(after.mark.code)
    _, start, end = context.sentence(placed.start)
    for mention in mentions_between(context, start, end):
        if behind(context.text, mention) == "dollar":  # "the Australian dollar fell to $0.65"
            barred.update(code for code in context.codes_of(mention.country) if code != "USD")
    if prior_of(placed.mark.symbol) >= _CERTAIN:
        barred.discard(placed.mark.candidates[0])  # "50 pounds sterling, or £50"
    return barred, converts


def _converts(text: str, start: int, end: int) -> bool:
    return start < end <= start + 40 and _CONVERSION.fullmatch(text, start, end) is not None


def _foreign_owner(context: Context, k: int, home: str, candidates: Sequence[str]) -> Currency | None:
    """The currency of another country whose government owns the amount, in the same sentence.

    Papers of the United States write all dollars in their own; a currency that the article writes in full elsewhere is
    not meant by the bare sign.
    """
    placed = context.marks[k]
    if home == "USD":
        return None
    _, start, _ = context.sentence(placed.start)
    for mention in reversed(mentions_between(context, start, placed.start)):
        code = context.code_in(mention.country, candidates)
        if code is None:
            continue
        if code == home or not mention.official or code in votes_everywhere(context, placed.mark).factors:
            return None
        return Currency(code, "context", (context.span(mention),), (home,))
    return None


def _of_neighbour(context: Context, k: int, found: Mapping[int, Currency]) -> Currency | None:
    """For "cents": the currency of the nearest amount in the same sentence, if it has cents."""
    placed = context.marks[k]
    _, start, end = context.sentence(placed.start)
    best: tuple[int, int] | None = None
    for j in (*range(k - 1, max(-1, k - 5), -1), *range(k + 1, min(len(context.marks), k + 5))):
        other = context.marks[j]
        if start <= other.start < end and j in found and found[j].code in placed.mark.candidates:
            distance = abs(other.start - placed.start)
            best = min(best or (distance, j), (distance, j))
    if best is None:
        return None
    other, currency = context.marks[best[1]], found[best[1]]
    if currency.basis != "explicit":
        return currency
    evidence = TextSpan(context.text[other.start : other.end], other.start, other.end)
    return Currency(currency.code, "context", (evidence,), _others(currency.code, placed.mark.candidates))


# --- weighing -------------------------------------------------------------------------------------------------------


def _weigh(context: Context, k: int, candidates: Sequence[str], *, converts: bool) -> Currency:
    placed = context.marks[k]
    default = candidates[0]
    everywhere = votes_everywhere(context, placed.mark)
    votes: dict[str, float] = defaultdict(float, everywhere.votes)
    near: dict[str, list[tuple[float, PlaceMention]]] = {} if converts else votes_nearby(context, placed, candidates)
    for code, weighed in near.items():
        votes[code] += sum(weight for weight, _ in weighed)
    for code, factor in everywhere.factors.items():
        votes[code] *= factor
    if placed.mark.symbol == "$" and _WORLD_PRICE.match(context.text, placed.end):
        votes["USD"] += _WORLD_PRICE_VOTES
    score = {code: votes[code] for code in candidates if votes.get(code, 0) > 0}
    if default == placed.mark.candidates[0] and default not in everywhere.factors:
        score[default] = score.get(default, 0.0) + prior_of(placed.mark.symbol)
    code = max(score, key=lambda one: score[one]) if score else default
    evidence = _evidence(context, near.get(code, ()), everywhere.evidence.get(code, ()))
    others = _others(code, candidates, [one for one in score if score[one] >= score[code] / 2])
    if code == placed.mark.candidates[0] and prior_of(placed.mark.symbol) >= _CERTAIN:
        return Currency(code, "explicit")
    if not evidence:
        return Currency(code, "default", (), _others(code, candidates, candidates[1:4]))
    return Currency(code, "context", evidence, others)


def _others(code: str, candidates: Sequence[str], likely: Sequence[str] = ()) -> tuple[str, ...]:
    """The alternatives to ``code``: the sign's usual meaning and other likely ones."""
    return tuple(one for one in dict.fromkeys((candidates[0], *likely)) if one != code)


def _evidence(
    context: Context, near: Sequence[tuple[float, PlaceMention]], everywhere: Sequence[TextSpan]
) -> tuple[TextSpan, ...]:
    """The strongest evidence first; what stands further away only where nothing is near."""
    ranked = sorted(near, key=lambda one: -one[0])
    if ranked and ranked[0][0] >= NEAREST_BEFORE:
        return (context.span(ranked[0][1]),)
    spans = [*everywhere, *(context.span(mention) for _, mention in ranked)]
    return tuple({span.text: span for span in reversed(spans)}.values())[: -EVIDENCE_AT_MOST - 1 : -1]
