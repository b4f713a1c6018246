"""指挥页: state, broadcasts, log, orders and people on duty of an emergency; less for whoever only works there."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from litestar import Response, get

from backend.accounts import queries as accounts
from backend.campaigns import by_emergency
from backend.duty import queries as duty
from backend.emergencies import directing, groups, queries, receipt_reads, receipts, rights, situation
from backend.emergencies.errors import EmergencyUnknown
from backend.emergencies.structs import LEVELS, AnswerKind, EmergencyView
from backend.errors import AppError
from backend.orders.reads import meanwhile
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import signed_in
from backend.routes.http.parameters import Id
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.forms import new_key
from media.structs import PhotoView

_ORDERS, _ENTRIES = 20, 100


@dataclass(frozen=True, slots=True)
class CommandDraft:
    """The form that was refused, what was written in it, and why."""

    form: str = ""
    typed: dict[str, Any] = field(default_factory=dict)
    photos: list[PhotoView] = field(default_factory=list)
    error: AppError | None = None

    def of(self, form: str) -> Mapping[str, Any]:
        """What was written in this form: nothing in one that was not sent."""
        return defaultdict(str, self.typed if form == self.form else {})


@get("/emergencies/{emergency_id:int}", guards=[signed_in], include_in_schema=False)
async def show_emergency(ctx: Ctx, emergency_id: Id) -> Response:
    return await command_page(ctx, emergency_id)


async def command_page(ctx: RequestContext, emergency_id: int, draft: CommandDraft | None = None) -> Response:
    """Raises EmergencyUnknown for who neither works there nor reads the desk of it."""
    draft, page = draft or CommandDraft(), await base.page_of(ctx)
    emergency = await queries.get_emergency(emergency_id)
    is_of_desk = rights.may_read(ctx.actor, emergency.area_code)
    leads = not is_of_desk and await groups.leads(ctx.actor.account_id, emergency.area_code)
    if not is_of_desk and not leads:
        return await _short_page(ctx, emergency, draft)
    areas = await directing.list_areas(ctx.actor, emergency.area_code)
    return base.html(
        "emergencies/command.html",
        page,
        status=draft.error.status if draft.error else 200,
        emergency=emergency,
        problem=base.problem_of(page, draft.error, page.t("more.kept")) if draft.error else None,
        draft=draft,
        directs=bool(areas) and emergency.is_on,
        commands=emergency.is_on and rights.may_command(ctx.actor, emergency.area_code),
        key=new_key(),
        **await _facts(ctx, emergency, areas),
    )


async def _facts(ctx: RequestContext, emergency: EmergencyView, areas: Sequence[str]) -> dict[str, Any]:
    """`areas`: what the reader directs of it; without all of it the form names those alone who are reached there."""
    area_code, is_on = emergency.area_code, emergency.is_on
    standing = await duty.list_on_duty_within(area_code, ctx.now) if is_on else []
    is_part = is_on and bool(areas) and area_code not in areas
    reached = (
        [each for area in areas for each in await duty.list_on_duty_within(area, ctx.now)] if is_part else standing
    )
    there = await groups.list_groups(area_code) if is_on else []
    return {
        "reached": len({each.account_id for each in reached}),
        "history": await queries.list_levels_of(emergency.id),
        "broadcasts": await receipt_reads.list_broadcasts(emergency.id),
        "entries": await situation.list_entries(emergency.id, ctx.now, ctx.actor, _ENTRIES),
        "groups": [each for each in there if directing.reaches(ctx.actor, area_code, areas, each.area_code)],
        "campaigns": await by_emergency.list_of(emergency.id),
        "orders": await meanwhile.list_open_of(emergency.area_code, emergency.ended_at or ctx.now, _ORDERS, ctx.actor),
        "on_duty": standing,
        "names": await accounts.list_names([each.account_id for each in standing]) if standing else {},
        "levels": LEVELS,
        "answer_kinds": list(AnswerKind),
    }


async def _short_page(ctx: RequestContext, emergency: EmergencyView, draft: CommandDraft) -> Response:
    """For whoever works there: what is on and why, the own broadcasts, and the log where one may write it."""
    if not rights.concerns(ctx.actor, emergency.area_code):
        raise EmergencyUnknown
    account_id = ctx.actor.account_id
    page = await base.page_of(ctx)
    notes = emergency.is_on and await groups.is_member(account_id, emergency.area_code)
    return base.html(
        "emergencies/short.html",
        page,
        status=draft.error.status if draft.error else 200,
        emergency=emergency,
        unanswered=await receipts.list_unanswered(account_id),
        notes=notes,
        draft=draft,
        problem=base.problem_of(page, draft.error, page.t("more.kept")) if draft.error else None,
    )
