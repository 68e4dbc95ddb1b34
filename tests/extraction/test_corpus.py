"""Every case of tests/corpus: a text with its claims, or one value with many spellings."""

import json
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from extraction import Extractor, SourceArticle, load

_ROOT = Path(__file__).parents[2]
_CORPUS = _ROOT / "tests" / "corpus"
_SEEDS = _ROOT / "seeds" / "articles"
_NUMBERS = ("value", "low", "high")


def _cases() -> list[dict[str, Any]]:
    return [case for path in sorted(_CORPUS.glob("*.json")) for case in json.loads(path.read_text("utf-8"))]


def _parameters(shape: str) -> list[Any]:
    return [
        pytest.param(
            case,
            id=case["id"],
            marks=[pytest.mark.xfail(strict=True, reason=case["known_failing"])] if "known_failing" in case else [],
        )
        for case in _cases()
        if shape in case
    ]


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return load()


def _article(case: dict[str, Any]) -> SourceArticle:
    known = json.loads((_SEEDS / case["article"]).read_text("utf-8")) if "article" in case else case
    published = known.get("published_at")
    return SourceArticle(
        text=known["text"],
        title=known.get("title"),
        published_at=None if published is None else datetime.fromisoformat(published),
        publisher=known.get("publisher"),
        country=known.get("country"),
    )


def _words(span: dict[str, Any] | None) -> str | None:
    return None if span is None else str(span["text"])


def _comparable(claim: dict[str, Any], field: str) -> Any:
    """The field of a claim in the form in which the corpus states it: spans as their text, speakers as names."""
    attribution = claim["attribution"] or {}
    speaker = attribution.get("speaker") or {}
    match field:
        case "subject" | "measure" | "of" | "predicate" | "time":
            return _words(claim[field])
        case "qualifiers" | "hedges":
            return [span["text"] for span in claim[field]]
        case "speaker":
            return speaker.get("text")
        case "subject_resolved":
            return (claim["subject"] or {}).get("resolved")
        case "resolved":
            return speaker.get("resolved")
        case "attribution_type":
            return attribution.get("type")
        case "basis" | "code":
            return (claim["currency"] or {}).get(field)
        case _:
            return claim[field]


def _same(field: str, wanted: Any, found: Any, claim: dict[str, Any]) -> bool:
    if field in _NUMBERS and wanted is not None and found is not None:
        return Decimal(wanted) == Decimal(found)
    if field == "speaker" and wanted is not None:
        return wanted in (found, _comparable(claim, "resolved"))
    if isinstance(wanted, dict) and isinstance(found, dict):
        return all(found.get(key) == value for key, value in wanted.items())
    return bool(wanted == found)


@pytest.mark.parametrize("case", _parameters("claims"))
def test_claims(case: dict[str, Any], extractor: Extractor) -> None:
    article = _article(case)
    found = [claim.to_json() for claim in extractor.extract(article)]
    for claim in found:
        assert article.text[claim["start"] : claim["end"]] == claim["text"]
    assert [claim["text"] for claim in found] == [claim["text"] for claim in case["claims"]]
    wrong = [
        f"{claim['text']}: {field} is {_comparable(claim, field)!r}, not {wanted[field]!r}"
        for claim, wanted in zip(found, case["claims"], strict=True)
        for field in wanted
        if not _same(field, wanted[field], _comparable(claim, field), claim)
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("case", _parameters("spellings"))
def test_spellings(case: dict[str, Any], extractor: Extractor) -> None:
    wrong = []
    for spelling in case["spellings"]:
        claims = extractor.extract(SourceArticle(f"They counted {spelling} boats."))
        if [claim.value for claim in claims] != [Decimal(case["value"])]:
            wrong.append(f"{spelling}: {[(claim.text, str(claim.value)) for claim in claims]}")
    assert not wrong, "\n".join(wrong)
