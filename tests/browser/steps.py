"""Counts what somebody does on a page: presses, choices, and fields that are written in."""

from dataclasses import dataclass

from playwright.async_api import Locator


@dataclass
class Steps:
    """`taps`: buttons and links; `choices`: one of a list, or a tick; `fields`: what was written or pasted."""

    taps: int = 0
    choices: int = 0
    fields: int = 0

    async def tap(self, what: Locator) -> None:
        self.taps += 1
        await what.click()

    async def tick(self, what: Locator) -> None:
        self.choices += 1
        await what.check()

    async def choose(self, what: Locator, label: str) -> None:
        self.choices += 1
        await what.select_option(label=label)

    async def write(self, what: Locator, text: str) -> None:
        self.fields += 1
        await what.fill(text)

    @property
    def counted(self) -> tuple[int, int, int]:
        return self.taps, self.choices, self.fields
