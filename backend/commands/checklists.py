"""`yima checklists list|export|load|close`: what departments check in shops, in versions."""

import argparse
from pathlib import Path

from backend import clock
from backend.commands.answers import Commands, area, command, family
from backend.commands.terminal import CommandFailed
from shops.inspections import checklist_files, checklists, queries


def register(commands: Commands) -> None:
    """Add `checklists` and its commands to the command line."""
    verbs = family(commands, "checklists", "What departments check in shops.")
    shown = command(verbs, "list", _list, "Show the lists that are used in an area, each in its latest version.")
    export = command(verbs, "export", _export, "Write the lists that are used in an area to a CSV file, to edit them.")
    export.add_argument("file", type=Path, metavar="FILE")
    load = command(verbs, "load", _load, "Load lists from CSV or Excel: each changed one is a new version from now on.")
    load.add_argument("file", type=Path, metavar="FILE")
    close = command(verbs, "close", _close, "Use a list no more; what was found by it stays.")
    close.add_argument("code", help="code of the list, such as fire-daily")
    for each in (shown, export, load, close):
        each.add_argument("--area", type=area, required=True, help="where they are used: an area code or its beginning")


async def _list(arguments: argparse.Namespace) -> object:
    return [
        {
            "code": each.code,
            "department": each.department,
            "version": each.version,
            "name": each.name_zh,
            "points": len(each.points),
            "is_sample": each.is_sample,
        }
        for each in await queries.list_checklists(arguments.area)
    ]


async def _export(arguments: argparse.Namespace) -> object:
    lists = await queries.list_checklists(arguments.area)
    try:
        return {"points": checklist_files.write_checklists(arguments.file, lists)}
    except OSError as error:
        raise CommandFailed(f"{arguments.file}: {error.strerror}") from error


async def _load(arguments: argparse.Namespace) -> object:
    lists = checklist_files.read_checklists(arguments.file, arguments.area)
    return await checklists.load_checklists(lists, clock.now())


async def _close(arguments: argparse.Namespace) -> object:
    return {"closed": await checklists.close_checklist(arguments.area, arguments.code)}
