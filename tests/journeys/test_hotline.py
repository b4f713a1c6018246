"""12345 over its wire: the citizen is called, 退单 is refused, 延期 granted, and the platform has the last word."""

from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from backend import clock, db
from backend.accounts.structs import Actor
from backend.intake.hotline import endpoints, sending
from backend.intake.records import deciding, receiving
from backend.intake.records.structs import RecordMending
from backend.intake.runtime import IntakeRuntime
from backend.intake.sources import classes, queries
from backend.intake.sources.structs import ClassRow, SourceKind
from backend.orders import verbs as orders
from backend.orders.cases.merging import Merge
from backend.orders.model.inputs import Verify
from backend.orders.transitions.transition import TransitionContext
from push import queries as inbox
from tests.fakes.hotline import PATH, HotlineFake
from tests.fakes.vendor import TroubleKind
from tests.fixtures.client import BASE_URL
from tests.makers.accounts import bearer
from tests.makers.hotline import make_arrived_at
from tests.makers.intake import make_credential
from tests.makers.orders import finish, state_of
from tests.makers.town import DOOR, SmallTown, make_town
from tests.makers.worker import deliver, work

pytestmark = pytest.mark.usefixtures("photo_room", "intake")
NUMBER = "SH20261128000123"
CASE = {
    "acttype": "dispatch",
    "taskid": NUMBER,
    "discovertime": "2026-11-28 09:30:00",
    "infotypename": "12345热线",
    "infobcname": "街面秩序",
    "infoscname": "非机动车乱停放",
    "infozcname": "",
    "description": "门口共享单车堵路,已反映多次",
    "executedeptname": "北蔡镇",
    "address": "莲安东路100号",
    "x": DOOR.lng,
    "y": DOOR.lat,
    "coordsys": "wgs84",
    "ordertype": "投诉",
    "contactname": "王女士",
    "contactphone": "13812345678",
}


@pytest.fixture
async def platform(database: str) -> AsyncIterator[HotlineFake]:
    """It gives cases to a source of the town whose class table knows them."""
    made = await make_credential(clock.now(), name="hotline", kind=SourceKind.HOTLINE, title_zh="12345 热线")
    row = ClassRow(class_code="街面秩序/非机动车乱停放", class_name="", item_code="A101")
    await classes.set_classes(made.source.id, [row])
    fake = await HotlineFake(made.secret, f"{BASE_URL}/api/v1/hotline/hotline").start()
    await endpoints.connect("hotline", fake.base + PATH)
    yield fake
    await fake.close()


async def fix(town: SmallTown, order_id: int, *, is_accepted: bool = False) -> None:
    """Somebody works on it, and a verifier passes it."""
    await make_arrived_at(town, order_id, clock.now(), is_accepted=is_accepted)
    await finish(order_id, town.handlers[0], clock.now())
    await orders.verify(order_id, Verify(result="pass"), TransitionContext(actor=town.verifier, now=clock.now()))


async def send_all(intake: IntakeRuntime) -> None:
    """What the worker does at once: facts are delivered, and the platform is told what waits."""
    await deliver()
    for source_id in await endpoints.list_with_backlog():
        await sending.send_due(source_id, intake, clock.now)


async def notified(actor: Actor) -> Counter[str]:
    return Counter(each.kind for each in (await inbox.list_messages(actor.account_id, limit=50)).items)


