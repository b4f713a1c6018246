"""Vendors in all kinds of trouble, workers killed at any point: each message is seen once, or a reason is on record.

`YIMA_CHAOS_MESSAGES=5000 YIMA_CHAOS_KILLS=20 make test ARGS=tests/races/test_push_chaos.py` is the whole of it.
"""

import asyncio
import os
import random
import subprocess
from collections import Counter
from collections.abc import AsyncIterator

import msgspec
import pytest

from backend import db
from push import service as push
from push.channels import Channel, Recipient
from push.structs import Details, Notice, Wording
from tests.fakes.server import Answer, Trouble, as_json
from tests.fakes.wechat import FakeWechat
from tests.fakes.wecom import FakeWecom
from tests.makers.accounts import make_staff
from tests.makers.gateways import link, switch_on
from tests.makers.workers import running_worker

MESSAGES = int(os.environ.get("YIMA_CHAOS_MESSAGES", "240"))
KILLS = int(os.environ.get("YIMA_CHAOS_KILLS", "4"))
PEOPLE = 20
_PATIENCE_S = 60 + MESSAGES / 5
_TROUBLES = [
    Trouble(wait_s=0.3, done=True),
    Trouble(is_cut=True, done=True),
    Trouble(is_cut=True),
    Trouble(answer=Answer(body=b"<html>bad gateway</html>", status=502)),
    Trouble(answer=Answer(body=b"", status=503)),
    Trouble(answer=as_json({"errcode": -1, "errmsg": "system error"})),
]
# Time goes by for what waits: nobody sleeps until a claim has run out or a retry is due.
_RETRIES_DUE = """
    UPDATE message_delivery SET next_at = now() WHERE state = 'queued' AND next_at < 'infinity' AND next_at > now()
"""
_CLAIMS_OVER = "UPDATE message_delivery SET claimed_until = now() WHERE claimed_until > now()"
_WAITING = "SELECT count(*) FROM message_delivery WHERE state = 'queued' AND next_at < 'infinity'"
_ENDED = """
    SELECT m.details ->> 'number' AS number, array_agg(d.state::text) FILTER (WHERE d.next_at IS NULL) AS states,
           bool_and(d.outcome <> '') FILTER (WHERE d.next_at IS NULL) AS says_why
    FROM message m LEFT JOIN message_delivery d ON d.message_id = m.id GROUP BY m.id
"""


@pytest.fixture
async def wecom() -> AsyncIterator[FakeWecom]:
    fake = await FakeWecom().start()
    fake.server.troubles.at_random, fake.server.troubles.rate = _TROUBLES, 0.3
    yield fake
    await fake.close()


@pytest.fixture
async def wechat() -> AsyncIterator[FakeWechat]:
    fake = FakeWechat()
    fake.is_long_term = True
    await fake.start()
    fake.server.troubles.at_random, fake.server.troubles.rate = _TROUBLES, 0.3
    yield fake
    await fake.close()


async def test_each_message_is_seen_once_or_says_why_it_was_not(database, tmp_path, monkeypatch, wecom, wechat):
    for name, value in (wecom.environment | wechat.environment).items():
        monkeypatch.setenv(name, value)
    await switch_on(Channel.WECOM, Channel.WECHAT)
    await push.notify(await _notices(wecom, wechat))
    chance = random.Random(12)

    for _ in range(KILLS):
        with running_worker(database, tmp_path) as worker:
            await _until_it_works(worker)
            await asyncio.sleep(chance.uniform(0, 0.5))
            worker.kill()
        await db.execute(_CLAIMS_OVER)
    with running_worker(database, tmp_path):
        await _until_nothing_waits()

    seen = Counter(_numbers_in(wecom.shown) + _numbers_in(wechat.sent))
    ended = await db.fetch(_ENDED)
    assert len(ended) == MESSAGES
    assert [row["number"] for row in ended if seen[row["number"]] > 1] == []
    unexplained = [
        row["number"] for row in ended if not seen[row["number"]] and ("sent" in row["states"] or not row["says_why"])
    ]
    assert unexplained == []
    assert sum(bool(seen[row["number"]]) for row in ended) > MESSAGES / 2


async def _notices(wecom: FakeWecom, wechat: FakeWechat) -> list[Notice]:
    """One message each about an order of its own, to people of whom half are at WeCom and half at WeChat."""
    people = []
    for number in range(PEOPLE):
        person = (await make_staff()).account_id
        vendor, name = ("wecom", f"member{number}") if number % 2 else ("wechat", f"openid{number}")
        await link(person, vendor, name)
        wecom.members.add(name)
        wechat.add_person(name, agreed=MESSAGES)
        people.append(person)
    return [_notice(number, people[number % PEOPLE]) for number in range(1, MESSAGES + 1)]


def _notice(number: int, person: int) -> Notice:
    return Notice(
        event_id=number,
        kind="OrderDispatched",
        order_id=number,
        account_ids=[person],
        wording=Wording(title_zh="新工单:非机动车乱停放", title_en="New order", body_zh="莲安东路", body_en=""),
        recipient=Recipient.HANDLER,
        priority="P2",
        details=Details(number=f"YM-{number:06}", item_zh="非机动车乱停放", place="莲安东路", stage_zh="新工单"),
    )


async def _until_it_works(worker: subprocess.Popen[bytes]) -> None:
    """Until this worker has something in hand, or nothing is left to do."""
    while worker.poll() is None and await db.fetchval(_WAITING):
        await db.execute(_RETRIES_DUE)
        if await db.fetchval("SELECT EXISTS (SELECT FROM message_delivery WHERE claimed_until > now())"):
            return
        await asyncio.sleep(0.05)


async def _until_nothing_waits() -> None:
    async with asyncio.timeout(_PATIENCE_S):
        while await db.fetchval(_WAITING):
            await db.execute(_RETRIES_DUE)
            await asyncio.sleep(0.2)


def _numbers_in(shown: object) -> list[str]:
    """The orders that stand in what was shown, as often as it was shown."""
    assert isinstance(shown, list)
    texts = [msgspec.json.encode(each).decode() for each in shown]
    return [text[text.index("YM-") :][:9] for text in texts]
