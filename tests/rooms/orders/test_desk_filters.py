"""The desk's filters, each alone and by twos, against the same filter in plain Python over orders drawn by a seed."""

from datetime import UTC, date, datetime, timedelta, timezone
from itertools import combinations

import pytest

from backend.orders.desk import ClosedOutcome, DeskFilter, DeskTab, DueWhen, ended_orders, view_desk
from tests.makers.desk import ENDED, OTHER_TOWN, Known, make_dispatcher, make_many
from tests.makers.town import COMMITTEE, TOWN, make_town

pytestmark = pytest.mark.usefixtures("database")
DISTRICT = "310115"
SHANGHAI = timezone(timedelta(hours=8))
EVERYTHING = 400


@pytest.fixture
def now() -> datetime:
    """Time left is measured by the database's clock."""
    return datetime.now(UTC)


@pytest.mark.parametrize("latest", [20_000, 3], ids=["all-are-latest", "most-are-older"])
async def test_every_filter_finds_what_it_says_alone_and_with_every_other(now, monkeypatch, latest):
    """With three latest, nearly all ended orders have to be found by their keys."""
    monkeypatch.setattr(ended_orders, "LATEST", latest)
    town = await make_town(now)
    orders = await make_many(town, now, 120)
    asker = await make_dispatcher(DISTRICT)

    wrong = []
    for chosen in [*combinations(_narrowings(town, now), 1), *combinations(_narrowings(town, now), 2)]:
        wanted = DeskFilter(**{field: value for field, value in chosen})
        view = await view_desk(asker, wanted, now, limit=EVERYTHING)
        expected = [order.id for order in _sorted(orders, wanted) if _fits(order, wanted, now)]
        if [order.id for order in view.page.items] != expected:
            wrong.append((chosen, len(view.page.items), len(expected)))

    assert wrong == []


async def test_the_tabs_count_all_open_orders_that_the_rest_of_the_filter_leaves(now):
    town = await make_town(now)
    orders = await make_many(town, now, 80)
    wanted = DeskFilter(item="A", due=DueWhen.OVERDUE)

    counts = (await view_desk(await make_dispatcher(DISTRICT), wanted, now)).counts

    for tab, count in counts.tabs.items():
        assert count == sum(_fits(order, DeskFilter(tab=tab, item="A", due=DueWhen.OVERDUE), now) for order in orders)
    for when, count in counts.due.items():
        assert count == sum(_fits(order, DeskFilter(item="A", due=when), now) for order in orders)
    assert counts.ended is None


async def test_ended_orders_are_counted_only_where_they_are_looked_at(now):
    town = await make_town(now)
    orders = await make_many(town, now, 60)

    counts = (await view_desk(await make_dispatcher(DISTRICT), DeskFilter(tab=DeskTab.ENDED), now)).counts

    assert counts.ended == sum(order.state in ENDED for order in orders)
    assert counts.is_exact


async def test_more_ended_orders_than_were_looked_through_are_a_lower_bound(now, monkeypatch):
    monkeypatch.setattr(ended_orders, "LATEST", 2)
    town = await make_town(now)
    await make_many(town, now, 60)

    counts = (await view_desk(await make_dispatcher(DISTRICT), DeskFilter(tab=DeskTab.ENDED), now)).counts

    assert (counts.ended, counts.is_exact) == (2, False)


@pytest.mark.parametrize("tab", [DeskTab.OPEN, DeskTab.ENDED])
async def test_a_number_is_found_whole_and_by_its_beginning(now, tab):
    town = await make_town(now)
    orders = await make_many(town, now, 60)
    asker = await make_dispatcher(DISTRICT)
    sought = next(order for order in orders if (order.state in ENDED) == (tab is DeskTab.ENDED))

    for text in (sought.number, sought.number.lower(), sought.number[:-1], sought.number[:8], sought.number[:6]):
        view = await view_desk(asker, DeskFilter(tab=tab, text=text), now, limit=EVERYTHING)

        assert sought.id in [order.id for order in view.page.items]
        assert all(order.number.startswith(text.upper()) for order in view.page.items)


@pytest.mark.parametrize("text", ["YM991399", "YM260230-1", "没有这个地方", "100%", "_", "'; DROP TABLE work_order"])
async def test_a_text_that_means_nothing_finds_nothing(now, text):
    town = await make_town(now)
    await make_many(town, now, 20)

    view = await view_desk(await make_dispatcher(DISTRICT), DeskFilter(text=text), now)

    assert view.page.items == []


