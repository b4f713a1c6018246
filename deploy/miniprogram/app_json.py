"""app.json and project.config.json as the vendor's 全局配置 and 项目配置文件 describe them."""

import re
import struct
from collections.abc import Iterator
from typing import Any

from deploy.miniprogram import vendor
from deploy.miniprogram.package import Package

KEYS = vendor.TABLES["app_keys"]
NOT_OURS = ("plugins", "functionalPages", "workers", "requiredBackgroundModes", "embeddedAppIdList", "useExtendedLib")
"""Keys that would bring in what this program must not need: other people's code, work in the background."""
WINDOW_KEYS = vendor.TABLES["window_keys"]
COLOURS = ("navigationBarBackgroundColor", "backgroundColor", "backgroundColorTop", "backgroundColorBottom")
TAB_ICON_BYTES, TAB_ICON_SIDE_PX, TABS = 40 * 1024, 81, (2, 5)
TIMEOUT_MS = 60_000
APPID = re.compile(r"wx[0-9a-f]{16}")
_HEX = re.compile(r"#[0-9a-fA-F]{6}|@\w+")
"""A colour, or the name of one in theme.json."""
_PNG = b"\x89PNG\r\n\x1a\n"


def faults(package: Package) -> Iterator[str]:
    """What is wrong with the two files, in words; nothing where all is well."""
    app = package.app
    yield from (f"app.json: {key} is no key of the vendor's" for key in sorted(app.keys() - KEYS))
    yield from (f"app.json: {key} is not to be used here" for key in NOT_OURS if key in app)
    if app.get("debug"):
        yield "app.json: debug shows every reader what goes on inside"
    if app.get("entryPagePath", "") not in ("", *app.get("pages", [])):
        yield f"app.json: entryPagePath {app['entryPagePath']} is none of pages"
    yield from _window(app.get("window", {}))
    yield from _tabs(package, app["tabBar"]) if "tabBar" in app else ()
    yield from _timeouts(app.get("networkTimeout", {}))
    yield from _sitemap(package)
    if app.get("darkmode") and app.get("themeLocation", "") not in package.files:
        yield "app.json: darkmode needs themeLocation, the path of a file"
    if app.get("lazyCodeLoading", "requiredComponents") != "requiredComponents":
        yield "app.json: lazyCodeLoading takes requiredComponents and nothing else"
    yield from _project(package)


def _window(window: dict[str, Any]) -> Iterator[str]:
    yield from (f"app.json: window.{key} is no key of the vendor's" for key in sorted(window.keys() - WINDOW_KEYS))
    if not _is_one_of(window, "navigationBarTextStyle", "black", "white"):
        yield "app.json: window.navigationBarTextStyle is black or white"
    if not _is_one_of(window, "backgroundTextStyle", "dark", "light"):
        yield "app.json: window.backgroundTextStyle is dark or light"
    for key in COLOURS:
        if not _HEX.fullmatch(window.get(key, "#000000")):
            yield f"app.json: window.{key} is a colour such as #1a5fb4"


def _is_one_of(window: dict[str, Any], key: str, *values: str) -> bool:
    return key not in window or window[key] in values or str(window[key]).startswith("@")


def _tabs(package: Package, tab_bar: dict[str, Any]) -> Iterator[str]:
    tabs = tab_bar.get("list", [])
    if not TABS[0] <= len(tabs) <= TABS[1]:
        yield f"app.json: tabBar.list has {len(tabs)} entries, and takes two to five"
    for key in ("color", "selectedColor", "backgroundColor"):
        if not _HEX.fullmatch(tab_bar.get(key, "")):
            yield f"app.json: tabBar.{key} is a colour such as #1a5fb4, and needed"
    if tab_bar.get("borderStyle", "black") not in ("black", "white"):
        yield "app.json: tabBar.borderStyle is black or white"
    if tab_bar.get("position", "bottom") not in ("bottom", "top"):
        yield "app.json: tabBar.position is bottom or top"
    if len({"iconPath" in tab for tab in tabs}) > 1:
        yield "app.json: tabBar: all tabs have an icon, or none"
    for tab in tabs:
        yield from _tab(package, tab)


def _tab(package: Package, tab: dict[str, Any]) -> Iterator[str]:
    path = tab.get("pagePath", "")
    if path not in package.app.get("pages", []):
        yield f"app.json: tabBar: {path or 'a tab without a page'} is none of pages"
    if not tab.get("text"):
        yield f"app.json: tabBar: the tab of {path} has no text"
    if ("iconPath" in tab) != ("selectedIconPath" in tab):
        yield f"app.json: tabBar: the tab of {path} has one icon of two"
    for key in ("iconPath", "selectedIconPath"):
        if key in tab:
            yield from _tab_icon(tab[key], package.files.get(tab[key]))


def _tab_icon(name: str, content: bytes | None) -> Iterator[str]:
    if content is None:
        yield f"app.json: tabBar: the icon {name} is not in the package"
        return
    if len(content) > TAB_ICON_BYTES:
        yield f"{name}: the icon of a tab has {len(content)} bytes, and may have 40 KB"
    if not content.startswith(_PNG):
        yield f"{name}: the icon of a tab is a PNG"
        return
    width, height = struct.unpack(">II", content[16:24])
    if (width, height) != (TAB_ICON_SIDE_PX, TAB_ICON_SIDE_PX):
        yield f"{name}: the icon of a tab is {width} × {height} px, and should be 81 × 81"


def _timeouts(timeouts: dict[str, Any]) -> Iterator[str]:
    for key, value in timeouts.items():
        if key not in ("request", "connectSocket", "uploadFile", "downloadFile"):
            yield f"app.json: networkTimeout.{key} is no key of the vendor's"
        elif not isinstance(value, int) or not 0 < value <= TIMEOUT_MS:
            yield f"app.json: networkTimeout.{key} is a number of milliseconds up to {TIMEOUT_MS}"


def _sitemap(package: Package) -> Iterator[str]:
    """What WeChat's search may read: only the page that opens without anything of anybody."""
    name = package.app.get("sitemapLocation", "")
    if name not in package.files:
        yield "app.json: sitemapLocation names no file of the package"
        return
    rules = package.json(name).get("rules", [])
    if not rules:
        yield f"{name}: rules are missing"
    for rule in rules:
        if rule.get("action", "allow") not in ("allow", "disallow"):
            yield f"{name}: action is allow or disallow"
        if rule.get("page") not in ("*", *package.app.get("pages", [])):
            yield f"{name}: {rule.get('page')} is none of pages"
    if rules and rules[-1] != {"action": "disallow", "page": "*"}:
        yield f"{name}: the last rule disallows every other page, which may show somebody's own"


def _project(package: Package) -> Iterator[str]:
    project = package.project
    if project.get("compileType") != "miniprogram":
        yield "project.config.json: compileType is miniprogram"
    if package.is_source:
        return
    if not APPID.fullmatch(str(project.get("appid", ""))):
        yield f"project.config.json: {project.get('appid')!r} is no AppID"
    if not project.get("setting", {}).get("urlCheck", True):
        yield "project.config.json: setting.urlCheck lets a developer's phone reach hosts that nobody else's reaches"
