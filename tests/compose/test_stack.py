"""The composed stack over HTTP: seeds in, claims out; more workers; every service killed; its data outlive it."""

from __future__ import annotations

import itertools
import subprocess
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

import seeds.load
from extraction import SourceArticle, load
from tests.compose.composed_stack import ROOT, ComposedStack, compose_command, docker
from worker.settings import WorkerSettings

SERVICES = ("postgres", "redis", "api", "worker", "webhooks")
NOT_ROOT = {"postgres": "postgres", "redis": "redis", "api": "tally", "worker": "tally", "webhooks": "tally"}

_numbers = itertools.count(1)


def fresh_articles() -> Iterator[dict[str, Any]]:
    """Articles of which no two have the same text."""
    for number in _numbers:
        yield {"text": f"Order {number}: the mill sold {number * 3 + 1} tonnes of flour for ${number + 20} million."}


def submit_fresh(stack: ComposedStack, count: int) -> list[str]:
    """Job ids of the articles that were accepted."""
    ids = [stack.submit(article) for article in itertools.islice(fresh_articles(), count)]
    return [job_id for job_id in ids if job_id]


def assert_invariants(stack: ComposedStack, accepted: list[str]) -> None:
    """Every accepted job ends, with one set of claims, within its attempts, and no lease stays behind."""
    jobs = stack.await_ended(accepted)
    assert {job["state"] for job in jobs.values()} == {"succeeded"}
    assert all(1 <= job["attempts"] <= 3 for job in jobs.values())
    assert all(len(stack.claims(job["article_id"])) == job["claims_count"] > 0 for job in jobs.values())
    assert stack.sql("SELECT count(*) FROM jobs WHERE attempts > 3") == "0"
    assert stack.sql("SELECT count(*) FROM jobs WHERE state = 'running' AND lease_until < now()") == "0"
    twice = (
        "SELECT count(*) FROM (SELECT article_id FROM claims GROUP BY article_id HAVING count(DISTINCT job_id) > 1) t"
    )
    assert stack.sql(twice) == "0"


