"""Who of a unit is on duty here and now."""

from datetime import timedelta

import pytest

from backend.accounts import queries
from backend.accounts import service as accounts
from backend.accounts.structs import UnitDraft
from tests.makers.accounts import make_staff

pytestmark = pytest.mark.usefixtures("database")
DISTRICT, TOWN, COMMITTEE, CELL = "310115", "310115105", "310115105001", "310115105001003"
HOUR = timedelta(hours=1)


async def add_unit(code="patrol", area=TOWN, unit_type="chengguan_patrol"):
    return await accounts.add_unit(UnitDraft(code=code, name_zh=code, unit_type=unit_type, area_code=area))


async def on_duty(unit_id, area, now):
    """The name of the one who would get an order."""
    found = await queries.find_on_duty(unit_id, area, now)
    return (await queries.list_names([found]))[found] if found else None


async def test_a_shift_covers_everything_within_its_area(now):
    unit = await add_unit()
    wang = await make_staff(name="王")
    await accounts.start_shift(wang.account_id, unit, TOWN, now - HOUR)

    assert await on_duty(unit, CELL, now) == "王"
    assert await on_duty(unit, "310115106001", now) is None


async def test_the_narrowest_area_comes_first_then_the_longest_on_duty(now):
    unit = await add_unit()
    late, early, near = [await make_staff(name=name) for name in ("晚", "早", "近")]
    await accounts.start_shift(late.account_id, unit, TOWN, now - HOUR)
    await accounts.start_shift(early.account_id, unit, TOWN, now - 2 * HOUR)
    await accounts.start_shift(near.account_id, unit, COMMITTEE, now - HOUR / 2)

    assert await on_duty(unit, CELL, now) == "近"
    await accounts.end_shift(near.account_id, now)
    assert await on_duty(unit, CELL, now) == "早"


async def test_a_shift_begins_and_ends_to_the_instant(now):
    unit = await add_unit()
    wang = await make_staff(name="王")
    await accounts.start_shift(wang.account_id, unit, TOWN, now, now + HOUR)

    seen = [await on_duty(unit, TOWN, at) for at in (now - timedelta(seconds=1), now, now + HOUR)]

    assert seen == [None, "王", None]


async def test_who_goes_off_duty_is_not_found_any_more(now):
    unit = await add_unit()
    wang = await make_staff(name="王")
    await accounts.start_shift(wang.account_id, unit, TOWN, now - HOUR)

    await accounts.end_shift(wang.account_id, now)

    assert await on_duty(unit, TOWN, now) is None


async def test_somebody_who_left_is_not_on_duty(now):
    unit = await add_unit()
    wang = await make_staff(name="王")
    await accounts.start_shift(wang.account_id, unit, TOWN, now - HOUR)

    await accounts.deactivate(wang.account_id, now)

    assert await on_duty(unit, TOWN, now) is None


async def test_adding_a_unit_again_brings_it_up_to_date():
    first = await add_unit("patrol", TOWN)
    again = await add_unit("patrol", COMMITTEE)

    unit = await queries.find_unit(first)
    assert first == again
    assert unit is not None
    assert unit.area_code == COMMITTEE
