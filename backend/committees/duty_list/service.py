"""Lay down the dictionary of a town and the lists of its committees: what was decided is a version, never altered."""

from collections.abc import Sequence
from datetime import datetime

from backend import db
from backend.accounts.permissions import Permission, may_within
from backend.accounts.structs import Actor
from backend.calendars.rrules import canonical
from backend.calendars.rules import shanghai_date
from backend.committees.duty_list import queries
from backend.committees.duty_list.errors import (
    CommitteeNotSeen,
    EntryMovedOn,
    NotTheTown,
    TemplateClosed,
    TemplateUnknown,
)
from backend.committees.duty_list.events import DutyListChanged
from backend.committees.duty_list.inputs import LayDown, TaskTemplateDraft
from backend.committees.duty_list.standard import standard_templates
from backend.committees.duty_list.structs import DutyVersion, TaskTemplateRead
from backend.committees.duty_list.versions import new_series
from backend.events import service as events
from backend.items import queries as items
from backend.items.errors import ItemUnknown
from backend.places import queries as places
from backend.sql import sql

_COMMITTEES_MOST = 1000
_SET = """
    INSERT INTO task_template (area_code, code, kind, name_zh, name_en, item_id, default_rrule, expected_min, is_open,
        set_by_id, set_at)
    VALUES (:area_code, :code, :kind, :name_zh, :name_en, :item, :rrule, :expected_min, :is_open, :by, :now)
    ON CONFLICT (area_code, code) DO UPDATE SET kind = EXCLUDED.kind, name_zh = EXCLUDED.name_zh,
        name_en = EXCLUDED.name_en, item_id = EXCLUDED.item_id, default_rrule = EXCLUDED.default_rrule,
        expected_min = EXCLUDED.expected_min, is_open = EXCLUDED.is_open, set_by_id = EXCLUDED.set_by_id,
        set_at = EXCLUDED.set_at
    RETURNING id
"""
_LOCK = "SELECT area_code, is_open, default_rrule FROM task_template WHERE id = $1 FOR NO KEY UPDATE"
_ADD = """
    INSERT INTO duty_entry (committee_code, template_id, version, rrule, starts_on, is_on, valid_from, change_id,
        decided_by_id, decided_at)
    SELECT said.code, :template_id, 1 + coalesce(said.latest, 0), :rrule, :starts_on, :is_on, :valid_from,
        :change_id::bigint, :by, :now
    FROM (SELECT code, (SELECT max(e.version) FROM duty_entry e
                        WHERE e.committee_code = code AND e.template_id = :template_id) AS latest
          FROM unnest(:codes::text[]) AS code) said
    RETURNING id, committee_code, version
"""


async def set_template(town_code: str, draft: TaskTemplateDraft, actor: Actor, now: datetime) -> TaskTemplateRead:
    """Add a task to the town's dictionary, or bring the one with this code up to date. Twice is the same.

    Raises NotTheTown, ItemUnknown, ScheduleInvalid, ScheduleTooFrequent.
    """
    _require_town(actor, town_code)
    rrule = canonical(draft.default_rrule, shanghai_date(now))
    if draft.item is not None and draft.item not in await items.list_codes():
        raise ItemUnknown(draft.item)
    said = {name: getattr(draft, name) for name in ("code", "name_zh", "name_en", "item", "expected_min", "is_open")}
    statement = sql(_SET, area_code=town_code, kind=draft.kind.value, rrule=rrule, by=actor.account_id, now=now, **said)
    async with db.transaction():
        template_id = await db.fetchval(statement)
        template = await queries.find_template(template_id)
    assert template is not None
    return template


async def load_standard(town_code: str, actor: Actor, now: datetime) -> int:
    """Add the tasks to begin with that the dictionary has not; what the town has set stays. Returns how many.

    Raises NotTheTown.
    """
    _require_town(actor, town_code)
    there = {template.code for template in await queries.list_templates(town_code)}
    missing = [draft for draft in standard_templates() if draft.code not in there]
    async with db.transaction():
        for draft in missing:
            await set_template(town_code, draft, actor, now)
    return len(missing)


async def lay_down(town_code: str, order: LayDown, actor: Actor, now: datetime) -> list[int]:
    """下达: the next version of a task in the lists of these committees. Returns the ids of the versions.

    Raises NotTheTown, TemplateUnknown, TemplateClosed, CommitteeNotSeen, DayTooFar, ScheduleInvalid and
    ScheduleTooFrequent.
    """
    _require_town(actor, town_code)
    codes = sorted(set(order.committee_codes))
    known = {area.code for area in await places.list_names([town_code], [town_code], _COMMITTEES_MOST)}
    if unknown := next((code for code in codes if code not in known or not code.startswith(town_code)), None):
        raise CommitteeNotSeen(committee=unknown)
    async with db.transaction():
        template = await db.fetchrow(_LOCK, order.template_id)
        if template is None or template["area_code"] != town_code:
            raise TemplateUnknown
        if not template["is_open"]:
            raise TemplateClosed
        rrule = order.rrule or template["default_rrule"]
        version = new_series(rrule, order.starts_on, order.valid_from, now, is_on=order.is_on)
        return await _add(order.template_id, codes, version, actor, now)


async def add_version(
    committee_code: str,
    template_id: int,
    base_version: int,
    version: DutyVersion,
    actor: Actor,
    now: datetime,
    *,
    change_id: int,
) -> int:
    """The version that follows from a request, on top of the version that it was meant for. Within a transaction.

    Raises EntryMovedOn.
    """
    await db.fetchrow(_LOCK, template_id)
    latest = await queries.find_latest_version(committee_code, template_id)
    if latest != base_version:
        raise EntryMovedOn(version=latest)
    return (await _add(template_id, [committee_code], version, actor, now, change_id=change_id))[0]


async def _add(
    template_id: int,
    codes: Sequence[str],
    version: DutyVersion,
    actor: Actor,
    now: datetime,
    *,
    change_id: int | None = None,
) -> list[int]:
    """The next version in each of these lists; the template is locked, so that no other is counted meanwhile."""
    said = {"rrule": version.rrule, "starts_on": version.starts_on, "is_on": version.is_on}
    rows = await db.fetch(
        sql(
            _ADD,
            template_id=template_id,
            codes=list(codes),
            valid_from=version.valid_from,
            change_id=change_id,
            by=actor.account_id,
            now=now,
            **said,
        )
    )
    await events.record(
        *(
            DutyListChanged(
                subject_id=row["id"],
                version=row["version"],
                area_code=row["committee_code"],
                template_id=template_id,
                is_on=version.is_on,
                valid_from=version.valid_from,
            )
            for row in rows
        )
    )
    return [row["id"] for row in rows]


def _require_town(actor: Actor, town_code: str) -> None:
    if not may_within(actor, Permission.DECIDE_DUTY_CHANGES, town_code):
        raise NotTheTown
