"""Finds the currency of an amount and settles what ambiguous signs ("$", "kr", "pesos") mean in an article.

The order of the evidence for an ambiguous sign:

1. what the amount says itself ("$45 million in the bank, Australian dollars");
2. the article's own country, its publisher's or its URL's, unless a government of another country owns the amount;
3. everything else in the text, weighed: places in the sentence and just before it, the dateline, the headline, how often
   a country is named, and how the article writes the same sign elsewhere. An article that writes "A$" beside "$" does
   not mean Australian dollars by the latter, unless it writes the first amount in full and shortens the others;
4. the sign's most usual meaning.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from babel.numbers import get_territory_currencies

from extraction.claims import Currency, SourceArticle, TextSpan
from extraction.currency_marks import (
    CurrencyMark,
    active_codes,
    combine,
    historic_code,
    mark_after,
    mark_before,
    prior_of,
)
from extraction.places import PlaceMention, dateline, home_country, place_mentions

__all__ = [
    "CurrencyMark",
    "PlacedMark",
    "active_codes",
    "combine",
    "mark_after",
    "mark_before",
    "pounds_mean_money",
    "resolve",
]

# The weights of the evidence of point 3, in votes; a plain mention anywhere is worth _MENTION, up to _MENTIONS_AT_MOST.
_MENTION, _MENTIONS_AT_MOST = 0.75, 6.0
_DATELINE = 8.0
_HEADLINE = 2.0
_WRITTEN_IN_FULL_FIRST = 6.0
_NEAREST_BEFORE, _SAME_SENTENCE, _OWNER, _SENTENCE_BEFORE = 5.0, 3.0, 2.0, 2.0
# What is left of the votes for a currency that the article writes in full.
_WRITTEN_IN_FULL = 0.3
# The dollar of international news: a vote for each place without a sign of this family, up to a few.
_ELSEWHERE, _ELSEWHERE_AT_MOST, _ELSEWHERE_HOME = 0.1, 2.0, 3.0
# From this prior on, a sign means its first candidate as surely as a code does.
_CERTAIN = 3.0
# Only so many mentions around an amount are weighed, so that the time stays linear in the text.
_MENTIONS_AROUND = 12
_EVIDENCE_AT_MOST = 3
_WORLD_PRICE_VOTES = 6.0
_DOLLARS = frozenset({"$", "dollar", "cent"})
_POUND_COUNTRIES = frozenset({"GB", "GG", "JE", "IM", "GI", "FK", "SH", "EG", "LB", "SY", "SD", "SS"})
_BOUNDARY = re.compile(r"[.!?][\"”’')\]]{0,3}\s|\n")
_ABBREVIATION = re.compile(
    r"(?:\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|St|Jr|Sr|Prof|Gen|Sen|Rep|Gov|Corp|Inc|Ltd|Co|vs|No|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec))\Z"
)
_CONVERSION = re.compile(
    r"[ ,]*(?:[(\[]|\bor\b|\bequivalent to\b)[ ~≈=]*(?:or |about |around |some |roughly |approximately |nearly |over |\w+ )?"
)
# What the world's markets quote in dollars of the United States, whoever writes it.
_WORLD_PRICE = re.compile(r"[ -](?:a|an|per)[ -](?:barrel|ounce|troy ounce)\b")
_PRICE_LIST = re.compile(r"\b(?:figures|amounts|prices|values|sums|dollars)\b[^.\n]{0,40}\bin(?: the)? \Z")


@dataclass(frozen=True, slots=True)
class PlacedMark:
    """A mark and the characters ``start:end`` of its amount."""

    mark: CurrencyMark
    start: int
    end: int


def pounds_mean_money(text: str, article: SourceArticle) -> bool:
    """Whether "pounds" are money in this article unless a word beside them speaks of weight."""
    return "£" in text or "sterling" in text or home_country(article) in _POUND_COUNTRIES


def resolve(marks: Sequence[PlacedMark], text: str, article: SourceArticle) -> list[Currency]:
    """The currency of each mark, with the evidence; ``marks`` are in text order and offsets count in ``text``."""
    if all(placed.mark.code is not None for placed in marks):
        return [_explicit(placed.mark) for placed in marks]
    context = _read_context(marks, text, article)
    found: dict[int, Currency] = {}
    for k, placed in enumerate(marks):
        if placed.mark.code is not None:
            found[k] = _explicit(placed.mark)
        elif not placed.mark.minor:
            found[k] = _settle(context, k, found)
    for k, placed in enumerate(marks):
        if k not in found:
            found[k] = _of_neighbour(context, k, found) or _settle(context, k, found)
    return [found[k] for k in range(len(marks))]


def _explicit(mark: CurrencyMark) -> Currency:
    return Currency(mark.code or mark.candidates[0], "explicit")


# --- what the article offers ----------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Context:
    """Everything about the article that settles a sign, read once."""

    text: str
    marks: Sequence[PlacedMark]
    mentions: list[PlaceMention]
    mention_starts: list[int]
    sentence_starts: list[int]
    home: str | None
    dateline: PlaceMention | None
    headline_end: int
    year: int | None
    stated: PlaceMention | None = None
    weighed: dict[str, "_Votes"] = field(default_factory=dict)
    codes: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def codes_of(self, country: str) -> tuple[str, ...]:
        """The currencies of a country when the article was written."""
        if country not in self.codes:
            current = ("EUR",) if country == "EU" else tuple(get_territory_currencies(country))
            historic = historic_code(country, self.year) if self.year is not None else None
            self.codes[country] = (historic, *current) if historic else current
        return self.codes[country]

    def code_in(self, country: str, candidates: Sequence[str]) -> str | None:
        """The currency of a country that is among the candidates."""
        return next((code for code in self.codes_of(country) if code in candidates), None)

    def sentence(self, position: int) -> tuple[int, int, int]:
        """The start of the sentence before, and the start and end of the sentence at ``position``."""
        k = bisect_right(self.sentence_starts, position) - 1
        end = self.sentence_starts[k + 1] if k + 1 < len(self.sentence_starts) else len(self.text)
        return self.sentence_starts[max(0, k - 1)], self.sentence_starts[k], end

    def span(self, mention: PlaceMention) -> TextSpan:
        return TextSpan(self.text[mention.start : mention.owner_end], mention.start, mention.owner_end)


@dataclass(slots=True)
class _Votes:
    """The votes that hold for every amount with the same sign, and the mentions behind them."""

    votes: dict[str, float]
    factors: dict[str, float]
    evidence: dict[str, list[TextSpan]]


def _read_context(marks: Sequence[PlacedMark], text: str, article: SourceArticle) -> _Context:
    mentions = place_mentions(text)
    first_line = text.find("\n")
    context = _Context(
        text=text,
        marks=marks,
        mentions=mentions,
        mention_starts=[mention.start for mention in mentions],
        sentence_starts=_sentence_starts(text),
        home=home_country(article),
        dateline=dateline(text, mentions),
        headline_end=first_line if 0 < first_line <= 160 else 0,
        year=article.published_at.year if article.published_at else None,
    )
    context.stated = next((mention for mention in mentions if _states_all(text, mention)), None)
    return context


def _sentence_starts(text: str) -> list[int]:
    starts = [0]
    for match in _BOUNDARY.finditer(text):
        before = text[max(0, match.start() - 6) : match.start()]
        if match.group() == "\n" or not (match.group()[0] == "." and _ABBREVIATION.search(before)):
            starts.append(match.end())
    return starts


def _states_all(text: str, mention: PlaceMention) -> bool:
    """Whether the mention says what all amounts are in: "all figures in Canadian dollars"."""
    return (
        _behind(text, mention) == "dollars"
        and _PRICE_LIST.search(text[max(0, mention.start - 70) : mention.start]) is not None
    )


def _behind(text: str, mention: PlaceMention) -> str:
    """The institution behind the mention's place."""
    return text[mention.end : mention.owner_end].strip()


