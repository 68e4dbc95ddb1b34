"""The name and version of the pipeline, which every claim carries."""

from importlib.metadata import version

PIPELINE = f"tally-en {version('tally')}"
