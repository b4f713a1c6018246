"""Photos over HTTP: the answers, the headers, what is told about bad bodies."""

from collections.abc import AsyncIterator
from datetime import timedelta

import httpx
import pytest

from backend import clock, db
from backend.accounts.structs import Actor
from media.rules import LINK_PERIOD
from tests.makers.accounts import bearer, make_device
from tests.makers.orders import make_order
from tests.makers.photos import jpeg, make_photo
from tests.makers.town import make_town

PHOTOS = "/api/v1/photos"
UPLOADS = "/api/v1/uploads"
TUS = {"Tus-Resumable": "1.0.0"}


@pytest.fixture
async def phone(client: httpx.AsyncClient) -> httpx.AsyncClient:
    client.headers.update(bearer(await make_device()))
    return client


async def send(phone: httpx.AsyncClient, content: bytes | None = None, name: str = "a.jpg", **headers: str):
    files = {"file": (name, jpeg() if content is None else content)}
    return await phone.post(PHOTOS, files=files, headers=headers)


async def test_a_photo_is_created_and_shown_under_its_links(phone):
    answer = await send(phone)

    body = answer.json()
    shown = await phone.get(body["large_url"])
    assert answer.status_code == 201
    assert (body["media_type"], body["width"], body["height"]) == ("image/jpeg", 64, 48)
    assert shown.status_code == 200
    assert shown.headers["content-type"] == "image/jpeg"
    assert shown.headers["x-content-type-options"] == "nosniff"
    assert shown.headers["cache-control"].startswith("private, max-age=")
    assert int(shown.headers["content-length"]) == len(shown.content)
    assert (await phone.get(f"{PHOTOS}/{body['id']}")).json() == body


async def test_the_same_key_gives_200_and_the_same_body(phone):
    first, again = await send(phone, **{"Idempotency-Key": "k"}), await send(phone, **{"Idempotency-Key": "k"})

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()


@pytest.mark.parametrize("name", ["../../../etc/passwd", "photo.php.jpg", "照片.jpg", "a" * 255 + ".jpg"])
async def test_the_name_of_a_file_means_nothing(phone, name: str):
    assert (await send(phone, name=name)).status_code == 201


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"files": {"other": ("a.jpg", b"x")}}, 400, "file-missing"),
        ({"json": {}}, 400, "bad-request"),
        ({"content": b"x", "headers": {"content-type": "multipart/form-data; boundary=b"}}, 400, "bad-request"),
        ({"files": [("file", ("a", b"x")), ("file", ("b", b"x"))]}, 400, "bad-request"),
        ({"files": {"file": ("a.jpg", b"")}}, 422, "photo-empty"),
        ({"files": {"file": ("a.jpg", b"GIF89a")}}, 415, "photo-type-refused"),
        ({"files": {"file": ("a.jpg", jpeg()[:500])}}, 422, "photo-undecodable"),
        ({"files": {"file": ("a.jpg", bytes(21 * 1024 * 1024))}}, 413, "photo-too-large"),
    ],
)
async def test_a_body_that_is_no_photo_is_told_what_is_wrong(phone, body, status: int, code: str):
    answer = await phone.post(PHOTOS, **body)

    assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_a_body_that_hides_its_length_is_stopped_at_the_limit(phone):
    read = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal read
        yield b'--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
        while True:
            read += 1
            yield bytes(1024 * 1024)

    headers = {"content-type": "multipart/form-data; boundary=b"}
    answer = await phone.post(PHOTOS, content=endless(), headers=headers)

    assert answer.status_code == 413
    assert read <= 22


async def test_a_known_tag_gives_304_and_the_tag_changes_with_the_kind(phone):
    url = (await send(phone)).json()["thumb_url"]
    tag = (await phone.get(url)).headers["etag"]

    for known in (tag, f'"other", W/{tag}', "*"):
        answer = await phone.get(url, headers={"If-None-Match": known})
        assert (answer.status_code, answer.content) == (304, b"")
    assert (await phone.get(url, headers={"If-None-Match": '"other"'})).status_code == 200


async def test_ranges(phone):
    url = (await send(phone)).json()["thumb_url"]
    whole = (await phone.get(url)).content
    size = len(whole)

    for asked, start, end in (("0-9", 0, 10), ("10-", 10, size), ("-5", size - 5, size), (f"0-{size * 9}", 0, size)):
        answer = await phone.get(url, headers={"Range": f"bytes={asked}"})
        assert answer.content == whole[start:end]
        assert answer.status_code == (200 if end - start == size else 206)
    beyond = await phone.get(url, headers={"Range": f"bytes={size}-"})
    assert (beyond.status_code, beyond.headers["content-range"]) == (416, f"bytes */{size}")
    for nonsense in ("bytes=5-2", "bytes=0-1,3-4", "lines=1-2", "bytes=-"):
        assert (await phone.get(url, headers={"Range": nonsense})).status_code == 200


