"""Broadcasts: whom they reach, what is counted, and the ladder of those who stay silent."""

from datetime import timedelta

import asyncpg
import pytest

from backend import db
from backend.accounts import service as accounts
from backend.accounts.structs import Grant, Role
from backend.emergencies import broadcasts, ladder, modes, numbers, receipt_reads, receipts, report
from backend.emergencies.errors import (
    BroadcastAnswerMissing,
    BroadcastUnknown,
    ChoicesMissing,
    EmergencyOver,
    NobodyToReach,
    NotInCommand,
    NumberNotDue,
)
from backend.emergencies.structs import BroadcastAnswerInput, BroadcastDraft, LadderStep
from backend.structs import IdempotencyKey
from push import broadcast_deliveries
from tests.makers.emergencies import as_actor, begin, make_group, make_head, make_people, send
from tests.makers.town import TOWN, make_actor, make_town
from tests.makers.worker import work

pytestmark = pytest.mark.usefixtures("database")
SEEN = BroadcastAnswerInput()


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


async def test_it_reaches_everybody_of_the_group_once_and_its_sender_needs_no_receipt(now, database):
    await make_town(now)
    head, deputy = await make_head(), await make_actor("副指挥长", Role.DISPATCHER, TOWN)
    people = await make_people(5)
    emergency_id = await begin(head, now)
    group_id = await make_group(head, deputy)

    broadcast_id = await send(emergency_id, head, now, group_id=group_id)
    await work(database)

    found = await receipt_reads.list_receipts(broadcast_id)
    assert {each.account_id for each in found} == {*people, deputy.account_id}
    rows = await db.fetch("SELECT account_id, path, priority FROM message WHERE kind = 'BroadcastSent'")
    assert sorted(row["account_id"] for row in rows) == sorted([*people, deputy.account_id])
    assert {(row["path"], row["priority"]) for row in rows} == {(f"/broadcasts/{broadcast_id}", "P0")}


async def test_without_a_group_it_goes_to_everybody_on_duty_in_the_area(now):
    town, head = await make_town(now), await make_head()
    emergency_id = await begin(head, now)

    broadcast_id = await send(emergency_id, head, now)

    assert [each.account_id for each in await receipt_reads.list_receipts(broadcast_id)] == [
        town.handlers[0].account_id
    ]


async def test_nobody_to_reach_too_few_choices_and_a_stranger_are_refused(now):
    town, head = await make_town(now, handlers=0), await make_head()
    emergency_id = await begin(head, now)
    with pytest.raises(NobodyToReach):
        await send(emergency_id, head, now)
    for choices in ([], ["安全"], ["安全", "安全"]):
        with pytest.raises(ChoicesMissing):
            await send(emergency_id, head, now, answer_kind="choice", choices=choices)
    with pytest.raises(NotInCommand):
        await send(emergency_id, town.verifier, now)


async def test_the_deputy_of_a_group_may_send_without_a_desk_of_the_area(now):
    await make_town(now)
    head, deputy = await make_head(), await make_actor("副指挥长", Role.INSPECTOR, TOWN)
    emergency_id = await begin(head, now)

    assert await send(emergency_id, deputy, now, group_id=await make_group(head, deputy))


async def test_who_holds_no_role_there_any_more_leads_nobody(now):
    town = await make_town(now)
    head, deputy = await make_head(), await make_actor("副指挥长", Role.INSPECTOR, TOWN)
    emergency_id = await begin(head, now)
    broadcast_id = await send(emergency_id, head, now, group_id=await make_group(head, deputy, Role.VERIFIER))

    await accounts.ungrant(deputy.account_id, Grant(Role.INSPECTOR, TOWN))

    with pytest.raises(NotInCommand):
        await send(emergency_id, deputy, now)
    with pytest.raises(BroadcastUnknown):
        await receipt_reads.see_broadcast(broadcast_id, deputy)
    again = await send(emergency_id, head, now, group_id=await make_group(head, deputy, Role.VERIFIER))
    assert [each.account_id for each in await receipt_reads.list_receipts(again)] == [town.verifier.account_id]


