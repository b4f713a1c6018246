"""The guarded process: it may die, hang or run out of memory, and costs that one photo a clear answer."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from backend import db
from media import runtime as media_room
from media import service as media
from media.decoder.helper import Helper
from media.decoder.messages import Answer
from media.decoder.pool import Decoder
from media.errors import DecoderBusy, DecoderFailed, DecoderMissing, PhotoRefused, StoreFull
from media.kinds import MediaKind
from media.limits import DecodeLimits
from media.runtime import MediaRuntime
from media.service.copying import THUMB_JPEG
from tests.makers.accounts import make_device
from tests.makers.photos import encoded, jpeg
from tests.rooms.media.conftest import SECRET, files_below

pytestmark = pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="looks into /proc")


@pytest.fixture
async def own_decoder(database: str) -> AsyncIterator[Decoder]:
    decoder = Decoder(DecodeLimits(decoder_stalled_max_s=0.5, decoder_waiting_max=2))
    yield decoder
    await decoder.close()


@pytest.fixture
async def room(database: str, tmp_path: Path, own_decoder: Decoder) -> AsyncIterator[MediaRuntime]:
    async with media_room.start(tmp_path / "media", SECRET, decoder=own_decoder) as opened:
        yield opened


@pytest.fixture
async def helper(room: MediaRuntime, owner: int, now: datetime) -> Helper:
    """The process that is running, idle after one photo."""
    await media.receive(owner, jpeg(), idempotency_key="first", now=now)
    return room.decoder._idle[0]


async def test_a_decoder_killed_in_mid_photo_costs_nothing(
    room: MediaRuntime, owner: int, helper: Helper, now: datetime
) -> None:
    os.kill(helper.process.pid, signal.SIGSTOP)  # it has the photo and stands still
    receiving = asyncio.create_task(media.receive(owner, jpeg(shade=1), idempotency_key="second", now=now))
    await asyncio.wait({receiving}, timeout=0.2)
    os.kill(helper.process.pid, signal.SIGKILL)

    receipt = await receiving

    assert not receipt.is_repeat
    assert await db.fetchval("SELECT count(*) FROM photo") == 2
    assert list(room.spool_dir.iterdir()) == []


async def test_a_photo_is_not_refused_for_decoders_that_somebody_kills(
    room: MediaRuntime, owner: int, helper: Helper, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = Helper.ask

    async def ask_a_killed_one(helper: Helper, *arguments: Any) -> Answer:
        helper.process.kill()
        return await asked(helper, *arguments)

    with monkeypatch.context() as killing:
        killing.setattr(Helper, "ask", ask_a_killed_one)
        with pytest.raises(DecoderFailed) as failed:
            await media.receive(owner, jpeg(shade=1), idempotency_key="second", now=now)
    again = await media.receive(owner, jpeg(shade=1), idempotency_key="second", now=now)

    assert failed.value.status == 503
    assert not again.is_repeat


async def test_a_picture_that_breaks_two_processes_by_itself_is_refused(
    room: MediaRuntime, owner: int, helper: Helper, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = Helper.ask

    async def ask_one_that_breaks(helper: Helper, *arguments: Any) -> Answer:
        os.kill(helper.process.pid, signal.SIGSEGV)
        return await asked(helper, *arguments)

    monkeypatch.setattr(Helper, "ask", ask_one_that_breaks)
    with pytest.raises(PhotoRefused) as refused:
        await media.receive(owner, jpeg(shade=1), idempotency_key=None, now=now)

    assert refused.value.code == "photo-broke-the-decoder"


async def test_a_full_disk_under_the_decoder_is_not_the_picture_s_fault(room: MediaRuntime, tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.write_bytes(jpeg())

    with pytest.raises(StoreFull) as refused:
        await room.decoder.develop(MediaKind.JPEG, source, [THUMB_JPEG], [Path("/dev/full")])

    assert refused.value.status == 507


async def test_a_decoder_that_died_in_its_sleep_costs_nothing(
    room: MediaRuntime, owner: int, helper: Helper, now: datetime
) -> None:
    helper.process.kill()
    await helper.process.wait()

    receipt = await media.receive(owner, jpeg(shade=1), idempotency_key="second", now=now)

    assert not receipt.is_repeat


async def test_a_frozen_decoder_is_replaced_and_nobody_behind_it_is_refused(
    room: MediaRuntime, owner: int, helper: Helper, now: datetime
) -> None:
    os.kill(helper.process.pid, signal.SIGSTOP)
    sending = [media.receive(owner, jpeg(shade=shade), idempotency_key=None, now=now) for shade in (1, 2)]

    receipts = await asyncio.gather(*sending)

    assert not any(receipt.is_repeat for receipt in receipts)
    assert helper.process.returncode == -signal.SIGKILL


async def test_too_many_waiting_are_asked_to_come_again(
    room: MediaRuntime, owner: int, helper: Helper, now: datetime
) -> None:
    os.kill(helper.process.pid, signal.SIGSTOP)
    sending = [media.receive(owner, jpeg(shade=shade), idempotency_key=None, now=now) for shade in range(5)]

    results = await asyncio.gather(*sending, return_exceptions=True)

    assert sum(isinstance(result, DecoderBusy) for result in results) == 3
    assert list(room.spool_dir.iterdir()) == []


async def test_only_who_keeps_hashes_has_them_made(room: MediaRuntime, tmp_path: Path) -> None:
    source, copy = tmp_path / "source", tmp_path / "copy"
    source.write_bytes(jpeg())

    plain = await room.decoder.develop(MediaKind.JPEG, source, [THUMB_JPEG], [copy])
    hashed = await room.decoder.develop(MediaKind.JPEG, source, [THUMB_JPEG], [copy], is_hashed=True)

    assert (plain.hashes, len(hashed.hashes)) == ([], 22)


async def test_jobs_wait_their_turn_however_many_there_are(room: MediaRuntime, helper: Helper, tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.write_bytes(jpeg())

    found = await asyncio.gather(
        *(
            room.decoder.develop(MediaKind.JPEG, source, [THUMB_JPEG], [tmp_path / f"{number}"], is_patient=True)
            for number in range(8)
        )
    )

    assert len(found) == 8


async def test_a_burst_of_photos_gets_all_its_large_copies(room: MediaRuntime, owner: int, now: datetime) -> None:
    photos = [
        (await media.receive(owner, jpeg(shade=shade), idempotency_key=None, now=now)).photo for shade in range(6)
    ]

    await asyncio.gather(*(media.make_large(photo.id, 0) for photo in photos))

    assert len([path for path in files_below(room.spool_dir.parent) if "-large" in path.name]) == len(photos)


async def test_a_picture_that_needs_too_much_memory_is_refused(database: str, tmp_path: Path, now: datetime) -> None:
    small = DecodeLimits(decoder_memory_max_bytes=300 * 1024 * 1024)
    async with media_room.start(tmp_path / "small", SECRET, limits=small) as room:
        owner_id = (await make_device()).account_id
        with pytest.raises(PhotoRefused) as refused:
            big = encoded(Image.new("RGBA", (7000, 7000)), "PNG", compress_level=1)
            await media.receive(owner_id, big, idempotency_key=None, now=now)
        await media.receive(owner_id, jpeg(), idempotency_key=None, now=now)

    assert refused.value.code in ("photo-needs-too-much-memory", "photo-broke-the-decoder")
    assert len(files_below(room.spool_dir.parent)) == 2


async def test_a_decoder_that_cannot_start_is_no_picture_s_fault(database: str, tmp_path: Path, now: datetime) -> None:
    far_too_small = DecodeLimits(decoder_memory_max_bytes=64 * 1024 * 1024)
    async with media_room.start(tmp_path / "none", SECRET, limits=far_too_small) as room:
        owner_id = (await make_device()).account_id
        with pytest.raises(DecoderMissing):
            await media.receive(owner_id, jpeg(), idempotency_key=None, now=now)

    assert files_below(room.spool_dir.parent) == []


async def test_this_process_never_loads_a_decoder(room: MediaRuntime, owner: int, helper: Helper) -> None:
    assert "pillow_heif" not in sys.modules
