"""What the rules hand on to each other: an amount, a range, a counted noun, a rate, a quantity."""
