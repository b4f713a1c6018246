"""`yima items train|suggest|forget`: from a citizen's words to an item of the dictionary."""

import argparse
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from backend import clock, runtimes
from backend.commands.answers import Commands, area
from backend.commands.terminal import CommandFailed, run, say
from backend.config import ACCEPTED_ERROR, ACCEPTED_ERROR_MOST, Settings
from backend.intake.items import case_files, closed_orders, corrections, suggesting
from backend.intake.items.acceptance import ErrorOutOfRange
from backend.intake.items.case_files import CasesUnreadable
from backend.intake.items.structs import Case
from backend.words import counted

_EXTRA = (
    "训练需要 scikit-learn / training needs it: pip install --require-hashes --no-deps -r requirements/training.txt"
)


def register(commands: Commands) -> None:
    """Add `items` and its verbs to the command line."""
    verbs = commands.add_parser("items", help="From words to an item: train a model, ask it, forget.").add_subparsers(
        required=True, metavar="verb"
    )
    training = verbs.add_parser("train", help=train.__doc__, description=train.__doc__)
    training.add_argument("--area", type=area, help="closed orders of this area, and all corrections / 区域编码")
    training.add_argument("--file", type=Path, action="append", default=[], help="CSV: title, text, label / 训练文件")
    training.add_argument("--name", default="own", help="what the model is called / 模型名称")
    training.add_argument("--out", type=Path, metavar="FILE", help="where the model goes (the state folder)")
    training.set_defaults(run=train)
    asking = verbs.add_parser("suggest", help=suggest.__doc__, description=suggest.__doc__)
    asking.add_argument("text")
    asking.add_argument("--title", default="")
    asking.add_argument("--model", type=Path, default=suggesting.SHIPPED, help="the shipped one / 内置模型")
    asking.add_argument("--accepted-error", type=float, default=ACCEPTED_ERROR, metavar="SHARE", help="0.05: 5 in 100")
    asking.set_defaults(run=suggest, needs="nothing")
    forgetting = verbs.add_parser("forget", help=forget.__doc__, description=forget.__doc__)
    forgetting.add_argument("--days", type=int, help="older than so many days; YIMA_CORRECTION_DAYS / 天数")
    forgetting.set_defaults(run=forget, needs="settings")


def train(arguments: argparse.Namespace, settings: Settings) -> None:
    """Train a model on closed orders of an area and corrections, on CSV files, or on both, and say how good it is."""
    try:
        from backend.intake.items import artifact
        from backend.intake.items.training import service
    except ImportError as missing:
        raise CommandFailed(f"{_EXTRA} ({missing.name})") from missing
    cases = _from_files(arguments.file)
    if arguments.area is not None:
        cases += run(lambda: _from_database(arguments.area, settings))
    try:
        model, report = service.train(cases, arguments.name, _origin(len(cases), clock.now()))
    except service.TooFewCases as few:
        least = service.LEAST_CASES
        raise CommandFailed(f"至少两类、每类 {least} 条 / two classes of {least} cases each are needed") from few
    checksum = artifact.write(arguments.out or settings.state_dir / suggesting.OWN_NAME, model)
    _answer(msgspec.structs.replace(report, checksum=checksum))


def suggest(arguments: argparse.Namespace, _: object) -> None:
    """Ask a model what a text is about, and whether it would be dispatched without a person."""
    from backend.intake.items.artifact import ModelBroken

    try:
        _answer(suggesting.suggest(arguments.model, arguments.title, arguments.text, arguments.accepted_error))
    except (ModelBroken, OSError) as error:
        raise CommandFailed(f"{arguments.model}: {error}") from error
    except ErrorOutOfRange as error:
        raise CommandFailed(f"--accepted-error: 0 < SHARE ≤ {ACCEPTED_ERROR_MOST}") from error


def forget(arguments: argparse.Namespace, settings: Settings) -> None:
    """Erase the words of corrections that are older than so many days; what was decided stays."""
    days = settings.correction_days if arguments.days is None else arguments.days
    before = clock.now() - timedelta(days=days)
    _answer({"forgotten": run(lambda: corrections.forget(before))})


def _from_files(files: list[Path]) -> list[Case]:
    found: list[Case] = []
    for file in files:
        try:
            found += case_files.read_cases(file)
        except (CasesUnreadable, OSError) as error:
            raise CommandFailed(f"{file}: {error}") from error
    return found


async def _from_database(area_code: str, settings: Settings) -> list[Case]:
    closed = [case async for case in closed_orders.list_cases(area_code)]
    return closed + [case async for case in corrections.list_cases(runtimes.personal_seal(settings))]


def _origin(cases: int, now: datetime) -> str:
    return f"{counted(cases, 'case', 'cases')}, {now:%Y-%m-%d}"


def _answer(answer: object) -> None:
    say(msgspec.json.format(msgspec.json.encode(answer)).decode() + "\n")
