"""A question ends with its answer, and what of it everybody may read is released by a person."""

import asyncio

import pytest

from backend import db
from backend.accounts.structs import Role
from backend.consultations import publishing, queries
from backend.consultations.errors import ConsultationNotFound, PersonalDataLeft
from backend.consultations.structs import AnswerDraft
from backend.orders import verbs as orders
from backend.orders.model.errors import AnswerMissing
from backend.orders.model.inputs import Finish
from backend.orders.transitions.transition import TransitionContext
from backend.reports import service as reports
from backend.reports.structs import Rating, ReportedAs, Submission
from tests.makers.orders import BASE_URL, state_of
from tests.makers.town import COMMITTEE, TOWN, make_actor, make_shift, make_town, make_unit

DRAFT = AnswerDraft(question="招牌要备案吗?", answer="要,请到营商服务站,电话 021-58881234")


@pytest.fixture
async def desk(database, now):
    """A town whose business desk has somebody on duty."""
    town = await make_town(now)
    unit_id = await make_unit("business_service")
    handler = await make_actor("营商服务员", Role.HANDLER, TOWN, unit_id=unit_id)
    await make_shift(handler, unit_id, now)
    return town, handler


async def ask(town, now, words="招牌要备案吗?我的电话 13800138000"):
    question = Submission(idempotency_key="question-1", code=town.code, item="F102", description=words)
    as_asker = ReportedAs(kinds=frozenset({"asker"}))
    return (await reports.submit(question, town.resident, base_url=BASE_URL, now=now, reported_as=as_asker)).receipt


async def answer(order_id, handler, now, note="要,带执照来"):
    by = TransitionContext(actor=handler, now=now)
    await orders.accept(order_id, by)
    await orders.finish(order_id, Finish(note=note), by)


async def test_an_answer_closes_a_question_at_once_and_without_words_there_is_none(desk, now):
    town, handler = desk
    receipt = await ask(town, now)
    by = TransitionContext(actor=handler, now=now)
    await orders.accept(receipt.order_id, by)

    with pytest.raises(AnswerMissing):
        await orders.finish(receipt.order_id, Finish(note="  "), by)
    await orders.finish(receipt.order_id, Finish(note="要,带执照来"), by)

    assert await state_of(receipt.order_id) == "closed"
    assert (receipt.resolve_by - now).total_seconds() >= 480 * 60, "one working day"
    await reports.rate(receipt.tracking_token, Rating(score=5), idempotency_key=None, now=now)
    assert await db.fetchval("SELECT rating FROM work_order") == 5


async def test_an_answer_that_was_not_taken_is_looked_at_when_it_is_given_again(desk, now):
    town, handler = desk
    receipt = await ask(town, now)
    await answer(receipt.order_id, handler, now)
    await reports.reopen(receipt.tracking_token, "没有回答问题", idempotency_key=None, now=now)

    await answer(receipt.order_id, handler, now, "补充:要带效果图")

    assert await state_of(receipt.order_id) == "handled"


async def test_what_is_offered_for_release_hides_numbers_and_what_holds_any_is_refused(desk, now):
    town, handler = desk
    receipt = await ask(town, now)
    await answer(receipt.order_id, handler, now)

    [offered] = await queries.list_answered([TOWN], now)
    with pytest.raises(PersonalDataLeft) as refused:
        draft = AnswerDraft(question="我的电话 13800138000", answer="好")
        await publishing.publish(receipt.order_id, draft, town.dispatcher, now)

    assert "13800138000" not in offered.question and "招牌" in offered.question
    assert refused.value.extra["kinds"] == ["number"]
    assert await queries.search() == []


async def test_it_is_published_once_found_by_its_words_and_taken_back(desk, now):
    town, handler = desk
    receipt = await ask(town, now)
    await answer(receipt.order_id, handler, now)

    await asyncio.gather(*(publishing.publish(receipt.order_id, DRAFT, town.dispatcher, now) for _ in range(3)))

    [found] = await queries.search("营商服务站")
    assert (found.question, found.topic) == (DRAFT.question, "F102")
    assert await db.fetchval("SELECT count(*) FROM event_log WHERE name = 'AnswerPublished'") == 1
    assert [await queries.search(text) for text in ("外摆", "%", "_", "\\")] == [[], [], [], []]
    assert await queries.search(topic="F101") == []
    assert await queries.list_answered([TOWN], now) == []
    for _ in range(2):
        await publishing.withdraw(found.id, town.dispatcher, now)
    assert await queries.search() == []
    assert [each.is_withdrawn for each in await queries.list_released([TOWN])] == [True]


async def test_nobody_releases_what_lies_elsewhere_or_is_no_answered_question(desk, now):
    town, handler = desk
    receipt = await ask(town, now)
    with pytest.raises(ConsultationNotFound):
        await publishing.publish(receipt.order_id, DRAFT, town.dispatcher, now)
    await answer(receipt.order_id, handler, now)
    far = await make_actor("别的居委", Role.COMMITTEE, f"{TOWN}002")
    near = await make_actor("居委", Role.COMMITTEE, COMMITTEE)

    for stranger in (far, handler, town.resident, town.verifier):
        with pytest.raises(ConsultationNotFound):
            await publishing.publish(receipt.order_id, DRAFT, stranger, now)
    await publishing.publish(receipt.order_id, DRAFT, near, now)

    assert await queries.list_answered(far.areas_of(Role.COMMITTEE), now) == []
