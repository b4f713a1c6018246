"""A case of the hotline on the trunk: whatever we do, it is closed or cancelled by its source's word alone.

The moves themselves: tests/rules/test_last_word.py.
"""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime, timedelta

import asyncpg
import pytest

from backend import db
from backend.accounts.structs import Actor, Role
from backend.errors import AppError
from backend.orders import reads
from backend.orders import verbs as orders
from backend.orders.cases.root_cause import open_root_causes
from backend.orders.model.inputs import CoHandle, SelfHandled, Verify
from backend.orders.reads.verification_queue import view_queue
from backend.orders.transitions.transition import TransitionContext
from backend.orders.verifying.checks import Sampling
from backend.orders.verifying.closing import as_reporter
from backend.orders.verifying.errors import AwaitsSource
from tests.makers.cases import merge, unmerge
from tests.makers.hotline import make_arrived_at, make_hotline_order, make_source_account
from tests.makers.orders import finish, make_handled, make_order, make_photos, state_of, verified_by
from tests.makers.town import TOWN, SmallTown, make_actor, make_town, make_unit

pytestmark = pytest.mark.usefixtures("database", "photo_room")
NOBODY = Sampling(0, b"key")
PASS = Verify(result="pass")
NOT_ENDED = {"dispatched", "accepted", "on_site", "handled", "suspended"}


def by(actor: Actor, now: datetime) -> TransitionContext:
    return TransitionContext(actor=actor, now=now)


async def fix(town: SmallTown, order_id: int, now: datetime) -> None:
    await make_arrived_at(town, order_id, now)
    await finish(order_id, town.handlers[0], now, NOBODY)


async def test_whatever_we_try_ends_nothing(now):
    town, source = await make_town(now), await make_source_account(now)
    inspector = await make_actor("巡查", Role.INSPECTOR, TOWN)
    merchant = by(as_reporter(source.account_id), now)
    tries: dict[str, Callable[[int], Awaitable[object]]] = {
        "cancel": lambda order_id: orders.cancel(order_id, "不办", by(town.dispatcher, now)),
        "withdraw": lambda order_id: orders.withdraw(order_id, "不办", merchant),
        "self-handle": lambda order_id: orders.self_handle(
            order_id, SelfHandled(after_photo_ids=[photo]), by(inspector, now)
        ),
        "sound proof": lambda order_id: fix(town, order_id, now),
        "verifier": lambda order_id: orders.verify(order_id, PASS, by(town.verifier, now)),
        "verifier again": lambda order_id: orders.verify(order_id, PASS, by(inspector, now)),
        "merchant": lambda order_id: orders.confirm(order_id, merchant),
        "silence": lambda order_id: orders.confirm_by_silence(order_id, now + timedelta(days=9)),
        "root cause": lambda order_id: open_root_causes([order_id], now),
    }
    for mode in ("photo_auto", "merchant_confirm"):
        async with verified_by(mode):
            order_id = await make_hotline_order(town, source, now)
            [photo] = await make_photos(inspector)
            for name, attempt in tries.items():
                with suppress(AppError):
                    await attempt(order_id)
                assert await state_of(order_id) in NOT_ENDED, (mode, name)
        assert await state_of(order_id) == "handled"
    for state in ("closed", "cancelled"):
        end = f"UPDATE work_order SET state = '{state}', {state}_at = now() WHERE id = $1"
        with pytest.raises(asyncpg.CheckViolationError, match="work_order_source_has_last_word"):
            await db.execute(end, order_id)