async def test_a_case_from_the_call_to_the_call_back(client, database, intake, platform):
    town = await make_town(clock.now())
    staff = bearer(town.dispatcher)
    given = await platform.send(client, **CASE)
    again = await platform.send(client, **CASE)
    assert (given.status_code, given.json()["state"]) == (200, "filed")
    assert again.json() == given.json()
    order_id = await db.fetchval("SELECT id FROM work_order WHERE number = $1", given.json()["number"])

    async def task() -> dict[str, Any]:
        [found] = (await client.get(f"/api/v1/orders/{order_id}/hotline", headers=staff)).json()
        return found

    async def act(name: str, **said: Any) -> int:
        path = f"/api/v1/hotline-tasks/{first['id']}/{name}"
        return (await client.post(path, headers=staff, json=said)).status_code

    first = await task()
    assert (first["task_no"], first["kind"], first["days"], first["has_last_word"]) == (NUMBER, "complaint", 5, True)

    assert await act("contacts", result="unreached", tries=2) == 204
    assert await act("contacts", result="reached", note="下午到现场") == 204
    asked = {"code": "R01", "reason": "不属于镇里职责"}
    assert [await act("returns", **asked), await act("returns", **asked)] == [204, 409]
    await work(database)
    assert platform.acts == ["contact", "contact", "return"]
    refusal = {"exchangeid": platform.last("return")["exchangeid"], "decision": "不同意", "opinion": "请继续办理"}
    assert (await platform.send(client, acttype="decision", taskid=NUMBER, **refusal)).status_code == 200

    assert await act("extensions", code="D02", reason="要施工", days=3) == 204
    await send_all(intake)
    grant = {"exchangeid": platform.last("extension")["exchangeid"], "decision": "同意"}
    before = await db.fetchval("SELECT resolve_by FROM work_order WHERE id = $1", order_id)
    for _ in range(2):
        await platform.send(client, acttype="decision", taskid=NUMBER, **grant)
    longer = await task()
    assert (longer["days"], longer["due_at"] > first["due_at"], longer["contacted_at"] is not None) == (8, True, True)
    assert await db.fetchval("SELECT resolve_by FROM work_order WHERE id = $1", order_id) > before
    assert await state_of(order_id) == "dispatched"

    platform.plan(TroubleKind.DROP)
    assert await act("feedbacks", words="已联系车企清运") == 204
    await send_all(intake)
    assert (await task())["queued"] == 1
    source_id = await db.fetchval("SELECT id FROM intake_source")
    await sending.send_due(source_id, intake, lambda: clock.now() + timedelta(minutes=1))
    assert (platform.acts.count("feedback"), (await task())["queued"]) == (1, 0)

    await fix(town, order_id)
    await send_all(intake)
    handed_in = platform.last("feedback")
    assert (handed_in["feedbacktype"], handed_in["feedbackno"], handed_in["issolved"]) == ("办结反馈", 2, True)
    said = {"callbackno": "C1", "callbacktime": "2026-11-29 10:00:00", "issolved": False, "opinion": "又停满了"}
    for _ in range(2):
        await platform.send(client, acttype="callback", taskid=NUMBER, **said)
    row = await db.fetchrow("SELECT state, rework_count FROM work_order WHERE id = $1", order_id)
    assert row is not None
    assert tuple(row) == ("accepted", 1)

    await fix(town, order_id, is_accepted=True)
    await send_all(intake)
    assert platform.last("feedback")["feedbackno"] == 3
    solved = said | {"callbackno": "C2", "issolved": True, "issatisfied": True, "opinion": ""}
    await platform.send(client, acttype="callback", taskid=NUMBER, **solved)
    await send_all(intake)

    last = await task()
    assert (await state_of(order_id), last["ended_as"], len(last["call_backs"])) == ("closed", "solved", 2)
    assert (await notified(town.dispatcher))["FormalActDecided"] == 2


async def test_the_police_close_nothing_and_hear_of_the_end_unless_they_want_to_call_back(client, intake, platform):
    town = await make_town(clock.now())
    await db.execute("UPDATE intake_source SET kind = 'police'")
    found = []
    for number in ("P1", "P2"):
        answer = await platform.send(client, **(CASE | {"taskid": number, "ordertype": "非警务"}))
        found.append(await db.fetchval("SELECT id FROM work_order WHERE number = $1", answer.json()["number"]))
    await platform.send(client, acttype="askcallback", taskid="P2")

    for order_id in found:
        await fix(town, order_id)
    await send_all(intake)

    assert [await state_of(order_id) for order_id in found] == ["closed", "handled"]
    assert {each["taskid"] for each in platform.taken.values()} == {"P1", "P2"}


