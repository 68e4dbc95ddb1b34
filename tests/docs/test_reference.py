"""The reference says what the code does: names and defaults are read from both and compared."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any, get_args

import pytest
from pydantic.fields import FieldInfo

import cli.main
import models.job_state
import worker.problems
from api import claim_schemas, problems
from api.article_input import ArticleIn
from api.claim_exports import LEADING_COLUMNS
from api.main import create_app
from api.schemas import BatchOut, JobOut
from api.settings import Settings
from cli.main import _parser
from exports.spreadsheet import CLAIM_COLUMNS
from extraction import Claim, Extractor, Kind, Shape, SourceArticle, load
from extraction.exclusions.reasons import Reason
from models.api_key import SCOPES
from models.claim_search import SORTS
from models.job import JobState
from tests.docs.pages import DOCS, PAGES, ROOT, blocks, first_cells, in_code, page, sections
from worker.settings import WorkerSettings

# Where http.md names the problems that routes have in common.
COMMON_SECTION = "Conventions"
SHELL = ("sh", "")


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return load()


# HTTP ---------------------------------------------------------------------------------------------------------------


@cache
def operations() -> dict[str, dict[str, Any]]:
    """The operations of the OpenAPI document by "METHOD /path"."""
    settings = Settings(database_url="sqlite:////nowhere/tally.db", redis_url="redis://127.0.0.1:1/0")
    document = create_app(settings).openapi()
    return {
        f"{method.upper()} {path}": operation
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    }


def declared_problems(operation: dict[str, Any]) -> set[str]:
    contents = [response.get("content", {}) for response in operation["responses"].values()]
    return {slug for content in contents for slug in content.get(problems.MEDIA_TYPE, {}).get("examples", {})}


def documented_problems(section: str) -> set[str]:
    found = re.search(r"^Problems: (.*?)\n\n", section, re.DOTALL | re.MULTILINE)
    return in_code(found.group(1)) if found else set()


def test_routes_are_those_of_the_application() -> None:
    described = {title for title in sections(page("http.md")) if re.match(r"(GET|POST|PUT|PATCH|DELETE) /", title)}
    assert described == set(operations())


@pytest.mark.parametrize("name", operations())
def test_route(name: str) -> None:
    section = sections(page("http.md"))[name]
    operation = operations()[name]
    common = in_code(sections(page("http.md"))[COMMON_SECTION]) & {kind.slug for kind in problems.ALL_TYPES}
    own = documented_problems(section)
    assert own <= declared_problems(operation), "problems that the route does not declare"
    assert declared_problems(operation) <= own | common, "problems that are not described"
    parameters = {each["name"] for each in operation.get("parameters", []) if each["in"] != "path"}
    named = {re.split(r"[=:]", each)[0] for each in in_code(section)}
    assert parameters <= named, "parameters that are not described"
    curls = [body for language, body in blocks(section) if language == "sh" and "curl" in body]
    assert curls, "no curl example"
    assert all(status in section for status in special_statuses(operation)), "statuses that are not described"


def special_statuses(operation: dict[str, Any]) -> set[str]:
    """The statuses that are not a plain 200 and no problem."""
    problem = {
        status
        for status, response in operation["responses"].items()
        if problems.MEDIA_TYPE in response.get("content", {})
    }
    return set(operation["responses"]) - problem - {"200"}


def test_curl_examples_name_routes() -> None:
    routes = [re.sub(r"\{\w+\}", "[^/]+", name.split()[1]) for name in operations()]
    known = re.compile("|".join([*routes, "/docs", "/openapi.json"]))
    for path in PAGES:
        for url in re.findall(r"127\.0\.0\.1:8000(/[^\s'\"?`)>]*)", path.read_text("utf-8")):
            assert known.fullmatch(url), f"{path.name}: no route {url}"


def test_fields_of_articles_jobs_and_batches() -> None:
    parts = sections(page("http.md"))
    assert set(ArticleIn.model_fields) <= set(first_cells(parts["POST /v1/articles"]))
    assert set(first_cells(parts["GET /v1/jobs/{job_id}"])) == set(JobOut.model_fields)
    assert set(first_cells(parts["GET /v1/batches/{batch_id}"])) == set(BatchOut.model_fields)
    assert {state.value for state in JobState} <= in_code(parts["GET /v1/jobs/{job_id}"])


def test_columns_of_csv() -> None:
    assert tuple(first_cells(sections(page("http.md"))["Columns of CSV"])) == (*LEADING_COLUMNS, *CLAIM_COLUMNS)


def test_problems_of_requests() -> None:
    rows = re.findall(
        r"^\| `([a-z-]+)` \| (\d{3}) \| ([^|]+) \|", sections(page("problems.md"))["Problems of requests"], re.MULTILINE
    )
    assert sorted(rows) == sorted((kind.slug, str(kind.status), kind.title) for kind in problems.ALL_TYPES)


def test_problems_of_jobs() -> None:
    modules = (models.job_state, worker.problems)
    types = {value for module in modules for name, value in vars(module).items() if name.startswith("PROBLEM_")}
    assert len(types) >= 4
    assert set(first_cells(sections(page("problems.md"))["Problems of jobs"])) == types


# Settings -----------------------------------------------------------------------------------------------------------


def default_of(field: FieldInfo) -> str:
    if field.is_required():
        return "required"
    if field.default is None:
        return "none"
    return f"`{field.default:g}`" if isinstance(field.default, float) else f"`{str(field.default).lower()}`"


@pytest.mark.parametrize(("title", "settings"), [("API", Settings), ("Worker", WorkerSettings)], ids=["api", "worker"])
def test_settings_and_their_defaults(title: str, settings: type[Settings | WorkerSettings]) -> None:
    rows = re.findall(r"^\| `(TALLY_\w+)` \| ([^|]+) \|", sections(page("settings.md"))[title], re.MULTILINE)
    wanted = {f"TALLY_{name.upper()}": default_of(field) for name, field in settings.model_fields.items()}
    assert dict(rows) == wanted


def test_every_variable_that_is_read_is_described() -> None:
    """Also those that no settings class holds, and none that nothing reads."""
    files = [
        path
        for folder in ("api", "cli", "runtime", "tracing", "worker", "migrations")
        for path in (ROOT / folder).rglob("*.py")
    ]
    files += [ROOT / "docker-compose.yml", ROOT / ".env.example"]
    fields = {f"TALLY_{name.upper()}" for kind in (Settings, WorkerSettings) for name in kind.model_fields}
    read = {name for path in files for name in re.findall(r"\b(?:TALLY|OTEL)_[A-Z_]*[A-Z]\b", path.read_text("utf-8"))}
    assert set(first_cells(page("settings.md"))) == read | fields


def test_env_example_names_every_setting_with_its_default() -> None:
    """Except the two URLs, which compose puts together from the passwords, and what it says of its own containers."""
    assigned = dict(re.findall(r"^#?(TALLY_\w+)=(.*)$", (ROOT / ".env.example").read_text("utf-8"), re.MULTILINE))
    fields = {
        f"TALLY_{name.upper()}": field
        for kind in (WorkerSettings, Settings)
        for name, field in kind.model_fields.items()
        if name not in ("published_locally", "ready_file", "alive_file")
    }
    defaults = {name: default_of(field).strip("`") for name, field in fields.items() if not name.endswith("_URL")}
    blank = {name: "" if value == "none" else value for name, value in defaults.items()}
    compose = set(first_cells(sections(page("settings.md"))["docker compose"]))
    assert set(assigned) == set(blank) | compose
    assert {name: assigned[name] for name in blank} == blank
    passed = set(re.findall(r"^ {4}(TALLY_\w+):", (ROOT / "docker-compose.yml").read_text("utf-8"), re.MULTILINE))
    assert passed >= set(fields), "settings that compose does not pass on"


def test_variables_of_opentelemetry_are_passed_on_by_compose() -> None:
    rows = dict(
        re.findall(r"^\| `(OTEL_\w+)` \| ([^|]+) \|", sections(page("settings.md"))["OpenTelemetry"], re.MULTILINE)
    )
    example = dict(re.findall(r"^#(OTEL_\w+)=(.*)$", (ROOT / ".env.example").read_text("utf-8"), re.MULTILINE))
    passed = set(re.findall(r"^ {4}(OTEL_\w+):$", (ROOT / "docker-compose.yml").read_text("utf-8"), re.MULTILINE))
    assert set(rows) == set(example) == passed
    # The name differs from process to process, so it has none there.
    defaults = {
        name: "" if default == "none" or "," in default else default.strip("`") for name, default in rows.items()
    }
    assert example == defaults


# Claims -------------------------------------------------------------------------------------------------------------


@cache
def example() -> tuple[str, dict[str, Any]]:
    """The text and the claim that claims.md shows."""
    found = dict(blocks(sections(page("claims.md"))["Example"]))
    return found["text"].strip(), json.loads(found["json"])


def test_example_of_a_claim_is_real(extractor: Extractor) -> None:
    text, shown = example()
    (claim,) = extractor.extract(SourceArticle(text))
    versioned = ("id", "pipeline")
    assert {**claim.to_json(), **{name: shown[name] for name in versioned}} == shown


def test_fields_of_a_claim(extractor: Extractor) -> None:
    (claim,) = extractor.extract(SourceArticle(example()[0]))
    fields = list(claim.to_json())
    assert fields == list(claim_schemas.ClaimOut.model_fields)
    assert first_cells(sections(page("claims.md"))["Fields"]) == fields


@pytest.mark.parametrize(
    ("title", "values"),
    [
        ("Kinds", [kind.value for kind in Kind]),
        ("Shapes", [shape.value for shape in Shape]),
        ("Modality", list(get_args(claim_schemas.Modality))),
        ("Currency", list(claim_schemas.Currency.model_fields)),
        ("Change", list(claim_schemas.Change.model_fields)),
        ("Attribution", list(claim_schemas.Attribution.model_fields)),
    ],
)
def test_tables_of_a_claim(title: str, values: list[str]) -> None:
    assert sorted(first_cells(sections(page("claims.md"))[title])) == sorted(values)


def test_interface_and_extraction_know_the_same_values(extractor: Extractor) -> None:
    assert list(get_args(claim_schemas.Kind)) == [kind.value for kind in Kind]
    assert list(get_args(claim_schemas.Shape)) == [shape.value for shape in Shape]
    found = [claim.to_json() for claim in extractor.extract(SourceArticle((DOCS / "example.txt").read_text("utf-8")))]
    assert any(claim["counterpart"] for claim in found)
    for claim in found:
        stored = {**claim, "article_id": claim["id"]}
        assert claim_schemas.ClaimOut.model_validate(stored).model_dump(mode="json") == stored


def test_examples_of_kinds_are_of_their_kind(extractor: Extractor) -> None:
    """Each quoted example of a kind is found with that kind in a sentence made for it."""
    sentences = {
        "eight": "The {} companies agreed.",
        "twice": "It rang {} a day.",
        "three times as many": "There were {} visitors.",
        "doubled": "Sales {}.",
        "fell 12 points": "The index {}.",
        "42": "The figure was 42.",
    }
    for line in sections(page("claims.md"))["Kinds"].splitlines():
        row = re.fullmatch(r"\| `(\w+)` \|[^|]+\|([^|]*)\|", line)
        for quote in re.findall(r'"([^"]+)"', row.group(2)) if row else ():
            if quote.startswith("the figure"):
                continue
            text = sentences.get(quote, "The report says {}.").format(quote)
            kinds = {claim.kind.value for claim in extractor.extract(SourceArticle(text))}
            assert row is not None
            assert row.group(1) in kinds, f"{text}: {kinds}"


def test_shapes_bound_the_value_as_described(extractor: Extractor) -> None:
    texts = {
        "exact": "It took 300 ships.",
        "approximate": "It took about 300 ships.",
        "at_least": "It took at least 300 ships.",
        "more_than": "It took more than 300 ships.",
        "at_most": "It took up to 300 ships.",
        "less_than": "It took fewer than 300 ships.",
        "range": "It took 300 to 400 ships.",
        "vague": "It took dozens of ships.",
    }
    rows = re.findall(
        r"^\| `(\w+)` \|[^|]+\|([^|]+)\|([^|]+)\|([^|]+)\|", sections(page("claims.md"))["Shapes"], re.MULTILINE
    )
    assert {row[0] for row in rows} == set(texts)
    for shape, *cells in rows:
        (claim,) = extractor.extract(SourceArticle(texts[shape]))
        assert claim.shape.value == shape
        assert [bound_in_words(claim, name) for name in ("value", "low", "high")] == [cell.strip() for cell in cells]


def test_reasons_of_numbers_that_are_no_claims(extractor: Extractor) -> None:
    section = sections(page("claims.md"))["Numbers that are no claims"]
    rows = re.findall(r"^\| `([^`]+)` \| [^|]+ \| ([^|]+) \|$", section, re.MULTILINE)
    assert [reason for reason, _ in rows] == list(get_args(Reason))
    in_tables = {"head of a column", "label of a row", "position in a table"}
    for reason, text in rows:
        if reason not in in_tables:
            assert reason in {each.reason for each in extractor.explain(SourceArticle(text))}, text


def bound_in_words(claim: Claim, name: str) -> str:
    number = getattr(claim, name)
    if number is None:
        return "null"
    return "the value" if name != "value" and number == claim.value else "set"


# Command line -------------------------------------------------------------------------------------------------------


def commands(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """The parsers of the commands that can be run, nested ones too."""
    below = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    if not below:
        yield parser
    for action in below:
        for each in action.choices.values():
            yield from commands(each)


def test_commands() -> None:
    described = {title for title in sections(page("cli.md")) if title.startswith("tally ")}
    assert described == {command.prog for command in commands(_parser())}


@pytest.mark.parametrize("command", list(commands(_parser())), ids=lambda command: command.prog)
def test_options_of_a_command(command: argparse.ArgumentParser) -> None:
    text = page("cli.md")
    described = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", sections(text)[command.prog]))
    visible = [action for action in command._actions if action.help is not argparse.SUPPRESS]
    options = {name for action in visible for name in action.option_strings if name.startswith("--")} - {"--help"}
    assert described == options
    names = {str(action.metavar or action.dest) for action in visible if not action.option_strings}
    assert all(name in sections(text)[command.prog] for name in names)


def test_the_command_line_knows_the_values_of_its_options() -> None:
    assert list(cli.main.KINDS) == [kind.value for kind in Kind]
    assert get_args(claim_schemas.Modality) == cli.main.MODALITIES
    assert cli.main.SORTS == SORTS
    assert cli.main.SCOPES == SCOPES


def test_commands_in_examples_exist() -> None:
    known = {command.prog for command in commands(_parser())}
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    for path in PAGES:
        text = path.read_text("utf-8")
        code = [body for language, body in blocks(text) if language in SHELL] + sorted(in_code(text))
        for line in (line.strip() for body in code for line in body.splitlines()):
            for command in re.findall(r"(?:^|bin/|api )tally (keys [a-z]+|[a-z]+)\b", line):
                assert {f"tally {command}", f"tally {command} list"} & known, f"{path.name}: {line}"
            for target in re.findall(r"^make ([a-z]+)\b", line):
                assert target in targets, f"{path.name}: {line}"
