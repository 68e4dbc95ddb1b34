"""Reads what an article offers to settle an ambiguous currency sign, and weighs it in votes for each currency."""

import itertools
import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from babel.numbers import get_territory_currencies

from extraction.claims import SourceArticle, TextSpan
from extraction.currencies.places import PlaceMention, dateline, home_country, place_mentions
from extraction.currencies.table import CurrencyMark
from extraction.text.sentences import sentence_starts

# The weights of the evidence, in votes; a plain mention anywhere is worth _MENTION, up to _MENTIONS_AT_MOST.
_MENTION, _MENTIONS_AT_MOST = 0.75, 6.0
_DATELINE = 8.0
_HEADLINE = 2.0
_LEAD = 1.0  # for a country in the first sentence below the headline: "A Sydney doctor who billed"
_WRITTEN_IN_FULL_FIRST = 6.0
NEAREST_BEFORE, _SAME_SENTENCE, _OWNER, _SENTENCE_BEFORE = 5.0, 3.0, 2.0, 2.0
# What is left of the votes for a currency that the article writes in full.
_WRITTEN_IN_FULL = 0.3
# The dollar of international news: a vote for each place without a sign of this family, up to a few.
_ELSEWHERE, _ELSEWHERE_AT_MOST, _ELSEWHERE_HOME = 0.1, 2.0, 3.0
# Only so many mentions around an amount are weighed, so that the time stays linear in the text.
_MENTIONS_AROUND = 12
EVIDENCE_AT_MOST = 3
DOLLARS = frozenset({"$", "dollar", "cent"})
_PRICE_LIST = re.compile(r"\b(?:figures|amounts|prices|values|sums|dollars)\b[^.\n]{0,40}\bin(?: the)? \Z")
_ABROAD = ("US$", "$US")


@dataclass(frozen=True, slots=True)
class PlacedMark:
    """A mark, the characters ``start:end`` of its amount, and the value; None for a range."""

    mark: CurrencyMark
    start: int
    end: int
    value: Decimal | None = None


@dataclass(slots=True)
class Context:
    """Everything about the article that settles a sign, read once."""

    text: str
    marks: Sequence[PlacedMark]
    mentions: list[PlaceMention]
    mention_starts: list[int]
    sentence_starts: Sequence[int]
    home: str | None
    dateline: PlaceMention | None
    headline_end: int
    day: date | None
    stated: PlaceMention | None = None
    weighed: dict[str, "Votes"] = field(default_factory=dict)
    codes: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def codes_of(self, country: str) -> tuple[str, ...]:
        """The currencies of a country when the article was written."""
        if country not in self.codes:
            tender = get_territory_currencies(country, start_date=self.day)
            self.codes[country] = ("EUR",) if country == "EU" else tuple(tender)
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
class Votes:
    """The votes that hold for every amount with the same sign, and the mentions behind them."""

    votes: dict[str, float]
    factors: dict[str, float]
    evidence: dict[str, list[TextSpan]]


def read_context(marks: Sequence[PlacedMark], text: str, article: SourceArticle) -> Context:
    """What the article offers for its marks: its own country, the places and the sentences of its text."""
    mentions = place_mentions(text)
    first_line = text.find("\n")
    context = Context(
        text=text,
        marks=marks,
        mentions=mentions,
        mention_starts=[mention.start for mention in mentions],
        sentence_starts=sentence_starts(text),
        home=home_country(article),
        dateline=dateline(text, mentions),
        headline_end=first_line if 0 < first_line <= 160 else 0,
        day=_day(article),
    )
    context.stated = next((mention for mention in mentions if _states_all(text, mention)), None)
    return context


def _day(article: SourceArticle) -> date | None:
    published = article.published_at
    return published.date() if isinstance(published, datetime) else published


def _states_all(text: str, mention: PlaceMention) -> bool:
    """Whether the mention says what all amounts are in: "all figures in Canadian dollars"."""
    return (
        behind(text, mention) == "dollars"
        and _PRICE_LIST.search(text[max(0, mention.start - 70) : mention.start]) is not None
    )


def behind(text: str, mention: PlaceMention) -> str:
    """The institution behind the mention's place."""
    return text[mention.end : mention.owner_end].strip()


def mentions_between(context: Context, start: int, end: int) -> list[PlaceMention]:
    """The last mentions of a place in characters ``start:end``, at most ``_MENTIONS_AROUND``."""
    first, last = bisect_left(context.mention_starts, start), bisect_left(context.mention_starts, end)
    return context.mentions[max(first, last - _MENTIONS_AROUND) : last]


