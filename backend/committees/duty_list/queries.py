"""Reads of dictionaries and duty lists. Every day is Shanghai's."""

from datetime import date

import msgspec

from backend import db
from backend.calendars import schedules
from backend.committees.duty_list.structs import DutyEntryRead, TaskTemplateRead
from backend.geo.area_sql import within
from backend.sql import sql

_TEMPLATE = "id, area_code, code, kind, name_zh, name_en, item_id AS item, default_rrule, expected_min, is_open"
_TEMPLATES = f"SELECT {_TEMPLATE} FROM task_template WHERE area_code = $1 ORDER BY kind, code"
_TEMPLATE_OF = f"SELECT {_TEMPLATE} FROM task_template WHERE id = $1"
_ENTRY = """
    e.id, e.committee_code, e.template_id, t.code, t.kind, t.name_zh, t.name_en, t.item_id AS item, t.expected_min,
    e.version, e.rrule, e.starts_on, e.zone, e.is_on, e.valid_from
"""
_IN_FORCE = f"""
    SELECT DISTINCT ON (e.committee_code, e.template_id) {_ENTRY}
    FROM duty_entry e JOIN task_template t ON t.id = e.template_id
    WHERE e.valid_from <= :day AND {within("e.committee_code", ":area::text")}
    ORDER BY e.committee_code, e.template_id, e.version DESC
"""
_VERSIONS = f"""
    SELECT {_ENTRY} FROM duty_entry e JOIN task_template t ON t.id = e.template_id
    WHERE e.committee_code = $1 AND e.template_id = $2 ORDER BY e.version DESC
"""
_ALL_VERSIONS = f"""
    SELECT {_ENTRY} FROM duty_entry e JOIN task_template t ON t.id = e.template_id
    WHERE e.committee_code = $1 ORDER BY e.template_id, e.version DESC
"""
_LATEST = "SELECT coalesce(max(version), 0) FROM duty_entry WHERE committee_code = $1 AND template_id = $2"


async def list_templates(town_code: str) -> list[TaskTemplateRead]:
    """The dictionary of a street or town, by its code of 9 digits; closed tasks too."""
    return [msgspec.convert(dict(row), TaskTemplateRead) for row in await db.fetch(_TEMPLATES, town_code)]


async def find_template(template_id: int) -> TaskTemplateRead | None:
    row = await db.fetchrow(_TEMPLATE_OF, template_id)
    return msgspec.convert(dict(row), TaskTemplateRead) if row else None


async def list_in_force(area_code: str, day: date) -> list[DutyEntryRead]:
    """The versions in force on a day in the lists of an area, a prefix of codes; switched off ones too."""
    return [
        msgspec.convert(dict(row), DutyEntryRead) for row in await db.fetch(sql(_IN_FORCE, day=day, area=area_code))
    ]


async def entries_on(area_code: str, day: date) -> list[DutyEntryRead]:
    """What is to be done on a day by the committees of an area: versions in force, switched on, whose schedule has it.

    One statement for a committee (12 digits), a town or everybody (the empty code); by committee and template.
    """
    return [
        entry
        for entry in await list_in_force(area_code, day)
        if entry.is_on and schedules.falls_on(entry.rrule, entry.starts_on, day)
    ]


async def list_all_versions(committee_code: str) -> list[DutyEntryRead]:
    """Every version of every task in a committee's list, of each task the latest first."""
    return [msgspec.convert(dict(row), DutyEntryRead) for row in await db.fetch(_ALL_VERSIONS, committee_code)]


async def find_latest_version(committee_code: str, template_id: int) -> int:
    """The highest number of a version in a list, whether in force yet or not; 0 where the task never was in it."""
    return await db.fetchval(_LATEST, committee_code, template_id)


async def list_versions(committee_code: str, template_id: int) -> list[DutyEntryRead]:
    """Every version of a task in a committee's list, the latest first; none where it never was in it."""
    return [msgspec.convert(dict(row), DutyEntryRead) for row in await db.fetch(_VERSIONS, committee_code, template_id)]
