"""Currencies: the signs, codes and words beside an amount, and what an ambiguous sign means in an article."""
