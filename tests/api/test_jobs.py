"""Following, listing and cancelling jobs. The worker is played through `models.job_state`."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from models.job_state import claim_job, fail_job, renew_lease
from models.session import Sessions
from tests.support.single_jobs import finish_job

Problem = Callable[[httpx.Response], dict[str, Any]]
LEASE = timedelta(seconds=150)


def submit(client: httpx.Client, **headers: str) -> dict[str, Any]:
    answer: dict[str, Any] = client.post("/v1/articles", json={"text": f"5% {uuid4()}"}, headers=headers).json()
    return answer


def begin(store: Sessions, job_id: str) -> UUID:
    with store.begin() as session:
        claimed = claim_job(session, UUID(job_id), lease=LEASE, max_attempts=3)
        assert claimed is not None
        return claimed.token


def succeed(store: Sessions, job_id: str, claims: int = 0) -> None:
    token = begin(store, job_id)
    with store.begin() as session:
        assert finish_job(session, UUID(job_id), token, claims_count=claims)


def later(action: Callable[[], None], seconds: float = 0.4) -> threading.Thread:
    thread = threading.Timer(seconds, action)
    thread.start()
    return thread


@pytest.mark.parametrize(
    "job_id", ["7f537112-1f88-43a0-9c8d-ca23d674149f", "not-an-id", "00000000000000000000000000000000"]
)
def test_unknown_job(client: httpx.Client, problem: Problem, job_id: str) -> None:
    for response in (client.get(f"/v1/jobs/{job_id}"), client.post(f"/v1/jobs/{job_id}/cancel")):
        assert response.status_code == 404
        assert problem(response) == {
            "type": "/problems/not-found",
            "title": "There is nothing here",
            "status": 404,
            "detail": f"There is no job '{job_id}'.",
        }


@pytest.mark.parametrize("wait", ["31", "-1", "x"])
def test_wrong_wait(client: httpx.Client, problem: Problem, wait: str) -> None:
    response = client.get(f"/v1/jobs/{uuid4()}?wait={wait}")
    assert response.status_code == 422
    assert problem(response)["errors"][0]["pointer"] == "/wait"


def test_a_job_from_queued_to_succeeded(client: httpx.Client, store: Sessions) -> None:
    job_id = submit(client)["id"]
    queued = client.get(f"/v1/jobs/{job_id}")
    assert (queued.json()["state"], queued.headers["retry-after"]) == ("queued", "1")
    token = begin(store, job_id)
    with store.begin() as session:
        assert renew_lease(session, UUID(job_id), token, lease=LEASE, sentences_done=3, sentences_total=9)
    running = client.get(f"/v1/jobs/{job_id}").json()
    assert (running["state"], running["done"], running["attempts"]) == ("running", False, 1)
    assert running["progress"] == {"sentences_done": 3, "sentences_total": 9}
    with store.begin() as session:
        assert finish_job(session, UUID(job_id), token, claims_count=7)
    ended = client.get(f"/v1/jobs/{job_id}")
    assert (ended.json()["state"], ended.json()["done"], ended.json()["claims_count"]) == ("succeeded", True, 7)
    assert ended.json()["finished_at"] >= ended.json()["started_at"] >= ended.json()["created_at"]
    assert "retry-after" not in ended.headers


def test_failed_job_says_why(client: httpx.Client, store: Sessions) -> None:
    job_id = submit(client)["id"]
    token = begin(store, job_id)
    error = {"type": "urn:tally:problem:extraction-failed", "title": "Extraction failed", "detail": "It broke."}
    with store.begin() as session:
        assert fail_job(session, UUID(job_id), token, error)
    job = client.get(f"/v1/jobs/{job_id}").json()
    assert (job["state"], job["done"]) == ("failed", True)
    assert {key: job["error"][key] for key in error} == error


def test_etag(client: httpx.Client, store: Sessions) -> None:
    job_id = submit(client)["id"]
    etag = client.get(f"/v1/jobs/{job_id}").headers["etag"]
    same = client.get(f"/v1/jobs/{job_id}", headers={"If-None-Match": f'"other", W/{etag}'})
    assert (same.status_code, same.content, same.headers["etag"]) == (304, b"", etag)
    succeed(store, job_id)
    changed = client.get(f"/v1/jobs/{job_id}", headers={"If-None-Match": etag})
    assert changed.status_code == 200
    assert changed.headers["etag"] != etag


def test_long_poll_ends_with_the_job(client: httpx.Client, store: Sessions) -> None:
    job_id = submit(client)["id"]
    thread = later(lambda: succeed(store, job_id))
    began = time.monotonic()
    job = client.get(f"/v1/jobs/{job_id}?wait=20").json()
    thread.join()
    assert job["state"] == "succeeded"
    assert time.monotonic() - began < 5


def test_long_poll_gives_up_in_time(client: httpx.Client) -> None:
    job_id = submit(client)["id"]
    began = time.monotonic()
    assert client.get(f"/v1/jobs/{job_id}?wait=1").json()["state"] == "queued"
    assert 0.9 < time.monotonic() - began < 4


def test_submission_that_waits(client: httpx.Client, store: Sessions) -> None:
    text = f"5% {uuid4()}"

    def work() -> None:
        for item in client.get("/v1/jobs?state=queued&limit=1").json()["items"]:
            succeed(store, item["id"], claims=2)

    thread = later(work)
    response = client.post("/v1/articles", json={"text": text}, headers={"Prefer": "respond-async, wait=20"})
    thread.join()
    assert response.status_code == 200
    assert response.headers["preference-applied"] == "wait=20"
    assert (response.json()["state"], response.json()["duplicate"]) == ("succeeded", False)
    unfinished = client.post("/v1/articles", json={"text": text + "!"}, headers={"Prefer": "wait=1"})
    assert (unfinished.status_code, unfinished.json()["state"]) == (202, "queued")
    nonsense = client.post("/v1/articles", json={"text": text + "?"}, headers={"Prefer": "wait=soon"})
    assert (nonsense.status_code, "preference-applied" in nonsense.headers) == (202, False)


def test_cancel(client: httpx.Client, store: Sessions, problem: Problem) -> None:
    queued, running, ended = (submit(client)["id"] for _ in range(3))
    begin(store, running)
    succeed(store, ended)
    for job_id in (queued, running):
        response = client.post(f"/v1/jobs/{job_id}/cancel")
        assert (response.status_code, response.json()["state"], response.json()["done"]) == (200, "cancelled", True)
    for job_id, state in ((queued, "cancelled"), (ended, "succeeded")):
        response = client.post(f"/v1/jobs/{job_id}/cancel")
        assert response.status_code == 409
        assert problem(response) == {
            "type": "/problems/job-ended",
            "title": "The job has already ended",
            "status": 409,
            "detail": f"The job has already ended: it is {state}.",
        }


def test_text_of_a_cancelled_job_can_be_submitted_again(client: httpx.Client) -> None:
    text = f"5% {uuid4()}"
    first = client.post("/v1/articles", json={"text": text}).json()
    client.post(f"/v1/jobs/{first['id']}/cancel")
    again = client.post("/v1/articles", json={"text": text})
    assert again.status_code == 202
    assert again.json()["article_id"] == first["article_id"]
    assert again.json()["id"] != first["id"]


def test_list_of_jobs_by_state_and_page(client: httpx.Client, problem: Problem) -> None:
    jobs = [submit(client)["id"] for _ in range(3)]
    cancelled = client.post(f"/v1/jobs/{jobs[1]}/cancel").json()["id"]
    assert client.get("/v1/jobs?state=cancelled&limit=1").json()["items"][0]["id"] == cancelled
    first = client.get("/v1/jobs?limit=2")
    second = client.get(f"/v1/jobs?limit=1&cursor={first.json()['next']}")
    assert [item["id"] for page in (first, second) for item in page.json()["items"]] == jobs[::-1]
    assert first.headers["link"] == f'</v1/jobs?limit=2&cursor={first.json()["next"]}>; rel="next"'
    foreign = client.get("/v1/articles", params={"cursor": first.json()["next"]})
    assert problem(foreign)["type"] == "/problems/invalid-cursor"
    wrong = client.get("/v1/jobs?state=done")
    assert wrong.status_code == 422
    assert problem(wrong)["errors"][0]["pointer"] == "/state"
