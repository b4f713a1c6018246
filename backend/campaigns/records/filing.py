"""File what somebody filled in at a target: record, orders, counts and the task are one transaction, and one key."""

from datetime import datetime
from typing import Any

import msgspec

from backend import db
from backend.accounts.structs import Actor
from backend.campaigns import rules
from backend.campaigns.errors import CampaignFormForeign, CampaignKeyUsed, CampaignOver, CampaignTaskNotFound
from backend.campaigns.events import CampaignRecordFiled
from backend.campaigns.forms import filling, storing
from backend.campaigns.forms.fields import FormContent
from backend.campaigns.forms.filling import FilledForm
from backend.campaigns.records import counting, presence, reads, sealing, troubles
from backend.campaigns.records.presence import ShownPresence
from backend.campaigns.records.structs import CampaignOutcome, FiledCampaignRecord, NewCampaignRecord
from backend.campaigns.records.troubles import TroubleSite
from backend.campaigns.rounds import goers
from backend.events import service as events
from backend.geo.lonlat import LonLat
from backend.orders.arrivals.grades import Timing
from backend.orders.assignment.structs import OrderSite
from backend.privacy.seals import Seal
from backend.sql import sql
from media import service as media
from media.structs import PhotoRole, SubjectKind

_KEY_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('campaign record ' || $1::text || ' ' || $2, 0))"
_BEFORE = "SELECT id, key_print FROM campaign_record WHERE filled_by_id = $1 AND client_key = $2"
# The task, and its target: two records of one target take turns, so that they open one order.
_TASK = """
    SELECT t.id, t.state, t.tries, t.campaign_id, t.target_id, t.area_code, r.starts_at, r.due_at,
           g.kind, g.place_id, g.lng, g.lat, g.grid_code, g.label,
           c.state AS campaign_state, c.ended_at, c.name_zh, c.personal_days
    FROM campaign_task t JOIN campaign_round r ON r.id = t.round_id JOIN campaign_target g ON g.id = t.target_id
    JOIN campaign c ON c.id = t.campaign_id
    WHERE t.id = :task_id AND {goes} FOR NO KEY UPDATE OF t, g
"""
_NEXT_ID = "SELECT nextval(pg_get_serial_sequence('campaign_record', 'id'))"
_INSERT = """
    INSERT INTO campaign_record (id, campaign_id, form_id, task_id, target_id, area_code, filled_by_id, client_key,
        key_print, captured_at, received_at, presence, distance_m, doubts, outcome, answers, personal, erase_at,
        troubles)
    VALUES (:record_id, :campaign_id, :form_id, :task_id, :target_id, :area_code, :account_id, :client_key,
        :key_print, :captured_at, :now, :presence, :distance_m, :doubts, :outcome, :answers, :personal, :erase_at,
        :troubles)
"""
_DONE = "UPDATE campaign_task SET state = 'done', done_at = $2 WHERE id = $1 AND state <> 'done'"
_AGAIN = "UPDATE campaign_task SET tries = least(tries + 1, 30000) WHERE id = $1"


class _Task(msgspec.Struct, frozen=True, kw_only=True):
    id: int
    campaign_id: int
    target_id: int
    area_code: str
    starts_at: datetime
    kind: str
    place_id: int | None
    lng: float
    lat: float
    grid_code: str
    label: str
    ended_at: datetime | None
    name_zh: str
    personal_days: int


class _Filing(msgspec.Struct, frozen=True, kw_only=True):
    """All that is known before the first row is written."""

    record_id: int
    task: _Task
    said: NewCampaignRecord
    key_print: str
    content: FormContent
    filled: FilledForm
    shown: ShownPresence
    timing: Timing


async def file_record(
    task_id: int, said: NewCampaignRecord, actor: Actor, seal: Seal, now: datetime
) -> FiledCampaignRecord:
    """What was filled in, stored; sent before, it gets its first answer.

    Raises CampaignTaskNotFound, CampaignOver, CampaignFormForeign, AnswersWrong, CampaignKeyUsed, WrongCode,
    CapturedTooEarly, CapturedTooLongAgo, and what qr and media refuse.
    """
    # By a key: of a plain print whoever reads the row could find the sealed number by trying all of them.
    key_print = seal.print_of(msgspec.json.encode([task_id, said]).decode()).hex()
    async with db.transaction():
        await db.execute(_KEY_LOCK, str(actor.account_id), said.client_id)
        if earlier := await _sent_before(said, actor, key_print):
            return earlier
        task = await _lock(task_id, actor)
        timing = presence.timing_of(said, task.starts_at, now)
        if task.ended_at is not None and not timing.at <= task.ended_at <= now < task.ended_at + rules.LATE:
            raise CampaignOver
        version = (await storing.find_forms([said.form_id])).get(said.form_id)
        if version is None or version.campaign_id != task.campaign_id:
            raise CampaignFormForeign
        filing = _Filing(
            record_id=await db.fetchval(_NEXT_ID),
            task=task,
            said=said,
            key_print=key_print,
            content=version.content,
            filled=filling.fill(version.content, task.kind, said.answers),
            shown=await presence.show(said, LonLat(task.lng, task.lat), task.place_id, timing),
            timing=timing,
        )
        return await _write(filing, actor, seal, now)


