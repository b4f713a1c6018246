"""When two reports are one case. Pure: the rule that the candidates' statement follows and that the bench replays.

A door code says exactly where: an open order about the same item there is the same case however old it is. Without one,
nearness decides, and only for things reported lately. What was closed just now is a candidate too, since people who
still see it would report it again. A code on a single thing (a bin, a lamp post) is never the same as its neighbour's.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

import msgspec

from backend.geo.distance import metres_between
from backend.geo.lonlat import LonLat


class MatchRule(msgspec.Struct, frozen=True, kw_only=True):
    """How far, how long ago and how long after its end an order is the same case. No window: never."""

    radius_m: float
    window_min: int
    closed_min: int


class NewCase(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody is about to report. `place_id` is known where a door code was scanned."""

    item_code: str
    point: LonLat
    at: datetime
    place_id: int | None = None
    only_here: bool = False
    """The code is that of a single thing: its neighbours are others."""


class KnownOrder(msgspec.Struct, frozen=True, kw_only=True):
    """An order there is."""

    item_code: str
    point: LonLat
    opened_at: datetime
    closed_at: datetime | None = None
    place_id: int | None = None


class Match(StrEnum):
    HERE = "here"
    NEAR = "near"


def match(seen: NewCase, known: KnownOrder, rule: MatchRule) -> Match | None:
    """As what an order is a candidate, if it is one."""
    if not rule.window_min or known.item_code != seen.item_code or known.opened_at > seen.at:
        return None
    if known.closed_at is not None and known.closed_at < closed_since(seen.at, rule):
        return None
    if seen.place_id is not None and known.place_id == seen.place_id:
        return Match.HERE
    if seen.only_here or known.opened_at < seen.at - timedelta(minutes=rule.window_min):
        return None
    return Match.NEAR if metres_between(seen.point, known.point) <= rule.radius_m else None


def candidates(seen: NewCase, orders: Iterable[KnownOrder], rule: MatchRule) -> list[KnownOrder]:
    """The orders of the very place, else the near ones."""
    matched = [(order, match(seen, order, rule)) for order in orders]
    here = [order for order, how in matched if how is Match.HERE]
    return here or [order for order, how in matched if how is Match.NEAR]


def closed_since(at: datetime, rule: MatchRule) -> datetime:
    """What was closed before this instant is over."""
    return at - timedelta(minutes=rule.closed_min)
