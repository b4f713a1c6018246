"""The number that a reporter leaves to be called back: sealed, opened with a trace, erased."""

from datetime import datetime, timedelta

import asyncpg
import pytest

from backend import db
from backend.accounts.structs import Role
from backend.orders import verbs as orders
from backend.orders.model.errors import OrderNotFound
from backend.orders.model.inputs import Called, CallResult
from backend.orders.transitions.transition import TransitionContext
from backend.orders.verifying.errors import CallNotDue
from backend.privacy.seals import PERSONAL, Seal, SealBroken
from backend.reports import service as reports
from backend.reports.call_back_numbers import answering, opening, queries, retention, rules
from backend.reports.call_back_numbers.errors import (
    NumberConsentMissing,
    NumberInvalid,
    NumberNotLeft,
    NumberNotNeeded,
)
from backend.reports.call_back_numbers.structs import CONSENT, NumberAnswer, NumberStanding, OwnNumber
from backend.reports.structs import Rating
from tests.makers.accounts import make_staff
from tests.makers.cases import make_join, make_neighbour
from tests.makers.orders import make_closed
from tests.makers.town import SmallTown, make_town

pytestmark = pytest.mark.usefixtures("client")
SEAL = Seal({1: "a secret of more than thirty-two characters"}, PERSONAL)
NUMBER = "13812345678"
OTHER_TOWN = "310104003"


@pytest.fixture
async def town(now: datetime) -> SmallTown:
    return await make_town(now)


@pytest.fixture
async def link(town: SmallTown, now: datetime) -> str:
    """The first reporter's, of a closed order."""
    order_id = await make_closed(town, now)
    return await db.fetchval("SELECT tracking_token FROM report WHERE order_id = $1", order_id)


async def leave(link: str, now: datetime, number: str | None = NUMBER, consent: str = CONSENT) -> None:
    await answering.answer(link, NumberAnswer(number=number, consent=consent), SEAL, now, is_sealed=False)


async def own(link: str, now: datetime) -> OwnNumber:
    return await queries.get_own_number(link, SEAL, now, is_sealed=False)


async def unhappy(link: str, now: datetime) -> int:
    await reports.rate(link, Rating(score=1), idempotency_key=None, now=now)
    return await db.fetchval("SELECT order_id FROM report WHERE tracking_token = $1", link)


async def test_a_number_is_sealed_in_its_row_with_the_consent_and_told_masked(link: str, now: datetime) -> None:
    assert (await own(link, now)).standing is NumberStanding.OPEN

    await leave(link, now, "+86 138 1234 5678")
    await leave(link, now)

    (row,) = await db.fetch("SELECT * FROM call_back_number")
    assert NUMBER.encode() not in row["number"]
    assert SEAL.open(row["number"], f"call_back_number.number:{row['id']}") == NUMBER
    with pytest.raises(SealBroken):
        SEAL.open(row["number"], f"call_back_number.number:{row['id'] + 1}")
    found = await own(link, now)
    assert (found.standing, found.masked, found.consent) == (NumberStanding.LEFT, "138****5678", CONSENT)
    assert (found.answered_at, found.opened_count) == (now, 0)
    assert await db.fetchval("SELECT count(*) FROM event_log WHERE body::text LIKE '%1234%5678%'") == 0


async def test_without_consent_and_without_a_number_nothing_is_kept(link: str, now: datetime) -> None:
    for number, consent, refusal in (
        (NUMBER, "", NumberConsentMissing),
        (NUMBER, "2020-01", NumberConsentMissing),
        ("12345", CONSENT, NumberInvalid),
        ("", CONSENT, NumberInvalid),
    ):
        with pytest.raises(refusal):
            await leave(link, now, number, consent)
    assert await db.fetchval("SELECT count(*) FROM call_back_number") == 0
    with pytest.raises(asyncpg.CheckViolationError, match="call_back_number_by_consent"):
        await db.execute(
            """INSERT INTO call_back_number (report_id, number, answered_at)
               SELECT id, $1, now() FROM report WHERE tracking_token = $2""",
            b"x" * 40,
            link,
        )


