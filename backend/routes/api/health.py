"""Is the process alive, and can it serve: two questions of operators."""

from litestar import get

from backend.routes.http.current_access import NEVER_CHECKED
from backend.routes.http.dependencies import Ctx
from backend.routes.http.readiness import NotReady, NotReadyReason
from backend.structs import Read


class Health(Read, frozen=True, kw_only=True):
    status: str


class ReadyView(Read, frozen=True, kw_only=True):
    """`reasons`: what an operator should look at though people are served."""

    status: str
    reasons: list[NotReadyReason] = []


@get("/health", opt=NEVER_CHECKED, operation_id="health", tags=["operations"], summary="The process answers")
async def show_health() -> Health:
    """Nothing else is asked."""
    return Health(status="ok")


@get("/ready", opt=NEVER_CHECKED, operation_id="ready", tags=["operations"], summary="The instance can serve")
async def show_ready(ctx: Ctx) -> ReadyView:
    """Database, migrations, PostGIS, disk, worker and waiting jobs; within three seconds. Raises NotReady."""
    reasons = await ctx.runtime.readiness.look()
    if any(each.is_grave for each in reasons):
        raise NotReady(reasons)
    return ReadyView(status="degraded" if reasons else "ready", reasons=reasons)
