"""A hotline case on pages: its clock beside the order's, its acts as plain forms, and what a refused form keeps."""

import re

import httpx

from backend import clock
from tests.makers.accounts import bearer
from tests.makers.hotline import make_task
from tests.makers.town import make_town

HTML = {"accept": "text/html"}


async def test_a_dispatcher_sees_the_platforms_clock_and_acts_by_plain_forms(client: httpx.AsyncClient):
    now = clock.now()
    town = await make_town(now)
    task_id, order_id = await make_task(town, now)
    staff, page = HTML | bearer(town.dispatcher), f"/o/{order_id}/hotline"

    async def send(act: str, **typed: str) -> httpx.Response:
        return await client.post(f"{page}/{act}", data={"task": str(task_id), **typed}, headers=staff)

    order = (await client.get(f"/o/{order_id}", headers=staff)).text
    assert "热线时限" in order and page in order
    assert re.search(r"热线 \d", (await client.get("/desk", headers=staff)).text)
    english = (await client.get(page, headers=staff | {"cookie": "lang=en"})).text
    assert "First contact by" in english and "5 working days" in english

    refused = await send("return", code="R01", reason="")
    assert refused.status_code == 422 and "填写有误:理由" in refused.text
    sent = await send("contact", result="unreached", tries="2", note="无人接听")
    assert (sent.status_code, sent.headers["location"]) == (303, f"{page}?done=contact")
    assert (await send("return", code="R01", reason="不属于镇里职责")).status_code == 303
    again = await send("extension", code="D02", reason="要施工,先报延期", days="3")
    assert again.status_code == 409 and "要施工,先报延期" not in again.text

    shown = (await client.get(page, headers=staff)).text
    assert "无人接听" in shown and "退单待平台答复" in shown and 'action="/o/' in shown
    assert f"{page}/return" not in shown, "one act waits at a time"


async def test_others_of_the_order_read_it_and_strangers_do_not(client: httpx.AsyncClient):
    now = clock.now()
    town = await make_town(now)
    _, order_id = await make_task(town, now)

    read = await client.get(f"/o/{order_id}/hotline", headers=HTML | bearer(town.verifier))
    hidden = await client.get(f"/o/{order_id}/hotline", headers=HTML | bearer(town.resident))

    assert read.status_code == 200 and "<form" not in read.text.split("<main", 1)[1].split("</main>", 1)[0]
    assert hidden.status_code == 404
