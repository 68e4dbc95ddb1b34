"""What a claim is about: whose number it is, what it measures and the whole it is a part of, read from the parse."""
