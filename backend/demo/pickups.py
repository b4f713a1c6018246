"""Waste pickup on the demo street: two vehicles of the waste collector, and when they come. Slots follow from that."""

from datetime import date, datetime, time
from typing import NamedTuple

from backend.accounts import queries as people
from backend.demo.ground import TOWN_CODE
from shops.pickup.kinds import WasteKind
from shops.pickup.routes import reading, running
from shops.pickup.routes.structs import PickupRouteDraft, ScheduleDraft
from shops.pickup.slots import making

_SINCE = date(2020, 1, 1)
_EVERY_DAY, _WORKDAYS = [1, 2, 3, 4, 5, 6, 7], [1, 2, 3, 4, 5]


class DemoRoute(NamedTuple):
    code: str
    name: str
    vehicle: str
    load_l: int
    runs: tuple[tuple[WasteKind, list[int], int, int], ...]
    """Kind, days of the week, hour at which a run begins, and places."""


HOUSEHOLD = DemoRoute(
    "demo-household",
    "一线(湿垃圾、干垃圾)",
    "沪A·D0001",
    12_000,
    (
        *((WasteKind.WET, _EVERY_DAY, hour, 40) for hour in (6, 8, 18, 20)),
        *((WasteKind.DRY, _EVERY_DAY, hour, 40) for hour in (7, 19)),
    ),
)
OTHERS = DemoRoute(
    "demo-others",
    "二线(可回收、大件、装修)",
    "沪A·D0002",
    16_000,
    (
        *((WasteKind.RECYCLABLE, _EVERY_DAY, hour, 20) for hour in (9, 15)),
        *((WasteKind.BULKY, _WORKDAYS, hour, 10) for hour in (11, 13)),
        *((WasteKind.RENOVATION, _EVERY_DAY, hour, 10) for hour in (10, 16)),
    ),
)


async def load_pickups(now: datetime) -> None:
    """Routes and schedules, once, as an operator would lay them down; and the slots of the week ahead."""
    unit_id = await people.find_unit_id("demo-waste_collector")
    assert unit_id is not None
    for each in (HOUSEHOLD, OTHERS):
        if await reading.find_route_by_code(each.code) is not None:
            continue
        draft = PickupRouteDraft(
            code=each.code,
            name=each.name,
            unit_id=unit_id,
            area_code=TOWN_CODE,
            vehicle=each.vehicle,
            load_l=each.load_l,
        )
        route = await running.set_route(draft, None)
        for kind, weekdays, hour, places in each.runs:
            run = ScheduleDraft(
                kind=kind,
                weekdays=weekdays,
                starts=time(hour),
                ends=time(hour + 2),
                capacity=places,
                from_on=_SINCE,
            )
            await running.add_schedule(route.id, run, None, now)
    await making.make_ahead(now)
