"""Who gets an order, pure: the named person, else the first of those on duty, else the pool, else the centre.

Of those on duty there: whose team's beat it is, then the narrower area, then the nearer by a fresh position, then the
lighter load, then the longer on duty. No clock, no database, no await.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from math import inf

from backend.duty.structs import Assignment, Availability, OnDuty, Post, Reserve, Strength
from backend.geo.distance import metres_between

FRESH_FOR = timedelta(minutes=15)
USABLE_ACCURACY_M = 500.0
"""A fix less exact than this says nothing about who is nearer."""
STEP_M = 100.0
"""Who is nearer by less than a grid cell's width is not nearer: a phone's position is no better, and load decides."""
LOAD_SEEN = 50
"""Loads are counted up to here: whoever has more is merely busy."""
ROSTER_REMEMBERED = timedelta(days=30)
"""A unit whose last shift ended longer ago keeps no roster any more."""
CENTRE = Assignment(strength=Strength.CENTRE)


def metres_away(person: OnDuty, post: Post, now: datetime) -> float | None:
    """How far away somebody is by a fresh and usable position; None when that is not known."""
    if (
        post.point is None
        or person.point is None
        or person.fix_at is None
        or (person.accuracy_m or 0.0) > USABLE_ACCURACY_M
    ):
        return None
    return metres_between(person.point, post.point) if now - person.fix_at <= FRESH_FOR else None


def rank(people: Iterable[OnDuty], post: Post, now: datetime) -> list[OnDuty]:
    """Everybody on duty, the first to get the order first. Somebody with two shifts stands where the better one is."""
    best: dict[int, OnDuty] = {}
    for person in sorted(people, key=lambda one: _place_in_line(one, post, now)):
        best.setdefault(person.account_id, person)
    return list(best.values())


def choose(standing: Availability, post: Post, now: datetime) -> Assignment | None:
    """The named person, else the first on duty; None when there is neither."""
    if standing.named is not None:
        return Assignment(
            strength=Strength.NAMED if standing.named.supervisor_id is None else Strength.WATCHED,
            unit_id=standing.unit_id,
            handler_id=standing.named.account_id,
            supervisor_id=standing.named.supervisor_id,
            named_id=standing.named.id,
            team_id=standing.named.team_id,
        )
    return _first(standing.unit_id, standing.on_duty, post, now)


def fall_back(unit_id: int, reserve: Reserve, post: Post, now: datetime, *, is_unit_given: bool = False) -> Assignment:
    """Nobody is named and nobody on duty: who begins with the clock, else the pool of a unit without a roster.

    `is_unit_given`: somebody chose this unit by hand; its pool then stands even where it keeps a roster.
    """
    begins = _first(unit_id, reserve.on_duty, post, now)
    if begins is not None:
        return begins
    if reserve.has_handlers and (is_unit_given or not reserve.keeps_roster):
        return Assignment(strength=Strength.POOL, unit_id=unit_id)
    return CENTRE


def _first(unit_id: int, people: list[OnDuty], post: Post, now: datetime) -> Assignment | None:
    for person in rank(people, post, now)[:1]:
        return Assignment(
            strength=Strength.ROSTER, unit_id=unit_id, handler_id=person.account_id, team_id=person.team_id
        )
    return None


def _place_in_line(person: OnDuty, post: Post, now: datetime) -> tuple[bool, int, float, int, datetime, int]:
    away_m = metres_away(person, post, now)
    return (
        person.team_id is None,
        -len(person.area_code),
        inf if away_m is None else away_m // STEP_M,
        person.load,
        person.since,
        person.account_id,
    )
