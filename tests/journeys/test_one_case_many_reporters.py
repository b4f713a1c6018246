"""A neighbour joins, the desk merges a third report: all three find every stage in their inbox, once each."""

from backend import db
from backend.orders import verbs as orders
from backend.orders.transitions.transition import TransitionContext
from push import queries
from tests.makers.cases import make_join, make_neighbour, merge
from tests.makers.orders import make_order
from tests.makers.town import make_town
from tests.makers.worker import work


async def kinds(account_id: int) -> list[str]:
    return sorted(message.kind for message in (await queries.list_messages(account_id, limit=50)).items)


async def test_all_who_reported_one_case_are_told_how_it_goes_on(database, now):
    town, neighbour = await make_town(now), await make_neighbour()
    first = (await make_order(town, now)).receipt.order_id
    second = (await make_order(town, now)).receipt.order_id
    third = await make_neighbour("路人")
    await make_join(town, first, neighbour, now)
    await make_join(town, second, third, now)
    await merge(town, second, first, now)
    await orders.accept(first, TransitionContext(actor=town.handlers[0], now=now))

    await work(database)
    await work(database)

    assert await kinds(neighbour.account_id) == ["OrderAccepted"]
    assert await kinds(third.account_id) == ["OrderAccepted", "OrderMerged"]
    assert await kinds(town.resident.account_id) == ["OrderAccepted", "OrderMerged"]


async def test_the_third_report_of_a_class_opens_an_order_for_the_street_by_itself(database, now):
    town = await make_town(now)
    for item in ("A201", "A202", "A201", "A202"):
        await make_order(town, now, item=item)

    await work(database)

    assert await db.fetchval("SELECT count(*) FROM work_order WHERE source_kind = 'root_cause'") == 1
