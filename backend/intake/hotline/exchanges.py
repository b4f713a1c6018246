"""What the platform is to be told: a row each, under a number that is the same however often it is written."""

from datetime import datetime

import msgspec

from backend import db
from backend.intake.hotline.messages import Outgoing
from backend.intake.hotline.tasks import Task
from backend.jobs import queue
from backend.sql import sql

JOB = "hotline.send"
_ENQUEUE = """
    INSERT INTO hotline_exchange (source_id, task_id, exchange_no, body, made_at)
    VALUES (:source_id, :task_id, :number, :body::jsonb, :now)
    ON CONFLICT (exchange_no) DO NOTHING RETURNING id
"""


def exchange_no(kind: str, act_id: int) -> str:
    """Under which the platform knows one message of ours: contact, act or feedback, by its row."""
    return f"yima-{kind}-{act_id}"


async def tell(task: Task, number: str, message: Outgoing, now: datetime) -> None:
    """Queue it within the transaction of what it tells, and wake whoever sends."""
    body = msgspec.json.encode(message).decode()
    row = sql(_ENQUEUE, source_id=task.source_id, task_id=task.id, number=number, body=body, now=now)
    if await db.fetchval(row) is not None:
        await queue.enqueue(JOB, task.source_id, dedupe_key=f"{JOB}:{task.source_id}")
