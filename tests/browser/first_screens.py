"""What each reader does next, by role and state, on which page and by what: the rows of docs/screens/README.md."""

from collections.abc import Awaitable, Callable
from typing import NamedTuple

from playwright.async_api import Page, expect

from tests.makers.photos import jpeg


class FirstScreen(NamedTuple):
    """`path` names what the scene has in braces; `reader` is who of the scene; `act` is done on the page beforehand."""

    reader: str
    state: str
    path: str
    action: str
    selector: str
    act: Callable[[Page], Awaitable[None]] | None = None


async def report_it(page: Page) -> None:
    """Send a report by the form of a code's page."""
    photo = {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": jpeg(400, 300, shade=31)}
    await page.set_input_files("#photo-camera", photo)  # type: ignore[arg-type]
    await page.click("#report button[type=submit]")
    await expect(page.locator("[data-state=sent]").first).to_be_visible()


CAMERA = "label[for=photo-camera]"
STICKY = "#order-action .btn.main"
ROWS = (
    FirstScreen("resident", "at a door without open cases", "/q/{quiet_code}", "take a photo", CAMERA),
    FirstScreen("resident", "at a door with open cases", "/q/{code}", "take a photo", CAMERA),
    FirstScreen("resident", "at a shop's door", "/q/{shop_code}", "take a photo", CAMERA),
    FirstScreen("resident", "without a code", "/here", "use the phone's position", "#locate"),
    FirstScreen("resident", "to rate", "/r/{closed_token}", "to the stars", "a[href='#rate']"),
    FirstScreen("handler", "home, an order to accept", "/work", "open it", ".order"),
    FirstScreen("handler", "to accept", "/o/{dispatched}", "accept", STICKY),
    FirstScreen("handler", "to check in", "/o/{accepted}", "check in", STICKY),
    FirstScreen("handler", "sent back", "/o/{reworked}", "check in again", STICKY),
    FirstScreen("handler", "on site", "/o/{on_site}", "take the photo", f"{STICKY}[data-shoot]"),
    FirstScreen("verifier", "home, the next case", "/verify", "pass", STICKY),
    FirstScreen("verifier", "an order's page", "/o/{handled}", "pass", STICKY),
    FirstScreen("inspector", "home", "/quick-report", "take a photo", CAMERA),
    FirstScreen("dispatcher", "home, orders open", "/desk", "those that are overdue", ".due-filters a"),
    FirstScreen("dispatcher", "a request for more time", "/o/{asking}", "grant it", "#pending-request .chip"),
    FirstScreen("committee", "home", "/committee", "open a case", "main .order, main a.line"),
    FirstScreen("volunteer", "in the hall", "/hall", "grab", "#offers .btn.main"),
    FirstScreen("volunteer", "got an order", "/o/{taken}?done=grab", "check in", STICKY),
    FirstScreen("shop owner", "home", "/shop", "book a pickup", "a.btn.main[href^='/shop/pickup']"),
    FirstScreen("shop owner", "books a pickup", "/shop/pickup", "take a slot", "button[name=slot]"),
    FirstScreen("shop owner", "a finding to answer", "/findings/{finding}", "take a photo", CAMERA),
    FirstScreen("administrator", "home", "/overview", "the open orders", ".figures a"),
)
