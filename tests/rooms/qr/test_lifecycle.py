"""A plate's years on the wall."""

from datetime import datetime, timedelta

import pytest

from backend import db
from backend.accounts.structs import Actor, Grant, Role
from backend.geo.lonlat import LonLat
from qr import codes, queries
from qr import service as qr
from qr.errors import (
    CodeLeadsOthers,
    CodeNotLive,
    CodeRevoked,
    CodeTaken,
    CodeUnbound,
    CodeUnknown,
    OutsideYourArea,
)
from qr.structs import PlateSighting, Status
from tests.makers.qr import AREA, KEYS, make_binder, make_codes, make_doors

pytestmark = pytest.mark.usefixtures("database")


async def place_of(code: str) -> int:
    return (await queries.get_place(code)).id


async def test_an_unbound_code_resolves_to_no_place(now: datetime) -> None:
    [code] = await make_codes(1, now)

    assert (await queries.resolve(code)).place is None
    with pytest.raises(CodeUnbound):
        await queries.get_place(code)


async def test_a_bound_code_is_read_however_it_was_typed(now: datetime) -> None:
    [door] = await make_doors(1)
    [code] = await make_codes(1, now)
    await qr.bind(codes.parse(code.lower()), door, actor=await make_binder(), now=now)

    found = await queries.resolve(codes.parse(f"{code[:4]}-{code[4:8]} {code[8:]}".lower()))

    assert found.status is Status.ACTIVE
    assert found.place is not None
    assert (found.place.id, found.place.address) == (door, "莲安东路0号")


async def test_a_mistyped_or_never_minted_code_is_unknown() -> None:
    for text in ("", "ABC", "0000-0000-0001", "000000000000"):
        with pytest.raises(CodeUnknown):
            await queries.resolve(text)


async def test_binding_twice_to_one_door_changes_nothing(now: datetime) -> None:
    [door] = await make_doors(1)
    [code] = await make_codes(1, now)

    for _ in range(2):
        await qr.bind(code, door, actor=None, now=now)

    assert await db.fetchval("SELECT count(*) FROM qr_binding") == 1


async def test_a_bound_code_cannot_be_bound_elsewhere(now: datetime) -> None:
    here, there = await make_doors(2)
    [code] = await make_codes(1, now)
    await qr.bind(code, here, actor=None, now=now)

    with pytest.raises(CodeTaken):
        await qr.bind(code, there, actor=None, now=now)
    assert await place_of(code) == here


async def test_nobody_binds_outside_their_area(now: datetime) -> None:
    [door] = await make_doors(1)
    [code] = await make_codes(1, now)
    stranger = Actor(account_id=1, name="别处", grants=(Grant(Role.COMMITTEE, "310115106001"),))
    resident = Actor(account_id=1, name="居民", grants=(Grant(Role.RESIDENT, ""),))

    for actor in (stranger, resident):
        with pytest.raises(OutsideYourArea):
            await qr.bind(code, door, actor=actor, now=now)


async def test_who_mints_elsewhere_and_binds_here_moves_no_plates_here(now: datetime) -> None:
    here, there = await make_doors(2)
    grants = (Grant(Role.STREET_ADMIN, "310115106"), Grant(Role.COMMITTEE, AREA))
    actor = Actor(account_id=1, name="两处", grants=grants)

    for moving in (
        qr.merge(here, there, actor=actor, now=now),
        qr.split(here, there, [], actor=actor, now=now),
        qr.transfer(here, actor=actor, now=now),
    ):
        with pytest.raises(OutsideYourArea):
            await moving


async def test_what_became_of_a_plate_is_not_said_to_who_keeps_others(now: datetime) -> None:
    here, there = await make_doors(2)
    [code] = await make_codes(1, now)
    await qr.bind(code, here, actor=None, now=now)
    await qr.revoke(code, actor=None, now=now, why="")
    stranger = Actor(account_id=1, name="别处", grants=(Grant(Role.COMMITTEE, "310115106001"),))

    with pytest.raises(OutsideYourArea):
        await qr.mark_damaged(code, actor=stranger, now=now)
    with pytest.raises(OutsideYourArea):
        await qr.rebind(code, there, actor=stranger, now=now)


async def test_where_the_phone_saw_the_plate_is_measured_and_becomes_its_anchor(now: datetime) -> None:
    [door] = await make_doors(1)
    [code] = await make_codes(1, now)
    seen = PlateSighting(point=LonLat(121.5001, 31.2), accuracy_m=8)

    await qr.bind(code, door, actor=None, now=now, seen=seen)

    distance_m = await db.fetchval("SELECT distance_m FROM qr_binding")
    assert distance_m == pytest.approx(9.5, abs=0.2)
    assert await db.fetchval("SELECT ST_X(anchor::geometry) FROM qr_code") == pytest.approx(121.5001)


