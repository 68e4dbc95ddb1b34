"""Number checks: arithmetic over the claims of one article, without any knowledge from outside it.

A pure library: it takes a text and its claims as JSON objects (see docs/reference/claims.md) and gives back findings.
Precision goes before recall: where a text may be right, nothing is said.
"""

from checks.checker import check
from checks.findings import Finding, Severity

__all__ = ["Finding", "Severity", "check"]
