"""The commands of the tutorial, run in their order against the service as `tally up` starts it."""

from __future__ import annotations

import csv
import json
import os
import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.guarded_processes import DIES_WITH_US
from tests.support.servers import free_port

ROOT = Path(__file__).parents[2]
SERVER = "http://127.0.0.1:8000"
COMMAND = shlex.join([sys.executable, "-P", "-m", "cli.main"])


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    """The address of a service with an empty folder."""
    port = str(free_port())
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TALLY_")}
    with (
        (tmp_path / "errors.log").open("w") as errors,
        subprocess.Popen(
            [
                *DIES_WITH_US,
                *shlex.split(COMMAND),
                "up",
                "--port",
                port,
                "--data",
                str(tmp_path / "data"),
                "--workers",
                "1",
            ],
            env=environment,
            cwd=tmp_path,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        ) as process,
    ):
        assert process.stdout is not None
        assert process.stdout.readline(), (tmp_path / "errors.log").read_text()
        yield f"http://127.0.0.1:{port}"
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)


def test_every_command_works_and_the_table_is_filtered(server: str, tmp_path: Path) -> None:
    text = (ROOT / "docs" / "tutorial.md").read_text("utf-8")
    started, *commands = re.findall(r"^```sh\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    assert started == "make up\n"
    (tmp_path / "docs").symlink_to(ROOT / "docs")
    environment = {**os.environ, "TALLY_SERVER": server}
    outputs = []
    names: dict[str, str] = {}
    for command in commands:
        for name, real in [(SERVER, server), (".venv/bin/tally", COMMAND), *names.items()]:
            command = command.replace(name, real)
        ended = subprocess.run(
            ["bash", "-e", "-c", command],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert ended.returncode == 0, f"{command}{ended.stderr}"
        outputs.append(ended.stdout)
        if len(outputs) == 1:
            job = json.loads(ended.stdout)
            # The ids that the text shows stand for those of this run.
            shown = re.search(r'"id": "(.*?)".*?"article_id": "(.*?)"', text, re.DOTALL)
            assert shown is not None
            names = {shown.group(1): job["id"], shown.group(2): job["article_id"]}
    submitted, followed, claims, found, table, *_ = outputs
    assert json.loads(submitted)["state"] == json.loads(followed)["state"] == "succeeded"
    shown_job = json.loads(re.findall(r"^```json\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)[0])
    assert shown_job["progress"] == json.loads(submitted)["progress"]
    assert len(json.loads(claims)["items"]) == json.loads(submitted)["claims_count"] == 9
    assert [claim["currency"]["code"] for claim in json.loads(found)["items"]] == ["NZD", "NZD"]
    assert "\n".join(line.rstrip() for line in table.splitlines()) in text
    with (tmp_path / "claims.csv").open(encoding="utf-8", newline="") as rows:
        assert [row["value"] for row in csv.DictReader(rows)] == ["750000000", "41600000"]
