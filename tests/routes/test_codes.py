"""Codes over HTTP."""

import secrets
from datetime import datetime
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
import zxingcpp
from PIL import Image, ImageDraw

from backend import clock, db
from qr import codes, presence, runtime
from qr import service as qr
from tests.makers.accounts import bearer, make_device
from tests.makers.orders import make_accepted
from tests.makers.qr import make_codes, make_doors
from tests.makers.town import make_town


async def make_hanging(now: datetime) -> tuple[str, int]:
    [door] = await make_doors(1)
    [code] = await make_codes(1, now)
    await qr.bind(code, door, actor=None, now=now)
    return code, door


async def test_anybody_may_ask_where_a_code_leads(client: httpx.AsyncClient, now: datetime) -> None:
    code, door = await make_hanging(now)

    answer = await client.get(f"/api/v1/codes/{code[:4]}-{code[4:].lower()}")

    assert answer.status_code == 200
    told = answer.json()
    assert (told["code"], told["status"], told["leads_to"]) == (code, "active", code)
    assert told["url"].endswith(f"/q/{code}")
    assert told["place"]["id"] == door
    assert told["place"]["point"] == {"lng": 121.5, "lat": 31.2}


async def test_a_replaced_code_tells_its_successor_and_the_same_place(client: httpx.AsyncClient, now: datetime) -> None:
    old, door = await make_hanging(now)
    [new] = await make_codes(1, now)
    await qr.replace(old, new, actor=None, now=now)

    told = (await client.get(f"/api/v1/codes/{old}")).json()

    assert (told["status"], told["leads_to"], told["place"]["id"]) == ("replaced", new, door)


async def test_unknown_and_revoked_codes_say_so(client: httpx.AsyncClient, now: datetime) -> None:
    code, _ = await make_hanging(now)
    await qr.revoke(code, actor=None, now=now, why="拆除")

    unknown = await client.get("/api/v1/codes/000000000000")
    revoked = await client.get(f"/api/v1/codes/{code}")

    assert (unknown.status_code, unknown.json()["code"]) == (404, "code-unknown")
    assert (revoked.status_code, revoked.json()["code"]) == (410, "code-revoked")


async def test_who_tries_codes_is_slowed_down(client: httpx.AsyncClient, now: datetime) -> None:
    code, _ = await make_hanging(now)
    tries = [(await client.get(f"/api/v1/codes/00000000000{n % 10}")).status_code for n in range(210)]

    assert tries.count(404) == 200
    assert tries[-1] == 429
    assert (await client.get(f"/api/v1/codes/{code}")).status_code == 429


WAYS = [
    ("GET", "/api/v1/codes/{}", {}),
    ("POST", "/api/v1/codes/{}/scans", {"json": {"lng": 121.5, "lat": 31.2}}),
    ("POST", "/q/{}/report", {"data": {"item": "0101"}}),
    ("POST", "/q/{}/join", {"data": {"order": "1"}}),
    ("GET", "/api/v1/reports/candidates?code={}", {}),
]


@pytest.mark.parametrize(("method", "path", "sent"), WAYS)
async def test_a_phone_that_tries_codes_is_slowed_down_on_every_way(
    client: httpx.AsyncClient, now: datetime, method: str, path: str, sent: dict
) -> None:
    (code, _), phone = await make_hanging(now), bearer(await make_device())

    tries = [await client.request(method, path.format("000000000000"), headers=phone, **sent) for _ in range(21)]
    live = await client.request(method, path.format(code), headers=phone, **sent)

    assert [answer.status_code for answer in tries] == [404] * 20 + [429]
    assert live.status_code == 429


async def test_codes_are_not_found_by_reporting_at_them(client: httpx.AsyncClient, now: datetime) -> None:
    phone = bearer(await make_device())

    tries = [
        await client.post(
            "/api/v1/reports", json={"client_id": str(uuid4()), "code": "000000000000", "item": "0101"}, headers=phone
        )
        for _ in range(21)
    ]

    answers = [answer.status_code for answer in tries]
    assert (set(answers), answers[-1]) == ({404, 429}, 429)


async def test_who_has_the_page_open_may_report_whatever_the_neighbours_try(
    client: httpx.AsyncClient, now: datetime
) -> None:
    (code, _), phone = await make_hanging(now), bearer(await make_device())
    nonce = (await client.get(f"/api/v1/codes/{code}")).json()["nonce"]
    for _ in range(205):
        await client.get("/api/v1/codes/000000000000")

    barred = await client.post(f"/q/{code}/report", data={"item": "none"}, headers=phone)
    known = await client.post(f"/q/{code}/report", data={"item": "none", "nonce": nonce}, headers=phone)

    assert barred.status_code == 429
    assert known.status_code != 429
    assert "莲安东路0号" in known.text


BODIES = [
    ("/api/v1/reports", {"item": "0101"}),
    ("/api/v1/reports/joins", {"order_id": 1}),
]


@pytest.mark.parametrize(("path", "sent"), BODIES)
async def test_who_sends_the_whole_address_with_the_page_open_tries_nothing(
    client: httpx.AsyncClient, now: datetime, path: str, sent: dict
) -> None:
    (code, _), phone = await make_hanging(now), bearer(await make_device())
    told = (await client.get(f"/api/v1/codes/{code}")).json()
    for _ in range(21):
        await client.get("/api/v1/codes/000000000000", headers=phone)
    report = {"client_id": str(uuid4()), **sent}

    answers = [
        await client.post(path, json=report | {"code": text, "nonce": told["nonce"]}, headers=phone)
        for text in (told["url"], code, code[:4] + "-" + code[4:].lower())
    ]
    barred = await client.post(path, json=report | {"code": told["url"]}, headers=phone)

    assert 429 not in [answer.status_code for answer in answers]
    assert barred.status_code == 429


