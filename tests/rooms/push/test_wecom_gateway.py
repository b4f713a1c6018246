"""The WeCom gateway against a server that takes only what the vendor's documents describe, over real HTTP."""

import ssl
import subprocess
from collections.abc import AsyncIterator, Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from backend import db
from push.gateways import Outcome, Result
from push.gateways.wecom import settings
from push.gateways.wecom.client import WecomClient
from push.gateways.wecom.gateway import WecomGateway
from tests.fakes.server import DROPPED, Answer, Trouble, as_json
from tests.fakes.wecom import FakeWecom
from tests.makers.wecom import outgoing

_SEND = "/cgi-bin/message/send"
Open = Callable[..., WecomGateway]


@pytest.fixture
async def wecom(database: None) -> AsyncIterator[FakeWecom]:
    fake = await FakeWecom().start()
    yield fake
    await fake.close()


@pytest.fixture
async def open_gateway(now: datetime) -> AsyncIterator[Open]:
    opened: list[WecomGateway] = []

    def make(fake: FakeWecom, at: datetime = now, **changes: str) -> WecomGateway:
        found = settings.read(fake.environment | changes)
        opened.append(WecomGateway(found, WecomClient(found, lambda: at), lambda: at))
        return opened[-1]

    yield make
    for each in opened:
        await each.close()


async def sent(gateway: WecomGateway, **changes: Any) -> Result:
    return (await gateway.send([outgoing(**changes)]))[0]


async def test_a_batch_reaches_each_member_once(wecom: FakeWecom, open_gateway: Open) -> None:
    batch = [outgoing(), outgoing(address="lisi", delivery_id=32, message_id=8)]

    results = await open_gateway(wecom).send(batch)

    assert [each.outcome for each in results] == [Outcome.SENT, Outcome.SENT]
    assert [member for member, _ in sorted(wecom.shown, key=lambda each: each[0])] == ["lisi", "zhangsan"]
    assert all(each.vendor_id.startswith("MSG-") for each in results)
    assert wecom.tokens_asked == 1
    assert wecom.refusals == []


@pytest.mark.parametrize("capabilities", ["textcard", "markdown", "", "template_card,textcard"])
async def test_every_form_is_taken(wecom: FakeWecom, open_gateway: Open, capabilities: str) -> None:
    gateway = open_gateway(wecom, YIMA_WECOM_CAPABILITIES=capabilities)

    assert (await sent(gateway)).outcome is Outcome.SENT
    assert wecom.refusals == []


async def test_a_build_that_knows_no_buttons_gets_a_plain_card_at_once(wecom: FakeWecom, open_gateway: Open) -> None:
    wecom.is_government_build = True

    assert (await sent(open_gateway(wecom))).outcome is Outcome.SENT
    assert [message["msgtype"] for message in wecom.shown_to("zhangsan")] == ["textcard"]


async def test_a_success_that_reached_nobody_is_read(wecom: FakeWecom, open_gateway: Open) -> None:
    wecom.unlicensed = {"lisi"}
    gateway = open_gateway(wecom)

    gone, unlicensed = await sent(gateway, address="Wangwu"), await sent(gateway, address="LiSi")

    assert (gone.outcome, gone.code) == (Outcome.UNREACHABLE, "81013")
    assert "Wangwu" not in gone.detail, "what is written down names nobody"
    assert (unlicensed.outcome, unlicensed.code) == (Outcome.REFUSED, "unlicenseduser")
    assert wecom.shown == []


async def test_a_token_that_ended_is_replaced_and_the_message_sent(wecom: FakeWecom, open_gateway: Open) -> None:
    gateway = open_gateway(wecom)
    await sent(gateway)
    wecom.end_tokens()

    assert (await sent(gateway, delivery_id=32)).outcome is Outcome.SENT
    assert wecom.tokens_asked == 2
    assert wecom.refusals == [(_SEND, 42001)]


async def test_two_processes_share_one_token(wecom: FakeWecom, open_gateway: Open) -> None:
    await sent(open_gateway(wecom))
    await sent(open_gateway(wecom), delivery_id=32)

    assert wecom.tokens_asked == 1
    stored = b"".join([row["sealed"] for row in await db.fetch("SELECT sealed FROM vendor_token")])
    assert stored, "there is a row"
    assert b"TOKEN-" not in stored, "whoever reads the database is not let in"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"YIMA_WECOM_SECRET": "another"}, "40001"),
        ({"YIMA_WECOM_CORPID": "wwanother", "YIMA_WECOM_TOKEN": "", "YIMA_WECOM_AES_KEY": ""}, "40013"),
        ({"YIMA_WECOM_AGENT_ID": "1000009"}, "40056"),
    ],
    ids=["secret", "corpid", "agentid"],
)
async def test_wrong_credentials_rest_the_channel(
    wecom: FakeWecom, open_gateway: Open, changes: dict[str, str], code: str
) -> None:
    result = await sent(open_gateway(wecom, **changes))

    assert (result.outcome, result.code) == (Outcome.BROKEN, code)
    assert len(wecom.server.asked) <= 2, "no storm of tries"


@pytest.mark.parametrize(
    ("error", "attempt", "outcome"),
    [
        ((-1, "system busy"), 1, Outcome.LATER),
        ((45009, "api freq out of limit"), 3, Outcome.LATER),
        ((45033, "concurrent"), 1, Outcome.LATER),
        ((60020, "not allow to access from your ip"), 1, Outcome.BROKEN),
        ((48002, "api forbidden"), 1, Outcome.BROKEN),
        ((45002, "content too long"), 1, Outcome.REFUSED),
        ((999999, "never heard of"), 1, Outcome.LATER),
        ((999999, "never heard of"), 2, Outcome.REFUSED),
    ],
    ids=str,
)
async def test_each_error_says_what_happens_next(
    wecom: FakeWecom, open_gateway: Open, error: tuple[int, str], attempt: int, outcome: Outcome
) -> None:
    """An unknown one is taken for a passing one once; its own words are kept raw."""
    gateway = open_gateway(wecom)
    await sent(gateway)
    wecom.fixed_error = error

    result = await sent(gateway, attempt=attempt)

    assert (result.outcome, result.code, result.detail) == (outcome, str(error[0]), error[1])


