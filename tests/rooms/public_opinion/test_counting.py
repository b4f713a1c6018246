"""Each order is counted once, whatever comes twice; what ends as something else leaves; two workers count as one."""

import asyncio
from collections import Counter
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from backend import clock, db
from backend.calendars.rules import shanghai_date
from backend.orders import verbs as orders
from backend.orders.transitions.transition import TransitionContext
from backend.public_opinion import counting, discovering, people, queueing, vocabulary
from backend.public_opinion.weeks import monday_of, week_at
from backend.public_opinion.words.found_word import FoundWord
from backend.reports import service as reports
from backend.reports.structs import Submission
from tests.makers.cases import make_neighbour, merge, unmerge
from tests.makers.opinion import MATTERS, OTHER_COMMITTEE, Saying, outbreak, say, weeks_of
from tests.makers.orders import BASE_URL, make_photos
from tests.makers.town import COMMITTEE, TOWN, SmallTown, make_town
from tests.makers.worker import work

_COUNTS = """
    SELECT c.area_code, c.week, w.word, c.orders, c.reporters
    FROM opinion_count c JOIN opinion_word w ON w.id = c.word_id
"""
_BY_HAND = """
    SELECT area.code AS area_code, t.week, w.word, count(*) AS orders, count(DISTINCT t.reporter) AS reporters
    FROM opinion_text t CROSS JOIN LATERAL unnest(ARRAY[t.area_code, t.town_code]) AS area (code)
    CROSS JOIN LATERAL unnest(t.word_ids) AS said (id) JOIN opinion_word w ON w.id = said.id GROUP BY 1, 2, 3
"""


@pytest.fixture
def now() -> datetime:
    return clock.now()


@pytest.fixture
async def town(database: str, now: datetime) -> SmallTown:
    made = await make_town(now)
    await vocabulary.add(TOWN, [FoundWord(matter, 9, False) for matter in (*MATTERS, "充电")], now)
    return made


async def counts(area: str = TOWN) -> dict[str, tuple[int, int]]:
    """Orders and reporters by word, all weeks together."""
    found: Counter[str] = Counter()
    reporters: Counter[str] = Counter()
    for row in await db.fetch(_COUNTS):
        if row["area_code"] == area:
            found[row["word"]] += row["orders"]
            reporters[row["word"]] += row["reporters"]
    return {word: (many, reporters[word]) for word, many in found.items()}


async def are_exact() -> bool:
    """Whether the counts are what the counted texts say."""
    stored = {tuple(row.values()) for row in await db.fetch(_COUNTS)}
    return stored == {tuple(row.values()) for row in await db.fetch(_BY_HAND)}


async def report(town: SmallTown, now: datetime, description: str) -> int:
    """By somebody of their own, at the town's door."""
    who = await make_neighbour()
    submission = Submission(
        idempotency_key=uuid4().hex,
        code=town.code,
        item="A101",
        photo_ids=await make_photos(who),
        description=description,
    )
    return (await reports.submit(submission, who, base_url=BASE_URL, now=now)).receipt.order_id


async def test_a_report_is_counted_in_its_committee_and_town_the_longest_word_alone(database, town, now):
    await report(town, now, "楼道飞线充电,又是飞线充电")
    await work(database)

    assert await counting.count_pending(now) == 1
    assert await counts() == await counts(COMMITTEE) == {"飞线充电": (1, 1)}
    assert await db.fetchval("SELECT week FROM opinion_text") == week_at(now)


async def test_counting_again_changes_nothing(town, now):
    order_ids = await say([Saying("飞线充电", now), Saying("高空抛物,充电", now - timedelta(days=9))])
    await queueing.note(order_ids)
    await counting.count_pending(now)
    before = await counts()

    for _ in range(2):
        await queueing.note([*order_ids, *order_ids])
        await counting.count_pending(now)

    assert await counts() == before == {"飞线充电": (1, 1), "高空抛物": (1, 1), "充电": (1, 1)}
    assert await are_exact()
    assert await db.fetchval("SELECT count(*) FROM opinion_pending") == 0


async def test_a_merged_order_leaves_and_comes_back_when_it_is_taken_out(database, town, now):
    first, second = await report(town, now, "飞线充电"), await report(town, now, "高空抛物")
    await merge(town, second, first, now)
    await work(database)
    await counting.count_pending(now)
    merged = await counts()

    await unmerge(town, second, now)
    await work(database)
    await counting.count_pending(now)

    assert merged == {"飞线充电": (1, 1)}
    assert await counts() == {"飞线充电": (1, 1), "高空抛物": (1, 1)}
    assert await are_exact()


async def test_a_cancelled_order_leaves_with_its_week_when_it_was_the_last_there(database, town, now):
    order_id = await report(town, now, "飞线充电")
    await work(database)
    await counting.count_pending(now)

    await orders.cancel(order_id, "不应立案", TransitionContext(actor=town.dispatcher, now=now))
    await work(database)
    await counting.count_pending(now)

    tables = ("opinion_text", "opinion_count", "opinion_total")
    assert [await db.fetchval(f"SELECT count(*) FROM {table}") for table in tables] == [0, 0, 0]


async def test_an_order_that_lies_elsewhere_now_is_counted_there(town, now):
    [order_id] = await say([Saying("飞线充电", now)])
    await queueing.note([order_id])
    await counting.count_pending(now)

    await db.execute("UPDATE work_order SET area_code = $1", OTHER_COMMITTEE)
    assert await queueing.reconcile(now) == 1
    await counting.count_pending(now)

    assert await counts(COMMITTEE) == {}
    assert await counts(OTHER_COMMITTEE) == {"飞线充电": (1, 1)}