# --- one amount -----------------------------------------------------------------------------------------------------


def _settle(context: _Context, k: int, found: Mapping[int, Currency]) -> Currency:
    mark = context.marks[k].mark
    own = _own_words(context, k)
    if own is not None:
        return own
    barred, converts = _barred(context, k, found)
    candidates = tuple(code for code in mark.candidates if code not in barred) or mark.candidates
    if context.home is not None:
        code = context.code_in(context.home, candidates)
        if code is not None:
            owner = None if converts else _foreign_owner(context, k, code, candidates)
            return owner or Currency(code, "country", (), _others(code, candidates))
    return _weigh(context, k, candidates, converts=converts)


def _own_words(context: _Context, k: int) -> Currency | None:
    """The currency that words behind the amount state, or that the article states for all amounts."""
    placed = context.marks[k]
    _, _, end = context.sentence(placed.start)
    for mention in _mentions_between(context, placed.end, min(end, placed.end + 80)):
        code = context.code_in(mention.country, placed.mark.candidates)
        if code is not None and _behind(context.text, mention) == "dollars" and not _is_amount(context, k, mention):
            return Currency(code, "context", (context.span(mention),), _others(code, placed.mark.candidates))
    if context.stated is not None:
        code = context.code_in(context.stated.country, placed.mark.candidates)
        if code is not None:
            return Currency(code, "context", (context.span(context.stated),), _others(code, placed.mark.candidates))
    return None


