"""Photos of a disputed order are let go by a person, within the own area, by the order's number."""

import pytest

from backend import db
from backend.accounts.structs import Role
from backend.orders import verbs as orders
from backend.orders.model.errors import OrderNotFound
from backend.orders.transitions.transition import TransitionContext
from backend.orders.verifying.closing import as_reporter
from tests.makers.orders import make_closed
from tests.makers.town import TOWN, make_actor, make_town

pytestmark = pytest.mark.usefixtures("database")
HELD = "SELECT count(*) FROM photo WHERE hold_reason IS NOT NULL"


async def make_disputed(now) -> tuple[str, int]:
    """The number of a reopened order, and its handler."""
    town = await make_town(now)
    order_id = await make_closed(town, now)
    await orders.reopen(order_id, "还在", TransitionContext(actor=as_reporter(town.resident.account_id), now=now))
    return await db.fetchval("SELECT number FROM work_order WHERE id = $1", order_id), order_id


async def test_whoever_keeps_the_evidence_lets_it_go_and_the_log_names_them(now):
    number, _ = await make_disputed(now)
    keeper = await make_actor("街镇管理员", Role.STREET_ADMIN, TOWN)

    assert await orders.release_photos(number, keeper, now) == 3

    assert await db.fetchval(HELD) == 0
    acts = await db.fetch("SELECT DISTINCT account_id FROM photo_act WHERE act = 'let_go'")
    assert [act["account_id"] for act in acts] == [keeper.account_id]


@pytest.mark.parametrize(
    ("role", "area", "refused"),
    [(Role.STREET_ADMIN, "310104003", OrderNotFound), (Role.HANDLER, TOWN, OrderNotFound)],
)
async def test_nobody_else_does(now, role, area, refused):
    number, _ = await make_disputed(now)

    with pytest.raises(refused):
        await orders.release_photos(number, await make_actor("别人", role, area), now)

    assert await db.fetchval(HELD) == 3


async def test_a_number_that_is_none_is_not_found(now):
    keeper = await make_actor("街镇管理员", Role.STREET_ADMIN, TOWN)

    with pytest.raises(OrderNotFound):
        await orders.release_photos("YM000000-000000", keeper, now)
