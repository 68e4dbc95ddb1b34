"""Tally's own tagger and dependency parser at run time; ``training`` made the model that it reads."""
