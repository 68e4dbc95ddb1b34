"""Mends what the parser got wrong in the tree of a sentence, before the other rooms read it."""
