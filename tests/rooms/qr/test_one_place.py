"""A code never resolves to two places: whatever is done to plates, in whatever order, at whatever moment."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend import db
from backend.errors import AppError
from qr import queries
from qr import service as qr
from qr.errors import CodeRevoked
from tests.makers.qr import make_codes, make_doors

pytestmark = pytest.mark.usefixtures("database")

DOORS, CODES = 3, 5
VERBS = ("bind", "replace", "rebind", "mark_damaged", "repair", "revoke", "merge", "split", "transfer")
step = st.tuples(
    st.sampled_from(VERBS), st.integers(0, CODES - 1), st.integers(0, CODES - 1), st.integers(0, DOORS - 1)
)


@dataclass
class Street:
    """The same street in a few lines: plates that followed each other on one wall share a wall; a wall has one door."""

    doors: list[int]
    codes: list[str]
    wall_of: dict[str, int] = field(default_factory=dict)
    door_of: dict[int, int | None] = field(default_factory=dict)
    hanging: dict[int, str] = field(default_factory=dict)

    def expected(self, code: str) -> int | None:
        return self.door_of[self.wall_of[code]] if code in self.wall_of else None

    def here(self, code: str) -> int:
        """The place whose plates a verb is about: the code's own, or the first door."""
        return self.expected(code) or self.doors[0]

    def follow(self, verb: str, code: str, other: str, door: int) -> None:
        """What the verb, having succeeded, should have changed."""
        wall = self.wall_of.get(code)
        if verb == "bind" and wall is None:
            wall = self.wall_of[code] = len(self.door_of)
            self.door_of[wall], self.hanging[wall] = door, code
        elif verb == "replace":
            assert wall is not None
            self.wall_of[other], self.hanging[wall] = wall, other
        elif verb == "revoke" and wall is None:
            self.door_of[self.wall_of.setdefault(code, len(self.door_of))] = None
        elif verb == "revoke":
            self.door_of[wall] = None
        elif verb in ("rebind", "split"):
            self.door_of[wall] = door
        elif verb == "merge":
            gone = self.here(code)
            self.door_of = {wall: door if at == gone else at for wall, at in self.door_of.items()}


async def perform(street: Street, verb: str, code: str, other: str, door: int, now: datetime) -> None:
    here = street.here(code)
    by: dict = {"actor": None, "now": now}
    match verb:
        case "bind" | "rebind":
            await getattr(qr, verb)(code, door, **by)
        case "replace":
            await qr.replace(code, other, **by)
        case "merge":
            await qr.merge(here, door, **by)
        case "split":
            await qr.split(here, door, [code], **by)
        case "transfer":
            await qr.transfer(here, **by)
        case "revoke":
            await qr.revoke(code, why="", **by)
        case _:
            await getattr(qr, verb)(code, **by)


async def resolved(code: str) -> int | None:
    try:
        found = await queries.resolve(code)
    except CodeRevoked:
        return None
    return found.place.id if found.place else None


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(step, min_size=4, max_size=25))
async def test_a_code_leads_to_the_one_place_its_wall_stands_for(now: datetime, steps: list[tuple]) -> None:
    street = Street(await make_doors(DOORS), await make_codes(CODES, now))

    for minute, (verb, one, another, at) in enumerate(steps):
        code, other, door = street.codes[one], street.codes[another], street.doors[at]
        try:
            await perform(street, verb, code, other, door, now + timedelta(minutes=minute))
        except AppError:
            pass
        else:
            street.follow(verb, code, other, door)
        for known in street.codes:
            assert await resolved(known) == street.expected(known), (verb, known)

    await the_registry_agrees_with_its_history()


async def the_registry_agrees_with_its_history() -> None:
    astray = await db.fetch(
        """SELECT c.code FROM qr_code c LEFT JOIN qr_binding b ON b.code_id = c.code AND b.ended_at IS NULL
            WHERE c.place_id IS DISTINCT FROM b.place_id"""
    )
    second_steps = await db.fetch(
        "SELECT c.code FROM qr_code c JOIN qr_code s ON s.code = c.successor_id WHERE s.status = 'replaced'"
    )
    overlapping = await db.fetch(
        """SELECT a.code_id FROM qr_binding a JOIN qr_binding b ON b.code_id = a.code_id AND b.id > a.id
            WHERE tstzrange(a.bound_at, a.ended_at) && tstzrange(b.bound_at, b.ended_at)"""
    )
    assert (astray, second_steps, overlapping) == ([], [], [])


async def test_of_twenty_who_bind_one_code_one_wins(now: datetime) -> None:
    doors = await make_doors(20)
    [code] = await make_codes(1, now)

    told = await asyncio.gather(*(qr.bind(code, door, actor=None, now=now) for door in doors), return_exceptions=True)

    assert sum(answer is None for answer in told) == 1
    assert sum(isinstance(answer, AppError) for answer in told) == 19
    assert await resolved(code) in doors


async def test_of_ten_replacements_at_once_one_wins(now: datetime) -> None:
    [door] = await make_doors(1)
    old, *fresh = await make_codes(11, now)
    await qr.bind(old, door, actor=None, now=now)

    told = await asyncio.gather(*(qr.replace(old, code, actor=None, now=now) for code in fresh), return_exceptions=True)

    assert sum(answer is None for answer in told) == 1
    assert sum(isinstance(answer, AppError) for answer in told) == 9
    await the_registry_agrees_with_its_history()


@pytest.mark.parametrize(
    "broken",
    [
        "UPDATE qr_code SET place_id = NULL WHERE status = 'active'",
        "UPDATE qr_code SET place_id = (SELECT min(id) FROM place) WHERE status = 'unbound'",
        "UPDATE qr_code SET status = 'replaced', place_id = NULL WHERE status = 'active'",
        "UPDATE qr_code SET status = 'replaced', place_id = NULL, successor_id = code WHERE status = 'active'",
        "UPDATE qr_code SET status = 'lost' WHERE status = 'unbound'",
        "UPDATE qr_code SET code = 'ILOU.XXXXXXX' WHERE status = 'unbound'",
        "INSERT INTO qr_binding (code_id, place_id, reason) SELECT code_id, place_id, 'bind' FROM qr_binding",
    ],
)
async def test_the_database_itself_refuses(now: datetime, broken: str) -> None:
    [door] = await make_doors(1)
    bound, _ = await make_codes(2, now)
    await qr.bind(bound, door, actor=None, now=now)

    with pytest.raises(Exception, match="qr_"):
        await db.execute(broken)
