"""The town's settings in the mini-program, and what is refused by name before anything is built."""

import json
from pathlib import Path

import pytest

from deploy.miniprogram import build, check, package, settings
from deploy.miniprogram.settings import SettingRefused
from tests.makers import miniprogram as made
from tests.makers.miniprogram import SETTINGS

LONG_TERM = '{"OrderClosed": {"id": "CLOSED", "data": {}}, "*": {"id": "REST", "data": {}, "long_term": true}}'
MANY = json.dumps({kind: {"id": kind, "data": {}} for kind in "ABCD"})


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("YIMA_BASE_URL", "", "is an address"),
        ("YIMA_BASE_URL", "http://q.example.cn", "phones reach no other kind"),
        ("YIMA_BASE_URL", "https://q.example.cn/yima", "a host alone"),
        ("YIMA_BASE_URL", "https://q.example.cn:8443", "names a port"),
        ("YIMA_BASE_URL", "https://10.0.0.7", "no address and no localhost"),
        ("YIMA_BASE_URL", "https://localhost", "no address and no localhost"),
        ("YIMA_WECHAT_APPID", "", "is the AppID"),
        ("YIMA_WECHAT_APPID", "touristappid", "is the AppID"),
        ("YIMA_MINIPROGRAM_NAME", "一" * 13, "at most 12 characters"),
        ("YIMA_MINIPROGRAM_POSITION", "exact", "is one of fuzzy, precise, none"),
        ("YIMA_HOTLINE", "call us", "a number to call"),
        ("YIMA_CODE_PREFIX", "q.example.cn/q/", "is no address"),
        ("YIMA_CODE_EARLIER_PREFIXES", "https://a.example/q/ b", "b is no address"),
        ("YIMA_WECHAT_TEMPLATES", "[]", "is no JSON as docs/wechat.md shows it"),
        ("YIMA_MINIPROGRAM_TEMPLATES", "CLOSED,OTHER", "OTHER is no template of YIMA_WECHAT_TEMPLATES"),
        ("YIMA_MINIPROGRAM_ENDED_TEMPLATES", "OTHER", "OTHER is no template of YIMA_WECHAT_TEMPLATES"),
    ],
)
def test_a_setting_that_cannot_be_used_is_refused_by_its_name(name: str, value: str, words: str) -> None:
    with pytest.raises(SettingRefused) as refused:
        settings.read({**SETTINGS, name: value})

    assert str(refused.value).startswith(name)
    assert words in str(refused.value)


@pytest.mark.parametrize(
    ("templates", "words"),
    [(MANY, "4 are more than 3"), (LONG_TERM, "long-term and one-time templates cannot be asked for together")],
)
def test_templates_that_cannot_be_asked_for_at_once_have_to_be_chosen_from(templates: str, words: str) -> None:
    given = {**SETTINGS, "YIMA_WECHAT_TEMPLATES": templates}

    with pytest.raises(SettingRefused, match=words):
        settings.read(given)
    first = next(iter(json.loads(templates).values()))["id"]
    chosen = settings.read({**given, "YIMA_MINIPROGRAM_TEMPLATES": first})
    assert (chosen.templates_sent, chosen.templates_ended) == ((first,), (first,))


def test_what_is_printed_is_read_as_the_server_reads_it() -> None:
    read = settings.read({**SETTINGS, "YIMA_CODE_EARLIER_PREFIXES": "http://old.example.cn/c"})

    assert read.code_prefixes == ("https://q.example.cn/q/", "http://old.example.cn/c/")


@pytest.mark.parametrize(
    ("position", "declared", "scopes", "script"),
    [
        ("fuzzy", ["getFuzzyLocation"], ["scope.userFuzzyLocation"], "wx.getFuzzyLocation(options)"),
        ("precise", ["getLocation"], ["scope.userLocation"], "wx.getLocation(options)"),
        ("none", None, [], "options.fail(error)"),
    ],
)
def test_a_package_asks_for_the_position_as_the_account_may(
    position: str, declared: list[str] | None, scopes: list[str], script: str, tmp_path: Path
) -> None:
    town = settings.read(
        {**SETTINGS, "YIMA_MINIPROGRAM_POSITION": position, "YIMA_CODE_EARLIER_PREFIXES": made.PRINTED}
    )
    _write(tmp_path)

    build.fit(tmp_path, town)

    built = package.read(tmp_path)
    assert check.faults(built, town.addresses) == []
    assert built.app.get("requiredPrivateInfos") == declared
    assert list(built.app.get("permission", {})) == scopes
    assert script in built.text("lib/locate.js")


def test_the_towns_values_stand_in_the_package(tmp_path: Path) -> None:
    town = settings.read({**SETTINGS, "YIMA_MINIPROGRAM_NAME": "北蔡一码", "YIMA_HOTLINE": "021-12345"})
    _write(tmp_path)

    build.fit(tmp_path, town)

    built = package.read(tmp_path)
    config = json.loads(built.text("config.js").partition("exports.config = ")[2].rstrip(";\n"))
    assert config == {
        "host": "https://q.example.cn",
        "codePrefixes": ["https://q.example.cn/q/"],
        "position": "fuzzy",
        "templates": {"sent": ["CLOSED", "REST"], "ended": ["CLOSED", "REST"]},
        "hotline": "021-12345",
    }
    assert built.app["window"]["navigationBarTitleText"] == "北蔡一码"
    assert built.project["appid"] == SETTINGS["YIMA_WECHAT_APPID"]


def _write(folder: Path) -> None:
    """A compiled program, of nobody yet."""
    for name, content in made.files().items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    (folder / "project.config.json").write_text(json.dumps({**made.PROJECT, "appid": "touristappid"}))