async def test_whoever_reports_ten_times_is_one_reporter_and_callers_of_the_hotline_are_many(town, now):
    same = [Saying("飞线充电", now, opener=town.resident.account_id) for _ in range(10)]
    await queueing.note(await say([*same, Saying("飞线充电", now), Saying("飞线充电", now)]))
    await counting.count_pending(now)

    assert await counts() == {"飞线充电": (12, 3)}


async def test_what_machines_tell_what_was_booked_and_what_says_nothing_is_nobodys_opinion(town, now):
    order_ids = await say([Saying("飞线充电", now) for _ in range(4)] + [Saying("", now)])
    for order_id, kind in zip(order_ids, ("sensors", "cameras", "pickup", "root_cause"), strict=False):
        await db.execute("UPDATE work_order SET source_kind = $2 WHERE id = $1", order_id, kind)

    assert await queueing.reconcile(now) == 0
    await queueing.note(order_ids)
    await counting.count_pending(now)
    assert await counts() == {}


async def test_two_workers_count_what_one_would(town, now):
    order_ids = await say([*weeks_of(now, weeks=3, per_week=60), *outbreak(now)])
    await queueing.note([*order_ids, *order_ids])

    done = await asyncio.gather(*(counting.count_pending(now) for _ in range(3)))

    assert sum(done) == len(order_ids)
    assert await db.fetchval("SELECT count(*) FROM opinion_text") == len(order_ids)
    assert await are_exact()


async def test_a_week_begins_on_monday_in_shanghai(town, now):
    sunday_late = datetime.fromisoformat("2026-11-22T15:59:00+00:00")
    await queueing.note(
        await say([Saying("飞线充电", sunday_late), Saying("飞线充电", sunday_late + timedelta(minutes=2))])
    )
    await counting.count_pending(now)

    weeks = [row["week"] for row in await db.fetch("SELECT week FROM opinion_text ORDER BY order_id")]
    assert [week.isoformat() for week in weeks] == ["2026-11-16", "2026-11-23"]


async def test_words_are_found_each_night_and_what_has_them_is_counted_anew(database, now):
    await make_town(now)
    await queueing.note(await say([*weeks_of(now), *outbreak(now)]))
    await counting.count_pending(now)

    await discovering.discover(now)
    await counting.count_pending(now)

    assert set(MATTERS) <= {row["word"] for row in await db.fetch("SELECT word FROM opinion_word")}
    assert (await counts())[MATTERS[0]] == (14, 14)
    assert await discovering.discover_in(TOWN, now) == 0
    assert await are_exact()


async def test_no_account_of_the_town_and_nobody_named_in_a_text_becomes_a_word(town, now):
    await make_neighbour("路灯明")
    texts = [each._replace(words=f"{each.words},张建国先生和路灯明不理") for each in weeks_of(now)]
    named = Saying("我叫田禾苗", now)
    called = [each._replace(words=f"{each.words}田禾苗在") for each in outbreak(now)]
    await queueing.note(await say([*texts, named, *called]))
    await counting.count_pending(now)
    await discovering.discover(now)

    found = {row["word"] for row in await db.fetch("SELECT word FROM opinion_word WHERE NOT is_dropped")}
    assert not {word for word in found for name in ("建国", "灯明", "禾苗") if name in word}
    assert await people.list_names({"路灯明", "飞线充电"}) == {"路灯明"}


async def test_a_word_that_turns_out_to_be_a_name_is_dropped_for_good(town, now):
    await vocabulary.add(TOWN, [FoundWord("苗有田", 9, False)], now)
    await queueing.note(await say([Saying("苗有田家飞线充电", now) for _ in range(6)]))
    await counting.count_pending(now)
    before = await counts()

    await make_neighbour("苗有田")
    await discovering.discover(now)
    await counting.count_pending(now)
    await vocabulary.add(TOWN, [FoundWord("苗有田", 9, False)], now)

    assert before["苗有田"] == (6, 6)
    assert "苗有田" not in await counts()
    assert "苗有田" not in (await vocabulary.read([TOWN]))[TOWN].words.values()


async def test_what_is_long_past_stays_counted_and_nothing_of_its_orders_stays(town, now):
    long_ago = now - timedelta(weeks=59)
    order_ids = await say([Saying("飞线充电", long_ago), Saying("飞线充电", long_ago)])
    await queueing.note(order_ids)
    await counting.count_pending(now)
    later = now + timedelta(weeks=3)

    await counting.prune(later)
    await db.execute("UPDATE work_order SET state = 'cancelled', cancelled_at = $1 WHERE id = $2", now, order_ids[0])
    await queueing.note(order_ids)
    await counting.count_pending(later)

    assert await db.fetchval("SELECT count(*) FROM opinion_text") == 0
    assert await counts() == {"飞线充电": (2, 2)}


async def test_what_no_fact_told_of_is_found_at_night(town, now):
    await say([Saying("飞线充电", now), Saying("飞线充电", now - timedelta(weeks=30))])

    assert await queueing.reconcile(now) == 1
    assert await queueing.reconcile(now) == 0
    await counting.count_pending(now)
    assert await counts() == {"飞线充电": (1, 1)}
    assert monday_of(shanghai_date(now)) == week_at(now)
