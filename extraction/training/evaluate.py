"""Measures a parser on treebanks, from raw text: ``python -m extraction.training.evaluate TREEBANKS [--model FILE]``.

Whole documents go in, so that errors of tokenization and of sentence ends count. Heads and relations are scored as
spaCy scores them: F1 over words, punctuation left out. Heads of numbers are scored on Tally's own tokens, to which the
treebank's trees are carried over as for training: "$5m" is three numbers to Tally and one or two to a treebank.
"""

import argparse
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from pathlib import Path

from spacy.tokens import Doc, Token

from extraction.parser.model import shipped_model, unpack
from extraction.parser.parsing import Parser
from extraction.pipeline import load
from extraction.text.sentences import mark_sentences
from extraction.training.alignment import align
from extraction.training.conllu import Sentence, read_conllu

# Name, file, and what the sentence's name begins with.
HELD_OUT = (
    ("EWT test", "ewt-test", ""),
    ("GUM test", "gum-test", ""),
    ("GUM news", "gum-test", "GUM_news"),
    ("PUD news", "pud", "n"),
)
_MONEY_WORDS = frozenset("$ £ € ¥ % cent percent pc dollar dollars pounds euros yen".split())


def documents(sentences: Iterable[Sentence]) -> list[list[Sentence]]:
    """Sentences that stand in one text; those without a mark of it stand alone."""
    found: list[list[Sentence]] = []
    for sentence in sentences:
        if sentence.opens == "document" or not found:
            found.append([])
        found[-1].append(sentence)
    return found


def running_text(sentences: Sequence[Sentence]) -> tuple[str, list[int]]:
    """The text of a document and where each sentence starts in it."""
    text, starts = "", []
    for sentence in sentences:
        if text:
            text += "\n\n" if sentence.opens else " "
        starts.append(len(text))
        text += sentence.text
    return text, starts


def evaluate(parser: Parser, sentences: Sequence[Sentence]) -> dict[str, float]:
    """Percentages: TAG, UPOS, UAS, LAS, sentences, heads of numbers, of money and percent, of claims; and tokens/s.

    "claim heads" are those of the numbers, currency marks and percent words that stand in a claim, which is what Tally
    reads from the tree.
    """
    nlp = load().nlp
    texts = documents(sentences)
    docs: list[Doc] = []
    golds = []
    for group in texts:
        text, starts = running_text(group)
        golds.append((group, starts))
        doc = nlp.make_doc(text)
        mark_sentences(doc, text)
        docs.append(doc)
    started = time.perf_counter()
    parser.annotate((doc, list(doc.sents)) for doc in docs)
    seconds = time.perf_counter() - started
    count: Counter[str] = Counter()
    for doc, (group, starts) in zip(docs, golds, strict=True):
        claims = [(claim.start, claim.end) for claim in nlp.get_pipe("tally")(nlp.make_doc(doc.text))._.claims]
        claimed = {place for start, end in claims for place in range(start, end)}
        _compare(doc, group, starts, count)
        _compare_numbers(doc, group, starts, claimed, nlp.make_doc, count)
    tokens = sum(map(len, docs))

    def share(right: str, of: str) -> float:
        return round(100 * count[right] / max(1, count[of]), 2)

    def f1(right: str, predicted: str, gold: str) -> float:
        return round(200 * count[right] / max(1, count[predicted] + count[gold]), 2)

    return {
        "TAG": f1("tag", "tokens", "words"),
        "UPOS": f1("pos", "tokens", "words"),
        "UAS": f1("head", "tokens scored", "words scored"),
        "LAS": f1("labelled", "tokens scored", "words scored"),
        "sentences": f1("sentence", "sentences found", "sentences"),
        "number heads": share("number head", "numbers"),
        "money heads": share("money head", "moneys"),
        "money": count["moneys"],
        "claim heads": share("claim head", "claims"),
        "claims": count["claims"],
        "tokens/s": round(tokens / seconds),
    }


def _compare(doc: Doc, group: Sequence[Sentence], starts: Sequence[int], count: Counter[str]) -> None:
    """Counts the treebank's words, those that Tally cuts otherwise as wrong."""
    tokens = {(token.idx, token.idx + len(token)): token for token in doc if not token.is_space}
    count["tokens"] += len(tokens)
    count["tokens scored"] += sum(token.dep_ != "punct" for token in tokens.values())
    found = {(sent[0].idx, sent.text.rstrip()) for sent in doc.sents if sent.text.strip()}
    count["sentences found"] += len(found)
    for sentence, start in zip(group, starts, strict=True):
        count["sentences"] += 1
        count["sentence"] += (start, sentence.text) in found
        for place, word in enumerate(sentence.words):
            count["words"] += 1
            count["words scored"] += word.relation != "punct"
            token = tokens.get((start + word.start, start + word.end))
            if token is None:
                continue
            head = sentence.words[word.head]
            right = token.head.idx == start + head.start and token.head.idx + len(token.head) == start + head.end
            count["tag"] += token.tag_ == word.xpos
            count["pos"] += token.pos_ == word.upos
            if word.relation != "punct" and token.dep_ != "punct":
                count["head"] += right
                label = "ROOT" if word.head == place else word.relation
                count["labelled"] += right and token.dep_ == label


def _compare_numbers(
    doc: Doc,
    group: Sequence[Sentence],
    starts: Sequence[int],
    claimed: Set[int],
    make_doc: Callable[[str], Doc],
    count: Counter[str],
) -> None:
    """Counts the heads of numbers on Tally's own tokens; ``claimed`` are the characters that stand in a claim."""
    tokens: Mapping[int, Token] = {token.idx: token for token in doc}
    for sentence, start in zip(group, starts, strict=True):
        tree = align(sentence, make_doc)
        if tree is None:
            continue
        places = [start + token.idx for token in make_doc(sentence.text) if not token.is_space]
        for place, word, tag, head in zip(places, tree.tokens, tree.tags, tree.heads, strict=True):
            money = word.lower() in _MONEY_WORDS or tag == "$"
            if not money and tag != "CD":
                continue
            token = tokens.get(place)
            right = token is not None and token.text == word and token.head.idx == places[head]
            for name, counted in (("number", True), ("money", money), ("claim", place in claimed)):
                count[f"{name}s"] += counted
                count[f"{name} head"] += counted and right


def table(parser: Parser, treebanks: Path) -> str:
    """The figures on all held-out files, as a Markdown table."""
    rows = []
    for name, file, prefix in HELD_OUT:
        sentences = [each for each in read_conllu(treebanks / f"{file}.conllu") if each.name.startswith(prefix)]
        rows.append((name, evaluate(parser, sentences)))
    names = list(rows[0][1])
    lines = ["| text | " + " | ".join(names) + " |", "|---" * (len(names) + 1) + "|"]
    lines += [f"| {name} | " + " | ".join(f"{figures[each]:g}" for each in names) + " |" for name, figures in rows]
    return "\n".join(lines)


def main() -> None:
    """Prints the table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("treebanks", type=Path)
    arguments.add_argument("--model", type=Path, help="default: the model that comes with Tally")
    given = arguments.parse_args()
    model = shipped_model() if given.model is None else unpack(given.model.read_bytes())
    print(table(Parser(model), given.treebanks))


if __name__ == "__main__":
    main()
