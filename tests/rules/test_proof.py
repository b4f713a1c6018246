"""What an after photo proves: every line of the rules, and that nothing honest is refused."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.geo.datum import Datum, from_wgs84
from backend.geo.lonlat import LonLat
from backend.orders.verifying.proof import (
    ALIKE_MAX_BITS,
    SAME_MAX_BITS,
    PhotoDoubt,
    PhotoProof,
    PhotoRefusal,
    PhotoVerdict,
    WorkSite,
    judge,
)
from media.origins import Likeness, Origin
from media.structs import PhotoRole

DOOR = LonLat(121.5537, 31.1786)
ARRIVED = datetime(2026, 5, 1, 1, 0, tzinfo=UTC)
SCENE = WorkSite(place=DOOR, radius_m=80, since=ARRIVED, since_move="check_in")
PHOTO, OTHER = UUID(int=1), UUID(int=2)
METRE_NORTH = 1 / 110_850
"""In degrees of latitude, at the door."""


def photo(**facts: object) -> Origin:
    """A photo that is sound, but for these facts."""
    sound = {
        "photo_id": PHOTO,
        "received_at": ARRIVED + timedelta(minutes=20),
        "captured_at": ARRIVED + timedelta(minutes=15),
        "lng": DOOR.lng,
        "lat": DOOR.lat,
    }
    return Origin(**(sound | facts))  # type: ignore[arg-type]


def taken(minutes: float, **facts: object) -> Origin:
    """Taken so many minutes after the check-in."""
    return photo(captured_at=ARRIVED + timedelta(minutes=minutes), **facts)


def away(metres: float, **facts: object) -> Origin:
    return photo(lat=DOOR.lat + metres * METRE_NORTH, **facts)


def like(distance: int, *, is_same_file: bool = False) -> Origin:
    likest = Likeness(photo_id=OTHER, role=PhotoRole.BEFORE, is_same_file=is_same_file, distance=distance)
    return photo(likest=likest)


def said(proof: PhotoProof) -> str:
    """The verdict in one word, or the doubts."""
    return str(proof.refusal or " ".join(proof.doubts) or proof.verdict)


@pytest.mark.parametrize(
    ("origin", "verdict"),
    [
        (taken(15), "sound"),
        (taken(-5), "sound"),
        (taken(-5.1), "older_than_check_in"),
        (taken(-60 * 24), "older_than_check_in"),
        (taken(-60, is_zone_known=False), "zone_assumed"),
        (taken(15, is_zone_known=False), "sound"),
        (taken(-60 * 20 - 5, is_zone_known=False), "zone_assumed"),
        (taken(-60 * 20 - 6, is_zone_known=False), "older_than_check_in"),
        (photo(captured_at=None), "time_unknown"),
        (photo(captured_at=None, received_at=ARRIVED - timedelta(seconds=1)), "older_than_check_in"),
        (taken(15, received_at=ARRIVED - timedelta(seconds=1)), "older_than_check_in"),
        (taken(25), "sound"),
        (taken(26), "clock_ahead"),
        (away(99), "sound"),
        (away(101), "taken_elsewhere"),
        (away(110, accuracy_m=15.0), "sound"),
        (away(120, accuracy_m=15.0), "taken_elsewhere"),
        (away(50, accuracy_m=400.0), "place_vague"),
        (away(450, accuracy_m=400.0), "place_vague"),
        (away(550, accuracy_m=400.0), "taken_elsewhere"),
        (photo(lng=None, lat=None), "place_unknown"),
        (photo(lng=None, lat=None, captured_at=None), "time_unknown place_unknown"),
        (photo(lng=11.885, lat=43.467), "taken_elsewhere"),
        (like(0, is_same_file=True), "same_as_before"),
        (like(30, is_same_file=True), "same_as_before"),
        (like(SAME_MAX_BITS), "same_as_before"),
        (like(SAME_MAX_BITS + 1), "alike"),
        (like(ALIKE_MAX_BITS), "alike"),
        (like(ALIKE_MAX_BITS + 1), "sound"),
    ],
)
def test_what_a_photo_proves(origin, verdict):
    assert said(judge(origin, SCENE)) == verdict


def test_a_wide_item_lets_photos_be_taken_as_far_away():
    wide = WorkSite(place=DOOR, radius_m=300, since=ARRIVED)

    assert judge(away(290), wide).verdict is PhotoVerdict.SOUND
    assert judge(away(310), wide).refusal is PhotoRefusal.TAKEN_ELSEWHERE


def test_a_position_in_a_chinese_map_s_datum_is_doubted_and_not_refused():
    shifted = from_wgs84(DOOR.lng, DOOR.lat, Datum.GCJ02)

    proof = judge(photo(lng=shifted.lng, lat=shifted.lat), SCENE)

    assert (proof.verdict, proof.doubts) == (PhotoVerdict.DOUBTFUL, [PhotoDoubt.PLACE_SHIFTED])


def test_where_nobody_had_to_arrive_the_time_says_nothing():
    proof = judge(taken(-600), WorkSite(place=DOOR, radius_m=80))

    assert proof.verdict is PhotoVerdict.SOUND


def test_what_is_said_of_a_photo_comes_with_its_facts():
    proof = judge(like(1), SCENE)

    assert (proof.like_id, proof.like_role) == (OTHER, PhotoRole.BEFORE)
    assert (proof.captured_at, proof.distance_m) == (ARRIVED + timedelta(minutes=15), 0.0)
    assert judge(like(20), SCENE).like_id is None


@given(
    minutes=st.floats(0, 60 * 24),
    metres=st.floats(0, 99),
    accuracy_m=st.none() | st.floats(0, 100),
    is_zone_known=st.booleans(),
    has_time=st.booleans(),
    has_place=st.booleans(),
    distance=st.integers(SAME_MAX_BITS + 1, 64),
)
def test_no_photo_taken_here_since_the_arrival_is_refused(
    minutes, metres, accuracy_m, is_zone_known, has_time, has_place, distance
):
    taken_at = ARRIVED + timedelta(minutes=minutes)
    likest = Likeness(photo_id=OTHER, role=PhotoRole.REPORT, is_same_file=False, distance=distance)
    origin = away(
        metres,
        received_at=taken_at + timedelta(minutes=1),
        captured_at=taken_at if has_time else None,
        is_zone_known=is_zone_known,
        accuracy_m=accuracy_m,
        likest=likest,
    )
    proof = judge(origin if has_place else photo_without_place(origin), SCENE)

    assert proof.verdict is not PhotoVerdict.REFUSED
    assert (PhotoDoubt.TIME_UNKNOWN in proof.doubts, PhotoDoubt.PLACE_UNKNOWN in proof.doubts) == (
        not has_time,
        not has_place,
    )


@given(minutes=st.floats(-(10**6), -5.01), offset_min=st.integers(0, 60))
def test_no_photo_from_before_the_arrival_is_let_through_when_its_zone_is_known(minutes, offset_min):
    origin = taken(minutes, received_at=ARRIVED + timedelta(minutes=offset_min))

    assert judge(origin, SCENE).refusal is PhotoRefusal.OLDER_THAN_CHECK_IN


def photo_without_place(origin: Origin) -> Origin:
    return photo(
        received_at=origin.received_at,
        captured_at=origin.captured_at,
        is_zone_known=origin.is_zone_known,
        likest=origin.likest,
        lng=None,
        lat=None,
    )