async def test_a_form_that_is_sent_twice_sends_once(now):
    await make_town(now)
    head = await make_head()
    emergency_id = await begin(head, now)
    key, draft = IdempotencyKey("one-tap"), BroadcastDraft(text="集合")

    first = await broadcasts.send(emergency_id, draft, head, now, key)

    assert await broadcasts.send(emergency_id, draft, head, now, key) == first
    assert await db.fetchval("SELECT count(*) FROM broadcast_receipt") == 1


async def test_seen_and_answered_are_counted_exactly_with_the_time_that_it_took(now):
    await make_town(now)
    head = await make_head()
    people = await make_people(4)
    emergency_id = await begin(head, now)
    broadcast_id = await send(
        emergency_id, head, now, group_id=await make_group(head), answer_kind="choice", choices=["安全", "求援"]
    )

    await receipts.see(broadcast_id, as_actor(people[0]), now + minutes(1))
    for place, (person, choice) in enumerate(zip(people[1:], (0, 1, 1), strict=True), start=1):
        said = BroadcastAnswerInput(choice=choice)
        await receipts.answer(broadcast_id, said, as_actor(person), now + minutes(place * 2))

    [found] = await receipt_reads.list_broadcasts(emergency_id)
    assert (found.people, found.seen, found.answered, found.silent) == (4, 4, 3, 1)
    assert found.by_choice == [1, 2]
    assert (found.median_min, found.p90_min) == (pytest.approx(4), pytest.approx(5.6))
    order = await receipt_reads.list_receipts(broadcast_id)
    assert order[0].account_id == people[0], "the silent one first"


async def test_a_later_answer_says_something_else_and_was_given_when_the_first_was(now):
    await make_town(now)
    head = await make_head()
    [person] = await make_people(1)
    emergency_id = await begin(head, now)
    broadcast_id = await send(emergency_id, head, now, group_id=await make_group(head), answer_kind="text")
    actor = as_actor(person)
    with pytest.raises(BroadcastAnswerMissing):
        await receipts.answer(broadcast_id, SEEN, actor, now)

    await receipts.answer(broadcast_id, BroadcastAnswerInput(text="水深20厘米"), actor, now + minutes(1))
    own = await receipts.answer(broadcast_id, BroadcastAnswerInput(text="水深40厘米"), actor, now + minutes(9))

    assert (own.answered_at, own.answer) == (now + minutes(1), "水深40厘米")
    with pytest.raises(BroadcastUnknown):
        await receipts.answer(broadcast_id, SEEN, head, now)


async def test_whoever_stays_silent_goes_up_the_ladder_each_step_once(now, database):
    await make_town(now)
    head, deputy = await make_head(), await make_actor("副指挥长", Role.DISPATCHER, TOWN)
    people = await make_people(3)
    emergency_id = await begin(head, now)
    broadcast_id = await send(emergency_id, head, now, group_id=await make_group(head, deputy), minutes=20)
    for answered in (deputy.account_id, people[0]):
        await receipts.answer(broadcast_id, SEEN, as_actor(answered), now + minutes(1))

    taken = [await ladder.escalate(now + minutes(after)) for after in (9, 10, 10, 19, 20, 30, 39, 40, 41)]
    await work(database)

    assert taken == [0, 2, 0, 0, 2, 2, 0, 2, 0]
    rows = await db.fetch(
        "SELECT account_id, path FROM message WHERE kind = 'BroadcastUnanswered' ORDER BY event_id, account_id"
    )
    reminded, deputies, *_ = rows[:2], rows[2], rows[3:]
    assert [row["account_id"] for row in reminded] == people[1:]
    assert (deputies["account_id"], deputies["path"]) == (deputy.account_id, f"/broadcasts/{broadcast_id}/receipts")
    assert head.account_id in {row["account_id"] for row in rows[3:]}


@pytest.mark.parametrize("step", list(LadderStep))
def test_the_steps_follow_one_another(step):
    from datetime import UTC, datetime

    sent = datetime(2026, 8, 1, tzinfo=UTC)
    share = {LadderStep.REMIND: 15, LadderStep.DEPUTY: 30, LadderStep.HEAD: 45, LadderStep.CALL: 60}[step]

    assert ladder.due_at(sent, sent + minutes(30), step) == sent + minutes(share)


