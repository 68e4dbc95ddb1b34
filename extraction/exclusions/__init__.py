"""Decides which numbers are no claims, a module for each kind; ``exclude`` asks them all.

Dates and clock times are found elsewhere (``times.dates.match_dates``) and are masked before a number is read. The word
lists stand in ``en/exclusions.toml`` and ``en/cues.toml``.
"""
