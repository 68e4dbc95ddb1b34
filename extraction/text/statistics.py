"""Names of statistics in front of their numbers: the "CI" of "95% CI, 0.71 to 0.88", the "HR" of "(HR, 0.68)"."""

from collections.abc import Sequence

from extraction.text.lexemes import Lexeme
from extraction.text.word_classes import in_class
from extraction.text.words import word_set

_MARKS = frozenset((",", ":", "=", "[", "("))


def behind_statistic(lexemes: Sequence[Lexeme], start: int) -> bool:
    """Whether the number at lexeme ``start`` is that of a statistic, with a mark between the two or without.

    As in "IQR 45-62", "95% CI, 11-38", "95% confidence interval [CI], 2 to 9" and "(range, 3-27)".
    """
    k = start - 1
    marked = k > 0 and lexemes[k].text in _MARKS
    k -= marked
    if k < 0:
        return False
    if lexemes[k].text in word_set("cues", "statistics"):
        return True
    if marked and k > 2 and lexemes[k].text in "])" and lexemes[k - 2].text in "[(":
        return lexemes[k - 1].text in word_set("cues", "statistics")
    named = lexemes[k].text in word_set("text", "spelled_statistics")  # "Chris Range, 45" has a capital
    return marked and named and not (k and in_class(lexemes[k - 1], "articles"))  # "at a ratio, 3-1"
