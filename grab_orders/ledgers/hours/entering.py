"""Work is entered once: from check-in to finish of a take, from begin to end of a patrol. It waits to be confirmed.

What was sent back and finished again is work anew, from its own check-in on. Without another one nobody knows when it
began, and the time that the order lay with the verifier is nobody's work: then it has no minutes.
"""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from backend import db
from backend.calendars.rules import shanghai_date
from backend.events import service as events
from backend.sql import sql
from grab_orders.ledgers import locking
from grab_orders.ledgers.events import HoursEntered
from grab_orders.ledgers.hours.counting import ServiceSpan, minutes_of
from grab_orders.ledgers.structs import HoursSource
from grab_orders.people import queries as people

_ENTER = """
    INSERT INTO hours_entry (account_id, committee_code, kind, source, source_id, order_id, number, item_code, title_zh,
        title_en, on_date, started_at, ended_at, minutes, promised, entered_at)
    VALUES (:account_id, :committee_code, 'worked', :source, :source_id, :order_id, :number, :item_code, :title_zh,
        :title_en, :on_date, :started_at, :ended_at, :minutes, :promised, :now)
    ON CONFLICT ON CONSTRAINT hours_entry_once DO NOTHING RETURNING id
"""
_WENT_ON = """
    SELECT EXISTS (
        SELECT FROM hours_entry WHERE account_id = :account_id AND kind = 'worked' AND source = :source
          AND source_id = :source_id AND ended_at > :started_at AND ended_at < :ended_at)
"""


class Work(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody did. `source_id`: the order or the patrol task."""

    account_id: int
    source: HoursSource
    source_id: int
    order_id: int | None = None
    number: str = ""
    item_code: str = ""
    title_zh: str
    title_en: str
    started_at: datetime
    ended_at: datetime
    promised: int = 0
    """The points that the offer promised."""


async def enter(done: Sequence[Work], now: datetime) -> int:
    """Enter what volunteers did; others have no ledger. Twice is the same. Returns how many are new."""
    async with db.transaction():
        await locking.lock_people(work.account_id for work in done)
        committees = await people.list_memberships([(work.account_id, work.ended_at) for work in done])
        entered = [
            await _enter_one(work, committee_code, now)
            for work in done
            if (committee_code := committees.get((work.account_id, work.ended_at)))
        ]
    return sum(entered)


async def _enter_one(said: Work, committee_code: str, now: datetime) -> bool:
    work = await _from_its_own_arrival(said)
    row = msgspec.structs.asdict(work) | {
        "committee_code": committee_code,
        "source": work.source.value,
        "on_date": shanghai_date(work.started_at),
        "minutes": minutes_of(ServiceSpan(work.started_at, work.ended_at)),
        "now": now,
    }
    entry_id = await db.fetchval(sql(_ENTER, **row))
    if entry_id is None:
        return False
    fact = msgspec.structs.asdict(work) | {"subject_id": work.account_id, "account_ids": (work.account_id,)}
    del fact["account_id"]
    await events.record(HoursEntered(entry_id=entry_id, area_code=committee_code, at=now, **fact))
    return True


async def _from_its_own_arrival(work: Work) -> Work:
    """Where the same work was finished once since it began, nobody came anew: its start is not known."""
    names = ("account_id", "source_id", "started_at", "ended_at")
    about = {name: getattr(work, name) for name in names}
    went_on = await db.fetchval(sql(_WENT_ON, source=work.source.value, **about))
    return msgspec.structs.replace(work, started_at=work.ended_at) if went_on else work
