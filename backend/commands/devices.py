"""`yima devices import|kinds|list-kinds`: register the devices of a source from a file; what kinds there are."""

import argparse
import csv
import io
from pathlib import Path

from backend import clock
from backend.commands.terminal import CommandFailed, run, say
from backend.config import Settings
from backend.errors import AppError
from backend.intake.sensors import kind_files, loading, town_kinds
from backend.intake.sensors.kind_files import KindImportReport
from backend.intake.sensors.kinds import kinds
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
    changing = verbs.add_parser("kinds", help=import_kinds.__doc__, description=import_kinds.__doc__)
    changing.add_argument(
        "--kinds", type=Path, metavar="FILE", help="code, name_zh, name_en, silence_min, … / 设备种类"
    )
    changing.add_argument("--causes", type=Path, metavar="FILE", help="kind, code, trigger, item_code, … / 报警原因")
    changing.add_argument("--preview", action="store_true", help="say what would be done and store nothing / 只预览")
    changing.set_defaults(run=import_kinds)
    listing = verbs.add_parser("list-kinds", help=list_kinds.__doc__, description=list_kinds.__doc__)
    listing.add_argument("--causes", action="store_true", help="what each reports, instead / 改为列出报警原因")
    listing.set_defaults(run=list_kinds)


def import_kinds(arguments: argparse.Namespace, _settings: Settings) -> None:
    """Change kinds of devices and what they report, or add some, from CSV or Excel; all of it or nothing."""
    if arguments.kinds is None and arguments.causes is None:
        raise CommandFailed("--kinds 或 --causes 至少给一个 / name a file with --kinds or --causes")
    report = run(lambda: _import_kinds(arguments))
    refused = [f"{each.file}:{each.line} {error_texts.in_both(each.why)}" for each in report.refused[:_SHOWN]]
    outcome = "已保存 / stored" if report.is_stored else "未保存 / nothing was stored"
    say("\n".join([f"种类 / kinds {report.kinds}, 原因 / causes {report.causes}: {outcome}", *refused]) + "\n")
    if refused:
        raise CommandFailed(f"{len(report.refused)} 处有误 / {len(report.refused)} faults")


def list_kinds(arguments: argparse.Namespace, _settings: Settings) -> None:
    """Print all kinds as a CSV, the shipped ones with the town's: to change it and give it to `kinds` again."""
    rows = run(lambda: _rows(is_of_causes=arguments.causes))
    written = io.StringIO()
    writer = csv.DictWriter(written, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    say(written.getvalue())


async def _rows(*, is_of_causes: bool) -> list[dict[str, str]]:
    await town_kinds.refresh()
    return list(kind_files.rows_of_causes(kinds()) if is_of_causes else kind_files.rows_of_kinds(kinds()))


async def _import_kinds(arguments: argparse.Namespace) -> KindImportReport:
    try:
        return await kind_files.load(arguments.kinds, arguments.causes, clock.now(), is_preview=arguments.preview)
    except (FileRefused, AppError) as refused:
        raise CommandFailed("\n".join(error_texts.sentence(refused, lang) for lang in LANGUAGES)) from refused


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
