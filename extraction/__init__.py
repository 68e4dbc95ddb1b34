"""Numeric claims from news text: text in, claims out, with no network, database, environment or file of its own.

extractor = extraction.load()
for claim in extractor.extract(SourceArticle("Profit fell 38 per cent to NZ$41.6 million.")):
    print(claim.text, claim.value, claim.unit)
"""

from extraction.claims import Claim, Kind, Shape, SourceArticle
from extraction.pipeline import Extractor, load
from extraction.version import PIPELINE

__all__ = ["PIPELINE", "Claim", "Extractor", "Kind", "Shape", "SourceArticle", "load"]
