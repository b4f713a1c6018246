"""Twenty hands, one winner, on real connections."""

import asyncio

from backend import db
from backend.orders import verbs as orders
from backend.orders.model.errors import MoveForbidden
from backend.orders.transitions.transition import TransitionContext
from tests.makers.orders import make_order, make_photos
from tests.makers.town import make_town


async def test_of_twenty_handlers_who_accept_at_once_one_wins(database, now):
    town = await make_town(now, handlers=20)
    order_id = (await make_order(town, now)).receipt.order_id

    outcomes = await asyncio.gather(
        *(orders.accept(order_id, TransitionContext(actor=handler, now=now)) for handler in town.handlers),
        return_exceptions=True,
    )

    winner = await db.fetchval("SELECT handler_id FROM work_order WHERE id = $1", order_id)
    refused = [outcome for outcome in outcomes if isinstance(outcome, MoveForbidden)]
    assert outcomes.count(None) == 1
    assert len(refused) == 19
    winner_name = next(handler.name for handler in town.handlers if handler.account_id == winner)
    assert {error.extra["changed_by"] for error in refused} == {winner_name}
    assert await db.fetchval("SELECT count(*) FROM order_step WHERE order_id = $1", order_id) == 2


async def test_of_twenty_sendings_of_one_report_one_opens_an_order(database, now):
    town = await make_town(now)
    photos = await make_photos(town.resident)

    receipts = await asyncio.gather(
        *(make_order(town, now, idempotency_key="client-0001", photo_ids=photos) for _ in range(20))
    )

    assert sum(receipt.is_new for receipt in receipts) == 1
    assert len({receipt.receipt.number for receipt in receipts}) == 1
    assert await db.fetchval("SELECT count(*) FROM work_order") == 1
