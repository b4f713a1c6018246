"""转办: a member of staff has an order done by another system. It stays ours: a person here says when it is done.

What goes over is the item, where it is, the words of whoever sends it on, and pictures that were released to the
public: nothing of whoever reported it.
"""

from datetime import datetime
from uuid import uuid4

from backend import db
from backend.accounts.permissions import Permission, may_within
from backend.accounts.structs import Actor
from backend.errors import Forbidden
from backend.intake.open311.client import peers
from backend.intake.open311.client.errors import NotToBeSent, SentOnBefore, ServiceUnnamed
from backend.intake.open311.client.structs import SendOn
from backend.intake.sources import classes
from backend.jobs import queue
from backend.orders.model.errors import OrderNotFound
from backend.orders.model.states import ENDED, State
from backend.sql import sql

SEND_JOB = "intake.send_open311"
_ORDER = """
    SELECT o.id, o.state, o.item_id AS item_code, o.area_code,
           EXISTS (SELECT FROM open311_request r JOIN intake_record record ON record.id = r.record_id
                   WHERE record.order_id = o.id AND r.source_id = $2) AS is_theirs
    FROM work_order o WHERE o.id = $1
"""
_ADD = """
    INSERT INTO open311_request (source_id, way, order_id, client_no, service_code, words, state, created_by_id,
        created_at)
    VALUES (:source_id, 'sent', :order_id, :client_no, :service_code, :words, 'waiting', :by_id, :now)
    ON CONFLICT DO NOTHING RETURNING id
"""


async def send_on(order_id: int, sent: SendOn, by: Actor, now: datetime) -> int:
    """Have it sent, after this transaction, as soon as the other side answers. Returns the request's number of ours.

    Raises OrderNotFound, Forbidden, PeerUnknown, NotToBeSent, ServiceUnnamed, SentOnBefore.
    """
    source_id = await peers.find_source_id(sent.peer)
    async with db.transaction():
        order = await db.fetchrow(_ORDER, order_id, source_id)
        if order is None:
            raise OrderNotFound
        if not may_within(by, Permission.DISPATCH_ORDERS, order["area_code"]):
            raise Forbidden(permission=Permission.DISPATCH_ORDERS.value)
        if State(order["state"]) in ENDED or order["is_theirs"]:
            raise NotToBeSent
        service_code = sent.service_code or await classes.find_class(source_id, order["item_code"])
        if not service_code:
            raise ServiceUnnamed
        values = {"source_id": source_id, "order_id": order_id, "client_no": uuid4().hex, "words": sent.words}
        request_id = await db.fetchval(sql(_ADD, **values, service_code=service_code, by_id=by.account_id, now=now))
        if request_id is None:
            raise SentOnBefore
        await queue.enqueue(SEND_JOB, source_id, dedupe_key=f"{SEND_JOB}:{source_id}")
    return request_id
