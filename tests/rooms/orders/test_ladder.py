"""Rungs ring once, in time, and for the right people; a dry run tells nobody."""

from datetime import datetime, timedelta

import msgspec
import pytest

from backend import db
from backend.accounts.structs import Role
from backend.calendars.rules import SHANGHAI
from backend.orders import jobs
from backend.orders import verbs as orders
from backend.orders.deadlines.escalation import escalating
from backend.orders.deadlines.escalation.levels import EscalationLevel, RecipientRole
from backend.orders.deadlines.escalation.reads import list_escalations
from backend.orders.deadlines.explaining import dry_run
from backend.orders.deadlines.stages import Stage
from backend.orders.model.inputs import AskExtension, AskSuspension, Decide
from backend.orders.transitions.transition import TransitionContext
from push import queries as push
from tests.makers.orders import make_accepted, make_closed, make_handled, make_order, make_photos
from tests.makers.town import TOWN, make_actor, make_town
from tests.makers.worker import work


@pytest.fixture(autouse=True)
async def _ladder_of_the_country(database):
    """The default ladder is kept between tests; rungs of a test's own are not."""
    yield
    await db.execute("TRUNCATE escalation")
    await db.execute("DELETE FROM escalation_rung WHERE area_code <> ''")


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


async def rung_for(order_id: int, stage: Stage | None = None) -> list[tuple[str, int]]:
    story = await list_escalations(order_id)
    return [(one.stage, one.at_percent) for one in story if stage in (None, one.stage)]


async def titles(account_id: int) -> list[str]:
    return [message.title_zh.split(":")[0] for message in (await push.list_messages(account_id, limit=50)).items]


async def grant(town, order_id: int, now: datetime) -> None:
    await orders.decide(order_id, Decide(is_granted=True), TransitionContext(actor=town.dispatcher, now=now))


async def test_nothing_rings_before_its_time_and_everything_when_it_comes(now):
    town = await make_town(now)
    order_id = await make_accepted(town, now)
    rang = [await escalating.escalate_due(now + minutes(at)) for at in (0, 7, 7.5, 8, 12, 15, 22.5, 30)]

    resolve = [percent for _, percent in await rung_for(order_id, Stage.RESOLVE)]
    assert resolve == [50, 80, 100, 150, 200]
    assert rang[0] == 0
    assert sum(rang) == len(await rung_for(order_id)) == await db.fetchval("SELECT count(*) FROM escalation")


async def test_a_new_order_is_first_looked_at_when_its_first_level_may_be_reached(now):
    town = await make_town(now)
    order_id = (await make_order(town, now)).receipt.order_id
    order = await db.fetchrow("SELECT opened_at, respond_by, ladder_at FROM work_order WHERE id = $1", order_id)

    assert order["ladder_at"] == order["opened_at"] + (order["respond_by"] - order["opened_at"]) / 2
    assert await escalating.escalate_due(order["ladder_at"] - timedelta(seconds=1)) == 0
    assert await escalating.escalate_due(order["ladder_at"]) == 1
    assert await rung_for(order_id) == [("respond", 50)]


async def test_an_order_that_knew_the_levels_of_before_is_woken_a_little_later(database, now):
    town = await make_town(now)
    await escalating.add_level(
        EscalationLevel(area_code=TOWN, stage=Stage.RESPOND, at_percent=10, who=RecipientRole.UNIT)
    )
    order_id = (await make_order(town, now)).receipt.order_id
    await db.execute("UPDATE work_order SET ladder_at = $2 WHERE id = $1", order_id, now + timedelta(days=1))
    waiting = await db.fetch("SELECT entrypoint, payload FROM pgqueuer WHERE entrypoint = $1", escalating.WAKE_JOB)

    await jobs.enqueued(lambda: now)[waiting[-1]["entrypoint"]](msgspec.json.decode(waiting[-1]["payload"]))

    assert await escalating.escalate_due(now + minutes(4)) == 1


