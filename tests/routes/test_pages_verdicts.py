"""The page of a fix that waits: verdicts only for whoever may give them, and else why not."""

from datetime import datetime

import httpx
import pytest

from backend.accounts import service as accounts
from backend.accounts.structs import Grant, Role
from backend.orders import verbs as orders
from backend.orders.model.inputs import CoHandle
from backend.orders.transitions.transition import TransitionContext
from tests.makers.accounts import bearer
from tests.makers.orders import finish, make_handled, make_on_site
from tests.makers.town import TOWN, make_town, make_unit

HTML = {"accept": "text/html"}
SEND_BACK, PASS = "退回返工", "核查通过</button>"


async def test_somebody_else_is_offered_both_verdicts(client: httpx.AsyncClient, now: datetime) -> None:
    town = await make_town(now)
    order_id = await make_handled(town, now)

    page = (await client.get(f"/o/{order_id}", headers=HTML | bearer(town.verifier))).text

    assert SEND_BACK in page
    assert PASS in page


@pytest.mark.parametrize(
    ("lang", "why"), [("zh", "您处置过这张工单,须由他人核查"), ("en", "somebody else verifies it")]
)
async def test_whoever_worked_on_it_reads_why_no_verdict_is_offered(
    client: httpx.AsyncClient, now: datetime, lang: str, why: str
) -> None:
    town = await make_town(now)
    order_id = await make_handled(town, now)
    await accounts.grant(town.handlers[0].account_id, Grant(Role.VERIFIER, TOWN))
    reading = {"cookie": f"lang={lang}"} | HTML | bearer(town.handlers[0])

    page = (await client.get(f"/o/{order_id}", headers=reading)).text

    assert why in page
    assert f"/o/{order_id}/verify" not in page


async def test_while_others_help_only_sending_back_is_offered(client: httpx.AsyncClient, now: datetime) -> None:
    town = await make_town(now)
    order_id = await make_on_site(town, now)
    wanted = CoHandle(unit_id=await make_unit("sanitation"), reason="需清扫")
    await orders.co_handle(order_id, wanted, TransitionContext(actor=town.handlers[0], now=now))
    await finish(order_id, town.handlers[0], now)

    page = (await client.get(f"/o/{order_id}", headers=HTML | bearer(town.verifier))).text

    assert "协办工单结案后才能通过" in page
    assert SEND_BACK in page
    assert PASS not in page
