"""Somebody's one finger on a phone: it counts what it taps; photos and typed fields are counted apart."""

from pathlib import Path

from playwright.async_api import Locator, Page


class Finger:
    """On one page, from where a task begins. Opening the first page, as by a scan, is no tap."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.taps = 0
        self.photos = 0
        self.fields = 0

    async def tap(self, what: str | Locator) -> None:
        found = self.page.locator(what).first if isinstance(what, str) else what
        await found.click()
        self.taps += 1

    async def photograph(self, camera: str, photo: Path) -> None:
        """Tap the camera's button and take the photo; the shutter is the phone's own."""
        await self.page.locator(f"label[for={camera}]").first.scroll_into_view_if_needed()
        await self.page.set_input_files(f"#{camera}", photo)
        await self.page.locator(f"#{camera.removesuffix('-camera')}-thumbs img").first.wait_for()
        self.taps += 1
        self.photos += 1

    async def write(self, field: str, words: str) -> None:
        await self.page.fill(field, words)
        self.fields += 1

    async def see(self, what: str) -> None:
        """Wait until it stands there; costs nothing."""
        await self.page.locator(what).first.wait_for()
