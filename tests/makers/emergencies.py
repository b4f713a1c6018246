"""Emergencies in the small town, with who commands there, a plan, a group and people to reach."""

from datetime import datetime
from typing import Any

import msgspec

from backend import clock, db
from backend.accounts.structs import Actor, Role
from backend.calendars.structs import ClockRule
from backend.emergencies import broadcasts, groups, modes, plans
from backend.emergencies.groups import GroupDraft, MemberDraft
from backend.emergencies.plans import PlanDraft
from backend.emergencies.structs import Beginning, BroadcastDraft, EmergencyKind
from tests.makers.town import TOWN, make_actor


async def make_head(area: str = TOWN, name: str = "街道主任") -> Actor:
    """Whoever commands there."""
    return await make_actor(name, Role.STREET_ADMIN, area)


async def make_plan(
    now: datetime,
    *,
    area: str = TOWN,
    roster: str = "",
    clocks: tuple[ClockRule, ...] = (),
    campaigns: tuple[str, ...] = (),
) -> int:
    """A plan for floods. Returns its id."""
    named: dict[str, Any] = {"code": "flood", "name_zh": "防汛预案", "roster": roster}
    draft = PlanDraft(kind=EmergencyKind.FLOOD, clocks=list(clocks), campaigns=list(campaigns), **named)
    await plans.set_plans(area, [draft], now)
    return await db.fetchval("SELECT id FROM emergency_plan WHERE area_code = $1 AND code = 'flood'", area)


async def begin(head: Actor, now: datetime, *, area: str = TOWN, level: int = 3, plan_id: int | None = None) -> int:
    said = Beginning(area_code=area, kind=EmergencyKind.FLOOD, level=level, reason="台风登陆", plan_id=plan_id)
    return await modes.begin(said, head, now)


async def make_people(count: int, area: str = TOWN, role: Role = Role.INSPECTOR) -> list[int]:
    """So many members of staff, in one statement; their ids."""
    rows = await db.fetch(
        """
        WITH people AS (
            INSERT INTO account (kind, username, password_hash, display_name, phone, created_at)
            SELECT 'staff', 'm' || gen_random_uuid(), '!', '成员' || nr, '1380000' || lpad(nr::text, 4, '0'), now()
            FROM generate_series(1, $1) AS nr RETURNING id
        )
        INSERT INTO role_grant (account_id, role, area_code) SELECT id, $2, $3 FROM people RETURNING account_id
        """,
        count,
        role.value,
        area,
    )
    return sorted(row["account_id"] for row in rows)


def as_actor(account_id: int) -> Actor:
    """A person without any grant: enough to answer what was sent to them."""
    return Actor(account_id=account_id, name="", grants=())


async def make_group(
    commander: Actor, deputy: Actor | None = None, role: Role = Role.INSPECTOR, *, area: str = TOWN
) -> int:
    """A group of the town, or another area: the commander, perhaps a deputy, and everybody with a role."""
    names = {
        row["id"]: row["username"]
        for row in await db.fetch(
            "SELECT id, username FROM account WHERE id = ANY($1::bigint[])",
            [each.account_id for each in (commander, deputy) if each],
        )
    }
    draft = GroupDraft(
        code="flood",
        name_zh="防汛指挥组",
        commander=names[commander.account_id],
        deputy=names[deputy.account_id] if deputy else "",
        members=[MemberDraft(role=role)],
    )
    return await groups.set_group(area, draft, None, clock.now())


async def send(emergency_id: int, head: Actor, now: datetime, **said: Any) -> int:
    draft = msgspec.convert({"text": "请各点位上报积水情况", **said}, BroadcastDraft)
    return await broadcasts.send(emergency_id, draft, head, now)
