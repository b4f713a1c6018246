"""Other systems over HTTP: with a key, in batches, as signed webhooks; what is refused is counted and files nothing."""

import json
from datetime import timedelta

import pytest

from backend import clock, db
from backend.intake.records import figures
from backend.intake.sources import service, signatures
from tests.makers.accounts import bearer
from tests.makers.intake import demo_seal, make_credential, told, wire
from tests.makers.town import make_town

_ORDERS = "SELECT count(*) FROM work_order"
_REFUSED = "SELECT reason, refusals FROM source_refusal ORDER BY reason"


async def refused() -> dict[str, int]:
    return {row["reason"]: row["refusals"] for row in await db.fetch(_REFUSED)}


async def test_a_source_tells_by_key_once_and_reads_what_became_of_its_own(client):
    now = clock.now()
    town, own, other = await make_town(now), await make_credential(now), await make_credential(now)
    path, key = f"/api/v1/intake/{own.source.name}", {"x-api-key": own.key}
    message = wire(told("甲/1", code=town.code))

    first = await client.post(path, content=message, headers=key)
    again = await client.post(path, content=message, headers=key)
    unread = await client.post(path, content=b'{"source_no": "2", "titel": ""}', headers=key)
    assert [each.status_code for each in (first, again, unread)] == [201, 200, 202]
    assert again.json() == first.json() | {"is_new": False}
    assert "titel" in unread.json()["note"]

    [told_of] = (await client.get(f"{path}/records", params={"source_no": "甲/1"}, headers=key)).json()["items"]
    assert told_of["number"] == first.json()["number"]
    for wrong in ({}, {"x-api-key": other.key}, bearer(town.dispatcher)):
        assert (await client.post(path, content=message, headers=wrong)).status_code == 401
    assert (await client.post("/api/v1/intake/nobody", content=message, headers=key)).json()[
        "code"
    ] == "source-key-wrong"
    assert (await db.fetchval(_ORDERS), await refused()) == (1, {"source-key-wrong": 3})


async def test_what_is_too_large_too_much_or_not_allowed_is_refused_counted_and_files_nothing(client):
    now = clock.now()
    town = await make_town(now)
    small = await make_credential(now, max_bytes=256, per_minute=4)
    path, key = f"/api/v1/intake/{small.source.name}", {"x-api-key": small.key}

    large = await client.post(path, content=wire(told("1", code=town.code, text="长" * 300)), headers=key)
    huge = await client.post(path, content=b" " * 1_100_000, headers=key)
    assert (large.status_code, large.json()["code"], huge.status_code) == (413, "message-too-large", 413)
    too_many = await client.post(f"{path}/batches", json={"messages": [{}] * 201}, headers=key)
    no_batch = await client.post(f"{path}/batches", json={"message": []}, headers=key)
    assert (too_many.status_code, no_batch.status_code) == (422, 400)
    longer = await client.post(f"{path}/batches", json={"messages": [{}] * 5}, headers=key | {"accept-language": "en"})
    assert (longer.status_code, longer.json()["code"], longer.json()["extra"]["most"]) == (422, "batch-too-long", 4)
    assert "may send in a minute (4)" in longer.json()["detail"]
    assert (await client.post(f"{path}/batches", json={"messages": [{}] * 3}, headers=key)).status_code == 200
    over = await client.post(f"{path}/batches", json={"messages": [{}] * 3}, headers=key)
    assert (over.status_code, over.json()["code"]) == (429, "quota-used-up")
    await service.close_source(small.source.name, None, now)
    assert (await client.post(path, json={}, headers=key)).status_code == 403

    assert await db.fetchval("SELECT count(*) FROM intake_record WHERE state <> 'unreadable'") == 0
    expected = {"message-too-large": 2, "batch-too-long": 2, "batch-unreadable": 1, "quota-used-up": 1}
    assert await refused() == expected | {"source-closed": 1}
    today = figures.span(None, None, now.date())[1]
    [day] = [day for day in await figures.list_days(small.source.id, today - timedelta(days=1), today) if day.refused]
    assert (day.refused, day.received) == (7, 1)


