"""Sources over HTTP: add and close them, renew their keys, set their class tables, see how they are doing."""

from datetime import date
from typing import Annotated

from litestar import Controller, get, post, put
from litestar.params import JSONBody, PathParameter, QueryParameter

from backend.accounts.permissions import Permission
from backend.calendars.rules import shanghai_date
from backend.intake.outgoing import endpoints
from backend.intake.outgoing.structs import EndpointDraft, EndpointView, NewEndpoint
from backend.intake.records import figures
from backend.intake.records.structs import DayFigures
from backend.intake.sources import classes, keeping, queries
from backend.intake.sources.structs import ClassRow, Credential, Source, SourceDraft, SourceSettings
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import requires
from backend.structs import Read, Write

SourceName = Annotated[str, PathParameter(min_length=2, max_length=40, description="The name of a source / 来源")]
Day = Annotated[date | None, QueryParameter(description="A day of Shanghai")]
_DISPATCHES = (requires(Permission.DISPATCH_ORDERS),)
_KEEPS = (requires(Permission.KEEP_SOURCES),)


class NewKey(Read, frozen=True, kw_only=True):
    """Shown once."""

    key: str


class NewSecret(Read, frozen=True, kw_only=True):
    """Shown once; what is signed with the one before counts for a day."""

    secret: str


class ClassTable(Write, frozen=True, kw_only=True):
    classes: list[ClassRow]


class IntakeSourcesController(Controller):
    path = "/intake-sources"
    tags = ("intake",)

    @get(operation_id="list_intake_sources", guards=_DISPATCHES, summary="The sources of one's areas")
    async def list_sources(self, ctx: Ctx) -> list[Source]:
        return await queries.list_of(ctx.actor)

    @post(operation_id="add_intake_source", guards=_KEEPS, summary="Add a source; key and secret are shown this once")
    async def add(self, ctx: Ctx, data: JSONBody[SourceDraft]) -> Credential:
        return await keeping.add(data, ctx.actor, ctx.runtime.personal_seal, ctx.now)

    @put("/{source:str}", operation_id="change_intake_source", guards=_KEEPS, summary="Set its area, datum and limits")
    async def change(self, ctx: Ctx, source: SourceName, data: JSONBody[SourceSettings]) -> Source:
        return await keeping.change(source, data, ctx.actor)

    @post(
        "/{source:str}/key",
        operation_id="renew_intake_key",
        status_code=200,
        guards=_KEEPS,
        summary="A new key; the one before serves no more",
    )
    async def renew_key(self, ctx: Ctx, source: SourceName) -> NewKey:
        return NewKey(key=await keeping.renew_key(source, ctx.actor))

    @post(
        "/{source:str}/secret",
        operation_id="renew_intake_secret",
        status_code=200,
        guards=_KEEPS,
        summary="A new secret of its webhooks; the one before counts for a day",
    )
    async def renew_secret(self, ctx: Ctx, source: SourceName) -> NewSecret:
        return NewSecret(secret=await keeping.renew_secret(source, ctx.actor, ctx.runtime.personal_seal, ctx.now))

    @post(
        "/{source:str}/closing",
        operation_id="close_intake_source",
        status_code=200,
        guards=_KEEPS,
        summary="Take nothing more from it; what it filed goes on",
    )
    async def close(self, ctx: Ctx, source: SourceName) -> Source:
        return await keeping.close(source, ctx.actor, ctx.now)

    @get("/{source:str}/classes", operation_id="list_intake_classes", guards=_DISPATCHES, summary="Its class table")
    async def list_classes(self, ctx: Ctx, source: SourceName) -> list[ClassRow]:
        return await classes.list_classes((await queries.get_visible(source, ctx.actor)).id)

    @put("/{source:str}/classes", operation_id="set_intake_classes", guards=_KEEPS, summary="Put another in its place")
    async def set_classes(self, ctx: Ctx, source: SourceName, data: JSONBody[ClassTable]) -> list[ClassRow]:
        return await keeping.set_classes(source, data.classes, ctx.actor)

    @get(
        "/{source:str}/figures",
        operation_id="list_intake_figures",
        guards=_DISPATCHES,
        summary="What came and what became of it, by day of Shanghai; of 31 days at the most",
    )
    async def list_figures(self, ctx: Ctx, source: SourceName, first: Day = None, last: Day = None) -> list[DayFigures]:
        found = await queries.get_visible(source, ctx.actor)
        return await figures.list_days(found.id, *figures.span(first, last, shanghai_date(ctx.now)))

    @get("/{source:str}/endpoint", operation_id="get_webhook_endpoint", guards=_DISPATCHES, summary="Where it hears")
    async def show_endpoint(self, ctx: Ctx, source: SourceName) -> EndpointView:
        return await endpoints.get_endpoint(source, ctx.actor)

    @put(
        "/{source:str}/endpoint",
        operation_id="set_webhook_endpoint",
        guards=_KEEPS,
        summary="Where it hears what becomes of its records, with a new secret that is shown this once",
    )
    async def set_endpoint(self, ctx: Ctx, source: SourceName, data: JSONBody[EndpointDraft]) -> NewEndpoint:
        """Signed after the Standard Webhooks specification; the secret of before signs too for a day."""
        return await endpoints.set_endpoint(source, data, ctx.actor, ctx.runtime.personal_seal, ctx.now)

    @post(
        "/{source:str}/endpoint/stopping",
        operation_id="stop_webhook_endpoint",
        status_code=200,
        guards=_KEEPS,
        summary="Send nothing more there",
    )
    async def stop_endpoint(self, ctx: Ctx, source: SourceName) -> EndpointView:
        return await endpoints.stop_endpoint(source, ctx.actor)
