"""What makes which earlier message about the same order old news: it stays in the inbox and counts no more as unread.

Whoever was asked to do something that is done by now need not look at it, though nothing new is said to them: a new
order that a colleague has accepted. Of the stages of an order the last one that somebody is told of stands for those
before. What has not gone out to a phone by then, does not.
"""

from collections.abc import Sequence

from backend import db
from backend.events.facts import Recorded
from backend.orders.model import events
from backend.orders.model.events import OrderFact

Kinds = tuple[type[OrderFact], ...]
GIVEN: Kinds = (
    events.OrderDispatched,
    events.OfferEnded,
    events.OrderReturned,
    events.OrderPassedOn,
    events.OrderHandedOver,
    events.OrderRezoned,
    events.OrderReassigned,
)
"""The order is somebody's to take on."""
_TAKEN: Kinds = (events.OrderGrabbed, events.OrderAccepted, events.HandlerArrived, events.OrderMadeSafe)
_DONE: Kinds = (events.OrderFinished, events.ConfirmationAsked, events.OrderPassedOnce, events.OrderReferred)
_ENDED: Kinds = (events.OrderClosed, events.OrderCancelled, events.OrderMerged)
_PRESSING: Kinds = (events.OrderEscalated, events.OrderUrged, events.OrderSupervised, events.OrderClockChanged)
_EASED: Kinds = (events.OrderExtended, events.OrderRecovered)
_TO_DO: Kinds = (*GIVEN, *_PRESSING, events.OrderSentBack, events.OrderResumed, events.RequestAsked)
_OPEN: Kinds = (
    *(*_TO_DO, *_TAKEN, *_DONE, *_EASED),
    *(events.OrderOfferedAgain, events.ArrivalAppealed, events.OrderReopened, events.OrderUnmerged),
)
"""All that is about an order which goes on. Decisions, ratings and objections stay news after its end."""
FOR_ALL: dict[type[OrderFact], Kinds] = {
    **dict.fromkeys(GIVEN, (*GIVEN, events.OrderOfferedAgain, events.OrderEscalated)),
    **dict.fromkeys(_TAKEN, (*GIVEN, events.OrderOfferedAgain)),
    **dict.fromkeys((events.OrderFinished, events.ConfirmationAsked), _TO_DO),
    events.OrderSentBack: _DONE,
    events.RequestDecided: (events.RequestAsked,),
    events.OrderReopened: (*_DONE, *_ENDED),
    **dict.fromkeys(_ENDED, _OPEN),
}
"""By fact: what nobody has to look at any more, whoever was told of it."""
FOR_NOTIFIED: dict[type[OrderFact], Kinds] = {
    **dict.fromkeys(_TAKEN, _TAKEN),
    **dict.fromkeys(_DONE, (*_TAKEN, *_DONE)),
    events.OrderEscalated: (events.OrderEscalated,),
    events.OrderRecovered: (events.OrderRecovered,),
    events.OrderClockChanged: (events.OrderClockChanged,),
}
"""By fact: what is old news for those who are told of this fact too. Not an earlier urge: it had words of its own."""
SUPERSEDING: Kinds = tuple(FOR_ALL.keys() | FOR_NOTIFIED.keys())
_EARLIER = {
    kind.name(): [
        *((each.name(), True) for each in FOR_ALL.get(kind, ())),
        *((each.name(), False) for each in FOR_NOTIFIED.get(kind, ())),
    ]
    for kind in SUPERSEDING
}
# What somebody is reading at this moment needs nobody else to end it.
_SUPERSEDE = """
    WITH old AS (
        SELECT m.id FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::boolean[])
                             AS later (order_id, event_id, kind, is_for_all)
          JOIN message m ON m.order_id = later.order_id AND m.kind = later.kind AND m.event_id < later.event_id
         WHERE m.order_id = ANY($1) AND m.read_at IS NULL AND m.superseded_at IS NULL
           AND (later.is_for_all OR EXISTS (
                SELECT FROM message news WHERE news.account_id = m.account_id AND news.event_id = later.event_id))
    ), locked AS (
        SELECT m.id FROM message m WHERE m.id IN (SELECT id FROM old) ORDER BY m.id FOR UPDATE SKIP LOCKED
    ), superseded AS (
        UPDATE message m SET superseded_at = now() FROM locked WHERE m.id = locked.id AND m.read_at IS NULL
        RETURNING m.id
    )
    UPDATE message_delivery d
       SET state = 'gave_up', outcome = 'superseded', next_at = NULL, claimed_until = NULL, ended_at = now()
     WHERE d.message_id IN (SELECT id FROM superseded) AND d.state = 'queued'
"""


async def supersede(recorded: Sequence[Recorded]) -> None:
    """A reaction, after those that notify of the same facts: what was said before is old news, as the tables say."""
    passed = [(entry.subject_id, entry.id, *earlier) for entry in recorded for earlier in _EARLIER[entry.name]]
    await db.execute(_SUPERSEDE, *map(list, zip(*passed, strict=True)))
