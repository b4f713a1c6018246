"""What staff do with plates over HTTP."""

import io
import re
from datetime import datetime

import httpx
import pytest
from PIL import Image

from backend import db
from backend.accounts.structs import Role
from backend.geo.datum import Datum, from_wgs84
from qr import render, runtime
from qr.symbols import stencil
from tests.makers.accounts import bearer, make_staff
from tests.makers.code_requests import hanging, second_door, unbound
from tests.makers.town import COMMITTEE, DOOR, TOWN, make_town


@pytest.fixture
async def hanger(client: httpx.AsyncClient, now: datetime) -> dict[str, str]:
    await make_town(now)
    return bearer(await make_staff(Role.COMMITTEE, area=COMMITTEE))


async def test_a_plate_is_hung_from_where_the_phone_stands(client: httpx.AsyncClient, hanger: dict[str, str]) -> None:
    code, door = await unbound(), await second_door()
    fix = {"lng": DOOR.lng, "lat": DOOR.lat + 0.0001, "accuracy_m": 6}

    answer = await client.post(f"/api/v1/codes/{code}/bind", json={"place_id": door, "fix": fix}, headers=hanger)

    assert answer.status_code == 200
    [line] = answer.json()["bindings"]
    assert (line["place_id"], line["reason"]) == (door, "bind")
    assert line["distance_m"] == pytest.approx(11, abs=0.5)


async def test_the_photo_of_a_plate_is_kept_without_a_position(
    client: httpx.AsyncClient, hanger: dict[str, str]
) -> None:
    first, second, door = await unbound(), await unbound(), await second_door()
    sent = {"files": {"file": ("wall.jpg", wall_with([first, second]), "image/jpeg")}, "headers": hanger}
    photo_id = (await client.post("/api/v1/photos", **sent)).json()["id"]

    told = await client.post(
        f"/api/v1/codes/{first}/bind", json={"place_id": door, "photo_id": photo_id}, headers=hanger
    )
    form = {"data": {"place_id": str(door)}, "files": {"photo": ("wall.jpg", wall_with([second, first]), "image/jpeg")}}
    page = await client.post(f"/codes/{second}/bind", headers=hanger, **form)

    assert told.json()["bindings"][0]["photo_id"] == photo_id
    assert page.status_code == 303
    history = (await client.get(f"/api/v1/codes/{second}/history", headers=hanger)).json()
    assert history["bindings"][0]["photo_id"] is not None


async def test_a_position_in_chinas_datum_is_converted_before_it_is_measured(
    client: httpx.AsyncClient, hanger: dict[str, str]
) -> None:
    code, door = await unbound(), await second_door()
    spoken = from_wgs84(DOOR.lng, DOOR.lat, Datum.GCJ02)
    fix = {"lng": spoken.lng, "lat": spoken.lat, "datum": "gcj02"}

    answer = await client.post(f"/api/v1/codes/{code}/bind", json={"place_id": door, "fix": fix}, headers=hanger)

    assert answer.json()["bindings"][0]["distance_m"] < 1


async def test_who_comes_second_is_told_where_the_code_hangs(client: httpx.AsyncClient, hanger: dict[str, str]) -> None:
    code, door = await hanging()

    answer = await client.post(f"/api/v1/codes/{code}/bind", json={"place_id": await second_door()}, headers=hanger)

    assert (answer.status_code, answer.json()["code"]) == (409, "code-taken")
    assert answer.json()["extra"]["place_id"] == door


async def test_the_years_of_a_plate_can_be_read(client: httpx.AsyncClient, hanger: dict[str, str]) -> None:
    old, fresh = (await hanging())[0], await unbound()
    await client.post(f"/api/v1/codes/{old}/condition", json={"condition": "damaged"}, headers=hanger)
    await client.post(f"/api/v1/codes/{old}/replace", json={"new_code": fresh, "note": "褪色"}, headers=hanger)

    told = (await client.get(f"/api/v1/codes/{old}/history", headers=hanger)).json()

    assert (told["status"], told["successor"]) == ("replaced", fresh)
    assert [line["status"] for line in told["changes"]] == ["damaged", "replaced"]
    assert told["bindings"][0]["end_reason"] == "replace"


