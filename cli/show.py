"""Claims and jobs as tables in a terminal."""

import sys
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

_BOUNDS = {
    "approximate": "~{value}",
    "at_least": ">= {value}",
    "more_than": "> {value}",
    "at_most": "<= {value}",
    "less_than": "< {value}",
    "exact": "{value}",
}
# Wide enough for the table where no terminal tells its width.
_WIDTH_OF_A_FILE = 160


def console(*, stderr: bool = False) -> Console:
    """A console on standard output (or error): coloured and as wide as the terminal, plain and wide in a file."""
    stream = sys.stderr if stderr else sys.stdout
    stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # a text stream, always
    return Console(file=stream, width=None if stream.isatty() else _WIDTH_OF_A_FILE, highlight=False, emoji=False)


def claims_table(claims: list[dict[str, Any]], *, title: str | None = None) -> Table:
    """One row a claim, in the order given."""
    caption = counted(len(claims), "claim")
    table = Table(title=_printable(title), title_justify="left", title_style="bold", caption=caption)
    table.caption_justify = "left"
    table.add_column("claim", style="bold", no_wrap=False)
    table.add_column("kind")
    table.add_column("value", justify="right")
    table.add_column("unit")
    table.add_column("about", ratio=2)
    table.add_column("said by", ratio=1)
    for claim in claims:
        cells = (_claim_text(claim), claim["kind"], value(claim), _unit(claim), _about(claim), _speaker(claim))
        table.add_row(*(_printable(cell) for cell in cells))
    return table


def rejected_table(rejected: list[dict[str, Any]]) -> Table:
    """One row a number that is no claim, with the reason."""
    table = Table(caption=f"{len(rejected)} number{'' if len(rejected) == 1 else 's'} left out", caption_justify="left")
    table.add_column("no claim", style="bold")
    table.add_column("at", justify="right")
    table.add_column("why")
    for each in rejected:
        table.add_row(_printable(each["text"]), str(each["start"]), each["reason"])
    return table


def value(claim: dict[str, Any]) -> str:
    """The number with its bound: ``<= 8,000,000`` or ``5 - 10``."""
    if claim["value"] is None:
        return f"{_grouped(claim['low'])} - {_grouped(claim['high'])}"
    text = _BOUNDS.get(claim["shape"], "{value}").format(value=_grouped(claim["value"]))
    if claim["change"]:
        text += {"up": " ↑", "down": " ↓"}.get(claim["change"]["direction"], "")
    return text


def _grouped(number: str | None) -> str:
    if number is None:
        return "?"
    whole, point, decimals = number.partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    return f"{sign}{int(digits):,}{point}{decimals}" if digits.isdigit() and len(digits) < 40 else number


def _claim_text(claim: dict[str, Any]) -> str:
    return " ".join([*(span["text"] for span in claim["qualifiers"]), claim["text"]])


def _unit(claim: dict[str, Any]) -> str:
    unit = claim["unit"] or ""
    if claim["currency"] and claim["currency"]["basis"] != "explicit":
        unit = f"{unit} (by {claim['currency']['basis']})"
    return f"{unit} per {claim['per']['unit']}" if claim["per"] else unit


def _about(claim: dict[str, Any]) -> str:
    """The words that say what is counted, each once: whose number, what it measures, of what."""
    parts: list[str] = []
    if claim["kind"] == "count" and claim["unit_text"]:
        parts.append(claim["unit_text"])
    for name, form in (("subject", "{}"), ("measure", "{}"), ("of", "of {}")):
        words = (claim[name].get("resolved") or claim[name]["text"]) if claim[name] else None
        if words and not any(words in part for part in parts):
            parts.append(form.format(words))
    return "; ".join(parts)


def _speaker(claim: dict[str, Any]) -> str:
    speaker = (claim["attribution"] or {}).get("speaker")
    return (speaker["resolved"] or speaker["text"]) if speaker else ""


def counted(count: int, noun: str) -> str:
    """The number with the noun in its singular or plural: "1 claim", "3 claims"."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _printable(text: str | None) -> Text | None:
    """Text that cannot steer the terminal: no markup, no escape sequences, no line breaks."""
    if text is None:
        return None
    return Text(" ".join("".join(c if c.isprintable() else " " for c in text).split()))


def job_table(job: dict[str, Any]) -> Table:
    """What there is to know about a job, one line each."""
    progress = job.get("progress") or {}
    done, total = progress.get("sentences_done"), progress.get("sentences_total")
    error = job.get("error") or {}
    lines = {
        "job": job["id"],
        "state": job["state"],
        "attempts": str(job["attempts"]),
        "sentences": f"{done} of {total}" if total else None,
        "claims": None if job["claims_count"] is None else str(job["claims_count"]),
        "article": job["article_id"],
        "created": job["created_at"],
        "started": job["started_at"],
        "finished": job["finished_at"],
        "error": ": ".join(str(error[name]) for name in ("title", "detail") if error.get(name)) or None,
    }
    table = Table(show_header=False, box=None)
    table.add_column(style="bold")
    table.add_column()
    for name, line in lines.items():
        if line is not None:
            table.add_row(name, _printable(line))
    return table
