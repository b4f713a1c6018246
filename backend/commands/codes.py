"""`yima qr …`: mint, print and judge codes from the command line."""

import argparse
from pathlib import Path

from backend import clock, runtimes
from backend.commands.terminal import CommandFailed, run, say
from backend.config import Settings
from backend.errors import AppError
from backend.geo.area_codes import is_beginning
from qr import codes
from qr import service as qr
from qr.errors import CodeForeign

_BIGINT_MAX = 2**63 - 1


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `qr` and its commands to the command line."""
    verbs = commands.add_parser("qr", help="Mint, print and judge door codes.").add_subparsers(
        required=True, metavar="verb"
    )
    minting = verbs.add_parser("mint", help=mint.__doc__)
    minting.add_argument("count", type=int)
    minting.add_argument("--area", default="", help="area code the batch is meant for")
    minting.add_argument("--note", default="")
    minting.set_defaults(run=mint)
    judging = verbs.add_parser("check", help=check.__doc__)
    judging.add_argument("text", nargs="+", help="codes, or the addresses in their symbols")
    judging.set_defaults(run=check)
    _add_sheet(verbs.add_parser("sheet", help=sheet.__doc__))


def _add_sheet(printing: argparse.ArgumentParser) -> None:
    what = printing.add_mutually_exclusive_group(required=True)
    what.add_argument("--batch", type=whole_number, help="number of a batch")
    what.add_argument("--area", type=area_code, help="area code or the beginning of one: all plates that hang there")
    printing.add_argument("--format", choices=("pdf", "svg-zip", "csv"), default="pdf")
    printing.add_argument("--plate", type=int, choices=(40, 75, 120), default=40, help="symbol width in mm")
    printing.add_argument("--single", action="store_true", help="one plate a page instead of A4 sheets")
    printing.add_argument("--limit", type=whole_number, default=0, help="most plates; 0 means all")
    printing.add_argument("--logo", type=Path, help="picture for the middle of the symbol")
    printing.add_argument("--font", type=Path, help="font with Chinese characters")
    printing.add_argument("--gaps", action="store_true", help="print 〓 for characters that the font lacks")
    printing.add_argument("--level", choices=("M", "Q", "H"), default="Q", help="least error correction")
    printing.add_argument("--max-version", type=int, default=4, help="largest QR version a plate may carry")
    printing.add_argument("--out", type=Path, required=True)
    printing.set_defaults(run=sheet)


def whole_number(text: str) -> int:
    """An argument that the database can hold, from 0 on."""
    if not (text.isascii() and text.isdigit()) or int(text) > _BIGINT_MAX:
        raise argparse.ArgumentTypeError(f"not a whole number from 0 on / 须为不小于0的整数: {text}")
    return int(text)


def area_code(text: str) -> str:
    if not is_beginning(text):
        raise argparse.ArgumentTypeError(f"not an area code / 不是区划代码: {text}")
    return text


def mint(arguments: argparse.Namespace, settings: Settings) -> None:
    """Mint a batch of unbound codes."""
    keys = codes.keyring(settings.secret, settings.code_keys)

    async def work() -> None:
        batch = await qr.mint(
            arguments.count, keys=keys, now=clock.now(), area_code=arguments.area, note=arguments.note
        )
        say(f"batch {batch.id}: {batch.size} codes minted / 已生成\n")

    run(work)


def check(arguments: argparse.Namespace, settings: Settings) -> None:
    """Say of codes, offline, whether they are genuine, mistyped, forged or signed with an unknown key."""
    keys, printed = codes.keyring(settings.secret, settings.code_keys), runtimes.payload_of(settings)
    for text in arguments.text:
        try:
            verdict = codes.judge(printed.parse(text), keys).value
        except CodeForeign:
            verdict = "foreign"
        except AppError:
            verdict = codes.CodeVerdict.MISTYPED.value
        say(f"{verdict}\t{text}\n")


def sheet(arguments: argparse.Namespace, settings: Settings) -> None:
    """Print plates: every symbol is read back before a file is released; an interrupted run goes on."""
    from backend.commands import sheet as printing

    try:
        run(lambda: printing.print_sheet(arguments, settings))
    except printing.REASONS as error:
        raise CommandFailed(str(error)) from error
