"""Appeals: made in time for what is one's own, once, decided by another, and the case is out of that figure alone."""

import asyncio
from datetime import date, timedelta

import asyncpg
import pytest

from backend import db
from backend.accounts.structs import Role
from backend.calendars.rules import shanghai_date
from backend.evaluation.appeals import asking, deciding, reads
from backend.evaluation.appeals.cases import list_cases
from backend.evaluation.appeals.structs import AppealDraft, AppealState
from backend.evaluation.errors import (
    AppealDecidedAlready,
    AppealIncomplete,
    AppealMadeBefore,
    AppealOfOneself,
    AppealOfOwnVerdict,
    AppealTooLate,
    AppealUnknown,
    CaseNotCounted,
)
from backend.evaluation.people import score_people
from backend.evaluation.structs import PersonMeasure, ScoredKind, UnitMeasure
from backend.evaluation.units import score_units
from backend.indicators.counting import recount
from backend.indicators.queries import read_figures
from backend.indicators.structs import Period
from backend.orders import verbs as orders
from backend.orders.model.inputs import Verify
from backend.orders.transitions.transition import TransitionContext
from tests.makers.accounts import grant
from tests.makers.evaluation import DRAFT, case_of, make_appeal, make_late_case
from tests.makers.indicators import contribute, count_what_happened, sum_months
from tests.makers.orders import finish, make_handled, make_on_site
from tests.makers.town import COMMITTEE, TOWN, make_actor, make_town
from tests.makers.worker import work

DONE = PersonMeasure.DONE_ON_TIME
GRANTED = AppealState.GRANTED
_MESSAGES = "SELECT account_id FROM message WHERE kind = $1 ORDER BY account_id"


@pytest.fixture
async def town(database, now):
    return await make_town(now)


def month(now) -> Period:
    today = shanghai_date(now)
    return Period(today.replace(day=1), today)


async def of_person(person, now):
    found = (await score_people([TOWN], month(now)))[DONE].scores
    return next((each for each in found if each.subject_id == person), None)


async def test_a_granted_case_is_out_of_that_figure_of_that_person_alone_and_stays_out_when_all_is_counted_anew(
    town, now
):
    handler = town.handlers[0]
    order_id = await make_on_site(town, now)
    await finish(order_id, handler, now + timedelta(hours=5))
    other = await make_handled(town, now)
    await count_what_happened()
    before = await read_figures([DONE], [TOWN], month(now))

    appeal_id = await make_appeal(order_id, handler, now + timedelta(hours=6))
    unchanged = await of_person(handler.account_id, now)
    await deciding.decide(appeal_id, GRANTED, "属实", town.dispatcher, now + timedelta(hours=7))
    await recount.recount(now + timedelta(hours=8))

    found = await of_person(handler.account_id, now)
    (of_unit,) = await score_units(TOWN, month(now), UnitMeasure.DONE_ON_TIME)
    assert (unchanged.cases, unchanged.n, unchanged.left_out) == (1, 2, 0)
    assert (found.cases, found.n, found.left_out) == (1, 1, 1)
    assert (of_unit.n, of_unit.left_out) == (2, 0), "the unit did not appeal"
    assert await read_figures([DONE], [TOWN], month(now)) == before, "the town's own figure stays"
    cases = await list_cases([TOWN], month(now), DONE, ScoredKind.PERSON, handler.account_id)
    assert [(each.order_id, each.is_against, each.appeal_state) for each in cases] == [
        (order_id, True, GRANTED),
        (other, False, None),
    ]


async def test_whoever_works_for_a_unit_appeals_for_it_and_every_case_left_out_is_counted(town, now):
    for _ in range(2):
        order_id = await make_late_case(town, now)
        appeal_id = await make_appeal(order_id, town.handlers[1], now, ScoredKind.UNIT)
        await deciding.decide(appeal_id, GRANTED, "属实", town.dispatcher, now)
    await contribute(COMMITTEE, shanghai_date(now), order_id=999_999, unit_id=town.unit_id, due=1, done_in_time=1)
    await sum_months()

    (found,) = await score_units(TOWN, month(now), UnitMeasure.DONE_ON_TIME)

    assert (found.cases, found.n, found.left_out) == (1, 1, 2)
    assert (await of_person(town.handlers[0].account_id, now)).left_out == 0


async def test_only_who_the_figure_is_of_appeals_and_only_for_what_counts_in_it(town, now):
    order_id = await make_late_case(town, now)
    stranger = await make_actor("别队", Role.HANDLER, TOWN)

    for actor, asked in (
        (town.handlers[1], case_of(order_id)),
        (stranger, case_of(order_id, ScoredKind.UNIT)),
        (town.dispatcher, case_of(order_id, ScoredKind.UNIT)),
        (town.handlers[0], case_of(order_id, measure="rework_rate")),
        (town.handlers[0], case_of(order_id, measure="return_rate")),
        (town.handlers[0], case_of(order_id, measure="satisfaction_rate")),
        (town.handlers[0], case_of(2**62)),
    ):
        with pytest.raises(CaseNotCounted):
            await asking.appeal(asked, DRAFT, actor, now)


