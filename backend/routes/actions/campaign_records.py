"""A record of a campaign, from page or API: its code parsed, its quota taken, filed once."""

from backend.campaigns.records import filing
from backend.campaigns.records.structs import FiledCampaignRecord, NewCampaignRecord
from backend.routes.actions import scanning
from backend.routes.http import quotas
from backend.routes.http.request_context import RequestContext


async def file_from_phone(ctx: RequestContext, task_id: int, said: NewCampaignRecord) -> FiledCampaignRecord:
    """Raises QuotaUsedUp, TooMany, and what `filing.file_record` raises."""
    async with scanning.parsing(ctx, said) as parsed:
        taken = await quotas.take(ctx, "report", ctx.actor)
        filed = await filing.file_record(task_id, parsed, ctx.actor, ctx.runtime.personal_seal, ctx.now)
    await quotas.give_back_unless(filed.is_new, taken)
    return filed
