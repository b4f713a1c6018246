"""The checker of the mini-program: content with a sound package, and with no broken one."""

import json

import pytest

from backend.orders.model.states import State
from deploy.miniprogram import calls, check, package, texts
from deploy.miniprogram.package import without_comments
from tests.fixtures.server import ROOT
from tests.makers import miniprogram as made
from tests.makers.miniprogram import APP, SCRIPT, SITEMAP, TAB_BAR, app, png

SOURCE = ROOT / "miniprogram"
PAGE = "pages/report/index"


def of(changed: dict[str, bytes | str | None] | None = None, **project: object) -> list[str]:
    return check.faults(made.package(changed, **project), made.ADDRESSES)


def tabs(**changes: object) -> dict[str, bytes | str | None]:
    return {"app.json": app(tabBar={**TAB_BAR, **changes}), "a.png": png()}


def script(more: str) -> dict[str, bytes | str | None]:
    return {f"{PAGE}.js": SCRIPT + more}


def test_a_sound_package_has_no_faults() -> None:
    assert of() == []
    assert of(tabs()) == []


BROKEN: list[tuple[dict[str, bytes | str | None], str]] = [
    ({"app.json": "{,}"}, "app.json: "),
    ({"app.json": app(page=[])}, "app.json: page is no key of the vendor's"),
    ({"app.json": app(plugins={})}, "plugins is not to be used here"),
    ({"app.json": app(debug=True)}, "debug shows every reader"),
    ({"app.json": app(entryPagePath="pages/x/index")}, "entryPagePath pages/x/index is none of pages"),
    ({"app.json": app(window={"title": ""})}, "window.title is no key of the vendor's"),
    ({"app.json": app(window={"navigationBarTextStyle": "grey"})}, "navigationBarTextStyle is black or white"),
    ({"app.json": app(window={"backgroundColor": "white"})}, "window.backgroundColor is a colour"),
    ({"app.json": app(networkTimeout={"request": 90_000})}, "networkTimeout.request is a number of milliseconds"),
    ({"app.json": app(darkmode=True)}, "darkmode needs themeLocation"),
    ({"app.json": app(lazyCodeLoading="all")}, "lazyCodeLoading takes requiredComponents"),
    ({"app.json": app(sitemapLocation=None)}, "sitemapLocation names no file"),
    ({"sitemap.json": '{"rules": []}'}, "sitemap.json: rules are missing"),
    ({"sitemap.json": json.dumps({"rules": SITEMAP["rules"][:1]})}, "the last rule disallows every other page"),
    ({"app.json": app(pages=[])}, "pages is empty"),
    ({"app.json": app(pages=[*APP["pages"], *APP["pages"]])}, "pages names one twice"),
    ({"app.json": app(pages=[*APP["pages"], "/pages/x/index.js"])}, "without a leading slash and without an ending"),
    *((({f"{PAGE}.{kind}": None}), f"{PAGE}.{kind} is missing") for kind in ("js", "json", "wxml", "wxss")),
    ({f"{PAGE}.json": '{"title": ""}'}, f"{PAGE}.json: title is no key of the vendor's"),
    ({"pages/old/index.wxml": "<view/>"}, "pages/old/index.wxml: no page of app.json"),
    ({f"{PAGE}.json": '{"usingComponents": {"x": "/components/x/index"}}'}, "components/x/index.js is missing"),
    ({f"{PAGE}.wxml": made.PAGE + '<view catch:tap="sent"/>'}, "sent is no method of its script"),
    ({f"{PAGE}.wxml": made.PAGE + '<include src="../x.wxml"/>'}, "../x.wxml is not in the package"),
    ({f"{PAGE}.wxss": '@import "../x.wxss";'}, "../x.wxss is not in the package"),
    (script('require("../../lib");'), "../../lib is not in the package"),
    (script('require("dayjs");'), "dayjs is a package"),
    (script("wx.getLocation({});"), "requiredPrivateInfos lacks getLocation"),
    (
        {"app.json": app(requiredPrivateInfos=["getFuzzyLocation", "getLocation"]), **script("wx.getLocation({});")},
        "getFuzzyLocation and getLocation exclude each other",
    ),
    ({"app.json": app(requiredPrivateInfos=["getFuzzyLocation", "choosePoi"])}, "choosePoi, which no script calls"),
    ({"app.json": app(requiredPrivateInfos=["getFuzzyLocation", "scanCode"])}, "scanCode is none of the eight"),
    ({"app.json": app(permission=None)}, "permission lacks scope.userFuzzyLocation"),
    ({"app.json": app(permission={**APP["permission"], "scope.record": {"desc": "x"}})}, "names scope.record"),
    ({"app.json": app(permission={"scope.userFuzzyLocation": {"desc": "长" * 31}})}, "desc has 31 characters"),
    ({"app.json": app(__usePrivacyCheck__=None)}, "__usePrivacyCheck__ is not true"),
    ({f"{PAGE}.js": SCRIPT.replace("wx.onNeedPrivacyAuthorization", "void")}, "answers wx.onNeedPrivacyAuthorization"),
    ({f"{PAGE}.wxml": '<view bindtap="send"/>'}, "nobody could agree to the privacy guide"),
    (script("wx.getSystemInfoSync();"), "wx.getSystemInfoSync is given up"),
    (script("wx.shareFileMessage({});"), "wx.shareFileMessage is in no table"),
    (script("wx['getLocation']({});"), "hides what is called"),
    (script("eval('1');"), "hides what is called"),
    (script("const x = 'https://cdn.example.com/a.js';"), "https://cdn.example.com/a.js is no address of this town"),
    (script(f"const x = '{made.HOST}.evil.example/';"), "is no address of this town"),
    (script(f"const x = '{made.PRINTED}3F7K';"), "is no address of this town"),
    (script("const x = 'wss://q.example.cn/live';"), "is no address of this town"),
    (script(f"const x = '{'A' * 1500}';"), "1500 characters without a break"),
    ({f"{PAGE}.wxss": ".a { background: url(/a.png); }"}, "a style loads no file"),
    ({"a.js": f"const x = '{'长 ' * 80_000}';"}, "the package has"),
    ({"a.png": png(padding=21_000)}, "an image of 21"),
    ({"a.psd": "x"}, "a file of this kind is not uploaded"),
    ({"图.png": png()}, "no letters beyond ASCII"),
    ({"a.js": " "}, "a.js is empty"),
    (tabs(list=TAB_BAR["list"][:1]), "tabBar.list has 1 entries"),
    (tabs(color="black"), "tabBar.color is a colour"),
    (tabs(borderStyle="grey"), "borderStyle is black or white"),
    (tabs(list=[{**TAB_BAR["list"][0], "pagePath": "pages/x/index"}, TAB_BAR["list"][1]]), "is none of pages"),
    (tabs(list=[{**TAB_BAR["list"][0], "text": ""}, TAB_BAR["list"][1]]), "has no text"),
    (tabs(list=[{"pagePath": PAGE, "text": "x"}, TAB_BAR["list"][1]]), "all tabs have an icon, or none"),
    ({**tabs(), "a.png": None}, "the icon a.png is not in the package"),
    ({**tabs(), "a.png": png(padding=41_000)}, "and may have 40 KB"),
    ({**tabs(), "a.png": png(100, 100)}, "100 × 100 px"),
    ({**tabs(), "a.png": "GIF89a"}, "the icon of a tab is a PNG"),
    ({"i18n/report.js": made.TEXTS.replace("more: 'More'", "")}, "more is missing in English"),
    ({"i18n/report.js": made.TEXTS.replace("more: '更多'", "")}, "more is missing in Chinese"),
    ({"i18n/report.js": made.TEXTS.replace("Send {n}", "Send")}, "send names other facts"),
    ({"i18n/report.js": made.TEXTS.replace("'More'", "''")}, "more is empty"),
    ({"i18n/report.js": made.TEXTS.replace("'More'", "'更多'")}, "more is not English"),
    ({"i18n/other.js": "exports.x = 1;"}, "no call bilingual"),
    (script("const x = '提交';"), "Chinese outside i18n/"),
    ({f"{PAGE}.wxml": made.PAGE + "<view>提交</view>"}, "Chinese outside i18n/"),
]


