"""For whom an order is told: one actor, one order, one answer. Every reader and every verb asks here. Pure.

Staff of an order is
  whoever holds one grant of a role that looks after an area, over the area of this order;
  whoever handles orders for its unit, where that one grant covers its area;
  whoever has it in hand, where a grant to handle orders covers its area: also when the unit has changed since.
Two grants never add up: a handler here who verifies elsewhere verifies nothing here. Whoever handed an order on keeps
the messages about it and no sight of it, unless the unit or an area gives it; to be named as a supervisor gives
messages, too, and no sight. Residents, shop owners and volunteers are never staff.

A volunteer who took an order out of the pool is its helper while it goes on and is theirs: what is to be done and
where, its photos, and the own words; of who reported it and of what others wrote nothing. Afterwards it is not there
for them.

Whoever reported an order, first or later, with an account or by a tracking link, reads it as a reporter: the proof of
the work and the own words, and of what the others wrote nothing. To everybody else an order is as good as not there.

`visibility.py` says the same in SQL, for lists; tests/routes/test_audience.py holds the two against each
other.
"""

from typing import Protocol

from backend.accounts.scope import UNIT_WIDE, is_helper, sees_area, sees_unit
from backend.accounts.structs import Actor
from backend.orders.model.states import SHOWN_TO_HELPERS, SHOWN_TO_REPORTERS
from media.structs import Audience

_WORDS = {Audience.HELPER: SHOWN_TO_HELPERS, Audience.REPORTER: SHOWN_TO_REPORTERS}


class AudienceFacts(Protocol):
    """The facts of an order that decide for whom it is told. `is_follower`: whether the actor reported it later."""

    @property
    def area_code(self) -> str: ...
    @property
    def unit_id(self) -> int | None: ...
    @property
    def handler_id(self) -> int | None: ...
    @property
    def opened_by_id(self) -> int | None: ...
    @property
    def is_open(self) -> bool: ...
    @property
    def is_follower(self) -> bool: ...


def audience_of(actor: Actor, order: AudienceFacts) -> Audience:
    """As what the actor reads this order; `Audience.PUBLIC` where it is not there for them."""
    if is_staff_of(actor, order):
        return Audience.STAFF
    if _is_helper_of(actor, order):
        return Audience.HELPER
    is_reporter = order.is_follower or (order.opened_by_id is not None and order.opened_by_id == actor.account_id)
    return Audience.REPORTER if is_reporter else Audience.PUBLIC


def is_staff_of(actor: Actor, order: AudienceFacts) -> bool:
    if sees_area(actor, order.area_code) or sees_unit(actor, order.area_code, order.unit_id):
        return True
    return _has_it(actor, order) and actor.holds(order.area_code, *UNIT_WIDE)


def _is_helper_of(actor: Actor, order: AudienceFacts) -> bool:
    return _has_it(actor, order) and order.is_open and is_helper(actor)


def _has_it(actor: Actor, order: AudienceFacts) -> bool:
    return order.handler_id is not None and order.handler_id == actor.account_id


def may_read_words(audience: Audience, move: str | None, *, is_own: bool = False) -> bool:
    """Whether the words that came with a move may be told: in answers, on pages, in messages alike.

    `is_own`: the reader said them. The clocks' own steps are of no move in the table.
    """
    return audience is Audience.STAFF or is_own or move in _WORDS.get(audience, ())
