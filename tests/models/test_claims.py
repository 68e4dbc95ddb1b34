"""Claims: stored and read back unchanged, found by every filter, paged without gaps or repetitions."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from itertools import count
from typing import Any
from uuid import UUID, uuid4, uuid5

import pytest
from sqlalchemy import Engine, delete, event, func, select, text, update
from sqlalchemy.orm import Session

from models.article import Article
from models.claim import Claim, Extent, claim_ids, extent
from models.claim_export import TEXT_ORDER, export_page, export_pages
from models.claim_search import SORTS, ClaimFilter, article_claims, count_claims, get_claim, search_claims
from models.claim_stats import claim_stats
from models.claim_store import result_set
from models.job import Job, JobEvent
from models.pages import Page
from models.queries import delete_article
from models.session import Sessions, run_transaction
from models.submission import NewArticle, submit_batch
from tests.support.single_jobs import store_claims

PIPELINE = "tally-en test"
JUNE, JULY = datetime(2026, 6, 1, tzinfo=UTC), datetime(2026, 7, 1, tzinfo=UTC)


@pytest.fixture
def found(sessions: Sessions) -> Callable[..., set[str]]:
    """The texts of the claims that a filter finds."""

    def found(**conditions: Any) -> set[str]:
        with sessions() as session:
            return {claim.data["text"] for claim in search_claims(session, ClaimFilter(**conditions)).items}

    return found


@pytest.fixture
def stored(publish: Any, claim_object: Any) -> dict[str, Any]:
    """Two articles with claims that differ in every field that can be searched."""
    nz_dollars = {"code": "NZD", "basis": "context", "evidence": [], "alternatives": ["USD"]}
    first = publish(
        "first",
        [
            claim_object(
                text="$8 million",
                kind="money",
                unit="NZD",
                currency=nz_dollars,
                shape="at_most",
                value="8000000",
                high="8000000",
                subject="New Zealand",
                measure="investment in ÉNERGIE",
                speaker={"text": "Ardern", "resolved": "Jacinda Ardern"},
                sentence="She announced up to $8 million.",
                modality="projected",
            ),
            claim_object(
                text="dozens",
                kind="count",
                unit="company",
                shape="vague",
                value=None,
                low="12",
                high="120",
                subject="She",
                subject_resolved="Émilie Roy",
            ),
        ],
        title="Prime minister in Tokyo",
        publisher="Stuff  NZ",
        published_at=JUNE,
    )
    second = publish(
        "second",
        [
            claim_object(
                text="4.2%",
                value="4.2",
                change={"direction": "down", "role": "by"},
                speaker={"text": "a 2019 report", "resolved": None},
                subject="100%_owned firms",
                sentence="Sales fell 4.2%.",
            ),
            claim_object(text="-3", kind="number", unit=None, value="-3", sentence="It was minus three."),
        ],
        publisher="Wire",
        published_at=JULY,
    )
    return {"first": first, "second": second}


def test_a_claim_comes_back_as_it_was(sessions: Sessions, publish: Any, claim_object: Any) -> None:
    given = claim_object(text="é $8 million", value="8000000.10", speaker={"text": "She", "resolved": None})
    submission = publish("a text", [given])
    with sessions() as session:
        (claim,) = article_claims(session, submission.article_id).items
        same = get_claim(session, claim.id)
        assert get_claim(session, uuid4()) is None
    assert same is claim
    assert claim.id == uuid5(submission.article_id, f"{PIPELINE}/0")
    identity = {"id": str(claim.id), "article_id": str(submission.article_id)}
    assert json.dumps(claim.data) == json.dumps({**given, **identity})
    assert (claim.amount_low, claim.speaker, claim.modality) == (8000000.1, "She", "asserted")
    assert (claim.job_id, claim.pipeline, claim.ordinal) == (submission.job.id, PIPELINE, 0)


def test_rows_of_claims(claim_object: Any) -> None:
    article = Article(id=uuid4(), title="Title", publisher="The  WIRE")
    claims = [claim_object(id="a", counterpart="b"), claim_object(id="b", currency={"code": "NZD"})]
    found = result_set(article, uuid4(), PIPELINE, claims)
    first, second = found.rows
    assert (first.ordinal, second.ordinal) == (0, 1)
    assert (first.currency, second.currency) == (None, "NZD")
    assert json.loads(first.data)["counterpart"] == second.id != first.id
    assert first.search_text == "price rose 5 per cent"
    assert found.of_article.publisher_folded == "the wire"


def test_ids_of_claims() -> None:
    for article_id in (uuid4() for _ in range(100)):
        expected = [str(uuid5(article_id, f"{PIPELINE}/{ordinal}")) for ordinal in range(12)]
        assert list(claim_ids(article_id, PIPELINE, 12)) == expected


def test_endless_words_do_not_break_an_index(sessions: Sessions, publish: Any, claim_object: Any) -> None:
    word = uuid4().hex * 1000
    publish("a text", [claim_object(unit=word, subject=word, measure=word, sentence=word)], publisher=word, title=word)
    with sessions() as session:
        assert len(search_claims(session, ClaimFilter(unit=word, publisher=word, q=word, subject=word)).items) == 1


@pytest.mark.parametrize("title", ["???", "\x0b", "—"])
def test_a_title_without_a_word(sessions: Sessions, publish: Any, claim_object: Any, title: str) -> None:
    publish("a text", [claim_object()], title=title)
    with sessions() as session:
        assert len(search_claims(session, ClaimFilter(q="prices")).items) == 1


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ({"value": "5", "low": None, "high": None}, Extent(5.0, 5.0)),
        ({"value": "8000000", "low": None, "high": "8000000"}, Extent(8e6, 8e6)),
        ({"value": None, "low": "5", "high": "10"}, Extent(5.0, 10.0)),
        ({"value": "5", "low": "5", "high": None}, Extent(5.0, 5.0)),
        ({"value": None, "low": "12", "high": None}, Extent(12.0, 12.0)),
        ({"value": None, "low": None, "high": None}, Extent(None, None)),
        ({"value": "1" + "0" * 400, "low": None, "high": None}, Extent(1.7976931348623157e308, 1.7976931348623157e308)),
        ({"value": "-0.5"}, Extent(-0.5, -0.5)),
    ],
)
def test_extents(claim: dict[str, Any], expected: Extent) -> None:
    assert extent(claim) == expected


def test_a_newer_pipeline_replaces_the_claims(sessions: Sessions, publish: Any, claim_object: Any) -> None:
    submission = publish("a text", [claim_object(text="old")])
    with sessions.begin() as session:
        new = [claim_object(text="new"), claim_object(text="newer")]
        assert store_claims(session, submission.job.id, "tally-en next", new) == 2
    with sessions() as session:
        assert [claim.data["text"] for claim in article_claims(session, submission.article_id).items] == [
            "new",
            "newer",
        ]


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        ({}, {"$8 million", "dozens", "4.2%", "-3"}),
        ({"kind": "money"}, {"$8 million"}),
        ({"unit": "percent"}, {"4.2%"}),
        ({"currency": "NZD"}, {"$8 million"}),
        ({"min_value": 5}, {"$8 million", "dozens"}),
        ({"min_value": Decimal(100)}, {"$8 million", "dozens"}),
        ({"min_value": 121}, {"$8 million"}),
        ({"max_value": 0}, {"-3"}),
        ({"min_value": 13, "max_value": 14}, {"dozens"}),
        ({"q": "ANNOUNCED énergie"}, {"$8 million"}),
        ({"q": "tokyo"}, set()),
        ({"q": "announced nothing"}, set()),
        ({"q": "4.2%"}, {"4.2%"}),
        ({"q": "sale"}, {"4.2%"}),
        ({"q": "sal"}, set()),
        ({"q": "sal*"}, {"4.2%"}),
        ({"q": '"she announced"'}, {"$8 million"}),
        ({"q": '"announced she"'}, set()),
        ({"q": '"energie she"'}, set()),
        ({"q": "%"}, set()),
        ({"q": '" \\'}, set()),
        ({"q": "   "}, {"$8 million", "dozens", "4.2%", "-3"}),
        ({"speaker": "jacinda"}, {"$8 million"}),
        ({"speaker": "REPORT"}, {"4.2%"}),
        ({"subject": "new zealand"}, {"$8 million"}),
        ({"subject": "100%_"}, {"4.2%"}),
        ({"subject": "1%f"}, set()),
        ({"subject": "émilie"}, {"dozens"}),
        ({"subject": "she"}, {"dozens"}),
        ({"q": '"emilie roy" company'}, set()),
        ({"q": '"Émilie Roy"'}, {"dozens"}),
        ({"modality": "projected"}, {"$8 million"}),
        ({"direction": "down"}, {"4.2%"}),
        ({"publisher": "stuff nz"}, {"$8 million", "dozens"}),
        ({"publisher": "stuff"}, set()),
        ({"published_from": JUNE, "published_to": JUNE}, {"$8 million", "dozens"}),
        ({"published_from": JULY}, {"4.2%", "-3"}),
        ({"published_to": JUNE}, {"$8 million", "dozens"}),
        ({"kind": "money", "direction": "down"}, set()),
        ({"q": "'; DROP TABLE claims; --"}, set()),
    ],
)
def test_filters(stored: Any, found: Any, conditions: dict[str, Any], expected: set[str]) -> None:
    assert found(**conditions) == expected


def test_filters_by_article_and_batch(sessions: Sessions, stored: Any, found: Any) -> None:
    assert found(article_id=stored["second"].article_id) == {"4.2%", "-3"}
    assert found(article_id=uuid4()) == set()
    articles = [(1, NewArticle("first")), (2, NewArticle("third"))]
    batch, _ = run_transaction(sessions, lambda session: submit_batch(session, articles, pipeline=PIPELINE))
    assert found(batch_id=batch.id) == {"$8 million", "dozens"}


def test_counts(sessions: Sessions, stored: Any) -> None:
    with sessions() as session:
        assert count_claims(session) == 4
        assert count_claims(session, ClaimFilter(kind="money")) == 1
        stats = claim_stats(session)
        money = claim_stats(session, ClaimFilter(kind="money"))
        one = claim_stats(session, limit=1)
        none = claim_stats(session, ClaimFilter(q="nothing of the kind"))
    assert (stats.claims, stats.articles) == (4, 2)
    assert [(count.value, count.claims) for count in stats.kinds] == [
        ("count", 1),
        ("money", 1),
        ("number", 1),
        ("percent", 1),
    ]
    assert [(count.value, count.claims) for count in stats.currencies] == [(None, 3), ("NZD", 1)]
    assert [(count.value, count.claims) for count in stats.speakers] == [
        (None, 2),
        ("Jacinda Ardern", 1),
        ("a 2019 report", 1),
    ]
    assert [(count.value, count.claims) for count in stats.days] == [("2026-07-01", 2), ("2026-06-01", 2)]
    assert (money.claims, money.articles, [count.value for count in money.kinds]) == (1, 1, ["money"])
    assert [count.value for count in one.days] == ["2026-07-01"]
    assert [count.value for count in one.speakers] == [None]
    assert (none.claims, none.articles, none.kinds, none.days) == (0, 0, [], [])


def test_pronouns_are_no_speakers_to_count(sessions: Sessions, stored: Any) -> None:
    with sessions() as session:
        session.execute(update(Claim).where(Claim.speaker == "a 2019 report").values(speaker="She"))
        stats = claim_stats(session)
    assert [(count.value, count.claims) for count in stats.speakers] == [(None, 3), ("Jacinda Ardern", 1)]


def pages(sessions: Sessions, **options: Any) -> list[list[UUID]]:
    """All pages of a search; each cursor goes through JSON, as it does on its way to a client and back."""
    after = None
    result: list[list[UUID]] = []
    while True:
        with sessions() as session:
            page: Page[Claim] = search_claims(session, ClaimFilter(), after=after, **options)
        result.append([claim.id for claim in page.items])
        if page.next is None:
            return result
        after = json.loads(json.dumps(page.next))


@pytest.fixture
def many(publish: Any, claim_object: Any) -> list[UUID]:
    """23 claims with equal values, equal times and missing ones."""
    values = ["5", "1.5", "-3", "100", "5", None, "0.1", "5"]
    for article in range(3):
        claims = [claim_object(value=value, shape="vague") for value in values[: 8 - (article == 2)]]
        publish(f"text {article}", claims, published_at=[JUNE, None, JULY][article])
    return []


@pytest.mark.parametrize("sort", SORTS)
def test_pages_have_no_gaps_and_no_repetitions(sessions: Sessions, many: Any, sort: str) -> None:
    (whole,) = pages(sessions, sort=sort, limit=500)
    assert len(set(whole)) == 23
    for limit in (1, 2, 7, 23):
        parts = pages(sessions, sort=sort, limit=limit)
        assert [identity for part in parts for identity in part] == whole
        assert all(parts)


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("published_at", [JUNE, None])
def test_ties_are_in_text_order_article_by_article(
    sessions: Sessions, publish: Any, claim_object: Any, sort: str, published_at: datetime | None
) -> None:
    # Stored together by one worker, published at one time, all with one value: nothing else tells them apart.
    for article in range(4):
        publish(f"text {article}", [claim_object() for _ in range(9)], published_at=published_at)
    with sessions.begin() as session:
        session.execute(update(Claim).values(created_at=JULY))
    for limit in (500, 2, 5):
        with sessions() as session:
            place = {claim.id: (claim.article_id, claim.ordinal) for claim in session.scalars(select(Claim))}
        found = [place[identity] for page in pages(sessions, sort=sort, limit=limit) for identity in page]
        assert [ordinal for _, ordinal in found] == list(range(9)) * 4
        assert len({article for article, _ in found[:9]}) == 1
        assert len(set(found)) == 36
        exported = export_pages(sessions, ClaimFilter(), sort=sort, chunk=limit)
        assert [place[claim.id] for page in exported for claim in page] == found


def rows_read(session: Session, call: Callable[[], Any]) -> int:
    """A measure of the rows that `call` reads: those fetched on PostgreSQL, steps of the virtual machine on SQLite."""
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        fetched = text("SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_xact_user_tables WHERE relname = 'claims'")
        before = session.scalar(fetched) or 0
        call()
        return int(session.scalar(fetched) or 0) - before
    driver = connection.connection.driver_connection
    assert driver is not None
    steps = count()
    # A true answer would end the query.
    driver.set_progress_handler(lambda: next(steps) < 0, 1)
    try:
        call()
    finally:
        driver.set_progress_handler(None, 0)
    return next(steps)


@pytest.mark.parametrize("published_at", [JUNE, None])
@pytest.mark.parametrize("sort", ["created_at", "-created_at", "published_at", "-published_at"])
def test_a_page_does_not_read_the_rest_of_a_large_article(
    sessions: Sessions, publish: Any, claim_object: Any, sort: str, published_at: datetime | None
) -> None:
    """A page inside an article of 4,000 claims costs about as much as one inside an article of 60."""
    costs = []
    for number, size in enumerate((60, 4000)):
        publish(f"text {number}", [claim_object() for _ in range(size)], published_at=published_at)
        with sessions.begin() as session:
            session.execute(text("ANALYZE"))
        with sessions() as session:
            last = session.scalars(select(Claim).where(Claim.ordinal == 10).order_by(Claim.created_at.desc())).first()
            assert last is not None
            key = getattr(last, sort.removeprefix("-"))
            after = (key, last.article_id, last.ordinal)
            for kind in (None, "percent"):
                found: list[Claim] = []

                def read(kind: str | None = kind, after: Any = after, found: list[Claim] = found) -> None:
                    found.extend(search_claims(session, ClaimFilter(kind=kind), sort=sort, limit=20, after=after).items)

                costs.append(rows_read(session, read))
                assert [claim.ordinal for claim in found] == list(range(11, 31))
    small, large = max(costs[:2]), max(costs[2:])
    assert 20 <= large <= 3 * small


def test_a_page_in_text_order_does_not_read_the_rest_of_its_article(
    sessions: Sessions, publish: Any, claim_object: Any
) -> None:
    costs = []
    for number, size in enumerate((60, 4000)):
        article = publish(f"text {number}", [claim_object() for _ in range(size)]).article_id
        with sessions.begin() as session:
            session.execute(text("ANALYZE"))
        with sessions() as session:
            after, wanted = (10, article, 10), ClaimFilter(article_id=article)
            listed = partial(article_claims, session, article, limit=20, after=after)
            exported = partial(export_page, session, wanted, sort=TEXT_ORDER, limit=20, after=after)
            costs += [rows_read(session, listed), rows_read(session, exported)]
    assert 20 <= max(costs[2:]) <= 3 * max(costs[:2])


@pytest.mark.parametrize("published_at", [JUNE, None])
@pytest.mark.parametrize("sort", ["created_at", "-created_at", "published_at", "-published_at"])
def test_a_page_that_begins_with_a_large_article_does_not_read_all_of_it(
    sessions: Sessions, publish: Any, claim_object: Any, sort: str, published_at: datetime | None
) -> None:
    """The first page, and for the newest first that is the one which everybody asks for."""
    costs = []
    for size in (60, 4000):
        with sessions.begin() as session:
            session.execute(delete(Claim))
        publish(f"text {size}", [claim_object() for _ in range(size)], published_at=published_at)
        with sessions.begin() as session:
            session.execute(text("ANALYZE"))
        with sessions() as session:
            found: list[Claim] = []

            def read(found: list[Claim] = found) -> None:
                found.extend(search_claims(session, ClaimFilter(), sort=sort, limit=20).items)

            costs.append(rows_read(session, read))
            assert [claim.ordinal for claim in found] == list(range(20))
    assert 20 <= costs[1] <= 3 * costs[0]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_page_goes_on_behind_an_article_that_is_erased_meanwhile(
    engine: Engine, sessions: Sessions, publish: Any, claim_object: Any
) -> None:
    first, second = (publish(word, [claim_object() for _ in range(9)]).job.article_id for word in ("first", "second"))
    reads = count(1)

    def erase_before_second(*given: Any) -> None:
        if given[2].startswith("SELECT claims.") and next(reads) == 2:
            with sessions.begin() as other:
                other.execute(delete(Claim).where(Claim.article_id == first))

    event.listen(engine, "before_cursor_execute", erase_before_second)
    with sessions() as session:
        page = search_claims(session, ClaimFilter(), sort="created_at", limit=4)
    event.remove(engine, "before_cursor_execute", erase_before_second)
    assert [(claim.article_id, claim.ordinal) for claim in page.items] == [(second, place) for place in range(4)]
    assert page.next is not None


def test_sorting_puts_missing_keys_last(sessions: Sessions, many: Any) -> None:
    with sessions() as session:
        up = [claim.amount_low for claim in search_claims(session, ClaimFilter(), sort="value").items]
        down = [claim.amount_low for claim in search_claims(session, ClaimFilter(), sort="-value").items]
        dates = [claim.published_at for claim in search_claims(session, ClaimFilter(), sort="-published_at").items]
    assert up == [-3.0] * 3 + [0.1] * 3 + [1.5] * 3 + [5.0] * 8 + [100.0] * 3 + [None] * 3
    assert down == [*reversed(up[:-3]), *up[-3:]]
    assert dates == [JULY] * 7 + [JUNE] * 8 + [None] * 8


def test_pages_are_stable_while_claims_arrive_and_go(
    sessions: Sessions, many: Any, publish: Any, claim_object: Any
) -> None:
    with sessions() as session:
        first = search_claims(session, ClaimFilter(), sort="-created_at", limit=10)
    (before,) = pages(sessions, sort="-created_at", limit=500)
    publish("later", [claim_object()])
    with sessions.begin() as session:
        session.delete(session.get_one(Claim, first.items[-1].id))
    with sessions() as session:
        rest = search_claims(session, ClaimFilter(), sort="-created_at", limit=100, after=first.next)
    assert [claim.id for claim in rest.items] == before[10:]


def test_all_claims_one_page_at_a_time(sessions: Sessions, many: Any) -> None:
    (whole,) = pages(sessions, sort="value", limit=500)
    read = list(export_pages(sessions, ClaimFilter(), sort="value", chunk=4))
    assert [claim.id for page in read for claim in page] == whole
    assert max(len(page) for page in read) == 4


def test_the_claims_of_an_article_in_text_order(sessions: Sessions, publish: Any, claim_object: Any) -> None:
    article_id = publish("a text", [claim_object(text=str(number)) for number in range(12)]).article_id
    texts: list[str] = []
    after = None
    with sessions() as session:
        while True:
            page = article_claims(session, article_id, limit=5, after=after)
            texts += [claim.data["text"] for claim in page.items]
            after = page.next
            if after is None:
                break
    assert texts == [str(number) for number in range(12)]


@pytest.mark.parametrize(
    "after",
    [
        (),
        ("x",),
        ("yesterday", str(uuid4())),
        (None, str(uuid4())),
        (5, "not an id"),
        ("2026-06-01T00:00:00", str(uuid4())),
        7,
    ],
)
def test_foreign_cursors_are_refused(sessions: Sessions, after: Any) -> None:
    with sessions() as session, pytest.raises(ValueError, match="not a cursor"):
        search_claims(session, ClaimFilter(), sort="-created_at", after=after)


def test_wrong_sorts_and_limits_are_refused(sessions: Sessions) -> None:
    with sessions() as session:
        with pytest.raises(ValueError, match="sort must be"):
            search_claims(session, ClaimFilter(), sort="text")
        for limit in (0, 501):
            with pytest.raises(ValueError, match="limit must be"):
                search_claims(session, ClaimFilter(), limit=limit)


def test_erasing_an_article_erases_all_of_it(sessions: Sessions, stored: Any, found: Any) -> None:
    article_id = stored["first"].article_id
    assert run_transaction(sessions, lambda session: delete_article(session, article_id)) is True
    assert run_transaction(sessions, lambda session: delete_article(session, article_id)) is False
    assert found() == {"4.2%", "-3"}
    with sessions() as session:
        assert session.scalar(select(func.count()).select_from(Job)) == 1
        assert set(session.scalars(select(JobEvent.job_id))) == {stored["second"].job.id}
