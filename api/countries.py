"""The country codes of ISO 3166, as articles name them; light enough for the command line."""

from functools import lru_cache

from babel import Locale

# Territories of CLDR that are groupings or tests, not countries of ISO 3166.
_NOT_COUNTRIES = {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"}


@lru_cache(maxsize=1)
def _countries() -> frozenset[str]:
    codes = {code for code in map(str, Locale("en").territories) if len(code) == 2 and code.isalpha()}
    return frozenset(codes - _NOT_COUNTRIES)


def country_code(value: str) -> str:
    """The code in capitals. Raises ValueError, which ends the sentence "the country ...", for what is none."""
    code = value.upper()
    if code not in _countries():
        raise ValueError("must be a two-letter country code of ISO 3166, such as NZ")
    return code
