"""`yima import areas|places FILE`: fill the map from files that strangers made; `yima places duplicates|summaries`."""

import argparse
import sys
from collections.abc import Awaitable, Callable

from backend import clock
from backend.commands.terminal import CommandFailed, run, say
from backend.config import Settings
from backend.orders.assignment import rezoning
from backend.places.duplicates import Double, list_doubles
from backend.places.importing import runs
from backend.places.importing.options import ImportOptions, add_arguments, from_arguments
from backend.places.importing.reasons import FileRefused
from backend.places.importing.report import ImportReport
from backend.reports import summary_check
from backend.web.i18n import error_texts
from backend.web.i18n.catalogue import LANGUAGES
from qr import queries as qr
from qr.codes import Code

_WHAT_TO_DO = (
    "若确为同一处,由有权制码者合并两处的码牌,历史随之合并:POST /api/v1/places/{旧点位}/codes/move\n"
    "If they are one door, let whoever mints codes move the plates of one to the other, history included: "
    "POST /api/v1/places/{id}/codes/move"
)
Import = Callable[[ImportOptions], Awaitable[ImportReport]]
_IMPORTS: dict[str, tuple[Import, str]] = {
    "areas": (runs.import_areas, "Import districts, towns, committees and grid cells."),
    "places": (runs.import_places, "Import doorplates, storefronts and points."),
}


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `import` and its two kinds to the command line."""
    kinds = commands.add_parser("import", help="Import from GeoJSON, CSV, Excel or KML.").add_subparsers(
        required=True, metavar="areas|places"
    )
    for what, (verb, text) in _IMPORTS.items():
        kind = kinds.add_parser(what, help=text, description=text)
        add_arguments(kind, what)
        kind.set_defaults(run=import_file, import_as=verb)
    of_places = commands.add_parser("places", help="Look after places.").add_subparsers(required=True, metavar="verb")
    twice = of_places.add_parser("duplicates", help="List places of a town that are called the same.")
    twice.add_argument("--within", default="", metavar="AREA", help="area code to keep to / 限定区域编码")
    twice.set_defaults(run=list_duplicates)
    recount = of_places.add_parser("summaries", help=check_summaries.__doc__, description=check_summaries.__doc__)
    recount.add_argument("--forget", action="store_true", help="forget all of them: each is made anew at the next scan")
    recount.set_defaults(run=check_summaries)


def import_file(arguments: argparse.Namespace, settings: Settings) -> None:
    """Import one file and say what came of it."""
    report, options = run(lambda: _import(arguments))
    lines = report.lines()
    if report.rejected:
        lines.append(f"  → {options.errors_path}")
    say("\n".join(lines) + "\n")
    if report.is_all_rejected:
        raise CommandFailed(f"全部 {report.read} 行均未导入 / all {report.read} rows were rejected")


def list_duplicates(arguments: argparse.Namespace, settings: Settings) -> None:
    """Say which places may be one door, with what hangs there, and what to do about it."""
    found, codes = run(lambda: _duplicates(arguments.within))
    if not found:
        say("没有同名点位 / no place is called like another of its town\n")
        return
    lines = [
        f"{place.nr:>4}  #{place.id}  {place.label}  {place.kind}  {place.loc.lng:.6f},{place.loc.lat:.6f}  "
        f"{place.dataset}:{place.source_key}  {codes.get(place.id, '–')}"
        for place in found
    ]
    say("\n".join([*lines, _WHAT_TO_DO]) + "\n")


def check_summaries(arguments: argparse.Namespace, settings: Settings) -> None:
    """Recount what is kept beside places for strangers who scan; what is wrong is forgotten."""
    if arguments.forget:
        say(f"forgotten: {run(summary_check.forget)}\n")
        return
    found = run(lambda: summary_check.check(clock.now()))
    say(f"good: {found.good}\nwrong: {len(found.wrong)}\n")
    if found.wrong:
        raise CommandFailed(f"摘要有误,已清除 / summaries were wrong and are forgotten: {found.wrong}")


async def _duplicates(within: str) -> tuple[list[Double], dict[int, Code]]:
    found = await list_doubles(within)
    return found, await qr.list_codes_of([place.id for place in found])


async def _import(arguments: argparse.Namespace) -> tuple[ImportReport, ImportOptions]:
    try:
        options = from_arguments(arguments, lambda line: sys.stderr.write(line + "\n"))
        report = await arguments.import_as(options)
        if arguments.import_as is runs.import_areas:
            report.orders = await rezoning.rezone(clock.now())
        return report, options
    except FileRefused as refused:
        raise CommandFailed("\n".join(error_texts.sentence(refused, lang) for lang in LANGUAGES)) from refused
