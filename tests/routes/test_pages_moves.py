"""Every move beside the straight way as a plain form: made, refused with what was typed kept, and not offered."""

from datetime import datetime
from typing import Any

import httpx
import pytest

from backend import db
from backend.accounts.structs import Actor, Role
from backend.orders import verbs as orders
from backend.orders.model.inputs import AskExtension
from backend.orders.transitions.transition import TransitionContext
from backend.reports import service as reports
from backend.reports.structs import Submission
from tests.makers.accounts import bearer
from tests.makers.orders import (
    BASE_URL,
    make_accepted,
    make_closed,
    make_on_site,
    make_order,
    make_photos,
    state_of,
)
from tests.makers.photos import jpeg
from tests.makers.town import TOWN, SmallTown, make_actor, make_staffed_unit, make_town, make_unit

HTML = {"accept": "text/html"}


class At:
    """A small town and a client; `send` is one plain form of one person."""

    def __init__(self, client: httpx.AsyncClient, town: SmallTown) -> None:
        self.client, self.town = client, town
        self.handler, self.desk = town.handlers[0], town.dispatcher

    async def read(self, path: str, who: Actor) -> httpx.Response:
        return await self.client.get(path, headers=HTML | bearer(who))

    async def send(self, order_id: int, move: str, who: Actor, files: Any = None, **typed: str) -> httpx.Response:
        path = f"/o/{order_id}/moves/{move}"
        return await self.client.post(path, data=typed, files=files, headers=HTML | bearer(who))


@pytest.fixture
async def at(client: httpx.AsyncClient, now: datetime) -> At:
    return At(client, await make_town(now))


async def test_a_handler_gives_an_order_back_and_reads_of_it_on_the_list(at: At, now: datetime) -> None:
    await make_unit("chengguan_patrol", TOWN[:6])
    order_id = await make_accepted(at.town, now)

    answer = await at.send(order_id, "return", at.handler, reason="not_ours", sure="1")

    assert (answer.status_code, answer.headers["location"]) == (303, "/work?done=return")
    assert await state_of(order_id) == "dispatched"
    assert "已退单" in (await at.read("/work?done=return", at.handler)).text


async def test_a_final_move_must_be_meant(at: At, now: datetime) -> None:
    order_id = (await make_order(at.town, now)).receipt.order_id

    answer = await at.send(order_id, "cancel", at.desk, reason="重复了")

    assert answer.status_code == 422
    assert "请勾选" in answer.text
    assert ">重复了</textarea>" in answer.text
    assert await state_of(order_id) == "dispatched"


async def test_more_time_is_asked_for_in_minutes_of_ones_own_and_granted(at: At, now: datetime) -> None:
    order_id = await make_accepted(at.town, now)

    asked = await at.send(order_id, "ask_extension", at.handler, minutes="30", minutes_other="45", reason="车多")
    page = await at.read(f"/o/{order_id}", at.desk)
    decided = await at.send(order_id, "decide", at.desk, is_granted="true")

    assert asked.headers["location"] == f"/o/{order_id}?done=ask_extension"
    assert "申请延期 45 分钟" in page.text
    assert at.handler.name in page.text
    assert decided.headers["location"] == f"/o/{order_id}?done=decide"
    assert await db.fetchval("SELECT is_granted FROM order_request WHERE order_id = $1", order_id) is True


async def test_a_refusal_needs_its_reason(at: At, now: datetime) -> None:
    order_id = await make_accepted(at.town, now)
    await orders.ask_extension(
        order_id, AskExtension(minutes=30, reason="车多"), TransitionContext(actor=at.handler, now=now)
    )

    bare = await at.send(order_id, "decide", at.desk, is_granted="false")
    said = await at.send(order_id, "decide", at.desk, is_granted="false", reason="不同意")

    assert (bare.status_code, said.status_code) == (422, 303)
    assert await db.fetchval("SELECT is_granted FROM order_request WHERE order_id = $1", order_id) is False


async def test_an_order_is_suspended_and_taken_up_again(at: At, now: datetime) -> None:
    order_id = await make_accepted(at.town, now)

    await at.send(order_id, "ask_suspension", at.handler, reason="等配件")
    await at.send(order_id, "decide", at.desk, is_granted="true")
    suspended = await state_of(order_id)
    answer = await at.send(order_id, "resume", at.handler)

    assert (suspended, await state_of(order_id)) == ("suspended", "accepted")
    assert answer.headers["location"].endswith("?done=resume")


