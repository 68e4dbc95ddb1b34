"""`make bench`: the extractor against quantulum3 and against spaCy's bare tokenization, on the same text and one core.

quantulum3 is installed by the extra `bench` alone. Each reader runs in a process of its own, so that its memory is its
own. The text is that of seeds/ and of some hundred entries of tests/corpus.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import seeds.load

CORPUS = Path(__file__).parents[1] / "tests" / "corpus"
READERS = ("tally", "quantulum3", "tokenization")
ROUNDS = 3
SENTENCES = 200
DOUBLINGS = 6
LONGEST_SECONDS = 1.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reader", choices=READERS, help="measure this one alone and print JSON")
    reader = parser.parse_args().reader
    if reader:
        print(json.dumps(measure(reader)))
        return
    print(f"{'':<14}{'sentences/s':>12}{'articles/s':>12}{'peak MB':>9}   cost of each doubling of the text")
    for name in READERS:
        command = [sys.executable, "-m", "bench.extractor", "--reader", name]
        environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        found = json.loads(subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True).stdout)
        growth = "  ".join(f"x{factor:.2f}" for factor in found["doublings"])
        figures = f"{found['sentences']:>12.0f}{found['articles']:>12.1f}{found['peak_mb']:>9.0f}"
        print(f"{name:<14}{figures}   {growth}", flush=True)


def measure(name: str) -> dict[str, object]:
    """Rates are those of the fastest of three rounds; a doubling of a text that takes twice the time is linear."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    read = _LOADERS[name]()
    articles = [article["text"] for article in seeds.load.articles()]
    sentences = corpus_texts()
    for text in articles:
        read(text)
    per_article = fastest(read, articles) / len(articles)
    per_sentence = fastest(read, sentences) / len(sentences)
    lengths = [fastest(read, articles[:1])]
    # A reader whose cost grows faster than the text would take minutes for the longest.
    while len(lengths) < DOUBLINGS and lengths[-1] < LONGEST_SECONDS:
        lengths.append(fastest(read, ["\n\n".join(articles[:1] * 2 ** len(lengths))]))
    return {
        "sentences": 1 / per_sentence,
        "articles": 1 / per_article,
        "doublings": [longer / shorter for shorter, longer in pairwise(lengths)],
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000,
    }


def corpus_texts() -> list[str]:
    """Texts of the corpus that are one short sentence or a few, taken from all over it."""
    entries = [entry for path in sorted(CORPUS.glob("*.json")) for entry in json.loads(path.read_text("utf-8"))]
    short = [entry["text"] for entry in entries if "text" in entry and len(entry["text"]) < 300]
    return short[:: max(1, len(short) // SENTENCES)]


def fastest(read: Callable[[str], object], texts: list[str]) -> float:
    """Seconds of CPU for all texts, in the best of the rounds: others on the machine take time, but no CPU time."""
    rounds = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        for text in texts:
            read(text)
        rounds.append(time.process_time() - begun)
    return min(rounds)


def _tally() -> Callable[[str], object]:
    from extraction import SourceArticle, load

    extractor = load()
    return lambda text: extractor.extract(SourceArticle(text))


def _quantulum3() -> Callable[[str], object]:
    from quantulum3 import parser

    parse: Callable[[str], object] = parser.parse
    return parse


def _tokenization() -> Callable[[str], object]:
    import spacy

    return spacy.blank("en")


_LOADERS = {"tally": _tally, "quantulum3": _quantulum3, "tokenization": _tokenization}


if __name__ == "__main__":
    main()
