"""Minting: the registry never holds a code twice, whatever chance says."""

import random
from datetime import datetime

import pytest

from backend import db
from qr import codes
from qr import service as qr
from qr.errors import BatchAreaRefused, BatchSizeRefused, KeyChanged
from tests.makers.qr import KEYS, make_codes, make_doors

pytestmark = pytest.mark.usefixtures("database")


async def test_a_batch_has_as_many_codes_as_asked_for_all_genuine(now: datetime) -> None:
    minted = await make_codes(250, now)

    assert len(set(minted)) == 250
    assert {codes.judge(code, KEYS) for code in minted} == {codes.CodeVerdict.GENUINE}


async def test_a_word_drawn_twice_is_drawn_again(now: datetime) -> None:
    chance = random.Random(1)

    first = await make_codes(40, now, draw=lambda _: chance.randrange(100))
    second = await make_codes(40, now, draw=lambda _: chance.randrange(100))

    assert len({*first, *second}) == 80


async def test_a_changed_secret_is_noticed_before_plates_are_printed_with_it(now: datetime) -> None:
    await make_codes(1, now)

    with pytest.raises(KeyChanged):
        await qr.mint(1, keys=codes.keyring("another secret under the same number"), now=now)
    await qr.mint(1, keys=codes.keyring("", "1:another secret under its own number"), now=now)


async def test_an_empty_or_endless_batch_is_refused(now: datetime) -> None:
    for size in (0, 200_001):
        with pytest.raises(BatchSizeRefused):
            await qr.mint(size, keys=KEYS, now=now)


@pytest.mark.parametrize("area", ["31x", "%", "上海", "１２", "3" * 16, "31\n"])
async def test_a_batch_is_meant_for_an_area_code_or_everywhere(now: datetime, area: str) -> None:
    with pytest.raises(BatchAreaRefused):
        await qr.mint(1, keys=KEYS, now=now, area_code=area)


async def test_a_whole_street_is_minted_and_bound_at_once(now: datetime) -> None:
    doors = await make_doors(300)

    bound = await qr.mint_bound(doors, keys=KEYS, now=now)

    assert list(bound) == doors
    rows = await db.fetch("SELECT code, place_id FROM qr_code WHERE status = 'active'")
    assert {row["place_id"]: row["code"] for row in rows} == bound
    assert await db.fetchval("SELECT count(*) FROM qr_binding WHERE ended_at IS NULL") == 300
