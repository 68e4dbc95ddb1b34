"""The patterns that fields of requests must match, and what to tell a client whose value does not."""

URL = r"^https?://[^\s/]\S*$"
PLAIN_NUMBER = r"^-?[0-9]{1,40}(\.[0-9]{1,40})?$"
CURRENCY_CODE = "^[A-Za-z]{3}$"

_MESSAGES = {
    URL: "must be an http or https URL",
    PLAIN_NUMBER: 'must be a number in plain notation, as in "-12.5"',
    CURRENCY_CODE: 'must be three letters, as in "NZD"',
}


def pattern_message(pattern: str) -> str:
    """What a value must be that was to match the pattern."""
    return _MESSAGES.get(pattern, f"must match {pattern}")
