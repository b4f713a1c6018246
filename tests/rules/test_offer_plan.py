"""An offer follows its order: followed twice it is followed once, and it never holds what the tables forbid."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from backend.orders.model.states import ENDED, State
from grab_orders.offers import plan
from grab_orders.offers.plan import OfferNow, OrderNow, Released, TakeNow
from grab_orders.offers.structs import OfferState, TakeState

NOW = datetime(2026, 11, 27, 8, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
ANNA, BERT = 1, 2
LIVE = (TakeState.HELD, TakeState.ARRIVED)


def order(state, handler=None, **more):
    fields = {"offered_until": NOW + MINUTE, "arrived_at": None, "finished_at": None, **more}
    return OrderNow(state=state, handler_id=handler, **fields)


def lead(state=TakeState.HELD, account=ANNA, **more):
    return TakeNow(id=account, account_id=account, is_lead=True, state=state, **more)


def helper(state=TakeState.HELD, account=BERT, **more):
    return TakeNow(id=account, account_id=account, is_lead=False, state=state, **more)


def offer(state=OfferState.HELD, *takes, needed=1, **more):
    fields = {"round": 1, "first_round": 1, "closes_at": NOW + MINUTE, **more}
    return OfferNow(state=state, needed=needed, takes=takes, **fields)


def test_what_somebody_else_has_is_in_the_pool_no_longer():
    after = plan.follow(offer(OfferState.HELD, lead()), order(State.ACCEPTED, BERT), NOW)

    assert (after.state, after.end_reason, after.takes[0].state) == (OfferState.ENDED, "dispatched", TakeState.ENDED)


def test_whoever_leads_stands_where_the_order_stands():
    held = offer(OfferState.HELD, lead())
    arrived = plan.follow(held, order(State.ON_SITE, ANNA, arrived_at=NOW), NOW)
    finished = plan.follow(arrived, order(State.HANDLED, ANNA, arrived_at=NOW, finished_at=NOW + MINUTE), NOW)
    sent_back = plan.follow(finished, order(State.ACCEPTED, ANNA, arrived_at=NOW), NOW)
    closed = plan.follow(finished, order(State.CLOSED, ANNA, arrived_at=NOW, finished_at=NOW + MINUTE), NOW)

    assert [each.takes[0].state for each in (arrived, finished, sent_back, closed)] == [
        TakeState.ARRIVED,
        TakeState.FINISHED,
        TakeState.ARRIVED,
        TakeState.FINISHED,
    ]
    assert (closed.state, closed.taken, closed.end_reason) == (OfferState.ENDED, 0, "closed")


def test_whoever_helps_is_done_with_whoever_leads():
    pair = offer(OfferState.HELD, lead(TakeState.ARRIVED), helper(TakeState.ARRIVED, arrived_at=NOW), needed=2)
    after = plan.follow(pair, order(State.HANDLED, ANNA, arrived_at=NOW, finished_at=NOW), NOW)
    late = plan.follow(replace(pair, takes=(lead(), helper())), order(State.HANDLED, ANNA, finished_at=NOW), NOW)

    assert [take.state for take in after.takes] == [TakeState.FINISHED, TakeState.FINISHED]
    assert [take.state for take in late.takes] == [TakeState.FINISHED, TakeState.ENDED]


def test_back_in_the_pool_is_a_round_more_and_released_by_the_desk_a_new_beginning():
    until = NOW + 9 * MINUTE
    held = offer(OfferState.HELD, lead())
    again = plan.follow(held, order(State.OFFERED, offered_until=until), NOW)
    anew = plan.follow(held, order(State.OFFERED, offered_until=until), NOW, Released(needed=2, window_until=until))
    late_news = plan.follow(again, order(State.OFFERED, offered_until=until), NOW, Released(needed=2, window_until=NOW))

    assert (again.round, again.first_round, again.state, again.needed) == (2, 1, OfferState.OPEN, 1)
    assert (anew.round, anew.first_round, anew.state, anew.needed) == (2, 2, OfferState.OPEN, 2)
    assert late_news == again


def test_what_was_merged_and_set_apart_again_is_still_somebodys():
    merged = plan.follow(offer(OfferState.HELD, lead()), order(State.MERGED, ANNA), NOW)
    apart = plan.follow(merged, order(State.ACCEPTED, ANNA), NOW)

    assert (merged.state, merged.end_reason, merged.takes[0].state) == (OfferState.ENDED, "merged", TakeState.ENDED)
    assert (apart.state, apart.taken, apart.takes[0].state) == (OfferState.HELD, 1, TakeState.HELD)


instants = st.sampled_from([NOW, NOW + MINUTE, NOW + 9 * MINUTE])
orders_now = st.builds(
    OrderNow,
    state=st.sampled_from(State),
    handler_id=st.sampled_from([None, ANNA, BERT, 9]),
    offered_until=instants,
    arrived_at=st.none() | st.just(NOW),
    finished_at=st.none() | st.just(NOW + MINUTE),
)
on_it = st.sampled_from(plan.ON_IT)
taken_by = st.one_of(
    st.just(()),
    st.builds(lambda state: (lead(state, arrived_at=NOW, finished_at=NOW),), on_it),
    st.builds(
        lambda one, other: (
            lead(one, arrived_at=NOW, finished_at=NOW),
            helper(other, arrived_at=NOW, finished_at=NOW),
        ),
        on_it,
        on_it,
    ),
    st.builds(lambda state: (helper(state, arrived_at=NOW, finished_at=NOW),), st.sampled_from(LIVE)),
)


def offers_now(state, takes, closes_at, rounds, more):
    ended = state is OfferState.ENDED
    fits = OfferState.OPEN if not takes and not ended else state
    gone = tuple(replace(take, state=TakeState.ENDED, end_reason=plan.MERGED) for take in takes)
    return OfferNow(
        state=fits,
        round=rounds,
        first_round=1,
        needed=max(1, len(takes) + (fits is OfferState.OPEN)) + more,
        closes_at=closes_at,
        takes=gone if ended else takes,
        end_reason="merged" if ended else "",
    )


@given(
    before=st.builds(offers_now, st.sampled_from(OfferState), taken_by, instants, st.integers(1, 3), st.integers(0, 1)),
    order_now=orders_now,
    released=st.none() | st.builds(Released, needed=st.integers(1, 3), window_until=instants),
)
def test_followed_it_is_in_line_and_stays_so(before, order_now, released):
    after = plan.follow(before, order_now, NOW, released)

    assert plan.follow(after, order_now, NOW, released) == after
    live = [take for take in after.takes if take.state in LIVE]
    assert (after.state is OfferState.ENDED) == (after.end_reason != "")
    assert after.state is not OfferState.HELD or after.taken > 0
    assert after.state is not OfferState.OPEN or after.taken < after.needed
    assert after.state is not OfferState.ENDED or not live
    assert sum(take.is_lead for take in live) <= 1
    assert all(take.account_id == order_now.handler_id for take in live if take.is_lead)
    assert (after.state is OfferState.OPEN) or order_now.state is not State.OFFERED
    assert after.state is OfferState.ENDED or order_now.state not in ENDED