async def test_a_text_that_many_places_carry_is_looked_for_order_by_order(now, monkeypatch):
    from backend.orders.desk import search

    monkeypatch.setattr(search, "_PLACES_MAX", 1)
    town = await make_town(now)
    orders = await make_many(town, now, 60)

    for tab in (DeskTab.OPEN, DeskTab.ENDED):
        wanted = DeskFilter(tab=tab, text="莲")
        view = await view_desk(await make_dispatcher(DISTRICT), wanted, now, limit=EVERYTHING)

        assert [order.id for order in view.page.items] == [
            order.id for order in _sorted(orders, wanted) if _fits(order, wanted, now)
        ]


def _narrowings(town, now) -> list[tuple[str, object]]:
    day = now.astimezone(SHANGHAI).date()
    return [
        *(("tab", tab) for tab in DeskTab),
        *(("due", when) for when in DueWhen),
        *(("item", item) for item in ("A", "A1", "A101")),
        *(("area", area) for area in (TOWN, COMMITTEE, OTHER_TOWN, "31")),
        ("unit_id", town.unit_id),
        ("handler_id", town.handlers[0].account_id),
        ("grid", f"{COMMITTEE}001"),
        ("priority", "P1"),
        ("source", "root_cause"),
        ("text", "莲"),
        ("since", day - timedelta(days=50)),
        ("until", day - timedelta(days=30)),
        ("place_id", town.place_id + 1),
        ("closed_since", day - timedelta(days=50)),
        ("closed_until", day - timedelta(days=30)),
        *(("outcome", outcome) for outcome in ClosedOutcome),
    ]


def _fits(order: Known, wanted: DeskFilter, now: datetime) -> bool:
    opened_on: date = order.opened_at.astimezone(SHANGHAI).date()
    return (
        _is_of(order, wanted.tab)
        and _is_due(order, wanted.due, now)
        and order.item.startswith(wanted.item)
        and order.area.startswith(wanted.area)
        and wanted.unit_id in (None, order.unit_id)
        and wanted.handler_id in (None, order.handler_id)
        and wanted.grid in ("", order.grid)
        and wanted.priority in ("", order.priority)
        and wanted.source in ("", order.source)
        and wanted.text in order.place
        and wanted.place_id in (None, order.place_id)
        and _is_closed_as(order, wanted)
        and (wanted.since is None or opened_on >= wanted.since)
        and (wanted.until is None or opened_on <= wanted.until)
    )


def _is_closed_as(order: Known, wanted: DeskFilter) -> bool:
    """Made orders are closed an hour after their opening, and due hours around now."""
    if not wanted.asks_for_closed:
        return True
    closed_on = (order.opened_at + timedelta(hours=1)).astimezone(SHANGHAI).date()
    return (
        order.state == "closed"
        and wanted.outcome is not ClosedOutcome.LATE
        and (wanted.closed_since is None or closed_on >= wanted.closed_since)
        and (wanted.closed_until is None or closed_on <= wanted.closed_until)
    )


def _is_of(order: Known, tab: DeskTab) -> bool:
    match tab:
        case DeskTab.ENDED:
            return order.state in ENDED
        case DeskTab.WAITING:
            return order.state in ("offered", "dispatched")
        case DeskTab.UNDER_WAY:
            return order.state in ("accepted", "on_site")
        case DeskTab.VERIFY:
            return order.state == "handled"
        case DeskTab.SUSPENDED:
            return order.state == "suspended"
        case DeskTab.DECISION:
            return order.asks
        case DeskTab.CENTRE:
            return order.unit_id is None and order.state not in ENDED
        case _:
            return order.state not in ENDED


def _is_due(order: Known, when: DueWhen | None, now: datetime) -> bool:
    if when is None:
        return True
    if order.due_at is None:
        return False
    if when is DueWhen.OVERDUE:
        return order.due_at < now
    return now <= order.due_at < now + timedelta(hours=1)


def _sorted(orders: list[Known], wanted: DeskFilter) -> list[Known]:
    if wanted.is_ended:
        return sorted(orders, key=lambda order: (order.opened_at, order.id), reverse=True)
    never = datetime.max.replace(tzinfo=UTC)
    return sorted(orders, key=lambda order: (order.due_at or never, order.id))
