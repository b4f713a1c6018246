"""Somebody applies to a committee, is approved by it and not by themselves, and leaves; what is sealed stays sealed."""

import asyncio
from datetime import date, timedelta

import asyncpg
import pytest

from backend import db
from backend.accounts import queries as accounts
from backend.accounts import service as accounts_service
from backend.accounts.errors import UsernameTaken
from backend.accounts.structs import Credentials, Role
from backend.duty import service as duty
from backend.orders.model.errors import KeyUsedBefore
from backend.privacy.seals import SealBroken
from grab_orders.people import applying, deciding, queries, retention, sealing
from grab_orders.people.errors import (
    AlreadyDecided,
    AppliedAlready,
    CommitteeUnknown,
    DetailsCleared,
    IdentityRegistered,
    OwnApplication,
    VolunteerUnknown,
)
from grab_orders.people.structs import IdDoubt, Skill, VolunteerStatus
from tests.makers.accounts import PASSWORD
from tests.makers.town import COMMITTEE, TOWN, make_actor, make_town
from tests.makers.volunteers import SEAL, application, id_number, make_committee_member, make_volunteer
from tests.makers.worker import deliver

NEW = Credentials(username="wang", password=PASSWORD)
NEW_2 = Credentials(username="li", password=PASSWORD)


@pytest.fixture
async def keeper(database, now):
    await make_town(now)
    return await make_committee_member()


async def test_an_application_makes_an_account_that_may_nothing_and_an_approval_gives_the_role(keeper, now):
    draft = application(skills=[Skill.REPAIR, Skill.FIRST_AID])
    applied = await applying.apply(draft, NEW, SEAL, now)
    before = await accounts.get_actor(applied.account_id)
    await deciding.approve(applied.volunteer_id, keeper, now)
    after = await accounts.get_actor(applied.account_id)
    profiles = await queries.list_profiles([applied.account_id, keeper.account_id], now)

    assert (before.name, before.grants) == ("王**", ())
    assert after.holds(COMMITTEE, Role.VOLUNTEER)
    assert list(profiles) == [applied.account_id]
    assert profiles[applied.account_id].skills == {Skill.REPAIR, Skill.FIRST_AID}
    with pytest.raises(AlreadyDecided):
        await deciding.refuse(applied.volunteer_id, "太晚了", keeper, now)


async def test_nothing_of_a_person_stands_in_the_open(keeper, now):
    number = id_number()
    await applying.apply(application(id_number=number), NEW, SEAL, now)
    everything = str(
        [
            *map(tuple, await db.fetch("SELECT v.*, a.* FROM volunteer v JOIN account a ON a.id = v.account_id")),
            *map(tuple, await db.fetch("SELECT body::text FROM event_log")),
        ]
    )
    row = await db.fetchrow("SELECT * FROM volunteer")

    assert all(word not in everything for word in ("王小明", number, number[:14], "13812345678"))
    assert sealing.open_one(row, "real_name", SEAL) == "王小明"
    with pytest.raises(SealBroken):
        sealing.open_one({**row, "id": row["id"] + 1}, "real_name", SEAL)


async def test_what_is_sent_again_is_the_same_application(keeper, now):
    draft = application(idempotency_key="phone-1-apply")
    first = await applying.apply(draft, NEW, SEAL, now)
    again = await applying.apply(draft, NEW, SEAL, now)

    assert (again.volunteer_id, again.is_new) == (first.volunteer_id, False)
    with pytest.raises(KeyUsedBefore):  # the next person at the same phone went back to the form
        await applying.apply(application(idempotency_key="phone-1-apply"), NEW_2, SEAL, now)
    with pytest.raises(UsernameTaken):
        await applying.apply(application(idempotency_key="phone-2-apply"), NEW, SEAL, now)


async def test_two_taps_at_once_are_one_application(keeper, now):
    draft = application(idempotency_key="phone-1-apply")
    both = await asyncio.gather(*(applying.apply(draft, NEW, SEAL, now) for _ in range(2)))

    assert {each.volunteer_id for each in both} == {both[0].volunteer_id}
    assert sorted(each.is_new for each in both) == [False, True]


async def test_a_person_is_registered_once_and_may_apply_again_after_a_refusal(keeper, now):
    number = id_number()
    first = await applying.apply(application(id_number=number), NEW, SEAL, now)
    with pytest.raises(AppliedAlready):
        await applying.apply(application(), first.account_id, SEAL, now)
    with pytest.raises(IdentityRegistered):
        await applying.apply(application(id_number=f" {number[:6]} {number[6:]}"), NEW_2, SEAL, now)
    await deciding.refuse(first.volunteer_id, "证件与本人不符", keeper, now)

    again = await applying.apply(application(id_number=number), first.account_id, SEAL, now)
    own = await queries.find_own(first.account_id, now)

    assert again.volunteer_id != first.volunteer_id
    assert own is not None and own.status is VolunteerStatus.APPLIED
    assert await accounts.find_account_id("li") is None, "what was refused made no account"


