"""`yima archive months|list|restore`: old months of the log and of the orders' steps go into files, and come back."""

import argparse
from pathlib import Path

from backend import clock, db
from backend.commands.answers import Commands, command, family
from backend.commands.terminal import CommandFailed
from backend.events.months import LOG
from backend.orders.cases.archiving import steps_by_month
from backend.partitions import queries
from backend.partitions.archiving import LEAST_MONTHS, ArchiveDiffers, Archiving, Taken
from backend.partitions.files import FileDamaged
from backend.partitions.months import Month, parse_month
from backend.partitions.restoring import restore

_DAMAGED = (
    "归档文件与校验值不符或缺失，没有作任何改动：{file}\n"
    "the file is not what its checksum says, or one of the two is missing; nothing was changed: {file}"
)
_DIFFERS = (
    "归档文件与数据库不一致，数据表保留在原处：{file}\n"
    "the file is not what the database says; the table was left where it is: {file}"
)
_NO_FILE = (
    "无法写入归档文件，可修正后重新执行：{error}\nthe file cannot be written; mend that and repeat the command: {error}"
)


def register(commands: Commands) -> None:
    """Add the commands about the archive to the command line."""
    own = family(commands, "archive", "Old months: into files, and back.")
    months = command(own, "months", _months, "Write everything before a month to files and take it out of the tables.")
    months.add_argument(
        "--before", type=_month, required=True, metavar="YYYY-MM", help=f"at least {LEAST_MONTHS} months ago"
    )
    months.add_argument("--to", type=Path, required=True, metavar="FOLDER", help="personal data: guard it")
    months.add_argument("--drop", action="store_true", help="drop what was verified; else it stays as a table apart")
    command(own, "list", _list, "List what was archived, and into which files.")
    back = command(own, "restore", _restore, "Put the rows of a file back, until they are archived once more.")
    back.add_argument("file", type=Path)


async def _months(arguments: argparse.Namespace) -> list[Taken]:
    now, taken, folder = clock.now(), [], arguments.to.resolve()
    async with db.connection() as connection:
        for table in (await steps_by_month(), LOG):
            try:
                archiving = Archiving(connection, table, folder, now, drops=arguments.drop)
                taken += await archiving.run(arguments.before)
            except ArchiveDiffers as error:
                raise CommandFailed(_DIFFERS.format(file=error)) from error
            except OSError as error:
                raise CommandFailed(_NO_FILE.format(error=error)) from error
    return taken


async def _list(_: argparse.Namespace) -> object:
    return await queries.list_archived()


async def _restore(arguments: argparse.Namespace) -> object:
    try:
        async with db.connection() as connection:
            return await restore(connection, arguments.file, clock.now())
    except (FileDamaged, OSError) as error:
        raise CommandFailed(_DAMAGED.format(file=arguments.file)) from error


def _month(text: str) -> Month:
    try:
        return parse_month(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError("a month is written 2026-05") from error
