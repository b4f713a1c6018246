"""Links to photos: signed for one photo, size and link version, quantised, and who may see what."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as some

from media import rules
from media.errors import LinkExpired, LinkNotValid
from media.structs import Audience, PhotoRole, Variant, Visibility

KEY = b"k" * 32
PHOTO = UUID("0b1f0a52-0000-4000-8000-000000000001")
NOW = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)


def check(now: datetime = NOW, **changes: object) -> None:
    expires_s = rules.expiry_of(NOW)
    asked = {"photo_id": PHOTO, "variant": Variant.THUMB, "link_version": 0, "expires_s": expires_s, "link_key": KEY}
    asked |= {"signature": rules.sign(KEY, PHOTO, Variant.THUMB, 0, expires_s)} | changes
    rules.verify(now=now, **asked)  # type: ignore[arg-type]


def test_a_link_of_ours_is_valid():
    check()


@pytest.mark.parametrize(
    "change",
    [
        {"photo_id": UUID(int=1)},
        {"variant": Variant.LARGE},
        {"link_version": 1},
        {"expires_s": rules.expiry_of(NOW) + 1},
        {"link_key": b"x" * 32},
        {"signature": ""},
        {"signature": "é"},
    ],
)
def test_any_change_makes_it_invalid(change):
    with pytest.raises(LinkNotValid):
        check(**change)


@given(some.floats(1.5e9, 4e9))
def test_it_lives_between_one_and_two_periods(now_s: float):
    now = datetime.fromtimestamp(now_s, UTC)
    left = datetime.fromtimestamp(rules.expiry_of(now), UTC) - now

    assert rules.LINK_PERIOD < left <= 2 * rules.LINK_PERIOD


def test_within_a_period_it_stays_the_same():
    assert rules.expiry_of(NOW) == rules.expiry_of(NOW + rules.LINK_PERIOD - timedelta(seconds=1))


def test_it_ends_at_its_second():
    end = datetime.fromtimestamp(rules.expiry_of(NOW), UTC)
    check(end - timedelta(seconds=1))

    with pytest.raises(LinkExpired):
        check(end)


SEEN = {
    # audience: what is seen while withheld
    Audience.STAFF: set(PhotoRole),
    Audience.HELPER: {PhotoRole.REPORT, PhotoRole.BEFORE, PhotoRole.AFTER},
    Audience.REPORTER: {PhotoRole.REPORT, PhotoRole.AFTER},
    Audience.PUBLIC: set(),
}


@pytest.mark.parametrize("audience", Audience)
def test_what_is_withheld_is_seen_by_few(audience: Audience):
    assert {role for role in PhotoRole if rules.may_see(audience, role, Visibility.WITHHELD)} == SEEN[audience]


@pytest.mark.parametrize("visibility", [Visibility.RELEASED, Visibility.REDACTED])
def test_what_somebody_has_looked_at_is_seen_by_all(visibility: Visibility):
    assert all(rules.may_see(audience, role, visibility) for audience in Audience for role in PhotoRole)
