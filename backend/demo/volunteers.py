"""Volunteers of the demo street: fifty of the committee around the crossing, on call, and some orders for them to grab.

The orders wait for two hours, so that whoever tries finds some; each start of the demonstration adds what has gone.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from backend import db
from backend.accounts import queries as accounts
from backend.accounts.structs import Actor, Grant, Role
from backend.demo.people import COMMITTEE, add_person
from backend.demo.street import list_featured
from backend.duty import queries
from backend.duty import service as duty
from backend.orders import reads as orders
from backend.orders import verbs
from backend.orders.assignment.structs import Opening, OrderSite
from backend.orders.deadlines import offer_policies
from backend.orders.deadlines.offer_policies import OfferWindow
from backend.orders.model.states import State
from backend.places.kinds import PlaceKind
from backend.places.structs import PlaceRead

VOLUNTEERS = 50
ON_CALL_FOR = timedelta(days=30)
OFFERED = ("A303", "A401", "A203", "A403", "A303", "A401", "B201", "A203")
"""What there is to grab, at one featured door after the other from the eleventh on."""
FOR_TWO = "A403"
"""Needs two people."""
_FIRST_DOOR = 10
_WINDOW_MIN = 120
_FAMILIES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_TENS, _ONES = ("", "十", "二十", "三十", "四十", "五十"), ("", *"一二三四五六七八九")


def usernames() -> list[str]:
    return [f"volunteer{number}" for number in range(1, VOLUNTEERS + 1)]


async def load_volunteers(now: datetime) -> None:
    """People once, that they can be called each time unless they left, and as many orders as there should be."""
    ids = [await _load_volunteer(number, username, now) for number, username in enumerate(usernames())]
    for account_id in ids:
        volunteer = await accounts.get_actor(account_id)
        if volunteer.holds(COMMITTEE, Role.VOLUNTEER) and await queries.find_on_call(account_id, now) is None:
            await duty.go_on_call(volunteer, COMMITTEE, now, until=now + ON_CALL_FOR)
    doors = await list_featured(PlaceKind.DOORPLATE, _FIRST_DOOR + len(OFFERED))
    await _offer(doors[_FIRST_DOOR:], now)


def name_of(number: int) -> str:
    """The name of `volunteer1` and so on: a family name and the number in Chinese."""
    return f"{_FAMILIES[(number - 1) % len(_FAMILIES)]}志愿{_TENS[number // 10]}{_ONES[number % 10]}"


async def _load_volunteer(number: int, username: str, now: datetime) -> int:
    name = name_of(number + 1)
    return await add_person(username, name, None, Grant(Role.VOLUNTEER, COMMITTEE), now)


async def _offer(doors: Sequence[PlaceRead], now: datetime) -> None:
    """Open what lacks. The window is as long as a policy may say, and the policy holds for these alone."""
    everybody = Actor(account_id=0, name="", grants=(Grant(Role.COMMITTEE, COMMITTEE),))
    there = (await orders.count_open(everybody, [State.OFFERED])).get(State.OFFERED, 0)
    lacking = list(zip(OFFERED, doors, strict=True))[there:]
    if not lacking:
        return
    async with db.transaction():
        await offer_policies.set_window(COMMITTEE, OfferWindow(window_min=_WINDOW_MIN))
        for_two = OfferWindow(window_min=_WINDOW_MIN, item_prefix=FOR_TWO, people_needed=2)
        await offer_policies.set_window(COMMITTEE, for_two)
        for item_code, door in lacking:
            await verbs.open(_opening(item_code, door), now=now)
        await offer_policies.remove_window(COMMITTEE)
        await offer_policies.remove_window(COMMITTEE, FOR_TWO)


def _opening(item_code: str, door: PlaceRead) -> Opening:
    return Opening(
        item_code=item_code,
        scene=OrderSite(
            lng=door.loc.lng,
            lat=door.loc.lat,
            area_code=door.area_code,
            grid_code=door.grid_code or "",
            place_id=door.id,
            label=door.label,
        ),
        actor=None,
        actor_role="system",
        source_kind="report",
        reporter_kinds=None,
    )
