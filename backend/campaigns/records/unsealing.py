"""Open what is sealed: answers of a record, the contact of a target. Each opening is written down first."""

from datetime import datetime
from typing import Any

import asyncpg

from backend import db
from backend.accounts.structs import Actor
from backend.campaigns import rules
from backend.campaigns.errors import CampaignRecordNotFound, CampaignTaskNotFound, PersonalErased
from backend.campaigns.events import CampaignSealedRead
from backend.campaigns.forms.filling import Value
from backend.campaigns.records import sealing
from backend.campaigns.records.sealing import TargetContact
from backend.campaigns.rounds import goers
from backend.events import service as events
from backend.privacy.seals import Seal
from backend.sql import sql

_RECORD = """
    SELECT k.id, k.campaign_id, k.area_code, k.filled_by_id, k.personal, k.erase_at, c.personal_roles
    FROM campaign_record k JOIN campaign c ON c.id = k.campaign_id WHERE k.id = $1
"""
_CONTACT = """
    SELECT g.id, g.campaign_id, g.area_code, g.contact FROM campaign_task t JOIN campaign_target g ON g.id = t.target_id
    WHERE t.id = :task_id AND t.state = 'open' AND {goes}
"""
_NOTE = """
    INSERT INTO campaign_reading (campaign_id, record_id, target_id, account_id, read_at)
    VALUES (:campaign_id, :record_id, :target_id, :account_id, :now)
"""


async def open_answers(record_id: int, actor: Actor, seal: Seal, now: datetime) -> dict[str, Value]:
    """For whoever filled it in, and the roles that the campaign names, within their area; until the term is over.

    Raises CampaignRecordNotFound, PersonalErased, SealBroken.
    """
    async with db.transaction():
        row = await db.fetchrow(_RECORD, record_id)
        if row is None or not rules.may_open_sealed(
            actor, row["personal_roles"], row["area_code"], row["filled_by_id"]
        ):
            raise CampaignRecordNotFound
        if row["erase_at"] is None:
            raise CampaignRecordNotFound
        if row["personal"] is None or row["erase_at"] <= now:
            raise PersonalErased
        await _note(row, "answers", actor, now, record_id=record_id)
    return sealing.open_answers(row["personal"], record_id, seal)


async def open_contact(task_id: int, actor: Actor, seal: Seal, now: datetime) -> TargetContact:
    """For whoever goes there, as long as it is to be done. Raises CampaignTaskNotFound, SealBroken."""
    async with db.transaction():
        row = await db.fetchrow(sql(_CONTACT, task_id=task_id, goes=goers.goes(actor)))
        if row is None or row["contact"] is None:
            raise CampaignTaskNotFound
        await _note(row, "contact", actor, now, target_id=row["id"])
    return sealing.open_contact(row["contact"], row["id"], seal)


async def _note(
    row: asyncpg.Record,
    part: str,
    actor: Actor,
    now: datetime,
    record_id: int | None = None,
    target_id: int | None = None,
) -> None:
    of: dict[str, Any] = {"record_id": record_id, "target_id": target_id}
    await db.execute(sql(_NOTE, campaign_id=row["campaign_id"], account_id=actor.account_id, now=now, **of))
    fact = CampaignSealedRead(
        subject_id=row["campaign_id"], area_code=row["area_code"], part=part, acted_by_id=actor.account_id, **of
    )
    await events.record(fact)
