"""What WeChat says of the pictures of its people (内容安全): asked with the report, answered by a callback later.

The vendor fetches each picture itself, by a link that holds for six hours, and answers within half an hour. A picture
that did not pass, or was not looked at, is marked for staff: the public sees none that a person has not released.
"""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec

from backend import db, logs
from backend.sql import sql
from push.gateways.wechat.answers import VendorRefused, VendorSilent
from push.gateways.wechat.client import WechatClient
from push.gateways.wechat.content_safety import OPENID_OF, PATIENCE_S, Verdict

SILENT_AFTER = timedelta(minutes=60)
"""Twice the vendor's own time: after it a picture counts as not looked at."""
_VERSION, _SCENE_FORUM, _PICTURE = 2, 3, 2
_ASKED = """
    INSERT INTO picture_check (order_id, photo_id, trace_id, verdict, asked_at)
    SELECT :order_id, asked.photo_id, nullif(asked.trace_id, ''),
        CASE WHEN asked.trace_id = '' THEN 'unchecked' END, :now
    FROM unnest(:photo_ids::uuid[], :trace_ids::text[]) AS asked(photo_id, trace_id)
    ON CONFLICT DO NOTHING
"""
_ANSWERED = """
    UPDATE picture_check SET verdict = :verdict, label = :label, answered_at = coalesce(answered_at, :now)
    WHERE trace_id = :trace_id RETURNING id
"""
_MARKS = """
    SELECT photo_id, coalesce(verdict, 'unchecked') AS verdict FROM picture_check
    WHERE order_id = $1 AND verdict IS DISTINCT FROM 'pass' AND (verdict IS NOT NULL OR asked_at < $2)
"""

log = logs.get_logger()


async def check_pictures(
    client: WechatClient, account_id: int, order_id: int, links: Mapping[UUID, str], now: datetime
) -> None:
    """Have the pictures of a report looked at. `links`: where the vendor finds each. For people who came by WeChat."""
    openid = await db.fetchval(OPENID_OF, account_id)
    if openid is None or not links:
        return
    traces = await asyncio.gather(*(_ask(client, openid, link) for link in links.values()))
    await db.execute(sql(_ASKED, order_id=order_id, photo_ids=list(links), trace_ids=traces, now=now))


async def note_answer(fields: Mapping[str, Any], now: datetime) -> bool:
    """Write down what a callback says of a picture. Whether it is one that was asked about."""
    verdict, label = _read(fields)
    values = {"trace_id": str(fields.get("trace_id", "")), "verdict": verdict.value, "label": label}
    return await db.fetchval(sql(_ANSWERED, now=now, **values)) is not None


async def find_marks(order_id: int, now: datetime) -> dict[UUID, Verdict]:
    """The photos of an order that did not pass, or that the vendor did not answer for."""
    rows = await db.fetch(_MARKS, order_id, now - SILENT_AFTER)
    return {row["photo_id"]: Verdict(row["verdict"]) for row in rows}


def gravest(verdicts: Sequence[Verdict]) -> Verdict | None:
    order = (Verdict.RISKY, Verdict.REVIEW, Verdict.UNCHECKED)
    return next((each for each in order if each in verdicts), None)


async def _ask(client: WechatClient, openid: str, link: str) -> str:
    """The vendor's name of the check; empty where there is none. Raises nothing."""
    body = {
        "media_url": link,
        "media_type": _PICTURE,
        "version": _VERSION,
        "scene": _SCENE_FORUM,
        "openid": openid,
    }
    try:
        async with asyncio.timeout(PATIENCE_S):
            answer = await client.post("/wxa/media_check_async", body)
    except (VendorRefused, VendorSilent, TimeoutError) as error:
        log.warning("picture_not_checked", **logs.describe(error))
        return ""
    trace_id = answer.get("trace_id")
    return trace_id[:64] if isinstance(trace_id, str) else ""


def _read(fields: Mapping[str, Any]) -> tuple[Verdict, int]:
    """The answer in its second form, or in the first, which still comes now and then."""
    result = fields.get("result")
    if isinstance(result, dict) and result.get("suggest") in (Verdict.PASS, Verdict.REVIEW, Verdict.RISKY):
        return Verdict(result["suggest"]), _number(result.get("label"))
    if str(fields.get("status_code", "0")) == "0" and str(fields.get("isrisky")) in ("0", "1"):
        return (Verdict.RISKY if str(fields["isrisky"]) == "1" else Verdict.PASS), 0
    return Verdict.UNCHECKED, 0


def _number(value: Any) -> int:
    try:
        return msgspec.convert(value, int, strict=False)
    except msgspec.ValidationError:
        return 0
