"""Labels of dependency trees, Universal Dependencies and Penn Treebank tags, that many rules ask for."""


class _Bases(dict[str, str]):
    """Relations without their subtypes, each cut once."""

    def __missing__(self, relation: str) -> str:
        self[relation] = base = relation.partition(":")[0]
        return base


BASES = _Bases()  # "nsubj" for "nsubj:pass"
NAMING = frozenset(("NOUN", "PROPN"))
FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
SUBJECTS = frozenset(("nsubj", "csubj", "expl"))
CLAUSES = frozenset(("ccomp", "conj", "parataxis", "advcl"))
