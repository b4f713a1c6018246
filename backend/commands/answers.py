"""Commands that ask the database and answer in JSON: they need it and no other setting."""

import argparse
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

import msgspec

from backend import clock
from backend.calendars.rules import SHANGHAI
from backend.commands.terminal import CommandFailed, run, say
from backend.geo.area_codes import is_area_or_cell

Commands = Any
_YEARS = range(clock.EARLIEST.year, clock.LATEST.year)
Run = Callable[[argparse.Namespace], Awaitable[object]]


def family(commands: Commands, name: str, text: str) -> Commands:
    return commands.add_parser(name, help=text, description=text).add_subparsers(required=True, metavar="what")


def command(family: Commands, name: str, answer: Run, text: str) -> argparse.ArgumentParser:
    """One command of a family, whose answer is printed."""
    made = family.add_parser(name, help=text, description=text)
    made.set_defaults(run=_print, answer=answer, needs="database")
    return made


def instant(text: str) -> datetime:
    """An instant as people type it; without a zone it is Shanghai's."""
    at = datetime.fromisoformat(text)
    year(str(at.year))
    return at if at.tzinfo else at.replace(tzinfo=SHANGHAI)


def year(text: str) -> int:
    """A year that a calendar can be asked about."""
    if int(text) not in _YEARS:
        raise argparse.ArgumentTypeError(f"the year lies between {_YEARS[0]} and {_YEARS[-1]}")
    return int(text)


def area(text: str) -> str:
    """The code of an area, or the beginning of one; empty, it is the whole country."""
    if text and not is_area_or_cell(text):
        raise argparse.ArgumentTypeError("an area code has 2, 4, 6, 9, 12 or 15 digits")
    return text


def _print(arguments: argparse.Namespace, _: object) -> None:
    try:
        answer = run(lambda: arguments.answer(arguments))
    except msgspec.ValidationError as error:
        raise CommandFailed(str(error)) from error
    say(msgspec.json.format(msgspec.json.encode(answer)).decode() + "\n")
