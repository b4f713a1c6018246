"""How commands speak to the person at the terminal, and how they open the database."""

import sys
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from typing import TypeVar

import asyncpg
import uvloop

from backend import db
from backend.errors import AppError
from backend.web.i18n import error_texts

T = TypeVar("T")


NO_DATABASE = (
    "没有可用的数据库：请在项目目录先执行 make run，或设置 DATABASE_URL，或用 YIMA_STATE 指定已有目录。\n"
    "there is no database: type `make run` in the checkout first, or set DATABASE_URL to a database with PostGIS,"
    " or name the folder of an instance by YIMA_STATE"
)
DATABASE_SILENT = (
    "数据库没有响应。是否已启动？可执行 yima doctor 查看原因。\n"
    "the database does not answer. Does it run? `yima doctor` says more"
)

NOT_MIGRATED = (
    "数据库结构与程序不一致：请先执行 yima migrate。\n"
    "the database's tables are not those of this version: type `yima migrate` first. Nothing was changed"
)


class CommandFailed(RuntimeError):
    """Said to the person at the terminal, without a trace."""


def say(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


def run(work: Callable[[], Awaitable[T]]) -> T:
    """Run a command's work with a small pool. Raises CommandFailed where a rule refuses it."""
    try:
        return uvloop.run(_with_pool(work))
    except AppError as error:
        facts = f" {error.extra}" if error.extra else ""
        raise CommandFailed(f"{error_texts.in_both(error)}{facts}") from error
    except (asyncpg.UndefinedTableError, asyncpg.UndefinedColumnError, asyncpg.UndefinedFunctionError) as error:
        raise CommandFailed(f"{NOT_MIGRATED}\n{error}") from error


async def _with_pool(work: Callable[[], Awaitable[T]]) -> T:
    async with AsyncExitStack() as stack:
        try:
            await stack.enter_async_context(db.pool(1, 2))
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            raise CommandFailed(f"{DATABASE_SILENT}\n{error}") from error
        return await work()
