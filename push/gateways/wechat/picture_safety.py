"""What WeChat says of the pictures of its people (内容安全): asked with the report, answered by a callback later.

The vendor fetches each picture itself, by a link that holds for six hours, and answers within half an hour. A picture
that did not pass, or was not looked at, is marked for staff: the public sees none that a person has not released.
"""

import asyncio
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from backend import db, logs
from backend.sql import sql
from push.gateways.wechat.answers import VendorRefused, VendorSilent
from push.gateways.wechat.client import WechatClient
from push.gateways.wechat.content_safety import OPENID_OF, PATIENCE_S

_VERSION, _SCENE_FORUM, _PICTURE = 2, 3, 2
_INSERT = """
    INSERT INTO picture_check (order_id, photo_id, trace_id, verdict, asked_at)
    SELECT :order_id, asked.photo_id, nullif(asked.trace_id, ''),
        CASE WHEN asked.trace_id = '' THEN 'unchecked' END, :now
    FROM unnest(:photo_ids::uuid[], :trace_ids::text[]) AS asked(photo_id, trace_id)
    ON CONFLICT DO NOTHING
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
    await db.execute(sql(_INSERT, order_id=order_id, photo_ids=list(links), trace_ids=traces, now=now))


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
