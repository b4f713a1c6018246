"""What an order adds to the measures: on which day, for whom, and how that changes when the order does."""

from datetime import date, timedelta

import pytest

from backend import db
from backend.indicators.counting import increments, noting, recount
from backend.orders import verbs as orders
from backend.orders.model.inputs import Called, CallResult, Return, ReturnReason, Verify
from backend.orders.transitions.transition import TransitionContext
from backend.orders.verifying.closing import as_reporter
from tests.makers.cases import make_join, make_neighbour, merge, unmerge
from tests.makers.indicators import contributions, count_what_happened, require_counted_rightly
from tests.makers.orders import make_accepted, make_closed, make_handled, make_order
from tests.makers.town import COMMITTEE, make_town
from tests.makers.worker import deliver

TODAY = date(2021, 7, 18)
NEXT_DAY = date(2021, 7, 19)
_PASS = Verify(result="pass")
_ALL = "SELECT sum(closed)::int AS closed, sum(reported)::int AS reported FROM indicator_month"


@pytest.fixture
async def town(database, now):
    return await make_town(now)


def by(who, at) -> TransitionContext:
    return TransitionContext(actor=who, now=at)


async def test_an_order_counts_on_the_days_of_its_instants(town, now):
    order_id = await make_closed(town, now)
    await count_what_happened()

    counted = (await contributions(order_id))[TODAY]

    ones = {"opened", "reported", "filed", "found_by_resident", "dispatched", "respond_due", "accepted_in_time"}
    ones |= {"accepted", "arrived", "due", "done_in_time", "done", "done_in_1h", "done_in_4h", "done_in_24h"}
    ones |= {"closed", "closed_on_time", "passes", "arrive_due", "arrived_in_time"}
    assert counted == dict.fromkeys(ones, 1)


async def test_who_acts_a_day_later_acts_on_that_day(town, now):
    order_id = await make_handled(town, now)
    await count_what_happened()
    await orders.verify(order_id, _PASS, by(town.verifier, now + timedelta(days=1)))
    await count_what_happened()

    counted = await contributions(order_id)

    assert counted[NEXT_DAY] == {"closed": 1, "closed_on_time": 1, "closing_minutes": 1440, "passes": 1}
    assert counted[TODAY]["done"] == 1
    assert "closed" not in counted[TODAY]


async def test_a_late_rating_belongs_to_the_day_of_the_closing(town, now):
    order_id = await make_closed(town, now)
    await orders.rate(order_id, 5, "", by(as_reporter(town.resident.account_id), now + timedelta(days=3)))
    await count_what_happened()

    counted = await contributions(order_id)

    assert [counted[TODAY][code] for code in ("rated", "satisfied", "rating_sum")] == [1, 1, 5]
    assert set(counted) == {TODAY}


async def test_an_order_that_is_reopened_was_not_closed(town, now):
    order_id = await make_closed(town, now)
    await count_what_happened()
    await orders.reopen(order_id, "还在", by(as_reporter(town.resident.account_id), now + timedelta(days=1)))
    await count_what_happened()

    counted = await contributions(order_id)

    assert "closed" not in counted[TODAY]
    assert counted[NEXT_DAY]["reopenings"] == 1
    assert dict(await db.fetchrow(_ALL)) == {"closed": None, "reported": 1}


async def test_a_merged_order_stays_reported_and_is_no_case_of_its_own(town, now):
    one, other = [(await make_order(town, now)).receipt.order_id for _ in range(2)]
    await count_what_happened()
    await merge(town, one, other, now)
    await count_what_happened()
    merged = await contributions(one)
    await unmerge(town, one, now)
    await count_what_happened()

    assert merged == {TODAY: {"opened": 1, "reported": 1, "merged": 1, "found_by_resident": 1}}
    assert (await contributions(one))[TODAY]["filed"] == 1
    await require_counted_rightly()


async def test_a_cancelled_order_owes_nothing(town, now):
    order_id = await make_accepted(town, now)
    await count_what_happened()
    await orders.cancel(order_id, "误报", by(town.dispatcher, now + timedelta(days=1)))
    await count_what_happened()

    counted = await contributions(order_id)

    assert counted[NEXT_DAY] == {"cancelled": 1}
    assert not {"filed", "due", "accepted"} & counted[TODAY].keys()
    assert counted[TODAY]["rejected"] == 1


