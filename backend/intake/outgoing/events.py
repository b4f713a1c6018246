"""Which facts a source hears of, and in which words; no words of a person but those that are meant for it."""

from datetime import datetime

import msgspec

from backend.events.facts import Fact
from backend.intake.records.events import RecordFolded, RecordTurnedAway
from backend.orders.model import events as orders

TYPES: dict[type[Fact], str] = {
    orders.OrderDispatched: "record.filed",
    orders.OrderOffered: "record.filed",
    RecordFolded: "record.folded",
    RecordTurnedAway: "record.turned_away",
    orders.OrderAccepted: "order.accepted",
    orders.OrderGrabbed: "order.accepted",
    orders.HandlerArrived: "order.arrived",
    orders.OrderFinished: "order.finished",
    orders.OrderSentBack: "order.sent_back",
    orders.OrderClosed: "order.closed",
    orders.OrderReopened: "order.reopened",
    orders.OrderCancelled: "order.cancelled",
    orders.OrderMerged: "order.merged",
}
BY_NAME = {kind.name(): said for kind, said in TYPES.items()}
OF_RECORDS = frozenset({RecordFolded.name(), RecordTurnedAway.name()})
"""Facts whose subject is a record; that of the others is an order."""


class WebhookData(msgspec.Struct, frozen=True, kw_only=True):
    """What the event is about. `number`: of the order. `note`: why it was turned away."""

    source_no: str
    record_id: int
    number: str | None
    note: str = ""


class WebhookEvent(msgspec.Struct, frozen=True, kw_only=True):
    """The envelope of the specification."""

    type: str
    timestamp: datetime
    data: WebhookData
