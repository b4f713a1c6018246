"""The lists of those who work: what a card says beside its clock, and one's own reports."""

import re
from datetime import datetime

import httpx
import pytest

from backend.accounts.structs import Role
from backend.orders import verbs as orders
from backend.orders.model.inputs import AskSuspension, Reassign, Return, ReturnReason
from backend.orders.transitions.transition import TransitionContext
from backend.reports import service as reports
from backend.reports.structs import Submission
from tests.makers.accounts import bearer
from tests.makers.orders import BASE_URL, make_accepted, make_handled, make_order, make_photos, state_of
from tests.makers.statements import count_statements
from tests.makers.town import TOWN, make_actor, make_town

HTML = {"accept": "text/html"}


async def test_a_card_says_that_it_is_urged_supervised_returned_and_asking(
    client: httpx.AsyncClient, now: datetime
) -> None:
    town = await make_town(now)
    order_id = await make_accepted(town, now)
    handler, desk = (
        TransitionContext(actor=town.handlers[0], now=now),
        TransitionContext(actor=town.dispatcher, now=now),
    )
    await orders.give_back(order_id, Return(reason=ReturnReason.NOT_OURS), handler)
    await orders.reassign(order_id, Reassign(unit_id=town.unit_id, reason="就是你们的"), desk)
    await orders.accept(order_id, handler)
    await orders.urge(order_id, "", desk)
    await orders.supervise(order_id, "", desk)
    await orders.ask_suspension(order_id, AskSuspension(reason="等配件"), handler)
    await make_accepted(town, now)

    page = (await client.get("/work?tab=doing", headers=HTML | bearer(town.handlers[0]))).text

    assert [page.count(f">{flag}</span>") for flag in ("催办", "督办", "退过 1 次", "挂账待批")] == [1, 1, 1, 1]


async def test_a_list_says_what_comes_next_and_begins_with_what_is_in_hand_where_nothing_waits(
    client: httpx.AsyncClient, now: datetime
) -> None:
    town = await make_town(now)
    handler = HTML | bearer(town.handlers[0])
    nothing = (await client.get("/work", headers=handler)).text
    await make_accepted(town, now)
    in_hand = (await client.get("/work", headers=handler)).text
    await make_order(town, now)
    waiting = (await client.get("/work", headers=handler)).text

    assert [re.findall(r'"\?tab=(\w+)" aria-current', page) for page in (nothing, in_hand, waiting)] == [
        ["todo"],
        ["doing"],
        ["todo"],
    ]
    assert "看处置中的工单" in nothing
    assert "下一步:到场打卡" in in_hand and "下一步:接单" in waiting


async def test_an_inspector_finds_the_own_reports_whatever_their_state(
    client: httpx.AsyncClient, now: datetime
) -> None:
    town = await make_town(now)
    inspector = await make_actor("监督员", Role.INSPECTOR, TOWN)
    photos = await make_photos(inspector)
    submission = Submission(idempotency_key="own-report", code=town.code, item="A101", photo_ids=photos)
    own = (await reports.submit(submission, inspector, base_url=BASE_URL, now=now)).receipt
    foreign = (await make_order(town, now)).receipt

    page = (await client.get("/verify?tab=mine", headers=HTML | bearer(inspector))).text

    assert own.number in page
    assert foreign.number not in page


@pytest.mark.parametrize("form", ["", "/moves/reassign", "/moves/merge", "/moves/co_handle"])
async def test_an_orders_page_asks_the_database_thirteen_times_at_most(
    client: httpx.AsyncClient, now: datetime, form: str
) -> None:
    town = await make_town(now)
    order_id = await make_accepted(town, now)
    await orders.ask_suspension(
        order_id, AskSuspension(reason="等配件"), TransitionContext(actor=town.handlers[0], now=now)
    )

    async def read() -> None:
        await client.get(f"/o/{order_id}{form}", headers=HTML | bearer(town.dispatcher))

    await read()
    assert 5 <= await count_statements(read) <= 13


@pytest.mark.parametrize("form", [{}, {"result": "maybe"}, {"result": "\0"}])
async def test_a_verification_that_says_neither_yes_nor_no_is_asked_again(
    client: httpx.AsyncClient, now: datetime, form: dict[str, str]
) -> None:
    town = await make_town(now)
    order_id = await make_handled(town, now)

    answer = await client.post(f"/o/{order_id}/verify", data=form, headers=HTML | bearer(town.verifier))

    assert answer.status_code == 400
    assert "请选择通过或退回" in answer.text
    assert await state_of(order_id) == "handled"
