"""`servicerequestupdates`: how a source's own requests went on, and what it says of them itself.

What a source says moves no order by itself: an open one is urged in its words, and one that was closed too early is
opened again, as by any reporter. Whatever it says is stored once, by the number that it gives it.
"""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import msgspec

from backend import db
from backend.accounts import queries as accounts
from backend.errors import BadRequest
from backend.intake.open311.server import filters
from backend.intake.open311.server.requests import RequestUnknown
from backend.intake.open311.wire import statuses, times
from backend.intake.open311.wire.forms import PostedForm
from backend.intake.open311.wire.statuses import UpdateStatus
from backend.intake.sources.structs import Source
from backend.orders import verbs as orders
from backend.orders.actions.errors import UrgedLately
from backend.orders.model.errors import MoveForbidden
from backend.orders.model.states import ENDED, State
from backend.orders.reads import own_steps
from backend.orders.reads.own_steps import OwnStep
from backend.orders.transitions.transition import TransitionContext
from backend.orders.verifying.errors import NotClosedYet, ReopenedBefore, TooLateToReopen
from backend.sql import sql
from backend.words import NOTE, REASON

_USUALLY = timedelta(days=1)
_OPENS_AGAIN = (UpdateStatus.OPEN, UpdateStatus.REOPEN)
_FIND = """
    SELECT r.id, o.id AS order_id, o.state
    FROM work_order o JOIN intake_record record ON record.order_id = o.id
    JOIN open311_request r ON r.record_id = record.id
    WHERE r.source_id = :source_id AND r.way = 'filed' AND o.number = :number ORDER BY r.id DESC LIMIT 1
"""
_ADD = """
    INSERT INTO open311_update (request_id, way, update_no, status, words, media_urls, at, state, created_at, done_at)
    VALUES (:request_id, 'in', :update_no, :status, :words, :media_urls, :at, 'done', :now, :now)
    ON CONFLICT ON CONSTRAINT open311_update_once DO NOTHING RETURNING id
"""


class UpdateRepeated(BadRequest):
    """An update of this number is there. Nothing was changed."""

    code = "open311-update-repeated"


class PostedUpdate(msgspec.Struct, frozen=True, kw_only=True):
    number: str
    update_no: str
    status: UpdateStatus
    at: datetime
    words: str
    media_urls: list[str]


async def list_updates(query: Mapping[str, str], source: Source, base_url: str, now: datetime) -> list[dict[str, Any]]:
    """Oldest first: without dates those of a day. Raises SpanTooLong, DateUnreadable."""
    since, until = filters.span(query, now, _USUALLY)
    steps = await own_steps.list_own_steps(source.account_id, since, until, now, most=filters.MOST)
    return [
        _row(step, base_url) for step in steps if statuses.says_something(step.move, step.from_state, step.to_state)
    ]


def read(form: PostedForm, now: datetime) -> PostedUpdate:
    """Check a form. Raises FieldMissing, FieldTooLong, StatusUnknown, DateUnreadable."""
    said = form.value("updated_datetime", most=40)
    return PostedUpdate(
        number=form.required("service_request_id", most=40),
        update_no=form.required("update_id", "update_id_ext", most=80),
        status=statuses.read(form.required("status", most=40)),
        at=min(times.read(said, "updated_datetime"), now) if said else now,
        words=form.value("description", most=NOTE),
        media_urls=[each for each in form.all_of("media_url", "media_url[]") if len(each) <= 500][:9],
    )


async def take(update: PostedUpdate, source: Source, now: datetime) -> str:
    """Store what a source says of its request, and let it count. Returns our number of it.

    Raises RequestUnknown, UpdateRepeated.
    """
    async with db.transaction():
        request = await db.fetchrow(sql(_FIND, source_id=source.id, number=update.number))
        if request is None:
            raise RequestUnknown
        fields = {name: getattr(update, name) for name in ("update_no", "words", "media_urls", "at")}
        values = fields | {"request_id": request["id"], "status": update.status.value, "now": now}
        update_id = await db.fetchval(sql(_ADD, **values))
        if update_id is None:
            raise UpdateRepeated
        await _let_count(update, request["order_id"], State(request["state"]), source, now)
    return str(update_id)


async def _let_count(update: PostedUpdate, order_id: int, state: State, source: Source, now: datetime) -> None:
    """As far as the order's state lets it: what is stored is read beside the order in any case."""
    by = TransitionContext(actor=await accounts.get_actor(source.account_id), now=now)
    if state not in ENDED:
        with suppress(UrgedLately, MoveForbidden):
            async with db.savepoint():
                await orders.urge(order_id, update.words, by)
    elif state is State.CLOSED and update.status in _OPENS_AGAIN and update.words:
        with suppress(NotClosedYet, ReopenedBefore, TooLateToReopen, MoveForbidden):
            async with db.savepoint():
                await orders.say_unsolved(order_id, update.words[:REASON], by)


def _row(step: OwnStep, base_url: str) -> dict[str, Any]:
    status = statuses.detailed(step.to_state, step.move)
    row: dict[str, Any] = {
        "update_id": str(step.id),
        "service_request_id": step.number,
        "status": status.value,
        "updated_datetime": times.written(step.at),
        "description": step.words or step.merged_into or "",
        "media_url": base_url + step.photos[0].large_url if step.photos else "",
    }
    if step.to_state is State.HANDLED:
        row["external_status_code"] = statuses.VERIFY
    return row
