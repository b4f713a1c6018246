"""People in a lift: its maintenance company has the order, and the property is called in the same minute.

The lift is locked meanwhile, so that a fact that is delivered twice calls nobody twice.
"""

from collections.abc import Sequence

from backend import clock, db
from backend.events.facts import Recorded, reread
from backend.lifts import queries
from backend.lifts.overdue import scene_of
from backend.lifts.structs import LiftView
from backend.orders import verbs as orders
from backend.orders.assignment.structs import Opening
from backend.orders.model.events import OrderDispatched

_LIFT_OF = f"""
    {queries.VIEW} JOIN work_order o ON o.place_id = lift.place_id
    WHERE o.id = $1 AND o.parent_id IS NULL FOR UPDATE OF lift
"""
_IS_CALLED = "SELECT EXISTS (SELECT FROM work_order WHERE parent_id = $1)"


async def call_property(recorded: Sequence[Recorded]) -> None:
    """A sub-order for the property of the lift, unless it is called already or does the rescue itself."""
    for entry in recorded:
        fact = reread(entry, OrderDispatched)
        if fact.item_code != queries.TRAPPED:
            continue
        row = await db.fetchrow(_LIFT_OF, fact.subject_id)
        lift = queries.view_of(row) if row else None
        if lift is None or lift.property_unit_id in (None, lift.maintenance_unit_id):
            continue
        if not await db.fetchval(_IS_CALLED, fact.subject_id):
            await orders.open(_call(lift, fact), now=clock.now())


def _call(lift: LiftView, fact: OrderDispatched) -> Opening:
    return Opening(
        item_code=queries.TRAPPED,
        scene=scene_of(lift),
        actor=None,
        actor_role="system",
        source_kind="co_handling",
        reporter_kinds=None,
        description=f"{fact.number}: 电梯 {lift.lift_no} 困人,请到现场安抚并配合救援"
        f" / people in lift {lift.lift_no}: go there, talk to them and help",
        unit_id=lift.property_unit_id,
        parent_id=fact.subject_id,
    )
