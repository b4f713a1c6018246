"""Duty lists of committees and the dictionary of a town, over HTTP."""

from datetime import date
from typing import Annotated

from litestar import Controller, get, post, put
from litestar.params import JSONBody, PathParameter

from backend.accounts.permissions import Permission, areas_of, may_within
from backend.accounts.structs import Actor
from backend.calendars.rules import shanghai_date
from backend.committees.changes.lines import DutyLine, view_list
from backend.committees.duty_list import queries
from backend.committees.duty_list import service as duty_list
from backend.committees.duty_list.errors import CommitteeNotSeen, TemplateUnknown
from backend.committees.duty_list.inputs import LayDown, TaskTemplateDraft
from backend.committees.duty_list.structs import DutyEntryRead, TaskTemplateRead
from backend.geo.area_codes import COMMITTEE, TOWN
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import requires
from backend.structs import Read

Town = Annotated[str, PathParameter(pattern=f"^{TOWN}$", description="The code of a street or town, 9 digits")]
Committee = Annotated[str, PathParameter(pattern=f"^{COMMITTEE}$", description="A committee's code, 12 digits")]


class DutyListRead(Read, frozen=True, kw_only=True):
    """The list of one committee on a day in Shanghai."""

    committee_code: str
    on: date
    lines: list[DutyLine]


class LaidDown(Read, frozen=True, kw_only=True):
    """The versions that were laid down, one a committee."""

    entry_ids: list[int]


class DutyListsController(Controller):
    path = "/committees/{committee:str}/duty-list"
    tags = ("committees",)
    guards = (requires(Permission.READ_OVERVIEW),)

    @get(operation_id="get_duty_list", summary="责任清单: which tasks a committee does, how often, and what waits")
    async def get_duty_list(self, ctx: Ctx, committee: Committee) -> DutyListRead:
        require_seen(ctx.actor, committee)
        today = shanghai_date(ctx.now)
        return DutyListRead(committee_code=committee, on=today, lines=(await view_list(committee, today)).lines)

    @get(
        "/{template_id:int}/versions",
        operation_id="list_duty_versions",
        summary="Every version of a task in a committee's list, the latest first",
    )
    async def list_versions(
        self, ctx: Ctx, committee: Committee, template_id: Annotated[int, PathParameter(ge=1, le=2**63 - 1)]
    ) -> list[DutyEntryRead]:
        require_seen(ctx.actor, committee)
        return await queries.list_versions(committee, template_id)


class TaskTemplatesController(Controller):
    path = "/towns/{town:str}"
    tags = ("committees",)
    guards = (requires(Permission.READ_OVERVIEW),)

    @get("/task-templates", operation_id="list_task_templates", summary="任务库: the tasks of a town's dictionary")
    async def list_templates(self, ctx: Ctx, town: Town) -> list[TaskTemplateRead]:
        """Also read by the town's committees, who ask to take tasks into their lists."""
        if not reads_dictionary(ctx.actor, town):
            raise TemplateUnknown
        return await queries.list_templates(town)

    @put("/task-templates", operation_id="set_task_template", summary="Add a task to the dictionary, or change it")
    async def set_template(self, ctx: Ctx, town: Town, data: JSONBody[TaskTemplateDraft]) -> TaskTemplateRead:
        return await duty_list.set_template(town, data, ctx.actor, ctx.now)

    @post("/duty-lists", operation_id="lay_down_duties", summary="下达: a task goes into the lists of committees")
    async def lay_down(self, ctx: Ctx, town: Town, data: JSONBody[LayDown]) -> LaidDown:
        return LaidDown(entry_ids=await duty_list.lay_down(town, data, ctx.actor, ctx.now))


def require_seen(actor: Actor, committee: str) -> None:
    """Raises CommitteeNotSeen for a committee outside of the actor's areas."""
    if not may_within(actor, Permission.READ_OVERVIEW, committee):
        raise CommitteeNotSeen(committee=committee)


def reads_dictionary(actor: Actor, town: str) -> bool:
    """Whether some grant lies in the town or takes it in."""
    areas = areas_of(actor, Permission.READ_OVERVIEW)
    return any(area.startswith(town) or town.startswith(area) for area in areas)
