"""What pages cost a phone, and how many taps the main tasks take, on the demo street in Debian's chromium: make
measure-pages.

The page behind a code, then the first page of each role: requests and bytes of a phone that knows nothing of us yet,
and first paint at 50 KB/s, 400 ms for each request and a sixth of this machine's processor, the least of some rounds.
Then the staff app: whether it can be installed, criterion by criterion, and what its first page costs from the second
time on. Ends with 1 where the page behind a code or an app's page is over its budget, or an app cannot be installed.
"""

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import Any, NamedTuple

import httpx
from playwright.async_api import Browser, Page, ViewportSize, async_playwright

from bench.parts import installability, page_cost, stage, tasks, tools
from bench.parts.page_cost import PageCost
from bench.parts.stage import BenchFailed, Stage
from bench.parts.tasks import Street

ROUNDS = int(os.environ.get("YIMA_BENCH_ROUNDS", "3"))
_PHONE = ViewportSize(width=375, height=667)
_KINDS = ("doorplate", "storefront")


class Visit(NamedTuple):
    name: str
    who: str
    path: str


class Measured(NamedTuple):
    here: Stage
    browser: Browser
    card: dict[str, Any]

    async def phone(self, who: str, **options: Any) -> Page:
        """A phone that was never here; of a named account, with its session alone."""
        own = {"base_url": self.here.base_url, "viewport": _PHONE, "locale": "zh-CN"}
        context = await self.browser.new_context(**own, **options)
        if who:
            await context.add_cookies([{"name": "yima_access", "value": self._token(who), "url": self.here.base_url}])
        return await context.new_page()

    def _token(self, who: str) -> str:
        named = {"username": who, "password": self.card["password"]}
        answer = httpx.post(f"{self.here.base_url}/api/v1/sessions", json=named)
        if answer.is_error:
            raise BenchFailed(f"{who} was not let in: {answer.text[:200]}")
        return answer.json()["access_token"]


async def main() -> None:
    chromium = tools.need("chromium", "chromium")
    here = await stage.build()
    os.environ.update(here.environment)
    await asyncio.to_thread(stage.prepare, here)
    folder = Path(here.environment["YIMA_STATE"])
    card = json.loads((folder / "demo.json").read_text("utf-8"))
    with stage.web(here), stage.worker(here):
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            measured = Measured(here, browser, card)
            _say("\n| page | requests | KB | first paint, s |\n|---|---:|---:|---:|\n")
            landing, *_ = [await _measure(measured, visit) for visit in _visits(card)]
            before, after = (Path(photo["file"]) for photo in card["photos"])
            await _count_taps(Street(card, measured.phone, before, after))
            wrong = await _look_at_apps(measured)
            await browser.close()
    hold(landing)
    if wrong:
        raise BenchFailed(f"the staff app: {'; '.join(wrong)}")


def _visits(card: dict[str, Any]) -> list[Visit]:
    """The page behind a code first, then where each account begins."""
    door, shop = (next(each["code"] for each in card["codes"] if each["kind"] == kind) for kind in _KINDS)
    homes = [Visit(f"home: {role}", each["username"], each["home"]) for role, each in card["accounts"].items()]
    return [
        Visit("behind a door's code", "", f"/q/{door}"),
        Visit("behind a shop's code", "", f"/q/{shop}"),
        Visit("report by map", "", "/here"),
        *homes,
        Visit("a volunteer's hall", "volunteer1", "/hall"),
        Visit("a shop books a pickup", "shop_owner", "/shop/pickup"),
    ]


async def _measure(measured: Measured, visit: Visit) -> PageCost:
    page = await measured.phone(visit.who)
    asked = page_cost.listen(page)
    await page.goto(visit.path)
    await page.wait_for_timeout(page_cost.QUIET_MS)
    sizes = [await page_cost.bytes_on_the_wire(page, url) for url in asked]
    await page.context.close()
    cost = PageCost(len(asked), sum(sizes), min([await _painted_ms(measured, visit) for _ in range(ROUNDS)]))
    _say(f"| {visit.name} | {cost.requests} | {cost.bytes / 1024:.1f} | {cost.first_paint_ms / 1000:.2f} |\n")
    return cost


async def _painted_ms(measured: Measured, visit: Visit) -> float:
    page = await measured.phone(visit.who)
    await page_cost.slow_down(page)
    painted_ms = await page_cost.first_paint_ms(page, visit.path)
    await page.context.close()
    return painted_ms


async def _look_at_apps(measured: Measured) -> list[str]:
    """The app of each role, one line each: the criteria that are met, and its first page opened again."""
    _say("\n| app | criteria met | again: requests | KB | first paint, s |\n|---|---:|---:|---:|---:|\n")
    wrong: list[str] = []
    for role, account in measured.card["accounts"].items():
        page = await measured.phone(account["username"])
        await page.goto(account["home"])
        await page.wait_for_timeout(page_cost.QUIET_MS)
        if await page.locator("link[rel=manifest]").count():
            criteria = await installability.check(page)
            cost = await _opened_again(measured, Visit(role, account["username"], account["home"]))
            met = sum(each.is_met for each in criteria)
            figures = f"{cost.requests} | {cost.bytes / 1024:.1f} | {cost.first_paint_ms / 1000:.2f}"
            _say(f"| {role} | {met} of {len(criteria)} | {figures} |\n")
            wrong += [f"{role}: {each.name} ({each.found})" for each in criteria if not each.is_met]
            wrong += over_budget(role, cost)
        await page.context.close()
    return wrong


async def _opened_again(measured: Measured, visit: Visit) -> PageCost:
    """Without the service worker, which the slow line does not reach: what lies on the phone lies in its own cache."""
    page = await measured.phone(visit.who, service_workers="block")
    await page.goto(visit.path)
    await page.wait_for_timeout(page_cost.QUIET_MS)
    requests, size = await page_cost.open_again(await page.context.new_page(), visit.path)
    painted: list[float] = []
    for _ in range(ROUNDS):
        slow = await page.context.new_page()
        await page_cost.slow_down(slow)
        painted.append(await page_cost.first_paint_ms(slow, visit.path))
        await slow.close()
    await page.context.close()
    return PageCost(requests, size, min(painted))


def over_budget(role: str, cost: PageCost) -> list[str]:
    """What an app's first page costs more than it may, from the second time on; time is measured and not held."""
    most = {"requests": page_cost.AGAIN_MAX_REQUESTS, "bytes": page_cost.AGAIN_MAX_BYTES}
    had = cost._asdict()
    return [f"{role}: {name} {had[name]} of {may}" for name, may in most.items() if had[name] > may]


async def _count_taps(street: Street) -> None:
    _say("\n| task | taps | photos | typed |\n|---|---:|---:|---:|\n")
    for name, walk in tasks.TASKS.items():
        finger = await walk(street)
        _say(f"| {name} | {finger.taps} | {finger.photos} | {finger.fields} |\n")


def hold(landing: PageCost) -> None:
    """Raises BenchFailed where the page behind a code is over its budget."""
    most = PageCost(page_cost.LANDING_MAX_REQUESTS, page_cost.LANDING_MAX_BYTES, page_cost.LANDING_FIRST_PAINT_MAX_MS)
    over = [
        f"{name} {had:.0f} of {may:.0f}"
        for name, had, may in zip(most._fields, landing, most, strict=True)
        if had > may
    ]
    if over:
        raise BenchFailed(f"the page behind a code is over its budget: {', '.join(over)}")


def _say(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


if __name__ == "__main__":
    try:
        asyncio.run(main())
    except BenchFailed as failure:
        sys.exit(f"bench: {failure}")
