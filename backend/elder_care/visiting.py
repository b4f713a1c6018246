"""What somebody found who went there or called; and the order where nobody opened twice, or help is needed.

The order says that an agreed visit is due and by which number the committee knows the home: nobody's name.
"""

from datetime import datetime

import asyncpg

from backend import db
from backend.accounts.structs import Actor
from backend.elder_care import access, rules, sealing
from backend.elder_care.errors import VisitEnded, VisitNotFound
from backend.elder_care.events import VisitAlarmed
from backend.elder_care.rules import VisitOutcome
from backend.elder_care.structs import RecordDraft, RecordView
from backend.events import service as events
from backend.orders import verbs as orders
from backend.orders.assignment.structs import Opening, OrderSite
from backend.orders.model.states import OPEN, quoted
from backend.places import queries as places
from backend.privacy.seals import Seal
from backend.sql import sql
from backend.structs import IdempotencyKey

ITEM, SOURCE = "E101", "elder_care"
"""约定上门查看: the committee goes and looks."""
_LOCK = """
    SELECT t.id, t.state, t.order_id, e.id AS elder_id, e.label, e.area_code, e.place_id
    FROM elder_visit t JOIN lone_elder e ON e.id = t.elder_id
    WHERE t.id = :visit_id AND {visible} FOR UPDATE OF t, e
"""
_MADE = "SELECT visit_id FROM elder_visit_record WHERE by_id = $1 AND client_key = $2"
_EARLIER = """
    SELECT r.outcome FROM elder_visit_record r JOIN elder_visit t ON t.id = r.visit_id
    WHERE t.elder_id = $1 ORDER BY r.id DESC LIMIT 5
"""
_ADD = """
    INSERT INTO elder_visit_record (visit_id, outcome, note, by_id, at, client_key)
    VALUES (:visit_id, :outcome, :note, :by_id, :now, :client_key)
"""
_SET = """
    UPDATE elder_visit SET state = :state, ended_at = :ended_at, order_id = coalesce(:order_id, order_id)
    WHERE id = :visit_id
"""
_GOES_ON = f"""
    SELECT o.id FROM elder_visit t JOIN work_order o ON o.id = t.order_id
    WHERE t.elder_id = $1 AND o.state IN ({quoted(OPEN)}) ORDER BY o.id DESC LIMIT 1
"""
_RECORDS = """
    SELECT r.visit_id, r.client_key, r.outcome, r.note, r.at, coalesce(a.display_name, '') AS by
    FROM elder_visit_record r JOIN elder_visit t ON t.id = r.visit_id LEFT JOIN account a ON a.id = r.by_id
    WHERE t.elder_id = $1 ORDER BY r.id DESC LIMIT 30
"""
_REASONS = {
    VisitOutcome.NOT_OPENED: ("约定走访两次无人应门", "nobody opened at two agreed visits"),
    VisitOutcome.NEEDS_HELP: ("约定走访时对方需要帮助", "help is needed, as an agreed visit found"),
}


async def record(
    visit_id: int, said: RecordDraft, by: Actor, *, key: IdempotencyKey, seal: Seal, now: datetime
) -> int | None:
    """Write down what was found; the same under its key is written once. Returns the order that follows, if any.

    Nobody opened once: the visit is to be made again. Raises VisitNotFound, VisitEnded.
    """
    async with db.transaction():
        row = await db.fetchrow(sql(_LOCK, visit_id=visit_id, visible=access.visible_to(by)))
        if row is None:
            raise VisitNotFound
        if await db.fetchval(_MADE, by.account_id, key) is not None:
            return row["order_id"]
        if row["state"] != "due":
            raise VisitEnded
        earlier = [VisitOutcome(each["outcome"]) for each in await db.fetch(_EARLIER, row["elder_id"])]
        note = seal.close(said.note, sealing.of_note(visit_id, key)) if said.note else None
        values = {"visit_id": visit_id, "outcome": said.outcome.value, "note": note, "client_key": key}
        await db.execute(sql(_ADD, **values, by_id=by.account_id, now=now))
        is_alarm = rules.needs_somebody_at_once(said.outcome, earlier)
        order_id = await _alarm(row, said.outcome, by, now) if is_alarm else None
        is_over = is_alarm or said.outcome is VisitOutcome.WELL
        state = {"state": "done" if is_over else "due", "ended_at": now if is_over else None}
        await db.execute(sql(_SET, visit_id=visit_id, order_id=order_id, **state))
        return order_id


async def list_records(elder_id: int, seal: Seal | None = None) -> list[RecordView]:
    """What was found, the latest first. It asks nobody who may know; the notes are read with a seal alone."""
    return [_view(row, seal) for row in await db.fetch(_RECORDS, elder_id)]


async def _alarm(row: asyncpg.Record, outcome: VisitOutcome, by: Actor, now: datetime) -> int:
    """One order for a home at a time."""
    running = await db.fetchval(_GOES_ON, row["elder_id"])
    order_id = running or (await orders.open(await _opening(row, outcome), now=now)).order_id
    await events.record(
        VisitAlarmed(
            subject_id=row["id"],
            area_code=row["area_code"],
            label=row["label"],
            outcome=outcome.value,
            order_id=order_id,
            acted_by_id=by.account_id,
        )
    )
    return order_id


async def _opening(row: asyncpg.Record, outcome: VisitOutcome) -> Opening:
    place = await places.get_place(row["place_id"])
    zh, en = _REASONS[outcome]
    return Opening(
        item_code=ITEM,
        scene=OrderSite(
            lng=place.loc.lng,
            lat=place.loc.lat,
            area_code=place.area_code,
            grid_code=place.grid_code or "",
            place_id=place.id,
            label=place.label,
        ),
        actor=None,
        actor_role="system",
        source_kind=SOURCE,
        reporter_kinds=None,
        description=f"{zh}(编号 {row['label']}) / {en} (number {row['label']})",
    )


def _view(row: asyncpg.Record, seal: Seal | None) -> RecordView:
    about = sealing.of_note(row["visit_id"], row["client_key"])
    note = seal.open(row["note"], about) if seal and row["note"] else ""
    return RecordView(outcome=VisitOutcome(row["outcome"]), note=note, at=row["at"], by=row["by"])
