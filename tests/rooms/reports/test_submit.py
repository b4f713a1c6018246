"""A report opens its order in one transaction, once per phone and idempotency key."""

import pytest

from backend import db
from backend.accounts.structs import Role
from backend.geo.points import Fix
from backend.orders.assignment.errors import ReporterNotAllowed
from backend.orders.model.errors import EvidenceMissing
from backend.reports import service as reports
from backend.reports.errors import OutsideJurisdiction, PlaceMissing
from backend.reports.structs import Submission
from backend.structs import IdempotencyKey
from qr.errors import CodeUnknown
from tests.makers.orders import BASE_URL, make_order, make_photos
from tests.makers.town import DOOR, FAR_AWAY, TOWN, make_actor, make_town

pytestmark = pytest.mark.usefixtures("database")


async def test_the_same_key_gets_the_same_receipt_and_one_order(now):
    town = await make_town(now)

    photos = await make_photos(town.resident)

    first, again = [await make_order(town, now, idempotency_key="client-0001", photo_ids=photos) for _ in range(2)]

    assert first.is_new and not again.is_new
    assert again.receipt == first.receipt
    assert await db.fetchval("SELECT count(*) FROM work_order") == 1


async def test_the_earlier_receipt_is_given_even_when_the_code_is_gone_since(now):
    town = await make_town(now)
    photos = await make_photos(town.resident)
    first = await make_order(town, now, idempotency_key="client-0001", photo_ids=photos)
    await db.execute("UPDATE qr_code SET place_id = NULL, status = 'unbound'")

    again = await make_order(town, now, idempotency_key="client-0001", photo_ids=photos)

    assert again.receipt == first.receipt


async def test_a_refused_report_leaves_nothing_behind(now):
    town = await make_town(now)

    with pytest.raises(EvidenceMissing) as refused:
        await make_order(town, now, photo_ids=[])

    assert refused.value.extra["missing"] == {"report": 1}
    assert await db.fetchval("SELECT count(*) FROM report") == 0
    assert await db.fetchval("SELECT count(*) FROM event_log") == 0


async def test_a_point_finds_its_cell_its_area_and_the_nearest_door(now):
    town = await make_town(now)

    receipt = (await make_order(town, now, code=None, point=Fix(lng=DOOR.lng + 0.0001, lat=DOOR.lat))).receipt

    row = await db.fetchrow("SELECT place_id, area_code, grid_code FROM work_order WHERE id = $1", receipt.order_id)
    assert tuple(row) == (town.place_id, "310115105001", "310115105001001")


async def test_a_point_outside_the_jurisdiction_is_refused(now):
    town = await make_town(now)

    with pytest.raises(OutsideJurisdiction):
        await make_order(town, now, code=None, point=Fix(lng=FAR_AWAY.lng, lat=FAR_AWAY.lat))


async def test_a_report_needs_a_code_or_a_point(now):
    town = await make_town(now)

    with pytest.raises(PlaceMissing):
        await make_order(town, now, code=None)


async def test_an_invented_code_is_unknown(now):
    town = await make_town(now)

    with pytest.raises(CodeUnknown):
        await make_order(town, now, code="0123456789AB")


async def test_the_dictionary_says_who_may_report_what(now):
    town = await make_town(now)

    with pytest.raises(ReporterNotAllowed):
        await make_order(town, now, item="C101", photo_ids=await make_photos(town.resident))


@pytest.mark.parametrize(("area", "role"), [(TOWN, "inspector"), ("310115106", "resident")])
async def test_a_report_is_of_the_role_that_is_held_where_it_is(now, area, role):
    town = await make_town(now)
    inspector = await make_actor("监督员", Role.INSPECTOR, area)

    photos, key = await make_photos(inspector), IdempotencyKey("one-report")
    submission = Submission(idempotency_key=key, code=town.code, item="A101", photo_ids=photos)
    await reports.submit(submission, inspector, base_url=BASE_URL, now=now)

    assert await db.fetchval("SELECT actor_role FROM order_step WHERE move = 'open'") == role


async def test_a_shop_of_another_town_reports_nothing_of_shops_here(now):
    town = await make_town(now)
    merchant = await make_actor("别处商户", Role.SHOP_OWNER, "310115106")

    photos, key = await make_photos(merchant), IdempotencyKey("one-report")
    submission = Submission(idempotency_key=key, code=town.code, item="C101", photo_ids=photos)
    with pytest.raises(ReporterNotAllowed):
        await reports.submit(submission, merchant, base_url=BASE_URL, now=now)
