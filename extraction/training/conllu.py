"""Reads treebanks in the CoNLL-U format of Universal Dependencies, plain or packed by xz."""

import lzma
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Word:
    """A syntactic word on the characters ``start:end`` of its sentence; ``head`` is the position of its governor.

    ``head`` counts from 0 and is the word's own position for the root.
    """

    start: int
    end: int
    upos: str
    xpos: str
    head: int
    relation: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as it stands in running text; ``name`` is its ``sent_id``.

    ``opens`` is "document" or "paragraph" where the sentence is the first of one.
    """

    text: str
    words: tuple[Word, ...]
    name: str = ""
    opens: str = ""


class TreebankError(Exception):
    """A treebank cannot be read; the message names file and line."""


def read_conllu(path: Path) -> list[Sentence]:
    """The sentences of a file; raises ``TreebankError`` where a line is no CoNLL-U."""
    sentences = []
    for number, block in _blocks(path):
        try:
            sentences.append(_sentence(block))
        except (ValueError, IndexError) as error:
            raise TreebankError(f"{path}, sentence that starts in line {number}: {error}") from None
    return sentences


def _blocks(path: Path) -> Iterator[tuple[int, list[str]]]:
    block: list[str] = []
    first = 1
    packed = path.suffix == ".xz"
    with lzma.open(path, "rt", encoding="utf-8") if packed else path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            line = line.rstrip("\n")
            if line:
                if not block:
                    first = number
                block.append(line)
            elif block:
                yield first, block
                block = []
    if block:
        yield first, block


def _sentence(lines: list[str]) -> Sentence:
    text = ""
    rows: list[tuple[int, int, list[str]]] = []
    name_of_sentence = opens = ""
    merged_to = 0
    borders: list[tuple[int, int]] = []
    for line in lines:
        if line.startswith("#"):
            if line.startswith("# sent_id = "):
                name_of_sentence = line.removeprefix("# sent_id = ")
            elif line.startswith("# newdoc"):
                opens = "document"
            elif line.startswith("# newpar"):
                opens = opens or "paragraph"
            continue
        row = line.split("\t")
        if len(row) != 10:
            raise ValueError(f"{len(row)} columns instead of 10")
        name = row[0]
        if "." in name:
            continue  # an empty node, of the enhanced graph alone
        space = "" if "SpaceAfter=No" in row[9] else " "
        if "-" in name:
            first, last = (int(part) for part in name.split("-"))
            borders = [(len(text), len(text) + len(row[1]))] * (last - first + 1)
            forms = [each[1] for each in _following(lines, line, last - first + 1)]
            borders = _cut(len(text), row[1], forms)
            text += row[1] + space
            merged_to = last
            continue
        if int(name) <= merged_to:
            start, end = borders.pop(0)
        else:
            start, end = len(text), len(text) + len(row[1])
            text += row[1] + space
        rows.append((start, end, row))
    words = tuple(
        Word(start, end, row[3], row[4], int(row[6]) - 1 if row[6] != "0" else place, row[7])
        for place, (start, end, row) in enumerate(rows)
    )
    if any(not 0 <= word.head < len(words) for word in words):
        raise ValueError("a head outside of the sentence")
    return Sentence(text.rstrip(), words, name_of_sentence, opens)


def _following(lines: list[str], line: str, count: int) -> list[list[str]]:
    place = lines.index(line) + 1
    return [each.split("\t") for each in lines[place : place + count]]


def _cut(start: int, surface: str, forms: list[str]) -> list[tuple[int, int]]:
    """Spreads the words of one written token over its characters; words that are not written so share what is left."""
    borders = []
    at = 0
    for place, form in enumerate(forms):
        rest = len(forms) - place - 1
        end = len(surface) if rest == 0 else min(max(at + 1, at + len(form)), len(surface) - rest)
        if end <= at:
            end = at + 1
        borders.append((start + at, start + end))
        at = end
    return borders
