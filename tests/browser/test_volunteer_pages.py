"""The pages about volunteers in the looks that are hardest to fit: large English letters, and a narrow phone."""

from datetime import datetime, timedelta

import pytest

from backend import db
from grab_orders.goods import exchanging, keeping
from grab_orders.goods.structs import GoodsDraft
from grab_orders.people import applying
from grab_orders.people.structs import Skill
from tests.browser.phones import Phones
from tests.browser.test_axe import _violations
from tests.browser.test_legible import CHECKS, _faults_when_narrow
from tests.makers.orders import make_closed
from tests.makers.town import COMMITTEE, SmallTown
from tests.makers.volunteers import (
    SEAL,
    application,
    finish_patrol,
    finish_take,
    id_number,
    make_committee_member,
    make_volunteer,
)

pytestmark = pytest.mark.browser


async def test_volunteers_and_committees_can_read_and_work_theirs(
    phones: Phones, town: SmallTown, now: datetime
) -> None:
    who, friend, keeper = await make_volunteer(now), await make_volunteer(now, "李四"), await make_committee_member()
    for nr in range(3):
        order_id = await make_closed(town, now)
        await db.execute("UPDATE work_order SET opened_by_id = $2 WHERE id = $1", order_id, friend.account_id)
        await finish_take(who, order_id, now, now + timedelta(minutes=10 + nr), points=30)
    await finish_patrol(who, 1, now - timedelta(hours=2), now - timedelta(hours=1))
    draft = GoodsDraft(area_code=COMMITTEE, name_zh="洗衣液", name_en="Washing liquid", points=5, stock=9)
    await exchanging.exchange(await keeping.add_goods(draft, keeper, now), who, now, "key-number-1")
    draft = application(skills=list(Skill)[:3], id_number=id_number(region="160101"))
    await applying.apply(draft, (await make_committee_member()).account_id, SEAL, now)
    pages = {
        await phones.take(): [f"/volunteer/apply?committee={COMMITTEE}"],
        await phones.staff(who): ["/volunteer/ledger", "/volunteer/ledger?tab=points", "/volunteer/goods"],
        await phones.staff(keeper): [f"/committee/{name}" for name in ("volunteers", "hours", "goods", "pairs")],
    }

    faults: list[str] = []
    for page, paths in pages.items():
        look = {"lang": "en", "big": "1"}
        cookies = [{"name": name, "value": value, "url": phones.url} for name, value in look.items()]
        faults += await _violations(page, paths)
        await page.context.add_cookies(cookies)  # type: ignore[arg-type]
        for path in paths:
            await page.goto(path)
            await page.evaluate("document.querySelectorAll('details').forEach(folded => { folded.open = true; })")
            faults += [f"{path}: {fault}" for fault in await page.evaluate(CHECKS, 60)]
            faults += [f"{path}: {fault}" for width in (188, 375) for fault in await _faults_when_narrow(page, width)]

    assert not faults, "\n".join(faults)
