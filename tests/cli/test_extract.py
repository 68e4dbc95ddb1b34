"""`tally extract`: every form of input and output, and what goes wrong."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]
TEXT = "Profit rose 12 per cent to $4 million, said the company."


def values(entry: dict) -> list[str]:  # type: ignore[type-arg]
    return [claim["value"] for claim in entry["claims"]]


@pytest.fixture
def article(tmp_path: Path) -> str:
    (tmp_path / "a.txt").write_text(TEXT)
    return "a.txt"


def test_json_of_one_file_is_one_object(tally: Run, article: str) -> None:
    done = tally("extract", "--format", "json", article)
    assert (done.returncode, done.stderr) == (0, "")
    entry = json.loads(done.stdout)
    assert sorted(entry) == ["claims", "id"]
    assert entry["id"] == article
    assert values(entry) == ["12", "4000000"]
    for claim in entry["claims"]:
        assert TEXT[claim["start"] : claim["end"]] == claim["text"]


def test_the_table_names_who_is_meant(tally: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Mayor Ada Moss won the vote. She has paid $300.")
    row = next(line for line in tally("extract", "a.txt").stdout.splitlines() if "$300" in line)
    assert "Ada Moss" in row


def test_json_of_several_files_is_an_array(tally: Run, article: str, tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("The town has 7 schools.")
    done = tally("extract", "--format", "json", article, "b.txt")
    assert [(entry["id"], values(entry)) for entry in json.loads(done.stdout)] == [
        ("a.txt", ["12", "4000000"]),
        ("b.txt", ["7"]),
    ]


@pytest.mark.parametrize("arguments", [[], ["-"]])
def test_standard_input(tally: Run, arguments: list[str]) -> None:
    done = tally("extract", "--format", "json", *arguments, given=TEXT)
    assert values(json.loads(done.stdout)) == ["12", "4000000"]


def test_the_table(tally: Run) -> None:
    done = tally("extract", given="Up to $8 million was paid by 3 [bold]banks\x1bc.")
    assert done.returncode == 0
    assert "<= 8,000,000" in done.stdout
    assert "2 claims" in done.stdout
    assert "\x1b" not in done.stdout


def test_explain_says_why_a_number_is_no_claim(tally: Run) -> None:
    text = "In 2019 the G7 spent $4 million on lap 23."
    done = tally("extract", "--format", "json", "--explain", given=text)
    entry = json.loads(done.stdout)
    assert values(entry) == ["4000000"]
    for each in entry["rejected"]:
        assert text[each["start"] : each["end"]] == each["text"]
    assert {each["text"]: each["reason"] for each in entry["rejected"]} == {
        "2019": "date, time or address",
        "7": "identifier",
        "23": "label",
    }
    table = tally("extract", "--explain", given=text)
    assert (table.returncode, table.stderr) == (0, "")
    assert "label" in table.stdout
    assert "3 numbers left out" in table.stdout
    refused = tally("extract", "--explain", "--format", "csv", given=text)
    assert refused.returncode == 2
    assert "--explain" in refused.stderr


def test_csv(tally: Run, article: str) -> None:
    done = tally("extract", "--format", "csv", article)
    rows = list(csv.DictReader(done.stdout.splitlines()))
    assert [each["value"] for each in rows] == ["12", "4000000"]
    assert {each["article"] for each in rows} == {"a.txt"}


def test_csv_of_standard_input_names_no_article(tally: Run) -> None:
    for arguments in (("-",), ()):
        done = tally("extract", "--format", "csv", *arguments, given="Profit fell from 5% to 3%, she said.")
        assert done.stdout.startswith("article,text,")
        first, second = csv.DictReader(done.stdout.splitlines())
        assert (first["article"], second["article"]) == ("", "")
        assert (first["counterpart"], second["counterpart"]) == (second["id"], first["id"])
        assert (first["change_role"], second["change_role"]) == ("from", "to")


def test_line_ends_and_characters_beyond_the_basic_plane_keep_their_offsets(tally: Run, tmp_path: Path) -> None:
    text = "😀 Sales\r\nfell 9 per cent.\r\n\r\nThey were “£5m”."
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbf" + text.encode())
    entry = json.loads(tally("extract", "--format", "json", "a.txt").stdout)
    assert values(entry) == ["9", "5000000"]
    for claim in entry["claims"]:
        assert text[claim["start"] : claim["end"]] == claim["text"]


def test_the_country_tells_the_currency(tally: Run) -> None:
    done = tally("extract", "--format", "json", "--country", "NZ", "--published-at", "2022-04-21", given="It cost $5.")
    assert json.loads(done.stdout)["claims"][0]["unit"] == "NZD"


def test_lines_in_lines_out(tally: Run) -> None:
    lines = [
        {"id": "a", "text": "It has 3 rooms.", "quantities": [], "title": None},
        {"id": 7, "text": "No number."},
        {"text": "It cost $5.", "country": "NZ", "published_at": "2022-04-21T10:00:00Z"},
    ]
    done = tally("extract", "--jsonl", given="\n".join(json.dumps(line) for line in lines))
    assert (done.returncode, done.stderr) == (0, "")
    entries = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(entry["id"], values(entry)) for entry in entries] == [("a", ["3"]), (7, []), (None, ["5"])]
    assert entries[2]["claims"][0]["unit"] == "NZD"


def test_bad_lines_are_named_and_the_rest_goes_on(tally: Run) -> None:
    lines = [
        b'{"id": 1, "text": "It has 3 rooms."}',
        b"{nonsense",
        b"[1]",
        b'{"id": 4}',
        b'{"id": 5, "text": 5}',
        b"",
        b'{"id": 7, "text": "\\ud800 9"}',
        b'{"id": 8, "text": "\xff"}',
        b'{"id": 9, "text": "x", "published_at": "yesterday"}',
        b"[" * 100_000,
        b'{"id": 11, "text": "It has 4 rooms."}',
        b'{"id": NaN, "text": "It has 4 rooms."}',
        b'{"id": 1e400, "text": "It has 4 rooms."}',
        b'{"id": {"a": 1}, "text": "It has 4 rooms."}',
        b'{"id": true, "text": "It has 4 rooms."}',
        b'{"id": "\\ud800", "text": "It has 4 rooms."}',
        b'{"id": 17, "text": "It cost $4.", "country": "UK"}',
        b'{"id": 18, "text": "It cost $4.", "country": "New Zealand"}',
        b'{"id": 19, "text": "It cost $4.", "country": "nz"}',
        b'{"id": 2.5, "text": "It cost $4.", "country": ""}',
    ]
    done = tally("extract", "--jsonl", given=b"\n".join(lines))
    assert done.returncode == 1
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == [1, 11, 19, 2.5]
    assert json.loads(done.stdout.splitlines()[2])["claims"][0]["unit"] == "NZD"
    complaints = done.stderr.splitlines()
    assert [line.split(":")[1] for line in complaints] == [
        f" line {n}" for n in (*range(2, 6), *range(7, 11), *range(12, 19))
    ]
    assert complaints[8].endswith("line 12: no JSON: NaN is no number")
    assert complaints[-1].endswith('"country" must be a two-letter country code of ISO 3166, such as NZ')


def test_each_answer_comes_before_the_next_question(environment: dict[str, str]) -> None:
    with subprocess.Popen(
        [sys.executable, "-P", "-m", "cli.main", "extract", "--jsonl"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        rescue = threading.Timer(30, process.kill)
        rescue.start()
        for number in range(2, 5):
            process.stdin.write(json.dumps({"id": number, "text": f"It has {number} rooms."}).encode() + b"\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == number
        process.stdin.close()
        assert process.wait(10) == 0
        rescue.cancel()


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("missing.txt", None, "cannot read missing.txt: No such file or directory"),
        ("empty.txt", b" \n", "empty.txt is empty"),
        ("latin.txt", b"caf\xe9 5", "cannot read latin.txt: not UTF-8 text (byte 4)"),
    ],
)
def test_a_file_that_cannot_be_used_is_named_and_the_others_are_printed(
    tally: Run, article: str, tmp_path: Path, name: str, content: bytes | None, message: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    done = tally("extract", "--format", "jsonl", name, article)
    assert done.returncode == 1
    assert done.stderr == f"tally: {message}\n"
    assert json.loads(done.stdout)["id"] == article


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["nonsense"],
        ["extract", "--nonsense"],
        ["extract", "--format", "xml"],
        ["extract", "--jsonl", "--format", "csv"],
        ["extract", "--jsonl", "a.txt"],
        ["extract", "--published-at", "yesterday"],
        ["extract", "--country", "New Zealand"],
        ["extract", "--country", "UK"],
        ["extract", "--country", "XX"],
        ["up", "--port", "70000"],
        ["up", "--workers", "0"],
        ["submit"],
        ["keys"],
        ["keys", "create", "desk", "--scopes", "admin"],
        ["keys", "create", "desk", "--scopes", ","],
        ["claims", "--kind", "foo"],
        ["claims", "--modality", "foo"],
        ["claims", "--direction", "foo"],
        ["export", "--sort", "-foo"],
    ],
)
def test_wrong_usage_is_one_line_and_exit_code_two(tally: Run, arguments: list[str]) -> None:
    done = tally(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("tally: ")
    assert len(done.stderr.splitlines()) == 1


def test_a_reader_that_goes_away_is_no_error(environment: dict[str, str], tmp_path: Path) -> None:
    lines = "\n".join(json.dumps({"id": n, "text": f"It has {n} rooms."}) for n in range(3000))
    (tmp_path / "in").write_text(lines)
    command = f"'{sys.executable}' -P -m cli.main extract --jsonl < in | head -n 1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        ["bash", "-c", command], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stderr == ""
    assert done.stdout.splitlines()[-1] == "141"


def test_help_is_quick_and_loads_nothing(environment: dict[str, str]) -> None:
    code = "import sys, cli.main\ntry: cli.main.main(['--help'])\nexcept SystemExit: pass\nprint(sorted(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-P", "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert "extract" in done.stdout
    loaded = done.stdout.splitlines()[-1]
    for heavy in ("'spacy'", "'sqlalchemy'", "'celery'", "'httpx'", "'rich'", "'fastapi'"):
        assert heavy not in loaded
