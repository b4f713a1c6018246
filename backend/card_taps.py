"""Carry out what members of staff press on cards: 接单 and 退单, as themselves and by the verbs that everybody uses."""

from datetime import datetime

from backend import db, logs
from backend.accounts import queries as accounts
from backend.errors import AppError, Unavailable
from backend.orders import verbs as orders
from backend.orders.model.errors import MoveForbidden
from backend.orders.model.inputs import Return
from backend.orders.model.states import State
from backend.orders.transitions.transition import TransitionContext
from backend.web.i18n import error_texts
from push.card_endings import BUTTON_CHARS, accepted_by
from push.gateways.wecom import card_store, return_reasons, tap_inbox, task_ids, updating
from push.gateways.wecom.card_actions import CardTap
from push.gateways.wecom.card_store import SentCard
from push.gateways.wecom.cards import ACCEPT, RETURN
from push.gateways.wecom.fitting import chars

DONE = {ACCEPT: "已接单", RETURN: "已退单"}
STRANGER = "请先绑定一码账号"
NO_REASON = "退单需要原因:请先在卡片上选择“退单原因”,再点“退单”。工单还没有退。"

log = logs.get_logger()


async def carry_out(callback_id: int, now: datetime) -> None:
    """A job: do what was pressed, once, and let the card say what came of it.

    Raises Unavailable while the order is busy, TryLater while WeCom does not take the answer.
    """
    async with db.transaction():
        received = await tap_inbox.take(callback_id)
        if received is None:
            return
        tap = received.tap
        await card_store.note([SentCard(task_id=tap.task_id, response_code=tap.response_code)], received.received_at)
        if _is_return_without_reason(tap):
            await updating.say_to(tap.userid, NO_REASON)
        elif tap.key in DONE:
            await _answer(tap, await _act(tap, now))
        await tap_inbox.settle(callback_id, now)


async def _answer(tap: CardTap, refusal: str) -> None:
    """On the card, where this WeCom can change cards, else by a line. Of what was done the fact changes all cards."""
    if not updating.can_update():
        await updating.say_to(tap.userid, refusal or DONE[tap.key])
    elif refusal:
        await card_store.say(tap.task_id, chars(refusal, BUTTON_CHARS))


async def _act(tap: CardTap, now: datetime) -> str:
    """Do it as the member of staff who has this userid. Returns why not; empty when it was done."""
    account_id = await accounts.find_by_identity("wecom", tap.userid)
    task = task_ids.read(tap.task_id)
    if account_id is None or task is None:
        log.info("wecom_tap_refused", has_account=account_id is not None)
        return STRANGER
    by = TransitionContext(actor=await accounts.get_actor(account_id), now=now)
    try:
        async with db.savepoint():
            await _move(tap, task.order_id, by)
    except Unavailable:
        raise
    except MoveForbidden as refusal:
        return _who_was_first(refusal)
    except AppError as refusal:
        return error_texts.sentence(refusal, "zh")
    return ""


async def _move(tap: CardTap, order_id: int, by: TransitionContext) -> None:
    if tap.key == ACCEPT:
        await orders.accept(order_id, by)
    elif tap.key == RETURN and (reason := _reason(tap)):
        await orders.give_back(order_id, Return(reason=reason), by)


def _reason(tap: CardTap) -> return_reasons.ReturnReason | None:
    return next(filter(None, map(return_reasons.read, tap.selected.get(return_reasons.QUESTION, []))), None)


def _is_return_without_reason(tap: CardTap) -> bool:
    return tap.key == RETURN and _reason(tap) is None


def _who_was_first(refusal: MoveForbidden) -> str:
    if refusal.extra["state"] == State.ACCEPTED and refusal.extra["changed_by"]:
        return accepted_by(refusal.extra["changed_by"])
    return error_texts.sentence(refusal, "zh")
