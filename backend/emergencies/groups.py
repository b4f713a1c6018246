"""指挥组: prepared as data; who is in one is asked when something is sent, so that whoever joined since is reached."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from msgspec import Meta

from backend import db
from backend.accounts import queries as accounts
from backend.accounts.scope import prefixes
from backend.accounts.structs import Actor, Role
from backend.emergencies import changes
from backend.emergencies.errors import CommandGroupUnknown, CommandMemberUnknown
from backend.emergencies.structs import GroupView
from backend.geo.area_codes import TOWN_CHARS
from backend.sql import sql
from backend.structs import Read, Write

# Whoever leads holds a role in the town of the group, around it or within it: who left leads nobody.
_WORKS = f"""a.is_active AND a.kind = 'staff' AND EXISTS (
    SELECT FROM role_grant r WHERE r.account_id = a.id AND r.area_code <> ''
      AND (starts_with(g.area_code, left(r.area_code, {TOWN_CHARS})) OR starts_with(r.area_code, g.area_code)))"""
_MEMBERS = """
    SELECT DISTINCT a.id FROM command_member m JOIN command_group g ON g.id = m.group_id
    JOIN account a ON a.is_active AND a.kind = 'staff'
      AND EXISTS (SELECT FROM role_grant own WHERE own.account_id = a.id AND own.area_code <> '')
      AND (a.id = m.account_id OR a.unit_id = m.unit_id OR EXISTS (
        SELECT FROM role_grant r WHERE r.account_id = a.id AND r.role = m.role AND r.area_code <> ''
          AND (starts_with(g.area_code, r.area_code) OR starts_with(r.area_code, g.area_code))))
    WHERE m.group_id = {group}
"""
_LEADER = f"""
    SELECT m.account_id FROM command_member m JOIN account a ON a.id = m.account_id AND {_WORKS}
    WHERE m.group_id = g.id AND m.part = '{{part}}'
"""
_NAMES = """coalesce((SELECT a.display_name FROM account a WHERE a.id = ({leader})), '')"""
_LIST = f"""
    SELECT g.id, g.area_code, g.code, g.name_zh, g.name_en,
           {_NAMES.format(leader=_LEADER.format(part="commander"))} AS commander,
           {_NAMES.format(leader=_LEADER.format(part="deputy"))} AS deputy,
           (SELECT count(*) FROM ({_MEMBERS.format(group="g.id")}) them) AS people
    FROM command_group g
    WHERE g.is_on AND (g.area_code = ANY($1::text[]) OR starts_with(g.area_code, $2)) ORDER BY g.area_code, g.code
"""
_OF = f"""
    SELECT g.id, g.area_code, ({_LEADER.format(part="commander")}) AS commander_id,
           ({_LEADER.format(part="deputy")}) AS deputy_id,
           array({_MEMBERS.format(group="g.id")}) AS people
    FROM command_group g
    WHERE g.id = $1 AND g.is_on AND (g.area_code = ANY($2::text[]) OR starts_with(g.area_code, $3))
"""
_IS_MEMBER = f"""
    SELECT EXISTS (SELECT FROM command_group g
        WHERE g.is_on AND (g.area_code = ANY($2::text[]) OR starts_with(g.area_code, $3))
          AND $1 IN ({_MEMBERS.format(group="g.id")}))
"""
_LED = f"""
    SELECT DISTINCT g.area_code FROM command_member m JOIN command_group g ON g.id = m.group_id AND g.is_on
    JOIN account a ON a.id = m.account_id AND {_WORKS}
    WHERE m.account_id = $1 AND m.part IN ('commander', 'deputy')
      AND (g.area_code = ANY($2::text[]) OR starts_with(g.area_code, $3)) ORDER BY 1
"""
_OFF = """
    SELECT id, area_code, code, name_zh, name_en, is_on FROM command_group
    WHERE NOT is_on AND area_code = ANY($1::text[]) ORDER BY area_code, code
"""
_SET = """
    INSERT INTO command_group (area_code, code, name_zh, name_en, is_on)
    VALUES (:area_code, :code, :name_zh, :name_en, :is_on)
    ON CONFLICT ON CONSTRAINT command_group_once DO UPDATE
    SET name_zh = EXCLUDED.name_zh, name_en = EXCLUDED.name_en, is_on = EXCLUDED.is_on RETURNING id
