"""When a kitchen's link is asked, what an answer means, and where nobody is asked at all."""

from datetime import UTC, datetime, timedelta

import pytest

from backend.http_targets import TargetFault, TargetRefused, find_target, parse
from shops.public import liveness
from shops.public.asking import LinkAsker
from shops.public.liveness import LinkAnswer
from tests.fakes.server import Answer, Asked, Server, Trouble

NOW = datetime(2026, 11, 28, tzinfo=UTC)
HERE = ("127.0.0.0/8",)


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        *((status, LinkAnswer.REACHED) for status in (200, 204, 301, 302, 401, 403, 405, 429)),
        *((status, LinkAnswer.SILENT) for status in (404, 410, 500, 502, 503)),
    ],
)
def test_a_page_that_is_there_answers_and_a_redirect_is_an_answer(status, answer):
    assert liveness.answer_of(status) is answer


def test_it_is_asked_daily_hourly_while_nobody_knows_and_seldom_once_it_is_silent():
    pauses = [liveness.next_check(NOW, failures) - NOW for failures in (0, 1, 2, 3, 50)]

    assert pauses == [timedelta(hours=hours) for hours in (24, 1, 1, 6, 6)]
    assert [liveness.is_silent(failures) for failures in (0, 2, 3)] == [False, False, True]


@pytest.fixture
async def vendor():
    async def handle(asked: Asked) -> Answer:
        if asked.path == "/moved":
            return Answer(body=b"", status=302, headers={"location": "http://127.0.0.1:1/inside"})
        return Answer(body=b"a picture" * 10_000, status=404 if asked.path == "/gone" else 200)

    one = Server(handle)
    await one.start()
    yield one
    await one.close()


async def test_the_vendors_server_is_asked_once_by_its_name_and_led_nowhere_else(vendor):
    async with LinkAsker(HERE) as asker:
        answers = [await asker.ask(f"{vendor.url}{path}") for path in ("/live", "/moved", "/gone")]
        vendor.troubles.planned.append(Trouble(is_cut=True))
        dropped = await asker.ask(f"{vendor.url}/live")

    assert answers == [LinkAnswer.REACHED, LinkAnswer.REACHED, LinkAnswer.SILENT]
    assert dropped is LinkAnswer.UNSURE
    assert [asked.path for asked in vendor.asked] == ["/live", "/moved", "/gone", "/live"]
    assert vendor.asked[0].headers["host"] == vendor.url.removeprefix("http://")


@pytest.mark.parametrize(
    "url",
    ["https://127.0.0.1/", "https://localhost/", "https://10.0.0.8/live", "https://[::1]/", "https://169.254.169.254/"],
)
async def test_what_the_owner_typed_never_leads_into_our_own_network(url):
    with pytest.raises(TargetRefused) as refused:
        await find_target(url, (), 300)
    async with LinkAsker() as asker:
        answer = await asker.ask(url)

    assert refused.value.fault is TargetFault.FORBIDDEN_NETWORK
    assert answer is LinkAnswer.SILENT


def test_an_account_in_an_address_is_no_plain_one():
    with pytest.raises(TargetRefused):
        parse("https://user:pass@live.example.cn/", 300)
