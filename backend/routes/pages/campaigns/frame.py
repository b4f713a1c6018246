"""What every page of one campaign has: the campaign for this reader, the news, and what was refused."""

from collections.abc import Mapping
from typing import Any

from litestar import Response

from backend.accounts.permissions import Permission
from backend.campaigns import rules
from backend.campaigns.structs import CampaignState, CampaignView
from backend.errors import AppError
from backend.routes.http.guards import requires
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.forms import word

READ = [requires(Permission.READ_DESK)]
MAKE = [requires(Permission.DISPATCH_ORDERS)]
CHANGING = (CampaignState.DRAFT, CampaignState.RUNNING)
_DONE_CHARS = 20
DONE = (
    *("saved", "started", "ended", "archived", "copied", "made", "added", "filtered", "listed", "removed", "assigned"),
    *("placed", "moved", "deleted"),
)


async def show(
    ctx: RequestContext, template: str, campaign: CampaignView, error: AppError | None = None, **facts: Any
) -> Response:
    """The page of a campaign, with an error what stood in the way, and the form as it was left."""
    page, query = await base.page_of(ctx), ctx.request.query_params
    done = query.get("done", "")[:_DONE_CHARS]
    return base.html(
        f"campaigns/{template}.html",
        page,
        status=error.status if error else 200,
        campaign=campaign,
        may_make=rules.may_make(ctx.actor, campaign.area_code),
        is_open=campaign.state in CHANGING,
        done=done if done in DONE and error is None else "",
        count=query.get("count", "0")[:6] if query.get("count", "").isdecimal() else "0",
        problem=base.problem_of(page, error) if error else None,
        **facts,
    )


def item_in(form: Mapping[str, Any]) -> str:
    """The item of which orders are opened: out of the whole list, else one that was found by its words."""
    return word(form, "other", 8) or word(form, "item", 8)


def number_in(query: Any, name: str) -> int:
    """A row's number out of the address; 0 for what is none."""
    said = query.get(name, "")
    return int(said) if said.isascii() and said.isdecimal() and len(said) <= 18 else 0
