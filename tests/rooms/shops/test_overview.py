"""An overview of shops: each figure is the list that it leads to, within one's own areas, in few statements."""

from datetime import UTC, datetime, timedelta

import pytest

from backend import db
from backend.accounts.structs import Role
from backend.calendars.rules import midnight, shanghai_date
from shops.grades import settings, visits
from shops.grades.structs import Grade, GradeSettings
from shops.inspections import queries as inspections
from shops.overview import conditions, lists, queries, rules
from shops.overview.errors import ShopOverviewMissing
from shops.overview.structs import Concern, ShopFigureName, WhichFindings
from shops.register import listing
from shops.register.structs import ShopFilter
from tests.makers.inspections import make_checklist
from tests.makers.pickup import make_hauling, make_slot
from tests.makers.places import COMMITTEE, TOWN, inside, make_place
from tests.makers.shops import make_shop
from tests.makers.statements import count_statements
from tests.makers.town import make_actor

NOW = datetime(2026, 11, 27, 6, tzinfo=UTC)
SHOPS = 12
Name = ShopFigureName
_VISITED = """
    INSERT INTO inspection (shop_id, checklist_id, inspector_id, client_key, key_print, score, received_at)
    VALUES ($1, $2, $3, gen_random_uuid(), '', 90, $4) RETURNING id"""
_FOUND = """
    INSERT INTO inspection_finding (inspection_id, shop_id, point_id, points, found_at, due_at, state, fixed_at)
    VALUES ($1, $2, $3, 5, $4, $5, $6, $7) RETURNING id"""
_ANSWER = "INSERT INTO finding_step (finding_id, move, from_state, to_state, at) VALUES ($1, $2, 'open', $3, $4)"
_BOOKED = """
    INSERT INTO pickup_booking (number, shop_id, slot_id, account_id, kind, amount, unit, litres, state, order_id,
        booked_at, arrived_at, collected_at, ended_at)
    VALUES (gen_random_uuid()::text::varchar(24), $2, $3, $4, 'wet', 1, 'bin', 240, $5::varchar, $1, $6, $7, $7,
        CASE WHEN $5::varchar <> 'booked' THEN $6::timestamptz END)"""
_ORDER = """
    INSERT INTO work_order (number, state, item_id, priority, place_id, area_code, loc, source_kind, opened_by_id,
        unit_id, opened_at, respond_by, resolve_by)
    SELECT 'YM200101-' || lpad($1::int::text, 6, '0'), 'dispatched', 'C101', 'P2', place.id,
        place.area_id, place.loc, 'report', $2, $3, now(), now(), now() FROM place LIMIT 1 RETURNING id"""
# Found so many days ago, due so many days ago (ahead where negative), state, answered so many days ago.
FINDINGS = (
    (20, 15, "open", None),
    (10, 5, "fixed", 6),
    (10, 5, "fixed", 4),
    (10, 5, "answered", 6),
    (10, 5, "appealed", 4),
    (10, 5, "struck", 6),
    (3, -4, "open", None),
    (3, -4, "fixed", 1),
    (40, 35, "open", None),
    (2, 1, "open", None),
)


def ago(days):
    return NOW - timedelta(days=days)


