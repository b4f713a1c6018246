"""Units, and who is on duty now."""

from datetime import timedelta

import pytest

from backend import db
from backend.accounts import queries
from backend.accounts import service as accounts
from backend.accounts.structs import Role, UnitDraft, UnitKind
from tests.makers.accounts import make_staff

pytestmark = pytest.mark.usefixtures("database")
TOWN, COMMITTEE = "310115105", "310115105001"
HOUR = timedelta(hours=1)


async def add_unit(code="patrol", area=TOWN, **more):
    return await accounts.add_unit(
        UnitDraft(code=code, name_zh=code, unit_type="chengguan_patrol", area_code=area, **more)
    )


async def test_a_shift_begins_and_ends_to_the_instant(now):
    unit = await add_unit()
    wang = await make_staff(Role.HANDLER, name="王", unit_id=unit)
    await accounts.start_shift(wang.account_id, unit, TOWN, now, now + HOUR)

    seen = [await queries.is_on_duty(wang.account_id, at) for at in (now - timedelta(seconds=1), now, now + HOUR)]

    assert seen == [False, True, False]


async def test_who_goes_off_duty_or_leaves_is_not_on_duty_any_more(now):
    unit = await add_unit()
    off, gone = [await make_staff(Role.HANDLER, name=name, unit_id=unit) for name in ("下班", "离职")]
    for person in (off, gone):
        await accounts.start_shift(person.account_id, unit, TOWN, now - HOUR)

    await accounts.end_shift(off.account_id, now)
    await accounts.deactivate(gone.account_id, now)

    assert not await queries.is_on_duty(off.account_id, now)
    assert not await queries.is_on_duty(gone.account_id, now)


async def test_adding_a_unit_again_brings_it_up_to_date():
    first = await add_unit("patrol", TOWN)
    again = await add_unit("patrol", COMMITTEE, kind=UnitKind.CONTRACTOR)

    unit = await queries.find_unit(first)
    assert first == again
    assert unit is not None
    assert (unit.area_code, unit.kind) == (COMMITTEE, UnitKind.CONTRACTOR)


async def test_the_database_knows_four_kinds_of_units():
    unit = await add_unit()

    with pytest.raises(Exception, match="org_unit_kind_known"):
        await db.execute("UPDATE org_unit SET kind = 'club' WHERE id = $1", unit)


async def test_the_list_of_staff_tells_who_is_on_duty_and_who_is_not(now):
    unit = await add_unit()
    on_duty, off_duty = [await make_staff(Role.HANDLER, username=name, unit_id=unit) for name in ("wang", "li")]
    await accounts.start_shift(on_duty.account_id, unit, TOWN, now, now + HOUR)

    listed = {person.username: person.is_on_duty for person in await queries.list_people(None, now)}

    assert listed == {"wang": True, "li": False}
    assert not await queries.is_on_duty(off_duty.account_id, now)
