"""What an after photo proves: taken since the arrival, near the place, and no picture of before again. Pure.

A photo that says something else is refused. One that says nothing is doubtful: most cameras' positions never arrive,
because browsers take them out. docs/verification.md gives the reasons for the numbers.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from backend.geo.datum import Datum, to_wgs84
from backend.geo.distance import metres_between
from backend.geo.lonlat import LonLat
from backend.structs import Read
from media.likeness import ALIKE_MAX_BITS
from media.origins import Likeness, Origin
from media.structs import PhotoRole

CLOCK_TOLERANCE = timedelta(minutes=5)
"""Cameras and phones without a network are a few minutes off."""
LATEST_ZONE = timedelta(hours=20)
"""A time that was read as Shanghai's and is that of the westernmost zone lies so much later."""
NEAR_M = 100.0
"""However narrow the item's radius: a satellite fix between houses is this far off."""
ACCURACY_MAX_M = 100.0
"""A position less exact than this says nothing of where the photo was taken."""
SAME_MAX_BITS = 2
"""So near are copies of one picture; two pictures of one place, taken by hand, hardly ever are."""


class PhotoVerdict(StrEnum):
    SOUND = "sound"
    DOUBTFUL = "doubtful"
    REFUSED = "refused"


class PhotoRefusal(StrEnum):
    OLDER_THAN_CHECK_IN = "older_than_check_in"
    TAKEN_ELSEWHERE = "taken_elsewhere"
    SAME_AS_BEFORE = "same_as_before"


class PhotoDoubt(StrEnum):
    TIME_UNKNOWN = "time_unknown"
    ZONE_ASSUMED = "zone_assumed"
    """Older than the check-in by Shanghai time, but the camera wrote no zone."""
    CLOCK_AHEAD = "clock_ahead"
    """Taken later than it was received: the camera's clock is wrong."""
    PLACE_UNKNOWN = "place_unknown"
    PLACE_VAGUE = "place_vague"
    PLACE_SHIFTED = "place_shifted"
    """Near only when the position is read as GCJ-02, which EXIF does not allow and some phones write."""
    ALIKE = "alike"


HARMLESS = frozenset({PhotoDoubt.TIME_UNKNOWN, PhotoDoubt.PLACE_UNKNOWN})
"""What a photo does not say; the other doubts are what it says wrongly."""


@dataclass(frozen=True, slots=True)
class WorkSite:
    """What a photo is held against. `since`: the check-in, else the acceptance; None where neither was needed."""

    place: LonLat
    radius_m: float
    since: datetime | None = None
    since_move: str = ""


class PhotoProof(Read, frozen=True, kw_only=True):
    """What one after photo proves."""

    photo_id: UUID
    verdict: PhotoVerdict
    refusal: PhotoRefusal | None = None
    doubts: list[PhotoDoubt] = []
    captured_at: datetime | None = None
    is_received_before: bool = False
    """It was here before the work began, whatever its camera says."""
    distance_m: float | None = None
    like_id: UUID | None = None
    like_role: PhotoRole | None = None


def judge(origin: Origin, scene: WorkSite) -> PhotoProof:
    """The first refusal counts; without one, every doubt."""
    found = [_time(origin, scene.since), _place(origin, scene), _novelty(origin.likest)]
    refusals = [each for each in found if isinstance(each, PhotoRefusal)]
    doubts = [each for each in found if isinstance(each, PhotoDoubt)]
    verdict = PhotoVerdict.REFUSED if refusals else PhotoVerdict.DOUBTFUL if doubts else PhotoVerdict.SOUND
    is_like = origin.likest is not None and _novelty(origin.likest) is not None
    return PhotoProof(
        photo_id=origin.photo_id,
        verdict=verdict,
        refusal=refusals[0] if refusals else None,
        doubts=doubts,
        captured_at=origin.captured_at,
        is_received_before=_is_received_before(origin, scene.since),
        distance_m=_distance_m(origin, scene),
        like_id=origin.likest.photo_id if origin.likest and is_like else None,
        like_role=origin.likest.role if origin.likest and is_like else None,
    )


def limit_m(scene: WorkSite, accuracy_m: float | None) -> float:
    """How far from the place a photo may say that it was taken."""
    return max(scene.radius_m, NEAR_M) + min(accuracy_m or 0.0, ACCURACY_MAX_M)


def _time(origin: Origin, since: datetime | None) -> PhotoRefusal | PhotoDoubt | None:
    if since is None:
        return None
    if _is_received_before(origin, since):
        return PhotoRefusal.OLDER_THAN_CHECK_IN
    if origin.captured_at is None:
        return PhotoDoubt.TIME_UNKNOWN
    if origin.captured_at > origin.received_at + CLOCK_TOLERANCE:
        return PhotoDoubt.CLOCK_AHEAD
    if origin.captured_at >= since - CLOCK_TOLERANCE:
        return None
    could_be_newer = not origin.is_zone_known and origin.captured_at + LATEST_ZONE >= since - CLOCK_TOLERANCE
    return PhotoDoubt.ZONE_ASSUMED if could_be_newer else PhotoRefusal.OLDER_THAN_CHECK_IN


def _is_received_before(origin: Origin, since: datetime | None) -> bool:
    """By our own clock on both sides, so without tolerance."""
    return since is not None and origin.received_at < since


def _place(origin: Origin, scene: WorkSite) -> PhotoRefusal | PhotoDoubt | None:
    distance_m = _distance_m(origin, scene)
    if distance_m is None or origin.lng is None or origin.lat is None:
        return PhotoDoubt.PLACE_UNKNOWN
    accuracy_m = origin.accuracy_m or 0.0
    if accuracy_m > ACCURACY_MAX_M and distance_m - accuracy_m <= limit_m(scene, None):
        return PhotoDoubt.PLACE_VAGUE
    if distance_m <= limit_m(scene, accuracy_m):
        return None
    shifted_m = metres_between(to_wgs84(origin.lng, origin.lat, Datum.GCJ02), scene.place)
    return PhotoDoubt.PLACE_SHIFTED if shifted_m <= limit_m(scene, accuracy_m) else PhotoRefusal.TAKEN_ELSEWHERE


def _novelty(likest: Likeness | None) -> PhotoRefusal | PhotoDoubt | None:
    if likest is None:
        return None
    if likest.is_same_file or likest.distance <= SAME_MAX_BITS:
        return PhotoRefusal.SAME_AS_BEFORE
    return PhotoDoubt.ALIKE if likest.distance <= ALIKE_MAX_BITS else None


def _distance_m(origin: Origin, scene: WorkSite) -> float | None:
    if origin.lng is None or origin.lat is None:
        return None
    return round(metres_between(LonLat(origin.lng, origin.lat), scene.place), 1)
