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
from push.gateways.wecom.labels import Labels, labels
from push.preferences import language_of

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
        account_id = await accounts.find_by_identity("wecom", tap.userid)
        lang = await language_of(account_id) if account_id is not None else "zh"
        if _is_return_without_reason(tap):
            await updating.say_to(tap.userid, labels(lang).no_reason)
        elif tap.key in (ACCEPT, RETURN):
            await _answer(tap, await _act(tap, account_id, lang, now), labels(lang))
        await tap_inbox.settle(callback_id, now)


async def _answer(tap: CardTap, refusal: str, said: Labels) -> None:
    """On the card, where this WeCom can change cards, else by a line. Of what was done the fact changes all cards."""
    if not updating.can_update():
        done = said.accepted if tap.key == ACCEPT else said.given_back
        await updating.say_to(tap.userid, refusal or done)
    elif refusal:
        await card_store.say(tap.task_id, chars(refusal, BUTTON_CHARS))


async def _act(tap: CardTap, account_id: int | None, lang: str, now: datetime) -> str:
    """Do it as the member of staff who has this userid. Returns why not; empty when it was done."""
    task = task_ids.read(tap.task_id)
    if account_id is None or task is None:
        log.info("wecom_tap_refused", has_account=account_id is not None)
        return labels(lang).stranger
    by = TransitionContext(actor=await accounts.get_actor(account_id), now=now)
    try:
        async with db.savepoint():
            await _move(tap, task.order_id, by)
    except Unavailable:
        raise
    except MoveForbidden as refusal:
        return _who_was_first(refusal, lang)
    except AppError as refusal:
        return error_texts.sentence(refusal, lang)
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


def _who_was_first(refusal: MoveForbidden, lang: str) -> str:
    if refusal.extra["state"] == State.ACCEPTED and refusal.extra["changed_by"]:
        zh, en = accepted_by(refusal.extra["changed_by"])
        return en if lang == "en" else zh
    return error_texts.sentence(refusal, lang)
