"""The web page: one document, its style sheet and its modules, all served from here."""
