"""Texts of all sources count, each once, by the words of a person: neither what machines tell nor what a form asks."""

from datetime import datetime, timedelta

import pytest

from backend import clock, db
from backend.campaigns.events import CampaignRecordFiled
from backend.intake.hotline.events import CitizenCalledBack
from backend.orders import verbs as orders
from backend.orders.model.events import OrderCalledBack
from backend.orders.model.inputs import Called, CallResult
from backend.orders.transitions.transition import TransitionContext
from backend.orders.verifying.closing import as_reporter
from backend.public_opinion import cases, counting, queries, queueing, reactions, vocabulary
from backend.public_opinion.weeks import week_at
from backend.public_opinion.words.found_word import FoundWord
from backend.wiring import WHEN
from tests.makers.campaigns import GOOD, file, make_running
from tests.makers.hotline import make_task
from tests.makers.opinion import Saying, say
from tests.makers.orders import make_closed
from tests.makers.town import COMMITTEE, TOWN, SmallTown, make_town
from tests.makers.worker import work

WORD, ASKED = "飞线充电", "防汛排查"


@pytest.fixture
def now() -> datetime:
    return clock.now()


@pytest.fixture
async def town(database: str, now: datetime) -> SmallTown:
    made = await make_town(now)
    await vocabulary.add(TOWN, [FoundWord(word, 9, False) for word in (WORD, ASKED)], now)
    return made


async def sources(word: str = WORD) -> dict[str, int]:
    """From where the texts of a word come, in all weeks."""
    rows = await db.fetch(
        "SELECT t.source, count(*) AS texts FROM opinion_text t JOIN opinion_word w ON w.id = ANY(t.word_ids)"
        " WHERE w.word = $1 GROUP BY t.source",
        word,
    )
    return {row["source"]: row["texts"] for row in rows}


async def count(now: datetime) -> int:
    await queueing.reconcile(now)
    return await counting.count_pending(now)


@pytest.mark.parametrize(
    ("kind", "item", "words", "counts_as"),
    [
        ("report", "A101", WORD, "report"),
        ("hotline", "A101", WORD, "hotline"),
        ("police", "A101", WORD, "police"),
        ("open311", "A101", WORD, "open311"),
        ("system", "A101", WORD, "system"),
        ("report", "F101", f"{WORD}怎么申请", "consultation"),
        ("campaign", "A101", f"{ASKED} · 用电: 否\n楼道{WORD}", "campaign"),
        ("sensors", "A101", WORD, None),
        ("cameras", "A101", WORD, None),
        ("lift", "A101", WORD, None),
        ("elder_care", "A101", WORD, None),
        ("root_cause", "A101", WORD, None),
        ("campaign", "A101", f"{ASKED} · {WORD}: 有", None),
    ],
)
async def test_a_text_of_each_source_counts_as_its_own(town, now, kind, item, words, counts_as):
    [order_id] = await say([Saying(words, now)])
    await db.execute("UPDATE work_order SET source_kind = $2, item_id = $3 WHERE id = $1", order_id, kind, item)

    await count(now)

    assert await sources() == ({counts_as: 1} if counts_as else {})
    assert await sources(ASKED) == {}
    assert await count(now) == 0


async def test_what_a_reporter_says_when_called_back_is_the_same_reporters(database, town, now):
    order_id = await make_closed(town, now)
    reporter = TransitionContext(actor=as_reporter(town.resident.account_id), now=now)
    await orders.rate(order_id, 1, "", reporter)
    await db.execute("UPDATE work_order SET description = $2 WHERE id = $1", order_id, WORD)
    called = Called(result=CallResult.UNSATISFIED, note=f"还是{WORD}")
    await orders.record_call(order_id, called, TransitionContext(actor=town.dispatcher, now=now))
    await work(database)
    await count(now)
    word_id = await db.fetchval("SELECT id FROM opinion_word WHERE word = $1", WORD)

    assert await sources() == {"report": 1, "call_back": 1}
    assert await queries.list_sources(TOWN, week_at(now), [word_id]) == {word_id: {"call_back": 1, "report": 1}}
    counted = await db.fetchrow("SELECT orders, reporters FROM opinion_count WHERE area_code = $1", TOWN)
    assert (counted["orders"], counted["reporters"]) == (1, 1)
    assert await count(now) == 0


async def test_what_the_hotline_heard_in_two_calls_is_one_text_and_leaves_with_its_order(town, now):
    task_id, order_id = await make_task(town, now)
    for number, said in enumerate((f"楼道{WORD}", f"{WORD}没人管")):
        await db.execute(
            "INSERT INTO hotline_call_back (task_id, call_no, called_at, opinion) VALUES ($1, $2, $3, $4)",
            *(task_id, str(number), now, said),
        )
    await count(now)
    counted = await sources()

    await db.execute(
        "UPDATE work_order SET state = 'cancelled', cancelled_at = $2, source_cases = 0 WHERE id = $1", order_id, now
    )
    await queueing.note([order_id])
    await counting.count_pending(now)

    assert counted == {"call_back": 1}
    assert await sources() == {}
    assert await db.fetchval("SELECT count(*) FROM opinion_count") == 0


async def test_what_an_inspector_writes_into_a_record_counts_and_codes_and_sealed_answers_do_not(town, now):
    running = await make_running(town, now)
    await file(running, GOOD | {"phone": "13800001234"}, now)
    assert await count(now) == 0

    await db.execute("UPDATE campaign_record SET answers = jsonb_set(answers, '{values,remark}', $1)", f'"{WORD}很多"')
    assert await count(now) == 1
    word_id = await db.fetchval("SELECT id FROM opinion_word WHERE word = $1", WORD)
    question = await cases.ask_by_word(TOWN, word_id, now.date())
    [case] = (await cases.list_cases(question, town.dispatcher, limit=10)).items

    assert await sources() == {"campaign": 1}
    assert (case.id, case.campaign_id, case.excerpt) == (None, running.campaign_id, f"{WORD}很多")
    assert (await cases.list_cases(question, town.resident, limit=10)).items == []


async def test_an_excerpt_hides_who_it_was_and_shows_what_it_is_about(town, now):
    await say([Saying(f"我叫王小红,电话13812345678,三号楼{WORD}", now)])
    await count(now)
    word_id = await db.fetchval("SELECT id FROM opinion_word WHERE word = $1", WORD)

    question = await cases.ask_by_word(COMMITTEE, word_id, now.date())
    [case] = (await cases.list_cases(question, town.dispatcher, limit=10)).items

    assert WORD in case.excerpt
    assert "王小红" not in case.excerpt and "5678" not in case.excerpt


async def test_calls_and_records_are_noted_as_soon_as_they_are_facts(town, now):
    assert reactions.note_orders in WHEN[OrderCalledBack]
    assert reactions.note_called_back in WHEN[CitizenCalledBack]
    assert reactions.note_records in WHEN[CampaignRecordFiled]


async def test_texts_counted_before_sources_were_said_are_counted_anew_at_night(town, now):
    await say([Saying(WORD, now), Saying(WORD, now - timedelta(weeks=2))])
    await count(now)
    await db.execute("UPDATE opinion_text SET source = ''")

    assert await count(now) == 2
    assert await sources() == {"hotline": 2}