async def test_a_return_is_counted_for_whoever_gave_the_order_back(town, now):
    order_id = await make_accepted(town, now)
    handler = town.handlers[0]
    await orders.give_back(order_id, Return(reason=ReturnReason.NOT_OURS), by(handler, now))
    await count_what_happened()

    row = await db.fetchrow("SELECT unit_id, person_id, filed FROM order_contribution WHERE returns = 1")

    assert tuple(row) == (town.unit_id, handler.account_id, None)
    assert (await contributions(order_id))[TODAY]["returned_once"] == 1


async def test_calls_and_further_reporters_are_heard_of(town, now):
    order_id = await make_closed(town, now)
    await make_join(town, order_id, await make_neighbour(), now)
    await orders.record_call(order_id, Called(result=CallResult.SATISFIED), by(town.dispatcher, now))
    await count_what_happened()

    counted = (await contributions(order_id))[TODAY]

    assert {code: counted[code] for code in ("joins", "called", "call_satisfied")} == {
        "joins": 1,
        "called": 1,
        "call_satisfied": 1,
    }


async def test_facts_note_orders_by_the_wiring_of_the_product(town, now):
    order_id = await make_closed(town, now)

    await deliver()

    assert await noting.list_noted() == [order_id]
    assert await increments.count_touched() == 1
    assert await noting.list_noted() == []


async def test_counting_twice_changes_nothing(town, now):
    order_id = await make_closed(town, now)
    first = await increments.count_orders([order_id])
    before = await db.fetch("SELECT * FROM order_contribution ORDER BY id")

    assert first == [order_id]
    assert await increments.count_orders([order_id]) == []
    assert await db.fetch("SELECT * FROM order_contribution ORDER BY id") == before


async def test_a_first_recount_counts_the_past_and_finds_no_fault(town, now):
    for _ in range(3):
        await make_closed(town, now)
    await count_facts_away()

    done = await recount.recount(now, piece=2)

    assert (done.orders, done.is_first, done.order_differences, done.month_differences) == (3, True, 0, 0)
    assert dict(await db.fetchrow(_ALL)) == {"closed": 3, "reported": 3}


async def test_a_recount_notes_and_mends_what_is_counted_wrongly(town, now):
    order_id = await make_closed(town, now)
    await count_what_happened()
    await recount.recount(now)
    await db.execute("UPDATE order_contribution SET closed = 5 WHERE order_id = $1 AND closed = 1", order_id)
    await db.execute("UPDATE indicator_month SET reported = 7 WHERE reported = 1")

    done = await recount.recount(now)

    # The order mended takes four closings away from sums that never had them: those of the month and along dimensions.
    assert done.order_differences == 1 and done.month_differences >= 2
    found = await db.fetch("SELECT kind, order_id, area_code FROM indicator_difference ORDER BY id")
    assert [tuple(row) for row in found] == [("order", order_id, ""), ("month", None, COMMITTEE)]
    await require_counted_rightly()
    assert (await recount.recount(now)).order_differences == 0


async def test_what_is_on_its_way_is_no_difference(town, now):
    noted = await make_closed(town, now)
    await recount.recount(now)
    told = await make_closed(town, now)
    await noting.note([noted])

    done = await recount.recount(now)

    assert done.differences == 0
    assert (await contributions(told))[TODAY]["closed"] == 1


async def test_minutes_are_added_to_sums_beyond_four_bytes(town, now):
    await make_closed(town, now)
    await count_what_happened()
    await db.execute("UPDATE indicator_month SET closing_minutes = 2147483647")
    await db.execute("UPDATE indicator_marginal SET closing_minutes = 2147483647")
    order_id = await make_handled(town, now)
    await orders.verify(order_id, _PASS, by(town.verifier, now + timedelta(minutes=10)))
    await count_what_happened()

    assert await db.fetchval("SELECT max(closing_minutes) FROM indicator_month") == 2147483657
    assert await db.fetchval("SELECT max(closing_minutes) FROM indicator_marginal") == 2147483657


async def test_new_measures_are_counted_for_the_first_time_and_no_fault_is_found(town, now):
    await make_closed(town, now)
    await count_what_happened()
    await recount.recount(now)
    await db.execute("UPDATE indicator_recount SET measures = 'those before'")
    await db.execute("UPDATE order_contribution SET filed = NULL")

    done = await recount.recount(now)

    assert (done.is_first, done.differences) == (True, 0)
    await require_counted_rightly()


async def count_facts_away() -> None:
    await db.execute("DELETE FROM event_pending")
