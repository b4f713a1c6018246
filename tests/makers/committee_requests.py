"""One valid request for each operation about committees: a task of its own in the list of the town's committee."""

from itertools import count
from typing import Any

from backend.accounts.structs import Actor
from backend.committees.changes import service
from tests.makers.committees import COMMITTEE, TOWN, draft_of, make_entry, make_member, make_template, make_town_admin
from tests.makers.move_requests import Request

_numbers = count(1)


async def a_task(world: Any) -> int:
    """In the dictionary and in the committee's list."""
    town = await make_town_admin()
    task = await make_template(town, world.now, f"task_{next(_numbers)}")
    await make_entry(town, task, world.now)
    return task


async def duty_list(_world: Any, _asker: Actor | None) -> Request:
    return {"path": {"committee": COMMITTEE}}


async def duty_versions(world: Any, _asker: Actor | None) -> Request:
    return {"path": {"committee": COMMITTEE, "template_id": await a_task(world)}}


async def dictionary(_world: Any, _asker: Actor | None) -> Request:
    return {"path": {"town": TOWN}}


async def set_template(_world: Any, _asker: Actor | None) -> Request:
    said = {"code": "flood", "kind": "flood_point", "name_zh": "积水点", "name_en": "Flood points"}
    return {"path": {"town": TOWN}, "json": {**said, "default_rrule": "FREQ=WEEKLY"}}


async def lay_down(world: Any, _asker: Actor | None) -> Request:
    return {"path": {"town": TOWN}, "json": {"template_id": await a_task(world), "committee_codes": [COMMITTEE]}}


async def request_change(world: Any, _asker: Actor | None) -> Request:
    said = {"kind": "frequency", "template_id": await a_task(world), "rrule": "FREQ=WEEKLY", "reason": "人手不足"}
    return {"path": {"committee": COMMITTEE}, "json": said}


async def a_change(world: Any, _asker: Actor | None) -> Request:
    member = await make_member()
    change = await service.request_change(COMMITTEE, draft_of(await a_task(world)), member, world.now)
    return {"path": {"change_id": change.id}, "json": {}}


async def refuse_change(world: Any, asker: Actor | None) -> Request:
    return {**await a_change(world, asker), "json": {"reason": "须每日巡查"}}


async def nothing(_world: Any, _asker: Actor | None) -> Request:
    return {}


async def figures(_world: Any, _asker: Actor | None) -> Request:
    return {"query": {"codes": "filing_rate,closed_on_time_rate.a1"}}


REQUESTS = {
    "list_indicators": nothing,
    "read_figures": figures,
    "get_overview": nothing,
    "get_duty_list": duty_list,
    "list_duty_versions": duty_versions,
    "list_task_templates": dictionary,
    "set_task_template": set_template,
    "lay_down_duties": lay_down,
    "request_duty_change": request_change,
    "list_duty_changes": nothing,
    "get_duty_change": a_change,
    "grant_duty_change": a_change,
    "refuse_duty_change": refuse_change,
    "withdraw_duty_change": a_change,
}
