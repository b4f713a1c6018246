"""What other systems have to do with an order, on its page: for staff of it, and for nobody else."""

from datetime import datetime, timedelta

import httpx
import pytest

from backend import db
from backend.accounts.structs import Actor
from backend.intake.records import receiving
from backend.orders import verbs as orders
from backend.orders.cases.merging import Merge
from backend.orders.transitions.transition import TransitionContext
from tests.makers.accounts import bearer
from tests.makers.intake import make_source, told, wire
from tests.makers.open311 import make_peer
from tests.makers.orders import make_accepted, make_order
from tests.makers.sensors import make_sensor_source, make_sensors, reading, recovery, take, take_and_file
from tests.makers.town import SmallTown, make_staffed_unit, make_town

HTML = {"accept": "text/html"}
MINUTE = timedelta(minutes=1)
PARTS = ('id="reported-by"', 'id="sensor-alarms"', 'id="sent-requests"', "/sent-requests", "/desk/intake/")


@pytest.fixture
async def town(client: httpx.AsyncClient, now: datetime) -> SmallTown:
    return await make_town(now)


async def test_staff_see_which_device_is_still_on_alarm_and_which_has_recovered(
    client: httpx.AsyncClient, town: SmallTown, now: datetime
) -> None:
    await make_staffed_unit("fire_station")
    source = await make_sensor_source(now)
    await make_sensors(source, town.place_id, now, "S-1", "S-2")
    rung = [reading(number, now - MINUTE, cause="smoke") for number in ("S-2", "S-1")]
    await take_and_file(source, now, *rung)
    await take(source, now, recovery("S-2", now))
    order_id = await db.fetchval("SELECT id FROM work_order")
    record_id = await db.fetchval("SELECT id FROM intake_record")

    pages = {
        name: await client.get(f"/o/{order_id}", headers=HTML | bearer(who))
        for name, who in {"desk": town.dispatcher, "verifier": town.verifier, "stranger": town.resident}.items()
    }
    alarms = _section(pages["verifier"].text, "sensor-alarms")

    assert (alarms.count("独立式烟感 · "), alarms.count("仍在报警"), alarms.count("起恢复")) == (2, 1, 1)
    assert alarms.index("S-1") < alarms.index("仍在报警") < alarms.index("S-2") < alarms.index("起恢复")
    assert "感知平台" in _section(pages["verifier"].text, "reported-by")
    assert f"/desk/intake/{record_id}" in _section(pages["desk"].text, "reported-by")
    assert "/desk/intake/" not in pages["verifier"].text
    assert pages["stranger"].status_code == 404


async def test_who_told_of_what_was_merged_in_is_shown_to_staff_and_not_to_the_reporter(
    client: httpx.AsyncClient, town: SmallTown, now: datetime
) -> None:
    source, incoming = await make_source(now), told("A-1", code=town.code)
    from_elsewhere = await receiving.receive(source, incoming, wire(incoming), now=now)
    into_id = (await make_order(town, now)).receipt.order_id
    plain = await _page(client, into_id, town.dispatcher)
    assert from_elsewhere.order_id is not None
    merge = Merge(into_id=into_id, reason="同一件事")
    await orders.merge(from_elsewhere.order_id, merge, TransitionContext(actor=town.dispatcher, now=now))

    merged, reporters = await _page(client, into_id, town.dispatcher), await _page(client, into_id, town.resident)

    assert [part for part in PARTS if part in plain] == [], "nothing of it, and no endpoint to send it on to"
    assert "城运平台" in _section(merged, "reported-by") and "A-1" in _section(merged, "reported-by")
    assert [part for part in PARTS if part in reporters] == []


async def test_a_dispatcher_sends_an_order_on_by_a_plain_form_and_staff_see_how_it_stands_there(
    client: httpx.AsyncClient, town: SmallTown, now: datetime
) -> None:
    order_id, peer = await make_accepted(town, now), await make_peer(now, "http://127.0.0.1:9", is_fetched=False)
    path, desk, handler = (
        f"/o/{order_id}/sent-requests",
        HTML | bearer(town.dispatcher),
        HTML | bearer(town.handlers[0]),
    )
    assert path in await _page(client, order_id, town.dispatcher)
    assert path not in await _page(client, order_id, town.handlers[0])

    async def send(words: str, headers: dict[str, str] = desk) -> httpx.Response:
        return await client.post(path, data={"peer": peer.name, "words": words}, headers=headers)

    empty, long, refused = await send(""), await send("长" * 1001), await send("请处理", handler)
    assert (empty.status_code, long.status_code, refused.status_code) == (422, 400, 403)
    assert "还缺:告诉对方的话" in empty.text and "长" * 1001 in long.text
    sent, again = await send("请贵街道处理"), await send("再转一次")
    assert (sent.status_code, sent.headers["location"]) == (303, f"{path}?done=1")
    assert again.status_code == 409 and "已经转给这个系统了" in again.text and "再转一次" in again.text
    assert "等待发出" in _section(await _page(client, order_id, town.dispatcher), "sent-requests")

    says = "UPDATE open311_request SET state = 'there', request_no = 'EW-77', status = $1, status_words = '已派人'"
    await db.execute(f"{says}, status_at = $2", "in_progress", now)
    card = _section(await _page(client, order_id, town.handlers[0]), "sent-requests")
    assert all(words in card for words in ("城运平台", "EW-77", "处理中", "已派人"))
    whole = (await client.get(path, headers=handler | {"cookie": "lang=en"})).text
    assert "In progress" in whole and 'name="words"' not in whole
    await db.execute("UPDATE open311_request SET status = 'on the truck'")
    assert "on the truck" in await _page(client, order_id, town.verifier)

    assert [part for part in PARTS if part in await _page(client, order_id, town.resident)] == []
    assert (await client.get(path, headers=HTML | bearer(town.resident))).status_code == 404


async def _page(client: httpx.AsyncClient, order_id: int, reader: Actor) -> str:
    answer = await client.get(f"/o/{order_id}", headers=HTML | bearer(reader))
    assert answer.status_code == 200
    return answer.text


def _section(page: str, name: str) -> str:
    return page.partition(f'id="{name}"')[2].partition("</section>")[0]
