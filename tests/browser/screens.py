"""Make docs/screens/*.png: walk the demo street's main job once and photograph each page, narrow and wide.

With a demo running (`make run`):  python -m tests.browser.screens .yima [docs/screens]
On one with a past (`make demo-past`), the centre: python -m tests.browser.screens .yima docs/screens centre
"""

import io
import json
import sys
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from backend.demo.scenes import street
from tests.browser import centre_screens, shop_screens
from tests.browser.phones import KEPT, WALK_KEPT

CHROMIUM = "/usr/bin/chromium"
PHONE, DESK = 375, 1280
_SHARPNESS = 2
_TALLEST_PX = 1500
_ARE_LOADED = "() => Array.from(document.images).every(i => i.complete || i.getBoundingClientRect().top > innerHeight)"


class Walk:
    """One walk through the demo street, with a browser context for each person."""

    def __init__(self, browser: Browser, card: dict[str, Any], folder: Path) -> None:
        self.browser = browser
        self.card = card
        self.folder = folder
        self.code = card["codes"][0]["code"]

    def phone(self, *, lang: str = "zh", big: bool = False, who: str = "", sharpness: int = _SHARPNESS) -> Page:
        context = self.browser.new_context(
            base_url=self.card["base_url"],
            viewport={"width": PHONE, "height": 812},
            device_scale_factor=sharpness,
            timezone_id="Asia/Shanghai",
            locale="zh-CN" if lang == "zh" else "en-GB",
        )
        url = self.card["base_url"]
        context.add_cookies(
            [{"name": "lang", "value": lang, "url": url}, {"name": "big", "value": str(int(big)), "url": url}]
        )
        page = context.new_page()
        if who:
            self._sign_in(page, self._account(who))
        return page

    def _account(self, who: str) -> dict[str, str]:
        """Of a role, a volunteer, or anybody else of the demonstration by the user name: all have one password."""
        named = {each["username"]: each for each in self.card["volunteers"]} | self.card["accounts"]
        return named.get(who) or {"username": who, "password": self.card["accounts"]["handler"]["password"]}

    def _sign_in(self, page: Page, account: dict[str, str]) -> None:
        page.goto("/sign-in")
        page.fill("#username", account["username"])
        page.fill("#password", account["password"])
        page.click("main button[type=submit]")
        page.wait_for_url(lambda url: "/sign-in" not in url)

    def keep(self, page: Page, name: str, width: int = PHONE) -> None:
        """One picture of the whole page, its sticky button at the foot, in few colours."""
        page.set_viewport_size({"width": width, "height": 812})
        page.wait_for_load_state("networkidle" if "/q/" in page.url else "load")
        height = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": width, "height": min(max(height, 560), _TALLEST_PX)})
        page.evaluate("scrollTo(0, 0)")
        page.wait_for_function(_ARE_LOADED)
        page.wait_for_timeout(1500 if page.query_selector("[data-live-map], .live-map") else 200)
        self.snap(page, name)
        page.set_viewport_size({"width": PHONE, "height": 812})

    def snap(self, page: Page, name: str) -> None:
        """One picture of what is on the screen, in few colours."""
        image = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        image.quantize(256, method=Image.Quantize.MEDIANCUT, kmeans=1, dither=Image.Dither.NONE).save(
            self.folder / f"{name}.png", optimize=True
        )

    def both(self, page: Page, name: str) -> None:
        self.keep(page, f"{name}-375")
        self.keep(page, f"{name}-1280", DESK)


def walk(at: Walk) -> None:
    resident, handler = at.phone(), at.phone(who="handler")
    _looks(at)
    report(at, resident)
    work(at, handler)
    verifier = at.phone(who="verifier")
    at.both(verifier, "order-verify")
    verifier.click("#verdict summary")
    at.keep(verifier, "verify-fail-375")
    verifier.click("#verdict summary")
    verifier.click(".split-zoom")
    verifier.wait_for_selector(".viewer[open]")
    at.both(verifier, "verify-photos")
    verifier.goto("/verify?tab=review")
    at.both(verifier, "verify")
    verifier.goto("/verify")
    verifier.click("#order-action button[type=submit]")
    verifier.wait_for_selector(".note.good")
    resident.wait_for_selector("#rate")
    at.both(resident, "tracking-closed")
    handler.goto("/inbox")
    at.keep(handler, "inbox-375")
    further(at)
    desk(at)
    hall(at)
    volunteers(at)
    committees(at)
    patrols(at)
    shop_screens.inspections(at)
    shop_screens.pickups(at)
    shop_screens.overview(at)
    no_network(at)


