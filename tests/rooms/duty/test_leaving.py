"""Who leaves the house, a unit or a role lets go of sign-in, shifts and orders; whoever has no password gets one."""

from datetime import timedelta

import pytest

from backend import db
from backend.accounts import passwords, queries
from backend.accounts import service as accounts
from backend.accounts.errors import AccountUnknown, SignInRefused, StaffGone, UsernameInvalid
from backend.accounts.structs import Credentials, Grant, Role, StaffDraft, UnitDraft
from backend.duty import queries as rosters
from backend.duty import service as duty
from tests.makers.accounts import PASSWORD, keyring, make_staff
from tests.makers.town import TOWN

pytestmark = pytest.mark.usefixtures("database")
HOUR = timedelta(hours=1)
HANDLER, VERIFIER = Grant(Role.HANDLER, TOWN), Grant(Role.VERIFIER, TOWN)


@pytest.fixture
async def units():
    drafts = [UnitDraft(code=code, name_zh=code, unit_type="patrol", area_code=TOWN) for code in ("one", "two")]
    return [await accounts.add_unit(draft) for draft in drafts]


def li(unit_id: int | None, *grants: Grant, **changes: object) -> StaffDraft:
    fields = {"username": "li", "display_name": "李四", "unit_id": unit_id, "grants": grants, **changes}
    return StaffDraft(**fields)


async def left() -> list[int]:
    return [row["subject_id"] for row in await db.fetch("SELECT subject_id FROM event_log WHERE name = 'StaffLeft'")]


async def shifts(account_id: int) -> list[tuple]:
    return [
        tuple(row)
        for row in await db.fetch(
            "SELECT unit_id, starts_at, ends_at FROM duty_shift WHERE account_id = $1 ORDER BY starts_at", account_id
        )
    ]


async def test_who_leaves_is_off_duty_at_once_and_for_all_shifts_to_come(units, now):
    account_id = await duty.set_staff(li(units[0], HANDLER), now)
    over, running, open_end, ahead = now - 9 * HOUR, now - HOUR, now - 2 * HOUR, now + 9 * HOUR
    for starts_at, ends_at in ((over, now - 8 * HOUR), (running, now + HOUR), (open_end, None), (ahead, None)):
        await duty.start_shift(account_id, units[0], TOWN, starts_at, ends_at)

    await duty.deactivate(account_id, now)

    ended = [(units[0], over, now - 8 * HOUR), (units[0], open_end, now), (units[0], running, now)]
    assert await shifts(account_id) == ended
    assert await left() == [account_id]


async def test_leaving_twice_is_leaving_once(units, now):
    account_id = await duty.set_staff(li(units[0], HANDLER), now)

    for _ in range(2):
        await duty.deactivate(account_id, now)

    assert await left() == [account_id]


async def test_nobody_leaves_who_never_was_there(now):
    with pytest.raises(AccountUnknown):
        await duty.deactivate(4711, now)


async def test_a_role_taken_away_is_told_once_and_one_never_held_is_not():
    staff = await make_staff(Role.HANDLER)

    taken = [await accounts.ungrant(staff.account_id, HANDLER) for _ in range(2)]

    assert (taken, await left()) == ([True, False], [staff.account_id])
    assert (await queries.get_actor(staff.account_id)).grants == ()


async def test_saying_the_same_of_somebody_again_changes_nothing(units, now):
    draft = li(units[0], HANDLER, VERIFIER, phone="021-1234567")
    account_id = await duty.set_staff(draft, now)
    before = [tuple(row) for row in await db.fetch("SELECT a.*, g.* FROM account a JOIN role_grant g ON true")]

    assert await duty.set_staff(draft, now + HOUR) == account_id

    assert [tuple(row) for row in await db.fetch("SELECT a.*, g.* FROM account a JOIN role_grant g ON true")] == before
    assert await left() == []


