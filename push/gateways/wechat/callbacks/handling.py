"""What the events of WeChat change here. Each runs at least once, within one transaction that marks it as done."""

from datetime import datetime, timedelta

from backend import db
from backend.jobs import TryLater
from push.channels import Channel
from push.gateways.wechat import content_marks, credit
from push.gateways.wechat.callbacks import inbox
from push.gateways.wechat.callbacks.fields import Fields, listed, text
from push.gateways.wechat.callbacks.inbox import Callback
from push.gateways.wechat.credit import Change
from push.sending import receipts

_PATIENCE = timedelta(minutes=1)
"""The vendor may say that a message arrived before the worker has written down that it was sent."""
_AGREED, _REFUSED = "accept", "reject"


async def handle(callback_id: int, now: datetime) -> None:
    """Do what a callback asks, once. Raises TryLater for news of a message that is not written down yet."""
    async with db.transaction():
        callback = await inbox.take(callback_id)
        if callback is None:
            return
        match callback.kind:
            case "subscribe_msg_popup_event" | "subscribe_msg_change_event":
                await credit.add(_changes(callback.fields))
            case "subscribe_msg_sent_event":
                await _note_receipts(callback, now)
            case "wxa_media_check":
                await _note_picture(callback, now)
        await inbox.settle(callback_id, now)


def _changes(fields: Fields) -> list[Change]:
    """What somebody agreed to or refused in a popup; or in the settings, where only refusing counts."""
    is_popup = text(fields, "Event") == "subscribe_msg_popup_event"
    changes = []
    for each in listed(fields.get("List")):
        template_id, status = text(each, "TemplateId"), text(each, "SubscribeStatusString")
        if template_id and (status == _REFUSED or (status == _AGREED and is_popup)):
            times = 1 if status == _AGREED else 0
            changes.append(Change(openid=text(fields, "FromUserName"), template_id=template_id, times=times))
    return changes


async def _note_picture(callback: Callback, now: datetime) -> None:
    is_known = await content_marks.note_answer(callback.fields, now)
    if not is_known and now - callback.received_at < _PATIENCE:
        raise TryLater("not written down yet")


async def _note_receipts(callback: Callback, now: datetime) -> None:
    for each in listed(callback.fields.get("List")):
        vendor_id, code = text(each, "MsgID"), text(each, "ErrorCode")
        if code in ("", "0"):
            is_known = await receipts.arrived(Channel.WECHAT, vendor_id)
        else:
            is_known = await receipts.lost(Channel.WECHAT, vendor_id, code, text(each, "ErrorStatus"), now)
        if not is_known and now - callback.received_at < _PATIENCE:
            raise TryLater("not written down yet")
