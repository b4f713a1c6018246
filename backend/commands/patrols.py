"""`yima patrols import|generate`: lay down routes from a file; make a day's tasks now."""

import argparse
from datetime import date
from pathlib import Path

from backend import clock, runtimes
from backend.calendars.rules import shanghai_date
from backend.commands.answers import Commands, command, family
from backend.commands.terminal import CommandFailed, run, say
from backend.committees.patrols import generating
from backend.committees.patrols.importing import runs
from backend.committees.patrols.importing.report import RoutesReport
from backend.config import Settings
from backend.places.importing.reasons import FileRefused
from backend.web.i18n import error_texts
from backend.web.i18n.catalogue import LANGUAGES


def register(commands: Commands) -> None:
    """Add `patrols` and its commands to the command line."""
    verbs = family(commands, "patrols", "Walks of residents' committees.")
    fill = verbs.add_parser("import", help=import_file.__doc__, description=import_file.__doc__)
    fill.add_argument("file", type=Path, help="CSV or Excel: committee, task, route, place or code; seq / 路线表")
    fill.add_argument(
        "--errors", type=Path, metavar="FILE", help="where refused lines go / 错误行文件 (FILE.errors.csv)"
    )
    fill.set_defaults(run=import_file)
    make = command(verbs, "generate", _generate, "Make what is missing of a day's tasks, as the clock does.")
    make.add_argument("--day", type=date.fromisoformat, default=None, help="2026-11-30; today unless told otherwise")


def import_file(arguments: argparse.Namespace, settings: Settings) -> None:
    """Lay down routes from a file, each whole or not at all, and say what came of each line."""
    path: Path = arguments.file
    errors_path: Path = arguments.errors or path.with_name(path.name + ".errors.csv")
    report = run(lambda: _import(path, errors_path, settings))
    lines = report.lines()
    if report.refused:
        lines.append(f"  → {errors_path}")
    say("\n".join(lines) + "\n")
    if report.is_all_refused:
        raise CommandFailed(f"全部 {report.read} 行均未导入 / all {report.read} lines were refused")


async def _import(path: Path, errors_path: Path, settings: Settings) -> RoutesReport:
    try:
        return await runs.import_routes(path, errors_path, runtimes.payload_of(settings).parse, clock.now())
    except FileRefused as refused:
        raise CommandFailed("\n".join(error_texts.sentence(refused, lang) for lang in LANGUAGES)) from refused


async def _generate(arguments: argparse.Namespace) -> object:
    day = arguments.day or shanghai_date(clock.now())
    return {"day": day, "made": await generating.generate(day)}
