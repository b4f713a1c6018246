"""The mini-program over HTTP: who holds the phone, what they agreed to, and what the vendor tells us by itself."""

import asyncio
import hashlib
import time
from datetime import timedelta
from pathlib import Path

import pytest

from backend import clock, db
from backend.accounts.structs import Role
from push.gateways.wechat.callbacks import handling, inbox
from tests.fakes.sealing import sign
from tests.fakes.server import Trouble
from tests.fakes.wechat import AES_KEY, APPID, ORDER_TEMPLATE, SECRET, TOKEN, FakeWechat
from tests.fakes.wechat_callbacks import NONCE, event, picture_event, push
from tests.fixtures.client import BASE_URL, running_client
from tests.makers.accounts import bearer, make_device, make_staff
from tests.makers.gateways import link
from tests.makers.logged import logged
from tests.makers.orders import make_photos
from tests.makers.town import make_town
from tests.makers.worker import work

OPENID = "oFAKE-resident-1"
CALLBACKS = "/api/v1/callbacks/wechat"
ACCEPTED = {"TemplateId": ORDER_TEMPLATE, "SubscribeStatusString": "accept", "PopupScene": "0"}


@pytest.fixture
async def wechat():
    fake = await FakeWechat().start()
    yield fake
    await fake.close()


@pytest.fixture
async def web(wechat, database, tmp_path):
    async with running_client(database, tmp_path, **wechat.environment) as opened:
        yield opened


async def enter(web, code):
    return await web.post("/api/v1/sessions/wechat", json={"code": code})


async def send(web, pushed):
    return await web.post(CALLBACKS, params=pushed.query, content=pushed.body)


async def linked(openid=OPENID):
    actor = await make_device()
    await link(actor.account_id, "wechat", openid)
    return actor


async def credit():
    return await db.fetchval("SELECT credit FROM subscribe_credit")


async def test_a_stranger_gets_an_account_and_the_same_one_next_time(web, wechat):
    first, second = await enter(web, wechat.code_for(OPENID)), await enter(web, wechat.code_for(OPENID))

    tokens = [each.json()["access_token"] for each in (first, second)]
    people = [
        (await web.get("/api/v1/me", headers={"authorization": f"Bearer {token}"})).json()["id"] for token in tokens
    ]
    assert (first.status_code, people[0]) == (201, people[1])
    assert await db.fetchval("SELECT count(*) FROM external_identity") == 1


async def test_two_first_calls_at_once_make_one_account(web, wechat):
    answers = await asyncio.gather(*(enter(web, wechat.code_for(OPENID)) for _ in range(4)))

    assert [each.status_code for each in answers] == [201] * 4
    assert await db.fetchval("SELECT count(*) FROM account WHERE kind = 'device'") == 1


async def test_the_session_key_is_neither_sent_on_nor_stored(web, wechat, capfd):
    answer = await enter(web, wechat.code_for(OPENID))

    assert "c2Vzc2lvbi1rZXk" not in answer.text + "".join(capfd.readouterr())
    assert OPENID not in answer.text


async def test_a_code_is_used_once_and_not_for_long(web, wechat):
    used, old = wechat.code_for(OPENID), wechat.code_for(OPENID)
    await enter(web, used)
    wechat.now = lambda: time.time() + 301

    answers = [await enter(web, code) for code in (used, old, "never-given")]

    assert [(each.status_code, each.json()["code"]) for each in answers] == [(401, "wechat-code-refused")] * 3


async def test_where_the_vendor_does_not_answer_the_person_may_try_again(web, wechat):
    wechat.server.troubles.planned.append(Trouble(is_cut=True))

    answer = await enter(web, wechat.code_for(OPENID))

    assert (answer.status_code, answer.json()["code"]) == (503, "wechat-away")


async def test_without_wechat_there_is_nothing_to_sign_in_with(client):
    answers = [await enter(client, "x"), await client.post(CALLBACKS, content=b"{}"), await client.get(CALLBACKS)]

    assert [each.status_code for each in answers] == [404] * 3


async def test_staff_link_the_phone_for_messages_and_still_sign_in_by_password(web, wechat):
    await enter(web, wechat.code_for(OPENID))
    staff = await make_staff(Role.HANDLER)

    done = await web.put("/api/v1/wechat/identity", json={"code": wechat.code_for(OPENID)}, headers=bearer(staff))
    refused = await enter(web, wechat.code_for(OPENID))

    assert done.status_code == 204
    assert await db.fetchval("SELECT account_id FROM external_identity") == staff.account_id
    assert (refused.status_code, refused.json()["code"]) == (403, "password-needed")


