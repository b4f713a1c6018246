"""A broker of MQTT for the tests of sensors, which start their own; without it those tests skip and say why."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy.local import packages, processes, progress
from deploy.local.state import State
from deploy.local.trouble import Trouble

PROGRAM = "mosquitto"
FOLDERS = "/usr/sbin:/usr/local/sbin"
"""Where Debian has it: not on everybody's PATH."""
SERVICE_POLICY = Path("/usr/sbin/policy-rc.d")


def find() -> str | None:
    """The program, or None."""
    return shutil.which(PROGRAM) or shutil.which(PROGRAM, path=FOLDERS)


def ensure(state: State) -> None:
    """Install it on Debian and Ubuntu, where we may; a failure only skips the tests of the broker."""
    if find():
        return
    if not packages.may_apt():
        progress.report(
            f"no {PROGRAM}: the tests of sensors' messages will be skipped", "缺少 MQTT 代理，相关测试将跳过"
        )
        return
    try:
        packages.apt_update(state)
        with _no_service():
            packages.apt_install([PROGRAM], state, "a broker for the tests", "测试用 MQTT 代理", "a few seconds")
    except Trouble as reason:
        progress.report(f"{reason.en} The tests of sensors' messages will be skipped.", "相关测试将跳过")


@contextmanager
def _no_service() -> Iterator[None]:
    """Keep the package from starting a broker that nobody asked for, as Debian's policy allows; what is there stays."""
    as_root = packages.root_prefix() or []
    if SERVICE_POLICY.exists():
        yield
        return
    script = 'printf "#!/bin/sh\\nexit 101\\n" > "$1" && chmod 755 "$1"'
    processes.ask([*as_root, "sh", "-c", script, "sh", SERVICE_POLICY])
    try:
        yield
    finally:
        processes.ask([*as_root, "rm", "-f", SERVICE_POLICY])
