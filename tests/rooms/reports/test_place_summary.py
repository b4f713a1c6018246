"""What is kept beside a place is what is true there, whatever changed, whoever changed it, and however late it is."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import pytest

from backend import db
from backend.geo.points import Fix
from backend.orders import verbs as orders
from backend.orders.transitions.transition import TransitionContext
from backend.reports import place_summary, summary_check
from backend.reports.candidates import list_candidates, spot_of
from backend.reports.landing import Door, get_door
from bench.parts.statements import heard_from
from tests.makers.accounts import make_device
from tests.makers.cases import make_join, make_neighbour, merge, unmerge
from tests.makers.orders import make_closed, make_order
from tests.makers.town import DOOR, SmallTown, make_town

pytestmark = pytest.mark.usefixtures("database", "photo_room")

BESIDE = Fix(lng=DOOR.lng + 0.0002, lat=DOOR.lat)
Change = Callable[[SmallTown, int, datetime], Awaitable[object]]


_PHOTO = """
    UPDATE photo SET {} WHERE id IN (SELECT a.photo_id FROM photo_attachment a JOIN order_step s ON s.id = a.subject_id
                                     WHERE a.subject_kind = 'order_step' AND s.order_id = $1)
"""


def _sql(statement: str) -> Change:
    """Somebody at the database's own prompt; `$1` is the order at the door."""
    return lambda town, order_id, now: db.execute(statement, *([order_id] if "$1" in statement else []))


async def _accept(town: SmallTown, order_id: int, now: datetime) -> None:
    await orders.accept(order_id, TransitionContext(actor=town.handlers[0], now=now))


async def _merge_and_part(town: SmallTown, order_id: int, now: datetime) -> None:
    other = (await make_order(town, now)).receipt.order_id
    await look(town, now)
    await merge(town, order_id, other, now)
    await same(town, now)
    await unmerge(town, order_id, now)


CHANGES: dict[str, Change] = {
    "a report at the door": lambda town, _, now: make_order(town, now, item="A301"),
    "a report beside it": lambda town, _, now: make_beside(town, now, "B101"),
    "a report of long ago": lambda town, _, now: make_order(town, now - timedelta(days=90), item="A401"),
    "somebody joins": lambda town, order_id, now: _join(town, order_id, now),
    "it is accepted": _accept,
    "another one is closed": lambda town, _, now: make_closed(town, now),
    "two are merged and parted": _merge_and_part,
    "its photo is released": _sql(_PHOTO.format("visibility = 'released'")),
    "the link of its photo ends": _sql(_PHOTO.format("visibility = 'released', link_version = 7")),
    "it ends": _sql("UPDATE work_order SET state = 'cancelled', cancelled_at = opened_at WHERE id = $1"),
    "it is moved to no place": _sql("UPDATE work_order SET place_id = NULL WHERE id = $1"),
    "it is moved away": _sql(
        "UPDATE work_order SET place_id = NULL, loc = ST_MakePoint(121.6, 31.3)::geography WHERE id = $1"
    ),
    "its matter is another": _sql("UPDATE work_order SET item_id = 'A201' WHERE id = $1"),
    "the matter has another name": _sql("UPDATE item SET name_zh = '共享单车' WHERE code = 'A101'"),
    "the rule is narrower": _sql("UPDATE duplicate_rule SET radius_m = 1"),
    "the rule is shorter": _sql("UPDATE duplicate_rule SET window_min = 0"),
    "the place is moved": _sql("UPDATE place SET loc = ST_MakePoint(121.5539, 31.1787)::geography"),
    "the place is a thing by itself": _sql("UPDATE place SET kind = 'point'"),
}


async def _join(town: SmallTown, order_id: int, now: datetime) -> None:
    await make_join(town, order_id, await make_neighbour(), now)


async def make_beside(town: SmallTown, now: datetime, item: str = "A401") -> None:
    """A report from where no plate is, though so near to the door that it is about the same."""
    order_id = (await make_order(town, now, item=item, code=None, point=BESIDE)).receipt.order_id
    await db.execute("UPDATE work_order SET place_id = NULL WHERE id = $1", order_id)


async def look(town: SmallTown, now: datetime) -> Door:
    return await get_door(town.code, None, now, frequent=3)


async def same(town: SmallTown, now: datetime) -> Door:
    """What a stranger sees, which is what is found out anew without any summary."""
    seen = await look(town, now)
    assert seen.reported == await list_candidates(await spot_of(town.code, None), None, now)
    assert seen.frequent == (await get_door(town.code, town.resident, now, frequent=3)).frequent
    return seen


@pytest.fixture
async def _dictionary(database):
    """Changes of rules and items are undone: later tests read them as they were."""
    rules = await db.fetch("SELECT id, radius_m, window_min FROM duplicate_rule")
    name = await db.fetchval("SELECT name_zh FROM item WHERE code = 'A101'")
    yield
    await db.executemany(
        "UPDATE duplicate_rule SET radius_m = $2, window_min = $3 WHERE id = $1", [tuple(rule) for rule in rules]
    )
    await db.execute("UPDATE item SET name_zh = $1 WHERE code = 'A101'", name)


