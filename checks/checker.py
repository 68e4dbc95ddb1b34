"""All checks over one article, in the order of the text."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from checks.changes import wrong_changes
from checks.findings import Claim, Finding
from checks.repeats import headline_against_body, other_magnitudes, title_against_body
from checks.sums import wrong_shares, wrong_totals

# Longer lists of claims are not compared pair by pair.
_MOST_COMPARED = 2000


def check(text: str, claims: Sequence[Claim], *, title: str | None = None) -> list[Finding]:
    """What does not add up in a text, by its own claims (JSON objects in any order); [] where nothing is wrong.

    ``title`` is the headline where it is no part of the text.
    """
    ordered = sorted(claims, key=lambda claim: (claim["start"], claim["end"]))
    findings: list[Finding] = []
    for _, group in groupby(ordered, key=lambda claim: claim["sentence"]["start"]):
        sentence = list(group)
        findings += wrong_changes(text, sentence)
        findings += wrong_totals(text, sentence)
        findings += wrong_shares(text, sentence)
    if len(ordered) <= _MOST_COMPARED:
        findings += other_magnitudes(ordered)
        findings += headline_against_body(text, ordered)
        if title is not None and not text.lstrip().startswith(title.strip()):
            findings += title_against_body(title, ordered)
    return sorted(findings, key=lambda finding: finding.claims[0]["start"])