async def test_a_damaged_plate_leads_home_until_it_is_replaced_or_repaired(now: datetime) -> None:
    [door] = await make_doors(1)
    [code] = await make_codes(1, now)
    await qr.bind(code, door, actor=None, now=now)

    await qr.mark_damaged(code, actor=None, now=now, why="划花")
    assert (await queries.resolve(code)).status is Status.DAMAGED
    assert await place_of(code) == door

    await qr.repair(code, actor=None, now=now)
    assert (await queries.resolve(code)).status is Status.ACTIVE


async def test_every_older_plate_leads_to_the_newest_in_one_step(now: datetime) -> None:
    [door] = await make_doors(1)
    first, *later = await make_codes(4, now)
    await qr.bind(first, door, actor=None, now=now)
    former = first
    for code in later:
        await qr.replace(former, code, actor=None, now=now)
        former = code

    for code in (first, *later):
        found = await queries.resolve(code)
        assert found.leads_to == later[-1]
        assert found.place is not None
        assert found.place.id == door
    assert (await queries.resolve(first)).status is Status.REPLACED


async def test_replacing_twice_changes_nothing(now: datetime) -> None:
    [door] = await make_doors(1)
    old, new, third = await make_codes(3, now)
    await qr.bind(old, door, actor=None, now=now)

    for _ in range(2):
        await qr.replace(old, new, actor=None, now=now)

    assert await db.fetchval("SELECT count(*) FROM qr_binding") == 2
    with pytest.raises(CodeNotLive):
        await qr.replace(old, third, actor=None, now=now)


async def test_a_code_cannot_replace_itself_or_be_replaced_by_a_hanging_one(now: datetime) -> None:
    here, there = await make_doors(2)
    one, other = await make_codes(2, now)
    await qr.bind(one, here, actor=None, now=now)
    await qr.bind(other, there, actor=None, now=now)

    for successor in (one, other):
        with pytest.raises(CodeTaken):
            await qr.replace(one, successor, actor=None, now=now)


async def test_a_code_hung_on_the_wrong_door_moves_and_remembers(now: datetime) -> None:
    wrong, right = await make_doors(2)
    [code] = await make_codes(1, now)
    await qr.bind(code, wrong, actor=None, now=now)

    await qr.rebind(code, right, actor=None, now=now + timedelta(days=1))

    assert await place_of(code) == right
    told = await db.fetch("SELECT place_id, end_reason FROM qr_binding ORDER BY id")
    assert [tuple(row) for row in told] == [(wrong, "rebind"), (right, None)]


async def test_a_code_that_older_plates_lead_to_cannot_move(now: datetime) -> None:
    here, there = await make_doors(2)
    old, new = await make_codes(2, now)
    await qr.bind(old, here, actor=None, now=now)
    await qr.replace(old, new, actor=None, now=now)

    with pytest.raises(CodeLeadsOthers):
        await qr.rebind(new, there, actor=None, now=now)
    assert await place_of(old) == here


async def test_a_revoked_code_and_all_that_lead_to_it_are_gone(now: datetime) -> None:
    [door] = await make_doors(1)
    old, new = await make_codes(2, now)
    await qr.bind(old, door, actor=None, now=now)
    await qr.replace(old, new, actor=None, now=now)

    await qr.revoke(new, actor=None, now=now, why="拆除")

    for code in (old, new):
        with pytest.raises(CodeRevoked):
            await queries.resolve(code)
    assert await queries.find_many([old, new]) == {}
    with pytest.raises(CodeNotLive):
        await qr.bind(new, door, actor=None, now=now)


async def test_when_places_merge_every_plate_stands_for_the_one_that_stays(now: datetime) -> None:
    gone, stays = await make_doors(2)
    one, other, fresh = await make_codes(3, now)
    await qr.bind(one, gone, actor=None, now=now)
    await qr.bind(other, stays, actor=None, now=now)
    await qr.replace(one, fresh, actor=None, now=now)

    assert await qr.merge(gone, stays, actor=None, now=now) == [fresh]

    assert {await place_of(code) for code in (one, other, fresh)} == {stays}


