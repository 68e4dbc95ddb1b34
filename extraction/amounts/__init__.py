"""Reads amounts: a number with its unit, currency, rate and bounds, or what stands in their place."""
