"""The articles that are measured with: those of seeds/, each made different from all others."""

import random
import re
from typing import Any

import seeds.load

_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}")
_DIGIT = re.compile(r"(?<=\d)\d")
_SYLLABLES = "ba dor el fin gar hu is ka lo mer nu or pel ra sto ta ul ven wi zan".split()
_PARAGRAPHS = 2


def numbered(count: int, *, first: int = 0) -> list[dict[str, Any]]:
    """``count`` bodies of POST /v1/articles of which no two have the same text."""
    bodies = seeds.load.articles()
    return [_numbered(bodies[number % len(bodies)], number) for number in range(first, first + count)]


def varied(count: int, *, first: int = 0) -> list[dict[str, Any]]:
    """``count`` short articles with names and numbers that stand in no other: two paragraphs of a seed, made over."""
    pieces = [piece for body in seeds.load.articles() for piece in _pieces(body["text"])]
    return [{"text": _varied(pieces[number % len(pieces)], number)} for number in range(first, first + count)]


def _pieces(text: str) -> list[str]:
    paragraphs = text.split("\n\n")
    return ["\n\n".join(paragraphs[at : at + _PARAGRAPHS]) for at in range(0, len(paragraphs), _PARAGRAPHS)]


def _varied(text: str, number: int) -> str:
    """The text with other names and other digits behind the first of each number; they follow from ``number``."""
    # Not for secrets: the same articles come in every run.
    chosen = random.Random(number)
    names = {name: "".join(chosen.choices(_SYLLABLES, k=4)).capitalize() for name in sorted(set(_NAME.findall(text)))}
    renamed = _NAME.sub(lambda match: names[match[0]], text)
    changed = _DIGIT.sub(lambda _: str(chosen.randrange(10)), renamed)
    return f"{changed} Reference {number}."


def _numbered(body: dict[str, Any], number: int) -> dict[str, Any]:
    return {**body, "external_id": f"bench-{number}", "text": f"{body['text']}\n\nReference {number}."}
