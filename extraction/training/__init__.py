"""Trains the parser that Tally ships; see docs/explanation/parser.md. Nothing at run time imports it."""
