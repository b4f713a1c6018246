"""Who may do what about a finding, its score, and when it climbs. Pure."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Protocol

from backend.accounts.permissions import Permission, may_within
from backend.accounts.structs import Actor
from shops.inspections.states import FindingAuthority

REPEAT_WITHIN = timedelta(days=30)
"""The same point found again so soon counts as a repeat."""
STREET_AFTER = timedelta(days=1)
"""So long after it fell due the street hears of it; whoever found it hears at once."""
HIGHEST = 2


class FindingFacts(Protocol):
    """What of a finding decides who may act."""

    @property
    def area_code(self) -> str: ...
    @property
    def inspector_id(self) -> int: ...


_STAFF = (Permission.DECIDE_APPEALS, Permission.READ_SHOPS)


def may_read(actor: Actor, area_code: str, *, is_of_shop: bool, is_inspector: bool) -> bool:
    """Findings are told to the people of their shop, and to staff of its area. To everybody else they are not there."""
    return is_of_shop or is_staff(actor, area_code, is_inspector=is_inspector)


def is_staff(actor: Actor, area_code: str, *, is_inspector: bool) -> bool:
    """Whoever inspects shops there (`inspectors.py`), hears them, or reads their register."""
    return is_inspector or any(may_within(actor, permission, area_code) for permission in _STAFF)


def may_act(
    actor: Actor, who: FindingAuthority, finding: FindingFacts, *, is_of_shop: bool, is_inspector: bool
) -> bool:
    """`is_of_shop`: the actor acts for the shop, and so neither inspects nor judges it."""
    if who is FindingAuthority.OWNER:
        return is_of_shop
    if is_of_shop:
        return False
    if who is FindingAuthority.INSPECTOR:
        return is_inspector
    if who is FindingAuthority.PANEL:
        is_first = actor.account_id == finding.inspector_id
        return not is_first and may_within(actor, Permission.DECIDE_APPEALS, finding.area_code)
    return False


def score(points: Iterable[int]) -> int:
    """100 less what was found, at least 0."""
    return max(0, 100 - sum(points))


def level_at(due_at: datetime, now: datetime) -> int:
    """How far a finding has climbed that is still open."""
    if now <= due_at:
        return 0
    return HIGHEST if now > due_at + STREET_AFTER else 1


def due_after_appeal(due_at: datetime, appealed_at: datetime, now: datetime) -> datetime:
    """The time that the panel took is not the shop's."""
    return due_at + (now - appealed_at)
