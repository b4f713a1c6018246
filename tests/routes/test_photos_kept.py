"""Photos in plain forms: a good one is never asked for twice, and a broken one is named."""

import re
from datetime import datetime

import httpx
import pytest

from backend import clock, db
from backend.quotas import service as quotas
from backend.quotas.rules import QUOTAS
from backend.quotas.service import QuotaCharge
from tests.makers.accounts import bearer, make_device
from tests.makers.orders import make_accepted, make_on_site, make_photos, state_of
from tests.makers.photos import jpeg
from tests.makers.town import SmallTown, make_town

HTML = {"accept": "text/html"}
BROKEN = ("坏的.jpg", b"\xff\xd8\xff\xe0 no picture at all", "image/jpeg")
NO_FILE = {"photo": ("", b"")}


@pytest.fixture
async def town(client: httpx.AsyncClient, now: datetime) -> SmallTown:
    return await make_town(now)


def kept_in(page: str, name: str) -> list[str]:
    return re.findall(rf'type="checkbox" name="{name}" value="([0-9a-f-]+)" checked', page)


async def test_the_broken_photo_is_named_and_the_good_one_kept(client: httpx.AsyncClient, town: SmallTown) -> None:
    good = ("好的.jpg", jpeg(), "image/jpeg")
    said = {"client_id": "two-photos-1", "item": "A101", "description": "倒在路口"}

    refused = await client.post(
        f"/q/{town.code}/report", data=said, files=[("photo", good), ("photo", BROKEN)], headers=HTML
    )
    (photo_id,) = kept_in(refused.text, "photo_ids")
    again = said | {"client_id": "two-photos-2", "photo_ids": photo_id}
    answer = await client.post(f"/q/{town.code}/report", data=again, files=NO_FILE, headers=HTML)

    assert refused.status_code == 422
    assert "第 2 张(坏的.jpg)" in refused.text and "其余 1 张已保留" in refused.text
    assert answer.status_code == 303, answer.text
    assert await db.fetchval("SELECT count(*) FROM photo") == 1


async def test_a_report_without_its_matter_keeps_its_photo(client: httpx.AsyncClient, town: SmallTown) -> None:
    files = {"photo": ("street.jpg", jpeg(), "image/jpeg")}

    refused = await client.post(f"/q/{town.code}/report", data={"client_id": "no-item-1"}, files=files, headers=HTML)

    assert len(kept_in(refused.text, "photo_ids")) == 1
    assert "1 张照片都已保留" in refused.text


async def test_more_photos_than_a_form_takes_are_told_and_not_dropped(
    client: httpx.AsyncClient, town: SmallTown
) -> None:
    files = [("photo", (f"{number}.jpg", jpeg(64, 48, number), "image/jpeg")) for number in range(1, 6)]

    refused = await client.post(
        f"/q/{town.code}/report", data={"client_id": "five-photos-1", "item": "A101"}, files=files, headers=HTML
    )

    assert refused.status_code == 422
    assert "第 4 张(4.jpg)" in refused.text and "第 5 张(5.jpg)" in refused.text and "最多 3 张" in refused.text
    assert len(kept_in(refused.text, "photo_ids")) == 3


async def test_a_strangers_photo_is_not_taken_up_by_its_number(client: httpx.AsyncClient, town: SmallTown) -> None:
    (foreign,) = await make_photos(town.resident)
    data = {"client_id": "foreign-photo", "item": "A101", "photo_ids": str(foreign)}

    answer = await client.post(f"/q/{town.code}/report", data=data, files=NO_FILE, headers=HTML)

    assert 400 <= answer.status_code < 500
    assert str(foreign) not in answer.text


async def test_a_finish_keeps_the_photos_of_both_moments_and_the_note(
    client: httpx.AsyncClient, town: SmallTown, now: datetime
) -> None:
    order_id, handler = await make_on_site(town, now), HTML | bearer(town.handlers[0])
    files = [("before", ("前.jpg", jpeg(64, 48, 1), "image/jpeg")), ("after", BROKEN)]

    refused = await client.post(f"/o/{order_id}/finish", data={"note": "清走了"}, files=files, headers=handler)
    (before,) = kept_in(refused.text, "before_photo_ids")
    after = [("after", ("后.jpg", jpeg(64, 48, 2), "image/jpeg"))]
    again = {"note": "清走了", "before_photo_ids": before}
    answer = await client.post(f"/o/{order_id}/finish", data=again, files=after, headers=handler)

    assert "第 1 张(坏的.jpg)" in refused.text and "清走了</textarea>" in refused.text
    assert answer.status_code == 303, answer.text
    assert await state_of(order_id) == "handled"


