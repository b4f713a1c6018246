"""The main tasks on the demo street, walked by taps from the page on which each begins, in the order of one case."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.async_api import Page

from bench.parts.finger import Finger

Phone = Callable[[str], Awaitable[Page]]
"""A phone on which the named account is signed in; of an empty name, a stranger's."""


@dataclass
class Street:
    """`card`: what demo.json holds."""

    card: dict[str, Any]
    phone: Phone
    before: Path
    after: Path
    tracking: str = ""
    case: dict[str, Page] = field(default_factory=dict)
    """The phones of the one case that is walked from report to rating."""

    @property
    def door(self) -> str:
        return f"/q/{self.card['codes'][0]['code']}"

    async def of(self, who: str, path: str) -> Finger:
        """Who walks the case, on the page where this task of theirs begins."""
        page = self.case.get(who) or await self.phone(who)
        self.case[who] = page
        await page.goto(path)
        return Finger(page)


async def report(street: Street) -> Finger:
    finger = await street.of("", street.door)
    await finger.photograph("photo-camera", street.before)
    await finger.tap("#report button[type=submit]")
    await finger.see("[data-state=sent] a")
    link = finger.page.locator("[data-state=sent] a").first
    street.tracking = await link.get_attribute("href") or ""
    return finger


async def accept(street: Street) -> Finger:
    finger = await street.of("handler", street.card["accounts"]["handler"]["home"])
    await finger.tap(".order")
    await finger.tap("#order-action button[type=submit]")
    await finger.see("#by-code")
    return finger


async def check_in(street: Street) -> Finger:
    finger = await street.of("handler", street.door)
    await finger.tap("a[href^='/o/'][href*='code=']")
    await finger.tap("#order-action button[type=submit]")
    await finger.see("#evidence")
    return finger


async def finish(street: Street) -> Finger:
    finger = Finger(street.case["handler"])
    await finger.photograph("before-camera", street.before)
    await finger.photograph("after-camera", street.after)
    await finger.tap("#order-action button[type=submit]")
    await finger.see(".note.good")
    return finger


async def verify(street: Street) -> Finger:
    """The verifier's home is the next case."""
    finger = await street.of("verifier", street.card["accounts"]["verifier"]["home"])
    await finger.tap("#order-action button[type=submit]")
    await finger.see(".note.good")
    return finger


async def rate(street: Street) -> Finger:
    finger = await street.of("", street.tracking)
    await finger.tap("#rate .chip")
    await finger.tap("#rate button[type=submit]")
    await finger.see(".note.good")
    return finger


async def join(street: Street) -> Finger:
    """Somebody else at the same door has seen it, too."""
    await report(street)
    page = await street.phone("")
    await page.goto(street.door)
    finger = Finger(page)
    if not await page.locator("button[name=order]").first.is_visible():
        await finger.tap("form[action$=join]")
    await finger.tap("button[name=order]")
    await finger.see(".timeline")
    return finger


async def grab(street: Street) -> Finger:
    finger = await street.of("volunteer1", "/hall")
    await finger.tap("#offers form button")
    await finger.see("#grab-result:not([hidden])")
    return finger


async def book(street: Street) -> Finger:
    owned = next(each for each in street.card["shop_owners"] if each["username"] == "shop_owner")
    finger = await street.of("shop_owner", f"/q/{owned['code']}")
    await finger.tap("main a[href^='/shop/']")
    await finger.tap("a[href^='/shop/pickup?']")
    await finger.tap("button[name=slot]:enabled")
    await finger.see("form[action='/shop/pickup']")
    await finger.tap("main button.main")
    await finger.see(".note.good")
    return finger


TASKS: dict[str, Callable[[Street], Awaitable[Finger]]] = {
    "a resident scans and reports": report,
    "a handler accepts, from home": accept,
    "checks in, by a scan of the plate": check_in,
    "finishes": finish,
    "a verifier passes it, from home": verify,
    "the resident rates it": rate,
    "a neighbour has seen it, too": join,
    "a volunteer grabs, in the hall": grab,
    "a shop owner books a pickup, by a scan": book,
}
