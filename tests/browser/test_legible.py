"""Every page for every reader: no sideways scrolling, large letters and targets, names for all controls, contrast."""

from datetime import datetime
from pathlib import Path

import pytest
from playwright.async_api import Page

from backend import db
from backend.accounts.structs import Actor, Role
from backend.committees.changes import service as changes
from backend.committees.patrols import proving, walking
from backend.orders import verbs as orders
from backend.orders.model.inputs import AskExtension
from backend.orders.transitions.transition import TransitionContext
from shops.policies import service as policies
from shops.policies.structs import PolicyDraft
from shops.register import claims
from shops.register.structs import ShopRole
from tests.browser.phones import Phones
from tests.makers.accounts import make_device, signed_in
from tests.makers.committees import draft_of, make_entry, make_member, make_template, make_town_admin
from tests.makers.duty import make_volunteer
from tests.makers.inspections import inspect, make_checklist
from tests.makers.orders import make_accepted, make_closed, make_handled, make_on_site, make_order
from tests.makers.patrols import make_beat, proof_at
from tests.makers.pool import BINS, FIRE_LANE, grab, make_offer
from tests.makers.shops import LICENCE, SEAL, claim_of, make_shop_person, make_storefront_of
from tests.makers.town import COMMITTEE, TOWN, SmallTown, make_actor, make_staffed_unit

pytestmark = pytest.mark.browser
CHECKS = Path(__file__).with_name("looks.js").read_text(encoding="utf-8")
NARROW = (188, 320, 375)
"""Of a window in CSS px; the first is a phone of 375 at 200 %."""
SQUEEZED = """Array.from(document.querySelectorAll('main *')).filter(element => {
  const text = Array.from(element.childNodes).find(node => node.nodeType === 3 && node.textContent.trim().length > 5);
  if (!text || !element.getClientRects().length || element.closest('.sr')) return false;
  const range = document.createRange();
  range.selectNode(text);
  const box = range.getBoundingClientRect(), letter = parseFloat(getComputedStyle(element).fontSize);
  return box.width < letter * 2.6 && box.height > letter * 4;
}).map(element => element.textContent.trim().slice(0, 24))"""
TAP_PX = {"0": 44, "1": 60}
"""Least side of a target, by the cookie of large type."""


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_every_page_can_be_read_and_worked_by_everybody(
    phones: Phones, town: SmallTown, now: datetime, lang: str
) -> None:
    owner = await make_actor("店主", Role.SHOP_OWNER, "")
    readers = await _readers(phones, town, owner, now)
    pages = [*await _all_pages(town, now), *await _shop_pages(town, owner, now)]

    faults = [
        f"{'large type' if big == '1' else 'plain'} {fault}"
        for big in TAP_PX
        for who, path in pages
        for fault in await _faults(phones, readers[who], path, {"lang": lang, "big": big})
    ]

    assert not faults, "\n".join(faults)


async def test_elder_mode_is_set_by_a_link_and_enlarges_everything(phones: Phones, town: SmallTown) -> None:
    phone = await phones.take(java_script_enabled=False)
    await phone.goto(f"/q/{town.code}")

    await phone.get_by_role("link", name="大字版").click()

    assert phone.url.endswith(f"/q/{town.code}")
    sizes = "[document.body, document.querySelector('.btn.main')].map(e => parseFloat(getComputedStyle(e).fontSize))"
    reader = await phones.take()
    await reader.context.add_cookies([{"name": "big", "value": "1", "url": phones.url}])
    await reader.goto(f"/q/{town.code}")
    body_px, button_px = await reader.evaluate(sizes)
    assert body_px >= 22
    assert button_px >= 30


