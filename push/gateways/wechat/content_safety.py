"""What WeChat says of the words of its people (内容安全), which the mini-program must ask before others read them.

The vendor answers only for somebody who used the mini-program within the last two hours: so it is asked at the report
and not later. Nobody's report waits for it, and none is lost by it: what did not pass is marked for staff.
"""

import asyncio
from datetime import datetime
from typing import Any

import msgspec

from backend import db, logs
from backend.sql import sql
from push.gateways.wechat.answers import VendorRefused, VendorSilent
from push.gateways.wechat.client import WechatClient
from push.gateways.wechat.content_marks import GIVEN, ContentVerdict

PATIENCE_S = 2.0
"""So long somebody's report waits for the vendor."""
_MOST_CHARS = 2500
_VERSION, _SCENE_FORUM = 2, 3
OPENID_OF = "SELECT subject FROM external_identity WHERE vendor = 'wechat' AND account_id = $1"
_MARK = """
    INSERT INTO content_mark (order_id, verdict, label, trace_id, marked_at)
    VALUES (:order_id, :verdict, :label, left(:trace_id, 64), :now)
"""
_FIND = """
    SELECT verdict FROM content_mark WHERE order_id = $1
    ORDER BY array_position(ARRAY['risky', 'review', 'unchecked'], verdict::text), id LIMIT 1
"""

log = logs.get_logger()


class TextCheck(msgspec.Struct, frozen=True, kw_only=True):
    """`label`: the vendor's number for what it found; 100 is nothing. `trace_id`: the vendor's name of the check."""

    verdict: ContentVerdict
    label: int = 0
    trace_id: str = ""


async def check_words(client: WechatClient, account_id: int, order_id: int, words: str, now: datetime) -> None:
    """Have the words of a report looked at, and mark its order unless they pass. For people who came by WeChat."""
    openid = await db.fetchval(OPENID_OF, account_id)
    if openid is None:
        return
    check = await check_text(client, openid, words)
    if check.verdict is not ContentVerdict.PASS:
        values = {"verdict": check.verdict.value, "label": check.label, "trace_id": check.trace_id}
        await db.execute(sql(_MARK, order_id=order_id, now=now, **values))


async def check_text(client: WechatClient, openid: str, words: str) -> TextCheck:
    """What the vendor says. Raises nothing: without an answer the words are unchecked."""
    body = {"version": _VERSION, "scene": _SCENE_FORUM, "openid": openid, "content": words[:_MOST_CHARS]}
    try:
        async with asyncio.timeout(PATIENCE_S):
            return _read(await client.post("/wxa/msg_sec_check", body))
    except (VendorRefused, VendorSilent, TimeoutError) as error:
        log.warning("words_not_checked", **logs.describe(error))
        return TextCheck(verdict=ContentVerdict.UNCHECKED)


async def find_mark(order_id: int) -> ContentVerdict | None:
    """The gravest mark of an order, if it has one."""
    found = await db.fetchval(_FIND, order_id)
    return None if found is None else ContentVerdict(found)


def _read(answer: dict[str, Any]) -> TextCheck:
    result = answer.get("result")
    suggest, label = (result.get("suggest"), result.get("label")) if isinstance(result, dict) else (None, None)
    if suggest not in GIVEN:
        return TextCheck(verdict=ContentVerdict.UNCHECKED)
    found = label if isinstance(label, int) else 0
    return TextCheck(verdict=ContentVerdict(suggest), label=found, trace_id=str(answer.get("trace_id", "")))
