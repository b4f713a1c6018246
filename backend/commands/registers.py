"""`yima lifts import`, `yima elders import`: registers from files, by somebody who keeps them there."""

import argparse
from collections.abc import Awaitable, Callable
from pathlib import Path

from backend import clock, runtimes
from backend.accounts import queries as accounts
from backend.accounts.structs import Actor
from backend.commands.answers import Commands, family
from backend.commands.terminal import CommandFailed, run, say
from backend.config import Settings
from backend.duty.loading.named_lines import NamedColumns, read_named
from backend.duty.loading.register_files import LineChange, RegisterFile, RegisterFileReport, RegisterMode
from backend.elder_care import access as care
from backend.elder_care.importing import lines as elder_lines
from backend.elder_care.importing import loading as elders
from backend.errors import AppError
from backend.lifts import access as lift_access
from backend.lifts.importing import lines as lift_lines
from backend.lifts.importing import loading as lifts
from backend.web.i18n import error_texts
from backend.web.i18n.catalogue import LANGUAGES

_SHOWN = 100
Load = Callable[[RegisterFile, Actor, Settings], Awaitable[RegisterFileReport]]


def register(commands: Commands) -> None:
    """Add `lifts` and `elders` to the command line."""
    for name, text, verb in (
        ("lifts", "The register of lifts.", import_lifts),
        ("elders", "The register of lone elders.", import_elders),
    ):
        filling = family(commands, name, text).add_parser("import", help=verb.__doc__, description=verb.__doc__)
        filling.add_argument("file", type=Path, help="CSV or Excel / CSV 或 Excel 文件")
        filling.add_argument("--by", required=True, metavar="USERNAME", help="who keeps the register / 经办人用户名")
        filling.add_argument("--area", default="", help="where its places lie / 区域编码 (that of USERNAME)")
        filling.add_argument("--preview", action="store_true", help="say what would be done and store nothing / 只预览")
        filling.add_argument("--whole", action="store_true", help="all lines or none / 一行出错则全不导入")
        filling.set_defaults(run=verb)


def import_lifts(arguments: argparse.Namespace, settings: Settings) -> None:
    """Register lifts from CSV or Excel, and say line by line what stayed out."""

    async def load(file: RegisterFile, by: Actor, settings: Settings) -> RegisterFileReport:
        return await lifts.load(file, by, runtimes.payload_of(settings).parse, clock.now())

    _import(arguments, settings, lift_lines.COLUMNS, lambda by: by.areas_of(*lift_access.KEEPERS), load)


def import_elders(arguments: argparse.Namespace, settings: Settings) -> None:
    """Register lone elders from CSV or Excel; lines that stay out are named by their number alone."""

    async def load(file: RegisterFile, by: Actor, settings: Settings) -> RegisterFileReport:
        seal, parse = runtimes.personal_seal(settings), runtimes.payload_of(settings).parse
        return await elders.load(file, by, parse, seal=seal, now=clock.now())

    _import(arguments, settings, elder_lines.COLUMNS, lambda by: by.areas_of(*care.KEEPERS), load)


def _import(
    arguments: argparse.Namespace,
    settings: Settings,
    columns: NamedColumns,
    areas_of: Callable[[Actor], list[str]],
    load: Load,
) -> None:
    report = run(lambda: _load(arguments, settings, columns, areas_of, load))
    counts = [report.count(change) for change in LineChange]
    outcome = "已存入 / stored" if report.is_stored else "未存入 / nothing was stored"
    refused = [f"{each.line}: {error_texts.in_both(each.why)}" for each in report.refused[:_SHOWN]]
    more = [f"… +{len(report.refused) - _SHOWN}"] if len(report.refused) > _SHOWN else []
    counted = "共 / read {}, 新增 / new {}, 更新 / changed {}, 未变 / unchanged {}, 未导入 / refused {}: {}"
    say("\n".join([counted.format(report.read, *counts, len(report.refused), outcome), *refused, *more]) + "\n")
    if not report.good or not (report.is_stored or arguments.preview):
        raise CommandFailed(f"{len(report.refused)} 行不能导入 / {len(report.refused)} lines were refused")


async def _load(
    arguments: argparse.Namespace,
    settings: Settings,
    columns: NamedColumns,
    areas_of: Callable[[Actor], list[str]],
    load: Load,
) -> RegisterFileReport:
    mode = RegisterMode.WHOLE if arguments.whole else RegisterMode.SELECTED
    try:
        account_id = await accounts.find_account_id(arguments.by)
        if account_id is None:
            raise CommandFailed(f"没有用户 / nobody is called {arguments.by}")
        by = await accounts.get_actor(account_id)
        area = arguments.area or next(iter(areas_of(by)), "")
        lines = read_named(arguments.file, columns)
        mode = RegisterMode.PREVIEW if arguments.preview else mode
        return await load(RegisterFile(lines=lines, area_code=area, mode=mode), by, settings)
    except AppError as refused:
        raise CommandFailed("\n".join(error_texts.sentence(refused, lang) for lang in LANGUAGES)) from refused