def hall(at: Walk) -> None:
    """What may be grabbed on the street: the list, one that is got, one that was somebody else's, and the own page."""
    first, second = at.phone(who="volunteer1"), at.phone(who="volunteer2")
    second.route("**/api/v1/live**", lambda request: request.abort())
    for phone in (first, second):
        phone.goto("/hall")
    at.both(first, "hall")
    big = at.phone(big=True, who="volunteer3")
    big.goto("/hall")
    at.keep(big, "hall-elder-375")
    for phone, name in ((first, "hall-won"), (second, "hall-lost")):
        phone.click("#offers form button >> nth=0")
        phone.wait_for_selector("#grab-result:not([hidden])")
        at.keep(phone, f"{name}-375")
    first.goto("/volunteer")
    at.both(first, "volunteer")


def volunteers(at: Walk) -> None:
    """Giving back what was got, the own hours and points; and what the committee decides about its volunteers."""
    first, member = at.phone(who="volunteer1"), at.phone(who="committee")
    first.goto("/volunteer")
    first.click("a[href^='/volunteer/give-back']")
    at.keep(first, "give-back-375")
    walker = at.phone(who="volunteer50")
    for name in ("ledger", "goods", "ranking"):
        walker.goto(f"/volunteer/{name}")
        at.keep(walker, f"volunteer-{name}-375")
    for name in ("volunteers", "hours", "goods", "pairs"):
        member.goto(f"/committee/{name}")
        at.keep(member, f"committee-{name}-375")


def patrols(at: Walk) -> None:
    """A walk is claimed and goes on where the page was closed without network; what was covered; the routes."""
    walker, member = at.phone(who="volunteer49"), at.phone(who="committee")
    walker.goto("/patrols")
    at.keep(walker, "patrols-375")
    walker.click(".order >> nth=0")
    walker.click("form.bar button")
    walker.wait_for_selector(".note.good")
    at.both(walker, "patrol-walk")
    walker.evaluate(KEPT, [walker.evaluate(WALK_KEPT), ""])
    walker.evaluate(KEPT, ["/offline", ""])
    walker.context.set_offline(True)
    walker.reload()
    walker.fill("#code-1", at.code)
    walker.click("form:has(#code-1) button[type=submit]")
    walker.wait_for_selector("#queued-actions [data-state=queued]")
    at.keep(walker, "patrol-kept-375")
    for name, path in (("patrol-routes", "/patrols/routes"), ("patrol-coverage", "/patrols/coverage")):
        member.goto(path)
        at.keep(member, f"{name}-375")
    at.keep(member, "patrol-coverage-1280", DESK)


def desk(at: Walk) -> None:
    """A dozen more reports along the street, as the dispatcher sees them: list, map, and one to call back."""
    for number, door in enumerate(at.card["codes"][1:13]):
        report(at, at.phone(), code=door["code"], chip=number % 3, is_kept=False)
    dispatcher = at.phone(who="dispatcher")
    dispatcher.goto("/desk")
    dispatcher.check("input[name=id] >> nth=0")
    dispatcher.check("input[name=id] >> nth=1")
    at.both(dispatcher, "desk")
    dispatcher.goto("/desk/map")
    at.both(dispatcher, "desk-map")
    dispatcher.goto("/desk")
    dispatcher.click(".at >> nth=0")
    at.both(dispatcher, "place-history")


def committees(at: Walk) -> None:
    """A committee's board and list, what it asks for, the town that decides, and the overview of all."""
    member, town = at.phone(who="committee"), at.phone(who="street_admin")
    at.both(member, "committee-board")
    member.goto("/committee/duty-list")
    at.keep(member, "duty-list-375")
    member.click("main h2 a >> nth=0")
    member.click("#frequency summary")
    at.keep(member, "duty-change-ask-375")
    town.goto("/duty-changes")
    at.keep(town, "duty-changes-375")
    town.click(".order >> nth=0")
    at.keep(town, "duty-change-decide-375")
    town.goto("/overview")
    at.both(town, "overview")


