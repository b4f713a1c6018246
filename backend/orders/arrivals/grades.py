"""How far an arrival can be trusted: the grade of its proof, and the doubts that lower it.

No clock, no database, no await. A doubt is kept and shown to whoever verifies; it never stops anybody.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

import msgspec

from backend.geo.distance import metres_between
from backend.geo.points import Fix, FixSource, LonLat
from backend.orders.arrivals.errors import CapturedTooEarly, CapturedTooLongAgo
from backend.orders.model import rules

SKEW = timedelta(minutes=2)
"""A phone's clock may differ from ours so much before it means anything."""
MAX_OFFLINE = timedelta(hours=24)
MAX_AGE_S = 120.0
MAX_SPEED_M_S = 55.0
"""200 km/h: above what road and metro do in a city (120 km/h is the limit of an expressway)."""
CODE_ELSEWHERE_M = 150.0
"""As far as a scan of a plate may be from the plate, see `qr.rules.FAR_M`."""
_TIME_ERROR_S = 10.0
"""Two instants of a phone are good to so much; without it two fixes of one second would need the same metre."""


class Method(StrEnum):
    """What an arrival rests on."""

    GPS = "gps"
    CODE = "code"
    APPEAL = "appeal"


class ArrivalGrade(StrEnum):
    STRONG = "strong"
    """The place's own code, seen being scanned, with nothing against it."""
    FAIR = "fair"
    """A position within the radius, or the code without its scan."""
    WEAK = "weak"
    """Either, with a doubt."""
    APPEALED = "appealed"
    """Neither: the handler's word and photo."""


class ArrivalDoubt(StrEnum):
    MOCK = "mock"
    IMPOSSIBLE_SPEED = "impossible_speed"
    VAGUE = "vague"
    STALE = "stale"
    BY_HAND = "by_hand"
    OFFLINE = "offline"
    CLOCK_WRONG = "clock_wrong"
    CODE_NOT_FRESH = "code_not_fresh"
    CODE_ELSEWHERE = "code_elsewhere"


class Timing(msgspec.Struct, frozen=True):
    """When somebody arrived, as we believe it, and what is odd about when they say so."""

    at: datetime
    doubt: ArrivalDoubt | None = None


class TimedFix(msgspec.Struct, frozen=True):
    """Where an account's phone was at an instant: WGS-84, metres."""

    loc: LonLat
    accuracy_m: float | None
    at: datetime


class ArrivalProof(msgspec.Struct, frozen=True, kw_only=True):
    """All that the doubts about an arrival are read from. `distance_m` is None without a fix."""

    method: Method
    timing: Timing
    fix: Fix | None = None
    distance_m: float | None = None
    is_fresh: bool = False
    """Whether the server saw the code being scanned just before."""
    others: Sequence[TimedFix] = ()
    """Where the same account was at other times."""


def grade_of(method: Method, doubts: Collection[ArrivalDoubt]) -> ArrivalGrade:
    """A code that was not seen being scanned is worth a position; any other doubt makes either weak."""
    if method is Method.APPEAL:
        return ArrivalGrade.APPEALED
    if not set(doubts) <= {ArrivalDoubt.CODE_NOT_FRESH}:
        return ArrivalGrade.WEAK
    return ArrivalGrade.FAIR if doubts or method is Method.GPS else ArrivalGrade.STRONG


def list_doubts(proof: ArrivalProof) -> list[ArrivalDoubt]:
    found = [] if proof.timing.doubt is None else [proof.timing.doubt]
    if proof.method is Method.CODE and not proof.is_fresh:
        found.append(ArrivalDoubt.CODE_NOT_FRESH)
    if proof.fix is not None:
        found += _doubts_of_fix(proof, proof.fix)
    return found


def timing_of(captured_at: datetime | None, accepted_at: datetime, now: datetime) -> Timing:
    """When the handler was there: the server's now, or for an offline check-in what the phone noted down.

    Never before the order was accepted. Raises CapturedTooEarly, CapturedTooLongAgo.
    """
    if captured_at is None or abs(captured_at - now) <= SKEW:
        return Timing(now)
    if captured_at > now:
        return Timing(now, ArrivalDoubt.CLOCK_WRONG)
    if captured_at < accepted_at - SKEW:
        raise CapturedTooEarly(captured_at=captured_at, accepted_at=accepted_at)
    if captured_at < now - MAX_OFFLINE:
        raise CapturedTooLongAgo(captured_at=captured_at, hours=int(MAX_OFFLINE.total_seconds() // 3600))
    return Timing(max(captured_at, accepted_at), ArrivalDoubt.OFFLINE)


def sighting_of(fix: Fix, timing: Timing) -> TimedFix:
    return TimedFix(fix.wgs84(), fix.accuracy_m, timing.at - timedelta(seconds=fix.age_s or 0))


def is_impossible(here: TimedFix, there: TimedFix) -> bool:
    """Whether nobody gets from one to the other in the time between, even if both fixes err as much as they may."""
    metres = metres_between(here.loc, there.loc) - _error_m(here) - _error_m(there)
    seconds = abs((here.at - there.at).total_seconds())
    return metres > MAX_SPEED_M_S * (seconds + _TIME_ERROR_S)


def _error_m(sighting: TimedFix) -> float:
    return rules.MAX_ACCURACY_M if sighting.accuracy_m is None else sighting.accuracy_m


def _doubts_of_fix(proof: ArrivalProof, fix: Fix) -> list[ArrivalDoubt]:
    """A fix beside a code proves nothing, so neither its age nor its accuracy matters; whether it is true does."""
    here = sighting_of(fix, proof.timing)
    found = {
        ArrivalDoubt.MOCK: fix.is_mock is True,
        ArrivalDoubt.IMPOSSIBLE_SPEED: any(is_impossible(here, there) for there in proof.others),
    }
    if proof.method is Method.CODE:
        beyond_m = (proof.distance_m or 0.0) - (fix.accuracy_m or 0.0)
        found[ArrivalDoubt.CODE_ELSEWHERE] = beyond_m > CODE_ELSEWHERE_M
    else:
        found[ArrivalDoubt.VAGUE] = fix.accuracy_m is None or fix.accuracy_m > rules.MAX_ACCURACY_M
        found[ArrivalDoubt.STALE] = (fix.age_s or 0) > MAX_AGE_S
        found[ArrivalDoubt.BY_HAND] = fix.source is FixSource.MANUAL
    return [doubt for doubt, holds in found.items() if holds]
