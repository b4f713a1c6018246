"""A shop asks for something, is told that it is done, says that it is not, and in the end that it is."""

from collections import Counter

from backend import clock, db
from backend.orders import verbs as orders
from backend.orders.model.inputs import CheckInInput
from backend.orders.transitions.transition import TransitionContext
from push import queries as inbox
from tests.makers.orders import finish, make_handled, verified_by
from tests.makers.town import make_town
from tests.makers.worker import work


async def kinds(account_id: int) -> Counter[str]:
    return Counter(message.kind for message in (await inbox.list_messages(account_id, limit=50)).items)


async def test_a_merchant_disputes_and_then_confirms_by_the_link(client, database):
    town = await make_town(clock.now())
    async with verified_by("merchant_confirm"):
        order_id = await make_handled(town, clock.now())
        token = await db.fetchval("SELECT tracking_token FROM report WHERE order_id = $1", order_id)
        link = f"/api/v1/tracking/{token}"
        asked = (await client.get(link)).json()

        empty = await client.post(f"{link}/dispute", json={"reason": ""})
        disputed = (await client.post(f"{link}/dispute", json={"reason": "还剩两袋"})).json()
        by = TransitionContext(actor=town.handlers[0], now=clock.now())
        await orders.check_in(order_id, CheckInInput(code=town.code), by)
        await finish(order_id, town.handlers[0], clock.now())
        confirmed = (await client.post(f"{link}/confirm", headers={"idempotency-key": "tap-00000001"})).json()
        again = await client.post(f"{link}/confirm", headers={"idempotency-key": "tap-00000001"})
        too_late = await client.post(f"{link}/dispute", json={"reason": "x"})

    await work(database)
    assert (asked["may_confirm"], asked["confirm_by"] is not None) == (True, True)
    assert empty.status_code == 400
    assert (disputed["state"], disputed["rework_count"], disputed["may_confirm"]) == ("accepted", 1, False)
    assert (confirmed["state"], confirmed["may_rate"], again.status_code) == ("closed", True, 200)
    assert too_late.status_code == 409
    told = await kinds(town.resident.account_id)
    assert (told["ConfirmationAsked"], told["OrderClosed"]) == (2, 0)
    of_handler = await kinds(town.handlers[0].account_id)
    assert (of_handler["OrderSentBack"], of_handler["OrderClosed"]) == (1, 1)
    assert await kinds(town.verifier.account_id) == Counter()


async def test_a_link_that_nobody_knows_confirms_nothing(client):
    assert (await client.post("/api/v1/tracking/nobody-s-link/confirm")).status_code == 404