async def test_our_pass_asks_the_source_whose_word_closes_it_or_sends_it_back(now):
    town, source = await make_town(now), await make_source_account(now)
    order_id = await make_hotline_order(town, source, now)
    shown = await reads.get_order(order_id, town.dispatcher, now)
    assert "cancel" not in shown.allowed and "reassign" in shown.allowed
    assert not await orders.close_by_source(order_id, by(source, now))
    await fix(town, order_id, now)

    await orders.verify(order_id, PASS, by(town.verifier, now))

    view = await reads.get_order(order_id, town.verifier, now)
    assert (view.state, view.due_at) == ("handled", None)
    assert view.verification is not None and view.verification.barred_by == "awaits-source"
    assert (await view_queue(town.verifier, [], now)).waiting == 0
    other = await make_actor("另一核查员", Role.VERIFIER, TOWN)
    with pytest.raises(AwaitsSource):
        await orders.verify(order_id, PASS, by(other, now))
    names = await db.fetch("SELECT name FROM event_log WHERE subject_id = $1 ORDER BY id DESC LIMIT 1", order_id)
    assert [each["name"] for each in names] == ["OrderReferred"]

    assert await orders.rework_by_source(order_id, "市民说车又停满了", by(source, now))
    back = await reads.get_order(order_id, town.handlers[0], now)
    assert (back.state, back.rework_count, back.steps[-1].note) == ("accepted", 1, "市民说车又停满了")
    await make_arrived_at(town, order_id, now, is_accepted=True)
    await finish(order_id, town.handlers[0], now)
    await orders.verify(order_id, PASS, by(town.verifier, now))
    assert await orders.close_by_source(order_id, by(source, now))
    assert await state_of(order_id) == "closed"
    assert not await orders.close_by_source(order_id, by(source, now))

    await orders.reopen(order_id, "又来了", by(source, now))
    assert await db.fetchval("SELECT source_agreed_at FROM work_order WHERE id = $1", order_id) is None


async def test_a_merged_case_takes_the_last_word_along_and_back(now):
    town, source = await make_town(now), await make_source_account(now)
    async with verified_by("photo_auto"):
        into_id, order_id = await make_handled(town, now), await make_hotline_order(town, source, now)
        await merge(town, order_id, into_id, now)
        await orders.verify(into_id, PASS, by(town.verifier, now))
        assert await state_of(into_id) == "handled"

        await unmerge(town, order_id, now)
        await orders.verify(into_id, PASS, by(town.verifier, now))

    assert [await state_of(each) for each in (into_id, order_id)] == ["closed", "dispatched"]
    cases = await db.fetch("SELECT source_cases FROM work_order WHERE id = ANY($1) ORDER BY id", [into_id, order_id])
    assert [row["source_cases"] for row in cases] == [0, 1]


async def test_two_persons_are_needed_before_the_source_is_asked_and_helpers_close_their_own_part(now):
    town, source = await make_town(now), await make_source_account(now)
    helpers = await make_unit("property")
    other = await make_actor("另一核查员", Role.VERIFIER, TOWN)
    async with verified_by("two_person_check"):
        order_id = await make_hotline_order(town, source, now)
        await make_arrived_at(town, order_id, now)
        part = await orders.co_handle(order_id, CoHandle(unit_id=helpers, reason="帮忙"), by(town.dispatcher, now))
        assert part is not None
        assert await db.fetchval("SELECT source_cases FROM work_order WHERE id = $1", part.order_id) == 0
        await orders.cancel(part.order_id, "不用了", by(town.dispatcher, now))
        await finish(order_id, town.handlers[0], now)
        await orders.verify(order_id, PASS, by(town.verifier, now))
        assert not await orders.close_by_source(order_id, by(source, now))
        await orders.verify(order_id, PASS, by(other, now))

    assert await orders.close_by_source(order_id, by(source, now))


async def test_the_source_takes_a_case_back_or_gives_it_more_time(now):
    town, source = await make_town(now), await make_source_account(now)
    plain = (await make_order(town, now)).receipt.order_id
    order_id = await make_hotline_order(town, source, now)
    before = (await reads.get_order(order_id, town.dispatcher, now)).resolve_by
    until = now + timedelta(days=9)

    assert await orders.extend_by_source(order_id, now, until, "同意", by(source, now))
    assert (await reads.get_order(order_id, town.dispatcher, now)).resolve_by > before
    assert await orders.recall(order_id, "不属于你镇", by(source, now))
    assert await state_of(order_id) == "cancelled"
    assert not await orders.extend_by_source(order_id, now, until, "同意", by(source, now))

    assert await orders.leave_last_word(plain, by(source, now))
    assert not await orders.leave_last_word(plain, by(source, now))
    with pytest.raises(AppError, match="source-decides"):
        await orders.cancel(plain, "不办", by(town.dispatcher, now))
