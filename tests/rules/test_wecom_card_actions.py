"""What somebody pressed is read out of WeCom's XML, however many things were selected; anything else is none."""

import pytest
from wechatpy.enterprise import parse_message

from push.gateways.wecom import card_actions
from push.gateways.wecom.card_actions import CallbackUnreadable, CardTap
from tests.fakes.wecom_callbacks import tapped


def event(*selected: tuple[str, list[str]]) -> bytes:
    return tapped(
        corpid="ww1",
        agent_id=1000002,
        userid="zhangsan",
        key="return",
        task_id="order-12-31",
        at=1714036504,
        response_code="CODE",
        selected=selected,
    ).encode()


def read(message: bytes) -> CardTap:
    found = card_actions.read(message)
    assert found is not None
    return found


def test_a_press_says_who_what_and_on_which_card() -> None:
    tap = read(event())

    assert (tap.userid, tap.key, tap.task_id) == ("zhangsan", "return", "order-12-31")
    assert (tap.response_code, tap.agent_id, tap.created_at_s) == ("CODE", "1000002", "1714036504")


def test_a_member_is_the_same_in_capitals() -> None:
    assert read(event().replace(b"zhangsan", b"ZhangSan")).userid == "zhangsan"


@pytest.mark.parametrize(
    "selected",
    [(), (("reason", []),), (("reason", ["a"]),), (("reason", ["a", "b"]),), (("reason", ["a"]), ("more", ["b"]))],
    ids=["none", "nothing", "one", "two options", "two questions"],
)
def test_one_thing_and_several_have_one_shape(selected: tuple[tuple[str, list[str]], ...]) -> None:
    assert read(event(*selected)).selected == dict(selected)


def test_the_vendors_spelling_may_be_mended_one_day() -> None:
    assert read(event(("reason", ["a"])).replace(b"Opiton", b"Option")).selected == {"reason": ["a"]}


def test_wechatpy_knows_nothing_of_it() -> None:
    """Why it is read here. See findings/."""
    found = parse_message(event(("reason", ["a"])).decode())

    assert not hasattr(found, "task_id")
    assert not hasattr(found, "response_code")


def test_another_event_is_none() -> None:
    assert card_actions.read(event().replace(b"template_card_event", b"enter_agent")) is None
    assert card_actions.read(b"<xml><MsgType>text</MsgType></xml>") is None


def test_a_second_press_is_another_one_and_a_repeat_is_not() -> None:
    first = read(event())

    assert first.digest == read(event(("reason", ["a"]))).digest, "what came with it tells nothing apart"
    assert first.digest != read(event().replace(b"CODE", b"CODE2")).digest
    assert len(first.digest) == 32


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b"<xml>",
        b"\xff\xfe<",
        b'<!DOCTYPE x [<!ENTITY a "b">]><xml><Encrypt>&a;</Encrypt></xml>',
        b'<?xml version="1.0" encoding="nonsense"?><xml/>',
    ],
)
def test_what_is_no_xml_of_theirs_is_refused_with_one_error(body: bytes) -> None:
    with pytest.raises(CallbackUnreadable):
        card_actions.encrypted_in(body)
