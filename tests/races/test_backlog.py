"""A heap of facts while the inbox is away: everybody is notified in the end, each fact once, in the log's order."""

from backend import db
from backend.events import service as events
from backend.jobs import runner
from backend.orders.model.events import OrderAccepted
from backend.worker import handlers
from push import queries as inbox
from tests.makers.accounts import make_device
from tests.makers.worker import deliver

TIMES, FACTS_EACH, PEOPLE = 24, 50, 4


async def test_no_fact_is_lost_while_the_inbox_is_away(database):
    people = [(await make_device()).account_id for _ in range(PEOPLE)]
    recorded: list[int] = []
    for order_id in range(TIMES):
        async with db.transaction():
            recorded += await events.record(*(fact(order_id, people[number % PEOPLE]) for number in range(FACTS_EACH)))
    await db.execute("ALTER TABLE message RENAME TO message_away")
    try:
        await deliver(most=500)
        await runner.drain(database, handlers(), places=4)
    finally:
        await db.execute("ALTER TABLE message_away RENAME TO message")
    assert await db.fetchval("SELECT count(*) FROM message") == 0
    assert await db.fetchval("SELECT count(*) FROM event_pending") == 0
    assert await db.fetchval("SELECT count(*) FROM pgqueuer WHERE status = 'failed' OR attempts > 0") == 0
    assert await db.fetchval("SELECT count(*) FROM pgqueuer") <= 2 * 3, "a job for a batch, not for a fact"

    await db.execute("UPDATE pgqueuer SET execute_after = now()")
    await runner.drain(database, handlers(), places=4)

    assert await db.fetchval("SELECT count(*) FROM pgqueuer") == 0
    told = [event_id for person in people for event_id in await told_to(person)]
    assert sorted(told) == sorted(recorded)
    assert len((await inbox.list_messages(people[0], limit=5)).items) == 5


async def told_to(account_id: int) -> list[int]:
    """By the log's ids, as the inbox shows them: the latest first."""
    rows = await db.fetch("SELECT event_id FROM message WHERE account_id = $1 ORDER BY event_id DESC", account_id)
    return [row["event_id"] for row in rows]


def fact(order_id: int, reporter_id: int) -> OrderAccepted:
    return OrderAccepted(
        subject_id=order_id, opened_by_id=reporter_id, number="", item_code="", item_zh="", item_en="", place=""
    )
