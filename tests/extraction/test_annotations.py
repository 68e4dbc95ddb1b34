"""The annotated articles say what they mean, and Tally reads them no worse than it did."""

import json
from pathlib import Path

import pytest

from extraction.claims import Kind, Shape
from tests.extraction.annotations import about, article_files, figures

# A little below what is measured, so that a change that costs a claim or two elsewhere can still be weighed.
_FLOORS = {
    "found, F1": 0.99,
    "kind": 0.985,
    "shape": 0.99,
    "unit": 0.98,
    "direction": 0.965,
    "modality": 0.985,
    "negated": 0.99,
    "subject": 0.945,
    "measure": 0.93,
    "of": 0.955,
    "speaker": 0.97,
    "time": 0.96,
}
# Forms of text that are mostly sentences of running prose or of speech.
_SENTENCES = frozenset(
    {
        "report",
        "accounts",
        "briefs",
        "broadcast script",
        "column",
        "company release",
        "debate",
        "earnings call",
        "explainer",
        "interview",
        "live blog",
        "newsletter",
        "statistical release",
        "transcript",
    }
)
# Those of services, data and wires, whose lines are mostly no sentences.
_NO_SENTENCES = frozenset(
    {
        "best buys",
        "box score",
        "election night",
        "exam results",
        "flash headlines",
        "listings",
        "market close",
        "notices",
        "obituary",
        "police log",
        "poll",
        "recipe",
        "review",
        "scraped page",
        "storm bulletin",
        "trial",
    }
)
_FLOORS_WITHOUT_SENTENCES = _FLOORS | {
    "kind": 0.98,
    "measure": 0.915,
    "of": 0.91,
    "subject": 0.915,
    "time": 0.955,
}
# Those that were the last to be annotated, and are the least like a report.
_OTHER_FORMS = frozenset(
    {
        "budget speech",
        "corrections and letters",
        "digest of alerts",
        "encyclopaedia page",
        "grid bulletin",
        "letter to shareholders",
        "newspaper of 1894",
        "race results",
        "road test",
        "scanned page",
        "scorecard",
        "sentencing remarks",
        "situation report",
        "speech without punctuation",
        "thread",
        "trial release",
    }
)
_FLOORS_OF_OTHER_FORMS = _FLOORS | {
    "found, F1": 0.985,
    "kind": 0.98,
    "direction": 0.92,
    "modality": 0.975,
    "subject": 0.885,
    "measure": 0.89,
    "of": 0.95,
    "speaker": 0.855,
    "time": 0.92,
}
_GROUPS = {
    "sentences": (_SENTENCES, _FLOORS),
    "no sentences": (_NO_SENTENCES, _FLOORS_WITHOUT_SENTENCES),
    "other forms": (_OTHER_FORMS, _FLOORS_OF_OTHER_FORMS),
}
_ARTICLE_KEYS = frozenset({"published_at", "country", "form", "looked_at", "text", "claims"})
_KEYS = frozenset(
    "text start kind shape value low high unit unit_text per direction subject measure of speaker resolved modality"
    " negated time also open optional".split()
)
_MODALITIES = frozenset("asserted estimated projected hypothetical alleged".split())
_PHRASES = ("subject", "measure", "of", "speaker", "time", "unit_text")


# The same of every second article in the forms of `handled_text`; without quotation marks nobody can tell who speaks.
_HANDLED_FLOORS = {
    "small letters": {
        "found, F1": 0.98,
        "kind": 0.975,
        "subject": 0.92,
        "measure": 0.91,
        "speaker": 0.91,
        "time": 0.93,
    },
    "capitals": {"found, F1": 0.98, "kind": 0.975, "subject": 0.92, "measure": 0.91, "speaker": 0.91, "time": 0.93},
    "titles": {"found, F1": 0.98, "kind": 0.975, "subject": 0.92, "measure": 0.91, "speaker": 0.91, "time": 0.93},
    "tokenized": {"found, F1": 0.98, "kind": 0.975, "unit": 0.96, "subject": 0.915, "measure": 0.9, "time": 0.925},
    "narrow lines": {
        "found, F1": 0.99,
        "kind": 0.985,
        "subject": 0.93,
        "measure": 0.92,
        "speaker": 0.955,
        "time": 0.95,
    },
    "page source": {
        "found, F1": 0.99,
        "kind": 0.985,
        "subject": 0.94,
        "measure": 0.92,
        "speaker": 0.965,
        "time": 0.955,
    },
    "other spaces": {"found, F1": 0.985, "kind": 0.98, "subject": 0.93, "measure": 0.92, "speaker": 0.94, "time": 0.95},
    "scraped": {"found, F1": 0.975, "kind": 0.97, "direction": 0.94, "subject": 0.87, "measure": 0.88, "of": 0.88},
}


@pytest.mark.parametrize("path", article_files(), ids=lambda path: path.stem)
def test_annotations_are_well_formed(path: Path) -> None:
    article = json.loads(path.read_text("utf-8"))
    assert article.keys() == _ARTICLE_KEYS
    assert any(article["form"] in forms for forms, _ in _GROUPS.values())
    assert isinstance(article["looked_at"], bool)
    text = article["text"]
    ends = 0
    for claim in article["claims"]:
        name = f"{claim['text']} at {claim['start']}"
        assert text[claim["start"] : claim["start"] + len(claim["text"])] == claim["text"], name
        assert claim.keys() <= _KEYS, name
        assert claim["kind"] in set(Kind), name
        assert claim.get("shape", "exact") in set(Shape), name
        assert claim.get("modality", "asserted") in _MODALITIES, name
        assert ("value" in claim) != ("low" in claim and "high" in claim), name
        assert set(claim.get("also", {})) | set(claim.get("open", [])) <= _KEYS, name
        assert all(claim[phrase] in text for phrase in _PHRASES if claim.get(phrase)), name
        assert claim["start"] >= ends or claim.get("optional"), name
        ends = max(ends, claim["start"] + 1)


@pytest.mark.parametrize("group", _GROUPS)
def test_whole_articles_are_read_no_worse(group: str) -> None:
    forms, floors = _GROUPS[group]
    shares = figures([path for path in article_files() if about(path)["form"] in forms]).shares()
    assert shares.keys() == floors.keys()
    fallen = {name: round(share, 4) for name, share in shares.items() if share < floors[name]}
    assert not fallen


@pytest.mark.parametrize("form", _HANDLED_FLOORS)
def test_articles_that_machines_have_handled_are_read_nearly_as_well(form: str) -> None:
    shares = figures(article_files()[::2], form).shares()
    fallen = {name: round(shares[name], 4) for name, floor in _HANDLED_FLOORS[form].items() if shares[name] < floor}
    assert not fallen