@pytest.fixture
async def street(database):
    """Twelve shops, some of B and C; one that is vacant, one that has ended; ten findings; five pickups."""
    hauling = await make_hauling()
    admin = await make_actor("街镇", Role.STREET_ADMIN, TOWN)
    checklist_id, point_id, _ = await make_checklist(NOW)
    shops = []
    for number in range(SHOPS):
        place_id = await make_place(inside(number % 2), area_code=COMMITTEE, key=f"p{number}")
        cell = f"{COMMITTEE}00{number % 2 + 1}"
        await db.execute("UPDATE place SET grid_cell_id = $2 WHERE id = $1", place_id, cell)
        shops.append(await make_shop(place_id=place_id, name=f"店{number}", uscc=None))
    await db.execute("UPDATE shop SET state = 'vacant' WHERE id = $1", shops[10])
    await db.execute("UPDATE shop SET ended_at = $2 WHERE id = $1", shops[11], NOW)
    for shop_id, grade in ((shops[0], "C"), (shops[1], "B"), (shops[2], "B"), (shops[3], "A"), (shops[11], "C")):
        await db.execute(
            "INSERT INTO shop_grade (shop_id, grade, since, counted_on) VALUES ($1, $2, '2026-11-01', '2026-11-27')",
            *(shop_id, grade),
        )
    for number, (found, due, state, answered) in enumerate(FINDINGS):
        made = await db.fetchval(_VISITED, shops[number], checklist_id, admin.account_id, ago(found))
        fixed_at = ago(0.5) if state == "fixed" else None
        finding_id = await db.fetchval(_FOUND, made, shops[number], point_id, ago(found), ago(due), state, fixed_at)
        if answered is not None:
            move, after = ("appeal", "appealed") if state in ("appealed", "struck") else ("answer", "answered")
            await db.execute(_ANSWER, finding_id, move, after, ago(answered))
    await _pickups(hauling, shops, admin)
    return hauling, admin


async def _pickups(hauling, shops, admin):
    """One on time, one late, one missed, one that nobody came to yet, one cancelled; one of tomorrow."""
    past, ahead = await make_slot(hauling, ago(1)), await make_slot(hauling, ago(-1))
    at = ago(1)
    rows = (
        (past, "done", at + timedelta(hours=1)),
        (past, "done", at + timedelta(hours=3)),
        (past, "missed", None),
        (past, "booked", None),
        (past, "cancelled", None),
        (ahead, "booked", None),
    )
    for number, (slot_id, state, arrived_at) in enumerate(rows):
        order_id = await db.fetchval(_ORDER, number, admin.account_id, hauling.unit_id)
        await db.execute(_BOOKED, order_id, shops[number], slot_id, admin.account_id, state, ago(2), arrived_at)
    await db.execute("UPDATE pickup_slot SET booked = 6")


async def shops_listed(actor, area, grade=None, concern=None, cell=""):
    besides = conditions.narrowed_to(grade, concern, cell, NOW)
    found = await listing.list_shops(actor, ShopFilter(area=area), limit=100, besides=besides)
    assert await listing.count_shops(actor, ShopFilter(area=area), besides) == len(found.items)
    return len(found.items)


async def test_each_figure_is_the_list_that_it_leads_to(street):
    _, admin = street

    overview = await queries.view_overview(None, admin, NOW)

    figures = {name: figure.value for name, figure in rules.figures_of(overview).items()}
    assert figures[Name.SHOPS] == await shops_listed(admin, TOWN) == SHOPS, "eleven, and the hauler's own; one ended"
    for name, grade in ((Name.GRADE_A, Grade.A), (Name.GRADE_B, Grade.B), (Name.GRADE_C, Grade.C)):
        assert figures[name] == await shops_listed(admin, TOWN, grade), name
    assert figures[Name.OVERDUE] == await shops_listed(admin, TOWN, concern=Concern.OVERDUE) == 3
    assert figures[Name.VISIT_DUE] == await shops_listed(admin, TOWN, concern=Concern.VISIT_DUE) > 0
    assert figures[Name.VISIT_DUE] == len(await visits.list_due(admin, NOW)), "and the inspectors' list says the same"
    cells = [cell for cell in overview.cells if len(cell.code) == 15]
    assert sum(cell.shops for cell in cells) == SHOPS - 1, "the hauler's own lies in none"
    for cell in cells:
        assert cell.shops == await shops_listed(admin, cell.code[:12], cell=cell.code)
    [fire] = overview.departments
    for which, many in ((WhichFindings.DUE, fire.due), (WhichFindings.OPEN, fire.due - fire.rectified)):
        assert len((await findings(admin, which)).items) == many
    assert len((await findings(admin, WhichFindings.LATE)).items) == fire.due - fire.in_time
    assert (fire.found, fire.due, fire.rectified, fire.in_time) == (8, 7, 3, 3)
    assert overview.pickups is not None
    [timing] = overview.pickups.timings
    assert (timing.due, timing.on_time, timing.missed) == (4, 1, 1)
    for late_only, many in ((False, 4), (True, 3)):
        listed = await lists.list_pickups(TOWN, timing.route_id, admin, NOW, late_only=late_only, limit=50, cursor=None)
        assert len(listed.items) == many
    assert [(load.on_date, load.booked) for load in overview.pickups.loads] == [(shanghai_date(ago(-1)), 6)]


