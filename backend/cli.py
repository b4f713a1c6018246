"""The commands of the house. `python -m backend.cli --help` lists them."""

import argparse
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import uvloop

from backend import cli_clocks, cli_codes, cli_photos, cli_places, clock, config, db, logs
from backend.cli_codes import CommandFailed
from backend.config import SettingMissing, Settings
from backend.migrate import MigrationFailed, migrate


def main() -> int:
    arguments = _parser().parse_args()
    try:
        settings = None if arguments.needs == "database" else config.from_environment()
        arguments.run(arguments, settings)
    except (SettingMissing, MigrationFailed, CommandFailed) as error:
        print(f"yima: {error}", file=sys.stderr)
        return 2
    return 0


def prepare(arguments: argparse.Namespace, settings: Settings) -> None:
    """Bring database, dictionary and, in demo mode, the demo street to where `serve` can start."""
    base_url = (arguments.base_url or settings.base_url).rstrip("/")
    with_demo = settings.is_demo and not arguments.without_demo
    uvloop.run(_with_pool(settings, lambda: _prepare(settings, base_url, with_demo)))


async def _prepare(settings: Settings, base_url: str, with_demo: bool) -> None:
    from backend.items import service as items

    await _step("migrating the database / 数据库迁移", migrate())
    await _step("loading the dictionary / 事项字典", items.load_dictionary())
    await _step("holidays and the ladder / 节假日与催办规则", cli_clocks.seed())
    if with_demo:
        from backend.demo.load import load_demo

        await _step("loading the demo street / 演示街镇", load_demo(settings, base_url, clock.now()))


async def _step(title: str, work: Awaitable[object]) -> None:
    began = time.monotonic()
    print(f"… {title}", flush=True)
    await work
    print(f"  done in {time.monotonic() - began:.1f} s", flush=True)


def run_migrations(_: argparse.Namespace, settings: Settings) -> None:
    """Run the migrations that have not run yet."""
    uvloop.run(_with_pool(settings, lambda: _step("migrating the database / 数据库迁移", migrate())))


def serve(_: argparse.Namespace, settings: Settings) -> None:
    """Serve pages and the API."""
    from backend import app

    app.run(settings)


def work(_: argparse.Namespace, settings: Settings) -> None:
    """Run jobs and reactions."""
    from backend import worker

    logs.configure()
    uvloop.run(worker.work(settings))


def export_openapi(arguments: argparse.Namespace, settings: Settings) -> None:
    """Write the API contract to a file."""
    from backend.app import create_app
    from openapi.config import export

    arguments.file.write_bytes(export(create_app(settings)))


async def _with_pool(settings: Settings, run: Callable[[], Awaitable[None]]) -> None:
    async with db.pool(1, 2):
        await run()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="yima", description="Yima 一码: one code on every door")
    parser.set_defaults(needs="settings")
    commands = parser.add_subparsers(required=True, metavar="command")
    for name, run in (("prepare", prepare), ("migrate", run_migrations), ("serve", serve), ("work", work)):
        command = commands.add_parser(name, help=run.__doc__)
        command.set_defaults(run=run)
        if name == "prepare":
            command.add_argument("--base-url", help="the address that plates and links carry")
            command.add_argument("--without-demo", action="store_true", help="leave the demo street out")
    export = commands.add_parser("export-openapi", help=export_openapi.__doc__)
    export.add_argument("file", type=Path, nargs="?", default=Path("openapi/openapi.json"))
    export.set_defaults(run=export_openapi)
    cli_codes.add_to(commands)
    cli_places.add_to(commands)
    cli_photos.add_to(commands)
    cli_clocks.add_to(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())
