"""The whole way: what a volunteer grabs and finishes gives hours to confirm, and points once it is verified."""

from datetime import timedelta

from backend.duty import service as duty
from backend.orders import verbs as orders
from backend.orders.model.inputs import CheckInInput, Finish, Verify
from grab_orders.ledgers.auditing import audit
from grab_orders.ledgers.hours import listing
from grab_orders.ledgers.queries import hours_of, list_points, points_of
from grab_orders.ledgers.structs import PointsOutcome
from grab_orders.offers.structs import Hours
from tests.makers.orders import make_photos
from tests.makers.pool import BINS, grab, make_offer, make_pool_town, order_of_offer, taps
from tests.makers.town import COMMITTEE
from tests.makers.volunteers import make_committee_member, make_volunteer
from tests.makers.worker import deliver

MINUTE = timedelta(minutes=1)


async def test_from_the_grab_to_hours_and_points(database, now):
    town, _ = await make_pool_town(now, volunteers=0)
    who = await make_volunteer(now)
    await duty.go_on_call(who, COMMITTEE, now)
    offer_id = await make_offer(town, now, item=BINS)
    promised = (await grab(offer_id, who, now)).points
    order_id = (await order_of_offer(offer_id))["id"]
    await orders.check_in(order_id, CheckInInput(code=town.code), taps(who, now + 10 * MINUTE))
    before, after, other, again = await make_photos(who, 4)
    evidence = Finish(before_photo_ids=[before], photo_ids=[after])
    await orders.finish(order_id, evidence, taps(who, now + 40 * MINUTE))
    await deliver()
    waiting = await hours_of(who.account_id), (await points_of(who.account_id)).balance
    await orders.verify(order_id, Verify(result="fail", note="没有清干净"), taps(town.verifier, now + 50 * MINUTE))
    await orders.check_in(order_id, CheckInInput(code=town.code), taps(who, now + 60 * MINUTE))
    evidence = Finish(before_photo_ids=[other], photo_ids=[again])
    await orders.finish(order_id, evidence, taps(who, now + 75 * MINUTE))
    await orders.verify(order_id, Verify(result="pass"), taps(town.verifier, now + 80 * MINUTE))
    await deliver()
    [line] = (await list_points(who.account_id, limit=5)).items
    anew, entry = (await listing.list_of_committees(await make_committee_member(), waiting=True, limit=5)).items

    assert waiting == (Hours(pending=0.5), 0)
    assert (line.outcome, line.points, line.full_points) == (PointsOutcome.COUNTED, promised, promised)
    assert (entry.order_id, entry.minutes, entry.masked_name) == (order_id, 30, "王**")
    assert (anew.order_id, anew.minutes) == (order_id, 15), "the rework is told of once, although nobody looked between"
    assert (await audit()).different == 0
