"""A map that can be moved takes the place of the drawing, leads to orders, and says where something is."""

from collections.abc import AsyncIterator
from datetime import datetime

import pytest
from playwright.async_api import Browser, Page, async_playwright, expect

from backend import db
from backend.accounts.structs import Role
from tests.browser import headless
from tests.browser.phones import SEALED_OFF, Phones, until
from tests.makers.accounts import make_staff
from tests.makers.orders import make_order
from tests.makers.patrols import make_places
from tests.makers.town import COMMITTEE, TOWN, SmallTown

pytestmark = pytest.mark.browser
_BY_SOFTWARE = [*SEALED_OFF, "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
_PIN = """() => [...document.querySelectorAll('#place-choice [name=lng], #place-choice [name=lat]')]
  .map(each => each.value).join()"""


@pytest.fixture(scope="session")
async def chromium() -> AsyncIterator[Browser]:
    """With a graphics card made of software."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=headless.program(), args=_BY_SOFTWARE)
        yield browser
        await browser.close()


async def shown(page: Page) -> None:
    """The map stands in the drawing's place, and has drawn what it fetched."""
    await page.evaluate(
        "document.addEventListener('mapready', event => { window.liveMap = event.detail.map; }, { once: true })"
    )
    await until(page, "() => window.liveMap && window.liveMap.loaded() && window.liveMap.areTilesLoaded()")


async def test_an_orders_sign_on_the_desks_map_leads_to_its_page(
    phones: Phones, town: SmallTown, now: datetime
) -> None:
    order_id = (await make_order(town, now)).receipt.order_id
    desk = await phones.take(width=1280, height=900)
    await phones.sign_in_at_once(desk, town.dispatcher)
    await desk.goto("/desk/map", wait_until="commit")
    await shown(desk)
    await expect(desk.locator(".grid-map")).to_be_hidden()
    await expect(desk.locator(".cell-table")).to_be_visible()

    spot = await desk.evaluate(
        """async id => {
          const map = window.liveMap;
          map.jumpTo({ zoom: 17 });
          await new Promise(done => map.once('idle', done));
          const feature = map.queryRenderedFeatures({ layers: ['order-signs'] }).find(each => each.id === id);
          const point = map.project(feature.geometry.coordinates), frame = map.getCanvas().getBoundingClientRect();
          return [frame.left + point.x, frame.top + point.y];
        }""",
        order_id,
    )
    await desk.mouse.click(*spot)

    await expect(desk.locator(".map-orders")).to_contain_text("剩")
    await desk.get_by_role("link", name="查看工单").click()
    await desk.wait_for_url(f"**/o/{order_id}")


async def test_a_pin_on_the_map_fills_the_position_by_press_and_by_keyboard(phones: Phones, town: SmallTown) -> None:
    phone = await phones.take()
    await phone.goto(f"/here?area={COMMITTEE}", wait_until="commit")
    await shown(phone)
    before = await phone.evaluate(_PIN)

    await phone.locator(".gl-map canvas").click(position={"x": 200, "y": 90})
    await until(phone, f"before => ({_PIN})() !== before", before)
    pressed = await phone.evaluate(_PIN)
    await phone.locator(".gl-map canvas").focus()
    await phone.keyboard.press("ArrowRight")
    await until(phone, "() => !window.liveMap.isMoving()")
    await phone.get_by_role("button", name="图钉放到中央").press("Enter")
    await until(phone, f"before => ({_PIN})() !== before", pressed)

    lng, lat = (float(side) for side in (await phone.evaluate(_PIN)).split(","))
    lies_within = "SELECT ST_DWithin(loc, ST_MakePoint($2, $3)::geography, 400) FROM place WHERE id = $1"
    assert await db.fetchval(lies_within, town.place_id, lng, lat)
    assert "121." not in phone.url


_ON_SCREEN = """(point) => {
  const at = window.liveMap.project(point), frame = window.liveMap.getCanvas().getBoundingClientRect();
  return [frame.left + at.x, frame.top + at.y];
}"""
_DRAWN = """layer => window.liveMap.loaded() && !window.liveMap.isMoving()
  && window.liveMap.queryRenderedFeatures({ layers: [layer] }).length"""
_FIRST = "layer => window.liveMap.queryRenderedFeatures({ layers: [layer] })[0].geometry.coordinates"


async def tap(page: Page, layer: str) -> None:
    """Press on the first thing that this layer has drawn."""
    await until(page, _DRAWN, layer)
    await page.mouse.click(*await page.evaluate(_ON_SCREEN, await page.evaluate(_FIRST, layer)))


async def test_from_a_disc_on_the_walls_map_an_order_is_three_taps_away(
    phones: Phones, town: SmallTown, now: datetime
) -> None:
    order_ids = [(await make_order(town, now)).receipt.order_id for _ in range(3)]
    await db.execute(
        "UPDATE work_order SET loc = ST_MakePoint(121.5537 + 0.0004 * (id - $1), 31.1786)::geography", order_ids[0]
    )
    wall = await phones.take(width=1920, height=1080)
    await phones.sign_in_at_once(wall, await make_staff(Role.STREET_ADMIN, area=TOWN, name="街镇管理员"))
    await wall.route("**/live?**", lambda route: route.abort())
    await wall.goto("/board", wait_until="commit")
    await shown(wall)
    await wall.evaluate("window.liveMap.jumpTo({ zoom: 11.5 })")

    await tap(wall, "order-groups")
    await tap(wall, "order-signs")
    await wall.get_by_role("link", name="查看工单").first.click()

    await wall.wait_for_url("**/o/*")
    assert int(wall.url.rpartition("/")[2]) in order_ids


async def test_an_orders_map_begins_when_it_comes_in_sight(phones: Phones, town: SmallTown, now: datetime) -> None:
    order_id = (await make_order(town, now)).receipt.order_id
    phone = await phones.take(height=480)
    await phones.sign_in_at_once(phone, town.dispatcher)
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    await phone.goto(f"/o/{order_id}")
    drawing = phone.locator("#where .vicinity")
    await expect(drawing).to_be_attached()
    assert not [url for url in asked if "maplibre" in url]

    await drawing.scroll_into_view_if_needed()

    await expect(phone.locator(".gl-map .map-mark.here")).to_be_visible()
    await expect(drawing).to_be_hidden()
    assert await phone.evaluate("document.documentElement.scrollWidth <= innerWidth")


async def test_a_places_public_map_leads_to_its_neighbours(phones: Phones, town: SmallTown) -> None:
    (beside,) = await make_places(1, first=2)
    phone = await phones.take(width=1280, height=900)
    await phone.goto(f"/places/{town.place_id}", wait_until="commit")
    await shown(phone)
    await expect(phone.locator(".gl-map .map-mark.here")).to_be_visible()
    await until(phone, _DRAWN, "places")
    spot = await phone.evaluate(
        """id => {
          const all = window.liveMap.queryRenderedFeatures({ layers: ['places'] });
          return all.find(each => each.id === id).geometry.coordinates;
        }""",
        beside,
    )

    await phone.mouse.click(*await phone.evaluate(_ON_SCREEN, spot))
    await phone.locator(".maplibregl-popup a").click()

    await phone.wait_for_url(f"**/places/{beside}")


async def test_the_wall_without_the_library_has_its_picture(phones: Phones, town: SmallTown, now: datetime) -> None:
    await make_order(town, now)
    wall = await phones.take(width=1280, height=900)
    await phones.sign_in_at_once(wall, town.dispatcher)
    await wall.route("**/live?**", lambda route: route.abort())
    await wall.route("**/maplibre-gl.*.mjs", lambda route: route.abort())

    await wall.goto("/board")

    await expect(wall.locator("img.map-picture")).to_be_visible()
    await until(wall, "() => document.querySelector('img.map-picture').naturalWidth > 0")


async def test_where_the_library_cannot_be_had_the_drawing_stays(
    phones: Phones, town: SmallTown, now: datetime
) -> None:
    await make_order(town, now)
    desk = await phones.take(width=1280, height=900)
    await phones.sign_in_at_once(desk, town.dispatcher)

    await desk.route("**/maplibre-gl.*.mjs", lambda route: route.abort())

    async with desk.expect_event("requestfailed", lambda request: "maplibre-gl." in request.url):
        await desk.goto("/desk/map")

    await expect(desk.locator(".grid-map")).to_be_visible()
    await expect(desk.locator(".gl-map")).to_have_count(0)


async def test_a_places_history_has_the_place_on_its_map(phones: Phones, town: SmallTown, now: datetime) -> None:
    await make_order(town, now)
    phone = await phones.take()
    await phones.sign_in_at_once(phone, town.verifier)

    await phone.goto(f"/places/{town.place_id}/history", wait_until="commit")
    await shown(phone)

    await expect(phone.locator(".gl-map .map-mark")).to_be_visible()
