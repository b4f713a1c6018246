"""Committees with a town's dictionary and their duty lists, straight through the verbs."""

from datetime import datetime

from backend.accounts.structs import Actor, Role
from backend.calendars.rules import shanghai_date
from backend.committees.changes.structs import DutyChangeDraft, DutyChangeKind
from backend.committees.duty_list import service as duty_list
from backend.committees.duty_list.inputs import LayDown, TaskTemplateDraft
from backend.committees.duty_list.structs import TaskKind
from tests.makers.accounts import make_staff
from tests.makers.places import make_area

TOWN = "310115105"
COMMITTEE, NEIGHBOUR = f"{TOWN}001", f"{TOWN}002"


async def make_committees() -> None:
    """A town of two committees."""
    await make_area(TOWN)
    await make_area(COMMITTEE, name="第一居委")
    await make_area(NEIGHBOUR, name="第二居委")


async def make_town_admin(name: str = "街镇管理员") -> Actor:
    return await make_staff(Role.STREET_ADMIN, area=TOWN, name=name)


async def make_member(area: str = COMMITTEE, name: str = "居委干部") -> Actor:
    return await make_staff(Role.COMMITTEE, area=area, name=name)


async def make_template(
    town: Actor, now: datetime, code: str = "fire_lane", rrule: str = "FREQ=DAILY", *, is_open: bool = True
) -> int:
    """A task of the town's dictionary."""
    draft = TaskTemplateDraft(
        code=code,
        kind=TaskKind.FIRE_LANE,
        name_zh="消防通道巡查",
        name_en="Fire lanes",
        default_rrule=rrule,
        item="B101",
        is_open=is_open,
    )
    return (await duty_list.set_template(TOWN, draft, town, now)).id


async def make_entry(town: Actor, template_id: int, now: datetime, *committees: str, rrule: str | None = None) -> int:
    """The task in the lists of these committees from today on; the first version's id."""
    order = LayDown(
        template_id=template_id,
        committee_codes=list(committees or (COMMITTEE,)),
        rrule=rrule,
        valid_from=shanghai_date(now),
    )
    return (await duty_list.lay_down(TOWN, order, town, now))[0]


def draft_of(template_id: int, kind: DutyChangeKind = DutyChangeKind.FREQUENCY, **said: object) -> DutyChangeDraft:
    """A request; of a frequency, twice a week."""
    if kind is DutyChangeKind.FREQUENCY:
        said.setdefault("rrule", "FREQ=WEEKLY;BYDAY=MO,TH")
    return DutyChangeDraft(kind=kind, template_id=template_id, reason="人手不足", **said)  # type: ignore[arg-type]
