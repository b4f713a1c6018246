"""Each fold becomes one order, the urgent ones first; what nobody has to go to any more, and whom nobody believes.

One fold at a time, locked: several workers file several, none twice. A fold is filed under a number of its own, and a
number of a source is one record, so that whatever is repeated ends in the same order.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

import asyncpg
import msgspec

from backend import db, logs
from backend.geo.datum import Datum
from backend.intake.records import receiving
from backend.intake.records.structs import Receipt, RecordState
from backend.intake.sensors import ending, recovering, town_kinds
from backend.intake.sensors.kinds import Cause, kinds
from backend.intake.sensors.weights import is_doubted
from backend.intake.sources import queries as sources
from backend.intake.structs import Clues, Incoming, PointClue
from backend.jobs import queue
from backend.sql import sql

JOB = "sensors.file_folds"
_AGAIN_AFTER = timedelta(minutes=1)
_NEXT = """
    SELECT id FROM alarm_fold WHERE state = 'waiting' AND file_at <= $1
    ORDER BY is_urgent DESC, id LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED
"""
_READ = """
    SELECT f.id, f.source_id, f.kind, f.cause, coalesce(f.place_id, s.place_id) AS place_id,
           ST_X(s.loc::geometry) AS lng, ST_Y(s.loc::geometry) AS lat, said.*
    FROM alarm_fold f LEFT JOIN sensor s ON s.id = f.sensor_id
    CROSS JOIN LATERAL (
        SELECT min(a.first_at) AS first_at, bool_or(a.cleared_at IS NULL) AS is_on, count(*)::int AS sensors,
               array_agg(d.right_count) AS rights, array_agg(d.wrong_count) AS wrongs
        FROM sensor_alarm a JOIN sensor d ON d.id = a.sensor_id WHERE a.fold_id = f.id
    ) said
    WHERE f.id = $1
"""
_FILED = """
    UPDATE alarm_fold SET state = :state, record_id = :record_id, order_id = :order_id, filed_at = :now WHERE id = :id
"""
_LATER = "UPDATE alarm_fold SET file_at = $2 WHERE id = $1 AND state = 'waiting'"
_STATES = {
    RecordState.FILED: "filed",
    RecordState.FOLDED: "filed",
    RecordState.UNSURE: "unsure",
    RecordState.UNREADABLE: "unsure",
    RecordState.TURNED_AWAY: "refused",
}
log = logs.get_logger()


class _Looked(NamedTuple):
    fold_id: int
    is_over: bool


async def request() -> None:
    """Have what waits filed by a job."""
    await queue.enqueue(JOB, None, dedupe_key=JOB)


async def run(now: datetime) -> int:
    """As a job: what comes while this runs gets a job of its own."""
    await queue.give_up(JOB)
    return await file_waiting(now)


async def file_waiting(now: datetime) -> int:
    """File every fold that waits. Returns how many were looked at. One that fails is tried again in a minute."""
    await town_kinds.refresh()
    count = 0
    while (looked := await _try_next(now)) is not None:
        count += 1
        if looked.is_over:
            await ending.end_if_over(looked.fold_id, now)
    return count


async def _try_next(now: datetime) -> _Looked | None:
    fold_id = None
    try:
        async with db.transaction():
            fold_id = await db.fetchval(_NEXT, now)
            return None if fold_id is None else await _file(fold_id, now)
    except Exception as error:
        if fold_id is None:
            raise
        log.error("alarm_fold_not_filed", fold_id=fold_id, **logs.describe(error))
        await db.execute(_LATER, fold_id, now + _AGAIN_AFTER)
        return _Looked(fold_id, is_over=False)


async def _file(fold_id: int, now: datetime) -> _Looked:
    row = await db.fetchrow(_READ, fold_id)
    assert row is not None
    cause = kinds()[row["kind"]].causes[row["cause"]]
    if not row["is_on"] and not cause.is_always_visited:
        # Should a device report again before it has ended, it is looked at again then.
        await db.execute(_LATER, fold_id, now + _AGAIN_AFTER)
        return _Looked(fold_id, is_over=True)
    source = await sources.get_by_id(row["source_id"])
    incoming = incoming_of(row, cause)
    receipt = await receiving.receive(source, incoming, _raw(row), now=now)
    await db.execute(sql(_FILED, id=fold_id, now=now, **_fate(receipt)))
    if not row["is_on"]:
        await recovering.note([fold_id], now)
    return _Looked(fold_id, is_over=False)


def incoming_of(row: asyncpg.Record, cause: Cause) -> Incoming:
    """What an order says of a fold: what happened and what to do, and nothing of who lives there."""
    doubted = all(is_doubted(*counts) for counts in zip(row["rights"], row["wrongs"], strict=True))
    many = row["sensors"]
    devices = f" ({many} 台设备 / {many} devices)" if many > 1 else ""
    return Incoming(
        source_no=f"alarm-{row['id']}",
        occurred_at=row["first_at"],
        title=f"{cause.name_zh} / {cause.name_en}",
        text=f"{cause.reason_zh} / {cause.reason_en}{devices}",
        clues=_clues(row),
        class_code=f"{row['kind']}.{cause.code}",
        item_code=cause.item_code,
        is_doubtful=doubted and not cause.is_always_visited,
    )


def _clues(row: asyncpg.Record) -> Clues:
    if row["place_id"] is not None:
        return Clues(place_id=row["place_id"])
    return Clues(point=PointClue(lng=row["lng"], lat=row["lat"], datum=Datum.WGS84))


def _fate(receipt: Receipt) -> dict[str, object]:
    return {"state": _STATES[receipt.state], "record_id": receipt.record_id, "order_id": receipt.order_id}


def _raw(row: asyncpg.Record) -> bytes:
    return msgspec.json.encode({name: row[name] for name in ("id", "kind", "cause", "sensors", "first_at")})
