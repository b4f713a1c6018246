"""`yima import areas|places FILE`: fill the map from files that strangers made."""

import argparse
import sys
from collections.abc import Awaitable, Callable

from backend.commands.terminal import CommandFailed, run, say
from backend.config import Settings
from backend.places.importing import runs
from backend.places.importing.options import Options, add_arguments, from_arguments
from backend.places.importing.reasons import FileRefused
from backend.places.importing.report import Report

Import = Callable[[Options], Awaitable[Report]]
_IMPORTS: dict[str, tuple[Import, str]] = {
    "areas": (runs.import_areas, "Import districts, towns, committees and grid cells."),
    "places": (runs.import_places, "Import doorplates, storefronts and points."),
}


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Hang `import` with its two kinds into the house's commands."""
    kinds = commands.add_parser("import", help="Import from GeoJSON, CSV, Excel or KML.").add_subparsers(
        required=True, metavar="areas|places"
    )
    for what, (verb, text) in _IMPORTS.items():
        kind = kinds.add_parser(what, help=text, description=text)
        add_arguments(kind, what)
        kind.set_defaults(run=import_file, import_as=verb)


def import_file(arguments: argparse.Namespace, settings: Settings) -> None:
    """Import one file and say what came of it."""
    report, options = run(lambda: _import(arguments))
    lines = report.lines()
    if report.rejected:
        lines.append(f"  → {options.errors_path}")
    say("\n".join(lines) + "\n")
    if report.is_all_rejected:
        raise CommandFailed(f"全部 {report.read} 行均未导入 / all {report.read} rows were rejected")


async def _import(arguments: argparse.Namespace) -> tuple[Report, Options]:
    try:
        options = from_arguments(arguments, lambda line: sys.stderr.write(line + "\n"))
        return await arguments.import_as(options), options
    except FileRefused as refused:
        raise CommandFailed(f"{refused.zh}\n{refused.en}") from refused