async def test_while_a_request_waits_no_other_is_offered(at: At, now: datetime) -> None:
    order_id = await make_accepted(at.town, now)
    await orders.ask_extension(
        order_id, AskExtension(minutes=30, reason="车多"), TransitionContext(actor=at.handler, now=now)
    )

    page = await at.read(f"/o/{order_id}", at.handler)

    assert "等待派单员审批" in page.text
    assert f"/o/{order_id}/moves/ask_suspension" not in page.text
    assert f"/o/{order_id}/moves/decide" not in page.text


async def test_another_unit_is_asked_to_help(at: At, now: datetime) -> None:
    other = await make_staffed_unit("sanitation")
    order_id = await make_accepted(at.town, now)

    answer = await at.send(order_id, "co_handle", at.handler, unit_id=str(other), reason="需要清扫")

    assert answer.status_code == 303
    assert await db.fetchval("SELECT unit_id FROM work_order WHERE parent_id = $1", order_id) == other


async def test_the_desk_reassigns_to_a_person_whose_unit_it_looked_up(at: At, now: datetime) -> None:
    order_id = (await make_order(at.town, now)).receipt.order_id
    unit, person = str(at.town.unit_id), at.town.handlers[1]

    form = await at.read(f"/o/{order_id}/moves/reassign?unit_id={unit}&reason=就近", at.desk)
    answer = await at.send(
        order_id, "reassign", at.desk, unit_id=unit, handler_id=str(person.account_id), reason="就近"
    )

    assert f'<option value="{person.account_id}">{person.name}</option>' in form.text
    assert ">就近</textarea>" in form.text
    assert answer.headers["location"] == f"/o/{order_id}?done=reassign"
    assert await db.fetchval("SELECT handler_id FROM work_order WHERE id = $1", order_id) == person.account_id


async def test_the_desk_supervises_urges_and_cancels(at: At, now: datetime) -> None:
    order_id = (await make_order(at.town, now)).receipt.order_id

    await at.send(order_id, "supervise", at.desk, note="盯紧")
    await at.send(order_id, "urge", at.desk)
    again = await at.send(order_id, "urge", at.desk, note="快一点")
    await at.send(order_id, "cancel", at.desk, reason="误报", sure="1")

    assert again.status_code == 409
    assert ">快一点</textarea>" in again.text
    assert await state_of(order_id) == "cancelled"


async def test_orders_are_merged_by_number_and_parted_again(at: At, now: datetime) -> None:
    one, other = await make_order(at.town, now), await make_order(at.town, now)
    order_id = one.receipt.order_id

    form = await at.read(f"/o/{order_id}/moves/merge", at.desk)
    unknown = await at.send(order_id, "merge", at.desk, into_id_other="NOSUCH", reason="同一件", sure="1")
    merged = await at.send(order_id, "merge", at.desk, into_id=other.receipt.number, reason="同一件", sure="1")
    state = await state_of(order_id)
    parted = await at.send(order_id, "unmerge", at.desk, reason="两件")

    assert other.receipt.number in form.text
    assert one.receipt.number not in form.text.partition("into_id")[2]
    assert (unknown.status_code, merged.status_code, state) == (422, 303, "merged")
    assert 'value="NOSUCH"' in unknown.text
    assert (parted.status_code, await state_of(order_id)) == (303, "dispatched")


async def test_the_result_of_a_call_is_kept_once(at: At, now: datetime) -> None:
    order_id = await make_closed(at.town, now)

    answer = await at.send(order_id, "follow_up", at.desk, result="satisfied", note="谢谢")
    again = await at.send(order_id, "follow_up", at.desk, result="refused")

    assert (answer.status_code, again.status_code) == (303, 409)
    assert await db.fetchval("SELECT result FROM follow_up WHERE order_id = $1", order_id) == "satisfied"


async def test_made_safe_needs_a_photo_and_keeps_the_words_without_one(at: At, now: datetime) -> None:
    order_id = await make_on_site(at.town, now)

    bare = await at.send(order_id, "make_safe", at.handler, note="已围挡")
    answer = await at.send(order_id, "make_safe", at.handler, files={"photo_ids": ("a.jpg", jpeg())}, note="已围挡")

    assert bare.status_code == 422
    assert "还缺:现场照片" in bare.text
    assert ">已围挡</textarea>" in bare.text
    assert answer.headers["location"].endswith("?done=make_safe")


