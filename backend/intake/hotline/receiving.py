"""派单: the platform gives us a case. It is entered with its clock and goes on as any record, once for each number."""

from datetime import datetime

from backend import db
from backend.intake.hotline import tasks
from backend.intake.hotline.errors import NotAHotline
from backend.intake.hotline.messages import Assigned
from backend.intake.records import receiving
from backend.intake.records.structs import Receipt
from backend.intake.sources.structs import Source, SourceKind

KINDS = (SourceKind.HOTLINE, SourceKind.POLICE)


async def assign(source: Source, assigned: Assigned, raw: bytes, now: datetime) -> Receipt:
    """Take a case. Sent again it is the same one, with the clock that it has. Raises NotAHotline."""
    if source.kind not in KINDS:
        raise NotAHotline
    async with db.transaction():
        task_id = await tasks.enter(source, assigned, now)
        receipt = await receiving.receive(source, assigned.incoming, raw, now=now)
        if task_id is not None:
            await tasks.bind_record(task_id, receipt.record_id)
        if receipt.order_id is not None:
            await tasks.bind(source, receipt.source_no, receipt.order_id, now)
        return receipt
