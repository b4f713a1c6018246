"""From a plate scanned in WeChat to the end on the web: offline in between, seen and rated by whoever reported it."""

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import httpx
import pytest
from playwright.async_api import Browser, Page, expect

from backend import db
from tests.browser.phones import PATIENCE_MS
from tests.fakes.wechat import ORDER_TEMPLATE, FakeWechat
from tests.fixtures.compiled import TESTS, compiled_program, environment, jest
from tests.fixtures.phone_process import PhoneProcess
from tests.fixtures.server import running_server
from tests.makers.accounts import bearer
from tests.makers.photos import jpeg
from tests.makers.town import SmallTown, make_town

pytestmark = pytest.mark.browser
RESIDENT = "openid-of-a-resident"
IN_THE_WEB_VIEW = (
    "Mozilla/5.0 (Linux; Android 10; V1932A) AppleWebKit/537.36 Chrome/116.0.0.0 Mobile Safari/537.36"
    " MicroMessenger/8.0.47 Language/zh_CN miniProgram/wx00000000000000fa"
)


@pytest.fixture
async def wechat(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[FakeWechat]:
    """The vendor, without a message push: agreements count as the mini-program tells them."""
    fake = await FakeWechat().start()
    for name, value in fake.environment.items():
        if name not in ("YIMA_WECHAT_TOKEN", "YIMA_WECHAT_AES_KEY"):
            monkeypatch.setenv(name, value)
    yield fake
    await fake.close()


async def test_a_scan_in_wechat_becomes_a_finished_order_that_its_reporter_rates_in_the_web_view(
    chromium: Browser,
    database: str,
    own_database: str,
    wechat: FakeWechat,
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    now: datetime,
) -> None:
    program = compiled_program(tmp_path_factory)
    town, photo = await make_town(now), tmp_path / "seen.jpg"
    photo.write_bytes(jpeg(1200, 900, shade=40))
    wechat.add_person(RESIDENT)
    with running_server(own_database, tmp_path) as (url, _):
        facts = {"url": url, "plate": town.code, "login": wechat.code_for(RESIDENT), "photo": str(photo)}
        facts["template"] = ORDER_TEMPLATE
        phone = await PhoneProcess(tmp_path / "phone.log").start(
            jest("--testMatch", "**/*.journey.js"), TESTS, environment(program), facts
        )
        try:
            await phone.hear("sent")
            order_id = await _the_only_order()
            await _close(url, town, order_id)
            phone.go_on()
            opened = await phone.hear("opened")
            await _rate(chromium, opened["src"])
            phone.go_on()
            await phone.finish()
        finally:
            await phone.close()

    assert await db.fetchrow("SELECT state, rating FROM work_order") == ("closed", 5)


async def _the_only_order() -> int:
    """One report with one photo of the person whom WeChat knows, and one agreement to a message."""
    [report] = await db.fetch(
        "SELECT r.order_id, i.subject, (SELECT count(*) FROM photo p WHERE p.owner_id = r.reporter_id) AS photos,"
        " (SELECT sum(credit) FROM subscribe_credit c WHERE c.account_id = r.reporter_id) AS agreed"
        " FROM report r JOIN external_identity i ON i.account_id = r.reporter_id"
    )
    assert (report["subject"], report["photos"], report["agreed"]) == (RESIDENT, 1, 1)
    return report["order_id"]


async def _close(url: str, town: SmallTown, order_id: int) -> None:
    """The handler does the work, the verifier passes it."""
    handler, verifier = bearer(town.handlers[0]), bearer(town.verifier)
    async with httpx.AsyncClient(base_url=f"{url}/api/v1", timeout=60) as client:

        async def act(who: dict[str, str], path: str, said: dict[str, object]) -> None:
            answer = await client.post(f"/orders/{order_id}/{path}", json=said, headers=who)
            assert answer.is_success, answer.text

        async def upload(shade: int) -> str:
            files = {"file": ("p.jpg", jpeg(1200, 900, shade=shade), "image/jpeg")}
            return (await client.post("/photos", files=files, headers=handler)).json()["id"]

        await act(handler, "accept", {})
        await act(handler, "check-in", {"code": town.code})
        await act(handler, "finish", {"before_photo_ids": [await upload(90)], "photo_ids": [await upload(140)]})
        await act(verifier, "verify", {"result": "pass"})


async def _rate(chromium: Browser, src: str) -> None:
    """In the web-view, as the one who reported: nobody signs in."""
    context = await chromium.new_context(user_agent=IN_THE_WEB_VIEW, locale="zh-CN")
    context.set_default_timeout(PATIENCE_MS)
    page: Page = await context.new_page()
    await page.goto(src)
    await page.get_by_label("非常满意").check()
    await page.get_by_role("button", name="提交评价").click()
    await expect(page.get_by_text("感谢您的评价")).to_be_visible()
    await context.close()
