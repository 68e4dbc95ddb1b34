"""The trained parser as a file: ``extraction/en/model/parser.npz``, plain arrays and no code.

Embeddings are kept in eight bits with a scale to each row, all other weights as float16.
"""

import io
import json
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from extraction.parser.network import Sizes

Array = NDArray[Any]

_EMBEDDINGS = ("word", "affix")


@dataclass(frozen=True, slots=True)
class Labels:
    """What the network can answer: Penn tags, universal parts of speech, universal relations."""

    tags: tuple[str, ...]
    pos: tuple[str, ...]
    relations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ParserModel:
    """A network with its weights; ``word_rows`` and ``affix_rows`` give the row of a checksum, 0 is for the unknown."""

    sizes: Sizes
    labels: Labels
    word_rows: dict[int, int]
    affix_rows: dict[int, int]
    weights: dict[str, Array]


@cache
def shipped_model() -> ParserModel:
    """The model that comes with Tally."""
    return unpack((files("extraction") / "en" / "model" / "parser.npz").read_bytes())


def pack_model(sizes: Sizes, labels: Labels, word_keys: Array, affix_keys: Array, weights: dict[str, Array]) -> bytes:
    """The file of a model.

    The keys are the checksums of the embeddings' rows from 1 on; ``weights`` hold the embeddings as "word" and "affix".
    """
    about = json.dumps({"sizes": asdict(sizes), "labels": asdict(labels)}).encode()
    arrays: dict[str, Array] = {
        "about": np.frombuffer(about, np.uint8),
        "word.keys": word_keys.astype(np.uint32),
        "affix.keys": affix_keys.astype(np.uint32),
    }
    for name, value in weights.items():
        if name in _EMBEDDINGS:
            scale = np.maximum(np.abs(value).max(axis=1), 1e-2) / 127
            arrays[f"{name}.scale"] = scale.astype(np.float16)
            arrays[name] = np.rint(value / arrays[f"{name}.scale"][:, None]).clip(-127, 127).astype(np.int8)
        else:
            arrays[name] = value.astype(np.float16)
    file = io.BytesIO()
    np.savez_compressed(file, **arrays)  # type: ignore[arg-type]  # NumPy's stub takes the names for its options
    return file.getvalue()


def unpack(file: bytes) -> ParserModel:
    """The model in the bytes of a file that ``pack_model`` made."""
    with np.load(io.BytesIO(file), allow_pickle=False) as arrays:
        about = json.loads(arrays["about"].tobytes())
        sizes = Sizes(**about["sizes"])
        labels = Labels(**{name: tuple(values) for name, values in about["labels"].items()})
        rows = [
            {int(key): row for row, key in enumerate(arrays[f"{name}.keys"].tolist(), start=1)} for name in _EMBEDDINGS
        ]
        weights = {
            name: arrays[name].astype("f")
            for name in arrays.files
            if name != "about" and not name.endswith((".keys", ".scale"))
        }
        for name in _EMBEDDINGS:
            weights[name] *= arrays[f"{name}.scale"].astype("f")[:, None]
    for layer in range(sizes.layers):
        for part in ("W", "b"):
            weights[f"rnn{layer}.{part}"][..., 2 * sizes.hidden :] *= 0.5  # sigmoid(x) = (1 + tanh(x / 2)) / 2
    return ParserModel(sizes, labels, rows[0], rows[1], weights)
