"""Whether a phone can put the staff app on its home screen: what browsers and stores ask for, one by one.

Lighthouse left its own audit of this in version 12; these are its questions and those of the manifest's specification.
"""

import io
import json
from typing import Any, NamedTuple

from PIL import Image
from playwright.async_api import Page

_INCOGNITO = "in-incognito"
"""What the browser says of any page of a measurement: its profile is thrown away afterwards."""
_CONTROLLED = "navigator.serviceWorker.getRegistration('/').then(found => Boolean(found && found.active))"


class Criterion(NamedTuple):
    name: str
    is_met: bool
    found: str = ""
    """What stands in the way, where it is not met."""


async def check(page: Page) -> list[Criterion]:
    """Every criterion, of the page that is open: a home of staff, loaded to its end."""
    devtools = await page.context.new_cdp_session(page)
    read = await devtools.send("Page.getAppManifest")
    wrong = (await devtools.send("Page.getInstallabilityErrors"))["installabilityErrors"]
    errors = [each["errorId"] for each in wrong if each["errorId"] != _INCOGNITO]
    if not read.get("data"):
        return [Criterion("a manifest is linked", is_met=False, found=read.get("url", ""))]
    said = json.loads(read["data"])
    return [
        Criterion("a manifest is linked", is_met=True),
        Criterion("the browser reads it without a complaint", not read["errors"], str(read["errors"])),
        Criterion("the browser would install it", not errors, ", ".join(errors)),
        Criterion("the page is of a safe origin", await page.evaluate("isSecureContext")),
        Criterion("a service worker answers for the page", await page.evaluate(_CONTROLLED)),
        *_names(said),
        Criterion("it opens as a window of its own", said["display"] == "standalone", said["display"]),
        await _opens(page, said),
        Criterion("the bar has its colour", said["theme_color"] == await _theme(page), said["theme_color"]),
        *[await _icon(page, said, side, purpose) for side, purpose in ((192, "any"), (512, "any"), (512, "maskable"))],
        await _touch_icon(page),
        Criterion("shortcuts are few enough to be shown", 0 < len(said["shortcuts"]) <= 4),
    ]


def _names(said: dict[str, Any]) -> list[Criterion]:
    short = said["short_name"]
    return [
        Criterion("it has a name and an identity", bool(said["name"] and said["id"])),
        Criterion("its short name fits under an icon", 0 < len(short) <= 12, short),
    ]


async def _opens(page: Page, said: dict[str, Any]) -> Criterion:
    answer = await page.request.get(said["start_url"], headers={"accept": "text/html"})
    return Criterion("what it opens is there", answer.status == 200, f"{said['start_url']}: {answer.status}")


async def _theme(page: Page) -> str | None:
    return await page.locator("meta[name=theme-color]").get_attribute("content")


async def _icon(page: Page, said: dict[str, Any], side: int, purpose: str) -> Criterion:
    name = f"an icon of {side} px ({purpose})"
    named = [each for each in said["icons"] if each["sizes"] == f"{side}x{side}" and purpose in each["purpose"].split()]
    return await _picture(page, name, named[0]["src"], side) if named else Criterion(name, is_met=False)


async def _touch_icon(page: Page) -> Criterion:
    address = await page.locator("link[rel=apple-touch-icon]").get_attribute("href")
    return await _picture(page, "an icon for iPhones", address or "", 180)


async def _picture(page: Page, name: str, address: str, side: int) -> Criterion:
    answer = await page.request.get(address)
    size = Image.open(io.BytesIO(await answer.body())).size if answer.ok else ()
    return Criterion(name, size == (side, side), f"{address}: {answer.status} {size}")