async def test_a_second_look_at_the_same_minute_rings_nothing(now):
    town = await make_town(now)
    await make_accepted(town, now)

    assert await escalating.escalate_due(now + minutes(16)) > 0
    assert await escalating.escalate_due(now + minutes(16)) == 0


async def test_waking_every_ladder_again_rings_nothing_twice(now):
    town = await make_town(now)
    await make_accepted(town, now)
    rang = await escalating.escalate_due(now + minutes(16))

    await db.execute("UPDATE work_order SET ladder_at = '-infinity'")

    assert await escalating.escalate_due(now + minutes(16)) == 0
    assert await db.fetchval("SELECT count(*) FROM event_log WHERE name = 'OrderEscalated'") == rang


async def test_the_right_people_are_told(database, now):
    town = await make_town(now)
    street = await make_actor("镇管理员", Role.STREET_ADMIN, TOWN)
    district = await make_actor("区管理员", Role.DISTRICT_ADMIN, TOWN[:6])
    await make_accepted(town, now)

    for passed in (13, 23, 30):
        await escalating.escalate_due(now + minutes(passed))
        await work(database)

    assert "处置时限已用 80%" in await titles(town.handlers[0].account_id)
    assert "处置超时,已达时限的 150%" in await titles(town.dispatcher.account_id)
    assert "处置超时,已达时限的 150%" in await titles(street.account_id)
    assert "处置超时,已达时限的 200%" in await titles(district.account_id)


async def test_of_several_levels_that_are_due_at_once_only_the_highest_speaks_to_everybody_on_them(database, now):
    town = await make_town(now)
    await make_accepted(town, now)

    await escalating.escalate_due(now + minutes(16))
    await work(database)

    for person in (town.handlers[0], town.dispatcher):
        assert [said for said in await titles(person.account_id) if said.startswith("处置")] == ["处置超时"]


async def test_where_nobody_stands_on_a_rung_the_next_further_up_is_told(database, now):
    town = await make_town(now)
    district = await make_actor("区管理员", Role.DISTRICT_ADMIN, TOWN[:6])
    await make_accepted(town, now)

    await escalating.escalate_due(now + minutes(23))
    await work(database)

    assert "处置超时,已达时限的 150%" in await titles(district.account_id)


async def test_a_finished_order_rings_for_the_verifier_only(now):
    town = await make_town(now)
    order_id = await make_handled(town, now)

    await escalating.escalate_due(now + minutes(240))

    assert await rung_for(order_id) == [("verify", 80), ("verify", 100)]


async def test_a_closed_order_never_rings(now):
    town = await make_town(now)
    await make_closed(town, now)

    assert await escalating.escalate_due(now + timedelta(days=3)) == 0
    assert await db.fetchval("SELECT ladder_at FROM work_order") is None


async def test_a_suspended_order_does_not_ring_and_goes_on_afterwards(now):
    town = await make_town(now)
    order_id = await make_accepted(town, now)
    handler = town.handlers[0]
    await orders.ask_suspension(order_id, AskSuspension(reason="等配件"), TransitionContext(actor=handler, now=now))
    await grant(town, order_id, now + minutes(1))

    assert await escalating.escalate_due(now + minutes(60)) == 0
    await orders.resume(order_id, TransitionContext(actor=handler, now=now + minutes(61)))
    await escalating.escalate_due(now + minutes(61 + 7))

    assert await rung_for(order_id, Stage.RESOLVE) == [("resolve", 50)]


async def test_more_time_means_that_the_ladder_is_climbed_anew(now):
    town = await make_town(now)
    order_id = await make_accepted(town, now)
    await escalating.escalate_due(now + minutes(12))
    asked = AskExtension(minutes=15, reason="车多")
    await orders.ask_extension(order_id, asked, TransitionContext(actor=town.handlers[0], now=now + minutes(12)))
    await grant(town, order_id, now + minutes(12))

    await escalating.escalate_due(now + minutes(13))
    assert [percent for _, percent in await rung_for(order_id, Stage.RESOLVE)] == [50, 80]
    await escalating.escalate_due(now + minutes(24))

    assert [percent for _, percent in await rung_for(order_id, Stage.RESOLVE)] == [50, 80, 50, 80]


