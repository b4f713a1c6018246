"""来源: every source of one's areas with its health: when it last told anything, what became of it today, how often
it was refused or wrong, how long it took."""

from datetime import datetime, timedelta
from typing import NamedTuple

from litestar import Response, get

from backend.calendars.rules import shanghai_date
from backend.intake.records import figures, waiting
from backend.intake.records.structs import DayFigures
from backend.intake.sources import queries as sources
from backend.intake.sources.structs import Source
from backend.routes.http.dependencies import Ctx
from backend.routes.pages import base
from backend.routes.pages.intake.record_list import DISPATCH

_DAYS = 7
_QUIET_AFTER = timedelta(hours=24)


class SourceHealth(NamedTuple):
    source: Source
    days: list[DayFigures]
    """The last seven of Shanghai on which anything came, the latest first."""
    waiting: int
    is_quiet: bool
    """Nothing for a day: whoever runs it should look."""


@get("/desk/sources", guards=DISPATCH, include_in_schema=False)
async def show_sources(ctx: Ctx) -> Response:
    last = shanghai_date(ctx.now)
    shown: list[SourceHealth] = []
    for source in await sources.list_of(ctx.actor):
        days = await figures.list_days(source.id, last - timedelta(days=_DAYS - 1), last)
        queue = await waiting.view_queue(ctx.actor, source_id=source.id)
        shown.append(SourceHealth(source, days[::-1], queue.waiting, _is_quiet(source, ctx.now)))
    return base.html("intake/source_list.html", await base.page_of(ctx), shown=shown)


def _is_quiet(source: Source, now: datetime) -> bool:
    return source.is_open and (source.last_received_at is None or now - source.last_received_at > _QUIET_AFTER)
