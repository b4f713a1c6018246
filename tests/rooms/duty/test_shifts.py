"""Shifts: who is on duty at an instant, and who is no longer."""

from datetime import timedelta

import pytest

from backend.accounts import service as accounts
from backend.accounts.structs import Role, UnitDraft
from backend.duty import queries as rosters
from backend.duty import service as duty
from tests.makers.accounts import make_staff

pytestmark = pytest.mark.usefixtures("database")
TOWN = "310115105"
HOUR = timedelta(hours=1)


@pytest.fixture
async def unit():
    return await accounts.add_unit(
        UnitDraft(code="patrol", name_zh="patrol", unit_type="chengguan_patrol", area_code=TOWN)
    )


async def test_a_shift_begins_and_ends_to_the_instant(unit, now):
    wang = await make_staff(Role.HANDLER, name="王", unit_id=unit)
    await duty.start_shift(wang.account_id, unit, TOWN, now, now + HOUR)

    seen = [await rosters.is_on_duty(wang.account_id, at) for at in (now - timedelta(seconds=1), now, now + HOUR)]

    assert seen == [False, True, False]


async def test_who_goes_off_duty_or_leaves_is_not_on_duty_any_more(unit, now):
    off, gone = [await make_staff(Role.HANDLER, name=name, unit_id=unit) for name in ("下班", "离职")]
    for person in (off, gone):
        await duty.start_shift(person.account_id, unit, TOWN, now - HOUR)

    await duty.end_shift(off.account_id, now)
    await duty.deactivate(gone.account_id, now)

    assert not await rosters.is_on_duty(off.account_id, now)
    assert not await rosters.is_on_duty(gone.account_id, now)


async def test_the_list_of_staff_tells_who_is_on_duty_and_who_is_not(unit, now):
    on_duty, off_duty = [await make_staff(Role.HANDLER, username=name, unit_id=unit) for name in ("wang", "li")]
    await duty.start_shift(on_duty.account_id, unit, TOWN, now, now + HOUR)

    listed = {person.username: person.is_on_duty for person in await rosters.list_people(None, now)}

    assert listed == {"wang": True, "li": False}
    assert not await rosters.is_on_duty(off_duty.account_id, now)
