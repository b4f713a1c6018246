"""Teams, named duties and people on duty in the small town; orders are opened there by the trunk itself."""

from datetime import datetime, timedelta

from backend import db
from backend.accounts.structs import Actor, Role
from backend.duty import service as duty
from backend.duty.structs import NamedDutyDraft, Post, TeamDraft
from backend.geo.lonlat import LonLat
from backend.orders.assignment import opening
from backend.orders.assignment.structs import Opened, Opening, OrderSite
from tests.makers.town import COMMITTEE, DOOR, TOWN, make_actor

CELL, NEXT_CELL = f"{COMMITTEE}001", f"{COMMITTEE}002"
HERE = Post(item_code="A101", area_code=COMMITTEE, grid_code=CELL, point=DOOR)
NEXT_DOOR = LonLat(DOOR.lng + 0.001, DOOR.lat)


async def make_handler(unit_id: int, name: str = "巡查员", area: str = TOWN) -> Actor:
    return await make_actor(name, Role.HANDLER, area, unit_id=unit_id)


async def put_on_duty(
    who: Actor, now: datetime, *, hours: float = 1, until: datetime | None = None, area: str = TOWN
) -> None:
    """On duty since so many hours."""
    assert who.unit_id is not None
    await duty.start_shift(who.account_id, who.unit_id, area, now - timedelta(hours=hours), until)


async def make_volunteer(
    now: datetime, name: str = "志愿者", area: str = COMMITTEE, *, is_on_call: bool = True
) -> Actor:
    """A volunteer of a committee, on call there unless said otherwise."""
    volunteer = await make_actor(name, Role.VOLUNTEER, area)
    if is_on_call:
        await duty.go_on_call(volunteer, area, now)
    return volunteer


async def make_team(unit_id: int, *people: Actor, beat: list[str], code: str = "first") -> int:
    team_id = await duty.set_team(TeamDraft(unit_id=unit_id, code=code, name_zh=f"{code}班"))
    await duty.set_members(team_id, [person.account_id for person in people])
    await duty.set_beat(team_id, beat)
    return team_id


async def name(unit_id: int, who: Actor, *, supervisor: Actor | None = None, **where: object) -> None:
    """Name somebody: `item_code`, and `team_id` or `area_code`."""
    watched = supervisor.account_id if supervisor else None
    draft = {"unit_id": unit_id, "account_id": who.account_id, "supervisor_id": watched, **where}
    await duty.set_named_duty(NamedDutyDraft(**draft))  # type: ignore[arg-type]


async def open_order(now: datetime, *, item: str = "A101", cell: str = CELL, at: LonLat = DOOR) -> Opened:
    """An order that the house opens: nobody reports it, and it needs no photo."""
    return await opening.open(
        Opening(
            item_code=item,
            scene=OrderSite(lng=at.lng, lat=at.lat, area_code=COMMITTEE, grid_code=cell),
            actor=None,
            actor_role="system",
            source_kind="report",
            reporter_kinds=None,
        ),
        now=now,
    )


async def order_of(order_id: int):
    return await db.fetchrow("SELECT * FROM work_order WHERE id = $1", order_id)
