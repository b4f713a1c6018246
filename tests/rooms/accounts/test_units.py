"""Units: a code stands for one, of a known kind."""

import pytest

from backend import db
from backend.accounts import queries
from backend.accounts import service as accounts
from backend.accounts.structs import UnitDraft, UnitKind

pytestmark = pytest.mark.usefixtures("database")
TOWN, COMMITTEE = "310115105", "310115105001"


async def add_unit(code="patrol", area=TOWN, **more):
    return await accounts.add_unit(
        UnitDraft(code=code, name_zh=code, unit_type="chengguan_patrol", area_code=area, **more)
    )


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
