"""Record what happened to a case as a fact, with who is concerned on our side."""

from typing import Any

from backend import db
from backend.events import service as events
from backend.intake.hotline.events import HotlineFact
from backend.intake.hotline.tasks import Task
from backend.intake.sources import queries as sources

_ORDER = "SELECT area_code, unit_id, handler_id FROM work_order WHERE id = $1"


async def record(kind: type[HotlineFact], task: Task, /, **body: Any) -> None:
    """About a case, where its order lies; of one without an order, in its source's area."""
    source = await sources.get_by_id(task.source_id)
    order = await db.fetchrow(_ORDER, task.order_id) if task.order_id else None
    handler_id = order["handler_id"] if order else None
    await events.record(
        kind(
            subject_id=task.id,
            area_code=order["area_code"] if order else source.area_code,
            unit_id=order["unit_id"] if order else None,
            account_ids=(handler_id,) if handler_id else (),
            task_no=task.task_no,
            source_zh=source.title_zh,
            source_en=source.title_en,
            order_id=task.order_id,
            handler_id=handler_id,
            **body,
        )
    )
