"""A burst of one device ends early, at one door and altogether, for all processes; real work does not notice."""

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from backend import clock, db
from backend.accounts.structs import Role
from backend.quotas import rules
from backend.quotas import service as quotas
from backend.quotas.errors import QuotaUsedUp
from backend.quotas.rules import Quota
from backend.quotas.service import QuotaCharge
from tests.fixtures.client import running_client
from tests.makers.accounts import bearer, make_device, make_staff
from tests.makers.orders import make_photos
from tests.makers.photos import jpeg
from tests.makers.town import make_town

TUS = {"tus-resumable": "1.0.0", "upload-length": "20000000"}
HTML = {"accept": "text/html"}


async def statuses(client: httpx.AsyncClient, times: int, path: str, **sent: object) -> list[int]:
    return [(await client.post(path, **sent)).status_code for _ in range(times)]  # type: ignore[arg-type]


async def test_orders_of_a_new_device_at_one_door_end_early(client: httpx.AsyncClient) -> None:
    town, device = await make_town(clock.now()), await make_device()
    answers = []
    for _ in range(15):
        photos = [str(each) for each in await make_photos(device)]
        report = {"client_id": uuid4().hex, "code": town.code, "item": "A101", "photo_ids": photos}
        answers.append(await client.post("/api/v1/reports", json=report, headers=bearer(device)))

    assert [answer.status_code for answer in answers] == [201] * 4 + [429] * 11
    told = answers[-1]
    assert (told.json()["code"], told.json()["extra"]["quota"]) == ("quota-used-up", "report-door-device")
    assert 1 <= int(told.headers["retry-after"]) <= 3600
    assert "已填写的内容仍在" in told.json()["detail_zh"]


async def test_a_report_that_is_sent_again_is_charged_once(client: httpx.AsyncClient) -> None:
    town, device = await make_town(clock.now()), await make_device()
    photos = [str(each) for each in await make_photos(device)]
    report = {"client_id": uuid4().hex, "code": town.code, "item": "A101", "photo_ids": photos}

    answers = await statuses(client, 9, "/api/v1/reports", json=report, headers=bearer(device))

    assert answers == [201] + [200] * 8


async def test_who_is_refused_uses_up_nothing_of_the_door_for_others(client: httpx.AsyncClient) -> None:
    town, device = await make_town(clock.now()), await make_device()
    report = {"code": town.code, "item": "none"}

    async def knock(account: int, times: int) -> list[int]:
        sent = [{"json": report | {"client_id": uuid4().hex}, "headers": bearer(account)} for _ in range(times)]
        return [(await client.post("/api/v1/reports", **each)).status_code for each in sent]  # type: ignore[arg-type]

    assert await knock(device, 20) == [422] * 4 + [429] * 16
    assert [await knock(await make_device(), 1) for _ in range(9)] == [[422]] * 8 + [[429]]


async def test_a_report_that_was_taken_keeps_its_receipt_when_the_quota_is_used_up(client: httpx.AsyncClient) -> None:
    town, device = await make_town(clock.now()), await make_device()
    photos = [str(each) for each in await make_photos(device)]
    report = {"client_id": uuid4().hex, "code": town.code, "item": "A101", "photo_ids": photos}

    first = await client.post("/api/v1/reports", json=report, headers=bearer(device))
    others = [report | {"client_id": uuid4().hex, "item": "none"} for _ in range(3)]
    for other in others:
        await client.post("/api/v1/reports", json=other, headers=bearer(device))

    answers = [await client.post("/api/v1/reports", json=report, headers=bearer(device)) for _ in range(3)]
    another = await client.post("/api/v1/reports", json=report | {"description": "b"}, headers=bearer(device))
    new = await client.post("/api/v1/reports", json=report | {"client_id": uuid4().hex}, headers=bearer(device))

    assert [answer.status_code for answer in (first, *answers)] == [201, 200, 200, 200]
    assert {answer.json()["report_id"] for answer in answers} == {first.json()["report_id"]}
    assert (another.status_code, another.json()["code"]) == (409, "idempotency-key-used")
    assert new.status_code == 429


