"""`yima emergencies load|list`: plans and command groups of an area, prepared as data."""

import argparse
from pathlib import Path

from backend import clock
from backend.commands.answers import Commands, area, command, family
from backend.commands.terminal import CommandFailed
from backend.emergencies import groups, loading, plans


def register(commands: Commands) -> None:
    """Add `emergencies` and its commands to the command line."""
    verbs = family(commands, "emergencies", "Plans and command groups for emergencies.")
    fill = command(verbs, "load", _load, "Load plans and groups from JSON; without a file the plans that ship.")
    fill.add_argument("file", type=Path, nargs="?", default=loading.STANDARD)
    show = command(verbs, "list", _list, "Show the plans and groups of an area.")
    for each in (fill, show):
        each.add_argument("--area", type=area, required=True, help="of a district or a town / 区或街镇编码")


async def _load(arguments: argparse.Namespace) -> object:
    try:
        text = arguments.file.read_bytes()
    except OSError as error:
        raise CommandFailed(f"无法读取 / cannot be read: {arguments.file}") from error
    return await loading.load(text, arguments.area, clock.now())


async def _list(arguments: argparse.Namespace) -> object:
    return {
        "plans": await plans.list_plans(arguments.area),
        "groups": await groups.list_groups(arguments.area),
    }