async def test_at_night_only_what_is_urgent_rings_and_the_rest_in_the_morning(now):
    town = await make_town(now)
    evening = now.replace(hour=21, minute=0)
    plain = (await make_order(town, evening, item="C102", photo_ids=await make_photos(town.resident))).receipt.order_id
    urgent = (await make_order(town, evening, item="B101", photo_ids=await make_photos(town.resident))).receipt.order_id
    night, morning = evening + timedelta(hours=5), (evening + timedelta(hours=10)).replace(minute=0)

    await escalating.escalate_due(night)
    assert await rung_for(plain) == []
    assert ("resolve", 200) in await rung_for(urgent)
    await escalating.escalate_due(morning)

    assert ("respond", 100) in await rung_for(plain)


async def test_a_street_may_keep_a_ladder_of_its_own(now):
    town = await make_town(now)
    order_id = await make_accepted(town, now)

    await escalating.add_level(
        EscalationLevel(area_code=TOWN, stage=Stage.RESOLVE, at_percent=90, who=RecipientRole.STREET)
    )
    await escalating.escalate_due(now + minutes(60))

    assert await rung_for(order_id, Stage.RESOLVE) == [("resolve", 90)]


async def test_a_dry_run_names_who_would_be_told_and_tells_nobody(now):
    town = await make_town(now)
    order_id = await make_accepted(town, now)

    told = await dry_run(now + minutes(15), now)

    resolve = [(one.at_percent, one.who, one.people) for one in told if one.stage == "resolve"]
    assert resolve == [
        (50, "handler", [town.handlers[0].name]),
        (80, "handler", [town.handlers[0].name]),
        (100, "supervisor", [town.dispatcher.name]),
    ]
    assert await rung_for(order_id) == []


async def test_a_dry_run_until_the_night_names_who_is_told_in_the_evening(now):
    town = await make_town(now)
    evening = now.astimezone(SHANGHAI).replace(hour=20)
    await make_accepted(town, evening)

    told = await dry_run(evening + timedelta(hours=3), evening)

    assert ("resolve", 100) in [(one.stage, one.at_percent) for one in told]


async def test_a_rung_out_of_use_rings_no_more(now):
    town = await make_town(now)
    order_id = await make_accepted(town, now)
    await escalating.add_level(
        EscalationLevel(area_code=TOWN, stage=Stage.RESOLVE, at_percent=90, who=RecipientRole.STREET)
    )
    own = await db.fetchval("SELECT id FROM escalation_rung WHERE area_code = $1", TOWN)

    await escalating.remove_level(own)
    await escalating.escalate_due(now + minutes(14))

    assert [percent for _, percent in await rung_for(order_id, Stage.RESOLVE)] == [50, 80]


async def test_hundreds_of_orders_may_be_late_at_once(now):
    town = await make_town(now)
    first = await make_accepted(town, now)
    await db.execute(_COPIES, first, 450)

    rang = await escalating.escalate_due(now + minutes(60))

    assert rang == await db.fetchval("SELECT count(*) FROM event_log WHERE name = 'OrderEscalated'")
    assert rang > 450 * 5


_COPIES = """
    INSERT INTO work_order (number, state, item_id, priority, area_code, loc, source_kind, handler_id, unit_id,
        opened_at, respond_by, resolve_by, accepted_at)
    SELECT 'copy-' || nr, state, item_id, priority, area_code, loc, source_kind, handler_id, unit_id,
        opened_at, respond_by, resolve_by, accepted_at FROM work_order, generate_series(1, $2) AS nr WHERE id = $1
"""
