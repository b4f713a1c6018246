"""What the live stream says, by polling: all since the ETag of the last answer, and 304 where nothing happened."""

from collections.abc import Callable

from litestar import Response, get

from backend.events import queries
from backend.events.facts import Recorded
from backend.routes.api.live import WithOffers, filter_for
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import signed_in
from backend.structs import Read

POLL_AFTER_S = 15


class LiveChange(Read, frozen=True, kw_only=True):
    """That something happened to this subject; what, the page asks for."""

    type: str
    id: int
    version: int


class LiveChanges(Read, frozen=True, kw_only=True):
    """`is_complete` is false where too much happened, or nothing is known of the cursor: ask for everything again."""

    changes: list[LiveChange]
    is_complete: bool


@get(
    "/live/changes",
    operation_id="list_live_changes",
    guards=[signed_in],
    tags=["live"],
    summary="What happened within one's scope since the ETag sent as If-None-Match",
)
async def list_live_changes(ctx: Ctx, offers: WithOffers = False) -> Response[LiveChanges | None]:
    since = queries.parse_cursor(ctx.request.headers.get("if-none-match", "").strip().strip('"'))
    here = await queries.get_cursor()
    missed = await queries.list_since(since) if since else None
    headers = {"etag": f'"{here}"', "cache-control": "private, no-cache", "retry-after": str(POLL_AFTER_S)}
    if missed is None:
        return Response(LiveChanges(changes=[], is_complete=False), headers=headers)
    concerned = _changes(missed, filter_for(ctx.actor, with_offers=offers))
    if not concerned:
        return Response(None, status_code=304, headers=headers)
    return Response(LiveChanges(changes=concerned, is_complete=True), headers=headers)


def _changes(events: list[Recorded], matches: Callable[[Recorded], bool]) -> list[LiveChange]:
    return [
        LiveChange(type=event.name, id=event.subject_id, version=event.version) for event in events if matches(event)
    ]
