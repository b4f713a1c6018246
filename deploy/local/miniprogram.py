"""The mini-program: its types checked, its TypeScript compiled beside what WeChat reads as it is, its tests' packages.

The folder `miniprogram/` holds nothing but the program; compiled it is what WeChat gets.
"""

import os
import shutil
from pathlib import Path

from deploy.local import node, progress
from deploy.local.state import CHECKOUT, State

NAME = "miniprogram"
SOURCE = CHECKOUT / NAME
READ_AS_IT_IS = (".wxml", ".wxss", ".wxs", ".json", ".png", ".jpg", ".svg")
LEFT_OUT = ("tsconfig.json",)


def check(python: Path, state: State) -> bool:
    """Say whether the program's types fit; without the checker it is said, and only a build server (CI) fails."""
    if not ready(python, state):
        return not os.environ.get("CI")
    return node.run(python, _compiler(), "-p", SOURCE / "tsconfig.json") == 0


def ready(python: Path, state: State) -> bool:
    """Install compiler and test tools where they are missing; False, and said, where npm could not fetch them."""
    if node.ready(NAME, python, state):
        return True
    node.report_missing(
        "the mini-program is left out: its packages could not be fetched", "未能获取依赖，小程序未检查", state
    )
    return False


def compile_into(python: Path, folder: Path) -> bool:
    """Make the program as WeChat takes it in an empty folder of that name; False where its types do not fit."""
    shutil.rmtree(folder, ignore_errors=True)
    argv = ["-p", SOURCE / "tsconfig.json", "--noEmit", "false", "--outDir", folder]
    if node.run(python, _compiler(), *argv) != 0:
        return False
    for file in SOURCE.rglob("*"):
        if file.suffix in READ_AS_IT_IS and file.name not in LEFT_OUT:
            target = folder / file.relative_to(SOURCE)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, target)
    return True


def prepare_tests(python: Path, state: State) -> None:
    """Before the tests: fetch what they need, once. Where that fails it is said, and their own test says what then."""
    if not node.is_ready(NAME):
        with progress.step("packages for the tests of the mini-program", "正在安装小程序测试依赖", "half a minute"):
            ready(python, state)


def _compiler() -> Path:
    return node.packages(NAME) / "typescript" / "lib" / "tsc.js"
