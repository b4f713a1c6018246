"""What hotline cases do when facts arrive: records become orders or are turned away, orders go on or end."""

from collections.abc import Sequence

from backend import clock, db
from backend.events.facts import Recorded, reread
from backend.intake.hotline import acts, following, tasks
from backend.intake.hotline.kinds import ReturnCode
from backend.intake.hotline.messages import Assigned
from backend.intake.hotline.receiving import KINDS
from backend.intake.records import receiving
from backend.intake.records.events import RecordFact
from backend.intake.sources import queries as sources
from backend.intake.sources.structs import Source
from backend.intake.structs import Incoming
from backend.orders.model import events as orders

FOLLOWED = (
    *(orders.OrderReferred, orders.OrderClosed, orders.OrderCancelled),
    *(orders.OrderMerged, orders.OrderUnmerged, orders.OrderTookIn, orders.OrderLetGo),
)
"""The facts after which a case's order may be another one for its platform."""
_WITH_MERGED = """
    WITH RECURSIVE way AS (
        SELECT id, merged_into_id FROM work_order WHERE id = ANY($1::bigint[])
        UNION SELECT o.id, o.merged_into_id FROM way JOIN work_order o ON o.merged_into_id = way.id
    )
    SELECT DISTINCT t.order_id FROM hotline_task t JOIN way ON way.id = t.order_id
"""
_RECEIVED = "SELECT received_at FROM intake_record WHERE id = $1"
_TURNED_AWAY = "SELECT note FROM intake_record WHERE id = $1"


async def follow_orders(recorded: Sequence[Recorded]) -> None:
    """Orders went on, or ended: their platforms are told what they are owed."""
    found = await db.fetch(_WITH_MERGED, [each.subject_id for each in recorded])
    await following.follow([row["order_id"] for row in found], clock.now())


async def bind_records(recorded: Sequence[Recorded]) -> None:
    """A record became an order, at once or by somebody's decision: its case is that order's."""
    for record_id, fact, source in await _of_platforms(recorded):
        if fact.order_id is not None:
            async with db.transaction():
                await _enter(source, fact.source_no, record_id)
                await tasks.bind(source, fact.source_no, fact.order_id, clock.now())


async def return_records(recorded: Sequence[Recorded]) -> None:
    """退单: a person turned a record away, which the platform has to agree to."""
    for record_id, fact, source in await _of_platforms(recorded):
        if receiving.is_unnamed(fact.source_no):
            continue  # nobody knows of which case it was
        async with db.transaction():
            await _enter(source, fact.source_no, record_id)
            task = await tasks.lock_by_number(source.id, fact.source_no)
            reason = await db.fetchval(_TURNED_AWAY, record_id)
            if task.ended_at is None:
                await acts.request_turned_away(task, ReturnCode.NOT_OUR_DUTY, reason, clock.now())


async def _enter(source: Source, task_no: str, record_id: int) -> None:
    """A case that came by another way than as one, or that could not be read at first: with the clock of most."""
    received_at = await db.fetchval(_RECEIVED, record_id)
    task_id = await tasks.enter(source, Assigned(incoming=Incoming(source_no=task_no)), received_at)
    if task_id is not None:
        await tasks.bind_record(task_id, record_id)


async def _of_platforms(recorded: Sequence[Recorded]) -> list[tuple[int, RecordFact, Source]]:
    """The records that came from a hotline or the police, each with its source."""
    facts = [(each.subject_id, reread(each, RecordFact)) for each in recorded]
    known = await sources.list_by_ids({fact.source_id for _, fact in facts})
    found = [(record_id, fact, known.get(fact.source_id)) for record_id, fact in facts]
    return [(record_id, fact, source) for record_id, fact, source in found if source and source.kind in KINDS]
