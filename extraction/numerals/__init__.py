"""Reads numerals, in digits and in words, from lexemes: the number alone, without sign, unit or currency.

Word lists stand in ``en/numerals.toml``.
"""