async def test_a_number_is_opened_only_of_whoever_is_to_be_called_and_never_without_a_trace(now):
    town, head = await make_town(now), await make_head()
    people = await make_people(2)
    emergency_id = await begin(head, now)
    broadcast_id = await send(emergency_id, head, now, group_id=await make_group(head), minutes=10)
    first, second = sorted(await receipt_reads.list_receipts(broadcast_id), key=lambda each: each.account_id)
    with pytest.raises(NumberNotDue):
        await numbers.open_number(broadcast_id, first.id, head, now)
    await ladder.escalate(now + minutes(20))
    await receipts.answer(broadcast_id, SEEN, as_actor(people[1]), now + minutes(21))

    assert await numbers.open_number(broadcast_id, first.id, head, now + minutes(22)) == "13800000001"
    with pytest.raises(NumberNotDue):
        await numbers.open_number(broadcast_id, second.id, head, now + minutes(22))
    with pytest.raises(BroadcastUnknown):
        await numbers.open_number(broadcast_id, first.id, town.verifier, now)
    assert await db.fetchval("SELECT opened_by_id FROM silent_number_opening") == head.account_id
    with pytest.raises(asyncpg.RestrictViolationError):
        await db.execute("DELETE FROM silent_number_opening")


async def test_nothing_is_sent_answered_or_escalated_after_the_end(now):
    await make_town(now)
    head = await make_head()
    [person] = await make_people(1)
    emergency_id = await begin(head, now)
    broadcast_id = await send(emergency_id, head, now, group_id=await make_group(head), minutes=10)
    await modes.end(emergency_id, "解除", head, now + minutes(1))

    with pytest.raises(EmergencyOver):
        await send(emergency_id, head, now + minutes(2))
    with pytest.raises(EmergencyOver):
        await receipts.answer(broadcast_id, SEEN, as_actor(person), now + minutes(2))
    assert await ladder.escalate(now + timedelta(hours=5)) == 0
    assert await receipts.list_unanswered(person) == []


async def test_whoever_answers_needs_no_message_on_the_phone_any_more(now, database):
    await make_town(now)
    head = await make_head()
    people = await make_people(2)
    emergency_id = await begin(head, now)
    broadcast_id = await send(emergency_id, head, now, group_id=await make_group(head))
    await work(database)

    await receipts.see(broadcast_id, as_actor(people[0]), now + minutes(1))
    await work(database)

    read = await db.fetch("SELECT account_id FROM message WHERE kind = 'BroadcastSent' AND read_at IS NOT NULL")
    assert [row["account_id"] for row in read] == [people[0]]
    counts = await broadcast_deliveries.count(await receipt_reads.list_addressed(emergency_id))
    assert [each.delivered for each in counts.values()] == [1]


async def test_the_report_says_what_happened_and_whose_the_open_orders_are(now, database):
    from backend.emergencies import pdf
    from qr.printing.fonts import find_font
    from tests.makers.duty import open_order

    town, head = await make_town(now), await make_head()
    before = await open_order(now - minutes(5))
    emergency_id = await begin(head, now)
    await open_order(now + minutes(1))
    broadcast_id = await send(emergency_id, head, now)
    await receipts.answer(broadcast_id, SEEN, town.handlers[0], now + minutes(3))
    await modes.end(emergency_id, "解除", head, now + minutes(60))

    emergency = await receipt_reads.see_command(emergency_id, head)
    made = await report.make_report(emergency, head, now + minutes(61))

    assert (made.orders.opened, made.orders.closed, made.orders.still_open) == (1, 0, 2)
    assert [order.handler for order in made.open_orders] == ["巡查员1", "巡查员1"]
    assert before.number in {order.number for order in made.open_orders}
    assert made.broadcasts[0].median_min == pytest.approx(3)
    assert [entry.kind.value for entry in made.entries][:1] == ["begun"]
    elsewhere = await make_actor("别处居委", Role.COMMITTEE, f"{TOWN}002")
    told = await report.make_report(emergency, elsewhere, now + minutes(61))
    assert (told.orders.still_open, told.open_orders) == (2, []), "an order is named to its staff alone"
    document = pdf.render(made, {broadcast_id: 1}, find_font())
    assert document.startswith(b"%PDF-")