def without_ids(claims: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Claims that name their counterparts by position, as ids differ from one database to the next."""
    positions = {claim["id"]: position for position, claim in enumerate(claims)}
    return [
        {**claim, "id": position, "counterpart": positions.get(claim["counterpart"])}
        for position, claim in enumerate(claims)
    ]


@pytest.mark.reliability(24)
@pytest.mark.parametrize("service", SERVICES)
def test_containers_are_confined(stack: ComposedStack, service: str) -> None:
    (container,) = stack.containers(service)
    host = container["HostConfig"]
    assert container["Config"]["User"] == NOT_ROOT[service]
    assert host["ReadonlyRootfs"]
    assert not host["Privileged"]
    assert host["CapDrop"] == ["ALL"]
    assert "no-new-privileges:true" in host["SecurityOpt"]
    bindings = [each["HostIp"] for port in (host["PortBindings"] or {}).values() for each in port]
    assert bindings == (["127.0.0.1"] if service == "api" else [])
    stack.await_healthy(service)


@pytest.mark.reliability(24)
@pytest.mark.parametrize("service", SERVICES)
def test_the_root_file_system_cannot_be_written(stack: ComposedStack, service: str) -> None:
    (container,) = stack.containers(service)
    command = ["docker", "exec", "--user", "0", container["Id"], "touch", "/usr/touched"]
    tried = subprocess.run(command, capture_output=True, text=True, check=False)
    assert tried.returncode != 0
    assert "Read-only file system" in tried.stderr


def test_the_image_compiles_nothing() -> None:
    look = "for name in cc gcc clang ld make; do command -v $name; done; ls /opt/tally/bin | grep ^pip; true"
    assert docker("run", "--rm", "--network=none", "--entrypoint=sh", "tally:local", "-c", look) == ""


@pytest.mark.reliability(23)
def test_secrets_have_no_defaults(tmp_path: Path) -> None:
    empty = tmp_path / "empty.env"
    empty.touch()
    command = [*compose_command(), "--env-file", str(empty), "--file", "docker-compose.yml", "config"]
    refused = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert refused.returncode != 0
    assert "set it in .env" in refused.stderr


@pytest.mark.reliability(23)
def test_redis_keeps_its_data_and_asks_for_the_password(stack: ComposedStack) -> None:
    def redis(*words: str) -> list[str]:
        return stack.compose("exec", "-T", "redis", *words).split()

    assert redis("redis-cli", "CONFIG", "GET", "appendonly") == ["appendonly", "yes"]
    assert redis("redis-cli", "CONFIG", "GET", "maxmemory-policy") == ["maxmemory-policy", "noeviction"]
    assert redis("env", "-u", "REDISCLI_AUTH", "redis-cli", "PING")[0] == "NOAUTH"
    (container,) = stack.containers("redis")
    assert not container["HostConfig"]["PortBindings"]


@pytest.mark.reliability(13)
def test_a_stopped_worker_ends_its_job(stack: ComposedStack) -> None:
    """SIGTERM reaches the worker itself, not a shell before it, and there is time for a whole job."""
    accepted = submit_fresh(stack, 40)
    (container,) = stack.containers("worker")
    assert container["HostConfig"]["Init"]
    assert container["Config"]["Cmd"] == ["worker"]
    assert container["Config"]["StopTimeout"] > WorkerSettings.model_fields["hard_time_limit"].default
    stack.compose("stop", "worker")
    (stopped,) = stack.containers("worker")
    assert stopped["State"]["ExitCode"] == 0
    stack.up()
    assert {job["attempts"] for job in stack.await_ended(accepted).values()} == {1}
    assert_invariants(stack, accepted)


def test_seeds_give_the_claims_of_the_library(stack: ComposedStack) -> None:
    extractor = load()
    for article in seeds.load.articles():
        job_id = stack.submit(article)
        assert job_id
        job = stack.await_ended([job_id])[job_id]
        assert job["state"] == "succeeded"
        stored = stack.http.get(f"/v1/articles/{job['article_id']}").json()
        fields = {name: stored[name] for name in ("title", "publisher", "country")}
        published = datetime.fromisoformat(stored["published_at"])
        expected = extractor.extract(
            SourceArticle(article["text"], id=job["article_id"], published_at=published, **fields)
        )
        shown = without_ids([claim.to_json() for claim in expected])
        served = [{name: claim[name] for name in shown[0]} for claim in stack.claims(job["article_id"])]
        assert without_ids(served) == shown


def test_three_workers_share_the_work(stack: ComposedStack) -> None:
    stack.up(workers=3)
    containers = stack.containers("worker")
    assert len(containers) == 3
    idle = {each["Id"] for each in containers}
    accepted: list[str] = []
    for _ in range(20):
        accepted += submit_fresh(stack, 30)
        stack.await_ended(accepted[-30:])
        idle = {each for each in idle if '"claims":' not in docker_log(each)}
        if not idle:
            break
    assert not idle, "a worker had nothing to do"
    assert_invariants(stack, accepted)


def docker_log(container: str) -> str:
    done = subprocess.run(["docker", "logs", container], capture_output=True, text=True, check=True)
    return done.stdout + done.stderr


@pytest.mark.parametrize("service", SERVICES)
def test_a_killed_service_loses_nothing(stack: ComposedStack, service: str) -> None:
    accepted = submit_fresh(stack, 40)
    assert len(accepted) == 40
    stack.kill(service)
    # Accepted or refused, but never left without an answer.
    accepted += submit_fresh(stack, 5)
    stack.up(workers=3)
    stack.await_ready()
    after = submit_fresh(stack, 10)
    assert len(after) == 10
    assert_invariants(stack, accepted + after)


def test_data_outlive_the_containers(stack: ComposedStack) -> None:
    (job_id,) = submit_fresh(stack, 1)
    article_id = stack.await_ended([job_id])[job_id]["article_id"]
    claims = stack.claims(article_id)
    stack.compose("down", "--timeout", "30")
    stack.up()
    stack.await_ready()
    assert stack.claims(article_id) == claims
    assert_invariants(stack, submit_fresh(stack, 5))


def test_an_upgrade_keeps_the_data(stack: ComposedStack) -> None:
    (job_id,) = submit_fresh(stack, 1)
    article_id = stack.await_ended([job_id])[job_id]["article_id"]
    claims = stack.claims(article_id)
    revision = stack.sql("SELECT version_num FROM alembic_version")
    stack.compose("stop", "--timeout", "30", "api", "worker")
    back = "import migrations, os; migrations.downgrade(os.environ['TALLY_DATABASE_URL'], '-1')"
    stack.compose("run", "--rm", "-T", "--entrypoint", "python3", "migrate", "-c", back)
    assert stack.sql("SELECT version_num FROM alembic_version") != revision
    assert stack.sql(f"SELECT count(*) FROM claims WHERE article_id = '{article_id}'") == str(len(claims))
    stack.up()
    stack.await_ready()
    assert stack.sql("SELECT version_num FROM alembic_version") == revision
    assert stack.claims(article_id) == claims
    assert_invariants(stack, submit_fresh(stack, 5))
