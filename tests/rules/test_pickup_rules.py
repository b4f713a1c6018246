"""Pure rules of waste pickup: prices, driving order, days of a recurrence, and what a booking says of its order."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.accounts.structs import Actor, Grant, Role
from backend.geo.lonlat import LonLat
from backend.orders.model.states import State
from backend.orders.reads.progress import OrderProgress
from shops.pickup.bookings.following import state_of
from shops.pickup.kinds import LITRES, RULES, AmountUnit, WasteKind, is_counted_in, litres_of
from shops.pickup.prices.rules import FREE, UnitPrice, price_of
from shops.pickup.renovation.ending import fee_of
from shops.pickup.renovation.filing import parties_of
from shops.pickup.renovation.structs import FilingParty
from shops.pickup.routes.driving import in_driving_order, length_m

BIN = UnitPrice(base_fen=6000, over_fen=12000, year_quota=10)


@given(amount=st.integers(0, 99), used=st.integers(0, 500), quota=st.none() | st.integers(0, 200))
def test_each_unit_is_within_the_base_or_over_it_and_no_fen_is_lost(amount, used, quota):
    unit = UnitPrice(base_fen=6000, over_fen=12000, year_quota=quota)
    price = price_of(amount, used, unit)

    assert price.within + price.over == amount
    assert price.over == 0 or price.within == max(0, (quota or 0) - used)
    assert price.total_fen == 6000 * price.within + 12000 * price.over


def test_what_has_no_price_costs_nothing():
    assert price_of(5, 100, FREE).total_fen == 0
    assert price_of(3, 9, BIN).total_fen == 6000 + 2 * 12000


@pytest.mark.parametrize("kind", WasteKind)
def test_each_kind_is_counted_in_its_units_and_fills_a_vehicle(kind):
    assert RULES[kind].item_code in {"C101", "C102", "C103"}
    for unit in AmountUnit:
        assert is_counted_in(kind, unit) is (unit in RULES[kind].units)
        assert litres_of(3, unit) == 3 * LITRES[unit]


def test_the_fee_of_what_was_not_fetched_goes_back_and_no_more_than_was_paid():
    assert [fee_of(54000, 3, fetched) for fetched in (0, 1, 3, 5)] == [0, 18000, 54000, 54000]
    assert fee_of(100, 3, 1) == 33


class Stop(msgspec.Struct, frozen=True):
    point: LonLat
    is_first: bool
    slot_key: int
    name: int


_STOPS = st.lists(
    st.tuples(st.floats(0, 0.02), st.floats(0, 0.02), st.booleans(), st.integers(1, 2)), min_size=1, max_size=9
)


@settings(max_examples=60)
@given(_STOPS)
def test_every_stop_is_driven_to_once_slot_by_slot_and_first_in_line_first(drawn):
    stops = [Stop(LonLat(121.5 + x, 31.1 + y), first, slot, n) for n, (x, y, first, slot) in enumerate(drawn)]
    stops.sort(key=lambda stop: stop.slot_key)
    ordered = in_driving_order(stops)

    assert sorted(stop.name for stop in ordered) == list(range(len(stops)))
    assert [(stop.slot_key, not stop.is_first) for stop in ordered] == sorted(
        (stop.slot_key, not stop.is_first) for stop in ordered
    )
    assert ordered == in_driving_order(stops)


def test_a_crossing_is_taken_out_of_the_way():
    street = [Stop(LonLat(121.5 + place / 1000, 31.1), False, 1, place) for place in (0, 3, 1, 4, 2)]
    assert [stop.name for stop in in_driving_order(street)] == [0, 1, 2, 3, 4]
    assert length_m(in_driving_order(street)) < length_m(street)


def test_a_booking_says_what_its_order_is():
    def order(state: State, again: int = 0) -> OrderProgress:
        return OrderProgress(
            id=1, state=state, arrived_at=None, finished_at=None, closed_at=None, handler_id=None, times_again=again
        )

    assert {state: state_of(order(state)).value for state in State} == {
        **dict.fromkeys((State.OFFERED, State.DISPATCHED), "booked"),
        **dict.fromkeys((State.ACCEPTED, State.ON_SITE, State.SUSPENDED), "assigned"),
        State.HANDLED: "collected",
        State.CLOSED: "done",
        **dict.fromkeys((State.CANCELLED, State.MERGED), "cancelled"),
    }
    assert state_of(order(State.ACCEPTED, 1)) == "disputed"


def test_the_property_company_and_the_committee_speak_each_for_itself():
    def actor(role: Role, area: str, unit_id: int | None = None) -> Actor:
        return Actor(account_id=1, name="", grants=(Grant(role, area),), unit_id=unit_id)

    area = "310115105001"
    assert parties_of(actor(Role.HANDLER, "310115105", 7), area, 7) == {FilingParty.PROPERTY}
    assert parties_of(actor(Role.HANDLER, "310115105", 8), area, 7) == set()
    assert parties_of(actor(Role.COMMITTEE, area), area, 7) == {FilingParty.COMMITTEE}
    assert parties_of(actor(Role.COMMITTEE, "310115105002"), area, None) == set()
    assert parties_of(actor(Role.SHOP_OWNER, ""), area, None) == set()
