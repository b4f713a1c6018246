"""The verifier's queue as plain pages: the next case, a verdict, the one after it, and somebody who was faster."""

from datetime import datetime

import httpx
import pytest

from backend import db
from backend.accounts.structs import Actor, Role
from backend.orders import verbs as orders
from backend.orders.model.inputs import Verify
from backend.orders.transitions.transition import TransitionContext
from tests.makers.accounts import bearer
from tests.makers.orders import make_handled, make_order, state_of, verified_by
from tests.makers.town import TOWN, SmallTown, make_actor, make_town

HTML = {"accept": "text/html"}


@pytest.fixture
async def town(client: httpx.AsyncClient, now: datetime) -> SmallTown:
    return await make_town(now)


async def test_a_verdict_leads_to_the_next_case_and_says_what_was_decided(
    client: httpx.AsyncClient, town: SmallTown, now: datetime
) -> None:
    first, second = await make_handled(town, now), await make_handled(town, now)
    reader = HTML | bearer(town.verifier)
    numbers = [await db.fetchval("SELECT number FROM work_order WHERE id = $1", each) for each in (first, second)]

    begun = await client.get("/verify", headers=reader)
    case = (await client.get(f"/verify/{first}", headers=reader)).text
    passed = await client.post(f"/verify/{first}", data={"result": "pass"}, headers=reader)
    after = (await client.get(passed.headers["location"], headers=reader)).text
    bare = await client.post(f"/verify/{second}", data={"result": "fail", "note": ["", " "]}, headers=reader)
    said = {"result": "fail", "note": ["问题还在", "照片看不清", "还有两辆"]}
    failed = await client.post(f"/verify/{second}", data=said, headers=reader)
    empty = (await client.get(failed.headers["location"], headers=reader)).text

    assert begun.headers["location"] == f"/verify/{first}"
    assert "待核查 2 件" in case and "核查通过</button>" in case and "退回返工</button>" in case
    assert passed.headers["location"] == f"/verify/{second}?last={first}"
    assert "已通过" in after and numbers[0] in after and "待核查 1 件" in after
    assert (bare.status_code, "请写明原因" in bare.text) == (422, True)
    assert failed.headers["location"] == f"/verify/queue?last={second}"
    assert "已退回返工" in empty and numbers[1] in empty and "没有待核查的工单" in empty
    assert [await state_of(each) for each in (first, second)] == ["closed", "accepted"]
    assert await db.fetchval("SELECT note FROM order_step WHERE move = 'rework'") == "问题还在\n照片看不清\n还有两辆"


async def test_what_was_put_off_waits_at_the_end_of_the_queue(
    client: httpx.AsyncClient, town: SmallTown, now: datetime
) -> None:
    first, second = await make_handled(town, now), await make_handled(town, now)
    reader = HTML | bearer(town.verifier)

    case = (await client.get(f"/verify/{first}", headers=reader)).text
    other = await client.get(f"/verify?later={first}", headers=reader)
    both = await client.get(f"/verify?later={first}-{second}-x-0", headers=reader)
    rest = (await client.get(both.headers["location"], headers=reader)).text
    passed = await client.post(f"/verify/{second}?later={first}", data={"result": "pass"}, headers=reader)

    assert f'href="/verify?later={first}"' in case
    assert other.headers["location"] == f"/verify/{second}?later={first}"
    assert "剩下 2 件都是您放到后面的" in rest
    assert passed.headers["location"] == f"/verify/queue?later={first}&last={second}"


async def test_who_was_faster_is_named_and_it_goes_on(
    client: httpx.AsyncClient, town: SmallTown, now: datetime
) -> None:
    first, second = await make_handled(town, now), await make_handled(town, now)
    faster = await make_actor("核查员二", Role.VERIFIER, TOWN)
    await orders.verify(first, Verify(result="fail", note="没扫"), TransitionContext(actor=faster, now=now))
    reader = HTML | bearer(town.verifier)

    late = await client.post(f"/verify/{first}", data={"result": "pass"}, headers=reader)
    next_case = (await client.get(late.headers["location"], headers=reader)).text
    with_words = await client.post(f"/verify/{first}", data={"result": "fail", "note": "还有两辆"}, headers=reader)
    opened = (await client.get(f"/verify/{first}", headers=reader)).text

    assert late.headers["location"] == f"/verify/{second}?last={first}"
    assert "核查员二已先处理:核查不通过,返工" in next_case and "您的意见没有提交" in next_case
    assert with_words.status_code == 409 and "还有两辆" in with_words.text
    assert "没扫" in opened and f'href="/verify?later={first}"' in opened and "核查通过</button>" not in opened


async def test_the_own_first_pass_stays_the_own_when_somebody_else_passes_it_too(
    client: httpx.AsyncClient, town: SmallTown, now: datetime
) -> None:
    async with verified_by("two_person_check"):
        order_id = await make_handled(town, now)
    reader, second = HTML | bearer(town.verifier), await make_actor("核查员二", Role.VERIFIER, TOWN)

    passed = await client.post(f"/verify/{order_id}", data={"result": "pass"}, headers=reader)
    await orders.verify(order_id, Verify(result="pass"), TransitionContext(actor=second, now=now))
    after = (await client.get(passed.headers["location"], headers=reader)).text

    assert "已记您通过,等待另一人复核或来源回访" in after and "没有提交" not in after


async def test_the_queue_is_for_those_who_verify(client: httpx.AsyncClient, town: SmallTown, now: datetime) -> None:
    order_id, fresh = await make_handled(town, now), (await make_order(town, now)).receipt.order_id
    committee = await make_actor("居委", Role.COMMITTEE, TOWN)

    async def get(path: str, who: Actor) -> httpx.Response:
        return await client.get(path, headers=HTML | bearer(who))

    assert (await get("/verify", committee)).status_code == 200
    assert (await get(f"/verify/{order_id}", town.resident)).headers["location"] == f"/o/{order_id}"
    assert (await get(f"/verify/{order_id}", await make_actor("外区", Role.VERIFIER, "310101"))).status_code == 404
    assert "不在待核查" in (await get(f"/verify/{fresh}", town.verifier)).text
