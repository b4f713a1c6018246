"""A person's phones: registered by the app, under the session of the request, and forgotten by the vendor's word."""

import asyncio
from datetime import timedelta

import pytest

from backend import clock, db
from push.channels import Channel
from push.devices import service
from push.devices.structs import DeviceDraft
from push.gateways import Outcome, Result
from tests.makers.accounts import bearer, make_device, make_staff, signed_in
from tests.makers.gateways import Vendor, deliveries, send_all, switch_on
from tests.makers.orders import make_order
from tests.makers.town import make_town
from tests.makers.worker import deliver

DEVICES = "/api/v1/devices"
PHONE = {"channel": "fcm", "token": "fcm-token-0123456789", "platform": "android"}


@pytest.fixture
def now():
    """A little later than the clock of the database, by which deliveries are planned."""
    return clock.now() + timedelta(seconds=20)


async def register(client, actor, status=201, **other):
    answer = await client.post(DEVICES, json=PHONE | other, headers=bearer(actor))
    assert answer.status_code == status
    return answer.json()


async def mine(client, actor):
    return (await client.get(DEVICES, headers=bearer(actor))).json()


async def test_a_phone_is_registered_once_and_refreshed_after_that(client):
    actor = await make_staff()
    first = await register(client, actor)
    again = await register(client, actor, 200, language="en")

    assert first["id"] == again["id"]
    assert await mine(client, actor) == [again]
    assert (again["language"], again["is_this"], again["token_end"]) == ("en", True, "456789")


async def test_a_token_is_shown_to_nobody_in_full(client):
    actor = await make_staff()
    await register(client, actor)
    await register(client, actor, token="short")

    answer = await client.get(DEVICES, headers=bearer(actor))

    assert PHONE["token"] not in answer.text
    assert [each["token_end"] for each in answer.json()] == ["t", "456789"]


async def test_a_resident_without_an_account_may_have_a_phone_too(client):
    device = await make_device()

    assert len([await register(client, device, channel="jpush", platform="hmos")]) == len(await mine(client, device))


async def test_a_phone_that_changes_hands_is_the_others_no_more(client):
    before, after = await make_staff(), await make_staff()
    first = await register(client, before)
    second = await register(client, after)

    assert first["id"] != second["id"]
    assert await mine(client, before) == []
    gone = await client.delete(f"{DEVICES}/{second['id']}", headers=bearer(before))
    assert gone.status_code == 404
    assert len(await mine(client, after)) == 1


async def test_a_person_has_ten_phones_and_the_oldest_goes(client):
    actor = await make_staff()
    for number in range(12):
        await register(client, actor, token=f"token-{number:02}")

    tokens = await db.fetch("SELECT token FROM device ORDER BY id")
    assert [each["token"] for each in tokens] == [f"token-{number:02}" for number in range(2, 12)]


async def test_two_that_register_one_phone_at_once_leave_it_to_one(database):
    people = [await make_staff() for _ in range(6)]
    sessions = dict(await db.fetch("SELECT account_id, id FROM session"))
    draft = DeviceDraft(**PHONE)
    registering = [service.register(each.account_id, sessions[each.account_id], draft, clock.now()) for each in people]

    await asyncio.gather(*registering)

    assert await db.fetchval("SELECT count(*) FROM device") == 1


async def test_one_that_registers_many_phones_at_once_has_ten(database):
    actor = await make_staff()
    session_id = await db.fetchval("SELECT id FROM session")
    drafts = [DeviceDraft(**PHONE | {"token": f"token-{number}"}) for number in range(16)]

    await asyncio.gather(*[service.register(actor.account_id, session_id, each, clock.now()) for each in drafts])

    assert await db.fetchval("SELECT count(*) FROM device") == service.DEVICES_MAX


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"channel": "sms"}, 400),
        ({"token": ""}, 400),
        ({"token": "x" * 401}, 400),
        ({"token": "两个字"}, 400),
        ({"token": "a b"}, 400),
        ({"token": "a\u0000b"}, 400),
        ({"platform": "windows"}, 400),
        ({"language": "fr"}, 400),
        ({"session_id": "1"}, 400),
        ({"platform": "hmos"}, 422),
        ({"channel": "jpush", "platform": "web"}, 422),
        ({"channel": "jpush", "token_kind": "fid"}, 422),
    ],
)
async def test_what_no_vendor_would_reach_is_refused(client, wrong, status):
    await register(client, await make_staff(), status, **wrong)

    assert await db.fetchval("SELECT count(*) FROM device") == 0


async def test_one_forgets_ones_own_phone(client):
    actor = await make_staff()
    known = await register(client, actor)

    answers = [await client.delete(f"{DEVICES}/{known['id']}", headers=bearer(actor)) for _ in range(2)]

    assert [each.status_code for each in answers] == [204, 404]


async def dispatched(client, now, *tokens):
    """An order whose handler has phones with these tokens."""
    town = await make_town(now)
    await switch_on(Channel.FCM)
    handler = town.handlers[0]
    for token in tokens:
        await register(client, handler, token=token)
    await make_order(town, now)
    await deliver()
    return handler


async def test_an_order_comes_to_each_phone_of_its_handler(client, now):
    await dispatched(client, now, "token-a", "token-b")

    await send_all(fcm := Vendor(Channel.FCM), now)

    assert sorted((each.address, each.address_kind, each.platform) for each in fcm.shown) == [
        ("token-a", "token", "android"),
        ("token-b", "token", "android"),
    ]


async def test_nothing_comes_to_a_phone_after_signing_out(client, now):
    handler = await dispatched(client, now, "token-a")
    headers = bearer(handler)
    assert (await client.delete("/api/v1/sessions/current", headers=headers)).status_code == 204

    await send_all(fcm := Vendor(Channel.FCM), now)

    assert fcm.asked == 0
    assert await deliveries() == [("fcm", "failed", "no_address")]
    assert await mine(client, await signed_in(handler.account_id)) == []


async def test_signing_in_again_on_the_same_phone_takes_it_back(client, now):
    handler = await dispatched(client, now, "token-a")
    await client.delete("/api/v1/sessions/current", headers=bearer(handler))
    await register(client, await signed_in(handler.account_id), 200, token="token-a")

    await send_all(fcm := Vendor(Channel.FCM), now)

    assert len(fcm.shown) == 1


async def test_a_phone_that_was_given_away_shows_nothing_of_its_former_owner(client, now):
    await dispatched(client, now, "token-a")
    await register(client, await make_staff(), token="token-a")

    await send_all(fcm := Vendor(Channel.FCM), now)

    assert fcm.asked == 0


async def test_dead_phones_are_forgotten_by_the_vendors_word_and_the_living_ones_stay(client, now):
    await dispatched(client, now, "token-dead-1", "token-dead-2", "token-alive")

    def dead_or_alive(each):
        return Result(outcome=Outcome.UNREACHABLE if "dead" in each.address else Outcome.SENT)

    await send_all(Vendor(Channel.FCM, answer=dead_or_alive), now)

    assert [row["token"] for row in await db.fetch("SELECT token FROM device")] == ["token-alive"]
    assert sorted(await deliveries()) == [
        ("fcm", "failed", "unreachable"),
        ("fcm", "failed", "unreachable"),
        ("fcm", "sent", "sent"),
    ]
