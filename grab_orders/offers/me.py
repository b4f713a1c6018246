"""What somebody who takes orders is told of themself."""

from datetime import datetime

from backend.accounts.structs import Actor
from backend.calendars.rules import shanghai_date
from backend.duty import queries as duty
from grab_orders.offers import persons, rules, takes
from grab_orders.offers.structs import GrabLimits, Hours, Points, VolunteerMe


async def get_me(actor: Actor, now: datetime, *, hours: Hours, points: Points) -> VolunteerMe:
    """Duty, orders in hand and limits; `hours`, `points`: as the ledgers have them."""
    on_call = await duty.find_on_call(actor.account_id, now)
    open_orders = await takes.list_live(actor.account_id)
    return VolunteerMe(
        name=actor.name,
        on_call=on_call is not None,
        on_call_until=on_call.until if on_call else None,
        open_orders=open_orders,
        hours=hours,
        points=points,
        limits=await _limits(actor.account_id, len(open_orders), now),
        server_time=now,
    )


async def _limits(account_id: int, open_orders: int, now: datetime) -> GrabLimits:
    known = await persons.find(account_id)
    if known is None:
        return GrabLimits(
            open_orders_max=rules.OPEN_ORDERS_MAX,
            open_orders=open_orders,
            cools_until=None,
            given_back_today=0,
            no_shows=0,
        )
    cools_until = known["cools_until"]
    is_recent = known["no_show_at"] is not None and now - known["no_show_at"] <= rules.NO_SHOWS_COUNT_FOR
    return GrabLimits(
        open_orders_max=rules.OPEN_ORDERS_MAX,
        open_orders=open_orders,
        cools_until=cools_until if cools_until is not None and cools_until > now else None,
        given_back_today=known["given_back"] if known["given_back_on"] == shanghai_date(now) else 0,
        no_shows=known["no_shows"] if is_recent else 0,
    )