async def test_a_report_with_the_whole_address_and_a_fresh_nonce_is_not_counted_as_a_guess(
    client: httpx.AsyncClient, now: datetime
) -> None:
    code, phone = codes.compose(runtime.current_runtime().keys, secrets.randbits), bearer(await make_device())
    address = runtime.current_runtime().payload.url(code).replace("http", "HTTP")
    report = {"client_id": str(uuid4()), "code": address, "item": "0101"}
    counted = "SELECT count(*) FROM quota_use WHERE key LIKE 'code-miss%'"

    answer = await client.post(
        "/api/v1/reports", json=report | {"nonce": runtime.nonce(code, clock.now())}, headers=phone
    )
    misses_with_nonce = await db.fetchval(counted)
    await client.post("/api/v1/reports", json=report, headers=phone)

    assert (answer.status_code, misses_with_nonce) == (404, 0)
    assert await db.fetchval(counted) > 0


@pytest.mark.parametrize(("path", "sent"), BODIES)
async def test_an_address_of_ours_that_holds_no_code_is_a_try_as_well(
    client: httpx.AsyncClient, now: datetime, path: str, sent: dict
) -> None:
    phone = bearer(await make_device())
    report = {"client_id": str(uuid4()), "code": "http://127.0.0.1:8000/q/nothing", **sent}

    tries = [(await client.post(path, json=report, headers=phone)).status_code for _ in range(21)]

    assert tries == [404] * 20 + [429]


async def test_checking_in_finds_no_codes_either(client: httpx.AsyncClient) -> None:
    town = await make_town(clock.now())
    order_id = await make_accepted(town, clock.now())
    path, handler = f"/api/v1/orders/{order_id}/check-in", bearer(town.handlers[0])

    tries = [(await client.post(path, json={"code": "000000000000"}, headers=handler)).status_code for _ in range(21)]

    assert tries == [404] * 20 + [429]


async def test_the_picture_of_a_code_reads_as_its_address(client: httpx.AsyncClient, now: datetime) -> None:
    code, _ = await make_hanging(now)

    answer = await client.get(f"/api/v1/codes/{code}/image.svg")

    assert answer.headers["content-type"].startswith("image/svg+xml")
    [read] = zxingcpp.read_barcodes(drawn(answer.text))
    assert read.text == (await client.get(f"/api/v1/codes/{code}")).json()["url"]


def drawn(svg: str) -> Image.Image:
    """The runs of the symbol, eight pixels a module."""
    side = int(svg.split('viewBox="0 0 ')[1].split()[0]) * 8
    picture = Image.new("L", (side, side), 255)
    brush = ImageDraw.Draw(picture)
    for run in svg.split('<path d="M')[1].split('z"')[0].split("zM"):
        x, y = map(int, run.split("h")[0].split())
        length = int(run.split("h")[1].split("v")[0])
        brush.rectangle((x * 8, y * 8, (x + length) * 8 - 1, y * 8 + 7), fill=0)
    return picture


async def test_a_phone_says_where_it_was_and_only_the_distance_is_kept(
    client: httpx.AsyncClient, now: datetime
) -> None:
    code, _ = await make_hanging(now)
    phone = bearer(await make_device())

    near = await client.post(
        f"/api/v1/codes/{code}/scans", json={"lng": 121.5001, "lat": 31.2, "accuracy_m": 10}, headers=phone
    )
    far = await client.post(f"/api/v1/codes/{code}/scans", json={"lng": 121.6, "lat": 31.2}, headers=phone)
    await runtime.current_runtime().scans.flush()

    assert (near.json()["grade"], far.json()["grade"]) == ("near", "far")
    assert near.json()["distance_m"] == pytest.approx(9.5, abs=0.2)
    assert await db.fetchval("SELECT count(*) FROM qr_scan WHERE grade = 'far' AND distance_m > 9000") == 1


async def test_the_answer_proves_when_the_code_was_opened(client: httpx.AsyncClient, now: datetime) -> None:
    code, _ = await make_hanging(now)
    told = (await client.get(f"/api/v1/codes/{code}")).json()

    assert presence.opened_at(runtime.current_runtime().presence_key, code, told["nonce"], clock.now()) is not None


async def test_every_scan_is_written_behind_the_answer(client: httpx.AsyncClient, now: datetime) -> None:
    code, _ = await make_hanging(now)
    await client.get(f"/api/v1/codes/{code}", headers={"user-agent": "Mozilla/5.0 MicroMessenger/8.0"})

    await runtime.current_runtime().scans.flush()

    assert await db.fetchval("SELECT channel FROM qr_scan WHERE code = $1", code) == "wechat"


async def test_check_files_are_served_beside_the_codes(client: httpx.AsyncClient, tmp_path: Path) -> None:
    folder = tmp_path / "verification"
    folder.mkdir()
    (folder / "MP_verify_a1B2.txt").write_text("a1B2")
    (tmp_path / "secret.txt").write_text("not for you")

    for path in ("/MP_verify_a1B2.txt", "/q/MP_verify_a1B2.txt"):
        answer = await client.get(path)
        assert (answer.status_code, answer.text) == (200, "a1B2")
    for path in ("/q/other.txt", "/q/..%2Fsecret.txt", "/secret.txt"):
        assert (await client.get(path)).status_code == 404
