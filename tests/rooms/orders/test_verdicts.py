"""What reporters say of the result: each for himself or herself, the first one's decides, and each round anew."""

from datetime import timedelta

import asyncpg
import pytest

from backend import db
from backend.accounts.structs import Actor
from backend.orders import verbs as orders
from backend.orders.desk import list_calls
from backend.orders.model.errors import NotYours, ObjectedBefore
from backend.orders.model.inputs import Called, CallResult, CheckInInput, Verify
from backend.orders.transitions.transition import TransitionContext
from backend.orders.verifying.errors import AlreadyRated
from backend.reports import queries
from backend.reports import service as reports
from backend.reports.structs import Rating
from tests.makers.cases import make_join, make_neighbour
from tests.makers.orders import finish, make_closed, state_of
from tests.makers.town import SmallTown, make_town

pytestmark = pytest.mark.usefixtures("client")


@pytest.fixture
async def town(now) -> SmallTown:
    return await make_town(now)


@pytest.fixture
async def neighbour() -> Actor:
    return await make_neighbour()


@pytest.fixture
async def links(town, neighbour, now) -> tuple[str, str]:
    """The links of the first reporter and of one who joined with the door's public code, of a closed order."""
    order_id = await make_closed(town, now)
    first = await db.fetchval("SELECT tracking_token FROM report WHERE order_id = $1", order_id)
    return first, (await make_join(town, order_id, neighbour, now)).receipt.tracking_token


async def order_of(link: str) -> int:
    return (await queries.get_tracked(link))[0]


async def rate(link: str, score: int, now) -> None:
    await reports.rate(link, Rating(score=score, comment=f"rated {score}"), idempotency_key=None, now=now)


async def close_again(town: SmallTown, order_id: int, now) -> None:
    handler = TransitionContext(actor=town.handlers[0], now=now)
    await orders.accept(order_id, handler)
    await orders.check_in(order_id, CheckInInput(code=town.code), handler)
    await finish(order_id, town.handlers[0], now)
    await orders.verify(order_id, Verify(result="pass"), TransitionContext(actor=town.verifier, now=now))


async def test_a_stranger_who_joined_takes_nobodys_rating(links, town, now):
    first, later = links

    await rate(later, 1, now)

    assert (await list_calls(town.dispatcher, done=False, limit=9)).items == []
    assert await db.fetchval("SELECT rating FROM work_order WHERE id = $1", await order_of(first)) is None
    assert (await queries.get_tracking(first, now)).may_rate
    await rate(first, 2, now)
    assert [(each.rating, each.comment) for each in (await list_calls(town.dispatcher, done=False, limit=9)).items] == [
        (2, "rated 2")
    ]
    assert [(await queries.get_tracking(link, now)).rating for link in links] == [2, 1]


async def test_the_same_person_rates_once_in_a_round(links, now):
    for link in links:
        await rate(link, 4, now)
        with pytest.raises(AlreadyRated):
            await rate(link, 5, now)


async def test_a_stranger_who_joined_reopens_nothing_and_leaves_the_first_reporter_the_word(links, neighbour, now):
    first, later = links
    order_id = await order_of(first)

    await reports.reopen(later, "still there", idempotency_key=None, now=now)

    assert await state_of(order_id) == "closed"
    told = await db.fetchrow("SELECT name, body::jsonb ->> 'reason' AS reason FROM event_log ORDER BY id DESC LIMIT 1")
    assert tuple(told) == ("OrderObjected", "still there")
    with pytest.raises(ObjectedBefore):
        await reports.reopen(later, "and again", idempotency_key=None, now=now)
    with pytest.raises(NotYours):
        await orders.reopen(order_id, "let me", TransitionContext(actor=neighbour, now=now))
    assert (await queries.get_tracking(first, now)).may_reopen
    await reports.reopen(first, "not solved", idempotency_key=None, now=now)
    assert await state_of(order_id) == "dispatched"


async def test_after_a_reopening_everybody_may_rate_again_and_the_call_back_list_asks_again(links, town, now):
    first, later = links
    order_id = await order_of(first)
    for link in links:
        await rate(link, 1, now)
    called = Called(result=CallResult.UNSATISFIED)
    await orders.record_call(order_id, called, TransitionContext(actor=town.dispatcher, now=now))
    await reports.reopen(first, "not solved", idempotency_key=None, now=now)
    assert await db.fetchval("SELECT rating FROM work_order WHERE id = $1", order_id) is None

    await close_again(town, order_id, now + timedelta(hours=1))

    for link, score in ((first, 2), (later, 5)):
        assert (await queries.get_tracking(link, now)).may_rate
        await rate(link, score, now + timedelta(hours=2))
    (call,) = (await list_calls(town.dispatcher, done=False, limit=9)).items
    assert (call.rating, call.result) == (2, None)
    assert await db.fetchval("SELECT rating FROM work_order WHERE id = $1", order_id) == 2


async def test_the_database_keeps_one_verdict_of_a_kind_for_a_reporter_and_round(links, now):
    await rate(links[0], 3, now)

    with pytest.raises(asyncpg.UniqueViolationError, match="order_verdict_once"):
        await db.execute(
            """INSERT INTO order_verdict (order_id, account_id, round, kind, score, step_id)
               SELECT order_id, account_id, round, kind, score, (SELECT min(id) FROM order_step) FROM order_verdict"""
        )
