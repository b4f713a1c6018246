"""Points: for closed orders alone, within the limits of the day, taken back with a reopening; who stands out."""

from datetime import timedelta

import pytest

from backend import db
from backend.accounts.structs import Role
from backend.orders import verbs as orders
from backend.orders.model.inputs import Verify
from backend.orders.transitions.transition import TransitionContext
from grab_orders.ledgers import pairs, policies, queries, ranking
from grab_orders.ledgers.errors import EntrySettled, EntryUnknown
from grab_orders.ledgers.points import reversing, settling
from grab_orders.ledgers.structs import PointsKind, PointsOutcome, SetRewardRules
from grab_orders.people import own_places
from tests.makers.orders import make_closed, make_handled
from tests.makers.town import COMMITTEE, TOWN, make_actor, make_town
from tests.makers.volunteers import finish_take, make_committee_member, make_volunteer
from tests.makers.worker import deliver


@pytest.fixture
async def town(database, now):
    return await make_town(now)


async def close(town, order_id, now):
    await orders.verify(order_id, Verify(result="pass"), TransitionContext(actor=town.verifier, now=now))


async def lines_of(who):
    return (await queries.list_points(who.account_id, limit=50)).items


async def balance(who):
    return (await queries.points_of(who.account_id)).balance


async def test_points_come_with_the_closing_and_not_with_the_work(town, now):
    who, order_id = await make_volunteer(now), await make_handled(town, now)
    await finish_take(who, order_id, now, now + timedelta(minutes=20), points=12)
    await deliver()
    before = await balance(who)
    await close(town, order_id, now)
    await deliver()
    await settling.settle([order_id], now)

    assert (before, await balance(who)) == (0, 12)
    [line] = await lines_of(who)
    assert (line.kind, line.outcome, line.points) == (PointsKind.WORK, PointsOutcome.COUNTED, 12)


async def test_work_that_is_heard_of_after_the_closing_earns_all_the_same(town, now):
    who, order_id = await make_volunteer(now), await make_closed(town, now)
    await deliver()
    await finish_take(who, order_id, now, now + timedelta(minutes=20))

    assert await balance(who) == 10


async def test_a_reopening_takes_back_and_who_did_not_do_it_again_gets_nothing(town, now):
    first, second = await make_volunteer(now), await make_volunteer(now, "李四")
    order_id = await make_closed(town, now)
    await finish_take(first, order_id, now, now + timedelta(minutes=1))
    assert await balance(first) == 10
    by = TransitionContext(actor=town.resident, now=now + timedelta(hours=1))
    await orders.reopen(order_id, "还在那里", by)
    await deliver()
    reopened = await balance(first)
    later = now + timedelta(hours=2)
    await db.execute(
        "UPDATE work_order SET state = 'closed', accepted_at = $2, closed_at = $2 WHERE id = $1", order_id, later
    )
    await finish_take(second, order_id, later, later + timedelta(minutes=30))

    assert (reopened, await balance(first), await balance(second)) == (0, 0, 10)
    assert [line.kind for line in await lines_of(first)] == [PointsKind.REVERSED, PointsKind.WORK]


async def test_the_same_place_and_item_count_once_a_day_and_the_day_has_a_limit(town, now):
    who = await make_volunteer(now)
    admin = await make_actor("街镇", Role.STREET_ADMIN, TOWN)
    rules = SetRewardRules(hours_day_most=480, points_day_most=15, points_report=2, ranked_from=5)
    await policies.set_rules(COMMITTEE, rules, admin, now)
    closed = [await make_closed(town, now) for _ in range(4)]
    for nr, order_id in enumerate(closed[1:], start=1):
        if nr > 1:
            await db.execute("UPDATE work_order SET item_id = $2 WHERE id = $1", order_id, f"A10{nr}")
    for order_id in closed:
        await finish_take(who, order_id, now, now + timedelta(minutes=1))

    outcomes = [(line.outcome, line.points) for line in reversed(await lines_of(who))]
    assert outcomes == [
        (PointsOutcome.COUNTED, 10),
        (PointsOutcome.REPEAT, 0),
        (PointsOutcome.COUNTED, 5),
        (PointsOutcome.OVER_DAY, 0),
    ]
    assert await balance(who) == 15