async def test_head_tells_the_length_without_the_body(phone):
    url = (await send(phone)).json()["large_url"]

    answer = await phone.head(url)

    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["content-length"] == str(len((await phone.get(url)).content))


async def test_a_forged_link_is_forbidden_and_an_old_one_gone(phone):
    url = (await send(phone)).json()["thumb_url"]
    owner_id = await db.fetchval("SELECT owner_id FROM photo")
    old = await make_photo(owner_id, now=clock.now() - 2 * LINK_PERIOD - timedelta(seconds=1))

    assert (await phone.get(url.replace("thumb", "large"))).status_code == 403
    assert (await phone.get(url.replace("s=", "s=0"))).status_code == 403
    assert (await phone.get(old.thumb_url)).status_code == 410


async def test_links_need_no_session(phone, client):
    url = (await send(phone)).json()["thumb_url"]
    client.headers.pop("authorization")

    assert (await client.get(url)).status_code == 200


async def test_an_upload_by_pieces_becomes_a_photo(phone):
    photo = jpeg(800, 600)
    begun = await phone.post(UPLOADS, headers={**TUS, "Upload-Length": str(len(photo))})
    where = begun.headers["location"]
    piece = {**TUS, "Content-Type": "application/offset+octet-stream"}

    first = await phone.patch(where, content=photo[:5000], headers={**piece, "Upload-Offset": "0"})
    wrong = await phone.patch(where, content=photo, headers={**piece, "Upload-Offset": "0"})
    asked = await phone.head(where, headers=TUS)
    rest = await phone.patch(where, content=photo[5000:], headers={**piece, "Upload-Offset": "5000"})

    assert (begun.status_code, first.status_code, wrong.status_code, rest.status_code) == (201, 204, 409, 204)
    assert (asked.headers["upload-offset"], asked.headers["upload-length"]) == ("5000", str(len(photo)))
    assert asked.headers["cache-control"] == "no-store"
    assert rest.headers["upload-offset"] == str(len(photo))
    assert (await phone.get(f"{PHOTOS}/{where.rsplit('/', 1)[1]}")).json()["width"] == 800


async def test_tus_says_what_it_speaks_and_refuses_other_versions(client, phone):
    told = await client.options(UPLOADS)
    refused = await phone.post(UPLOADS, headers={"Tus-Resumable": "0.2", "Upload-Length": "5"})

    assert told.headers["tus-version"] == "1.0.0"
    assert told.headers["tus-extension"] == "creation,expiration"
    assert refused.status_code == 412


async def test_uploads_need_a_session(client):
    assert (await client.post(UPLOADS, headers={**TUS, "Upload-Length": "5"})).status_code == 401


async def test_a_verifier_paints_over_and_the_old_link_dies(client):
    now = clock.now()
    town = await make_town(now)
    photo = await make_photo(town.resident.account_id, now=now)
    order_id = (await make_order(town, now, photo_ids=[photo.id])).receipt.order_id
    path = f"/api/v1/orders/{order_id}/photos/{photo.id}"
    boxes = [{"x": 0.1, "y": 0.2, "width": 0.3, "height": 0.4}]

    done = await client.post(
        f"{path}/redaction", json={"boxes": boxes, "reason": "a face"}, headers=bearer(town.verifier)
    )

    assert done.status_code == 200
    assert (await client.get(photo.thumb_url)).status_code == 410
    assert (await client.get(done.json()["thumb_url"])).status_code == 200


async def test_the_original_is_handed_out_whole_with_its_digest(client):
    now = clock.now()
    town = await make_town(now)
    photo = await make_photo(town.resident.account_id, now=now)
    order_id = (await make_order(town, now, photo_ids=[photo.id])).receipt.order_id
    path = f"/api/v1/orders/{order_id}/photos/{photo.id}/original"

    answer = await client.get(path, params={"reason": "complaint 12"}, headers=bearer(town.verifier))

    assert answer.content == jpeg()
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-disposition"].startswith("attachment")
    assert await db.fetchval("SELECT reason FROM photo_act") == "complaint 12"


async def test_a_photo_of_another_order_is_not_found(client):
    now = clock.now()
    town = await make_town(now)
    other = await make_photo(town.resident.account_id, now=now)
    order_id = (await make_order(town, now)).receipt.order_id
    verifier: Actor = town.verifier

    path = f"/api/v1/orders/{order_id}/photos/{other.id}/release"
    answer = await client.post(path, json={"reason": "no faces"}, headers=bearer(verifier))

    assert answer.status_code == 404
