"""Staff who join and change their passwords, and devices that need none."""

import pytest

from backend.accounts import queries
from backend.accounts import service as accounts
from backend.accounts.errors import AccountUnknown, SessionEnded, UsernameTaken, WeakPassword
from backend.accounts.structs import Credentials, Grant, Role, StaffDraft, UnitDraft
from tests.makers.accounts import PASSWORD, keyring, make_staff

pytestmark = pytest.mark.usefixtures("database")
NEW_PASSWORD = "Battery-staple-8"


def draft(**changes):
    fields = {"username": "li", "password": PASSWORD, "display_name": "李四", **changes}
    return StaffDraft(**fields)


async def test_who_joins_can_sign_in_with_the_roles_given(now):
    unit_id = await accounts.add_unit(
        UnitDraft(code="u1", name_zh="一中队", unit_type="chengguan_patrol", area_code="310115105")
    )
    grants = (Grant(Role.HANDLER, "310115105"), Grant(Role.VERIFIER, "310115"))
    account_id = await accounts.create_staff(draft(username="Li", unit_id=unit_id, grants=grants), now)

    await accounts.sign_in(Credentials(username="li", password=PASSWORD), keyring(), now)

    actor = await queries.get_actor(account_id)
    assert (actor.unit_id, actor.grants) == (unit_id, grants)


async def test_a_username_belongs_to_one_person(now):
    await accounts.create_staff(draft(), now)

    with pytest.raises(UsernameTaken):
        await accounts.create_staff(draft(username=" LI "), now)


async def test_a_weak_password_is_not_taken(now):
    with pytest.raises(WeakPassword):
        await accounts.create_staff(draft(password="short"), now)


async def test_a_new_password_ends_every_session(now):
    account_id = await accounts.create_staff(draft(), now)
    open_one = await accounts.sign_in(Credentials(username="li", password=PASSWORD), keyring(), now)

    await accounts.set_password(account_id, NEW_PASSWORD, now)

    with pytest.raises(SessionEnded):
        await accounts.refresh(open_one.refresh_token, keyring(), now)
    assert await accounts.sign_in(Credentials(username="li", password=NEW_PASSWORD), keyring(), now)


async def test_a_device_has_no_password_to_set(now):
    tokens = await accounts.open_device_session(keyring(), now)
    device = keyring().open(tokens.access_token, now).actor

    with pytest.raises(AccountUnknown):
        await accounts.set_password(device.account_id, NEW_PASSWORD, now)


async def test_a_device_is_a_resident_without_a_name(now):
    tokens = await accounts.open_device_session(keyring(), now, "x" * 500)

    device = keyring().open(tokens.access_token, now).actor
    assert device.is_device
    assert device.name == ""
    assert device.grants == (Grant(Role.RESIDENT, ""),)


async def test_granting_a_role_twice_is_the_same():
    staff = await make_staff()

    for _ in range(2):
        await accounts.grant(staff.account_id, Grant(Role.HANDLER, "310115"))

    assert (await queries.get_actor(staff.account_id)).grants == (Grant(Role.HANDLER, "310115"),)


async def test_names_are_read_for_many_at_once():
    first, second = await make_staff(name="甲"), await make_staff(name="乙")

    names = await queries.list_names([first.account_id, second.account_id, 0])

    assert names == {first.account_id: "甲", second.account_id: "乙"}
