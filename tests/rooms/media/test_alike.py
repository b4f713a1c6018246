"""The same photo again: found after usual edits, and not where there is none."""

import asyncio
import io
from datetime import datetime
from random import Random
from uuid import UUID, uuid4

import pytest
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

from backend import db
from bench.parts.outside import FAULTS
from media import jobs, likeness, queries
from media import service as media
from media.decoder.phash import CUTS, hashes_of
from media.runtime import MediaRuntime
from media.service import comparing
from media.structs import PhotoRole, SubjectKind
from tests.makers.photos import encoded, scene


def screenshot(image: Image.Image) -> Image.Image:
    """The photo on a phone's screen: bars above and below, in them a clock and buttons."""
    screen = Image.new("RGB", (1080, 2340), (0, 0, 0))
    fitted = image.resize((1080, 1080 * image.height // image.width))
    screen.paste(fitted, (0, (2340 - fitted.height) // 2))
    draw = ImageDraw.Draw(screen)
    for box in (
        (40, 30, 160, 70),
        (980, 35, 1020, 65),
        (40, 150, 100, 200),
        (150, 2140, 210, 2200),
        (650, 2140, 710, 2200),
    ):
        draw.rectangle(box, fill=(255, 255, 255))
    return screen


def stamped(image: Image.Image) -> Image.Image:
    """Time and place written over the lower left, as watermark cameras do."""
    copy = image.copy()
    ImageDraw.Draw(copy).text((20, 440), "2026-11-27\n10:32 Room 12", fill=(255, 255, 255), font_size=60)
    return copy


EDITS = {
    "the same file": lambda image: image,
    "half the size": lambda image: image.resize((400, 300)),
    "cut by 5 % at each side": lambda image: image.crop((40, 30, 760, 570)),
    "cut by 15 % at each side": lambda image: image.crop((120, 90, 680, 510)),
    "cut by 20 % on the left": lambda image: image.crop((160, 0, 800, 600)),
    "cut by 10 % at the top": lambda image: image.crop((0, 60, 800, 600)),
    "a screenshot": screenshot,
    "a screenshot of a part": lambda image: screenshot(image.crop((80, 60, 720, 540))),
    "stamped": stamped,
    "blurred": lambda image: image.filter(ImageFilter.GaussianBlur(3)),
    "brighter": lambda image: ImageEnhance.Brightness(image).enhance(1.2),
    "recompressed": lambda image: Image.open(io.BytesIO(encoded(image, "JPEG", quality=30))),
}


async def keep(owner: int, image: Image.Image, step_id: int, now: datetime):
    photo = (await media.receive(owner, encoded(image, "JPEG", quality=92), idempotency_key=None, now=now)).photo
    await media.attach([photo.id], owner, SubjectKind.ORDER_STEP, step_id, PhotoRole.AFTER)
    await media.make_large(photo.id, 0)
    return photo


@pytest.mark.parametrize("edit", EDITS)
async def test_a_photo_used_before_is_found_and_shown_with_where_it_was_used(
    room: MediaRuntime, owner: int, now: datetime, edit: str
) -> None:
    earlier = await keep(owner, scene(1), 11, now)
    later = await keep(owner, EDITS[edit](scene(1)), 12, now)

    (found,) = await queries.list_alike([later.id], now)

    assert (found.other_id, found.other_subject.id) == (earlier.id, 11)
    assert found.is_same_file == (edit == "the same file")


async def test_another_scene_is_not_alike(room: MediaRuntime, owner: int, now: datetime) -> None:
    photos = [await keep(owner, scene(seed), seed, now) for seed in (1, 2, 3, 4)]

    assert await queries.list_alike([photo.id for photo in photos], now) == []


async def test_a_photo_from_before_its_parts_were_hashed_gets_their_hashes_and_is_found(
    room: MediaRuntime, owner: int, now: datetime
) -> None:
    earlier = await keep(owner, scene(1), 11, now)
    later = await keep(owner, EDITS["a screenshot"](scene(1)), 12, now)
    await db.execute("DELETE FROM photo_match")
    await db.execute("UPDATE photo SET hashes = '{}', hash_keys = '{}' WHERE id = $1", earlier.id)

    await jobs.hash_earlier()

    (found,) = await queries.list_alike([later.id], now)
    assert found.other_id == earlier.id
    assert await db.fetchval("SELECT count(*) FROM photo WHERE hashes = '{}'") == 0


async def test_a_photo_whose_file_is_gone_does_not_hold_up_the_others(
    room: MediaRuntime, owner: int, now: datetime
) -> None:
    gone = await keep(owner, scene(1), 11, now)
    key = await db.fetchval("SELECT original_key FROM photo WHERE id = $1", gone.id)
    await db.execute("UPDATE photo SET hashes = '{}', hash_keys = '{}'")
    await room.originals.delete(key)

    await jobs.hash_earlier()

    assert await db.fetchval("SELECT cardinality(hashes) FROM photo WHERE id = $1", gone.id) == 4


async def test_the_server_and_the_program_count_the_same_distance(
    room: MediaRuntime, owner: int, now: datetime
) -> None:
    pictures = [scene(1), *(edit(scene(1)) for edit in EDITS.values()), scene(2), screenshot(scene(3))]
    photos = [
        (await media.receive(owner, encoded(each, "PNG"), idempotency_key=None, now=now)).photo for each in pictures
    ]
    rows = await db.fetch(
        f"SELECT {likeness.distance_sql('one', 'two')} AS distance, one.hashes AS mine, two.hashes AS theirs"
        " FROM photo one, photo two WHERE one.id = $1",
        photos[0].id,
    )

    assert [row["distance"] for row in rows] == [likeness.distance(row["mine"], row["theirs"]) for row in rows]
    assert len({row["distance"] for row in rows}) > 2


@pytest.mark.parametrize(("bits", "pairs"), [(4, 14), (6, 14), (8, 9)])
async def test_the_search_finds_what_the_rule_calls_alike_where_the_index_leads_to_it(
    room: MediaRuntime, owner: int, now: datetime, bits: int, pairs: int
) -> None:
    """Photos of which one hash, at any place, differs in so many bits from one of the searched photo's hashes."""
    chance, places = Random(bits), (0, 1, 3, 21)
    mine = [chance.getrandbits(64) - 2**63 for _ in range(22)]
    others = [with_one_near(chance, mine[m], t, bits) for m in places for t in places]
    ids = {await keep_hashes(owner, now, each): each for each in others}
    searched = await keep_hashes(owner, now, mine)

    await comparing.look_for_alike(searched)

    probes = set(likeness.probes_of(mine))
    alike = {each for each, hashes in ids.items() if likeness.distance(mine, hashes) is not None}
    within_reach = {each for each in alike if not probes.isdisjoint(likeness.keys_of(ids[each]))}
    rows = await db.fetch("SELECT photo_id, earlier_id FROM photo_match WHERE $1 IN (photo_id, earlier_id)", searched)
    assert {each for row in rows for each in row} - {searched} == within_reach
    assert len(alike) == pairs
    assert within_reach == alike or bits == 8


async def test_the_search_walks_by_the_index_however_few_photos_there_are(
    room: MediaRuntime, owner: int, now: datetime
) -> None:
    photo_id = await keep_hashes(owner, now, list(range(22)))
    async with db.transaction():
        await db.execute(comparing.BY_INDEX)
        plan = await db.fetch(f"EXPLAIN {comparing.NEAR}", photo_id, likeness.probes_of(list(range(22))), 20)

    assert "photo_hash_keys" in str(plan)
    assert "Seq Scan on photo" not in str(plan)


async def keep_hashes(owner: int, now: datetime, hashes: list[int]) -> UUID:
    """A photo of which nothing is there but its hashes."""
    return await db.fetchval(
        """
        INSERT INTO photo (owner_id, sha256, media_type, width, height, size_bytes, phash, hashes, hash_keys,
                           original_key, created_at)
        VALUES ($1, sha256($2::text::bytea), 'image/jpeg', 1, 1, 1, $3, $4, $5, $2, $6) RETURNING id
        """,
        owner,
        str(uuid4()),
        hashes[0],
        hashes,
        likeness.keys_of(hashes),
        now,
    )


def with_one_near(chance: Random, mine: int, place: int, bits: int) -> list[int]:
    """Hashes like nothing else, but for one that differs from `mine` in so many bits."""
    hashes = [chance.getrandbits(64) - 2**63 for _ in range(22)]
    flips = sum(1 << bit for bit in chance.sample(range(63), bits))
    hashes[place] = mine ^ flips
    return hashes


def test_every_part_has_a_hash_and_all_are_found_by_the_keys_of_a_copy() -> None:
    hashes = hashes_of(scene(5, 320, 240))

    assert len(hashes) == len(CUTS) + 2
    assert set(likeness.keys_of(hashes)) <= set(likeness.probes_of(hashes))


@pytest.mark.outside_data
@pytest.mark.skipif(not FAULTS.is_dir(), reason=f"no {FAULTS} (YIMA_DATA names another folder)")
@pytest.mark.parametrize("name", ["same_b_phone_screenshot.jpg", "same_c_cut_10pct_top.jpg"])
async def test_a_real_photo_is_found_behind_its_screenshot_and_its_cut(
    room: MediaRuntime, owner: int, now: datetime, name: str
) -> None:
    files = [await asyncio.to_thread((FAULTS / each).read_bytes) for each in ("same_a_original.jpg", name)]
    photos = [await keep(owner, Image.open(io.BytesIO(file)), step, now) for step, file in enumerate(files, 1)]

    (found,) = await queries.list_alike([photos[1].id], now)

    assert found.other_id == photos[0].id