async def _sent_before(said: NewCampaignRecord, actor: Actor, key_print: str) -> FiledCampaignRecord | None:
    row = await db.fetchrow(_BEFORE, actor.account_id, said.client_id)
    if row is None:
        return None
    if row["key_print"] != key_print:
        raise CampaignKeyUsed
    return await reads.get_filed(row["id"])


async def _lock(task_id: int, actor: Actor) -> _Task:
    row = await db.fetchrow(sql(_TASK, task_id=task_id, goes=goers.goes(actor)))
    if row is None:
        raise CampaignTaskNotFound
    return msgspec.convert(dict(row), _Task)


async def _write(filing: _Filing, actor: Actor, seal: Seal, now: datetime) -> FiledCampaignRecord:
    task, filled = filing.task, filing.filled
    outcome = CampaignOutcome.AGAIN if filled.is_again else CampaignOutcome.DONE
    await db.execute(sql(_INSERT, **_row(filing, outcome, actor, seal, now)))
    record = SubjectKind.CAMPAIGN_RECORD
    await media.attach(filled.photo_ids, actor.account_id, record, filing.record_id, PhotoRole.BEFORE)
    await counting.count_personal(task.campaign_id, filing.content, filled.personal)
    at = TroubleSite(task.campaign_id, task.target_id, filing.record_id, task.name_zh, _site(task))
    led_to = await troubles.open_orders(at, filled.troubles, filing.said, actor, now)
    if outcome is CampaignOutcome.DONE:
        await db.execute(_DONE, task.id, filing.timing.at)
    else:
        await db.execute(_AGAIN, task.id)
    order_ids = tuple(each.order_id for each in led_to if each.order_id is not None)
    await events.record(_fact(filing, outcome, order_ids, actor))
    return FiledCampaignRecord(
        id=filing.record_id, outcome=outcome, presence=filing.shown.presence, orders=led_to, is_new=True
    )


def _row(filing: _Filing, outcome: CampaignOutcome, actor: Actor, seal: Seal, now: datetime) -> dict[str, Any]:
    task, filled, shown = filing.task, filing.filled, filing.shown
    sealed = sealing.seal_answers(filled.personal, filing.record_id, seal) if filled.personal else None
    answers = {"values": filled.values, "notes": filled.notes}
    return {
        "record_id": filing.record_id,
        "campaign_id": task.campaign_id,
        "form_id": filing.said.form_id,
        "task_id": task.id,
        "target_id": task.target_id,
        "area_code": task.area_code,
        "account_id": actor.account_id,
        "client_key": filing.said.client_id,
        "key_print": filing.key_print,
        "captured_at": filing.timing.at,
        "now": now,
        "presence": shown.presence.value,
        "distance_m": shown.distance_m,
        "doubts": shown.doubts,
        "outcome": outcome.value,
        "answers": msgspec.json.encode(answers).decode(),
        "personal": sealed,
        "erase_at": counting.erase_at(now, task.personal_days) if sealed else None,
        "troubles": len(filled.troubles),
    }


def _site(task: _Task) -> OrderSite:
    return OrderSite(
        lng=task.lng,
        lat=task.lat,
        area_code=task.area_code,
        grid_code=task.grid_code,
        place_id=task.place_id,
        label=task.label,
    )


def _fact(filing: _Filing, outcome: CampaignOutcome, order_ids: tuple[int, ...], actor: Actor) -> CampaignRecordFiled:
    return CampaignRecordFiled(
        subject_id=filing.record_id,
        area_code=filing.task.area_code,
        account_ids=(actor.account_id,),
        campaign_id=filing.task.campaign_id,
        target_id=filing.task.target_id,
        task_id=filing.task.id,
        outcome=outcome.value,
        captured_at=filing.timing.at,
        order_ids=order_ids,
        acted_by_id=actor.account_id,
    )
