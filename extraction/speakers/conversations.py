"""Who says what in the turns of a transcript, an interview or a debate."""

from collections import Counter
from collections.abc import Iterable, Mapping

from extraction.claims import Attribution, Speaker, TextSpan
from extraction.speakers.mentions import Names
from extraction.speakers.name_runs import without_title
from extraction.speakers.names import ArticleNames
from extraction.text.turns import turns, without_capitals

_FEWEST_NAMES = 2


def turns_told(text: str, names: ArticleNames) -> list[tuple[int, int, Attribution]]:
    """Where the turns of a text start and end behind their labels, and who speaks, in the order of the text.

    What the host of a programme and an interviewer say, who are told by their part alone, the article says itself.
    """
    found = turns(text)
    if not found:
        return []
    fullest = _fullest(_shown(text[slice(*turn.name)]) for turn in found if turn.name is not None and not turn.letter)
    guest = _guest(names.found, found[0].start) if any(turn.letter == "A" for turn in found) else None
    told = []
    for turn in found:
        if turn.name is None or turn.letter == "Q":
            continue
        name = text[slice(*turn.name)]
        resolved = guest if turn.letter else _full_name(names.found, _shown(name), turn.start, fullest)
        unknown = turn.letter and guest is None
        speaker = None if unknown else Speaker(TextSpan(name, *turn.name), resolved)
        told.append((turn.label_end, turn.end, Attribution(speaker, None, "direct")))
    return told


def _shown(name: str) -> str:
    """A name of a label as an article writes it: "Jo O'Neill" of "JO O'NEILL"."""
    return " ".join(without_capitals(word) for word in name.split())


def _fullest(labels: Iterable[str]) -> dict[str, str]:
    """The longest name of all labels that end in the same word: "Jo Li" for "Li"."""
    fullest: dict[str, str] = {}
    for label in labels:
        last = label.rpartition(" ")[2]
        fullest[last] = max(fullest.get(last, ""), label, key=len)
    return fullest


def _full_name(names: Names, name: str, position: int, fullest: Mapping[str, str]) -> str | None:
    """The name at its fullest, by the other labels and by the article."""
    full = fullest[name.rpartition(" ")[2]]
    words, _ = without_title(full.split())
    return names.resolve(full, position) or (" ".join(words) if len(words) >= _FEWEST_NAMES else None)


def _guest(names: Names, end: int) -> str | None:
    """Who answers in an interview: the person of whom the text in front of it speaks most; None where two are even."""
    counts = Counter(mention.full for mention in names.mentions if mention.kind == "person" and mention.start < end)
    most = counts.most_common(2)
    if not most or (len(most) == 2 and most[0][1] == most[1][1]):
        return None
    return most[0][0]
