"""自处理 as a plain form: reported and closed, or left open with the reason, or nothing at all."""

import re
from datetime import datetime
from html import unescape
from typing import Any

import httpx
import pytest

from backend import db
from backend.accounts.structs import Actor, Role
from backend.orders import verbs as orders
from backend.orders.model.errors import EvidenceMissing
from backend.orders.model.inputs import SelfHandled
from backend.orders.transitions.transition import TransitionContext
from backend.reports import service as reports
from backend.reports.structs import Submission
from media import service as media
from tests.makers.accounts import bearer
from tests.makers.orders import BASE_URL, make_photos, state_of
from tests.makers.photos import jpeg
from tests.makers.town import TOWN, SmallTown, make_actor, make_town

HTML = {"accept": "text/html"}


@pytest.fixture
async def town(client: httpx.AsyncClient, now: datetime) -> SmallTown:
    return await make_town(now)


@pytest.fixture
async def inspector(town: SmallTown) -> Actor:
    return await make_actor("监督员", Role.INSPECTOR, TOWN)


async def test_one_form_reports_and_closes_and_the_report_shows_how_it_was(
    client: httpx.AsyncClient, town: SmallTown, inspector: Actor
) -> None:
    door = (await client.get(f"/q/{town.code}", headers=HTML | bearer(inspector))).text
    link = unescape(re.findall(r'href="(/self-handling\?[^"]+)"', door)[0])
    page = await client.get(link, headers=HTML | bearer(inspector))
    answer = await _send(client, town, inspector, before=jpeg(shade=1), after=jpeg(shade=2))

    assert f'value="code:{town.code}"' in page.text and "莲安东路100号" in page.text
    order_id = await db.fetchval("SELECT id FROM work_order")
    assert answer.headers["location"] == f"/o/{order_id}?done=self_handle"
    assert await state_of(order_id) == "closed"
    roles = await db.fetch("SELECT role FROM photo_attachment ORDER BY role")
    assert [row["role"] for row in roles] == ["after", "report"]


async def test_without_a_photo_of_after_nothing_is_opened(
    client: httpx.AsyncClient, town: SmallTown, inspector: Actor
) -> None:
    answer = await _send(client, town, inspector, before=jpeg())

    assert answer.status_code == 422
    assert "还缺:处置后照片" in answer.text
    assert await db.fetchval("SELECT count(*) FROM work_order") == 0


async def test_an_order_that_cannot_be_closed_stays_open_and_its_page_says_so(
    client: httpx.AsyncClient, town: SmallTown, inspector: Actor, now: datetime
) -> None:
    """The report had arrived before and was accepted meanwhile; then its form is sent again."""
    kept = await media.receive(inspector.account_id, jpeg(shade=1), idempotency_key=None, now=now)
    said = {"code": town.code, "item": "A101", "description": "已扶正", "photo_ids": [kept.photo.id]}
    earlier = Submission(idempotency_key="sent-before", **said)
    receipt = (await reports.submit(earlier, inspector, base_url=BASE_URL, now=now)).receipt
    await orders.accept(receipt.order_id, TransitionContext(actor=town.handlers[0], now=now))

    answer = await _send(
        client, town, inspector, before=jpeg(shade=1), after=jpeg(shade=2), idempotency_key="sent-before"
    )

    assert answer.status_code == 409
    assert f"已上报(编号 {receipt.number}),但还没有结案" in answer.text
    assert await state_of(receipt.order_id) == "accepted"


async def test_whoever_may_not_close_so_does_not_report_so(client: httpx.AsyncClient, town: SmallTown) -> None:
    answer = await _send(client, town, town.handlers[0], before=jpeg(shade=1), after=jpeg(shade=2))

    page = await client.get(f"/q/{town.code}", headers=HTML | bearer(town.handlers[0]))
    assert answer.status_code == 403
    assert "/self-handling" not in page.text
    assert await db.fetchval("SELECT count(*) FROM work_order") == 0


async def test_an_inspector_of_another_town_closes_nothing_here(client: httpx.AsyncClient, town: SmallTown) -> None:
    elsewhere = await make_actor("别处监督员", Role.INSPECTOR, "310115106")

    answer = await _send(client, town, elsewhere, before=jpeg(shade=1), after=jpeg(shade=2))

    page = await client.get(f"/q/{town.code}", headers=HTML | bearer(elsewhere))
    assert answer.status_code == 403
    assert "/self-handling?code" not in page.text
    assert await db.fetchval("SELECT count(*) FROM work_order") == 0


async def test_a_report_without_photos_shows_nothing_of_before(
    client: httpx.AsyncClient, town: SmallTown, inspector: Actor, now: datetime
) -> None:
    photos = await make_photos(inspector)
    submission = Submission(idempotency_key="photo-gone", code=town.code, item="A101", photo_ids=photos)
    receipt = (await reports.submit(submission, inspector, base_url=BASE_URL, now=now)).receipt
    await db.execute("DELETE FROM photo_attachment")

    with pytest.raises(EvidenceMissing) as refused:
        fixed = SelfHandled(after_photo_ids=await make_photos(inspector))
        await orders.self_handle(receipt.order_id, fixed, TransitionContext(actor=inspector, now=now))

    assert refused.value.extra["missing"] == {"before": 1}


async def _send(
    client: httpx.AsyncClient,
    town: SmallTown,
    who: Actor,
    *,
    before: bytes,
    after: bytes | None = None,
    idempotency_key: str = "self-handled-1",
) -> httpx.Response:
    files: dict[str, Any] = {"before_photo_ids": ("before.jpg", before)}
    if after is not None:
        files["after_photo_ids"] = ("after.jpg", after)
    typed = {"client_id": idempotency_key, "item": "A101", "note": "已扶正", "where": f"code:{town.code}"}
    return await client.post("/self-handling", data=typed, files=files, headers=HTML | bearer(who))