async def test_an_appeal_keeps_its_photo_and_its_reason(
    client: httpx.AsyncClient, town: SmallTown, now: datetime
) -> None:
    order_id, handler = await make_accepted(town, now), HTML | bearer(town.handlers[0])
    files = [("arrival", ("到.jpg", jpeg(), "image/jpeg")), ("arrival", BROKEN)]

    refused = await client.post(f"/o/{order_id}/check-in", data={"appeal_reason": "地库"}, files=files, headers=handler)
    (photo_id,) = kept_in(refused.text, "photo_ids")
    again = {"appeal_reason": "地库", "photo_ids": photo_id}
    answer = await client.post(f"/o/{order_id}/check-in", data=again, files={"arrival": ("", b"")}, headers=handler)

    assert "第 2 张(坏的.jpg)" in refused.text and ">地库</textarea>" in refused.text
    assert answer.status_code == 303, answer.text
    assert await state_of(order_id) == "on_site"


async def test_a_move_keeps_its_good_photo_beside_a_broken_one(
    client: httpx.AsyncClient, town: SmallTown, now: datetime
) -> None:
    order_id, handler = await make_on_site(town, now), HTML | bearer(town.handlers[0])
    files = [("photo_ids", ("围挡.jpg", jpeg(), "image/jpeg")), ("photo_ids", BROKEN)]

    refused = await client.post(f"/o/{order_id}/moves/make_safe", data={"note": "围好"}, files=files, headers=handler)

    assert len(kept_in(refused.text, "photo_ids")) == 1
    assert "第 2 张(坏的.jpg)" in refused.text


async def leave_photos(quota: str, account_id: int, left: int) -> None:
    """Use up this account's photos but for so many."""
    known = QUOTAS[quota]
    await quotas.take([QuotaCharge(quota, str(account_id), known, known.at_once - left)], clock.now())


async def test_each_photo_of_a_report_is_charged(client: httpx.AsyncClient, town: SmallTown) -> None:
    device = await make_device()
    await leave_photos("photo-device", device.account_id, 2)
    files = [("photo", (f"{number}.jpg", jpeg(64, 48, number), "image/jpeg")) for number in range(1, 4)]
    said = {"client_id": "three-photos-1", "item": "A101", "description": "倒在路口"}

    refused = await client.post(f"/q/{town.code}/report", data=said, files=files, headers=HTML | bearer(device))

    assert refused.status_code == 429
    assert "短时间内提交过多" in refused.text and "倒在路口" in refused.text
    assert len(kept_in(refused.text, "photo_ids")) == 2


async def test_a_report_without_photos_costs_none(client: httpx.AsyncClient, town: SmallTown) -> None:
    device = await make_device()
    await leave_photos("photo-device", device.account_id, 0)

    answer = await client.post(f"/q/{town.code}/report", data={"item": "none"}, headers=HTML | bearer(device))

    assert answer.status_code == 422


async def test_each_photo_of_a_transition_is_charged(client: httpx.AsyncClient, town: SmallTown, now: datetime) -> None:
    order_id, handler = await make_on_site(town, now), town.handlers[0]
    await leave_photos("photo-staff", handler.account_id, 1)
    files = [
        (name, ("照片.jpg", jpeg(64, 48, number), "image/jpeg")) for number, name in enumerate(("before", "after"))
    ]

    refused = await client.post(
        f"/o/{order_id}/finish", data={"note": "清走了"}, files=files, headers=HTML | bearer(handler)
    )

    assert refused.status_code == 429 and "清走了</textarea>" in refused.text
    assert len(kept_in(refused.text, "before_photo_ids")) == 1
    assert await state_of(order_id) == "on_site"
