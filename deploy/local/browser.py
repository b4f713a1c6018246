"""A browser and Chinese letters for the tests that look at pages; without them those tests skip and say why."""

import shutil
from pathlib import Path

from deploy.local import packages, progress, systems
from deploy.local.state import State
from deploy.local.trouble import Trouble

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
SHELL = "chromium-headless-shell"
"""Chromium without windows, which takes a third of the processor time: Debian packs it from 12 on."""
FONT_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
CHINESE_FONTS = ("wqy-*", "*CJK*", "*SourceHan*")


def ensure(state: State) -> None:
    """Install what is missing on Debian, where we may; a failure skips the browser tests, or lets them take longer."""
    packages_needed = missing()
    may_install = systems.read_os_release().get("ID") == "debian" and packages.may_apt()
    # Ubuntu's chromium only starts its snap, which a machine without snapd cannot open.
    if packages_needed and not may_install:
        progress.report(
            f"no {' and '.join(packages_needed)}: the browser tests will be skipped", "缺少浏览器，相关测试将跳过"
        )
        return
    if packages_needed:
        _install(packages_needed, state, "The browser tests will be skipped.", "浏览器测试将跳过")
    if may_install and not shutil.which(SHELL):
        _install([SHELL], state, "The browser tests will take longer.", "浏览器测试将变慢")


def _install(names: list[str], state: State, or_else: str, or_else_zh: str) -> None:
    try:
        packages.apt_update(state)
        packages.apt_install(names, state, "a browser for the tests", "测试用浏览器", "a minute")
    except Trouble as reason:
        progress.report(f"{reason.en} {or_else}", or_else_zh)


def missing() -> list[str]:
    """Return Debian's names of what the browser tests need and this machine lacks."""
    browser = [] if any(map(shutil.which, BROWSERS)) else ["chromium"]
    fonts = any(True for folder in FONT_FOLDERS for name in CHINESE_FONTS for _ in folder.rglob(name))
    return browser if fonts else [*browser, "fonts-wqy-microhei"]