async def test_nobody_takes_over_the_phone_of_another_member_of_staff(web, wechat):
    first, second = await make_staff(Role.HANDLER), await make_staff(Role.HANDLER)
    await link(first.account_id, "wechat", OPENID)

    answer = await web.put("/api/v1/wechat/identity", json={"code": wechat.code_for(OPENID)}, headers=bearer(second))

    assert (answer.status_code, answer.json()["code"]) == (409, "identity-taken")


async def test_what_the_phone_says_counts_where_the_vendor_says_nothing(wechat, database, tmp_path):
    without = {"YIMA_WECHAT_TOKEN": "", "YIMA_WECHAT_AES_KEY": ""}
    actor = await linked()
    choices = {"template_ids": {ORDER_TEMPLATE: "accept", "unknown": "accept"}}
    async with running_client(database, tmp_path, **wechat.environment | without) as web:
        for _ in range(2):
            answer = await web.post("/api/v1/wechat/subscriptions", json=choices, headers=bearer(actor))
        assert (answer.status_code, await credit()) == (204, 2)
        choices["template_ids"][ORDER_TEMPLATE] = "reject"
        await web.post("/api/v1/wechat/subscriptions", json=choices, headers=bearer(actor))

    assert await credit() == 0


async def test_what_the_vendor_says_itself_is_not_counted_by_the_phones_word_too(web):
    actor = await linked()

    choices = {"template_ids": {ORDER_TEMPLATE: "accept"}}
    answer = await web.post("/api/v1/wechat/subscriptions", json=choices, headers=bearer(actor))

    assert (answer.status_code, await credit()) == (204, None)


IN_WECHAT = {"user-agent": "Mozilla/5.0 (Linux) MicroMessenger/8.0.50 MiniProgramEnv/android"}


async def report(web, town, words, headers=IN_WECHAT):
    """A report by somebody who came by the mini-program. Returns its order."""
    await link(town.resident.account_id, "wechat", OPENID)
    photos = [str(each) for each in await make_photos(town.resident)]
    body = {"client_id": "report-by-wechat", "code": town.code, "item": "A101", "photo_ids": photos}
    said = body | {"description": words}
    answer = await web.post("/api/v1/reports", json=said, headers=bearer(town.resident) | headers)
    assert answer.status_code == 201
    return answer.json()["order_id"]


async def page_of(web, town, order_id):
    headers = {"accept": "text/html"} | bearer(town.dispatcher)
    return (await web.get(f"/o/{order_id}", headers=headers)).text


@pytest.mark.parametrize(
    ("words", "mark", "said"),
    [("路灯不亮", None, ""), ("违规的话", "risky", "可能违规"), ("可疑的话", "review", "人工看一下")],
)
async def test_words_that_do_not_pass_are_marked_for_staff_and_no_report_is_lost(web, wechat, words, mark, said):
    wechat.add_person(OPENID)
    town = await make_town(clock.now())

    order_id = await report(web, town, words)

    assert await db.fetchval("SELECT max(verdict) FROM content_mark WHERE order_id = $1", order_id) == mark
    page = await page_of(web, town, order_id)
    assert ("微信内容检查" in page, said in page) == (bool(mark), True)


@pytest.mark.parametrize("is_known", [True, False])
async def test_a_report_does_not_wait_for_a_vendor_that_is_away(web, wechat, monkeypatch, is_known):
    monkeypatch.setattr("push.gateways.wechat.content_safety.PATIENCE_S", 0.05)
    town = await make_town(clock.now())
    if is_known:  # else the vendor has not seen the person for two hours, and refuses
        wechat.add_person(OPENID)
        wechat.server.troubles.planned.append(Trouble(wait_s=0.2, done=True))

    order_id = await report(web, town, "违规的话")

    assert await db.fetchval("SELECT verdict FROM content_mark") == "unchecked"
    assert "未经微信内容检查" in await page_of(web, town, order_id)


async def test_words_from_other_browsers_are_not_shown_to_wechat(web, wechat):
    town = await make_town(clock.now())

    await report(web, town, "违规的话", headers={"user-agent": "Mozilla/5.0 (Linux) Chrome/120"})

    assert wechat.server.asked == []


async def test_a_page_of_ours_is_signed_and_no_other(wechat, database, tmp_path):
    official = {"YIMA_WECHAT_OFFICIAL_APPID": APPID, "YIMA_WECHAT_OFFICIAL_SECRET": SECRET}
    actor, path = await make_device(), "/api/v1/wechat/signature"
    async with running_client(database, tmp_path, **wechat.environment | official) as web:
        ours = await web.get(path, params={"url": f"{BASE_URL}/q/X?y=1"}, headers=bearer(actor))
        foreign = await web.get(path, params={"url": f"{BASE_URL}.evil.example/"}, headers=bearer(actor))

    signed = ours.json()
    made_of = {"jsapi_ticket": wechat.ticket, "noncestr": signed["nonce"], "timestamp": signed["timestamp"]}
    text = "&".join(f"{name}={value}" for name, value in {**made_of, "url": f"{BASE_URL}/q/X?y=1"}.items())
    assert signed["signature"] == hashlib.sha1(text.encode()).hexdigest()
    assert (foreign.status_code, foreign.json()["code"]) == (422, "page-foreign")