@pytest.mark.usefixtures("_dictionary")
@pytest.mark.parametrize("change", CHANGES)
async def test_a_stranger_sees_what_changed_at_once(now, change):
    town = await make_town(now)
    order_id = (await make_order(town, now)).receipt.order_id
    await make_beside(town, now)
    before = await same(town, now)

    await CHANGES[change](town, order_id, now)
    after = await same(town, now)

    assert (after.reported, after.frequent) != (before.reported, before.frequent)


async def test_a_second_scan_looks_nothing_up_but_the_summary(now):
    town = await make_town(now)
    await make_order(town, now)
    first = await look(town, now)

    heard = await heard_from(lambda: look(town, now))

    assert [("place_summary s" in said.sql, "duplicate_rule" in said.sql) for said in heard] == [(True, False)]
    assert await look(town, now) == first


async def test_a_phone_that_reported_sees_its_own_report_at_the_next_scan(now):
    town, phone = await make_town(now), await make_device()
    order_id = (await make_order(town, now)).receipt.order_id
    await look(town, now)
    joined = await make_join(town, order_id, phone, now)

    seen = await get_door(town.code, phone, now, frequent=3)

    assert seen.own_tokens == {order_id: joined.receipt.tracking_token}
    assert [each.reporters for each in seen.reported] == [2]
    assert (seen.reported, seen.frequent) == ((await same(town, now)).reported, ["A101"])
    assert len(await heard_from(lambda: get_door(town.code, phone, now, frequent=3))) == 2
    assert (await get_door(town.code, await make_device(), now, frequent=3)).own_tokens == {}


async def test_what_happens_far_away_leaves_the_summary_good(now):
    town = await make_town(now)
    await look(town, now)
    await make_order(town, now, code=None, point=Fix(lng=DOOR.lng + 0.003, lat=DOOR.lat))

    assert len(await heard_from(lambda: look(town, now))) == 1


async def test_time_alone_takes_lines_away(now):
    town = await make_town(now)
    await make_beside(town, now, "A201")
    await make_closed(town, now)
    seen = [len((await same(town, now + timedelta(minutes=minutes))).reported) for minutes in range(0, 600, 30)]

    assert seen[0] == 2 and seen[-1] == 0 and seen == sorted(seen, reverse=True)


async def test_a_report_from_a_moment_ahead_appears_when_it_is_due(now):
    """Clocks of two machines differ by a little."""
    town = await make_town(now)
    await make_order(town, now + timedelta(seconds=5))

    assert (await same(town, now)).reported == []
    assert len((await same(town, now + timedelta(seconds=6))).reported) == 1


async def test_what_is_not_committed_yet_is_not_missed_later(now):
    """A summary is made while somebody's report is under way, whose number is older than the summary."""
    town = await make_town(now)
    async with db.engine().pool.acquire() as other:  # type: ignore[union-attr]
        transaction = other.transaction()
        await transaction.start()
        order_id = await other.fetchval(_COPIED, (await make_order(town, now)).receipt.order_id)
        await same(town, now)
        await transaction.commit()

    assert order_id in [each.order_id for each in (await same(town, now)).reported]


async def test_a_change_that_is_undone_leaves_nothing(now):
    town = await make_town(now)
    order_id = (await make_order(town, now)).receipt.order_id
    await look(town, now)
    async with db.transaction() as transaction:
        await db.execute("UPDATE work_order SET item_id = 'A201' WHERE id = $1", order_id)
        assert [each.item.code for each in (await look(town, now)).reported] == ["A201"]
        await transaction.rollback()

    assert [each.item.code for each in (await same(town, now)).reported] == ["A101"]


async def test_a_recount_finds_what_somebody_made_wrong_and_forgets_it(now):
    town = await make_town(now)
    await make_order(town, now)
    await look(town, now)
    assert await summary_check.check(now) == summary_check.SummaryCheck(good=1, wrong=[])
    await db.execute("UPDATE place_summary SET reported = '[]'")

    found = await summary_check.check(now)

    assert found == summary_check.SummaryCheck(good=1, wrong=[town.place_id])
    assert len((await same(town, now)).reported) == 1


async def test_changes_are_forgotten_when_no_summary_needs_them(now):
    town = await make_town(now)
    await make_order(town, now)
    await look(town, now)
    real = await db.fetchval("SELECT max(noted_at) FROM place_change")

    ended = await db.fetchval("SELECT pg_snapshot_xmin(pg_current_snapshot())::text")
    old = "SELECT count(*) FROM place_change WHERE xid < $1::text::xid8"

    await place_summary.prune(now)
    assert await db.fetchval("SELECT count(*) FROM place_summary") == 1
    await place_summary.prune(max(now, real) + timedelta(hours=2))

    assert await db.fetchval("SELECT count(*) FROM place_summary") == 0
    assert await db.fetchval(old, ended) == 0
    await same(town, now)


_COPIED = """
    INSERT INTO work_order (number, state, item_id, priority, place_id, area_code, grid_code, loc, description,
                            source_kind, opened_by_id, opened_at, respond_by, resolve_by)
    SELECT 'YM-COPY', state, 'A301', priority, place_id, area_code, grid_code, loc, '', source_kind, opened_by_id,
           opened_at, respond_by, resolve_by
    FROM work_order WHERE id = $1 RETURNING id
"""