@pytest.mark.parametrize(
    ("trouble", "outcome"),
    [
        (DROPPED, Outcome.UNKNOWN),
        (Trouble(answer=Answer(body=b"<html>", status=200), done=True), Outcome.UNKNOWN),
        (Trouble(answer=Answer(body=b"", status=504), done=True), Outcome.UNKNOWN),
        (Trouble(answer=Answer(body=b"", status=503)), Outcome.LATER),
        (Trouble(answer=Answer(body=b"", status=404)), Outcome.LATER),
    ],
    ids=["dropped", "no JSON", "504", "503", "404"],
)
async def test_what_may_have_arrived_is_told_from_what_cannot_have(
    wecom: FakeWecom, open_gateway: Open, trouble: Trouble, outcome: Outcome
) -> None:
    gateway = open_gateway(wecom)
    await sent(gateway, delivery_id=1)
    wecom.server.troubles.planned = [trouble]

    assert (await sent(gateway)).outcome is outcome


async def test_a_message_whose_answer_was_lost_is_shown_once(wecom: FakeWecom, open_gateway: Open) -> None:
    gateway = open_gateway(wecom)
    await sent(gateway, delivery_id=1, address="lisi")
    wecom.server.troubles.planned = [DROPPED]

    lost, again = await sent(gateway), await sent(gateway, attempt=2)

    assert gateway.repeats_safely
    assert [lost.outcome, again.outcome] == [Outcome.UNKNOWN, Outcome.SENT]
    assert len(wecom.shown_to("zhangsan")) == 1


async def test_an_answer_that_comes_too_late_is_not_taken_for_a_failure(
    wecom: FakeWecom, open_gateway: Open, now: datetime
) -> None:
    gateway, found = open_gateway(wecom), settings.read(wecom.environment)
    impatient = WecomGateway(found, WecomClient(found, lambda: now, timeout_s=0.2), lambda: now)
    await sent(gateway, delivery_id=1, address="lisi")
    wecom.server.troubles.planned = [Trouble(wait_s=0.5, done=True)]

    late, again = await sent(impatient), await sent(gateway, attempt=2)
    await impatient.close()

    assert [late.outcome, again.outcome] == [Outcome.UNKNOWN, Outcome.SENT]
    assert len(wecom.shown_to("zhangsan")) == 1


async def test_over_a_network_that_fails_in_every_way_each_message_is_shown_once(
    wecom: FakeWecom, open_gateway: Open
) -> None:
    gateway = open_gateway(wecom)
    wecom.server.troubles.at_random = [
        DROPPED,
        Trouble(is_cut=True),
        Trouble(answer=Answer(body=b"<html>"), done=True),
        Trouble(answer=Answer(body=b"", status=503)),
        Trouble(answer=as_json({"errcode": -1, "errmsg": "system busy"})),
        Trouble(answer=as_json({"errcode": 42001, "errmsg": "access_token expired"})),
    ]
    wecom.server.troubles.rate = 0.5
    waiting = [
        outgoing(delivery_id=n, message_id=n, order_id=n, url=f"https://yima.example/inbox/{n}") for n in range(1, 101)
    ]

    for attempt in range(1, 41):
        results = await gateway.send([msgspec.structs.replace(each, attempt=attempt) for each in waiting])
        again = (Outcome.LATER, Outcome.UNKNOWN, Outcome.BROKEN)
        waiting = [each for each, result in zip(waiting, results, strict=True) if result.outcome in again]
        assert {result.outcome for result in results} <= {Outcome.SENT, *again}

    assert waiting == []
    shown = [message["template_card"]["task_id"] for message in wecom.shown_to("zhangsan")]
    assert sorted(shown) == sorted(f"order-{n}-{n}" for n in range(1, 101))


async def test_a_vendor_that_is_not_there_is_asked_later(wecom: FakeWecom, open_gateway: Open) -> None:
    gateway = open_gateway(wecom, YIMA_WECOM_BASE="http://127.0.0.1:9")

    assert (await sent(gateway)).outcome is Outcome.LATER


async def test_a_token_that_does_not_come_has_sent_nothing(wecom: FakeWecom, open_gateway: Open) -> None:
    wecom.server.troubles.planned = [DROPPED]

    assert (await sent(open_gateway(wecom))).outcome is Outcome.LATER


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, Path]:
    """Of 127.0.0.1, signed by itself, and its key."""
    paths = tmp_path / "certificate.pem", tmp_path / "key.pem"
    command = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=zw -addext subjectAltName=IP:127.0.0.1"
    subprocess.run([*command.split(), "-out", paths[0], "-keyout", paths[1]], check=True, capture_output=True)
    return paths


async def test_a_government_build_is_trusted_by_its_own_certificate(
    open_gateway: Open, database: None, certificate: tuple[Path, Path]
) -> None:
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(*certificate)
    fake = await FakeWecom().start(tls=tls)
    try:
        stranger = await sent(open_gateway(fake))
        trusted = await sent(open_gateway(fake, YIMA_WECOM_CA_BUNDLE=str(certificate[0])), delivery_id=32)
    finally:
        await fake.close()

    assert (stranger.outcome, trusted.outcome) == (Outcome.LATER, Outcome.SENT)
