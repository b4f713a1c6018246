"""Pages of emergencies: who may do what, what bad input comes to, and what each page says."""

from datetime import datetime, timedelta

import httpx
import pytest

from backend import db
from backend.accounts.structs import Actor, Role
from backend.emergencies import ladder, loading
from tests.makers.accounts import bearer, make_staff
from tests.makers.emergencies import begin, make_group, make_people, send
from tests.makers.statements import count_statements
from tests.makers.town import TOWN, SmallTown, make_town
from tests.makers.worker import deliver

HTML = {"accept": "text/html"}
BEGIN = {"area_code": TOWN, "level": "3", "plan": "flood-", "reason": "台风登陆"}


@pytest.fixture
async def town(client: httpx.AsyncClient, now: datetime) -> SmallTown:
    return await make_town(now)


@pytest.fixture
async def head(town: SmallTown) -> Actor:
    return await make_staff(Role.STREET_ADMIN, area=TOWN, name="街道主任")


async def test_it_is_begun_spoken_in_and_ended_on_pages(
    client: httpx.AsyncClient, town: SmallTown, head: Actor, now: datetime
) -> None:
    desk = HTML | bearer(head)
    await loading.load(loading.STANDARD.read_bytes(), TOWN, now)
    listed = await client.get("/emergencies", headers=desk)
    plan_id = await db.fetchval("SELECT id FROM emergency_plan WHERE code = 'flood'")
    assert f'value="flood-{plan_id}"' in listed.text

    begun = await client.post("/emergencies", data=BEGIN | {"plan": f"flood-{plan_id}"}, headers=desk)
    assert begun.status_code == 303, begun.text
    path = begun.headers["location"]
    await deliver()
    said = {"text": "请上报积水", "answer_kind": "seen", "minutes": "30", "group_id": "", "key": "k-1"}
    sent = await client.post(f"{path}/broadcasts", data=said, headers=desk)
    again = await client.post(f"{path}/broadcasts", data=said, headers=desk)
    assert sent.headers["location"] == again.headers["location"], sent.text
    receipts = sent.headers["location"]
    noted = await client.post(f"{path}/log", data={"text": "3号泵站停机", "place": "泵站"}, headers=desk)
    assert noted.status_code == 303, noted.text
    levelled = await client.post(f"{path}/level", data={"level": "2", "reason": "雨势加大"}, headers=desk)
    assert levelled.status_code == 303, levelled.text

    member = HTML | bearer(town.handlers[0])
    own = receipts.removesuffix("/receipts")
    shown = await client.get(own, headers=member)
    assert "请上报积水" in shown.text
    assert "应急状态:防汛防台 Ⅱ级" in shown.text, "the line above every page of staff"
    answered = await client.post(own, data={}, headers=member)
    assert answered.headers["location"] == own
    assert "您已于" in (await client.get(own, headers=member)).text
    counts = await client.get(receipts, headers=desk)
    assert 'data-count="answered">1<' in counts.text
    page = await client.get(path, headers=desk)
    assert "3号泵站停机" in page.text and "已答复 1/1" in page.text
    assert "随应急启动的专页" in page.text and "防汛防台专项排查已启动:共 1 处" in page.text

    ended = await client.post(f"{path}/end", data={"reason": "险情解除"}, headers=desk)
    assert ended.headers["location"] == f"{path}/report"
    await deliver()
    report = await client.get(f"{path}/report", headers=desk)
    assert "已转入常态" in report.text and "险情解除" in report.text
    assert "防汛防台专项排查已结束:0/1 处已排查" in report.text
    document = await client.get(f"{path}/report.pdf", headers=desk)
    assert document.content.startswith(b"%PDF-")
    assert "emergency-line" not in (await client.get("/inbox", headers=member)).text


async def test_who_reads_what(client: httpx.AsyncClient, town: SmallTown, head: Actor, now: datetime) -> None:
    emergency_id = await begin(head, now)
    broadcast_id = await send(emergency_id, head, now)
    far = await make_staff(Role.DISPATCHER, Role.STREET_ADMIN, area="310104003")
    people = {
        "head": head,
        "desk": town.dispatcher,
        "handler": town.handlers[0],
        "verifier": town.verifier,
        "far": far,
    }
    paths = {
        "list": "/emergencies",
        "plans": "/emergencies/plans",
        "page": f"/emergencies/{emergency_id}",
        "report": f"/emergencies/{emergency_id}/report",
        "pdf": f"/emergencies/{emergency_id}/report.pdf",
        "own": f"/broadcasts/{broadcast_id}",
        "receipts": f"/broadcasts/{broadcast_id}/receipts",
    }
    found = {
        name: [(await client.get(path, headers=HTML | bearer(person))).status_code for path in paths.values()]
        for name, person in people.items()
    }

    assert found == {
        "head": [200, 200, 200, 200, 200, 404, 200],
        "desk": [200, 200, 200, 200, 200, 404, 200],
        "handler": [403, 403, 200, 404, 404, 200, 404],
        "verifier": [403, 403, 200, 404, 404, 404, 404],
        "far": [200, 200, 404, 404, 404, 404, 404],
    }
    anonymous = [(await client.get(path, headers=HTML)).status_code for path in paths.values()]
    assert set(anonymous) <= {303, 401}
    assert "台风登陆" not in (await client.get("/emergencies", headers=HTML | bearer(far))).text


