"""Join two phones of one person, the same for the API and for the page, behind the rate limits of sessions."""

from typing import Annotated

from msgspec import Meta

from backend import account_merges
from backend.account_merges import Merged, MergeWaiting
from backend.accounts import service as accounts
from backend.accounts.structs import Actor, MergeLink
from backend.routes.http import quotas
from backend.routes.http.request_context import RequestContext
from backend.structs import Write


class OpenedMergeLink(Write, frozen=True, kw_only=True):
    """The token of the link that was opened or scanned."""

    token: Annotated[str, Meta(min_length=1, max_length=100)]


class MergeConfirmation(Write, frozen=True, kw_only=True):
    """The number that the other phone shows."""

    number: Annotated[str, Meta(pattern="^[0-9]+$", min_length=6, max_length=6, description="Six digits.")]


async def make_link(ctx: RequestContext) -> MergeLink:
    """A link of this session. Raises TooMany, MergeOfStaff."""
    await quotas.take_by_address(ctx, "device-address")
    return await accounts.make_merge_link(ctx.request.auth.session_id, ctx.settings.base_url, ctx.now)


async def request(ctx: RequestContext, actor: Actor, token: str) -> MergeWaiting:
    """Wait to be joined by a link. Raises TooMany, and what `account_merges.request` does."""
    await quotas.take_by_address(ctx, "sign-in-address")
    return await account_merges.request(token, actor, ctx.now)


async def merge(ctx: RequestContext, number: str) -> Merged:
    """Agree to the one that waits under this number. Raises TooMany, and what `account_merges.merge` does."""
    await quotas.take_by_address(ctx, "sign-in-address")
    merged, parties = await account_merges.merge(number, ctx.actor, ctx.now, quotas.network_of(ctx.request))
    # PostgreSQL tells every process, a moment later: the next page of either may come sooner.
    for account_id in (parties.giver_id, parties.requester_id):
        ctx.runtime.standings.on_change(str(account_id))
    return merged
