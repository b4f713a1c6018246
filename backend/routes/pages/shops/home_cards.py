"""The cards of a shop's home, in their order. Each part of shops adds its own: a reader here, a template beside these.

A reader says what there is to show of one shop to one of its people, or None where there is nothing: no card is empty.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.web.views import pickups as pickup_words
from push import queries as inbox
from qr import queries as qr
from shops.grades import standing
from shops.inspections import queries as inspections
from shops.pickup.bookings import reading as pickups
from shops.policies import queries as received
from shops.public import kitchen
from shops.register import details
from shops.register.access import SeenShop
from shops.register.changes import BY_OWNER
from shops.register.structs import WAITING, ShopRole

_MESSAGES = 3
_POLICIES = 3
_LATEST_PICKUPS = 20


@dataclass(frozen=True, slots=True)
class ShopCard:
    """`template`: below `shops/cards/`; it is rendered with `facts` under the name `card`."""

    template: str
    facts: Mapping[str, Any]


CardReader = Callable[[RequestContext, SeenShop], Awaitable[ShopCard | None]]


async def pickup(ctx: RequestContext, seen: SeenShop) -> ShopCard | None:
    """The next pickup, what waits for the shop's word, and the way to book."""
    page = base.reader_of(ctx)
    ahead = await pickups.find_next([seen.shop.id], ctx.now)
    latest = await pickups.list_of_shop(seen.shop.id, ctx.now, most=_LATEST_PICKUPS)
    facts = {
        "next": ahead,
        "slot_words": pickup_words.slot_words(page, ahead.slot) if ahead else "",
        "waiting": [each for each in latest if each.may_confirm],
    }
    return ShopCard("pickup.html", facts)


async def messages(ctx: RequestContext, seen: SeenShop) -> ShopCard | None:
    """The latest messages, of all shops of this person."""
    found = await inbox.list_messages(ctx.actor.account_id, limit=_MESSAGES)
    unread = await inbox.count_unread(ctx.actor.account_id)
    return ShopCard("messages.html", {"messages": found.items, "unread": unread}) if found.items else None


async def people(ctx: RequestContext, seen: SeenShop) -> ShopCard | None:
    """Who acts for the shop, and how many wait to."""
    detail = await details.get_detail(seen.shop.id, ctx.actor, ctx.runtime.personal_seal)
    acting = [each for each in detail.people if each.until is None]
    waiting = sum(each.state in WAITING and each.role is ShopRole.STAFF for each in detail.claims)
    return ShopCard("people.html", {"people": acting, "waiting": waiting, "is_owner": seen.is_owner})


async def entry(ctx: RequestContext, seen: SeenShop) -> ShopCard | None:
    """What the register says of the shop, and whether it trades."""
    return ShopCard("entry.html", {"shop": seen.shop, "states": BY_OWNER if seen.is_owner else ()})


async def findings(ctx: RequestContext, seen: SeenShop) -> ShopCard | None:
    """What inspections found and is not done with, the most urgent first."""
    found = await inspections.list_of_shop(seen.shop.id, open_only=True)
    return ShopCard("findings.html", {"findings": found}) if found else None


async def grade(ctx: RequestContext, seen: SeenShop) -> ShopCard | None:
    """The grade, what would change it, and the way to the report."""
    return ShopCard("grade.html", {"standing": await standing.get_standing(seen.shop, ctx.now)})


async def policies(ctx: RequestContext, seen: SeenShop) -> ShopCard | None:
    """The latest policies that somebody got, of all shops of this person."""
    found = await received.list_received(ctx.actor.account_id)
    unread = sum(each.read_at is None for each in found)
    return ShopCard("policies.html", {"policies": found[:_POLICIES], "unread": unread}) if found else None


async def public(ctx: RequestContext, seen: SeenShop) -> ShopCard | None:
    """What everybody is told of the shop, and the link to its kitchen."""
    link = await kitchen.find(seen.shop.id)
    code = (await qr.list_codes_of([seen.shop.place_id])).get(seen.shop.place_id)
    is_shown = bool(link and link.is_shown(ctx.now))
    return ShopCard("kitchen.html", {"link": link, "is_shown": is_shown, "code": code})


CARDS: tuple[CardReader, ...] = (pickup, findings, grade, messages, policies, people, public, entry)


async def read_cards(ctx: RequestContext, seen: SeenShop) -> list[ShopCard]:
    """The cards that have something to show."""
    found = [await reader(ctx, seen) for reader in CARDS]
    return [card for card in found if card is not None]