async def test_pages_are_told_of_wechats_script_inside_wechat_alone(wechat, database, tmp_path, client):
    sdk = Path(__file__).parents[1] / "fakes" / "jweixin.js"
    official = {"OFFICIAL_APPID": APPID, "OFFICIAL_SECRET": SECRET, "SDK_FILE": str(sdk)}
    settings = wechat.environment | {f"YIMA_WECHAT_{name}": value for name, value in official.items()}
    town = await make_town(clock.now())
    agents = {"wechat": IN_WECHAT["user-agent"], "wecom": f"{IN_WECHAT['user-agent']} wxwork/4.1", "other": "Chrome"}
    async with running_client(database, tmp_path, **settings) as web:
        script = await web.get("/wechat/sdk.js")
        told = {}
        for name, agent in agents.items():
            headers = {"accept": "text/html", "user-agent": agent}
            told[name] = "/wechat/sdk.js" in (await web.get("/work", headers=headers | bearer(town.handlers[0]))).text
            assert "/wechat/sdk.js" not in (await web.get(f"/q/{town.code}", headers=headers)).text

    assert (script.content, script.headers["content-type"]) == (sdk.read_bytes(), "text/javascript; charset=utf-8")
    assert told == {"wechat": True, "wecom": False, "other": False}
    assert (await client.get("/wechat/sdk.js")).status_code == 404


async def test_the_vendor_finds_our_address_by_its_echo(web):
    stamp = str(int(time.time()))
    query = {
        "signature": sign(TOKEN, stamp, NONCE),
        "timestamp": stamp,
        "nonce": NONCE,
        "echostr": "43751209",
    }

    answer = await web.get(CALLBACKS, params=query)
    forged = await web.get(CALLBACKS, params=query | {"signature": "0" * 40})

    assert (answer.status_code, answer.text) == (200, "43751209")
    assert answer.headers["content-type"].startswith("text/plain")
    assert forged.status_code == 403


@pytest.mark.parametrize("as_xml", [False, True])
async def test_an_agreement_is_counted_once_however_often_it_is_sent(web, database, as_xml):
    await linked()
    message = event("subscribe_msg_popup_event", OPENID, ACCEPTED, 1626959646, as_xml=as_xml)

    first = await send(web, push(message, time.time(), as_xml=as_xml))
    again = await send(web, push(message, time.time(), as_xml=as_xml))
    await work(database)

    assert [(each.status_code, each.text) for each in (first, again)] == [(200, "success")] * 2
    assert await credit() == 1
    assert await db.fetchval("SELECT body::text FROM vendor_callback") == "{}"


async def test_several_agreements_of_one_popup_and_a_later_refusal(web, database):
    await linked()
    several = [ACCEPTED, ACCEPTED, ACCEPTED | {"TemplateId": "ANOTHER"}]
    await send(web, push(event("subscribe_msg_popup_event", OPENID, several, 1), time.time()))
    await work(database)
    assert await db.fetchval("SELECT sum(credit) FROM subscribe_credit") == 3

    refused = {"TemplateId": ORDER_TEMPLATE, "SubscribeStatusString": "reject"}
    await send(web, push(event("subscribe_msg_change_event", OPENID, refused, 2), time.time()))
    await work(database)

    assert await db.fetchval("SELECT sum(credit) FROM subscribe_credit") == 1


@pytest.mark.parametrize(
    "wrong",
    [{"token": "another-token"}, {"appid": "wx-another"}, {"aes_key": AES_KEY[::-1]}, {"at": time.time() - 90_000}],
    ids=lambda wrong: next(iter(wrong)),
)
async def test_a_forged_callback_is_refused_and_changes_nothing(web, wrong, capfd):
    message = event("subscribe_msg_popup_event", OPENID, ACCEPTED, 1)

    answer = await send(web, push(message, **{"at": time.time(), **wrong}))

    assert (answer.status_code, answer.json()["code"]) == (403, "callback-refused")
    assert await db.fetchval("SELECT count(*) FROM vendor_callback") == 0
    said = logged(capfd)
    assert "callback_refused" in said and OPENID not in said


@pytest.mark.parametrize("body", [b"", b"{}", b'{"Encrypt": 5}', b"<xml>", b'{"Event": "subscribe_msg_popup_event"}'])
async def test_what_is_not_sealed_is_refused(web, body):
    sealed = push(b"{}", time.time())

    assert (await web.post(CALLBACKS, params=sealed.query, content=body)).status_code == 403


