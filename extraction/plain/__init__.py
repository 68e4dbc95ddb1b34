"""What a reader sees of a text that still holds markup, signs nobody sees or the line breaks of a narrow page."""
