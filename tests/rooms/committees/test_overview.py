"""Overviews: each figure is the list that its filter gives, and nobody reads beyond their own areas."""

from datetime import UTC, datetime, timedelta
from statistics import median, quantiles

import pytest

from backend import db
from backend.accounts.structs import Role
from backend.committees.overview import queries
from backend.committees.overview.errors import OverviewMissing
from backend.committees.overview.structs import Figure, FigureName, Level, Overview, Vitals
from backend.orders.desk import view_desk
from tests.makers.accounts import make_device, make_staff
from tests.makers.desk import OTHER_TOWN, make_many
from tests.makers.places import make_area
from tests.makers.statements import count_statements
from tests.makers.town import COMMITTEE, TOWN, make_actor, make_town

NOW = datetime.now(UTC)
DISTRICT = TOWN[:6]
EVERYTHING = 1000
MEASURED = (FigureName.ON_TIME, FigureName.P50, FigureName.P90)
# Three weeks of orders, every second one closed: after an hour to five, two hours were given.
_CLOSE = (
    "UPDATE work_order SET state = 'closed', closed_at = now() WHERE id % 2 = 0 AND state IN ('accepted', 'handled')"
)
_LATELY = """
    UPDATE work_order SET opened_at = $1::timestamptz - interval '1 hour' - id * interval '5 hours',
        closed_at = CASE WHEN state = 'closed'
            THEN least($1, $1::timestamptz + (id % 5 - id * 5) * interval '1 hour') END,
        resolve_by = CASE WHEN state = 'closed' THEN $1::timestamptz - id * interval '5 hours' + interval '1 hour'
            ELSE resolve_by END
"""


@pytest.fixture
async def _orders(database):
    town = await make_town(NOW)
    await make_area(OTHER_TOWN, name="另一街道")
    await make_many(town, NOW, 110, seed=7)
    await db.execute(_CLOSE)
    await db.execute(_LATELY, NOW)


def every_figure(overview: Overview) -> list[tuple[str, FigureName, Figure]]:
    def of(name: str, vitals: Vitals) -> list[tuple[str, FigureName, Figure]]:
        return [(name, figure_name, figure) for figure_name, figure in vitals.items()]

    found = of("total", overview.total)
    for area in overview.areas:
        found += of(area.code, area.figures)
    for item in overview.items:
        found += of(item.code, item.figures)
    for place in overview.places:
        found += of(place.label, place.figures)
    return found


@pytest.mark.usefixtures("_orders")
@pytest.mark.parametrize(
    ("area", "level", "children"),
    [
        (DISTRICT, Level.DISTRICT, {TOWN, OTHER_TOWN}),
        (TOWN, Level.TOWN, {COMMITTEE, f"{TOWN}002", TOWN}),
        (COMMITTEE, Level.COMMITTEE, set()),
    ],
)
async def test_each_figure_is_the_list_that_it_leads_to(area, level, children):
    reader = await make_actor("看总览", Role.DISTRICT_ADMIN if level is Level.DISTRICT else Role.COMMITTEE, area)

    overview = await queries.view_overview(area, reader, NOW)

    wrong, looked_at = [], 0
    for number, (where, name, figure) in enumerate(every_figure(overview)):
        if figure.orders is None or not (figure.value or figure.n or number % 5 == 0):
            continue
        listed = (await view_desk(reader, figure.orders, NOW, limit=EVERYTHING)).page.items
        looked_at += bool(listed)
        if len(listed) != (figure.n if name in MEASURED else figure.value):
            wrong.append((where, name, figure, len(listed)))
    assert wrong == []
    assert looked_at > 20
    assert (overview.level, {each.code for each in overview.areas}) == (level, children)
    assert [each.code for each in overview.areas if each.is_rest] == ([TOWN] if level is Level.TOWN else [])


@pytest.mark.usefixtures("_orders")
async def test_shares_and_times_are_those_of_the_orders_closed_in_each_week():
    reader = await make_actor("看总览", Role.DISTRICT_ADMIN, DISTRICT)
    overview = await queries.view_overview(DISTRICT, reader, NOW)
    rows = await db.fetch(
        "SELECT (closed_at AT TIME ZONE 'Asia/Shanghai')::date AS day, closed_at <= resolve_by AS is_on_time,"
        " extract(epoch FROM closed_at - opened_at)::float8 / 60 AS took FROM work_order WHERE state = 'closed'"
    )
    week = [row for row in rows if row["day"] >= overview.week_first]
    before = [row for row in rows if timedelta(0) < overview.week_first - row["day"] <= timedelta(days=7)]

    total = overview.total
    on_time, p50 = total[FigureName.ON_TIME], total[FigureName.P50]

    def share(of):
        return sum(row["is_on_time"] for row in of) / len(of)

    assert 0 < share(week) < 1
    assert (on_time.value, on_time.n) == (share(week), len(week))
    assert (on_time.before, on_time.n_before) == (share(before), len(before))
    assert p50.value == pytest.approx(median(row["took"] for row in week))
    assert p50.before == pytest.approx(median(row["took"] for row in before))
    nine_tenths = quantiles((row["took"] for row in week), n=10, method="inclusive")[-1]
    assert total[FigureName.P90].value == pytest.approx(nine_tenths)


@pytest.mark.usefixtures("_orders")
async def test_the_parts_add_up_to_the_whole():
    overview = await queries.view_overview(TOWN, await make_actor("街镇", Role.STREET_ADMIN, TOWN), NOW)

    for name in (FigureName.OPEN, FigureName.OVERDUE, FigureName.NEW, FigureName.CLOSED):
        whole = overview.total[name].value
        assert sum(each.figures[name].value or 0 for each in overview.areas) == whole
        assert sum(each.figures[name].value or 0 for each in overview.items) == whole
    frequency = [each.figures[FigureName.NEW].value for each in overview.items]
    assert frequency == sorted(frequency, reverse=True)


async def test_an_area_without_orders_has_nothing_to_measure(database):
    await make_town(NOW)
    overview = await queries.view_overview(COMMITTEE, await make_staff(Role.COMMITTEE, area=COMMITTEE), NOW)

    assert overview.total[FigureName.OPEN].value == 0
    assert (overview.total[FigureName.ON_TIME].value, overview.total[FigureName.ON_TIME].n) == (None, 0)
    assert overview.total[FigureName.COVERAGE].value is None
    assert (overview.name, overview.items, overview.places) == ("第一居委", [], [])


async def test_nobody_reads_the_overview_of_another_area_or_of_one_above(database):
    await make_town(NOW)
    member, town = await make_staff(Role.COMMITTEE, area=COMMITTEE), await make_staff(Role.STREET_ADMIN, area=TOWN)
    handler, device = await make_staff(Role.HANDLER, area=TOWN), await make_device()

    for actor, area in (
        *((member, TOWN), (member, f"{TOWN}002"), (member, DISTRICT), (town, DISTRICT), (town, OTHER_TOWN)),
        *((town, f"{COMMITTEE}001"), (handler, TOWN), (device, None), (handler, None)),
    ):
        with pytest.raises(OverviewMissing):
            queries.require_area(actor, area)
    assert [queries.require_area(actor, None) for actor in (member, town)] == [COMMITTEE, TOWN]
    assert queries.require_area(town, COMMITTEE) == COMMITTEE


@pytest.mark.usefixtures("_orders")
async def test_an_overview_takes_few_statements_however_much_there_is():
    reader = await make_actor("看总览", Role.DISTRICT_ADMIN, DISTRICT)

    async def look() -> None:
        await queries.view_overview(DISTRICT, reader, NOW)

    await look()
    assert await count_statements(look) <= 9