async def test_two_calls_about_one_thing_end_when_both_platforms_say_so(client, intake, platform):
    town = await make_town(clock.now())
    found = []
    for number in ("A", "B"):
        answer = await platform.send(client, **(CASE | {"taskid": number}))
        found.append(await db.fetchval("SELECT id FROM work_order WHERE number = $1", answer.json()["number"]))
    by = TransitionContext(actor=town.dispatcher, now=clock.now())
    await orders.merge(found[1], Merge(into_id=found[0], reason="同一件事"), by)
    await fix(town, found[0])
    await send_all(intake)
    assert platform.acts == ["feedback", "feedback"]

    solved = {"callbackno": "C", "callbacktime": "2026-11-29 10:00:00", "issolved": True}
    await platform.send(client, acttype="callback", taskid="B", **solved)
    await send_all(intake)
    assert await state_of(found[0]) == "handled"
    await platform.send(client, acttype="callback", taskid="A", **solved)
    assert await state_of(found[0]) == "closed"


async def test_what_is_not_signed_or_not_readable_files_nothing_and_is_counted(client, platform):
    body, headers = platform.message(**CASE)
    address = "/api/v1/hotline/hotline"
    forged = await client.post(address, content=body + b" ", headers=headers)
    nobody = await client.post("/api/v1/hotline/elsewhere", content=body, headers=headers)
    platform.now = lambda: clock.now() - timedelta(minutes=10)
    stale = await platform.send(client, **CASE)
    platform.now = clock.now
    unreadable = await platform.send(client, **(CASE | {"ordertype": "喊话"}))
    unknown = await platform.send(client, acttype="urge", taskid="nobody's")

    codes = [answer.json()["code"] for answer in (forged, nobody, stale, unreadable, unknown)]
    wrong = "hotline-signature-wrong"
    assert codes == [wrong, wrong, wrong, "hotline-message-unreadable", "hotline-task-unknown"]
    assert await db.fetchval("SELECT count(*) FROM work_order") == 0
    assert await db.fetchval("SELECT state FROM intake_record") == "unreadable"
    assert await db.fetchval("SELECT sum(refusals) FROM source_refusal") == 4


async def test_a_case_that_a_person_had_to_read_is_the_platforms_too_and_ends_by_its_word(client, intake, platform):
    town = await make_town(clock.now())
    assert (await platform.send(client, **(CASE | {"ordertype": "喊话"}))).status_code == 422
    no_text = await client.post("/api/v1/hotline/hotline", content=b"\xff", headers=platform.message()[1])
    assert no_text.status_code == 401
    record = await db.fetchrow("SELECT id, source_no FROM intake_record")
    assert record is not None and record["source_no"] == NUMBER
    mending = RecordMending(text="堵路", item_code="A101", code=town.code)
    order_id = (await deciding.mend(record["id"], mending, town.dispatcher, clock.now())).order_id
    assert order_id is not None
    await send_all(intake)
    await fix(town, order_id)
    await send_all(intake)
    assert (await state_of(order_id), platform.last("feedback")["taskid"]) == ("handled", NUMBER)
    said = {"callbackno": "C1", "callbacktime": "2026-11-29 10:00:00", "issolved": True}
    await platform.send(client, acttype="callback", taskid=NUMBER, **said)
    assert await state_of(order_id) == "closed"
    earlier = {"callbackno": "C0", "callbacktime": "2026-11-29 09:00:00", "issolved": False}
    assert (await platform.send(client, acttype="callback", taskid=NUMBER, **earlier)).status_code == 200
    assert await state_of(order_id) == "closed", "a later call has answered already"


async def test_what_could_not_be_read_at_all_is_turned_away_here_alone(client, intake, platform):
    town, source = await make_town(clock.now()), await queries.get_source("hotline")
    kept = await receiving.keep_unreadable(source, b"{", "malformed", now=clock.now())
    await deciding.turn_away(kept.record_id, "不是工单", town.dispatcher, clock.now())
    await send_all(intake)

    assert await db.fetchval("SELECT count(*) FROM pgqueuer WHERE entrypoint LIKE '%return_records'") == 0
    assert platform.acts == []
