"""`yima doctor`: what is wrong with an instance and what to do, a line for each part; exit code 1 when something is.

Nothing is changed, and a part that cannot be asked is wrong in words instead of a trace.
"""

import argparse
import asyncio
import locale
import shutil
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import asyncpg
import uvloop

from backend import clock, config, db, runtimes
from backend.calendars import queries as calendars
from backend.calendars.rules import shanghai_date
from backend.commands import database_locale
from backend.commands.answers import Commands
from backend.commands.terminal import NO_DATABASE, say
from backend.config import SettingMissing, Settings
from backend.events import pending
from backend.partitions import catalogue, making
from backend.schema import adoption, migrations
from backend.structs import Read
from media.storage import Stored

OLDEST_POSTGRES = 14
DISK_LEAST_BYTES = 2 * 1024**3
WAITS_MOST_S = 300
_PATIENCE_S = 5.0


class Diagnosis(Read, frozen=True, kw_only=True):
    """One line: what was looked at, what was found, and what to do where that is wrong."""

    part: str
    said: str
    todo: str = ""
    is_mild: bool = False
    """To be done before long; nothing is broken today."""

    @property
    def verdict(self) -> str:
        return ("mind" if self.is_mild else "WRONG") if self.todo else "ok"


def register(commands: Commands) -> None:
    text = "Say what is wrong here and what to do: database, queue, storage, calendar, settings."
    commands.add_parser("doctor", help=text, description=text).set_defaults(run=run, needs="instance")


def run(_: argparse.Namespace, __: object) -> int:
    """Look at everything, tell it, and return 1 when something is wrong."""
    findings = uvloop.run(examine())
    width = max(len(finding.part) for finding in findings)
    for finding in findings:
        say(f"{finding.verdict:5}  {finding.part:{width}}  {finding.said}\n")
        if finding.todo:
            say(f"{'':{width + 9}}→ {finding.todo}\n")
    return 1 if any(finding.verdict == "WRONG" for finding in findings) else 0


async def examine() -> list[Diagnosis]:
    """Every part in turn; those of the database only when it answers."""
    settings, findings = _settings(), []
    if isinstance(settings, Diagnosis):
        findings.append(settings)
    else:
        findings += [_said_of(settings), _disk(settings), await _storage(settings)]
    findings.append(_locale())
    return findings + await _of_database()


def _settings() -> Settings | Diagnosis:
    try:
        return config.from_environment()
    except (SettingMissing, ValueError) as error:
        todo = NO_DATABASE.splitlines()[1] if "DATABASE_URL" in str(error) else "set it as docs/install.md says"
        return Diagnosis(part="settings", said=str(error), todo=todo)


def _said_of(settings: Settings) -> Diagnosis:
    said = f"{settings.mode}, {settings.base_url}, photos in {settings.s3_endpoint or settings.media_dir}"
    if not settings.is_demo and not settings.is_https:
        todo = "set YIMA_BASE_URL to the https address: phones give a position and take photos only there"
        return Diagnosis(part="settings", said=said, todo=todo)
    return Diagnosis(part="settings", said=said)


def _disk(settings: Settings) -> Diagnosis:
    folder = next(each for each in (settings.state_dir, *settings.state_dir.parents) if each.exists())
    free = shutil.disk_usage(folder).free
    todo = "" if free >= DISK_LEAST_BYTES else "free some space: photos and reports are refused when it is full"
    return Diagnosis(part="disk", said=f"{free / 1024**3:.1f} GB free at {folder}", todo=todo)


async def _storage(settings: Settings) -> Diagnosis:
    where = settings.s3_endpoint or str(settings.media_dir)
    try:
        async with runtimes.photos(settings) as runtime:
            await _first(runtime.shown.every())
            _try_to_write(settings.media_dir)
    except Exception as error:
        todo = "let the user that serves write there; for S3 look at YIMA_S3_*"
        return Diagnosis(part="storage", said=f"{where}: {error}", todo=todo)
    return Diagnosis(part="storage", said=where)


async def _first(stored: AsyncIterator[Stored]) -> None:
    async for _ in stored:
        return


def _try_to_write(folder: Path) -> None:
    probe = folder / ".doctor"
    probe.write_bytes(b"")
    probe.unlink()


def _locale() -> Diagnosis:
    files, said = sys.getfilesystemencoding(), locale.getpreferredencoding(do_setlocale=False)
    todo = "" if files == "utf-8" else "set LC_ALL=C.UTF-8 for the services: names are Chinese"
    return Diagnosis(part="locale", said=f"file names {files}, text {said}", todo=todo)


