"""预案: prepared plans of towns, as data. A plan that is set again changes what begins later, never what is on."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import Meta

from backend import db
from backend.accounts.scope import prefixes
from backend.calendars.structs import ClockRule
from backend.emergencies.errors import EmergencyPlanUnknown
from backend.emergencies.structs import EmergencyKind, PlanView
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
"""
_Code = Annotated[str, Meta(pattern="^[a-z0-9-]{1,40}$")]
_Name = Annotated[str, Meta(min_length=1, max_length=60)]


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
            values = {name: getattr(draft, name) for name in ("code", "name_zh", "name_en", "roster", "campaigns")}
            values |= {"kind": draft.kind.value, "warn_after_hours": draft.warn_after_hours, "is_on": draft.is_on}
            clocks = msgspec.json.encode(draft.clocks).decode()
            await db.execute(sql(_SET, area_code=area_code, clocks=clocks, now=now, **values))
    return len(drafts)


async def list_plans(area_code: str) -> list[PlanView]:
    """The plans that may be chosen over an area: of each code that of the nearest area."""
    rows = await db.fetch(_OF_AREA, prefixes(area_code))
    return [
        msgspec.convert({**row, "clocks": msgspec.json.decode(row["clocks"])}, PlanView, strict=False) for row in rows
    ]


async def get_plan(plan_id: int, area_code: str, kind: EmergencyKind) -> PlanView:
    """Raises EmergencyPlanUnknown for one of elsewhere, or for another kind."""
    for plan in await list_plans(area_code):
        if plan.id == plan_id and plan.kind is kind:
            return plan
    raise EmergencyPlanUnknown
