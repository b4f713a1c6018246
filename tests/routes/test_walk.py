"""docs/walk.md names the files that a report passes, in their order: traced here, so that the page stays true."""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from types import FrameType
from uuid import uuid4

from backend import clock
from backend.accounts import scope
from tests.makers.accounts import bearer
from tests.makers.orders import make_photos
from tests.makers.town import make_town

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/walk.md").read_text("utf-8")
PRODUCT = ("backend", "qr", "push", "media", "shops", "grab_orders", "openapi")
LEFT_OUT = re.compile(
    r"(^|/)(structs|inputs|errors|events|facts|states|sql|words|clock|logs|log_writer|config|names)\.py$"
    r"|^backend/(geo/|app\.py|orders/model/(checks|transition_table)\.py)|/migrations/"
)
"""Declarations, coordinates, clock, log lines, and helpers for texts; the application that only passes a request on."""
_IS_REQUEST = ContextVar("is_request", default=False)
"""Not set for what runs beside the request, such as the listener of live pages."""


@contextmanager
def traced() -> Iterator[list[str]]:
    """The files of the product whose functions run meanwhile, as they are first entered."""
    found: dict[str, None] = {}
    names: dict[str, str | None] = {}

    def enter(frame: FrameType, event: str, _: object) -> None:
        code = frame.f_code
        if event != "call" or code.co_name == "<module>" or not _IS_REQUEST.get():
            return
        if code.co_filename not in names:
            names[code.co_filename] = _name(code.co_filename)
        if name := names[code.co_filename]:
            found.setdefault(name)

    hops: list[str] = []
    token = _IS_REQUEST.set(True)
    sys.setprofile(enter)
    try:
        yield hops
    finally:
        sys.setprofile(None)
        _IS_REQUEST.reset(token)
        hops += found


def _name(file: str) -> str | None:
    path = Path(file)
    if not path.is_relative_to(ROOT):
        return None
    name = path.relative_to(ROOT).as_posix()
    return name if name.startswith(tuple(f"{each}/" for each in PRODUCT)) and not LEFT_OUT.search(name) else None


async def test_the_page_names_the_files_that_a_report_passes(client):
    town = await make_town(clock.now())
    photos, headers = [str(each) for each in await make_photos(town.resident)], bearer(town.resident)
    report = {"client_id": uuid4().hex, "code": town.code, "item": "A101", "photo_ids": photos}
    scope.prefixes.cache_clear()

    with traced() as hops:
        answer = await client.post("/api/v1/reports", json=report, headers=headers)

    assert answer.status_code == 201, answer.text
    assert hops == [row["now"] for row in rows() if row["now"]]


def test_the_page_counts_its_hops():
    before, now = (sum(bool(row[column]) for row in rows()) for column in ("before", "now"))

    assert f"**Hops: {before} before, {now} now.**" in PAGE


def rows() -> list[dict[str, str]]:
    """The table of the walk."""
    found = (
        re.fullmatch(r"\| \d+ \| (?P<before>\S*) ?\| (`(?P<now>[^`]+)` )?\| .* \|", line) for line in PAGE.splitlines()
    )
    return [row.groupdict() for row in found if row]
