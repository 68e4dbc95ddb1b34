"""Finds who says what: quotations, report clauses, and the people and organisations behind their words.

``attribution`` puts them together.
"""
