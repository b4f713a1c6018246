"""Copies that are shown: made off the request, by Accept, and re-made without the old ones once painted over."""

import io
from datetime import datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from PIL import Image

from backend import db
from backend.accounts.structs import Actor
from media import jobs, rules, serving
from media import service as media
from media.decoder.messages import Box
from media.errors import EvidenceForbidden, LinkExpired, PhotoGone
from media.runtime import MediaRuntime
from media.structs import PhotoView, Variant
from tests.makers.accounts import TOWN
from tests.makers.photos import jpeg


async def opened(url: str, now: datetime, *, takes_webp: bool = False) -> tuple[serving.Shown, Image.Image]:
    address = urlsplit(url)
    _, _, photo_id, variant = address.path.split("/")
    asked = {name: values[0] for name, values in parse_qs(address.query).items()}
    shown = await serving.find_shown(
        serving.UUID(photo_id),
        Variant(variant),
        link_version=int(asked["v"]),
        expires_s=int(asked["e"]),
        signature=asked["s"],
        takes_webp=takes_webp,
        now=now,
    )
    content = b"".join([piece async for piece in serving.read_shown(shown, 0, shown.size_bytes)])
    return shown, Image.open(io.BytesIO(content))


@pytest.fixture
async def photo(room: MediaRuntime, owner: int, now: datetime) -> PhotoView:
    return (await media.receive(owner, jpeg(2000, 1500), idempotency_key=None, now=now)).photo


async def test_the_thumbnail_is_there_at_once_and_the_job_makes_the_large_one(photo: PhotoView, now: datetime) -> None:
    _, thumb = await opened(photo.thumb_url, now)
    payload = await db.fetchval("SELECT payload FROM pgqueuer WHERE entrypoint = 'media.make_large'")

    await jobs.make_large(jobs.msgspec.json.decode(payload))

    _, large = await opened(photo.large_url, now)
    assert (thumb.size, large.size) == ((320, 240), (1600, 1200))


async def test_a_reader_who_comes_before_the_worker_gets_the_large_one_too(photo: PhotoView, now: datetime) -> None:
    _, large = await opened(photo.large_url, now)

    assert large.size == (1600, 1200)


async def test_webp_is_served_to_those_who_take_it_once_it_is_made(photo: PhotoView, now: datetime) -> None:
    copy = {"photo_id": str(photo.id), "revision": 0}
    await jobs.make_large(copy)
    await jobs.make_webp(copy)
    await jobs.make_webp(copy)

    webp, picture = await opened(photo.large_url, now, takes_webp=True)
    plain, _ = await opened(photo.large_url, now)

    assert (webp.media_type, plain.media_type) == ("image/webp", "image/jpeg")
    assert webp.etag != plain.etag
    assert not {"exif", "xmp", "icc_profile"} & set(picture.info)


async def test_a_painted_over_photo_is_black_there_and_its_old_links_are_dead(
    photo: PhotoView, verifier: Actor, now: datetime
) -> None:
    await opened(photo.large_url, now)
    await jobs.make_webp({"photo_id": str(photo.id), "revision": 0})

    redacted = await media.redact(
        photo.id, [Box(x=0.5, y=0.5, width=0.25, height=0.25)], verifier, now, "a face", area_code=TOWN
    )

    for url in (photo.thumb_url, photo.large_url):
        with pytest.raises(PhotoGone):
            await opened(url, now, takes_webp=True)
    for url in (redacted.thumb_url, redacted.large_url):
        _, picture = await opened(url, now)
        assert max(picture.getpixel((int(picture.width * 0.6), int(picture.height * 0.6)))) < 12
        assert max(picture.getpixel((int(picture.width * 0.8), int(picture.height * 0.9)))) > 100


async def test_a_late_job_does_not_bring_the_old_copy_back(photo: PhotoView, verifier: Actor, now: datetime) -> None:
    await media.redact(photo.id, [Box(x=0, y=0, width=1, height=1)], verifier, now, "a face", area_code=TOWN)

    await jobs.make_large({"photo_id": str(photo.id), "revision": 0})

    with pytest.raises(PhotoGone):
        await opened(photo.large_url, now)


async def test_boxes_add_up(photo: PhotoView, verifier: Actor, now: datetime) -> None:
    await media.redact(photo.id, [Box(x=0, y=0.5, width=0.2, height=0.2)], verifier, now, "a face", area_code=TOWN)
    again = await media.redact(
        photo.id, [Box(x=0.6, y=0.5, width=0.2, height=0.2)], verifier, now, "a face", area_code=TOWN
    )

    _, picture = await opened(again.thumb_url, now)
    assert max(picture.getpixel((20, 140))) < 12
    assert max(picture.getpixel((220, 140))) < 12


async def test_only_a_few_may_read_the_original_and_each_reading_is_logged(
    photo: PhotoView, verifier: Actor, handler: Actor, now: datetime
) -> None:
    with pytest.raises(EvidenceForbidden):
        await media.read_original(photo.id, handler, "curious", now, area_code=TOWN)

    original = await media.read_original(photo.id, verifier, "complaint 12", now, area_code=TOWN)

    content = b"".join([piece async for piece in original.content])
    assert content == jpeg(2000, 1500)
    row = await db.fetchrow("SELECT account_id, act, reason FROM photo_act")
    assert row is not None
    assert tuple(row) == (verifier.account_id, "read_original", "complaint 12")


async def test_links_live_between_one_and_two_periods(photo: PhotoView, now: datetime) -> None:
    await opened(photo.thumb_url, now + rules.LINK_PERIOD)

    with pytest.raises(LinkExpired):
        await opened(photo.thumb_url, now + 2 * rules.LINK_PERIOD)