async def _all_pages(town: SmallTown, now: datetime) -> list[tuple[str, str]]:
    """Every kind of page, with who reads it."""
    tracked = await make_order(town, now)
    accepted, on_site = await make_accepted(town, now), await make_on_site(town, now)
    handled, closed = await make_handled(town, now), await make_closed(town, now)
    token = await db.fetchval("SELECT tracking_token FROM report WHERE order_id = $1", closed)
    public = [
        "/",
        f"/q/{town.code}",
        "/q/NOSUCHCODE00",
        "/sign-in",
        f"/r/{tracked.receipt.tracking_token}",
        f"/r/{token}",
        "/here",
        f"/here?area={COMMITTEE}",
        f"/places/{town.place_id}",
    ]
    orders = [f"/o/{order_id}" for order_id in (tracked.receipt.order_id, accepted, on_site, handled)]
    handlers = [
        "/work",
        "/work?tab=doing",
        "/work?tab=done",
        "/inbox",
        "/inbox/preferences",
        f"/q/{town.code}",
        *orders,
    ]
    return [
        *(("anybody", path) for path in public),
        *(("handler", path) for path in handlers),
        *(("verifier", path) for path in ("/verify", "/verify/queue", f"/o/{handled}")),
        *(("desk", path) for path in await _desk_pages(town, now, tracked.receipt.order_id)),
        ("desk", f"/places/{town.place_id}/history"),
        *(("inspector", path) for path in ("/quick-report", f"/self-handling?code={town.code}", f"/q/{town.code}")),
        *await _patrol_pages(town, now),
        *await _committee_pages(town, now),
        *(("volunteer", path) for path in await _volunteers_pages(town, now)),
    ]


async def _patrol_pages(town: SmallTown, now: datetime) -> list[tuple[str, str]]:
    """A walk as its walker and as its committee see it, with a stop that was proved and one that is next."""
    beat = await make_beat(now)
    walker = town.handlers[0]
    await walking.claim(beat.task_id, walker, now)
    await proving.prove(beat.task_id, 1, proof_at(1), walker, now)
    walk, route = f"/patrols/{beat.task_id}", f"/patrols/routes/{beat.route_id}"
    overseen = ("/patrols", walk, "/patrols/coverage", "/patrols/routes", route)
    return [("handler", "/patrols"), ("handler", walk), *(("committee", path) for path in overseen)]


async def _committee_pages(town: SmallTown, now: datetime) -> list[tuple[str, str]]:
    """A board with orders late and tasks due, a list with a request that waits, and the town that decides on it."""
    admin = await make_town_admin()
    task, other = await make_template(admin, now, "lanes"), await make_template(admin, now, "points", "FREQ=WEEKLY")
    await make_entry(admin, task, now)
    change = await changes.request_change(COMMITTEE, draft_of(task), await make_member(), now)
    listed = [f"/committee/duty-list/{each}" for each in (task, other)]
    overseen = ("/committee", "/committee/duty-list", *listed, "/overview", "/desk")
    return [
        *(("committee", path) for path in overseen),
        *(("town", path) for path in ("/duty-changes", f"/duty-changes/{change.id}", "/task-templates", "/overview")),
    ]


async def _volunteers_pages(town: SmallTown, now: datetime) -> list[str]:
    """The hall with something to grab and something barred, and an order that the volunteer has."""
    for unit_type in ("sanitation", "joint_station"):
        await make_staffed_unit(unit_type)
    volunteer = await signed_in(await db.fetchval("SELECT account_id FROM role_grant WHERE role = 'volunteer'"))
    taken = await grab(await make_offer(town, now, item=BINS), volunteer, now)
    await make_offer(town, now, item=FIRE_LANE)
    return ["/hall", "/volunteer", f"/volunteer/give-back/{taken.order.id}", f"/o/{taken.order.id}?done=grab"]


async def _desk_pages(town: SmallTown, now: datetime, order_id: int) -> list[str]:
    """An order with a request to decide, and the forms with something to choose from."""
    asking = await make_accepted(town, now)
    asked = AskExtension(minutes=90, reason="车多")
    await orders.ask_extension(asking, asked, TransitionContext(actor=town.handlers[0], now=now))
    return [
        f"/o/{asking}",
        f"/o/{order_id}/deliveries",
        *(f"/o/{order_id}/moves/{move}" for move in ("reassign", "merge", "cancel")),
    ]