"""
_ADD = """
    INSERT INTO command_member (group_id, part, account_id, role, unit_id)
    VALUES (:group_id, :part, :account_id, :role, :unit_id) ON CONFLICT DO NOTHING
"""


class MemberDraft(Write, frozen=True, kw_only=True):
    """One of the three, as a file says it: a username, a role, the code of a unit."""

    username: Annotated[str, Meta(max_length=60)] | None = None
    role: Role | None = None
    unit: Annotated[str, Meta(max_length=40)] | None = None


class GroupDraft(Write, frozen=True, kw_only=True):
    """A group as a file says it."""

    code: Annotated[str, Meta(pattern="^[a-z0-9-]{1,40}$")]
    name_zh: Annotated[str, Meta(min_length=1, max_length=60)]
    name_en: Annotated[str, Meta(max_length=60)] = ""
    commander: Annotated[str, Meta(min_length=1, max_length=60)]
    deputy: Annotated[str, Meta(max_length=60)] = ""
    members: list[MemberDraft] = []
    is_on: bool = True


class GroupPeople(Read, frozen=True, kw_only=True):
    """Whom a group reaches. `commander_id`: None when that person has left."""

    id: int
    area_code: str
    commander_id: int | None
    deputy_id: int | None
    people: list[int]


async def set_group(area_code: str, draft: GroupDraft, actor: Actor | None, now: datetime) -> int:
    """Lay a group down, or bring the one of this code up to date: its members are these and nobody else.

    Raises CommandMemberUnknown for a person or unit that nobody knows.
    """
    async with db.transaction():
        group_id = await db.fetchval(
            sql(
                _SET,
                area_code=area_code,
                code=draft.code,
                name_zh=draft.name_zh,
                name_en=draft.name_en,
                is_on=draft.is_on,
            )
        )
        await db.execute("DELETE FROM command_member WHERE group_id = $1", group_id)
        await _add(group_id, "commander", MemberDraft(username=draft.commander))
        if draft.deputy:
            await _add(group_id, "deputy", MemberDraft(username=draft.deputy))
        for member in draft.members:
            await _add(group_id, "member", member)
        await changes.record(draft, actor, now, group_id=group_id)
    return group_id


async def list_groups(area_code: str) -> list[GroupView]:
    """The groups of an area, of those around it and of those within it."""
    return [GroupView(**row) for row in await db.fetch(_LIST, prefixes(area_code), area_code)]


async def list_off(area_codes: Sequence[str]) -> list[GroupView]:
    """The groups of these areas to which nothing is sent any more."""
    nobody = {"commander": "", "deputy": "", "people": 0}
    return [GroupView(**row, **nobody) for row in await db.fetch(_OFF, list(area_codes))]


async def get_people(group_id: int, area_code: str) -> GroupPeople:
    """Whom a group reaches now. Raises CommandGroupUnknown for one of elsewhere."""
    row = await db.fetchrow(_OF, group_id, prefixes(area_code), area_code)
    if row is None:
        raise CommandGroupUnknown
    return GroupPeople(**row)


async def is_member(account_id: int, area_code: str) -> bool:
    """Whether somebody belongs to a command group of this area, one around it or within it."""
    return await db.fetchval(_IS_MEMBER, account_id, prefixes(area_code), area_code)


async def list_led(account_id: int, area_code: str) -> list[str]:
    """The areas of the groups of this area, around it or within it, of which somebody is commander or deputy."""
    rows = await db.fetch(_LED, account_id, prefixes(area_code), area_code)
    return [row["area_code"] for row in rows]


async def leads(account_id: int, area_code: str) -> bool:
    """Whether somebody is commander or deputy of any of them: to read what is said there."""
    return bool(await list_led(account_id, area_code))


async def _add(group_id: int, part: str, member: MemberDraft) -> None:
    account_id = await accounts.find_account_id(member.username) if member.username else None
    unit_id = await accounts.find_unit_id(member.unit) if member.unit else None
    role = member.role.value if member.role else None
    if len([each for each in (account_id, unit_id, role) if each is not None]) != 1:
        raise CommandMemberUnknown(who=member.username or member.unit or "")
    values = {"part": part, "account_id": account_id, "role": role, "unit_id": unit_id}
    await db.execute(sql(_ADD, group_id=group_id, **values))
