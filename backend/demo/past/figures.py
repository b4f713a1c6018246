"""What the made-up past comes to: indicators, words of public opinion, what emerges. Safe to repeat."""

from datetime import datetime, timedelta

from backend import db
from backend.accounts import queries as accounts
from backend.accounts.structs import Role
from backend.demo.ground import TOWN_CODE
from backend.events import service as events
from backend.indicators.counting import increments
from backend.public_opinion import counting, discovering, districts, towns, warning

_WATCHED_DAYS = 10
_STEP = 500
_ACCEPTED = 2.0
"""Warnings by chance in four weeks. Of less so short a past cannot be sure, and the town would never be warned."""


async def count(order_ids: list[int], now: datetime) -> None:
    """Count the orders; find the words of the town, what chance makes of them, and what rose on the last days."""
    for first in range(0, len(order_ids), _STEP):
        await increments.count_orders(order_ids[first : first + _STEP])
    await discovering.discover(now)
    await counting.count_pending(now)
    await discovering.discover(now)
    await counting.count_pending(now)
    await warning.replay_in(TOWN_CODE, now)
    town = await accounts.find_account_id(Role.STREET_ADMIN.value)
    assert town is not None
    await towns.accept(TOWN_CODE, _ACCEPTED, await accounts.get_actor(town), now - timedelta(days=_WATCHED_DAYS + 1))
    async with db.transaction():
        for ago in range(_WATCHED_DAYS, -1, -1):
            await warning.warn_in(TOWN_CODE, now - timedelta(days=ago))
        await events.deliver_none()
    await districts.add_up(now, districts.ALL_WEEKS)
