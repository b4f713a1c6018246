"""What WeCom needs to be set up, and that what is missing or wrong is said with its name at the start."""

from pathlib import Path

import pytest

from backend.config import SettingMissing
from push.gateways import registry
from push.gateways.wecom.settings import Capability
from tests.makers.wecom import ENVIRONMENT, settings_of


def test_the_addresses_are_those_of_wecom_unless_a_town_has_its_own() -> None:
    assert settings_of().base == "https://qyapi.weixin.qq.com"
    assert settings_of(YIMA_WECOM_BASE="https://10.1.2.3:8443/").base == "https://10.1.2.3:8443"
    assert settings_of(YIMA_WECOM_OAUTH_BASE="https://zw.example.gov.cn").oauth_base == "https://zw.example.gov.cn"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"YIMA_WECOM_SECRET": ""}, "YIMA_WECOM_SECRET is not set"),
        ({"YIMA_WECOM_AGENT_ID": "app"}, "YIMA_WECOM_AGENT_ID is the number"),
        ({"YIMA_WECOM_TOKEN": ""}, "set together"),
        ({"YIMA_WECOM_AES_KEY": "short"}, "YIMA_WECOM_AES_KEY: an EncodingAESKey has 43"),
        ({"YIMA_WECOM_BASE": "http://10.1.2.3"}, "YIMA_WECOM_BASE is an https:// address"),
        ({"YIMA_WECOM_CA_BUNDLE": "/nowhere.pem"}, "YIMA_WECOM_CA_BUNDLE is a file"),
        ({"YIMA_WECOM_CAPABILITIES": "textcard,video"}, "there are textcard,template_card"),
    ],
    ids=str,
)
def test_what_is_wrong_is_said_at_the_start(changes: dict[str, str], said: str) -> None:
    with pytest.raises(SettingMissing, match=said):
        settings_of(**changes)


def test_a_file_without_certificates_is_no_ca_bundle(tmp_path: Path) -> None:
    empty = tmp_path / "ca.pem"
    empty.write_text("")

    with pytest.raises(SettingMissing, match="YIMA_WECOM_CA_BUNDLE"):
        settings_of(YIMA_WECOM_CA_BUNDLE=str(empty))


def test_the_secret_is_not_in_what_a_log_would_show() -> None:
    assert "secret" not in repr(settings_of(YIMA_WECOM_SECRET="not-to-be-seen-secret")).replace("secret=", "")


def test_everything_is_there_unless_a_town_says_what_is() -> None:
    assert settings_of().capabilities == frozenset(Capability)
    assert settings_of(YIMA_WECOM_CAPABILITIES="textcard").capabilities == {Capability.TEXTCARD}


async def test_the_gateway_is_there_where_wecom_is_set_up() -> None:
    assert registry.gateways({}) == {}
    found = registry.gateways(ENVIRONMENT)

    assert [channel.value for channel in found] == ["wecom"]
    for each in found.values():
        await each.close()


def test_a_build_without_the_check_for_repeats_is_not_relied_on() -> None:
    without = registry.gateways(ENVIRONMENT | {"YIMA_WECOM_CAPABILITIES": "textcard"})

    assert [each.repeats_safely for each in without.values()] == [False]
    assert [each.repeats_safely for each in registry.gateways(ENVIRONMENT).values()] == [True]
