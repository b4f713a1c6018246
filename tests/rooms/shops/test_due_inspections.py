"""What waits for inspectors and panels, and which check lists they use: each sees what is theirs to do."""

from datetime import UTC, datetime, timedelta

import pytest

from backend import db
from backend.accounts.structs import Role
from backend.geo.lonlat import LonLat
from shops.grades import visits
from shops.inspections import checklists, queries, rectifying, waiting
from shops.inspections.checklists import NewChecklist, NewPoint
from shops.inspections.states import FindingMove
from shops.inspections.structs import Department, FindingAct
from tests.makers.inspections import inspect, make_checklist
from tests.makers.orders import make_photos
from tests.makers.shops import make_shop, make_shop_person
from tests.makers.town import COMMITTEE, TOWN, make_actor, make_town

NOW = datetime(2026, 11, 27, 4, tzinfo=UTC)
DAYS = timedelta(days=1)


@pytest.fixture
async def town(database, photo_room):
    return await make_town(NOW)


async def due(actor, at=NOW, **said):
    return [shop.name for shop in await visits.list_due(actor, at, **said)]


async def test_shops_are_due_by_their_grade_and_department_nearest_or_longest_first(town):
    inspector = await make_actor("检查员", Role.INSPECTOR, TOWN)
    far = await make_actor("外街道", Role.INSPECTOR, "310115106")
    names = {name: await make_shop(name=name, key=name, area_code=COMMITTEE) for name in ("甲", "乙", "丙", "停")}
    await db.execute("UPDATE shop SET state = 'closed' WHERE name = '停'")
    await db.execute(
        "UPDATE place SET loc = ST_MakePoint(121.5 + id * 0.001, 31.2)::geography WHERE kind = 'storefront'"
    )
    last = "SELECT ST_X(loc::geometry), ST_Y(loc::geometry) FROM place WHERE source_key = '丙'"
    beside = LonLat(*await db.fetchrow(last))
    await db.execute(
        "INSERT INTO shop_grade (shop_id, grade, score, since, counted_on) VALUES ($1, 'C', 60, $2, $2)",
        names["乙"], NOW.date(),
    )  # fmt: skip
    fire = await make_checklist(NOW)
    for number, name in enumerate(("甲", "乙")):
        await inspect(names[name], inspector, fire, NOW, points=(), key=f"inspection-{number}")

    assert await due(inspector) == ["丙"]
    assert await due(inspector, near=beside) == ["丙"]
    assert await due(inspector, NOW + 3 * DAYS) == ["丙", "乙"], "C is visited after two days"
    assert await due(inspector, NOW + 15 * DAYS) == ["丙", "乙", "甲"]
    assert await due(inspector, NOW + 15 * DAYS, near=beside) == ["丙", "乙", "甲"]
    assert await due(inspector, department=Department.GREENING) == ["甲", "乙", "丙"], "nobody looked at the greens"
    assert await due(far, NOW + 15 * DAYS) == []
    handler = town.handlers[0]
    assert await due(handler) == ["丙"], "the patrol is of an authority"
    await db.execute("UPDATE org_unit SET kind = 'contractor'")
    assert await due(handler) == [], "a hauler's crew inspects nobody"
    await make_shop_person(names["丙"], inspector.account_id, "staff")
    assert await due(inspector) == [], "nobody inspects the own shop"


async def test_answers_wait_for_inspectors_and_appeals_for_a_panel_without_who_found_it(town):
    shop_id, owner = await make_shop(area_code=COMMITTEE), await make_actor("店主", Role.SHOP_OWNER, COMMITTEE)
    await make_shop_person(shop_id, owner.account_id)
    first = await make_actor("街道", Role.STREET_ADMIN, TOWN)
    panel, far = await make_actor("评审", Role.VERIFIER, TOWN), await make_actor("外", Role.VERIFIER, "310115106")
    made, _ = await inspect(shop_id, first, await make_checklist(NOW), NOW, points=(1, 2))
    answered, appealed = made.finding_ids
    done = FindingAct(photo_ids=list(await make_photos(owner)))
    await rectifying.make_move(answered, FindingMove.ANSWER, done, owner, now=NOW)
    await rectifying.make_move(appealed, FindingMove.APPEAL, FindingAct(note="不是我店的"), owner, now=NOW)

    waits = {who.name: [each.id for each in await waiting.list_rechecks(who)] for who in (first, panel, far)}
    heard = {who.name: [each.id for each in await waiting.list_appeals(who)] for who in (first, panel, far)}

    assert waits == {"街道": [answered], "评审": [], "外": []}
    assert heard == {"街道": [], "评审": [appealed], "外": []}


async def test_a_loaded_list_is_the_next_version_unless_it_says_the_same_and_a_closed_one_is_used_no_more(town):
    def made(*points, is_sample=False):
        return NewChecklist(
            area_code=TOWN, department=Department.FIRE, code="fire", name_zh="消防", name_en="Fire",
            is_sample=is_sample, points=[NewPoint(each, "", "消防法第十六条", 10, 24) for each in points],
        )  # fmt: skip

    await checklists.add_checklist(made("灭火器", is_sample=True), NOW)
    loaded = [
        (await checklists.load_checklists([made(*points)], NOW))[0]
        for points in (("灭火器",), ("灭火器",), ("灭火器", "通道"))
    ]

    assert [(each.version, each.is_new) for each in loaded] == [(2, True), (2, False), (3, True)]
    [used] = await queries.list_checklists(COMMITTEE)
    assert (used.version, used.is_sample, len(used.points)) == (3, False, 2)
    assert await checklists.close_checklist(TOWN, "fire") == 3
    assert await queries.list_checklists(COMMITTEE) == []
