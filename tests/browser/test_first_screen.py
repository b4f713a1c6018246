"""What a reader does next stands on the first screen of a small phone, plain and in large type: whole, tappable."""

import asyncio
import os
import re
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.async_api import Page

from tests.browser.first_screen_scene import Scene, make_scene
from tests.browser.first_screens import ROWS, FirstScreen
from tests.browser.phones import Phones
from tests.makers.town import SmallTown

pytestmark = pytest.mark.browser
WIDTH, HEIGHT = 375, 667
AT_ONCE = 3
"""Readers: more would wait for each other."""
PATIENCE_MS = 30_000
TAP_PX = {"0": 48, "1": 60}
"""Least height of the action, by the cookie of large type."""
DOCUMENT = Path(__file__).parents[2] / "docs" / "screens" / "README.md"
BEGIN, END = "<!-- first screens -->\n", "<!-- end of first screens -->\n"
WRITES = "YIMA_WRITE_FIRST_SCREENS"
LOOK = """selector => {
  const action = Array.from(document.querySelectorAll(selector)).find(each => each.getClientRects().length);
  if (!action) return null;
  const box = action.getBoundingClientRect();
  const isOwn = at => at && (action.contains(at) || at === action || Array.from(at.labels || []).includes(action));
  const heights = [box.top + 4, (box.top + box.bottom) / 2, box.bottom - 4];
  return { top: Math.round(box.top), bottom: Math.round(box.bottom),
    isCovered: !heights.every(y => isOwn(document.elementFromPoint((box.left + box.right) / 2, y))) };
}"""


class Place(NamedTuple):
    """Where on the screen the action stands, in CSS px."""

    top: int
    bottom: int

    def __str__(self) -> str:
        return f"{self.top} to {self.bottom}"


async def test_what_is_next_stands_on_the_first_screen(phones: Phones, town: SmallTown, now: datetime) -> None:
    scene = await make_scene(town, now)
    readers = list(dict.fromkeys(row.reader for row in ROWS))

    turns = asyncio.Semaphore(AT_ONCE)
    looked = await asyncio.gather(*(_look_as(phones, reader, scene, turns) for reader in readers))
    places = {key: place for each in looked for key, place in each.items()}

    faults = [fault for row in ROWS for big in TAP_PX for fault in _faults(row, big, places[row, big])]
    assert not faults, "\n".join(faults)
    if os.environ.get(WRITES):
        _write({key: place for key, (place, _) in places.items() if place})


def test_the_document_has_a_line_for_each_of_these_rows_with_places_on_the_screen() -> None:
    documented = [_cells(line) for line in _table().splitlines()[2:]]

    assert [cells[:4] for cells in documented] == [_said(row) for row in ROWS]
    for cells in documented:
        for tap_px, place in zip(TAP_PX.values(), cells[4:6], strict=True):
            top, bottom = map(int, re.findall(r"-?\d+", place))
            assert 0 <= top <= bottom - tap_px
            assert bottom <= HEIGHT


Looked = dict[tuple[FirstScreen, str], tuple[Place | None, bool]]


async def _look_as(phones: Phones, reader: str, scene: Scene, turns: asyncio.Semaphore) -> Looked:
    """Every page of one reader, first plain, then in large type."""
    async with turns:
        return await _look_at_all(phones, reader, scene)


async def _look_at_all(phones: Phones, reader: str, scene: Scene) -> Looked:
    page = await phones.take(width=WIDTH, height=HEIGHT)
    if actor := scene.readers[reader]:
        await phones.sign_in_at_once(page, actor)
    found: Looked = {}
    for big in TAP_PX:
        await page.context.add_cookies([{"name": "big", "value": big, "url": phones.url}])
        for row in ROWS:
            if row.reader == reader:
                found[row, big] = await _look(page, row, scene)
    return found


async def _look(page: Page, row: FirstScreen, scene: Scene) -> tuple[Place | None, bool]:
    await page.goto(row.path.format(**scene.facts), wait_until="domcontentloaded", timeout=PATIENCE_MS)
    seen = await page.evaluate(LOOK, row.selector)
    return (Place(seen["top"], seen["bottom"]), seen["isCovered"]) if seen else (None, False)


def _faults(row: FirstScreen, big: str, looked: tuple[Place | None, bool]) -> Iterable[str]:
    place, is_covered = looked
    name = f"{row.reader}, {row.state}, {'large type' if big == '1' else 'plain'}: {row.action}"
    if place is None:
        yield f"{name} is not there"
        return
    if place.top < 0 or place.bottom > HEIGHT:
        yield f"{name} stands at {place}, beyond {HEIGHT}"
    elif is_covered:
        yield f"{name} is covered at {place}"
    if place.bottom - place.top < TAP_PX[big]:
        yield f"{name} is {place.bottom - place.top} px high"


def _write(places: dict[tuple[FirstScreen, str], Place]) -> None:
    rows = [[*_said(row), *(str(places[row, big]) for big in TAP_PX)] for row in ROWS]
    head = ["who", "state", "page", "next action", "plain, px from the top", "large type"]
    lines = [head, ["---"] * len(head), *rows]
    table = "".join(f"| {' | '.join(cells)} |\n" for cells in lines)
    above, begin, rest = DOCUMENT.read_text("utf-8").partition(BEGIN)
    DOCUMENT.write_text(f"{above}{begin}{table}{END}{rest.partition(END)[2]}", encoding="utf-8")


def _table() -> str:
    return DOCUMENT.read_text("utf-8").partition(BEGIN)[2].partition(END)[0]


def _said(row: FirstScreen) -> list[str]:
    return [row.reader, row.state, f"`{row.path}`", row.action]


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]
