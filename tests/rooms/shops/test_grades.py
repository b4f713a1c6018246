"""Grades are counted from findings, once a day, and at once for a grave fault or one that was struck."""

from datetime import timedelta

import pytest

from backend import db
from backend.accounts.structs import Role
from shops.grades import counting, settings
from shops.grades.settings import GradesNotYours, ThresholdsCrossed
from shops.grades.structs import GradeSettings
from tests.makers.town import COMMITTEE, TOWN, make_actor
from tests.makers.worker import deliver
from tests.rooms.shops.test_inspections import A_DAY, NOW, act, found_one, street

__all__ = ["street"]


async def grade_of(shop_id):
    row = await db.fetchrow("SELECT grade, score FROM shop_grade WHERE shop_id = $1", shop_id)
    return tuple(row) if row else None


async def test_a_count_is_made_once_a_day_and_tells_of_what_changed(street):
    await found_one(street)
    await found_one(street, key="inspection-2")

    counts = [await counting.count_all(NOW + timedelta(hours=1)) for _ in range(2)]

    assert counts == [1, 0]
    assert await grade_of(street.shop_id) == ("B", 75.0), "ten points, and ten at one and a half for the repeat"
    [change] = await db.fetch("SELECT before, after FROM grade_change")
    assert tuple(change) == ("A", "B")
    assert await db.fetchval("SELECT count(*) FROM event_log WHERE name = 'ShopGradeChanged'") == 1


async def test_a_grave_fault_counts_at_once_and_a_struck_one_no_more(street):
    finding_id = await found_one(street, points=(2,))
    await deliver()
    assert (await grade_of(street.shop_id))[0] == "C"

    await act(finding_id, "appeal", street.owner, note="不是我店的")
    await act(finding_id, "strike", street.panel, note="照片是隔壁")
    await deliver()

    assert await grade_of(street.shop_id) == ("C", 100.0), "it goes up slowly"
    told = await db.fetch("SELECT account_id, path FROM message WHERE kind = 'ShopGradeChanged'")
    assert [tuple(row) for row in told] == [(street.owner.account_id, f"/shops/{street.shop_id}/report")]


async def test_the_nearest_area_says_by_what_is_counted(street):
    admin = await make_actor("街镇", Role.STREET_ADMIN, TOWN)
    await settings.set_for(TOWN, GradeSettings(a_from=95, b_from=60), admin, NOW)

    found = await settings.of_areas([COMMITTEE, "310115106001"])

    assert (found[COMMITTEE].a_from, found["310115106001"].a_from) == (95, 90)
    with pytest.raises(ThresholdsCrossed):
        await settings.set_for(TOWN, GradeSettings(a_from=60, b_from=90), admin, NOW)
    with pytest.raises(GradesNotYours):
        await settings.set_for("310115106", GradeSettings(), admin, NOW + A_DAY)
