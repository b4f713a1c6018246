"""Which unit answers here, and who of it is on duty now."""

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


async def names_on_duty(unit_id, area, now):
    return [person.name for person in await queries.on_duty(unit_id, area, now)]


async def test_a_shift_covers_everything_within_its_area(now):
    unit = await add_unit()
    wang = await make_staff(name="王")
    await accounts.start_shift(wang.account_id, unit, TOWN, now - HOUR)

    assert await names_on_duty(unit, CELL, now) == ["王"]
    assert await names_on_duty(unit, "310115106001", now) == []


async def test_the_narrowest_area_comes_first_then_the_longest_on_duty(now):
    unit = await add_unit()
    late, early, near = [await make_staff(name=name) for name in ("晚", "早", "近")]
    await accounts.start_shift(late.account_id, unit, TOWN, now - HOUR)
    await accounts.start_shift(early.account_id, unit, TOWN, now - 2 * HOUR)
    await accounts.start_shift(near.account_id, unit, COMMITTEE, now)

    assert await names_on_duty(unit, CELL, now) == ["近", "早", "晚"]


async def test_a_shift_begins_and_ends_to_the_instant(now):
    unit = await add_unit()
    wang = await make_staff(name="王")
    await accounts.start_shift(wang.account_id, unit, TOWN, now, now + HOUR)

    seen = [await names_on_duty(unit, TOWN, at) for at in (now - timedelta(seconds=1), now, now + HOUR)]

    assert seen == [[], ["王"], []]


async def test_who_goes_off_duty_is_not_found_any_more(now):
    unit = await add_unit()
    wang = await make_staff(name="王")
    await accounts.start_shift(wang.account_id, unit, TOWN, now - HOUR)

    await accounts.end_shift(wang.account_id, now)

    assert await names_on_duty(unit, TOWN, now) == []


async def test_somebody_who_left_is_not_on_duty(now):
    unit = await add_unit()
    wang = await make_staff(name="王")
    await accounts.start_shift(wang.account_id, unit, TOWN, now - HOUR)

    await accounts.deactivate(wang.account_id, now)

    assert await names_on_duty(unit, TOWN, now) == []


async def test_the_nearest_unit_of_the_type_answers_with_its_person_on_duty(now):
    await add_unit("district", DISTRICT)
    town = await add_unit("town", TOWN)
    await add_unit("other", TOWN, "sanitation")
    wang = await make_staff(name="王")
    await accounts.start_shift(wang.account_id, town, TOWN, now - HOUR)

    duty = await queries.find_duty("chengguan_patrol", CELL, now)

    assert duty is not None
    assert (duty.unit_id, duty.unit_name, duty.account_id, duty.name) == (town, "town", wang.account_id, "王")


async def test_a_unit_answers_also_when_nobody_is_on_duty(now):
    town = await add_unit("town", TOWN)

    duty = await queries.find_duty("chengguan_patrol", CELL, now)

    assert duty is not None
    assert (duty.unit_id, duty.account_id) == (town, None)


async def test_where_no_unit_of_the_type_is_nobody_answers(now):
    await add_unit("elsewhere", "310104")

    assert await queries.find_duty("chengguan_patrol", CELL, now) is None


async def test_adding_a_unit_again_brings_it_up_to_date():
    first = await add_unit("patrol", TOWN)
    again = await add_unit("patrol", COMMITTEE)

    unit = await queries.find_unit_by_code("patrol")
    assert first == again
    assert unit is not None
    assert unit.area_code == COMMITTEE
