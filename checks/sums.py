"""Parts against their total, and shares of one whole against 100 per cent.

Lists are rarely complete and groups often overlap, so only words that promise a whole start a check: "a total of", a
colon after the total, "the rest", "undecided".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from checks.findings import Claim, Finding, Severity, amount, is_exact, plain, written_sum
from checks.precision import half_step, is_count

_HUNDRED = Decimal(100)
_TOTAL_BEFORE = re.compile(r"\b(?:a|the) (?:combined )?total (?:of|to)\s*$|\btotall?ing\s*$", re.IGNORECASE)
_TOTAL_BEHIND = re.compile(r"^[^,.;:]{0,40}\b(?:in total|in all|altogether)\b", re.IGNORECASE)
_INCOMPLETE = re.compile(
    r"\b(?:includ\w+|among|such as|at least|more than|over|some of|of which|of whom|of them|of the|each|"
    r"per|plus|minus|net|except\w*|excluding|another|other|also|compared|than|from|after|before|both)\b",
    re.IGNORECASE,
)
_PARTITION = re.compile(
    r"\b(?:undecided|unsure|not sure|don't know|did not know|didn't know|no opinion|the rest|the remaining|"
    r"the remainder)\b",
    re.IGNORECASE,
)
_OVERLAP = re.compile(
    r"\b(?:also|both|more than one|multiple|could choose|respectively|compared|than)\b", re.IGNORECASE
)
_PEOPLE = re.compile(
    r"\b(?:adults|children|households|members|men|patients|people|pupils|residents|respondents|students|teachers|"
    r"voters|women|workers)$",
    re.IGNORECASE,
)


def wrong_totals(text: str, sentence: Sequence[Claim]) -> Iterator[Finding]:
    """Parts that are said to be a total, and are not."""
    if len(sentence) < 3:
        return
    found = _announced_total(text, sentence) or _total_before_colon(text, sentence)
    if found is None:
        return
    total, parts = found
    members = (total, *parts)
    alike = len({(claim["kind"], (claim["currency"] or {}).get("code")) for claim in members}) == 1
    units = {claim["unit"] for claim in members} if total["kind"] != "count" else {None}
    plain_numbers = all(is_exact(claim) and claim["change"] is None and claim["per"] is None for claim in members)
    if not alike or len(units) > 1 or total["kind"] not in ("money", "count") or not plain_numbers:
        return
    added = sum((amount(part) for part in parts), Decimal())
    tolerance = sum((Decimal() if is_count(claim) else half_step(claim) for claim in members), Decimal())
    if abs(added - amount(total)) <= tolerance:
        return
    message = f"{written_sum(parts)} = {plain(added)}, the text says {total['text']} in total"
    yield Finding("total", Severity.ERROR, message, members)


def wrong_shares(text: str, sentence: Sequence[Claim]) -> Iterator[Finding]:
    """Shares of one whole that come to more than 100 per cent."""
    shares = [claim for claim in sentence if claim["kind"] == "percent"]
    for share in shares:
        people = _PEOPLE.search((share["of"] or {}).get("text", ""))
        if people and _is_share(share) and amount(share) > _HUNDRED:
            message = f"{share['text']} of {share['of']['text']} is more than all of them: {plain(amount(share))} > 100"
            yield Finding("share", Severity.ERROR, message, (share,))
    words = _span(text, sentence)
    if len(shares) < 3 or not all(map(_is_share, shares)) or not _PARTITION.search(words) or _OVERLAP.search(words):
        return
    wholes = {share["of"]["text"].casefold() for share in shares if share["of"]}
    if len(wholes) > 1:
        return
    added = sum((amount(share) for share in shares), Decimal())
    if added - sum((half_step(share) for share in shares), Decimal()) <= _HUNDRED:
        return
    message = f"{written_sum(shares)} = {plain(added)}, more than 100 per cent"
    yield Finding("share", Severity.ERROR, message, tuple(shares))


def _is_share(claim: Claim) -> bool:
    return is_exact(claim) and claim["unit"] == "percent" and claim["change"] is None


def _announced_total(text: str, sentence: Sequence[Claim]) -> tuple[Claim, list[Claim]] | None:
    """The last number of a sentence, announced as the total of those before it."""
    total, parts = sentence[-1], list(sentence[:-1])
    begin = sentence[0]["sentence"]["start"]
    announced = _TOTAL_BEFORE.search(text[begin : total["start"]])
    behind = _TOTAL_BEHIND.search(text[total["end"] : total["sentence"]["end"]])
    if not (announced or behind):
        return None
    between = text[begin : announced.start() if announced and announced.start() > 0 else total["start"]]
    return None if _INCOMPLETE.search(between) else (total, parts)


def _total_before_colon(text: str, sentence: Sequence[Claim]) -> tuple[Claim, list[Claim]] | None:
    """The first number of a sentence, with a colon between it and the list of its parts."""
    total, parts = sentence[0], list(sentence[1:])
    behind = text[total["end"] : parts[0]["start"]]
    listed = text[parts[0]["start"] : total["sentence"]["end"]]
    if not re.search(r":\s*$", behind) or len(behind) > 60 or _INCOMPLETE.search(listed):
        return None
    if not all(_follows(text, one, other) for one, other in pairwise(parts)):
        return None
    return total, parts


def _follows(text: str, one: Claim, other: Claim) -> bool:
    return bool(re.search(r"(?:,|;|\band)\s*$", text[one["end"] : other["start"]]))


def _span(text: str, sentence: Sequence[Claim]) -> str:
    return text[sentence[0]["sentence"]["start"] : sentence[0]["sentence"]["end"]] if sentence else ""
