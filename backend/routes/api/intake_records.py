"""The intake desk over HTTP: what waits for a person, and what a person does with it."""

from typing import Annotated

from litestar import Controller, get, post
from litestar.params import FromQuery, JSONBody, QueryParameter

from backend.accounts.permissions import Permission
from backend.intake.records import deciding, queries, reading
from backend.intake.records.queries import RecordTab
from backend.intake.records.structs import (
    RawMessage,
    Receipt,
    RecordDecision,
    RecordDetail,
    RecordMending,
    RecordRow,
    TurnAway,
)
from backend.intake.sources import queries as sources
from backend.intake.structs import ReporterContact
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import requires, signed_in
from backend.routes.http.parameters import Cursor, Id, Limit
from backend.structs import Page

SourceFilter = Annotated[str | None, QueryParameter(name="source", max_length=40, description="Only of this source")]
_DISPATCHES = (requires(Permission.DISPATCH_ORDERS),)


class IntakeRecordsController(Controller):
    path = "/intake-records"
    tags = ("intake",)

    @get(operation_id="list_intake_records", guards=_DISPATCHES, summary="What came in, the latest first")
    async def list_records(
        self,
        ctx: Ctx,
        tab: FromQuery[RecordTab] = RecordTab.WAITING,
        source: SourceFilter = None,
        limit: Limit = 50,
        cursor: Cursor = None,
    ) -> Page[RecordRow]:
        source_id = (await sources.get_source(source)).id if source else None
        return await queries.list_records(ctx.actor, tab, source_id=source_id, cursor=cursor, limit=limit)

    @get("/{record_id:int}", operation_id="get_intake_record", guards=_DISPATCHES, summary="One of them")
    async def show(self, ctx: Ctx, record_id: Id) -> RecordDetail:
        return await queries.get_record(record_id, ctx.actor)

    @post(
        "/{record_id:int}/decision",
        operation_id="decide_intake_record",
        status_code=200,
        guards=_DISPATCHES,
        summary="Say what it is and where: its order is opened",
    )
    async def decide(self, ctx: Ctx, record_id: Id, data: JSONBody[RecordDecision]) -> Receipt:
        """409 where somebody was first."""
        return await deciding.decide(record_id, data, ctx.actor, ctx.now)

    @post(
        "/{record_id:int}/mending",
        operation_id="mend_intake_record",
        status_code=200,
        guards=_DISPATCHES,
        summary="Correct what was read, and try again",
    )
    async def mend(self, ctx: Ctx, record_id: Id, data: JSONBody[RecordMending]) -> Receipt:
        return await deciding.mend(record_id, data, ctx.actor, ctx.now)

    @post(
        "/{record_id:int}/retry",
        operation_id="retry_intake_record",
        status_code=200,
        guards=_DISPATCHES,
        summary="Try again as it is: the class table or a place may have changed",
    )
    async def retry(self, ctx: Ctx, record_id: Id) -> Receipt:
        return await deciding.retry(record_id, ctx.actor, ctx.now)

    @post(
        "/{record_id:int}/turning-away",
        operation_id="turn_intake_record_away",
        status_code=200,
        guards=_DISPATCHES,
        summary="退回来源: it is not ours, with a reason that the source is told",
    )
    async def turn_away(self, ctx: Ctx, record_id: Id, data: JSONBody[TurnAway]) -> Receipt:
        return await deciding.turn_away(record_id, data.reason, ctx.actor, ctx.now)

    @post(
        "/{record_id:int}/messages",
        operation_id="open_intake_messages",
        status_code=200,
        guards=_DISPATCHES,
        summary="Read the sealed messages as they came; who did is written down",
    )
    async def open_messages(self, ctx: Ctx, record_id: Id) -> list[RawMessage]:
        return await reading.open_messages(record_id, ctx.actor, ctx.now)

    @post(
        "/{record_id:int}/contact",
        operation_id="open_intake_contact",
        status_code=200,
        guards=[signed_in],
        summary="Read who told the source, to call; who did is written down",
    )
    async def open_contact(self, ctx: Ctx, record_id: Id) -> ReporterContact:
        """For whoever dispatches there, and whoever handles the order of it while that is open."""
        return await reading.open_contact(record_id, ctx.actor, ctx.now)
