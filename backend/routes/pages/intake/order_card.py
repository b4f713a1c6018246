"""What other systems have to do with an order, for its page: who told of it, what devices say, where it was sent on."""

from typing import NamedTuple

from backend.accounts.permissions import Permission, may_within
from backend.accounts.structs import Actor
from backend.intake.open311.client import queries as sent_requests
from backend.intake.open311.client.structs import SentOn, SentRequest
from backend.intake.records import audience
from backend.intake.records import queries as record_reads
from backend.intake.records.structs import OrderRecord
from backend.intake.sensors import queries as sensors
from backend.intake.sensors.queries import OrderAlarm
from backend.intake.sources.structs import SourceKind
from backend.orders.model.states import ENDED, State
from backend.orders.reads.views import OrderDetail
from media.structs import Audience

_KINDS = frozenset(kind.value for kind in SourceKind)


class RecordBehind(NamedTuple):
    """A record behind the order. `is_open`: whether the reader decides on records of its source, so that it opens."""

    record: OrderRecord
    is_open: bool


class IntakeCard(NamedTuple):
    """`may_send`: whether the reader may have another system do it, and there is one."""

    records: list[RecordBehind]
    alarms: list[OrderAlarm]
    sent: list[SentRequest]
    may_send: bool


_LEFT_OUT = SentOn(requests=[], has_peers=False)
_NOTHING = IntakeCard([], [], [], may_send=False)


async def card_of(order: OrderDetail, actor: Actor, *, has_form: bool = False) -> IntakeCard:
    """Nothing for who is not staff of the order. Only what came from a source, or took something in, has records.

    `has_form`: a form of the order is open, which asks for enough: where it was sent on is left out beside it.
    """
    if order.audience is not Audience.STAFF:
        return _NOTHING
    order_ids = [order.id, *(part.id for part in order.merged)]
    may_have_records = order.source_kind in _KINDS or bool(order.merged)
    may_have_alarms = order.source_kind == SourceKind.SENSORS or bool(order.merged)
    records = await record_reads.list_behind(order_ids) if may_have_records else []
    sent = _LEFT_OUT if has_form else await sent_requests.view_sent(order_ids, order.area_code)
    return IntakeCard(
        records=[RecordBehind(each, audience.may_decide(actor, each.area_code)) for each in records],
        alarms=await sensors.list_for_staff(order.id) if may_have_alarms else [],
        sent=sent.requests,
        may_send=sent.has_peers and may_send(order, actor),
    )


def may_send(order: OrderDetail, actor: Actor) -> bool:
    """Whether the reader may have another system do it."""
    return State(order.state) not in ENDED and may_within(actor, Permission.DISPATCH_ORDERS, order.area_code)
