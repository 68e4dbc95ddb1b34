"""Tells whether an amount says that something rose or fell: by how much, from what and to what."""
