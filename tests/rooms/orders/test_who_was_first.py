"""A move that the state forbids says who brought the order there, as far as the reader may know them."""

from datetime import timedelta

import pytest

from backend.accounts.structs import Role
from backend.orders import reads
from backend.orders import verbs as orders
from backend.orders.cases.followers import Joining
from backend.orders.model.errors import MoveForbidden
from backend.orders.model.inputs import Verify
from backend.orders.transitions.transition import TransitionContext
from backend.orders.verifying.closing import as_reporter
from tests.makers.accounts import make_staff
from tests.makers.orders import make_accepted, make_order
from tests.makers.refusals import en, zh
from tests.makers.town import make_town

pytestmark = pytest.mark.usefixtures("database", "photo_room")


async def test_whoever_only_urged_the_order_was_not_first(now):
    town = await make_town(now)
    order_id = await make_accepted(town, now)
    await orders.urge(order_id, "", TransitionContext(actor=town.dispatcher, now=now + timedelta(minutes=1)))

    with pytest.raises(MoveForbidden) as refused:
        await orders.accept(order_id, TransitionContext(actor=town.handlers[1], now=now + timedelta(minutes=2)))

    assert refused.value.extra["changed_by"] == town.handlers[0].name
    assert refused.value.extra["changed_at"] == now


async def test_a_reporter_is_not_named_to_the_staff(now):
    town = await make_town(now)
    order_id = (await make_order(town, now)).receipt.order_id

    with pytest.raises(MoveForbidden) as refused:
        await orders.verify(order_id, Verify(result="pass"), TransitionContext(actor=town.verifier, now=now))

    assert zh(refused.value) == "工单现在待接单,不能这样操作"
    assert en(refused.value) == "Not while the order is dispatched"
    assert refused.value.extra["changed_by"] == ""
    assert refused.value.extra["changed_by_role"] == "resident"


async def test_a_handler_is_not_named_to_the_reporter(now):
    town = await make_town(now)
    order_id = await make_accepted(town, now)

    with pytest.raises(MoveForbidden) as refused:
        await orders.reopen(
            order_id, "nothing", TransitionContext(actor=as_reporter(town.resident.account_id), now=now)
        )

    assert refused.value.extra["changed_by"] == f"{town.handlers[0].name[0]}*"


async def test_a_later_reporter_who_urges_is_not_named_in_the_story(now):
    town = await make_town(now)
    order_id = (await make_order(town, now)).receipt.order_id
    neighbour = await make_staff(Role.RESIDENT, name="李四")
    await orders.join(order_id, Joining(closed_since=now), TransitionContext(actor=neighbour, now=now))
    await orders.urge(order_id, "", TransitionContext(actor=as_reporter(neighbour.account_id), now=now))

    story = await reads.get_order(order_id, town.dispatcher, now)

    assert [(step.move, step.actor_name) for step in story.steps[-2:]] == [("join", ""), ("urge", "")]
