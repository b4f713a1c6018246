"""Upkeep: thumbnails only after a year, holds, what nobody used, what a crash left; the dry run touches nothing."""

import os
from datetime import datetime, timedelta

import pytest

from backend import db
from backend.accounts import queries
from backend.accounts.structs import Actor
from media import service as media
from media.errors import EvidenceForbidden
from media.runtime import MediaRuntime
from media.service import Retention
from media.structs import PhotoRole, PhotoSubject, SubjectKind
from tests.makers.accounts import TOWN
from tests.makers.photos import make_photo
from tests.rooms.media.conftest import files_below

STEP = PhotoSubject(SubjectKind.ORDER_STEP, 7)
KEEP = Retention()


@pytest.fixture
async def old_photo(room: MediaRuntime, owner: int, now: datetime):
    photo = await make_photo(owner, now=now - timedelta(days=366))
    await media.attach([photo.id], owner, STEP.kind, STEP.id, PhotoRole.AFTER)
    await media.make_large(photo.id, 0)
    return photo


def names(room: MediaRuntime) -> list[str]:
    return [path.name.split("-", 5)[-1] for path in files_below(room.spool_dir.parent)]


async def test_after_a_year_only_the_thumbnail_is_left(room: MediaRuntime, old_photo, now: datetime) -> None:
    done = await media.apply_retention(KEEP, now, is_dry_run=False)

    assert (done.thinned, done.unused) == (1, 0)
    assert names(room) == ["0-thumb.jpg"]
    assert (await media.apply_retention(KEEP, now, is_dry_run=False)).thinned == 0


async def test_a_dry_run_counts_and_touches_nothing(room: MediaRuntime, old_photo, now: datetime) -> None:
    before = names(room)

    told = await media.apply_retention(KEEP, now, is_dry_run=True)

    assert (told.thinned, told.thinned_bytes) == (1, old_photo.size_bytes)
    assert names(room) == before
    assert await db.fetchval("SELECT count(*) FROM photo WHERE thinned_at IS NULL") == 1


async def test_a_held_photo_stays_whole_until_it_is_let_go(
    room: MediaRuntime, old_photo, verifier: Actor, now: datetime
) -> None:
    assert await media.hold([STEP], "complaint 12", verifier, now, area_code=TOWN) == 1
    assert (await media.apply_retention(KEEP, now, is_dry_run=False)).thinned == 0

    await media.release_hold([STEP], verifier, now, area_code=TOWN)

    assert (await media.apply_retention(KEEP, now, is_dry_run=False)).thinned == 1
    assert await db.fetch("SELECT act FROM photo_act ORDER BY id") == [("hold",), ("let_go",)]


async def test_a_reporter_s_dispute_holds_photos_without_any_role_and_does_not_let_them_go(
    room: MediaRuntime, old_photo, owner: int, now: datetime
) -> None:
    assert await media.hold_disputed([STEP], "没好" * 200, owner, now) == 1

    assert (await media.apply_retention(KEEP, now, is_dry_run=False)).thinned == 0
    assert len(await db.fetchval("SELECT hold_reason FROM photo")) == 200
    with pytest.raises(EvidenceForbidden):
        await media.release_hold([STEP], await queries.get_actor(owner), now, area_code=TOWN)


async def test_a_photo_that_nobody_used_goes(room: MediaRuntime, owner: int, now: datetime) -> None:
    await make_photo(owner, shade=1, now=now - timedelta(days=8))
    await make_photo(owner, shade=2, now=now - timedelta(days=6))

    done = await media.apply_retention(KEEP, now, is_dry_run=False)

    assert done.unused == 1
    assert await db.fetchval("SELECT count(*) FROM photo") == 1
    assert len(names(room)) == 2


async def test_files_that_no_row_knows_are_swept_once_they_are_old(
    room: MediaRuntime, owner: int, now: datetime
) -> None:
    photo = await make_photo(owner, now=now)
    kept = files_below(room.spool_dir.parent)
    old = (now - timedelta(hours=25)).timestamp()
    strays = [
        kept[0].with_name("11111111-1111-4111-8111-111111111111.jpg"),
        kept[0].with_name(".half-0123"),
        kept[1].with_name(f"{photo.id}-9-large.jpg"),
    ]
    for stray in strays:
        stray.write_bytes(b"x")
    left = room.spool_dir / "left"
    left.mkdir()
    for path in (*kept, *strays, left):
        os.utime(path, (old, old))

    told = await media.apply_retention(KEEP, now, is_dry_run=True)
    done = await media.apply_retention(KEEP, now, is_dry_run=False)

    assert told.stray_files == done.stray_files == 4
    assert files_below(room.spool_dir.parent) == kept
    assert not left.exists()