async def test_only_another_member_of_the_committee_decides(keeper, now):
    stranger = await make_committee_member(area=f"{TOWN}002")
    admin = await make_actor("街镇", Role.STREET_ADMIN, TOWN)
    applied = await applying.apply(application(), keeper.account_id, SEAL, now)

    for who, refused in ((keeper, OwnApplication), (stranger, VolunteerUnknown), (admin, VolunteerUnknown)):
        with pytest.raises(refused):
            await deciding.approve(applied.volunteer_id, who, now)
    with pytest.raises(OwnApplication):
        await deciding.open_details(applied.volunteer_id, keeper, SEAL)
    with pytest.raises(asyncpg.CheckViolationError, match="volunteer_not_by_oneself"):
        await db.execute("UPDATE volunteer SET status = 'approved', decided_by_id = account_id, decided_at = now()")


async def test_no_committee_no_application(keeper, now):
    with pytest.raises(CommitteeUnknown):
        await applying.apply(application(committee_code=f"{TOWN}999"), NEW, SEAL, now)


async def test_a_committee_opens_what_is_sealed_and_that_is_a_fact(keeper, now):
    born = date(now.year - 17, 1, 1)
    guardian = {"guardian_name": "王大明", "guardian_phone": "13900000000", "guardian_agrees": True}
    draft = application(id_number=id_number(born, region="160101"), **guardian)
    applied = await applying.apply(draft, NEW, SEAL, now)
    [shown] = (await queries.list_volunteers(keeper, VolunteerStatus.APPLIED, now, limit=10)).items
    details = await deciding.open_details(applied.volunteer_id, keeper, SEAL)

    assert (shown.masked_name, shown.is_minor, shown.has_guardian) == ("王**", True, True)
    assert shown.id_doubt is IdDoubt.REGION
    assert (details.real_name, details.guardian_name, details.guardian_phone) == ("王小明", "王大明", "13900000000")
    opened = await db.fetchrow("SELECT body::text AS body FROM event_log WHERE name = 'VolunteerDetailsOpened'")
    assert f'"acted_by_id": {keeper.account_id}' in opened["body"]


async def test_the_waiting_are_listed_page_by_page_for_their_committee_alone(keeper, now):
    for nr in range(3):
        credentials = Credentials(username=f"person{nr}", password=PASSWORD)
        await applying.apply(application(), credentials, SEAL, now)
    first = await queries.list_volunteers(keeper, VolunteerStatus.APPLIED, now, limit=2)
    rest = await queries.list_volunteers(keeper, VolunteerStatus.APPLIED, now, limit=2, cursor=first.next_cursor)
    stranger = await make_committee_member(area=f"{TOWN}002")

    assert [len(first.items), len(rest.items), rest.next_cursor] == [2, 1, None]
    assert (await queries.list_volunteers(stranger, VolunteerStatus.APPLIED, now, limit=2)).items == []
    assert [await queries.count_waiting(keeper), await queries.count_waiting(stranger)] == [3, 0]


async def test_who_leaves_loses_the_role_and_may_come_back(keeper, now):
    who = await make_volunteer(now)
    await deciding.leave(who, now)
    gone = await accounts.get_actor(who.account_id)
    own = await queries.find_own(who.account_id, now)
    back = await applying.apply(application(), who.account_id, SEAL, now)

    assert not gone.has_role(Role.VOLUNTEER)
    assert own is not None and own.status is VolunteerStatus.LEFT
    assert back.is_new
    with pytest.raises(VolunteerUnknown):
        await deciding.leave(keeper, now)


async def test_a_committee_lets_a_volunteer_go_with_a_reason(keeper, now):
    who = await make_volunteer(now)
    own = await queries.find_own(who.account_id, now)
    assert own is not None
    await deciding.let_go(own.id, "多次爽约", keeper, now)

    assert not (await accounts.get_actor(who.account_id)).has_role(Role.VOLUNTEER)


@pytest.mark.parametrize("how", ["account closed", "role taken"])
async def test_whom_accounts_lets_go_is_no_volunteer_any_more(keeper, now, how):
    who = await make_volunteer(now)
    if how == "account closed":
        await duty.deactivate(who.account_id, now)
    else:
        await accounts_service.ungrant(who.account_id, who.grants[-1])
    await deliver()
    own = await queries.find_own(who.account_id, now)

    assert own is not None and own.status is VolunteerStatus.LEFT
    assert not (await accounts.get_actor(who.account_id)).has_role(Role.VOLUNTEER)
    assert await queries.list_profiles([who.account_id], now) == {}


async def test_who_lost_another_role_stays_a_volunteer(keeper, now):
    who = await make_volunteer(now)
    await accounts_service.ungrant(who.account_id, who.grants[0])
    await deliver()

    assert list(await queries.list_profiles([who.account_id], now)) == [who.account_id]


async def test_what_is_sealed_is_deleted_after_its_term_and_of_nobody_before(keeper, now):
    gone, here = await make_volunteer(now), await make_volunteer(now, "李四")
    await deciding.leave(gone, now)
    term = timedelta(days=90)

    assert await retention.clear_sealed(now + term - timedelta(seconds=1), term) == 0
    assert await retention.clear_sealed(now + term + timedelta(seconds=1), term) == 1
    assert await retention.clear_sealed(now + term * 2, term) == 0
    left = await db.fetchrow("SELECT * FROM volunteer WHERE account_id = $1", gone.account_id)
    assert [left[name] for name in (*sealing.SEALED, "id_print")] == [None] * 6
    with pytest.raises(DetailsCleared):
        await deciding.open_details(left["id"], keeper, SEAL)
    still = await queries.find_own(here.account_id, now)
    assert still is not None and not still.is_cleared
