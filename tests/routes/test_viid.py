"""GA/T 1400 over HTTP where something is wrong with what comes."""

import asyncio
from collections.abc import AsyncIterator

import httpx

from backend import clock, db
from backend.intake.sources.structs import SourceKind
from tests.makers.intake import make_credential


async def test_each_message_that_cannot_be_read_waits_for_a_person_and_no_more_come_than_may(client):
    made = await make_credential(clock.now(), name="video", kind=SourceKind.CAMERAS, per_minute=3)
    auth = httpx.DigestAuth("video", made.secret)
    answers = [await client.post("/VIID/Images", content=body, auth=auth) for body in (b"{", b"[", b"{", b"[1")]

    assert [each.status_code for each in answers] == [200, 200, 200, 429]
    assert [each.json()["ResponseStatusObject"]["StatusCode"] for each in answers[:3]] == [8, 8, 8]
    assert await db.fetchval("SELECT count(*) FROM intake_record WHERE state = 'unreadable'") == 2
    counted = {row["reason"]: row["refusals"] for row in await db.fetch("SELECT reason, refusals FROM source_refusal")}
    assert counted == {"viid-unreadable": 3, "quota-used-up": 1}


async def test_a_nonce_beyond_all_numbers_is_asked_for_again(client):
    headers = {"authorization": f'Digest username="video", nonce="{"f" * 400}-0"'}

    assert (await client.post("/VIID/System/Register", json={}, headers=headers)).status_code == 401


async def test_what_is_put_off_is_said_in_the_standards_form_before_a_byte_is_read(client):
    made = await make_credential(clock.now(), name="video", kind=SourceKind.CAMERAS, per_minute=3)
    auth, large = httpx.DigestAuth("video", made.secret), {"content-length": str(20 * 1024 * 1024)}
    is_read, goes_on = asyncio.Event(), asyncio.Event()

    async def slow() -> AsyncIterator[bytes]:
        is_read.set()
        await goes_on.wait()
        yield b"{"

    async def post(content: bytes | AsyncIterator[bytes], **headers: str) -> httpx.Response:
        return await client.post("/VIID/Images", content=content, auth=auth, headers=headers)

    known = await post(b"{")
    first = asyncio.create_task(post(slow(), **large))
    await is_read.wait()
    beside = await post(b"{", **large)
    goes_on.set()
    answers = [known, await first, beside, await post(b"{"), await post(b"{")]

    assert [each.status_code for each in answers] == [200, 200, 429, 200, 429]
    for put_off in (answers[2], answers[4]):
        assert put_off.json()["ResponseStatusObject"]["StatusCode"] == 2
        assert int(put_off.headers["retry-after"]) > 0
    counted = {row["reason"]: row["refusals"] for row in await db.fetch("SELECT reason, refusals FROM source_refusal")}
    assert counted == {"viid-unreadable": 3, "too-many-requests": 1, "quota-used-up": 1}