async def test_who_moves_to_another_unit_leaves_the_shifts_of_the_old_one(units, now):
    one, two = units
    account_id = await duty.set_staff(li(one, HANDLER), now)
    await duty.start_shift(account_id, one, TOWN, now - HOUR)
    await duty.start_shift(account_id, two, TOWN, now - HOUR, now + HOUR)

    await duty.set_staff(li(two, HANDLER, display_name="李五"), now)

    assert sorted(await shifts(account_id)) == [(one, now - HOUR, now), (two, now - HOUR, now + HOUR)]
    actor = await queries.get_actor(account_id)
    assert (actor.unit_id, actor.name, await left()) == (two, "李五", [account_id])


async def test_who_gets_a_first_unit_and_one_more_role_leaves_nothing(units, now):
    account_id = await duty.set_staff(li(None, VERIFIER), now)

    await duty.set_staff(li(units[0], VERIFIER, HANDLER), now)

    assert (await queries.get_actor(account_id)).grants == (VERIFIER, HANDLER)
    assert await left() == []


async def test_who_has_left_does_not_come_back_by_a_draft(units, now):
    await duty.deactivate(await duty.set_staff(li(units[0], HANDLER), now), now)

    with pytest.raises(StaffGone):
        await duty.set_staff(li(units[0], HANDLER), now)


@pytest.mark.parametrize("username", ["", "x", "-li", "李四", "li si", "x" * 61, "li,admin"])
async def test_an_odd_username_is_not_taken(now, username):
    with pytest.raises(UsernameInvalid):
        await duty.set_staff(li(None, username=username), now)


async def test_whoever_has_no_password_cannot_sign_in_until_one_is_issued(now):
    await duty.set_staff(li(None, VERIFIER), now)
    for tried in (passwords.UNUSABLE, "nobody has this password"):
        with pytest.raises(SignInRefused):
            await accounts.sign_in(Credentials(username="li", password=tried), keyring(), now)
    told = []

    assert await accounts.issue_passwords(told.extend) == 1

    assert [one[:2] for one in told] == [("li", "李四")]
    await accounts.sign_in(Credentials(username="li", password=told[0].password), keyring(), now)


async def test_passwords_are_issued_only_to_those_here_who_have_none(now):
    await accounts.create_staff(li(None, username="wang", password=PASSWORD), now)
    await duty.deactivate(await duty.set_staff(li(None, username="zhao"), now), now)
    await duty.set_staff(li(None), now)

    issued = [await accounts.issue_passwords(lambda _: None) for _ in range(2)]

    assert issued == [1, 0]
    assert await accounts.sign_in(Credentials(username="wang", password=PASSWORD), keyring(), now)


async def test_passwords_that_could_not_be_kept_do_not_count(now):
    await duty.set_staff(li(None), now)

    def fail(_: object) -> None:
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        await accounts.issue_passwords(fail)

    assert await accounts.issue_passwords(lambda _: None) == 1


async def test_who_has_left_gets_no_new_password(now):
    account_id = await accounts.create_staff(li(None, password=PASSWORD), now)
    await duty.deactivate(account_id, now)

    with pytest.raises(AccountUnknown):
        await accounts.set_password(account_id, "Battery-staple-8", now)


async def test_the_list_shows_who_is_here_first_and_who_has_left_last(units, now):
    await duty.deactivate(await duty.set_staff(li(units[0], username="anna"), now), now)
    await accounts.create_staff(li(units[0], HANDLER, password=PASSWORD), now)
    await duty.set_staff(li(None, username="zhao"), now)

    people = await rosters.list_people(None, now)

    said = [(one.username, one.unit, one.roles, one.is_active, one.has_password) for one in people]
    assert said == [
        ("li", "one", [f"handler:{TOWN}"], True, True),
        ("zhao", None, [], True, False),
        ("anna", "one", [], False, False),
    ]
    assert [one.username for one in await rosters.list_people("one", now)] == ["li", "anna"]
