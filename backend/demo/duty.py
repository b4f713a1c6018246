"""Who stands where on the demo street: the patrol's twenty in three teams whose beats cover every grid cell.

Badly parked bicycles at the crossing of the story are named to `handler`; what is traded beyond a shop front there is
watched. Elsewhere whoever of the team is on duty gets an order.
"""

from datetime import datetime
from typing import NamedTuple

from backend.accounts import queries as people
from backend.accounts.structs import Role
from backend.demo.ground import TOWN_CODE, Square, cell_codes, square_at
from backend.demo.people import PATROL, handler_names
from backend.demo.roads import crossing
from backend.duty import queries
from backend.duty import service as duty
from backend.duty.structs import NamedDutyDraft, TeamDraft
from backend.orders.deadlines import policies
from backend.orders.deadlines.policies import LimitsInput

AROUND_THE_CROSSING = 8
"""The story's beat reaches so many cells from the crossing, about 800 m."""
BICYCLES, BEYOND_THE_SHOP = "A101", "A201"
ACCEPT_WITHIN_MIN = 15
"""Bicycles leave a patrol three minutes to accept; whoever plays one reads the pages first."""
WATCHER = Role.DISPATCHER


class DemoTeam(NamedTuple):
    code: str
    zh: str
    en: str
    first: int
    """Its people stand in a row in the patrol's list: from here …"""
    last: int
    on_duty: int
    """… and so many of them are on duty."""

    def usernames(self) -> list[str]:
        return handler_names()[self.first : self.last]


STORY = DemoTeam("lianxi", "莲溪班", "Lianxi team", 0, 7, 3)
WEST = DemoTeam("west", "西片班", "West team", 7, 14, 2)
EAST = DemoTeam("east", "东片班", "East team", 14, 20, 2)
TEAMS = (STORY, WEST, EAST)


async def load_duty(now: datetime) -> None:
    """Teams, beats, shifts and named duties of the patrol, and time to accept, once."""
    unit_id = await people.find_unit_id(f"demo-{PATROL}")
    assert unit_id is not None
    if await queries.find_team_id(unit_id, STORY.code) is not None:
        return
    team_ids = {team: await _load_team(team, unit_id, now) for team in TEAMS}
    for team, cells in beats().items():
        await duty.set_beat(team_ids[team], cells)
    await policies.set_policy(BICYCLES, TOWN_CODE, LimitsInput(respond_min=ACCEPT_WITHIN_MIN))
    first, second = STORY.usernames()[:2]
    await _name(unit_id, team_ids[STORY], BICYCLES, first)
    await _name(unit_id, team_ids[STORY], BEYOND_THE_SHOP, second, WATCHER.value)


def beats() -> dict[DemoTeam, list[str]]:
    """Each cell of the town in one beat: around the crossing the story's, the rest east and west of it."""
    found: dict[DemoTeam, list[str]] = {team: [] for team in TEAMS}
    middle = square_at(crossing())
    for square, code in cell_codes().items():
        found[_team_at(square, middle)].append(code)
    return found


def _team_at(square: Square, middle: Square) -> DemoTeam:
    if max(abs(square.column - middle.column), abs(square.row - middle.row)) <= AROUND_THE_CROSSING:
        return STORY
    return WEST if square.column < middle.column else EAST


async def _load_team(team: DemoTeam, unit_id: int, now: datetime) -> int:
    team_id = await duty.set_team(TeamDraft(unit_id=unit_id, code=team.code, name_zh=team.zh, name_en=team.en))
    members = [found for name in team.usernames() if (found := await people.find_account_id(name)) is not None]
    await duty.set_members(team_id, members)
    for account_id in members[: team.on_duty]:
        if not await queries.is_on_duty(account_id, now):
            await duty.start_shift(account_id, unit_id, TOWN_CODE, now)
    return team_id


async def _name(unit_id: int, team_id: int, item: str, username: str, supervisor: str | None = None) -> None:
    account_id = await people.find_account_id(username)
    assert account_id is not None
    await duty.set_named_duty(
        NamedDutyDraft(
            unit_id=unit_id,
            item_code=item,
            team_id=team_id,
            account_id=account_id,
            supervisor_id=await people.find_account_id(supervisor) if supervisor else None,
        )
    )
