"""A PostgreSQL of our own: made, started on a unix socket only, watched and stopped."""

import os
import signal
import subprocess
import time
from dataclasses import dataclass
from urllib.parse import quote

from deploy.local import leftovers, processes, progress, stop
from deploy.local.home import Home
from deploy.local.postgres import Postgres
from deploy.local.processes import Account
from deploy.local.state import State
from deploy.local.trouble import Trouble

PORT = 5432
PATIENCE_S = 120
LONGEST_LOG_BYTES = 10_000_000
FIRST_PAUSE_S, LONGEST_PAUSE_S = 1.0, 30.0


@dataclass(frozen=True)
class Kind:
    """What a cluster is for: its databases, and whether its data must survive a power cut."""

    databases: tuple[str, ...]
    throwaway: bool = False

    @property
    def initdb(self) -> list[str]:
        """The options of initdb."""
        return ["--no-sync"] if self.throwaway else ["--data-checksums"]

    @property
    def settings(self) -> list[str]:
        """The server's settings beyond PostgreSQL's own: throwaway data need not be safe, only fast."""
        fast = [
            "fsync=off",
            "synchronous_commit=off",
            "full_page_writes=off",
            "wal_level=minimal",
            "max_wal_senders=0",
            "jit=off",
            "autovacuum=off",
        ]
        return [*fast, f"max_connections={max(200, 50 * processes.cores())}"] if self.throwaway else ["fsync=on"]


PRODUCT = Kind(databases=("yima",))
TESTS = Kind(databases=("yima_test_base",), throwaway=True)


class Cluster:
    """One cluster and, while it runs, its server process."""

    def __init__(
        self,
        state: State,
        kind: Kind,
        programs: Postgres,
        home: Home,
        account: Account | None,
    ) -> None:
        self.state = state
        self.kind = kind
        self.programs = programs
        self.home = home
        self.account = account
        self.log = state.log("postgres")
        self.server: subprocess.Popen[bytes] | None = None
        self.due_at_s, self.pause_s = 0.0, FIRST_PAUSE_S

    def url(self, database: str, user: str = "yima") -> str:
        """Return the address of a database of this cluster."""
        return f"postgresql://{user}@/{database}?host={quote(str(self.home.socket))}&port={PORT}"

    def start(self) -> None:
        """Start the server and return when it takes connections; raises Trouble with the end of its log."""
        leftovers.end_postgres(self.home.data)
        for stale in self.home.socket.glob(".s.PGSQL.*"):
            stale.unlink()
        self.server = self._spawn()
        deadline = time.monotonic() + PATIENCE_S
        while not self._takes_connections():
            if self.server.poll() is not None or time.monotonic() > deadline:
                raise Trouble(
                    "PostgreSQL did not start.",
                    "PostgreSQL 未能启动。",
                    processes.tail(self.log),
                )
            stop.check()
            time.sleep(0.02)

    def stop(self) -> None:
        """Stop the server: clients are cut, all data are written."""
        if self.server is not None:
            processes.end(self.server, signal.SIGINT, patience_s=20)
            self.server = None

    def look_after(self) -> None:
        """Start the server again should it have died; where that fails, tell why and try again, for ever."""
        if self.server is None or self.server.poll() is None or time.monotonic() < self.due_at_s:
            return
        progress.report("PostgreSQL ended; starting it again", "数据库意外停止，正在重启")
        try:
            self.start()
        except (Trouble, OSError) as reason:
            self.due_at_s = time.monotonic() + self.pause_s
            why = [reason.en, *reason.help_lines[-3:]] if isinstance(reason, Trouble) else [str(reason)]
            pause = progress.in_words(self.pause_s)
            progress.report(f"{' '.join(why)} Trying again in {pause}", "数据库未能启动，稍后重试")
            self.pause_s = min(self.pause_s * 2, LONGEST_PAUSE_S)
        else:
            self.pause_s = FIRST_PAUSE_S

    def _spawn(self) -> subprocess.Popen[bytes]:
        # One name in a list of names: quoted, although the home chose it plain.
        fixed = [
            "listen_addresses=",
            f'unix_socket_directories="{self.home.socket}"',
            f"port={PORT}",
        ]
        fixed += [
            "unix_socket_permissions=0700",
            "lc_messages=C",
            "logging_collector=off",
        ]
        options = [part for setting in [*fixed, *self.kind.settings] for part in ("-c", setting)]
        self._shorten_log()
        with self.log.open("ab") as output:
            return processes.spawn(
                [self.programs.program("postgres"), "-D", self.home.data, *options],
                env=environment(),
                cwd=self.home.data.parent,
                account=self.account,
                output=output,
                farewell=signal.SIGINT,
            )

    def _shorten_log(self) -> None:
        if self.log.exists() and self.log.stat().st_size > LONGEST_LOG_BYTES:
            self.log.unlink()

    def _takes_connections(self) -> bool:
        # The eighth line of postmaster.pid is how the server tells its starter.
        try:
            lines = (self.home.data / "postmaster.pid").read_text().splitlines()
        except OSError:
            return False
        own = self.server is not None and lines[:1] == [str(self.server.pid)]
        return own and len(lines) > 7 and lines[7].strip() == "ready"


def environment() -> dict[str, str]:
    """Return our environment without the settings of libpq, which speak of somebody's other database."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return kept | {"LC_ALL": "C"}