async def test_an_event_that_means_nothing_to_us_is_answered_and_forgotten(web):
    answer = await send(web, push(event("user_enter_tempsession", OPENID, [], 1), time.time()))

    assert (answer.status_code, answer.text) == (200, "success")
    assert await db.fetchval("SELECT count(*) FROM vendor_callback") == 0


async def test_a_callback_runs_twice_and_counts_once(web, database):
    await linked()
    await send(web, push(event("subscribe_msg_popup_event", OPENID, ACCEPTED, 1), time.time()))
    [callback_id] = [row["id"] for row in await db.fetch("SELECT id FROM vendor_callback")]

    await asyncio.gather(*(handling.handle(callback_id, clock.now()) for _ in range(3)))

    assert await credit() == 1


async def test_old_callbacks_are_forgotten_long_after_they_could_be_repeated(web):
    await send(web, push(event("subscribe_msg_popup_event", OPENID, ACCEPTED, 1), time.time()))

    await inbox.prune(clock.now() + timedelta(days=29))
    assert await db.fetchval("SELECT count(*) FROM vendor_callback") == 1
    await inbox.prune(clock.now() + timedelta(days=31))

    assert await db.fetchval("SELECT count(*) FROM vendor_callback") == 0


async def answer_for_picture(web, database, said, trace_id="967e945c-1", **how):
    sent = push(picture_event(OPENID, trace_id, said, int(time.time()), **how), time.time())
    answer = await send(web, sent)
    assert answer.status_code == 200
    await work(database)


@pytest.mark.parametrize(
    ("said", "how", "mark", "words"),
    [
        ({"errcode": 0, "result": {"suggest": "pass", "label": 100}}, {}, "pass", None),
        ({"errcode": 0, "result": {"suggest": "risky", "label": 20002}}, {"as_xml": True}, "risky", "有照片可能违规"),
        ({"isrisky": 1, "status_code": 0}, {}, "risky", "有照片可能违规"),
        ({"errcode": -1008, "errmsg": "not fetched"}, {}, "unchecked", "有照片未经微信内容检查"),
    ],
)
async def test_what_wechat_says_of_a_picture_is_shown_to_staff(web, wechat, database, said, how, mark, words):
    wechat.add_person(OPENID)
    town = await make_town(clock.now())
    order_id = await report(web, town, "路灯不亮")
    assert wechat.pictures[0].startswith(f"{BASE_URL}/media/")
    assert "微信内容检查" not in await page_of(web, town, order_id), "an answer may take half an hour"

    await answer_for_picture(web, database, said, **how)

    assert await db.fetchval("SELECT verdict FROM picture_check") == mark
    page = await page_of(web, town, order_id)
    assert (words or "路灯不亮") in page
    assert ("微信内容检查" in page) == (words is not None)


async def test_a_picture_that_wechat_is_silent_about_is_not_taken_for_one_that_passed(web, wechat):
    wechat.add_person(OPENID)
    town = await make_town(clock.now())
    order_id = await report(web, town, "路灯不亮")
    await db.execute("UPDATE picture_check SET asked_at = asked_at - interval '61 minutes'")

    assert "有照片未经微信内容检查" in await page_of(web, town, order_id)


async def test_a_picture_that_the_vendor_did_not_take_is_marked_at_once_and_the_report_stands(web, wechat):
    town = await make_town(clock.now())  # the vendor knows nobody: 40003

    order_id = await report(web, town, "")

    assert await db.fetchval("SELECT verdict FROM picture_check") == "unchecked"
    assert "有照片未经微信内容检查" in await page_of(web, town, order_id)


async def test_an_answer_about_a_picture_that_nobody_asked_about_marks_nothing(web, database):
    await answer_for_picture(web, database, {"result": {"suggest": "risky", "label": 20002}}, trace_id="never-asked")

    assert await db.fetchval("SELECT count(*) FROM picture_check") == 0


async def test_whoever_hangs_plates_gets_a_plates_mini_program_code_on_its_page(web, wechat):
    town = await make_town(clock.now())
    admin = bearer(await make_staff(Role.STREET_ADMIN))
    page = await web.get(f"/codes/{town.code}", headers=admin)
    address = f"/codes/{town.code}/mini-program-code"
    assert f'href="{address}"' in page.text

    picture = await web.get(address, headers=admin)
    assert (picture.status_code, picture.headers["content-type"]) == (200, "image/jpeg")
    assert wechat.scenes == [f"pages/report/index c={town.code}"]
    assert (await web.get(f"/api/v1{address}", headers=bearer(await make_staff(Role.HANDLER)))).status_code == 403

    wechat.fixed_error = (41030, "invalid page")
    refused = await web.get(address, headers=admin | {"accept": "text/html"})
    assert refused.status_code == 503
    assert "还没有发布" in refused.text
