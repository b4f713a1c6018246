"""What the platform says of a case after it gave it to us: decisions, call-backs, urging, taking it away."""

from datetime import datetime

from backend import db
from backend.errors import AppError
from backend.intake.hotline import following, recording, tasks
from backend.intake.hotline.errors import ActUnknown
from backend.intake.hotline.events import CallBackUnsolved, CitizenCalledBack, FormalActDecided
from backend.intake.hotline.kinds import ActKind, TaskEnd
from backend.intake.hotline.messages import CalledBack, Decided, LastWordTaken, Recalled, Urged
from backend.intake.hotline.tasks import Task
from backend.intake.sources.structs import Source
from backend.orders import verbs as orders
from backend.orders.actions.errors import UrgedLately
from backend.orders.cases import merged_orders
from backend.orders.model.errors import MoveForbidden
from backend.orders.verifying.errors import NotClosedYet
from backend.sql import sql

_ACT = """
    SELECT a.id, a.kind, a.days, a.decided_at FROM hotline_act a WHERE a.task_id = $1 AND 'yima-act-' || a.id = $2
    FOR UPDATE
"""
_DECIDE = "UPDATE hotline_act SET decided_at = $2, is_granted = $3, opinion = $4 WHERE id = $1"
_EXTEND = """
    UPDATE hotline_task SET days = :days, due_at = :due_at, due_warn_at = :warn_at, is_due_given = :is_given
    WHERE id = :task_id
"""
_CALLED = """
    INSERT INTO hotline_call_back (task_id, call_no, called_at, is_reached, is_solved, is_satisfied, opinion)
    VALUES (:task_id, :call_no, :at, :is_reached, :is_solved, :is_satisfied, :opinion)
    ON CONFLICT (task_id, call_no) DO NOTHING RETURNING id
"""
_IS_OLD_NEWS = """
    SELECT EXISTS (SELECT FROM hotline_call_back
        WHERE task_id = $1 AND called_at > $2 AND is_reached AND is_solved IS NOT NULL)
"""
_AGREE = "UPDATE hotline_task SET agreed_at = $2, due_warn_at = NULL WHERE id = $1"
_UNSOLVED = "UPDATE hotline_task SET agreed_at = NULL, ended_at = NULL, ended_as = NULL WHERE id = $1"
_TAKE_LAST_WORD = "UPDATE hotline_task SET has_last_word = true WHERE id = $1"
_AREA = "SELECT area_code FROM work_order WHERE id = $1"
_NO_WORDS = "回访未解决"
_TAKEN_BACK = "上级平台收回"
_MORE_TIME = "上级平台同意延期"


async def decide(source: Source, decided: Decided, now: datetime) -> None:
    """同意 or 不同意 of a 退单 or 延期. Said again it changes nothing. Raises TaskUnknown, ActUnknown."""
    async with db.transaction():
        task = await tasks.lock_by_number(source.id, decided.task_no)
        act = await db.fetchrow(_ACT, task.id, decided.exchange_no)
        if act is None:
            raise ActUnknown
        if act["decided_at"] is not None:
            return
        await db.execute(_DECIDE, act["id"], now, decided.is_granted, decided.opinion)
        kind = ActKind(act["kind"])
        if decided.is_granted and kind is ActKind.RETURN:
            await _return(source, task, decided.opinion, now)
        elif decided.is_granted:
            await _extend(source, task, act["days"], decided, now)
        facts = {"kind": kind, "is_granted": decided.is_granted, "opinion": decided.opinion}
        await recording.record(FormalActDecided, task, **facts)