async def test_an_inspector_closes_the_own_report_and_photos_of_a_refused_form_are_kept(at: At, now: datetime) -> None:
    inspector = await make_actor("监督员", Role.INSPECTOR, TOWN)
    photos = await make_photos(inspector)
    submission = Submission(idempotency_key="self-handled-1", code=at.town.code, item="A101", photo_ids=photos)
    order_id = (await reports.submit(submission, inspector, base_url=BASE_URL, now=now)).receipt.order_id

    half = await at.send(order_id, "self_handle", inspector, files={"before_photo_ids": ("a.jpg", jpeg(shade=1))})
    kept = str(await db.fetchval("SELECT id FROM photo WHERE size_bytes <> 1000"))
    whole = await at.send(
        order_id,
        "self_handle",
        inspector,
        files={"after_photo_ids": ("b.jpg", jpeg(shade=2))},
        before_photo_ids=kept,
    )

    assert half.status_code == 422
    assert f'name="before_photo_ids" value="{kept}"' in half.text
    assert (whole.status_code, await state_of(order_id)) == (303, "closed")


async def test_whoever_may_not_is_offered_nothing_and_refused(at: At, now: datetime) -> None:
    order_id = await make_accepted(at.town, now)

    page = await at.read(f"/o/{order_id}", at.town.verifier)
    refused = await at.send(order_id, "cancel", at.town.verifier, reason="x", sure="1")
    colleague = await at.send(order_id, "ask_suspension", at.town.handlers[1], reason="x")

    assert "/moves/" not in page.text
    assert (refused.status_code, colleague.status_code) == (403, 403)
    assert await state_of(order_id) == "accepted"


async def test_a_move_that_came_too_late_tells_who_was_first_and_gives_the_words_back(at: At, now: datetime) -> None:
    order_id = (await make_order(at.town, now)).receipt.order_id
    await orders.cancel(order_id, "误报", TransitionContext(actor=at.desk, now=now))

    answer = await at.send(order_id, "reassign", at.desk, unit_id=str(at.town.unit_id), reason="交给就近的人")

    assert answer.status_code == 409
    assert f"{at.desk.name}先一步操作了" in answer.text
    assert "交给就近的人" in answer.text


async def test_the_same_form_sent_twice_is_one_move(at: At, now: datetime) -> None:
    order_id = await make_accepted(at.town, now)

    answers = [await at.send(order_id, "supervise", at.desk, key="one-and-the-same") for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert await db.fetchval("SELECT count(*) FROM order_step WHERE move = 'supervise'") == 1


@pytest.mark.parametrize(
    ("move", "typed"),
    [
        ("ask_extension", {"minutes": "soon", "reason": "x"}),
        ("ask_extension", {"minutes": "4", "reason": "x"}),
        ("return", {"reason": "because", "sure": "1"}),
        ("co_handle", {"unit_id": "9" * 30, "reason": "x"}),
        ("co_handle", {"unit_id": "999999", "reason": "x"}),
        ("ask_suspension", {"reason": "\x00"}),
        ("make_safe", {"photo_ids": "no-photo"}),
    ],
)
async def test_nonsense_in_a_form_is_refused_as_such(at: At, now: datetime, move: str, typed: dict[str, str]) -> None:
    order_id = await make_accepted(at.town, now)

    answer = await at.send(order_id, move, at.handler, **typed)

    assert 400 <= answer.status_code < 500
    assert await state_of(order_id) == "accepted"


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_a_move_that_nobody_knows_is_not_found(at: At, now: datetime, method: str) -> None:
    order_id = (await make_order(at.town, now)).receipt.order_id

    answer = await at.client.request(method, f"/o/{order_id}/moves/vanish", headers=HTML | bearer(at.desk))

    assert answer.status_code == 404


async def test_an_order_out_of_sight_is_not_found_whatever_the_move(at: At, now: datetime) -> None:
    order_id = (await make_order(at.town, now)).receipt.order_id
    elsewhere = await make_actor("外区派单员", Role.DISPATCHER, "310104")

    answer = await at.send(order_id, "cancel", elsewhere, reason="x", sure="1")

    assert answer.status_code == 404
