"""A photo on a page of its own, never a bare file: when and where, a way back, for whoever is shown it."""

from datetime import datetime

import httpx

from backend import db
from backend.accounts.structs import Role
from backend.orders import reads
from tests.makers.accounts import bearer
from tests.makers.cases import make_join, make_neighbour
from tests.makers.inspections import inspect, make_checklist
from tests.makers.orders import make_handled, make_order, make_photos
from tests.makers.shops import make_shop
from tests.makers.town import TOWN, make_actor, make_town

HTML = {"accept": "text/html"}
_TOKEN = "SELECT tracking_token FROM report WHERE order_id = $1"


async def test_staff_read_each_photo_of_an_order_and_none_of_another(client: httpx.AsyncClient, now: datetime) -> None:
    town = await make_town(now)
    order_id, other = await make_handled(town, now), (await make_order(town, now)).receipt.order_id
    reader = HTML | bearer(town.verifier)
    photos = (await reads.get_order(order_id, town.verifier, now)).photos
    foreign = (await reads.get_order(other, town.verifier, now)).photos[0]

    order = (await client.get(f"/o/{order_id}", headers=reader)).text
    page = await client.get(f"/o/{order_id}/photos/{photos[0].id}", headers=reader)
    elsewhere = await client.get(f"/o/{order_id}/photos/{foreign.id}", headers=reader)

    assert 'href="/media/' not in order
    assert all(f'href="/o/{order_id}/photos/{photo.id}"' in order for photo in photos[-2:])
    assert f'src="/media/{photos[0].id}/large?' in page.text and "提交于" in page.text and "对照" in page.text
    assert f'href="/o/{order_id}"' in page.text
    assert page.headers["cache-control"] == "no-store"
    assert elsewhere.status_code == 404


async def test_a_later_report_hides_no_photo_of_the_first_one(client: httpx.AsyncClient, now: datetime) -> None:
    town, neighbour = await make_town(now), await make_neighbour()
    [first], [later] = await make_photos(town.resident), await make_photos(neighbour)
    order_id = (await make_order(town, now, photo_ids=[first])).receipt.order_id
    await make_join(town, order_id, neighbour, now, photo_ids=[later])

    order = (await client.get(f"/o/{order_id}", headers=HTML | bearer(town.handlers[0]))).text

    assert order.index(f"/media/{first}/") < order.index(f"/media/{later}/")


async def test_a_tracking_link_opens_what_its_reporter_is_shown(client: httpx.AsyncClient, now: datetime) -> None:
    town = await make_town(now)
    order_id = await make_handled(town, now)
    token = await db.fetchval(_TOKEN, order_id)
    photos = {photo.role: photo.id for photo in (await reads.get_order(order_id, town.verifier, now)).photos}

    story = (await client.get(f"/r/{token}", headers=HTML)).text
    status = {role: (await client.get(f"/r/{token}/photos/{photos[role]}", headers=HTML)) for role in photos}

    assert 'href="/media/' not in story and f'href="/r/{token}/photos/{photos["after"]}"' in story
    assert {role: answer.status_code for role, answer in status.items()} == {"report": 200, "before": 404, "after": 200}
    assert f'href="/r/{token}"' in status["after"].text and str(photos["before"]) not in status["after"].text


async def test_the_photos_of_a_finding_have_pages_for_its_readers(client: httpx.AsyncClient, now: datetime) -> None:
    town = await make_town(now)
    inspector = await make_actor("监督员", Role.INSPECTOR, TOWN)
    shop_id = await make_shop(place_id=town.place_id)
    made, said = await inspect(shop_id, inspector, await make_checklist(now), now)
    address, photo_id = f"/findings/{made.finding_ids[0]}", said.findings[0].photo_ids[0]

    finding = (await client.get(address, headers=HTML | bearer(inspector))).text
    page = await client.get(f"{address}/photos/{photo_id}", headers=HTML | bearer(inspector))
    stranger = await client.get(f"{address}/photos/{photo_id}", headers=HTML | bearer(town.resident))

    assert 'href="/media/' not in finding and f'href="{address}/photos/{photo_id}"' in finding
    assert f'href="{address}"' in page.text and f"/media/{photo_id}/large" in page.text
    assert stranger.status_code in (403, 404)
