"""The trees that rules read: whatever the parser said and whatever was repaired, every way up ends at a root."""

import json
from itertools import chain
from pathlib import Path

import pytest

from extraction import SourceArticle, load
from extraction.trees.tree import Repair, Tree

_CORPUS = Path(__file__).parents[1] / "corpus"


def _texts() -> list[str]:
    cases = chain.from_iterable(json.loads(path.read_text(encoding="utf-8")) for path in sorted(_CORPUS.glob("*.json")))
    return [case["text"] for case in cases if "text" in case]


def test_no_tree_runs_in_a_circle(monkeypatch: pytest.MonkeyPatch) -> None:
    trees: list[Tree] = []
    finished = Tree.__post_init__

    def noted(tree: Tree, repair: Repair | None) -> None:
        finished(tree, repair)
        trees.append(tree)

    monkeypatch.setattr(Tree, "__post_init__", noted)
    for _ in load().extract_many(SourceArticle(text) for text in _texts()):
        pass
    assert len(trees) > 500
    assert [" ".join(tree.words) for tree in trees if _has_circle(tree)] == []


def _has_circle(tree: Tree) -> bool:
    for token in range(len(tree.words)):
        above, seen = token, set[int]()
        while tree.heads[above] != above:
            if above in seen:
                return True
            seen.add(above)
            above = tree.heads[above]
    return False
