"""Whatever a message says, WeCom takes it: clipped, escaped, and in a plainer form where this build knows no better."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from push.channels import Recipient
from push.gateways import Outgoing
from push.gateways.wecom import cards, return_reasons, task_ids
from push.gateways.wecom.settings import WecomSettings
from push.structs import Details
from tests.fakes.wecom_requests import SendRequest
from tests.makers.wecom import DUE_BY, outgoing, settings_of

_WORDS = st.text(max_size=900)
_IDS = st.integers(1, 2**53)


def taken(message: Outgoing, settings: WecomSettings) -> SendRequest:
    """The request as the vendor reads it. Fails where it would refuse it."""
    return msgspec.json.decode(msgspec.json.encode(cards.request_for(message, settings)), type=SendRequest)


def test_a_new_order_is_a_card_with_two_buttons() -> None:
    card: Any = taken(outgoing(), settings_of()).template_card

    assert card.main_title.title == "新工单:非机动车乱停放"
    assert [(pair.keyname, pair.value) for pair in card.horizontal_content_list] == [
        ("编号", "BC20210718-000123"),
        ("接单时限", "07-18 08:57"),
        ("处置时限", "07-18 09:07"),
    ]
    assert [(button.text, button.key) for button in card.button_list] == [("接单", "accept"), ("退单", "return")]
    assert card.card_action.url == "https://yima.example/inbox/7"
    assert task_ids.read(card.task_id) == (12, 31)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_reason_is_chosen_before_somebody_chooses_one(language: str) -> None:
    """WeCom selects the first option by itself."""
    selection: Any = taken(outgoing(language=language), settings_of()).template_card.button_selection

    assert return_reasons.read(selection.option_list[0].id) is None
    assert selection.selected_id == selection.option_list[0].id
    assert all(return_reasons.read(option.id) for option in selection.option_list[1:])
    assert return_reasons.read("something else") is None


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "OrderClosed"},
        {"recipient": Recipient.SUPERVISOR},
        {"recipient": Recipient.DESK, "kind": "OrderReturned"},
        {"order_id": None},
        {"count": 3},
    ],
    ids=str,
)
def test_only_whoever_may_accept_one_order_gets_buttons(changes: dict[str, Any]) -> None:
    assert taken(outgoing(**changes), settings_of()).msgtype == "textcard"


@pytest.mark.parametrize(
    ("capabilities", "kind"),
    [
        ("textcard,template_card,update_card,markdown", "template_card"),
        ("textcard,markdown", "textcard"),
        ("markdown", "markdown"),
        ("", "text"),
    ],
)
def test_a_build_that_lacks_a_form_gets_the_next_plainer_one(capabilities: str, kind: str) -> None:
    request = taken(outgoing(), settings_of(YIMA_WECOM_CAPABILITIES=capabilities))

    assert request.msgtype == kind
    assert "https://yima.example/inbox/7" in str(request), "the page is never further than a tap"
    assert request.enable_duplicate_check == 0, "not told of a check that this build does not have"


def test_without_a_callback_there_are_no_buttons_to_press() -> None:
    settings = settings_of(YIMA_WECOM_TOKEN="", YIMA_WECOM_AES_KEY="")

    assert taken(outgoing(), settings).msgtype == "textcard"


def test_what_people_wrote_is_no_markup() -> None:
    message = outgoing(kind="OrderReturned", recipient=Recipient.DESK, body='<a href="//evil">退</a> & "x"')
    card: Any = taken(message, settings_of()).textcard

    assert "<a" not in card.description
    assert "&lt;a href=&quot;//evil&quot;&gt;退&lt;/a&gt; &amp;" in card.description


def test_markdown_in_words_of_people_is_shown_and_not_followed() -> None:
    message = outgoing(body="[点这里](https://evil.example) **急**")
    request: Any = taken(message, settings_of(YIMA_WECOM_CAPABILITIES="markdown"))

    assert "](https://evil" not in request.markdown.content
    assert request.markdown.content.count("**") == 2, "those of the title"


@given(
    title=_WORDS.filter(lambda text: text.strip()),
    body=_WORDS,
    place=_WORDS,
    number=_WORDS,
    ids=st.tuples(_IDS, _IDS),
    capabilities=st.sampled_from(["textcard,template_card", "textcard", "markdown", ""]),
    language=st.sampled_from(["zh", "en"]),
)
def test_nothing_is_too_long_or_cut_in_two(
    title: str, body: str, place: str, number: str, ids: tuple[int, int], capabilities: str, language: str
) -> None:
    details = Details(number=number, place=place, respond_by=DUE_BY, due_by=DUE_BY)
    said = {"title": title, "body": body, "details": details, "language": language}
    message = outgoing(order_id=ids[0], delivery_id=ids[1], **said)

    taken(message, settings_of(YIMA_WECOM_CAPABILITIES=capabilities))


@given(text=st.text(alphabet="<>&\"'楼a", min_size=300, max_size=600))
def test_no_entity_is_cut_in_two(text: str) -> None:
    card: Any = taken(outgoing(kind="OrderClosed", body=text), settings_of()).textcard
    words = card.description.removeprefix('<div class="normal">').split("</div>")[0]
    for entity in ("&lt;", "&gt;", "&amp;", "&quot;", "&#x27;"):
        words = words.replace(entity, "")

    assert "&" not in words and "<" not in words
    assert words.rstrip().endswith("…")


def test_each_attempt_of_a_delivery_is_the_same_request() -> None:
    """WeCom's check compares whole requests."""
    first, second = (cards.request_for(outgoing(attempt=n), settings_of()) for n in (1, 5))

    assert msgspec.json.encode(first) == msgspec.json.encode(second)
    assert first["enable_duplicate_check"] == 1


@pytest.mark.parametrize("capabilities", ["template_card", "textcard", "markdown", ""])
def test_what_somebody_has_sent_once_more_is_another_request(capabilities: str) -> None:
    settings = settings_of(YIMA_WECOM_CAPABILITIES=capabilities)
    again = outgoing(resent_at=DUE_BY)

    assert cards.request_for(again, settings) != cards.request_for(outgoing(), settings)
    assert cards.request_for(again, settings) == cards.request_for(outgoing(resent_at=DUE_BY), settings)


def test_a_card_that_is_sent_once_more_is_about_the_same_order() -> None:
    card: Any = taken(outgoing(resent_at=DUE_BY), settings_of()).template_card

    assert task_ids.read(card.task_id) == (12, 31)


def test_two_messages_that_say_the_same_are_two_requests() -> None:
    """Else the second 催办 within four hours would never be shown."""
    first = outgoing(kind="OrderUrged")
    second = outgoing(kind="OrderUrged", message_id=8, delivery_id=32, url="https://yima.example/inbox/8")

    assert cards.request_for(first, settings_of()) != cards.request_for(second, settings_of())


@pytest.mark.parametrize(
    "text", ["", "order-1", "order-1-2-3-4", "order-1-2-x", "order-0-1", "order-１-2", "ORDER-1-2", "order-1-2\n"]
)
def test_a_task_id_that_is_not_ours_is_none(text: str) -> None:
    assert task_ids.read(text) is None
