"""`tally submit` against a real API and a real worker."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

import migrations
from cli.submit import _articles, _Failures
from tests.support.api_server import ApiServer
from tests.support.servers import RedisServer, free_port
from tests.support.worker_processes import WorkerProcess

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory, redis_server: RedisServer) -> Iterator[ApiServer]:
    folder = tmp_path_factory.mktemp("submit")
    url = f"sqlite:///{folder / 'tally.db'}"
    migrations.upgrade(url)
    settings = {"TALLY_DATABASE_URL": url, "TALLY_REDIS_URL": redis_server.url, "TALLY_WORKER_CONCURRENCY": "1"}
    worker = WorkerProcess(settings, folder, "worker")
    try:
        with ApiServer(url, redis_server.url) as server:
            worker.await_ready()
            yield server
    finally:
        worker.kill()


@pytest.fixture
def submit(tally: Run, api: ApiServer) -> Run:
    return lambda *arguments: tally("submit", "--server", api.url, *arguments)


def test_files(submit: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Sales rose 5% in a.")
    (tmp_path / "b.json").write_text('{"text": "Costs fell by $2 million in b."}')
    (tmp_path / "bad.json").write_text("[1")
    done = submit("--wait", "a.txt", "bad.json", "missing.txt", "b.json")
    assert done.returncode == 1
    first, second = done.stdout.splitlines()
    assert first.endswith("succeeded, 1 claim  a.txt")
    assert second.endswith("succeeded, 1 claim  b.json")
    bad, missing = done.stderr.splitlines()
    assert bad.startswith("tally: bad.json is not JSON: ")
    assert missing == "tally: cannot read missing.txt: No such file or directory"


def test_a_wait_for_the_queue_is_told(
    tally: Run, tmp_path: Path, sqlite_template: Path, redis_server: RedisServer
) -> None:
    url = f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'full.db')}"
    (tmp_path / "one.jsonl").write_text('{"text": "Sales rose 5%."}\n')
    (tmp_path / "two.jsonl").write_text('{"text": "Sales rose 6%."}\n{"text": "Sales rose 7%."}\n')
    with ApiServer(url, redis_server.url, max_queue="1") as server:
        many = tally("submit", "--server", server.url, "two.jsonl")
        assert many.returncode == 1
        assert "The batch begins 2 jobs, and the queue takes at most 1. Split it." in many.stderr
        assert httpx.post(f"{server.url}/v1/articles", json={"text": "Sales rose 8%."}).status_code == 202
        command = [sys.executable, "-P", "-m", "cli.main", "submit", "--server", server.url, "one.jsonl"]
        with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True) as waiting:
            assert waiting.stderr is not None
            line = waiting.stderr.readline().strip()
            waiting.kill()
    assert line.endswith(f"1 job is queued; the limit is 1. Try again later. Waiting for {server.url} to take more ...")


LARGE = [json.dumps({"text": f"Sales rose {number}%. {'x' * 70_000}"}) for number in range(30)]


@contextmanager
def other_batches(server: ApiServer) -> Iterator[None]:
    """Two slow ones, which leave no memory for a large batch."""
    address = ("127.0.0.1", int(server.url.rpartition(":")[2]))
    with ExitStack() as stack:
        for _ in range(2):
            slow = stack.enter_context(socket.create_connection(address, timeout=10))
            head = "POST /v1/batches HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
            slow.sendall(f"{head}Content-Length: 9000000\r\n\r\n".encode() + b" " * 8_000_000)
        json_type = {"Content-Type": "application/json"}
        for _ in range(50):
            refused = httpx.post(f"{server.url}/v1/batches", content=b" " * 2_000_000, headers=json_type, timeout=20)
            if refused.status_code == 503:
                break
        yield


def test_a_wait_for_other_batches_is_told(tmp_path: Path, sqlite_template: Path, redis_server: RedisServer) -> None:
    url = f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'busy.db')}"
    (tmp_path / "large.jsonl").write_text("\n".join(LARGE))
    with ApiServer(url, redis_server.url, max_batch_bytes="9000000") as server, ExitStack() as stack:
        stack.enter_context(other_batches(server))
        command = [sys.executable, "-P", "-m", "cli.main", "submit", "--server", server.url, "large.jsonl"]
        with subprocess.Popen(
            command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as waiting:
            assert waiting.stderr is not None
            line = waiting.stderr.readline().strip()
            stack.close()
            # It sends again after the ten seconds that the server asks for.
            sent, complaints = waiting.communicate(timeout=60)
    assert line.startswith("tally: The service is overloaded: Other batches are being stored")
    assert line.endswith(f" Waiting for {server.url} to take more ...")
    assert (waiting.returncode, complaints) == (0, "")
    assert sent.endswith("  30 articles\n")


def test_patience_with_a_server_that_stays_overloaded_ends(
    tally: Run, tmp_path: Path, sqlite_template: Path, redis_server: RedisServer
) -> None:
    url = f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'busy.db')}"
    small = [json.dumps({"text": f"Profit rose {number} per cent."}) for number in range(1000)]
    (tmp_path / "in.jsonl").write_text("\n".join([*small, *LARGE]))
    (tmp_path / "next.jsonl").write_text('{"text": "Fares rose 5%."}\n')
    with ApiServer(url, redis_server.url, max_batch_bytes="9000000") as server, other_batches(server):
        done = tally("submit", "--server", server.url, "--patience", "2", "in.jsonl", "next.jsonl")
        (batch,) = (line.partition("  ") for line in done.stdout.splitlines())
        accepted = httpx.get(f"{server.url}/v1/batches/{batch[0]}", timeout=20).json()["accepted"]
    assert (done.returncode, batch[2], accepted) == (1, "1000 articles", 1000)
    waits, given_up = done.stderr.splitlines()
    assert waits.endswith(f" Waiting for {server.url} to take more ...")
    assert given_up.startswith("tally: The service is overloaded: Other batches are being stored")
    assert given_up.endswith(
        " So it has been for 2 s; --patience waits longer. (not accepted: in.jsonl:1001 and what follows)"
    )


def test_lines(submit: Run, tmp_path: Path) -> None:
    lines = [json.dumps({"text": f"Profit rose {number} per cent."}) for number in range(2, 1302)]
    lines[3], lines[5] = '{"text": ""}', "{"
    (tmp_path / "many.jsonl").write_text("\n".join([*lines, "", lines[0]]) + "\n")
    done = submit("--wait", "many.jsonl")
    assert done.returncode == 1
    first, second = done.stderr.splitlines()
    assert first.startswith("tally: many.jsonl:4: The article has no text")
    assert second.startswith("tally: many.jsonl:6: The body is not JSON")
    sent, rest, *ended = [line.partition("  ")[2] for line in done.stdout.splitlines()]
    assert sent == "998 articles, 2 refused"
    assert rest == "301 articles, 1 of them known"
    assert ended == ["998 succeeded, 998 claims", "301 succeeded, 301 claims"]


def test_folder(submit: Run, tmp_path: Path) -> None:
    folder = tmp_path / "news" / "june"
    folder.mkdir(parents=True)
    (folder / "a.txt").write_text("Exports rose 7% in June.")
    (folder / "b.html").write_text("<html><body><article><p>Imports fell 8% in June.</p></article></body></html>")
    (folder / "c.jsonl").write_text('{"text": "Rents rose 9% in June."}\n')
    (folder / "empty.txt").write_text(" ")
    (folder / "photo.jpg").write_bytes(b"\xff")
    (tmp_path / "news" / ".hidden.txt").write_text("Nobody reads 5%.")
    done = submit("--wait", "news")
    assert done.returncode == 1
    assert done.stderr == "tally: news/june/empty.txt is empty\n"
    assert [line.partition("  ")[2] for line in done.stdout.splitlines()] == ["3 articles", "3 succeeded, 3 claims"]


def test_a_file_whose_text_is_known_is_said_to_be(submit: Run, tmp_path: Path) -> None:
    (tmp_path / "k.txt").write_text("Rates rose 6% in k.")
    (tmp_path / "k.json").write_text(json.dumps({"text": "Rates rose 6% in k.", "title": "Rates"}))
    today = f"{datetime.now(UTC):%Y-%m-%d}"
    assert submit("--wait", "k.txt").stdout.endswith("  succeeded, 1 claim  k.txt\n")
    assert submit("k.txt").stdout.endswith(f"  succeeded, 1 claim, known since {today}  k.txt\n")
    again = submit("--wait", "k.json").stdout
    assert again.endswith(f", known since {today}, what the file says of it was not stored  k.json\n")


def test_what_extract_takes_can_be_sent(submit: Run, api: ApiServer, tmp_path: Path) -> None:
    lines = ['{"id": "story-1", "text": "Fares rose 11%."}', '{"id": 7, "text": "Fares rose 12%."}']
    lines += ['{"id": null, "text": "Fares rose 13%."}', '{"id": "x", "external_id": "y", "text": "Fares rose 14%."}']
    lines += ['{"id": "z", "external_id": null, "text": "Fares rose 18%."}']
    lines += ['{"id": {}, "text": "Fares rose 15%."}', '{"id": NaN, "text": "Fares rose 16%."}', '{"id": ']
    (tmp_path / "in.jsonl").write_text("\n".join(lines))
    (tmp_path / "one.json").write_text('{"id": "one", "text": "Fares rose 17%."}')
    done = submit("in.jsonl", "one.json")
    assert [line.split(" ")[1] for line in done.stderr.splitlines()] == [f"in.jsonl:{n}:" for n in (6, 7, 8)]
    assert "  5 articles, 3 refused\n" in done.stdout
    listed = httpx.get(f"{api.url}/v1/articles", params={"limit": 6}, timeout=20).json()["items"]
    names = [article["external_id"] for article in listed]
    assert sorted(names, key=str) == ["7", None, "one", "story-1", "y", "z"]


def test_lines_are_sent_no_longer_than_they_must_be(tmp_path: Path) -> None:
    """Escapes would make a text of most scripts up to three times as long, and a part of a batch smaller."""
    (tmp_path / "in.jsonl").write_text('{"id": 1, "text": "Цены выросли"}\n{"id": 2, "text": "half \\ud83d"}\n')
    (tmp_path / "one.txt").write_text("Цены упали")
    failures = _Failures()
    assert [line.decode() for _, line in _articles([str(tmp_path)], failures)] == [
        '{"text": "Цены выросли", "external_id": "1"}',
        '{"text": "half \\ud83d", "external_id": "2"}',
        '{"text": "Цены упали"}',
    ]
    assert failures.count == 0


def test_the_largest_value_comes_first(submit: Run, tally: Run, api: ApiServer, tmp_path: Path) -> None:
    (tmp_path / "s.txt").write_text("Sorts paid $3 million, $9 million and $5 million.")
    assert submit("--wait", "s.txt").returncode == 0
    for sort in (["--sort", "-value"], ["--sort=-value"]):
        for command in ("claims", "export"):
            done = tally(command, "--server", api.url, *sort, "--format", "jsonl", "--q", "Sorts")
            assert [json.loads(line)["value"][0] for line in done.stdout.splitlines()] == ["9", "5", "3"], done.stderr


def test_the_articles_that_come_with_tally_can_be_sent(submit: Run) -> None:
    done = submit(str(Path(__file__).parents[2] / "seeds" / "articles"))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("  8 articles\n")


def test_folder_without_articles(submit: Run, tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    done = submit("none")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("tally: none holds no file that ends in .txt")


def test_no_server(tally: Run, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "5%"}\n')
    done = tally("submit", "--server", f"http://127.0.0.1:{free_port()}", "a.jsonl")
    assert done.returncode == 1
    assert done.stderr.startswith("tally: no server answers at ")
