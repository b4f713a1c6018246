"""Phones for tests: a browser context each, of a resident's size, sealed off from the rest of the world."""

import asyncio
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Page, Request

from backend import db
from backend.accounts import passwords
from backend.accounts.structs import Actor
from backend.routes.http import cookies
from backend.web.views.homes import home_of
from tests.makers.accounts import bearer

PASSWORD = "correct horse battery 8"
PATIENCE_MS = 30_000
"""What waits sees the state at once when it is there: only a machine with much else to do needs so long."""
SEALED_OFF = ("--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1")
"""Chromium finds no other host. A route that refused them would ask this process about each request of each page."""
_hashes: list[str] = []
_NETWORK_NOISE = ("Failed to load resource", "net::ERR_")


class Phones:
    """Hands out phones and remembers what no page may do: ask another host, or fail in a script."""

    def __init__(self, browser: Browser, url: str) -> None:
        self.browser = browser
        self.url = url
        self.own_sites = [url, "data:", "blob:"]
        """How the addresses begin that pages may ask; a test that plays another site adds its own."""
        self.foreign_requests: list[str] = []
        self.script_errors: list[str] = []
        self._contexts: list[BrowserContext] = []

    async def take(self, *, width: int = 375, height: int = 812, **options: Any) -> Page:
        """A new phone with one open tab."""
        context = await self.browser.new_context(
            base_url=self.url,
            viewport={"width": width, "height": height},
            locale=options.pop("locale", "zh-CN"),
            **options,
        )
        context.set_default_timeout(PATIENCE_MS)
        self._contexts.append(context)
        context.on("request", self._note)
        page = await context.new_page()
        page.on("pageerror", lambda error: self.script_errors.append(str(error)))
        page.on("console", self._hear)
        return page

    async def staff(self, who: Actor, **options: Any) -> Page:
        """A phone on which this member of staff has signed in and stands on their home page."""
        page = await self.take(**options)
        await self.sign_in_at_once(page, who)
        await page.goto(home_of(who))
        if options.get("java_script_enabled", True) and options.get("service_workers") != "block":
            # A page that is opened while the worker begins would do without it to its end.
            await until(page, "() => navigator.serviceWorker.controller")
        return page

    async def sign_in_at_once(self, page: Page, who: Actor) -> None:
        """Give this phone the session that the maker of the account opened, without the form."""
        token = bearer(who)["authorization"].removeprefix("Bearer ")
        await page.context.add_cookies([{"name": cookies.ACCESS, "value": token, "url": self.url}])

    async def close(self) -> None:
        for context in self._contexts:
            await context.close()

    def _note(self, request: Request) -> None:
        if not request.url.startswith(tuple(self.own_sites)):
            self.foreign_requests.append(urlsplit(request.url).netloc)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not any(noise in message.text for noise in _NETWORK_NOISE):
            self.script_errors.append(message.text)


async def username_of(who: Actor) -> str:
    """Give this account the tests' password and say its name."""
    return await db.fetchval(
        "UPDATE account SET password_hash = $2 WHERE id = $1 RETURNING username", who.account_id, await _hashed()
    )


async def _hashed() -> str:
    """The password's hash, made once: it is slow on purpose."""
    if not _hashes:
        _hashes.append(await passwords.hash_password(PASSWORD))
    return _hashes[0]


async def sign_in(page: Page, who: Actor) -> None:
    """By the form, for tests of which that is a part."""
    name = await username_of(who)
    await page.goto("/sign-in")
    await page.get_by_label("用户名").fill(name)
    await page.get_by_label("密码").fill(PASSWORD)
    await page.get_by_role("button", name="登录").click()
    await page.wait_for_url(lambda url: "/sign-in" not in url)


async def kept_for_later(page: Page, path: str = "", words: str = "") -> None:
    """Wait until the service worker answers and has kept this page, or that of `path`, with these words, for whoever
    reads.

    A phone that has just signed in still holds what it kept for nobody.
    """
    async with asyncio.timeout(PATIENCE_MS / 1000):
        await page.evaluate(KEPT, [path, words])


async def until(page: Page, holds: str, arg: Any = None) -> None:
    """Wait until this function of the page answers true. It may be async: to `wait_for_function` a promise is true."""
    looking = f"""async arg => {{
      const holds = {holds};
      while (!(await holds(arg))) await new Promise(done => setTimeout(done, 50));
    }}"""
    async with asyncio.timeout(PATIENCE_MS / 1000):
        await page.evaluate(looking, arg)


KEPT = """([path, words]) => new Promise(done => {
  const look = async () => {
    const kept = navigator.serviceWorker.controller && await caches.match(path || location.pathname);
    const text = kept ? await kept.text() : '';
    const isForReader = text.includes(`data-owner="${document.body.dataset.owner}"`);
    if (isForReader && text.includes(words)) done(); else setTimeout(look, 50);
  };
  look();
})"""
WALK_KEPT = "JSON.parse(Object.values(localStorage).find(kept => kept.includes('stand_in'))).stand_in"
"""The address of the page that stands in for the walk which the phone keeps."""
