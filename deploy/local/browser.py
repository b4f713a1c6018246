"""A browser and Chinese letters for the tests that look at pages; without them those tests skip and say why."""

import shutil
from pathlib import Path

from deploy.local import packages, progress, systems
from deploy.local.state import State
from deploy.local.trouble import Trouble

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FONT_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
CHINESE_FONTS = ("wqy-*", "*CJK*", "*SourceHan*")


def ensure(state: State) -> None:
    """Install what is missing on Debian, where we may; a failure only skips the browser tests."""
    packages_needed = missing()
    if not packages_needed:
        return
    # Ubuntu's chromium only starts its snap, which a machine without snapd cannot open.
    if systems.read_os_release().get("ID") != "debian" or not packages.may_apt():
        progress.report(
            f"no {' and '.join(packages_needed)}: the browser tests will be skipped", "缺少浏览器，相关测试将跳过"
        )
        return
    try:
        packages.apt_update(state)
        packages.apt_install(packages_needed, state, "a browser for the tests", "测试用浏览器", "a minute")
    except Trouble as reason:
        progress.report(f"{reason.en} The browser tests will be skipped.", "浏览器测试将跳过")


def missing() -> list[str]:
    """Return Debian's names of what the browser tests need and this machine lacks."""
    browser = [] if any(map(shutil.which, BROWSERS)) else ["chromium"]
    fonts = any(True for folder in FONT_FOLDERS for name in CHINESE_FONTS for _ in folder.rglob(name))
    return browser if fonts else [*browser, "fonts-wqy-microhei"]
