"""How commands speak to the person at the terminal, and how they open the database."""

import sys
from collections.abc import Awaitable, Callable
from typing import TypeVar

import uvloop

from backend import db
from backend.errors import HouseError

T = TypeVar("T")


class CommandFailed(RuntimeError):
    """Said to the person at the terminal, without a trace."""


def say(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


def run(work: Callable[[], Awaitable[T]]) -> T:
    """Run a command's work with a small pool. Raises CommandFailed where a rule of the house refuses it."""
    try:
        return uvloop.run(_with_pool(work))
    except HouseError as error:
        facts = f" {error.extra}" if error.extra else ""
        raise CommandFailed(f"{error.zh} / {error.en}{facts}") from error


async def _with_pool(work: Callable[[], Awaitable[T]]) -> T:
    async with db.pool(1, 2):
        return await work()
