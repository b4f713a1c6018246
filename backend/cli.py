"""The command line. `yima --help` lists the commands.

Only the module of the command that is typed is loaded, and before that the database is settled: that of DATABASE_URL,
or that of the instance which `make run` keeps in YIMA_STATE.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from importlib import import_module

from backend import VERSION
from backend.commands import catalogue

_HELP = ("-h", "--help")
FAILED = 2


def main(words: Sequence[str] | None = None) -> int:
    """Do what the words say, those of the command line unless given; returns the exit code."""
    words = sys.argv[1:] if words is None else words
    asks_only = not words or any(word in _HELP for word in words)
    found = None
    if not asks_only and not os.environ.get("DATABASE_URL"):
        from deploy.local import instance

        found = instance.find()
    if found:
        os.environ.update(found.environment)
    arguments = _parser(next((word for word in words if not word.startswith("-")), "")).parse_args(words)
    return _run(arguments, found.opened() if found else nullcontext())


def _run(arguments: argparse.Namespace, opened: AbstractContextManager[object]) -> int:
    from backend import config
    from backend.commands.terminal import NO_DATABASE, CommandFailed
    from backend.migrate import MigrationFailed
    from deploy.local.trouble import Trouble

    try:
        if arguments.needs == "nothing":
            arguments.run(arguments, None)
            return 0
        if arguments.needs != "instance" and not config.database_url_from_environment():
            raise CommandFailed(NO_DATABASE)
        with opened:
            settings = config.from_environment() if arguments.needs == "settings" else None
            return arguments.run(arguments, settings) or 0
    except (config.SettingMissing, MigrationFailed, CommandFailed) as error:
        said = str(error)
    except Trouble as trouble:
        said = "\n".join([trouble.zh, trouble.en, *trouble.help_lines])
    sys.stderr.write(f"yima: {said}\n")
    return FAILED


def _parser(family: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="yima", description="Yima 一码: one code on every door")
    parser.add_argument("--version", action="version", version=f"yima {VERSION}")
    parser.set_defaults(needs="settings")
    commands = parser.add_subparsers(required=True, metavar="command")
    loaded = catalogue.module_of(family)
    for module, lines in catalogue.FAMILIES.items():
        if module == loaded:
            import_module(f"backend.commands.{module}").register(commands)
            continue
        for name, line in lines.items():
            commands.add_parser(name, help=line)
    return parser


if __name__ == "__main__":
    sys.exit(main())
