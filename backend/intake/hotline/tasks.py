"""The row of a case: entered once under the platform's number, bound to our order, locked before anything is done."""

from datetime import datetime

import msgspec

from backend import db
from backend.calendars import queries as calendars
from backend.intake.hotline import deadlines
from backend.intake.hotline.deadlines import TaskDeadline
from backend.intake.hotline.errors import TaskUnknown
from backend.intake.hotline.kinds import CONTACT_DAYS, CaseKind, TaskEnd, working_days
from backend.intake.hotline.messages import Assigned
from backend.intake.sources.structs import Source, SourceKind
from backend.orders import verbs as orders
from backend.orders.transitions.transition import TransitionContext
from backend.orders.verifying.closing import as_reporter
from backend.sql import sql

_ENTER = """
    INSERT INTO hotline_task (source_id, task_no, kind, is_complex, unit_name, received_at, days, due_at, is_due_given,
        due_warn_at, contact_by, contact_warn_at, has_last_word)
    VALUES (:source_id, :task_no, :kind, :is_complex, :unit_name, :now, :days, :due_at, :is_due_given,
        :due_warn_at, :contact_by, :contact_warn_at, :has_last_word)
    ON CONFLICT (source_id, task_no) DO NOTHING RETURNING id
"""
_COLUMNS = """
    t.id, t.source_id, t.task_no, t.record_id, t.order_id, t.kind, t.received_at, t.days, t.due_at, t.contacted_at,
    t.has_last_word, t.agreed_at, t.ended_at, t.ended_as
"""
_LOCK = f"SELECT {_COLUMNS} FROM hotline_task t WHERE t.id = $1 FOR UPDATE"
_LOCK_BY_NUMBER = f"SELECT {_COLUMNS} FROM hotline_task t WHERE t.source_id = $1 AND t.task_no = $2 FOR UPDATE"
_OF_ORDERS = f"SELECT {_COLUMNS} FROM hotline_task t WHERE t.order_id = ANY($1::bigint[]) ORDER BY t.id FOR UPDATE"
_BIND_RECORD = "UPDATE hotline_task SET record_id = $2 WHERE id = $1 AND record_id IS NULL"
_BIND = """
    UPDATE hotline_task SET order_id = $3 WHERE source_id = $1 AND task_no = $2 AND order_id IS NULL
    RETURNING id, has_last_word
"""
_END = """
    UPDATE hotline_task SET ended_at = $2, ended_as = $3, due_warn_at = NULL, contact_warn_at = NULL
    WHERE id = $1 AND ended_at IS NULL
"""


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """A case, locked."""

    id: int
    source_id: int
    task_no: str
    record_id: int | None
    order_id: int | None
    kind: CaseKind
    received_at: datetime
    days: int
    due_at: datetime
    contacted_at: datetime | None
    has_last_word: bool
    agreed_at: datetime | None
    ended_at: datetime | None
    ended_as: TaskEnd | None

    @property
    def is_awaited(self) -> bool:
        """Whether the platform has yet to say that it is solved."""
        return self.has_last_word and self.agreed_at is None and self.ended_at is None


async def enter(source: Source, assigned: Assigned, now: datetime) -> int | None:
    """Enter a case. None where it is there: the platform sent it before."""
    contact = await deadline_of(source.area_code, now, CONTACT_DAYS)
    days = working_days(assigned.kind, is_complex=assigned.is_complex)
    due = await deadline_of(source.area_code, now, days, assigned.due_at)
    usual = source.kind is SourceKind.HOTLINE
    row = sql(
        _ENTER,
        source_id=source.id,
        task_no=assigned.incoming.source_no,
        kind=assigned.kind.value,
        is_complex=assigned.is_complex,
        unit_name=assigned.unit_name,
        now=now,
        days=days,
        due_at=due.due_at,
        is_due_given=assigned.due_at is not None,
        due_warn_at=due.warn_at,
        contact_by=contact.due_at,
        contact_warn_at=contact.warn_at,
        has_last_word=usual if usual or assigned.has_last_word is None else assigned.has_last_word,
    )
    return await db.fetchval(row)


async def deadline_of(area_code: str, start: datetime, days: int, given: datetime | None = None) -> TaskDeadline:
    """So many working days of the area's calendar from an instant on, or what the platform itself names."""
    timetable = await calendars.get_timetable(area_code, start)
    if given is not None:
        return deadlines.at_given(start, given, timetable)
    return deadlines.in_working_days(start, days, timetable)


async def bind_record(task_id: int, record_id: int) -> None:
    """Say as what record it came in."""
    await db.execute(_BIND_RECORD, task_id, record_id)


async def bind(source: Source, task_no: str, order_id: int, now: datetime) -> None:
    """Bind the case to our order, which its source closes from now on, where it calls back. Once."""
    row = await db.fetchrow(_BIND, source.id, task_no, order_id)
    if row is not None and row["has_last_word"]:
        await orders.leave_last_word(order_id, by_source(source, now))


async def lock(task_id: int) -> Task:
    """Raises TaskUnknown."""
    return _found(await db.fetchrow(_LOCK, task_id))


async def lock_by_number(source_id: int, task_no: str) -> Task:
    """Raises TaskUnknown."""
    return _found(await db.fetchrow(_LOCK_BY_NUMBER, source_id, task_no))


async def lock_of_orders(order_ids: list[int]) -> list[Task]:
    """The cases of these orders, oldest first."""
    return [_task(row) for row in await db.fetch(_OF_ORDERS, order_ids)]


async def end(task_id: int, end_as: TaskEnd, now: datetime) -> None:
    """It is over for us; nobody is warned any more."""
    await db.execute(_END, task_id, now, end_as.value)


def by_source(source: Source, now: datetime) -> TransitionContext:
    """The platform as an actor: as its source's account, which reported the order."""
    return TransitionContext(actor=as_reporter(source.account_id), now=now)


def _found(row: object) -> Task:
    if row is None:
        raise TaskUnknown
    return _task(row)


def _task(row: object) -> Task:
    return msgspec.convert(dict(row), Task)  # type: ignore[call-overload]
