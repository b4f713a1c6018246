"""指挥组, edited on a page: who leads and who belongs to it, each named so that somebody stands behind the name."""

import re
from datetime import datetime
from typing import Any

from backend import db
from backend.accounts import sql as people
from backend.accounts.structs import Actor, Role
from backend.emergencies import changes, groups, rights
from backend.emergencies.errors import (
    CommandMemberUnknown,
    NotInCommand,
    PreparationAreaWrong,
    PreparationUnknown,
)
from backend.emergencies.groups import GroupDraft, MemberDraft
from backend.geo.area_codes import MAPPED_AREA

_THERE = "SELECT id FROM command_group WHERE area_code = $1 AND code = $2"
_GROUP = "SELECT area_code, code, name_zh, name_en, is_on FROM command_group WHERE id = $1"
_MEMBERS = """
    SELECT m.part, m.role, a.username, u.code AS unit FROM command_member m
    LEFT JOIN account a ON a.id = m.account_id LEFT JOIN org_unit u ON u.id = m.unit_id
    WHERE m.group_id = $1 ORDER BY m.id
"""
_STANDS = f"""
    SELECT a.kind = 'staff' AND a.is_active AND (NOT $3 OR {people.works_around("a.id", "$2::text")})
    FROM account a WHERE a.username = $1
"""
_NAMED = f"""
    SELECT a.username, a.display_name FROM account a
    WHERE a.kind = 'staff' AND a.is_active AND a.username <> '' AND {people.works_around("a.id", "$1::text")}
    ORDER BY a.display_name, a.id LIMIT $2
"""


async def save(area_code: str, group_id: int | None, draft: GroupDraft, seen: int, actor: Actor, now: datetime) -> int:
    """A group of an area as somebody has edited it, or a new one: what is sent from now on goes to these.

    `seen`: the change after which it was edited. Returns its number. Raises NotInCommand, PreparationAreaWrong,
    PreparationUnknown, PreparationTaken, PreparationChanged, CommandMemberUnknown.
    """
    if not rights.may_command(actor, area_code):
        raise NotInCommand
    if not re.fullmatch(MAPPED_AREA, area_code, re.ASCII):
        raise PreparationAreaWrong
    async with db.transaction():
        await changes.lock(area_code)
        there = await db.fetchval(_THERE, area_code, draft.code)
        changes.require_same(there, group_id)
        await changes.require_seen(seen, group_id=group_id)
        await _require_people(area_code, draft)
        return await groups.set_group(area_code, draft, actor, now)


async def get_draft(group_id: int, actor: Actor) -> tuple[str, GroupDraft]:
    """A group that somebody reads, with its area, as it is edited. Raises PreparationUnknown."""
    row = await db.fetchrow(_GROUP, group_id)
    if row is None or not rights.may_read(actor, row["area_code"]):
        raise PreparationUnknown
    leaders: dict[str, Any] = {"commander": "", "deputy": ""}
    members: list[MemberDraft] = []
    for each in await db.fetch(_MEMBERS, group_id):
        if each["part"] in leaders:
            leaders[each["part"]] = each["username"]
        else:
            role = Role(each["role"]) if each["role"] else None
            members.append(MemberDraft(username=each["username"], role=role, unit=each["unit"]))
    named = {name: row[name] for name in ("code", "name_zh", "name_en", "is_on")}
    return row["area_code"], GroupDraft(**named, **leaders, members=members)


async def list_named(area_code: str, most: int) -> dict[str, str]:
    """Who may be named in a group of this area, by username: whoever works in its town."""
    rows = await db.fetch(_NAMED, area_code, most)
    return {row["username"]: row["display_name"] for row in rows}


async def _require_people(area_code: str, draft: GroupDraft) -> None:
    """Raises CommandMemberUnknown: for who is not here, and for leaders who do not work in the town."""
    leaders = [each for each in (draft.commander, draft.deputy) if each]
    for username in (*leaders, *(each.username for each in draft.members if each.username)):
        if not await db.fetchval(_STANDS, username.strip().lower(), area_code, username in leaders):
            raise CommandMemberUnknown(who=username)
    if len(set(leaders)) < len(leaders):
        raise CommandMemberUnknown(who=draft.deputy)
