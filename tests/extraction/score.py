"""Prints the figures of the extraction: ``python tests/extraction/score.py FOLDER`` (``make score`` calls it).

FOLDER holds ``score/score.py`` and ``score/articles.py``, which compare claims with annotated ones, and ``data/dev/``
with the annotated sentences and articles. What is not there is said and left out; the project's own annotated articles
and its corpus always run.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

_ROOT = Path(__file__).parents[2]
_TALLY = (sys.executable, "-m", "cli.main", "extract", "--jsonl")
_SENTENCES = ("newsquant", "rtext")


def _claims(lines: bytes, folder: str) -> str:
    found = subprocess.run(_TALLY, input=lines, stdout=subprocess.PIPE, cwd=_ROOT, check=True).stdout
    path = Path(folder, "claims.jsonl")
    path.write_bytes(found)
    return str(path)


def _annotated(shared: Path, folder: str) -> None:
    for name in _SENTENCES:
        gold, scorer = shared / "data" / "dev" / f"{name}.jsonl", shared / "score" / "score.py"
        if not (gold.is_file() and scorer.is_file()):
            print(f"== {name}: not measured, {gold} or {scorer} is not there")
            continue
        print(f"== {name}", flush=True)
        subprocess.run((sys.executable, scorer, gold, _claims(gold.read_bytes(), folder)), check=True)
    articles, scorer = shared / "data" / "dev" / "articles", shared / "score" / "articles.py"
    if not (articles.is_dir() and scorer.is_file()):
        print(f"== articles: not measured, {articles} or {scorer} is not there")
        return
    print("== articles", flush=True)
    lines = subprocess.run((sys.executable, scorer, articles, "--input"), stdout=subprocess.PIPE, check=True).stdout
    subprocess.run((sys.executable, scorer, articles, _claims(lines, folder)), check=True)


def main() -> int:
    """Measures, prints, and returns 1 when a case of the corpus fails."""
    with tempfile.TemporaryDirectory() as folder:
        _annotated(Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else Path("none"), folder)
    print("== own articles", flush=True)
    subprocess.run((sys.executable, "-m", "tests.extraction.annotations"), cwd=_ROOT, check=True)
    print("== corpus", flush=True)
    corpus = (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/extraction/test_corpus.py")
    return subprocess.run(corpus, cwd=_ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
