"""What bounds or softens a number: "up to", "at least", "about", and the other senses of these words."""
