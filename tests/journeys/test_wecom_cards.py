"""From an order to cards on two phones, a tap on one of them, and what both say then: over HTTP, against a fake."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from backend import db
from push import preferences
from push.channels import Channel
from push.gateways.wecom import card_store, start
from push.gateways.wecom.labels import labels
from push.preferences import SetPreferences
from push.structs import MessageLanguage
from tests.fakes.wecom import FakeWecom
from tests.fakes.wecom_callbacks import Callback
from tests.fixtures.client import running_client
from tests.makers.accounts import bearer
from tests.makers.gateways import link, send_all, switch_on
from tests.makers.logged import logged
from tests.makers.orders import make_order, state_of
from tests.makers.town import SmallTown, make_town
from tests.makers.worker import deliver, work

PATH = "/api/v1/callbacks/wecom"
OLDER_BUILD = {"YIMA_WECOM_CAPABILITIES": "textcard,template_card"}


@pytest.fixture
async def wecom(database: str) -> AsyncIterator[FakeWecom]:
    fake = await FakeWecom().start()
    yield fake
    await fake.close()


@pytest.fixture
def now() -> datetime:
    """A little later than the clock of the database, by which deliveries are planned."""
    return datetime.now(UTC) + timedelta(seconds=20)


@pytest.fixture
async def town(database: str, now: datetime) -> SmallTown:
    """A unit without a roster: both handlers get the order, as zhangsan and lisi."""
    town = await make_town(now)
    await db.execute("DELETE FROM duty_shift")
    await switch_on(Channel.WECOM)
    for person, userid in zip(town.handlers, ("zhangsan", "lisi"), strict=True):
        await link(person.account_id, "wecom", userid)
    return town


@pytest.fixture
async def app(database: str, tmp_path: Path, wecom: FakeWecom) -> AsyncIterator[httpx.AsyncClient]:
    async with running_client(database, tmp_path, **wecom.environment) as opened:
        yield opened


async def sent_order(town: SmallTown, wecom: FakeWecom, now: datetime, **settings: str) -> int:
    """An order whose cards are on the phones."""
    order_id = (await make_order(town, now)).receipt.order_id
    assert order_id is not None
    await deliver()
    gateway = start.gateway(wecom.environment | settings)
    try:
        await send_all(gateway, now)
    finally:
        await gateway.close()
    assert wecom.refusals == []
    return order_id


def card_of(wecom: FakeWecom, userid: str) -> str:
    return next(card.task_id for card in wecom.cards.values() if userid in card.userids)


def shown(wecom: FakeWecom) -> dict[str, str]:
    return {userid: words for card in wecom.cards.values() for userid, words in card.replaced.items()}


async def post(app: httpx.AsyncClient, callback: Callback) -> int:
    return (await app.post(PATH, params=callback.query, content=callback.body)).status_code


async def steps(order_id: int, move: str) -> list[int]:
    return [
        row["actor_id"]
        for row in await db.fetch("SELECT actor_id FROM order_step WHERE order_id = $1 AND move = $2", order_id, move)
    ]


async def test_one_tap_accepts_the_order_and_both_cards_say_so(
    app: httpx.AsyncClient, wecom: FakeWecom, town: SmallTown, now: datetime, database: str
) -> None:
    order_id = await sent_order(town, wecom, now)

    assert await post(app, wecom.tap("zhangsan", card_of(wecom, "zhangsan"), "accept")) == 200
    await work(database)

    assert await state_of(order_id) == "accepted"
    assert await steps(order_id, "accept") == [town.handlers[0].account_id]
    assert shown(wecom) == {"zhangsan": "已被巡查员1接单", "lisi": "已被巡查员1接单"}
    assert wecom.refusals == []


async def test_who_reads_english_has_the_card_in_english_to_its_end(
    app: httpx.AsyncClient, wecom: FakeWecom, town: SmallTown, now: datetime, database: str
) -> None:
    english = SetPreferences(language=MessageLanguage.EN)
    await preferences.set_preferences(town.handlers[1].account_id, english, now)
    await sent_order(town, wecom, now)

    cards = {card.userids[0]: card.content for card in wecom.cards.values()}
    assert [button.text for button in cards["lisi"].button_list] == ["Accept", "Return"]
    assert cards["lisi"].main_title.title.startswith("New order: ")
    assert cards["zhangsan"].main_title.title.startswith("新工单:")
    await post(app, wecom.tap("zhangsan", card_of(wecom, "zhangsan"), "accept"))
    await work(database)

    assert shown(wecom) == {"zhangsan": "已被巡查员1接单", "lisi": "Taken by 巡查员1"}


async def test_the_second_who_taps_is_told_who_was_first(
    app: httpx.AsyncClient, wecom: FakeWecom, town: SmallTown, now: datetime, database: str
) -> None:
    order_id = await sent_order(town, wecom, now)
    taps = [wecom.tap(userid, card_of(wecom, userid), "accept") for userid in ("lisi", "zhangsan")]

    assert [await post(app, tap) for tap in taps] == [200, 200]
    await work(database)

    assert len(await steps(order_id, "accept")) == 1
    assert set(shown(wecom).values()) in ({"已被巡查员1接单"}, {"已被巡查员2接单"})
    assert set(shown(wecom)) == {"zhangsan", "lisi"}


async def test_an_order_that_is_accepted_elsewhere_takes_the_buttons_off_the_cards(
    app: httpx.AsyncClient, wecom: FakeWecom, town: SmallTown, now: datetime, database: str
) -> None:
    order_id = await sent_order(town, wecom, now)

    answer = await app.post(f"/api/v1/orders/{order_id}/accept", json={}, headers=bearer(town.handlers[1]))
    await work(database)

    assert answer.status_code == 200
    assert shown(wecom) == {"zhangsan": "已被巡查员2接单", "lisi": "已被巡查员2接单"}


async def test_an_order_is_returned_from_the_card_with_the_reason_chosen_there(
    app: httpx.AsyncClient, wecom: FakeWecom, town: SmallTown, now: datetime, database: str
) -> None:
    order_id = await sent_order(town, wecom, now)

    await post(app, wecom.tap("lisi", card_of(wecom, "lisi"), "return", option="wrong_place"))
    await work(database)

    assert await steps(order_id, "return") == [town.handlers[1].account_id]
    detail = await db.fetchval("SELECT detail FROM order_step WHERE order_id = $1 AND move = 'return'", order_id)
    assert "wrong_place" in detail
    assert shown(wecom) == {"zhangsan": "已退单", "lisi": "已退单"}


async def test_a_return_without_a_reason_asks_for_one_and_leaves_the_buttons(
    app: httpx.AsyncClient, wecom: FakeWecom, town: SmallTown, now: datetime, database: str
) -> None:
    order_id = await sent_order(town, wecom, now)

    await post(app, wecom.tap("lisi", card_of(wecom, "lisi"), "return"))
    await work(database)

    assert await state_of(order_id) == "dispatched"
    assert [message["text"]["content"] for message in wecom.shown_to("lisi") if "text" in message] == [
        labels("zh").no_reason
    ]
    assert shown(wecom) == {}


async def test_whoever_is_nobody_here_is_answered_and_nothing_is_done(
    app: httpx.AsyncClient, wecom: FakeWecom, town: SmallTown, now: datetime, database: str
) -> None:
    order_id = await sent_order(town, wecom, now)
    await db.execute("DELETE FROM external_identity WHERE subject = 'lisi'")
    accounts = await db.fetchval("SELECT count(*) FROM account")

    await post(app, wecom.tap("lisi", card_of(wecom, "lisi"), "accept"))
    await work(database)

    assert await state_of(order_id) == "dispatched"
    assert shown(wecom) == {"lisi": labels("zh").stranger}
    assert await db.fetchval("SELECT count(*) FROM account") == accounts, "nobody is made staff by a tap"


async def test_a_tap_that_comes_three_times_is_one(
    app: httpx.AsyncClient, wecom: FakeWecom, town: SmallTown, now: datetime, database: str
) -> None:
    order_id = await sent_order(town, wecom, now)
    tap = wecom.tap("zhangsan", card_of(wecom, "zhangsan"), "accept")

    assert [await post(app, tap) for _ in range(3)] == [200, 200, 200]
    await work(database)
    assert await post(app, tap) == 200
    await work(database)

    assert len(await steps(order_id, "accept")) == 1
    assert await db.fetchval("SELECT count(*) FROM vendor_callback") == 1
    assert await db.fetchval("SELECT body FROM vendor_callback") == "{}", "who pressed what is forgotten"


async def test_what_is_forged_changes_nothing(
    app: httpx.AsyncClient,
    wecom: FakeWecom,
    town: SmallTown,
    now: datetime,
    database: str,
    capfd: pytest.CaptureFixture[str],
) -> None:
    order_id = await sent_order(town, wecom, now)
    tap = wecom.tap("zhangsan", card_of(wecom, "zhangsan"), "accept")
    forged = [
        Callback(query=tap.query | {"msg_signature": "0" * 40}, body=tap.body),
        Callback(query=tap.query | {"nonce": "another"}, body=tap.body),
        Callback(query={}, body=tap.body),
        Callback(query=tap.query, body=tap.body.replace(b"Encrypt><![CDATA[", b"Encrypt><![CDATA[A")),
        Callback(query=tap.query, body=b"<xml></xml>"),
        Callback(query=tap.query, body=b"not xml"),
        Callback(query=tap.query, body=b'<!DOCTYPE x [<!ENTITY a "b">]><xml><Encrypt>&a;</Encrypt></xml>'),
    ]

    assert [await post(app, each) for each in forged] == [403] * len(forged)
    assert logged(capfd).count("callback_refused") == len(forged)
    await work(database)
    assert await state_of(order_id) == "dispatched"
    assert await db.fetchval("SELECT count(*) FROM vendor_callback") == 0


async def test_what_was_signed_long_ago_or_for_another_application_is_refused(
    app: httpx.AsyncClient, wecom: FakeWecom, town: SmallTown, now: datetime
) -> None:
    await sent_order(town, wecom, now)
    task_id, real = card_of(wecom, "zhangsan"), wecom.now
    wecom.now = lambda: real() - 7200
    old = wecom.tap("zhangsan", task_id, "accept")
    wecom.now, wecom.agent_id = real, 1000009
    of_another = wecom.tap("zhangsan", task_id, "accept")

    assert [await post(app, each) for each in (old, of_another)] == [403, 403]
    assert await db.fetchval("SELECT count(*) FROM vendor_callback") == 0


async def test_the_console_is_answered_with_what_it_sealed(app: httpx.AsyncClient, wecom: FakeWecom) -> None:
    asked = wecom.verification(b"7381908273645")
    answer = await app.get(PATH, params=asked)
    forged = await app.get(PATH, params=asked | {"msg_signature": "0" * 40})

    assert (answer.status_code, answer.content) == (200, b"7381908273645")
    assert forged.status_code == 403


async def test_a_town_without_wecom_has_no_such_address(client: httpx.AsyncClient) -> None:
    assert (await client.get(PATH)).status_code == 404
    assert (await client.post(PATH, content=b"<xml/>")).status_code == 404
    assert (await client.get("/sign-in/wecom")).status_code == 404


async def test_a_build_that_cannot_change_cards_answers_by_a_line(
    database: str, tmp_path: Path, wecom: FakeWecom, town: SmallTown, now: datetime
) -> None:
    async with running_client(database, tmp_path, **wecom.environment, **OLDER_BUILD) as app:
        order_id = await sent_order(town, wecom, now, **OLDER_BUILD)
        await post(app, wecom.tap("zhangsan", card_of(wecom, "zhangsan"), "accept"))
        await work(database)
        await post(app, wecom.tap("lisi", card_of(wecom, "lisi"), "accept"))
        await work(database)

    lines = {member: message["text"]["content"] for member, message in wecom.shown if "text" in message}
    assert await steps(order_id, "accept") == [town.handlers[0].account_id]
    assert lines == {"zhangsan": "已接单", "lisi": "已被巡查员1接单"}
    assert not [asked for asked in wecom.server.asked if "update" in asked.path]


async def test_a_card_whose_code_is_used_up_or_too_old_is_left_as_it_is(
    app: httpx.AsyncClient, wecom: FakeWecom, town: SmallTown, now: datetime, database: str
) -> None:
    await sent_order(town, wecom, now)
    await db.execute("UPDATE wecom_card SET code_at = code_at - $1::interval", card_store.CODE_LIVES)
    await db.execute(
        "UPDATE wecom_card SET code_at = now(), response_code = 'used' WHERE task_id = $1", card_of(wecom, "lisi")
    )

    await post(app, wecom.tap("zhangsan", card_of(wecom, "zhangsan"), "accept"))
    await work(database)

    assert shown(wecom) == {"zhangsan": "已被巡查员1接单"}
    assert await db.fetchval("SELECT count(*) FROM wecom_card WHERE updated_at IS NULL") == 0
    assert await db.fetchval("SELECT count(*) FROM pgqueuer") == 0, "not tried again and again"
