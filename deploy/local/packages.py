"""System packages, installed by apt on Debian and Ubuntu where we may; elsewhere the person is told what to type."""

import os
import re
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from deploy.local import processes, progress, systems
from deploy.local.state import State
from deploy.local.trouble import Trouble

OLDEST_POSTGRES = 14
POSTGIS_PACKAGE = re.compile(r"^postgresql-(\d+)-postgis-3$")
NO_SYSTEM_CLUSTER = Path("/etc/postgresql-common/createcluster.d/yima.conf")


def ensure_venv_module(state: State) -> None:
    """Make sure that this Python can make a venv: Debian packs that part separately."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    probe = [
        getattr(sys, "_base_executable", sys.executable),
        "-c",
        "import venv, ensurepip",
    ]
    if processes.ask(probe).returncode == 0:
        return
    if may_apt():
        apt_install(
            [f"python{version}-venv"],
            state,
            "the venv module of Python",
            "Python 的 venv 模块",
            "10 s",
        )
        return
    raise Trouble(
        f"This Python {version} cannot make a venv. Install that part of it:",
        f"当前 Python {version} 缺少 venv 模块，请先安装：",
        [f"  sudo apt-get install -y python{version}-venv"],
    )


def install_postgis(state: State) -> None:
    """Install PostgreSQL and PostGIS by apt; raises Trouble with the command to type where we may not."""
    if not may_apt():
        raise Trouble(
            "PostgreSQL 14 or newer with PostGIS 3 is needed and was not found. Install it, then try again:",
            "需要 PostgreSQL 14+ 和 PostGIS 3，请先安装后重试：",
            [f"  {systems.postgis_command(systems.family(), newest_postgis(known_packages(), ()) or 15)}"],
        )
    apt_update(state)
    names = known_packages()
    major = newest_postgis(names, installed_servers())
    if major is None:
        raise Trouble(
            "apt knows no package postgresql-NN-postgis-3 with NN >= 14. Add a source that has it, then try again.",
            "apt 源中没有 postgresql-NN-postgis-3，请添加软件源后重试。",
        )
    apt_install(["postgresql-common"], state, "postgresql-common", "", "5 s")
    with _no_system_cluster():
        needed = postgis_packages(major, names)
        apt_install(
            needed,
            state,
            f"PostgreSQL {major} and PostGIS",
            f"PostgreSQL {major} 和 PostGIS",
            "a minute",
        )


def ensure_programs(needed: Mapping[str, str], state: State) -> None:
    """Install the programs that are missing, program → package; raises Trouble with the command where we may not."""
    missing = [package for program, package in needed.items() if shutil.which(program) is None]
    if not missing:
        return
    if not may_apt():
        raise Trouble(
            f"{' and '.join(missing)} is needed and was not found. Install it, then try again:",
            f"缺少 {'、'.join(missing)}，请先安装：",
            [f"  sudo apt-get install -y {' '.join(missing)}"],
        )
    apt_update(state)
    apt_install(missing, state, " and ".join(missing), "、".join(missing), "a few seconds")


def newest_postgis(names: Iterable[str], installed: Iterable[int]) -> int | None:
    """Return the PostgreSQL version to take PostGIS for: one already installed before the newest known."""
    majors = {int(match[1]) for name in names if (match := POSTGIS_PACKAGE.match(name))}
    majors = {major for major in majors if major >= OLDEST_POSTGRES}
    return max(majors & set(installed), default=None) or max(majors, default=None)


def postgis_packages(major: int, names: Iterable[str]) -> list[str]:
    """Return the packages to install; the scripts are a package of their own where apt knows one."""
    needed = [f"postgresql-{major}", f"postgresql-{major}-postgis-3"]
    scripts = f"postgresql-{major}-postgis-3-scripts"
    return [*needed, scripts] if scripts in set(names) else needed


def may_apt() -> bool:
    """Say whether this is a Debian or Ubuntu on which we may install packages without asking for a password."""
    return systems.family() == "debian" and shutil.which("apt-get") is not None and root_prefix() is not None


def known_packages() -> list[str]:
    """Return the names of all PostgreSQL packages that apt knows."""
    return processes.ask(["apt-cache", "pkgnames", "postgresql-"]).stdout.split()


def installed_servers() -> list[int]:
    """Return the major versions of the PostgreSQL servers that Debian's packages put here."""
    return [int(path.parts[-3]) for path in Path("/usr/lib/postgresql").glob("*/bin/postgres")]


def apt_update(state: State) -> None:
    """Refresh apt's lists; a failure is no reason to stop, as the packages may still be had."""
    with progress.step("refreshing apt's package lists", "正在刷新软件源", about="a few seconds"):
        _apt(["update", "-q"], state)


def apt_install(names: list[str], state: State, en: str, zh: str, about: str) -> None:
    """Install packages by apt; raises Trouble with the end of apt's log when it fails."""
    with progress.step(
        f"installing {en} by apt",
        f"正在安装 {zh}" if zh else "",
        about=f"about {about}",
    ):
        code = _apt(["install", "-y", "-q", "--no-install-recommends", "--no-upgrade", *names], state)
    if code != 0:
        log = state.log("apt")
        raise Trouble(
            f"apt could not install {' '.join(names)}; all of it is in {log}.",
            "apt 安装失败。",
            processes.tail(log),
        )


def _apt(arguments: list[str], state: State) -> int:
    patience = ["-o", "DPkg::Lock::Timeout=300"]
    argv = [
        *(root_prefix() or []),
        "env",
        "DEBIAN_FRONTEND=noninteractive",
        "apt-get",
        *patience,
        *arguments,
    ]
    with state.log("apt").open("ab") as output:
        # A stop waits for apt: a half-configured package would be worse than a minute's patience.
        return processes.wait(processes.spawn(argv, output=output), patience_s=600)


def root_prefix() -> list[str] | None:
    """What stands before a command of root's: nothing, sudo, or None where neither is to be had."""
    if os.geteuid() == 0:
        return []
    return ["sudo", "-n"] if processes.ask(["sudo", "-n", "true"]).returncode == 0 else None


@contextmanager
def _no_system_cluster() -> Iterator[None]:
    """Keep Debian's package from making a cluster that nobody asked for; leave the machine's settings alone."""
    text = "# Only while Yima installs PostgreSQL.\ncreate_main_cluster = false\n"
    as_root = root_prefix() or []
    script = 'mkdir -p "${1%/*}" && printf %s "$2" > "$1"'
    processes.ask([*as_root, "sh", "-c", script, "sh", NO_SYSTEM_CLUSTER, text])
    try:
        yield
    finally:
        processes.ask([*as_root, "rm", "-f", NO_SYSTEM_CLUSTER])
