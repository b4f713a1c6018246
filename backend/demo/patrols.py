"""Routes of the demo street's committees, today's walks along them, and some that were walked.

The committee of the demo card has routes for its rounds, fire lanes, flood points and elders; a volunteer has walked
one of them, and the hours wait to be confirmed. Four others have one round each, which a handler has walked: three
whole, and one but for its last stops.
"""

from datetime import datetime, timedelta
from functools import cache

from backend.accounts import queries as people
from backend.accounts.structs import Actor
from backend.calendars.rules import shanghai_date
from backend.committees.duty_list import queries as duty_list
from backend.committees.patrols import generating, proving, reads, route_reads, routes, rules, walking
from backend.committees.patrols.structs import EndWalk, RouteDraft, StopProof, TaskView
from backend.demo import street, volunteers
from backend.demo.ground import TOWN_CODE, cell_codes, square_at
from backend.demo.people import COMMITTEE, handler_names
from backend.demo.roads import Doorplate, doorplates
from backend.geo.points import Fix
from backend.places import queries as places

ROUTES = {
    "patrol_morning": ("早巡一线", 6),
    "patrol_noon": ("午巡一线", 5),
    "patrol_evening": ("晚巡一线", 6),
    "fire_lane": ("消防通道一线", 5),
    "flood_point": ("防汛积水点", 4),
    "single_elder": ("独居老人走访", 3),
}
"""By the code of the task: the name of the committee's route, and how many doors it has."""
NEIGHBOURS = [f"{TOWN_CODE}{number:03d}" for number in range(2, 6)]
ROUND, WALKER = "patrol_morning", handler_names()[1]
WALKED_BY_VOLUNTEER, VOLUNTEER = "patrol_noon", volunteers.usernames()[-1]
_TAKES = timedelta(minutes=45)
_EVERY = 3
"""A route goes to every so many of the doors that stand in a row."""


async def load_patrols(now: datetime) -> None:
    """Once: a committee that has routes keeps them."""
    if await route_reads.has_routes(COMMITTEE):
        return
    templates = {template.code: template.id for template in await duty_list.list_templates(TOWN_CODE)}
    for task in ROUTES:
        await _set_route(COMMITTEE, templates, task, now)
    for committee in NEIGHBOURS:
        await _set_route(committee, templates, ROUND, now)
    await generating.generate(shanghai_date(now))
    await _walk_some(now)


async def _set_route(committee: str, templates: dict[str, int], task: str, now: datetime) -> None:
    """Along doors in a row, other ones for each task; a task that the dictionary lacks has no route."""
    name, count = ROUTES[task]
    if task not in templates:
        return
    keys = [street.key_of(plate) for plate in doors_of(committee)[list(ROUTES).index(task) :: _EVERY][:count]]
    found = (await places.list_by_source_keys(street.DATASET, keys)).items
    draft = RouteDraft(
        committee_code=committee, template_id=templates[task], name=name, place_ids=[place.id for place in found]
    )
    await routes.set_route(draft, None, now)


@cache
def _doors_by_committee() -> dict[str, list[Doorplate]]:
    codes, found = cell_codes(), dict[str, list[Doorplate]]()
    for plate in doorplates():
        found.setdefault(codes[square_at(plate.spot)][: len(COMMITTEE)], []).append(plate)
    return found


def doors_of(committee: str) -> list[Doorplate]:
    """The doors of a committee, those of one road in a row."""
    return _doors_by_committee().get(committee, [])


async def _walk_some(now: datetime) -> None:
    walker, volunteer = await _actor(WALKER), await _actor(VOLUNTEER)
    for task in await reads.list_tasks(walker, shanghai_date(now)):
        if task.committee_code in NEIGHBOURS and task.task.code == ROUND:
            await _walk(task, walker, now, leaves=2 if task.committee_code == NEIGHBOURS[-1] else 0)
        elif task.committee_code == COMMITTEE and task.task.code == WALKED_BY_VOLUNTEER:
            await _walk(task, volunteer, now, leaves=0)


async def _actor(username: str) -> Actor:
    account_id = await people.find_account_id(username)
    assert account_id is not None
    return await people.get_actor(account_id)


async def _walk(task: TaskView, walker: Actor, now: datetime, *, leaves: int) -> None:
    """At the pace of somebody on foot, as far as the day is that old, and over now."""
    began = max(rules.opens_at(task.due_on), now - _TAKES)
    await walking.claim(task.id, walker, began)
    stops = (await reads.get_task(task.id, walker, now)).visits
    visited = stops[: len(stops) - leaves]
    for nr, stop in enumerate(visited, start=1):
        here = StopProof(point=Fix(stop.point.lng, stop.point.lat, accuracy_m=8))
        await proving.prove(task.id, stop.seq, here, walker, began + (now - began) * nr / len(visited))
    if leaves:
        await walking.finish(task.id, EndWalk(), walker, now)
