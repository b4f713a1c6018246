"""Tiles over HTTP: their range, how long they are good, for whom they are; and a town's own service behind them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

import httpx
import pytest

from backend import clock, db
from backend.accounts.structs import Actor, Role
from backend.maps import ground
from backend.maps.tile_matrix import MapTile
from backend.routes.http import limits
from bench.parts.statements import Statements, listening
from tests.fakes.server import Answer, Trouble
from tests.fakes.tianditu import KEY, FakeTianditu, png
from tests.fakes.vendor import TroubleKind
from tests.fixtures.client import running_client
from tests.makers.accounts import bearer, make_staff
from tests.makers.logged import logged
from tests.makers.orders import make_order
from tests.makers.tiles import layers_of, tile_at
from tests.makers.town import COMMITTEE, DOOR, FAR_AWAY, SmallTown, make_town

HERE = tile_at(DOOR, 16)
ORDERS = ("/tiles/orders", "/tiles/desk")


def path(prefix: str, tile: MapTile = HERE, suffix: str = ".mvt") -> str:
    return f"{prefix}/{tile.level}/{tile.column}/{tile.row}{suffix}"


@pytest.fixture
def now() -> datetime:
    return clock.now()


@pytest.fixture
async def town(database: str, now: datetime) -> SmallTown:
    return await make_town(now)


@pytest.mark.parametrize(
    "address",
    [
        *[
            "21/0/0.mvt",
            "16/65536/0.mvt",
            "16/0/65536.pbf",
            "-1/0/0.mvt",
            "16/1/1",
            "16/1/1.png",
            "16/1/.mvt",
            "a/b/c.mvt",
        ],
        *["1/0/0%00.mvt", f"1/{'9' * 300}/0.mvt", "1/0/0.mvt.mvt", "1/0x1/0.mvt", "01/²/0.mvt"],
    ],
)
async def test_what_is_no_tile_is_not_there(client: httpx.AsyncClient, town: SmallTown, address: str) -> None:
    desk = bearer(town.dispatcher)

    statuses = {
        prefix: (await client.get(f"{prefix}/{address}", headers=desk)).status_code
        for prefix in ("/tiles/base", *ORDERS)
    }

    assert set(statuses.values()) == {404}, statuses


async def test_the_ground_is_for_everybody_packed_and_good_for_a_year(
    client: httpx.AsyncClient, town: SmallTown
) -> None:
    version = await ground.read_version()

    answer = await client.get(f"{path('/tiles/base')}?v={version}", headers={"accept-encoding": "gzip"})

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/vnd.mapbox-vector-tile"
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert {each.id for each in layers_of(answer.content)["places"]} == {town.place_id}


async def test_whoever_begins_a_map_late_asks_for_its_version(client: httpx.AsyncClient, town: SmallTown) -> None:
    answer = await client.get("/tiles/base/version")

    assert (answer.status_code, answer.text) == (200, await ground.read_version())
    assert answer.headers["cache-control"] == "no-store"


async def test_of_another_version_than_the_present_one_it_is_good_for_a_minute(
    client: httpx.AsyncClient, town: SmallTown
) -> None:
    for version in ("", "0-0-0", "x" * 5000):
        answer = await client.get(f"{path('/tiles/base')}?v={version}")
        assert answer.headers["cache-control"] == "public, max-age=60"


async def test_a_moved_border_is_drawn_at_once_for_who_knows_of_it(client: httpx.AsyncClient, town: SmallTown) -> None:
    before = await client.get(f"{path('/tiles/base')}?v={await ground.read_version()}")
    await db.execute("UPDATE place SET house_number = '101' WHERE id = $1", town.place_id)

    after = await client.get(f"{path('/tiles/base')}?v={await ground.read_version()}")

    numbers = [layers_of(each.content)["places"][0].properties["number"] for each in (before, after)]
    assert numbers == ["100", "101"]


async def test_a_tile_at_hand_needs_no_statement(client: httpx.AsyncClient, town: SmallTown) -> None:
    address = f"{path('/tiles/base')}?v={await ground.read_version()}"
    first = await client.get(address)
    await db.execute("ALTER TABLE map_change RENAME TO map_change_away")
    try:
        second = await client.get(address)
    finally:
        await db.execute("ALTER TABLE map_change_away RENAME TO map_change")

    assert (second.status_code, second.content) == (200, first.content)


async def test_who_has_a_tile_is_told_so_and_who_cannot_unpack_gets_it_bare(
    client: httpx.AsyncClient, town: SmallTown
) -> None:
    first = await client.get(path("/tiles/base"), headers={"accept-encoding": "identity"})

    again = await client.get(path("/tiles/base", suffix=".pbf"), headers={"if-none-match": first.headers["etag"]})

    assert "content-encoding" not in first.headers
    assert layers_of(first.content).keys() >= {"areas", "cells", "places"}
    assert (again.status_code, again.content) == (304, b"")


async def test_an_empty_tile_has_no_content(client: httpx.AsyncClient, town: SmallTown) -> None:
    nowhere = tile_at(FAR_AWAY, 16)

    answers = [
        await client.get(path(prefix, nowhere), headers=bearer(town.dispatcher)) for prefix in ("/tiles/base", *ORDERS)
    ]

    assert [(each.status_code, each.content) for each in answers] == [(204, b"")] * 3


async def test_tiles_carry_no_policy_of_pages_and_set_no_cookie(client: httpx.AsyncClient, town: SmallTown) -> None:
    answer = await client.get(
        path("/tiles/base"), headers={"cookie": "__Host-access=x; __Host-refresh=y; access=x; refresh=y"}
    )

    assert answer.headers["content-security-policy"] == "default-src 'none'"
    assert "set-cookie" not in answer.headers


async def test_counts_from_afar_are_drawn_once_for_the_screens_of_one_account_and_for_nobody_else(
    client: httpx.AsyncClient, town: SmallTown, now: datetime
) -> None:
    await make_order(town, now)
    afar, other = tile_at(DOOR, 9), await make_staff(Role.DISPATCHER, area="310115106")

    async def groups(prefix: str, who: Actor) -> int:
        answer = await client.get(path(prefix, afar), headers=bearer(who))
        return len(layers_of(answer.content).get("orders", []))

    heard: Statements
    async with listening() as heard:
        counted = [await groups("/tiles/desk", town.dispatcher) for _ in range(3)]

    assert counted == [1, 1, 1] and sum("ST_AsMVT" in each.sql for each in heard) == 1
    assert [await groups(prefix, who) for prefix in ORDERS for who in (other, town.dispatcher)] == [0, 1, 0, 1]
    filtered = await client.get(f"{path('/tiles/desk', afar)}?item=C401", headers=bearer(town.dispatcher))
    assert filtered.status_code == 204


async def test_one_reader_has_so_many_tiles_of_orders_drawn_in_a_minute_and_is_told_so_in_words(
    database: str, town: SmallTown, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "ORDER_TILES_MOST", 3)
    async with running_client(database, tmp_path) as client:
        statuses = [
            (await client.get(path(prefix), headers=bearer(town.dispatcher))).status_code for prefix in ORDERS * 2
        ]
        refused = await client.get(path("/tiles/desk"), headers=bearer(town.dispatcher) | {"accept-language": "zh"})
        other = await client.get(path("/tiles/orders"), headers=bearer(town.verifier))
        ground_tile = await client.get(path("/tiles/base"), headers=bearer(town.dispatcher))

    assert statuses == [204, 204, 204, 429]
    assert refused.status_code == 429 and int(refused.headers["retry-after"]) >= 1
    assert "频繁" in refused.text
    assert (other.status_code, ground_tile.status_code) == (204, 200)


async def test_orders_are_for_their_staff_and_for_a_moment(
    client: httpx.AsyncClient, town: SmallTown, now: datetime
) -> None:
    order_id = (await make_order(town, now)).receipt.order_id
    far = await make_staff(Role.DISPATCHER, area="310115106")

    strangers = [(await client.get(path(prefix))).status_code for prefix in ORDERS]
    answers = {
        who: [await client.get(path(prefix), headers=bearer(actor)) for prefix in ORDERS]
        for who, actor in (
            ("desk", town.dispatcher),
            ("handler", town.handlers[0]),
            ("far", far),
            ("resident", town.resident),
        )
    }

    assert strangers == [401, 401]
    assert {who: [each.status_code for each in both] for who, both in answers.items()} == {
        "desk": [200, 200], "handler": [200, 403], "far": [204, 204], "resident": [204, 403],
    }  # fmt: skip
    for answer in (*answers["desk"], answers["handler"][0]):
        assert [each.id for each in layers_of(answer.content)["orders"]] == [order_id]
        assert answer.headers["cache-control"] == "private, max-age=10"
        assert "cookie" in answer.headers["vary"]


async def test_the_desks_tiles_follow_the_words_of_its_address(
    client: httpx.AsyncClient, town: SmallTown, now: datetime
) -> None:
    await make_order(town, now)
    desk = bearer(town.dispatcher)

    statuses = [
        (await client.get(f"{path('/tiles/desk')}?{words}", headers=desk)).status_code
        for words in (
            "item=A101",
            "item=B101",
            f"area={COMMITTEE}",
            "area=310116",
            "tab=ended&item=%00",
            "unit='; --",
            "q=YM99",
        )
    ]

    assert statuses == [200, 204, 200, 204, 200, 200, 204]


async def test_tiles_are_not_in_the_log(
    client: httpx.AsyncClient, town: SmallTown, capfd: pytest.CaptureFixture[str]
) -> None:
    await client.get(path("/tiles/base"))

    assert "/tiles" not in logged(capfd)


@asynccontextmanager
async def with_service(
    database: str, tmp_path: Path, **more: str
) -> AsyncIterator[tuple[httpx.AsyncClient, FakeTianditu]]:
    vendor = await FakeTianditu(slow_s=0.0).start()
    named = {"URL": vendor.templates, "KEY": KEY, "DATUM": "cgcs2000", "CREDIT": "天地图 GS(2024)0650号", **more}
    try:
        async with running_client(
            database, tmp_path, **{f"YIMA_MAP_TILES_{name}": value for name, value in named.items()}
        ) as client:
            yield client, vendor
    finally:
        await vendor.close()


async def test_without_a_service_there_is_none(client: httpx.AsyncClient, town: SmallTown) -> None:
    assert (await client.get(path("/tiles/service/0", suffix=""))).status_code == 404


async def test_a_services_tile_is_asked_for_once_by_its_documents_and_its_key_stays_here(
    database: str, town: SmallTown, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    async with with_service(database, tmp_path) as (client, vendor):
        first, second = [await client.get(path("/tiles/service/1", suffix="")) for _ in range(2)]

    assert (first.status_code, first.headers["content-type"]) == (200, "image/png")
    assert first.content == second.content == png(f"cva {HERE.level}/{HERE.column}/{HERE.row}")
    assert first.headers["cache-control"] == "public, max-age=86400"
    assert [(each.query["TILEMATRIX"], each.query["TILECOL"], each.query["TILEROW"]) for each in vendor.asked] == [
        ("16", str(HERE.column), str(HERE.row))
    ]
    assert KEY not in f"{first.headers}{logged(capfd)}"


async def test_nobody_uses_the_towns_key_for_elsewhere(database: str, town: SmallTown, tmp_path: Path) -> None:
    async with with_service(database, tmp_path) as (client, vendor):
        addresses = [path("/tiles/service/0", tile_at(FAR_AWAY, 16), ""), path("/tiles/service/2", suffix="")]
        addresses += [path("/tiles/service/0", tile_at(DOOR, 19), ""), path("/tiles/service/x", suffix="")]
        statuses = [(await client.get(address)).status_code for address in addresses]

    assert statuses == [404] * 4
    assert vendor.asked == []


async def test_nobody_uses_the_towns_key_up(
    database: str, town: SmallTown, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "SERVICE_TILES_MOST", 2)
    addresses = [path("/tiles/service/0", MapTile(5, column, 12), "") for column in (25, 26, 27, 25)]
    async with with_service(database, tmp_path) as (client, vendor):
        statuses = [(await client.get(address)).status_code for address in addresses]

    assert statuses == [200, 200, 429, 200], "what is at hand costs nothing"
    assert len(vendor.asked) == 2


@pytest.mark.parametrize("kind", [TroubleKind.FAIL, TroubleKind.LIMIT, TroubleKind.HTML, TroubleKind.DROP])
async def test_a_service_that_fails_is_a_gap_and_is_asked_again(
    database: str, town: SmallTown, tmp_path: Path, kind: TroubleKind
) -> None:
    async with with_service(database, tmp_path) as (client, vendor):
        vendor.plan(kind)
        first, second = [await client.get(path("/tiles/service/0", suffix="")) for _ in range(2)]

    assert (first.status_code, first.content, first.headers["cache-control"]) == (502, b"", "no-store")
    assert second.status_code == 200


@pytest.mark.parametrize(
    "answer",
    [
        Answer(body=b"<svg xmlns='http://www.w3.org/2000/svg'/>", content_type="image/png"),
        Answer(body=png("far too large", padding=600_000), content_type="image/png"),
        Answer(body=b"", status=302, headers={"location": "http://127.0.0.1/secret"}),
    ],
    ids=["no picture", "too large", "leads elsewhere"],
)
async def test_what_is_no_small_picture_of_the_service_is_not_passed_on(
    database: str, town: SmallTown, tmp_path: Path, answer: Answer
) -> None:
    async with with_service(database, tmp_path) as (client, vendor):
        vendor.server.troubles.planned = [Trouble(answer=answer)]
        got = await client.get(path("/tiles/service/0", suffix=""))

    assert (got.status_code, got.content) == (502, b"")


async def test_a_key_that_is_none_is_no_error_of_ours(database: str, town: SmallTown, tmp_path: Path) -> None:
    async with with_service(database, tmp_path, KEY="wrong" * 6) as (client, _):
        assert (await client.get(path("/tiles/service/0", suffix=""))).status_code == 502


async def test_the_services_credit_stands_on_a_page_with_a_map(
    database: str, town: SmallTown, tmp_path: Path, now: datetime
) -> None:
    await make_order(town, now)
    async with with_service(database, tmp_path) as (client, vendor):
        page = await client.get("/desk/map", headers={"accept": "text/html"} | bearer(town.dispatcher))

    assert "GS(2024)0650号" in page.text
    assert "/tiles/service/0/{z}/{x}/{y} /tiles/service/1/{z}/{x}/{y}" in page.text
    assert vendor.base not in page.text
