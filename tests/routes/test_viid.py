"""GA/T 1400 over HTTP where something is wrong with what comes."""

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
