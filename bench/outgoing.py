"""Messages out to phones: how fast a heap of them goes through the vendors' fakes, and what the worker takes meanwhile.

    python -m bench.outgoing        (YIMA_BENCH_MESSAGES, 10000)

Half of the people have WeChat's mini-program, half our app by FCM. All messages are written first; then the worker
starts, and each second tells how many still wait. The fakes check each request as the vendors' documents say; they run
here, on the same cores.
"""

import asyncio
import json
import os
import sys
from dataclasses import replace
from pathlib import Path
from time import perf_counter

import asyncpg
import uvloop

from bench.parts import cpu, stage
from bench.parts.stage import BenchFailed, Stage
from tests.fakes.fcm import FcmFake
from tests.fakes.wechat import FakeWechat

MESSAGES = int(os.environ.get("YIMA_BENCH_MESSAGES", "10000"))
PEOPLE = 200
_PATIENCE_S = 900.0
_ACCOUNT = (
    "INSERT INTO account (kind, display_name, is_active, created_at) VALUES ('device', '', true, now()) RETURNING id"
)
_SESSION = """
    INSERT INTO session (id, account_id, refresh_hash, opened_at, rotated_at, expires_at)
    VALUES (gen_random_uuid(), $1, sha256($2), now(), now(), now() + interval '1 day') RETURNING id
"""
_DEVICE = """
    INSERT INTO device (account_id, session_id, channel, token, platform, registered_at, refreshed_at)
    VALUES ($1, $2, 'fcm', $3, 'android', now(), now())
"""
_IDENTITY = "INSERT INTO external_identity (account_id, vendor, subject, linked_at) VALUES ($1, 'wechat', $2, now())"
_MESSAGES = """
    WITH said AS (
        INSERT INTO message
            (account_id, event_id, kind, order_id, title_zh, title_en, body_zh, recipient, priority, details)
        SELECT ($1::bigint[])[1 + n % $3], n, 'OrderDispatched', n, '新工单:非机动车乱停放', 'New order', '莲安东路',
               'handler', 'P2', jsonb_build_object('number', 'YM-' || lpad(n::text, 6, '0'), 'place', '莲安东路',
                                                   'item_zh', '非机动车乱停放', 'stage_zh', '新工单')
        FROM generate_series(1, $2::int) AS n RETURNING id, account_id, order_id
    )
    INSERT INTO message_delivery (message_id, account_id, channel, device_id, bundle, state, next_at)
    SELECT s.id, s.account_id, CASE WHEN d.id IS NULL THEN 'wechat' ELSE 'fcm' END, d.id, 'order:' || s.order_id,
           'queued', now()
    FROM said s LEFT JOIN device d ON d.account_id = s.account_id
"""
_STATES = "SELECT channel, state, count(*) FROM message_delivery GROUP BY 1, 2 ORDER BY 1, 2"
_WAITING = "SELECT count(*) FROM message_delivery WHERE state = 'queued'"


async def main() -> None:
    here = await stage.build()
    os.environ.update(here.environment)
    await asyncio.to_thread(stage.prepare, here, quietly=True)
    wechat = FakeWechat()
    wechat.is_long_term = True
    await wechat.start()
    with FcmFake() as fcm:
        fcm.takes_everybody = True
        account = Path(here.environment["YIMA_STATE"]) / "bench-account.json"
        account.write_text(json.dumps(fcm.account()))
        vendors = {"YIMA_FCM_CREDENTIALS": str(account), "YIMA_FCM_BASE": fcm.base, **wechat.environment}
        await _send(replace(here, environment={**here.environment, **vendors}), wechat)
        print(f"shown: {len(wechat.sent)} by WeChat, {fcm.sent} by FCM")
    await wechat.close()


async def _send(here: Stage, wechat: FakeWechat) -> None:
    connection = await asyncpg.connect(here.database_url)
    try:
        people = [await _person(connection, number, wechat) for number in range(PEOPLE)]
        await connection.execute(_MESSAGES, people, MESSAGES, PEOPLE)
        await connection.execute("ANALYZE")
        with stage.worker(here) as pid:
            await _watch(connection, pid)
        for row in await connection.fetch(_STATES):
            print(f"{row[0]} {row[1]}: {row[2]}")
    finally:
        await connection.close()


async def _person(connection: asyncpg.Connection, number: int, wechat: FakeWechat) -> int:
    account_id = await connection.fetchval(_ACCOUNT)
    assert account_id is not None
    if number % 2:
        session_id = await connection.fetchval(_SESSION, account_id, str(number).encode())
        await connection.execute(_DEVICE, account_id, session_id, f"token-of-{number:08}")
    else:
        await connection.execute(_IDENTITY, account_id, f"openid{number}")
        wechat.add_person(f"openid{number}", agreed=MESSAGES)
    return account_id


async def _watch(connection: asyncpg.Connection, pid: int) -> None:
    """Tell each second how many wait, until none does; at the end the rate and the worker's memory."""
    began, most_mb = perf_counter(), 0.0
    while waiting := await connection.fetchval(_WAITING):
        most_mb = max(most_mb, cpu.resident_mb(pid)[0])
        print(f"{perf_counter() - began:5.1f} s  {waiting} wait  worker {most_mb:.0f} MB")
        if perf_counter() - began > _PATIENCE_S:
            raise BenchFailed(f"{waiting} messages are not sent after {_PATIENCE_S:.0f} s")
        await asyncio.sleep(1)
    spent = perf_counter() - began
    print(f"{MESSAGES} messages in {spent:.1f} s, {MESSAGES / spent:.0f}/s; worker {most_mb:.0f} MB at the most")


if __name__ == "__main__":
    try:
        uvloop.run(main())
    except BenchFailed as failure:
        sys.exit(f"bench: {failure}")
