"""An inspection opens findings; the shop puts them right, an inspector looks again, a panel hears the shop."""

import asyncio
from datetime import UTC, datetime, timedelta

import asyncpg
import pytest

from backend import db
from backend.accounts.structs import Role
from shops.inspections import access, inspecting, overdue, queries, rectifying
from shops.inspections.errors import (
    AppealedBefore,
    FindingMoveForbidden,
    FindingNotFound,
    FindingNotYours,
    FindingPhotoMissing,
    FindingReasonMissing,
    InspectingForbidden,
    InspectionKeyUsed,
    PointForeign,
)
from shops.inspections.states import FindingMove, FindingState
from shops.inspections.structs import FindingAct
from shops.register.errors import ShopNotFound
from tests.makers.inspections import inspect, make_checklist
from tests.makers.orders import make_photos
from tests.makers.shops import make_shop, make_shop_person
from tests.makers.town import COMMITTEE, TOWN, make_actor, make_town, make_unit

NOW = datetime(2026, 11, 27, 4, tzinfo=UTC)
A_DAY = timedelta(days=1)


class Street:
    """A shop with its owner, the inspector, another one, and a panel."""


@pytest.fixture
async def street(database, photo_room):
    await make_town(NOW)
    here = Street()
    here.shop_id = await make_shop(area_code=COMMITTEE)
    here.owner = await make_actor("店主", Role.SHOP_OWNER, COMMITTEE)
    await make_shop_person(here.shop_id, here.owner.account_id)
    await db.execute("UPDATE shop_person SET since = $1", NOW - A_DAY)
    here.inspector = await make_actor("检查员", Role.INSPECTOR, TOWN)
    here.second = await make_actor("复查员", Role.INSPECTOR, TOWN)
    here.panel = await make_actor("评审", Role.VERIFIER, TOWN)
    here.checklist = await make_checklist(NOW)
    return here


async def found_one(here, points=(1,), key="inspection-1", now=NOW):
    made, _ = await inspect(here.shop_id, here.inspector, here.checklist, now, points=points, key=key)
    return made.finding_ids[0]


async def act(finding_id, move, actor, now=NOW, *, note="", photos=False, **other):
    said = FindingAct(note=note, photo_ids=list(await make_photos(actor)) if photos else [], **other)
    await rectifying.make_move(finding_id, FindingMove(move), said, actor, now=now)


async def state_of(finding_id):
    return (await queries.get_finding(finding_id, NOW)).state


async def test_what_is_found_has_a_deadline_a_basis_and_a_photo_and_lowers_the_score(street):
    made, _ = await inspect(street.shop_id, street.inspector, street.checklist, NOW, note="两只已过期")

    finding = await queries.get_finding(made.finding_ids[0], NOW)

    assert (made.score, finding.state, finding.due_at, finding.legal_basis) == (
        90, FindingState.OPEN, NOW + A_DAY, "消防法第十六条",
    )  # fmt: skip
    assert [(step.move, step.note, len(step.photos)) for step in finding.steps] == [("open", "两只已过期", 1)]


async def test_an_inspection_that_is_sent_again_is_the_same_one_and_another_is_refused(street):
    made, sent = await inspect(street.shop_id, street.inspector, street.checklist, NOW)

    again = await inspecting.inspect(street.shop_id, sent, street.inspector, NOW)
    assert (again.id, again.finding_ids, again.is_new) == (made.id, made.finding_ids, False)
    with pytest.raises(InspectionKeyUsed):
        await inspect(street.shop_id, street.inspector, street.checklist, NOW, points=(2,))


async def test_two_that_are_sent_at_once_are_one(street):
    _, sent = await inspect(street.shop_id, street.inspector, street.checklist, NOW, points=(), key="inspection-2")

    both = await asyncio.gather(*(inspecting.inspect(street.shop_id, sent, street.inspector, NOW) for _ in range(4)))

    assert len({each.id for each in both}) == 1


async def test_who_acts_for_the_shop_or_lives_elsewhere_inspects_nothing(street):
    await make_shop_person(street.shop_id, street.second.account_id, "staff")
    elsewhere = await make_actor("外街道", Role.INSPECTOR, "310115106")

    for stranger, refusal in (
        (street.second, InspectingForbidden),
        (street.owner, InspectingForbidden),
        (elsewhere, ShopNotFound),
    ):
        with pytest.raises(refusal):
            await inspect(street.shop_id, stranger, street.checklist, NOW, points=())


@pytest.mark.parametrize(("kind", "is_there"), [("government", True), ("contractor", False), ("property", False)])
async def test_of_those_who_handle_orders_the_people_of_an_authority_inspect(street, kind, is_there):
    finding_id, unit_id = await found_one(street), await make_unit("market_supervision")
    await db.execute("UPDATE org_unit SET kind = $2 WHERE id = $1", unit_id, kind)
    handler = await make_actor("处置员", Role.HANDLER, TOWN, unit_id=unit_id)

    if is_there:
        assert (await access.see(finding_id, handler, NOW)).is_staff
        assert (await inspect(street.shop_id, handler, street.checklist, NOW, key="other-01"))[0].is_new
        return
    with pytest.raises(FindingNotFound):
        await access.see(finding_id, handler, NOW)
    with pytest.raises(ShopNotFound):
        await inspect(street.shop_id, handler, street.checklist, NOW, key="other-01")


