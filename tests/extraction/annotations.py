"""Compares the claims of whole articles with what annotators read in them: ``python -m tests.extraction.annotations``.

Each file of ``tests/articles`` is an article with its claims, in the fields of `docs/reference/claims.md`, spans as
their words. What is not written is null, ``exact`` or ``asserted``. ``also`` holds further right answers by field,
``open`` the fields that the guideline leaves open, and an ``optional`` claim may be found or not. The annotators did
not know what Tally finds; `tests/articles/README.md` says how they worked.
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from extraction import SourceArticle, load
from tests.extraction.handled_text import FORMS, handled

ARTICLES = Path(__file__).parents[1] / "articles"

_UNWRITTEN = {"shape": "exact", "modality": "asserted", "negated": False}
_NUMBERS = ("value", "low", "high")
_PHRASES = ("subject", "measure", "of")
_TEXT = frozenset({"text", "claims"})
# Words that a phrase may have or lack without being another one.
_SMALL_WORDS = frozenset("a an the of in on at to for from by with and or its his her their our".split())

Claim = dict[str, Any]


@dataclass(slots=True)
class Figures:
    """How many claims were found, and of these how many have each field right, of those where it can be judged."""

    annotated: int = 0
    found: int = 0
    spurious: int = 0
    judged: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    differences: list[str] = field(default_factory=list)

    def shares(self) -> dict[str, float]:
        """Every figure by its name, between 0 and 1."""
        precision, recall = self.found / (self.found + self.spurious), self.found / self.annotated
        fields = {name: self.right[name] / self.judged[name] for name in sorted(self.judged)}
        return {"found, F1": 2 * precision * recall / (precision + recall), **fields}


def article_files() -> list[Path]:
    """The annotated articles, in the order of their names."""
    return sorted(ARTICLES.glob("*.json"))


def about(path: Path) -> dict[str, Any]:
    """What the file of an article says, without its text and its claims."""
    return {name: value for name, value in json.loads(path.read_text("utf-8")).items() if name not in _TEXT}


def figures(paths: Sequence[Path], form: str | None = None) -> Figures:
    """Extracts the claims of the articles, as they are or in a ``form`` of `handled_text`, and compares them."""
    extractor = load()
    counted = Figures()
    for path in paths:
        known = json.loads(path.read_text("utf-8"))
        known = known if form is None else handled(known, form)
        published = known["published_at"]
        article = SourceArticle(
            text=known["text"],
            published_at=None if published is None else datetime.fromisoformat(published),
            country=known["country"],
        )
        _count(counted, path.stem, known["claims"], [claim.to_json() for claim in extractor.extract(article)])
    return counted


def _count(counted: Figures, article: str, annotated: Sequence[Claim], found: Sequence[Claim]) -> None:
    left = list(found)
    for wanted in annotated:
        same = [claim for claim in left if _overlap(wanted, claim) > 0 and _same_amount(wanted, claim)]
        claim = max(same, key=lambda claim: _overlap(wanted, claim), default=None)
        if claim is not None:
            left.remove(claim)
        if wanted.get("optional"):
            left = [other for other in left if _overlap(wanted, other) <= 0]
            continue
        counted.annotated += 1
        if claim is None:
            counted.differences.append(f"{article}: {wanted['text']!r} is not found")
            continue
        counted.found += 1
        for name, right in _judge(wanted, claim):
            counted.judged[name] += 1
            counted.right[name] += right
            if not right:
                counted.differences.append(
                    f"{article}: {name} of {wanted['text']!r} is {_answer(claim, name)!r}, not {wanted.get(name)!r}"
                )
    counted.spurious += len(left)
    counted.differences += [f"{article}: {claim['text']!r} is no claim" for claim in left]


def _overlap(wanted: Claim, claim: Claim) -> int:
    end = wanted["start"] + len(wanted["text"])
    return int(min(end, claim["end"]) - max(wanted["start"], claim["start"]))


def _accepted(wanted: Claim, name: str) -> list[Any]:
    return [wanted.get(name, _UNWRITTEN.get(name)), *wanted.get("also", {}).get(name, [])]


def _same_amount(wanted: Claim, claim: Claim) -> bool:
    names = ("value",) if "value" in wanted else _NUMBERS
    return all(any(_near(answer, claim[name]) for answer in _accepted(wanted, name)) for name in names)


def _near(wanted: str | None, found: str | None) -> bool:
    if wanted is None or found is None:
        return wanted is found
    return abs(Decimal(wanted) - Decimal(found)) <= abs(Decimal(wanted)) / 1000


def _answer(claim: Claim, name: str) -> Any:
    match name:
        case "speaker":
            speaker = (claim["attribution"] or {}).get("speaker") or {}
            return speaker.get("text")
        case "direction":
            return (claim["change"] or {}).get("direction")
        case "subject" | "measure" | "of" | "time":
            return (claim[name] or {}).get("text")
        case _:
            return claim[name]


def _judge(wanted: Claim, claim: Claim) -> Iterator[tuple[str, bool]]:
    """The fields that this claim can judge, and whether each is right."""
    for name in ("kind", "shape", "unit", "modality", "negated"):
        yield name, name in _open(wanted) or claim[name] in _accepted(wanted, name)
    directions = _accepted(wanted, "direction")
    if claim["change"] or directions != [None]:
        yield "direction", "direction" in _open(wanted) or _answer(claim, "direction") in directions
    for name in _PHRASES:
        if wanted.get(name):
            yield name, name in _open(wanted) or any(_alike(answer, claim[name]) for answer in _accepted(wanted, name))
    if wanted.get("time"):
        times = _accepted(wanted, "time")
        yield "time", "time" in _open(wanted) or any(_share_word(answer, claim["time"]) for answer in times)
    if wanted.get("speaker") or claim["attribution"]:
        yield "speaker", "speaker" in _open(wanted) or _same_speaker(wanted, claim)


def _open(wanted: Claim) -> list[str]:
    names: list[str] = wanted.get("open", [])
    return names


def _words(phrase: Any) -> set[str]:
    text = phrase.get("text") if isinstance(phrase, dict) else phrase
    words = {word.lower() for word in re.findall(r"\w+", text or "")}
    return words - _SMALL_WORDS or words


def _alike(wanted: str | None, found: Claim | None) -> bool:
    """Whether two phrases have at least half of their words in common."""
    if wanted is None:
        return found is None
    own, others = _words(wanted), _words(found)
    return len(own & others) * 2 >= len(own | others)


def _share_word(wanted: str | None, found: Claim | None) -> bool:
    return found is None if wanted is None else bool(_words(wanted) & _words(found))


def _same_speaker(wanted: Claim, claim: Claim) -> bool:
    speaker = (claim["attribution"] or {}).get("speaker") or {}
    said = _words(speaker.get("text")) | _words(speaker.get("resolved"))
    answers = [*_accepted(wanted, "speaker"), *(_accepted(wanted, "resolved") if wanted.get("resolved") else [])]
    return any(not said if answer is None else bool(_words(answer) & said) for answer in answers)


def _asked_for(known: dict[str, Any]) -> bool:
    report = known["form"] == "report"
    return not (
        ("--new" in sys.argv and known["looked_at"])
        or ("--reports" in sys.argv and not report)
        or ("--other-forms" in sys.argv and report)
    )


def main() -> int:
    """Prints the figures of all articles or of those named, ``--handled`` also as machines have handled them.

    ``--new`` leaves out those that rules were written with, ``--reports`` all that are no running reports and
    ``--other-forms`` those that are. With ``--differences`` every claim that is read otherwise follows.
    """
    names = {argument for argument in sys.argv[1:] if not argument.startswith("--")}
    paths = [path for path in article_files() if not names or path.stem in names]
    if unknown := names - {path.stem for path in paths}:
        print("No such article in tests/articles:", *sorted(unknown), file=sys.stderr)
        return 2
    paths = [path for path in paths if _asked_for(about(path))]
    if not paths:
        print("None of these articles is of that kind.", file=sys.stderr)
        return 2
    counted = figures(paths)
    print(f"{len(paths)} articles, {counted.annotated} claims")
    for name, share in counted.shares().items():
        of = f"   ({counted.right[name]}/{counted.judged[name]})" if name in counted.judged else ""
        print(f"{name:26} {100 * share:7.1f}{of}")
    for form in FORMS if "--handled" in sys.argv else ():
        shares = figures(paths, form).shares()
        print(f"{form}:", ", ".join(f"{name} {100 * share:.1f}" for name, share in shares.items()))
    if "--differences" in sys.argv:
        print(*counted.differences, sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