async def findings(actor, which, limit=50, cursor=None):
    return await lists.list_findings(TOWN, "fire", which, actor, NOW, limit=limit, cursor=cursor)


async def test_a_list_goes_on_where_it_ended(street):
    _, admin = street

    first = await findings(admin, WhichFindings.DUE, limit=4)
    rest = await findings(admin, WhichFindings.DUE, limit=4, cursor=first.next_cursor)

    assert (len(first.items), len(rest.items), rest.next_cursor) == (4, 3, None)


async def test_what_is_late_is_the_same_in_sql_and_out_of_it(street):
    _, admin = street
    since = midnight(queries.first_day(shanghai_date(NOW), queries.FOUND_DAYS))
    shop_ids = [row["id"] for row in await db.fetch("SELECT id FROM shop")]
    found = await inspections.list_findings(shop_ids, since, NOW)
    due = [each for each in found if each.is_upheld and (each.fixed_at is not None or each.due_at < NOW)]

    in_sql = {each.id: each.is_overdue for each in (await findings(admin, WhichFindings.DUE)).items}

    assert in_sql == {each.id: each.is_overdue(NOW) for each in due}


@pytest.mark.parametrize("area", ["", "31", TOWN, COMMITTEE])
@pytest.mark.usefixtures("database")
async def test_the_days_between_visits_are_those_of_the_settings(area):
    await db.execute("INSERT INTO grade_setting (area_code, visit_days_b, changed_at) VALUES ($1, 30, $2)", area, NOW)
    days = visits.visit_days("$1::text", "$2::text")

    for place in (COMMITTEE, TOWN, f"{TOWN}002"):
        expected = (await settings.of_areas([place]))[place]
        for grade in Grade:
            assert await db.fetchval(f"SELECT {days}", place, grade.value) == expected.visit_days(grade), (place, grade)


async def test_nobody_reads_beyond_the_own_areas_and_pickups_only_who_may_read_bookings(street):
    committee = await make_actor("居委", Role.COMMITTEE, COMMITTEE)
    verifier = await make_actor("核查员", Role.VERIFIER, TOWN)
    owner = await make_actor("店主", Role.SHOP_OWNER, COMMITTEE)

    for actor, area in (
        (committee, TOWN),
        (committee, TOWN[:6]),
        (verifier, "310115106"),
        (owner, None),
        (owner, TOWN),
    ):
        with pytest.raises(ShopOverviewMissing):
            await queries.view_overview(area, actor, NOW)
    own, of_verifier = (
        await queries.view_overview(None, committee, NOW),
        await queries.view_overview(None, verifier, NOW),
    )

    assert (own.area_code, own.areas, own.pickups is not None) == (COMMITTEE, [], True)
    assert of_verifier.pickups is None
    with pytest.raises(ShopOverviewMissing):
        await lists.list_pickups(TOWN, 0, verifier, NOW, late_only=False, limit=9, cursor=None)


async def test_an_overview_takes_five_statements(street):
    _, admin = street

    async def look():
        await queries.view_overview(TOWN, admin, NOW)

    await look()
    assert await count_statements(look) == 5


async def test_a_town_s_rules_say_when_a_visit_is_due(street):
    _, admin = street
    before = (await queries.view_overview(TOWN, admin, NOW)).total.visit_due

    await settings.set_for(TOWN, GradeSettings(visit_days_a=366, visit_days_b=366, visit_days_c=366), admin, NOW)

    after = (await queries.view_overview(TOWN, admin, NOW)).total.visit_due
    assert after < before
    assert after == await shops_listed(admin, TOWN, concern=Concern.VISIT_DUE)
