"""Orders that begin anew or change hands go to whoever duty names, and never to nobody."""

from datetime import timedelta

import msgspec
import pytest

from backend import db
from backend.accounts.structs import Role
from backend.duty import service as duty
from backend.orders import verbs as orders
from backend.orders.assignment.errors import UnitEmpty
from backend.orders.assignment.passing_on import pass_on_unaccepted
from backend.orders.model.inputs import Reassign, Return, ReturnReason, SelfHandled
from backend.orders.transitions.transition import TransitionContext
from backend.orders.verifying.closing import as_reporter
from backend.reports import service as reports
from backend.reports.structs import Submission
from tests.makers.duty import make_handler, name, open_order, order_of, put_on_duty
from tests.makers.orders import make_closed, make_photos
from tests.makers.town import TOWN, make_actor, make_town, make_unit

pytestmark = pytest.mark.usefixtures("database")
HOUR = timedelta(hours=1)


async def owner(order_id):
    order = await order_of(order_id)
    return order["unit_id"], order["handler_id"]


async def remembered(order_id, move):
    text = await db.fetchval(
        "SELECT detail::text FROM order_step WHERE order_id = $1 AND move = $2 ORDER BY id DESC LIMIT 1", order_id, move
    )
    return msgspec.json.decode(text)


async def test_a_reopened_order_goes_to_whoever_is_on_duty_now(now):
    town = await make_town(now)
    order_id = await make_closed(town, now)
    first, second = town.handlers
    await duty.end_shift(first.account_id, now + HOUR)
    await put_on_duty(second, now + 2 * HOUR)

    reporter = as_reporter(town.resident.account_id)
    await orders.reopen(order_id, "还在", TransitionContext(actor=reporter, now=now + 2 * HOUR))

    assert await owner(order_id) == (town.unit_id, second.account_id)


async def test_what_an_inspector_fixed_and_is_reopened_goes_to_the_unit_and_not_to_the_inspector(now):
    town = await make_town(now)
    inspector = await make_actor("网格员", Role.INSPECTOR, TOWN)
    (seen,) = await make_photos(inspector)
    report = Submission(idempotency_key="client-0009", code=town.code, item="A101", photo_ids=[seen])
    order_id = (await reports.submit(report, inspector, base_url="http://x", now=now)).receipt.order_id
    before, after = await make_photos(inspector, 2)
    fixed = SelfHandled(before_photo_ids=[before], after_photo_ids=[after])
    await orders.self_handle(order_id, fixed, TransitionContext(actor=inspector, now=now))

    await orders.reopen(order_id, "还在", TransitionContext(actor=as_reporter(inspector.account_id), now=now + HOUR))

    assert await owner(order_id) == (town.unit_id, town.handlers[0].account_id)


async def test_a_unit_that_the_desk_chooses_has_its_pool_even_while_nobody_is_on_duty(now):
    town = await make_town(now)
    other = await make_unit("sanitation")
    await put_on_duty(await make_handler(other), now, hours=9, until=now - HOUR)
    order_id = (await open_order(now)).order_id

    await orders.reassign(
        order_id, Reassign(unit_id=other, reason="保洁"), TransitionContext(actor=town.dispatcher, now=now)
    )

    assert await owner(order_id) == (other, None)


async def test_an_order_is_not_reassigned_to_a_unit_that_has_nobody_there(now):
    town = await make_town(now)
    empty = await make_unit("sanitation")
    await make_handler(empty, area="310104003")
    order_id = (await open_order(now)).order_id
    before = await order_of(order_id)

    with pytest.raises(UnitEmpty):
        await orders.reassign(
            order_id, Reassign(unit_id=empty, reason="保洁"), TransitionContext(actor=town.dispatcher, now=now)
        )

    assert await order_of(order_id) == before


async def test_a_person_whom_the_desk_names_is_no_named_duty(now):
    town = await make_town(now)
    order_id = (await open_order(now)).order_id
    to = Reassign(unit_id=town.unit_id, handler_id=town.handlers[1].account_id, reason="就近")

    await orders.reassign(order_id, to, TransitionContext(actor=town.dispatcher, now=now))

    assert await remembered(order_id, "reassign") == {
        "from_unit": town.unit_id,
        "to_unit": town.unit_id,
        "to_handler": town.handlers[1].account_id,
    }


async def test_whoever_supervises_an_order_sees_it_through(now):
    town = await make_town(now)
    district = await make_unit("chengguan_patrol", TOWN[:6])
    other = await make_handler(district)
    await name(town.unit_id, town.handlers[0], item_code="A101", area_code=TOWN, supervisor=town.dispatcher)
    await name(district, other, item_code="A101", area_code=TOWN, supervisor=town.verifier)
    order_id = (await open_order(now)).order_id

    await pass_on_unaccepted(now + HOUR)

    order = await order_of(order_id)
    assert (order["handler_id"], order["supervisor_id"]) == (other.account_id, town.dispatcher.account_id)


async def test_a_returned_order_passes_over_a_unit_where_nobody_is(now):
    town = await make_town(now)
    await make_unit("chengguan_patrol", TOWN[:6])
    order_id = (await open_order(now)).order_id

    by = TransitionContext(actor=town.handlers[0], now=now)
    await orders.give_back(order_id, Return(reason=ReturnReason.NOT_OURS), by)

    assert await owner(order_id) == (None, None)
    assert (await remembered(order_id, "return"))["strength"] == "centre"
