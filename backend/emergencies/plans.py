"""预案: prepared plans of towns, as data. A plan that is set again changes what begins later, never what is on."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

import asyncpg
import msgspec
from msgspec import Meta

from backend import db
from backend.accounts.scope import prefixes
from backend.accounts.structs import Actor
from backend.calendars.structs import ClockRule
from backend.emergencies import changes, rights
from backend.emergencies.errors import (
    EmergencyPlanUnknown,
    NotInCommand,
    PlanItemUnknown,
    PreparationAreaWrong,
    PreparationUnknown,
)
from backend.emergencies.structs import EmergencyKind, PlanView
from backend.geo.area_codes import DISTRICT_OR_TOWN
from backend.items import queries as items
from backend.sql import sql
from backend.structs import Write

_COLUMNS = "id, area_code, code, kind, name_zh, name_en, clocks::text, roster, campaigns, warn_after_hours"
_OF_AREA = f"""
    SELECT * FROM (
        SELECT DISTINCT ON (code) {_COLUMNS}, is_on FROM emergency_plan WHERE area_code = ANY($1::text[])
        ORDER BY code, length(area_code) DESC
    ) nearest WHERE is_on ORDER BY kind, code
"""
_SET = """
    INSERT INTO emergency_plan (area_code, code, kind, name_zh, name_en, clocks, roster, campaigns, warn_after_hours,
        is_on, set_at)
    VALUES (:area_code, :code, :kind, :name_zh, :name_en, :clocks::jsonb, :roster, :campaigns, :warn_after_hours,
        :is_on, :now)
    ON CONFLICT ON CONSTRAINT emergency_plan_once DO UPDATE
    SET kind = EXCLUDED.kind, name_zh = EXCLUDED.name_zh, name_en = EXCLUDED.name_en, clocks = EXCLUDED.clocks,
        roster = EXCLUDED.roster, campaigns = EXCLUDED.campaigns, warn_after_hours = EXCLUDED.warn_after_hours,
        is_on = EXCLUDED.is_on, set_at = EXCLUDED.set_at
    RETURNING id
"""
_Code = Annotated[str, Meta(pattern="^[a-z0-9-]{1,40}$")]
_Name = Annotated[str, Meta(min_length=1, max_length=60)]

_ONE = f"SELECT {_COLUMNS}, is_on FROM emergency_plan WHERE id = $1"
_OFF = f"""
    SELECT {_COLUMNS}, is_on FROM emergency_plan
    WHERE NOT is_on AND area_code = ANY($1::text[]) ORDER BY area_code, code
"""
_THERE = "SELECT id FROM emergency_plan WHERE area_code = $1 AND code = $2"


class PlanDraft(Write, frozen=True, kw_only=True):
    """A plan as a file says it. `roster`: the duty list that takes over; '' leaves the usual one."""

    code: _Code
    kind: EmergencyKind
    name_zh: _Name
    name_en: Annotated[str, Meta(max_length=60)] = ""
    clocks: list[ClockRule] = []
    roster: Annotated[str, Meta(pattern="^[a-z0-9-]{0,20}$")] = ""
    campaigns: list[_Code] = []
    warn_after_hours: Annotated[int, Meta(ge=1, le=720)] = 24
    is_on: bool = True


async def set_plans(area_code: str, drafts: Sequence[PlanDraft], now: datetime) -> int:
    """Lay down plans for an area; one with the same code there is replaced. Returns how many."""
    async with db.transaction():
        for draft in drafts:
            await _set(area_code, draft, None, now)
    return len(drafts)


async def save(area_code: str, plan_id: int | None, draft: PlanDraft, seen: int, actor: Actor, now: datetime) -> int:
    """A plan of an area as somebody has edited it, or a new one; what is on stays as it was when it began.

    `seen`: the change after which it was edited. Returns its number. Raises NotInCommand, PreparationAreaWrong,
    PreparationUnknown, PreparationTaken, PreparationChanged, PlanItemUnknown.
    """
    if not rights.may_command(actor, area_code):
        raise NotInCommand
    if not re.fullmatch(DISTRICT_OR_TOWN, area_code, re.ASCII):
        raise PreparationAreaWrong
    await _require_items(draft.clocks)
    async with db.transaction():
        await changes.lock(area_code)
        there = await db.fetchval(_THERE, area_code, draft.code)
        changes.require_same(there, plan_id)
        await changes.require_seen(seen, plan_id=plan_id)
        return await _set(area_code, draft, actor, now)


async def get_draft(plan_id: int, actor: Actor) -> tuple[str, PlanDraft]:
    """A plan that somebody reads, with its area, as it is edited. Raises PreparationUnknown."""
    row = await db.fetchrow(_ONE, plan_id)
    if row is None or not (row["area_code"] == "" or rights.may_read(actor, row["area_code"])):
        raise PreparationUnknown
    fields = {name: row[name] for name in PlanDraft.__struct_fields__ if name != "clocks"}
    clocks = msgspec.json.decode(row["clocks"])
    return row["area_code"], msgspec.convert(fields | {"clocks": clocks}, PlanDraft)


async def list_off(area_codes: Sequence[str]) -> list[PlanView]:
    """The plans of these areas that nobody may choose any more."""
    return [_view(row) for row in await db.fetch(_OFF, list(area_codes))]


async def list_plans(area_code: str) -> list[PlanView]:
    """The plans that may be chosen over an area: of each code that of the nearest area."""
    return [_view(row) for row in await db.fetch(_OF_AREA, prefixes(area_code))]


async def get_plan(plan_id: int, area_code: str, kind: EmergencyKind) -> PlanView:
    """Raises EmergencyPlanUnknown for one of elsewhere, or for another kind."""
    for plan in await list_plans(area_code):
        if plan.id == plan_id and plan.kind is kind:
            return plan
    raise EmergencyPlanUnknown


async def _set(area_code: str, draft: PlanDraft, actor: Actor | None, now: datetime) -> int:
    values = {name: getattr(draft, name) for name in ("code", "name_zh", "name_en", "roster", "campaigns")}
    values |= {"kind": draft.kind.value, "warn_after_hours": draft.warn_after_hours, "is_on": draft.is_on}
    clocks = msgspec.json.encode(draft.clocks).decode()
    plan_id = await db.fetchval(sql(_SET, area_code=area_code, clocks=clocks, now=now, **values))
    await changes.record(draft, actor, now, plan_id=plan_id)
    return plan_id


async def _require_items(clocks: Sequence[ClockRule]) -> None:
    """Raises PlanItemUnknown."""
    known = await items.list_codes()
    for rule in clocks:
        if not any(code.startswith(rule.item_prefix) for code in known):
            raise PlanItemUnknown(prefix=rule.item_prefix)


def _view(row: asyncpg.Record) -> PlanView:
    return msgspec.convert({**row, "clocks": msgspec.json.decode(row["clocks"])}, PlanView, strict=False)