async def test_the_years_of_a_plate_stay_within_its_area(client: httpx.AsyncClient, hanger: dict[str, str]) -> None:
    replaced, revoked, fresh = (await hanging())[0], (await hanging())[0], await unbound()
    await client.post(f"/api/v1/codes/{replaced}/replace", json={"new_code": fresh}, headers=hanger)
    await client.post(f"/api/v1/codes/{revoked}/revoke", json={"note": "拆除"}, headers=hanger)
    elsewhere = bearer(await make_staff(Role.COMMITTEE, area="310104003001"))

    for code in (fresh, replaced, revoked):
        assert (await client.get(f"/api/v1/codes/{code}/history", headers=elsewhere)).status_code == 403
        assert (await client.get(f"/codes/{code}", headers=elsewhere)).status_code == 403
        assert (await client.get(f"/api/v1/codes/{code}/history", headers=hanger)).status_code == 200


async def test_nobody_mints_for_another_town(client: httpx.AsyncClient, hanger: dict[str, str]) -> None:
    office = bearer(await make_staff(Role.STREET_ADMIN, area=TOWN))
    elsewhere = {"count": 3, "area_code": "310104003"}

    assert (await client.post("/api/v1/code-batches", json=elsewhere, headers=office)).status_code == 403
    assert (await client.post("/api/v1/code-batches", json=elsewhere, headers=hanger)).status_code == 403
    own = await client.post("/api/v1/code-batches", json={"count": 3, "area_code": COMMITTEE}, headers=office)
    assert own.status_code == 201
    listed = (await client.get("/api/v1/code-batches", headers=office)).json()["items"]
    assert [(batch["id"], batch["unbound"]) for batch in listed] == [(own.json()["id"], 3)]


async def test_a_photo_of_plates_tells_ours_from_others(client: httpx.AsyncClient, hanger: dict[str, str]) -> None:
    codes = [await unbound(), await unbound()]
    photo = await client.post(
        "/api/v1/photos", files={"file": ("wall.jpg", wall_with(codes), "image/jpeg")}, headers=hanger
    )

    answer = await client.post("/api/v1/codes/read", json={"photo_id": photo.json()["id"]}, headers=hanger)

    assert answer.status_code == 200
    assert (sorted(answer.json()["codes"]), answer.json()["foreign"]) == (sorted(codes), 1)


def wall_with(codes: list[str]) -> bytes:
    """Our plates and somebody else's symbol on one wall."""
    ours = runtime.current_runtime().payload.url("")
    symbols = [stencil(ours).symbol(code) for code in codes]
    symbols.append(stencil("https://pay.example.com/").symbol(codes[0]))
    wall = Image.new("L", (1200, 500), 190)
    for place, symbol in enumerate(symbols):
        wall.paste(render.image(symbol, 8), (30 + 390 * place, 60))
    packed = io.BytesIO()
    wall.save(packed, "JPEG", quality=80)
    return packed.getvalue()


async def test_coverage_counts_doors_without_a_code(client: httpx.AsyncClient, hanger: dict[str, str]) -> None:
    await second_door()

    [area] = (await client.get("/api/v1/code-coverage", headers=hanger)).json()

    assert (area["area_code"], area["places"], area["bare"]) == (COMMITTEE, 2, 1)


async def test_the_map_of_a_street_that_runs_north_is_no_taller_than_wide(
    client: httpx.AsyncClient, hanger: dict[str, str]
) -> None:
    for _ in range(2):
        await second_door()
    await db.execute(
        "UPDATE place SET loc = ST_MakePoint($1, $2 + 0.02)::geography WHERE id = (SELECT max(id) FROM place)",
        DOOR.lng,
        DOOR.lat,
    )

    page = await client.get("/codes/coverage", headers=hanger)

    [(width, height)] = re.findall(r'class="gap-map" viewBox="0 0 (\d+) ([\d.]+)"', page.text)
    assert float(height) <= float(width)


async def test_plates_are_ordered_for_an_area_that_is_chosen_by_its_name(
    client: httpx.AsyncClient, hanger: dict[str, str]
) -> None:
    office = {"accept": "text/html"} | bearer(await make_staff(Role.STREET_ADMIN, area=TOWN))
    form = (await client.get("/codes", headers=office)).text

    made = await client.post("/codes/mint", data={"count": "3", "area": COMMITTEE}, headers=office)
    by_code = await client.post(
        "/codes/mint", data={"count": "2", "area": TOWN, "area_code": f"{COMMITTEE}001"}, headers=office
    )
    listed = (await client.get("/codes", headers=office)).text

    assert f'<option value="{TOWN}" selected>北蔡镇</option>' in form
    assert f'<option value="{COMMITTEE}">　第一居委</option>' in form
    assert (made.status_code, by_code.status_code) == (303, 303)
    assert "第一居委 ·" in listed and f"{COMMITTEE}001 ·" in listed
