"""The pages before axe-core, where a package that carries it is installed."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest
from playwright.async_api import Page

from backend import db
from backend.committees.changes import service as changes
from tests.browser.phones import Phones
from tests.makers.committees import COMMITTEE, draft_of, make_entry, make_member, make_template, make_town_admin
from tests.makers.orders import make_accepted, make_closed, make_handled, make_order
from tests.makers.pool import FIRE_LANE, grab, make_offer, make_pool_town
from tests.makers.town import SmallTown

pytestmark = pytest.mark.browser


async def test_axe_finds_nothing_to_complain_of(phones: Phones, town: SmallTown) -> None:
    paths = ("/", f"/q/{town.code}", "/q/NOSUCHCODE00", "/sign-in")

    assert await _violations(await phones.take(), paths) == []


async def test_axe_finds_nothing_in_the_forms_of_an_order_or_of_its_reporter(
    phones: Phones, town: SmallTown, now: datetime
) -> None:
    accepted, closed = await make_accepted(town, now), await make_closed(town, now)
    handled = await make_handled(town, now)
    fresh = (await make_order(town, now)).receipt
    token = await db.fetchval("SELECT tracking_token FROM report WHERE order_id = $1", closed)

    found = [
        *await _violations(await phones.staff(town.handlers[0]), [f"/o/{accepted}", f"/o/{accepted}/moves/co_handle"]),
        *await _violations(await phones.staff(town.dispatcher), [f"/o/{accepted}/moves/reassign", f"/o/{closed}"]),
        *await _violations(await phones.staff(town.verifier), [f"/verify/{handled}", "/verify/queue"]),
        *await _violations(await phones.take(), [f"/r/{fresh.tracking_token}", f"/r/{token}"]),
    ]

    assert found == []


async def test_axe_finds_nothing_in_the_pages_of_volunteers(phones: Phones, now: datetime) -> None:
    town, (volunteer, _) = await make_pool_town(now)
    taken = await grab(await make_offer(town, now), volunteer, now)
    await make_offer(town, now, item=FIRE_LANE)
    paths = ["/hall", "/volunteer", f"/volunteer/give-back/{taken.order.id}"]

    assert await _violations(await phones.staff(volunteer), paths) == []


async def test_axe_finds_nothing_in_the_pages_of_committees(phones: Phones, town: SmallTown, now: datetime) -> None:
    admin, member = await make_town_admin(), await make_member()
    await make_order(town, now)
    task = await make_template(admin, now)
    await make_entry(admin, task, now)
    change = await changes.request_change(COMMITTEE, draft_of(task), member, now)
    board = ["/committee", "/committee/duty-list", f"/committee/duty-list/{task}", "/overview", "/desk"]

    found = [
        *await _violations(await phones.staff(member), board),
        *await _violations(await phones.staff(admin), [f"/duty-changes/{change.id}", "/task-templates"]),
    ]

    assert found == []


async def _violations(phone: Page, paths: Sequence[str]) -> list[str]:
    """What axe finds on these pages with everything unfolded."""
    carrier = pytest.importorskip("axe_playwright_python", reason="axe-core is not installed")
    script = (Path(carrier.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
    found: list[str] = []
    for path in paths:
        await phone.goto(path)
        await phone.evaluate("document.querySelectorAll('details').forEach(folded => { folded.open = true; })")
        await phone.evaluate(script)
        violations = await phone.evaluate("axe.run().then(result => result.violations.map(each => each.id))")
        found += [f"{path}: {each}" for each in violations]
    return found
