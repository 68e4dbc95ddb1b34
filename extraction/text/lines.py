"""The lines of a text."""

import re

LINE = re.compile(r"[^\n\r]+")
