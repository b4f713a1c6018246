"""Join two phones of one person, the same for the API and for the page, behind the rate limits of sessions."""

from typing import Annotated

from msgspec import Meta

from backend import account_merges
from backend.account_merges import Merged
from backend.accounts import service as accounts
from backend.accounts.structs import Actor, MergeLink
from backend.routes.http import quotas
from backend.routes.http.request_context import RequestContext
from backend.structs import Write


class MergeConfirmation(Write, frozen=True, kw_only=True):
    """The token of the link that was opened or scanned."""

    token: Annotated[str, Meta(min_length=1, max_length=100)]


async def make_link(ctx: RequestContext) -> MergeLink:
    """A link of this session. Raises TooMany, MergeOfStaff."""
    await quotas.take_by_address(ctx, "device-address")
    return await accounts.make_merge_link(ctx.request.auth.session_id, ctx.settings.base_url, ctx.now)


async def merge(ctx: RequestContext, actor: Actor, token: str) -> Merged:
    """Make one of this account and the one whose link it is. Raises TooMany, and what `account_merges.merge` does."""
    await quotas.take_by_address(ctx, "sign-in-address")
    merged = await account_merges.merge(token, actor, ctx.now, quotas.network_of(ctx.request))
    # PostgreSQL tells every process, a moment later: the next page of this one may come sooner.
    ctx.runtime.standings.on_change(str(actor.account_id))
    return merged
