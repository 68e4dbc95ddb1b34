"""What a report clause is: who, by which verb, and the stretch of the sentence that is reported."""

from dataclasses import dataclass

from extraction.speakers.noun_phrases import Range
from extraction.text.lexemes import Lexeme
from extraction.text.word_classes import contracted_pronoun


@dataclass(frozen=True, slots=True)
class Report:
    """A report clause.

    ``start`` and ``end`` bound what is reported, ``speaker`` and ``cue`` are offsets of the words, ``cue`` None where a
    colon or dash stands for the verb; ``place`` is the position of the first lexeme of the clause and ``verb`` that of
    its verb. ``kind``: "leading" (X said S), "trailing" (S, X said),
    "closing" (S, said X), "inserted" (S, X said, S), "tag" (a quotation, X said), "relative" (S that X forecast),
    "according", "noun" (a claim by X that S) or "quote" (a verb that only introduces quotations). ``about`` is where a
    clause about the speaker ends that nobody says: "according to X, who has 11 employees", 0 without one.
    """

    start: int
    end: int
    speaker: tuple[int, int]
    cue: tuple[int, int] | None
    place: int
    verb: int
    kind: str
    about: int = 0


def offsets(words: list[Lexeme], span: Range) -> tuple[int, int]:
    """Where a range of words starts and ends in the text."""
    last = words[span[1] - 1]
    pronoun = contracted_pronoun(last) if span[1] - span[0] == 1 else ""
    return words[span[0]].start, last.start + len(pronoun) if pronoun else last.end
