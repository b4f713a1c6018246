"""Live pages by server-sent events: `{"type","id","version"}`, never contents; the page asks again for what it may see.

A stream is closed after ten minutes so that proxies and phones recycle it; the browser comes back by itself with
Last-Event-ID, and what happened in between is replayed. Where a stream cannot be had (a proxy that holds it back, too
many pages open), `live_changes.py` answers the same by polling.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated

import msgspec
from litestar import Controller, get
from litestar.params import FromPath, QueryParameter
from litestar.response import ServerSentEvent, ServerSentEventMessage

from backend.accounts.errors import SessionEnded
from backend.accounts.scope import sees_area, sees_pool, sees_unit
from backend.accounts.structs import Actor
from backend.accounts.tokens import Pass
from backend.errors import TooMany
from backend.events import queries
from backend.events.facts import Recorded
from backend.events.live import LiveMessage, Subscription
from backend.events.queries import Cursor
from backend.reports import queries as reports
from backend.routes.http.auth import SEALED
from backend.routes.http.current_access import CHECKED_NOW, AccessCache
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import signed_in
from backend.routes.http.request_context import RequestContext, WebRuntime

WithOffers = Annotated[bool, QueryParameter(name="offers", description="Also what happens to offers to grab nearby")]
ShownAt = Annotated[
    int | None,
    QueryParameter(
        ge=0,
        le=253_402_300_799_000,
        description="When the page was made, in ms since 1970: what happened since is told at once."
        " Last-Event-ID goes before it",
    ),
]
PAGES_MOST = 8
"""Live pages of one person, or of one tracking link, at the same time and in one process."""
_PING_S = 15.0
_LIFE_S = 600.0
_HEADERS = {"X-Accel-Buffering": "no", "Cache-Control": "no-store"}


class TooManyLivePages(TooMany):
    """So many are open that this one is told to poll."""

    code = "too-many-live-pages"


class LiveController(Controller):
    path = "/live"
    tags = ("live",)

    @get(
        operation_id="live",
        guards=[signed_in],
        opt=CHECKED_NOW,
        summary="Everything that happens within one's scope, as it happens",
    )
    async def live(self, ctx: Ctx, offers: WithOffers = False, shown_at: ShownAt = None) -> ServerSentEvent:
        matches = filter_for(ctx.actor, with_offers=offers)
        return stream(ctx, matches, f"account:{ctx.actor.account_id}", shown_at, ctx.request.auth)


@get(
    "/r/{token:str}/live",
    operation_id="live_tracking",
    opt=SEALED,
    tags=["live"],
    summary="Everything that happens to one report",
)
async def live_tracking(ctx: Ctx, token: FromPath[str], shown_at: ShownAt = None) -> ServerSentEvent:
    order_id, _ = await reports.get_tracked(token)
    return stream(
        ctx, lambda event: event.subject == "order" and event.subject_id == order_id, f"token:{token}", shown_at
    )


def filter_for(actor: Actor, *, with_offers: bool = False) -> Callable[[Recorded], bool]:
    """Which events this actor hears: those of the area, of the unit within it, and those that name the account.

    `with_offers`: what happens to offers nearby, too.
    """

    def matches(event: Recorded) -> bool:
        return (
            actor.account_id in event.account_ids
            or sees_area(actor, event.area_code)
            or sees_unit(actor, event.area_code, event.unit_id)
            or (with_offers and event.subject == "offer" and sees_pool(actor, event.area_code))
        )

    return matches


def stream(
    ctx: RequestContext,
    matches: Callable[[Recorded], bool],
    owner: str,
    shown_at: int | None,
    opened: Pass | None = None,
) -> ServerSentEvent:
    """What the page hears, for as long as the session under which it was opened stands. Raises TooManyLivePages."""
    if ctx.runtime.live_hub.count_of(owner) >= PAGES_MOST:
        raise TooManyLivePages(most=PAGES_MOST)
    since = queries.parse_cursor(ctx.request.headers.get("last-event-id", ""))
    if since is None and shown_at is not None:
        since = datetime.fromtimestamp(shown_at / 1000, UTC)
    listener = _Listener(ctx.runtime.standings, opened, ctx.actor) if opened else None
    return ServerSentEvent(_messages(ctx.runtime, matches, owner, since, listener), headers=_HEADERS)


@dataclass(frozen=True, slots=True)
class _Listener:
    standings: AccessCache
    opened: Pass
    actor: Actor

    async def stands(self) -> bool:
        """Whether the session goes on and its holder may still do the same."""
        try:
            return await self.standings.rely(self.opened) == self.actor
        except SessionEnded:
            return False

    def watching(self, subscription: Subscription) -> AbstractContextManager[None]:
        return self.standings.watching(self.actor.account_id, subscription.nudge)


async def _messages(
    runtime: WebRuntime,
    matches: Callable[[Recorded], bool],
    owner: str,
    since: Cursor | datetime | None,
    listener: _Listener | None,
) -> AsyncIterator[ServerSentEventMessage]:
    async with runtime.live_hub.subscribe(matches, owner) as subscription:
        with listener.watching(subscription) if listener else nullcontext():
            async for message in _messages_of(runtime, subscription, since, listener):
                yield message


async def _messages_of(
    runtime: WebRuntime, subscription: Subscription, since: Cursor | datetime | None, listener: _Listener | None
) -> AsyncIterator[ServerSentEventMessage]:
    clock, closing = runtime.clock, runtime.live_hub.closing
    here = await queries.get_cursor()
    resumes_at = since if isinstance(since, Cursor) else here
    yield ServerSentEventMessage(event="hello", id=str(resumes_at), retry=2000, data=_hello(clock()))
    for message in await _missed(since, here) if since else ():
        if message.event is None or subscription.matches(message.event):
            yield _message(message)
    ends_at = clock().timestamp() + _LIFE_S
    while clock().timestamp() < ends_at and not closing.is_set():
        message = await subscription.next(_PING_S)
        if listener and not await listener.stands():
            return
        yield ServerSentEventMessage(comment="ping") if message is None else _message(message)


async def _missed(since: Cursor | datetime, here: Cursor) -> list[LiveMessage]:
    """What happened since a page's cursor, or since it was made; one request to ask everything again when too much."""
    is_cursor = isinstance(since, Cursor)
    events = await (queries.list_since(since) if is_cursor else queries.list_after(since))
    if events is None:
        return [LiveMessage(here)]
    # The old transaction bound is kept: a line that breaks in the middle of the replay loses nothing.
    xmin = since.xmin if is_cursor else here.xmin
    return [LiveMessage(Cursor(event.id, xmin), event) for event in events]


def _hello(now: datetime) -> str:
    """The server's clock, so that countdowns do not trust the phone's."""
    return msgspec.json.encode({"now": now}).decode()


def _message(message: LiveMessage) -> ServerSentEventMessage:
    event = message.event
    if event is None:
        return ServerSentEventMessage(id=str(message.cursor), data='{"type":"refresh"}')
    data = {"type": event.name, "id": event.subject_id, "version": event.version}
    return ServerSentEventMessage(id=str(message.cursor), data=msgspec.json.encode(data).decode())
