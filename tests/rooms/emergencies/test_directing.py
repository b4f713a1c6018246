"""Who directs where: a group's leader within the group's area, and no further."""

from datetime import timedelta

import pytest

from backend.accounts.structs import Role
from backend.emergencies import directing, ladder, numbers, receipt_reads
from backend.emergencies.errors import BroadcastUnknown, NotInCommand
from tests.makers.emergencies import begin, make_group, make_head, make_people, send
from tests.makers.town import COMMITTEE, TOWN, make_actor, make_shift, make_town

pytestmark = pytest.mark.usefixtures("database")


async def test_a_leader_directs_within_the_groups_area_and_no_further(now):
    await make_town(now)
    head, leader = await make_head(), await make_actor("居委负责人", Role.COMMITTEE, COMMITTEE)
    wide = await make_actor("区里的人", Role.INSPECTOR, TOWN)
    await make_people(2, COMMITTEE)
    own_group = await make_group(leader, area=COMMITTEE)
    town_group = await make_group(wide)
    emergency_id = await begin(head, now)

    assert await directing.list_areas(head, TOWN) == [TOWN]
    assert await directing.list_areas(wide, TOWN) == [TOWN], "the group of the town leads the town"
    assert await directing.list_areas(leader, TOWN) == [COMMITTEE]
    assert await directing.list_areas(leader, COMMITTEE) == [COMMITTEE]
    with pytest.raises(NotInCommand):
        await send(emergency_id, leader, now, group_id=town_group)
    own = await send(emergency_id, leader, now, group_id=own_group, minutes=10)
    of_town = await send(emergency_id, head, now, group_id=town_group, minutes=10)

    await ladder.escalate(now + timedelta(minutes=30))
    later = now + timedelta(minutes=31)
    silent = {each.account_id: each for each in await receipt_reads.list_receipts(own) if each.may_call}
    assert await numbers.open_number(own, next(iter(silent.values())).id, leader, later)
    other = next(each for each in await receipt_reads.list_receipts(of_town) if each.may_call)
    with pytest.raises(BroadcastUnknown):
        await numbers.open_number(of_town, other.id, leader, later)
    assert await numbers.open_number(of_town, other.id, wide, later)


async def test_to_everybody_on_duty_reaches_those_within_the_leaders_area(now):
    town, head = await make_town(now), await make_head()
    first, second = town.handlers
    await make_shift(second, town.unit_id, now, area_code=COMMITTEE)
    leader = await make_actor("居委负责人", Role.COMMITTEE, f"{TOWN}002")
    await make_group(leader, area=f"{TOWN}002")
    emergency_id = await begin(head, now)

    own, whole = await send(emergency_id, leader, now), await send(emergency_id, head, now)

    assert await _reached(own) == {first.account_id}, "who is on duty for the whole town is so there as well"
    assert await _reached(whole) == {first.account_id, second.account_id}


async def _reached(broadcast_id):
    return {each.account_id for each in await receipt_reads.list_receipts(broadcast_id)}
