"""A committee asks for another frequency on the phone, its town grants it, and the new version takes effect."""

from datetime import datetime, timedelta

import pytest
from playwright.async_api import expect

from backend.calendars.rules import shanghai_date
from backend.committees.duty_list import queries
from tests.browser.phones import Phones
from tests.makers.committees import COMMITTEE, make_entry, make_member, make_template, make_town_admin
from tests.makers.town import SmallTown

pytestmark = pytest.mark.browser


async def test_a_committee_asks_its_town_grants_and_the_new_version_takes_effect(
    phones: Phones, town: SmallTown, now: datetime
) -> None:
    admin, member = await make_town_admin(), await make_member()
    task = await make_template(admin, now)
    await make_entry(admin, task, now)
    today = shanghai_date(now)
    committee, office = await phones.staff(member), await phones.staff(admin, width=1280)
    assert committee.url.endswith("/committee")
    await expect(committee.locator("#today + p + ul")).to_contain_text("消防通道巡查")

    await committee.get_by_role("link", name="责任清单").click()
    await committee.get_by_role("link", name="消防通道巡查").click()
    await committee.locator("#frequency summary").click()
    form = committee.locator("#frequency")
    await form.get_by_label("按周", exact=True).check()
    await form.get_by_label("周一").check()
    await form.get_by_label("周四").check()
    await form.get_by_label("生效日期").fill(today.isoformat())
    await form.get_by_label("理由").fill("人手不足,改为每周两次")
    await form.get_by_role("button", name="提交申请").click()
    await expect(committee.locator(".note.good")).to_contain_text("申请已提交")
    await expect(committee.get_by_role("link", name="申请待审批")).to_be_visible()

    await office.get_by_role("link", name="清单审批").click()
    await office.get_by_role("link", name="第一居委 · 调整频次").click()
    await expect(office.locator("dl")).to_contain_text("每周一、四")
    await office.get_by_role("button", name="同意", exact=True).click()
    await expect(office.locator(".note.good")).to_contain_text("已同意")

    await committee.goto(f"/committee/duty-list/{task}")
    await expect(committee.locator(".card").first).to_contain_text("每周一、四 第 2 版")
    entries = [await queries.entries_on(COMMITTEE, today + timedelta(days=ahead)) for ahead in range(7)]
    due = [(today + timedelta(days=ahead)).weekday() for ahead, found in enumerate(entries) if found]
    assert sorted(due) == [0, 3]
    assert {entry.version for found in entries for entry in found} == {2}