async def test_each_message_of_a_batch_has_a_verdict_of_its_own_in_their_order(client):
    now = clock.now()
    town, own = await make_town(now), await make_credential(now, max_bytes=600)
    messages = [told("1", code=town.code), told("2"), {"source_no": 3}, told("1", code=town.code), {"text": "长" * 300}]
    body = b'{"messages":[' + b",".join(each if isinstance(each, bytes) else _json(each) for each in messages) + b"]}"
    answer = await client.post(
        f"/api/v1/intake/{own.source.name}/batches", content=body, headers={"x-api-key": own.key}
    )

    verdicts = answer.json()["verdicts"]
    states = [(each["receipt"] or {}).get("state") for each in verdicts]
    assert states == ["filed", "unsure", "unreadable", "filed", None]
    assert [(each["receipt"] or {}).get("is_new") for each in verdicts] == [True, True, True, False, None]
    assert verdicts[4]["refused"] == "message-too-large"


async def test_a_webhook_is_taken_once_by_its_signature_and_neither_forged_stale_nor_altered(client):
    now = clock.now()
    town, own = await make_town(now), await make_credential(now)
    path = f"/api/v1/intake/{own.source.name}/webhooks"
    body = b'{"type":"case.told","timestamp":"2026-11-28T00:00:00Z","data":' + wire(told("1", code=town.code)) + b"}"

    async def send(webhook_id: str, sent: bytes = body, secret: str = own.secret, at=now):
        signed = signatures.sign(secret, webhook_id, at, body)
        return await client.post(path, content=sent, headers=signed)

    first, again = await send("msg_1"), await send("msg_1", at=now + timedelta(seconds=30))
    assert [first.status_code, again.status_code, again.json()["is_new"]] == [201, 200, False]
    assert (await send("msg_1", sent=body + b" ")).json()["code"] == "webhook-forged"
    assert (await send("msg_2", at=now - timedelta(minutes=6))).json()["code"] == "webhook-stale"
    renewed = await service.renew_secret(own.source.name, None, demo_seal(), now)
    assert (await send("msg_3", secret=renewed)).status_code == 200  # another webhook about the same number
    assert (await send("msg_4")).status_code == 200
    other = wire(told("2", code=town.code))
    signed = signatures.sign(renewed, "msg_1", now, other)
    assert (await client.post(path, content=other, headers=signed)).json()["code"] == "webhook-id-used"

    assert await db.fetchval(_ORDERS) == 1
    counted = {"repeated": 3, "webhook-forged": 1, "webhook-id-used": 1, "webhook-stale": 1}
    assert await refused() == counted


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_a_dispatcher_decides_over_http_what_waited_and_reads_the_figures(client, language):
    now = clock.now()
    town, own = await make_town(now), await make_credential(now)
    key = {"x-api-key": own.key}
    await client.post(f"/api/v1/intake/{own.source.name}", content=wire(told("1")), headers=key)
    desk = bearer(town.dispatcher) | {"accept-language": language}

    [row] = (await client.get("/api/v1/intake-records", headers=desk)).json()["items"]
    path = f"/api/v1/intake-records/{row['id']}"
    assert (row["state"], row["reason"]) == ("unsure", "no-place")
    decision = {"item_code": "A101", "place_id": town.place_id}
    assert (await client.post(f"{path}/decision", json=decision, headers=desk)).json()["state"] == "filed"
    assert (await client.post(f"{path}/decision", json=decision, headers=desk)).status_code == 409
    days = (await client.get(f"/api/v1/intake-sources/{own.source.name}/figures", headers=desk)).json()
    assert (days[-1]["filed"], days[-1]["automatic"]) == (1, 0)


def _json(message: object) -> bytes:
    return json.dumps(message).encode() if isinstance(message, dict) else wire(message)  # type: ignore[arg-type]
