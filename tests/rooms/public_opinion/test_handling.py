"""A warning is taken up or put aside once, by whoever dispatches there; who did what stays, and it is left in peace."""

import asyncio
from datetime import datetime, timedelta

import asyncpg
import pytest

from backend import clock, db
from backend.accounts.structs import Role
from backend.calendars.rules import shanghai_date
from backend.orders.model.errors import NumberUnknown
from backend.public_opinion import counting, handling, queries, queueing, steps, towns, verdicts, vocabulary, warning
from backend.public_opinion.detection.chance import ShuffledPast
from backend.public_opinion.errors import MatterCaseMissing, MatterDealtWith, MatterMissing, MatterReasonMissing
from backend.public_opinion.structs import MatterStanding, MatterStepKind, WarningVerdict
from backend.public_opinion.words.found_word import FoundWord
from backend.words import REASON, WordsTooLong
from tests.makers.accounts import make_staff
from tests.makers.opinion import MATTERS, outbreak, say, weeks_of
from tests.makers.town import COMMITTEE, TOWN, SmallTown, make_town


@pytest.fixture
def now() -> datetime:
    return clock.now()


@pytest.fixture
async def town(database: str, now: datetime) -> SmallTown:
    made = await make_town(now)
    await vocabulary.add(TOWN, [FoundWord(matter, 9, False) for matter in MATTERS], now)
    await queueing.note(await say([*weeks_of(now), *outbreak(now)]))
    await counting.count_pending(now)
    await towns.note_replay(TOWN, ShuffledPast((3.6, 4.0), 600), now)
    return made


@pytest.fixture
async def matter_id(town: SmallTown, now: datetime) -> int:
    [found] = await warning.warn_in(TOWN, now)
    return found


async def case_of(number: int = 0) -> int:
    return await db.fetchval(
        "SELECT id FROM work_order WHERE description LIKE '%' || $1 || '%' ORDER BY id OFFSET $2", MATTERS[0], number
    )


async def test_a_warning_says_on_what_it_stands(matter_id):
    matter = await queries.get_matter(matter_id)

    assert (matter.reporters, matter.orders, matter.sources) == (14, 14, {"hotline": 14})
    assert matter.days in (2, 4) and matter.spots > 1 and matter.standing is MatterStanding.OPEN


async def test_taken_up_it_gets_an_order_where_one_of_its_cases_is_and_the_record_says_who(town, now, matter_id):
    case_id = await case_of()
    order_id = await handling.take_up(matter_id, town.dispatcher, now, reason="联合整治", case_id=case_id)

    opened = await db.fetchrow("SELECT source_kind, area_code, description FROM work_order WHERE id = $1", order_id)
    raised, taken = await steps.list_steps(matter_id)
    assert opened["source_kind"] == "root_cause" and opened["area_code"] == COMMITTEE
    assert MATTERS[0] in opened["description"] and "联合整治" in opened["description"]
    assert (raised.kind, raised.by) == (MatterStepKind.RAISED, "")
    assert (taken.kind, taken.order_id, taken.reason) == (MatterStepKind.TAKEN_UP, order_id, "联合整治")
    assert taken.by != ""
    assert (await queries.get_matter(matter_id)).standing is MatterStanding.TAKEN_UP
    with pytest.raises(asyncpg.RestrictViolationError):
        await db.execute("DELETE FROM matter_step")


async def test_taken_up_by_an_order_that_is_there_or_in_words_alone(town, now, matter_id):
    case_id = await case_of(1)
    number = await db.fetchval("UPDATE work_order SET number = upper(number) WHERE id = $1 RETURNING number", case_id)

    assert await handling.take_up(matter_id, town.dispatcher, now, number=number.lower()) == case_id
    await handling.put_aside(matter_id, "已经解决", town.dispatcher, now)
    assert await handling.take_up(matter_id, town.dispatcher, now, reason="又来了,派人看") is None
    kinds = [each.kind for each in await steps.list_steps(matter_id)]
    assert kinds == ["raised", "taken_up", "put_aside", "taken_up"]


async def test_what_is_not_said_not_there_or_not_ones_own_changes_nothing(town, now, matter_id):
    far, member = await make_staff(Role.DISPATCHER, area="310104003"), await make_staff(Role.COMMITTEE, area=COMMITTEE)
    usual = await db.fetchval("SELECT id FROM work_order WHERE description NOT LIKE '%' || $1 || '%'", MATTERS[0])
    dispatcher = town.dispatcher
    for refused, act in (
        (MatterReasonMissing, handling.put_aside(matter_id, " \n", dispatcher, now)),
        (MatterReasonMissing, handling.take_up(matter_id, dispatcher, now)),
        (WordsTooLong, handling.put_aside(matter_id, "字" * (REASON + 1), dispatcher, now)),
        (NumberUnknown, handling.take_up(matter_id, dispatcher, now, number="没有")),
        (MatterCaseMissing, handling.take_up(matter_id, dispatcher, now, case_id=usual)),
        (MatterMissing, handling.put_aside(matter_id, "远", far, now)),
        (MatterMissing, handling.put_aside(matter_id, "居委", member, now)),
        (MatterMissing, handling.put_aside(2**62, "没有", dispatcher, now)),
    ):
        with pytest.raises(refused):
            await act

    assert (await queries.get_matter(matter_id)).standing is MatterStanding.OPEN
    assert len(await steps.list_steps(matter_id)) == 1


async def test_two_who_put_it_aside_at_once_are_one(town, now, matter_id):
    done = await asyncio.gather(
        *(handling.put_aside(matter_id, "雨停了", town.dispatcher, now) for _ in range(3)), return_exceptions=True
    )

    assert [type(each) for each in done if each is not None] == [MatterDealtWith, MatterDealtWith]
    assert len(await steps.list_steps(matter_id)) == 2


async def test_what_is_put_aside_leaves_the_wall_and_is_not_raised_again_for_the_days_that_the_town_set(
    town, now, matter_id
):
    admin = await make_staff(Role.STREET_ADMIN, area=TOWN)
    await towns.accept(TOWN, 1.0, admin, now, quiet_days=60)
    await handling.put_aside(matter_id, "雨停了", town.dispatcher, now)
    assert await queries.list_emerging([TOWN], 5, shanghai_date(now)) == []

    later = now + timedelta(days=40)
    await queueing.note(await say([*weeks_of(later, weeks=5, seed=7), *outbreak(later, seed=8)]))
    await counting.count_pending(later)
    again = await warning.warn_in(TOWN, later)
    await db.execute("UPDATE emerging_matter SET quiet_until = $1", shanghai_date(later) - timedelta(days=1))
    raised = await warning.warn_in(TOWN, later)

    assert again == []
    assert len(raised) == 1 and raised != [matter_id]


async def test_what_the_desk_says_of_it_is_on_the_record_too(town, now, matter_id):
    await verdicts.judge(matter_id, WarningVerdict.FALSE_ALARM, town.dispatcher, now)
    await verdicts.judge(matter_id, WarningVerdict.USEFUL, town.dispatcher, now)

    assert [each.kind for each in await steps.list_steps(matter_id)] == ["raised", "false_alarm", "useful"]
