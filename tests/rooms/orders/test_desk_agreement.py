"""List, export, map and counts read one filter alike: whatever it is, they agree on the set of orders."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as some

from backend.accounts.structs import Actor
from backend.orders.desk import (
    ClosedOutcome,
    DeskFilter,
    DeskTab,
    DueWhen,
    ended_orders,
    list_cells,
    list_for_export,
    search,
    view_desk,
)
from tests.makers.desk import AREAS, GRIDS, ITEMS, OTHER_TOWN, PLACES, SOURCES, make_dispatcher, make_many
from tests.makers.town import TOWN, SmallTown, make_town

NOW = datetime.now(UTC)
EVERYTHING = 200
days = some.integers(0, 110).map(lambda back: NOW.date() - timedelta(days=back))
texts = some.sampled_from(
    ("", "莲", "12", "ane 1", "YM", f"YM{NOW - timedelta(days=40):%y%m}", "YM26-1", "没有这里", *PLACES)
)


# Any filter: each field is asked for or not, whatever the others say. Unit and handler are the town's, by their place.
filters = some.fixed_dictionaries(
    {},
    optional={
        "tab": some.sampled_from((*DeskTab, *[DeskTab.ENDED] * len(DeskTab))),
        "due": some.sampled_from(DueWhen),
        "item": some.sampled_from(("A", "A1", *ITEMS)),
        "unit_id": some.sampled_from((0, 1)),
        "handler_id": some.sampled_from((0, 1)),
        "area": some.sampled_from(("31", "3101", "310115", TOWN, OTHER_TOWN, *AREAS)),
        "grid": some.sampled_from([grid for grid in GRIDS if grid]),
        "priority": some.sampled_from(("P1", "P2", "P3")),
        "source": some.sampled_from(SOURCES),
        "text": texts,
        "since": days,
        "until": days,
        "place_id": some.integers(1, 4),
        "closed_since": days,
        "closed_until": days,
        "outcome": some.sampled_from(ClosedOutcome),
    },
)


@dataclass
class Desk:
    town: SmallTown
    askers: list[Actor]

    def filter_of(self, said: dict[str, Any]) -> DeskFilter:
        units = (self.town.unit_id, self.town.unit_id + 999)
        people = [handler.account_id for handler in self.town.handlers]
        named = {"unit_id": units, "handler_id": people}
        return DeskFilter(**{field: named[field][value] if field in named else value for field, value in said.items()})


@pytest.fixture
async def desk(database: str) -> Desk:
    town = await make_town(NOW)
    await make_many(town, NOW, 90)
    return Desk(town, [await make_dispatcher("310115"), await make_dispatcher(TOWN)])


@pytest.fixture(params=[(20_000, 1_000), (3, 1)], ids=["few-orders-and-places", "many-orders-and-places"])
def _much(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """How many ended orders and places count as too many to look at all of them."""
    latest, places_most = request.param
    monkeypatch.setattr(ended_orders, "LATEST", latest)
    monkeypatch.setattr(search, "_PLACES_MAX", places_most)


@pytest.mark.usefixtures("_much")
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=filters, asker=some.integers(0, 1), batch=some.sampled_from((1, 7, 2_000)))
@example(said={"tab": DeskTab.ENDED, "since": NOW.date()}, asker=0, batch=7)
@example(said={"tab": DeskTab.ENDED, "text": "莲"}, asker=0, batch=7)
async def test_list_export_map_and_counts_agree_on_every_filter(
    desk: Desk, said: dict[str, Any], asker: int, batch: int
) -> None:
    await they_agree(desk.filter_of(said), desk.askers[asker], batch)


async def they_agree(wanted: DeskFilter, asker: Actor, batch: int) -> None:
    view = await view_desk(asker, wanted, NOW, limit=EVERYTHING)
    listed = {order.id for order in view.page.items}
    for common in (1, 10_000):
        exported = [order.id async for each in list_for_export(asker, wanted, NOW, batch, common) for order in each]
        assert sorted(exported) == sorted(listed), (wanted, common)
    cells = await list_cells(asker, wanted, NOW, most=EVERYTHING)
    assert sum(cell.count for cell in cells) == len(listed), wanted
    if not wanted.is_ended:
        assert view.counts.tabs[wanted.tab] == len(listed), wanted
    elif view.counts.is_exact:
        assert view.counts.ended == len(listed), wanted
    else:
        assert view.counts.ended is not None and view.counts.ended <= len(listed), wanted
