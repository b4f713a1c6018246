"""`yima devices import FILE`: register the devices of a source from a file."""

import argparse
from pathlib import Path

from backend import clock
from backend.commands.terminal import CommandFailed, run, say
from backend.config import Settings
from backend.errors import AppError
from backend.intake.sensors import loading
from backend.intake.sensors.loading import SensorFile, SensorImportReport
from backend.intake.sources import queries as sources
from backend.places.importing.reasons import FileRefused
from backend.web.i18n import error_texts
from backend.web.i18n.catalogue import LANGUAGES

_SHOWN = 50


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `devices` and its verb to the command line."""
    verbs = commands.add_parser("devices", help="The register of sensors.").add_subparsers(
        required=True, metavar="verb"
    )
    filling = verbs.add_parser("import", help=import_file.__doc__, description=import_file.__doc__)
    filling.add_argument("file", type=Path, help="CSV or Excel / CSV 或 Excel 文件")
    filling.add_argument("--source", required=True, help="name of the source / 来源名称")
    filling.add_argument("--places", default="", metavar="DATASET", help="dataset of the column place / 点位数据集")
    filling.add_argument("--preview", action="store_true", help="say what would be done and store nothing / 只预览")
    filling.set_defaults(run=import_file)


def import_file(arguments: argparse.Namespace, _settings: Settings) -> None:
    """Register devices from CSV or Excel, and say line by line what stayed out."""
    report = run(lambda: _import(arguments))
    refused = [f"{each.line}: {error_texts.in_both(each.why)}" for each in report.refused[:_SHOWN]]
    more = [f"… +{len(report.refused) - _SHOWN}"] if len(report.refused) > _SHOWN else []
    counted = (
        f"共 / read {report.read}, 可用 / good {report.good}, 新增 / new {report.new}, 更新 / changed {report.changed}"
    )
    say("\n".join([counted, *refused, *more]) + "\n")
    if report.read and not report.good:
        raise CommandFailed(f"全部 {report.read} 行均未登记 / all {report.read} lines were refused")


async def _import(arguments: argparse.Namespace) -> SensorImportReport:
    file = SensorFile(path=arguments.file, places=arguments.places, is_preview=arguments.preview)
    try:
        return await loading.load(file, await sources.get_source(arguments.source), clock.now())
    except (FileRefused, AppError) as refused:
        raise CommandFailed("\n".join(error_texts.sentence(refused, lang) for lang in LANGUAGES)) from refused
