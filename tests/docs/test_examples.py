"""Examples print what the pages say that they print, and links lead somewhere."""

from __future__ import annotations

import contextlib
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from api.schemas import SubmittedJobOut
from cli import show
from extraction import Extractor, SourceArticle, load
from tests.docs.pages import DOCS, PAGES, ROOT, blocks, sections


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return load()


@pytest.mark.parametrize(
    "path", [path for path in PAGES if "```python" in path.read_text("utf-8")], ids=lambda p: p.name
)
def test_python_examples_print_what_they_say(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The Python blocks of a page run one after the other; an output block says what the one before it prints."""
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    printed: str | None = None
    compared = 0
    for language, body in blocks(path.read_text("utf-8")):
        if language == "python":
            with contextlib.redirect_stdout(io.StringIO()) as output:
                exec(compile(body, path.name, "exec"), names)
            printed = output.getvalue()
        elif language == "output" and printed is not None:
            assert printed == body
            printed, compared = None, compared + 1
    assert compared


def test_demonstration_in_the_readme_is_real(extractor: Extractor) -> None:
    outputs = [body for language, body in blocks((ROOT / "README.md").read_text("utf-8")) if language == "output"]
    claims = extractor.extract(SourceArticle((DOCS / "example.txt").read_text("utf-8")))
    console = Console(file=io.StringIO(), width=160, highlight=False)
    console.print(show.claims_table([claim.to_json() for claim in claims], title="example.txt"))
    assert isinstance(console.file, io.StringIO)
    assert [line.rstrip() for line in console.file.getvalue().splitlines()] == outputs[0].splitlines()


def test_claim_of_the_tutorial_is_real(extractor: Extractor) -> None:
    body = json.loads((DOCS / "example.json").read_text("utf-8"))
    assert body["text"] == (DOCS / "example.txt").read_text("utf-8")
    claims = extractor.extract(SourceArticle(body["text"], publisher=body["publisher"], country=body["country"]))
    text = (DOCS / "tutorial.md").read_text("utf-8")
    job, shown = (json.loads(content) for language, content in blocks(text) if language == "json")
    assert set(job) == set(SubmittedJobOut.model_fields)
    assert len(claims) == job["claims_count"]
    claim = claims[0].to_json()
    assert {name: claim[name] for name in shown} == shown


def anchor(title: str) -> str:
    """The anchor that GitHub gives a heading."""
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


def links(path: Path) -> list[str]:
    text = re.sub(r"```.*?```", "", path.read_text("utf-8"), flags=re.DOTALL)
    return [link for link in re.findall(r"\]\(([^)\s]+)\)", text) if not re.match(r"[a-z]+:", link)]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_resolve(path: Path) -> None:
    for link in links(path):
        name, _, fragment = link.partition("#")
        target = (path.parent / name).resolve() if name else path
        assert target.exists(), f"{link} leads nowhere"
        assert target.is_relative_to(ROOT), f"{link} leads out of the project"
        anchors = {anchor(title) for title in sections(target.read_text("utf-8"))} if fragment else {fragment}
        assert fragment in anchors, f"no heading for {link}"


def test_every_page_is_reached_from_the_readme() -> None:
    reached, waiting = set(), [ROOT / "README.md"]
    while waiting:
        path = waiting.pop()
        if path in reached:
            continue
        reached.add(path)
        targets = [(path.parent / link.partition("#")[0]).resolve() for link in links(path) if not link.startswith("#")]
        waiting += [target for target in targets if target.suffix == ".md"]
    assert set(PAGES) <= reached
