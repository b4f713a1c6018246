"""Where the database's files and its socket lie.

Usually `pg/` in the state's own folder. That cannot serve when the database's user cannot enter it (root's checkout
under /root), when the file system keeps no permissions, or, for the socket, when the path is too long or has
characters that a list of folders or an address would misread. Then a shelter outside serves: /var/lib/yima/<hash> for
root, /var/tmp/yima-<uid>/<hash> for everybody else, with the hash of the state's path, noted on both sides.

Who may connect: the folder of the socket and of the data is 0700. Run by an ordinary user it is that user's own. Run
by root it belongs to the database's user (`postgres`), so only that user, who owns the data anyway, and root can
reach the socket; that is why the database may trust whoever does. Nothing listens on the network.
"""

import hashlib
import os
import re
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path

from deploy.local import leftovers, processes
from deploy.local.processes import Account
from deploy.local.state import State
from deploy.local.trouble import Trouble

# 103 bytes is the limit of macOS, 107 that of Linux; the socket's own name takes 14 and its lock file 5 more.
LONGEST_SOCKET_FOLDER = 103 - 14 - 5
PLAIN_PATH = re.compile(r"[A-Za-z0-9/._-]+")
NOTE = "shelter"


@dataclass(frozen=True)
class Home:
    """The folders of one cluster."""

    data: Path
    socket: Path


def choose(state: State, account: Account | None) -> Home:
    """Return the home of this state's cluster, its folders made; the same one at every run."""
    inside = state.path / "pg"
    noted = noted_shelter(state)
    serves = _make_private(inside, account)
    keeps_data = serves and (noted is None or not (noted / "data").exists())
    if keeps_data and socket_fits(inside):
        _make_private(inside / "socket", account)
        return Home(inside / "data", inside / "socket")
    shelter = noted or _make_shelter(state, account)
    if not _make_private(shelter, account) or not _make_private(shelter / "socket", account):
        raise Trouble(
            f"{shelter} cannot serve the database's user.",
            f"数据库用户无法使用 {shelter}。",
        )
    return Home((inside if keeps_data else shelter) / "data", shelter / "socket")


def socket_fits(folder: Path) -> bool:
    """Say whether the socket may lie below this folder: short enough, and plain enough for an address."""
    path = os.fsencode(folder / "socket")
    return len(path) <= LONGEST_SOCKET_FOLDER and PLAIN_PATH.fullmatch(os.fsdecode(path)) is not None


def shelter_for(state: State, uid: int) -> Path:
    """Return the folder outside the state that belongs to this state and no other."""
    digest = hashlib.sha256(os.fsencode(state.path)).hexdigest()[:16]
    return (Path("/var/lib/yima") if uid == 0 else Path(f"/var/tmp/yima-{uid}")) / digest


def noted_shelter(state: State) -> Path | None:
    """Return the shelter that this state noted, when the shelter says the same of the state.

    A copied state brings along the note of the original; the shelter's own note tells them apart.
    """
    try:
        shelter = Path((state.path / NOTE).read_text().strip())
        owner = (shelter / "state").read_bytes()
    except OSError:
        return None
    return shelter if owner == os.fsencode(state.path) else None


def forget_shelter(state: State) -> None:
    """Remove the shelter of this state with all that is in it."""
    shelter = noted_shelter(state)
    if shelter is not None:
        leftovers.end_postgres(shelter / "data")
        shutil.rmtree(shelter)
    (state.path / NOTE).unlink(missing_ok=True)


def _make_shelter(state: State, account: Account | None) -> Path:
    shelter = shelter_for(state, os.geteuid())
    shelter.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    facts = shelter.parent.lstat()
    if not stat.S_ISDIR(facts.st_mode) or facts.st_uid != os.geteuid():
        raise Trouble(
            f"{shelter.parent} belongs to somebody else.",
            f"{shelter.parent} 属于其他用户。",
        )
    if shelter.exists():
        # Left by a state at the same path that is gone: its folder no longer knows of it.
        leftovers.end_postgres(shelter / "data")
        shutil.rmtree(shelter)
    shelter.mkdir(mode=0o700)
    (shelter / "state").write_bytes(os.fsencode(state.path))
    (state.path / NOTE).write_text(f"{shelter}\n")
    return shelter


def _make_private(folder: Path, account: Account | None) -> bool:
    """Make a folder that only the database's user can use; False when that user cannot use it at all."""
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        if account:
            os.chown(folder, account.uid, account.gid)
        folder.chmod(0o700)
        facts = folder.lstat()
    except OSError:
        return False
    owner = account.uid if account else os.geteuid()
    if not stat.S_ISDIR(facts.st_mode) or stat.S_IMODE(facts.st_mode) != 0o700 or facts.st_uid != owner:
        return False
    return _can_write(folder, account)


def _can_write(folder: Path, account: Account | None) -> bool:
    # Asked by doing: parents, access lists and mount options all have their say.
    script = 'cd "$1" && : > "./.probe" && rm "./.probe"'
    trial = processes.ask(["/bin/sh", "-c", script, "sh", folder], account=account)
    return trial.returncode == 0
