"""What a card of the hall says of the way and of what comes next, and who hears of offers as it happens."""

from datetime import UTC, datetime, timedelta

import pytest

from backend.accounts.structs import Actor, Grant, Role
from backend.events.facts import Recorded
from backend.routes.api.live import filter_for
from backend.web.views.offers import away, take_of
from backend.web.views.page import PageContext
from grab_orders.offers.structs import OfferedItem, TakenOrder, TakeState, TakeView

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
PAGE = PageContext(lang="zh", big=False, path="/hall", now=NOW, hotline="12345")
ORDER = TakenOrder(
    id=1,
    number="YM260302-000001",
    version=2,
    item=OfferedItem(code="A303", name_zh="垃圾桶满溢", name_en="Bins"),
    priority="P4",
    place="",
    description="",
    lng=121.5537,
    lat=31.1786,
    arrive_by=None,
    resolve_by=NOW + timedelta(hours=4),
)


def taken(state: TakeState, *, is_lead: bool = True) -> TakeView:
    return TakeView(
        id=1,
        offer_id=1,
        state=state,
        order=ORDER,
        is_lead=is_lead,
        points=5,
        needed=1,
        taken=1,
        taken_at=NOW - timedelta(minutes=1),
        lease_until=NOW + timedelta(minutes=29),
    )


@pytest.mark.parametrize(
    ("distance_m", "words"),
    [(None, ""), (0, "约 50 米"), (50, "约 50 米"), (950, "约 950 米"), (1000, "约 1.0 公里"), (2450, "约 2.5 公里")],
)
def test_the_way_is_told_as_roughly_as_it_is_known(distance_m: int | None, words: str) -> None:
    assert away(PAGE, distance_m) == words


def test_until_arrival_the_lease_counts_and_it_can_be_given_back_then_the_work() -> None:
    held, arrived = take_of(taken(TakeState.HELD), PAGE), take_of(taken(TakeState.ARRIVED), PAGE)

    assert (held.next, held.clock.label, held.may_give_back) == ("check_in", "到场时限", True)
    assert (arrived.next, arrived.clock.label, arrived.may_give_back) == ("finish", "处置时限", False)
    assert (held.clock.until, arrived.clock.until) == (NOW + timedelta(minutes=29), ORDER.resolve_by)
    assert held.where == "31.17860, 121.55370"
    helping = [take_of(taken(state, is_lead=False), PAGE).next for state in (TakeState.HELD, TakeState.ARRIVED)]
    assert helping == ["arrive", "watch"]


@pytest.mark.parametrize(
    ("role", "area", "hears"),
    [
        (Role.VOLUNTEER, "310115105001", True),
        (Role.VOLUNTEER, "310115105002", True),
        (Role.VOLUNTEER, "310115106001", False),
        (Role.HANDLER, "310115105", True),
        (Role.RESIDENT, "", False),
    ],
)
def test_what_happens_to_offers_is_heard_nearby_by_pages_that_ask_for_it(role: Role, area: str, hears: bool) -> None:
    actor = Actor(account_id=7, name="王", grants=(Grant(role, area),))
    opened = Recorded(
        id=1,
        name="OfferOpened",
        subject="offer",
        subject_id=3,
        version=1,
        area_code="310115105001",
        unit_id=None,
        account_ids=[],
        body=b"{}",
    )

    assert filter_for(actor, with_offers=True)(opened) is hears
    assert filter_for(actor)(opened) is False
