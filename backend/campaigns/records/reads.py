"""Reads of records: the answer to the phone, lists of the desk within the reader's areas, and one with its photos."""

from datetime import datetime
from typing import Any

import asyncpg
import msgspec

from backend import db
from backend.accounts.structs import Actor
from backend.campaigns import rules
from backend.campaigns.errors import CampaignRecordNotFound
from backend.campaigns.records.structs import (
    CampaignOutcome,
    CampaignRecordDetail,
    CampaignRecordView,
    FiledCampaignRecord,
    LedTo,
    Presence,
    RecordBehindOrder,
    RecordPhoto,
)
from backend.geo import area_sql
from backend.sql import sql
from backend.structs import id_before
from media import queries as media
from media.structs import PhotoSubject, SubjectKind

PAGE_ROWS = 50
_COLUMNS = """
    k.id, k.campaign_id, k.form_id, k.target_id, k.task_id, g.label, g.kind, k.area_code, r.number AS round,
    a.display_name AS filled_by, k.filled_by_id, k.captured_at, k.received_at, k.presence, k.distance_m, k.doubts,
    k.outcome, k.answers::text AS answers, k.troubles, k.personal IS NOT NULL AS has_personal, k.erase_at
"""
_FROM = """
    FROM campaign_record k JOIN campaign_target g ON g.id = k.target_id JOIN campaign_task t ON t.id = k.task_id
    JOIN campaign_round r ON r.id = t.round_id JOIN account a ON a.id = k.filled_by_id
"""
_LIST = f"""
    SELECT {_COLUMNS} {_FROM}
    WHERE k.campaign_id = :campaign_id AND {{within}} AND k.id < :before
      AND (NOT :only_trouble OR k.troubles > 0) AND (:target_id::bigint IS NULL OR k.target_id = :target_id)
    ORDER BY k.id DESC LIMIT :most
"""
_ONE = f"SELECT {_COLUMNS}, c.personal_roles {_FROM} JOIN campaign c ON c.id = k.campaign_id WHERE k.id = $1"
_FILED = "SELECT id, outcome, presence FROM campaign_record WHERE id = $1"
_BEHIND = """
    SELECT f.record_id, c.name_zh, c.name_en, f.found_at FROM campaign_order f JOIN campaign c ON c.id = f.campaign_id
    WHERE f.order_id = $1 ORDER BY f.id DESC LIMIT 10
"""
_LED_TO = """
    SELECT f.record_id, f.field, f.order_id, o.number, f.is_new, f.problem
    FROM campaign_order f LEFT JOIN work_order o ON o.id = f.order_id
    WHERE f.record_id = ANY($1::bigint[]) ORDER BY f.id
"""


async def list_behind(order_id: int) -> list[RecordBehindOrder]:
    """The records that led to an order, the latest first."""
    return [RecordBehindOrder(**row) for row in await db.fetch(_BEHIND, order_id)]


async def get_filed(record_id: int) -> FiledCampaignRecord:
    """What the phone was answered at first, of a record that is there."""
    row = await db.fetchrow(_FILED, record_id)
    assert row is not None
    orders = (await list_led_to([record_id])).get(record_id, [])
    return FiledCampaignRecord(
        id=record_id,
        outcome=CampaignOutcome(row["outcome"]),
        presence=Presence(row["presence"]),
        orders=orders,
        is_new=False,
    )


async def list_records(
    campaign_id: int,
    reader: Actor,
    *,
    only_trouble: bool = False,
    target_id: int | None = None,
    cursor: str | None = None,
    most: int = PAGE_ROWS,
) -> list[CampaignRecordView]:
    """The records of a campaign within the reader's areas, the latest first. Raises BadRequest for a foreign cursor."""
    within = area_sql.within_any("k.area_code", rules.areas_read(reader), "of_reader")
    values = {"campaign_id": campaign_id, "before": id_before(cursor), "only_trouble": only_trouble}
    rows = await db.fetch(sql(_LIST, within=within, target_id=target_id, most=most, **values))
    return [_view(row) for row in rows]


async def get_record(record_id: int, reader: Actor, now: datetime) -> CampaignRecordDetail:
    """For the desk of its area, and for whoever filled it in. Raises CampaignRecordNotFound."""
    row = await db.fetchrow(_ONE, record_id)
    if row is None or not _may_read(row, reader):
        raise CampaignRecordNotFound
    photos = await media.list_attached([PhotoSubject(SubjectKind.CAMPAIGN_RECORD, record_id)], now)
    record = _view(row)
    return CampaignRecordDetail(
        record=record,
        orders=(await list_led_to([record_id])).get(record_id, []),
        photos=[RecordPhoto(id=each.id, thumb_url=each.thumb_url, large_url=each.large_url) for each in photos],
        may_open=record.has_personal
        and rules.may_open_sealed(reader, row["personal_roles"], record.area_code, record.filled_by_id),
    )


async def list_led_to(record_ids: list[int]) -> dict[int, list[LedTo]]:
    """The orders of records, by record."""
    found: dict[int, list[LedTo]] = {}
    for row in await db.fetch(_LED_TO, record_ids):
        fields = dict(row)
        found.setdefault(fields.pop("record_id"), []).append(LedTo(**fields))
    return found


def _may_read(row: asyncpg.Record, reader: Actor) -> bool:
    is_own = row["filled_by_id"] == reader.account_id
    return is_own or any(row["area_code"].startswith(area) for area in rules.areas_read(reader))


def _view(row: asyncpg.Record) -> CampaignRecordView:
    fields: dict[str, Any] = dict(row)
    answers = msgspec.json.decode(fields.pop("answers"))
    fields.pop("personal_roles", None)
    return msgspec.convert(fields | {"answers": answers["values"], "notes": answers["notes"]}, CampaignRecordView)
