"""`make miniprogram`: the mini-program of a town in a folder for WeChat's tool, built and checked."""

import os
import shutil
from pathlib import Path

from deploy.local import miniprogram, progress, state, venv
from deploy.local.trouble import Trouble
from deploy.miniprogram import build as town
from deploy.miniprogram import check, package, settings
from deploy.miniprogram.settings import SettingRefused, TownSettings

_FAULTS_SHOWN = 20


def build() -> int:
    """Build `miniprogram/town` in the state folder and return 0; raises Trouble that names what is wrong."""
    try:
        given = settings.read(os.environ)
    except SettingRefused as refused:
        raise Trouble(str(refused), "设置有误，见 docs/miniprogram.md") from refused
    here = state.of_this_run("miniprogram")
    folder = here.path / "town"
    shutil.rmtree(folder, ignore_errors=True)
    python = venv.ready("dev", here)
    with progress.step("the mini-program", "正在构建小程序"):
        if not miniprogram.ready(python, here) or not miniprogram.compile_into(python, folder):
            raise Trouble("The mini-program was not built; the lines above say why.", "小程序未能构建，原因见上")
    return finish(folder, given)


def finish(folder: Path, given: TownSettings) -> int:
    """Make the compiled program in `folder` that of a town. Raises Trouble where it breaks a rule; then it is gone."""
    town.fit(folder, given)
    built = package.read(folder)
    if faults := check.faults(built, given.addresses):
        shutil.rmtree(folder)
        raise Trouble(f"{len(faults)} faults:", "不符合规则", faults[:_FAULTS_SHOWN])
    size = f"{built.size:,} bytes in {len(built.files)} files"
    progress.say(f"{folder}\n{given.name} · {given.appid} · {given.base_url} · {given.position} · {size}")
    return 0
