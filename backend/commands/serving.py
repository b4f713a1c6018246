"""`yima prepare|migrate|serve|work|export-openapi`: prepare an instance and start its processes."""

import argparse
import time
from collections.abc import Awaitable
from pathlib import Path

import uvloop

from backend import clock, logs
from backend.calendars import service as calendars
from backend.commands.terminal import run, say
from backend.config import Settings
from backend.items import service as items
from backend.migrate import migrate
from backend.orders.deadlines.escalation import escalating
from backend.partitions import jobs as partition_jobs

_CONTRACT = {"DATABASE_URL": "postgresql://", "YIMA_MODE": "demo"}
"""Settings of an application that is only described, never run."""


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands that prepare, migrate and serve."""
    for name, verb in (("prepare", prepare), ("migrate", run_migrations), ("serve", serve), ("work", work)):
        command = commands.add_parser(name, help=verb.__doc__)
        command.set_defaults(run=verb)
        if name == "prepare":
            command.add_argument("--base-url", help="the address that plates and links carry")
            command.add_argument("--without-demo", action="store_true", help="leave the demo street out")
    export = commands.add_parser("export-openapi", help=export_openapi.__doc__)
    export.add_argument("file", type=Path, nargs="?", default=Path("openapi/openapi.json"))
    export.set_defaults(run=export_openapi, needs="nothing")


def prepare(arguments: argparse.Namespace, settings: Settings) -> None:
    """Bring database, dictionary and, in demo mode, the demo street to where `serve` can start."""
    base_url = (arguments.base_url or settings.base_url).rstrip("/")
    with_demo = settings.is_demo and not arguments.without_demo
    run(lambda: _prepare(settings, base_url, with_demo))


async def _prepare(settings: Settings, base_url: str, with_demo: bool) -> None:
    await _step("migrating the database / 数据库迁移", migrate())
    await _step("the months to come / 预建月份", partition_jobs.make_ahead(clock.now()))
    await _step("loading the dictionary / 事项字典", items.load_dictionary())
    await _step("holidays / 节假日", calendars.seed())
    await _step("the ladder / 催办规则", escalating.seed())
    if with_demo:
        from backend.demo.load import load_demo

        await _step("loading the demo street / 演示街镇", load_demo(settings, base_url, clock.now()))


async def _step(title: str, work: Awaitable[object]) -> None:
    began = time.monotonic()
    say(f"… {title}\n")
    await work
    say(f"  done in {time.monotonic() - began:.1f} s\n")


def run_migrations(_: argparse.Namespace, __: Settings) -> None:
    """Run the migrations that have not run yet."""
    run(lambda: _step("migrating the database / 数据库迁移", migrate()))


def serve(_: argparse.Namespace, settings: Settings) -> None:
    """Serve pages and the API."""
    from backend import app

    app.run(settings)


def work(_: argparse.Namespace, settings: Settings) -> None:
    """Run jobs and reactions."""
    from backend import worker

    logs.configure()
    uvloop.run(worker.work(settings))


def export_openapi(arguments: argparse.Namespace, _: object) -> None:
    """Write the API contract to a file."""
    from backend import config
    from backend.app import create_app
    from openapi.config import export

    arguments.file.write_bytes(export(create_app(config.from_environment(_CONTRACT))))
