"""How fast the page's scanner reads a plate before which a hand holds a phone: `python -m bench.camera`.

Debian's chromium takes a film for its camera (bench/parts/plate_film.py) and shows it to the scanner as the product
serves it; its BarcodeDetector is absent, so the decoder that the site brings reads. For each size of the plate: how
often a second a picture is looked at, in how many of them the code is read, and when the first was. Then all again for
a phone of a sixth of this machine's processor: the page as chromium slows it, the decoder's thread, which chromium
leaves alone, by waiting. Needs neither server nor database.
"""

import asyncio
import sys
import tempfile
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import NamedTuple

import numpy as np
from playwright.async_api import Playwright, async_playwright

from bench.parts import plate_film, scanner_page, tools
from bench.parts.plates_seen import render_plates
from qr import codes
from qr.payload import payload

TOWN = payload("https://q.example.gov.cn")
SYMBOL_MM = 75.0
FRAME = (1280, 720)
SHARES = (0.04, 0.06, 0.08, 0.12, 0.20, 0.35)
"""The symbol's width as a share of the picture's."""
SLOWER = (1, 6)
FILM_S, WATCH_MS = 4, 8000
LEAST_TRIES_A_SECOND = 5
CAMERA = ("--no-sandbox", "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream")


class Seen(NamedTuple):
    tries_a_second: float
    read: float
    first_s: float | None


async def main() -> None:
    chromium = tools.need("chromium", "chromium")
    code = codes.compose(codes.keyring("bench"), lambda bits: 2**bits // 3)
    [plate] = render_plates(SYMBOL_MM, [TOWN.url(code)])
    slowest: list[float] = []
    with tempfile.TemporaryDirectory() as folder, scanner_page.served() as address:
        async with async_playwright() as playwright:
            _say(_head())
            for share in SHARES:
                shot = plate_film.film(
                    plate, SYMBOL_MM, share, seconds=FILM_S, size=FRAME, chance=np.random.default_rng(1)
                )
                film = await asyncio.to_thread(plate_film.write, Path(folder, "plate.mjpeg"), shot)
                seen = [await watch(playwright, chromium, film, address, slower) for slower in SLOWER]
                slowest.append(min(each.tries_a_second for each in seen))
                _say(_row(share, seen))
    if min(slowest) < LEAST_TRIES_A_SECOND:
        _say(f"too slow: {min(slowest):.1f} tries a second\n")
        raise SystemExit(1)


async def watch(playwright: Playwright, chromium: str, film: Path, address: str, slower: int) -> Seen:
    """Open the scanner before this film and leave it alone for a while."""
    browser = await playwright.chromium.launch(
        executable_path=chromium, args=[*CAMERA, f"--use-file-for-fake-video-capture={film}"]
    )
    page = await browser.new_page(viewport={"width": 375, "height": 812})
    await page.add_init_script(scanner_page.WATCH)
    devtools = await page.context.new_cdp_session(page)
    await devtools.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    await page.goto(f"{address}/?slower={slower}")
    await page.evaluate("void window.yimaScanPlate()")
    await page.wait_for_function("() => window.tries.length > 1")
    await page.wait_for_timeout(WATCH_MS)
    tries = await page.evaluate("window.tries")
    await browser.close()
    return _seen(tries)


def _seen(tries: list[tuple[float, int]]) -> Seen:
    """`tries`: the instant in milliseconds, and how many codes were read."""
    apart = [later - earlier for (earlier, _), (later, _) in pairwise(tries)]
    reads = [at for at, count in tries if count > 0]
    first_s = (reads[0] - tries[0][0] + median(apart)) / 1000 if reads else None
    return Seen(1000 * len(apart) / sum(apart), len(reads) / len(tries), first_s)


def _head() -> str:
    columns = " | ".join(f"tries/s, CPU ÷{slower} | read | first after" for slower in SLOWER)
    return f"| symbol | pixels | of 75 mm, from | {columns} |\n|---|---|---|{'---|' * 3 * len(SLOWER)}\n"


def _row(share: float, seen: list[Seen]) -> str:
    distance_m = plate_film.distance_m(SYMBOL_MM, share * 1600)
    cells = [
        f"{each.tries_a_second:.1f} | {each.read:.0%} | {f'{each.first_s:.1f} s' if each.first_s else '–'}"
        for each in seen
    ]
    return f"| {share:.0%} of the width | {share * FRAME[0]:.0f} | {distance_m:.1f} m | {' | '.join(cells)} |\n"


def _say(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(main())