def _is_amount(context: _Context, k: int, mention: PlaceMention) -> bool:
    """Whether the mention is part of one of the next amounts: "$5m, or seven million Australian dollars"."""
    return any(placed.start <= mention.start < placed.end for placed in context.marks[k + 1 : k + 4])


def _barred(context: _Context, k: int, found: Mapping[int, Currency]) -> tuple[set[str], bool]:
    """Codes that the amount cannot have, and whether it converts the amount before: "A$12m ($8m)", "£5m ($6m)"."""
    placed, barred, converts = context.marks[k], set(), False
    if k > 0:
        before = context.marks[k - 1]
        if before.mark.symbol != placed.mark.symbol and _converts(context.text, before.end, placed.start):
            converts = True
            known = before.mark.code or (found[k - 1].code if k - 1 in found else None)
            barred.update({known} if known else ())
    if k + 1 < len(context.marks):
        after = context.marks[k + 1]
        if after.mark.code is not None and _converts(context.text, placed.end, after.start):
            barred.add(after.mark.code)
    _, start, end = context.sentence(placed.start)
    for mention in _mentions_between(context, start, end):
        if _behind(context.text, mention) == "dollar":  # "the Australian dollar fell to $0.65"
            barred.update(code for code in context.codes_of(mention.country) if code != "USD")
    return barred, converts


def _converts(text: str, start: int, end: int) -> bool:
    return start < end <= start + 40 and _CONVERSION.fullmatch(text, start, end) is not None


def _foreign_owner(context: _Context, k: int, home: str, candidates: Sequence[str]) -> Currency | None:
    """The currency of another country whose government or market owns the amount, in the same sentence.

    Papers of the United States write all dollars in their own; a currency that the article writes in full elsewhere is
    not meant by the bare sign.
    """
    placed = context.marks[k]
    if home == "USD":
        return None
    _, start, _ = context.sentence(placed.start)
    for mention in reversed(_mentions_between(context, start, placed.start)):
        code = context.code_in(mention.country, candidates)
        if code is None:
            continue
        if code == home or not mention.owns or code in _votes(context, placed.mark).factors:
            return None
        return Currency(code, "context", (context.span(mention),), (home,))
    return None


def _of_neighbour(context: _Context, k: int, found: Mapping[int, Currency]) -> Currency | None:
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


def _weigh(context: _Context, k: int, candidates: Sequence[str], *, converts: bool) -> Currency:
    placed = context.marks[k]
    default = candidates[0]
    everywhere = _votes(context, placed.mark)
    votes: dict[str, float] = defaultdict(float, everywhere.votes)
    near: dict[str, list[tuple[float, PlaceMention]]] = {} if converts else _nearby(context, placed, candidates)
    for code, weighed in near.items():
        votes[code] += sum(weight for weight, _ in weighed)
    for code, factor in everywhere.factors.items():
        votes[code] *= factor
    if placed.mark.symbol == "$" and _WORLD_PRICE.match(context.text, placed.end):
        votes["USD"] += _WORLD_PRICE_VOTES
    score = {code: votes[code] for code in candidates if votes[code] > 0}
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


def _mentions_between(context: _Context, start: int, end: int) -> list[PlaceMention]:
    """The last mentions of a place in characters ``start:end``, at most ``_MENTIONS_AROUND``."""
    first, last = bisect_left(context.mention_starts, start), bisect_left(context.mention_starts, end)
    return context.mentions[max(first, last - _MENTIONS_AROUND) : last]


