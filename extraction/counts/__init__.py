"""Finds what a number counts: the noun behind it, or the one that the text leaves out."""
