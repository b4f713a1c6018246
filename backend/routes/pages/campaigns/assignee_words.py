"""Who goes, in words: the role, unit or person, and the area."""

from collections.abc import Sequence
from typing import NamedTuple

from backend.accounts import queries as accounts
from backend.campaigns.structs import Assignee
from backend.places import queries as places
from backend.places.structs import AreaName
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base


class AssigneeWords(NamedTuple):
    """`value`: as a form of this page names it again."""

    assignee: Assignee
    words: str
    area: str
    value: str


async def in_words(ctx: RequestContext, assignees: Sequence[Assignee]) -> list[AssigneeWords]:
    page = base.reader_of(ctx)
    people = await accounts.list_names([each.account_id for each in assignees if each.account_id is not None])
    areas = {area.code: area.name for area in await _areas(assignees)}
    found = []
    for each in assignees:
        if each.role is not None:
            words = page.t(f"role.{each.role.value}")
        elif each.unit_id is not None:
            unit = await accounts.find_unit(each.unit_id)
            words = page.pick(unit.name_zh, unit.name_en or "") if unit else str(each.unit_id)
        else:
            words = people.get(each.account_id or 0, "")
        found.append(AssigneeWords(each, words, areas.get(each.area_code, each.area_code), value_of(each)))
    return found


def value_of(each: Assignee) -> str:
    """Such as `310115105/role/inspector`."""
    of = (
        ("role", each.role.value)
        if each.role
        else ("unit", each.unit_id)
        if each.unit_id
        else ("person", each.account_id)
    )
    return f"{each.area_code}/{of[0]}/{of[1]}"


async def _areas(assignees: Sequence[Assignee]) -> list[AreaName]:
    codes = sorted({each.area_code for each in assignees})
    return await places.list_names(codes, [code[:9] for code in codes], 200)
