"""Volunteers, what they did, and the facts by which the ledgers hear of it."""

from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

import msgspec

from backend import config, db, runtimes
from backend.accounts import queries as accounts
from backend.accounts.structs import Actor, Role
from backend.events.facts import Recorded
from grab_orders.ledgers import reactions
from grab_orders.offers.events import TakeFinished
from grab_orders.people import applying, deciding
from grab_orders.people.identity_numbers import check_sign
from grab_orders.people.structs import Application
from tests.makers.town import COMMITTEE, make_actor

SEAL = runtimes.personal_seal(config.from_environment({"DATABASE_URL": "-", "YIMA_MODE": "demo"}))
"""The seal of an app in demo mode."""
ADULT_BORN = date(1990, 5, 17)
_numbers = count(1)


def id_number(born: date = ADULT_BORN, region: str = "310000", serial: int | None = None) -> str:
    """A well-formed number of nobody, since no county has this code; another one each time unless a serial is given."""
    digits = f"{region}{born:%Y%m%d}{(next(_numbers) if serial is None else serial) % 1000:03d}"
    return digits + check_sign(digits)


def application(**changes: Any) -> Application:
    fields: dict[str, Any] = {
        "committee_code": COMMITTEE,
        "real_name": "王小明",
        "id_number": id_number(),
        "phone": "13812345678",
        "agrees": True,
        **changes,
    }
    return Application(**fields)


async def make_committee_member(name: str = "居委干部", area: str = COMMITTEE) -> Actor:
    return await make_actor(name, Role.COMMITTEE, area)


async def make_volunteer(now: datetime, name: str = "王小明", **changes: Any) -> Actor:
    """Somebody who applied yesterday and was approved at once, with the role."""
    person = await make_actor(f"{name[0]}**", Role.RESIDENT, "")
    keeper, before = await make_committee_member(), now - timedelta(days=1)
    applied = await applying.apply(application(real_name=name, **changes), person.account_id, SEAL, before)
    await deciding.approve(applied.volunteer_id, keeper, before)
    return await accounts.get_actor(person.account_id)


async def finish_take(who: Actor, order_id: int, started_at: datetime, ended_at: datetime, points: int = 10) -> None:
    """The ledgers hear that somebody finished what they had grabbed."""
    fact = TakeFinished(
        **{"subject_id": 1, "order_id": order_id, "number": "", "item_code": "", "priority": "P2"},
        **{"take_id": 1, "account_id": who.account_id, "is_lead": True},
        checked_in_at=started_at,
        finished_at=ended_at,
        points=points,
    )
    await reactions.enter_takes([_recorded("TakeFinished", 1, msgspec.to_builtins(fact))])


async def finish_patrol(who: Actor, task_id: int, started_at: datetime, ended_at: datetime) -> None:
    body = {
        "subject_id": task_id,
        "account_id": who.account_id,
        "route": "一号巡查线",
        "first_proved_at": started_at,
        "finished_at": ended_at,
    }
    await reactions.enter_patrols([_recorded("PatrolFinished", task_id, body)])


async def entry_of(who: Actor) -> int:
    """The latest work that was entered for somebody."""
    return await db.fetchval(
        "SELECT max(id) FROM hours_entry WHERE account_id = $1 AND kind = 'worked'", who.account_id
    )


def _recorded(name: str, subject_id: int, body: dict[str, Any]) -> Recorded:
    about = {"subject": "", "subject_id": subject_id, "version": 0, "area_code": "", "unit_id": None}
    return Recorded(id=1, name=name, account_ids=[], body=msgspec.json.encode(body), **about)
