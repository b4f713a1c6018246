"""What the forms of the beat share: who fills them in, what they hold, and what their pages offer and count."""

from datetime import datetime
from typing import Any

from litestar.connection import ASGIConnection
from litestar.datastructures import FormMultiDict

from backend.accounts.permissions import Permission, may
from backend.accounts.structs import Actor
from backend.calendars.rules import midnight, shanghai_date
from backend.errors import AppError, Forbidden
from backend.orders import reads
from backend.orders.model.states import State
from backend.orders.reads import own_orders
from backend.orders.reads.own_orders import OpenedOrder
from backend.reports import rules
from backend.routes.http.guards import signed_in
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.forms import new_key, read_key, word, words
from backend.routes.pages.inspectors.place_choice import PlaceChoice
from backend.routes.pages.resident.landing import ReportDraft, stored_words
from backend.web.views import item_choices
from backend.web.views.menu import self_handles_anywhere
from backend.web.views.page import PageContext


async def on_the_beat(connection: ASGIConnection, handler: Any) -> None:
    """Guard: whoever closes at once what they report somewhere."""
    await signed_in(connection, handler)
    if not self_handles_anywhere(connection.scope["user"]):
        raise Forbidden


def draft_of(form: FormMultiDict, note: str) -> ReportDraft:
    """What the form says of the matter. `note`: the field of its words."""
    return ReportDraft(
        idempotency_key=read_key(form, "client_id", 60) or new_key(),
        item=word(form, "other", 8) or word(form, "item", 8),
        description=words(form, note),
    )


def problem_of(page: PageContext, error: AppError, draft: ReportDraft) -> dict[str, str]:
    return base.problem_of(page, error, stored=stored_words(page, draft.photos))


async def facts_of(ctx: RequestContext, page: PageContext, draft: ReportDraft, choice: PlaceChoice) -> dict[str, Any]:
    """What a page of the beat shows besides the form's own fields: the matters, the place, the day in numbers."""
    kinds = rules.reporter_kinds_anywhere(ctx.actor)
    opened = await own_orders.list_opened(ctx.actor.account_id)
    items = await ctx.runtime.offers.open_to(kinds, page.now)
    chips = item_choices.chips(items, item_choices.habit([order.item_code for order in opened]))
    is_rare = bool(draft.item) and draft.item not in [chip.code for chip in chips]
    return {
        "chips": chips,
        "options": await ctx.runtime.offers.options(page, kinds, draft.item if is_rare else ""),
        "is_rare": is_rare,
        "draft": draft,
        "choice": choice,
        "today": _count_today(opened, ctx.now),
        "to_verify": await _count_to_verify(ctx.actor),
        # Kept on the phone for the time without network: the page as it opens, and none with a place or an answer.
        "names_somebody": ctx.request.method != "GET" or bool(ctx.request.query_params),
    }


def _count_today(opened: list[OpenedOrder], now: datetime) -> int:
    begin = midnight(shanghai_date(now))
    return sum(order.opened_at >= begin for order in opened)


async def _count_to_verify(actor: Actor) -> int | None:
    """How many fixes wait for somebody to look at them; None for who does not verify."""
    if not may(actor, Permission.VERIFY_ORDERS):
        return None
    return (await reads.count_open(actor, {State.HANDLED})).get(State.HANDLED.value, 0)
