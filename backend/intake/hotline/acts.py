"""What we do to a case towards the platform: 先行联系, 退单, 延期, 过程反馈. Each is a row, and a queued message."""

from datetime import datetime
from uuid import UUID

from backend import db
from backend.intake.hotline import access, exchanges, recording, tasks
from backend.intake.hotline.errors import ActPending, TaskEnded
from backend.intake.hotline.events import CitizenContacted
from backend.intake.hotline.kinds import ActKind, ContactResult
from backend.intake.hotline.messages import ActMessage, ContactMessage, FeedbackMessage
from backend.intake.hotline.structs import ContactDraft, ExtensionDraft, FeedbackDraft, ReturnDraft
from backend.intake.hotline.tasks import Task
from backend.orders.transitions.transition import TransitionContext
from backend.sql import sql
from media.errors import PhotoNotFound

_CONTACT = """
    INSERT INTO hotline_contact (task_id, result, tries, note, made_by_id, made_at, client_key)
    VALUES (:task_id, :result, :tries, :note, :by_id, :now, :key)
    ON CONFLICT (task_id, made_by_id, client_key) DO NOTHING RETURNING id
"""
_CONTACTED = """
    UPDATE hotline_task SET contacted_at = coalesce(contacted_at, $2), contact_warn_at = NULL WHERE id = $1
"""
_ASK = """
    INSERT INTO hotline_act (task_id, kind, code, reason, days, photo_ids, asked_by_id, asked_at)
    VALUES (:task_id, :kind, :code, :reason, :days, :photo_ids, :by_id, :now)
    ON CONFLICT (task_id) WHERE decided_at IS NULL DO NOTHING RETURNING id
"""
_FEED = """
    INSERT INTO hotline_feedback (task_id, serial, words, is_solved, made_by_id, made_at, client_key)
    SELECT :task_id, count(*) + 1, :words, false, :by_id, :now, :key FROM hotline_feedback WHERE task_id = :task_id
    ON CONFLICT (task_id, made_by_id, client_key) DO NOTHING RETURNING id, serial
"""


async def record_contact(task_id: int, contact: ContactDraft, by: TransitionContext) -> None:
    """先行联系: the citizen was called. Sent again under its key it is the same call.

    Raises TaskUnknown, NotYourTask, TaskEnded.
    """
    async with db.transaction():
        task = await _begin(task_id)
        await access.require_contact(task, by.actor, by.now)
        values = {"result": contact.result.value, "tries": contact.tries, "note": contact.note.strip()}
        row = sql(_CONTACT, task_id=task.id, **values, by_id=by.actor.account_id, now=by.now, key=by.idempotency_key)
        contact_id = await db.fetchval(row)
        if contact_id is None:
            return
        if contact.result is ContactResult.REACHED:
            await db.execute(_CONTACTED, task.id, by.now)
            await recording.record(CitizenContacted, task)
        message = ContactMessage(
            task_no=task.task_no, at=by.now, result=contact.result, tries=contact.tries, note=contact.note.strip()
        )
        await exchanges.tell(task, exchanges.exchange_no("contact", contact_id), message, by.now)


async def request_return(task_id: int, draft: ReturnDraft, by: TransitionContext) -> None:
    """退单: ask the platform to take the case back. Ours goes on until it agrees.

    Raises TaskUnknown, NotYourTask, TaskEnded, ActPending, PhotoNotFound.
    """
    await _request(task_id, ActKind.RETURN, draft.code, draft.reason, None, draft.photo_ids, by)


async def request_extension(task_id: int, draft: ExtensionDraft, by: TransitionContext) -> None:
    """延期: ask for more working days. Neither clock moves until the platform agrees. Raises the same."""
    await _request(task_id, ActKind.EXTENSION, draft.code, draft.reason, draft.days, draft.photo_ids, by)


async def send_feedback(task_id: int, draft: FeedbackDraft, by: TransitionContext) -> None:
    """过程反馈: tell how it stands. Raises TaskUnknown, NotYourTask, TaskEnded."""
    async with db.transaction():
        task = await _begin(task_id)
        await access.require_act(task, by.actor, by.now)
        words = draft.words.strip()
        row = sql(
            _FEED,
            task_id=task.id,
            words=words,
            by_id=by.actor.account_id,
            now=by.now,
            key=by.idempotency_key,
        )
        made = await db.fetchrow(row)
        if made is None:
            return
        message = FeedbackMessage(
            task_no=task.task_no,
            at=by.now,
            serial=made["serial"],
            is_final=False,
            is_solved=False,
            words=words,
            finished_at=None,
        )
        await exchanges.tell(task, exchanges.exchange_no("feedback", made["id"]), message, by.now)


async def request_turned_away(task: Task, code: str, reason: str, now: datetime) -> None:
    """退单 of a case that a person turned away before it became an order: the record says by whom. Once."""
    await _insert(task, ActKind.RETURN, code, reason, None, [], None, now)


async def _request(
    task_id: int,
    kind: ActKind,
    code: str,
    reason: str,
    days: int | None,
    photo_ids: list[UUID],
    by: TransitionContext,
) -> None:
    async with db.transaction():
        task = await _begin(task_id)
        order = await access.require_act(task, by.actor, by.now)
        if not set(photo_ids) <= ({photo.id for photo in order.photos} if order else set()):
            raise PhotoNotFound
        if not await _insert(task, kind, code, reason.strip(), days, photo_ids, by.actor.account_id, by.now):
            raise ActPending


async def _insert(
    task: Task,
    kind: ActKind,
    code: str,
    reason: str,
    days: int | None,
    photo_ids: list[UUID],
    by_id: int | None,
    now: datetime,
) -> bool:
    """Whether it was asked for now: False while another one waits."""
    values = {"kind": kind.value, "code": str(code), "reason": reason, "days": days, "photo_ids": photo_ids}
    act_id = await db.fetchval(sql(_ASK, task_id=task.id, **values, by_id=by_id, now=now))
    if act_id is None:
        return False
    message = ActMessage(
        task_no=task.task_no, at=now, kind=kind, code=str(code), reason=reason, days=days, photo_ids=photo_ids
    )
    await exchanges.tell(task, exchanges.exchange_no("act", act_id), message, now)
    return True


async def _begin(task_id: int) -> Task:
    task = await tasks.lock(task_id)
    if task.ended_at is not None:
        raise TaskEnded
    return task
