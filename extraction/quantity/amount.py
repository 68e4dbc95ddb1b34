"""An amount: a numeral with its sign, currency, unit and rate. It is still no claim: ``read_sentence`` decides."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from extraction.claims import Kind
from extraction.currencies.table import CurrencyMark
from extraction.numerals.pairs import PAIR_RULE, nearer_reading
from extraction.quantity.counted_noun import CountedNoun
from extraction.text.numeral import Numeral, is_whole


@dataclass(slots=True)
class Amount:
    """One amount at lexemes ``start:end``; ``value`` is signed, and None when ``low`` and ``high`` are set."""

    start: int
    end: int
    numeral: Numeral
    kind: Kind | None
    value: Decimal | None
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str | None = None
    unit_start: int | None = None
    unit_end: int | None = None
    mark: CurrencyMark | None = None
    noun: CountedNoun | None = None
    noun_elsewhere: CountedNoun | None = None  # what is counted where the noun is said once, with another number
    per: tuple[str, int, int] | None = None
    text_end: int | None = None  # where the claim's own text ends, when words after it ("an hour") belong to the amount
    rules: list[str] = field(default_factory=list)

    @property
    def bare(self) -> bool:
        """Whether the number has no unit, currency or form of its own yet."""
        return self.kind is None

    @property
    def whole(self) -> bool:
        """Whether the amount is one value without a broken part."""
        return is_whole(self.value)

    def settle(self, kind: Kind, unit: str | None, rule: str) -> None:
        """Says what the amount is, and by which rule."""
        self.kind, self.unit = kind, unit
        self.rules.append(rule)


def without_bare(rules: Iterable[str]) -> list[str]:
    """The rules of a number that is bare no longer: no noun is sought for it any more."""
    return [rule for rule in rules if rule != "number.bare"]


def copy_unit(target: Amount, source: Amount) -> None:
    """Gives an amount the kind, unit, currency and rate of another; 50 (cents) becomes 0.5 (dollars)."""
    target.kind, target.unit, target.mark, target.per = source.kind, source.unit, source.mark, source.per
    target.unit_start, target.unit_end, target.noun = source.unit_start, source.unit_end, source.noun
    if source.mark is not None and target.value is not None:
        if target.numeral.rule == PAIR_RULE and source.value is not None and target.numeral.magnitude is None:
            target.value = nearer_reading(target.value, source.value / source.mark.scale)
        target.value = source.mark.in_major(target.value)
    target.rules.append("share.unit")