@pytest.mark.parametrize(("changed", "fault"), BROKEN, ids=[fault for _, fault in BROKEN])
def test_each_broken_package_is_refused_for_what_is_broken(changed: dict[str, bytes | str | None], fault: str) -> None:
    found = of(changed)

    assert any(fault in each for each in found), found


@pytest.mark.parametrize(
    ("project", "fault"),
    [
        ({"compileType": "plugin"}, "compileType is miniprogram"),
        ({"appid": "touristappid"}, "'touristappid' is no AppID"),
        ({"setting": {"urlCheck": False}}, "urlCheck lets a developer's phone"),
    ],
)
def test_the_project_file_is_of_a_release(project: dict[str, object], fault: str) -> None:
    assert any(fault in each for each in of(**project))


def test_a_base_that_is_not_encrypted_is_refused() -> None:
    assert "http://q.example.cn is not encrypted" in check.faults(made.package(), ("http://q.example.cn",))


def test_comments_are_passed_over_and_strings_are_not() -> None:
    kept = without_comments("a('//x'); // wx.getLocation()\n/* https://x.example */ b(`/*`);")

    assert "getLocation" not in kept and "x.example" not in kept
    assert "a('//x')" in kept and "b(`/*`)" in kept


def test_the_source_has_no_faults() -> None:
    assert check.faults(package.read(SOURCE)) == []


def test_the_privacy_guide_to_fill_in_names_every_private_call() -> None:
    manual = (ROOT / "docs" / "miniprogram.md").read_text("utf-8")

    private = calls.used(package.read(SOURCE)).keys() & calls.PRIVATE
    assert {call for call in private if f"`wx.{call}`" not in manual} == set()
    assert private


def test_every_state_of_an_order_has_words_for_its_reporter() -> None:
    found = texts.read((SOURCE / "i18n" / "mine.ts").read_text("utf-8"))

    assert found is not None
    assert all({f"state_{state}" for state in State} <= half.keys() for half in found)