async def test_own_reports_and_own_places_earn_nothing_and_reports_of_others_a_little(town, now):
    reporter, owner = await make_volunteer(now), await make_volunteer(now, "店主")
    own, others, fixed = [await make_closed(town, now) for _ in range(3)]
    await db.execute("UPDATE work_order SET opened_by_id = $2 WHERE id = ANY($1)", [own, others], reporter.account_id)
    at_once = "UPDATE work_order SET opened_by_id = $2, handler_id = $2 WHERE id = $1"
    await db.execute(at_once, fixed, reporter.account_id)
    await own_places.note(owner.account_id, [town.place_id], now)
    await finish_take(reporter, own, now, now + timedelta(minutes=1))
    await finish_take(owner, others, now, now + timedelta(minutes=1))
    await settling.settle([fixed], now)

    assert [(line.kind, line.outcome) for line in await lines_of(owner)] == [(PointsKind.WORK, PointsOutcome.OWN_PLACE)]
    found = [(line.kind, line.outcome, line.points) for line in reversed(await lines_of(reporter))]
    assert found == [
        (PointsKind.WORK, PointsOutcome.OWN_REPORT, 0),
        (PointsKind.REPORT, PointsOutcome.COUNTED, 2),
        (PointsKind.REPORT, PointsOutcome.OWN_REPORT, 0),
    ]


async def test_points_are_taken_back_once_by_whoever_looks_after_the_committee(town, now):
    who, keeper = await make_volunteer(now), await make_committee_member()
    await finish_take(who, await make_closed(town, now), now, now + timedelta(minutes=1))
    [line] = await lines_of(who)
    stranger = await make_committee_member(area=f"{TOWN}002")
    with pytest.raises(EntryUnknown):
        await reversing.take_back(line.id, "不实", stranger, now)
    await reversing.take_back(line.id, "不实", keeper, now)
    with pytest.raises(EntrySettled):
        await reversing.take_back(line.id, "不实", keeper, now)
    await settling.settle([await db.fetchval("SELECT max(order_id) FROM points_entry")], now)

    assert await balance(who) == 0, "a closing earns once, also where it was taken back"


async def test_a_pair_stands_out_where_the_same_two_meet_again_and_again(town, now):
    who, keeper = await make_volunteer(now), await make_committee_member()
    friend = await make_volunteer(now, "李四")
    for nr in range(4):
        order_id = await make_closed(town, now)
        if nr < 3:
            await db.execute("UPDATE work_order SET opened_by_id = $2 WHERE id = $1", order_id, friend.account_id)
        await finish_take(who, order_id, now, now + timedelta(minutes=1))
    [pair] = await pairs.list_pairs(keeper, now)

    assert (pair.handler_name, pair.reporter_name, pair.orders, pair.is_mutual) == ("王**", "李**", 3, False)
    assert (pair.share_of_handler, pair.share_of_reporter, len(pair.latest)) == (75, 100, 3)
    assert await pairs.list_pairs(await make_committee_member(area=f"{TOWN}002"), now) == []


async def test_only_who_did_enough_is_ranked_and_no_minor_is(town, now):
    many, few = await make_volunteer(now), await make_volunteer(now, "李四")
    young = await make_volunteer(now, "赵六")
    await db.execute("UPDATE volunteer SET birth_year = $2 WHERE account_id = $1", young.account_id, now.year - 18)
    admin = await make_actor("街镇", Role.STREET_ADMIN, TOWN)
    rules = SetRewardRules(hours_day_most=480, points_day_most=99, points_report=2, ranked_from=2)
    await policies.set_rules(TOWN, rules, admin, now)
    for nr in range(2):
        order_id = await make_closed(town, now)
        await db.execute("UPDATE work_order SET item_id = $2 WHERE id = $1", order_id, f"A10{nr + 1}")
        for person in (many, young, few)[: 3 - nr]:
            await finish_take(person, order_id, now, now + timedelta(minutes=1))
    found = await ranking.get_ranking(few, now)

    assert [(row.place, row.name, row.points, row.orders) for row in found.items] == [(1, "王**", 20, 2)]
    assert (found.ranked, found.least, found.own_orders) == (1, 2, 1)