async def test_no_is_an_answer_and_a_consent_can_be_taken_back_and_given_anew(link: str, now: datetime) -> None:
    await leave(link, now, None)
    assert (await own(link, now)).standing is NumberStanding.DECLINED
    await leave(link, now)

    await answering.withdraw(link, now)
    await answering.withdraw(link, now)

    assert (await own(link, now)).standing is NumberStanding.WITHDRAWN
    assert await db.fetchval("SELECT count(*) FROM call_back_number WHERE number IS NOT NULL") == 0
    await leave(link, now, "021-5555 1234")
    assert (await own(link, now)).masked == "021****1234"
    ends = await db.fetch("SELECT end_reason FROM call_back_number ORDER BY id")
    assert [end["end_reason"] for end in ends] == ["replaced", "withdrawn", None]


async def test_whoever_is_not_called_is_not_asked_for_a_number(link: str, town: SmallTown, now: datetime) -> None:
    order_id = await db.fetchval("SELECT order_id FROM report WHERE tracking_token = $1", link)
    later = (await make_join(town, order_id, await make_neighbour(), now)).receipt.tracking_token

    for token, at, is_sealed in (
        (later, now, False),
        (link, now + rules.AFTER_END, False),
        (link, now, True),
    ):
        assert not (await queries.get_own_number(token, SEAL, at, is_sealed=is_sealed)).is_offered
        with pytest.raises(NumberNotNeeded):
            answer = NumberAnswer(number=NUMBER, consent=CONSENT)
            await answering.answer(token, answer, SEAL, at, is_sealed=is_sealed)
    await leave(later, now, None)


async def test_only_whoever_calls_opens_it_while_a_call_is_due_and_each_time_is_written_down(
    link: str, town: SmallTown, now: datetime
) -> None:
    order_id = await db.fetchval("SELECT order_id FROM report WHERE tracking_token = $1", link)
    await leave(link, now)
    with pytest.raises(CallNotDue):
        await opening.open_number(order_id, town.dispatcher, SEAL, now)
    await unhappy(link, now)
    stranger = await make_staff(Role.DISPATCHER, area=OTHER_TOWN)
    for nobody in (stranger, town.verifier, town.handlers[0], town.resident):
        with pytest.raises(OrderNotFound):
            await opening.open_number(order_id, nobody, SEAL, now)
    assert await db.fetchval("SELECT count(*) FROM call_back_opening") == 0

    opened = [(await opening.open_number(order_id, town.dispatcher, SEAL, now)).number for _ in range(2)]

    assert opened == [NUMBER, NUMBER]
    traces = await db.fetch("SELECT order_id, account_id, opened_at FROM call_back_opening")
    assert {tuple(trace) for trace in traces} == {(order_id, town.dispatcher.account_id, now)}
    listed = await queries.list_on_call_list([order_id])
    assert (listed[order_id].opened_count, listed[order_id].opened_by) == (2, town.dispatcher.name)
    assert (await own(link, now)).opened_count == 2
    with pytest.raises(asyncpg.PostgresError):
        await db.execute("DELETE FROM call_back_opening")


async def test_a_number_of_an_order_that_was_reopened_can_be_opened_and_one_that_was_not_left_cannot(
    link: str, town: SmallTown, now: datetime
) -> None:
    order_id = await unhappy(link, now)
    with pytest.raises(NumberNotLeft):
        await opening.open_number(order_id, town.dispatcher, SEAL, now)
    await leave(link, now)

    await reports.reopen(link, "it drips", idempotency_key=None, now=now)

    assert (await opening.open_number(order_id, town.dispatcher, SEAL, now)).number == NUMBER


async def test_a_number_goes_a_month_after_the_call_and_never_later_than_three_after_the_end(
    link: str, town: SmallTown, now: datetime
) -> None:
    order_id = await unhappy(link, now)
    second = rules.AFTER_END - timedelta(seconds=1)
    await leave(link, now)
    assert await retention.erase(now + second) == 0
    assert await retention.erase(now + rules.AFTER_END + timedelta(seconds=1)) == 1
    assert (await own(link, now)).standing is NumberStanding.ERASED

    await leave(link, now)
    by = TransitionContext(actor=town.dispatcher, now=now)
    await orders.record_call(order_id, Called(result=CallResult.UNREACHED), by)
    assert await retention.erase(now + rules.AFTER_CALL * 2) == 0
    await orders.record_call(order_id, Called(result=CallResult.SATISFIED), by)
    assert await retention.erase(now + rules.AFTER_CALL - timedelta(seconds=1)) == 0
    assert await retention.erase(now + rules.AFTER_CALL + timedelta(seconds=1)) == 1
    assert await retention.erase(now + rules.AFTER_CALL * 2) == 0
    assert await db.fetchval("SELECT count(*) FROM call_back_number WHERE number IS NOT NULL") == 0
