"""What becomes of orders and records comes back to the devices: folds end, and alarms were right or wrong."""

from collections.abc import Sequence
from datetime import datetime

from backend import clock, db
from backend.events.delivery import Reaction
from backend.events.facts import Fact, Recorded, reread
from backend.intake.records.events import RecordFact, RecordFiled, RecordFolded, RecordTurnedAway
from backend.intake.sensors import ending, filing, recovering
from backend.intake.sensors.events import AlarmsCleared, AlarmsRaised
from backend.orders.cases import merged_orders
from backend.orders.model.events import OrderCancelled, OrderClosed, OrderFinished, OrderMerged

# An order that was sent back for more work meanwhile has not ended, and neither has what is folded into it.
_OF_ORDERS = """
    SELECT f.id, coalesce(o.finished_at, o.closed_at, o.cancelled_at) AS at
    FROM alarm_fold f JOIN work_order o ON o.id = f.order_id
    WHERE f.order_id = ANY($1::bigint[]) AND coalesce(o.finished_at, o.closed_at, o.cancelled_at) IS NOT NULL
    ORDER BY f.id
"""
_OF_RECORDS = """
    SELECT f.id, r.settled_at AS at FROM alarm_fold f JOIN intake_record r ON r.id = f.record_id
    WHERE f.record_id = ANY($1::bigint[]) AND r.settled_at IS NOT NULL ORDER BY f.id
"""
_FILED = """
    UPDATE alarm_fold SET state = 'filed', order_id = $2 WHERE record_id = $1 AND state = 'unsure'
"""
_REFUSED = "UPDATE alarm_fold SET state = 'refused' WHERE id = ANY($1::bigint[]) AND state = 'unsure'"
_MOVED = "UPDATE alarm_fold SET order_id = $2 WHERE order_id = $1"


async def file_raised(_: Sequence[Recorded]) -> None:
    """Alarms were raised: a job files them, as each order takes its time."""
    await filing.request()


async def note_recovered(facts: Sequence[Recorded]) -> None:
    """Alarms went off: orders all of whose alarms are over are told so."""
    fold_ids = {fold_id for fact in facts for fold_id in reread(fact, AlarmsCleared).fold_ids}
    await recovering.note(sorted(fold_ids), clock.now())


async def end_handled(facts: Sequence[Recorded]) -> None:
    """Somebody was there: what is reported from now on is something new."""
    await ending.end(await _of_orders(facts))


async def settle(facts: Sequence[Recorded]) -> None:
    """An order was closed, and its alarms were right; or cancelled, and they were wrong."""
    for kind, is_right in ((OrderClosed, True), (OrderCancelled, False)):
        if ends := await _of_orders([fact for fact in facts if fact.name == kind.name()]):
            await ending.end(ends)
            await ending.judge(list(ends), is_right=is_right)


async def follow_merged(facts: Sequence[Recorded]) -> None:
    """An order goes on as another one, and so does what waits for its end."""
    for fact in facts:
        survivor = await merged_orders.find_survivor(fact.subject_id)
        if survivor != fact.subject_id:
            await db.execute(_MOVED, fact.subject_id, survivor)


async def follow_records(facts: Sequence[Recorded]) -> None:
    """A person decided on an alarm of a device that is not believed: there is an order now, or it was none."""
    refused = [fact.subject_id for fact in facts if fact.name == RecordTurnedAway.name()]
    for fact in facts:
        order_id = reread(fact, RecordFact).order_id
        if order_id is not None:
            await db.execute(_FILED, fact.subject_id, order_id)
    if ends := {row["id"]: row["at"] for row in await db.fetch(_OF_RECORDS, refused)}:
        await ending.end(ends)
        await db.execute(_REFUSED, list(ends))
        await ending.judge(list(ends), is_right=False)


async def _of_orders(facts: Sequence[Recorded]) -> dict[int, datetime]:
    """The folds of these orders, each with the instant at which its order's work ended."""
    order_ids = [fact.subject_id for fact in facts]
    return {row["id"]: row["at"] for row in await db.fetch(_OF_ORDERS, order_ids)} if order_ids else {}


WHEN: dict[type[Fact], tuple[Reaction, ...]] = {
    AlarmsRaised: (file_raised,),
    AlarmsCleared: (note_recovered,),
    OrderFinished: (end_handled,),
    OrderClosed: (settle,),
    OrderCancelled: (settle,),
    OrderMerged: (follow_merged,),
    RecordFiled: (follow_records,),
    RecordFolded: (follow_records,),
    RecordTurnedAway: (follow_records,),
}
