"""Pictures of shops on the demo street: an inspection without network, put right, and the report; a pickup booked."""

from typing import TYPE_CHECKING

import pypdfium2
from PIL import Image
from playwright.sync_api import FilePayload, Page

from backend.demo.scenes import street
from tests.browser.phones import KEPT

if TYPE_CHECKING:
    from tests.browser.screens import Walk

_SCALE = 2
"""Pixels of a picture for each point of the PDF's page."""


def inspections(at: "Walk") -> None:
    owner = at.card["shop_owners"][0]
    inspector, shop = at.phone(who="inspector"), at.phone(who=owner["username"])
    inspector.goto("/inspections")
    at.both(inspector, "inspections")
    _inspect(at, inspector, owner["shop_id"])
    shop.goto("/shop/findings")
    shop.click(".rows a >> nth=0")
    shop.set_input_files("#photo-album", _photo("after", tidy=True))
    at.keep(shop, "finding-answer-375")
    shop.click("form[action$=answer] button[type=submit]")
    shop.wait_for_selector(".note.good")
    inspector.goto("/inspections")
    inspector.click("section[aria-labelledby=rechecks] a >> nth=0")
    at.keep(inspector, "finding-recheck-375")
    inspector.click("form[action$=pass] button[type=submit]")
    inspector.wait_for_selector(".note.good")
    shop.goto(f"/shops/{owner['shop_id']}/report")
    at.both(shop, "shop-report")
    _paper(at, shop, owner["shop_id"])


def pickups(at: "Walk") -> None:
    """An owner books a pickup in four taps from the code of the shop; the crew's day, and why it took nothing."""
    owned = next(each for each in at.card["shop_owners"] if each["username"] == "shop_owner")
    owner, big = at.phone(who="shop_owner"), at.phone(who="shop_owner", big=True)
    owner.goto(f"/q/{owned['code']}")
    owner.click("main a[href^='/shop/'] >> nth=0")
    owner.click("a[href^='/shop/pickup?']")
    at.both(owner, "pickup-slots")
    big.goto("/shop/pickup")
    at.keep(big, "pickup-slots-elder-375")
    owner.click("section[aria-labelledby=day-2] button[name=slot] >> nth=1")
    owner.wait_for_selector("form[action='/shop/pickup']")
    at.keep(owner, "pickup-confirm-375")
    owner.click("main button.main")
    owner.wait_for_selector(".note.good")
    at.keep(owner, "pickup-booked-375")
    booking = owner.url.partition("?")[0].rpartition("/")[2]
    owner.goto("/shop")
    at.both(owner, "shop-home")
    crew = at.phone(who="handler-waste-collector")
    crew.goto("/pickups")
    crew.click("nav.tabs a >> nth=2")
    at.both(crew, "pickup-day")
    crew.click(f"a[href^='/pickups/{booking}/refuse']")
    at.keep(crew, "pickup-refuse-375")


def overview(at: "Walk") -> None:
    """The street's shops at a glance, and by what it counts grades."""
    town = at.phone(who="street_admin")
    town.goto("/shops/overview")
    at.both(town, "shops-overview")
    town.goto("/shops/grade-settings")
    at.keep(town, "grade-settings-375")


def _inspect(at: "Walk", inspector: Page, shop_id: int) -> None:
    """A fault that is found without network, and arrives."""
    inspector.goto(f"/shops/{shop_id}/inspect")
    inspector.evaluate(KEPT, ["/offline", "taken-along"])
    check = inspector.locator(".rows a", has_text="消防").get_attribute("href")
    inspector.context.set_offline(True)
    inspector.goto(check or "")
    point = inspector.locator("[data-point]").first
    point.locator("label.chip").last.click()
    point.locator("input[type=file]").last.set_input_files(_photo("before", tidy=False))
    point.locator("img").wait_for()
    point.locator("input[type=text]").fill("门口两只灭火器已过期")
    at.keep(inspector, "inspection-offline-375")
    inspector.click("#taken-form button[type=submit]")
    inspector.wait_for_selector("#queued-actions [data-state=queued]")
    at.keep(inspector, "inspection-queued-375")
    inspector.context.set_offline(False)
    inspector.wait_for_selector("#queued-actions [data-state=sent]")


def _photo(name: str, *, tidy: bool) -> FilePayload:
    return {"name": f"{name}.jpg", "mimeType": "image/jpeg", "buffer": street(tidy=tidy)}


def _paper(at: "Walk", shop: Page, shop_id: int) -> None:
    """The PDF's first page as a picture."""
    document = shop.request.get(f"/shops/{shop_id}/report.pdf").body()
    page = pypdfium2.PdfDocument(document)[0].render(scale=_SCALE).to_pil()
    page.convert("RGB").quantize(64, dither=Image.Dither.NONE).save(at.folder / "shop-report-pdf.png", optimize=True)
