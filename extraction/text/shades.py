"""Words that shade the number behind them: "about", "nearly", "at least"."""

from extraction.text.words import word_set

FILLERS = word_set("cues", "number_fillers")
SHADES = word_set("cues", "number_fillers", "bound_words")
