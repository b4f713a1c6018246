"""Hotline cases by themselves: warned of once, a backlog in order, and what a person turned away is asked back."""

from datetime import timedelta

import pytest

from backend import clock, db
from backend.intake.hotline import acts, endpoints, near_deadlines, sending
from backend.intake.hotline.kinds import ContactResult, ReturnCode
from backend.intake.hotline.structs import ContactDraft, FeedbackDraft, ReturnDraft
from backend.intake.sources.structs import SourceKind
from backend.orders.transitions.transition import TransitionContext
from push import queries as inbox
from tests.fakes.hotline import PATH, HotlineFake
from tests.fakes.vendor import TroubleKind
from tests.makers.hotline import make_task
from tests.makers.intake import demo_seal
from tests.makers.town import make_town
from tests.makers.worker import deliver

pytestmark = pytest.mark.usefixtures("intake")


async def test_the_first_contact_and_the_deadline_are_warned_of_once_and_not_after_it_was_made(now):
    town = await make_town(now)
    task_id, _ = await make_task(town, now)
    by = TransitionContext(actor=town.dispatcher, now=now)
    await near_deadlines.warn(now)
    await near_deadlines.warn(now + timedelta(days=1, hours=2))
    await near_deadlines.warn(now + timedelta(days=1, hours=2))
    await acts.record_contact(task_id, ContactDraft(result=ContactResult.REACHED), by)
    await near_deadlines.warn(now + timedelta(days=30))
    await deliver()

    kinds = [each.kind for each in (await inbox.list_messages(town.handlers[0].account_id, limit=50)).items]
    assert sorted(kind for kind in kinds if kind.startswith(("First", "Hotline"))) == [
        "FirstContactDue",
        "HotlineDeadlineNear",
    ]


async def test_a_platform_that_is_away_gets_all_in_order_once_and_what_it_refuses_is_told(intake):
    now = clock.now()
    town = await make_town(now)
    task_id, _ = await make_task(town, now)
    by = TransitionContext(actor=town.dispatcher, now=now)
    row = await db.fetchrow("SELECT id, name, kind, secret FROM intake_source")
    assert row is not None and row["kind"] == SourceKind.HOTLINE
    secret = demo_seal().open(row["secret"], f"intake_source.secret:{row['name']}")
    fake = await HotlineFake(secret, "").start()
    fake.cases.add(await db.fetchval("SELECT task_no FROM hotline_task"))
    await endpoints.connect(row["name"], fake.base + PATH)
    for words in ("一", "二"):
        await acts.send_feedback(task_id, FeedbackDraft(words=words), by)
    await acts.record_contact(task_id, ContactDraft(result=ContactResult.UNREACHED, tries=3), by)

    fake.plan(TroubleKind.FAIL)
    assert await sending.send_due(row["id"], intake, clock.now) == 0
    assert await sending.send_due(row["id"], intake, clock.now) == 0, "it is left alone for a while"
    fake.plan(TroubleKind.DROP)
    later = clock.now() + timedelta(minutes=1)
    assert await sending.send_due(row["id"], intake, lambda: later) == 0
    assert await sending.send_due(row["id"], intake, lambda: later + timedelta(minutes=1)) == 3
    assert [each.get("result", each["acttype"]) for each in fake.taken.values()] == ["一", "二", "contact"]

    fake.closed |= fake.cases
    await acts.request_return(task_id, ReturnDraft(code=ReturnCode.DUPLICATE, reason="重复"), by)
    await sending.send_due(row["id"], intake, lambda: later + timedelta(minutes=2))
    await fake.close()
    await deliver()

    [standing] = await endpoints.list_standing()
    assert (standing.queued, standing.refused, standing.failures) == (0, 1, 0)
    assert await db.fetchval("SELECT is_granted FROM hotline_act") is False
    kinds = [each.kind for each in (await inbox.list_messages(town.dispatcher.account_id, limit=50)).items]
    assert "ExchangeRefused" in kinds
