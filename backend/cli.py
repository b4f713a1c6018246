"""The door of the commands. `python -m backend.cli --help` lists them."""

import argparse
import sys

from backend import config
from backend.commands import clocks, codes, duty, fixes, house, photos, places, staff
from backend.commands.terminal import CommandFailed
from backend.config import SettingMissing
from backend.migrate import MigrationFailed

_FAMILIES = (house, codes, places, photos, fixes, clocks, duty, staff)


def main() -> int:
    arguments = _parser().parse_args()
    try:
        settings = None if arguments.needs == "database" else config.from_environment()
        arguments.run(arguments, settings)
    except (SettingMissing, MigrationFailed, CommandFailed) as error:
        sys.stderr.write(f"yima: {error}\n")
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="yima", description="Yima 一码: one code on every door")
    parser.set_defaults(needs="settings")
    commands = parser.add_subparsers(required=True, metavar="command")
    for family in _FAMILIES:
        family.register(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())
