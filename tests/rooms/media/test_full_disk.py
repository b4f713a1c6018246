"""A disk that is full: a clear answer, nothing half-written, and what was acknowledged stays."""

import os
import subprocess
from collections.abc import AsyncIterator, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from backend import db
from media import runtime as media_room
from media import service as media
from media.decoder.pool import Decoder
from media.errors import StoreFull
from media.runtime import MediaRuntime
from tests.makers.photos import jpeg
from tests.rooms.media.conftest import SECRET, files_below

_DISK_BYTES = 2 * 1024 * 1024


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={_DISK_BYTES}", "tmpfs", str(disk)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root may mount a small disk, and not in every container")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


@pytest.fixture
async def room(database: str, small_disk: Path, decoder: Decoder) -> AsyncIterator[MediaRuntime]:
    async with media_room.start(small_disk / "media", SECRET, decoder=decoder) as opened:
        yield opened


def noisy(size_bytes: int) -> bytes:
    """A small picture with a long comment: a file of about this size."""
    return jpeg(64, 48)[:-2] + b"\xff\xd9" + os.urandom(size_bytes)


async def test_a_full_disk_refuses_and_keeps_what_it_has(room: MediaRuntime, owner: int, now: datetime) -> None:
    kept = []
    with pytest.raises(StoreFull) as refused:
        for number in range(10):
            kept.append(await media.receive(owner, noisy(400_000), idempotency_key=f"key-{number}", now=now))

    assert refused.value.status == 507
    assert 1 <= len(kept) < 10
    assert await db.fetchval("SELECT count(*) FROM photo") == len(kept)
    assert len(files_below(room.spool_dir.parent)) == 2 * len(kept)
    for receipt in kept:
        row = await db.fetchrow("SELECT original_key, size_bytes FROM photo WHERE id = $1", receipt.photo.id)
        assert row is not None
        found = await room.originals.find(row["original_key"])
        assert found is not None
        assert found.size_bytes == row["size_bytes"]