async def test_a_joined_report_keeps_its_receipt_when_the_quota_is_used_up(client: httpx.AsyncClient) -> None:
    town, first, device = await make_town(clock.now()), await make_device(), await make_device()
    photos = [str(each) for each in await make_photos(first)]
    report = {"client_id": uuid4().hex, "code": town.code, "item": "A101", "photo_ids": photos}
    opened = (await client.post("/api/v1/reports", json=report, headers=bearer(first))).json()
    join = {"client_id": uuid4().hex, "order_id": opened["order_id"], "code": town.code}

    answers = await statuses(client, 22, "/api/v1/reports/joins", json=join, headers=bearer(device))

    assert answers == [201] + [200] * 21


async def test_photos_of_a_new_device_end_early(client: httpx.AsyncClient) -> None:
    device, file = await make_device(), {"file": ("a.jpg", jpeg(), "image/jpeg")}

    answers = await statuses(client, 22, "/api/v1/photos", files=file, headers=bearer(device))

    assert answers == [201] * 20 + [429] * 2


async def test_announced_bytes_of_a_new_device_end_early(client: httpx.AsyncClient) -> None:
    device = await make_device()

    answers = await statuses(client, 30, "/api/v1/uploads", headers=bearer(device) | TUS)

    assert answers == [201] * 6 + [429] * 24


async def test_what_another_process_counted_counts_here(
    client: httpx.AsyncClient, database: str, tmp_path: Path
) -> None:
    device = await make_device()
    async with running_client(database, tmp_path) as other:
        await statuses(other, 6, "/api/v1/uploads", headers=bearer(device) | TUS)

    assert await statuses(client, 1, "/api/v1/uploads", headers=bearer(device) | TUS) == [429]


async def test_an_inspector_sends_what_a_morning_without_a_network_kept(client: httpx.AsyncClient) -> None:
    inspector, town = await make_staff(Role.INSPECTOR), await make_town(clock.now())
    report = {"code": town.code, "item": "none"}

    answers = [
        await client.post("/api/v1/reports", json=report | {"client_id": uuid4().hex}, headers=bearer(inspector))
        for _ in range(100)
    ]

    assert 429 not in {answer.status_code for answer in answers}


async def test_the_page_keeps_the_words_of_a_report_that_is_too_much(client: httpx.AsyncClient) -> None:
    town, device = await make_town(clock.now()), await make_device()
    form = {"item": "none", "description": "路灯不亮,晚上很黑"}
    for _ in range(4):
        await client.post(f"/q/{town.code}/report", data=form, headers=bearer(device) | HTML)

    page = await client.post(f"/q/{town.code}/report", data=form, headers=bearer(device) | HTML)

    assert page.status_code == 429
    assert "路灯不亮,晚上很黑" in page.text
    assert "短时间内提交过多" in page.text


@pytest.mark.usefixtures("database")
async def test_what_was_taken_comes_back_with_time(now) -> None:
    want = [QuotaCharge("report-device", "7", Quota(2, 60))]
    for _ in range(2):
        await quotas.take(want, now)

    with pytest.raises(QuotaUsedUp) as refused:
        await quotas.take(want, now)

    assert refused.value.extra == {"quota": "report-device", "retry_after_s": 60}
    await quotas.take(want, now + timedelta(seconds=60))
    await quotas.prune(now + timedelta(minutes=5))
    assert await db.fetchval("SELECT count(*) FROM quota_use") == 0


def test_a_town_sets_its_own_numbers() -> None:
    own = rules.read("report-device=20+60, photo-device=40+120")

    assert (own["report-device"], own["photo-device"]) == (Quota(20, 60), Quota(40, 120))
    assert own["join-device"] == rules.QUOTAS["join-device"]
    assert rules.read("off") == {}


@pytest.mark.parametrize("text", ["reports=1+1", "report-device=1", "report-device=0+1", "report-device=-1+1", "on"])
def test_a_quota_that_is_none_stops_the_start(text: str) -> None:
    with pytest.raises(ValueError, match="is no quota"):
        rules.read(text)
