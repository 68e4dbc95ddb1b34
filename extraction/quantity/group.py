"""One amount or two: what becomes one quantity."""

from dataclasses import dataclass

from extraction.quantity.amount import Amount


@dataclass(slots=True)
class Group:
    """One amount, or the two ends of a range."""

    first: Amount
    last: Amount

    @property
    def is_range(self) -> bool:
        return self.first is not self.last