async def test_when_a_place_splits_only_the_named_plates_go_with_the_part(now: datetime) -> None:
    whole, part = await make_doors(2)
    kept, moved = await make_codes(2, now)
    await qr.bind(kept, whole, actor=None, now=now)
    await qr.bind(moved, whole, actor=None, now=now)

    await qr.split(whole, part, [codes.parse(moved.lower())], actor=None, now=now)

    assert (await place_of(kept), await place_of(moved)) == (whole, part)
    with pytest.raises(CodeNotLive):
        await qr.split(whole, part, [moved], actor=None, now=now)


async def test_a_new_owner_keeps_the_plate_and_starts_a_new_line_in_its_history(now: datetime) -> None:
    [shop] = await make_doors(1)
    [code] = await make_codes(1, now)
    await qr.bind(code, shop, actor=None, now=now)

    await qr.transfer(shop, actor=None, now=now + timedelta(days=30))

    assert await place_of(code) == shop
    told = await db.fetch("SELECT reason, end_reason FROM qr_binding ORDER BY id")
    assert [tuple(row) for row in told] == [("bind", "transfer"), ("transfer", None)]


async def test_what_was_written_down_about_a_plate_cannot_be_changed(now: datetime) -> None:
    [code] = await make_codes(1, now)
    await qr.revoke(code, actor=None, now=now, why="印错")

    with pytest.raises(Exception, match="append only"):
        await db.execute("UPDATE qr_change SET note = 'nothing happened'")


@pytest.mark.parametrize(("accuracy_m", "anchor_is_off"), [(None, True), (30.0, True), (100.0, True), (2500.0, False)])
async def test_a_vague_position_is_not_where_a_plate_hangs(
    now: datetime, accuracy_m: float | None, anchor_is_off: bool
) -> None:
    [door], [code] = await make_doors(1), await make_codes(1, now)
    seen = PlateSighting(point=LonLat(121.501, 31.2), accuracy_m=accuracy_m)

    await qr.bind(code, door, actor=None, now=now, seen=seen)

    distance_m = await queries.distance_from(code, LonLat(121.5, 31.2))
    assert distance_m == pytest.approx(95 if anchor_is_off else 0, abs=1)
    assert await db.fetchval("SELECT distance_m FROM qr_binding WHERE code_id = $1", code) == pytest.approx(95, abs=1)


async def test_a_new_plate_hangs_where_the_former_one_was_seen(now: datetime) -> None:
    [door], [old, fresh] = await make_doors(1), await make_codes(2, now)
    await qr.bind(old, door, actor=None, now=now, seen=PlateSighting(point=LonLat(121.501, 31.2), accuracy_m=5))

    await qr.replace(old, fresh, actor=None, now=now)

    assert await queries.distance_from(fresh, LonLat(121.501, 31.2)) == pytest.approx(0, abs=0.1)


@pytest.mark.parametrize("meant_for", ["", "310115105", "310115105001", "310115105001002"])
async def test_a_plate_that_hangs_nowhere_is_revoked_by_those_it_was_minted_for(now: datetime, meant_for: str) -> None:
    batch = await qr.mint(1, keys=KEYS, now=now, area_code=meant_for)
    code = await db.fetchval("SELECT code FROM qr_code WHERE batch_id = $1", batch.id)

    await qr.revoke(code, actor=await make_binder(), now=now, why="misprinted")

    assert await db.fetchval("SELECT status FROM qr_code WHERE code = $1", code) == "revoked"


async def test_nobody_else_revokes_it(now: datetime) -> None:
    batch = await qr.mint(1, keys=KEYS, now=now, area_code="310115106")
    code = await db.fetchval("SELECT code FROM qr_code WHERE batch_id = $1", batch.id)

    with pytest.raises(OutsideYourArea):
        await qr.revoke(code, actor=await make_binder(), now=now, why="mischief")


async def test_who_waited_for_somebody_else_is_not_refused_for_an_earlier_clock(now: datetime) -> None:
    here, there = await make_doors(2)
    [moved, revoked, replaced, fresh] = await make_codes(4, now)
    for code in (moved, revoked, replaced):
        await qr.bind(code, here, actor=None, now=now)
    earlier = now - timedelta(milliseconds=20)

    await qr.rebind(moved, there, actor=None, now=earlier)
    await qr.revoke(revoked, actor=None, now=earlier, why="")
    await qr.replace(replaced, fresh, actor=None, now=earlier)
    await qr.merge(there, here, actor=None, now=earlier)

    assert await place_of(moved) == await place_of(replaced) == here
    assert await db.fetchval("SELECT count(*) FROM qr_binding WHERE ended_at < bound_at") == 0
