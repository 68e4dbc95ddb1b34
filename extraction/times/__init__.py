"""Times: dates and other expressions of time, their form in ISO 8601, and which of them a claim is about."""
