"""A made-up past of the demo street: lives that agree with the tables, figures without a difference, no notice."""

from pathlib import Path

import pytest

from backend import config, db
from backend.demo import duty, people, street, volunteers
from backend.demo.past.load import OutsideDemo, load_past
from backend.indicators.counting import recount
from backend.orders.model.states import State
from backend.sql import sql

DAYS, A_DAY = 9, 16
_STATES = "SELECT state, count(*) AS orders FROM work_order GROUP BY 1"
_ASTRAY = """
    SELECT o.number FROM work_order o WHERE o.state <> (
        SELECT s.to_state FROM order_step s WHERE s.order_id = o.id ORDER BY s.id DESC LIMIT 1)
    OR o.opened_at > :now OR greatest(o.accepted_at, o.arrived_at, o.finished_at, o.closed_at) > :now
"""
_UNLOGGED = """
    SELECT o.number FROM work_order o WHERE NOT EXISTS (
        SELECT FROM event_log e WHERE e.subject = 'order' AND e.subject_id = o.id AND e.name LIKE 'Order%ed')
"""
_COUNTS = """
    SELECT (SELECT count(*) FROM work_order) AS orders, (SELECT count(*) FROM campaign_record) AS records,
        (SELECT count(*) FROM broadcast_receipt) AS receipts, (SELECT count(*) FROM elder_visit) AS visits,
        (SELECT count(*) FROM hotline_task) AS cases, (SELECT count(*) FROM order_contribution) AS counted,
        (SELECT count(*) FROM opinion_text) AS texts
"""
_WAITING = "SELECT (SELECT count(*) FROM event_pending) + (SELECT count(*) FROM message)"


def settings(database: str, state: Path, mode: str = "demo") -> config.Settings:
    given = {"DATABASE_URL": database, "YIMA_MODE": mode, "YIMA_STATE": str(state)}
    more = {"YIMA_SECRET": "a secret of more than thirty letters", "YIMA_BASE_URL": "https://yima.example.gov.cn"}
    return config.from_environment(given | (more if mode != "demo" else {}))


async def test_a_past_is_whole_counts_without_a_difference_and_is_told_to_nobody(database, tmp_path, now):
    demo = settings(database, tmp_path)
    with pytest.raises(OutsideDemo):
        await load_past(settings(database, tmp_path, "production"), now)
    with pytest.raises(OutsideDemo):  # no street
        await load_past(demo, now)
    await street.load_street()
    await people.load_people(now)
    await duty.load_duty(now)
    await volunteers.load_volunteers(now)
    await db.execute("DELETE FROM event_pending")
    await recount.recount(now)

    made = await load_past(demo, now, days=DAYS, a_day=A_DAY)

    found = {row["state"]: row["orders"] for row in await db.fetch(_STATES)}
    expected = set(State) - {State.OFFERED, State.MERGED, State.CANCELLED}
    assert made.is_new and made.orders > 100 and expected <= found.keys()
    assert found[State.CLOSED] > made.orders / 2
    assert await db.fetch(sql(_ASTRAY, now=now)) == [] == await db.fetch(_UNLOGGED)
    counted = await recount.recount(now)
    assert (counted.order_differences, counted.month_differences, counted.is_first) == (0, 0, False)
    assert await db.fetchval(_WAITING) == 0
    before = await db.fetchrow(_COUNTS)
    assert before is not None and all(before.values())
    assert (await load_past(demo, now, days=DAYS, a_day=A_DAY)).is_new is False
    assert await db.fetchrow(_COUNTS) == before
