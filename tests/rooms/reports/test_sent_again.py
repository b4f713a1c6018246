"""A key that comes twice: the same gets the first answer, another matter is refused and needs a key of its own."""

import pytest

from backend import db
from backend.orders import verbs as orders
from backend.orders.model.errors import KeyUsedBefore
from backend.orders.model.inputs import Return, ReturnReason, Verify
from backend.orders.transitions.transition import TransitionContext
from tests.makers.cases import make_join, make_neighbour
from tests.makers.orders import finish, make_accepted, make_handled, make_on_site, make_order, make_photos
from tests.makers.town import DOOR, make_town

pytestmark = pytest.mark.usefixtures("database", "photo_room")
ID = "client-0001"


async def _same_file_again(photo_id, owner):
    """The photo uploaded a second time: another id, the same bytes."""
    return await db.fetchval(
        """INSERT INTO photo (owner_id, sha256, media_type, width, height, size_bytes, original_key, phash, phash_inner,
               phash_core)
           SELECT owner_id, sha256, media_type, width, height, size_bytes, gen_random_uuid()::text, phash, phash_inner,
               phash_core FROM photo WHERE id = $1 AND owner_id = $2 RETURNING id""",
        photo_id,
        owner.account_id,
    )


async def test_a_report_that_is_sent_again_gets_its_first_number(now):
    town = await make_town(now)
    photos = await make_photos(town.resident)
    first = await make_order(town, now, idempotency_key=ID, photo_ids=photos)
    uploaded_anew = [await _same_file_again(photos[0], town.resident)]

    for again in (photos, uploaded_anew):
        receipt = await make_order(town, now, idempotency_key=ID, photo_ids=again, captured_at=now)
        assert receipt.receipt == first.receipt
        assert not receipt.is_new


@pytest.mark.parametrize("other", [{"item": "A102"}, {"description": "两辆"}, {"photo_ids": None}, {"code": None}])
async def test_another_report_under_a_spent_id_is_refused_and_not_swallowed(now, other):
    town = await make_town(now)
    photos = await make_photos(town.resident)
    await make_order(town, now, idempotency_key=ID, photo_ids=photos)
    changed = {"photo_ids": photos} | other
    if "code" in other:
        changed["point"] = {"lng": DOOR.lng, "lat": DOOR.lat}
    if changed["photo_ids"] is None:
        changed["photo_ids"] = await make_photos(town.resident)

    with pytest.raises(KeyUsedBefore) as refused:
        await make_order(town, now, idempotency_key=ID, **_read(changed))

    assert refused.value.status == 409
    assert await db.fetchval("SELECT count(*) FROM work_order") == 1


async def test_a_report_from_before_there_were_prints_keeps_its_id(now):
    town = await make_town(now)
    first = await make_order(town, now, idempotency_key=ID)
    await db.execute("UPDATE report SET key_print = NULL")

    again = await make_order(town, now, idempotency_key=ID, description="两辆")

    assert again.receipt == first.receipt


async def test_joining_another_order_under_a_spent_id_is_refused(now):
    town, neighbour = await make_town(now), await make_neighbour()
    one, two = [(await make_order(town, now)).receipt.order_id for _ in range(2)]
    first = await make_join(town, one, neighbour, now, idempotency_key=ID)

    again = await make_join(town, one, neighbour, now, idempotency_key=ID)
    with pytest.raises(KeyUsedBefore):
        await make_join(town, two, neighbour, now, idempotency_key=ID)

    assert again.receipt == first.receipt


async def test_a_move_under_a_spent_key_with_other_words_is_refused_and_the_same_is_answered(now):
    town = await make_town(now)
    order_id = await make_handled(town, now)
    tap = TransitionContext(actor=town.verifier, now=now, idempotency_key="verdict-0001")
    await orders.verify(order_id, Verify(result="fail", note="没做完"), tap)

    await orders.verify(order_id, Verify(result="fail", note="没做完"), tap)
    with pytest.raises(KeyUsedBefore):
        await orders.verify(order_id, Verify(result="fail", note="路面没恢复"), tap)

    assert await db.fetchval("SELECT array_agg(note) FROM order_step WHERE move = 'rework'") == ["没做完"]


async def test_other_photos_under_a_spent_key_are_another_result(now):
    town = await make_town(now)
    order_id, handler = await make_on_site(town, now), town.handlers[0]
    photos = await make_photos(handler, 2)
    await finish(order_id, handler, now, key="finish-0001", photos=photos)

    await finish(
        order_id, handler, now, key="finish-0001", photos=[await _same_file_again(id, handler) for id in photos]
    )
    with pytest.raises(KeyUsedBefore):
        await finish(order_id, handler, now, key="finish-0001")


async def test_a_tap_that_is_tried_again_may_be_measured_and_timed_anew(now):
    town = await make_town(now)
    order_id = await make_accepted(town, now)
    returned = Return(reason=ReturnReason.NOT_OURS)

    for captured_at in (None, now):
        tap = TransitionContext(actor=town.handlers[0], now=now, idempotency_key="return-0001", captured_at=captured_at)
        await orders.give_back(order_id, returned, tap)

    assert await db.fetchval("SELECT count(*) FROM order_step WHERE move = 'return'") == 1


def _read(changed):
    from msgspec import convert

    from backend.geo.points import Fix

    return changed | ({"point": convert(changed["point"], Fix)} if "point" in changed else {})
