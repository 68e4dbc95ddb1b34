"""Jobs that are taken along: each has an end of its own, whatever happens to the others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from billiard.exceptions import SoftTimeLimitExceeded

import models
from models import JobState
from models.job_groups import Share
from models.job_state import cancel_job, claim_job, sweep
from models.queries import get_job
from tests.support.job_attempts import GROUP, TEXT, Attempt, Unstorable, raising, states
from worker import persistence

Submit = Callable[..., list[UUID]]


def test_jobs_that_wait_are_taken_along(attempt: Attempt, submit: Submit) -> None:
    long = "\n".join(f"The town has {number} schools." for number in range(50))
    job_ids = submit(*GROUP[:2], long, published=False)
    attempt(job_ids[1])
    assert states(attempt, job_ids) == [(JobState.SUCCEEDED, 1)] * 3
    jobs = [attempt.job(job_id) for job_id in job_ids]
    assert [(job.sentences_done, job.sentences_total) for job in jobs] == [(1, 1), (1, 1), (50, 50)]
    assert attempt.ended == set(job_ids)
    assert attempt.claims() == 54
    # Their own messages, which come later.
    for job_id in job_ids:
        assert attempt(job_id).attempts == 1
        assert attempt.ended == set()
    assert attempt.claims() == 54


@pytest.mark.parametrize("alone", [{"group_articles": 1}, {"group_characters": len(TEXT)}, {"max_attempts": 1}])
def test_settings_under_which_none_is_taken_along(attempt: Attempt, submit: Submit, alone: dict[str, int]) -> None:
    attempt.settings = attempt.settings.model_copy(update=alone)
    job_ids = submit(*GROUP, published=False)
    attempt(job_ids[0])
    assert states(attempt, job_ids) == [(JobState.SUCCEEDED, 1), (JobState.QUEUED, 0), (JobState.QUEUED, 0)]


def test_the_message_of_a_job_that_somebody_has_is_a_hint_that_others_wait(attempt: Attempt, submit: Submit) -> None:
    job_ids = submit(*GROUP, published=False)
    with attempt.sessions.begin() as session:
        assert claim_job(session, job_ids[1], lease=timedelta(seconds=60), max_attempts=3) is not None
    attempt(job_ids[1])
    running = (JobState.RUNNING, 1)
    assert states(attempt, job_ids) == [(JobState.SUCCEEDED, 1), running, (JobState.SUCCEEDED, 1)]
    assert attempt.ended == {job_ids[0], job_ids[2]}


def test_messages_of_cancelled_jobs_do_not_hold_up_the_one_that_waits(attempt: Attempt, submit: Submit) -> None:
    attempt.processes = 2
    cancelled, waiting = submit(*GROUP[:2], published=False)
    with attempt.sessions.begin() as session:
        assert cancel_job(session, cancelled)
    attempt(cancelled)
    assert states(attempt, [waiting]) == [(JobState.SUCCEEDED, 1)]
    # Who has a job to do leaves the others their share.
    first, second = submit(GROUP[2], "The club has 40 members.", published=False)
    attempt(first)
    assert states(attempt, [first, second]) == [(JobState.SUCCEEDED, 1), (JobState.QUEUED, 0)]


@pytest.mark.parametrize("somebody_has_it", [False, True])
def test_taking_again_after_a_commit_of_unknown_outcome_gives_the_same_jobs(
    attempt: Attempt, submit: Submit, somebody_has_it: bool
) -> None:
    job_ids = submit(*GROUP, published=False)
    if somebody_has_it:
        with attempt.sessions.begin() as session:
            assert claim_job(session, job_ids[0], lease=timedelta(seconds=60), max_attempts=3) is not None

    def take() -> list[tuple[UUID, str]]:
        share = Share(jobs=2, characters=1000)
        lease = timedelta(seconds=60)
        held = persistence.take(
            attempt.sessions, job_ids[0], token=token, lease=lease, max_attempts=3, pipeline="test", share=share
        )
        return [(each.job_id, each.article.text) for each in held]

    token = uuid4()
    taken = take()
    first = 1 if somebody_has_it else 0
    assert sorted(taken) == sorted(zip(job_ids[first : first + 2], GROUP[first : first + 2], strict=True))
    assert sorted(take()) == sorted(taken)
    assert [attempts for _, attempts in states(attempt, job_ids)] == ([1, 1, 1] if somebody_has_it else [1, 1, 0])


def test_an_article_that_fails_in_a_group_is_tried_again_alone(attempt: Attempt, submit: Submit) -> None:
    job_ids = submit(*GROUP, published=False)
    attempt(job_ids[0], raising(ValueError("poison")), text=GROUP[1])
    assert states(attempt, job_ids) == [(JobState.SUCCEEDED, 1), (JobState.QUEUED, 1), (JobState.SUCCEEDED, 1)]
    assert attempt.published == [job_ids[1]]
    assert attempt.ended == {job_ids[0], job_ids[2]}
    (other,) = submit("The club has 40 members.", published=False)
    attempt(job_ids[1])
    assert states(attempt, [job_ids[1], other]) == [(JobState.SUCCEEDED, 2), (JobState.QUEUED, 0)]


def test_claims_that_cannot_be_stored_fail_their_own_job_alone(attempt: Attempt, submit: Submit) -> None:
    attempt.extractor = Unstorable
    job_ids = submit(*GROUP, published=False)
    attempt(job_ids[0], text=GROUP[1])
    assert states(attempt, job_ids) == [(JobState.SUCCEEDED, 1), (JobState.QUEUED, 1), (JobState.SUCCEEDED, 1)]
    assert attempt.ended == {job_ids[0], job_ids[2]}
    attempt(job_ids[1], text=GROUP[1])
    failed = attempt(job_ids[1], text=GROUP[1])
    assert (failed.state, failed.attempts) == (JobState.FAILED, 3)
    assert attempt.published == [job_ids[1]] * 2
    assert failed.error is not None
    assert failed.error["type"] == "urn:tally:problem:extraction-failed"
    assert failed.error["title"] == "The claims could not be stored"
    assert "IntegrityError" in failed.error["detail"]
    assert "INSERT" not in failed.error["detail"]
    assert "COPY" not in failed.error["detail"]
    assert attempt.claims() == 4


def test_after_the_soft_time_limit_each_of_a_group_runs_again_alone(attempt: Attempt, submit: Submit) -> None:
    job_ids = submit(*GROUP, published=False)
    attempt(job_ids[0], raising(SoftTimeLimitExceeded()), text=GROUP[1])
    assert states(attempt, job_ids) == [(JobState.QUEUED, 1)] * 3
    assert attempt.published == job_ids
    assert attempt.ended == set()
    error = attempt.job(job_ids[2]).error or {}
    assert error["detail"] == "The article and others were not finished within 20 seconds."
    for job_id in job_ids:
        attempt(job_id, raising(SoftTimeLimitExceeded()), text=GROUP[1])
    assert states(attempt, job_ids) == [(JobState.SUCCEEDED, 2), (JobState.FAILED, 2), (JobState.SUCCEEDED, 2)]
    error = attempt.job(job_ids[1]).error or {}
    assert error["type"] == "urn:tally:problem:time-limit"


@pytest.mark.parametrize("number", range(3))
def test_a_member_of_a_group_that_is_cancelled_stores_nothing(attempt: Attempt, submit: Submit, number: int) -> None:
    job_ids = submit(*GROUP, published=False)

    def cancel() -> None:
        assert models.run_transaction(attempt.sessions, lambda session: cancel_job(session, job_ids[number]))

    attempt(job_ids[0], cancel, text=GROUP[1])
    found = states(attempt, job_ids)
    assert found.pop(number) == (JobState.CANCELLED, 1)
    assert found == [(JobState.SUCCEEDED, 1)] * 2
    assert attempt.claims() == 4
    assert attempt.ended == {job_id for job_id in job_ids if job_id != job_ids[number]}


def test_a_member_whose_lease_is_lost_is_left_to_who_has_it(attempt: Attempt, submit: Submit) -> None:
    job_ids = submit(*GROUP, published=False)
    lease = timedelta(minutes=5)

    def lose() -> None:
        def work(session: Any) -> None:
            get_job(session, job_ids[2]).lease_until -= timedelta(hours=1)  # type: ignore[union-attr,operator]
            session.flush()
            assert sweep(session, stale=lease, max_attempts=3).requeued == [job_ids[2]]
            assert claim_job(session, job_ids[2], lease=lease, max_attempts=3) is not None

        models.run_transaction(attempt.sessions, work)

    attempt(job_ids[0], lose, text=GROUP[1])
    assert states(attempt, job_ids) == [(JobState.SUCCEEDED, 1), (JobState.SUCCEEDED, 1), (JobState.RUNNING, 2)]
    assert attempt.claims() == 4
    assert attempt.published == []
