"""Which user of the operating system runs the database: PostgreSQL refuses to be run by root."""

import os
import pwd
import shutil
from pathlib import Path

from deploy.local import processes
from deploy.local.processes import Account
from deploy.local.trouble import Trouble

# The user of the system's PostgreSQL package, or the one that we make where there is none.
USUAL = "postgres"
OURS = "yima"


def choose(data: Path) -> Account | None:
    """Return the account that the database must run as, None for ourselves; raises Trouble where data forbid it."""
    owner = _owner(data)
    if os.geteuid() != 0:
        if owner not in (None, os.geteuid()):
            raise Trouble(
                f"{data} belongs to another user. Run as that one, or use your own folder: YIMA_STATE=~/yima-state",
                f"{data} 属于其他用户，请换用该用户运行，或用 YIMA_STATE 指定自己的目录。",
            )
        return None
    if owner == 0:
        raise Trouble(
            f"{data} belongs to root, as copied data do, and PostgreSQL refuses that. Start afresh: make demo-reset",
            f"{data} 属于 root，PostgreSQL 拒绝使用。请执行 make demo-reset 重新开始。",
        )
    return _by_uid(owner) if owner is not None else _by_name(USUAL) or _by_name(OURS) or _make()


def _owner(data: Path) -> int | None:
    try:
        return data.lstat().st_uid
    except OSError:
        return None


def _by_uid(uid: int) -> Account:
    try:
        entry = pwd.getpwuid(uid)
    except KeyError:
        return Account(str(uid), uid, uid)
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def _by_name(name: str) -> Account | None:
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        return None
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def _make() -> Account:
    busybox = ["adduser", "-S", "-D", "-H", OURS]
    argv = ["useradd", "--system", "--no-create-home", OURS] if shutil.which("useradd") else busybox
    processes.ask(argv)
    made = _by_name(OURS)
    if made is None:
        raise Trouble(
            "PostgreSQL cannot run as root, and no user could be made for it. Make one: useradd --system yima",
            "PostgreSQL 不能以 root 运行，请先创建系统用户 yima。",
        )
    return made
