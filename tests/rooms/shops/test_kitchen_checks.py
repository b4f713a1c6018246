"""Links of kitchens that stop answering: told to the owner once, shown until they answer again, asked by one worker."""

import asyncio
import ssl
import subprocess
from datetime import timedelta

import pytest

from backend import db
from backend.accounts.structs import Role
from shops.public import checking, kitchen
from shops.public.asking import LinkAsker
from shops.public.structs import KitchenLinkDecision, KitchenVerdict
from tests.fakes.server import Answer, Server
from tests.makers.shops import make_shop_person, make_storefront_of
from tests.makers.town import COMMITTEE, make_actor, make_town
from tests.makers.worker import deliver

_TOLD = "SELECT account_id, body_zh FROM message WHERE kind = 'KitchenLinkSilent'"


class Vendor:
    """Shows kitchens until it is told to show none."""

    status = 200

    async def answer(self, _: object) -> Answer:
        return Answer(body=b"<html>live</html>", status=self.status)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    files = [tmp_path_factory.mktemp("tls") / name for name in ("vendor.pem", "vendor.key")]
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=vendor"
    where = ["-addext", "subjectAltName=IP:127.0.0.1", "-out", str(files[0]), "-keyout", str(files[1])]
    subprocess.run([*command.split(), *where], check=True, capture_output=True)
    return files


@pytest.fixture
async def scene(database, now, certificate):
    town = await make_town(now)
    shop_id = await make_storefront_of(town)
    owner = await make_actor("店主", Role.SHOP_OWNER, "")
    helper = await make_actor("店员", Role.SHOP_OWNER, "")
    await make_shop_person(shop_id, owner.account_id)
    await make_shop_person(shop_id, helper.account_id, "staff")
    committee = await make_actor("居委", Role.COMMITTEE, COMMITTEE)
    vendor, tls = Vendor(), ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(*certificate)
    server = Server(vendor.answer)
    await server.start(tls=tls)
    url = f"{server.url}/kitchen/1"
    await kitchen.set_link(shop_id, "https://kitchen.example-live.cn/1", owner, now)
    await db.execute("UPDATE kitchen_link SET url = $1, host = '127.0.0.1'", url)
    await kitchen.decide(shop_id, KitchenLinkDecision(verdict=KitchenVerdict.CONFIRM, url=url), committee, now)
    trusted = ssl.create_default_context(cafile=certificate[0])
    yield shop_id, owner, vendor, server, lambda: LinkAsker(("127.0.0.0/8",), trusted)
    await server.close()


async def test_a_link_that_stops_answering_is_told_to_its_owner_once_and_again_answers_by_itself(scene, now):
    shop_id, owner, vendor, server, asker = scene
    assert await checking.check_links(now, asker) == 1
    assert await checking.check_links(now, asker) == 0, "asked once a day"
    vendor.status = 404
    since, told = now + timedelta(days=1), []
    for hours in (0, 1, 2, 8, 14):
        await checking.check_links(since + timedelta(hours=hours), asker)
        await deliver()
        told.append(len(await db.fetch(_TOLD)))

    link = await kitchen.find(shop_id)
    assert (link.failures, link.silent_since, link.is_shown(now)) == (5, since, True)
    assert told == [0, 0, 1, 1, 1]
    [message] = await db.fetch(_TOLD)
    assert message["account_id"] == owner.account_id and "127.0.0.1" in message["body_zh"]
    vendor.status = 200
    await checking.check_links(since + timedelta(hours=20), asker)
    assert ((await kitchen.find(shop_id)).silent_since, len(server.asked)) == (None, 7)


async def test_silence_that_may_be_our_own_counts_only_while_others_answer(scene, now):
    shop_id, _, _, server, asker = scene
    await server.close()

    await checking.check_links(now, asker)
    alone = (await kitchen.find(shop_id)).failures
    await db.execute(
        "INSERT INTO place (kind, address, area_id, loc, raw_lng, raw_lat, dataset, source_key)"
        " SELECT kind, '别处', area_id, loc, raw_lng, raw_lat, 'made', 'other' FROM place WHERE kind = 'storefront'"
    )
    other = await db.fetchval(
        "INSERT INTO shop (place_id, name, state, created_at)"
        " SELECT id, '另一家', 'open', now() FROM place WHERE source_key = 'other' RETURNING id"
    )
    await db.execute(
        "INSERT INTO kitchen_link (shop_id, url, host, state, set_by_id, set_at, decided_by_id, decided_at,"
        " valid_until, checked_at, next_check_at) SELECT $1, 'https://other.cn/', 'other.cn', state, set_by_id, set_at,"
        " decided_by_id, decided_at, valid_until, $2::timestamptz, $2::timestamptz + interval '1 day'"
        " FROM kitchen_link",
        *(other, now + timedelta(minutes=30)),
    )
    await checking.check_links(now + timedelta(hours=1), asker)

    assert (alone, (await kitchen.find(shop_id)).failures) == (0, 1)


async def test_several_workers_ask_once_and_a_new_address_begins_anew(scene, now):
    shop_id, owner, _, server, asker = scene
    counts = await asyncio.gather(*(checking.check_links(now, asker) for _ in range(3)))
    await db.execute("UPDATE kitchen_link SET failures = 3, failing_since = $1", now)

    await kitchen.set_link(shop_id, "https://kitchen.example-live.cn/2", owner, now)

    assert (sum(counts), len(server.asked)) == (1, 1)
    link = await kitchen.find(shop_id)
    assert (link.failures, link.silent_since) == (0, None)
    assert await checking.check_links(now + timedelta(days=2), asker) == 0, "nobody has confirmed it yet"
