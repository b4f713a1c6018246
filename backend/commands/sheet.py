"""`yima qr sheet`: print plates. A module of its own, since what prints is heavy and no other command needs it."""

import argparse
import time

from backend import runtimes
from backend.commands.terminal import say
from backend.config import Settings
from qr.printing import press
from qr.printing.delivery import OutBusy
from qr.printing.fonts import FontMissing, find_font
from qr.printing.job import Format, PrintJob, Selection
from qr.printing.logo import LogoUnusable, find_logo
from qr.printing.proof import ProofFailed
from qr.symbols import PayloadTooLong, stencil

_BAR_CHARS = 30


class NothingToPrint(RuntimeError):
    """No such batch, or no plate that is unbound or hangs there."""


REASONS = (FontMissing, LogoUnusable, NothingToPrint, OutBusy, ProofFailed, PayloadTooLong, OSError)
"""What can stop a sheet, each with a sentence for the person at the terminal."""


async def print_sheet(arguments: argparse.Namespace, settings: Settings) -> None:
    job = _job(arguments, settings)
    job.out.parent.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    files = await press.run(job, _progress_bar)
    if not files:
        raise NothingToPrint(
            "没有可打印的码:没有此批次,或该区域没有门牌 / nothing to print: no such batch, or no plates there"
        )
    how = "listed / 已列出" if job.format is Format.CSV else "every symbol read back / 已逐一校验"
    say(f"\n{len(files)} file(s) in {time.monotonic() - began:.1f} s, {how}\n")
    for file in files:
        say(f"  {file}\n")
    if job.format is not Format.CSV:
        say(dirt_warning(job))


def dirt_warning(job: PrintJob) -> str:
    """What a level below H costs on the wall, and how to get H; nothing where H is printed. See docs/qr.md."""
    printed = job.stencil
    if printed.level == "H":
        return ""
    try:
        stencil(printed.prefix, "H", job.max_version)
        way_en, way_zh = "--level H fits this prefix", "本前缀可用 --level H"
    except PayloadTooLong:
        way_en, way_zh = "a shorter YIMA_CODE_PREFIX gives level H", "缩短 YIMA_CODE_PREFIX 可得 H 级"
    return (
        f"Level {printed.level}: a patch over 15 % of a symbol is not forgiven, as level H would; {way_en}.\n"
        f"纠错级别 {printed.level}:污损达 15% 即无法识读,H 级可识读;{way_zh}。\n"
    )


def _job(arguments: argparse.Namespace, settings: Settings) -> PrintJob:
    return PrintJob(
        selection=Selection(batch_id=arguments.batch, area=arguments.area, limit=arguments.limit),
        payload=runtimes.payload_of(settings),
        hotline=settings.hotline,
        out=arguments.out,
        font=find_font(arguments.font),
        format=Format(arguments.format),
        symbol_mm=arguments.plate,
        is_single=arguments.single,
        has_gaps=arguments.gaps,
        logo=find_logo(arguments.logo) if arguments.logo else None,
        level=arguments.level,
        max_version=arguments.max_version,
    )


def _progress_bar(done: int, total: int) -> None:
    filled = _BAR_CHARS * done // max(total, 1)
    say(f"\r[{'#' * filled}{' ' * (_BAR_CHARS - filled)}] {done:,}/{total:,} plates")