async def call_back(source: Source, called: CalledBack, now: datetime) -> None:
    """回访: solved is the platform's word for the end, not solved sends the work back. Each call counts once, and none
    that comes after the answer of a later call.

    Raises TaskUnknown.
    """
    async with db.transaction():
        task = await tasks.lock_by_number(source.id, called.task_no)
        said = {"is_reached": called.is_reached, "is_solved": called.is_solved, "is_satisfied": called.is_satisfied}
        row = sql(_CALLED, task_id=task.id, call_no=called.call_no, at=called.at, **said, opinion=called.opinion)
        if await db.fetchval(row) is None or not called.is_reached or called.is_solved is None:
            return
        await recording.record(CitizenCalledBack, task)
        if await db.fetchval(_IS_OLD_NEWS, task.id, called.at):
            return
        if called.is_solved:
            await db.execute(_AGREE, task.id, now)
            if task.order_id is not None:
                await following.follow_one(task.order_id, now)
        else:
            await _work_again(source, task, called.opinion or _NO_WORDS, now)


async def urge(source: Source, urged: Urged, now: datetime) -> None:
    """催办: whoever has the order is reminded, unless that was done just now. Raises TaskUnknown."""
    async with db.transaction():
        task = await tasks.lock_by_number(source.id, urged.task_no)
        if task.order_id is None or task.ended_at is not None:
            return
        survivor = await merged_orders.find_survivor(task.order_id)
        try:
            async with db.savepoint():
                await orders.urge(survivor, urged.opinion, tasks.by_source(source, now))
        except (UrgedLately, MoveForbidden):
            return


async def recall(source: Source, recalled: Recalled, now: datetime) -> None:
    """收回: the platform takes the case away by itself. Raises TaskUnknown."""
    async with db.transaction():
        task = await tasks.lock_by_number(source.id, recalled.task_no)
        if task.ended_at is None:
            await _return(source, task, recalled.opinion, now)


async def take_last_word(source: Source, taken: LastWordTaken, now: datetime) -> None:
    """要求回访: from now on the case ends by the platform's word. Raises TaskUnknown."""
    async with db.transaction():
        task = await tasks.lock_by_number(source.id, taken.task_no)
        await db.execute(_TAKE_LAST_WORD, task.id)
        if task.order_id is not None and task.ended_at is None:
            survivor = await merged_orders.find_survivor(task.order_id)
            await orders.leave_last_word(survivor, tasks.by_source(source, now))


async def _return(source: Source, task: Task, opinion: str, now: datetime) -> None:
    """It is not ours any more. An order in which others have a case, too, goes on for them."""
    await tasks.end(task.id, TaskEnd.RETURNED, now)
    if task.order_id is None:
        return
    survivor = await merged_orders.find_survivor(task.order_id)
    if survivor != task.order_id or await merged_orders.list_merged(survivor):
        await following.follow_one(survivor, now)
    else:
        await orders.recall(task.order_id, opinion or _TAKEN_BACK, tasks.by_source(source, now))


async def _extend(source: Source, task: Task, days: int, decided: Decided, now: datetime) -> None:
    """Both clocks move: the platform's by what it said, ours by as much of its own time as lies between."""
    area_code = await db.fetchval(_AREA, task.order_id) if task.order_id else source.area_code
    due = await tasks.deadline_of(area_code, task.received_at, task.days + days, decided.due_at)
    values = {"due_at": due.due_at, "warn_at": max(due.warn_at, now), "is_given": decided.due_at is not None}
    await db.execute(sql(_EXTEND, task_id=task.id, days=task.days + days, **values))
    if task.order_id is not None and due.due_at > task.due_at:
        survivor, said = await merged_orders.find_survivor(task.order_id), decided.opinion or _MORE_TIME
        await orders.extend_by_source(survivor, task.due_at, due.due_at, said, tasks.by_source(source, now))


async def _work_again(source: Source, task: Task, said: str, now: datetime) -> None:
    """返工; where the order was closed already it is reopened, and where that cannot be, somebody decides."""
    await db.execute(_UNSOLVED, task.id)
    if task.order_id is None:
        return
    survivor, by = await merged_orders.find_survivor(task.order_id), tasks.by_source(source, now)
    if await orders.rework_by_source(survivor, said, by):
        return
    try:
        async with db.savepoint():
            await orders.reopen(survivor, said, by)
    except (MoveForbidden, NotClosedYet):
        return  # it is being worked on anyway
    except AppError:
        await recording.record(CallBackUnsolved, task)
