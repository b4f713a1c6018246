"""`yima hotline …`: where a platform takes what it is told, and what waits for it."""

import argparse

from backend.commands.answers import Commands
from backend.commands.answers import command as _command
from backend.commands.answers import family as _family
from backend.commands.terminal import CommandFailed
from backend.errors import AppError
from backend.intake.hotline import endpoints
from backend.web.i18n import error_texts
from backend.web.i18n.catalogue import LANGUAGES


def register(commands: Commands) -> None:
    """Add `hotline` and its verbs to the command line."""
    verbs = _family(commands, "hotline", "Platforms of 12345 and 110: where they are told, and what waits.")
    connect = _command(verbs, "connect", _connect, "Say where a source's platform takes what it is told.")
    connect.add_argument("source", help="name of the source / 来源名称")
    connect.add_argument("url", help="address of the platform / 平台接收地址")
    connect.add_argument("--wire", choices=sorted(endpoints.WIRES), default="grid", help="wire format / 接口格式")
    _command(verbs, "list", _list, "List platforms: how they stand, and what they have not taken yet.")


async def _connect(arguments: argparse.Namespace) -> object:
    try:
        await endpoints.connect(arguments.source, arguments.url, arguments.wire)
    except AppError as error:
        raise CommandFailed("\n".join(error_texts.sentence(error, lang) for lang in LANGUAGES)) from error
    return await endpoints.list_standing()


async def _list(_: argparse.Namespace) -> object:
    return await endpoints.list_standing()