def no_network(at: Walk) -> None:
    """A door that was never scanned before, without any network."""
    inspector = at.phone(who="inspector")
    inspector.evaluate(KEPT, ["/offline", ""])
    inspector.context.set_offline(True)
    inspector.goto(f"/q/{at.card['codes'][20]['code']}")
    at.keep(inspector, "no-network-375")


def further(at: Walk) -> None:
    """A second order: more time is asked for and decided, a check-in waits for the network; an inspector's door."""
    resident, handler, desk = at.phone(), at.phone(who="handler"), at.phone(who="dispatcher")
    report(at, resident, is_kept=False)
    resident.click("#urge summary")
    at.keep(resident, "tracking-urge-375")
    handler.goto("/work")
    handler.click(".order >> nth=0")
    handler.click("#order-action button[type=submit]")
    handler.wait_for_selector("#by-code")
    order = handler.url.partition("?")[0]
    handler.click("#move-ask_extension summary")
    handler.check("#move-ask_extension input[value='60']", force=True)
    handler.fill("#ask_extension-reason", "现场车多,需要增派人手")
    at.both(handler, "order-more")
    handler.click("#move-ask_extension form > button")
    handler.wait_for_selector("#pending-request")
    desk.goto(f"{order}/moves/reassign")
    at.both(desk, "order-decide")
    handler.context.set_offline(True)
    handler.fill("#code", at.code)
    handler.click("#by-code button")
    handler.wait_for_selector("#queued-actions [data-state=queued]")
    at.keep(handler, "order-queued-375")
    inspector = at.phone(who="inspector")
    at.keep(inspector, "quick-report-375")
    inspector.goto("/scan")
    at.keep(inspector, "scan-375")
    inspector.goto(f"/self-handling?code={at.code}")
    at.keep(inspector, "self-handling-375")


def _looks(at: Walk) -> None:
    for name, page in (("landing-en", at.phone(lang="en")), ("landing-elder", at.phone(big=True))):
        page.goto(f"/q/{at.code}")
        at.keep(page, f"{name}-375")
    stranger = at.phone()
    for name, path in (("start", "/"), ("sign-in", "/sign-in"), ("code-unknown", "/q/0000000000")):
        stranger.goto(path)
        at.keep(stranger, f"{name}-375")


def report(at: Walk, resident: Page, *, code: str = "", chip: int = 0, is_kept: bool = True) -> None:
    """Report the bicycles, or another chip, and follow the link; kept are pictures of each step."""
    resident.goto(f"/q/{code or at.code}")
    resident.check(f"input[name=item] >> nth={chip}", force=True)
    if is_kept:
        at.keep(resident, "landing-1280", DESK)
    photo = {"name": "street.jpg", "mimeType": "image/jpeg", "buffer": street(tidy=False)}
    resident.set_input_files("#photo-camera", photo)  # type: ignore[arg-type]
    resident.wait_for_selector("#photo-thumbs img")
    if is_kept:
        at.keep(resident, "landing-375")
    resident.click("#report button[type=submit]")
    resident.wait_for_selector("[data-state=sent]")
    if is_kept:
        at.keep(resident, "landing-sent-375")
    resident.click("[data-state=sent] a")
    resident.wait_for_selector(".timeline")
    if is_kept:
        at.keep(resident, "tracking-new-375")


def work(at: Walk, handler: Page) -> None:
    handler.goto("/work")
    at.both(handler, "work")
    handler.click(".order >> nth=0")
    at.both(handler, "order-accept")
    handler.click("#order-action button[type=submit]")
    handler.wait_for_selector("#by-code")
    at.keep(handler, "order-check-in-375")
    handler.fill("#code", at.code)
    handler.click("#by-code button")
    handler.wait_for_selector("#evidence")
    for name, tidy in (("before", False), ("after", True)):
        photo = {"name": f"{name}.jpg", "mimeType": "image/jpeg", "buffer": street(tidy=tidy)}
        handler.set_input_files(f"#{name}-camera", photo)  # type: ignore[arg-type]
        handler.wait_for_selector(f"#{name}-thumbs img")
    at.keep(handler, "order-finish-375")
    handler.click("#order-action button[type=submit]")
    handler.wait_for_selector(".note.good")


def main(state: Path, folder: Path, part: str = "walk") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    card = json.loads((state / "demo.json").read_text(encoding="utf-8"))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        {"walk": walk, "centre": centre_screens.walk}[part](Walk(browser, card, folder))
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2] if len(sys.argv) > 2 else "docs/screens"), *sys.argv[3:])
