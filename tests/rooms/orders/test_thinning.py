"""Where a handler was is forgotten long after the order has ended; what it proved is not."""

from datetime import timedelta

import pytest

from backend import config, db, runtimes, timetable
from backend.config import SettingMissing
from backend.geo.points import Datum, Fix
from backend.orders import reads
from backend.orders import verbs as orders
from backend.orders.arrivals import retention
from backend.orders.cases.merging import Merge
from backend.orders.model.inputs import CheckInInput, Verify
from backend.orders.transitions.transition import TransitionContext
from backend.orders.verifying.closing import as_reporter
from tests.makers.orders import finish, make_accepted, make_arrived, make_order
from tests.makers.town import DOOR, SmallTown, make_town

pytestmark = pytest.mark.usefixtures("database", "photo_room")
KEEP_FOR = timedelta(days=30)
LATER, TOO_EARLY = timedelta(days=31), timedelta(days=29)
RAW = "num_nonnulls(raw_lng, raw_lat, raw_datum, fixed_at)"


async def make_closed_after_arrival(town: SmallTown, now) -> int:
    order_id = await make_arrived(town, now)
    await finish(order_id, town.handlers[0], now)
    await orders.verify(order_id, Verify(result="pass"), TransitionContext(actor=town.verifier, now=now))
    return order_id


async def raw_of(order_id: int) -> list[int]:
    """Of each arrival, how much of the raw fix is left, out of four facts."""
    rows = await db.fetch(f"SELECT {RAW} AS facts FROM check_in WHERE order_id = $1 ORDER BY id", order_id)
    return [row["facts"] for row in rows]


async def thin(now, *, is_dry_run: bool = False) -> int:
    return (await orders.prune_fixes(KEEP_FOR, now, is_dry_run=is_dry_run)).thinned


async def test_the_raw_fix_of_an_order_that_was_closed_long_ago_goes_once(now):
    town = await make_town(now)
    order_id = await make_closed_after_arrival(town, now)

    assert (await thin(now + TOO_EARLY), await raw_of(order_id)) == (0, [4])
    assert (await thin(now + LATER), await raw_of(order_id)) == (1, [0])
    assert await thin(now + LATER) == 0


async def test_what_the_verifier_reads_is_the_same_before_and_after(now):
    town = await make_town(now)
    order_id = await make_accepted(town, now)
    fix = Fix(lng=DOOR.lng, lat=DOOR.lat, accuracy_m=700, is_mock=True, age_s=300, datum=Datum.WGS84)
    scanned = CheckInInput(code=town.code, point=fix)
    await orders.check_in(order_id, scanned, TransitionContext(actor=town.handlers[0], now=now))
    await finish(order_id, town.handlers[0], now)
    await orders.verify(order_id, Verify(result="pass"), TransitionContext(actor=town.verifier, now=now))
    before = await _read(order_id, town, now)

    await thin(now + LATER)

    assert await raw_of(order_id) == [0]
    assert await _read(order_id, town, now) == before
    arrival = next(step.arrival for step in before if step.arrival)
    assert (arrival.grade, arrival.accuracy_m) == ("weak", 700)
    assert {"mock"} <= set(arrival.doubts)
    kept = await db.fetchrow("SELECT age_s, is_mock, distance_m FROM check_in")
    assert (kept["age_s"], kept["is_mock"], round(kept["distance_m"])) == (300, True, 0)


async def test_a_dry_run_counts_and_changes_nothing(now):
    town = await make_town(now)
    order_id = await make_closed_after_arrival(town, now)

    assert await thin(now + LATER, is_dry_run=True) == 1
    assert await raw_of(order_id) == [4]


async def test_an_order_that_goes_on_keeps_its_fixes_however_old_they_are(now):
    town = await make_town(now)
    open_id = await make_arrived(town, now)
    reopened_id = await make_closed_after_arrival(town, now)
    reporter = as_reporter(town.resident.account_id)
    await orders.reopen(reopened_id, "又堆起来了", TransitionContext(actor=reporter, now=now))

    assert await thin(now + 10 * LATER) == 0
    assert (await raw_of(open_id), await raw_of(reopened_id)) == ([4], [4])


async def test_a_cancelled_and_a_merged_order_are_counted_from_their_end(now):
    town = await make_town(now)
    cancelled_id, merged_id = await make_arrived(town, now), await make_arrived(town, now)
    into_id = (await make_order(town, now)).receipt.order_id
    end = TransitionContext(actor=town.dispatcher, now=now + timedelta(days=5))
    await orders.cancel(cancelled_id, "误报", end)
    await orders.merge(merged_id, Merge(into_id=into_id, reason="同一件"), end)

    assert await thin(now + LATER) == 0
    assert await thin(now + LATER + timedelta(days=5)) == 2


async def test_what_is_disputed_keeps_its_fixes_until_its_photos_are_let_go(now):
    town = await make_town(now)
    order_id = await make_closed_after_arrival(town, now)
    await db.execute("UPDATE photo SET hold_reason = 'quarrel' WHERE id IN (SELECT photo_id FROM photo_attachment)")

    assert (await thin(now + LATER, is_dry_run=True), await thin(now + LATER)) == (0, 0)
    await db.execute("UPDATE photo SET hold_reason = NULL")
    assert (await thin(now + LATER), await raw_of(order_id)) == (1, [0])


async def test_more_than_one_batch_goes_in_one_night(now, monkeypatch):
    town = await make_town(now)
    order_ids = [await make_closed_after_arrival(town, now) for _ in range(5)]
    monkeypatch.setattr(retention, "_BATCH", 2)

    assert await thin(now + LATER) == 5
    assert [await raw_of(order_id) for order_id in order_ids] == [[0]] * 5


async def test_the_step_and_its_own_position_stay_as_they_were(now):
    town = await make_town(now)
    order_id = await make_closed_after_arrival(town, now)
    steps = "SELECT jsonb_agg(to_jsonb(s) ORDER BY id)::text FROM order_step s WHERE order_id = $1"
    before = await db.fetchval(steps, order_id)

    await thin(now + LATER)

    assert await db.fetchval(steps, order_id) == before


async def test_the_night_forgets_by_the_towns_setting(now):
    town = await make_town(now)
    order_id = await make_closed_after_arrival(town, now)
    settings = config.from_environment({"DATABASE_URL": "-", "YIMA_MODE": "demo", "YIMA_FIX_DAYS": "30"})
    timed = timetable.timed(
        timetable.Keeping(runtimes.retention(settings), runtimes.fixes_for(settings), LATER, LATER), lambda: now + LATER
    )

    await timed["orders.thin_fixes"].run()

    assert await raw_of(order_id) == [0]


@pytest.mark.parametrize("days", ["7", "0", "-1", "ten", "", "40000"])
def test_a_time_that_is_none_stops_the_start(days):
    with pytest.raises(SettingMissing, match="YIMA_FIX_DAYS"):
        config.from_environment({"DATABASE_URL": "-", "YIMA_MODE": "demo", "YIMA_FIX_DAYS": days})


async def _read(order_id: int, town: SmallTown, now):
    return (await reads.get_order(order_id, town.verifier, now)).steps
