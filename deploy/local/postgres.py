"""Finds the PostgreSQL programs of this machine, and checks that PostGIS really lies beside them."""

import os
import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from deploy.local import packages, processes
from deploy.local.packages import OLDEST_POSTGRES
from deploy.local.state import State
from deploy.local.trouble import Trouble

NAMED = "YIMA_PG_BIN"
USUAL_PLACES = (
    "/usr/lib/postgresql/*/bin",
    "/usr/lib/postgresql*/bin",
    "/usr/pgsql-*/bin",
    "/usr/libexec/postgresql*",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
    "/home/linuxbrew/.linuxbrew/opt/postgresql@*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
    "/usr/local/pgsql/bin",
)


@dataclass(frozen=True)
class Postgres:
    """One installed PostgreSQL: its major version and the folder of its programs."""

    major: int
    bin: Path

    def program(self, name: str) -> Path:
        """Return the path of one of its programs; psql may have been packed apart from the server."""
        own = self.bin / name
        return own if own.exists() else Path(shutil.which(name) or own)


def find(state: State) -> list[Postgres]:
    """Return every PostgreSQL here that can serve, installed where there is none."""
    found = with_postgis(bin_folders())
    if not found and os.environ.get(NAMED):
        raise Trouble(
            f"{NAMED}={os.environ[NAMED]} holds no PostgreSQL 14 or newer with PostGIS.",
            f"{NAMED} 指定的目录中没有带 PostGIS 的 PostgreSQL 14+。",
        )
    if not found:
        packages.install_postgis(state)
        found = with_postgis(bin_folders())
    if not found:
        raise Trouble("PostGIS was installed but cannot be found.", "已安装 PostGIS，但未能找到。")
    return found


def newest(found: Iterable[Postgres], major: int | None) -> Postgres | None:
    """Return the newest, or the one of a major version: data belong to the version that made them."""
    fitting = (each for each in found if major in (None, each.major))
    return max(fitting, key=lambda each: each.major, default=None)


def bin_folders() -> list[Path]:
    """Return the folders that may hold a PostgreSQL server; YIMA_PG_BIN, when set, is the only one."""
    named = os.environ.get(NAMED)
    if named:
        return [Path(named)]
    folders = [folder for place in USUAL_PLACES for folder in Path("/").glob(place[1:])]
    folders += [Path(server).parent for server in [shutil.which("postgres")] if server]
    folders += [Path(answer) for answer in [ask(Path("pg_config"), "--bindir")] if answer]
    return list(dict.fromkeys(folders))


def with_postgis(folders: Iterable[Path]) -> list[Postgres]:
    """Return those folders that hold a PostgreSQL which is new enough and has PostGIS."""
    found: list[Postgres] = []
    for folder in folders:
        if not (folder / "postgres").exists() or not (folder / "initdb").exists():
            continue
        major = major_of(ask(folder / "postgres", "--version"))
        if major >= OLDEST_POSTGRES and any(
            (place / "postgis.control").exists() for place in extension_folders(folder, major)
        ):
            found.append(Postgres(major, folder))
    return found


def extension_folders(folder: Path, major: int) -> list[Path]:
    """Return where the extensions of the server in `folder` may be described, its own answer first."""
    shares = [Path(answer) for answer in [ask(folder / "pg_config", "--sharedir")] if answer]
    shares += [
        folder.parent / "share" / "postgresql",
        folder.parent / "share",
        Path(f"/usr/share/postgresql/{major}"),
    ]
    shares += [
        Path(f"/usr/share/postgresql{major}"),
        Path(f"/usr/pgsql-{major}/share"),
        Path("/usr/share/pgsql"),
    ]
    return [share / "extension" for share in shares]


def major_of(version_text: str) -> int:
    """Return the major version in `postgres (PostgreSQL) 15.18 (Debian …)`, 0 where there is none."""
    match = re.search(r"\(PostgreSQL\) (\d+)", version_text)
    return int(match[1]) if match else 0


def ask(program: Path, question: str) -> str:
    """Return what a program answers, an empty string when it cannot be run."""
    answer = processes.ask([program, question])
    return answer.stdout.strip() if answer.returncode == 0 else ""
