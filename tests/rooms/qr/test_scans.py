"""The scan log and what it tells of a plate."""

import asyncio
from datetime import datetime, timedelta

import pytest

from backend import db
from qr import service as qr
from qr.errors import CheckUnknown, OutsideYourArea
from qr.rules import Finding, ScanGrade
from qr.scans import ScanLog
from qr.structs import Scan
from tests.makers.qr import make_binder, make_codes, make_doors
from tests.makers.town import make_actor

pytestmark = pytest.mark.usefixtures("database")


LATER = timedelta(minutes=1)


async def make_hanging(now: datetime) -> str:
    [door] = await make_doors(1)
    [code] = await make_codes(1, now)
    await qr.bind(code, door, actor=None, now=now)
    return code


def far(code: str, now: datetime, account_id: int, distance_m: float = 5000) -> Scan:
    return Scan(
        code=code, scanned_at=now, channel="wechat", account_id=account_id, grade=ScanGrade.FAR, distance_m=distance_m
    )


async def test_scans_wait_in_memory_and_are_written_in_one_go(now: datetime) -> None:
    code, log = await make_hanging(now), ScanLog()
    for minute in range(5):
        log.note(Scan(code=code, scanned_at=now + timedelta(minutes=minute), channel="web"))
    assert await db.fetchval("SELECT count(*) FROM qr_scan") == 0

    assert await log.flush() == 5

    assert await db.fetchval("SELECT count(*) FROM qr_scan") == 5
    assert await db.fetchval("SELECT scanned_at FROM qr_code WHERE code = $1", code) == now + timedelta(minutes=4)


async def test_what_is_scanned_while_others_are_written_waits_for_the_next_batch(now: datetime) -> None:
    code, log = await make_hanging(now), ScanLog()
    log.note(Scan(code=code, scanned_at=now, channel="web"))
    writing = asyncio.create_task(log.flush())
    await asyncio.sleep(0)
    for minute in range(3):
        log.note(Scan(code=code, scanned_at=now + timedelta(minutes=minute), channel="web"))

    assert await writing == 1
    assert await log.flush() == 3


async def test_what_waits_when_the_door_closes_is_still_written(now: datetime) -> None:
    code, log = await make_hanging(now), ScanLog()

    async with log.running():
        log.note(Scan(code=code, scanned_at=now, channel="web"))

    assert await db.fetchval("SELECT count(*) FROM qr_scan") == 1


async def test_a_scan_of_a_word_never_minted_leaves_no_trace(now: datetime) -> None:
    log = ScanLog()
    log.note(Scan(code="000000000000", scanned_at=now, channel="web"))

    await log.flush()

    assert await db.fetchval("SELECT count(*) FROM qr_scan") == 0


async def test_scans_that_cannot_be_written_wait_for_better_times(now: datetime) -> None:
    code, log = await make_hanging(now), ScanLog()
    log.note(Scan(code=code, scanned_at=now, channel="web"))
    await db.execute("ALTER TABLE qr_scan RENAME TO qr_scan_away")
    with pytest.raises(Exception, match="qr_scan"):
        await log.flush()
    await db.execute("ALTER TABLE qr_scan_away RENAME TO qr_scan")

    assert await log.flush() == 1


async def test_a_copied_sticker_raises_one_check_and_one_fact(now: datetime) -> None:
    code, log = await make_hanging(now), ScanLog()
    for account_id in (1, 2, 3, 4):
        log.note(far(code, now + LATER, account_id))
    await log.flush()
    log.note(far(code, now + LATER, 5))
    await log.flush()

    [check] = await db.fetch("SELECT code_id AS code, far_scans, distance_m FROM qr_plate_check")
    assert tuple(check) == (code, 4, 5000)
    assert await db.fetchval("SELECT count(*) FROM event_log WHERE name = 'PlateSuspected'") == 1
    assert await db.fetchval("SELECT count(*) FROM qr_scan WHERE grade = 'copy'") == 1


async def test_far_scans_of_last_month_raise_nothing(now: datetime) -> None:
    code, log = await make_hanging(now), ScanLog()
    for account_id in (1, 2):
        log.note(far(code, now - timedelta(days=30), account_id))
    log.note(far(code, now, 3))

    await log.flush()

    assert await db.fetchval("SELECT count(*) FROM qr_plate_check") == 0


async def test_who_looked_at_the_plate_settles_the_check(now: datetime) -> None:
    code, log, binder = await make_hanging(now), ScanLog(), await make_binder()
    for account_id in (1, 2, 3):
        log.note(far(code, now + LATER, account_id))
    await log.flush()
    check_id = await db.fetchval("SELECT id FROM qr_plate_check")
    stranger = await make_actor("别处", binder.grants[0].role, "310115106001")

    with pytest.raises(OutsideYourArea):
        await qr.settle_check(check_id, Finding.COPIED, actor=stranger, now=now)
    with pytest.raises(CheckUnknown):
        await qr.settle_check(check_id + 1, Finding.COPIED, actor=binder, now=now)
    await qr.settle_check(check_id, Finding.COPIED, actor=binder, now=now)

    assert await db.fetchval("SELECT finding FROM qr_plate_check WHERE settled_at IS NOT NULL") == "copied"


async def test_what_was_looked_into_is_not_held_against_the_plate_again(now: datetime) -> None:
    code, log, binder = await make_hanging(now), ScanLog(), await make_binder()
    for account_id in (1, 2, 3):
        log.note(far(code, now + timedelta(hours=1), account_id))
    await log.flush()
    check_id = await db.fetchval("SELECT id FROM qr_plate_check")
    await qr.settle_check(check_id, Finding.GENUINE, actor=binder, now=now + timedelta(hours=2))

    log.note(far(code, now + timedelta(hours=3), 4))
    await log.flush()
    assert await db.fetchval("SELECT count(*) FROM qr_plate_check") == 1
    for account_id in (5, 6):
        log.note(far(code, now + timedelta(hours=4), account_id))
    await log.flush()

    assert await db.fetchval("SELECT count(*) FROM qr_plate_check") == 2


async def test_distances_to_where_a_plate_hung_before_raise_nothing(now: datetime) -> None:
    code, log, elsewhere = await make_hanging(now), ScanLog(), (await make_doors(2))[1]
    for account_id in (1, 2):
        log.note(far(code, now + timedelta(hours=1), account_id))
    await log.flush()
    await qr.rebind(code, elsewhere, actor=None, now=now + timedelta(hours=2))

    log.note(far(code, now + timedelta(hours=3), 3))
    await log.flush()

    assert await db.fetchval("SELECT count(*) FROM qr_plate_check") == 0
