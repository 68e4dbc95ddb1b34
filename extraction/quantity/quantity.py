"""A quantity: an amount (or a range) of the text with its bounds, its rate and its movement."""

from dataclasses import dataclass
from decimal import Decimal

from extraction.claims import Change, Kind, Rate, Shape, TextSpan
from extraction.currencies.table import CurrencyMark
from extraction.text.numeral import is_whole


@dataclass(slots=True)
class Quantity:
    """A quantity of the text: characters ``start:end`` and its reading, before context is added.

    ``counterpart`` is the index, among the quantities of the same sentence, of the other end of a change.
    """

    start: int
    end: int
    kind: Kind
    shape: Shape
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    unit: str | None
    unit_text: str | None
    unit_span: tuple[int, int] | None
    per: Rate | None
    mark: CurrencyMark | None
    qualifiers: tuple[TextSpan, ...]
    change: Change | None
    counterpart: int | None
    rules: tuple[str, ...]

    @property
    def least(self) -> Decimal | None:
        """The value, or the lower end where there are two."""
        return self.low if self.value is None else self.value

    @property
    def whole(self) -> bool:
        """Whether it can count: "six", not "six and a half"."""
        return is_whole(self.least)

    @property
    def denies_bound(self) -> bool:
        """Whether the negation turned the bound round, so that the number stands: "did not hire more than 20"."""
        return any(rule.startswith("bound.not_") for rule in self.rules)
