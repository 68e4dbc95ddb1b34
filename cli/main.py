"""The ``tally`` command: its sub-commands and their options. What they need is imported when they run."""

import argparse
import importlib
import os
import signal
import sys
from collections.abc import Sequence
from datetime import datetime
from importlib.metadata import version
from typing import NoReturn, TypeAlias

from cli.errors import CommandError, UsageError, complain

DEFAULT_SERVER = "http://127.0.0.1:8000"
# Here, because `--help` must be quick; a test compares them with where they belong.
KINDS = tuple(
    "money percent count duration age length area volume mass speed temperature energy power pressure frequency data "
    "fraction multiple index number other".split()
)
MODALITIES = ("asserted", "estimated", "projected", "hypothetical", "alleged")
SORTS = ("created_at", "-created_at", "published_at", "-published_at", "value", "-value")
SCOPES = ("read", "write")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one sub-command; returns the exit code: 0, 1 for an error, 2 for wrong usage, 130 after Ctrl-C."""
    try:
        arguments = _parser().parse_args(_with_sort_joined(sys.argv[1:] if argv is None else argv))
        module, _, function = arguments.run.partition(":")
        code = int(getattr(importlib.import_module(module), function)(arguments) or 0)
        sys.stdout.flush()
        return code
    except UsageError as error:
        complain(str(error))
        return 2
    except CommandError as error:
        complain(str(error))
        return 1
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    except BrokenPipeError:
        # The reader has gone (`tally ... | head`). Python would complain once more when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 128 + signal.SIGPIPE
    except Exception as error:
        if os.environ.get("TALLY_DEBUG"):
            raise
        complain(f"unexpected {type(error).__name__}: {error} (TALLY_DEBUG=1 shows where)")
        return 1


def _with_sort_joined(arguments: Sequence[str]) -> list[str]:
    """The arguments with `--sort -value` as `--sort=-value`: argparse takes what begins with a dash for an option."""
    joined: list[str] = []
    for argument in arguments:
        if joined and joined[-1] == "--sort" and argument.startswith("-") and argument in SORTS:
            joined[-1] = f"--sort={argument}"
        else:
            joined.append(argument)
    return joined


class _Parser(argparse.ArgumentParser):
    """A parser whose complaints are one line, like all others."""

    def error(self, message: str) -> NoReturn:
        complain(f"{message} (see `{self.prog} --help`)")
        sys.exit(2)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="tally",
        description="Every numeric claim in a news article, with its context.",
        epilog="`tally COMMAND --help` tells more about a command.",
    )
    parser.add_argument("--version", action="version", version=f"tally {version('tally')}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_extract(commands)
    _add_local(commands)
    _add_client(commands)
    _add_keys(commands)
    _add_services(commands)
    return parser


_Commands: TypeAlias = "argparse._SubParsersAction[_Parser]"


def _command(commands: _Commands, name: str, run: str, summary: str, details: str = "") -> _Parser:
    parser = commands.add_parser(name, help=summary, description=f"{summary}. {details}".strip())
    parser.set_defaults(run=run)
    return parser


def _add_extract(commands: _Commands) -> None:
    parser = _command(
        commands,
        "extract",
        "cli.extract:run",
        "Extract the claims of texts, without any server",
        "Offsets count Unicode code points of the text as it is in the file.",
    )
    parser.add_argument("files", nargs="*", metavar="FILE", help="text files in UTF-8; - or none: standard input")
    parser.add_argument("--format", choices=("table", "json", "jsonl", "csv"), help="how to print (default: table)")
    parser.add_argument(
        "--jsonl",
        action="store_true",
        help='standard input holds one {"id", "text", "title", "published_at", "publisher", "country", "url"} object '
        'a line; prints one {"id", "claims"} object a line, in the same order',
    )
    parser.add_argument(
        "--explain", action="store_true", help="print the numbers that are no claims as well, each with the reason"
    )
    parser.add_argument("--country", type=_country, metavar="CODE", help="its country, ISO 3166: NZ tells what $ means")
    parser.add_argument("--published-at", type=_moment, metavar="TIME", help="date or time of publication, ISO 8601")
    parser.add_argument("--publisher", metavar="NAME", help="who published the article")


def _add_local(commands: _Commands) -> None:
    up = _command(
        commands,
        "up",
        "cli.stack:run",
        "Run the whole service on this machine until Ctrl-C",
        "Starts Redis, the API with the web page and the workers, and restarts one that dies.",
    )
    up.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    up.add_argument("--port", type=_port, default=8000, help="port to listen on (default: %(default)s)")
    up.add_argument("--data", default="data", metavar="DIR", help="where everything is kept (default: ./%(default)s)")
    up.add_argument("--workers", type=_positive, default=2, help="articles worked on at once (default: %(default)s)")
    demo = _command(
        commands,
        "demo",
        "cli.demo:run",
        "Start the whole service, send it articles, print their claims, stop it",
    )
    demo.add_argument(
        "article", nargs="?", metavar="ARTICLE", help="as for `tally submit` (default: the articles of seeds/)"
    )


def _add_client(commands: _Commands) -> None:
    submit = _command(commands, "submit", "cli.submit:run", "Send articles to a server; prints their jobs")
    submit.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        help="text, .html, .json (the body of POST /v1/articles), .jsonl (one such body a line), or a folder of these",
    )
    submit.add_argument("--wait", action="store_true", help="wait until the jobs have ended")
    submit.add_argument(
        "--patience",
        type=_positive,
        default=300,
        metavar="SECONDS",
        help="how long to go on sending a batch while the server says that it is overloaded (default: %(default)s)",
    )
    job = _command(commands, "job", "cli.remote:job", "Show a job")
    job.add_argument("id", metavar="ID")
    job.add_argument("--format", choices=("table", "json"), default="table")
    claims = _command(commands, "claims", "cli.remote:claims", "Search the stored claims")
    claims.add_argument("--limit", type=_positive, default=50, help="most claims to print (default: %(default)s)")
    claims.add_argument("--format", choices=("table", "json", "jsonl"), default="table")
    export = _command(commands, "export", "cli.remote:export", "Write all stored claims that match")
    export.add_argument("--format", choices=("csv", "jsonl", "jsonld"), default="csv")
    export.add_argument("--output", "-o", metavar="FILE", help="where to write (default: standard output)")
    for parser in (claims, export):
        _add_filters(parser)
    for parser in (submit, job, claims, export):
        parser.add_argument(
            "--server",
            default=os.environ.get("TALLY_SERVER", DEFAULT_SERVER),
            metavar="URL",
            help="the server (default: %(default)s, or TALLY_SERVER); its key, if it wants one, goes in TALLY_API_KEY",
        )


def _add_filters(parser: _Parser) -> None:
    filters = parser.add_argument_group("filters")
    filters.add_argument("--kind", choices=KINDS, metavar="KIND", help=", ".join(KINDS))
    filters.add_argument("--unit", help="as in a claim: percent, kilometer, NZD")
    filters.add_argument("--currency", help="ISO 4217 code")
    filters.add_argument("--min-value", metavar="NUMBER")
    filters.add_argument("--max-value", metavar="NUMBER")
    filters.add_argument(
        "--q", metavar="WORDS", help='words, "phrases" and beginnings (invest*) of sentence, subject, measure or title'
    )
    filters.add_argument("--speaker", help="who said so")
    filters.add_argument("--subject", help="whose number it is")
    filters.add_argument("--modality", choices=MODALITIES, metavar="MODALITY", help=", ".join(MODALITIES))
    filters.add_argument("--direction", choices=("up", "down"))
    filters.add_argument("--article-id", metavar="ID")
    filters.add_argument("--batch-id", metavar="ID")
    filters.add_argument("--publisher")
    filters.add_argument("--published-from", metavar="TIME")
    filters.add_argument("--published-to", metavar="TIME")
    filters.add_argument(
        "--sort", choices=SORTS, metavar="ORDER", help="created_at, published_at or value; -value: the largest first"
    )


def _add_keys(commands: _Commands) -> None:
    parser = commands.add_parser(
        "keys",
        help="Make, list and revoke API keys",
        description="Make, list and revoke API keys. Works on the database itself: TALLY_DATABASE_URL, else that of "
        "`tally up` in --data.",
    )
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    create = _command(actions, "create", "cli.keys:create", "Make a key; it is printed once and stored as a hash")
    create.add_argument("name", metavar="NAME", help="what the key is for")
    create.add_argument(
        "--scopes", type=_scopes, default="read,write", help="read, write or both (default: %(default)s)"
    )
    listing = _command(actions, "list", "cli.keys:show", "List the keys")
    revoke = _command(actions, "revoke", "cli.keys:revoke", "End a key for good")
    revoke.add_argument("id", metavar="ID", help="the key's id or prefix, as `tally keys list` prints it")
    for action in (create, listing, revoke):
        action.add_argument("--data", default="data", metavar="DIR", help="as in `tally up` (default: ./%(default)s)")


def _add_services(commands: _Commands) -> None:
    api = _command(commands, "api", "cli.services:api", "Run the API alone, as a container does")
    api.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    api.add_argument("--port", type=_port, default=8000, help="port to listen on (default: %(default)s)")
    api.add_argument("--fd", type=int, help=argparse.SUPPRESS)
    worker = _command(commands, "worker", "cli.services:worker", "Run a worker alone, as a container does")
    worker.add_argument(
        "--concurrency",
        type=_positive,
        help="articles worked on at once (default: TALLY_WORKER_CONCURRENCY, else the number of processors)",
    )
    _command(
        commands,
        "webhooks",
        "cli.services:webhooks",
        "Deliver the ends of jobs to webhooks, as a container does",
    )
    _command(commands, "migrate", "cli.services:migrate", "Bring the database TALLY_DATABASE_URL up to date")


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no ISO 8601 date or time") from None


def _country(text: str) -> str:
    from api.countries import country_code

    try:
        return country_code(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} {error}") from None


def _scopes(text: str) -> list[str]:
    scopes = [scope.strip() for scope in text.split(",") if scope.strip()]
    if not scopes or set(scopes) - set(SCOPES):
        raise argparse.ArgumentTypeError(f"{text!r} must be read, write or both: read,write")
    return scopes


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(f"{text!r} is no port (1 to 65535)")
    return int(text)


def _positive(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"{text!r} is no positive number")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
