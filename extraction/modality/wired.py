"""Tells the estimates of wires, which write no sentence: "EPS $1.23 vs $1.10 est", "consensus $1.08B"."""

import re

from extraction.modality.hedges import Cue
from extraction.text.money_signs import MONEY_SIGNS

# Words of which a text with such an estimate holds one.
WIRED = frozenset(("est", "consensus", "cast", "fcast"))
_CLASSES = {"est": "estimated"}
_IN_FRONT = re.compile(
    r"(?<![\w'’-])(?P<cue>[Ee]st\.?|[Cc]onsensus|[Ff]['’]?cast)"
    r"(?: (?:at|loss|for a loss of)|(?<=est\.)(?: [a-z]{2,9})? to)? [^\w\s]?\Z"
)
_BEHIND = re.compile(r" (?P<cue>est\b\.?|consensus|f['’]?cast)(?=[.,;)]|$)")
_REACH = 30
_COMPARED = re.compile(r"\b(?:vs\.?|versus|than|against) [^\w\s]?\Z")


def wired_estimate(text: str, first: int, last: int) -> Cue | None:
    """The word that makes an estimate of the number at ``first`` to ``last`` of a line."""
    start = max(0, first - _REACH)
    found = _IN_FRONT.search(text[start:first])
    offset = start
    if found is None and _COMPARED.search(text[start:first]) is not None:
        found, offset = _BEHIND.match(text, last), 0
    if found is None or _is_no_estimate(text, first, found["cue"].lower()):
        return None
    return (
        _CLASSES.get(found["cue"].lower().rstrip("."), "projected"),
        offset + found.start("cue"),
        offset + found.end("cue"),
    )


def _is_no_estimate(text: str, first: int, cue: str) -> bool:
    """As in "the scientific consensus 40 years ago", "reached consensus 12 days later", "The castle, est. 1240,"."""
    if cue.startswith("est"):
        return _YEAR.match(text, first) is not None
    return (
        cue == "consensus"
        and _FIGURE.match(text, first - (text[first - 1] == "-" or text[first - 1] in MONEY_SIGNS)) is None
    )


_YEAR = re.compile(r"\d{4}(?![\d.,])")
_FIGURE = re.compile(
    r"[-−]?[^\w\s]\d|-?\d[\d.,]*(?:[.,]\d|%|[bmkBMKp]n?\b)|-?\d[\d.,]*(?= ?(?:per ?cent|pct|million|billion|crore))"
)