def votes_nearby(
    context: Context, placed: PlacedMark, candidates: Sequence[str]
) -> dict[str, list[tuple[float, PlaceMention]]]:
    """The votes of the places in the amount's sentence and the one before."""
    before, start, end = context.sentence(placed.start)
    votes: dict[str, list[tuple[float, PlaceMention]]] = defaultdict(list)
    nearest = True
    for mention in reversed(mentions_between(context, before, placed.start)):
        code = context.code_in(mention.country, candidates)
        if code is None:
            continue
        weight = _SENTENCE_BEFORE
        if mention.start >= start:
            weight = (NEAREST_BEFORE if nearest else _SAME_SENTENCE) + (_OWNER if mention.owns else 0)
            nearest = False
        votes[code].append((weight, mention))
    for mention in mentions_between(context, placed.end, end)[:3]:
        code = context.code_in(mention.country, candidates)
        if code is not None:
            votes[code].append((_SAME_SENTENCE - 1, mention))
    return votes


def votes_everywhere(context: Context, mark: CurrencyMark) -> Votes:
    """The votes of the whole article for each currency that the mark can mean, counted once for each sign."""
    if mark.symbol not in context.weighed:
        context.weighed[mark.symbol] = _vote_everywhere(context, mark)
    return context.weighed[mark.symbol]


def _vote_everywhere(context: Context, mark: CurrencyMark) -> Votes:
    votes: dict[str, float] = defaultdict(float)
    evidence: dict[str, list[TextSpan]] = defaultdict(list)
    mentions: dict[str, int] = defaultdict(int)
    headlines: dict[str, int] = defaultdict(int)
    leads: set[str] = set()
    body = len(context.text) - len(context.text[context.headline_end :].lstrip())
    _, _, lead_end = context.sentence(body)
    elsewhere = 0
    for mention in context.mentions:
        code = context.code_in(mention.country, mark.candidates)
        if code is None:
            elsewhere += 1
            continue
        mentions[code] += 1
        headlines[code] += mention.start < context.headline_end
        if context.headline_end <= mention.start < lead_end:
            leads.add(code)
        if len(evidence[code]) < EVIDENCE_AT_MOST:
            evidence[code].append(context.span(mention))
    for code, count in mentions.items():
        votes[code] = min(_MENTION * count, _MENTIONS_AT_MOST) + _HEADLINE * min(headlines[code], 2)
        votes[code] += _LEAD if code in leads else 0
    if context.dateline is not None:
        code = context.code_in(context.dateline.country, mark.candidates)
        if code is not None:
            votes[code] += _DATELINE
            evidence[code].insert(0, context.span(context.dateline))
    if mark.symbol in DOLLARS:
        votes["USD"] += min(_ELSEWHERE * elsewhere, _ELSEWHERE_AT_MOST)
        votes["USD"] += _ELSEWHERE_HOME if context.home is not None else 0
    factors = _written_in_full(context, mark, votes, evidence)
    return Votes(votes, factors, evidence)


def _written_in_full(
    context: Context, mark: CurrencyMark, votes: dict[str, float], evidence: dict[str, list[TextSpan]]
) -> dict[str, float]:
    """What is left of the votes for currencies that the article writes in full, and so not with the bare sign.

    An article that writes its first amount in full and most others bare ("NZ$41m ... $78m") means the same currency.
    """
    family = [placed for placed in context.marks if _is_of_family(placed.mark, mark)]
    written: dict[str, int] = defaultdict(int)
    for placed in family:
        if placed.mark.code is not None:
            written[placed.mark.code] += 1
    bare = len(family) - sum(written.values())
    first = family[0] if family else None
    factors = dict.fromkeys(written, _WRITTEN_IN_FULL)
    converted = _converted(context.text, family)
    if converted:
        return {**factors, **dict.fromkeys(converted, 0.0)}
    if mark.minor:
        # Cents go with the currency that is written in full, whatever else is.
        for code, count in written.items():
            votes[code] += min(count, 3)
        return {}
    if first is not None and first.mark.code is not None and written[first.mark.code] < bare:
        code = first.mark.code
        if (
            code == "USD"
            and context.text.startswith(_ABROAD, first.start)
            and any(v > 0 for c, v in votes.items() if c != code)
        ):
            return factors  # who writes "US$" has another dollar at home, and names its places
        del factors[code]
        votes[code] += _WRITTEN_IN_FULL_FIRST if code != mark.candidates[0] else 1.0
        evidence[code].insert(0, TextSpan(context.text[first.start : first.end], first.start, first.end))
    return factors


def _converted(text: str, family: Sequence[PlacedMark]) -> set[str]:
    """The currencies whose amounts are said again with the bare sign, which so means another: "A$18bn ($12bn)"."""
    return {
        first.mark.code
        for first, second in itertools.pairwise(family)
        if first.mark.code is not None and second.mark.code is None and text[first.end : second.start].strip() == "("
        if first.value is None or first.value != second.value
    }


def _is_of_family(mark: CurrencyMark, sign: CurrencyMark) -> bool:
    """Whether a mark is the sign or could have been written with it."""
    if mark.code is None:
        return mark.symbol == sign.symbol or (mark.symbol in DOLLARS and sign.symbol in DOLLARS and not mark.minor)
    return mark.code in sign.candidates and not (mark.minor and not sign.minor)
