"""An open photo room in a folder of the test's own, and people who own photos."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from backend import db
from backend.accounts.structs import Actor, Grant, Role
from media import room as media_room
from media.room import Room

SECRET = "a test secret that is long enough for anybody"


@pytest.fixture
async def room(database: str, tmp_path: Path) -> AsyncIterator[Room]:
    async with media_room.opened(tmp_path / "media", SECRET) as opened:
        yield opened


@pytest.fixture
async def owner(room: Room) -> int:
    return await make_account()


@pytest.fixture
async def verifier(room: Room) -> Actor:
    return Actor(account_id=await make_account(), name="v", grants=(Grant(Role.VERIFIER, "310115105"),))


@pytest.fixture
async def handler(room: Room) -> Actor:
    return Actor(account_id=await make_account(), name="h", grants=(Grant(Role.HANDLER, "310115105"),))


async def make_account() -> int:
    return await db.fetchval(
        "INSERT INTO account (kind, display_name, created_at) VALUES ('device', '', now()) RETURNING id"
    )


def files_below(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())
