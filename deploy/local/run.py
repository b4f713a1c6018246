"""`make run`: from nothing to the demo street in a browser, and back to nothing on Ctrl-C."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from deploy.local import (
    cluster,
    database,
    instance,
    leftovers,
    postgres,
    prepared,
    processes,
    progress,
    settings,
    state,
    venv,
)
from deploy.local.child import Child
from deploy.local.settings import Address
from deploy.local.state import State
from deploy.local.supervise import Supervisor
from deploy.local.trouble import Trouble

CLI = ("-m", "backend.cli")
BROKER = "YIMA_MQTT_URL"
"""Where this is set, sensors publish there, and a process reads what they say."""


def run() -> int:
    """Set everything up, keep it running until somebody asks us to stop, and return the exit code."""
    where = settings.address()
    here = state.of_this_run()
    state.hold(here)
    leftovers.end_children(here)
    settings.check_free(where)
    given = os.environ.get("DATABASE_URL")
    found = [] if given else postgres.find(here)
    python = venv.ready("run", here)
    if given:
        progress.report("using the database of DATABASE_URL", "使用 DATABASE_URL 指定的数据库")
        instance.note(here, settings.for_children(here, where, given), is_private=False)
        env = settings.for_children(here, where, given)
        _prepare(python, env)
        _serve(here, where, python, env, lambda: None)
    else:
        with database.running(here, cluster.PRODUCT, found) as own:
            env = settings.for_children(here, where, own.url("yima"))
            instance.note(here, env, is_private=True)
            _prepare_once(here, python, env, own.home.data)
            _serve(here, where, python, env, own.look_after)
            progress.report("stopping PostgreSQL", "正在停止数据库")
    progress.report("stopped", "已停止")
    return 0


def _prepare_once(here: State, python: Path, env: Mapping[str, str], data: Path) -> None:
    """Nothing has changed since the last start, as a rule: then no process need find that out."""
    wanted = prepared.digest(env, data)
    if prepared.holds(here, wanted):
        return
    prepared.forget(here)
    _prepare(python, env)
    prepared.note(here, wanted)


def _prepare(python: Path, env: Mapping[str, str]) -> None:
    process = processes.spawn([python, *CLI, "prepare", "--base-url", env["YIMA_BASE_URL"]], env=env)
    if processes.wait(process) != 0:
        raise Trouble(
            "The database could not be brought up to date; the lines above say why.",
            "数据准备失败，原因见上。",
        )


def _serve(
    here: State,
    where: Address,
    python: Path,
    env: Mapping[str, str],
    look_after_database: Callable[[], None],
) -> None:
    children = [
        Child("web", [python, *CLI, "serve"], env),
        Child("worker", [python, *CLI, "work"], env),
    ]
    if env.get(BROKER):
        children.append(Child("sensors", [python, *CLI, "sensors"], env))
    Supervisor(here, children, look_after_database).run(where, lambda: _announce(here, where))


def _announce(here: State, where: Address) -> None:
    card = here.path / prepared.CARD
    if card.exists():
        progress.say(card.read_text("utf-8").rstrip("\n"))
    progress.say(f"ready {where.outside_url}")
