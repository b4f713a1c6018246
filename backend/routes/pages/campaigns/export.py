"""A campaign's records as a sheet, CSV or XLSX, within the reader's areas: never what is sealed."""

import asyncio

import structlog
from litestar import Response, get
from litestar.params import FromPath

from backend.campaigns import queries
from backend.campaigns.forms import storing
from backend.campaigns.records import reads
from backend.campaigns.records.structs import CampaignRecordView
from backend.errors import BadRequest
from backend.routes.http.current_access import CHECKED_NOW
from backend.routes.http.dependencies import Ctx
from backend.routes.http.parameters import Id
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.campaigns import frame
from backend.structs import encode_cursor
from backend.web.views import campaign_sheet

log = structlog.get_logger(__name__)
RECORDS_MOST, _BATCH = 20_000, 1_000


@get("/campaigns/{campaign_id:int}/export/{kind:str}", guards=frame.READ, opt=CHECKED_NOW, include_in_schema=False)
async def export_records(ctx: Ctx, campaign_id: Id, kind: FromPath[str]) -> Response:
    campaign, write = await queries.get_campaign(campaign_id, ctx.actor), campaign_sheet.WRITERS.get(kind)
    if write is None:
        raise BadRequest
    records = await _all(ctx, campaign_id)
    versions = await storing.list_versions(campaign_id)
    sheet = campaign_sheet.sheet_of(records, [each.content for each in versions], base.reader_of(ctx))
    log.info("campaign_exported", account_id=ctx.actor.account_id, campaign_id=campaign_id, rows=len(records))
    name = f'attachment; filename="campaign-{campaign.id}.{kind}"'
    headers = {"content-disposition": name, "cache-control": "no-store"}
    content = await asyncio.to_thread(write, sheet)
    return Response(content, media_type=campaign_sheet.MEDIA_TYPES[kind], headers=headers)


async def _all(ctx: RequestContext, campaign_id: int) -> list[CampaignRecordView]:
    """The latest RECORDS_MOST, the latest first."""
    found: list[CampaignRecordView] = []
    cursor = None
    while len(found) < RECORDS_MOST:
        some = await reads.list_records(campaign_id, ctx.actor, cursor=cursor, most=_BATCH)
        found += some
        if len(some) < _BATCH:
            break
        cursor = encode_cursor(some[-1].id)
    return found
