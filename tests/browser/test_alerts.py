"""A handler's open page: the number in the bar rises by itself and rings once it was asked to; opened is read."""

from datetime import datetime

import pytest
from playwright.async_api import expect

from tests.browser.phones import Phones
from tests.makers.orders import make_order
from tests.makers.town import SmallTown
from tests.makers.worker import deliver

pytestmark = pytest.mark.browser
COUNTED = """
    window.notes = 0;
    const nothing = () => {};
    const gain = { setValueAtTime: nothing, linearRampToValueAtTime: nothing };
    window.AudioContext = class {
      constructor() { this.state = 'running'; this.currentTime = 0; this.destination = {}; }
      resume() { return Promise.resolve(); }
      createGain() { return { gain, connect: nothing }; }
      createOscillator() {
        window.notes += 1;
        return { frequency: {}, connect: nothing, start: nothing, stop: nothing };
      }
    };
"""


async def test_a_new_order_is_counted_and_heard_and_an_opened_one_is_read(
    phones: Phones, town: SmallTown, now: datetime
) -> None:
    phone = await phones.staff(town.handlers[0])
    await phone.add_init_script(COUNTED)
    await phone.goto("/work")
    unread = phone.locator("#unread")
    await expect(unread).to_be_hidden()
    await phone.get_by_role("button", name="开启声音").click()
    await expect(phone.locator("#sound-ask")).to_be_hidden()
    sample = await phone.evaluate("window.notes")

    await make_order(town, now)
    await deliver()

    await expect(unread).to_contain_text("1")
    await expect(phone).to_have_title("(1) 我的工单 · 一码 Yima")
    await expect(phone.get_by_role("status").filter(has_text="新工单")).to_be_visible()
    assert sample > 0 and await phone.evaluate("window.notes") == 2 * sample

    await phone.locator(".order").click()
    await expect(unread).to_be_hidden()

    await make_order(town, now)
    await make_order(town, now)
    await deliver()
    await phone.goto("/inbox")
    await expect(unread).to_contain_text("2")
    await phone.get_by_role("button", name="全部已读").click()
    await expect(unread).to_be_hidden()
