"""An open photo room in a folder of the test's own, and people who own photos."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from backend.accounts.structs import Actor, Role
from media import runtime as media_room
from media.decoder.pool import Decoder
from media.runtime import MediaRuntime
from tests.fixtures.swift import s3, swift  # noqa: F401 - only these tests need the server
from tests.makers.accounts import make_device, make_staff

SECRET = "a test secret that is long enough for anybody"


@pytest.fixture
async def room(database: str, tmp_path: Path, decoder: Decoder) -> AsyncIterator[MediaRuntime]:
    async with media_room.start(tmp_path / "media", SECRET, decoder=decoder) as opened:
        yield opened


@pytest.fixture
async def owner(room: MediaRuntime) -> int:
    return (await make_device()).account_id


@pytest.fixture
async def verifier(room: MediaRuntime) -> Actor:
    return await make_staff(Role.VERIFIER)


@pytest.fixture
async def handler(room: MediaRuntime) -> Actor:
    return await make_staff(Role.HANDLER)


def files_below(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())
