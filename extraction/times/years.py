"""What a year looks like in digits."""

YEAR = r"(?:1[5-9]|20|21)\d\d"
_DIGITS = 4


def of_four_digits(word: str) -> bool:
    """As in "2028" and "1340", whatever the words around say of it."""
    return len(word) == _DIGITS and word.isdecimal()
