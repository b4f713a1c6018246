"""What a page costs a phone: requests, bytes as they are packed on the wire, first paint on a street's network.

The budgets of the page behind a code, and of the pages on which the staff app opens, stand here for the tests and the
measurement alike.
"""

from typing import Any, NamedTuple

from playwright.async_api import Page

LANDING_MAX_BYTES = 15 * 1024
LANDING_MAX_REQUESTS = 5
LANDING_FIRST_PAINT_MAX_MS = 1600
"""On a machine with nothing else to do, at SLOW_CPU."""
HOME_MAX_BYTES = 40 * 1024
HOME_MAX_REQUESTS = 10
"""Of a phone that knows nothing of us yet, with all that its scripts and the service worker ask for."""
AGAIN_MAX_BYTES = 12 * 1024
AGAIN_MAX_REQUESTS = 6
"""From then on: styles, scripts and icons lie on the phone."""
SLOW_LINE = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 30_000}
"""ms for each request, bytes a second."""
SLOW_CPU = 6
"""How many times slower than this machine."""
QUIET_MS = 2500
"""After a page has loaded, for what its scripts ask for."""
_PAINTED = "performance.getEntriesByName('first-contentful-paint')"


class PageCost(NamedTuple):
    requests: int
    bytes: int
    first_paint_ms: float


def listen(page: Page) -> list[str]:
    """The addresses that the page asks for from now on, the service worker's script included, in order."""
    asked: list[str] = []
    page.on("request", lambda request: None if request.url.startswith("data:") else asked.append(request.url))
    page.context.on("serviceworker", lambda worker: asked.append(worker.url))
    return asked


async def bytes_on_the_wire(page: Page, url: str) -> int:
    """The size of the packed body and its headers, as a browser gets it. A live stream has no size: 0."""
    if "/live" in url:
        return 0
    answer = await page.request.get(url, headers={"accept-encoding": "gzip"})
    headers = sum(len(name) + len(value) + 4 for name, value in answer.headers.items())
    length = answer.headers.get("content-length")
    return headers + int(length or len(await answer.body()))


async def slow_down(page: Page, *, cpu: float = SLOW_CPU) -> None:
    """Give the phone a street's network and an old processor."""
    devtools = await page.context.new_cdp_session(page)
    await devtools.send("Network.enable")
    await devtools.send("Network.emulateNetworkConditions", SLOW_LINE)
    await devtools.send("Emulation.setCPUThrottlingRate", {"rate": cpu})


async def first_paint_ms(page: Page, path: str) -> float:
    """From the tap on the link to the first words on the screen, on a phone that knows nothing of us yet."""
    await page.goto(path)
    await page.wait_for_function(f"{_PAINTED}.length")
    return await page.evaluate(f"{_PAINTED}[0].startTime")


async def open_again(page: Page, path: str) -> tuple[int, int]:
    """Requests that reach the server, and their bytes, of a phone that was here before; the live stream aside."""
    devtools = await page.context.new_cdp_session(page)
    await devtools.send("Network.enable")
    sent: dict[str, int] = {}
    devtools.on("Network.responseReceived", lambda said: _note(sent, said))
    devtools.on("Network.loadingFinished", lambda said: _add(sent, said))
    await page.goto(path)
    await page.wait_for_load_state("load")
    await page.wait_for_timeout(QUIET_MS)
    return len(sent), sum(sent.values())


def _note(sent: dict[str, int], said: dict[str, Any]) -> None:
    answer = said["response"]
    is_on_phone = answer.get("fromDiskCache") or answer.get("fromServiceWorker") or answer["url"].startswith("data:")
    if not is_on_phone and "/live" not in answer["url"]:
        sent[said["requestId"]] = int(answer["encodedDataLength"])


def _add(sent: dict[str, int], said: dict[str, Any]) -> None:
    if said["requestId"] in sent:
        sent[said["requestId"]] = int(said["encodedDataLength"])
