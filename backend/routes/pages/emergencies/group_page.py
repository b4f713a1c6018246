"""One command group as a form: who leads, who belongs to it by name, by role and by unit; and who changed what."""

import msgspec
from litestar import Response, get, post
from litestar.datastructures import FormMultiDict
from litestar.params import FromPath

from backend.accounts.around import list_units_around
from backend.accounts.scope import AREA_WIDE, UNIT_WIDE
from backend.emergencies import changes, group_editing, rights
from backend.emergencies.errors import PreparationUnknown
from backend.emergencies.groups import GroupDraft
from backend.errors import AppError, BadRequest
from backend.routes.http.dependencies import Ctx
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.emergencies.plan_page import NEW, areas_to_prepare, number_of
from backend.routes.pages.emergencies.preparations import COMMAND, READ
from backend.routes.pages.forms import read_form, row_number, word, words
from backend.structs import Read
from backend.words import GROUP_PEOPLE, fitting

ROLES = (*AREA_WIDE, *UNIT_WIDE)
_COMMITTEE_CHARS, _PEOPLE_MOST, _UNITS_MOST, _NAMED_MOST = 12, 500, 200, 100


class GroupTyped(Read, frozen=True, kw_only=True):
    """The form as it was typed. `people`: usernames, one a line."""

    area: str = ""
    code: str = ""
    name_zh: str = ""
    name_en: str = ""
    commander: str = ""
    deputy: str = ""
    roles: list[str] = []
    units: list[str] = []
    people: str = ""
    is_on: bool = True
    seen: int = 0


@get("/emergencies/groups/{key:str}", guards=READ, include_in_schema=False)
async def show_group(ctx: Ctx, key: FromPath[str]) -> Response:
    """`key`: its number, or `new`."""
    if key == NEW:
        return await _page(ctx, None, GroupTyped())
    group_id = number_of(key)
    typed = _typed_of(*await group_editing.get_draft(group_id, ctx.actor))
    last = await changes.list_changes(group_id=group_id)
    return await _page(ctx, group_id, msgspec.structs.replace(typed, seen=last[0].id if last else 0))


@post("/emergencies/groups/{key:str}", guards=COMMAND, include_in_schema=False)
async def save_group(ctx: Ctx, key: FromPath[str]) -> Response:
    group_id = number_of(key) if key != NEW else None
    typed = _typed(await read_form(ctx))
    if group_id is not None:
        area, known = await group_editing.get_draft(group_id, ctx.actor)
        typed = msgspec.structs.replace(typed, area=area, code=known.code)
    try:
        await group_editing.save(typed.area, group_id, _draft(typed), typed.seen, ctx.actor, ctx.now)
    except PreparationUnknown:
        raise
    except AppError as error:
        return await _page(ctx, group_id, typed, error)
    return base.see_other("/emergencies/plans?done=saved")


def _typed(form: FormMultiDict) -> GroupTyped:
    def ticked(name: str) -> list[str]:
        return [str(each)[:40] for each in form.getall(name, [])][:_NAMED_MOST]

    return GroupTyped(
        **{name: word(form, name, 60) for name in ("area", "code", "commander", "deputy")},
        **{name: words(form, name) for name in ("name_zh", "name_en", "people")},
        roles=ticked("roles"),
        units=ticked("units"),
        is_on=word(form, "is_on", 1) == "1",
        seen=row_number(form, "seen"),
    )


def _typed_of(area: str, group: GroupDraft) -> GroupTyped:
    named = ("code", "name_zh", "name_en", "commander", "deputy", "is_on")
    return GroupTyped(
        area=area,
        roles=[each.role.value for each in group.members if each.role],
        units=[each.unit for each in group.members if each.unit],
        people="\n".join(each.username for each in group.members if each.username),
        **{name: getattr(group, name) for name in named},
    )


def _draft(typed: GroupTyped) -> GroupDraft:
    """Raises WordsTooLong, and BadRequest for what cannot be read."""
    people = [each.strip() for each in fitting(typed.people, GROUP_PEOPLE, "people").splitlines() if each.strip()]
    members = [
        *({"role": each} for each in typed.roles),
        *({"unit": each} for each in typed.units),
        *({"username": each} for each in people[:_NAMED_MOST]),
    ]
    named = ("code", "name_zh", "name_en", "commander", "deputy", "is_on")
    said = {name: getattr(typed, name) for name in named} | {"members": members}
    try:
        return msgspec.convert(said, GroupDraft)
    except msgspec.ValidationError as error:
        raise BadRequest("preparation-unreadable") from error


async def _page(
    ctx: RequestContext, group_id: int | None, typed: GroupTyped, error: AppError | None = None
) -> Response:
    page = await base.page_of(ctx)
    areas = await areas_to_prepare(ctx, _COMMITTEE_CHARS) if group_id is None else []
    around = typed.area or (areas[0].code if areas else "")
    units = await list_units_around(around, _UNITS_MOST) if around else []
    return base.html(
        "emergencies/group.html",
        page,
        status=error.status if error else 200,
        group_id=group_id,
        typed=typed,
        areas=areas,
        may_edit=group_id is None or rights.may_command(ctx.actor, typed.area),
        roles=[role.value for role in ROLES],
        units=units,
        named=await group_editing.list_named(around, _PEOPLE_MOST) if around else {},
        changed=await changes.list_changes(group_id=group_id) if group_id is not None else [],
        problem=base.problem_of(page, error, page.t("more.kept")) if error else None,
    )
