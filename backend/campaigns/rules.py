"""Pure questions about campaigns: who makes and reads one, when its rounds begin and are due.

No clock, no database, no await.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from backend.accounts import permissions
from backend.accounts.permissions import Permission
from backend.accounts.structs import Actor, Role
from backend.geo.area_codes import TOWN_CHARS

GOING = (Role.HANDLER, Role.INSPECTOR, Role.COMMITTEE, Role.VERIFIER, Role.VOLUNTEER, Role.STREET_ADMIN)
"""Roles whose holders may be sent."""
WITH_CHECKS = (Role.HANDLER, Role.INSPECTOR, Role.COMMITTEE, Role.VOLUNTEER)
"""Roles that have the page of what to check in their bar; others find it by its notice."""
OPENING = (Role.COMMITTEE, Role.INSPECTOR, Role.DISPATCHER, Role.STREET_ADMIN, Role.DISTRICT_ADMIN)
"""Roles that a campaign may name to open what is sealed; no other may."""
RADIUS_M = 80.0
"""As near as a position must be to show that somebody was there: estates and sites are wider than a door."""
LATE = timedelta(hours=24)
"""So long after the end what a phone kept may still come in."""
_WARN_PART, _WARN_MOST = 4, timedelta(hours=6)
"""Whoever goes hears of a deadline when a quarter of the time is left, and six hours before it at the earliest."""


class RoundTimes(NamedTuple):
    number: int
    starts_at: datetime
    due_at: datetime
    warn_at: datetime


def may_make(actor: Actor, area_code: str) -> bool:
    """Whether one grant lets somebody dispatch all over the area: such a person makes and changes its campaigns."""
    return permissions.may_within(actor, Permission.DISPATCH_ORDERS, area_code)


def areas_read(actor: Actor) -> list[str]:
    """The areas of whose campaigns somebody sees progress and records: those of the desk."""
    return permissions.areas_of(actor, Permission.READ_DESK)


def may_read(actor: Actor, area_code: str) -> bool:
    """Whether somebody sees something of a campaign of this area: all of it, or the part in an area within."""
    return any(area_code.startswith(area) or area.startswith(area_code) for area in areas_read(actor))


def round_at(
    starts_at: datetime, ends_at: datetime, every_h: int | None, due_within_h: int, now: datetime
) -> RoundTimes | None:
    """The round that has begun last; None before the first one, and where the campaign is over.

    A round that nobody made while no worker ran is left out: nobody could have done it.
    """
    if now < starts_at or now >= ends_at:
        return None
    every = timedelta(hours=every_h) if every_h else None
    passed = (now - starts_at) // every if every else 0
    begins = starts_at + passed * every if every else starts_at
    due_at = min(begins + timedelta(hours=due_within_h), ends_at)
    return RoundTimes(passed + 1, begins, due_at, warn_at(begins, due_at))


def warn_at(starts_at: datetime, due_at: datetime) -> datetime:
    return due_at - min((due_at - starts_at) / _WARN_PART, _WARN_MOST)


def reads_whole(actor: Actor, area_code: str) -> bool:
    """Whether one grant lets somebody read the desk all over the area."""
    return permissions.may_within(actor, Permission.READ_DESK, area_code)


def works_in_town(actor: Actor, area_code: str) -> bool:
    """Whether somebody holds a role in the town of this area, or all around it: a person who is named still goes."""
    return any(area_code.startswith(grant.area[:TOWN_CHARS]) for grant in actor.grants if grant.area)


def may_open_sealed(actor: Actor, roles: list[Role], area_code: str, filled_by_id: int | None) -> bool:
    """Whether somebody may read what is sealed: whoever said it, as long as they work in its town, and the roles that
    the campaign names and may name, in the area.
    """
    is_own = filled_by_id is not None and filled_by_id == actor.account_id and works_in_town(actor, area_code)
    return is_own or actor.holds(area_code, *(role for role in roles if role in OPENING))