async def _shop_pages(town: SmallTown, owner: Actor, now: datetime) -> list[tuple[str, str]]:
    """A shop with an owner, a helper, one who wants to be one, and a contested claim."""
    shop_id = await make_storefront_of(town)
    await make_shop_person(shop_id, owner.account_id)
    await make_shop_person(shop_id, (await make_device()).account_id, "staff")
    for role in ShopRole:
        await claims.claim(shop_id, claim_of(role, licence=LICENCE), (await make_device()).account_id, now, SEAL)
    return [
        *(("owner", path) for path in ("/shop", "/shop?all=1", f"/shop/{shop_id}/people", f"/q/{town.code}")),
        *(("anybody", f"/q/{town.code}{page}") for page in ("", "/claim", "/complain")),
        *(("inspector", path) for path in ("/shops", f"/shops/{shop_id}")),
        *await _inspection_pages(shop_id, now),
    ]


async def _inspection_pages(shop_id: int, now: datetime) -> list[tuple[str, str]]:
    """A finding that waits for its shop, the check list, the report; a policy that was sent, and a draft."""
    inspector = await make_actor("检查员", Role.INSPECTOR, TOWN)
    checklist = await make_checklist(now)
    made, _ = await inspect(shop_id, inspector, checklist, now)
    admin = await make_town_admin()
    for title in ("餐饮油烟补贴", "夜间外摆"):
        draft = PolicyDraft(area_code=TOWN, title=title, body="更换净化器可申请补贴", starts_on=now.date())
        policy_id = await policies.write(draft, admin, now)
        if title == "餐饮油烟补贴":
            await policies.send(policy_id, admin, now)
    finding, report = f"/findings/{made.finding_ids[0]}", f"/shops/{shop_id}/report"
    lists, check = f"/shops/{shop_id}/inspect", f"/shops/{shop_id}/inspect?list={checklist[0]}"
    return [
        *(("owner", path) for path in ("/shop/findings", finding, report, "/shop/policies")),
        *(("inspector", path) for path in (f"/shops/{shop_id}/findings", finding, lists, check)),
        *(("town", path) for path in ("/policies", "/shops/overview", "/shops/grade-settings")),
    ]


async def _readers(phones: Phones, town: SmallTown, owner: Actor, now: datetime) -> dict[str, Page]:
    """A phone for each kind of reader."""
    actors = {
        "handler": town.handlers[0],
        "verifier": town.verifier,
        "desk": town.dispatcher,
        "committee": await make_actor("居委干部", Role.COMMITTEE, COMMITTEE),
        "town": await make_town_admin(),
        "owner": owner,
        "inspector": await make_actor("监督员", Role.INSPECTOR, TOWN),
        "volunteer": await make_volunteer(now),
    }
    readers = {name: await phones.take(service_workers="block") for name in ("anybody", *actors)}
    for name, actor in actors.items():
        await phones.sign_in_at_once(readers[name], actor)
    return readers


async def _faults(phones: Phones, page: Page, path: str, look: dict[str, str]) -> list[str]:
    """What is wrong with the page in this look, on a phone as wide as most and on narrow ones."""
    await page.context.add_cookies([{"name": key, "value": value, "url": phones.url} for key, value in look.items()])
    await page.goto(path)
    await page.evaluate("document.querySelectorAll('details').forEach(folded => { folded.open = true; })")
    faults = await page.evaluate(CHECKS, TAP_PX[look["big"]])
    narrow = [fault for width in NARROW for fault in await _faults_when_narrow(page, width)]
    return [f"{path}: {fault}" for fault in (*faults, *narrow)]


async def _faults_when_narrow(page: Page, width: int) -> list[str]:
    await page.set_viewport_size({"width": width, "height": 812})
    scrolls, squeezed = await page.evaluate(f"[document.documentElement.scrollWidth > innerWidth, {SQUEEZED}]")
    return [f"scrolls sideways at {width} px"] * scrolls + [
        f"{width} px leave two letters a line: {text}" for text in squeezed
    ]
