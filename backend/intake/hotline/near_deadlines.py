"""Say once that a working day for the first contact, or the platform's deadline, is nearly over."""

from datetime import datetime

from backend import db
from backend.intake.hotline import recording, tasks
from backend.intake.hotline.events import FirstContactDue, HotlineDeadlineNear

_BATCH = 200
# An array, not a join: planned for any values, a join would read every case that there ever was.
_CONTACT = """
    UPDATE hotline_task t SET contact_warn_at = NULL WHERE t.id = ANY(ARRAY(
        SELECT id FROM hotline_task WHERE contact_warn_at <= $1 ORDER BY contact_warn_at LIMIT $2 FOR UPDATE SKIP LOCKED
    )) RETURNING t.id, t.contact_by AS due_at
"""
_DUE = """
    UPDATE hotline_task t SET due_warn_at = NULL WHERE t.id = ANY(ARRAY(
        SELECT id FROM hotline_task WHERE due_warn_at <= $1 ORDER BY due_warn_at LIMIT $2 FOR UPDATE SKIP LOCKED
    )) RETURNING t.id, t.due_at
"""


async def warn(now: datetime) -> None:
    """A case of which nothing is due any more has no instant to be warned at."""
    for statement, kind in ((_CONTACT, FirstContactDue), (_DUE, HotlineDeadlineNear)):
        async with db.transaction():
            for row in await db.fetch(statement, now, _BATCH):
                await recording.record(kind, await tasks.lock(row["id"]), due_at=row["due_at"])