def _nearby(
    context: _Context, placed: PlacedMark, candidates: Sequence[str]
) -> dict[str, list[tuple[float, PlaceMention]]]:
    """The votes of the places in the amount's sentence and the one before."""
    before, start, end = context.sentence(placed.start)
    votes: dict[str, list[tuple[float, PlaceMention]]] = defaultdict(list)
    nearest = True
    for mention in reversed(_mentions_between(context, before, placed.start)):
        code = context.code_in(mention.country, candidates)
        if code is None:
            continue
        weight = _SENTENCE_BEFORE
        if mention.start >= start:
            weight = (_NEAREST_BEFORE if nearest else _SAME_SENTENCE) + (_OWNER if mention.owns else 0)
            nearest = False
        votes[code].append((weight, mention))
    for mention in _mentions_between(context, placed.end, end)[:3]:
        code = context.code_in(mention.country, candidates)
        if code is not None:
            votes[code].append((_SAME_SENTENCE - 1, mention))
    return votes


def _evidence(
    context: _Context, near: Sequence[tuple[float, PlaceMention]], everywhere: Sequence[TextSpan]
) -> tuple[TextSpan, ...]:
    """The strongest evidence first; what stands further away only where nothing is near."""
    ranked = sorted(near, key=lambda one: -one[0])
    if ranked and ranked[0][0] >= _NEAREST_BEFORE:
        return (context.span(ranked[0][1]),)
    spans = [*everywhere, *(context.span(mention) for _, mention in ranked)]
    return tuple({span.text: span for span in reversed(spans)}.values())[: -_EVIDENCE_AT_MOST - 1 : -1]


def _votes(context: _Context, mark: CurrencyMark) -> _Votes:
    if mark.symbol not in context.weighed:
        context.weighed[mark.symbol] = _vote_everywhere(context, mark)
    return context.weighed[mark.symbol]


def _vote_everywhere(context: _Context, mark: CurrencyMark) -> _Votes:
    votes: dict[str, float] = defaultdict(float)
    evidence: dict[str, list[TextSpan]] = defaultdict(list)
    mentions: Counter[str] = Counter()
    headlines: Counter[str] = Counter()
    elsewhere = 0
    for mention in context.mentions:
        code = context.code_in(mention.country, mark.candidates)
        if code is None:
            elsewhere += 1
            continue
        mentions[code] += 1
        headlines[code] += mention.start < context.headline_end
        if len(evidence[code]) < _EVIDENCE_AT_MOST:
            evidence[code].append(context.span(mention))
    for code, count in mentions.items():
        votes[code] = min(_MENTION * count, _MENTIONS_AT_MOST) + _HEADLINE * min(headlines[code], 2)
    if context.dateline is not None:
        code = context.code_in(context.dateline.country, mark.candidates)
        if code is not None:
            votes[code] += _DATELINE
            evidence[code].insert(0, context.span(context.dateline))
    if mark.symbol in _DOLLARS:
        votes["USD"] += min(_ELSEWHERE * elsewhere, _ELSEWHERE_AT_MOST)
        votes["USD"] += _ELSEWHERE_HOME if context.home is not None else 0
    factors = _written_in_full(context, mark, votes, evidence)
    return _Votes(votes, factors, evidence)


def _written_in_full(
    context: _Context, mark: CurrencyMark, votes: dict[str, float], evidence: dict[str, list[TextSpan]]
) -> dict[str, float]:
    """What is left of the votes for currencies that the article writes in full, and so not with the bare sign.

    An article that writes its first amount in full and most others bare ("NZ$41m ... $78m") means the same currency.
    """
    family = [placed for placed in context.marks if _is_of_family(placed.mark, mark)]
    written: Counter[str] = Counter(placed.mark.code for placed in family if placed.mark.code is not None)
    bare = sum(placed.mark.code is None for placed in family)
    first = family[0] if family else None
    factors = {code: _WRITTEN_IN_FULL for code in written}
    if mark.minor:
        # Cents go with the currency that is written in full, whatever else is.
        for code, count in written.items():
            votes[code] += min(count, 3)
        return {}
    if first is not None and first.mark.code is not None and written[first.mark.code] < bare:
        code = first.mark.code
        del factors[code]
        votes[code] += _WRITTEN_IN_FULL_FIRST if code != mark.candidates[0] else 1.0
        evidence[code].insert(0, TextSpan(context.text[first.start : first.end], first.start, first.end))
    return factors


def _is_of_family(mark: CurrencyMark, sign: CurrencyMark) -> bool:
    """Whether a mark is the sign or could have been written with it."""
    if mark.code is None:
        return mark.symbol == sign.symbol or (mark.symbol in _DOLLARS and sign.symbol in _DOLLARS and not mark.minor)
    return mark.code in sign.candidates and not (mark.minor and not sign.minor)
