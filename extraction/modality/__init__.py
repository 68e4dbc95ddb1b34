"""Tells facts from estimates, forecasts, possibilities and allegations, and what is denied."""
