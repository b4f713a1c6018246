"""Make the past of the demo street, once: all of it or nothing, and nobody is notified."""

from datetime import datetime, timedelta
from random import Random

import msgspec

from backend import db, runtimes
from backend.calendars.rules import shanghai_date
from backend.config import Settings
from backend.demo import street
from backend.demo.past import campaign, emergency, figures, hotline, orders, visits
from backend.demo.past.cast import gather
from backend.demo.past.reports import MATTERS
from backend.demo.past.rhythm import DAYS, ORDERS_A_DAY
from backend.events import service as events
from backend.orders.past import writing


class OutsideDemo(RuntimeError):
    """This is no demonstration, or its street is not there: nothing is made up here."""


class MadePast(msgspec.Struct, frozen=True, kw_only=True):
    """What there is now. `is_new`: it was made just now."""

    orders: int
    is_new: bool


async def load_past(settings: Settings, now: datetime, *, days: int = DAYS, a_day: int = ORDERS_A_DAY) -> MadePast:
    """Make up so many days until now. Raises OutsideDemo."""
    if not settings.is_demo or not await street.is_loaded():
        raise OutsideDemo
    if await writing.holds_invented():
        return MadePast(orders=0, is_new=False)
    seal, chance = runtimes.personal_seal(settings), Random(f"yima past {shanghai_date(now)}")  # noqa: S311
    since = now - timedelta(days=days + 1)
    async with db.transaction():
        await emergency.load(chance, now)
        source = await hotline.add_source(seal, since)
        cast = await gather([each.item for each in MATTERS], source.account_id, since)
        lives = await orders.make(cast, chance, now, days=days, a_day=a_day)
        await writing.write(lives)
        await hotline.write_cases(source, lives, cast.staff["dispatcher"], chance, since)
        await campaign.load(cast.scenes, seal, chance, now)
        await visits.load(seal, chance, now)
        await events.deliver_none()
    made = await writing.list_ids_from(lives[0].beginning.id)
    await figures.count(made, now)
    return MadePast(orders=len(made), is_new=True)
