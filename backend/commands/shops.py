"""`yima shops import FILE`: fill the register of shops from files that strangers made."""

import argparse
import sys
from pathlib import Path

from backend import clock, runtimes
from backend.commands.terminal import CommandFailed, run, say
from backend.config import Settings
from backend.places.importing.options import read_columns
from backend.places.importing.reasons import FileRefused
from backend.web.i18n import error_texts
from backend.web.i18n.catalogue import LANGUAGES
from shops.register.importing import runs
from shops.register.importing.options import ShopImport
from shops.register.importing.report import ShopImportReport


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `shops` and its verb to the command line."""
    verbs = commands.add_parser("shops", help="The register of shops.").add_subparsers(required=True, metavar="verb")
    filling = verbs.add_parser("import", help=import_file.__doc__, description=import_file.__doc__)
    filling.add_argument("file", type=Path, help="CSV or Excel / CSV 或 Excel 文件")
    filling.add_argument("--dataset", help="name of the source / 数据集名称 (the file's name)")
    filling.add_argument(
        "--places", default="", metavar="DATASET", help="places that have the file's keys / 点位数据集"
    )
    filling.add_argument("--columns", default="", metavar="OURS=THEIRS,…", help="column names / 列名对应")
    filling.add_argument("--within", default="", metavar="AREA", help="area code to keep to / 限定区域编码")
    filling.add_argument("--errors", type=Path, metavar="FILE", help="where bad rows go / 错误行文件 (FILE.errors.csv)")
    filling.set_defaults(run=import_file)


def import_file(arguments: argparse.Namespace, settings: Settings) -> None:
    """Import shops from CSV or Excel, and say row by row what stayed out."""
    errors_path = arguments.errors or arguments.file.with_name(arguments.file.name + ".errors.csv")
    report = run(lambda: _import(arguments, settings, errors_path))
    lines = report.lines()
    if report.rejected:
        lines.append(f"  → {errors_path}")
    say("\n".join(lines) + "\n")
    if report.is_all_rejected:
        raise CommandFailed(f"全部 {report.read} 行均未导入 / all {report.read} rows were rejected")


async def _import(arguments: argparse.Namespace, settings: Settings, errors_path: Path) -> ShopImportReport:
    try:
        return await runs.import_shops(
            ShopImport(
                path=arguments.file,
                errors_path=errors_path,
                dataset=arguments.dataset or arguments.file.stem,
                places=arguments.places,
                columns=read_columns(arguments.columns),
                within=arguments.within,
                seal=runtimes.personal_seal(settings),
                now=clock.now(),
                say=lambda line: sys.stderr.write(line + "\n"),
            )
        )
    except FileRefused as refused:
        raise CommandFailed("\n".join(error_texts.sentence(refused, lang) for lang in LANGUAGES)) from refused
