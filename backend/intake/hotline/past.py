"""Cases of a platform that were done before anybody looked, for demonstrations: task, first call, the call back."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from backend import db
from backend.intake.hotline.kinds import CaseKind
from backend.intake.hotline.structs import ContactResult
from backend.sql import sql

_WRITE = """
    WITH given AS MATERIALIZED (
        SELECT * FROM jsonb_to_recordset(:cases::jsonb) AS given (task_no text, order_id bigint, kind text,
            received_at timestamptz, days int, due_at timestamptz, contact_by timestamptz, contacted_at timestamptz,
            contacted_by_id bigint, ended_at timestamptz, is_satisfied bool)
    ),
    task AS (
        INSERT INTO hotline_task (source_id, task_no, order_id, kind, received_at, days, due_at, contact_by,
            contacted_at, agreed_at, ended_at, ended_as)
        SELECT :source_id, task_no, order_id, kind, received_at, days, due_at, contact_by, contacted_at, ended_at,
            ended_at, CASE WHEN ended_at IS NOT NULL THEN 'solved' END
        FROM given RETURNING id, task_no
    ),
    contact AS (
        INSERT INTO hotline_contact (task_id, result, made_by_id, made_at)
        SELECT task.id, :reached, contacted_by_id, contacted_at FROM given JOIN task USING (task_no)
        WHERE contacted_at IS NOT NULL
    )
    INSERT INTO hotline_call_back (task_id, call_no, called_at, is_solved, is_satisfied)
    SELECT task.id, task_no || '-1', ended_at, true, is_satisfied FROM given JOIN task USING (task_no)
    WHERE ended_at IS NOT NULL
"""


class PastCase(msgspec.Struct, frozen=True, kw_only=True):
    """A case with its order. `ended_at`: when the citizen said that it is solved; None while it goes on."""

    task_no: str
    order_id: int
    kind: CaseKind
    received_at: datetime
    days: int
    due_at: datetime
    contact_by: datetime
    contacted_at: datetime | None
    contacted_by_id: int
    ended_at: datetime | None
    is_satisfied: bool | None


async def write_past(source_id: int, cases: Sequence[PastCase]) -> None:
    """Write cases of one platform, in the caller's transaction. Nothing is told to the platform."""
    given = msgspec.json.encode(cases).decode()
    await db.execute(sql(_WRITE, source_id=source_id, cases=given, reached=ContactResult.REACHED.value))
