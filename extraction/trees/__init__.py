"""Parsed sentences: the tree in plain lists, its labels and its noun phrases."""