async def test_who_may_do_what(client: httpx.AsyncClient, town: SmallTown, head: Actor, now: datetime) -> None:
    emergency_id = await begin(head, now)
    path = f"/emergencies/{emergency_id}"
    said = {"text": "集合", "answer_kind": "seen", "minutes": "30"}
    forms = (
        ("/emergencies", BEGIN),
        (f"{path}/level", {"level": "1", "reason": "x"}),
        (f"{path}/end", {"reason": "x"}),
        (f"{path}/broadcasts", said),
        (f"{path}/log", {"text": "x"}),
    )
    found = {
        name: [(await client.post(form, data=data, headers=HTML | bearer(person))).status_code for form, data in forms]
        for name, person in (("desk", town.dispatcher), ("handler", town.handlers[0]))
    }

    assert found["desk"] == [403, 403, 403, 303, 303]
    assert found["handler"][0] == 403
    assert not {200, 303} & set(found["handler"])
    assert await db.fetchval("SELECT ended_at FROM emergency") is None


@pytest.mark.parametrize(
    "form",
    [
        {"area_code": "x\x00"},
        {"area_code": "9" * 40},
        {"level": "7"},
        {"level": "99999999999999999999"},
        {"plan": "flood-99999999999999999999"},
        {"plan": "flood-999"},
        {"plan": "quake-"},
        {"reason": ""},
        {"reason": "长" * 600},
    ],
)
async def test_what_cannot_be_read_is_said_and_what_was_written_stays(
    client: httpx.AsyncClient, head: Actor, form: dict[str, str]
) -> None:
    answer = await client.post("/emergencies", data=BEGIN | form, headers=HTML | bearer(head))

    assert answer.status_code in (400, 403, 422), answer.text
    assert await db.fetchval("SELECT count(*) FROM emergency") == 0


async def test_bad_input_on_the_command_page_is_never_a_failure(
    client: httpx.AsyncClient, town: SmallTown, head: Actor, now: datetime
) -> None:
    emergency_id = await begin(head, now)
    broadcast_id = await send(emergency_id, head, now, answer_kind="choice", choices=["安全", "求援"])
    path, desk = f"/emergencies/{emergency_id}", HTML | bearer(head)
    said = {"text": "集合", "answer_kind": "seen", "minutes": "30"}
    forms = [
        *(
            (f"{path}/broadcasts", said | each)
            for each in (
                {"text": ""},
                {"text": "字" * 600},
                {"minutes": "0"},
                {"minutes": "9" * 30},
                {"answer_kind": "x"},
                {"group_id": "99999999999999999"},
                {"answer_kind": "choice", "choices": "一个"},
                {"answer_kind": "choice", "choices": "\n".join("长" * 30 for _ in range(3))},
            )
        ),
        *(
            (f"{path}/log", {"text": "x"} | each)
            for each in (
                {"text": ""},
                {"text": "\x00"},
                {"happened_at": "0001-01-01T00:00"},
                {"happened_at": "x"},
                {"happened_at": "2999-01-01T00:00"},
                {"place": "长" * 300},
            )
        ),
        *((f"{path}/level", {"reason": "x"} | each) for each in ({}, {"level": "3"}, {"level": "x"}, {"level": "0"})),
        (f"{path}/end", {}),
        (f"{path}/end", {"reason": "长" * 900}),
    ]
    answers = {(form, str(data)): await client.post(form, data=data, headers=desk) for form, data in forms}
    member = HTML | bearer(town.handlers[0])
    for data in ({}, {"choice": "7"}, {"choice": "-1"}, {"choice": "²"}, {"choice": "0", "text": "长" * 400}):
        answers[("answer", str(data))] = await client.post(f"/broadcasts/{broadcast_id}", data=data, headers=member)

    assert {key: each.status_code for key, each in answers.items() if each.status_code not in (400, 409, 422)} == {}
    for odd in ("9" * 30, "0", str(2**62)):
        for page in (f"/emergencies/{odd}", f"/broadcasts/{odd}", f"/broadcasts/{odd}/receipts"):
            assert (await client.get(page, headers=desk)).status_code in (400, 404)
    assert await db.fetchval("SELECT count(*) FROM broadcast") == 1


async def test_the_command_page_takes_at_most_twelve_statements_and_the_line_costs_none(
    client: httpx.AsyncClient, town: SmallTown, head: Actor, now: datetime
) -> None:
    before = await _statements(client, "/inbox", head)
    emergency_id = await begin(head, now)
    for _ in range(3):
        await send(emergency_id, head, now)

    assert await _statements(client, "/inbox", head) == before
    assert await _statements(client, f"/emergencies/{emergency_id}", head) <= 12


async def test_a_number_is_shown_once_to_whoever_directs(
    client: httpx.AsyncClient, town: SmallTown, head: Actor, now: datetime
) -> None:
    await make_people(2)
    emergency_id = await begin(head, now)
    broadcast_id = await send(emergency_id, head, now, group_id=await make_group(head), minutes=10)
    await ladder.escalate(now + timedelta(minutes=20))
    receipt_id = await db.fetchval("SELECT min(id) FROM broadcast_receipt")
    path, desk = f"/broadcasts/{broadcast_id}/receipts", HTML | bearer(town.dispatcher)

    page = await client.get(path, headers=desk)
    opened = await client.post(f"{path}/{receipt_id}/number", headers=desk)

    assert "1380000" not in page.text and "待电话联系" in page.text
    assert "tel:13800000001" in opened.text and "13800000002" not in opened.text
    assert "查看过号码" in (await client.get(path, headers=desk)).text
    assert (await client.post(f"{path}/{receipt_id}/number", headers=HTML | bearer(town.verifier))).status_code == 404


async def _statements(client: httpx.AsyncClient, path: str, actor: Actor) -> int:
    async def look() -> None:
        assert (await client.get(path, headers=HTML | bearer(actor))).status_code == 200

    await look()
    return await count_statements(look)