async def test_a_fault_without_a_photo_and_a_point_of_another_list_are_refused(street):
    with pytest.raises(FindingPhotoMissing):
        await inspect(street.shop_id, street.inspector, street.checklist, NOW, photos=False)
    with pytest.raises(PointForeign):
        await inspect(street.shop_id, street.inspector, (street.checklist[0], 999_999), NOW)


async def test_the_shop_puts_it_right_and_another_look_closes_it(street):
    finding_id = await found_one(street)

    await act(finding_id, "answer", street.owner, photos=True)
    await act(finding_id, "fail", street.second, note="还差一只", due_in_h=12)
    assert (await queries.get_finding(finding_id, NOW)).due_at == NOW + timedelta(hours=12)
    await act(finding_id, "answer", street.owner, photos=True)
    await act(finding_id, "pass", street.second, NOW + A_DAY)

    finding = await queries.get_finding(finding_id, NOW)
    assert (finding.state, finding.fixed_at) == (FindingState.FIXED, NOW + A_DAY)
    assert (finding.answered_at, finding.is_overdue(NOW + A_DAY)) == (NOW, False), "it was looked at late, not mended"
    assert [(step.move, step.by_shop) for step in finding.steps] == [
        ("open", False), ("answer", True), ("fail", False), ("answer", True), ("pass", False),
    ]  # fmt: skip


async def test_nobody_makes_a_move_that_is_for_somebody_else(street):
    finding_id = await found_one(street)
    with pytest.raises(FindingNotYours):
        await act(finding_id, "answer", street.inspector, photos=True)
    with pytest.raises(FindingPhotoMissing):
        await act(finding_id, "answer", street.owner)
    await act(finding_id, "answer", street.owner, photos=True)
    with pytest.raises(FindingNotYours):
        await act(finding_id, "pass", street.owner)
    with pytest.raises(FindingReasonMissing):
        await act(finding_id, "fail", street.second)
    with pytest.raises(FindingMoveForbidden):
        await act(finding_id, "appeal", street.owner, note="不是我店的")


async def test_a_panel_without_the_first_inspector_hears_the_shop_once(street):
    finding_id = await found_one(street)
    street.first_as_panel = await make_actor("兼任", Role.VERIFIER, TOWN)
    await db.execute("UPDATE inspection SET inspector_id = $1", street.first_as_panel.account_id)
    await act(finding_id, "appeal", street.owner, note="灭火器上月刚换", now=NOW)

    with pytest.raises(FindingNotYours):
        await act(finding_id, "uphold", street.first_as_panel, note="x")
    await act(finding_id, "uphold", street.panel, NOW + 2 * A_DAY, note="标签显示过期")

    assert (await queries.get_finding(finding_id, NOW)).due_at == NOW + 3 * A_DAY, "the panel's time is not the shop's"
    with pytest.raises(AppealedBefore):
        await act(finding_id, "appeal", street.owner, note="再申诉")


async def test_what_is_struck_is_counted_no_more(street):
    finding_id = await found_one(street)
    await act(finding_id, "appeal", street.owner, note="不是我店的")
    await act(finding_id, "strike", street.panel, note="照片是隔壁")

    [found] = await queries.list_findings([street.shop_id], NOW - A_DAY, NOW + A_DAY)
    assert (found.state, found.is_upheld) == (FindingState.STRUCK, False)


async def test_the_same_point_within_thirty_days_is_a_repeat(street):
    await found_one(street)
    again = await found_one(street, key="inspection-2", now=NOW + timedelta(days=29))
    later = await found_one(street, key="inspection-3", now=NOW + timedelta(days=60))

    found = {each.id: each.is_repeat for each in await queries.list_findings([street.shop_id], NOW, NOW + 90 * A_DAY)}
    assert (found[again], found[later]) == (True, False)


async def test_what_is_late_climbs_to_the_inspector_and_a_day_later_to_the_street_each_once(street):
    await found_one(street)
    due = NOW + A_DAY

    counts = [await overdue.escalate_overdue(at) for at in (due, due + timedelta(hours=1), due + timedelta(hours=2))]
    both = await asyncio.gather(*(overdue.escalate_overdue(due + 2 * A_DAY) for _ in range(2)))

    assert (counts, sum(both)) == ([0, 1, 0], 1)
    levels = await db.fetch("SELECT body ->> 'level' AS level FROM event_log WHERE name = 'FindingOverdue' ORDER BY id")
    assert [row["level"] for row in levels] == ["1", "2"]


async def test_the_story_of_a_finding_is_not_rewritten(street):
    await found_one(street)

    with pytest.raises(asyncpg.RestrictViolationError):
        await db.execute("UPDATE finding_step SET note = 'x'")