async def _of_database() -> list[Diagnosis]:
    url = config.database_url_from_environment()
    if not url:
        return [Diagnosis(part="database", said="no address", todo=NO_DATABASE.splitlines()[1])]
    try:
        async with asyncio.timeout(_PATIENCE_S):
            await (await asyncpg.connect(url)).close()
        async with db.pool(1, 2), db.connection() as connection:
            return [await _diagnose(part, ask, connection) for part, ask in _PARTS.items()]
    except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        todo = "start it, or look at DATABASE_URL; with `make run` the reason stands in .yima/log/postgres.log"
        return [Diagnosis(part="database", said=f"does not answer: {error or type(error).__name__}", todo=todo)]


async def _diagnose(part: str, ask: "Ask", connection: asyncpg.Connection) -> Diagnosis:
    try:
        async with asyncio.timeout(_PATIENCE_S):
            said, todo, *mild = await ask(connection)
    except (OSError, TimeoutError, asyncpg.PostgresError) as error:
        said, todo = f"cannot be read: {error}", "run `yima prepare`"
        mild = []
    return Diagnosis(part=part, said=said, todo=todo, is_mild=bool(mild))


async def _database(connection: asyncpg.Connection) -> tuple[str, str]:
    version: str = await connection.fetchval("SELECT version()") or ""
    encoding = await connection.fetchval("SELECT getdatabaseencoding()")
    said = f"{' '.join(version.split()[:2])}, {encoding}"
    if connection.get_server_version().major < OLDEST_POSTGRES:
        return said, "PostgreSQL 14 or newer is needed"
    return said, ""


async def _words(connection: asyncpg.Connection) -> tuple[str, str]:
    return database_locale.judge(await database_locale.ask(connection))


async def _extension(connection: asyncpg.Connection) -> tuple[str, str]:
    version = await connection.fetchval("SELECT extversion FROM pg_extension WHERE extname = 'postgis'")
    if version is None:
        return "PostGIS is not in this database", "let its owner run: CREATE EXTENSION postgis"
    await connection.fetchval("SELECT postgis_lib_version()")  # fails when its files were upgraded underneath
    return f"PostGIS {version}", ""


async def _migrations(connection: asyncpg.Connection) -> tuple[str, str]:
    if await adoption.is_of_before(connection):
        differences = await adoption.list_differences(connection)
        said = f"made by an earlier build; {len(differences)} differences from this version"
        refused = f"{adoption.REFUSED_ZH} / {adoption.REFUSED_EN}"
        return said, refused if differences else "run `yima prepare`, which adopts it"
    missing = await migrations.pending(connection)
    return (f"{len(missing)} have not run", "run `yima prepare`") if missing else ("all have run", "")


async def _months(connection: asyncpg.Connection) -> tuple[str, str] | tuple[str, str, bool]:
    tables, now = await catalogue.list_tables(connection), clock.now()
    ends = [end for table in tables if (end := await catalogue.find_end(connection, table))]
    said = f"partitions up to {min(ends).plus(-1)}" if ends else "no table is cut by month"
    unmade = await making.list_unmade(connection, now)
    todo = f"{', '.join(unmade)}: run `yima prepare`, and see that the worker runs; until then rows share a partition"
    return (said, todo, True) if unmade else (said, "")


async def _queue(connection: asyncpg.Connection) -> tuple[str, str]:
    state = await pending.get_state(connection)
    oldest_s = max((each.oldest_s for each in state.names), default=0)
    said = f"{state.waiting} wait, the oldest for {oldest_s:.0f} s; {state.held} held"
    if state.held:
        return said, "jobs failed for good: `yima jobs list`, then `yima jobs requeue`; docs/operations.md"
    return said, "" if oldest_s <= WAITS_MOST_S else "the worker does not keep up: is it running? (`yima work`)"


async def _worker(connection: asyncpg.Connection) -> tuple[str, str]:
    state = await pending.get_state(connection)
    age_s = state.beat_age_s
    said = "no sign of life" if age_s is None else f"{state.workers} alive, the last sign {age_s:.0f} s ago"
    return said, "" if state.workers else "start it: `yima work`; without it nobody is told anything"


async def _calendar(_: asyncpg.Connection) -> tuple[str, str] | tuple[str, str, bool]:
    years, now = await calendars.list_known_years(), clock.now()
    said = f"holidays of {', '.join(map(str, years)) or 'no year'}"
    gap = await calendars.find_gap(now)
    if gap is None:
        return said, ""
    todo = f"enter those of {gap.year} once they are published: `yima calendar --help`"
    return (said, todo, True) if gap.year > shanghai_date(now).year else (said, todo)


Ask = Callable[[asyncpg.Connection], Awaitable[tuple[str, str] | tuple[str, str, bool]]]
"""Takes a connection; answers with what was found, what to do where it is wrong, and whether that can wait."""
_PARTS: dict[str, Ask] = {
    "database": _database,
    "words": _words,
    "extension": _extension,
    "migrations": _migrations,
    "months": _months,
    "queue": _queue,
    "worker": _worker,
    "calendar": _calendar,
}
