"""A mini-program that is set up by half stops the start and says which setting it is."""

import pytest

from backend.config import SettingMissing
from push.gateways import registry
from push.gateways.wechat.settings import VENDOR, read

WHOLE = {"YIMA_WECHAT_APPID": "wx1", "YIMA_WECHAT_SECRET": "s"}
AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"


def test_without_an_appid_there_is_no_mini_program():
    assert read({"YIMA_WECHAT_SECRET": "s"}) is None
    assert registry.gateways({}) == {}


def test_appid_and_secret_are_enough():
    found = read(WHOLE)

    assert found is not None
    assert (found.base, found.has_callbacks, found.template_for("OrderClosed")) == (VENDOR, False, None)


def test_a_kind_takes_its_own_template_or_the_common_one():
    templates = '{"OrderClosed": {"id": "A", "data": {}}, "*": {"id": "B", "data": {}, "long_term": true}}'
    found = read(WHOLE | {"YIMA_WECHAT_TEMPLATES": templates})

    assert found is not None
    chosen = [found.template_for(kind) for kind in ("OrderClosed", "OrderUrged")]
    assert [(each.id, each.long_term) for each in chosen if each] == [("A", False), ("B", True)]


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"YIMA_WECHAT_SECRET": ""}, "YIMA_WECHAT_SECRET"),
        ({"YIMA_WECHAT_BASE": "api.weixin.qq.com"}, "YIMA_WECHAT_BASE"),
        ({"YIMA_WECHAT_TOKEN": "t"}, "YIMA_WECHAT_AES_KEY"),
        ({"YIMA_WECHAT_TOKEN": "t", "YIMA_WECHAT_AES_KEY": "short"}, "43"),
        ({"YIMA_WECHAT_STATE": "release"}, "YIMA_WECHAT_STATE"),
        ({"YIMA_WECHAT_TEMPLATES": "{"}, "YIMA_WECHAT_TEMPLATES"),
        ({"YIMA_WECHAT_TEMPLATES": '{"*": {"id": "A"}}'}, "data"),
        ({"YIMA_WECHAT_TEMPLATES": '{"*": {"id": "A", "data": {}, "longterm": true}}'}, "longterm"),
        ({"YIMA_WECHAT_TEMPLATES": '{"*": {"id": "A", "data": {"thing2": "titel"}}}'}, "titel"),
        ({"YIMA_WECHAT_TEMPLATES": '{"*": {"id": "A", "data": {"words2": "title"}}}'}, "words2"),
        ({"YIMA_WECHAT_TEMPLATES": '{"*": {"id": "A", "data": {}, "page": "pages/x?y={id}"}}'}, "page"),
    ],
)
def test_what_is_missing_or_wrong_is_named(given, named):
    with pytest.raises(SettingMissing, match=named):
        read(WHOLE | given)


def test_a_key_of_the_vendors_length_is_taken():
    found = read(WHOLE | {"YIMA_WECHAT_TOKEN": "t", "YIMA_WECHAT_AES_KEY": AES_KEY})

    assert found is not None
    assert found.has_callbacks
