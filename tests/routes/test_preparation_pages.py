"""Plans and command groups as forms: made, changed, refused with what was typed, looked at by those who may not."""

from datetime import datetime

import httpx
import pytest

from backend import db
from backend.accounts.structs import Actor, Role
from backend.emergencies import loading
from tests.makers.accounts import bearer, make_staff
from tests.makers.emergencies import make_group
from tests.makers.town import COMMITTEE, TOWN, SmallTown, make_town

HTML = {"accept": "text/html"}
PLAN = {"area": TOWN, "code": "storm", "kind": "flood", "name_zh": "强对流预案", "warn": "24", "is_on": "1"}
RULES = {"clock-0-item_prefix": "A3", "clock-0-percent": "50", "clock-0-priorities": "P1", "clock-0-raises_to": "P1"}


@pytest.fixture
async def town(client: httpx.AsyncClient, now: datetime) -> SmallTown:
    return await make_town(now)


@pytest.fixture
async def head(town: SmallTown) -> Actor:
    return await make_staff(Role.STREET_ADMIN, area=TOWN, name="街道主任")


async def test_a_plan_is_made_and_changed_on_its_page_and_the_page_says_who_did(
    client: httpx.AsyncClient, head: Actor
) -> None:
    desk = HTML | bearer(head)
    assert "新增预案" in (await client.get("/emergencies/plans", headers=desk)).text
    assert "居委会为一个排查点" in (await client.get("/emergencies/plans/new", headers=desk)).text

    made = await client.post("/emergencies/plans/new", data=PLAN | RULES | {"campaigns": "typhoon"}, headers=desk)
    assert made.status_code == 303, made.text
    listed = (await client.get(made.headers["location"], headers=desk)).text
    assert "强对流预案" in listed and "A3 开头的事项" in listed and "已保存" in listed
    path = f"/emergencies/plans/{await db.fetchval('SELECT id FROM emergency_plan')}"
    shown = (await client.get(path, headers=desk)).text
    assert 'value="typhoon" checked' in shown and 'value="A3"' in shown
    seen = await db.fetchval("SELECT max(id) FROM preparation_change")
    changed = PLAN | RULES | {"name_zh": "改名", "seen": str(seen), "clock-0-remove": "1", "is_on": ""}
    assert (await client.post(path, data=changed, headers=desk)).status_code == 303
    again = (await client.get(path, headers=desk)).text
    assert "修改记录(2)" in again and head.name in again
    assert "已停用" in (await client.get("/emergencies/plans", headers=desk)).text
    stale = await client.post(path, data=changed, headers=desk)
    assert stale.status_code == 409 and "改名" in stale.text


async def test_a_group_is_made_on_its_page_and_who_cannot_be_named_is_said(
    client: httpx.AsyncClient, town: SmallTown, head: Actor
) -> None:
    desk = HTML | bearer(head)
    name = await db.fetchval("SELECT username FROM account WHERE id = $1", head.account_id)
    said = {
        "area": COMMITTEE,
        "code": "flood",
        "name_zh": "指挥组",
        "commander": name,
        "roles": "inspector",
        "is_on": "1",
    }
    assert name in (await client.get("/emergencies/groups/new", headers=desk)).text

    wrong = await client.post("/emergencies/groups/new", data=said | {"people": "nobody\n"}, headers=desk)
    assert wrong.status_code == 422 and "“nobody”不能这样写入指挥组" in wrong.text and "指挥组" in wrong.text
    assert (await client.post("/emergencies/groups/new", data=said, headers=desk)).status_code == 303
    path = f"/emergencies/groups/{await db.fetchval('SELECT id FROM command_group')}"
    assert 'value="inspector" checked' in (await client.get(path, headers=desk)).text
    seen = str(await db.fetchval("SELECT max(id) FROM preparation_change"))
    more = said | {"people": name, "units": f"chengguan_patrol-{TOWN}", "seen": seen}
    assert (await client.post(path, data=more, headers=desk)).status_code == 303
    assert await db.fetchval("SELECT count(*) FROM command_member") == 3, "who leads is in it once"


async def test_who_may_look_and_who_may_change(
    client: httpx.AsyncClient, town: SmallTown, head: Actor, now: datetime
) -> None:
    await loading.load(loading.STANDARD.read_bytes(), TOWN, now)
    plan_id, group_id = await db.fetchval("SELECT min(id) FROM emergency_plan"), await make_group(head)
    far = await make_staff(Role.STREET_ADMIN, area="310104003")
    people = {"head": head, "desk": town.dispatcher, "handler": town.handlers[0], "far": far}
    paths = (f"/emergencies/plans/{plan_id}", f"/emergencies/groups/{group_id}")
    found = {
        name: [
            answer
            for path in paths
            for answer in (
                (await client.get(path, headers=HTML | bearer(who))).status_code,
                (await client.post(path, data=PLAN, headers=HTML | bearer(who))).status_code,
            )
        ]
        for name, who in people.items()
    }

    assert found["desk"] == [200, 403, 200, 403]
    assert found["handler"] == [403, 403, 403, 403]
    assert found["far"] == [404, 404, 404, 404]
    assert found["head"][::2] == [200, 200] and not {403, 404, 500} & set(found["head"])
    foreign = await client.post("/emergencies/plans/new", data=PLAN, headers=HTML | bearer(far))
    assert foreign.status_code == 403 and "强对流预案" in foreign.text


@pytest.mark.parametrize("said", ["\x00", "9" * 40, "𠮷" * 3000, "0", "-1", "<b>", "²"])
async def test_nothing_that_is_typed_breaks_a_form(client: httpx.AsyncClient, head: Actor, said: str) -> None:
    desk = HTML | bearer(head)
    plan: dict[str, str] = dict.fromkeys((*PLAN, *RULES, "clock-0-respond_min", "campaigns", "seen", "roster"), said)
    names = ("area", "code", "name_zh", "commander", "deputy", "roles", "units", "people", "seen")
    group: dict[str, str] = dict.fromkeys(names, said)
    answers = [
        await client.post("/emergencies/plans/new", data=plan, headers=desk),
        await client.post("/emergencies/plans/new", data=PLAN | {"clock-0-percent": said}, headers=desk),
        await client.post("/emergencies/plans/new", data=PLAN | {"warn": said}, headers=desk),
        await client.post("/emergencies/groups/new", data=group, headers=desk),
        await client.get("/emergencies/plans/new", params={"from": said[:90]}, headers=desk),
        *[await client.get(f"/emergencies/{kind}/{'9' * 30}", headers=desk) for kind in ("plans", "groups")],
    ]

    assert [answer.status_code for answer in answers if answer.status_code >= 500] == []
