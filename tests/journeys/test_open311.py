"""Two systems by Open311: an order that one sends on is an order of the other, and its end is seen by the first.

Both are this one, over its real wire: the one that sends on speaks with the endpoint of the one that it is itself.
"""

import httpx

from backend import clock, db
from backend.intake import jobs
from backend.intake.open311.client import peers, queries, sending_on
from backend.intake.open311.client.structs import PeerDraft, SendOn
from backend.intake.sources import classes
from backend.intake.sources.structs import ClassRow, SourceKind
from backend.orders import verbs as orders
from backend.orders.model.inputs import CheckInInput, Finish, Verify
from backend.orders.transitions.transition import TransitionContext
from tests.makers.intake import demo_seal, make_credential
from tests.makers.orders import make_order, make_photos
from tests.makers.town import TOWN, SmallTown, make_town
from tests.makers.worker import work


async def close(order_id: int, town: SmallTown) -> None:
    by = TransitionContext(actor=town.handlers[0], now=clock.now())
    await orders.accept(order_id, by)
    await orders.check_in(order_id, CheckInInput(code=town.code), by)
    before, after = await make_photos(town.handlers[0], 2)
    await orders.finish(order_id, Finish(before_photo_ids=[before], photo_ids=[after], note="已清理"), by)
    verifier = TransitionContext(actor=town.verifier, now=clock.now())
    await orders.verify(order_id, Verify(result="pass"), verifier)


async def test_an_order_that_is_sent_on_comes_to_its_end_there_and_both_sides_know(client, server_url, database):
    town = await make_town(clock.now())
    there = await make_credential(clock.now(), kind=SourceKind.OPEN311)
    here = (await make_credential(clock.now(), kind=SourceKind.OPEN311)).source
    await classes.set_classes(here.id, [ClassRow(class_code="A101", class_name="乱停放", item_code="A101")])
    draft = PeerDraft(source=here.name, url=f"{server_url}/open311/v2", jurisdiction_id=TOWN, form="xml")
    await peers.set_peer(draft, f"{there.source.name}.{there.key}", demo_seal(), clock.now())
    order_id = (await make_order(town, clock.now())).receipt.order_id

    await sending_on.send_on(order_id, SendOn(peer=here.name, words="请处理"), town.dispatcher, clock.now())
    await work(database)
    [shared] = await queries.list_of_order(order_id, town.dispatcher)
    sent = await db.fetchrow("SELECT id, number, opened_by_id, description FROM work_order WHERE id <> $1", order_id)
    assert (shared.state, shared.request_no) == ("there", sent["number"])
    assert sent["opened_by_id"] == there.source.account_id
    assert sent["description"].startswith("请处理")

    await close(sent["id"], town)
    await jobs.timed(clock.now)["intake.ask_open311"].run()
    await work(database)
    [shared] = await queries.list_of_order(order_id, town.dispatcher)
    assert shared.status == "closed"
    assert [each.status for each in shared.updates] == ["in_progress", "in_progress", "fixed", "closed"]
    assert "已清理" in [each.words for each in shared.updates]
    assert await db.fetchval("SELECT count(*) FROM work_order") == 2
    async with httpx.AsyncClient(base_url=server_url, timeout=60) as poll:
        [row] = (await poll.get(f"/open311/v2/requests/{sent['number']}.json")).json()
    assert (row["status"], row["description"]) == ("closed", None)
