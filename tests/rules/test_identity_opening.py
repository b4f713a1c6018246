"""Who may open a sealed identity, and when: two different administrators of the place, for a day."""

from datetime import UTC, datetime, timedelta

import pytest

from backend.accounts.structs import Actor, Grant, Role
from shops.complaints import rules
from shops.complaints.structs import AskedIdentity

AREA = "310115105001"
NOW = datetime(2026, 11, 27, 8, tzinfo=UTC)
BY_ROLE = {role: (role in (Role.STREET_ADMIN, Role.DISTRICT_ADMIN)) for role in Role}


def actor(account_id=1, role=Role.STREET_ADMIN, area="310115105"):
    return Actor(account_id=account_id, name="甲", grants=(Grant(role, area),))


def opening(**other):
    usual = {"id": 1, "asked_by_id": 1, "asked_by": "甲", "asked_at": NOW, "reason": "法院调取"}
    decided = {"decided_by_id": 2, "decided_by": "乙", "decided_at": NOW, "readable_until": NOW + timedelta(hours=24)}
    return AskedIdentity(**usual | decided | other)


@pytest.mark.parametrize(("role", "may"), BY_ROLE.items())
def test_only_administrators_of_the_place_open(role, may):
    assert rules.may_open(actor(role=role), AREA) is may
    assert not rules.may_open(actor(role=role, area="310115106"), AREA)


def test_whoever_asked_never_agrees():
    assert not rules.may_decide(actor(1), opening())
    assert rules.may_decide(actor(2), opening())


@pytest.mark.parametrize(
    ("account_id", "other", "may"),
    [
        (1, {}, True),
        (2, {}, True),
        (3, {}, False),
        (1, {"readable_until": NOW}, False),
        (1, {"readable_until": None}, False),
        (2, {"decided_by_id": None, "decided_at": None, "readable_until": None}, False),
    ],
)
def test_the_two_read_for_a_day_and_nobody_else(account_id, other, may):
    assert rules.may_read(actor(account_id), opening(**other), NOW) is may
