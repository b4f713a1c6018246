"""Callbacks read alike as JSON and as XML, and what is neither is refused without harm."""

import pytest

from push.gateways.wechat.callbacks.fields import Unreadable, listed, read, text
from push.gateways.wechat.callbacks.inbox import digest_of
from tests.fakes.wechat_callbacks import event

ACCEPTED = {"TemplateId": "A", "SubscribeStatusString": "accept"}


@pytest.mark.parametrize("as_xml", [False, True])
@pytest.mark.parametrize("several", [ACCEPTED, [ACCEPTED], [ACCEPTED, {"TemplateId": "B"}]])
def test_one_and_several_are_a_list_in_both_forms(several, as_xml):
    found = read(event("subscribe_msg_popup_event", "oX", several, 17, as_xml=as_xml))

    assert text(listed(found["List"])[0], "TemplateId") == "A"
    assert (text(found, "CreateTime"), text(found, "FromUserName"), text(found, "Missing")) == ("17", "oX", "")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{",
        b"<xml>",
        b"\xff\xfe",
        b"<\xff",
        b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><xml>&b;</xml>',
        b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><xml/>',
    ],
)
def test_what_holds_no_fields_is_refused(body):
    with pytest.raises(Unreadable):
        read(body)


def test_a_repeat_has_the_same_digest_in_either_form_and_nothing_else_has():
    as_sent = [
        event("subscribe_msg_popup_event", "oX", ACCEPTED, 17),
        event("subscribe_msg_popup_event", "oX", ACCEPTED, 17, as_xml=True),
        event("subscribe_msg_popup_event", "oX", ACCEPTED, 18),
        event("subscribe_msg_popup_event", "oY", ACCEPTED, 17),
        event("subscribe_msg_popup_event", "oX", ACCEPTED | {"TemplateId": "B"}, 17),
        event("subscribe_msg_change_event", "oX", ACCEPTED, 17),
    ]

    digests = [digest_of(read(each)) for each in as_sent]

    assert digests[0] == digests[1]
    assert len(set(digests)) == 5
