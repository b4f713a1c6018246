"""Pure questions about patrols: who may walk and look, and when a day's task may be walked.

No clock, no database, no await. Days are Shanghai's.
"""

from datetime import date, datetime, timedelta

from backend.accounts.structs import Actor, Role
from backend.calendars.rules import midnight, shanghai_date

WALKERS = (Role.COMMITTEE, Role.VOLUNTEER, Role.HANDLER, Role.INSPECTOR)
KEEPERS = (Role.COMMITTEE, Role.STREET_ADMIN)
"""Who lays down routes, and takes a walk back from somebody who does not come."""
OVERSEERS = (Role.COMMITTEE, Role.INSPECTOR, Role.STREET_ADMIN, Role.DISTRICT_ADMIN)
"""Who sees every stop: where elders live alone is nobody else's to know but whoever walks there."""
RADIUS_M = 50.0
"""As near as a position must be: doors stand ten to thirty metres apart, and a phone in a street errs as much."""
STOPS_MOST = 200
_NIGHT = timedelta(hours=6)
"""A round that begins in the evening may end after midnight."""
_LATE = timedelta(hours=24)
"""So long after the end what a phone kept may still come in: see `orders.arrivals`."""


def may_walk(actor: Actor, committee_code: str) -> bool:
    return actor.holds(committee_code, *WALKERS)


def may_keep_routes(actor: Actor, committee_code: str) -> bool:
    return actor.holds(committee_code, *KEEPERS)


def may_oversee(actor: Actor, committee_code: str) -> bool:
    return actor.holds(committee_code, *OVERSEERS)


def may_read(actor: Actor, committee_code: str) -> bool:
    """Whether somebody may know that there is this task."""
    return may_walk(actor, committee_code) or may_oversee(actor, committee_code)


def sees_stops(actor: Actor, committee_code: str, walker_id: int | None, due_on: date, now: datetime) -> bool:
    """Whether somebody may know which places it visits: overseers, and the walker for as long as anything comes in."""
    is_walking = walker_id == actor.account_id and now < closes_at(due_on) + _LATE
    return is_walking or may_oversee(actor, committee_code)


def opens_at(due_on: date) -> datetime:
    return midnight(due_on)


def closes_at(due_on: date) -> datetime:
    """When a day's tasks are over, in the early morning of the next day."""
    return midnight(due_on + timedelta(days=1)) + _NIGHT


def is_open_at(due_on: date, at: datetime) -> bool:
    return opens_at(due_on) <= at < closes_at(due_on)


def last_closed_day(now: datetime) -> date:
    """The latest day whose tasks are over."""
    return shanghai_date(now - _NIGHT) - timedelta(days=1)