async def test_an_appeal_is_made_once_within_its_term(town, now):
    handler, order_id = town.handlers[0], await make_late_case(town, now)
    last = date(2021, 8, 14)
    in_time = now + (last - shanghai_date(now))

    with pytest.raises(AppealTooLate):
        await make_appeal(order_id, handler, in_time + timedelta(days=1))
    first = await make_appeal(order_id, handler, in_time)
    again = await make_appeal(order_id, handler, in_time)
    with pytest.raises(AppealMadeBefore) as refused:
        await asking.appeal(case_of(order_id), AppealDraft(reason="别的", evidence="别的"), handler, in_time)

    assert again == first == refused.value.extra["appeal_id"]
    assert await db.fetchval("SELECT count(*) FROM event_log WHERE name = 'ScoreAppealed'") == 1


async def test_nobody_decides_for_themselves_nor_on_a_verdict_of_their_own_and_a_decision_stays(town, now):
    handler = town.handlers[0]
    order_id = await make_handled(town, now)
    both = await grant(await make_actor("核查兼派单", Role.VERIFIER, TOWN), Role.DISPATCHER, area=TOWN)
    await orders.verify(order_id, Verify(result="pass"), TransitionContext(actor=both, now=now))
    await count_what_happened()
    appeal_id = await make_appeal(order_id, handler, now)
    also = await grant(handler, Role.STREET_ADMIN, area=TOWN)

    for actor, error in (
        (also, AppealOfOneself),
        (both, AppealOfOwnVerdict),
        (town.verifier, AppealUnknown),
        (await make_actor("别镇", Role.DISPATCHER, "310104003"), AppealUnknown),
    ):
        with pytest.raises(error):
            await deciding.decide(appeal_id, GRANTED, "属实", actor, now)
    with pytest.raises(AppealIncomplete):
        await deciding.decide(appeal_id, GRANTED, "  ", town.dispatcher, now)
    await deciding.decide(appeal_id, AppealState.REFUSED, "时限内未到场", town.dispatcher, now)
    await deciding.decide(appeal_id, AppealState.REFUSED, "时限内未到场", town.dispatcher, now)
    with pytest.raises(AppealDecidedAlready):
        await deciding.decide(appeal_id, GRANTED, "再看", town.dispatcher, now)

    assert (await reads.get_appeal(appeal_id, handler)).decision == "时限内未到场"
    assert (await of_person(handler.account_id, now)).left_out == 0


async def test_two_who_decide_at_once_are_one_decision(town, now):
    appeal_id = await make_appeal(await make_late_case(town, now), town.handlers[0], now)
    other = await make_actor("管理员", Role.STREET_ADMIN, TOWN)

    results = await asyncio.gather(
        deciding.decide(appeal_id, GRANTED, "属实", town.dispatcher, now),
        deciding.decide(appeal_id, AppealState.REFUSED, "不属实", other, now),
        return_exceptions=True,
    )

    assert sorted(type(each).__name__ for each in results) == ["AppealDecidedAlready", "NoneType"]
    assert await db.fetchval("SELECT count(*) FROM event_log WHERE name = 'ScoreAppealDecided'") == 1


async def test_the_centre_hears_of_an_appeal_and_whoever_made_it_of_the_answer_without_a_name(town, now, database):
    appeal_id = await make_appeal(await make_late_case(town, now), town.handlers[0], now)
    await work(database)
    centre = [row["account_id"] for row in await db.fetch(_MESSAGES, "ScoreAppealed")]
    await deciding.decide(appeal_id, GRANTED, "属实", town.dispatcher, now)
    await work(database)

    assert centre == [town.dispatcher.account_id]
    assert [row["account_id"] for row in await db.fetch(_MESSAGES, "ScoreAppealDecided")] == [
        town.handlers[0].account_id
    ]
    said = "".join(str(tuple(row)) for row in await db.fetch("SELECT title_zh, body_zh, path FROM message"))
    facts = "".join(row["body"] for row in await db.fetch("SELECT body::text FROM event_log WHERE name LIKE 'Score%'"))
    assert "/evaluation/appeals/" in said
    assert not any(word in said + facts for word in (town.handlers[0].name, DRAFT.reason, DRAFT.evidence, "属实"))


@pytest.mark.parametrize(
    "change",
    [
        "state = 'granted'",
        "state = 'granted', decided_by_id = asked_by_id, decided_at = asked_at, decision = 'x'",
        "state = 'granted', decided_by_id = $2, decided_at = asked_at, decision = ' '",
        "state = 'granted', decided_by_id = $2, decided_at = asked_at - interval '1 s', decision = 'x'",
        "unit_id = $3",
        "person_id = $2",
        "reason = ' '",
        "measure = 'return_rate'",
    ],
)
async def test_the_database_refuses_what_no_appeal_may_be(town, now, change):
    appeal_id = await make_appeal(await make_late_case(town, now), town.handlers[0], now)
    said = f"UPDATE score_appeal SET {change} WHERE id = $1 AND $2::bigint > 0 AND $3::bigint > 0"

    with pytest.raises(asyncpg.CheckViolationError):
        await db.execute(said, appeal_id, town.dispatcher.account_id, town.unit_id)
